package facts

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"presswatch/rules"
	"presswatch/watcher/strict"
	"presswatch/watcher/text"
)

// form is a compiled way of writing a period or a day.
type form struct {
	pieces []piece
	is     meaning
	attach []reach       // where it counts; everywhere when empty
	at     strict.Scalar // as written
}

// piece is a word, or a capture, of a form.
type piece struct {
	word    string // folded; "" for a capture
	capture string // year, from, to, until, day, month or n
	behind  string // what must stand between it and the piece before: "", -, /, ( or ,
}

// captured is what the captures of a form caught.
type captured map[string]int

// numbers are the numbers that captures take in words, by capture and folded word.
type numbers map[string]map[string]int

var formSyntax = regexp.MustCompile(`\{(\w+)\}|[-/,(]|[^\s{}/,(-]+`)

// captures are the names that a form may capture.
var captures = []string{"year", "from", "to", "until", "day", "month", "n"}

// formOf compiles a form. A word with marks inside it is several.
func formOf(at strict.Scalar, is meaning) (form, strict.Mistakes) {
	out := form{is: is, at: at}
	var mistakes strict.Mistakes
	between := ""
	for _, m := range formSyntax.FindAllStringSubmatchIndex(at.Value, -1) {
		token := at.Value[m[0]:m[1]]
		switch {
		case m[2] >= 0:
			name := at.Value[m[2]:m[3]]
			if !slices.Contains(captures, name) {
				mistakes = append(mistakes, at.Mistake(m[2], "unknown capture "+strconv.Quote(name), "known are {"+strings.Join(captures, "}, {")+"}"))
			}
			out.pieces = append(out.pieces, piece{capture: name, behind: between})
			between = ""
		case strings.Contains("-/,(", token):
			between = token
		default:
			for _, word := range strings.Fields(text.Fold(token)) {
				out.pieces = append(out.pieces, piece{word: word, behind: between})
				between = ""
			}
		}
	}
	if len(out.pieces) == 0 {
		mistakes = append(mistakes, at.Mistake(0, "the form has no words", "such as {from}-{to}"))
	}
	return out, mistakes
}

// match reads the form at word i of a document, of which it must lie in one
// sentence, and returns where it ends.
func (f form) match(d *rules.Document, i int, names numbers) (captured, int, bool) {
	end := d.SentenceOf(i).To
	if i+len(f.pieces) > end {
		return nil, 0, false
	}
	var found captured // made when there is something: most words begin no form
	for n, p := range f.pieces {
		if n > 0 && !joined(d.Behind(i+n-1), p.behind) {
			return nil, 0, false
		}
		word := d.Word(i + n).Folded
		if p.word != "" {
			if p.word != word {
				return nil, 0, false
			}
			continue
		}
		value, ok := read(p.capture, word, names, found)
		if !ok {
			return nil, 0, false
		}
		if found == nil {
			found = captured{}
		}
		found[p.capture] = value
	}
	return found, i + len(f.pieces), true
}

// joined reports whether what stands between two words is the mark asked for, or
// nothing that parts them.
func joined(between, mark string) bool {
	between = strings.TrimSpace(between)
	switch mark {
	case "-":
		return between == "-" || between == "–" || between == "—" || between == "‑" || between == "−"
	case ",", "(":
		return between == mark
	case "/":
		return between == "/" || between == "-" || between == "."
	}
	return !strings.ContainsAny(between, ",;:().-–—/")
}

// The years that a period may speak of.
const firstYear, lastYear = 1900, 2150

// read makes a number of a captured word.
func read(capture, word string, names numbers, found captured) (int, bool) {
	if word == "" || word[0] < '0' || word[0] > '9' {
		n, ok := names[capture][word]
		return n, ok
	}
	n, err := strconv.Atoi(word)
	if (capture == "n" || capture == "day") && err != nil { // 45e, 45th, 1er
		n, err = strconv.Atoi(strings.TrimRight(word, "abcdefghijklmnopqrstuvwxyz"))
	}
	if err != nil {
		n, ok := names[capture][word]
		return n, ok
	}
	switch capture {
	case "to":
		if len(word) == 2 { // 2020-24
			n += found["from"] / 100 * 100
		}
		return n, n > found["from"] && n <= lastYear
	case "year", "from", "until":
		return n, len(word) == 4 && n >= firstYear && n <= lastYear
	case "day":
		return n, n >= 1 && n <= 31
	case "month":
		return n, n >= 1 && n <= 12 && len(word) <= 2
	}
	return n, n >= 1 && n <= 100
}

// formed is a form read somewhere.
type formed struct {
	rules.Range
	value  string
	form   int     // index
	attach []reach // where it counts; everywhere when empty
}

// readForms reads the longest form at each word of a document; what is covered is
// read as nothing else, and skip is passed over.
func readForms(forms []form, d *rules.Document, names numbers, skip func(f form, at rules.Range) bool, value func(f form, c captured) string) (out []formed) {
	for i := 0; i < d.Words(); {
		best := formed{Range: rules.Range{From: i, To: i}}
		for n, f := range forms {
			c, to, ok := f.match(d, i, names)
			if !ok || to <= best.To || skip(f, rules.Range{From: i, To: to}) {
				continue
			}
			if v := value(f, c); v != "" {
				best = formed{rules.Range{From: i, To: to}, v, n, f.attach}
			}
		}
		if best.To > i {
			out = append(out, best)
		}
		i = max(best.To, i+1)
	}
	return out
}

// dated reports whether a form captures a month: what is skipped for being a day is
// then what it is looking for.
func (f form) dated() bool {
	return slices.ContainsFunc(f.pieces, func(p piece) bool { return p.capture == "month" })
}

func touches(ranges []rules.Range, r rules.Range) bool {
	return slices.ContainsFunc(ranges, func(o rules.Range) bool { return o.From < r.To && r.From < o.To })
}
