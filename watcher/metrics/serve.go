package metrics

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"time"
)

// Health answers whether the daemon is well; nil: it is.
type Health func(ctx context.Context) error

// Handler serves three pages: /metrics; /healthz, whether every loop moves (what a
// watchdog asks: if not, a restart may help); /readyz, whether the store answers
// (what a load balancer or an operator asks: if not, a restart does not help).
// What is wrong is 503 and one line of text.
func Handler(figures Figures, alive Health) http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /metrics", func(w http.ResponseWriter, r *http.Request) {
		text, err := figures.write(r.Context())
		if err != nil {
			http.Error(w, err.Error(), http.StatusServiceUnavailable)
			return
		}
		w.Header().Set("Content-Type", "text/plain; version=0.0.4; charset=utf-8")
		_, _ = w.Write(text) // whoever asked has gone: nobody is left to tell
	})
	mux.HandleFunc("GET /healthz", answer(alive))
	mux.HandleFunc("GET /readyz", answer(func(ctx context.Context) error {
		_, err := figures.Store.Summary(ctx)
		return err
	}))
	return mux
}

func answer(health Health) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if err := health(r.Context()); err != nil {
			http.Error(w, err.Error(), http.StatusServiceUnavailable)
			return
		}
		fmt.Fprintln(w, "ok")
	}
}

// Listen takes the address, so that a second daemon, or a port in use, is told at
// the start.
func (c Config) Listen(ctx context.Context) (net.Listener, error) {
	listener, err := new(net.ListenConfig).Listen(ctx, "tcp", c.Address)
	if err != nil {
		return nil, fmt.Errorf("metrics.listen %s: %w", c.Address, err)
	}
	return listener, nil
}

// Serve answers on a listener until ctx ends.
func Serve(ctx context.Context, listener net.Listener, handler http.Handler) error {
	server := &http.Server{
		Handler: handler, ReadHeaderTimeout: 5 * time.Second, ReadTimeout: 5 * time.Second,
		WriteTimeout: 10 * time.Second, IdleTimeout: time.Minute, MaxHeaderBytes: 16 << 10,
	}
	stop := context.AfterFunc(ctx, func() { server.Close() })
	defer stop()
	if err := server.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
		return fmt.Errorf("serve metrics: %w", err)
	}
	return nil
}
