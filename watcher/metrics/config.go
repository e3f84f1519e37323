package metrics

import (
	"fmt"
	"net"
	"net/netip"
)

// Config is the key `metrics`: where figures and health are served.
type Config struct {
	// Address is one of this machine alone, such as 127.0.0.1:9464; "" serves
	// nothing.
	Address string `yaml:"listen"`
}

// Check reports an address that others could reach.
func (c Config) Check(report func(key, message, hint string)) {
	if c.Address == "" {
		return
	}
	const hint = "such as 127.0.0.1:9464 or [::1]:9464; for other machines put a proxy before it"
	host, port, err := net.SplitHostPort(c.Address)
	if err != nil || port == "" {
		report("listen", fmt.Sprintf("bad address %q", c.Address), hint)
		return
	}
	if addr, err := netip.ParseAddr(host); err != nil || !addr.IsLoopback() {
		report("listen", fmt.Sprintf("%q is not an address of this machine alone", host), hint)
	}
}
