package feed

import (
	"regexp"
	"strings"
	"testing"
)

func TestOneArticleHasOneIdentity(t *testing.T) {
	number := regexp.MustCompile(`(?:-post|/)(?P<number>\d+)\.vnp`)
	for _, c := range []struct {
		name     string
		pattern  *regexp.Regexp
		want     string
		spelling []string
	}{
		{"by the publisher's number", number, "number:56054", []string{
			"https://fr.example.vn/visite-a-la-capitale-post56054.vnp",
			"https://fr.example.vn/visite-a-la-capitale/56054.vnp",
			"http://fr.example.vn/an-other-slug-post56054.vnp",
			"https://www.fr.example.vn/x-post56054.vnp?utm_source=rss&fbclid=1",
			"https://fr.example.vn/x-post56054.vnp#top",
			"https://fr.example.vn/56054.vnp",
			"HTTPS://FR.EXAMPLE.VN:443/x-post56054.vnp",
		}},
		{"by the address where the pattern is silent", number, "url:fr.example.vn/dossier", []string{
			"https://fr.example.vn/dossier", "https://fr.example.vn/dossier/?utm_id=56054.vnp",
		}},
		{"by the address", nil, "url:lecourrier.example/a-b", []string{
			"https://lecourrier.example/a-b", "http://lecourrier.example/a-b", "https://www.lecourrier.example/a-b",
			"https://m.lecourrier.example/a-b", "https://LECOURRIER.example/a-b", "https://lecourrier.example:443/a-b",
			"http://lecourrier.example:80/a-b", "https://lecourrier.example/a-b/", "https://lecourrier.example/a-b-",
			"https://lecourrier.example/a-b-/", "https://lecourrier.example/a-b#part", "https://lecourrier.example/a-b?",
			"https://lecourrier.example/a-b?utm_source=x&UTM_Medium=y", "https://lecourrier.example/a-b?fbclid=z&gclid=1",
			"https://lecourrier.example/%61-b", "https://lecourrier.example/%61%2Db", "https://lecourrier.example/x/../a-b",
			"https://lecourrier.example/./a-b", "https://lecourrier.example./a-b", " https://lecourrier.example/a-b ",
			"https://lecourrier.example/a-b;jsessionid=09AF",
		}},
		{"with percent-encoding in either case, or none", nil, "url:example.org/qu%C3%A9", []string{
			"https://example.org/qu%c3%a9", "https://example.org/qu%C3%A9", "https://example.org/qué", "https://example.org/que\u0301",
		}},
		{"with a query, sorted", nil, "url:example.org/news.aspx?cat=9&id=7", []string{
			"https://example.org/news.aspx?cat=9&id=7", "https://example.org/news.aspx?id=7&cat=9", "https://example.org/news.aspx?id=7&utm_term=a&cat=9",
		}},
		{"a home page", nil, "url:example.org", []string{"https://example.org", "https://example.org/", "http://www.example.org/?utm_source=x"}},
		{"an international host", nil, "url:xn--bcher-kva.example/a", []string{"https://bücher.example/a", "https://xn--bcher-kva.example/a"}},
		{"a port of its own", nil, "url:127.0.0.1:8080/a", []string{"http://127.0.0.1:8080/a"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			for _, raw := range c.spelling {
				got, err := Identify(raw, c.pattern)
				if err != nil || got != c.want {
					t.Errorf("%s: %q, %v; want %q", raw, got, err, c.want)
				}
			}
		})
	}
}

func TestTwoArticlesHaveTwoIdentities(t *testing.T) {
	for _, pair := range [][2]string{
		{"https://example.org/a?id=1", "https://example.org/a?id=2"},
		{"https://example.org/a", "https://example.org/A"},
		{"https://example.org/a%2Fb", "https://example.org/a/b"},
		{"https://en.example.org/a", "https://fr.example.org/a"},
		{"https://example.org/a-1", "https://example.org/a-2"},
		{"https://example.org/", "https://example.org/-"},
		{"https://example.org/a?q=x%26y", "https://example.org/a?q=x&y"},
		{"https://m.org/", "https://www.org/"},
	} {
		one, err := Identify(pair[0], nil)
		other, err2 := Identify(pair[1], nil)
		if err != nil || err2 != nil || one == other {
			t.Errorf("%s and %s: %q, %q", pair[0], pair[1], one, other)
		}
	}
}

func TestWhatIsNoAddressHasNoIdentity(t *testing.T) {
	for _, raw := range []string{"", "a-b", "/a-b", "mailto:desk@example.org", "javascript:alert(1)", "https://", "http://[::1", "http://a b/", "https://me@example.org/", "https://example.org/" + strings.Repeat("x", maxURL)} {
		if got, err := Identify(raw, nil); err == nil {
			t.Errorf("%.40s: %q", raw, got)
		}
	}
}

func FuzzIdentify(f *testing.F) {
	for _, seed := range []string{"https://example.org/a-b-/?x=1&utm_a=2#c", "http://[::1]:80/%zz", "https://bücher.example/que\u0301/../;jsessionid=1", "http://0x7f.1/", "https://a/%2e%2e/%2F?%26=%3D&b"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, raw string) {
		id, err := Identify(raw, nil)
		if err != nil {
			return
		}
		address, found := strings.CutPrefix(id, urlPrefix)
		if !found || address == "" {
			t.Fatalf("%q: identity %q", raw, id)
		}
		again, err := Identify("http://"+address, nil)
		if err != nil || again != id {
			t.Errorf("%q: identity %q, and again %q, %v", raw, id, again, err)
		}
	})
}
