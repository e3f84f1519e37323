package feed

import (
	"bufio"
	"context"
	"errors"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"golang.org/x/net/dns/dnsmessage"
)

// shared is a file of the material that is shared between builders of the
// product and does not belong to it; the test is skipped where it is absent.
func shared(t testing.TB, elem ...string) string {
	t.Helper()
	root := os.Getenv("PRESSWATCH_SHARED")
	if root == "" {
		root = filepath.Join("..", "..", "..", "shared")
	}
	path := filepath.Join(append([]string{root}, elem...)...)
	if _, err := os.Stat(path); err != nil {
		t.Skipf("no shared material: %v", err)
	}
	return path
}

var errReached = errors.New("the dialler went this far")

// dry is a network whose names resolve as told and whose connections end, in
// place of connecting, where the guard would let them through.
type dry struct {
	mu      sync.Mutex
	dialled []netip.Addr // what the guard let through
}

// client makes a client on a dry network. answers maps a name to the addresses
// of its successive resolutions.
func (d *dry) client(t *testing.T, answers func(name string) []string) *Client {
	c := NewClient(Config{Interval: time.Nanosecond}, "test", nil)
	dialer := c.guard.dialer()
	control := dialer.ControlContext
	dialer.ControlContext = func(ctx context.Context, network, address string, raw syscall.RawConn) error {
		if err := control(ctx, network, address, raw); err != nil {
			return err
		}
		d.mu.Lock()
		defer d.mu.Unlock()
		d.dialled = append(d.dialled, netip.MustParseAddrPort(address).Addr())
		return errReached
	}
	dialer.Resolver = &net.Resolver{PreferGo: true, Dial: nameServer(t, answers)}
	c.transport = c.guard.transport(dialer)
	return c
}

// nameServer starts a DNS server on loopback that answers from a function; for
// a name without addresses it says that there is none. "silence" answers never.
func nameServer(t *testing.T, answers func(string) []string) func(context.Context, string, string) (net.Conn, error) {
	t.Helper()
	conn, err := net.ListenPacket("udp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close() })
	go func() {
		buf := make([]byte, 1500)
		for {
			n, from, err := conn.ReadFrom(buf)
			if err != nil {
				return
			}
			if reply := dnsReply(buf[:n], answers); reply != nil {
				conn.WriteTo(reply, from)
			}
		}
	}()
	return func(ctx context.Context, _, _ string) (net.Conn, error) {
		return (&net.Dialer{}).DialContext(ctx, "udp", conn.LocalAddr().String())
	}
}

func dnsReply(query []byte, answers func(string) []string) []byte {
	var m dnsmessage.Message
	if m.Unpack(query) != nil || len(m.Questions) != 1 {
		return nil
	}
	q := m.Questions[0]
	m.Response, m.RecursionAvailable, m.Additionals = true, true, nil
	known := answers(strings.TrimSuffix(q.Name.String(), "."))
	for _, a := range known {
		if a == "silence" {
			return nil
		}
		h := dnsmessage.ResourceHeader{Name: q.Name, Class: dnsmessage.ClassINET}
		if name, isAlias := strings.CutPrefix(a, "CNAME "); isAlias {
			h.Type = dnsmessage.TypeCNAME
			m.Answers = append(m.Answers, dnsmessage.Resource{Header: h, Body: &dnsmessage.CNAMEResource{CNAME: dnsmessage.MustNewName(name)}})
			continue
		}
		addr := netip.MustParseAddr(a)
		if addr.Is4() && q.Type == dnsmessage.TypeA {
			h.Type = dnsmessage.TypeA
			m.Answers = append(m.Answers, dnsmessage.Resource{Header: h, Body: &dnsmessage.AResource{A: addr.As4()}})
		}
		if !addr.Is4() && q.Type == dnsmessage.TypeAAAA {
			h.Type = dnsmessage.TypeAAAA
			m.Answers = append(m.Answers, dnsmessage.Resource{Header: h, Body: &dnsmessage.AAAAResource{AAAA: addr.As16()}})
		}
	}
	if len(known) == 0 {
		m.RCode = dnsmessage.RCodeNameError
	}
	reply, err := m.Pack()
	if err != nil {
		return nil
	}
	return reply
}

const public = "93.184.215.14"

func resolvePublic(string) []string { return []string{public} }

// TestAddressesOfTheSharedList runs the cases of the list that an address alone
// decides: blocks, notations, schemes and ports.
func TestAddressesOfTheSharedList(t *testing.T) {
	f, err := os.Open(shared(t, "ssrf-cases.tsv"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	ran := 0
	for lines := bufio.NewScanner(f); lines.Scan(); {
		cols := strings.Split(lines.Text(), "\t")
		if len(cols) < 4 || !strings.Contains("ABCD", cols[1]) {
			continue
		}
		ran++
		t.Run(cols[0], func(t *testing.T) {
			address := strings.NewReplacer(`\t`, "\t", `\n`, "\n").Replace(cols[2])
			if judged := judge(t, address); judged != cols[3] {
				t.Errorf("%s: %s, want %s (%s)", cols[2], judged, cols[3], strings.Join(cols[4:], " "))
			}
		})
	}
	t.Logf("%d cases", ran)
}

// judge fetches an address on a dry network and tells what the guard said.
func judge(t *testing.T, address string) string {
	var d dry
	_, err := d.client(t, resolvePublic).Fetch(context.Background(), Request{URL: address})
	var e *Error
	switch {
	case errors.Is(err, errReached):
		return "allow"
	case errors.As(err, &e) && e.Kind == Refused && len(d.dialled) == 0:
		return "block"
	}
	return "unclear: " + err.Error()
}

func TestAddressesAreJudged(t *testing.T) {
	for address, want := range map[string]string{
		"http://93.184.215.14/feed":         "allow",
		"https://[2606:4700::1111]/":        "allow",
		"https://news.example.org:443/feed": "allow",
		"http://BÜCHER.example/":            "allow",
		"http://news.example.org:8080/":     "block",
		"http://127.0.0.1/":                 "block",
		"http://[::ffff:10.0.0.1]/":         "block",
		"http://[2001::1]/":                 "block", // Teredo
		"http://[64:ff9b::a00:1]/":          "block", // NAT64
		"http://0x7f.1/":                    "block",
		"http://017700000001/":              "block",
		"http://168.63.129.16/":             "block",
		"http://１２７.０.０.１/":                 "block",
		"http://user@news.example.org/":     "block",
		"ftp://news.example.org/":           "block",
		"http://foo.localhost./":            "block",
		"http://[fe80::1%25eth0]/":          "block",
		"feed.xml":                          "block",
		"http://localhost.localdomain/":     "block",
		"http://ip6-localhost/":             "block",
		"http://printer.local/":             "block",
		"http://metadata.example.internal/": "block",
		"http://router.home.arpa/":          "block",
		"http://intranet/":                  "block",
		"http://local.example.org/":         "allow",
		"http://①②⑦.⓪.⓪.①/":                 "block",
		"http://127.0.0.1./":                "block",
		"http://127.000.000.001/":           "block",
		"http://0300.0250.0.1/":             "block",
		"http://256.1.1.1/":                 "block",
		"http://[100::1]/":                  "block", // discard
		"http://[64:ff9b:1::1]/":            "block", // NAT64, local
		"http://[2620:4f:8000::1]/":         "block", // AS112
		"http://[::ffff:93.184.215.14]/":    "allow",
		`http:\\127.0.0.1/`:                 "block",
		`http://example.org\@127.0.0.1/`:    "block",
		"http:/127.0.0.1/":                  "block",
		"http://127.0.0.1%00.example.org/":  "block",
		"http://news.example.org:65536/":    "block",
		"http://news.example.org:00080/":    "allow",
	} {
		if got := judge(t, address); got != want {
			t.Errorf("%s: %s, want %s", address, got, want)
		}
	}
}

func TestResolvedAddressesAreJudged(t *testing.T) {
	for _, c := range []struct {
		name    string
		answers []string
		kind    Kind
		reaches string // the one address that may be dialled
	}{
		{"a private address", []string{"10.0.0.1"}, Refused, ""},
		{"loopback", []string{"127.0.0.1"}, Refused, ""},
		{"loopback over IPv6", []string{"::1"}, Refused, ""},
		{"unique local", []string{"fd00::1"}, Refused, ""},
		{"a private address in IPv6 clothes", []string{"::ffff:10.0.0.1"}, Refused, ""},
		{"this network", []string{"0.0.0.0"}, Refused, ""},
		{"an alias of this machine", []string{"CNAME localhost.", "127.0.0.1"}, Refused, ""},
		{"an alias that leads nowhere", []string{"CNAME a.example.", "CNAME b.example."}, DNS, ""},
		{"a public address before a private one", []string{public, "127.0.0.1"}, "", public},
		{"a private address before a public one", []string{"127.0.0.1", public}, "", public},
		{"no such name", nil, DNS, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			var d dry
			_, err := d.client(t, func(string) []string { return c.answers }).Fetch(context.Background(), Request{URL: "http://news.example.org/feed"})
			var e *Error
			if !errors.As(err, &e) || (c.kind != "" && e.Kind != c.kind) {
				t.Errorf("got %v, want kind %q", err, c.kind)
			}
			for _, addr := range d.dialled {
				if addr.String() != c.reaches {
					t.Errorf("%s was dialled", addr)
				}
			}
		})
	}
}

func TestRebindingReachesNothing(t *testing.T) {
	var d dry
	var mu sync.Mutex
	asked := 0
	c := d.client(t, func(string) []string {
		mu.Lock()
		defer mu.Unlock()
		if asked++; asked <= 2 { // A and AAAA of the first connection
			return []string{public}
		}
		return []string{"127.0.0.1"}
	})
	_, first := c.Fetch(context.Background(), Request{URL: "http://news.example.org/feed"})
	_, second := c.Fetch(context.Background(), Request{URL: "http://news.example.org/feed"})
	if !errors.Is(first, errReached) {
		t.Errorf("first: %v", first)
	}
	wantKind(t, second, Refused, "127.0.0.1 is not public")
	if len(d.dialled) != 1 {
		t.Errorf("dialled %v", d.dialled)
	}
}

func TestANameServerThatIsSilent(t *testing.T) {
	var d dry
	c := d.client(t, func(string) []string { return []string{"silence"} })
	ctx, cancel := context.WithTimeout(context.Background(), 300*time.Millisecond)
	defer cancel()
	_, err := c.Fetch(ctx, Request{URL: "http://news.example.org/feed"})
	wantKind(t, err, Timeout, "")
	if got := c.guard.dialer().Timeout; got > 5*time.Second {
		t.Errorf("the dialler waits %v", got)
	}
}

func TestAllowedAddressesMayUseAnyPort(t *testing.T) {
	s := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {}))
	defer s.Close()
	_, err := NewClient(Config{}, "test", nil).Fetch(context.Background(), Request{URL: s.URL})
	wantKind(t, err, Refused, "network.allow")
	if _, err := NewClient(onLoopback(), "test", nil).Fetch(context.Background(), Request{URL: s.URL}); err != nil {
		t.Errorf("allowed: %v", err)
	}
	named := strings.Replace(s.URL, "127.0.0.1", "localhost", 1)
	if _, err := NewClient(onLoopback(), "test", nil).Fetch(context.Background(), Request{URL: named}); err != nil {
		t.Errorf("allowed by name: %v", err)
	}
}

func TestTheEnvironmentNamesNoProxy(t *testing.T) {
	proxied := false
	proxy := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { proxied = true }))
	defer proxy.Close()
	t.Setenv("HTTP_PROXY", proxy.URL)
	t.Setenv("http_proxy", proxy.URL)
	var d dry
	_, err := d.client(t, resolvePublic).Fetch(context.Background(), Request{URL: "http://news.example.org/"})
	if !errors.Is(err, errReached) || proxied {
		t.Errorf("%v; proxied: %v", err, proxied)
	}
}

// TestRedirectsInsideReachNothing follows redirects whose target is
// even among the source's hosts: the address alone must be reason enough.
func TestRedirectsInsideReachNothing(t *testing.T) {
	reached := false
	secret := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { reached = true }))
	defer secret.Close()
	for _, status := range []string{"300", "301", "302", "303", "305", "307", "308"} {
		for _, target := range []string{secret.URL, "http://169.254.169.254/", "file:///etc/passwd", "http://[::1]:80/", "http://news.example.org:22/"} {
			t.Run(status+" to "+target, func(t *testing.T) {
				code := int(status[0]-'0')*100 + int(status[2]-'0')
				asked := 0
				c := NewClient(Config{Interval: time.Nanosecond}, "test", roundTrip(func(r *http.Request) (*http.Response, error) {
					asked++
					if asked > 1 {
						return http.DefaultTransport.RoundTrip(r)
					}
					return answer(r, code, "", "Location", target), nil
				}))
				_, err := c.Fetch(context.Background(), Request{URL: "http://news.example.org/feed", Hosts: []string{"127.0.0.1", "169.254.169.254", "[::1]"}})
				var e *Error
				if !errors.As(err, &e) || asked != 1 || reached {
					t.Errorf("%v; asked %d times; reached %v", err, asked, reached)
				}
			})
		}
	}
}
