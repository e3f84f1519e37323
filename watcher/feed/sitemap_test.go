package feed

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"
)

// urlset wraps addresses into a sitemap.
func urlset(urls ...string) string {
	return `<?xml version="1.0" encoding="UTF-8"?>` + "\n<!-- made by a machine -->\n" +
		`<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9" xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">` +
		strings.Join(urls, "\n") + `</urlset>`
}

func newsURL(n int, published string) string {
	return fmt.Sprintf(`<url><loc>https://news.example.org/story-post%d.htm</loc><news:news><news:publication><news:name>The News</news:name><news:language>en</news:language></news:publication><news:publication_date>%s</news:publication_date><news:title><![CDATA[Story %d & more]]></news:title></news:news><image:image><image:loc>https://cdn.example.net/%d.jpg</image:loc><image:title>A picture</image:title></image:image></url>`, n, published, n, n)
}

func TestSitemaps(t *testing.T) {
	for _, c := range []struct{ name, body, kind, want string }{
		{"a news sitemap, the newest first", urlset(newsURL(1, "2026-08-22T08:00:00+07:00"), newsURL(2, "2026-08-22T09:00:00+07:00")), KindNews,
			"number:2 Story 2 & more 22T02:00  | number:1 Story 1 & more 22T01:00 "},
		{"a month sitemap: a date is that of the last change", urlset(`<url><loc>
			https://news.example.org/a-post7.htm </loc><lastmod>2026-08-21T23:30:00+07:00</lastmod><changefreq>never</changefreq></url>`), KindSitemap, "number:7  21T16:30 modified"},
		{"a date alone, in the source's zone", urlset(`<url><loc>/a-post7.htm</loc><lastmod>2026-08-21</lastmod></url>`), KindSitemap, "number:7  20T17:00 modified"},
		{"without a date", urlset(`<url><loc>/a-post7.htm</loc></url>`), KindSitemap, "number:7  – missing"},
		{"what has no article's number is passed over", urlset(`<url><loc>https://news.example.org/</loc></url>`, `<url><loc>https://news.example.org/politics/</loc></url>`, `<url><loc>/a-post7.htm</loc></url>`), KindSitemap, "number:7  – missing"},
		{"a foreign address is dropped", urlset(`<url><loc>https://bet.example/a-post7.htm</loc></url>`, newsURL(1, "2026-08-22T08:00:00+07:00")), KindNews, "number:1 Story 1 & more 22T01:00 "},
		{"one article twice, the newer date", urlset(`<url><loc>/a-post7.htm</loc><lastmod>2026-08-20T00:00:00Z</lastmod></url>`, `<url><loc>/b-post7.htm</loc><lastmod>2026-08-21T00:00:00Z</lastmod></url>`), KindSitemap, "number:7  21T00:00 modified"},
		{"of the future", urlset(newsURL(1, "2026-08-23T08:00:00+07:00")), KindNews, "number:1 Story 1 & more 22T15:00 clamped"},
		{"cut off", urlset(newsURL(1, "2026-08-22T08:00:00+07:00"), newsURL(2, "2026-08-22T09:00:00+07:00"))[:700], KindNews, "number:1 Story 1 & more 22T01:00 "},
		{"escaped", urlset(`<url><loc>https://news.example.org/a-post7.htm?x=1&amp;y=2</loc></url>`), KindSitemap, "number:7  – missing"},
		{"empty", urlset(), KindSitemap, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			p := parse(t, c.body, about())
			if got := listed(p); got != c.want || p.Kind != c.kind {
				t.Errorf("kind %q, notes %q\ngot  %s\nwant %s", p.Kind, p.Notes, got, c.want)
			}
			checkEntries(t, p, about())
		})
	}
}

// listed writes entries down for comparison.
func listed(p Parsed) string {
	var all []string
	for _, e := range p.Entries {
		at := "–"
		if !e.Published.IsZero() {
			at = e.Published.UTC().Format("02T15:04")
		}
		all = append(all, strings.Join([]string{e.Identity, e.Title, at, e.DateNote}, " "))
	}
	return strings.Join(all, " | ")
}

func TestWithoutAnIdentityPatternAllButTheHomePageIsAnArticle(t *testing.T) {
	a := about()
	a.Identity = nil
	p := parse(t, urlset(`<url><loc>https://news.example.org/</loc></url>`, `<url><loc>https://news.example.org/politics/</loc></url>`), a)
	if len(p.Entries) != 1 || p.Entries[0].Identity != "url:news.example.org/politics" {
		t.Errorf("%+v", p.Entries)
	}
}

func TestASitemapOfAMonthYieldsItsNewest(t *testing.T) {
	var urls []string
	for n := range maxEntries + 500 {
		urls = append(urls, fmt.Sprintf(`<url><loc>/a-post%d.htm</loc><lastmod>%s</lastmod></url>`, n, now().Add(time.Duration(n-3000)*time.Minute).Format(time.RFC3339)))
	}
	p := parse(t, urlset(urls...), about())
	if len(p.Entries) != maxEntries || p.Entries[0].Identity != "number:2499" || !strings.Contains(strings.Join(p.Notes, " "), "of 2500 addresses the newest 2000 are taken") {
		t.Errorf("%d entries, the first %v, notes %q", len(p.Entries), p.Entries[0].Identity, p.Notes)
	}
	if _, err := Parse([]byte(urlset(strings.Repeat("<url><loc>/1</loc></url>", maxLocations+1))), "", about()); err == nil || !strings.Contains(err.Error(), "more than 50000 addresses") {
		t.Errorf("error %v", err)
	}
}

func TestASitemapIndexNamesItsChildrenTheNewestFirst(t *testing.T) {
	child := func(loc, modified string) string {
		return "<sitemap><loc>" + loc + "</loc>" + modified + "</sitemap>"
	}
	index := `<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">` +
		child("https://news.example.org/sitemaps/news-2026-6.xml", "<lastmod>2026-06-30T23:58:00+07:00</lastmod>") +
		child("/sitemaps/news-2026-8.xml", "<lastmod>2026-08-22T21:50:00+07:00</lastmod>") +
		child("/sitemaps/news-2026-07.xml.gz", "") +
		child("/sitemaps/tags.xml", "<lastmod>2026-08-20</lastmod>") +
		child("/sitemaps/pages.xml", "") +
		child("https://bet.example/sitemap.xml", "") + `</sitemapindex>`
	p := parse(t, index, about())
	var got []string
	for _, c := range p.Children {
		got = append(got, fmt.Sprintf("%s %s %t", strings.TrimPrefix(c.URL, "https://news.example.org/sitemaps/"), c.Modified.UTC().Format("2006-01-02T15:04"), c.Exact))
	}
	want := "news-2026-8.xml 2026-08-22T14:50 true | tags.xml 2026-08-19T17:00 false | news-2026-07.xml.gz 2026-07-31T16:59 false | news-2026-6.xml 2026-06-30T16:58 true | pages.xml 0001-01-01T00:00 false"
	if s := strings.Join(got, " | "); s != want || p.Kind != KindIndex || len(p.Entries) != 0 {
		t.Errorf("kind %q\ngot  %s\nwant %s", p.Kind, s, want)
	}
	if len(p.Notes) != 1 || !strings.Contains(p.Notes[0], "bet.example") {
		t.Errorf("notes %q", p.Notes)
	}
}

func TestMonths(t *testing.T) {
	hanoi := time.FixedZone("local", 7*3600)
	at := func(s string) time.Time {
		v, err := time.Parse(time.RFC3339, s)
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
	for _, c := range []struct{ name, address, since, now, want string }{
		{"within a month", "/n-{year}-{month}.xml", "2026-07-18T00:00:00Z", "2026-07-20T00:00:00Z", "/n-2026-7.xml"},
		{"padded", "/n-{year}-{month:02}.xml", "2026-07-18T00:00:00Z", "2026-07-20T00:00:00Z", "/n-2026-07.xml"},
		{"over the end of a month", "/n-{year}-{month}.xml", "2026-07-31T12:00:00Z", "2026-08-02T00:00:00Z", "/n-2026-8.xml /n-2026-7.xml"},
		{"the month is that of the zone", "/n-{year}-{month}.xml", "2026-07-31T17:30:00Z", "2026-07-31T18:00:00Z", "/n-2026-8.xml"},
		{"over the end of a year", "/{year}/{month}", "2025-12-31T00:00:00Z", "2026-01-01T00:00:00Z", "/2026/1 /2025/12"},
		{"after a long outage, three at most", "/n-{year}-{month}.xml", "2025-01-01T00:00:00Z", "2026-07-20T00:00:00Z", "/n-2026-7.xml /n-2026-6.xml /n-2026-5.xml"},
		{"a year alone", "/n-{year}.xml", "2025-12-31T00:00:00Z", "2026-02-02T00:00:00Z", "/n-2026.xml /n-2025.xml"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := strings.Join(Months(c.address, at(c.since), at(c.now), hanoi), " "); got != c.want {
				t.Errorf("got %s, want %s", got, c.want)
			}
		})
	}
	for address, want := range map[string]string{"/n-{year}-{month:02}.xml": "", "/n.xml": "", "/n-{yaer}.xml": "{yaer}.xml", "/n-}.xml": "}.xml"} {
		monthly, err := Monthly(address)
		if (err != nil) != (want != "") || (err != nil && !strings.Contains(err.Error(), want)) || err == nil && monthly != strings.Contains(address, "{") {
			t.Errorf("%s: %t, %v", address, monthly, err)
		}
	}
}

func TestAListPageIsReadByItsSelectors(t *testing.T) {
	a := about()
	if err := a.Links.UnmarshalText([]byte("ul.news > li > h3 > a")); err != nil {
		t.Fatal(err)
	}
	if err := a.Date.UnmarshalText([]byte("time")); err != nil {
		t.Fatal(err)
	}
	page := `<html><body><ul class=news><li><h3><a href="/one-post1.htm">One &amp; only</a></h3><time>22/08/2026 21:00</time></li><li><h3><a href="two-post2.htm">Two</a></h3></li><li><h3><a href="/politics/">All</a></h3></li><li><h3><a href="https://bet.example/x-post3.htm">Bet</a></h3></li><li><h3><a href="/uno-post1.htm">Again</a></h3></li></ul>`
	p := parse(t, page, a)
	if got := listed(p); p.Kind != KindList || got != "number:1 One & only 22T14:00  | number:2 Two – missing" || p.Entries[1].URL != "https://news.example.org/rss/two-post2.htm" {
		t.Errorf("kind %q: %s; notes %q", p.Kind, got, p.Notes)
	}
	checkEntries(t, p, a)
	_, err := Parse([]byte("<title>Are you a robot?</title>"), "text/html", a)
	if _, is := err.(*NotFeed); !is || !strings.Contains(err.Error(), "ul.news > li > h3 > a") {
		t.Errorf("a page without such links: %v", err)
	}
}

func TestAFileStoredCompressedIsUnpackedWithinTheLimit(t *testing.T) {
	small, big := []byte(urlset(newsURL(1, "2026-08-22T08:00:00+07:00"))), make([]byte, 80<<10)
	files := map[string][]byte{
		"/sitemap.xml.gz": gzipped(small), "/bomb.xml.gz": gzipped(big),
		"/cut.xml.gz": gzipped(small)[:100], "/twice.xml.gz": gzipped(gzipped(small)),
	}
	addr, c := serve(t, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/octet-stream")
		w.Write(files[r.URL.Path])
	})
	got, err := c.Fetch(context.Background(), Request{URL: addr + "/sitemap.xml.gz"})
	if err != nil || string(got.Body) != string(small) {
		t.Errorf("got %q, %v", got.Body, err)
	}
	for path, kind := range map[string]Kind{"/bomb.xml.gz": TooBig, "/cut.xml.gz": Encoding, "/twice.xml.gz": Encoding} {
		_, err := c.Fetch(context.Background(), Request{URL: addr + path})
		wantKind(t, err, kind, "")
	}
}

func FuzzParseList(f *testing.F) {
	a := about()
	if a.Links.UnmarshalText([]byte("li a, h3")) != nil || a.Date.UnmarshalText([]byte("time, i")) != nil {
		f.Fatal("selectors")
	}
	f.Add([]byte(`<ul><li><a href="/one-post1.htm">One</a><time datetime="2026-08-22T10:00:00Z"></time></li></ul>`), "text/html")
	f.Add([]byte("\xff\xfe<\x00h\x003\x00>\x00"), "text/html; charset=big5")
	f.Fuzz(func(t *testing.T, body []byte, contentType string) {
		p, err := Parse(body, contentType, a)
		if err == nil {
			checkEntries(t, p, a)
		}
	})
}

func FuzzParseSitemap(f *testing.F) {
	f.Add(urlset(newsURL(1, "2026-08-22T08:00:00+07:00"), `<url><loc>/a-post7.htm</loc><lastmod>2026-08-21</lastmod></url>`))
	f.Add("<sitemapindex><sitemap><loc>/news-2026-7.xml</loc><lastmod>2026-07-01T00:00:00Z</lastmod></sitemap>")
	f.Add("<urlset><url><loc><![CDATA[/1.htm]]]></loc><url><news:news><news:title>&#x;</url>")
	f.Fuzz(func(t *testing.T, body string) {
		p, err := Parse([]byte(body), "text/xml", about())
		if err != nil {
			return
		}
		if len(p.Notes) > maxNotes || len(p.Entries) > maxEntries {
			t.Errorf("%d notes, %d entries", len(p.Notes), len(p.Entries))
		}
		checkEntries(t, p, about())
		for _, c := range p.Children {
			if u, err := parseURL(c.URL); err != nil || !strings.HasSuffix(u.Hostname(), "news.example.org") {
				t.Errorf("child %q", c.URL)
			}
		}
	})
}
