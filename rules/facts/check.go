package facts

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"presswatch/rules"
	"presswatch/watcher/article"
	"presswatch/watcher/strict"
)

// Report is what the tests of facts in the rule files gave.
type Report struct {
	Tests    int             // that were run
	Failures strict.Mistakes // at the tests, in the order of the files
	Parts    int             // of the definitions: instruments, fields, patterns of status, ways of writing periods and days
	Gaps     strict.Mistakes // at the parts that no test made use of
}

// Test runs the tests of all kinds. The vocabulary is the set that the kinds were
// loaded with; split makes the zones of a test as it does for any plain text.
func (s *Set) Test(vocabulary *rules.Set, split func(title, lead, text string) []article.Zone) (report Report) {
	for _, k := range s.kinds {
		seen := coverage{}
		for n, t := range k.config.Tests {
			zones := split(t.Title, t.Lead, t.Text)
			for _, c := range t.Captions {
				zones = append(zones, article.Zone{Kind: article.Caption, Text: c})
			}
			d := vocabulary.Document(rules.About{Language: t.Lang.Value, Published: t.Published.Time}, zones)
			r := k.reader(d)
			report.Tests++
			report.Failures = append(report.Failures, k.test(n, t, r.facts())...)
			seen.watch(r)
		}
		seen.gaps(k, &report)
	}
	return report
}

// test compares the facts of a test with those it must give.
func (k *kind) test(n int, t testConfig, got []article.Fact) (wrong strict.Mistakes) {
	left := slices.Clone(got)
	fail := func(at strict.Scalar, message string) {
		wrong = append(wrong, at.Mistake(0, fmt.Sprintf("fact %s, test %d: %s", k.config.ID.Value, n+1, message), "what was read: "+listed(got)))
	}
	for _, e := range t.Expect {
		i := slices.IndexFunc(left, e.agrees)
		if i < 0 {
			fail(e.Instrument, "no such "+e.Instrument.Value+" was read")
			continue
		}
		left = slices.Delete(left, i, i+1)
	}
	for _, f := range left {
		fail(t.Lang, "it must not give "+Line(f))
	}
	return wrong
}

// agrees reports whether a fact has all that is expected of it.
func (e expectConfig) agrees(f article.Fact) bool {
	for _, slot := range [][2]string{{e.Instrument.Value, f.Instrument}, {e.Domain, f.Domain}, {e.Period, f.Period}, {e.Status, f.Status}, {e.Date, f.Date}, {e.Place, f.Place}} {
		if want := slot[0]; want != "" && want != slot[1] && !(want == "none" && slot[1] == "") {
			return false
		}
	}
	return (e.Parties == nil || same(e.Parties, f.Parties)) && (e.Signatories == nil || same(e.Signatories, f.Signatories))
}

// same reports whether two lists have the same members.
func same(a, b []string) bool {
	a, b = slices.Sorted(slices.Values(a)), slices.Sorted(slices.Values(b))
	return slices.Equal(a, b)
}

func listed(facts []article.Fact) string {
	var lines []string
	for _, f := range facts {
		lines = append(lines, Line(f))
	}
	return cmp.Or(strings.Join(lines, "; "), "nothing")
}

// Line is a fact in one line: plan VN-LA defence 2026 signed.
func Line(f article.Fact) string {
	parts := []string{f.Instrument, strings.Join(f.Parties, "-"), f.Domain, f.Period, f.Status, f.Date, f.Place, strings.Join(f.Signatories, " and ")}
	return strings.Join(slices.DeleteFunc(parts, func(s string) bool { return s == "" }), " ")
}

// coverage is the parts of a kind that tests made use of, by where they are
// written.
type coverage map[strict.Scalar]bool

// watch notes what a reading made use of.
func (c coverage) watch(r *reader) {
	config := r.kind.config
	for _, m := range r.mentions {
		c[r.kind.named[m.query]] = true
		if m.pattern >= 0 {
			c[config.Status.Patterns[m.pattern].When] = true
		}
		for _, v := range config.Domain.Values {
			if v.Is.Value == m.fact.Domain {
				c[v.Match] = true
			}
		}
	}
	for _, f := range r.periods {
		c[r.kind.periods[f.form].at] = true
	}
	for _, f := range r.dates {
		c[r.kind.dates[f.form].at] = true
	}
}

// gaps tells of the parts of a kind that were not made use of.
func (c coverage) gaps(k *kind, report *Report) {
	need := func(what string, at strict.Scalar) {
		report.Parts++
		if !c[at] {
			report.Gaps = append(report.Gaps, at.Mistake(0, fmt.Sprintf("fact %s: no test makes use of this %s", k.config.ID.Value, what), ""))
		}
	}
	for query, class := range k.instrumentOf {
		if class != never {
			need("instrument", k.named[query])
		}
	}
	for _, v := range k.config.Domain.Values {
		need("field", v.Match)
	}
	for _, p := range k.config.Status.Patterns {
		need("pattern of status", p.When)
	}
	for _, f := range k.periods {
		need("form of a period", f.at)
	}
	for _, f := range k.dates {
		need("form of a day", f.at)
	}
}
