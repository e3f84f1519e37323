// Package facts reads statements out of articles: that a plan of cooperation
// between two countries, in a field and for a year, was signed yesterday. What a
// kind of fact is, and every word by which one is known, stands in YAML; the
// language is described in facts.md, whose example is a test.
//
//	rule files ──Load──► Set        queries by the rules' vocabulary, forms of periods
//	Set × rules.Document ──Read──► []article.Fact, with their passages
//	                     ──Explain► the same, with the words that filled each slot
//	                     ──Test──► what the tests in the files say, and what they leave out
//
// # How a fact is read
//
// A mention is a place where an instrument is named. Around each mention the slots
// are filled: each is looked for in the parts of the article that its definition
// lists, from the nearest (the words behind the mention) to the farthest (the whole
// article), and the first part that has it fills it. Where a mention stands on the
// ladder is said by patterns: queries in which <instrument> captures the mention,
// tried in order; the order is the grammar (a wish before a signing, "conclu par"
// after "a été signé"). Mentions are then merged: those that agree are one fact, and
// one that says less joins one that says more.
//
// Words may stand for an instrument named before ("the one for 2030"), or for several
// at once ("memoranda: on science, on energy"): each such mention is read like any
// other. A bloc is party by itself to what its members adopt at its meetings.
//
// What is said of a mention itself (the parts after, before, clause, sentence)
// outweighs what is only true of its article: two mentions that differ in what is
// said of them are two facts, while a field guessed from the headline gives way.
//
// # Invariants
//
//   - No word of any language stands here, and no country: Go knows numbers, the
//     calendar, and which part of a text is near.
//   - Read depends on nothing but the document and the set. It knows no ledger: that
//     a fact is old is said by the text (a signing that is dated long ago, Stale), or
//     found by who remembers.
//   - A mention has at least the parties that its definition asks for, or a bloc that
//     is one by itself; else it is none.
//   - Every fact has evidence, in the sentences where its mention and the words that
//     filled its slots stand.
//   - A part of a definition that no test makes use of is told by Test.
//
// # Alternatives considered
//
// A dependency parser and trained extraction: no model is small, exact in French
// and Vietnamese, and explained by a line of YAML that a desk officer can mend; the
// published figures for closed-domain events lie below what patterns reach here.
// Regular expressions with named groups: they know no stems, no sentence and no
// clause, and their captures cannot be the vocabulary of the rules. Slots with free
// names: a ledger must know what a period is to say that a plan is late, so the
// eight slots are fixed, and what they are called for is not. One query a fact, as
// rules have: it would name each combination of instrument, period and status.
package facts
