package same

import (
	"hash/fnv"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"presswatch/watcher/article"
	"presswatch/watcher/text"
)

const (
	// shingle is how many letters and digits are compared at once. Long enough
	// that two reports in one manner share few, short enough that a word spelt
	// otherwise costs few.
	shingle = 10
	// sketchSize is how many shingles of a text are kept: the estimate of what two
	// texts share errs by about 1/√sketchSize.
	sketchSize = 256
	// mostLetters bounds what is read of one text, and so the time for it.
	mostLetters = 200_000
	// slight is the number of shingles below which a text proves little: some
	// twenty words.
	slight = 110
	// stump is how many letters of a name count: what is glued to its end does not.
	stump = 5
)

// Print is what a text is compared by; see the package's description. The zero
// Print is that of an article without words, which is no copy of anything.
type Print struct {
	sketch  []uint32 // the lowest hashes of its shingles, ascending
	size    int      // how many different shingles it has
	years   []uint32 // hashes of its years, ascending
	numbers []uint32 // of its other numbers, ascending
	names   []uint32 // of the stumps of its capitalised words, ascending
	title   []uint32 // of the words of its title, ascending
	counted []uint32 // of those that have digits, in order
	source  uint32   // hash of where it was published; 0: not said
}

// PrintOf reads the lead and the body of an article. The title is kept apart:
// papers change it. Captions and teasers are left out. It takes time in proportion to
// the text, and the Print at most some kilobytes.
func PrintOf(zones []article.Zone) Print {
	var p Print
	var r reader
	for _, kind := range []article.ZoneKind{article.Lead, article.Body} {
		for _, z := range zones {
			if z.Kind == kind {
				r.read(z.Text)
			}
		}
	}
	all := r.shingles()
	p.size = len(all)
	p.sketch = slices.Clone(all[:min(len(all), sketchSize)])
	p.years, p.numbers, p.names = set(r.years), set(r.numbers), set(r.names)
	p.title, p.counted = titleOf(zones)
	return p
}

// In is the print of the same text as a source published it.
func (p Print) In(source string) Print {
	p.source = hash(source)
	return p
}

func titleOf(zones []article.Zone) (words, counted []uint32) {
	for _, z := range zones {
		if z.Kind == article.Title {
			t := text.Analyse(z.Text[:min(len(z.Text), mostLetters)], "")
			for i := range t.Words {
				folded := t.Form(i).Folded
				words = append(words, hash(folded))
				if strings.ContainsAny(folded, "0123456789") {
					counted = append(counted, hash(folded))
				}
			}
		}
	}
	return set(words), counted
}

// reader gathers what a print is made of.
type reader struct {
	letters               []byte // folded letters and digits, without anything between them
	years, numbers, names []uint32
}

func (r *reader) read(raw string) {
	raw = raw[:min(len(raw), mostLetters)]
	t := text.Analyse(raw, "")
	for i, w := range t.Words {
		if len(r.letters) < mostLetters {
			r.letters = append(r.letters, t.Form(i).Folded...)
		}
		r.marks(raw[w.Start:w.End])
	}
}

// marks finds the numbers and names in one word, which may be several that lost
// the space between them: pour2013, DouangchayPhichit.
func (r *reader) marks(word string) {
	for i := 0; i < len(word); {
		c, size := utf8.DecodeRuneInString(word[i:])
		switch {
		case unicode.IsDigit(c):
			end := span(word, i, unicode.IsDigit)
			r.number(word[i:end])
			i = end
		case unicode.IsUpper(c):
			end := span(word, i+size, func(c rune) bool { return !unicode.IsUpper(c) && !unicode.IsDigit(c) })
			r.name(word[i:end])
			i = end
		default:
			i += size
		}
	}
}

// number takes in a run of digits; one that can be a year decides by itself.
func (r *reader) number(digits string) {
	digits = text.Fold(digits)
	if len(digits) == 4 && (digits[:2] == "19" || digits[:2] == "20") {
		r.years = append(r.years, hash(digits))
		return
	}
	r.numbers = append(r.numbers, hash(digits))
}

func (r *reader) name(word string) {
	folded := []rune(text.Fold(word))
	if len(folded) < 3 { // articles and initials
		return
	}
	r.names = append(r.names, hash(string(folded[:min(len(folded), stump)])))
}

// shingles are the hashes of every run of letters, ascending, each once. A text
// of fewer letters than a shingle is one of its own.
func (r *reader) shingles() []uint32 {
	if len(r.letters) == 0 {
		return nil
	}
	var all []uint32
	for i := 0; i == 0 || i+shingle <= len(r.letters); i++ {
		all = append(all, hash(string(r.letters[i:min(i+shingle, len(r.letters))])))
	}
	return set(all)
}

func span(s string, from int, in func(rune) bool) int {
	for from < len(s) {
		c, size := utf8.DecodeRuneInString(s[from:])
		if !in(c) {
			break
		}
		from += size
	}
	return from
}

func set(hashes []uint32) []uint32 {
	slices.Sort(hashes)
	return slices.Clip(slices.Compact(hashes))
}

// hash mixes FNV's result once more: the lowest hashes of a text are its sample,
// and must not depend on how its shingles begin.
func hash(s string) uint32 {
	h := fnv.New64a()
	h.Write([]byte(s))
	x := h.Sum64()
	x ^= x >> 33
	x *= 0xff51afd7ed558ccd
	x ^= x >> 33
	return uint32(x)
}
