// Package probe finds out what a publisher offers to poll, and writes the part
// of the configuration that polls it.
//
// A site is asked in the order of what it says of itself: its robots.txt, the
// page that was named with the feeds it declares and links to, the sitemaps of
// robots.txt, and last the places where feeds usually are (places.txt). Every
// answer is read by feed.Parse, as a poll would: what is found here is what the
// daemon will find. A page of headlines is tried with a few selectors
// (selectors.txt) and counts when its links share a number.
//
// # Invariants
//
//   - What robots.txt forbids us is named and not fetched, and nothing is asked
//     of a host whose robots.txt cannot be read: then nobody knows what it
//     forbids. That it does not exist forbids nothing.
//   - At most mostRequests answers are asked for, one at a time, at the pace of
//     the client.
//   - What stands in a report came from outside. Draft.YAML lets none of it
//     break out of its place; whoever prints the rest has to clean it.
//
// # Alternatives considered
//
// Crawling the site: feeds that no page and no robots.txt names are rare, and
// strangers who crawl are not welcome. A list of publishers with their feeds: it
// would be out of date, and the next desk reads others.
package probe
