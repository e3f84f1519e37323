package rules

import (
	"fmt"

	"presswatch/watcher/article"
)

// coverage is what values clauses have had: bit 0 false, bit 1 true.
type coverage map[*clause]uint8

// watch notes the values of a clause and of all its parts, those that matching
// would not look at too.
func (v coverage) watch(r *reading, c *clause, scope []stretch) {
	if r.holds(c, scope) {
		v[c] |= 2
	} else {
		v[c] |= 1
	}
	switch q := c.query.(type) {
	case *Zone:
		scope = r.doc.of(q.Kind)
	case *First:
		scope = first(q.Words, scope)
	case *Together:
		for _, s := range scope {
			for _, unit := range r.units(q.In, s) {
				v.watch(r, c.of[0], []stretch{unit})
			}
		}
		return
	}
	for _, of := range c.of {
		v.watch(r, of, scope)
	}
}

// gaps adds what the tests of a rule never saw to a list, and counts the rule's
// clauses.
func (v coverage) gaps(rule *rule, list *[]Gap) (clauses int) {
	for _, q := range []struct {
		level article.Level
		root  *clause
	}{{article.Digest, rule.match}, {article.Alert, rule.alert}} {
		if q.root != nil {
			clauses += v.walk(q.root, func(c *clause, never bool) {
				*list = append(*list, gapAt(rule, q.level, c, never))
			})
		}
	}
	return clauses
}

func (v coverage) walk(c *clause, gap func(c *clause, never bool)) (clauses int) {
	if v[c]&2 == 0 {
		gap(c, true)
	} else if v[c]&1 == 0 {
		gap(c, false)
	}
	clauses = 1
	for _, of := range c.of {
		clauses += v.walk(of, gap)
	}
	return clauses
}

func gapAt(rule *rule, level article.Level, c *clause, never bool) Gap {
	source, word := rule.config.Match, "match"
	if level == article.Alert {
		source, word = rule.config.Alert, "alert"
	}
	message := fmt.Sprintf("rule %s: no test makes this part of %s %t: %s", rule.id, word, never, c.query)
	return Gap{Rule: rule.id, Level: level, Clause: c.query.String(), Never: never, At: source.Mistake(c.query.Span().Start, message, "")}
}
