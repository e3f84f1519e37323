package rules

import (
	"cmp"
	"slices"

	"presswatch/watcher/article"
)

// gallery is evidence on its way to the reader: that of all matches of a document,
// one behind the other, so that what is handed out is allocated once.
type gallery struct {
	matches []exhibit
	shown   []shown
	marks   []stretch
	clauses []byte
}

// exhibit is a match, and where what it shows ends in the gallery.
type exhibit struct {
	query         int32
	shown, clause int
}

// shown is a sentence with the words to mark in it: marks [first, last) of the
// gallery, in order, not overlapping.
type shown struct {
	sentence    stretch
	first, last int
	weight      int
}

func (g *gallery) clear() {
	g.matches, g.shown, g.marks, g.clauses = g.matches[:0], g.shown[:0], g.marks[:0], g.clauses[:0]
}

// exhibit adds a query that is true, with its evidence.
func (r *reading) exhibit(query int32) {
	program, g := r.set.programs.of(query), &r.gallery
	r.marks, r.joint = r.marks[:0], r.joint[:0]
	r.witness(program)
	g.clauses, _ = r.suffices(g.clauses, program)
	r.show(r.marks, r.joint)
	g.matches = append(g.matches, exhibit{query, len(g.shown), len(g.clauses)})
}

// matches hands out what is in the gallery.
func (r *reading) matches() []article.Match {
	g := &r.gallery
	passages, clauses := r.passages(), string(g.clauses)
	out := make([]article.Match, len(g.matches))
	var from exhibit
	for i, e := range g.matches {
		rule, level := &r.set.rules[e.query/2], article.Digest
		if e.query%2 == 0 {
			level = article.Alert
		}
		out[i] = article.Match{
			Rule: rule.id, Name: rule.name, Level: level, Clause: clauses[from.clause:e.clause], Hash: rule.hash,
			Evidence: passages[from.shown:e.shown:e.shown],
		}
		from = e
	}
	return out
}

// passages hands out the sentences in the gallery.
func (r *reading) passages() []article.Passage {
	words := make([]article.Span, len(r.gallery.marks))
	passages := make([]article.Passage, len(r.gallery.shown))
	for i, s := range r.gallery.shown {
		z := r.doc.zoneOf(s.sentence.from)
		sentence := z.text.Sentences[z.word(s.sentence.from).Sentence]
		for k, m := range r.gallery.marks[s.first:s.last] {
			words[s.first+k] = article.Span{Start: int(z.word(m.from).Start), End: int(z.word(m.to - 1).End)}
		}
		passages[i] = article.Passage{
			Zone: z.kind, Index: z.index,
			Sentence: article.Span{Start: sentence.Start, End: sentence.End},
			Quote:    z.text.Raw[sentence.Start:sentence.End],
			Words:    words[s.first:s.last:s.last],
		}
	}
	return passages
}

// show adds evidence as the sentences it stands in, best first: the title, then
// sentences that hold words together as the query asks (joint), then those with
// most different words, then in the order of the text.
func (r *reading) show(evidence, joint []stretch) {
	if !slices.IsSortedFunc(evidence, byPlace) {
		slices.SortFunc(evidence, byPlace)
	}
	g := &r.gallery
	first := len(g.shown)
	for i := 0; i < len(evidence); {
		s := shown{sentence: r.doc.sentences[r.doc.sentenceOf(evidence[i].from)], first: len(g.marks)}
		j := i
		for ; j < len(evidence) && evidence[j].from < s.sentence.to; j++ {
			g.marks = s.mark(g.marks, evidence[j])
			if tail := (stretch{s.sentence.to, evidence[j].to}); tail.from < tail.to {
				evidence = insertSorted(evidence, j+1, tail) // the phrase goes on in the next sentence
			}
		}
		i, s.last = j, len(g.marks)
		s.weight = r.weight(s.sentence, g.marks[s.first:], joint)
		g.shown = append(g.shown, s)
	}
	if len(g.shown) > first+1 {
		slices.SortStableFunc(g.shown[first:], func(a, b shown) int { return cmp.Compare(b.weight, a.weight) })
	}
}

// insertSorted puts a stretch into its place among those from index i on.
func insertSorted(list []stretch, i int, s stretch) []stretch {
	for i < len(list) && list[i].from < s.from {
		i++
	}
	return slices.Insert(list, i, s)
}

// mark adds a stretch that begins no earlier than those marked already.
func (s *shown) mark(marks []stretch, m stretch) []stretch {
	m.to = min(m.to, s.sentence.to)
	if n := len(marks); n > s.first && m.from < marks[n-1].to {
		marks[n-1].to = max(marks[n-1].to, m.to)
		return marks
	}
	return append(marks, m)
}

// What outweighs any number of words.
const (
	inTitle    = 1 << 30
	isTogether = 1 << 29
)

// weight says how much a sentence with these marks is worth to a reader.
func (r *reading) weight(sentence stretch, marks, joint []stretch) int {
	weight := 1
	if len(marks) > 1 || marks[0].to-marks[0].from > 1 {
		weight = r.different(marks)
	}
	if r.doc.zoneOf(sentence.from).kind == article.Title {
		weight += inTitle
	}
	if slices.ContainsFunc(joint, func(j stretch) bool { return j.within(sentence) }) {
		weight += isTogether
	}
	return weight
}

// different counts the different words of marks. So few are compared with each
// other; more are put into a map.
func (r *reading) different(marks []stretch) int {
	const few = 16
	var seen [few]string
	n := 0
	for _, m := range marks {
		for i := m.from; i < m.to; i++ {
			word := r.doc.form(i).Folded
			if slices.Contains(seen[:n], word) {
				continue
			}
			if n == few {
				return r.differentOfMany(marks)
			}
			seen[n] = word
			n++
		}
	}
	return n
}

func (r *reading) differentOfMany(marks []stretch) int {
	seen := map[string]bool{}
	for _, m := range marks {
		for i := m.from; i < m.to; i++ {
			seen[r.doc.form(i).Folded] = true
		}
	}
	return len(seen)
}
