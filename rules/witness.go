package rules

// Of a whole article the evidence of a query is gathered along its program, as its
// truth is found: a tree is gone through only where a part of the text is read.

// witness adds the words that make true steps true to the marks of the reading.
func (r *reading) witness(steps []int32) {
	for len(steps) > 0 {
		end := steps[1]
		about := steps[2:end]
		switch steps[0] &^ decided {
		case stepWord:
			r.marks = r.postings.places(r.marks, about[0])
		case stepPhrase:
			r.marks = r.phrases(r.marks, about[2:], int(about[1]))
		case stepAll:
			r.witness(about)
		case stepEither:
			r.witnessEither(about)
		case stepNear, stepClause:
			r.gather(r.set.programs.clauses[about[0]], r.doc.reading)
		}
		steps = steps[end:]
	}
}

func (r *reading) witnessEither(steps []int32) {
	for len(steps) > 0 {
		end := steps[1]
		if r.step(steps[:end]) {
			r.witness(steps[:end])
		}
		steps = steps[end:]
	}
}

// places adds where an atom stands in title, lead and body.
func (p *postings) places(out []stretch, atom int32) []stretch {
	for i := p.first(atom); i > 0 && p.found[i-1].word < p.end; i = p.next[i-1] {
		word := int(p.found[i-1].word)
		out = append(out, stretch{word, word + 1})
	}
	return out
}

// phrases adds where atoms follow each other.
func (r *reading) phrases(out []stretch, atoms []int32, rarest int) []stretch {
	for i := r.postings.first(atoms[rarest]); i > 0; i = r.postings.next[i-1] {
		place, at := r.nextPhrase(i, atoms, rarest)
		if at == 0 {
			break
		}
		out, i = append(out, place), at
	}
	return out
}

// suffices prints what suffices of steps that all hold, as because does, and says
// how tightly it binds.
func (r *reading) suffices(out []byte, steps []int32) ([]byte, int) {
	parts, only := 0, steps
	for rest := steps; len(rest) > 0; rest = rest[rest[1]:] {
		if rest[0] != stepNone {
			parts, only = parts+1, rest[:rest[1]]
		}
	}
	if parts == 1 {
		return r.suffice(out, only)
	}
	for ; len(steps) > 0; steps = steps[steps[1]:] {
		if steps[0] == stepNone {
			continue
		}
		out = r.operandStep(out, steps[:steps[1]])
		if parts--; parts > 0 {
			out = append(out, " AND "...)
		}
	}
	return out, bindsAnd
}

// operandStep prints what suffices of a member of a conjunction.
func (r *reading) operandStep(out []byte, step []int32) []byte {
	start := len(out)
	out, binds := r.suffice(out, step)
	return enclosed(out, start, binds, bindsNot)
}

// suffice prints what suffices of a step that holds.
func (r *reading) suffice(out []byte, step []int32) ([]byte, int) {
	about := step[2:]
	switch step[0] &^ decided {
	case stepWord:
		return append(out, r.set.names.of(about[1])...), bindsAll
	case stepPhrase:
		return append(out, r.set.names.of(about[0])...), bindsAll
	case stepAll:
		return r.suffices(out, about)
	case stepEither:
		for !r.step(about[:about[1]]) {
			about = about[about[1]:]
		}
		return r.suffice(out, about[:about[1]])
	}
	// Others have the number of their clause in front.
	return r.because(out, r.set.programs.clauses[about[0]], r.doc.reading)
}
