package eval

import (
	"net/url"
	"slices"
	"strings"

	"presswatch/rules"
	"presswatch/watcher/article"
	"presswatch/watcher/extract"
)

// Press is what a configuration knows of the papers that records come from.
type Press struct {
	Sources []Source
	Marks   extract.Marks // of every source, and of records from none of them
}

// Source is a publisher's edition.
type Source struct {
	ID, Publisher, Language string
	Hosts                   []string
	Marks                   extract.Marks // its own, beside those of every source
}

// Read makes of a record what reading its page would make: what is known of it,
// and its zones by the marks of its source. The record's language counts, else
// its source's.
func (p Press) Read(a Article) (rules.About, []article.Zone) {
	source, known := p.source(a)
	about := rules.About{Source: source.ID, Publisher: source.Publisher, Language: a.Lang, URL: a.URL, Published: a.Published.Latest()}
	if about.Language == "" {
		about.Language = source.Language
	}
	if !known {
		about.Publisher = a.Source
	}
	zones := extract.FromText(a.Title, a.Lead, a.Text, p.Marks.With(source.Marks))
	for _, caption := range a.Captions {
		zones = append(zones, article.Zone{Kind: article.Caption, Text: caption})
	}
	for _, t := range a.Teasers {
		zones = append(zones, article.Zone{Kind: article.Teaser, Text: strings.TrimSpace(t.Title + "\n" + t.Text)})
	}
	return about, zones
}

// Document is a record as the rules of a set read it.
func (p Press) Document(set *rules.Set, a Article) *rules.Document {
	return set.Document(p.Read(a))
}

// source finds the edition that a record names: by its id, else among the
// editions of that publisher the one at whose address it stands, else the one in
// its language. A publisher with a single edition has no other. A record without
// a language is not guessed into one of several editions.
func (p Press) source(a Article) (Source, bool) {
	var editions []Source
	for _, s := range p.Sources {
		if s.ID == a.Source {
			return s, true
		}
		if s.Publisher == a.Source && a.Source != "" {
			editions = append(editions, s)
		}
	}
	for _, fits := range []func(Source) bool{
		func(s Source) bool { return slices.Contains(s.Hosts, hostOf(a.URL)) },
		func(s Source) bool { return s.Language == a.Lang },
		func(Source) bool { return len(editions) == 1 },
	} {
		if i := slices.IndexFunc(editions, fits); i >= 0 {
			return editions[i], true
		}
	}
	return Source{}, false
}

func hostOf(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	return u.Host
}
