package watcher

import (
	"fmt"
	"regexp"
	"strings"
	"time"

	"presswatch/watcher/extract"
	"presswatch/watcher/feed"
	"presswatch/watcher/schedule"
	"presswatch/watcher/strict"
)

// Source is a publisher's edition: where its feeds are, how its articles are
// named and how its pages are read. YAML key `sources`.
type Source struct {
	ID        string            `yaml:"id"`        // names it in rules, commands and the store; keep it
	Name      string            `yaml:"name"`      // as readers see it; default: the id
	Publisher string            `yaml:"publisher"` // shared by editions; rules may ask for it
	Language  string            `yaml:"language"`  // ISO 639-1 of its texts
	Hosts     []string          `yaml:"hosts"`     // host or host:port; links elsewhere are refused
	Timezone  schedule.Zone     `yaml:"timezone"`  // for dates that name none; default UTC
	Baseline  Baseline          `yaml:"baseline"`  // at the first poll what is older is stored, not told; "all" tells all; default 48h
	Identity  Identity          `yaml:"identity"`  // how an address tells the article's number
	Cookies   bool              `yaml:"cookies"`   // keep cookies for this source's requests
	Feeds     []Feed            `yaml:"feeds"`     // what is polled: RSS, Atom, JSON Feed, sitemaps, list pages; presswatch feeds probe finds them
	Archives  []Archive         `yaml:"archives"`  // where articles are still listed that the feeds show no more; asked only after an outage, in this order
	Article   extract.Selectors `yaml:"article"`   // where the parts of an article stand on its pages
	Zones     extract.Marks     `yaml:"zones"`     // beside those of the whole configuration
}

// Feed is an address of a source that is polled. What it is shows in what it
// answers, but for a page of headlines, whose links have to be pointed out.
type Feed struct {
	URL      string            `yaml:"url"`      // begins with https:// or http://; {year} and {month} (7) or {month:02} (07) stand for the month of a month sitemap
	Schedule schedule.Schedule `yaml:"schedule"` // five cron fields, a word such as @daily, or "@every 10m"
	Links    extract.Selector  `yaml:"links"`    // for a page of headlines: the links to its articles
	Date     extract.Selector  `yaml:"date"`     // for a page of headlines: the date beside each link, if it shows one
}

// Check reports what is missing or cannot be.
func (s Source) Check(report func(key, message, hint string)) {
	if s.ID == "" || strings.ContainsAny(s.ID, " /\t") {
		report("id", "a source needs an id without spaces and slashes", "such as id: agency-en")
	}
	if s.Language == "" {
		report("language", "a source needs the language of its texts", "such as language: en")
	}
	if len(s.Feeds) == 0 {
		report("feeds", "a source needs at least one feed", "feeds: [{url: https://…, schedule: \"@every 10m\"}]")
	}
	if len(s.Hosts) == 0 {
		report("hosts", "a source needs the hosts of its articles", "links to other hosts are refused: clones of a site are common")
	}
	for _, host := range s.Hosts {
		if strings.Contains(host, "/") {
			report("hosts", fmt.Sprintf("%q is an address, not a host", host), "write the host alone, such as www.example.org")
		}
	}
}

// Archive is where a source lists articles for longer than in its feeds: a
// sitemap, its months or an index, or a page of headlines. It is not polled, but
// asked once when a feed may have shown what nobody saw. The feeds of a source
// that are such lists serve as archives without being named again.
type Archive struct {
	URL   string           `yaml:"url"`   // as that of a feed
	Links extract.Selector `yaml:"links"` // as that of a feed
	Date  extract.Selector `yaml:"date"`  // as that of a feed
}

// Check reports what is missing or cannot be.
func (a Archive) Check(report func(key, message, hint string)) {
	a.feed().Check(func(key, message, hint string) {
		if key != "schedule" { // it has none
			report(key, message, hint)
		}
	})
}

// feed is the archive as a feed without a schedule.
func (a Archive) feed() Feed { return Feed{URL: a.URL, Links: a.Links, Date: a.Date} }

// Check reports what is missing or cannot be.
func (f Feed) Check(report func(key, message, hint string)) {
	if !strings.HasPrefix(f.URL, "https://") && !strings.HasPrefix(f.URL, "http://") {
		report("url", fmt.Sprintf("a feed needs an address that begins with https:// or http://, not %q", f.URL), "")
	}
	if _, err := feed.Monthly(f.URL); err != nil {
		report("url", err.Error(), "such as https://www.example.org/sitemaps/news-{year}-{month}.xml")
	}
	if f.Schedule.IsZero() {
		report("schedule", "a feed needs a schedule", `such as schedule: "@every 10m"`)
	}
	if f.Links.IsZero() && !f.Date.IsZero() {
		report("date", "date belongs to a page of headlines, which needs links", "such as links: ul.news > li > h3 > a; other feeds tell their dates themselves")
	}
}

// monthly reports whether the address stands for one sitemap a month.
func (f Feed) monthly() bool {
	monthly, err := feed.Monthly(f.URL)
	return monthly && err == nil
}

// zone is where the source's dates are at home.
func (s Source) zone() *time.Location { return located(s.Timezone, time.UTC) }

func located(z schedule.Zone, otherwise *time.Location) *time.Location {
	if z.Location() == nil {
		return otherwise
	}
	return z.Location()
}

// jar names the cookie jar of the source's requests, "" for none.
func (s Source) jar() string {
	if s.Cookies {
		return s.ID
	}
	return ""
}

// Baseline says how old an article may be to be told when a feed is polled for
// the first time: what was published before is stored and never told. Later
// polls tell whatever is new to the store. The zero Baseline is 48 hours.
type Baseline struct {
	age  time.Duration
	mode baselineMode
}

type baselineMode int

const (
	baselineDefault baselineMode = iota
	baselineAge
	baselineAll
)

// UnmarshalText reads a duration ("48h"; "0s" tells nothing of the first poll)
// or "all".
func (b *Baseline) UnmarshalText(text []byte) error {
	if string(text) == "all" {
		*b = Baseline{mode: baselineAll}
		return nil
	}
	age, err := strict.Duration(string(text))
	if err != nil {
		return fmt.Errorf("bad baseline %q: a duration such as 48h, 0s for none of the first poll, or all", text)
	}
	*b = Baseline{mode: baselineAge, age: age}
	return nil
}

// OldBefore is the time before which an article of a first poll counts as old;
// zero when none does.
func (b Baseline) OldBefore(poll time.Time) time.Time {
	switch {
	case b.mode == baselineAll:
		return time.Time{}
	case b.mode == baselineDefault:
		return poll.Add(-48 * time.Hour)
	case b.age == 0:
		return poll.Add(24 * time.Hour) // dates are never later than the poll: all of it is old
	}
	return poll.Add(-b.age)
}

// Identity is the pattern that finds the publisher's number in an address. The
// zero Identity finds none: the canonical address is the identity.
type Identity struct{ *regexp.Regexp }

// UnmarshalText reads a regular expression (RE2) with a group named number.
func (i *Identity) UnmarshalText(b []byte) error {
	re, err := regexp.Compile(string(b))
	if err != nil {
		return fmt.Errorf("bad identity pattern: %v", err)
	}
	if re.SubexpIndex("number") < 0 {
		return fmt.Errorf("an identity pattern needs a group (?P<number>…)")
	}
	i.Regexp = re
	return nil
}
