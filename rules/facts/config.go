package facts

import (
	"strings"
	"time"

	"presswatch/watcher/strict"
)

// fileConfig is what a rule file says of facts.
type fileConfig struct {
	Vocabulary strict.Elsewhere `yaml:"vocabulary"` // read by the rules
	Rules      strict.Elsewhere `yaml:"rules"`      // read by the rules
	Facts      []kindConfig     `yaml:"facts"`      // kinds of statements; see facts.md
}

// kindConfig is a kind of fact as written.
type kindConfig struct {
	ID     strict.Scalar   `yaml:"id"`     // letters, digits, - and _; rules name the kind by it
	Name   string          `yaml:"name"`   // for readers; the id when missing
	Home   strict.Scalar   `yaml:"home"`   // the party that goes without saying where only one other is named
	Ladder []strict.Scalar `yaml:"ladder"` // what the status may be, lowest first
	// Instrument is what a fact is about: each place where one is named is a mention.
	Instrument  instrumentConfig `yaml:"instrument"`
	Parties     slotConfig       `yaml:"parties"`     // between whom: ISO 3166 codes
	Domain      slotConfig       `yaml:"domain"`      // of what field
	Period      periodConfig     `yaml:"period"`      // for what years
	Status      statusConfig     `yaml:"status"`      // where it stands on the ladder
	Date        periodConfig     `yaml:"date"`        // when that was done
	Place       slotConfig       `yaml:"place"`       // where
	Signatories slotConfig       `yaml:"signatories"` // by whom
	Tests       []testConfig     `yaml:"tests"`       // articles, and the facts they must give: run by check
}

// instrumentConfig is the instruments of a kind.
type instrumentConfig struct {
	Values []valueConfig `yaml:"values"` // classes, and the words for each
	// Again are queries for words that stand for the instrument named last before them, in
	// their sentence or the one before: they count where a period stands beside them.
	Again []strict.Scalar `yaml:"again"`
	Never []strict.Scalar `yaml:"never"` // queries for places that look like one and are none
}

// slotConfig is a slot with a list of values.
type slotConfig struct {
	Values []valueConfig `yaml:"values"` // what may fill it, and the words for each
	// Attach says where it is looked for, one after the other, until it is filled:
	// phrase/n, after/n and before/n the mention, its clause, sentence or paragraph, the
	// title, the lead, the article.
	Attach    []reach `yaml:"attach"`
	Least     int     `yaml:"least"`     // how many values fill it; default 1
	Otherwise string  `yaml:"otherwise"` // the value where nothing fills it
	// Many is how many different values named together say that it is none of them: what
	// goes without saying fills the slot. 0: however many there are, the nearest does.
	Many int `yaml:"many"`
}

// valueConfig is a value of a slot.
type valueConfig struct {
	Is    strict.Scalar `yaml:"is"`    // the value
	Name  string        `yaml:"name"`  // for readers; the value when missing
	Match strict.Scalar `yaml:"match"` // query for the words that mean it
	// Attach are the parts in which the value counts, of those that its slot is looked
	// for in; all of them when missing.
	Attach []reach `yaml:"attach"`
	// Needs are slots of which a mention must have one, said of itself: for words so
	// common that they mean the instrument only in such company.
	Needs []need `yaml:"needs"`
	// Bloc are the instruments to which a party is party by itself, for its members: where
	// a title names it, and neither that nor the sentence names two other parties.
	Bloc []strict.Scalar `yaml:"bloc"`
	// Yearly says that an instrument that is news and for no period is one of the year
	// in which it is told: there is another each year.
	Yearly bool `yaml:"yearly"`
	// OfYear says that an instrument of old, for no period, is known by the year in which
	// it was signed: its period is that of its date.
	OfYear bool `yaml:"of_year"`
	// Broad says that the instrument's field is the one that is said of itself, else the
	// one that goes without saying: never that of its article.
	Broad bool `yaml:"broad"`
	// Domain is the field of the instrument where none is said of itself.
	Domain strict.Scalar `yaml:"domain"`
	// Each says that words for several of it, with a colon and a list of fields behind
	// them, tell of one for each field.
	Each bool `yaml:"each"`
	// Alone says that a mention counts only in an article with no other fact that is
	// news: words such as documents, which stand for what is named beside them.
	Alone bool `yaml:"alone"`
}

// periodConfig is a slot filled by years or days.
type periodConfig struct {
	Attach []reach         `yaml:"attach"` // as in other slots
	Forms  []formConfig    `yaml:"forms"`  // how it is written
	Never  []strict.Scalar `yaml:"never"`  // queries for places where a form is something else
	// Names are the numbers that {n} and {month} take in words.
	Names map[string]map[string][]string `yaml:"names"`
}

// formConfig is a way of writing a period or a day.
type formConfig struct {
	Forms []strict.Scalar `yaml:"forms"` // words with {captures}
	// Is says what it means: nothing for the years captured; +1, 0, -1 counted from
	// the year of publication; +1..+n, where {n} is captured.
	Is strict.Scalar `yaml:"is"`
	// Attach are the parts in which the form counts, of those that its slot is looked
	// for in; all of them when missing.
	Attach []reach `yaml:"attach"`
}

// statusConfig says how the status of a mention is read.
type statusConfig struct {
	// Patterns are tried in order; the first that is true of a mention gives its
	// status.
	Patterns []patternConfig `yaml:"patterns"`
	// Wins says which status a fact has of which several mentions say different
	// things: the first listed.
	Wins      []strict.Scalar `yaml:"wins"`
	Otherwise strict.Scalar   `yaml:"otherwise"` // the status where no pattern is true
	// Recalls are queries for articles that tell nothing as news, such as reviews of a
	// year: whatever their words, a status that is news is read as what goes without
	// saying.
	Recalls []strict.Scalar `yaml:"recalls"`
	// Stale is how long after its date a signing is news no more: such a status is read
	// as the one that goes without saying.
	Stale time.Duration `yaml:"stale"`
	// Ahead is the status of which a day is news that lies after the publication.
	Ahead strict.Scalar `yaml:"ahead"`
	// Called are the rungs that labelled articles (eval) call by another's name.
	Called map[string]string `yaml:"called"`
}

// patternConfig is one way of saying a status.
type patternConfig struct {
	Is   strict.Scalar `yaml:"is"`   // the status
	When strict.Scalar `yaml:"when"` // a query, in which <instrument> captures the mention
	News bool          `yaml:"news"` // the text tells it as what has happened now
	// Nearest says that it is said of the nearest mention only, not of a list.
	Nearest bool `yaml:"nearest"`
	// Weak says that it gives way to what is said of another mention of the instrument.
	Weak bool `yaml:"weak"`
}

// testConfig is an article, and the facts it must give.
type testConfig struct {
	Title     string         `yaml:"title"`     // the headline
	Lead      string         `yaml:"lead"`      // the paragraph under it
	Text      string         `yaml:"text"`      // the body; marks of zones apply to it
	Captions  []string       `yaml:"captions"`  // of pictures
	Lang      strict.Scalar  `yaml:"lang"`      // of the text
	Published day            `yaml:"published"` // a year, a month or a day
	Expect    []expectConfig `yaml:"expect"`    // the facts, all of them; an empty list for none

}

// expectConfig is a fact that a test must give. Slots that are not written are not
// compared; none stands for an empty one.
type expectConfig struct {
	Instrument  strict.Scalar `yaml:"instrument"`  // as values.is
	Parties     []string      `yaml:"parties"`     // in any order
	Domain      string        `yaml:"domain"`      // as values.is
	Period      string        `yaml:"period"`      // 2026 or 2025-2029
	Status      string        `yaml:"status"`      // a rung of the ladder
	Date        string        `yaml:"date"`        // 2025-12-02
	Place       string        `yaml:"place"`       // as values.is
	Signatories []string      `yaml:"signatories"` // in any order
}

// Check requires something to read, and a language to read it in.
func (t testConfig) Check(report func(key, message, hint string)) {
	if t.Title+t.Lead+t.Text+strings.Join(t.Captions, "") == "" {
		report("", "the test has no text", "give it a title, a lead or a text")
	}
	if !t.Lang.IsSet() {
		report("", "the test has no language", "lang: fr")
	}
}
