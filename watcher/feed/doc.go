// Package feed gets feeds and pages from the network, and reads feeds.
//
// # The client
//
// Client.Fetch is one conditional GET by a polite stranger: it says who it is,
// sends back the validators byte for byte, asks one host one thing at a time
// with a pause in between, obeys Retry-After, and takes no more than it said it
// would. It follows redirects itself, hop by hop, because each hop must pass the
// same checks as the first address: scheme, host, port, and the address that
// the name resolves to. The last is checked where it cannot be got around, in
// the dialler, after the name is resolved and before the connection is made.
//
// Every failure is an *Error whose Kind tells the spine what to do and whose
// text tells the operator what happened and where. Nothing is retried here: the
// spine knows when the next attempt is due (NextPoll), and keeps that in the
// store.
//
// # The parser
//
// Parse trusts no byte. The order of its steps is the order of what each needs:
// charset, illegal characters, what stands before the root, one pass of our own
// lexer that holds the document against limits and notes where the entries
// stand, then gofeed. gofeed is good at the many dialects of sound feeds and
// poor at broken ones: one bad tag loses entries, sometimes without an error.
// So where our lexer saw anything odd, or counted more entries than gofeed gave,
// every entry is mended and read alone. Dates, links and identities are ours in
// any case.
//
// A sitemap is told by its root and read by our lexer alone: of its addresses
// with their dates entries are made, and an index yields Parsed.Children for the
// caller to fetch. A page of headlines is no document that says what it is: it
// is read as one where About.Links says where the links stand. Both hold what is
// no article; see isArticle.
//
// Identify is the one place that decides whether two addresses are one article.
//
// # Invariants
//
//   - Parse ends in time and memory proportional to its input, on any input. It
//     does not panic and does not recurse with the input's depth.
//   - An entry is whole or absent: of a document that is cut off, the entry that
//     was cut is dropped and comes with the next poll.
//   - No entry leads outside the source's hosts, and none is published later
//     than the poll. What was dropped or changed stands in Parsed.Notes.
//   - Nothing here says `go` or keeps state on disk. A client's memory (turns,
//     pauses, cookies) may be lost at any time; the worst is one request early.
//
// # Alternatives considered
//
// http.Client with CheckRedirect: it sends a Referer, and its redirect policy
// sees the next request when it is already made up. Mending the whole document
// and reading it once: one entry beyond repair costs all others. A parser of our
// own for all dialects: gofeed knows more of them than we would ever meet.
// A proxy that guards the network: one more thing to run. Retrying inside Fetch:
// the retry would not survive a restart, and the store would not know why a feed
// is late.
package feed
