// Package metrics tells a monitoring system how the daemon is: counters of what
// passed through the store, gauges of what stands in it, and whether it is alive.
//
// # Where the figures come from
//
// Every step of the daemon ends in one write of its store. So a store that counts
// what its writes were told (Counted) counts all that happened, once it is kept,
// and no step has to know that anybody counts. What stands at a moment (feeds,
// outbox, articles) is asked from the store when it is scraped.
//
// # Names
//
// By the conventions of Prometheus: the prefix presswatch_, base units, _total
// for what only grows; and the words of the product: feed, entry, article, match,
// delivery, outbox. Labels are source, feed, rule, digest and channel, as the
// configuration names them, and a few fixed words: nothing that a publisher
// writes becomes a label, so their number is bounded by the configuration.
//
// # Invariants
//
//   - It listens on loopback alone, and only when it is configured. What it tells
//     is not secret, but whose business it is the operator decides, with a proxy.
//   - Asking changes nothing and is cheap; a scrape that cannot ask the store fails
//     as a whole, rather than tell zeros.
//   - Nothing is kept that grows with the archive.
//
// # Alternatives considered
//
// Calls from every step: twenty lines in the spine that say nothing of an article's
// way. VictoriaMetrics/metrics: as it is loaded it looks for the pressure files of
// its control group, and where there are none it writes a line to standard error,
// in every command. prometheus/client_golang, with the modules that it brings, is
// many times this room for the same text. Pushing: a second thing that can fail at
// a distance.
package metrics
