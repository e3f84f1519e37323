// Package slack takes a message to a channel of Slack and comes back with proof,
// or with exactly what is known about why there is none.
//
// # What it is for
//
// chat.postMessage has no idempotency key. A sender that repeats whenever it
// heard no answer says things twice; one that never repeats loses them. So the
// outbox notes each attempt before it leaves, and this package answers the one
// question on which everything after depends: may the message now stand in the
// channel? Send returns a receipt, or an *Error whose Class is one of
//
//	Unsent   it surely does not: send again when RetryAfter, or a back-off, is over
//	Unclear  it may: ask Find, once Settle has passed, before sending again
//	Place    it does not, and cannot until somebody changes something in Slack or
//	         in the configuration: keep it, pause the channel, tell the operator
//	Payload  it does not, and never will in this form: try the text alone, then
//	         set it aside and tell the operator
//
// Find settles the unclear ones by reading the channel back: every message
// carries its delivery's id in its metadata. Update changes a message that stands
// there; to do that twice does no harm, so it needs no settling, only patience.
//
// # Invariants
//
//   - One Send is at most one message. Nothing here repeats a post: slack-go's
//     retry handlers are off, redirects are not followed, and net/http itself
//     repeats a POST only while nothing of it has been written.
//   - A post is Unsent only on evidence: Slack refused it by name, or no
//     connection ever came about. Doubt is Unclear.
//   - A question changes nothing in Slack. When a question is lost, the error is
//     Unsent (ask again), never Unclear.
//   - Every error name that Slack documents is in exactly one class (the table in
//     answers.go). A name that is not in the table is Unclear: Slack adds names
//     without notice, and then only the channel can tell. That costs Settle and
//     one question; calling it Payload would set a good message aside, and
//     calling it Unsent would double whatever had in fact arrived.
//   - The token and a webhook's address, which is a secret too, appear in no
//     error, no log and no dump of a structure: see Secret. Errors from below are
//     rewritten, because a *url.Error quotes the whole address.
//   - Every call ends: five seconds to connect, ten for TLS, Config.Timeout as a
//     whole, 8 MiB of answer. Config.Timeout is at most one minute, so that Settle
//     is always longer than a call plus the lag of Slack's history.
//
// # The life of a client
//
// A Config is decoded from YAML, where secrets are only named. Config.Resolve
// reads them; NewClient is then good for as long as the configuration is. It
// remembers the ids of channels that were given by name: an id survives a
// channel's renaming, and is forgotten when Slack no longer knows it. A Client is
// safe for concurrent use and starts no goroutine.
//
// # Alternatives considered
//
// slack-go's client for every method: it posts here, and posts well. But it
// decodes a whole history into types, and one message of somebody else's that
// fits no type (a number where it expects a string in an attachment, a kind of
// context element that it does not know) fails the page, for ever. Read-back must
// not depend on what other people post, so list and history decode only the
// fields that are used. It also takes {"ok":false} without a name for success;
// hence a receipt without a timestamp is Unclear here.
//
// Slack's incoming webhooks alone: simpler to set up, but they can be neither
// asked nor updated, so doubt stays doubt. They are supported, and what happens
// in doubt is then the operator's choice (Config.WhenUnclear).
//
// A proxy from the environment: the environment of a service is empty, and a
// surprise in a developer's shell; connections are direct.
package slack
