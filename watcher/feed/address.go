package feed

import (
	"errors"
	"fmt"
	"net/netip"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/net/idna"
)

// maxURL bounds an address, in bytes.
const maxURL = 8 << 10

// parseURL reads an absolute http or https address into a canonical form: no
// fragment, host in lower-case ASCII without a trailing dot. User names are an
// error: no feed needs them, and they hide the host from a reader's eye.
func parseURL(raw string) (*url.URL, error) {
	if len(raw) > maxURL {
		return nil, fmt.Errorf("an address of %d bytes", len(raw))
	}
	u, err := url.Parse(strings.TrimSpace(raw))
	if err != nil {
		return nil, fmt.Errorf("not an address: %w", errors.Unwrap(err))
	}
	u.Scheme = strings.ToLower(u.Scheme)
	switch {
	case u.Scheme != "http" && u.Scheme != "https":
		return nil, fmt.Errorf("the scheme %q is refused: http and https are used", u.Scheme)
	case u.User != nil:
		return nil, errors.New("a user name in an address is refused")
	case u.Opaque != "" || u.Host == "":
		return nil, errors.New("the address names no host")
	}
	host, err := asciiHost(u.Hostname())
	if err != nil {
		return nil, err
	}
	if u.Host, err = joinPort(host, u.Port()); err != nil {
		return nil, err
	}
	u.Fragment, u.RawFragment = "", ""
	return u, nil
}

// asciiHost brings a host to the form that DNS sees, so that no other spelling
// of it (full-width digits, soft hyphens, upper case) passes a comparison.
func asciiHost(host string) (string, error) {
	if addr, err := netip.ParseAddr(host); err == nil {
		if addr.Zone() != "" {
			return "", fmt.Errorf("the zone in the address %s is refused", host)
		}
		return addr.Unmap().String(), nil
	}
	ascii, err := idna.Lookup.ToASCII(host)
	if err != nil && strings.ContainsFunc(host, func(r rune) bool { return r > 127 }) {
		return "", fmt.Errorf("%q is not a host name", host)
	}
	if err != nil { // names with an underscore are real, and plain ASCII
		ascii = host
	}
	ascii = strings.TrimSuffix(strings.ToLower(ascii), ".")
	if slices.Contains(strings.Split(ascii, "."), "") || len(ascii) > 253 || strings.ContainsFunc(ascii, notInHost) {
		return "", fmt.Errorf("%q is not a host name", host)
	}
	if addr, err := netip.ParseAddr(ascii); err == nil {
		return addr.Unmap().String(), nil
	}
	if endsInNumber(ascii) {
		return "", fmt.Errorf("the address %q is refused: an IPv4 address is written with four decimal numbers", host)
	}
	return ascii, nil
}

func notInHost(r rune) bool {
	return (r < 'a' || r > 'z') && (r < '0' || r > '9') && r != '-' && r != '.' && r != '_'
}

// endsInNumber finds what C libraries take for IPv4 addresses in octal, hex or
// with fewer than four parts. No top-level domain begins with a digit.
func endsInNumber(host string) bool {
	last := host[strings.LastIndexByte(host, '.')+1:]
	return last != "" && last[0] >= '0' && last[0] <= '9'
}

func joinPort(host, port string) (string, error) {
	if strings.Contains(host, ":") {
		host = "[" + host + "]"
	}
	if port == "" {
		return host, nil
	}
	n, err := strconv.ParseUint(port, 10, 16)
	if err != nil || n == 0 {
		return "", fmt.Errorf("%q is not a port", port)
	}
	return host + ":" + strconv.FormatUint(n, 10), nil
}

// portOf is the port that a parsed address leads to.
func portOf(u *url.URL) uint16 {
	if n, err := strconv.ParseUint(u.Port(), 10, 16); err == nil {
		return uint16(n)
	}
	if u.Scheme == "https" {
		return 443
	}
	return 80
}

// admit says why an address may not be asked, as far as that can be told before
// the name is resolved. A name on an odd port may still turn out to stand at an
// address of network.allow, so its port is judged by the dialler then.
func (g *guard) admit(u *url.URL) error {
	host := u.Hostname()
	if addr, err := netip.ParseAddr(host); err == nil {
		return g.check(addr, portOf(u))
	}
	if len(g.cfg.Allow) > 0 {
		return nil
	}
	if isLocal(host) {
		return refusal{fmt.Sprintf("the host %s is a name of this machine or its network; network.allow would have to hold its address", host)}
	}
	if port := portOf(u); port != 80 && port != 443 {
		return refusal{fmt.Sprintf("port %d is refused: only 80 and 443 are used, but for addresses in network.allow", port)}
	}
	return nil
}

// isLocal finds names that no publisher on the internet can have: by RFC 6761
// (localhost), 6762 (local), 8375 (home.arpa), 7686 (onion), ICANN's reservation
// of internal, and the hosts files of the usual systems. A name without a dot is
// completed by the search list of whatever network the machine is in. Where such
// a name led would be judged once it is resolved; this also keeps it from being
// asked for.
func isLocal(host string) bool {
	if !strings.Contains(host, ".") {
		return true
	}
	for _, suffix := range []string{".localhost", ".localdomain", ".local", ".internal", ".home.arpa", ".onion"} {
		if strings.HasSuffix(host, suffix) {
			return true
		}
	}
	return false
}
