package text_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"presswatch/watcher/text"
)

// sameButNumbers compares texts, and the forms of their words but not the forms' numbers.
var sameButNumbers = cmp.Transformer("read", func(t *text.Text) read {
	return read{t.Raw, t.Language, t.Sentences, t.Paragraphs, spelt(t)}
})

type read struct {
	Raw, Language string
	Sentences     []text.Sentence
	Paragraphs    []text.Paragraph
	Words         []speltWord
}

type speltWord struct {
	Start, End, Sentence int32
	Exact, Folded        string
}

func spelt(t *text.Text) []speltWord {
	words := make([]speltWord, len(t.Words))
	for i, w := range t.Words {
		words[i] = speltWord{w.Start, w.End, w.Sentence, t.Form(i).Exact, t.Form(i).Folded}
	}
	return words
}

// pieces of articles: what is glued in one is a name, an opening or nothing in
// the next.
var pieces = []string{"Le", "le", "legénéral", "Legénéral", "corpsd'armée", "Vietnam", "Vietnam-Laosen", "Laosen", "Laos", "qu'", "qu'il", "qu’", "ofPublic",
	"Zanten", "Zantenen", "deZanten", "zanten", "l'", "pour2013", "Lao.Le", "del'armée", "decoopération", "Bureau", "Bureaupolitique", "U.S.", "lào", "Hà",
	"HàNội", "armée", ".", ".\n\n", ",", "en", "2013", "\u200bl\u00adao", "asouligné"}

func TestAReaderReadsAsIfItRememberedNothing(t *testing.T) {
	known := func(folded string) bool { return folded == "laos" }
	rapid.Check(t, func(t *rapid.T) {
		language := rapid.SampledFrom([]string{"fr", "en", "vi", "xx", ""}).Draw(t, "language")
		reader := text.NewReader(language, known)
		for range rapid.IntRange(1, 6).Draw(t, "articles") {
			var raws []string
			for range rapid.IntRange(0, 3).Draw(t, "zones") {
				words := rapid.SliceOfN(rapid.SampledFrom(pieces), 0, 12).Draw(t, "words")
				raws = append(raws, strings.Join(words, rapid.SampledFrom([]string{" ", ""}).Draw(t, "space")))
			}
			compareReader(t, reader, language, raws, known)
		}
	})
}

func compareReader(t interface {
	Fatalf(format string, args ...any)
}, reader *text.Reader, language string, raws []string, known func(string) bool) {
	var want []*text.Text
	for _, raw := range raws {
		want = append(want, text.Analyse(raw, language))
	}
	want = text.Mend(want, known)
	got := reader.Read(raws)
	if d := cmp.Diff(want, got, sameButNumbers, cmpopts.EquateEmpty()); d != "" {
		t.Fatalf("%q in %q is read as something else (-without +with memory):\n%s", raws, language, d)
	}
	for _, g := range got {
		for i, w := range g.Words {
			if reader.Forms()[w.Number] != g.Form(i) {
				t.Fatalf("form %d of %q is another", w.Number, g.Form(i).Folded)
			}
		}
	}
}

func TestAReaderReadsArticlesAsIfItRememberedNothing(t *testing.T) {
	readers := map[string]*text.Reader{}
	known := func(folded string) bool { return folded == "laos" || folded == "defense" }
	eachLine(t, sharedFile(t, "corpus/long.articles.jsonl"), func(a glueTruth) {
		if readers[a.Lang] == nil {
			readers[a.Lang] = text.NewReader(a.Lang, known)
		}
		compareReader(t, readers[a.Lang], a.Lang, []string{a.Title, a.Lead, a.Text}, known)
	})
}

func FuzzReader(f *testing.F) {
	f.Add(strings.Join(pieces, " "), "Zanten et Zanten\n\ndeZanten", "fr")
	f.Add("l’armée.Le", "\xff\xfeab ½ ﬁ İ ẞ K Å", "en")
	f.Fuzz(func(t *testing.T, one, two, language string) {
		reader := text.NewReader(language, nil)
		for _, raws := range [][]string{{one, two}, {two}, {one}, {two, one}} {
			compareReader(t, reader, language, raws, nil)
		}
	})
}

func TestAReaderThatMetTooManySpellingsBeginsAfresh(t *testing.T) {
	reader := text.NewReader("", nil)
	var long strings.Builder
	for i := range text.MostForms + 1 {
		long.WriteString(string(rune('a'+i%26)) + string(rune('a'+i/26%26)) + string(rune('a'+i/676%26)) + string(rune('a'+i/17576)) + " ")
	}
	first := reader.Read([]string{long.String()})[0]
	words := spelt(first)
	if n := len(reader.Forms()); n != text.MostForms+1 {
		t.Fatalf("%d forms are remembered", n)
	}
	if reader.Read([]string{"abc"}); len(reader.Forms()) != 1 {
		t.Errorf("%d forms are remembered after another", len(reader.Forms()))
	}
	if d := cmp.Diff(words, spelt(first)); d != "" {
		t.Error("what was read first has changed:\n", d)
	}
}
