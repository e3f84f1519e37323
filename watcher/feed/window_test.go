package feed

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// afterwards is what a poll reads of a body when the one before saw another.
func afterwards(t *testing.T, before, body string) (first, second Parsed) {
	t.Helper()
	first = parse(t, before, about())
	a := about()
	a.Window = first.Window
	return first, parse(t, body, a)
}

func identities(p Parsed) string {
	var all []string
	for _, e := range p.Entries {
		all = append(all, strings.TrimPrefix(e.Identity, "number:")+" "+e.Title)
	}
	return strings.Join(all, " | ")
}

func TestAPollReadsWhatTheLastOneDidNotSee(t *testing.T) {
	edited := strings.Replace(item(2), "<title>", "<title>Edited: ", 1)
	foreign := "<item><title>F</title><link>https://bet.example/a-post9.htm</link></item>"
	for _, c := range []struct {
		name, before, body string
		known, entries     int
		overlap            bool
	}{
		{"the same body", rssOf(item(1), item(2)), rssOf(item(1), item(2)), 2, 0, true},
		{"one new", rssOf(item(2), item(1)), rssOf(item(3), item(2)), 1, 1, true},
		{"all new", rssOf(item(1)), rssOf(item(2), item(3)), 0, 2, false},
		{"one edited", rssOf(item(1), item(2)), rssOf(item(1), edited), 1, 1, true},
		{"only an edited one stayed", rssOf(item(2)), rssOf(edited, item(3)), 0, 2, true},
		{"what was dropped is looked at again", rssOf(foreign, item(1)), rssOf(foreign, item(1)), 1, 0, true},
		{"a bad tag in what is new", rssOf(item(1)), rssOf(strings.Replace(item(2), "</title>", "</b></title>", 1), item(1)), 1, 1, true},
		{"a bad tag in what is known", rssOf(strings.Replace(item(2), "</title>", "</b></title>", 1)), rssOf(item(3), strings.Replace(item(2), "</title>", "</b></title>", 1)), 1, 1, true},
		{"cut off in what is known", rssOf(item(1)), strings.TrimSuffix(rssOf(item(2), item(1)), "m></channel></rss>"), 0, 1, false},
		{"nothing any more", rssOf(item(1)), rssOf(), 0, 0, false},
		{"JSON is read whole", jsonFeed, jsonFeed, 0, 2, true},
		{"Atom", atomFeed, atomFeed, 2, 0, true},
		{"a sitemap", urlset(newsURL(1, "2026-08-22T08:00:00+07:00")), urlset(newsURL(2, "2026-08-22T08:00:00+07:00"), newsURL(1, "2026-08-22T08:00:00+07:00")), 0, 2, true},
		{"a sitemap that is all new", urlset(newsURL(1, "2026-08-22T08:00:00+07:00")), urlset(newsURL(2, "2026-08-22T08:00:00+07:00")), 0, 1, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, p := afterwards(t, c.before, c.body)
			if p.Known != c.known || len(p.Entries) != c.entries || p.Overlap != c.overlap {
				t.Errorf("known %d, entries %s, overlap %v; notes %q", p.Known, identities(p), p.Overlap, p.Notes)
			}
			if got := len(p.Window); got != markSize*(p.Known+len(p.Entries)) {
				t.Errorf("a window of %d bytes", got)
			}
		})
	}
}

// TestNothingNewIsEverPassedOver: whatever the last poll saw, what is read and
// what is passed over are together the whole feed, entry for entry.
func TestNothingNewIsEverPassedOver(t *testing.T) {
	var all []string
	for i := range 8 {
		all = append(all, item(i+1))
	}
	whole := parse(t, rssOf(all...), about())
	for seen := range 1 << len(all) {
		var before []string
		var want []string
		for i := range all {
			if seen>>i&1 == 1 {
				before = append(before, all[i])
			} else {
				want = append(want, fmt.Sprintf("%+v", whole.Entries[i]))
			}
		}
		_, p := afterwards(t, rssOf(before...), rssOf(all...))
		var got []string
		for _, e := range p.Entries {
			got = append(got, fmt.Sprintf("%+v", e))
		}
		if !slices.Equal(got, want) || p.Known != len(before) || p.Overlap != (seen > 0) {
			t.Fatalf("seen %b: known %d, got %s", seen, p.Known, identities(p))
		}
	}
}

func TestAWindowThatIsNoneMakesAllNew(t *testing.T) {
	for _, window := range []string{"x", strings.Repeat("x", markSize-1), strings.Repeat("x", markSize)} {
		a := about()
		a.Window = window
		if p := parse(t, rssOf(item(1), item(2)), a); len(p.Entries) != 2 || p.Overlap {
			t.Errorf("%q: %d entries, overlap %v", window, len(p.Entries), p.Overlap)
		}
	}
}

func TestTheWishOfAFeedIsReadThoughAllItsEntriesAreKnown(t *testing.T) {
	body := rssOf(item(1))
	if first, p := afterwards(t, body, body); first.TTL == 0 || p.TTL != first.TTL || p.Kind != KindRSS || p.Known != 1 {
		t.Errorf("%+v", p)
	}
}

// FuzzWindow: with any body after any other, no entry is lost.
func FuzzWindow(f *testing.F) {
	f.Add([]byte(rssOf(item(1), item(2))), []byte(rssOf(item(2), item(3))))
	f.Add([]byte(atomFeed), []byte(rssOf(item(2), item(3))))
	f.Add([]byte(jsonFeed), []byte(jsonFeed))
	f.Fuzz(func(t *testing.T, before, body []byte) {
		first, err := Parse(before, "", about())
		if err != nil {
			return
		}
		whole, err := Parse(body, "", about())
		a := about()
		a.Window = first.Window
		p, again := Parse(body, "", a)
		if err == nil && again != nil {
			t.Fatalf("read alone, and not after another: %v", again)
		}
		if err == nil && p.Known+len(p.Entries) < len(whole.Entries) {
			t.Errorf("known %d, read %d of %d", p.Known, len(p.Entries), len(whole.Entries))
		}
	})
}
