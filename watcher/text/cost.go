package text

// part is what it costs to take letters i to j for a word, whose folded and exact
// forms have the hashes h and e.
func (k *token) part(i, j int, h, e uint64) float64 {
	n := j - i
	if d := k.digitsIn(i, j); d > 0 {
		return k.number(i, j, d)
	}
	if j == k.letters() && k.elided {
		if n <= mostElided {
			if class := k.m.lexicon.class(hashOn(e, '\'')); class > 0 {
				return costOf(class)
			}
		}
		return no
	}
	cost := k.inLists(i, j, h, e)
	if i == 0 && k.units[0].capital {
		cost += k.asTitle(n, cost)
	}
	if k.capitalised(i) || k.units[i].capital && i == 0 {
		cost = min(cost, k.asName(i, j, h))
	}
	if n >= shortWord-1 && cost > costSeen && k.m.lexicon.words > 0 { // without a list most of what is one word is not known to be one
		if times := k.seen(h).times(); (times > 1 || times > 0 && n >= shortWord) || k.m.known(string(k.folded[k.units[i].folded:k.units[j].folded])) {
			cost = costSeen - 0.5*float64(times)
		}
	}
	return cost
}

// asTitle is what a first part with a capital costs more that is no name: less
// where it opens the sentence, or is long and common (Ministry, Bureau).
func (k *token) asTitle(n int, cost float64) float64 {
	switch {
	case k.opens:
		return k.m.price.capital / 4
	case n > shortWord && cost < costRare:
		return k.m.price.capital / 2
	}
	return k.m.price.capital
}

func (k *token) capitalised(i int) bool { return i > 0 && k.units[i].capital }

// asName is what letters i to j cost as a name.
func (k *token) asName(i, j int, h uint64) float64 {
	n := j - i
	bounded := (j == k.letters() || k.units[j].capital) && (i > 0 || k.capitals > 0)
	if n < 2 || n < shortWord && !bounded {
		return no
	}
	switch {
	case k.seen(h).capital():
		return costName
	case i > 0 && k.atCase(i) && (j == k.letters() || k.units[j].capital) && n >= shortWord-1 && !k.units[0].capital:
		return k.m.price.newName
	case bounded && k.m.broken:
		return k.m.price.newName
	}
	return no
}

// seen is what was seen of the part with a hash, and notes that it was asked for.
func (k *token) seen(h uint64) count {
	if k.hopeful {
		return mostTimes | withCapital
	}
	k.asked = append(k.asked, tagOf(h))
	return k.m.seen.of(tagOf(h))
}

func (k *token) digitsIn(i, j int) (n int) {
	for _, u := range k.units[i:j] {
		if u.digit {
			n++
		}
	}
	return n
}

// number is what letters i to j cost as a number, or as one with its ending (81e)
// where the token ends.
func (k *token) number(i, j, digits int) float64 {
	n := k.letters()
	inside := i > 0 && k.units[i-1].digit || j < n && k.units[j].digit
	if inside || k.digitsIn(i, i+digits) != digits {
		return no
	}
	switch rest := n - j; {
	case j-i > digits:
		if j < n || j-i > digits+2 {
			return no
		}
	case rest == 1 || rest == 2:
		if class := k.m.lexicon.class(hashMore(hashStart, k.exact[k.units[j].exact:])); class == 0 || class > lastAlone {
			return no // an ending or a unit
		}
	}
	return costNumber
}

// inLists is what letters i to j cost as a word of the shipped lists.
func (k *token) inLists(i, j int, h, e uint64) float64 {
	n := j - i
	if n >= shortWord {
		class := k.m.lexicon.class(h)
		if class == accented && k.units[j].exact-k.units[i].exact != k.units[j].folded-k.units[i].folded {
			class = rare
		}
		return costOf(class)
	}
	class := k.m.lexicon.class(e)
	switch {
	case n == 1 && (class == 0 || class > lastAlone || k.m.lexicon.class(hashOn(e, '\'')) > 0):
		return no
	case n == 1:
		return costOf(class) + 1
	case n == 2 && class > lastShort:
		return no
	case class >= accented:
		return no
	}
	return costOf(class)
}

// costOf is the cost of a word of a class.
func costOf(class wordClass) float64 {
	switch class {
	case 0:
		return no
	case rare:
		return costRare
	case accented:
		return costAccented
	}
	return 2.5 + 0.7*float64(class-1)
}
