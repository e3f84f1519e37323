package rules

import (
	"strings"
	"unicode/utf8"

	"presswatch/watcher/text"
)

// pattern is one word of a term.
type pattern struct {
	text   *text.Form
	prefix bool // stands for all words that begin so
}

// patternsOf splits a term's text into words. A mistake is told with its offset
// in s.
func patternsOf(s string) ([]pattern, []Mistake) {
	var out []pattern
	var mistakes []Mistake
	analysed := text.Analyse(s, "")
	stars := strings.Count(s, "*")
	for i, w := range analysed.Words {
		p := pattern{text: analysed.Form(i), prefix: strings.HasPrefix(s[w.End:], "*")}
		if p.prefix {
			stars--
			mistakes = append(mistakes, judgePrefix(s, int(w.Start), int(w.End))...)
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

// judgePrefix looks at the word s[from:to], behind which a star stands.
func judgePrefix(s string, from, to int) []Mistake {
	at := Place{from, to + 1}
	if after, _ := utf8.DecodeRuneInString(s[to+1:]); to+1 < len(s) && len(text.Fold(string(after))) > 0 {
		return []Mistake{{at, "* stands only at the end of a word", "coop* finds coopération; a word cannot be searched by its end or middle"}}
	}
	if utf8.RuneCountInString(text.Fold(s[from:to])) < 2 {
		return []Mistake{{at, quoted(s[from:to]+"*") + " begins too many words", "give at least two letters before *"}}
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
