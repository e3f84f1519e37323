package probe

import (
	"context"
	"fmt"
	"regexp"
	"strings"
	"time"

	"presswatch/watcher/article"
	"presswatch/watcher/extract"
	"presswatch/watcher/feed"
)

// fewestHeadlines is how many links with numbers make a page one of headlines.
const fewestHeadlines = 5

// found notes a feed.
func (r *run) found(address string, response feed.Response, parsed feed.Parsed) {
	r.known[response.URL] = true
	f := Found{
		URL: address, Kind: parsed.Kind, Items: len(parsed.Entries),
		Validators: response.ETag != "" || response.LastModified != "",
		Title:      parsed.Title, Language: Language(parsed.Language),
	}
	if monthly, err := feed.Monthly(address); err == nil && !monthly && response.Moved != "" {
		f.URL = response.Moved
	}
	f.Newest, f.Rhythm = rhythm(parsed.Entries)
	for _, e := range parsed.Entries {
		f.Addresses = append(f.Addresses, e.URL)
	}
	r.report.Found = append(r.report.Found, f)
}

// foundIndex notes a sitemap index with what its newest sitemap holds.
func (r *run) foundIndex(ctx context.Context, address string, response feed.Response, index feed.Parsed) {
	child := index.Children[0].URL
	r.seen[child] = true
	answer, ok := r.fetch(ctx, child)
	if !ok {
		r.tried(address, "a sitemap index whose newest sitemap cannot be read")
		return
	}
	parsed, err := r.parse(answer, extract.Selector{})
	if err != nil || len(parsed.Children) > 0 {
		r.tried(address, fmt.Sprintf("a sitemap index whose newest sitemap, %s, is none", child))
		return
	}
	parsed.Kind = feed.KindIndex
	r.found(address, response, parsed)
}

// foundList tries a page as one of headlines, and keeps the selector that finds
// most links with a number.
func (r *run) foundList(address string, response feed.Response) bool {
	var best feed.Parsed
	var links string
	for source := range lines(selectorsFile) {
		selector, err := extract.ParseSelector(source)
		if err != nil {
			continue // a test reads them all
		}
		parsed, err := r.parse(response, selector)
		if err != nil || Identity(addresses(parsed.Entries)) == "" || len(parsed.Entries) <= len(best.Entries) {
			continue
		}
		best, links = parsed, source
	}
	if len(best.Entries) < fewestHeadlines {
		return false
	}
	r.found(address, response, best)
	r.report.Found[len(r.report.Found)-1].Links = links
	return true
}

func addresses(entries []article.Entry) (all []string) {
	for _, e := range entries {
		all = append(all, e.URL)
	}
	return all
}

// rhythm is the newest date, and the mean time between two dates.
func rhythm(entries []article.Entry) (newest time.Time, mean time.Duration) {
	var oldest time.Time
	dated := 0
	for _, e := range entries {
		if e.Published.IsZero() {
			continue
		}
		dated++
		if newest.IsZero() || e.Published.After(newest) {
			newest = e.Published
		}
		if oldest.IsZero() || e.Published.Before(oldest) {
			oldest = e.Published
		}
	}
	if dated < 2 {
		return newest, 0
	}
	return newest, newest.Sub(oldest) / time.Duration(dated-1)
}

// Language is the ISO 639 code at the head of a language tag; "" for what is
// none.
func Language(tag string) string {
	code, _, _ := strings.Cut(strings.ReplaceAll(strings.ToLower(strings.TrimSpace(tag)), "_", "-"), "-")
	if !regexp.MustCompile(`^[a-z]{2,3}$`).MatchString(code) {
		return ""
	}
	return code
}

// Identity guesses the pattern that finds the publisher's number in the
// addresses of articles: the last run of digits in their paths, with what stands
// around it in most of them. "" when they share none, or when two articles would
// share a number.
func Identity(addresses []string) string {
	number := regexp.MustCompile(`(?:^|[^0-9])([-/_.=][a-z]*)([0-9]+)([-/._a-zA-Z]*)$`)
	votes, numbers := map[string]int{}, map[string]map[string]bool{}
	best := ""
	for _, address := range addresses {
		m := number.FindStringSubmatch(address)
		if m == nil {
			continue
		}
		pattern := regexp.QuoteMeta(m[1]) + `(?P<number>\d+)` + regexp.QuoteMeta(m[3]) + "$"
		if numbers[pattern] == nil {
			numbers[pattern] = map[string]bool{}
		}
		votes[pattern]++
		numbers[pattern][m[2]] = true
		if votes[pattern] > votes[best] {
			best = pattern
		}
	}
	if votes[best] < 2 || votes[best]*5 < len(addresses)*4 || len(numbers[best]) < votes[best] {
		return ""
	}
	return best
}

// Schedule is how often a feed is to be polled, by the time that its items last
// in it: so often that two polls overlap by far, between 5 minutes and 6 hours.
func (f Found) Schedule() string {
	wish := f.Rhythm * time.Duration(f.Items) / 20
	if f.Rhythm == 0 {
		wish = time.Hour
	}
	steps := []time.Duration{5 * time.Minute, 10 * time.Minute, 15 * time.Minute, 30 * time.Minute, time.Hour, 3 * time.Hour, 6 * time.Hour}
	best := steps[0]
	for _, step := range steps {
		if step <= wish {
			best = step
		}
	}
	if best >= time.Hour {
		return fmt.Sprintf("@every %dh", best/time.Hour)
	}
	return fmt.Sprintf("@every %dm", best/time.Minute)
}
