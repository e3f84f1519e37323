package feed

import (
	"bytes"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/mmcdole/gofeed"
	ext "github.com/mmcdole/gofeed/extensions"
	"github.com/mmcdole/gofeed/rss"
)

// read has gofeed read the document: at once where it is sound, entry by entry
// where it is not, so that a broken entry costs no other.
func (r *reader) read(doc []byte, s shape) (*gofeed.Feed, error) {
	if s.root == "{" && !s.list {
		return nil, &NotFeed{"the answer is a JSON object without items: " + shorten(string(doc[:min(len(doc), 60)]))}
	}
	if s.broken == "" {
		whole, err := parseWhole(doc)
		switch {
		case err != nil:
			s.broken = err.Error()
		case len(whole.Items) >= len(s.entries):
			return whole, nil
		default:
			s.broken = fmt.Sprintf("%d of %d entries can be read", len(whole.Items), len(s.entries))
		}
	}
	r.note("the feed is broken and was mended: " + s.broken)
	mended, err := parseHead(doc, s)
	if err != nil && len(s.entries) == 0 {
		return nil, &NotFeed{fmt.Sprintf("it cannot be mended: %v", err)}
	}
	mended.Items = r.salvage(doc, s)
	return mended, nil
}

// parseHead reads what stands before the entries, mended; on error the feed is
// empty.
func parseHead(doc []byte, s shape) (*gofeed.Feed, error) {
	if s.root == "{" {
		return &gofeed.Feed{}, nil
	}
	f, err := parseWhole(mend(doc[:s.head]))
	if err != nil {
		return &gofeed.Feed{}, err
	}
	return f, nil
}

// salvage reads each entry alone, inside the feed's own start tags, which hold
// its namespaces and base address.
func (r *reader) salvage(doc []byte, s shape) []*gofeed.Item {
	before, after := shell(s)
	var items []*gofeed.Item
	for i, e := range s.entries {
		switch {
		case e.long:
			r.note(fmt.Sprintf("entry %d of %d was dropped: a piece of it is longer than %v", i+1, len(s.entries), Size(maxToken)))
			continue
		case e.cut:
			r.note(fmt.Sprintf("entry %d of %d was dropped: the document ends inside it", i+1, len(s.entries)))
			continue
		}
		piece := doc[e.start:e.end]
		if s.root != "{" {
			piece = mend(piece)
		}
		f, err := parseWhole(bytes.Join([][]byte{before, piece, after}, nil))
		if err == nil && len(f.Items) == 0 {
			err = errors.New("it is in a vocabulary that is not known")
		}
		if err != nil {
			r.note(fmt.Sprintf("entry %d of %d was dropped: %v", i+1, len(s.entries), err))
			continue
		}
		items = append(items, f.Items[0])
	}
	return items
}

// shell is what an entry needs around it to be a feed.
func shell(s shape) (before, after []byte) {
	if s.root == "{" {
		return []byte(`{"version":"https://jsonfeed.org/version/1.1","items":[`), []byte(`]}`)
	}
	open := [][]byte{s.rootTag}
	if s.root == "rss" && s.channel != nil {
		open = append(open, s.channel)
	}
	m := mender{lexer: lexer{doc: bytes.Join(open, nil)}}
	for m.lexer.next() {
		m.token()
	}
	before = bytes.Clone(m.out.Bytes())
	m.out.Reset()
	m.closeTo(0)
	return before, m.out.Bytes()
}

// parseWhole reads one document by gofeed. A parser is made for each: they are
// not to be shared.
func parseWhole(doc []byte) (*gofeed.Feed, error) {
	p := gofeed.NewParser()
	p.RSSTranslator = &gofeed.DefaultRSSTranslator{DisableContentImageScan: true}
	p.KeepOriginalFeed = true
	return p.Parse(bytes.NewReader(doc))
}

// ttl is how long a feed asks to be left alone: <ttl> in minutes, else the
// syndication module's period and frequency.
func ttl(f *gofeed.Feed) time.Duration {
	if original, ok := f.OriginalFeed().(*rss.Feed); ok {
		if minutes, err := strconv.Atoi(strings.TrimSpace(original.TTL)); err == nil && minutes > 0 {
			return clampAsked(time.Duration(min(minutes, 24*60)) * time.Minute)
		}
	}
	periods := map[string]time.Duration{
		"hourly": time.Hour, "daily": 24 * time.Hour, "weekly": maxAsked, "monthly": maxAsked, "yearly": maxAsked,
	}
	period := periods[strings.ToLower(extension(f.Extensions, "sy", "updatePeriod"))]
	frequency, err := strconv.Atoi(extension(f.Extensions, "sy", "updateFrequency"))
	if err != nil || frequency < 1 {
		frequency = 1
	}
	return period / time.Duration(frequency)
}

// extension is the text of the first element of that name, or "".
func extension(e ext.Extensions, prefix, name string) string {
	if found := e[prefix][name]; len(found) > 0 {
		return strings.TrimSpace(found[0].Value)
	}
	return ""
}
