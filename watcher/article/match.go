package article

import (
	"fmt"
	"time"
)

// Level is how urgent a match is. Levels are ordered: Alert > Digest > None.
type Level int

// The levels of a rule.
const (
	None Level = iota
	Digest
	Alert
)

// String is the level's word in YAML, JSON and messages.
func (l Level) String() string {
	switch l {
	case Digest:
		return "digest"
	case Alert:
		return "alert"
	}
	return "none"
}

// MarshalText writes the level's word.
func (l Level) MarshalText() ([]byte, error) { return []byte(l.String()), nil }

// UnmarshalText reads "none", "digest" or "alert".
func (l *Level) UnmarshalText(b []byte) error {
	for _, known := range []Level{None, Digest, Alert} {
		if string(b) == known.String() {
			*l = known
			return nil
		}
	}
	return fmt.Errorf("unknown level %q: none, digest and alert are known", b)
}

// Span is a range of bytes [Start, End) of a zone's text.
type Span struct {
	Start int `json:"start"`
	End   int `json:"end"`
}

// Passage is a piece of evidence: a sentence of a zone, and the words in it that
// made a clause true.
type Passage struct {
	Zone     ZoneKind `json:"zone"`
	Index    int      `json:"index"`    // of the zone in Revision.Zones
	Sentence Span     `json:"sentence"` // in the zone's text
	Words    []Span   `json:"words"`    // in the zone's text, in order, inside Sentence, not overlapping
	Quote    string   `json:"quote"`    // the sentence itself: zone text [Sentence.Start:Sentence.End]
}

// Match is a rule's verdict on a revision: never a bare yes, always with what
// made it true.
type Match struct {
	Rule     string    `json:"rule"`     // the rule's id
	Name     string    `json:"name"`     // the rule's name, for readers
	Level    Level     `json:"level"`    // Digest or Alert
	Clause   string    `json:"clause"`   // the part of the query that made it so, printed
	Hash     string    `json:"hash"`     // of the rule and the vocabulary it uses: tells which wording of a rule spoke
	Evidence []Passage `json:"evidence"` // best first; empty only for a query on fields alone
	// Ledger is what the ledger says of the news for which the match stands, a line
	// each; none for a rule that does not ask it.
	Ledger []string `json:"ledger,omitempty"`
}

// Finding is a match that the readers of a digest are owed. Level is how they
// are told: Alert at once, Digest on schedule (a digest without alerts is owed
// everything at level Digest).
type Finding struct {
	ID      int64     `json:"id"` // the store's number of this debt
	Digest  string    `json:"digest"`
	Level   Level     `json:"level"`
	Article Article   `json:"article"`
	From    string    `json:"from"` // Revision.From: FromFeed is said to the reader
	Match   Match     `json:"match"`
	Found   time.Time `json:"found"`
	// Was is the level that the rule had before, as the digest was told; None at
	// first.
	Was Level `json:"was,omitempty"`
	// Also are the other articles of the story, as they came.
	Also []Relative `json:"also,omitempty"`
	// First is the message that told the digest of the story first; zero where none
	// has.
	First Telling `json:"first,omitzero"`
}

// Telling names a message that told something: its delivery, and the channel that
// it was for.
type Telling struct {
	Delivery string `json:"delivery"`
	Channel  string `json:"channel"`
}
