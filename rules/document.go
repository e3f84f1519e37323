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
	words     int // how many
	sentences []stretch
	// reading is what a query reads that names no zone: title, lead and body.
	reading []stretch
	// paragraphs, like sentences, in the order of the text.
	paragraphs []stretch
	// set is the one that made the document, if any; then senses are what the forms of its
	// words stand for there.
	set    *Set
	senses senses
}

// zone is a zone of the document with what stands before it. Where a word stands is
// found by its zone: few words of an article are ever asked.
type zone struct {
	kind       article.ZoneKind
	index      int // in the zones given
	text       *text.Text
	words      stretch
	sentences  int // of the document, before its first
	paragraphs int
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
	reader.learn(s.dictionary, about.Language)
	d.set, d.senses = s, reader.senses
	return d
}

func newDocument(about About, zones []article.Zone, read func(raws []string) []*text.Text) *Document {
	d := &Document{about: about, zones: make([]zone, 0, len(zones)), reading: make([]stretch, 0, len(zones))}
	raws := make([]string, 0, len(zones))
	for _, kind := range []article.ZoneKind{article.Title, article.Lead, article.Body, article.Caption} {
		for i, z := range zones {
			if z.Kind == kind {
				d.zones, raws = append(d.zones, zone{kind: kind, index: i}), append(raws, z.Text)
			}
		}
	}
	texts := read(raws)
	sentences, paragraphs := 0, 0
	for _, t := range texts {
		sentences, paragraphs = sentences+len(t.Sentences), paragraphs+len(t.Paragraphs)
	}
	d.sentences, d.paragraphs = make([]stretch, 0, sentences), make([]stretch, 0, paragraphs)
	for i, t := range texts {
		d.add(&d.zones[i], t)
	}
	return d
}

// add has the words of a zone follow those of the zones before.
func (d *Document) add(z *zone, t *text.Text) {
	first := d.words
	d.words += len(t.Words)
	z.text, z.words, z.sentences, z.paragraphs = t, stretch{first, d.words}, len(d.sentences), len(d.paragraphs)
	for _, s := range t.Sentences {
		d.sentences = append(d.sentences, stretch{first + s.From, first + s.To})
	}
	for _, p := range t.Paragraphs {
		d.paragraphs = append(d.paragraphs, stretch{first + t.Sentences[p.From].From, first + t.Sentences[p.To-1].To})
	}
	if z.kind != article.Caption && len(t.Words) > 0 {
		d.reading = append(d.reading, z.words)
	}
}

// of is the words of all zones of a kind.
func (d *Document) of(kind article.ZoneKind) (scope []stretch) {
	for _, z := range d.zones {
		if z.kind == kind && len(z.text.Words) > 0 {
			scope = append(scope, z.words)
		}
	}
	return scope
}

// zoneOf is the zone in which a word stands.
func (d *Document) zoneOf(word int) *zone {
	i := 0
	for d.zones[i].words.to <= word {
		i++
	}
	return &d.zones[i]
}

// word is the word of the zone that has that number in the document.
func (z *zone) word(i int) text.Word { return z.text.Words[i-z.words.from] }

// form is what a word stands for.
func (d *Document) form(i int) *text.Form {
	z := d.zoneOf(i)
	return z.text.Form(i - z.words.from)
}

// sentenceOf is the number of the sentence in which a word stands.
func (d *Document) sentenceOf(word int) int {
	z := d.zoneOf(word)
	return z.sentences + int(z.word(word).Sentence)
}

// paragraphOf is the number of the paragraph in which a word stands.
func (d *Document) paragraphOf(word int) int {
	z := d.zoneOf(word)
	return z.paragraphs + z.text.Sentences[z.word(word).Sentence].Paragraph
}
