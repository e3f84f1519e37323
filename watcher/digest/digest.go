// Package digest composes what readers see in a channel: alerts, storms (the
// alerts beyond a channel's limit, in one message) and scheduled digests. It is
// pure: findings go in, messages come out; no clock, no store, no network.
//
// # Invariants
//
//   - Every message keeps every limit of this package (limits.go), which are well
//     below Slack's own, documented or seen. Validate checks them all.
//   - Nothing that comes from a feed can act in Slack. Titles and quotations stand
//     in plain_text and rich_text only, where no control sequence exists; no
//     mrkdwn block is ever made. The text beside the blocks, which Slack does read
//     as mrkdwn, is escaped. Addresses are http or https and percent-encoded.
//     Control, bidirectional and zero-width characters are taken out.
//   - An article is one entry of a message, with every rule that matched it named
//     and the best sentence quoted, the words that matched marked.
//   - A message that grows too long is split between entries, never inside one,
//     and each part says "2 of 3".
//   - The text alone is worth reading: it names every entry of its part.
//   - Composing the same findings twice gives the same ids (see ID), so that they
//     are put into the outbox once.
//
// # Limits
//
// The limit on all blocks together is held against their JSON as it is sent, not
// against the visible characters: what exactly Slack counts is not documented, and
// of the readings this is the strictest. It costs a digest of forty articles one
// or two parts more.
//
// # Alternatives considered
//
// Sections of mrkdwn are shorter than rich_text, but * _ ~ ` cannot be escaped in
// them: a title could format, and with a slip of the escaping call the channel. A
// block per line would hit the limit on blocks long before that on characters.
// Ids drawn at random would enqueue a digest twice when the process dies between
// composing and committing.
package digest

import (
	"time"

	"github.com/slack-go/slack"

	"presswatch/watcher/article"
	"presswatch/watcher/silence"
)

// Message is one message for one channel. Its JSON, Text and Blocks, is what the
// outbox keeps; the other fields are the outbox's own columns.
type Message struct {
	Text   string       `json:"text"` // mrkdwn, escaped; says what the blocks say
	Blocks slack.Blocks `json:"blocks"`

	ID    string `json:"-"` // of the delivery: see ID
	Group string `json:"-"` // shared by the parts of one message
	Part  int    `json:"-"` // 1…Parts
	Parts int    `json:"-"`
}

// Names says how ids are shown to readers.
type Names struct {
	Sources map[string]Source // by the source's id; an id that is not there is shown itself
	Zone    *time.Location    // of all times; nil: UTC
}

// Source is how a source is shown.
type Source struct {
	Name     string
	Language string // ISO 639-1
}

// Input is what one digest is composed from.
type Input struct {
	Digest   string   // the digest's id
	Channel  string   // where it is told; part of the id
	Slot     string   // as named by package schedule; "": composed at Now, out of turn
	Rules    []string // ids in the order in which the digest names them
	Last     string   // the slot before this one; "" where that is not known
	Quiet    Quiet    // what is made of no findings, where there is a Slot
	Findings []article.Finding
	Gaps     []article.Gap      // in the time that it tells of: what is left of them is said at its end
	Troubles []article.Incident // of feeds: those that are open are named at its end
	Silenced []Silenced         // what it leaves out: said once, behind the findings; nothing of it makes a message
	Late     []string           // what should have come and has not: said once, behind the findings
	Names    Names
	Zone     *time.Location // of this digest; nil: that of Names
	Now      time.Time
}

// Silenced is what one silence holds of a digest.
type Silenced struct {
	silence.Silence
	Articles int
}
