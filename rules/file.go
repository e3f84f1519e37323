package rules

import (
	"strconv"
	"strings"
	"time"

	"presswatch/watcher/article"
	"presswatch/watcher/ledger"
	"presswatch/watcher/strict"
)

// fileConfig is a rule file.
type fileConfig struct {
	// Vocabulary is terms by name and by language code, "any", "except" or
	// "except-" and a code.
	Vocabulary map[string]map[string][]strict.Scalar `yaml:"vocabulary"`
	Rules      []ruleConfig                          `yaml:"rules"` // named queries; see language.md
	Facts      strict.Elsewhere                      `yaml:"facts"` // kinds of statements; see package facts
}

// ruleConfig is a rule as written.
type ruleConfig struct {
	ID    strict.Scalar `yaml:"id"`    // letters, digits, - and _; digests and labels name the rule by it
	Name  string        `yaml:"name"`  // for readers; the id when missing
	Match strict.Scalar `yaml:"match"` // query for level digest
	Alert strict.Scalar `yaml:"alert"` // query for level alert
	// Ledger says for which facts of an article the rule fires; an article that states
	// none is left to the queries.
	Ledger *ledgerConfig `yaml:"ledger"`
	Tests  []testConfig  `yaml:"tests"` // articles, and what the rule must say of them: run by check
}

// Check holds the keys of a rule against each other.
func (r ruleConfig) Check(report func(key, message, hint string)) {
	if !r.ID.IsSet() {
		report("", "the rule has no id", "id: harbour-news")
	} else if !nameOK(r.ID.Value) {
		report("id", "bad id "+quoted(r.ID.Value), "letters, digits, - and _ make an id")
	}
	if !r.Match.IsSet() && !r.Alert.IsSet() {
		report("", "the rule has no query", "give it match: (level digest), alert:, or both")
	}
}

// ledgerConfig is what a rule asks of the ledger.
type ledgerConfig struct {
	Fact  strict.Scalar `yaml:"fact"`  // the id of a kind of fact
	Fires []fireConfig  `yaml:"fires"` // one of these must be true of one of the article's facts
	// Late has the digests told, once, of yearly instruments that are not seen so long
	// after their usual days; never when missing.
	Late time.Duration `yaml:"late"`
}

// fireConfig is one thing for which a rule fires.
type fireConfig struct {
	On    []ledger.Novelty `yaml:"on"`    // new, advanced, confirmed, recalled or contradicted
	At    []strict.Scalar  `yaml:"at"`    // statuses of the kind's ladder; any when missing
	Ahead bool             `yaml:"ahead"` // only what is for a period not yet begun
}

// Check requires a kind and something to fire for.
func (l ledgerConfig) Check(report func(key, message, hint string)) {
	if !l.Fact.IsSet() {
		report("", "the ledger is asked for no kind of fact", "fact: cooperation")
	}
	if len(l.Fires) == 0 {
		report("", "the rule never fires", "fires: [{on: [new]}]")
	}
	for i, f := range l.Fires {
		if len(f.On) == 0 {
			report("fires."+strconv.Itoa(i), "it says for no novelty that the rule fires", "on: [new, advanced]")
		}
	}
}

// testConfig is an article, written into the rule, and what the rule must say
// of it.
type testConfig struct {
	Title     string        `yaml:"title"`     // the headline
	Lead      string        `yaml:"lead"`      // the paragraph under it
	Text      string        `yaml:"text"`      // the body; marks of zones apply to it
	Captions  []string      `yaml:"captions"`  // of pictures
	Source    strict.Scalar `yaml:"source"`    // a source's id or publisher
	Lang      strict.Scalar `yaml:"lang"`      // of the text; the source's when missing
	Section   string        `yaml:"section"`   // as a page names it
	Author    string        `yaml:"author"`    // as a page names them
	URL       string        `yaml:"url"`       // the article's address
	Published day           `yaml:"published"` // a year, a month, a day or a moment
	Expect    strict.Scalar `yaml:"expect"`    // alert, digest or none

	// File holds the text instead, relative to the rule file; without a title its
	// first line is the title.
	File strict.Scalar `yaml:"file"`
	// Evidence is words that must be among those that made the rule match.
	Evidence []strict.Scalar `yaml:"evidence"`
}

// Check requires something to read and something to expect.
func (t testConfig) Check(report func(key, message, hint string)) {
	if t.File.IsSet() && t.Text != "" {
		report("file", "the test has both a file and a text", "keep one of them")
	}
	if t.Title+t.Lead+t.Text+strings.Join(t.Captions, "")+t.File.Value == "" {
		report("", "the test has no text", "give it a title, a lead or a text")
	}
	var level article.Level
	if err := level.UnmarshalText([]byte(t.Expect.Value)); err != nil || !t.Expect.IsSet() {
		report("expect", "what the test expects is alert, digest or none, not "+quoted(t.Expect.Value), "")
	}
	if level == article.None && len(t.Evidence) > 0 {
		report("evidence", "a test that expects none has no evidence", "")
	}
}

type day struct{ time.Time }

// UnmarshalText reads a year, a month, a day or a moment.
func (d *day) UnmarshalText(b []byte) error {
	for _, layout := range []string{time.RFC3339, "2006-01-02T15:04", time.DateOnly, "2006-01", "2006"} {
		if t, err := time.Parse(layout, string(b)); err == nil {
			d.Time = t
			return nil
		}
	}
	return mistakeInValue{"cannot read the date " + quoted(string(b)), "2025-06-30, 2025-06 or 2025-06-30T08:00:00+07:00"}
}

// mistakeInValue is an error with advice.
type mistakeInValue struct{ message, hint string }

func (m mistakeInValue) Error() string { return m.message }

// Hint is the advice.
func (m mistakeInValue) Hint() string { return m.hint }
