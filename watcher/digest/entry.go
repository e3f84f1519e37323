package digest

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

	"presswatch/watcher/article"
)

// entry is one article of a message, with all that is told of it there.
type entry struct {
	article  article.Article
	headline string // cleaned
	url      string // what the headline may link to; "" for nothing
	host     string // of the url
	fromFeed bool
	level    article.Level
	was      article.Level // told before
	also     []article.Relative
	rules    []article.Match   // each rule once: highest level first, then in the digest's order, then as found
	passages []article.Passage // the best sentence of each rule, each sentence once
}

// entries groups findings by article, in the order in which each was found first.
// order lists rules as the digest names them.
func entries(findings []article.Finding, order []string) []entry {
	var groups [][]article.Finding
	at := map[string]int{}
	for _, f := range findings {
		key := articleKey(f.Article)
		i, seen := at[key]
		if !seen {
			i = len(groups)
			at[key] = i
			groups = append(groups, nil)
		}
		groups[i] = append(groups[i], f)
	}
	all := make([]entry, len(groups))
	for i, group := range groups {
		all[i] = gather(group, order)
	}
	return all
}

// gather makes one entry of the findings of one article.
func gather(findings []article.Finding, order []string) entry {
	e := entry{article: findings[0].Article, also: findings[0].Also, fromFeed: true}
	e.headline = cmp.Or(clean(e.article.Title), "(without a headline)")
	e.url, e.host = address(e.article.URL)
	for _, f := range findings {
		// One reading of the page is enough to say more than the feed.
		e.fromFeed = e.fromFeed && f.From == article.FromFeed
		e.addRule(f.Match)
		e.was = max(e.was, f.Was)
	}
	slices.SortStableFunc(e.rules, func(a, b article.Match) int {
		return cmp.Or(cmp.Compare(b.Level, a.Level), cmp.Compare(rank(a.Rule, order), rank(b.Rule, order)))
	})
	for _, m := range e.rules {
		e.level = max(e.level, m.Level)
		if p, ok := best(m.Evidence); ok {
			e.addPassage(p)
		}
	}
	return e
}

// rank is a rule's place in an order; what it does not name comes last.
func rank(rule string, order []string) int {
	if i := slices.Index(order, rule); i >= 0 {
		return i
	}
	return len(order)
}

// articleKey tells articles apart as the store does.
func articleKey(a article.Article) string {
	identity := cmp.Or(a.Identity, a.URL, strconv.FormatInt(a.ID, 10))
	return a.Source + "\x00" + identity
}

func (e *entry) addRule(m article.Match) {
	i := slices.IndexFunc(e.rules, func(known article.Match) bool { return known.Rule == m.Rule })
	switch {
	case i < 0:
		e.rules = append(e.rules, m)
	case m.Level > e.rules[i].Level:
		e.rules[i] = m
	}
}

// best is the passage to quote: the first that is not the headline, which stands
// above the quotation anyway.
func best(evidence []article.Passage) (article.Passage, bool) {
	for _, p := range evidence {
		if p.Zone != article.Title && shows(p.Quote) {
			return p, true
		}
	}
	for _, p := range evidence {
		if shows(p.Quote) {
			return p, true
		}
	}
	return article.Passage{}, false
}

// shows reports whether anything of a quotation can be seen.
func shows(text string) bool {
	return strings.ContainsFunc(text, func(r rune) bool {
		return !unicode.IsSpace(r) && !invisible(r) && r != joiner && r != nonJoiner
	})
}

// addPassage adds a sentence, or marks more words in one that is there already.
func (e *entry) addPassage(p article.Passage) {
	for i, known := range e.passages {
		if known.Quote == p.Quote {
			moved := slices.Clone(known.Words)
			for _, w := range p.Words {
				by := known.Sentence.Start - p.Sentence.Start
				moved = append(moved, article.Span{Start: w.Start + by, End: w.End + by})
			}
			e.passages[i].Words = moved
			return
		}
	}
	e.passages = append(e.passages, p)
}

// title is the headline, cut to so many units.
func (e *entry) title(most int) string {
	return cut(e.headline, most)
}

// time is when the article was published, as far as its publisher tells, else
// when it was first seen; for ordering.
func (e *entry) time() time.Time {
	if e.article.Published.IsZero() {
		return e.article.Seen
	}
	return e.article.Published
}

// weightOfNews orders entries of one level: news for the ledger outweighs any
// number of sources, up to a thousand of them.
func (e *entry) weightOfNews() int {
	sources := map[string]bool{e.article.Source: true}
	for _, r := range e.also {
		sources[r.Source] = true
	}
	weight := min(len(sources), 1000)
	if len(e.ledger()) > 0 {
		weight += 1000
	}
	return weight
}

// ledger is what the ledger says of the article's news, each line once and at most
// so many of them.
func (e *entry) ledger() (lines []string) {
	for _, m := range e.rules {
		for _, line := range m.Ledger {
			if line = cut(clean(line), maxTitle+maxName); line != "" && !slices.Contains(lines, line) && len(lines) < maxOther {
				lines = append(lines, line)
			}
		}
	}
	return lines
}

// clause says what a match without evidence rests on: its query.
func (e *entry) clause() string {
	if len(e.passages) > 0 || len(e.rules) == 0 {
		return ""
	}
	return clean(e.rules[0].Clause)
}

// ruleName is a rule as readers know it.
func ruleName(m article.Match) string {
	return cut(cmp.Or(clean(m.Name), clean(m.Rule), "(a rule without a name)"), maxName)
}

// ruleNames lists rules, at most so many units, with a count of the rest.
func ruleNames(rules []article.Match, most int) string {
	var b strings.Builder
	for i, m := range rules {
		name := ruleName(m)
		if b.Len() > 0 && size(b.String())+size(name)+2 > most {
			b.WriteString(" and " + strconv.Itoa(len(rules)-i) + " more")
			break
		}
		if i > 0 {
			b.WriteString(", ")
		}
		b.WriteString(name)
	}
	return b.String()
}

// best is the passage to quote beside the headline; none where all the evidence
// is the headline itself, which stands there already.
func (e entry) best() (article.Passage, bool) {
	i := slices.IndexFunc(e.passages, func(p article.Passage) bool { return p.Zone != article.Title })
	if i < 0 {
		return article.Passage{}, false
	}
	return e.passages[i], true
}
