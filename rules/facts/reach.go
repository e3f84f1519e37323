package facts

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"presswatch/rules"
	"presswatch/watcher/article"
)

// where is a part of an article as a mention sees it.
type where string

// The parts, from the nearest.
const (
	phrase    where = "phrase" // the mention and so many words behind it, up to a comma or the like
	after     where = "after"  // the same, over commas, in its sentence, up to the next mention
	before    where = "before" // so many words before it, likewise
	clause    where = "clause"
	both      where = "both" // the sentence, and home does not go without saying
	sentence  where = "sentence"
	paragraph where = "paragraph"
	title     where = "title"
	lead      where = "lead"
	whole     where = "article"
)

// reach is a part of an article in which a slot is looked for.
type reach struct {
	where where
	words int // of phrase, after and before
}

var reachSyntax = regexp.MustCompile(`^(phrase|after|before)/([1-9]\d?)$`)

// UnmarshalText reads the name of a part.
func (r *reach) UnmarshalText(b []byte) error {
	if m := reachSyntax.FindSubmatch(b); m != nil {
		r.where = where(m[1])
		r.words, _ = strconv.Atoi(string(m[2])) // two digits at most
		return nil
	}
	switch w := where(b); w {
	case clause, both, sentence, paragraph, title, lead, whole:
		r.where = w
		return nil
	}
	return adviceError{fmt.Sprintf("a slot is not attached by %q", b), "known are phrase/6, after/8, before/3 (words), clause, both, sentence, paragraph, title, lead, article"}
}

// String is the reach as rule files write it.
func (r reach) String() string {
	if r.beside() {
		return string(r.where) + "/" + strconv.Itoa(r.words)
	}
	return string(r.where)
}

// near reports whether what stands in the part is said of the mention itself, not
// only in the same article.
func (r reach) near() bool {
	switch r.where {
	case phrase, after, before, clause, both, sentence:
		return true
	}
	return false
}

// beside reports whether the part is the words around the mention.
func (r reach) beside() bool { return r.where == phrase || r.where == after || r.where == before }

// parts are the words of a part, as mention n of the document sees it.
func (r *reader) parts(in reach, n int) []rules.Range {
	at := r.mentions[n].at
	within := r.doc.SentenceOf(at.From)
	switch in.where {
	case phrase, after:
		end := min(at.To+in.words, within.To)
		if n+1 < len(r.mentions) {
			end = min(end, max(at.To, r.mentions[n+1].at.From))
		}
		return []rules.Range{{From: at.From, To: r.until(at, end, in.where)}}
	case before:
		start := max(at.From-in.words, within.From)
		if n > 0 {
			start = max(start, r.mentions[n-1].at.To)
		}
		for i := at.From - 1; i > start; i-- {
			if strings.ContainsAny(r.doc.Behind(i-1), stops) {
				start = i
			}
		}
		return []rules.Range{{From: start, To: at.From}}
	case clause:
		return []rules.Range{r.clause(at, within)}
	case both, sentence:
		return []rules.Range{within}
	case paragraph:
		return []rules.Range{r.doc.ParagraphOf(at.From)}
	case title:
		return r.doc.ZonesOf(article.Title)
	case lead:
		return r.doc.ZonesOf(article.Lead)
	}
	return []rules.Range{{From: 0, To: r.doc.Words()}}
}

// stops are the marks beyond which words do not belong to a mention.
const stops = ":;"

// until is where the words behind a mention end that belong to it, at most at end.
func (r *reader) until(at rules.Range, end int, in where) int {
	marks := stops
	if in == phrase {
		marks += ","
	}
	for i := at.To; i < end; i++ {
		if strings.ContainsAny(r.doc.Behind(i-1), marks) {
			return i
		}
	}
	return end
}

// clause is the words around a mention up to a mark that parts clauses.
func (r *reader) clause(at, within rules.Range) rules.Range {
	out := at
	for out.From > within.From && !parts(r.doc.Behind(out.From-1)) {
		out.From--
	}
	for out.To < within.To && !parts(r.doc.Behind(out.To-1)) {
		out.To++
	}
	return out
}

// parts reports whether a text between two words parts clauses.
func parts(between string) bool { return strings.ContainsAny(between, ",;:()") }

// adviceError is an error with advice.
type adviceError struct{ message, hint string }

func (e adviceError) Error() string { return e.message }

// Hint is the advice.
func (e adviceError) Hint() string { return e.hint }
