package text

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Words that lost the space between them ("legénéral", "Nord-Sudest") are
// taken apart where their parts are words and the whole is none. What a word is
// is learnt from three places: the shipped lists of the language, the caller's
// own vocabulary, and the article's other words, which often say the same thing
// unbroken. A part is a short function word, or a word that is known; a name is
// one that stands by itself elsewhere in the article or in the vocabulary.
// A language without a list is left alone but for names run together.
const (
	shortWord  = 4   // from so many letters on a word is looked up in the long list
	function   = 500 // short parts are among so many of the most common words
	aLetter    = 60  // and parts of one letter among so many
	shortGlue  = 4   // fewer letters are never taken apart
	farGlue    = 34  // nor more: that is no text
	fewest     = 35  // the cost of a known word that is not among the common ones
	partsMost  = 3
	splitPrice = 40
)

// Mend takes words apart that lost the space between them. The texts are those
// of one article, in one language; known says which folded forms are words to
// the caller, nil if it knows none. Offsets stay those of the raw text. A text
// that needs no mending is returned as it is.
func Mend(texts []*Text, known func(folded string) bool) []*Text {
	if len(texts) == 0 {
		return texts
	}
	if known == nil {
		known = func(string) bool { return false }
	}
	m := &mender{lexicon: lexiconOf(texts[0].Language), known: known, texts: texts}
	mended := make([]*Text, len(texts))
	for i, t := range texts {
		mended[i] = m.mend(t)
	}
	return mended
}

type mender struct {
	lexicon *lexicon
	known   func(folded string) bool
	texts   []*Text        // of the article, as they were
	names   map[string]int // how often a folded form stands in texts as a name; nil until it is asked for
	// reader counts names instead, if there is one; what is asked of it is noted.
	reader  *Reader
	present []*name
	absent  []uint32
}

func isNamed(raw string) bool { return capital(raw) && innerCapital(raw) < 0 }

// mend returns the text with its glued words taken apart.
func (m *mender) mend(t *Text) *Text {
	var words []Word
	for i, w := range t.Words {
		cuts := m.cuts(t, i)
		if len(cuts) > 0 && words == nil {
			words = append(make([]Word, 0, len(t.Words)+8), t.Words[:i]...)
		}
		if words == nil {
			continue
		}
		if len(cuts) == 0 {
			words = append(words, w)
			continue
		}
		start := w.Start
		for _, cut := range append(cuts, w.End) {
			words = append(words, wordAt(t.Raw, start, cut))
			start = cut
		}
	}
	if words == nil {
		return t
	}
	mended := &Text{Raw: t.Raw, Language: t.Language, Words: words}
	mended.partition()
	return mended
}

// wordAt is the word that raw[start:end] spells.
func wordAt(raw string, start, end int) Word {
	s := scanner{raw: raw, start: start, end: end}
	return Word{Start: start, End: end, Form: s.form()}
}

// cuts are the places at which word i is to be taken apart, in bytes of the raw
// text; none where it is a word, or nothing better is known.
func (m *mender) cuts(t *Text, i int) []int {
	w := t.Words[i]
	raw := t.Raw[w.Start:w.End]
	if m.sound(w.Folded, raw) {
		return nil
	}
	elided := w.End < len(t.Raw) && apostrophe(t.Raw[w.End:])
	numbered, inner := numbered(w.Folded), innerCapital(raw) >= 0
	switch {
	case len(w.Folded) < shortGlue && !elided && !numbered:
		return nil
	case elided && m.lexicon != nil && m.lexicon.elides(w.Exact):
		return nil
	case !inner && !numbered && m.isName(w.Folded, raw):
		return nil
	}
	g := glue{m: m, elided: elided, opens: i == t.Sentences[w.Sentence].From, inner: inner, best: cutting{cost: 1 << 20}}
	g.spell(raw)
	g.search(0, cutting{})
	if len(g.best.at) == 0 {
		return nil
	}
	cuts := make([]int, len(g.best.at))
	for j, at := range g.best.at {
		cuts[j] = w.Start + g.bytes[at]
	}
	return cuts
}

// sound reports whether a word is one word wherever it stands: what most are.
func (m *mender) sound(folded, raw string) bool {
	if len(folded) < shortGlue-2 || len(folded) > farGlue {
		return true
	}
	inner := innerCapital(raw) >= 0
	if m.lexicon == nil || m.lexicon.known.has(folded) {
		return !inner || m.known(folded) || allCapitals(raw)
	}
	return m.known(folded) || allCapitals(raw)
}

// isName reports whether a word with a capital also stands elsewhere: a name is
// one word, unless it begins with another name of the article.
func (m *mender) isName(folded, raw string) bool {
	if !capital(raw) {
		return false
	}
	for cut := shortWord; cut+2 <= len(folded); cut++ {
		if m.known(folded[:cut]) || m.named(folded[:cut]) {
			return false
		}
	}
	return m.again(folded)
}

// glue is one token on its way to its parts. Places in it are counted in
// characters that may begin a word, so that a mark stays with its letter.
type glue struct {
	m      *mender
	raw    string
	bytes  []int  // of raw, of each place; the last is its end
	folded string // of the whole token
	folds  []int  // bytes of folded, of each place
	elided bool   // an apostrophe follows: the last part may be what was elided
	opens  bool   // it opens a sentence: its capital says nothing
	inner  bool   // a capital follows a small letter somewhere
	best   cutting
}

// spell finds the places of a token and folds it.
func (g *glue) spell(raw string) {
	g.raw = raw
	var folded []byte
	for i := 0; i < len(raw); {
		f, size := formOf(raw[i:])
		if f.class == letter || f.class == digit {
			g.bytes, g.folds = append(g.bytes, i), append(g.folds, len(folded))
		}
		folded = append(folded, f.fold...)
		i += size
	}
	g.bytes, g.folds = append(g.bytes, len(raw)), append(g.folds, len(folded))
	g.folded = string(folded)
}

func (g *glue) last() int { return len(g.bytes) - 1 }

// rawOf and foldOf are the part between two places.
func (g *glue) rawOf(from, to int) string  { return g.raw[g.bytes[from]:g.bytes[to]] }
func (g *glue) foldOf(from, to int) string { return g.folded[g.folds[from]:g.folds[to]] }

// rank is how common the word between two places is; a short one by its accents.
func (g *glue) rank(from, to int) (rank int, common bool) {
	if to-from < shortWord {
		rank, common = g.m.lexicon.common[strings.ToLower(g.rawOf(from, to))]
		return rank, common
	}
	rank, common = g.m.lexicon.common[g.foldOf(from, to)]
	return rank, common
}

func (g *glue) elides(from, to int) bool {
	return g.m.lexicon.elides(strings.ToLower(g.rawOf(from, to)))
}

type cutting struct {
	at   []int
	cost int
}

// search tries every way to go on from a place.
func (g *glue) search(from int, so cutting) {
	if so.cost >= g.best.cost {
		return
	}
	if len(so.at) > 0 {
		if cost, ok := g.part(from, g.last()); ok && so.cost+cost < g.best.cost {
			g.best = cutting{append([]int(nil), so.at...), so.cost + cost}
		}
	}
	if len(so.at) == partsMost-1 {
		return
	}
	for to := from + 1; to < g.last(); to++ {
		if cost, ok := g.part(from, to); ok {
			g.search(to, cutting{append(so.at[:len(so.at):len(so.at)], to), so.cost + cost + splitPrice})
		}
	}
}

// part says whether what stands between two places may be a part, and what it
// costs to think so.
func (g *glue) part(from, to int) (cost int, ok bool) {
	folded, letters := g.foldOf(from, to), to-from
	switch {
	case g.inner && innerCapital(g.rawOf(from, to)) >= 0:
		return 0, false
	case onlyDigits(folded):
		return 0, letters >= 2
	case letters >= shortWord-1 && g.m.known(folded):
		return fewest / 2, true
	case capital(g.rawOf(from, to)) && (letters >= shortWord || letters > 1 && g.betweenCapitals(to)) && g.m.named(folded):
		return fewest / 2, true
	case g.m.lexicon == nil, g.inner && capital(g.raw):
		return 0, false // two capitals: names alone make it two words
	case from > 0 && to == g.last() && letters >= shortWord-1 && capital(g.rawOf(from, to)) && g.onlyFunction(from):
		return fewest, true
	case to == g.last() && g.elided && from > 0 && letters < shortWord && g.elides(from, to):
		return 0, true
	}
	if !g.inner && capital(g.raw) && !g.behindName(from) && !g.asInNames(from, to) {
		return 0, false
	}
	return g.word(from, to)
}

// behindName reports whether what stands before a part is a name by itself.
func (g *glue) behindName(from int) bool {
	if from == 0 {
		return false
	}
	before := g.foldOf(0, from)
	return g.m.known(before) || from >= shortWord && g.m.named(before)
}

// asInNames holds the parts of a word with a capital that begins with no known
// name to what a name is seldom made of: a function word before a long word
// where a sentence opens, or two long common words ("Bureau politique").
func (g *glue) asInNames(from, to int) bool {
	rank, common := g.rank(from, to)
	switch rest := g.last() - to; {
	case from == 0 && to-from < shortWord:
		return g.opens && common && rank < aLetter && rest > shortWord
	case from == 0:
		return to-from > shortWord && common && rank < 10*function && rest > shortGlue
	}
	return to == g.last() && to-from > shortWord && common
}

// word is part for what is no name: a common word, or a known one beside one.
func (g *glue) word(from, to int) (cost int, ok bool) {
	rank, common := g.rank(from, to)
	switch letters := to - from; {
	case letters == 1:
		return 2 * splitPrice, common && rank < aLetter && !g.elides(from, to) && (numbered(g.folded) || g.last()-1 > shortGlue)
	case letters < shortWord:
		return rank / 20, common && rank < function
	case common:
		return rank / 200, true
	}
	return fewest, g.m.lexicon.known.has(g.foldOf(from, to)) && g.beside(from, to)
}

// beside reports whether a word that is known but not common may be a part: only
// beside a function word, a number, an elision or a name, or a common word of
// some length. Two rare words side by side are more often one rarer word.
func (g *glue) beside(from, to int) bool {
	rest := g.foldOf(0, from) + g.foldOf(to, g.last())
	if g.elided || g.m.known(rest) || onlyDigits(rest) {
		return true
	}
	rank, common := g.m.lexicon.common[strings.ToLower(g.rawOf(0, from)+g.rawOf(to, g.last()))]
	if !common && len(rest) >= shortWord {
		rank, common = g.m.lexicon.common[rest]
	}
	return common && (rank < function || len(rest) > shortWord && to-from > shortWord+2) || g.m.named(rest)
}

// betweenCapitals reports whether a part is parted from what follows by a
// capital: then even a short name is one.
func (g *glue) betweenCapitals(to int) bool {
	return g.inner && (to == g.last() || capital(g.raw[g.bytes[to]:]))
}

// onlyFunction reports whether all before a part is one function word: then what
// begins there with a capital is a name, though nothing else knows it.
func (g *glue) onlyFunction(to int) bool {
	rank, common := g.rank(0, to)
	return common && rank < function
}

func onlyDigits(folded string) bool {
	for i := range len(folded) {
		if folded[i] < '0' || folded[i] > '9' {
			return false
		}
	}
	return folded != ""
}

// numbered reports whether digits and letters stand in one word.
func numbered(folded string) bool {
	digits := 0
	for i := range len(folded) {
		if '0' <= folded[i] && folded[i] <= '9' {
			digits++
		}
	}
	return digits > 0 && digits < len(folded)
}

func capital(s string) bool { return unicode.IsUpper(firstRune(s)) }

// innerCapital is where a capital follows a small letter, -1 for nowhere.
func innerCapital(s string) int {
	small := false
	for i, r := range s {
		if small && unicode.IsUpper(r) {
			return i
		}
		small = unicode.IsLower(r)
	}
	return -1
}

func allCapitals(s string) bool {
	for _, r := range s {
		if unicode.IsLower(r) {
			return false
		}
	}
	return true
}

// apostrophe reports whether a text begins with an apostrophe of any shape.
func apostrophe(s string) bool {
	if c := s[0]; c < utf8.RuneSelf {
		return c == '\'' || c == '`'
	}
	switch firstRune(s) {
	case '’', 'ʼ', '‘', '´':
		return true
	}
	return false
}
