package feed

import (
	"errors"
	"fmt"
	"regexp"
	"strings"
	"testing"
	"time"
)

// now is the time of every parse in these tests.
func now() time.Time { return time.Date(2026, 8, 22, 15, 0, 0, 0, time.UTC) }

func about() About {
	return About{
		URL: "https://news.example.org/rss/home.rss", Hosts: []string{"news.example.org"},
		Zone: time.FixedZone("local", 7*3600), Identity: regexp.MustCompile(`(?:-post|/)(?P<number>\d+)\.htm`), Now: now(),
	}
}

// rssOf wraps items into a channel.
func rssOf(items ...string) string {
	return `<?xml version="1.0" encoding="utf-8"?>` + "\n" + `<rss version="2.0"><channel><title>News</title><ttl>15</ttl>` +
		strings.Join(items, "\n") + `</channel></rss>`
}

func item(n int) string {
	return fmt.Sprintf(`<item><title>Story %d</title><link>https://news.example.org/story-post%d.htm</link><guid>https://news.example.org/story-post%d.htm</guid><pubDate>Sat, 22 Aug 2026 21:%02d:21 +07:00</pubDate><description><![CDATA[<p>Lead of story %d.</p>]]></description></item>`, n, n, n, n%60, n)
}

// titles parses and lists what came out, for comparison.
func titles(t *testing.T, body string) []string {
	t.Helper()
	p, err := Parse([]byte(body), "application/rss+xml", about())
	if err != nil {
		t.Fatalf("Parse: %v", err)
	}
	var list []string
	for _, e := range p.Entries {
		list = append(list, e.Title)
	}
	return list
}

func TestBrokenFeedsKeepTheirWholeEntries(t *testing.T) {
	whole := rssOf(item(1), item(2), item(3))
	cases := []struct{ name, body, want string }{
		{"a sound feed is read whole", whole, "Story 1|Story 2|Story 3"},
		{"a cut tail costs nothing but what was cut", whole[:len(whole)-12], "Story 1|Story 2|Story 3"},
		{"a cut entry is dropped", whole[:len(whole)-60], "Story 1|Story 2"},
		{"an entry cut in its own end tag is dropped too", whole[:len(whole)-20], "Story 1|Story 2"},
		{"one byte that is not UTF-8 costs one letter", strings.Replace(whole, "Story 2", "Story 2\xe9", 1), "Story 1|Story 2é|Story 3"},
		{"a wrong end tag in a title", rssOf(`<item><title>Bad</b></title><link>https://news.example.org/bad-post9.htm</link></item>`, item(1)), "Bad|Story 1"},
		{"a wrong end tag in the last title", rssOf(item(1), `<item><title>Bad</b></title><link>https://news.example.org/bad-post9.htm</link></item>`), "Story 1|Bad"},
		{"a bare < in a title", strings.Replace(whole, "Story 2", "2 < 3", 1), "Story 1|2 < 3|Story 3"},
		{"a bare & in a title", strings.Replace(whole, "Story 2", "Q & A", 1), "Story 1|Q & A|Story 3"},
		{"an HTML entity that XML does not know", strings.Replace(whole, "Story 2", "Two&nbsp;caf&eacute;s", 1), "Story 1|Two cafés|Story 3"},
		{"an entity escaped twice", strings.Replace(whole, "Story 2", "Caf&amp;eacute;", 1), "Story 1|Café|Story 3"},
		{"a NUL and a reference to one", strings.Replace(whole, "Story 2", "Sto\x00ry&#0; 2&#x1F;", 1), "Story 1|Story 2|Story 3"},
		{"unescaped HTML that is not closed", strings.Replace(whole, "<![CDATA[<p>Lead of story 1.</p>]]>", "One<br>two<p>three", 1), "Story 1|Story 2|Story 3"},
		{"an entry without its end tag", strings.Replace(whole, "</item>", "", 1), "Story 1|Story 2|Story 3"},
		{"an attribute with < in it", strings.Replace(whole, "<guid>", `<guid title="a<b">`, 1), "Story 1|Story 2|Story 3"},
		{"an attribute whose quote never closes", strings.Replace(whole, "<guid>", `<guid title="a>`, 3), "Story 1|Story 2|Story 3"},
		{"a comment with dashes", strings.Replace(whole, "<item>", "<!-- a -- b --><item>", 2), "Story 1|Story 2|Story 3"},
		{"]]> in plain text", strings.Replace(whole, "Story 2", "Two]]>", 1), "Story 1|Two]]>|Story 3"},
		{"a message of a broken script before the feed", "<br />\n<b>Warning</b>: no such index in /srv/x.php\n" + whole, "Story 1|Story 2|Story 3"},
		{"spaces and a comment before the root", strings.Replace(whole, "<rss", strings.Repeat(" ", 3000)+"<!--"+strings.Repeat("x", 5000)+"--><rss", 1), "Story 1|Story 2|Story 3"},
		{"a document type with entities in entities", `<!DOCTYPE rss [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;"><!ENTITY x SYSTEM "file:///etc/passwd">]>` + strings.Replace(whole, `<?xml version="1.0" encoding="utf-8"?>`, "", 1), "Story 1|Story 2|Story 3"},
		{"a title decomposed, with a zero-width space", strings.Replace(whole, "Story 2", "Vie\u0323\u0302t\u200b Nam", 1), "Story 1|Vi\u1ec7t Nam|Story 3"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			if got := strings.Join(titles(t, c.body), "|"); got != c.want {
				t.Errorf("entries\n got %s\nwant %s", got, c.want)
			}
		})
	}
}

func TestWhatIsNotAFeedIsSaidSo(t *testing.T) {
	for _, c := range []struct{ name, body, want string }{
		{"an HTML page", "<!DOCTYPE html><html><head><title>Just a moment…</title></head><body><script>x</script></body></html>", "Just a moment…"},
		{"an empty answer", "", "empty"},
		{"white space", " \r\n", "empty"},
		{"plain text", "Service unavailable", "Service unavailable"},
		{"another kind of XML", `<?xml version="1.0"?><catalogue></catalogue>`, "<catalogue>"},
		{"a JSON object that is no feed", `{"error": "no"}`, "JSON"},
		{"binary", "\x89PNG\r\n\x1a\n\x00\x00", "begins with"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := Parse([]byte(c.body), "text/html", about())
			var not *NotFeed
			if !errors.As(err, &not) || !strings.Contains(err.Error(), c.want) {
				t.Errorf("got %v, want a *NotFeed that says %q", err, c.want)
			}
		})
	}
}
