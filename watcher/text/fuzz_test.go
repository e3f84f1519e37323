package text_test

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"presswatch/watcher/text"
)

func FuzzAnalyse(f *testing.F) {
	for _, s := range []string{
		"", "Hanoï (VNA) - Le Vietnam–Laos.", "l’armée.Le", "Ho\u0302\u0300i\u200b", "U.S.A.\n\nx", "\xff\xfeab", "½ ﬁ İ ẞ K Å",
		"老挝。ລາວ ที่", "a.\u00a0» B", "한국어 ϓ ΐ", "1. A. b", "\u0301a\u00ad", "ŉ ﷺ ﬃ ǆ", "…!?\n \n。", "ຳ\xba", "が ｶﾞ 豈", "\u0730\u031d", "ท\u08f5\u0e48",
	} {
		f.Add(s, "fr")
		f.Add(s, "")
	}
	f.Fuzz(func(t *testing.T, raw, language string) {
		a := text.Analyse(raw, language)
		check(t, a)
		once := text.Fold(raw)
		if twice := text.Fold(once); twice != once {
			t.Errorf("folding %q gives %q, folding that %q", raw, once, twice)
		}
		for i, w := range a.Words {
			form := a.Form(i)
			if want := exactly(raw[w.Start:w.End]); form.Exact != want {
				t.Errorf("the exact form of %q is %q, want %q", raw[w.Start:w.End], form.Exact, want)
			}
			if again := text.Analyse(form.Exact, language); len(again.Words) != 1 || again.Form(0).Exact != form.Exact {
				t.Errorf("the exact form %q of %q is not its own", form.Exact, raw[w.Start:w.End])
			}
			if a.Stem(i) == "" {
				t.Errorf("%q has no stem", form.Folded)
			}
		}
	})
}

// exactly is the exact form of a word as the package describes it.
func exactly(raw string) string {
	return norm.NFC.String(strings.Map(func(r rune) rune {
		if r == '.' || unicode.Is(unicode.Cf, r) {
			return -1
		}
		return unicode.ToLower(r)
	}, raw))
}

// check holds a text against the invariants of the package.
func check(t *testing.T, a *text.Text) {
	t.Helper()
	at := 0
	for i, w := range a.Words {
		start, end := int(w.Start), int(w.End)
		if start < at || end <= start || end > len(a.Raw) || !boundary(a.Raw, start) || !boundary(a.Raw, end) {
			t.Fatalf("word %d at [%d,%d) of %d bytes, after %d", i, start, end, len(a.Raw), at)
		}
		at = end
		if form := a.Form(i); form.Folded == "" || form.Exact == "" {
			t.Fatalf("word %d has an empty form", i)
		}
		s := a.Sentences[w.Sentence]
		if i < s.From || i >= s.To || start < s.Start || end > s.End {
			t.Fatalf("word %d [%d,%d) is not in its sentence [%d,%d)", i, start, end, s.Start, s.End)
		}
	}
	next, end := 0, 0
	for i, s := range a.Sentences {
		if s.From != next || s.To <= s.From || s.Start < end || !boundary(a.Raw, s.Start) || !boundary(a.Raw, s.End) {
			t.Fatalf("sentence %d %+v does not follow the one before, which ends at %d", i, s, end)
		}
		if q := a.Raw[s.Start:s.End]; strings.TrimSpace(q) != q {
			t.Fatalf("sentence %d has space around: %q", i, q)
		}
		p := a.Paragraphs[s.Paragraph]
		if i < p.From || i >= p.To {
			t.Fatalf("sentence %d is not in its paragraph %+v", i, p)
		}
		next, end = s.To, s.End
	}
	if next != len(a.Words) {
		t.Fatalf("%d of %d words are in sentences", next, len(a.Words))
	}
}

func boundary(s string, i int) bool { return i == len(s) || utf8.RuneStart(s[i]) || invalid(s, i) }

// invalid reports whether s[i] is a stray byte, which is its own character.
func invalid(s string, i int) bool {
	for j := max(0, i-utf8.UTFMax); j < i; j++ {
		if r, n := utf8.DecodeRuneInString(s[j:]); r != utf8.RuneError && j+n > i {
			return false
		}
	}
	return true
}
