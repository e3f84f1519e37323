package feed

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"strings"
	"syscall"
	"time"
)

// The deadlines and limits of one connection. The whole fetch is bounded by
// Config.Timeout besides.
const (
	dialTimeout   = 5 * time.Second // name resolution included
	tlsTimeout    = 10 * time.Second
	headerTimeout = 15 * time.Second // or half of a longer Config.Timeout
	maxHeaders    = 64 << 10         // bytes of response headers
)

// guard decides which addresses may be dialled.
//
// net/netip's own predicates are not enough: IsGlobalUnicast lets through
// carrier-grade NAT, 192.0.0.0/24, the benchmark and reserved blocks, NAT64 and
// 6to4. So the special blocks are listed, and of IPv6 only 2000::/3 is public.
type guard struct {
	cfg    Config
	denied []netip.Prefix
}

func newGuard(cfg Config) *guard {
	g := &guard{cfg: cfg}
	for _, block := range strings.Fields(specialBlocks) {
		g.denied = append(g.denied, netip.MustParsePrefix(block))
	}
	return g
}

// specialBlocks are the IANA special-purpose registries for IPv4, and for what
// of IPv6 lies inside 2000::/3. 168.63.129.16 is the metadata address of a
// large cloud that stands in public space. 2001::/23 holds Teredo, ORCHID and
// all other protocol assignments.
const specialBlocks = `
	0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 168.63.129.16/32 169.254.0.0/16 172.16.0.0/12
	192.0.0.0/24 192.0.2.0/24 192.31.196.0/24 192.52.193.0/24 192.88.99.0/24 192.168.0.0/16
	192.175.48.0/24 198.18.0.0/15 198.51.100.0/24 203.0.113.0/24 224.0.0.0/4 240.0.0.0/4
	2001::/23 2001:db8::/32 2002::/16 2620:4f:8000::/48 3fff::/20`

// check says why an address and port may not be dialled; nil: they may.
func (g *guard) check(addr netip.Addr, port uint16) error {
	addr = addr.WithZone("").Unmap()
	if g.cfg.allows(addr) {
		return nil
	}
	if !g.public(addr) {
		return refusal{fmt.Sprintf("the address %s is not public; network.allow would have to hold it", addr)}
	}
	if port != 80 && port != 443 {
		return refusal{fmt.Sprintf("port %d is refused: only 80 and 443 are used, but for addresses in network.allow", port)}
	}
	return nil
}

func (g *guard) public(addr netip.Addr) bool {
	if addr.Is6() && addr.As16()[0]>>5 != 1 { // outside 2000::/3
		return false
	}
	for _, block := range g.denied {
		if block.Contains(addr) {
			return false
		}
	}
	return addr.IsValid()
}

// control is called by net after the name is resolved and before each connect,
// so that no DNS answer, rebinding or redirect gets around it.
func (g *guard) control(_ context.Context, network, address string, _ syscall.RawConn) error {
	if network != "tcp4" && network != "tcp6" {
		return refusal{fmt.Sprintf("a connection over %s is refused", network)}
	}
	to, err := netip.ParseAddrPort(address)
	if err != nil {
		return refusal{fmt.Sprintf("the address %q cannot be judged", address)}
	}
	return g.check(to.Addr(), to.Port())
}

// dialer resolves a name and connects, with every address under control.
func (g *guard) dialer() *net.Dialer {
	return &net.Dialer{Timeout: dialTimeout, KeepAlive: 30 * time.Second, ControlContext: g.control}
}

// transport is net/http's with every default set aside that would reach
// further or wait longer than we want: no proxy from the environment, no
// transparent gunzip (the body limit counts decoded bytes), one idle
// connection per host.
func (g *guard) transport(dialer *net.Dialer) *http.Transport {
	return &http.Transport{
		Proxy:                  nil,
		DialContext:            dialer.DialContext,
		ForceAttemptHTTP2:      true,
		TLSHandshakeTimeout:    tlsTimeout,
		ResponseHeaderTimeout:  max(headerTimeout, g.cfg.Timeout/2),
		MaxResponseHeaderBytes: maxHeaders,
		DisableCompression:     true,
		MaxIdleConns:           64,
		MaxIdleConnsPerHost:    1,
		IdleConnTimeout:        90 * time.Second,
	}
}
