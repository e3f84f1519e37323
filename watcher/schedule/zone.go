package schedule

import (
	"fmt"
	"time"
)

// Zone is a time zone of the configuration, by its name in the IANA database. The
// zero Zone is none.
type Zone struct{ location *time.Location }

// Location is the zone, nil for none.
func (z Zone) Location() *time.Location { return z.location }

// UnmarshalText reads a zone's name. The machine's own zone ("Local") is refused:
// the same configuration must mean the same everywhere.
func (z *Zone) UnmarshalText(b []byte) error {
	name := string(b)
	location, err := time.LoadLocation(name)
	if err != nil || name == "" || name == "Local" {
		return &Error{
			Message: fmt.Sprintf("unknown time zone %s", quote(name)),
			hint:    "a name such as Europe/Paris or Asia/Ho_Chi_Minh, or UTC",
		}
	}
	z.location = location
	return nil
}
