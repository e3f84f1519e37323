package feed

import (
	"strings"
	"testing"
	"time"
)

const atomFeed = `<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://news.example.org/eng/"><title>News</title>
<entry><title type="html">One &amp;amp; two</title><link rel="alternate" href="one-post1.htm"/><id>tag:example.org,1</id><published>2026-08-22T12:00:00Z</published><updated>2026-08-22T13:00:00Z</updated><summary>Lead one.</summary><author><name>A. Writer</name></author><category term="politics"/></entry>
<entry><title>Two</title><link href="/two-post2.htm"/><id>tag:example.org,2</id><updated>2026-08-22T14:00:00Z</updated><content type="html">&lt;p&gt;Text two.&lt;/p&gt;</content></entry></feed>`

const jsonFeed = `{"version":"https://jsonfeed.org/version/1.1","title":"News","items":[
{"id":"1","url":"https://news.example.org/one-post1.htm","title":"One","summary":"Lead {one}.","date_published":"2026-08-22T12:00:00Z","authors":[{"name":"A. Writer"}],"tags":["politics"]},
{"id":"2","url":"/two-post2.htm","title":"Two \"2\"","content_html":"<p>Text two.</p>","date_published":"2026-08-22T21:00:00"}]}`

const rdfFeed = `<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:sy="http://purl.org/rss/1.0/modules/syndication/">
<channel><title>News</title><sy:updatePeriod>hourly</sy:updatePeriod><sy:updateFrequency>2</sy:updateFrequency></channel>
<item><title>One</title><link>https://news.example.org/one-post1.htm</link><description>Lead one.</description><dc:date>2026-08-22T12:00:00Z</dc:date><dc:creator>A. Writer</dc:creator></item></rdf:RDF>`

func parse(t *testing.T, body string, a About) Parsed {
	t.Helper()
	p, err := Parse([]byte(body), "", a)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func TestAllFormatsAreOne(t *testing.T) {
	for kind, body := range map[string]string{"atom": atomFeed, "json": jsonFeed, "rss": rdfFeed} {
		p := parse(t, body, about())
		if p.Kind != kind || len(p.Entries) == 0 || len(p.Notes) != 0 {
			t.Fatalf("%s: kind %q, %d entries, notes %q", kind, p.Kind, len(p.Entries), p.Notes)
		}
		e := p.Entries[0]
		if e.Identity != "number:1" || !strings.HasSuffix(e.URL, "one-post1.htm") || !strings.HasPrefix(e.Title, "One") ||
			!strings.HasPrefix(e.Lead, "Lead") || e.Author != "A. Writer" || !e.Published.Equal(time.Date(2026, 8, 22, 12, 0, 0, 0, time.UTC)) {
			t.Errorf("%s: %+v", kind, e)
		}
	}
	second := parse(t, atomFeed, about()).Entries[1]
	if second.URL != "https://news.example.org/two-post2.htm" || second.Lead != "Text two." {
		t.Errorf("atom: %+v", second)
	}
	second = parse(t, jsonFeed, about()).Entries[1]
	if second.URL != "https://news.example.org/two-post2.htm" || second.Published.Hour() != 14 {
		t.Errorf("json: %+v", second)
	}
}

func TestTheFeedsWishBetweenPolls(t *testing.T) {
	for body, want := range map[string]time.Duration{
		rdfFeed:                                 30 * time.Minute,
		rssOf():                                 15 * time.Minute,
		rssOf("<item><title>x</b></title>"):     15 * time.Minute,
		strings.Replace(rssOf(), "15", "-3", 1): 0,
		strings.Replace(rssOf(), "15", "soon", 1):                      0,
		strings.Replace(rssOf(), "15", "999999999", 1):                 24 * time.Hour,
		strings.Replace(rdfFeed, "Frequency>2<", "Frequency>0<", 1):    time.Hour,
		strings.Replace(rdfFeed, "hourly", "yearly", 1):                12 * time.Hour,
		strings.Replace(rdfFeed, "hourly", "whenever we feel like", 1): 0,
	} {
		if got := parse(t, body, about()).TTL; got != want {
			t.Errorf("%.80s…: %v, want %v", body, got, want)
		}
	}
}

func TestLinks(t *testing.T) {
	for _, c := range []struct{ name, item, url, note string }{
		{"an absolute link", "<link>https://news.example.org/a</link>", "https://news.example.org/a", ""},
		{"a relative link", "<link>/a</link>", "https://news.example.org/a", ""},
		{"a relative link beside the feed", "<link>a b</link>", "https://news.example.org/rss/a%20b", ""},
		{"a link broken over lines", "<link>\n https://news.example.org/\n a-b\n</link>", "https://news.example.org/%20a-b", ""},
		{"a fragment", "<link>https://news.example.org/a#rss</link>", "https://news.example.org/a", ""},
		{"with www", "<link>https://www.news.example.org/a</link>", "https://www.news.example.org/a", ""},
		{"only a guid", "<guid>https://news.example.org/a</guid>", "https://news.example.org/a", ""},
		{"a guid that is no address", "<guid>12345</guid>", "", "no link"},
		{"nothing", "<title>Nothing</title>", "", "no link"},
		{"a clone's host", "<link>https://news.example.org.bet.example/a</link>", "", "leads to news.example.org.bet.example, the source's hosts are news.example.org"},
		{"a user name that looks like the host", "<link>https://news.example.org@bet.example/a</link>", "", "user name"},
		{"a script", "<link>javascript:alert(1)</link>", "", "scheme"},
		{"a click counter with the true address", `<link>https://clicks.example/1</link><feedburner:origLink xmlns:feedburner="http://rssnamespace.org/feedburner/ext/1.0">https://news.example.org/a</feedburner:origLink>`, "https://news.example.org/a", ""},
		{"a foreign link beside an own guid", "<link>https://clicks.example/1</link><guid>https://news.example.org/a</guid>", "https://news.example.org/a", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			p := parse(t, rssOf("<item>"+c.item+"</item>"), about())
			switch {
			case c.url != "" && (len(p.Entries) != 1 || p.Entries[0].URL != c.url):
				t.Errorf("got %+v, %q; want %s", p.Entries, p.Notes, c.url)
			case c.note != "" && (len(p.Entries) != 0 || len(p.Notes) != 1 || !strings.Contains(p.Notes[0], c.note)):
				t.Errorf("got %+v, %q; want a note that says %q", p.Entries, p.Notes, c.note)
			}
		})
	}
}

func TestWithoutHostsTheFeedsOwnCounts(t *testing.T) {
	a := about()
	a.Hosts = nil
	p := parse(t, rssOf("<item><link>https://news.example.org/a</link></item>", "<item><link>https://live.news.example.org/b</link></item>", "<item><link>https://example.net/c</link></item>"), a)
	if len(p.Entries) != 2 || len(p.Notes) != 1 {
		t.Errorf("%d entries, notes %q", len(p.Entries), p.Notes)
	}
}

func TestDates(t *testing.T) {
	at := func(d, h, m int) time.Time { return time.Date(2026, 8, d, h, m, 0, 0, time.UTC) }
	for _, c := range []struct {
		name, served string
		want         time.Time
		note         string
	}{
		{"with a colon in the zone", "Sat, 22 Aug 2026 21:13:00 +07:00", at(22, 14, 13), ""},
		{"without a zone: the source's", "22/08/2026 21:13", at(22, 14, 13), ""},
		{"a clock 10 minutes ahead", "Sat, 22 Aug 2026 15:10:00 GMT", at(22, 15, 0), ""},
		{"7 hours in the future", "Sat, 22 Aug 2026 22:00:00 GMT", at(22, 15, 0), "clamped"},
		{"junk", "yesterday, perhaps", time.Time{}, "missing"},
		{"none", "", time.Time{}, "missing"},
	} {
		t.Run(c.name, func(t *testing.T) {
			e := parse(t, rssOf("<item><link>/a</link><pubDate>"+c.served+"</pubDate></item>"), about()).Entries[0]
			if !e.Published.Equal(c.want) || e.DateNote != c.note {
				t.Errorf("%v, noted %q; want %v, %q", e.Published, e.DateNote, c.want, c.note)
			}
		})
	}
}

func TestTheSameArticleTwiceInAFeedIsOne(t *testing.T) {
	p := parse(t, rssOf(item(1), strings.ReplaceAll(item(1), "story-post1", "another-slug-post1"), item(2)), about())
	if len(p.Entries) != 2 || len(p.Notes) != 1 || !strings.Contains(p.Notes[0], "the article of entry 1 again") {
		t.Errorf("%d entries, notes %q", len(p.Entries), p.Notes)
	}
}

func TestRelatedHeadlinesAreNotTheLead(t *testing.T) {
	e := parse(t, rssOf(`<item><link>/a</link><description><![CDATA[<a href="/a"><img src="/i.jpg"/></a><p>The ministers met.</p><div style="clear: both;"><ul><li><a href="/b">An army parade</a></li></ul></div>]]></description></item>`), about()).Entries[0]
	if e.Lead != "The ministers met." || len(e.Teasers) != 1 || e.Teasers[0] != "An army parade" {
		t.Errorf("lead %q, teasers %q", e.Lead, e.Teasers)
	}
}

func TestTitlesBecomePlainText(t *testing.T) {
	for served, want := range map[string]string{
		"<![CDATA[A <b>bold</b> word]]>": "A bold word", "a &lt; b": "a < b", "Q&amp;amp;A": "Q&A",
		"<![CDATA[one<br/>two]]>": "one two", "  a\n\tb ": "a b", "a&#160;b\u202fc": "a b c", "<![CDATA[x <unknown> y]]>": "x <unknown> y",
		"AT&amp;T": "AT&T", "Vie\u0323\u0302t\u200bNam": "Vi\u1ec7tNam", "l&#39;armée": "l'armée", "<![CDATA[<!-- x -->y]]>": "y",
	} {
		if got := parse(t, rssOf("<item><link>/a</link><title>"+served+"</title></item>"), about()).Entries[0].Title; got != want {
			t.Errorf("%s: %q, want %q", served, got, want)
		}
	}
}

func TestNotesAreBounded(t *testing.T) {
	p := parse(t, rssOf(strings.Repeat("<item><link>https://bet.example/a</link></item>", 100)), about())
	if len(p.Notes) != maxNotes || !strings.HasSuffix(p.Notes[maxNotes-1], "and 80 more") {
		t.Errorf("%d notes, the last %q", len(p.Notes), p.Notes[len(p.Notes)-1])
	}
}

func TestAnEmptyFeedIsAFeed(t *testing.T) {
	for _, body := range []string{rssOf(), `<feed xmlns="http://www.w3.org/2005/Atom"/>`, `{"version":"https://jsonfeed.org/version/1.1","items":[]}`} {
		if p := parse(t, body, about()); len(p.Entries) != 0 || len(p.Notes) != 0 {
			t.Errorf("%s: %+v", body, p)
		}
	}
}
