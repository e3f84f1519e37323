package feed

import (
	"strings"
	"testing"
	"time"
)

func TestSizesAreReadAndWritten(t *testing.T) {
	for text, want := range map[string]Size{"8MiB": 8 << 20, "500KB": 500_000, "65536": 65536, "1 GiB": 1 << 30, "0": 0, "16KiB": 16 << 10, "12B": 12} {
		var s Size
		if err := s.UnmarshalText([]byte(text)); err != nil || s != want {
			t.Errorf("%s: %d, %v", text, s, err)
		}
		var again Size
		written, _ := s.MarshalText()
		if err := again.UnmarshalText(written); err != nil || again != s {
			t.Errorf("%s is written %s and read %d, %v", text, s, again, err)
		}
	}
	for _, text := range []string{"", "MiB", "8 potatoes", "-1MiB", "1.5MiB", "99999999999GiB", "8MiBB"} {
		var s Size
		if err := s.UnmarshalText([]byte(text)); err == nil || !strings.Contains(err.Error(), "such as 8MiB") {
			t.Errorf("%q: %d, %v", text, s, err)
		}
	}
}

func TestBlocksAreRead(t *testing.T) {
	for text, want := range map[string]string{"127.0.0.0/8": "127.0.0.0/8", "::1": "::1/128", "10.1.2.3": "10.1.2.3/32", "fd00::/8": "fd00::/8"} {
		var c CIDR
		err := c.UnmarshalText([]byte(text))
		if written, _ := c.MarshalText(); err != nil || string(written) != want {
			t.Errorf("%s: %s, %v", text, c, err)
		}
	}
	for text, says := range map[string]string{
		"": "such as 127.0.0.0/8", "localhost": "such as 127.0.0.0/8", "10.0.0.0/33": "such as 127.0.0.0/8",
		"127.0.0.1/8": "127.0.0.0/8 is the block", "::ffff:127.0.0.0/104": "write the IPv4 block itself", "fe80::1%eth0": "such as",
	} {
		var c CIDR
		if err := c.UnmarshalText([]byte(text)); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%q: %v", text, err)
		}
	}
}

func TestZeroFieldsMeanTheirDefaults(t *testing.T) {
	got := Config{}.WithDefaults()
	if got.Timeout != 30*time.Second || got.MaxBody != 8*MiB || got.Interval != 2*time.Second {
		t.Errorf("got %+v", got)
	}
	mine := Config{Timeout: time.Minute, MaxBody: MiB, Interval: time.Second}
	if got := mine.WithDefaults(); got.Timeout != time.Minute || got.MaxBody != MiB || got.Interval != time.Second {
		t.Errorf("got %+v", got)
	}
}

func TestValuesThatNoClientCanWorkWith(t *testing.T) {
	for key, c := range map[string]Config{
		"": {}, "timeout": {Timeout: time.Millisecond}, "max_body": {MaxBody: 5}, "interval": {Interval: -1},
	} {
		var reported []string
		c.Check(func(key, message, hint string) { reported = append(reported, key) })
		if got := strings.Join(reported, " "); got != key {
			t.Errorf("%+v: reported %q, want %q", c, got, key)
		}
	}
}
