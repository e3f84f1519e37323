package rules

import (
	"presswatch/watcher/article"
	"presswatch/watcher/text"
)

// Range is a stretch of a document's words [From, To). Words are numbered through
// title, lead, body and captions, in this order.
type Range struct{ From, To int }

// Within reports whether all of r lies in o.
func (r Range) Within(o Range) bool { return o.From <= r.From && r.To <= o.To }

func ranged(s stretch) Range { return Range{s.from, s.to} }

// Words is how many words the document has.
func (d *Document) Words() int { return d.words }

// Word is what word i stands for.
func (d *Document) Word(i int) *text.Form { return d.form(i) }

// About is what is known of the article apart from its text.
func (d *Document) About() About { return d.about }

// SentenceOf is the sentence in which word i stands.
func (d *Document) SentenceOf(i int) Range { return ranged(d.sentences[d.sentenceOf(i)]) }

// ParagraphOf is the paragraph in which word i stands.
func (d *Document) ParagraphOf(i int) Range { return ranged(d.paragraphs[d.paragraphOf(i)]) }

// KindOf is the kind of the zone in which word i stands.
func (d *Document) KindOf(i int) article.ZoneKind { return d.zoneOf(i).kind }

// ZonesOf lists the words of the zones of a kind.
func (d *Document) ZonesOf(kind article.ZoneKind) (out []Range) {
	for _, s := range d.of(kind) {
		out = append(out, ranged(s))
	}
	return out
}

// Behind is the raw text between word i and the next word of its zone, or what
// ends the zone.
func (d *Document) Behind(i int) string {
	z := d.zoneOf(i)
	n := i - z.words.from
	if n+1 < len(z.text.Words) {
		return z.text.Raw[z.text.Words[n].End:z.text.Words[n+1].Start]
	}
	return z.text.Raw[z.text.Words[n].End:]
}

// Raw is the text of a range as it stands on the page. A range lies in one zone.
func (d *Document) Raw(r Range) string {
	z := d.zoneOf(r.From)
	return z.text.Raw[z.word(r.From).Start:z.word(r.To-1).End]
}

// Passages shows words as the sentences they stand in, with the words marked, the
// title's first and then as evidence is ordered.
func (d *Document) Passages(marks []Range) []article.Passage {
	r := reading{doc: d}
	stretches := make([]stretch, len(marks))
	for i, m := range marks {
		stretches[i] = stretch{m.From, m.To}
	}
	r.show(stretches, nil)
	return r.passages()
}
