package rules

import (
	"regexp"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

type tokenKind int

const (
	tokenEnd    tokenKind = iota
	tokenWord             // a bare word
	tokenQuoted           // what stands in quotes
	tokenOpen
	tokenClose
	tokenAnd
	tokenOr
	tokenNot
	tokenNear     // NEAR/n, ONEAR/n
	tokenFunction // SENTENCE, PARAGRAPH, FIRST/n, ATLEAST/n
	tokenField    // name:
	tokenRef      // @name, @name/language
)

// token is a piece of a query. text is a word, what quotes hold, or a name.
type token struct {
	Place
	kind   tokenKind
	text   string
	number int  // of /n
	exact  bool // = stands before it
	spaced bool // white space stands before it
}

// lexer cuts a query into tokens.
type lexer struct {
	query    string
	at       int
	values   int // depth of parentheses within a field's values, 0 outside
	tokens   []token
	mistakes []Mistake
}

func lex(query string) ([]token, []Mistake) {
	l := lexer{query: query}
	for l.next() {
	}
	l.add(token{Place: Place{len(query), len(query)}, kind: tokenEnd})
	return l.tokens, l.mistakes
}

func (l *lexer) add(t token) {
	t.spaced = t.Start == 0 || len(l.tokens) > 0 && l.tokens[len(l.tokens)-1].End < t.Start
	l.tokens = append(l.tokens, t)
}

func (l *lexer) wrong(at Place, message, hint string) {
	l.mistakes = append(l.mistakes, Mistake{at, message, hint})
}

// next reads one token and reports whether there is more.
func (l *lexer) next() bool {
	rest := strings.TrimLeftFunc(l.query[l.at:], unicode.IsSpace)
	l.at = len(l.query) - len(rest)
	if rest == "" {
		return false
	}
	r, size := utf8.DecodeRuneInString(rest)
	switch {
	case r == '(':
		l.parenthesis(tokenOpen)
	case r == ')':
		l.parenthesis(tokenClose)
	case quoteRune(r):
		l.quotes(r, l.at, l.at+size, false)
	case l.values > 0:
		l.value()
	default:
		l.bare()
	}
	return true
}

func (l *lexer) parenthesis(kind tokenKind) {
	switch {
	case l.values > 0 && kind == tokenOpen:
		l.values++
	case l.values > 0:
		l.values--
	case kind == tokenOpen && len(l.tokens) > 0 && l.tokens[len(l.tokens)-1].attribute():
		l.values = 1
	}
	l.add(token{Place: Place{l.at, l.at + 1}, kind: kind})
	l.at++
}

// quotes reads what stands in quotes; start is where the token begins (= may
// stand before the quote), from where the quoted text does.
func (l *lexer) quotes(open rune, start, from int, exact bool) {
	end := strings.IndexFunc(l.query[from:], func(r rune) bool { return closes(open, r) })
	if end < 0 {
		l.wrong(Place{start, len(l.query)}, "the quote is never closed", `a phrase stands in quotes: "plan de coopération"`)
		end = len(l.query) - from
	}
	t := token{kind: tokenQuoted, text: l.query[from : from+end], exact: exact}
	_, size := utf8.DecodeRuneInString(l.query[from+end:])
	if end == len(l.query)-from {
		size = 0
	}
	l.at = from + end + size
	t.Place = Place{start, l.at}
	l.add(t)
}

// value reads a bare value of a field, whatever it is made of.
func (l *lexer) value() {
	start := l.at
	word := l.run()
	t := token{Place: Place{start, l.at}, kind: tokenWord, text: word}
	if kind, ok := operators[word]; ok && l.values > 0 {
		t.kind = kind
	}
	l.add(t)
}

// run reads on to white space, a parenthesis or a quote.
func (l *lexer) run() string {
	end := strings.IndexFunc(l.query[l.at:], func(r rune) bool {
		return unicode.IsSpace(r) || r == '(' || r == ')' || quoteRune(r)
	})
	if end < 0 {
		end = len(l.query) - l.at
	}
	word := l.query[l.at : l.at+end]
	l.at += end
	return word
}

var (
	operators  = map[string]tokenKind{"AND": tokenAnd, "OR": tokenOr, "NOT": tokenNot}
	numbered   = map[string]tokenKind{"NEAR": tokenNear, "ONEAR": tokenNear, "FIRST": tokenFunction, "ATLEAST": tokenFunction}
	functions  = map[string]bool{"SENTENCE": true, "PARAGRAPH": true, "FIRST": true, "ATLEAST": true}
	fieldName  = regexp.MustCompile(`^[\pL_]+:`)
	operatorOf = regexp.MustCompile(`^([A-Z]+)/(\d{1,6})$`)
)

// bare reads what is not quoted: a word, an operator, a field or a reference.
func (l *lexer) bare() {
	start := l.at
	if name := fieldName.FindString(l.query[start:]); name != "" && !strings.HasPrefix(l.query[start+len(name):], "//") {
		l.field(strings.TrimSuffix(name, ":"))
		return
	}
	word := l.run()
	t := token{Place: Place{start, l.at}, kind: tokenWord, text: word}
	m := operatorOf.FindStringSubmatch(word)
	kind, isOperator := operators[word]
	switch {
	case isOperator:
		t.kind = kind
	case m != nil && numbered[m[1]] != tokenEnd:
		t.kind, t.text = numbered[m[1]], m[1]
		t.number, _ = strconv.Atoi(m[2])
	case functions[word] || numbered[word] != tokenEnd:
		t.kind, t.number = tokenFunction, -1
		if word == "NEAR" || word == "ONEAR" {
			t.kind = tokenNear
		}
	case strings.HasPrefix(word, "@"):
		t.kind, t.text = tokenRef, word[1:]
	case strings.HasPrefix(word, "="):
		t.exact, t.text = true, word[1:]
		if r, size := utf8.DecodeRuneInString(l.query[l.at:]); t.text == "" && quoteRune(r) {
			l.quotes(r, start, l.at+size, true)
			return
		}
	}
	l.add(t)
}

// field reads name: and, where it is an attribute, the value behind it.
func (l *lexer) field(name string) {
	start := l.at
	l.at += len(name) + 1
	t := token{Place: Place{start, l.at}, kind: tokenField, text: name}
	l.add(t)
	if !t.attribute() || l.at == len(l.query) {
		return
	}
	r, size := utf8.DecodeRuneInString(l.query[l.at:])
	switch {
	case unicode.IsSpace(r) || r == '(' || r == ')':
	case quoteRune(r):
		l.quotes(r, l.at, l.at+size, false)
	default:
		l.value()
	}
}

// attribute reports whether the token names a field whose values are no words
// of the text.
func (t token) attribute() bool { return t.kind == tokenField && attributes[t.text] != nil }

// quoteRune reports whether a character is a quote of a phrase; an apostrophe
// is none.
func quoteRune(r rune) bool {
	return strings.ContainsRune("\"“”„‟«»", r) && r != utf8.RuneError
}

// closes reports whether a phrase that a quote opened ends at r.
func closes(open, r rune) bool {
	switch open {
	case '"':
		return r == '"'
	case '«', '»':
		return r == '»' || r == '«'
	}
	return strings.ContainsRune("“”‟", r) && r != utf8.RuneError
}

// reserved reports whether a bare word would not be read as itself.
func reserved(s string) bool {
	upper := strings.ToUpper(s)
	_, operator := operators[upper]
	return operator || functions[s] || numbered[s] != tokenEnd
}
