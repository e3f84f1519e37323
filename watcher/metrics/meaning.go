package metrics

import (
	"bytes"
	"fmt"
	"strings"
)

// meaning is what a metric is for who reads it at its source.
type meaning struct{ name, kind, help string }

// meanings lists every metric, in no order that matters.
func meanings() []meaning {
	return []meaning{
		{"presswatch_build_info", "gauge", "Always 1; the version is its label."},
		{"presswatch_polls_total", "counter", "Polls of feeds that were kept, by source and outcome (ok or failed)."},
		{"presswatch_entries_total", "counter", "Entries not seen before, by source."},
		{"presswatch_articles_read_total", "counter", "Articles read, by source and where the text is from (page or feed)."},
		{"presswatch_reads_postponed_total", "counter", "Vain attempts to read a page that will be made again."},
		{"presswatch_matches_total", "counter", "Matches of rules on articles, by rule and level."},
		{"presswatch_deliveries_enqueued_total", "counter", "Deliveries that entered the outbox, by kind and channel."},
		{"presswatch_delivery_attempts_total", "counter", "Messages that left for Slack."},
		{"presswatch_deliveries_postponed_total", "counter", "Attempts without success, by what is known: ready (surely not sent) or attempted (in doubt)."},
		{"presswatch_deliveries_total", "counter", "Deliveries that came to an end, by outcome (sent or parked)."},
		{"presswatch_alert_lag_seconds", "histogram", "Time from an article's publication to its alert in the channel."},
		{"presswatch_backups_total", "counter", "Copies of the store, by outcome (ok or failed)."},
		{"presswatch_articles", "gauge", "Articles known."},
		{"presswatch_articles_unread", "gauge", "Articles known and not read yet."},
		{"presswatch_findings_owed", "gauge", "Matches that a digest will tell, by digest."},
		{"presswatch_matches_silenced_total", "counter", "Matches that a silence held, each for a digest."},
		{"presswatch_silences", "gauge", "Silences in force."},
		{"presswatch_outbox_deliveries", "gauge", "Deliveries by state; ready and attempted ones are open."},
		{"presswatch_outbox_age_seconds", "gauge", "Age of the oldest open delivery; 0 when none is open."},
		{"presswatch_channels_paused", "gauge", "Channels on hold because Slack refuses them."},
		{"presswatch_notes", "gauge", "What stands wrong until an operator mends it; presswatch status tells it."},
		{"presswatch_digest_composed_timestamp_seconds", "gauge", "When a digest was last composed, by digest."},
		{"presswatch_store_bytes", "gauge", "Size of the store on disk."},
		{"presswatch_store_free_bytes", "gauge", "Room inside the store that is used next."},
		{"presswatch_feed_last_ok_timestamp_seconds", "gauge", "Last good poll of a feed; 0 for never."},
		{"presswatch_feed_last_poll_timestamp_seconds", "gauge", "Last poll of a feed, whatever came of it; 0 for never."},
		{"presswatch_feed_failures", "gauge", "Polls in a row that went wrong, by feed."},
		{"process_cpu_seconds_total", "counter", "Processor time used by the daemon."},
		{"process_resident_memory_bytes", "gauge", "Memory of the daemon."},
		{"go_goroutines", "gauge", "Goroutines of the daemon."},
		{"presswatch_feed_gone", "gauge", "1 when a feed's address is gone for good and polled no more."},
	}
}

// annotated puts help and type before the first series of each metric that has a
// meaning; series of one metric follow each other already.
func annotated(text []byte) []byte {
	known := map[string]meaning{}
	for _, m := range meanings() {
		known[m.name] = m
	}
	var out bytes.Buffer
	last := ""
	for line := range bytes.Lines(text) {
		name := nameOf(string(line))
		if m, ok := known[name]; ok && name != last {
			fmt.Fprintf(&out, "# HELP %s %s\n# TYPE %s %s\n", m.name, m.help, m.name, m.kind)
		}
		last = name
		out.Write(line)
	}
	return out.Bytes()
}

// nameOf is the metric that a line of the text format belongs to.
func nameOf(line string) string {
	if end := strings.IndexAny(line, "{ "); end >= 0 {
		line = line[:end]
	}
	if strings.HasPrefix(line, "presswatch_alert_lag_seconds") {
		return "presswatch_alert_lag_seconds" // the only histogram: _bucket, _sum, _count
	}
	return line
}
