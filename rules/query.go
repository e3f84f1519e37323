package rules

import "presswatch/watcher/article"

// Query is a parsed query or a part of one: Term, Ref, And, Or, Not, Near,
// Together, First, AtLeast, Zone or Field. Its String parses back to an equal
// tree.
type Query interface {
	String() string
	// Span is where the query stands in the text it was parsed from.
	Span() Place
}

// Place is a range of bytes [Start, End) of a query's text.
type Place struct {
	Start int `json:"start"`
	End   int `json:"end"`
}

// Span is the place itself; it makes a Query of whatever embeds a Place.
func (p Place) Span() Place { return p }

// Term is a word or phrase. Words within Text that end in * stand for all words
// that begin so.
type Term struct {
	Place
	Text  string // as typed, white space put in order; analysed, never empty of words
	Exact bool   // diacritics count, stems do not
}

// Ref stands for the terms of a vocabulary.
type Ref struct {
	Place
	Name string
	// Language restricts the terms: "" all, a language's code its own and those
	// for any language, Own those of the article's language.
	Language string
}

// Own is the Ref.Language that stands for the language of the article at hand.
const Own = "own"

// And is true where all of its members are.
type And struct {
	Place
	Of []Query
}

// Or is true where one of its members is.
type Or struct {
	Place
	Of []Query
}

// Not is true where its operand is not.
type Not struct {
	Place
	Of Query
}

// Near is true where both operands stand in one zone, without overlapping, with
// at most Most words between them.
type Near struct {
	Place
	A, B    Query
	Most    int
	Ordered bool // A before B
}

// Unit is a stretch of text that Together looks at by itself.
type Unit string

// The units of text.
const (
	Sentence  Unit = "SENTENCE"
	Paragraph Unit = "PARAGRAPH"
)

// Together is true where its operand is, read on a single unit of text.
type Together struct {
	Place
	In Unit
	Of Query
}

// First is true where its operand is, read on the first Words words alone.
type First struct {
	Place
	Words int
	Of    Query
}

// AtLeast is true where its operand is found at that many places, none of
// which overlaps another.
type AtLeast struct {
	Place
	Times int
	Of    Query
}

// Zone reads its operand on the zones of one kind.
type Zone struct {
	Place
	Kind article.ZoneKind
	Of   Query
}

// Field asks for what is known of the article apart from its text.
type Field struct {
	Place
	Name  string // source, lang, section, author, url, published
	Value string // as typed
}
