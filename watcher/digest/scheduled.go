package digest

import (
	"cmp"
	"slices"
	"strconv"

	"github.com/slack-go/slack"

	"presswatch/watcher/article"
)

// Digest composes one scheduled digest: by rule, those with alert-level articles
// first and then in the order of in.Rules; within a rule alert-level articles
// first, then those with news for the ledger, then what more sources tell of, then
// the newest. An article that several rules matched stands
// under the most important of them, the others named. Without findings there is
// no message, or one that says so: see Input.Quiet.
func Digest(in Input) []Message {
	names := in.Names.in(in.Zone)
	if len(in.Findings)+len(in.Late) == 0 {
		return quietDigest(in, names)
	}
	all := entries(in.Findings, in.Rules)
	groups := byRule(all, in.Rules)
	var items []item
	for _, group := range groups {
		for _, e := range group {
			items = append(items, digestItem(e, headingOf(group), names))
		}
	}
	items = append(items, lateItems(in.Late)...)
	items = append(items, in.remainder(names)...)
	said := "Nothing new"
	if len(all) > 0 {
		said = counts(all, len(groups))
	}
	return number(in.group(), lay(in.sheet(said, names), items))
}

// quietDigest is what a slot says that has nothing to tell, if that is wanted: one
// line, and whether it can be relied on.
func quietDigest(in Input, names Names) []Message {
	if in.Quiet != Say || in.Slot == "" {
		return nil
	}
	top := in.sheet("Nothing new", names)
	if items := in.remainder(names); len(items) > 0 {
		return number(in.group(), lay(top, items))
	}
	m := Message{Text: top.topText("")}
	m.Blocks.BlockSet = top.top("")
	return number(in.group(), []Message{m})
}

// remainder is what is said last of what is not in a digest: what was left out, and
// what may be missing.
func (in Input) remainder(names Names) (items []item) {
	if silenced, ok := silencedItem(in.Silenced, names); ok {
		items = append(items, silenced)
	}
	if doubt, ok := reliability(in.Troubles, in.Gaps, names); ok {
		items = append(items, doubt)
	}
	return items
}

// sheet is the top of a digest that says so much.
func (in Input) sheet(said string, names Names) sheet {
	if in.Last != "" {
		said += " since " + names.slot(in.Last, in.Now)
	}
	return sheet{
		title: cut(cmp.Or(clean(in.Digest), "digest"), maxName) + " · " + names.slot(in.Slot, in.Now),
		note:  said + " · times in " + names.zone(in.Now),
	}
}

func (in Input) group() string {
	return groupID(kindDigest, in.Digest+"\x00"+in.Channel, in.Slot, in.Findings)
}

// byRule groups entries under the rule each stands under, and orders both.
func byRule(all []entry, order []string) [][]entry {
	var groups [][]entry
	at := map[string]int{}
	for _, e := range all {
		rule := e.rules[0].Rule
		i, seen := at[rule]
		if !seen {
			i = len(groups)
			at[rule] = i
			groups = append(groups, nil)
		}
		groups[i] = append(groups[i], e)
	}
	for _, group := range groups {
		slices.SortStableFunc(group, func(a, b entry) int {
			return cmp.Or(cmp.Compare(b.level, a.level), cmp.Compare(b.weightOfNews(), a.weightOfNews()), b.time().Compare(a.time()))
		})
	}
	slices.SortStableFunc(groups, func(a, b []entry) int {
		return cmp.Or(cmp.Compare(b[0].level, a[0].level), cmp.Compare(rank(a[0].rules[0].Rule, order), rank(b[0].rules[0].Rule, order)))
	})
	return groups
}

func headingOf(group []entry) string {
	return ruleName(group[0].rules[0]) + " · " + plural(len(group), "article", "articles")
}

// counts says how much a digest holds.
func counts(all []entry, rules int) string {
	said := plural(len(all), "article", "articles")
	urgent := 0
	for _, e := range all {
		if e.level == article.Alert {
			urgent++
		}
	}
	if urgent > 0 {
		said += ", " + strconv.Itoa(urgent) + " at alert level"
	}
	return said + " · " + plural(rules, "rule", "rules")
}

// digestItem is an entry of a digest: headline with link, where and when, the
// other rules; then the evidence.
func digestItem(e entry, heading string, names Names) item {
	level := ""
	if e.level == article.Alert {
		level = levelWord(e.level) + " "
	}
	about := names.source(e.article.Source) + " · " + names.when(e.article, shortTime) + e.remarks(names, maxRules)
	if e.fromFeed {
		about += " · " + feedOnly
	}
	if len(e.rules) > 1 {
		about += " · also " + ruleNames(e.rules[1:], maxRules)
	}
	it := item{heading: heading, line: entryLine(e, level, about)}
	if p, ok := e.best(); ok {
		it.quote = quote(p, maxQuote)
	}
	it.block, it.weight = shrunk(func(most int) slack.Block { return digestBlock(e, it.quote, level, about, most) }, maxQuote)
	return it
}

func digestBlock(e entry, q quotation, level, about string, most int) slack.Block {
	var head []slack.RichTextSectionElement
	if level != "" {
		head = append(head, plain(level))
	}
	head = append(head, link(e.url, e.title(maxTitle)), plain("\n"+about))
	for _, line := range e.ledger() {
		head = append(head, plain("\n"+line))
	}
	if clause := e.clause(); clause != "" {
		head = append(head, plain("\nMatched by "+cut(clause, maxTitle)))
	}
	body := []slack.RichTextElement{section(head...)}
	if len(q) > 0 {
		body = append(body, quoted(q.within(most).elements()))
	}
	return rich(body...)
}

// shrunk builds a block with ever shorter quotations until it is light enough to
// share a message with its heading, and says how heavy it is.
func shrunk(build func(most int) slack.Block, most int) (b slack.Block, heavy int) {
	b = build(most)
	heavy = weight(b)
	for ; most > maxMarks && heavy > maxAll*2/3; most /= 2 {
		b = build(most / 2)
		heavy = weight(b)
	}
	return b, heavy
}

// Plain is a message without its blocks, for when Slack refuses them: the text,
// which names every entry, alone.
func Plain(m Message) Message {
	m.Blocks.BlockSet = nil
	return m
}
