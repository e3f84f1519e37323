package watcher_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

// item is an entry of a feed as it is served.
type item struct{ title, link, guid, date string }

func (i item) String() string {
	return fmt.Sprintf("<item><title>%s</title><link>%s</link><guid>%s</guid><pubDate>%s</pubDate><description>Signed.</description></item>",
		i.title, i.link, i.guid, i.date)
}

func feedOf(items ...item) string {
	var b strings.Builder
	b.WriteString(`<rss version="2.0"><channel><title>The Gazette</title>`)
	for _, i := range items {
		b.WriteString(i.String())
	}
	return b.String() + "</channel></rss>"
}

const (
	identityLine = `    identity: '/(?P<number>\d+)\.html'` + "\n"
	moreHosts    = "hosts: [gazette.test, www.gazette.test, m.gazette.test]"
)

// TestAnArticleIsNeverNewAgain serves one article, and then what feeds do to
// their entries: it stays one article, and is told once.
func TestAnArticleIsNeverNewAgain(t *testing.T) {
	const link = "http://gazette.test/story/1.html"
	was := item{"A treaty of two cities", link, "17", "Mon, 03 Jan 2000 00:30:00 GMT"}
	other := item{"Calm at sea", "http://gazette.test/story/2.html", "18", was.date}
	number := strings.NewReplacer("hosts: [gazette.test]", moreHosts)
	slug := strings.NewReplacer("hosts: [gazette.test]", moreHosts, identityLine, "")
	for name, test := range map[string]struct {
		setup *strings.Replacer
		is    []item
	}{
		"another GUID":                   {number, []item{{was.title, link, "99", was.date}}},
		"another title":                  {number, []item{{"A treaty of three cities", link, "17", was.date}}},
		"a later date":                   {number, []item{{was.title, link, "17", "Mon, 03 Jan 2000 09:00:00 GMT"}}},
		"a date of the future":           {number, []item{{was.title, link, "17", "Mon, 03 Jan 2050 09:00:00 GMT"}}},
		"no date":                        {number, []item{{was.title, link, "17", ""}}},
		"a date without a zone":          {number, []item{{was.title, link, "17", "2000-01-03 01:30"}}},
		"another slug":                   {number, []item{{was.title, "http://gazette.test/treaty-of-cities/1.html", "17", was.date}}},
		"the other scheme":               {slug, []item{{was.title, "https://gazette.test/story/1.html", "", was.date}}},
		"www":                            {slug, []item{{was.title, "http://www.gazette.test/story/1.html", "", was.date}}},
		"the mobile host":                {slug, []item{{was.title, "http://m.gazette.test/story/1.html", "", was.date}}},
		"its own port":                   {slug, []item{{was.title, "http://gazette.test:80/story/1.html", "", was.date}}},
		"what counts visitors":           {slug, []item{{was.title, link + "?utm_source=rss&amp;utm_medium=feed", "", was.date}}},
		"a fragment":                     {slug, []item{{was.title, link + "#comments", "", was.date}}},
		"percent-encoding":               {slug, []item{{was.title, "http://gazette.test/%73tory/1.html", "", was.date}}},
		"another address under its GUID": {slug, []item{{was.title, "http://gazette.test/treaty.html", "17", was.date}}},
		"twice in one feed":              {number, []item{was, {was.title, "http://www.gazette.test/treaty/1.html", "99", was.date}}},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				d := newDesk(t)
				d.configure(test.setup.Replace(deskSetup), deskRules)
				d.paper = oneTreaty()
				for _, items := range [][]item{{was}, test.is, {other}, test.is, {was}} { // it changes, leaves, and comes back
					d.paper.feed = feedOf(items...)
					d.runFor(6 * time.Minute) // and each time the daemon begins anew
				}
				d.checkOneTreaty(2)
			})
		})
	}
}

// TestAChangedPatternMakesNoArticleNew exchanges the source's identity pattern:
// addresses lead to the articles that other identities named.
func TestAChangedPatternMakesNoArticleNew(t *testing.T) {
	for name, patterns := range map[string][]string{
		"one is given":             {"", identityLine},
		"it is taken away":         {identityLine, ""},
		"another number is caught": {identityLine, `    identity: '(?P<number>story/\d+)'` + "\n"},
		"to and fro":               {identityLine, "", identityLine, `    identity: '(?P<number>story/\d+)'` + "\n", ""},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				d := newDesk(t)
				d.paper = oneTreaty()
				for i, pattern := range patterns {
					d.configure(strings.Replace(deskSetup, identityLine, pattern, 1), deskRules)
					d.paper.feed = feedOf(item{"A treaty of two cities", "http://gazette.test/story/1.html", fmt.Sprint(i), "Sat, 01 Jan 2000 00:00:00 GMT"})
					d.runFor(6 * time.Minute)
				}
				d.checkOneTreaty(1)
			})
		})
	}
}

func (d *desk) checkOneTreaty(articles int) {
	d.t.Helper()
	w, end := d.start(context.Background())
	defer end()
	sum, err := w.Store.Summary(context.Background())
	if err != nil || sum.Articles != articles {
		d.t.Errorf("%d articles, want %d (%v)", sum.Articles, articles, err)
	}
	if n := d.tally("#desk", "treaty of two cities")["treaty of two cities"]; n != 1 {
		d.t.Errorf("told %d times: %s", n, indented(d.told("#desk")))
	}
}
