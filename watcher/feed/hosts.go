package feed

import (
	"net/netip"
	"net/url"
	"strings"
)

// hosts decides where a source's links and redirects may lead.
//
// A listed host stands for itself and its "www." and "m." spellings, with any
// port unless the list names one. The host of an address that was given to us
// (own) stands for its sub-domains too: they have the same owner. Nothing else
// is followed: clones of news sites serve the same paths under other names.
type hosts struct {
	listed []string
	own    *url.URL // nil: only the list counts
}

// allows reports whether a parsed address (see parseURL) lies within.
func (h hosts) allows(u *url.URL) bool {
	for _, entry := range h.listed {
		if sameHost(entry, u) {
			return true
		}
	}
	if h.own == nil {
		return false
	}
	base, host := bareHost(h.own.Hostname()), u.Hostname()
	if isAddress(base) {
		return host == base
	}
	return bareHost(host) == base || strings.HasSuffix(host, "."+base)
}

// String lists them for a message.
func (h hosts) String() string {
	names := h.listed
	if h.own != nil {
		names = append([]string{h.own.Host}, names...)
	}
	return strings.Join(names, ", ")
}

func sameHost(entry string, u *url.URL) bool {
	e, err := url.Parse("//" + strings.TrimSpace(entry))
	if err != nil {
		return false
	}
	host, err := asciiHost(e.Hostname())
	if err != nil || bareHost(host) != bareHost(u.Hostname()) {
		return false
	}
	return e.Port() == "" || e.Port() == u.Port() || (u.Port() == "" && e.Port() == defaultPort(u.Scheme))
}

// bareHost drops the labels that name the same site for other screens.
func bareHost(host string) string {
	for _, label := range []string{"www.", "m."} {
		if rest, found := strings.CutPrefix(host, label); found && strings.Contains(rest, ".") && !isAddress(host) {
			host = rest
		}
	}
	return host
}

func isAddress(host string) bool {
	_, err := netip.ParseAddr(host)
	return err == nil
}

func defaultPort(scheme string) string {
	if scheme == "https" {
		return "443"
	}
	return "80"
}
