package probe

import (
	"strings"
	"testing"
	"time"

	"go.yaml.in/yaml/v4"
)

func TestIdentityIsGuessedFromWhatAddressesShare(t *testing.T) {
	for _, c := range []struct{ name, addresses, want string }{
		{"a number behind a word", "https://a.example/x-y-post123.vnp https://a.example/z-post456.vnp", `-post(?P<number>\d+)\.vnp$`},
		{"a number as a file", "https://a.example/x/12.html https://a.example/y/345.html", `/(?P<number>\d+)\.html$`},
		{"a number at the end", "https://a.example/x-12345 https://a.example/y-12346", `-(?P<number>\d+)$`},
		{"one of five without is forgiven", "/a-1 /b-2 /c-3 /d-4 /e", `-(?P<number>\d+)$`},
		{"most without", "/a-1 /b-2 /c /d /e", ""},
		{"a year that many share is no number", "/a-2026 /b-2026 /c-2026", ""},
		{"dates", "/2026/07/20/a /2026/07/21/b", ""},
		{"one address", "/a-1", ""},
		{"none", "", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := Identity(strings.Fields(c.addresses)); got != c.want {
				t.Errorf("got %s, want %s", got, c.want)
			}
		})
	}
}

func TestTheScheduleFollowsTheRhythm(t *testing.T) {
	for _, c := range []struct {
		items  int
		rhythm time.Duration
		want   string
	}{
		{50, 5 * time.Minute, "@every 10m"}, {50, time.Minute, "@every 5m"}, {50, 30 * time.Minute, "@every 1h"},
		{10, 24 * time.Hour, "@every 6h"}, {20, 0, "@every 1h"}, {0, 0, "@every 1h"},
	} {
		if got := (Found{Items: c.items, Rhythm: c.rhythm}).Schedule(); got != c.want {
			t.Errorf("%d items, one in %v: %s, want %s", c.items, c.rhythm, got, c.want)
		}
	}
}

func TestIDs(t *testing.T) {
	for _, c := range []struct{ address, language, want string }{
		{"https://www.paper.example/", "fr", "paper-fr"}, {"https://fr.paper.example/", "fr", "paper-fr"},
		{"https://paper.example/", "", "paper"}, {"http://127.0.0.1:80/", "en", "127-0-0-1-en"}, {"http://localhost/", "", "localhost"},
		{"https://báo.example/", "vi", "b-o-vi"}, {"::", "", "source"},
	} {
		if got := ID(c.address, c.language); got != c.want {
			t.Errorf("%s: %s, want %s", c.address, got, c.want)
		}
	}
}

func TestADraftIsYAMLWhateverTheSiteSays(t *testing.T) {
	evil := "x'\n  - id: evil\u2028\r# \x00 \u202e\"{"
	d := Draft{ID: "a-en", Name: evil, Language: "no", Hosts: []string{evil, "b.example:80"}, Identity: `-(?P<number>\d+)$`, Feeds: []DraftFeed{
		{URL: "https://b.example/" + evil, Schedule: "@every 5m", Links: "li > a", Note: evil},
		{URL: "https://b.example/2", Schedule: "@every 5m", Note: evil, Off: true},
	}}
	var read struct {
		Sources []struct {
			ID, Name, Language, Identity string
			Hosts                        []string
			Feeds                        []struct{ URL, Schedule, Links string }
		}
	}
	if err := yaml.Unmarshal([]byte("sources:\n"+d.YAML()), &read); err != nil {
		t.Fatalf("%v\n%s", err, d.YAML())
	}
	if len(read.Sources) != 1 || len(read.Sources[0].Feeds) != 1 || read.Sources[0].Name != oneLine(evil) || read.Sources[0].Language != "no" || len(read.Sources[0].Hosts) != 2 {
		t.Errorf("%+v\n%s", read, d.YAML())
	}
}

func TestAReportBecomesASourceWithTheBestFeed(t *testing.T) {
	s := serve(t, map[string]string{"/rss": rss("en-GB", 9), "/sitemap.xml": month, "/": "<html lang=vi><title>x</title>"})
	got := strings.ReplaceAll(s.probe(t).Draft().YAML(), strings.TrimPrefix(s.URL, "http://"), "HOST")
	want := `  - id: '127-0-0-1-vi'
    name: 'The Paper''s feed'
    language: 'vi'
    hosts: ['HOST']
    identity: '-post(?P<number>\d+)\.htm$'
    feeds:
      - url: 'http://HOST/rss'  # rss, 9 items
        schedule: '@every 15m'
      # - url: 'http://HOST/sitemap.xml'  # sitemap, 1 item
      #   schedule: '@every 1h'
`
	if got != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
}
