package rules

import (
	"time"

	"presswatch/watcher/article"
	"presswatch/watcher/text"
)

// About is what is known of an article apart from its text.
type About struct {
	Source    string // the source's id
	Publisher string
	Language  string // ISO 639 code; chooses stems
	Author    string
	URL       string
	Sections  []string
	Published time.Time // its day is the one its own location says
}

// Document is an article as rules read it: zones in the order title, lead,
// body, captions, their words numbered through. It may be matched against any
// number of sets, also at once.
type Document struct {
	about     About
	zones     []zone
	words     []place // of each word
	sentences []stretch
	// reading is what a query reads that names no zone: title, lead and body.
	reading []stretch
	// paragraphs, like sentences, in the order of the text.
	paragraphs []stretch
	// set is the one that made the document, if any, and found what it looks for.
	set   *Set
	found []occurrence
}

// zone is a zone of the document with where its words begin.
type zone struct {
	kind  article.ZoneKind
	index int // in the zones given
	text  *text.Text
	first int // number of its first word
}

// place is where a word stands.
type place struct {
	zone      int32 // index in zones
	sentence  int32 // index in sentences
	paragraph int32 // index in paragraphs
}

// stretch is a range of words [from, to).
type stretch struct{ from, to int }

func (s stretch) within(o stretch) bool { return o.from <= s.from && s.to <= o.to }

// NewDocument prepares an article for matching. zones are in any order; an
// evidence's Index counts in them. Teasers are left out: no rule reads them.
// Words that lost the space between them are taken apart; Set.Document knows more
// words to do so.
func NewDocument(about About, zones []article.Zone) *Document {
	return newDocument(about, zones, func(raws []string) []*text.Text {
		texts := make([]*text.Text, len(raws))
		for i, raw := range raws {
			texts[i] = text.Analyse(raw, about.Language)
		}
		return text.Mend(texts, nil)
	})
}

// Document prepares an article as NewDocument does, takes the words that the
// set's rules name for words, and is matched faster by this set.
func (s *Set) Document(about About, zones []article.Zone) *Document {
	desk := s.sit()
	defer s.leave(desk)
	reader := desk.reader(s.dictionary, about.Language)
	d := newDocument(about, zones, reader.text.Read)
	d.set, d.found = s, reader.find(s.dictionary, d)
	return d
}

func newDocument(about About, zones []article.Zone, read func(raws []string) []*text.Text) *Document {
	d := &Document{about: about}
	var kinds []article.ZoneKind
	var indices []int
	var raws []string
	for _, kind := range []article.ZoneKind{article.Title, article.Lead, article.Body, article.Caption} {
		for i, z := range zones {
			if z.Kind == kind {
				kinds, indices, raws = append(kinds, kind), append(indices, i), append(raws, z.Text)
			}
		}
	}
	texts := read(raws)
	words, sentences := 0, 0
	for _, t := range texts {
		words, sentences = words+len(t.Words), sentences+len(t.Sentences)
	}
	d.words, d.sentences = make([]place, 0, words), make([]stretch, 0, sentences)
	d.zones, d.reading = make([]zone, 0, len(texts)), make([]stretch, 0, len(texts))
	for i, t := range texts {
		d.add(kinds[i], indices[i], t)
	}
	return d
}

func (d *Document) add(kind article.ZoneKind, index int, t *text.Text) {
	first, sentences, paragraphs := len(d.words), len(d.sentences), len(d.paragraphs)
	for i, s := range t.Sentences {
		p := place{int32(len(d.zones)), int32(sentences + i), int32(paragraphs + s.Paragraph)}
		for range s.To - s.From {
			d.words = append(d.words, p)
		}
		d.sentences = append(d.sentences, stretch{first + s.From, first + s.To})
	}
	for _, p := range t.Paragraphs {
		d.paragraphs = append(d.paragraphs, stretch{first + t.Sentences[p.From].From, first + t.Sentences[p.To-1].To})
	}
	d.zones = append(d.zones, zone{kind, index, t, first})
	if kind != article.Caption && len(t.Words) > 0 {
		d.reading = append(d.reading, stretch{first, len(d.words)})
	}
}

// of is the words of all zones of a kind.
func (d *Document) of(kind article.ZoneKind) (scope []stretch) {
	for i, z := range d.zones {
		if z.kind == kind && len(z.text.Words) > 0 {
			scope = append(scope, d.wordsOf(i))
		}
	}
	return scope
}

func (d *Document) wordsOf(zone int) stretch {
	z := d.zones[zone]
	return stretch{z.first, z.first + len(z.text.Words)}
}

// word is a word with its forms.
func (d *Document) word(i int) text.Word {
	z := d.zones[d.words[i].zone]
	return z.text.Words[i-z.first]
}
