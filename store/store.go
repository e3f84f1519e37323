// Package store is the contract of what presswatch keeps. One method is one
// transaction: between any two calls the process may die, and a restarted
// process finds its own work again by asking.
//
// Five writes carry an article from its feed to its reader:
//
//	TX1  SaveFeed  validators and the entries not seen before, together
//	TX2  Record    entry read, revision, matches, and the findings they owe;
//	               or Visited, where asking again brought no new text
//	TX3  Enqueue   deliveries into the outbox, their findings told, the slot done
//	TX4  Attempt   an attempt noted, before the message leaves
//	TX5  Confirm   the receipt; or Postpone, or Park
//
// Invariants that every store keeps, and storetest proves:
//
//   - An article's (source, identity) is stored once, and never forgotten; nor is
//     any other name that its feeds had for it.
//   - A finding is told by at most one Enqueue; a delivery id is enqueued once.
//   - A delivery is in exactly one State. Only Sent has a Receipt.
//   - What a call acknowledged survives the death of the process at any later
//     moment; what it did not acknowledge happened wholly or not at all.
//
// Methods are safe for concurrent use. Errors are wrapped with what was being
// done. Times are kept in whole milliseconds, UTC; a zero time.Time stays zero.
package store

import (
	"context"
	"errors"
	"iter"
	"time"

	"presswatch/watcher/article"
	"presswatch/watcher/ledger"
)

// ErrNotFound is returned when nothing is stored under the name asked for.
var ErrNotFound = errors.New("not in the store")

// ErrSettled is returned when a delivery is asked to change that is past it: it is
// sent, or set aside, or was given up meanwhile.
var ErrSettled = errors.New("settled already")

// Store keeps feeds, articles, matches and the outbox.
type Store interface {
	Health
	Silences

	// Cursors returns where the poller stands with every feed ever saved.
	Cursors(ctx context.Context) ([]article.Cursor, error)

	// SaveFeed (TX1) stores the cursor as given and those entries whose article the
	// source has not had, unread and due at cursor.Checked, in the order given. It
	// returns how many were unseen. A poll that failed or brought a 304 is saved
	// with no entries.
	//
	// An entry's article is known by its identity; else by its canonical address,
	// or by an identity or address that an earlier entry of it had; else by its
	// GUID, if only one article of the source has that, only one of the entries,
	// and not both have numbers, which then differ. It answers to the entry's names
	// from then on. Where the feed that brought an article first has another title,
	// lead or date for it than before, and it is read, a visit is due at once.
	SaveFeed(ctx context.Context, cursor article.Cursor, entries []article.Entry) (unseen int, err error)

	// Unread returns articles that are not yet read and due by now, oldest first,
	// at most perSource of each source.
	Unread(ctx context.Context, now time.Time, perSource int) ([]article.Article, error)

	// PostponeRead notes one more vain attempt to read an article's page, and when
	// to try again.
	PostponeRead(ctx context.Context, id int64, due time.Time, reason string) error

	// Record (TX2) stores what reading an article gave: the article is read, has
	// this revision, these matches, and owes these findings. When the article does
	// not have as many revisions as the reading says, nothing changes, and that is
	// no error: it was recorded already, or another reading was quicker.
	//
	// A story is an article with its copies and all reports of its event, by the
	// Place of each. A debt is for news: it is owed if its match has a higher level
	// than the story has owed to the digest by the same rule. Where the lower one
	// still waits, it is raised in its place. Where one of that level waits, the new
	// text speaks instead if it is a later one of the same article, or of a copy
	// that is worth less. Else nothing is owed.
	//
	// An event never changes; copies are what Merged says from then on.
	Record(ctx context.Context, reading Reading) error

	// Revisits returns read articles whose page is to be asked for again by now,
	// the longest due first, at most perSource of each source.
	Revisits(ctx context.Context, now time.Time, perSource int) ([]Revisit, error)

	// Visited notes that asking for a page again brought no new text, and what comes
	// next. A withdrawn other than zero is when the page was found to be gone.
	Visited(ctx context.Context, id int64, visit Visit, withdrawn time.Time) error

	// History tells what became of an article. ErrNotFound if there is none.
	History(ctx context.Context, id int64) (History, error)

	// Owed returns the findings not yet told of these digests at this level, and held
	// by no silence, oldest first.
	Owed(ctx context.Context, digests []string, level article.Level) ([]article.Finding, error)

	// Amendments returns the alerts and storms of which a story has another article
	// since they were told: what they told, as it would be told now. One is settled by a Batch that
	// amends it.
	Amendments(ctx context.Context) ([]Amendment, error)

	// Enqueue (TX3) puts a batch into the outbox. If any of its findings is told
	// already, or any of what it says said, or any of its deliveries known, nothing changes and enqueued is
	// false: the batch was composed from what has since been told.
	Enqueue(ctx context.Context, batch Batch) (enqueued bool, err error)

	// Said returns which of these things a Batch has said already.
	Said(ctx context.Context, things []string) ([]string, error)

	// LastSlot returns the last slot of a digest that a Batch has done, "" when
	// there is none.
	LastSlot(ctx context.Context, digest string) (string, error)

	// Due returns the deliveries to work on now: Ready or Attempted, due, their
	// channel not paused, oldest first. A part of a group is held back while an
	// earlier part of it is open (Ready or Attempted); and what follows another
	// delivery (Thread, Edits) while that one is, or one enqueued earlier that
	// follows the same. Only what was enqueued earlier holds anything back.
	Due(ctx context.Context, now time.Time) ([]Delivery, error)

	// Attempt (TX4) notes, before a message leaves, that it may now be with Slack.
	// Until it is settled the delivery is in doubt and next worked on at due. A
	// delivery that is not open is refused with ErrSettled.
	Attempt(ctx context.Context, id string, at, due time.Time) error

	// Confirm (TX5) settles a delivery in any state: it reached its channel, whose
	// pause, if it has one, is over. The first receipt stays.
	Confirm(ctx context.Context, id string, receipt Receipt) error

	// Postpone (TX5) settles an attempt that surely did not reach the channel, or
	// notes why one is still in doubt: see Postponement. A delivery that is not open
	// is refused with ErrSettled, and so is a doubt about one that never left.
	Postpone(ctx context.Context, id string, p Postponement) error

	// Park (TX5) sets a delivery aside: it cannot be sent as it is, and an operator
	// must look. One that is Sent or Dropped is refused with ErrSettled.
	Park(ctx context.Context, id, reason string, at time.Time) error

	// Outbox lists deliveries in these states, without their payloads, newest first,
	// at most so many of each state.
	Outbox(ctx context.Context, most int, states ...State) ([]Delivery, error)

	// Delivery finds a delivery by its id, whole. ErrNotFound if there is none.
	Delivery(ctx context.Context, id string) (Delivery, error)

	// Retry is an operator's word that a delivery is to be worked on at due, whatever
	// was to become of it: one that is Parked or Dropped is Ready again, with its
	// layout. One that is Sent is refused with ErrSettled.
	Retry(ctx context.Context, id string, due time.Time) error

	// Drop is an operator's word that a delivery is not to be sent. It is kept, and
	// what it told stays told. One that is Sent is refused with ErrSettled. One that
	// is in doubt may be in its channel all the same.
	Drop(ctx context.Context, id, reason string, at time.Time) error

	// PauseChannel holds all deliveries of a channel until then; a time that has
	// passed resumes it, and stays in the Summary until it is replaced; the zero time
	// takes the pause away.
	PauseChannel(ctx context.Context, channel, reason string, until time.Time) error

	// Note keeps a standing remark on a subject, in place of the one before; an empty
	// text takes it back.
	Note(ctx context.Context, note Note) error

	// Next returns when the next unread article or visit, and the next delivery, is
	// due; zero where there is none.
	Next(ctx context.Context) (read, delivery time.Time, err error)

	// Lookup finds an article by its address or by "source/identity", with its
	// newest revision and that revision's matches. ErrNotFound if there is none.
	Lookup(ctx context.Context, ref string) (Stored, error)

	// Articles yields the articles that are read, as Lookup would, newest first,
	// back to since. An article's time is its publisher's date, or where that is
	// not known the time it was first seen; of one time the later seen comes first.
	// Each is told as it is when it is reached; what is stored meanwhile may or may
	// not be among them. An error ends the sequence. Between two articles nothing
	// is held: the caller may take its time, and may stop.
	Articles(ctx context.Context, since time.Time) iter.Seq2[Stored, error]

	// Ledger returns what the newest texts of articles state of these partitions
	// (ledger.Entry.Partition), nil for all, in no order, and all corrections in
	// theirs.
	Ledger(ctx context.Context, partitions []string) (Kept, error)

	// Restate puts facts in place of those of an article's newest text: when what
	// defines them has changed. ErrNotFound if the article is not read.
	Restate(ctx context.Context, r Restatement) error

	// Correct keeps a reader's correction of the ledger, for good, and returns its
	// number.
	Correct(ctx context.Context, c ledger.Correction) (id int64, err error)

	// Forget drops the texts of at most n articles whose time, as Articles has it,
	// lies before a time: the oldest first, and none that is owed to a digest. It
	// returns how many it dropped; fewer than n means that no more are left. What
	// an article is (identity, address, title, date) and what was said of it
	// (matches, their evidence, findings, deliveries) stays, so nothing is ever told
	// again. Lookup then gives a revision with the title alone, From
	// article.Forgotten; Articles passes it over, for there is nothing to judge.
	Forget(ctx context.Context, before time.Time, n int) (int, error)

	// Backup writes a copy of the store, one state of it, to a file at which there
	// is nothing; what is there is left alone, and the error is fs.ErrExist. The
	// copy has its name only once it is whole, sound and on disk.
	Backup(ctx context.Context, file string) error

	// Summary counts what is stored, for status.
	Summary(ctx context.Context) (Summary, error)

	// Close releases the store. Calls after it fail.
	Close() error
}

// Reading is what reading one article gave.
type Reading struct {
	// Article, with what the page knows better than the feed (title, date, author,
	// sections) already set. ID names it; Source, Identity and URL do not change.
	Article  article.Article
	Earlier  int // revisions that the article had when it was read: 0 for the first
	Revision article.Revision
	Matches  []article.Match
	Facts    []Stated // what the text states, with what that added to the ledger
	Visit    Visit    // when its page is asked for again
	// Place is where the article stands among the others. What is zero in it is the
	// article's own number, or where it has an earlier revision stays as it was.
	Place article.Place
	// Merged are groups of copies that this article joins to that of its Place: what
	// was known by those names is known by Place.Copies from now on.
	Merged []int64
	// Owed says to which digests each match is owed; none for a baseline.
	Owed []Debt
	At   time.Time
}

// Stated is a fact of a text, and what it added to the ledger when it was read.
type Stated struct {
	Fact    article.Fact
	Novelty ledger.Novelty
	Reason  string
}

// Restatement is the facts of an article's newest text, read anew.
type Restatement struct {
	Article article.Article // ID and Title
	Facts   []Stated
	At      time.Time
}

// Kept is what the ledger is made of.
type Kept struct {
	Statements  []Statement
	Corrections []ledger.Correction
}

// Entries are the statements as the ledger takes them.
func (k Kept) Entries() []ledger.Entry {
	entries := make([]ledger.Entry, len(k.Statements))
	for i, s := range k.Statements {
		entries[i] = s.Entry
	}
	return entries
}

// Statement is a fact of an article's newest text.
type Statement struct {
	ledger.Entry
	Novelty ledger.Novelty // as it was told when it was read
	Reason  string
	At      time.Time // when it was read
}

// Debt is a match owed to a digest, before the store has numbered it.
type Debt struct {
	Match  int // index in Reading.Matches
	Digest string
	Level  article.Level // how it is told: article.Alert at once, article.Digest on schedule
}

// Batch is what one composition puts into the outbox.
type Batch struct {
	Deliveries []Delivery // all Ready; may be none: a digest with nothing to say is still done
	Findings   []int64    // told by these deliveries
	Amends     []string   // deliveries whose Amendment these settle
	Digest     string     // whose slot is done; "" for alerts
	Said       []string   // what these deliveries say that is no finding, and never again
	Slot       string     // local wall time "2006-01-02T15:04"; "" when no scheduled slot is meant
	At         time.Time
}

// State is where a delivery stands.
type State string

// The states of a delivery.
const (
	Ready     State = "ready"     // to be sent when due
	Attempted State = "attempted" // in doubt: it left, and no answer has settled it
	Sent      State = "sent"      // confirmed
	Parked    State = "parked"    // set aside for an operator
	Dropped   State = "dropped"   // given up by an operator
)

// Delivery is one message for one channel, or one part of one.
type Delivery struct {
	// ID is derived from what the message tells, so that composing twice enqueues
	// once. It travels in the message's metadata. At most 64 bytes, [a-z0-9-].
	ID      string `json:"id"`
	Group   string `json:"group"` // shared by the parts of one message
	Part    int    `json:"part"`  // 1…Parts
	Parts   int    `json:"parts"`
	Kind    string `json:"kind"` // "alert", "storm", "digest", "also", "withdrawn" or "notice"
	Channel string `json:"channel"`
	Payload []byte `json:"payload"` // the message as JSON (package digest)

	// Thread is the id of the delivery under whose message this one is posted, and
	// Edits that of the delivery whose message this one takes the place of, without
	// notifying anybody again. At most one of them is set. Name the first part of a
	// message, and for Thread one that is in no thread itself.
	Thread string `json:"thread,omitempty"`
	Edits  string `json:"edits,omitempty"`
	// Parent is the receipt of the delivery that Thread or Edits names. Due fills it
	// in, others leave it alone; it is zero when that one was never sent, or to
	// another channel, or is not in the store.
	Parent Receipt `json:"-"`

	State        State     `json:"state"`
	Created      time.Time `json:"created"`
	Due          time.Time `json:"due"`
	Attempts     int       `json:"attempts"`
	FirstAttempt time.Time `json:"first_attempt,omitzero"`
	LastAttempt  time.Time `json:"last_attempt,omitzero"`
	Plain        bool      `json:"plain,omitempty"` // Slack refused the blocks: send the text alone
	Error        string    `json:"error,omitempty"` // why it is not sent yet
	Receipt      Receipt   `json:"receipt,omitzero"`
}

// Receipt is Slack's proof that a message stands in a channel.
type Receipt struct {
	Channel string    `json:"channel"` // the channel's id, or a word for where it went ("printed", "webhook", "nowhere")
	TS      string    `json:"ts"`      // Slack's message timestamp, "" where there is none
	At      time.Time `json:"at"`
}

// Postponement says how a delivery goes on.
type Postponement struct {
	State  State // Ready: surely not sent; Attempted: still in doubt
	Due    time.Time
	Reason string
	Plain  bool // from now on send the text alone
}

// Stored is an article with its newest revision.
type Stored struct {
	Article  article.Article
	Read     bool
	Revision article.Revision // zero while not Read
	Matches  []article.Match
	// Revisions is how many texts there are; Revision is the newest.
	Revisions int
	Place     article.Place // zero while not Read
}
