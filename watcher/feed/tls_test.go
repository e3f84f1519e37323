package feed

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"io"
	"math/big"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"golang.org/x/net/http2"
)

// certified makes a certificate for a host that is its own authority.
func certified(t *testing.T, host string, from, until time.Time) (tls.Certificate, *x509.CertPool) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: host}, DNSNames: []string{host},
		NotBefore: from, NotAfter: until, IsCA: true, BasicConstraintsValid: true,
		KeyUsage: x509.KeyUsageDigitalSignature | x509.KeyUsageCertSign, ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth},
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	parsed, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	pool := x509.NewCertPool()
	pool.AddCert(parsed)
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}, pool
}

// trusting is a client on loopback that trusts an authority.
func trusting(pool *x509.CertPool, timeout time.Duration) *Client {
	cfg := onLoopback()
	cfg.Timeout = timeout
	c := NewClient(cfg, "test", nil)
	transport := c.guard.transport(c.guard.dialer())
	transport.TLSClientConfig = &tls.Config{RootCAs: pool}
	c.transport = transport
	return c
}

func TestFaultsOfTLSAreToldAndNothingIsRead(t *testing.T) {
	now := time.Now()
	for _, c := range []struct {
		name, host  string
		from, until time.Time
		highest     uint16 // version of TLS
		says        string // "": the body arrives
	}{
		{"a good one", "localhost", now.Add(-time.Hour), now.Add(time.Hour), tls.VersionTLS13, ""},
		{"TLS 1.2", "localhost", now.Add(-time.Hour), now.Add(time.Hour), tls.VersionTLS12, ""},
		{"of another host", "elsewhere.example", now.Add(-time.Hour), now.Add(time.Hour), tls.VersionTLS13, "elsewhere.example"},
		{"expired", "localhost", now.Add(-2 * time.Hour), now.Add(-time.Hour), tls.VersionTLS13, "expired"},
		{"not valid yet", "localhost", now.Add(time.Hour), now.Add(2 * time.Hour), tls.VersionTLS13, "expired or is not yet valid"},
		{"TLS 1.1 at most", "localhost", now.Add(-time.Hour), now.Add(time.Hour), tls.VersionTLS11, "version"},
	} {
		t.Run(c.name, func(t *testing.T) {
			certificate, pool := certified(t, c.host, c.from, c.until)
			asked := false
			s := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
				asked = true
				io.WriteString(w, "<rss/>")
			}))
			s.Config.ErrorLog = discardLog()
			s.TLS = &tls.Config{Certificates: []tls.Certificate{certificate}, MinVersion: tls.VersionTLS10, MaxVersion: c.highest}
			s.StartTLS()
			defer s.Close()
			got, err := trusting(pool, 5*time.Second).Fetch(t.Context(), Request{URL: strings.Replace(s.URL, "127.0.0.1", "localhost", 1)})
			if c.says == "" {
				if err != nil || string(got.Body) != "<rss/>" {
					t.Errorf("%q, %v", got.Body, err)
				}
				return
			}
			wantKind(t, err, TLS, c.says)
			if asked {
				t.Error("the request was sent all the same")
			}
		})
	}
}

func TestAHandshakeThatNeverEnds(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	go func() {
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			go io.Copy(io.Discard, conn)
		}
	}()
	_, err = trusting(nil, time.Second).Fetch(t.Context(), Request{URL: "https://" + l.Addr().String() + "/"})
	wantKind(t, err, Timeout, "")
	if limit := newGuard(Config{}).transport(newGuard(Config{}).dialer()).TLSHandshakeTimeout; limit > 10*time.Second {
		t.Errorf("a handshake may take %v", limit)
	}
}

// TestHTTP2ThatOnlySaysGoodbye: a server that takes every stream back is asked a
// few times and given up.
func TestHTTP2ThatOnlySaysGoodbye(t *testing.T) {
	for name, misbehave := range map[string]func(*http2.Framer, uint32){
		"GOAWAY":             func(f *http2.Framer, _ uint32) { f.WriteGoAway(0, http2.ErrCodeNo, nil) },
		"RST_STREAM refused": func(f *http2.Framer, stream uint32) { f.WriteRSTStream(stream, http2.ErrCodeRefusedStream) },
		"RST_STREAM":         func(f *http2.Framer, stream uint32) { f.WriteRSTStream(stream, http2.ErrCodeInternal) },
		"settings without end": func(f *http2.Framer, _ uint32) {
			for f.WriteSettings() == nil {
			}
		},
		"pings without end": func(f *http2.Framer, _ uint32) {
			for f.WritePing(false, [8]byte{1}) == nil {
			}
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			certificate, pool := certified(t, "localhost", time.Now().Add(-time.Hour), time.Now().Add(time.Hour))
			l, err := tls.Listen("tcp", "127.0.0.1:0", &tls.Config{Certificates: []tls.Certificate{certificate}, NextProtos: []string{"h2"}})
			if err != nil {
				t.Fatal(err)
			}
			defer l.Close()
			var streams atomic.Int32
			go func() {
				for {
					conn, err := l.Accept()
					if err != nil {
						return
					}
					go serveHTTP2(conn, func(f *http2.Framer, stream uint32) { streams.Add(1); misbehave(f, stream) })
				}
			}()
			address := strings.Replace(l.Addr().String(), "127.0.0.1", "localhost", 1)
			_, err = trusting(pool, 2*time.Second).Fetch(t.Context(), Request{URL: "https://" + address + "/"})
			if err == nil || streams.Load() == 0 || streams.Load() > maxTries+1 {
				t.Errorf("%d streams, %v", streams.Load(), err)
			}
		})
	}
}

// serveHTTP2 greets a client and lets a function answer its every stream.
func serveHTTP2(conn net.Conn, answer func(*http2.Framer, uint32)) {
	defer conn.Close()
	if _, err := io.ReadFull(conn, make([]byte, len(http2.ClientPreface))); err != nil {
		return
	}
	framer := http2.NewFramer(conn, conn)
	if framer.WriteSettings() != nil {
		return
	}
	for {
		frame, err := framer.ReadFrame()
		if err != nil {
			return
		}
		if headers, ok := frame.(*http2.HeadersFrame); ok {
			answer(framer, headers.StreamID)
		}
	}
}
