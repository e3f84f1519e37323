package feed

import (
	"cmp"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"sort"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/mmcdole/gofeed"

	"presswatch/watcher/dates"
)

// The figures that must not get worse: what our intake loses of feedparser's
// test files, whose expectations stand in each file's comment.
const (
	oracleErrors  = 1 // besides CDF, which is not read
	oracleEntries = 2
	oracleLinks   = 1
	oracleDates   = 1
	oracleAgreed  = 94 // percent of the comparable expectations
)

// figures count what was compared and what was lost.
type figures struct {
	files, errors, entries, lostEntries, links, lostLinks, dates, lostDates, compared, agreed int
	lost                                                                                      []string
}

func TestFeedparsersFiles(t *testing.T) {
	root := shared(t, "feedparser")
	var f figures
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || filepath.Ext(path) != ".xml" {
			return err
		}
		name, _ := filepath.Rel(root, path)
		body, err := os.ReadFile(path)
		f.file(name, body)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	percent := 100 * float64(f.agreed) / float64(max(f.compared, 1))
	t.Logf("%d files: %d errors; lost %d of %d entries, %d of %d links, %d of %d dates; %.1f %% of %d expectations met",
		f.files, f.errors, f.lostEntries, f.entries, f.lostLinks, f.links, f.lostDates, f.dates, percent, f.compared)
	sort.Strings(f.lost)
	t.Log(strings.Join(f.lost, "\n"))
	if f.errors > oracleErrors || f.lostEntries > oracleEntries || f.lostLinks > oracleLinks || f.lostDates > oracleDates || percent < oracleAgreed {
		t.Error("worse than it was")
	}
}

func (f *figures) loss(format string, a ...any) { f.lost = append(f.lost, fmt.Sprintf(format, a...)) }

func (f *figures) file(name string, body []byte) {
	f.files++
	text, _ := toUTF8(body, "")
	expect := firstGroup(`(?m)^\s*Expect:\s*(.*)$`, text)
	contentType := firstGroup(`(?mi)^\s*Header:\s*Content-type:\s*(.*)$`, text)
	if strings.Contains(name, "cdf") {
		return
	}
	location := firstGroup(`(?mi)^\s*Header:\s*Content-Location:\s*(.*)$`, text)
	base, err := parseURL(cmp.Or(location, "http://127.0.0.1:8097/"+name))
	if err != nil {
		base = nil
	}
	var r reader
	doc, err := r.intake(body, contentType)
	raw := &gofeed.Feed{}
	if err == nil {
		raw, _, err = r.measured(doc)
	}
	if err != nil {
		f.errors++
		f.loss("error    %s: %v", name, err)
		raw = &gofeed.Feed{}
	}
	comment := regexp.MustCompile(`(?s)<!--.*?-->`).ReplaceAll(text, nil)
	served := len(regexp.MustCompile(`<(?:[a-z]\w*:)?(?:item|entry)(?:\s[^>]*)?/?>`).FindAll(comment, -1))
	f.entries += served
	if n := len(raw.Items); n < served {
		f.lostEntries += served - n
		f.loss("entries  %s: %d of %d", name, n, served)
	}
	f.compare(name, expect, base, raw)
}

// compare holds the expectations that we have a counterpart of against what was
// read. Texts are compared as we hand them on, as plain text: feedparser keeps
// harmless markup. Expectations that say "or" or "!=" are not comparable.
func (f *figures) compare(name, expect string, base *url.URL, raw *gofeed.Feed) {
	for _, m := range regexp.MustCompile(`(feed|entries\[0\])(?:\['(\w+)'\]|\.(\w+)) == (u?'(?:[^'\\]|\\.)*'|\([\d, ]+\))`).FindAllStringSubmatch(expect, -1) {
		want, field := m[4], m[2]+m[3]
		got, known := counterpart(raw, base, m[1] == "feed", field)
		if !known || strings.Contains(expect, " or ") {
			continue
		}
		met := false
		switch {
		case strings.HasPrefix(want, "("):
			f.dates++
			at, err := dates.Parse(got, time.UTC)
			if met = err == nil && at.Equal(tuple(want)); !met {
				f.lostDates++
			}
		default:
			met = plainText(got) == plainText(unquotePython(want))
			if strings.HasSuffix(field, "link") && m[1] != "feed" {
				f.links++
				if !met {
					f.lostLinks++
				}
			}
		}
		f.compared++
		if met {
			f.agreed++
			continue
		}
		f.loss("differs  %s: %s %s: %.60q, want %.60s", name, m[1], field, got, want)
	}
}

// counterpart is our word for a field of feedparser's; known is false where we
// have none.
func counterpart(raw *gofeed.Feed, base *url.URL, feed bool, field string) (value string, known bool) {
	if feed {
		switch field {
		case "title":
			return raw.Title, true
		case "link":
			return raw.Link, true
		case "description", "subtitle", "tagline":
			return raw.Description, true
		case "updated_parsed":
			return raw.Updated, true
		case "published_parsed":
			return raw.Published, true
		}
		return "", false
	}
	item := &gofeed.Item{}
	if len(raw.Items) > 0 {
		item = raw.Items[0]
	}
	switch field {
	case "title":
		return titleOf(item), true
	case "id", "guid":
		return item.GUID, true
	case "link":
		link, err := resolve(base, append(candidates(item), "")[0])
		if err != nil {
			return "", true
		}
		return link.String(), true
	case "published_parsed":
		return append(datesOf(item), "")[0], true
	case "updated_parsed":
		return cmp.Or(item.Updated, append(datesOf(item), "")[0]), true
	}
	return "", false
}

func tuple(s string) time.Time {
	var n [6]int
	for i, part := range strings.Split(strings.Trim(s, "()"), ",") {
		if i < len(n) {
			n[i], _ = strconv.Atoi(strings.TrimSpace(part))
		}
	}
	return time.Date(n[0], time.Month(n[1]), n[2], n[3], n[4], n[5], 0, time.UTC)
}

// unquotePython reads a literal of Python for the escapes that the files use.
func unquotePython(s string) string {
	s = strings.Trim(strings.TrimPrefix(s, "u"), "'")
	s = regexp.MustCompile(`\\x([0-9a-fA-F]{2})`).ReplaceAllString(s, `\u00$1`)
	s = strings.ReplaceAll(strings.ReplaceAll(s, `"`, `\"`), `\'`, `'`)
	plain, err := strconv.Unquote(`"` + s + `"`)
	if err != nil {
		return s
	}
	return strings.TrimSpace(plain)
}

func firstGroup(pattern string, text []byte) string {
	m := regexp.MustCompile(pattern).FindSubmatch(text)
	if m == nil {
		return ""
	}
	return strings.TrimSpace(string(m[1]))
}

// TestFeedparsersFilesCutAtEveryByte: an entry that is complete where the document
// ends is kept. The one large file is cut at every thousandth.
func TestFeedparsersFilesCutAtEveryByte(t *testing.T) {
	root := shared(t, "feedparser")
	end := regexp.MustCompile(`</(?:[a-z]\w*:)?(?:item|entry)>`)
	files, cuts, lost := 0, 0, 0
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || filepath.Ext(path) != ".xml" {
			return err
		}
		files++
		body, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		whole, _, err := rawOf(body)
		if err != nil || len(whole.Items) == 0 || len(end.FindAllIndex(body, -1)) != len(whole.Items) {
			return nil // what stands there cannot be counted by its tags
		}
		for cut := end.FindIndex(body)[1]; cut < len(body) && lost < 20; cut += 1 + len(body)/20_000*1000 { // from the first complete entry on
			want := len(end.FindAllIndex(body[:cut], -1))
			cuts++
			if raw, _, err := rawOf(body[:cut]); err != nil || len(raw.Items) < want {
				lost++
				t.Logf("%s cut at %d of %d: %d of %d entries, %v", filepath.Base(path), cut, len(body), len(raw.Items), want, err)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%d cuts of %d files, %d with a complete entry lost", cuts, files, lost)
	if lost > 0 {
		t.Fail()
	}
}

// rawOf is a document as far as our own reading of dates and links.
func rawOf(body []byte) (*gofeed.Feed, shape, error) {
	var r reader
	doc, err := r.intake(body, "")
	if err != nil {
		return &gofeed.Feed{}, shape{}, err
	}
	raw, s, err := r.measured(doc)
	if raw == nil {
		raw = &gofeed.Feed{}
	}
	return raw, s, err
}
