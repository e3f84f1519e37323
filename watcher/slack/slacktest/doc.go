// Package slacktest is a stand-in for Slack: strict where Slack is strict, and
// unkind on request. The demo posts to it, and the tests of delivery prove on it
// that nothing is lost and nothing said twice.
//
// It is an http.Handler, so it can be served on a socket; and Transport calls it
// within the process, so that it can live in a bubble of testing/synctest, where
// sockets cannot. Its clock is time.Now either way.
//
// # What it knows
//
// The Web API under /api/ (auth.test, chat.postMessage, chat.update,
// conversations.list, conversations.history, conversations.replies) and one
// incoming webhook under /services/. Tokens, scopes, membership, archived and private channels are
// checked as Slack checks them, under Slack's error names; so are the limits of
// text, blocks and metadata, one message a second in each channel, and that a
// long text without blocks is split into several messages, silently. History
// lags if told to, tells metadata only when asked, and only to members.
//
// Where Slack publishes no figure (metadata, all blocks together), the stand-in
// takes the lowest one at which anybody was refused: what passes here should pass
// there.
//
// # Faults
//
// A Fault stands in for one answer: a connection lost before or after the message
// was stored, a 5xx, an error by name, a delay longer than the client's patience.
// Script queues faults for a method. A delayed message is stored when the delay is
// over, also when the client has long hung up: so "unclear" can mean "later".
//
// # Alternatives considered
//
// slack-go's own slacktest accepts any token and sixty blocks of 3 500 characters.
// A recording proxy would know only the answers that were once recorded.
package slacktest
