package watcher_test

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"presswatch/watcher"
	"presswatch/watcher/strict"
)

// annex serves more paths than the paper knows, called in the process.
type annex struct {
	*paper
	pages map[string]func() string // "" is answered by 404
}

func (a annex) RoundTrip(r *http.Request) (*http.Response, error) {
	page, ok := a.pages[r.URL.Path]
	if !ok {
		return a.paper.RoundTrip(r)
	}
	rec, text := httptest.NewRecorder(), page()
	etag := fmt.Sprintf(`"%d"`, len(text))
	switch {
	case text == "":
		rec.WriteHeader(http.StatusNotFound)
	case r.Header.Get("If-None-Match") == etag:
		rec.WriteHeader(http.StatusNotModified)
	default:
		rec.Header().Set("ETag", etag)
		io.WriteString(rec, text)
	}
	a.requests = append(a.requests, fmt.Sprintf("%d %s", rec.Code, r.URL.Path))
	response := rec.Result()
	response.Request = r
	return response, nil
}

// with makes a desk whose one feed is given, on a paper with more pages.
func with(t *testing.T, feed string, pages func(p *paper) map[string]func() string) *desk {
	d := newDesk(t)
	d.configure(strings.Replace(deskSetup, `{url: "http://gazette.test/feed", schedule: "@every 5m"}`, feed, 1), deskRules)
	d.network = annex{d.paper, pages(d.paper)}
	return d
}

// months is a sitemap of the stories that appeared in a month.
func (p *paper) month(year int, month time.Month) string {
	var b strings.Builder
	for _, s := range p.visible() {
		if at := s.published; at.Year() == year && at.Month() == month {
			fmt.Fprintf(&b, "<url><loc>http://gazette.test%s</loc><lastmod>%s</lastmod></url>", s.path(), at.Format(time.RFC3339))
		}
	}
	if b.Len() == 0 {
		return ""
	}
	return `<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc>http://gazette.test/</loc></url>` + b.String() + `</urlset>`
}

func treaty(number int, appears time.Time) story {
	return story{number: number, title: fmt.Sprintf("Treaty %d", number), lead: "Signed.", body: "Today.", published: appears, appears: appears}
}

func TestANewsSitemapIsAFeed(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := with(t, `{url: "http://gazette.test/news.xml", schedule: "@every 5m"}`, func(p *paper) map[string]func() string {
			return map[string]func() string{"/news.xml": func() string { return p.month(time.Now().Year(), time.Now().Month()) }}
		})
		now := time.Now().Add(10 * 24 * time.Hour)
		time.Sleep(10 * 24 * time.Hour)
		d.paper.stories = []story{treaty(1, now.Add(-5*24*time.Hour)), treaty(2, now.Add(-time.Hour)), treaty(3, now.Add(20*time.Minute))}
		d.runFor(time.Hour)
		if got := d.tally("#desk", "Treaty 1", "Treaty 2", "Treaty 3"); got["Treaty 1"] != 0 || got["Treaty 2"] != 1 || got["Treaty 3"] != 1 {
			t.Errorf("told: %v", got)
		}
		if strings.Contains(strings.Join(d.paper.requests, " "), "200 / ") || d.summary().Articles != 3 {
			t.Errorf("the home page was taken for an article: %q", d.paper.requests)
		}
	})
}

func TestAListPageWithoutDatesTellsWhatIsNewAfterItsFirstPoll(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := with(t, `{url: "http://gazette.test/news", schedule: "@every 5m", links: "ul.news > li > a"}`, func(p *paper) map[string]func() string {
			return map[string]func() string{"/news": func() string {
				var b strings.Builder
				b.WriteString("<title>News</title><nav><a href=/about.html>About</a></nav><ul class=news>")
				for _, s := range p.visible() {
					fmt.Fprintf(&b, `<li><a href="%s">%s</a>`, s.path(), s.title)
				}
				return b.String() + "</ul>"
			}}
		})
		now := time.Now()
		d.paper.stories = []story{treaty(1, now.Add(-time.Hour)), treaty(2, now.Add(12*time.Minute))}
		d.runFor(30 * time.Minute)
		if got := d.tally("#desk", "Treaty 1", "Treaty 2"); got["Treaty 1"] != 0 || got["Treaty 2"] != 1 {
			t.Errorf("told: %v; log:\n%s", got, d.log)
		}
		if n := d.summary().Articles; n != 2 {
			t.Errorf("%d articles", n)
		}
		if c := d.cursor(); c.Error != "" || c.ETag == "" {
			t.Errorf("cursor %s", indented(c))
		}
	})
}

func TestAListPageThatShowsNoArticlesAnyMoreIsInTrouble(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := with(t, `{url: "http://gazette.test/news", schedule: "@every 5m", links: "ul.news > li > a"}`, func(*paper) map[string]func() string {
			return map[string]func() string{"/news": func() string { return "<title>Our new look</title>" }}
		})
		d.runFor(time.Minute)
		if c := d.cursor(); !strings.Contains(c.Error, "not a feed") || !strings.Contains(c.Error, "ul.news > li > a") || c.ETag != "" {
			t.Errorf("cursor %s", indented(c))
		}
	})
}

func TestOverTheEndOfAMonthNothingIsLostAndNothingToldTwice(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := with(t, `{url: "http://gazette.test/news-{year}-{month:02}.xml", schedule: "@every 1h"}`, func(p *paper) map[string]func() string {
			return map[string]func() string{
				"/news-2000-01.xml": func() string { return p.month(2000, 1) },
				"/news-2000-02.xml": func() string { return p.month(2000, 2) },
			}
		})
		february := time.Date(2000, 1, 31, 23, 0, 0, 0, time.UTC) // in Paris, where the paper is
		time.Sleep(time.Until(february.Add(-6 * time.Hour)))
		d.paper.stories = []story{
			treaty(1, february.Add(-10*24*time.Hour)), treaty(2, february.Add(-7*time.Hour)),
			treaty(3, february.Add(-30*time.Minute)), treaty(4, february.Add(3*time.Hour)),
		}
		d.runFor(12 * time.Hour)
		if got := d.tally("#desk", "Treaty 1", "Treaty 2", "Treaty 3", "Treaty 4"); got["Treaty 1"] != 0 || got["Treaty 2"] != 1 || got["Treaty 3"] != 1 || got["Treaty 4"] != 1 {
			t.Errorf("told: %v; requests %q", got, d.paper.requests)
		}
		requests := strings.Join(d.paper.requests, " ")
		if !strings.Contains(requests, "404 /news-2000-02.xml") || !strings.Contains(requests, "304 /news-2000-01.xml") || strings.Contains(requests, "news-1999-12") {
			t.Errorf("requests: %s", requests)
		}
		if c := d.cursor(); c.Error != "" || c.URL != "http://gazette.test/news-{year}-{month:02}.xml" {
			t.Errorf("cursor: %s", indented(c))
		}
		time.Sleep(4 * 24 * time.Hour)
		d.paper.requests = nil
		d.runFor(30 * time.Minute)
		d.paper.requests = nil
		d.runFor(2 * time.Hour)
		if got := strings.Join(d.paper.requests, " "); got != "304 /news-2000-02.xml 304 /news-2000-02.xml" {
			t.Errorf("later requests: %s", got)
		}
	})
}

func TestAnIndexLeadsToTheSitemapsThatChanged(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := with(t, `{url: "http://gazette.test/sitemap.xml", schedule: "@every 5m"}`, func(p *paper) map[string]func() string {
			return map[string]func() string{
				"/old.xml": func() string { return p.month(1999, 12) },
				"/now.xml": func() string { return p.month(2000, 1) },
				"/sitemap.xml": func() string {
					return fmt.Sprintf(`<sitemapindex><sitemap><loc>/old.xml</loc><lastmod>1999-12-01T00:00:00Z</lastmod></sitemap><sitemap><loc>/now.xml</loc><lastmod>2000-01-01T01:%02d:00Z</lastmod></sitemap></sitemapindex>%s`,
						len(p.visible()), strings.Repeat(" ", len(p.visible())))
				},
			}
		})
		now := time.Now()
		d.paper.stories = []story{treaty(1, now.Add(-time.Hour)), treaty(2, now), treaty(3, now.Add(17*time.Minute))}
		d.paper.stories[0].published = now
		d.runFor(24 * time.Minute)
		if got := d.tally("#desk", "Treaty 1", "Treaty 2", "Treaty 3"); got["Treaty 1"] != 1 || got["Treaty 2"] != 1 || got["Treaty 3"] != 1 {
			t.Errorf("told: %v", got)
		}
		var sitemaps []string
		for _, r := range d.paper.requests {
			if strings.HasSuffix(r, ".xml") {
				sitemaps = append(sitemaps, r)
			}
		}
		if got := strings.Join(sitemaps, " "); got != "200 /sitemap.xml 200 /now.xml 304 /sitemap.xml 304 /sitemap.xml 304 /sitemap.xml 200 /sitemap.xml 200 /now.xml" {
			t.Errorf("requests: %s", got)
		}
	})
}

// TestWhatListsNoArticleIsNeverTakenForAFeedWithoutNews: each stands for a
// configuration or a site that is wrong, and would be silent for ever.
func TestWhatListsNoArticleIsNeverTakenForAFeedWithoutNews(t *testing.T) {
	const (
		index   = "<sitemapindex><sitemap><loc>/child.xml</loc></sitemap></sitemapindex>"
		foreign = "<urlset><url><loc>http://elsewhere.test/story/1.html</loc></url></urlset>"
		section = "<urlset><url><loc>http://gazette.test/sport/</loc></url></urlset>"
	)
	for _, c := range []struct{ name, feed, child, trouble string }{
		{"an index without sitemaps", "<sitemapindex></sitemapindex>", "", "names no sitemap on the source's hosts"},
		{"an index of foreign sitemaps", "<sitemapindex><sitemap><loc>http://elsewhere.test/a.xml</loc></sitemap></sitemapindex>", "", "elsewhere.test"},
		{"an index of a sitemap that is missing", index, "", "child.xml: the server answers 404"},
		{"an index of an empty sitemap", index, "<urlset></urlset>", "child.xml: it is empty"},
		{"an index of a sitemap of sections", index, section, "none of the sitemaps that it names lists an article"},
		{"an index in an index", index, index, "child.xml: it is a sitemap index inside an index"},
		{"an index of a page", index, "<!doctype html><title>Sitemap</title>", "child.xml: not a feed"},
		{"a sitemap of foreign addresses", foreign, "", "names 1, and none of them is an article of the source"},
		{"a sitemap of sections", section, "", "by the source's identity pattern"},
		{"a feed of foreign entries", `<rss><channel><item><title>T</title><link>http://elsewhere.test/story/1.html</link></item></channel></rss>`, "", "elsewhere.test"},
		{"a vocabulary that is not known", "<sitemaps><sitemap><loc>/child.xml</loc></sitemap></sitemaps>", "", "the root element is <sitemaps>"},
	} {
		t.Run(c.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				d := with(t, `{url: "http://gazette.test/sitemap.xml", schedule: "@every 5m"}`, func(*paper) map[string]func() string {
					return map[string]func() string{
						"/child.xml":   func() string { return c.child },
						"/sitemap.xml": func() string { return c.feed },
					}
				})
				d.runFor(11 * time.Minute)
				cursor := d.cursor()
				if !strings.Contains(cursor.Error, c.trouble) || cursor.ETag != "" || cursor.Gone || !cursor.OK.IsZero() || cursor.Failures < 2 {
					t.Errorf("cursor %s", indented(cursor))
				}
				if got := strings.Join(d.paper.requests, " "); strings.Count(got, "200 /sitemap.xml") < 2 {
					t.Errorf("it is not read anew: %s", got)
				}
			})
		})
	}
}

func TestOneSitemapThatCannotBeReadIsTroubleOfTheIndexAndCostsNoOther(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := with(t, `{url: "http://gazette.test/sitemap.xml", schedule: "@every 5m"}`, func(p *paper) map[string]func() string {
			return map[string]func() string{
				"/a.xml":        func() string { return "" },
				"/b.xml":        func() string { return p.month(time.Now().Year(), time.Now().Month()) },
				"/sections.xml": func() string { return "<urlset><url><loc>/sport/</loc></url></urlset>" },
				"/sitemap.xml": func() string {
					return "<sitemapindex><sitemap><loc>/sections.xml</loc></sitemap><sitemap><loc>/a.xml</loc></sitemap><sitemap><loc>/b.xml</loc></sitemap></sitemapindex>"
				},
			}
		})
		d.paper.stories = []story{treaty(1, time.Now())}
		d.runFor(6 * time.Minute)
		if c := d.cursor(); !strings.Contains(c.Error, "of the sitemaps that it names: http://gazette.test/a.xml: the server answers 404") {
			t.Errorf("cursor %s", indented(c))
		}
		if got := d.tally("#desk", "Treaty 1")["Treaty 1"]; got != 1 {
			t.Errorf("told %d times", got)
		}
	})
}

func TestAnEmptyFeedIsReadAnewUntilThereIsSomethingInIt(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := newDesk(t)
		d.paper.stories = []story{treaty(1, time.Now().Add(12*time.Minute))}
		d.runFor(30 * time.Minute)
		if got := strings.Join(d.paper.requests, " "); !strings.HasPrefix(got, "200 /feed 200 /feed 200 /feed 200 /feed 200 /story/1.html 304 /feed") {
			t.Errorf("requests %s", got)
		}
		if got := d.tally("#desk", "Treaty 1")["Treaty 1"]; got != 1 {
			t.Errorf("told %d times", got)
		}
	})
}

func TestMistakesInAFeedAreTold(t *testing.T) {
	for yaml, want := range map[string]string{
		`{url: "https://a.example/news-{year}-{mnoth}.xml", schedule: "@daily"}`: `"{mnoth}.xml" in an address`,
		`{url: "https://a.example/news", schedule: "@daily", date: time}`:        "date belongs to a page of headlines",
		`{url: "https://a.example/news", schedule: "@daily", links: "ul >"}`:     "bad selector",
	} {
		var f watcher.Feed
		ms := strict.Decode(strict.File{Name: "feed.yaml", Data: []byte(yaml)}, &f)
		if len(ms) != 1 || !strings.Contains(ms.Report(), want) {
			t.Errorf("%s: %s", yaml, ms.Report())
		}
	}
}
