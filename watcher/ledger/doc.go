// Package ledger remembers what articles have stated, and tells what is new. A fact
// read in an article (package rules/facts) is an Entry; entries that speak of one
// instrument are an Item; and what an article adds to what was known is a Novelty.
//
//	[]Entry + []Correction ──Build──► Book of Items, each with its history
//	what was known + what an article states ──Judge──► Verdict per fact: new, advanced, …
//	Gate × []Verdict ──Tells──► whether a rule fires, and why
//	Item ──Line, Predecessors──► text for readers;  Book ──Late──► plans that are overdue
//
// It is pure: times, entries and the names for readers come in as values.
//
// # One ledger, whatever the order
//
// Build is a function of the set of entries: it puts them in the order of
// publication first. So a ledger that was read in any order, or anew after a change
// of YAML, is the same ledger. Only what was told depends on the order of reading,
// and that is kept with each fact by the store.
//
// # What is one instrument
//
// Its key is kind, class, parties, field and period. What is missing in an entry
// never makes an item beside a fuller one: an entry without a period joins the item
// that was news when it was written, else the one in whose period it was written,
// and a field that was only guessed gives way to one that was said. Instruments that
// name no period at all are told apart by when they were news.
//
// # What is new
//
// An entry is New where nothing was known of its item and the text tells it as
// news, or speaks of a period not yet begun; Advanced where it tells as news what
// stands higher than anything told before; Confirmed where another source tells the
// same news; Contradicted where it gives another day, or another period, for the
// same signing; else Recalled. What was first met as an old thing, long before, is
// not made new by a text that tells it as news: Horizon is how long.
//
// # Alternatives considered
//
// A state that each article changes in turn: the order of reading would be in it for
// ever, and a mended rule could not rebuild it. Comparing texts of instruments: the
// same plan is named in three languages. Asking for equality of all slots: a report
// that leaves out the year would be a new plan each time.
package ledger
