package watcher_test

import (
	"context"
	"fmt"
	"html"
	"net/http"
	"net/http/httptest"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"presswatch/configs"
	"presswatch/watcher"
	"presswatch/watcher/article"
	"presswatch/watcher/eval"
	"presswatch/watcher/schedule"
	"presswatch/watcher/slack/slacktest"
)

// labelled is an article of a corpus with what is right to say of it, and its
// later texts.
type labelled struct {
	eval.Article
	event  string
	number int
	later  []eval.Article
}

// corpus serves labelled articles as the feeds and pages of their sources.
type corpus struct {
	sources map[string][]*labelled // by host
	twice   bool                   // each leaves its feed after hours and is there again: other date, GUID and address
}

func (a *labelled) source() string { return strings.ToLower(a.Source + "-" + a.Lang) }

// RoundTrip serves the paper that is asked.
func (c corpus) RoundTrip(r *http.Request) (*http.Response, error) {
	rec := httptest.NewRecorder()
	all := c.sources[strings.TrimPrefix(r.URL.Host, "www.")]
	if r.URL.Path == "/feed" {
		rec.Header().Set("Content-Type", "application/rss+xml")
		fmt.Fprint(rec, c.feed(strings.TrimPrefix(r.URL.Host, "www."), all))
	} else {
		serveText(rec, all, strings.TrimSuffix(path.Base(r.URL.Path), ".html"))
	}
	response := rec.Result()
	response.Request = r
	return response, nil
}

func serveText(w http.ResponseWriter, all []*labelled, number string) {
	i := slices.IndexFunc(all, func(a *labelled) bool { return strconv.Itoa(a.number) == number })
	if i < 0 {
		w.WriteHeader(http.StatusNotFound)
		return
	}
	text := all[i].now()
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	fmt.Fprintf(w, "<title>%[1]s</title><h1>%[1]s</h1><p class=lead>%[2]s</p><div class=text>", html.EscapeString(text.Title), html.EscapeString(text.Lead))
	for paragraph := range strings.SplitSeq(text.Text, "\n\n") {
		fmt.Fprintf(w, "<p>%s</p>", html.EscapeString(paragraph))
	}
}

// now is the newest text that is out.
func (a *labelled) now() eval.Article {
	text := a.Article
	for _, later := range a.later {
		if !later.Published.After(time.Now()) {
			text = later
		}
	}
	return text
}

func (c corpus) feed(host string, all []*labelled) string {
	var items []item
	for _, a := range all {
		age := time.Since(a.Published.Time)
		if age < 0 || age > 5*24*time.Hour {
			continue
		}
		link := fmt.Sprintf("http://%s/news/%d.html", host, a.number)
		is := item{html.EscapeString(a.now().Title), link, link, a.Published.Format(time.RFC1123Z)}
		if c.twice && age > 4*time.Hour && age < 4*24*time.Hour {
			is.link = fmt.Sprintf("https://www.%s/other-slug/%d.html?utm_source=rss#top", host, a.number)
			is.guid, is.date = fmt.Sprint("again ", a.number), a.Published.Add(4*time.Hour).Format(time.RFC1123Z)
		}
		items = append(items, is)
	}
	return feedOf(items...)
}

// readCorpus reads the labelled articles of a set, or skips the test.
func readCorpus(t *testing.T, set string) []*labelled {
	root := os.Getenv("PRESSWATCH_SHARED")
	if root == "" {
		root = filepath.Join("..", "..", "shared")
	}
	file, err := os.Open(filepath.Join(root, "corpus", set+".articles.jsonl"))
	if err != nil {
		t.Skip("no labelled articles: set PRESSWATCH_SHARED to the folder that has corpus/*.articles.jsonl")
	}
	defer file.Close()
	articles, err := eval.ReadArticles(file.Name(), file)
	if err != nil {
		t.Fatal(err)
	}
	labels, err := os.Open(filepath.Join(root, "corpus", set+".labels.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	defer labels.Close()
	right, err := eval.ReadLabels(labels.Name(), labels)
	if err != nil {
		t.Fatal(err)
	}
	return joinLabels(articles, right)
}

// joinLabels makes one of an article and its later texts; in order of
// publication.
func joinLabels(articles []eval.Article, labels []eval.Label) (all []*labelled) {
	events, at := map[string]string{}, map[string]*labelled{}
	for _, l := range labels {
		events[l.ID] = l.Event.Name
	}
	for i, a := range articles {
		if a.RevisionOf == "" {
			at[a.ID] = &labelled{Article: a, event: events[a.ID], number: i + 1}
			all = append(all, at[a.ID])
		}
	}
	for _, a := range articles {
		if of := at[a.RevisionOf]; of != nil {
			of.later = append(of.later, a)
		}
	}
	slices.SortStableFunc(all, func(a, b *labelled) int { return a.Published.Compare(b.Published.Time) })
	return all
}

// corpusDesk is a desk with the shipped rules and the sources of a corpus.
func corpusDesk(t *testing.T, all []*labelled, c corpus) *desk {
	d := newDesk(t)
	config, mistakes := configs.Load("../configs/presswatch.yaml")
	if len(mistakes) > 0 {
		t.Fatal(mistakes.Report())
	}
	setup := config.Setup()
	shipped := setup.Sources[0]
	setup.Sources = nil
	var every schedule.Schedule
	if err := every.UnmarshalText([]byte("@every 3h")); err != nil {
		t.Fatal(err)
	}
	for _, a := range all {
		host := a.source() + ".test"
		if c.sources[host] == nil {
			s := watcher.Source{ID: a.source(), Publisher: a.Source, Language: a.Lang, Hosts: []string{host, "www." + host}, Zones: shipped.Zones, Article: d.setup.Sources[0].Article,
				Feeds: []watcher.Feed{{URL: "http://" + host + "/feed", Schedule: every}}}
			if err := s.Identity.UnmarshalText([]byte(`/(?P<number>\d+)\.html`)); err != nil {
				t.Fatal(err)
			}
			setup.Sources = append(setup.Sources, s)
		}
		c.sources[host] = append(c.sources[host], a)
	}
	d.setup, d.network = setup, c
	var channels []slacktest.Channel
	for i, digest := range setup.Digests {
		channels = append(channels, slacktest.Channel{ID: fmt.Sprint("C", i), Name: strings.TrimPrefix(digest.Channel, "#")})
	}
	d.slack = slacktest.New(slacktest.Options{Channels: channels})
	return d
}

// TestTheNewsOfTenYearsTellsEachEventOnce serves the long articles of the labelled
// corpus as feeds over the days on which they were published: once as they are,
// and once with every article a second time, dated anew, under another address.
func TestTheNewsOfTenYearsTellsEachEventOnce(t *testing.T) {
	if testing.Short() {
		t.Skip("the days of ten years take half a minute")
	}
	t.Parallel()
	for _, twice := range []bool{false, true} {
		t.Run(fmt.Sprintf("twice=%v", twice), func(t *testing.T) {
			t.Parallel()
			all := readCorpus(t, "long")
			synctest.Test(t, func(t *testing.T) {
				d := corpusDesk(t, all, corpus{map[string][]*labelled{}, twice})
				for i := 0; i < len(all); { // the days around each group of articles; nothing happens in between
					time.Sleep(time.Until(all[i].Published.Time) - time.Hour)
					for ; i < len(all) && time.Until(all[i].Published.Time) < 3*24*time.Hour; i++ {
					}
					d.runFor(time.Until(all[i-1].Published.Time) + 3*24*time.Hour)
				}
				d.checkCorpus(all)
			})
		})
	}
}

// verdict is what a desk did of a labelled event by one rule.
type verdict struct {
	deserved article.Level   // the highest that any of its articles matched at
	told     []article.Level // in order
}

func (d *desk) checkCorpus(all []*labelled) {
	d.t.Helper()
	ctx := context.Background()
	w, end := d.start(ctx)
	defer end()
	verdicts := map[[2]string]*verdict{}
	for _, a := range all {
		stored, err := w.Store.Lookup(ctx, fmt.Sprintf("%s/number:%d", a.source(), a.number))
		if err != nil || stored.Revisions != 1+len(a.later) {
			d.t.Errorf("%s: %d texts of %d (%v)", a.ID, stored.Revisions, 1+len(a.later), err)
			continue
		}
		at := func(rule string) *verdict {
			key := [2]string{a.event, rule}
			if a.event == "" {
				key[0] = a.ID // a happening of its own
			}
			if verdicts[key] == nil {
				verdicts[key] = &verdict{}
			}
			return verdicts[key]
		}
		for _, m := range stored.Matches {
			at(m.Rule).deserved = max(at(m.Rule).deserved, m.Level)
		}
		history, err := w.Store.History(ctx, stored.Article.ID)
		if err != nil {
			d.t.Fatal(err)
		}
		for _, told := range history.Told {
			if told.Article == stored.Article.ID {
				at(told.Rule).told = append(at(told.Rule).told, told.Level)
			}
		}
	}
	sum, err := w.Store.Summary(ctx)
	if err != nil || sum.Articles != len(all) {
		d.t.Errorf("%d articles are stored, and %d were published (%v)", sum.Articles, len(all), err)
	}
	events := 0
	for key, v := range verdicts {
		if v.deserved > article.None {
			events++
		}
		if v.deserved > article.None && (len(v.told) == 0 || slices.Max(v.told) < v.deserved) {
			d.t.Errorf("%s is swallowed by rule %s: it deserves %s and was told at %v", key[0], key[1], v.deserved, v.told)
		}
		slices.Sort(v.told)
		if len(slices.Compact(slices.Clone(v.told))) != len(v.told) {
			d.t.Errorf("%s is told %d times by rule %s: at %v", key[0], len(v.told), key[1], v.told)
		}
	}
	d.t.Logf("%d articles, %d events by rule that deserve telling; %d copies, %d reports", len(all), events, sum.Copies, sum.Reports)
}
