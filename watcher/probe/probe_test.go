package probe

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"presswatch/watcher/extract"
	"presswatch/watcher/feed"
)

func now() time.Time { return time.Date(2026, 7, 20, 12, 0, 0, 0, time.UTC) }

// site serves pages by their path; "HOST" in them is its own address. Asked
// lists the paths that were asked for, in order.
type site struct {
	*httptest.Server
	asked []string
}

func serve(t *testing.T, pages map[string]string) *site {
	t.Helper()
	s := &site{}
	s.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.asked = append(s.asked, r.URL.Path)
		switch page, ok := pages[r.URL.Path]; {
		case !ok:
			http.NotFound(w, r)
		case strings.HasPrefix(page, "→"):
			http.Redirect(w, r, strings.TrimPrefix(page, "→"), http.StatusMovedPermanently)
		case page == "503":
			w.WriteHeader(http.StatusServiceUnavailable)
		default:
			w.Header().Set("ETag", `"1"`)
			fmt.Fprint(w, strings.ReplaceAll(page, "HOST", s.URL))
		}
	}))
	t.Cleanup(s.Close)
	return s
}

func (s *site) prober(t *testing.T) Prober {
	t.Helper()
	var loopback feed.CIDR
	if err := loopback.UnmarshalText([]byte("127.0.0.0/8")); err != nil {
		t.Fatal(err)
	}
	cfg := feed.Config{Allow: []feed.CIDR{loopback}, Interval: time.Nanosecond}
	return Prober{Client: feed.NewClient(cfg, "presswatch/test", nil), Agent: "presswatch", Now: now()}
}

func (s *site) probe(t *testing.T) Report {
	t.Helper()
	r, err := s.prober(t).Run(context.Background(), s.URL)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// found lists what was found, without the host.
func (s *site) found(r Report) string {
	var all []string
	for _, f := range r.Found {
		all = append(all, fmt.Sprintf("%s %s %d", strings.TrimPrefix(f.URL, s.URL), f.Kind, f.Items))
	}
	return strings.Join(all, " | ")
}

func rss(language string, n int) string {
	var b strings.Builder
	fmt.Fprintf(&b, "<rss version='2.0'><channel><title>The Paper's feed</title><language>%s</language>", language)
	for i := range n {
		fmt.Fprintf(&b, "<item><title>Story</title><link>HOST/story-post%d.htm</link><pubDate>%s</pubDate></item>", 1000+i, now().Add(-time.Duration(i)*time.Hour).Format(time.RFC1123Z))
	}
	return b.String() + "</channel></rss>"
}

func headlines(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "<li><h3><a href=/story-%d.html>Story</a></h3>", 1000+i)
	}
	return "<html lang=fr-FR><title>Le\nJournal &amp; Cie</title><ul><li><a href=/about.html>À propos</a>" + b.String() + "</ul>"
}

const month = "<urlset><url><loc>HOST/story-post1000.htm</loc><lastmod>2026-07-20T10:00:00+07:00</lastmod></url></urlset>"

func TestWhatASiteOffersIsFound(t *testing.T) {
	for _, c := range []struct {
		name, want string
		pages      map[string]string
	}{
		{"nothing", "", map[string]string{"/": "<title>Hello</title>"}},
		{"a feed that the page declares", "/x/all.php rss 3", map[string]string{"/": `<link rel="alternate" type="application/rss+xml" href="/x/all.php">`, "/x/all.php": rss("en", 3)}},
		{"a feed that the page links to", "/world.rss rss 3", map[string]string{"/": `<a href="world.rss#x">Feed</a>`, "/world.rss": rss("en", 3)}},
		{"a feed that a page of feeds links to", "/a.rss rss 2", map[string]string{"/rss.html": `<html><a href=a.rss>All</a>`, "/a.rss": rss("en", 2)}},
		{"a feed at a usual place", "/rss/home.rss rss 3", map[string]string{"/rss/home.rss": rss("en", 3)}},
		{"one feed at two places", "/rss.xml rss 3", map[string]string{"/rss": "→/rss.xml", "/feed": "→/rss.xml", "/rss.xml": rss("en", 3)}},
		{"a sitemap of robots.txt", "/s/map.php sitemap 1", map[string]string{"/robots.txt": "Sitemap: HOST/s/map.php", "/s/map.php": month}},
		{"an index counts the items of its newest sitemap", "/sitemap.xml sitemap index 1", map[string]string{"/sitemap.xml": "<sitemapindex><sitemap><loc>/m.xml</loc></sitemap></sitemapindex>", "/m.xml": month}},
		{"a sitemap a month", "/sitemaps/news-{year}-{month}.xml sitemap 1", map[string]string{"/sitemaps/news-2026-7.xml": month}},
		{"a page of headlines", "/ list page 6", map[string]string{"/": headlines(6)}},
		{"too few headlines", "", map[string]string{"/": headlines(4)}},
		{"the fullest first, what is empty last", "/feed rss 9 | /rss rss 2 | /sitemap.xml sitemap 1 | / list page 6 | /rss.xml rss 0",
			map[string]string{"/rss": rss("en", 2), "/feed": strings.Replace(rss("en", 9), "20 Jul 2026 12:00", "20 Jul 2026 12:01", 1), "/rss.xml": rss("en", 0), "/sitemap.xml": month, "/": headlines(6)}},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := serve(t, c.pages)
			r := s.probe(t)
			if got := s.found(r); got != c.want {
				t.Errorf("got %s\nwant %s\ntried %+v", got, c.want, r.Tried)
			}
			if len(r.Tried) == 0 {
				t.Error("nothing is said of what was tried in vain")
			}
		})
	}
}

func TestTheAddressMayBeAFeedItself(t *testing.T) {
	s := serve(t, map[string]string{"/deep/news.xml": rss("en-GB", 3)})
	r, err := s.prober(t).Run(context.Background(), s.URL+"/deep/news.xml")
	if err != nil || s.found(r) != "/deep/news.xml rss 3" || r.Language != "en" || !r.Found[0].Validators || !r.Found[0].Newest.Equal(now()) {
		t.Errorf("%+v, %v", r, err)
	}
	for _, address := range []string{"", "ftp://x.example/", "x y", "https://"} {
		if _, err := s.prober(t).Run(context.Background(), address); err == nil {
			t.Errorf("%q is probed", address)
		}
	}
}

func TestWhatRobotsForbidIsNamedAndNotFetched(t *testing.T) {
	s := serve(t, map[string]string{
		"/robots.txt": "User-agent: *\nAllow: /\n\nUser-agent: Presswatch/2\nDisallow: /rss\nDisallow: /sitemap*.xml$\n", "/rss": rss("en", 3), "/feed": rss("en", 3),
	})
	r := s.probe(t)
	if got := s.found(r); got != "/feed rss 3" {
		t.Errorf("found %s", got)
	}
	for _, path := range s.asked {
		if strings.HasPrefix(path, "/rss") || path == "/sitemap.xml" {
			t.Errorf("%s was asked for", path)
		}
	}
	if !slices.ContainsFunc(r.Tried, func(t Try) bool {
		return t.URL == s.URL+"/rss" && t.Outcome == "robots.txt forbids it: Disallow: /rss"
	}) {
		t.Errorf("tried %+v", r.Tried)
	}
}

func TestNothingIsAskedWhereRobotsCannotBeRead(t *testing.T) {
	s := serve(t, map[string]string{"/robots.txt": "503", "/rss": rss("en", 3)})
	r := s.probe(t)
	if len(r.Found) != 0 || strings.Join(s.asked, " ") != "/robots.txt" || len(r.Tried) != 1 || !strings.Contains(r.Tried[0].Outcome, "robots.txt cannot be read") {
		t.Errorf("asked %q, %+v", s.asked, r)
	}
}

func TestAProbeEndsAfterSoManyRequests(t *testing.T) {
	pages := map[string]string{"/robots.txt": strings.Repeat("Sitemap: HOST/s.xml\n", 5)}
	for i := range 200 {
		pages["/robots.txt"] += fmt.Sprintf("Sitemap: HOST/%d.xml\n", i)
	}
	s := serve(t, pages)
	s.probe(t)
	if len(s.asked) != mostRequests {
		t.Errorf("%d requests", len(s.asked))
	}
}

func TestEveryAnswerIsKept(t *testing.T) {
	s := serve(t, map[string]string{"/rss": rss("en", 1)})
	p := s.prober(t)
	var kept []string
	p.Keep = func(a Answer) error {
		kept = append(kept, strings.TrimPrefix(a.URL, s.URL))
		if a.Err == nil && a.Response.Header.Get("ETag") == "" {
			t.Error("the headers are not there")
		}
		return nil
	}
	if _, err := p.Run(context.Background(), s.URL); err != nil || strings.Join(kept, " ") != strings.Join(s.asked, " ") {
		t.Errorf("kept %q of %q, %v", kept, s.asked, err)
	}
	full := errors.New("no room")
	p.Keep = func(Answer) error { return full }
	if _, err := p.Run(context.Background(), s.URL); !errors.Is(err, full) {
		t.Errorf("error %v", err)
	}
}

func TestRobots(t *testing.T) {
	for _, c := range []struct {
		name, text, path string
		free             bool
	}{
		{"an empty file", "", "/a", true},
		{"for everyone", "User-agent: *\nDisallow: /a", "/a/b", false},
		{"another path", "User-agent: *\nDisallow: /a", "/b", true},
		{"an empty Disallow forbids nothing", "User-agent: *\nDisallow:", "/a", true},
		{"for another agent", "User-agent: otherbot\nDisallow: /", "/a", true},
		{"our own group goes before everyone's", "User-agent: *\nDisallow: /\nUser-agent: presswatch\nDisallow: /x", "/a", true},
		{"two agents of one group", "User-agent: a\nUser-agent: PressWatch\nDisallow: /", "/a", false},
		{"a group ends where the next begins", "User-agent: presswatch\nDisallow: /x\nUser-agent: b\nDisallow: /", "/a", true},
		{"the longest pattern decides", "User-agent: *\nDisallow: /a\nAllow: /a/b", "/a/b/c", true},
		{"of two as long, the one that allows", "User-agent: *\nAllow: /a\nDisallow: /a", "/a", true},
		{"a star", "User-agent: *\nDisallow: /*.xml", "/s/a.xml?x", false},
		{"a star and an end", "User-agent: *\nDisallow: /*.xml$", "/s/a.xml?x", true},
		{"an end", "User-agent: *\nDisallow: /a$", "/a", false},
		{"comments and carriage returns", "# hello\r\nUser-agent: * # all\r\nDisallow: /a # no\r\n", "/a", false},
		{"a byte order mark", "\xef\xbb\xbfUser-agent: *\nDisallow: /", "/a", false},
		{"a page of HTML", "<html><title>Not found</title>", "/a", true},
	} {
		t.Run(c.name, func(t *testing.T) {
			if why := parseRobots([]byte(c.text), "presswatch").forbids(c.path); (why == "") != c.free {
				t.Errorf("%q", why)
			}
		})
	}
}

func TestTheShippedListsCanBeRead(t *testing.T) {
	n := 0
	for place := range lines(placesFile) {
		if _, err := feed.Monthly(place); err != nil || !strings.HasPrefix(place, "/") {
			t.Errorf("place %q: %v", place, err)
		}
		n++
	}
	for s := range lines(selectorsFile) {
		if _, err := extract.ParseSelector(s); err != nil {
			t.Error(err)
		}
	}
	if n < 10 {
		t.Errorf("%d places", n)
	}
}

func FuzzRobots(f *testing.F) {
	f.Add([]byte("User-agent: *\nDisallow: /*a*b$\nAllow: /\nSitemap: https://a.example/s.xml"), "/xaxb")
	f.Fuzz(func(t *testing.T, text []byte, path string) {
		r := parseRobots(text, "presswatch")
		if why := r.forbids(path); why != "" && len(r.rules) == 0 {
			t.Errorf("forbidden by nothing: %s", why)
		}
	})
}

func FuzzPage(f *testing.F) {
	f.Add([]byte(`<html lang=en><base href="//x.example"><title>a &amp; b</title><link rel=alternate type=application/rss+xml href=/rss><a href=a.rss>`))
	f.Fuzz(func(t *testing.T, body []byte) {
		p := readPage(body, "text/html", "https://paper.example/")
		for _, a := range append(p.declared, p.linked...) {
			if !strings.HasPrefix(a, "http://") && !strings.HasPrefix(a, "https://") {
				t.Errorf("address %q", a)
			}
		}
	})
}
