package text

import "unicode"

// A price says how readily words are taken apart. All costs are natural
// logarithms of how unlikely something is.
type price struct {
	stranger float64 // what a word that nothing knows costs before its letters
	cut      float64 // what each cut costs
	atCase   float64 // the same between a small letter and a capital
	pair     float64 // what two long words side by side cost more: many are a compound
	rarePair float64 // the same if one of them is rare: most are a derivation
	rareBy   float64 // what a rare word costs more beside a short one
	seen     float64 // what a stranger that stands elsewhere too costs more than a word
	capital  float64 // what a first part costs more that is no name, but has a capital
	newName  float64 // what a part costs that is no more than a capital and small letters
}

var (
	dear  = price{stranger: 5, cut: 4.5, atCase: 3, pair: 5, rarePair: 14, rareBy: 4, seen: 4, capital: 8, newName: 13}
	cheap = price{stranger: 12, cut: 2, atCase: 0, pair: 2, rarePair: 4, rareBy: 0, seen: 8, capital: 8, newName: 8}
)

const (
	no         = 1e9 // the cost of what cannot be
	mostParts  = 4
	lastShort  = 10 // a part of two or three letters has this class at most: the first 512 words,
	mostElided = 8  // letters of the longest word that is elided
	lastAlone  = 7  // one of a single letter this one
)

// unit is a letter of a suspect with the marks on it.
type unit struct {
	at            int // byte of the suspect at which it begins
	folded, exact int // bytes of those forms at which it begins
	capital       bool
	digit         bool
}

// token is a suspect on its way to its parts.
type token struct {
	m             *mender
	form          *Form
	class         wordClass
	raw           string
	folded, exact []byte
	units         []unit // and one behind the last
	ways          []way  // the cheapest to each letter, and to the end
	opens         bool   // it opens a sentence: its capital says nothing
	elided        bool   // an apostrophe follows: the last part may be what was elided
	again         bool   // it stands elsewhere in the article too
	hopeful       bool   // take every part for one that stands in the article often, and as a name
	capitals      int    // capitals behind the first letter
	asked         []tag  // parts of which it matters how often they stand in the article
}

// tokenOf is word number word on its way to its parts.
func (m *mender) tokenOf(t *Text, word int, s *spelling, kind int) *token {
	k := &m.token
	*k = token{m: m, form: t.Form(word), class: s.class, raw: t.at(word), units: k.units[:0], folded: k.folded[:0], exact: k.exact[:0], ways: k.ways[:0], asked: k.asked[:0]}
	k.elided, k.opens, k.again = kind&anElision != 0, kind&anOpening != 0, kind&again != 0
	return k
}

// parts are the bytes of the token at which a part begins; nil where it is better
// left whole.
func (k *token) parts() []uint32 {
	if len(k.raw) > farGlue || len(k.raw) < 2 {
		return nil
	}
	k.spell()
	least := shortWord - 1
	switch {
	case k.elided:
		least = 2
	case k.m.lexicon.words == 0:
		least = shortWord + 1
	}
	if k.letters() < least || k.m.known(k.form.Folded) {
		return nil
	}
	return k.best(k.whole())
}

// spell reads the letters of the token.
func (k *token) spell() {
	small := false
	for at := 0; at < len(k.raw); {
		f, size := formOf(k.raw[at:])
		end := at + size
		first := firstRune(k.raw[at:])
		u := unit{at: at, folded: len(k.folded), exact: len(k.exact), capital: unicode.IsUpper(first), digit: f.class == digit}
		for end < len(k.raw) && !beginsUnit(k.raw[end:]) {
			_, size = formOf(k.raw[end:])
			end += size
		}
		if f.exact != "" && end == at+size {
			k.folded, k.exact = append(k.folded, f.fold...), append(k.exact, f.exact...)
		} else {
			w := (&scanner{raw: k.raw, start: at, end: end}).form()
			k.folded, k.exact = append(k.folded, w.Folded...), append(k.exact, w.Exact...)
		}
		if u.capital && small {
			k.capitals++
		}
		small = small || unicode.IsLower(first)
		k.units = append(k.units, u)
		at = end
	}
	k.units = append(k.units, unit{at: len(k.raw), folded: len(k.folded), exact: len(k.exact)})
}

// beginsUnit reports whether a character is more than a mark on the one before.
func beginsUnit(s string) bool {
	f, _ := formOf(s)
	return f.class == letter || f.class == digit
}

func (k *token) letters() int { return len(k.units) - 1 }

// whole is what it costs to take the suspect for one word.
func (k *token) whole() float64 {
	letter := 2.2
	if capital(k.raw) {
		letter = 1.9
	}
	cost := k.m.price.stranger + letter*float64(k.letters())
	if k.elided {
		cost += 6
	}
	switch k.class {
	case 0:
	case accented:
		cost = min(cost, costAccented)
	default:
		if !k.elided {
			cost = min(cost, costRare)
		}
	}
	if !k.elided && k.again {
		cost = min(cost, costSeen+k.m.price.seen)
	}
	return cost
}

const (
	costRare     = 14
	costAccented = 17
	costSeen     = 8
	costName     = 7
	costNumber   = 6
	costLeast    = 2.5 // of the most common word
	unlistedCut  = 3
)

// way is the cheapest way to take the letters before one apart.
type way struct {
	cost  float64
	last  float64 // what the last part cost by itself
	from  int     // the letter at which it begins
	parts int
}

// best finds the cheapest parts, and gives their beginnings in bytes,
// nil where none are cheaper than the whole.
func (k *token) best(whole float64) []uint32 {
	n := k.letters()
	for range n + 1 {
		k.ways = append(k.ways, way{cost: no})
	}
	k.ways[0].cost = 0
	for i := range n {
		if k.ways[i].cost < whole && k.ways[i].parts < mostParts {
			k.onward(i, whole)
		}
	}
	if k.ways[n].cost >= whole {
		return nil
	}
	at := make([]uint32, k.ways[n].parts-1)
	for j, i := k.ways[n].from, len(at)-1; j > 0; j, i = k.ways[j].from, i-1 {
		at[i] = uint32(k.units[j].at)
	}
	return at
}

// onward tries every part that begins at letter i.
func (k *token) onward(i int, whole float64) {
	before, cut := k.ways[i], k.cutCost(i)
	h, e := uint64(hashStart), uint64(hashStart)
	for j := i + 1; j <= k.letters(); j++ {
		u, v := k.units[j-1], k.units[j]
		h, e = hashMore(h, k.folded[u.folded:v.folded]), hashMore(e, k.exact[u.exact:v.exact])
		if i == 0 && j == k.letters() || k.atCase(j-1) && j-1 > i {
			return
		}
		if before.cost+cut+costLeast >= whole {
			continue
		}
		own := k.part(i, j, h, e)
		if before.cost+own+cut >= whole {
			continue
		}
		cost := before.cost + own + cut
		if i > 0 {
			cost += k.together(before, i, j, own)
		}
		if cost < k.ways[j].cost {
			k.ways[j] = way{cost, own, i, before.parts + 1}
		}
	}
}

// together is what two parts cost more because they stand side by side: the last
// of the way before, and letters i to j, which by themselves cost so much.
func (k *token) together(before way, i, j int, own float64) float64 {
	if k.hopeful || k.atCase(i) || k.units[i].digit || k.units[i-1].digit {
		return 0
	}
	short, isRare := min(j-i, i-before.from), max(before.last, own) >= costRare
	switch {
	case short >= shortWord && (isRare || before.from == 0 && before.last == costName):
		return k.m.price.rarePair
	case short >= shortWord:
		return k.m.price.pair
	case isRare && short == 1:
		return 3 * k.m.price.rareBy
	case isRare:
		return k.m.price.rareBy
	}
	return 0
}

func hashMore(h uint64, s []byte) uint64 {
	for i := range len(s) {
		h = hashOn(h, s[i])
	}
	return h
}

// cutCost is the price of a cut before letter i.
func (k *token) cutCost(i int) float64 {
	switch {
	case i == 0:
		return 0
	case k.atCase(i):
		return k.m.price.atCase
	}
	return k.m.price.cut
}

// atCase reports whether letter i is a capital behind a small letter.
func (k *token) atCase(i int) bool {
	return i > 0 && k.units[i].capital && !k.units[i-1].capital && !k.units[i-1].digit
}
