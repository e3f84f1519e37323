package slacktest

import (
	"bytes"
	"errors"
	"io"
	"net"
	"net/http"
	"strconv"
	"syscall"
)

// Transport reaches the stand-in without a socket: every call runs in the
// caller's goroutine, and lost connections come back as the errors that a real
// transport gives.
func (s *Server) Transport() http.RoundTripper { return transport{s} }

type transport struct{ server *Server }

// RoundTrip implements http.RoundTripper.
func (t transport) RoundTrip(req *http.Request) (*http.Response, error) {
	if req.Body != nil {
		defer req.Body.Close()
	}
	if err := req.Context().Err(); err != nil {
		return nil, err
	}
	inside := req.Clone(req.Context())
	if inside.Body == nil {
		inside.Body = http.NoBody
	}
	rec := &recorder{header: http.Header{}, status: http.StatusOK}
	t.server.ServeHTTP(rec, inside)
	if err := req.Context().Err(); err != nil {
		return nil, err
	}
	switch {
	case rec.unreachable:
		return nil, &net.OpError{Op: "dial", Net: "tcp", Err: syscall.ECONNREFUSED}
	case rec.lost:
		return nil, errors.Join(io.ErrUnexpectedEOF, syscall.ECONNRESET)
	}
	return &http.Response{
		Status: strconv.Itoa(rec.status) + " " + http.StatusText(rec.status), StatusCode: rec.status,
		Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1,
		Header: rec.header, Body: io.NopCloser(&rec.body),
		ContentLength: int64(rec.body.Len()), Request: req,
	}, nil
}

// recorder keeps one answer.
type recorder struct {
	header            http.Header
	status            int
	body              bytes.Buffer
	lost, unreachable bool
}

func (r *recorder) Header() http.Header { return r.header }

func (r *recorder) WriteHeader(status int) { r.status = status }

func (r *recorder) Write(p []byte) (int, error) { return r.body.Write(p) }
