package feed

import (
	"fmt"
	"net/netip"
	"strconv"
	"strings"
	"time"
)

// What a field of Config means when it is left out.
const (
	DefaultTimeout  = 30 * time.Second
	DefaultMaxBody  = 8 * MiB
	DefaultInterval = 2 * time.Second
)

// Config is the key `network`: what the client may reach, and how much it takes.
// A zero field means its default.
type Config struct {
	// Allow lists the address blocks that are reached although they are private
	// or special. At these addresses any port is allowed.
	Allow []CIDR `yaml:"allow"`
	// Timeout bounds one fetch, from the first connection to the last byte,
	// redirects included; waiting for a host's turn is not counted.
	Timeout time.Duration `yaml:"timeout"`
	// MaxBody bounds an answer's body after it is decompressed, in bytes.
	MaxBody Size `yaml:"max_body"`
	// Interval is the least time between the end of one request to a host and
	// the start of the next.
	Interval time.Duration `yaml:"interval"`
}

// WithDefaults is the configuration with its zero fields filled.
func (c Config) WithDefaults() Config {
	if c.Timeout == 0 {
		c.Timeout = DefaultTimeout
	}
	if c.MaxBody == 0 {
		c.MaxBody = DefaultMaxBody
	}
	if c.Interval == 0 {
		c.Interval = DefaultInterval
	}
	return c
}

// Check reports values that no client can work with.
func (c Config) Check(report func(key, message, hint string)) {
	if c.Timeout < 0 || (c.Timeout > 0 && c.Timeout < time.Second) {
		report("timeout", fmt.Sprintf("a timeout of %v cannot be kept", c.Timeout), "at least 1s; leave it out for 30s")
	}
	if c.MaxBody < 0 || (c.MaxBody > 0 && c.MaxBody < 16*KiB) {
		report("max_body", fmt.Sprintf("%v are too few for a feed", c.MaxBody), "at least 16KiB; leave it out for 8MiB")
	}
	if c.MaxBody > maxDocument {
		report("max_body", fmt.Sprintf("%v are more than is read at once", c.MaxBody), "at most "+Size(maxDocument).String())
	}
	if c.Interval < 0 {
		report("interval", fmt.Sprintf("an interval of %v lies in the past", c.Interval), "leave it out for 2s")
	}
}

// allows reports whether the operator has opened that address.
func (c Config) allows(addr netip.Addr) bool {
	for _, block := range c.Allow {
		if block.Contains(addr) {
			return true
		}
	}
	return false
}

// CIDR is a block of addresses, written like "127.0.0.0/8".
type CIDR struct{ netip.Prefix }

// UnmarshalText reads a block of addresses, or one address.
func (c *CIDR) UnmarshalText(b []byte) error {
	s := string(b)
	p, err := netip.ParsePrefix(s)
	if addr, addrErr := netip.ParseAddr(s); addrErr == nil && addr.Zone() == "" {
		p, err = netip.PrefixFrom(addr, addr.BitLen()), nil
	}
	if err != nil {
		return fmt.Errorf("bad network %q: an address block is wanted, such as 127.0.0.0/8 or fd00::/8", s)
	}
	if p.Addr().Is4In6() {
		return fmt.Errorf("bad network %q: write the IPv4 block itself, such as 127.0.0.0/8", s)
	}
	if m := p.Masked(); m != p {
		return fmt.Errorf("bad network %q: it has bits beyond its mask; %s is the block", s, m)
	}
	c.Prefix = p
	return nil
}

// MarshalText writes the block as it is read.
func (c CIDR) MarshalText() ([]byte, error) { return []byte(c.String()), nil }

// Size is a number of bytes, written like "8MiB", "500KB" or "65536".
type Size int64

// The units of a Size that are powers of two.
const (
	KiB Size = 1 << 10
	MiB Size = 1 << 20
	GiB Size = 1 << 30
)

type unit struct {
	name  string
	bytes Size
}

// units lists what a Size may be written in, the longer names first so that a
// suffix is never taken for a shorter one.
func units() []unit {
	return []unit{{"KiB", KiB}, {"MiB", MiB}, {"GiB", GiB}, {"KB", 1e3}, {"MB", 1e6}, {"GB", 1e9}, {"B", 1}, {"", 1}}
}

// UnmarshalText reads a size: a whole number and a unit.
func (s *Size) UnmarshalText(b []byte) error {
	text := strings.TrimSpace(string(b))
	for _, u := range units() {
		digits, found := strings.CutSuffix(text, u.name)
		if !found {
			continue
		}
		n, err := strconv.ParseInt(strings.TrimSpace(digits), 10, 64)
		if err != nil || n < 0 || n > int64(1<<50)/int64(u.bytes) {
			break
		}
		*s = Size(n) * u.bytes
		return nil
	}
	return fmt.Errorf("bad size %q: a whole number and a unit, such as 8MiB, 500KB or 65536", b)
}

// MarshalText writes the size as it is read.
func (s Size) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// String writes the size in the largest unit of powers of two that divides it.
func (s Size) String() string {
	for _, u := range []unit{{"GiB", GiB}, {"MiB", MiB}, {"KiB", KiB}} {
		if s != 0 && s%u.bytes == 0 {
			return strconv.FormatInt(int64(s/u.bytes), 10) + u.name
		}
	}
	return strconv.FormatInt(int64(s), 10) + "B"
}
