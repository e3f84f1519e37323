package rules

import (
	"fmt"
	"strings"
	"unicode"
)

// How tightly a query binds, from OR to what never needs parentheses.
const (
	bindsOr = iota + 1
	bindsAnd
	bindsNot
	bindsNear
	bindsAll
)

func binding(q Query) int {
	switch q.(type) {
	case *Or:
		return bindsOr
	case *And:
		return bindsAnd
	case *Not:
		return bindsNot
	case *Near:
		return bindsNear
	}
	return bindsAll
}

// wrapped prints a query as an operand that must bind at least so tightly.
func wrapped(q Query, least int) string {
	if binding(q) < least {
		return "(" + q.String() + ")"
	}
	return q.String()
}

func joined(of []Query, operator string, least int) string {
	parts := make([]string, len(of))
	for i, q := range of {
		parts[i] = wrapped(q, least)
	}
	return strings.Join(parts, operator)
}

// String is the term as it is typed: quoted where it must be.
func (t *Term) String() string {
	sign := ""
	if t.Exact {
		sign = "="
	}
	if bare(t.Text) {
		return sign + t.Text
	}
	return sign + `"` + t.Text + `"`
}

// bare reports whether a term is read as one word without quotes.
func bare(s string) bool {
	odd := func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '*' }
	if s == "" || strings.IndexFunc(s, odd) >= 0 || reserved(s) {
		return false
	}
	words, _ := patternsOf(s)
	return len(words) == 1
}

// String is the reference as it is typed.
func (r *Ref) String() string {
	if r.Language != "" {
		return "@" + r.Name + "/" + r.Language
	}
	return "@" + r.Name
}

// String is the conjunction with AND spelt out.
func (a *And) String() string { return joined(a.Of, " AND ", bindsNot) }

// String is the alternatives with OR between them.
func (o *Or) String() string { return joined(o.Of, " OR ", bindsAnd) }

// String is the negation.
func (n *Not) String() string { return "NOT " + wrapped(n.Of, bindsNot) }

// String is the operands with NEAR/n or ONEAR/n between them.
func (n *Near) String() string {
	operator := "NEAR"
	if n.Ordered {
		operator = "ONEAR"
	}
	return fmt.Sprintf("%s %s/%d %s", wrapped(n.A, bindsNear), operator, n.Most, wrapped(n.B, bindsAll))
}

// String is the operand within SENTENCE(…) or PARAGRAPH(…).
func (t *Together) String() string { return string(t.In) + "(" + t.Of.String() + ")" }

// String is the operand within FIRST/n(…).
func (f *First) String() string { return fmt.Sprintf("FIRST/%d(%s)", f.Words, f.Of) }

// String is the operand within ATLEAST/n(…).
func (a *AtLeast) String() string { return fmt.Sprintf("ATLEAST/%d(%s)", a.Times, a.Of) }

// String is the operand behind the zone's name.
func (z *Zone) String() string { return string(z.Kind) + ":" + wrapped(z.Of, bindsAll) }

// String is the value behind the field's name, quoted where it must be.
func (f *Field) String() string {
	if f.Value == "" || strings.ContainsAny(f.Value, " \t()") || strings.IndexFunc(f.Value, quoteRune) >= 0 {
		return f.Name + `:"` + f.Value + `"`
	}
	return f.Name + ":" + f.Value
}
