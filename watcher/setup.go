package watcher

import (
	"slices"
	"time"

	"presswatch/rules"
	"presswatch/rules/facts"
	"presswatch/store/upkeep"
	"presswatch/watcher/article"
	"presswatch/watcher/digest"
	"presswatch/watcher/extract"
	"presswatch/watcher/same"
)

// Setup is all of the configuration that a reload may exchange. It is immutable
// once it is given to a Watcher: build a new one and Swap it.
type Setup struct {
	Sources []Source
	Marks   extract.Marks // of every source, in plain text
	Rules   *rules.Set
	Facts   *facts.Set // what articles are asked to state; nil: nothing
	Words   same.Words // by which reports of one happening are compared
	Digests []digest.Config
	Zone    *time.Location // of digests, and of times as readers see them

	// OpsChannel is told, once, what stays wrong until an operator mends it; ""
	// leaves it to the log and to status.
	OpsChannel string

	// Upkeep says when the store is copied and which texts are forgotten; the zero
	// Config does neither.
	Upkeep upkeep.Config
}

// source finds a source by its id.
func (s *Setup) source(id string) (Source, bool) {
	i := slices.IndexFunc(s.Sources, func(src Source) bool { return src.ID == id })
	if i < 0 {
		return Source{}, false
	}
	return s.Sources[i], true
}

// names says how ids are shown to readers.
func (s *Setup) names() digest.Names {
	names := digest.Names{Zone: s.Zone, Sources: map[string]digest.Source{}}
	for _, src := range s.Sources {
		names.Sources[src.ID] = digest.Source{Name: src.Name, Language: src.Language}
	}
	return names
}

// debts says to which digests matches are owed, and how.
func (s *Setup) debts(matches []article.Match) []debt {
	var owed []debt
	for i, m := range matches {
		for _, d := range s.Digests {
			if !slices.Contains(d.Rules, m.Rule) {
				continue
			}
			level := article.Digest
			if d.Alerts {
				level = m.Level
			}
			owed = append(owed, debt{Match: i, Digest: d.ID, Level: level})
		}
	}
	return owed
}

// alertChannel is a channel that is told at once, and the digests told there.
type alertChannel struct {
	name    string
	digests []string
	most    int // alerts that leave one by one in an hour
}

// alertChannels lists the channels that alerts may be told to now, in the order of
// the digests. A channel of several digests is told of an article once.
func (s *Setup) alertChannels(now time.Time) []alertChannel {
	var channels []alertChannel
	for _, d := range s.Digests {
		if !d.Alerts || !d.HeldUntil(article.Alert, now, s.zoneOf(d)).IsZero() {
			continue
		}
		i := slices.IndexFunc(channels, func(c alertChannel) bool { return c.name == d.Channel })
		if i < 0 {
			channels = append(channels, alertChannel{name: d.Channel, most: d.AlertsPerHour()})
			i = len(channels) - 1
		}
		channels[i].digests = append(channels[i].digests, d.ID)
		channels[i].most = min(channels[i].most, d.AlertsPerHour())
	}
	return channels
}

// zoneOf is the zone of a digest's schedule and times.
func (s *Setup) zoneOf(d digest.Config) *time.Location { return located(d.Timezone, s.Zone) }

// digestInput is what the configuration says of a digest; of in, the slots are kept.
func (s *Setup) digestInput(d digest.Config, in digest.Input, now time.Time) digest.Input {
	in.Digest, in.Channel, in.Rules, in.Quiet = d.ID, d.Channel, d.Rules, d.Quiet
	in.Names, in.Zone, in.Now = s.names(), s.zoneOf(d), now
	return in
}
