package rules

import (
	"strconv"
	"strings"
	"unicode"

	"presswatch/watcher/article"
	"presswatch/watcher/strict"
)

// primary reads an operand that needs no parentheses.
func (p *parser) primary() Query {
	t := p.peek()
	switch t.kind {
	case tokenEnd, tokenClose, tokenAnd, tokenOr:
		return p.missing(t)
	case tokenNot:
		return p.not()
	case tokenNear:
		p.wrong(t.Place, quoted(p.query[t.Start:t.End])+" has nothing before it", "write: one NEAR/10 two")
		return nil
	case tokenOpen:
		p.glued(t)
		return p.group(p.take())
	case tokenFunction:
		return p.function(p.take())
	case tokenField:
		return p.behindField(p.take())
	case tokenRef:
		return p.ref(p.take())
	}
	return p.term(p.take())
}

// missing reports an operand that is not there, unless its operator has been
// told already.
func (p *parser) missing(t token) Query {
	before := tokenOpen
	if p.at > 0 {
		before = p.tokens[p.at-1].kind
	}
	switch {
	case t.kind == tokenAnd || t.kind == tokenOr:
		if before == tokenOpen || p.at == 0 {
			p.wrong(t.Place, quoted(p.query[t.Start:t.End])+" has nothing before it", "")
		}
	case t.kind == tokenClose && before == tokenOpen && p.at > 0:
		p.wrong(t.Place, "there is nothing in these parentheses", "")
	}
	return nil
}

// group reads to the parenthesis that closes open.
func (p *parser) group(open token) Query {
	if !p.deeper(open.Place) {
		return nil
	}
	defer p.higher()
	q := p.or()
	if p.peek().kind != tokenClose {
		p.wrong(open.Place, "this parenthesis is never closed", "")
		return q
	}
	p.take()
	return q
}

// glued complains of a word directly before a parenthesis: somebody means an
// operator by it.
func (p *parser) glued(open token) {
	if open.spaced || p.at == 0 || p.tokens[p.at-1].kind != tokenWord || p.field != "" {
		return
	}
	word := p.tokens[p.at-1]
	if word.text == "" {
		return // told already: = before a parenthesis
	}
	hint := "known are SENTENCE(…), PARAGRAPH(…), FIRST/n(…) and ATLEAST/n(…); put a space before a group of words"
	if near := strict.Nearest(strings.ToUpper(word.text), []string{"SENTENCE", "PARAGRAPH", "FIRST/10", "ATLEAST/2", "AND", "OR", "NOT"}); near != "" {
		hint = "did you mean " + near + "? Operators are written in capitals"
	}
	p.wrong(word.Place, "unknown operator "+quoted(word.text), hint)
}

// function reads the operand of SENTENCE, PARAGRAPH, FIRST or ATLEAST.
func (p *parser) function(t token) Query {
	if t.text == "FIRST" {
		p.counted(&t, 1, 100_000, "FIRST/50(…): within the first fifty words")
	} else if t.text == "ATLEAST" {
		p.counted(&t, 1, 1000, "ATLEAST/2(…): at two places or more")
	}
	open := p.peek()
	if open.kind != tokenOpen {
		p.wrong(t.Place, quoted(p.query[t.Start:t.End])+" wants parentheses", p.query[t.Start:t.End]+"(…)")
		return nil
	}
	q := p.group(p.take())
	if q == nil {
		return nil
	}
	at := Place{t.Start, p.tokens[p.at-1].End}
	switch t.text {
	case "FIRST":
		return &First{at, t.number, q}
	case "ATLEAST":
		return &AtLeast{at, t.number, q}
	}
	return &Together{at, Unit(t.text), q}
}

// behindField reads what stands behind name: and belongs to it.
func (p *parser) behindField(t token) Query {
	kind, isZone := zones[t.text]
	next := p.peek()
	switch {
	case !isZone && !t.attribute():
		p.wrong(t.Place, "unknown field "+quoted(p.query[t.Start:t.End]), fieldHint(t.text))
		return nil
	case next.spaced || next.kind == tokenEnd || next.kind == tokenClose:
		p.wrong(t.Place, quoted(p.query[t.Start:t.End])+" has nothing behind it", "no space stands between a field and its value")
		return nil
	case isZone:
		q := p.primary()
		if q == nil {
			return nil
		}
		return &Zone{Place{t.Start, p.tokens[p.at-1].End}, kind, q}
	}
	p.field = t.text
	q := p.primary()
	p.field = ""
	if f, ok := q.(*Field); ok {
		f.Start = t.Start
	}
	return q
}

var zones = map[string]article.ZoneKind{
	"title": article.Title, "lead": article.Lead, "body": article.Body, "caption": article.Caption,
}

func fieldHint(name string) string {
	known := []string{"title", "lead", "body", "caption", "source", "lang", "section", "author", "url", "published"}
	if near := strict.Nearest(name, known); near != "" {
		return "did you mean " + near + ":?"
	}
	if name == "teaser" || name == "teasers" {
		return "teasers belong to other articles: no rule reads them"
	}
	return "known: " + strings.Join(known, ": ") + ":; a word with a colon stands in quotes"
}

func (p *parser) ref(t token) Query {
	name, language, restricted := strings.Cut(t.text, "/")
	if !nameOK(name) || restricted && language == "" {
		p.wrong(t.Place, quoted(p.query[t.Start:t.End])+" names no vocabulary", "@harbour is all its terms, @harbour/fr those of one language, @harbour/own those of the article's language")
		return nil
	}
	return &Ref{t.Place, name, language}
}

// nameOK reports whether a vocabulary, or a rule, may be called so.
func nameOK(name string) bool {
	odd := func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !strings.ContainsRune("-_", r)
	}
	return name != "" && strings.IndexFunc(name, odd) < 0
}

// term makes a word or phrase, or the value of a field, of a token.
func (p *parser) term(t token) Query {
	raw := t.text
	if p.field != "" {
		return p.value(t)
	}
	offset := t.Start + strings.Index(p.query[t.Start:t.End], raw)
	before := len(p.mistakes)
	if t.kind == tokenWord {
		p.suspicious(t)
	}
	if strings.TrimSpace(raw) == "" {
		p.wrong(t.Place, quoted(p.query[t.Start:t.End])+" is empty", "a word or phrase stands there")
	}
	if _, mistakes := patternsOf(raw); len(p.mistakes) == before {
		for _, m := range mistakes {
			p.wrong(Place{offset + m.Start, offset + m.End}, m.Message, m.Hint)
		}
	}
	if len(p.mistakes) > before {
		return nil
	}
	return &Term{t.Place, tidy(raw), t.exact}
}

func (p *parser) value(t token) Query {
	f := &Field{t.Place, p.field, t.text}
	if t.kind == tokenQuoted {
		f.Value = tidy(t.text)
	}
	if message, hint := attributes[p.field](f.Value); message != "" {
		p.wrong(t.Place, message, hint)
	}
	return f
}

// suspicious complains of bare words that mean something elsewhere, and would
// here silently be something else.
func (p *parser) suspicious(t token) {
	word := t.text
	if word == "" {
		return
	}
	literal := " in quotes, if the word is meant"
	switch lower := strings.ToLower(word); {
	case operators[strings.ToUpper(word)] != tokenEnd:
		p.wrong(t.Place, quoted(word)+" is read as a word", "write "+strings.ToUpper(word)+"; or "+strconv.Quote(word)+literal)
	case operatorOf.MatchString(strings.ToUpper(lower)):
		p.wrong(t.Place, "unknown operator "+quoted(word), "known are NEAR/n, ONEAR/n, FIRST/n(…) and ATLEAST/n(…), in capitals; or "+strconv.Quote(word)+literal)
	case strings.ContainsAny(word[:1], "-!") && len(word) > 1:
		p.wrong(t.Place, quoted(word[:1])+" does not exclude a word", "write NOT "+word[1:])
	case strings.HasPrefix(word, "+"):
		p.wrong(t.Place, quoted("+")+" is not needed: every word is required", "write "+word[1:])
	case strings.Contains(word, "&&") || word == "&":
		p.wrong(t.Place, quoted(word)+" is no operator", "write AND")
	case strings.Contains(word, "||") || word == "|":
		p.wrong(t.Place, quoted(word)+" is no operator", "write OR")
	case strings.ContainsAny(word, "~^?#$[]{}\\"):
		p.wrong(t.Place, quoted(word)+" has a sign that does nothing here", "remove it; coop* is all words that begin so, and a text with such signs stands in quotes")
	}
}
