package text

import (
	"unicode"
	"unicode/utf8"
)

// Mend takes words apart that lost the space between them ("legénéral",
// "quai-portde"). The texts are those of one article, in one language, as
// Analyse gives them; known says which folded forms are words to the caller, nil
// if it knows none. Offsets stay those of the raw text. A text that needs no
// mending is returned as it is.
//
// A word is a suspect where neither a list nor the caller knows it. It is taken
// apart where its parts together are likelier than the whole. How likely glue is
// is learnt from the article: its clear cases are cut first, at a dear price;
// where there are several, spaces were lost all over, and everything is looked at
// again at a cheap one, also the words that are known but rare (par|les). So a
// page in order keeps its names and rarities, and a broken page is read as what
// it was.
func Mend(texts []*Text, known func(folded string) bool) []*Text {
	if len(texts) == 0 {
		return texts
	}
	m := newMender(texts[0].Language, known)
	bytes := 0
	for _, t := range texts {
		bytes += len(t.Raw)
	}
	m.begin(bytes)
	for i, t := range texts {
		for j := range t.Words {
			m.see(t, i, j)
		}
	}
	return m.mend(texts)
}

const (
	shortWord    = 4   // letters from which a word goes by its folded form in the lists
	farGlue      = 64  // bytes; what is longer is no text
	bytesPerWord = 9   // different ones, about; what is wrong costs time alone
	fewGlued     = 2   // clear cases from which an article counts as broken,
	oftenGlued   = 150 // if there is one in so many words
)

// mender mends one article after another.
type mender struct {
	lexicon *lexicon
	known   func(folded string) bool
	elides  bool // the language writes apostrophes where it elides
	dear    price
	// remembered gives the numbers of the forms that parts have; nil where no Reader
	// remembers any.
	remembered func(t *Text, raw string) int32

	// of the article at hand
	price    price
	broken   bool // the price is the cheap one
	seen     tally
	words    int
	suspects []suspect
	token    token // the one at hand; its memory serves the next
	fetched  int   // of no use but that it was read
}

func newMender(language string, known func(folded string) bool) *mender {
	if known == nil {
		known = func(string) bool { return false }
	}
	m := &mender{lexicon: lexiconOf(language), known: known, dear: dear}
	m.elides = m.lexicon.class(hash("l'"))+m.lexicon.class(hash("d'")) > 0
	if m.lexicon.words == 0 {
		m.dear.cut = unlistedCut // what is no word elsewhere must do to tell
	}
	return m
}

// suspect is a word that may be several.
type suspect struct{ text, word int }

// begin begins an article of so many bytes.
func (m *mender) begin(bytes int) {
	m.price, m.broken, m.words = m.dear, false, 0
	m.suspects = m.suspects[:0]
	m.seen.begin(bytes / bytesPerWord)
}

// see takes note of a word of the article.
func (m *mender) see(t *Text, text, word int) {
	s := m.spellingOf(t, word)
	if m.note(s.fold, s.traits, t.Raw[t.Words[word].End:]) {
		m.suspects = append(m.suspects, suspect{text, word})
	}
}

// note takes note of a word of the article, whose folded form has that number, of which
// that is known and behind which that follows. It reports whether it is a suspect.
func (m *mender) note(fold uint32, is traits, behind string) bool {
	m.words++
	m.seen.add(fold, is)
	return is&strange != 0 || is&eliding == 0 && behind != "" && apostrophe(behind)
}

// mend mends the texts of the article whose words were seen.
func (m *mender) mend(texts []*Text) []*Text {
	cuts, clear := m.cut(texts, m.suspects)
	if clear >= fewGlued && clear*oftenGlued >= m.words {
		m.price, m.broken = cheap, true
		cuts, _ = m.cut(texts, m.doubtful(texts))
	}
	if len(cuts) == 0 {
		return texts
	}
	mended := append([]*Text(nil), texts...)
	for len(cuts) > 0 {
		n := 1
		for n < len(cuts) && cuts[n].text == cuts[0].text {
			n++
		}
		mended[cuts[0].text] = m.cutAt(texts[cuts[0].text], cuts[:n])
		cuts = cuts[n:]
	}
	return mended
}

// doubtful lists all words that are not common.
func (m *mender) doubtful(texts []*Text) (suspects []suspect) {
	for i, t := range texts {
		for j := range t.Words {
			s := m.spellingOf(t, j)
			if s.class == 0 || s.class >= accented || s.traits&eliding == 0 && m.elided(t, j) {
				suspects = append(suspects, suspect{i, j})
			}
		}
	}
	return suspects
}

// spelling is what the lists say of one spelling of a word.
type spelling struct {
	fold     uint32 // the number of its folded form in the tally
	class    wordClass
	traits   traits
	kept     uint8 // how many findings
	findings findings
}

// spellingOf looks a word up, unless its Reader has done so.
func (m *mender) spellingOf(t *Text, word int) *spelling {
	f := t.Form(word)
	if m.remembered != nil {
		return &f.spelling
	}
	s := m.lookUp(f, t.at(word))
	return &s
}

func (m *mender) lookUp(f *Form, raw string) spelling {
	h := hash(f.Folded)
	s := spelling{fold: m.seen.number(tagOf(h))}
	short := len(f.Exact) < 2*shortWord && utf8.RuneCountInString(f.Exact) < shortWord
	if short {
		s.class = m.lexicon.class(hash(f.Exact))
	} else if s.class = m.lexicon.class(h); s.class == accented && f.Exact != f.Folded {
		s.class = rare
	}
	if s.class == 0 || s.class == accented {
		s.traits |= strange
	}
	if capital(raw) {
		s.traits |= named
	}
	if !m.elides || m.lexicon.class(hashOn(hash(f.Exact), '\'')) > 0 {
		s.traits |= eliding
	}
	return s
}

// elided reports whether an apostrophe follows a word: it should be one of the few
// that lose their last letter.
func (m *mender) elided(t *Text, word int) bool {
	behind := t.Raw[t.Words[word].End:]
	return m.elides && behind != "" && apostrophe(behind)
}

func capital(s string) bool {
	if c := s[0]; c < utf8.RuneSelf {
		return 'A' <= c && c <= 'Z'
	}
	return unicode.IsUpper(firstRune(s))
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
