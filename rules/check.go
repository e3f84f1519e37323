package rules

import (
	"fmt"
	"strings"

	"presswatch/watcher/article"
	"presswatch/watcher/strict"
	"presswatch/watcher/text"
)

// Report is what the tests in the rule files gave.
type Report struct {
	Tests    int       // that were run
	Failures []Failure // in the order of the files
	Clauses  int       // of all queries
	// Gaps are clauses about which the tests say too little.
	Gaps []Gap
}

// Failure is a test whose rule said something else than expected.
type Failure struct {
	Rule        string
	Number      int // of the test within its rule, from 1
	Expected    article.Level
	Got         article.Level
	Explanation Explanation
	// At is the place of the expectation in the file, and the failure in words.
	At strict.Mistake
}

// Gap is a clause that the tests never saw true, or never false.
type Gap struct {
	Rule   string
	Level  article.Level // of the query it belongs to
	Clause string
	Never  bool           // the truth value that was never seen
	At     strict.Mistake // its place in the file, and the gap in words
}

// Test runs the tests of all rules. split makes the zones of a test as it does
// for any plain text, so that marks for captions and teasers apply here too.
func (s *Set) Test(split func(title, lead, text string) []article.Zone) Report {
	var report Report
	seen := coverage{}
	for i := range s.rules {
		rule := &s.rules[i]
		for n, t := range rule.config.Tests {
			r := s.read(s.document(t, split))
			report.Tests++
			if f, failed := r.test(i, n, t); failed {
				report.Failures = append(report.Failures, f)
			}
			for _, c := range []*clause{rule.match, rule.alert} {
				if c != nil {
					seen.watch(r, c, r.doc.reading)
				}
			}
			r.done()
		}
	}
	for i := range s.rules {
		report.Clauses += seen.gaps(&s.rules[i], &report.Gaps)
	}
	return report
}

// document is the article of a test.
func (s *Set) document(t testConfig, split func(title, lead, text string) []article.Zone) *Document {
	zones := split(t.Title, t.Lead, t.Text)
	for _, c := range t.Captions {
		zones = append(zones, article.Zone{Kind: article.Caption, Text: c})
	}
	about := About{Language: t.Lang.Value, Author: t.Author, URL: t.URL, Published: t.Published.Time}
	if t.Section != "" {
		about.Sections = []string{t.Section}
	}
	var language string
	about.Source, about.Publisher, language, _ = s.known.source(t.Source.Value)
	if about.Language == "" {
		about.Language = language
	}
	return s.Document(about, zones)
}

func (r *reading) test(number, n int, t testConfig) (Failure, bool) {
	rule := &r.set.rules[number]
	var expected article.Level
	if err := expected.UnmarshalText([]byte(t.Expect.Value)); err != nil {
		expected = article.None // such a test is refused when it is loaded
	}
	e := r.explain(number)
	if e.Level == expected {
		return r.testEvidence(rule, n, t, e)
	}
	message := fmt.Sprintf("rule %s, test %d: expected %s, got %s", rule.id, n+1, expected, e.Level)
	return Failure{
		Rule: rule.id, Number: n + 1, Expected: expected, Got: e.Level, Explanation: e,
		At: t.Expect.Mistake(0, message, because(e, expected)),
	}, true
}

// testEvidence holds the words that a test expects among the evidence against
// those that are marked there.
func (r *reading) testEvidence(rule *rule, n int, t testConfig, e Explanation) (Failure, bool) {
	if e.Match == nil {
		return Failure{}, false
	}
	var marked []string
	for _, p := range e.Match.Evidence {
		for _, w := range p.Words {
			marked = append(marked, p.Quote[w.Start-p.Sentence.Start:w.End-p.Sentence.Start])
		}
	}
	all := " " + text.Fold(strings.Join(marked, " ")) + " "
	for _, words := range t.Evidence {
		if !strings.Contains(all, " "+text.Fold(words.Value)+" ") {
			message := fmt.Sprintf("rule %s, test %d: %s is not among the evidence", rule.id, n+1, quoted(words.Value))
			return Failure{Rule: rule.id, Number: n + 1, Expected: e.Level, Got: e.Level, Explanation: e,
				At: words.Mistake(0, message, "what is marked: "+strings.Join(marked, ", "))}, true
		}
	}
	return Failure{}, false
}

// because is why a rule said what it said, in one line.
func because(e Explanation, expected article.Level) string {
	if e.Level > expected {
		hint := e.Match.Clause + " is true"
		if len(e.Match.Evidence) > 0 {
			hint += ": " + e.Match.Evidence[0].Quote
		}
		return hint
	}
	for _, m := range e.Missed {
		if m.Level == expected {
			return m.Clause + ": " + m.Reason
		}
	}
	return "the rule has no query for level " + expected.String()
}
