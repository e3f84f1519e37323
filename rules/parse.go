package rules

import (
	"fmt"
	"strings"
)

// Mistake is something wrong in a query, at a place of its text.
type Mistake struct {
	Place
	Message string
	Hint    string
}

// Parse reads a query. It returns every mistake that it can see without knowing
// vocabularies and sources, in the order of the text; with a mistake there is
// no query. What the language is, language.md says.
func Parse(query string) (Query, []Mistake) {
	tokens, mistakes := lex(query)
	p := parser{query: query, tokens: tokens, mistakes: mistakes}
	q := p.whole()
	if len(p.mistakes) == 0 {
		p.mistakes = judge(q, nil)
	}
	if len(p.mistakes) > 0 {
		sortMistakes(p.mistakes)
		return nil, p.mistakes
	}
	return q, nil
}

// parser builds the tree by recursive descent, loosest operator first. A part
// that cannot be read is reported and left out, so that the rest is read too.
type parser struct {
	query    string
	tokens   []token
	at       int
	depth    int
	field    string // name of the field whose values are being read, "" outside
	mistakes []Mistake
}

// deepest is how deep parentheses may be nested: far deeper than anyone can
// read, and well within the stack.
const deepest = 100

func (p *parser) peek() token { return p.tokens[p.at] }

func (p *parser) take() token {
	t := p.tokens[p.at]
	if t.kind != tokenEnd {
		p.at++
	}
	return t
}

func (p *parser) wrong(at Place, message, hint string) {
	p.mistakes = append(p.mistakes, Mistake{at, message, hint})
}

func (p *parser) whole() Query {
	if p.peek().kind == tokenEnd {
		p.wrong(Place{0, len(p.query)}, "the query is empty", "ask for at least one word")
		return nil
	}
	q := p.or()
	for p.peek().kind != tokenEnd {
		t := p.take()
		p.wrong(t.Place, "this parenthesis closes nothing", "remove it, or open one before")
		more := p.or()
		q = both(q, more)
	}
	return q
}

func both(a, b Query) Query {
	if a == nil {
		return b
	}
	return a
}

func (p *parser) or() Query {
	q := p.and()
	for members := []Query{q}; ; {
		if p.peek().kind != tokenOr {
			return gather(members, func(at Place, of []Query) Query { return &Or{at, of} })
		}
		p.operator(p.take())
		members = append(members, p.and())
	}
}

func (p *parser) and() Query {
	members := []Query{p.not()}
	for {
		switch p.peek().kind {
		case tokenAnd:
			p.operator(p.take())
		case tokenEnd, tokenClose, tokenOr:
			return gather(members, func(at Place, of []Query) Query { return &And{at, of} })
		}
		members = append(members, p.not())
	}
}

// operator complains when nothing can follow an operator.
func (p *parser) operator(t token) {
	switch p.peek().kind {
	case tokenEnd, tokenClose, tokenOr, tokenAnd:
		p.wrong(t.Place, quoted(p.query[t.Start:t.End])+" has nothing behind it", "")
	}
}

// gather makes one query of the members that could be read.
func gather(members []Query, join func(Place, []Query) Query) Query {
	var of []Query
	for _, m := range members {
		if m != nil {
			of = append(of, m)
		}
	}
	switch len(of) {
	case 0:
		return nil
	case 1:
		return of[0]
	}
	return join(Place{of[0].Span().Start, of[len(of)-1].Span().End}, of)
}

func (p *parser) not() Query {
	if p.peek().kind != tokenNot {
		return p.near()
	}
	t := p.take()
	p.operator(t)
	if !p.deeper(t.Place) {
		return nil
	}
	defer p.higher()
	q := p.not()
	if q == nil {
		return nil
	}
	return &Not{Place{t.Start, q.Span().End}, q}
}

func (p *parser) near() Query {
	q := p.primary()
	for p.peek().kind == tokenNear {
		t := p.take()
		p.counted(&t, 0, 100, "NEAR/10: at most ten words between; over 100 words PARAGRAPH(…) says it better")
		p.operator(t)
		second := p.primary()
		if q == nil || second == nil {
			q = both(q, second)
			continue
		}
		q = &Near{Place{q.Span().Start, second.Span().End}, q, second, t.number, t.text == "ONEAR" || strings.HasPrefix(p.query[t.Start:], "ONEAR")}
	}
	return q
}

// counted holds the number behind an operator against its limits.
func (p *parser) counted(t *token, least, most int, hint string) {
	switch {
	case t.number < 0:
		p.wrong(t.Place, quoted(p.query[t.Start:t.End])+" needs a number", hint)
	case t.number < least || t.number > most:
		p.wrong(t.Place, fmt.Sprintf("%s: the number lies between %d and %d", p.query[t.Start:t.End], least, most), hint)
	}
}

func (p *parser) deeper(at Place) bool {
	if p.depth++; p.depth == deepest {
		p.wrong(at, fmt.Sprintf("more than %d levels of parentheses", deepest), "split the query, or move terms into a vocabulary")
	}
	if p.depth >= deepest {
		p.depth--
		p.at = len(p.tokens) - 1
		return false
	}
	return true
}

func (p *parser) higher() { p.depth-- }
