package rules

import (
	"strings"
	"unicode/utf8"

	"presswatch/watcher/text"
)

// pattern is one word of a term.
type pattern struct {
	text   text.Word
	prefix bool // stands for all words that begin so
}

// patternsOf splits a term's text into words. A mistake is told with its offset
// in s.
func patternsOf(s string) ([]pattern, []Mistake) {
	var out []pattern
	var mistakes []Mistake
	analysed := text.Analyse(s, "")
	stars := strings.Count(s, "*")
	for _, w := range analysed.Words {
		p := pattern{text: w, prefix: strings.HasPrefix(s[w.End:], "*")}
		if p.prefix {
			stars--
			mistakes = append(mistakes, judgePrefix(s, w)...)
		}
		out = append(out, p)
	}
	if stars > 0 {
		mistakes = append(mistakes, Mistake{Place{strings.IndexByte(s, '*'), len(s)}, "* stands only at the end of a word",
			"coop* finds coopération; a word cannot be searched by its end or middle"})
	}
	if len(out) == 0 && len(mistakes) == 0 {
		mistakes = append(mistakes, Mistake{Place{0, len(s)}, "there is no word in " + quoted(s), "a word has letters or digits"})
	}
	return out, mistakes
}

func judgePrefix(s string, w text.Word) []Mistake {
	at := Place{w.Start, w.End + 1}
	if after, _ := utf8.DecodeRuneInString(s[w.End+1:]); w.End+1 < len(s) && len(text.Fold(string(after))) > 0 {
		return []Mistake{{at, "* stands only at the end of a word", "coop* finds coopération; a word cannot be searched by its end or middle"}}
	}
	if utf8.RuneCountInString(w.Folded) < 2 {
		return []Mistake{{at, quoted(s[w.Start:w.End]+"*") + " begins too many words", "give at least two letters before *"}}
	}
	return nil
}

// tidy puts a term's white space and quotes in order, so that it prints as it
// parses.
func tidy(s string) string {
	s = strings.Map(func(r rune) rune {
		if quoteRune(r) {
			return ' '
		}
		return r
	}, strings.ToValidUTF8(s, " "))
	return strings.Join(strings.Fields(s), " ")
}

// quoted shows what somebody typed within a message.
func quoted(s string) string { return "`" + s + "`" }
