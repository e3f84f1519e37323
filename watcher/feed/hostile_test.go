package feed

import (
	"fmt"
	"runtime"
	"strings"
	"testing"
)

func TestLimitsAreNamed(t *testing.T) {
	for _, c := range []struct{ name, body, says string }{
		{"10 MB of nested elements", "<rss><channel><item>" + strings.Repeat("<z:a>", 2<<20), "nested deeper than 128"},
		{"10 MB of nested elements, closed", "<rss>" + strings.Repeat("<z:a>", 1<<20) + strings.Repeat("</z:a>", 1<<20) + "</rss>", "nested deeper than 128"},
		{"10 MB of nested values", `{"version":"https://jsonfeed.org/version/1.1","items":` + strings.Repeat("[", 10<<20), "nested deeper than 128"},
		{"an element with 300 attributes", "<rss><channel " + strings.Repeat(`a="1" `, 300) + "/></rss>", "more than 256 attributes"},
		{"2001 entries", rssOf(strings.Repeat("<item/>", 2001)), "more than 2000 entries"},
		{"2001 entries in JSON", `{"items":[` + strings.Repeat("{},", 2001) + "{}]}", "more than 2000 entries"},
		{"a channel title of 2 MB", "<rss><channel><title>" + strings.Repeat("x", 2<<20), "more than 1MiB"},
		{"a JSON title of 2 MB", `{"items":[{"title":"` + strings.Repeat("x", 2<<20) + `"}]}`, "more than 1MiB"},
		{"a document of 70 MB", strings.Repeat(" ", 70<<20), "more than 64MiB"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := Parse([]byte(c.body), "", about())
			if err == nil || !strings.Contains(err.Error(), c.says) {
				t.Errorf("got %v, want an error that says %q", err, c.says)
			}
		})
	}
}

func TestAnEntryAboveTheLimitCostsNoOther(t *testing.T) {
	body := rssOf(item(1), "<item><title>"+strings.Repeat("x", 2<<20)+"</title></item>", item(2))
	p, err := Parse([]byte(body), "", about())
	if err != nil || len(p.Entries) != 2 {
		t.Fatalf("%d entries, %v", len(p.Entries), err)
	}
	if notes := strings.Join(p.Notes, "\n"); !strings.Contains(notes, "entry 2 of 3 was dropped: a piece of it is longer than 1MiB") {
		t.Errorf("notes:\n%s", notes)
	}
}

// hostile is a document that makes naive parsers quadratic.
type hostile struct{ name, body string }

func hostileDocuments(size int) []hostile {
	fill := func(s string) string { return strings.Repeat(s, size/len(s)) }
	return []hostile{
		{"ampersands", rssOf("<item><title>" + strings.Repeat("&", 1<<20-100) + "</title></item>")},
		{"references to nothing", rssOf(fill("<x>&#0;</x>"))},
		{"illegal characters", rssOf(fill("\x01"))},
		{"bytes that are not UTF-8", rssOf(fill("<x>\xff</x>"))},
		{"open angles", "<rss>" + fill("<")},
		{"open quotes", "<rss>" + fill(`<a b="`)},
		{"open quotes of both kinds", "<rss>" + fill(`<a b="<c d='`)},
		{"a quote far away", "<rss>" + strings.Repeat(`<a b="`+strings.Repeat("<c>", 30_000)+"</a>", 80)},
		{"comments that never end", "<rss>" + fill("<!--")},
		{"sections that never end", "<rss>" + fill("<![CDATA[")},
		{"document types that never end", fill("<!DOCTYPE [")},
		{"end tags that close nothing", "<rss>" + fill("</a>")},
		{"roots without end", "<x>" + fill("<rss")},
		{"attributes without end", "<rss " + fill("a ")},
		{"2000 broken entries", rssOf(strings.Repeat("<item><title>x</b></title>"+strings.Repeat("<p>", 100)+"</item>", 2000))},
		{"tags in a title", rssOf("<item><title><![CDATA[" + strings.Repeat("<b>", 300_000) + "]]></title></item>")},
		{"entities in a DTD", `<!DOCTYPE rss [` + strings.Repeat(`<!ENTITY a "&a;&a;">`, 100_000) + `]>` + rssOf(strings.Repeat("<item><title>&a;&a;</title></item>", 1000))},
	}
}

// TestHostileDocumentsEndAndStayWithinMemory: their time is BenchmarkHostile.
func TestHostileDocumentsEndAndStayWithinMemory(t *testing.T) {
	size := 8 << 20
	if testing.Short() {
		size = 1 << 20
	}
	for _, c := range hostileDocuments(size) {
		t.Run(c.name, func(t *testing.T) {
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			p, err := Parse([]byte(c.body), "", about())
			runtime.ReadMemStats(&after)
			if used := after.TotalAlloc - before.TotalAlloc; used > 800<<20 {
				t.Errorf("%d MB were allocated over time", used>>20)
			}
			t.Log(len(p.Entries), shorten(fmt.Sprint(err)))
		})
	}
}

// BenchmarkHostile is 8 MiB of each. Goal: ≤ 2 s.
func BenchmarkHostile(b *testing.B) {
	for _, c := range hostileDocuments(8 << 20) {
		b.Run(c.name, func(b *testing.B) {
			for b.Loop() {
				_, _ = Parse([]byte(c.body), "", about())
			}
		})
	}
}

// TestAFeedCutAtEveryByteKeepsItsWholeEntries: an entry counts as whole once its
// last byte is there.
func TestAFeedCutAtEveryByteKeepsItsWholeEntries(t *testing.T) {
	for kind, whole := range map[string]string{
		"rss": rssOf(item(1), item(2), item(3)), "atom": atomFeed, "json": jsonFeed,
	} {
		ends := map[string][]string{"rss": {"</item>"}, "atom": {"</entry>"}, "json": {`["politics"]}`, `21:00:00"}`}}[kind]
		for cut := range len(whole) {
			p, err := Parse([]byte(whole[:cut]), "", about())
			want := 0
			for _, end := range ends {
				want += strings.Count(whole[:cut], end)
			}
			if err == nil && len(p.Entries) < want {
				t.Fatalf("%s cut at %d: %d entries, want %d; %q", kind, cut, len(p.Entries), want, p.Notes)
			}
			if err != nil && want > 0 {
				t.Fatalf("%s cut at %d: %v", kind, cut, err)
			}
			for i, e := range p.Entries {
				if e.Published.IsZero() || e.Title == "" || e.Lead == "" {
					t.Fatalf("%s cut at %d: entry %d is not whole: %+v", kind, cut, i, e)
				}
			}
		}
	}
}

// TestAFlippedByteCostsAtMostOneEntry, or two where the byte stood between them.
func TestAFlippedByteCostsLittle(t *testing.T) {
	whole := rssOf(item(1), item(2), item(3), item(4))
	first, last := strings.Index(whole, "<item>"), strings.LastIndex(whole, "</item>")
	worst := map[int]int{}
	for i := first; i < last; i++ {
		for _, flip := range []byte{0x01, 0x04, 0x80, 0xff} {
			body := []byte(whole)
			body[i] ^= flip
			p, err := Parse(body, "", about())
			if err != nil {
				t.Fatalf("byte %d: %v", i, err)
			}
			worst[4-len(p.Entries)]++
			if len(p.Entries) < 2 {
				t.Fatalf("byte %d flipped by %#x in %q: %d of 4 entries; %q", i, flip, whole[max(0, i-20):i+20], len(p.Entries), p.Notes)
			}
		}
	}
	t.Logf("entries lost: times %v", worst)
}

func FuzzParse(f *testing.F) {
	for _, seed := range []string{
		rssOf(item(1), item(2)), atomFeed, jsonFeed, "<rdf:RDF><item><title>a</b></title>", "\xff\xfe<\x00r\x00s\x00s\x00>\x00",
		`<?xml version="1.0" encoding="windows-1258"?><rss><channel><item><guid>http://news.example.org/1</guid><title>` + "\xd2\xec",
		`<rss><channel><item a="b><title>x</title><link href='u'/>`, "<!DOCTYPE html><p>",
	} {
		f.Add([]byte(seed), "text/xml; charset=utf-8")
	}
	f.Fuzz(func(t *testing.T, body []byte, contentType string) {
		p, err := Parse(body, contentType, about())
		if err != nil {
			return
		}
		if len(p.Notes) > maxNotes || p.TTL < 0 || p.TTL > maxAsked || p.Kind == "" {
			t.Errorf("notes %d, TTL %v, kind %q", len(p.Notes), p.TTL, p.Kind)
		}
		checkEntries(t, p, about())
	})
}

// checkEntries holds the promises of Parse against what it gave.
func checkEntries(t *testing.T, p Parsed, a About) {
	t.Helper()
	seen := map[string]bool{}
	for _, e := range p.Entries {
		u, err := parseURL(e.URL)
		if err != nil || u.Fragment != "" || !(hosts{listed: a.Hosts}).allows(u) {
			t.Errorf("address %q: %v", e.URL, err)
		}
		if seen[e.Identity] || e.Identity == "" {
			t.Errorf("identity %q is there twice, or empty", e.Identity)
		}
		seen[e.Identity] = true
		if e.Published.After(a.Now) {
			t.Errorf("published %v, after the fetch", e.Published)
		}
		if e.Published.IsZero() != (e.DateNote == dateMissing) {
			t.Errorf("published %v, noted %q", e.Published, e.DateNote)
		}
		if e.Title != tidy(e.Title) {
			t.Errorf("title %q is not tidy", e.Title)
		}
	}
}
