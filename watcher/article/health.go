package article

import "time"

// Stretch is a stretch of time; zero when there is none.
type Stretch struct {
	From time.Time `json:"from,omitzero"`
	To   time.Time `json:"to,omitzero"`
}

// IsZero reports whether there is no such stretch.
func (s Stretch) IsZero() bool { return s.From.IsZero() && s.To.IsZero() }

// Missing is what a feed may have shown and nobody has seen, while it is sought
// elsewhere; zero when nothing is missing.
type Missing struct {
	Stretch           // from the last good poll to what the next one showed
	Found   time.Time `json:"found,omitzero"`  // when it was noticed
	Due     time.Time `json:"due,omitzero"`    // when it is sought next
	Tries   int       `json:"tries,omitempty"` // vain attempts
}

// Move is the address to which a feed permanently redirects; zero when it does
// not. It takes the place of the feed's own once it has proved itself.
type Move struct {
	To    string    `json:"to,omitempty"`
	Since time.Time `json:"since,omitzero"`  // the first of an unbroken row of such answers
	Seen  int       `json:"seen,omitempty"`  // how many there were
	Taken bool      `json:"taken,omitempty"` // it is asked in place of the configured address
}

// IsZero reports whether nothing is known of a move.
func (m Move) IsZero() bool { return m == Move{} }

// Gap is a stretch of time in which a feed may have shown what nobody saw, with
// what came of seeking it elsewhere.
type Gap struct {
	Source string `json:"source"`
	Feed   string `json:"feed"`
	Stretch
	Found   time.Time `json:"found"`
	Settled time.Time `json:"settled"`       // when the search ended
	Filled  int       `json:"filled"`        // articles that were found and not known
	Left    Stretch   `json:"left,omitzero"` // what could not be sought; zero: all of it was
	Why     string    `json:"why,omitempty"` // why not
}

// Trouble is the kind of an Incident.
type Trouble string

// The kinds of trouble.
const (
	Failing  Trouble = "errors"         // no answer that makes sense
	Insecure Trouble = "TLS"            // no trustworthy connection
	Nameless Trouble = "DNS"            // the host's name does not resolve
	NoFeed   Trouble = "not a feed"     // an answer that is none
	Changed  Trouble = "format changed" // a feed, and no longer the one that it was
	Empty    Trouble = "empty"          // a feed with nothing in it
	Silent   Trouble = "silent"         // nothing new for longer than its rhythm lets expect
	GoneAway Trouble = "gone"           // 410: it is polled no more
)

// Incident is a health problem of a feed, from its opening to its end.
type Incident struct {
	Source string    `json:"source"`
	Feed   string    `json:"feed"`
	Opened time.Time `json:"opened"` // names it, with the feed
	Kind   Trouble   `json:"kind"`
	Text   string    `json:"text"`            // what is wrong, as told last
	Began  time.Time `json:"began,omitzero"`  // since when it is, as far as known
	Told   time.Time `json:"told"`            // the last message on it
	Good   int       `json:"good,omitempty"`  // good polls in a row since
	Closed time.Time `json:"closed,omitzero"` // zero while it is open
	// Delivery is the message that told of it; "" when nobody was told.
	Delivery string `json:"delivery,omitempty"`
}
