package extract

import (
	"errors"
	"fmt"
	"regexp"
	"regexp/syntax"
	"strings"

	"github.com/andybalholm/cascadia"
	"golang.org/x/net/html"
)

// A Selector is one or more CSS selectors, separated by commas, in the order in
// which they are tried. The zero Selector finds nothing.
type Selector struct {
	source       string
	alternatives []cascadia.Sel
}

// ParseSelector compiles a selector.
func ParseSelector(s string) (Selector, error) {
	group, err := cascadia.ParseGroup(s)
	if err != nil {
		return Selector{}, fmt.Errorf("bad selector %q: a CSS selector, such as .article__body or td.caption: %w", s, err)
	}
	return Selector{source: s, alternatives: group}, nil
}

// mustSelector compiles a selector of ours: the tests of this package see that
// it can be.
func mustSelector(s string) Selector {
	sel, err := ParseSelector(s)
	if err != nil {
		panic(err)
	}
	return sel
}

// UnmarshalText reads a selector from YAML.
func (s *Selector) UnmarshalText(text []byte) (err error) {
	*s, err = ParseSelector(string(text))
	return err
}

// MarshalText writes the selector as it was read.
func (s Selector) MarshalText() ([]byte, error) { return []byte(s.source), nil }

// String is the selector as it was read.
func (s Selector) String() string { return s.source }

// IsZero reports whether there is no selector.
func (s Selector) IsZero() bool { return len(s.alternatives) == 0 }

// all returns the nodes below root that any alternative matches, in the order of
// the page.
func (s Selector) all(root *html.Node) []*html.Node {
	if s.IsZero() {
		return nil
	}
	return cascadia.QueryAll(root, cascadia.SelectorGroup(s.alternatives))
}

// first returns the nodes of the first alternative that finds a text.
func (s Selector) first(root *html.Node) []*html.Node {
	for _, a := range s.alternatives {
		nodes := cascadia.QueryAll(root, a)
		for _, n := range nodes {
			if plain(n) != "" {
				return nodes
			}
		}
	}
	return nil
}

// titleMark stands in a pattern for the title of the article in hand.
const titleMark = "{title}"

// A Regexp is a regular expression in Go's (RE2) syntax. In it, {title} stands
// for the article's title; spaces may lack in the text there, and apostrophes
// and dashes differ. The zero Regexp finds nothing.
type Regexp struct {
	source string
	re     *regexp.Regexp // with {title} for an example, where the source has it
}

// ParseRegexp compiles a regular expression.
func ParseRegexp(s string) (Regexp, error) {
	if s == "" {
		return Regexp{}, errors.New("an empty pattern is found in every line")
	}
	re, err := regexp.Compile(strings.ReplaceAll(s, titleMark, "title"))
	var mistake *syntax.Error
	if errors.As(err, &mistake) {
		return Regexp{}, fmt.Errorf("bad pattern %q: %s: %q", s, mistake.Code, mistake.Expr)
	}
	if err != nil {
		return Regexp{}, fmt.Errorf("bad pattern %q: %w", s, err)
	}
	return Regexp{source: s, re: re}, nil
}

// UnmarshalText reads a regular expression from YAML.
func (r *Regexp) UnmarshalText(text []byte) (err error) {
	*r, err = ParseRegexp(string(text))
	return err
}

// MarshalText writes the expression as it was read.
func (r Regexp) MarshalText() ([]byte, error) { return []byte(r.source), nil }

// String is the expression as it was read.
func (r Regexp) String() string { return r.source }

// about returns the expression for an article of this title; nil when it finds
// nothing there.
func (r Regexp) about(title string) *regexp.Regexp {
	if !strings.Contains(r.source, titleMark) {
		return r.re
	}
	if title == "" || len(title) > 4*maxTitle {
		return nil
	}
	re, err := regexp.Compile(strings.ReplaceAll(r.source, titleMark, titlePattern(title)))
	if err != nil { // the title makes the expression too large
		return nil
	}
	return re
}

// titlePattern matches the title as pages repeat it.
func titlePattern(title string) string {
	var b strings.Builder
	b.WriteString("(?:")
	for i, word := range strings.Fields(title) {
		if i > 0 {
			b.WriteString(`\s*`)
		}
		for _, r := range word {
			switch {
			case strings.ContainsRune("'’‘ʼ`´", r):
				b.WriteString("['’‘ʼ`´]")
			case isDash(r):
				b.WriteString(`[-‐-―−]`)
			default:
				b.WriteString(regexp.QuoteMeta(string(r)))
			}
		}
	}
	b.WriteString(")")
	return b.String()
}
