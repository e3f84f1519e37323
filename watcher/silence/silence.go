// Package silence decides what is not told for a while: a desk that covers a
// summit from the room wants no alerts of it, and one that knows of a story wants
// no more reports. An operator names a rule, a source, a happening or a query, and
// always an end. It is pure: silences and a match go in, a verdict with its reason
// comes out.
//
// # What a silence does
//
//   - It is judged when a match is about to be told, and not when it is found: so it
//     holds what waits already, and what still waits when it has ended is told.
//   - What it holds is kept, and held for good: it is not told when the silence has
//     ended, at which a desk would hear all the noise at once. It is counted, and the
//     next digest that speaks says how much of what it left out.
//   - It holds matches, and not what becomes of articles that were told: that one is
//     withdrawn, or stands elsewhere too, is still said where it was told.
//   - What was held speaks for its own text alone. Another report of the happening,
//     after the end, is told like any other.
//
// # Alternatives considered
//
// Silences in the configuration: they would have no end that anybody keeps, and to
// set one would need the right to change the service. To judge when a match is
// found: what waits in the quiet hours could then not be silenced any more. To tell
// at the end what was held: that is what quiet_hours does. A silence without an end
// is a rule to be deleted.
package silence

import (
	"errors"
	"fmt"
	"strconv"
	"time"
	"unicode/utf8"
)

// Kind is what a silence is about.
type Kind string

// The kinds of silences.
const (
	Rule   Kind = "rule"
	Source Kind = "source"
	Event  Kind = "event" // a happening: all its reports and their copies
	Query  Kind = "query"
)

// Longest is the longest silence: what is to be silent for longer is to be deleted.
const Longest = 366 * 24 * time.Hour

const mostText = 500 // characters of What, Name and Reason each

// Silence is one of them.
type Silence struct {
	ID     int64     `json:"id"` // the store's number
	Kind   Kind      `json:"kind"`
	What   string    `json:"what"`             // the id of a rule or source; the number of an event; a query
	Name   string    `json:"name,omitempty"`   // what people call it; "" for a query
	Reason string    `json:"reason,omitempty"` // the operator's own word
	From   time.Time `json:"from"`
	Until  time.Time `json:"until"`
	Held   int       `json:"held"` // matches that it held so far, each for a digest
}

// Check says what is wrong with a new silence; nil for nothing.
func (s Silence) Check() error {
	switch {
	case s.Kind != Rule && s.Kind != Source && s.Kind != Event && s.Kind != Query:
		return fmt.Errorf("nothing is silenced by %q: it is rule, source, event or query", s.Kind)
	case s.What == "":
		return fmt.Errorf("no %s is named", s.Kind)
	case s.Kind == Event && s.event() <= 0:
		return fmt.Errorf("%q is no number of an event", s.What)
	case !s.Until.After(s.From):
		return errors.New("it ends before it begins: name an end that lies ahead")
	case s.Until.Sub(s.From) > Longest:
		return errors.New("it lasts longer than a year: change the rules instead")
	}
	for _, text := range []string{s.What, s.Name, s.Reason} {
		if utf8.RuneCountInString(text) > mostText {
			return fmt.Errorf("a text of more than %d characters: be shorter", mostText)
		}
	}
	return nil
}

func (s Silence) event() int64 {
	n, err := strconv.ParseInt(s.What, 10, 64)
	if err != nil {
		return 0
	}
	return n
}

// String names what is silent, for people: "rule Treaties", "query strike AND quay".
func (s Silence) String() string {
	if s.Name != "" {
		return string(s.Kind) + " " + s.Name
	}
	return string(s.Kind) + " " + s.What
}

// InForce reports whether it holds anything now.
func (s Silence) InForce(now time.Time) bool { return !now.Before(s.From) && now.Before(s.Until) }

// Subject is a match as silences see it.
type Subject struct {
	Rule, Source string
	Event        int64 // 0: not known
	// Asks reports whether a query is true of the article; nil: none is.
	Asks func(query string) bool
}

// Verdict is whether a match is held, and why.
type Verdict struct {
	By     Silence // zero: it is told
	Reason string
}

// Holds reports whether the match is held.
func (v Verdict) Holds() bool { return v.By.ID != 0 }

// Judge says whether any silence holds a match now. Of several the first in the list
// is named.
func Judge(all []Silence, m Subject, now time.Time) Verdict {
	for _, s := range all {
		if s.InForce(now) && s.covers(m) {
			return Verdict{By: s, Reason: fmt.Sprintf("%s is silenced until %s", s, s.Until.UTC().Format("2006-01-02 15:04 MST"))}
		}
	}
	return Verdict{Reason: "no silence is about it"}
}

func (s Silence) covers(m Subject) bool {
	switch s.Kind {
	case Rule:
		return s.What == m.Rule
	case Source:
		return s.What == m.Source
	case Event:
		return m.Event > 0 && s.event() == m.Event
	case Query:
		return m.Asks != nil && m.Asks(s.What)
	}
	return false
}
