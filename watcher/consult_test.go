package watcher_test

import (
	"cmp"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	gocmp "github.com/google/go-cmp/cmp"

	"presswatch/store"
	"presswatch/store/sqlite"
	"presswatch/watcher"
)

// pactRules is a rule that asks the ledger.
const pactRules = `
vocabulary:
  treaty: {en: [treaty, pact]}
facts:
  - id: pact
    home: NQ
    ladder: [announced, signed, kept]
    instrument: {values: [{is: treaty, match: "@treaty", name: pact}]}
    parties:
      least: 2
      attach: [sentence, title]
      values: [{is: NQ, name: Northquay, match: Northquay}, {is: SH, name: Saltholm, match: Saltholm}]
    period: {attach: [before/1, after/4], forms: [{forms: ["{year}"]}]}
    status:
      otherwise: kept
      patterns:
        - {is: announced, news: true, when: (will OR soon) NEAR/6 <instrument>}
        - {is: signed, news: true, when: signed NEAR/8 <instrument>}
rules:
  - id: treaties
    name: Treaties
    alert: "@treaty"
    ledger: {fact: pact, fires: [{on: [new, advanced], at: [announced, signed]}]}
  - {id: harbours, name: Harbours, match: harbour}
`

func pactDesk(t *testing.T) *desk {
	d := newDesk(t)
	d.configure(deskSetup, pactRules)
	return d
}

// tell adds a story to the paper and lets the desk read it.
func (d *desk) tell(number int, title, body string) {
	d.paper.stories = append(d.paper.stories, story{number: number, title: title, lead: "…", body: body, published: time.Now()})
	d.runFor(6 * time.Minute)
}

// kept is what the ledger of the desk is made of.
func (d *desk) kept() store.Kept {
	d.t.Helper()
	s, err := sqlite.Open(d.t.Context(), filepath.Join(d.dir, "desk.db"))
	if err != nil {
		d.t.Fatal(err)
	}
	defer s.Close()
	kept, err := s.Ledger(d.t.Context(), nil)
	if err != nil {
		d.t.Fatal(err)
	}
	return kept
}

func (d *desk) novelties() (all []string) {
	statements := d.kept().Statements
	slices.SortFunc(statements, func(a, b store.Statement) int { return cmp.Compare(a.Article, b.Article) })
	for _, s := range statements {
		all = append(all, s.Title+": "+s.Fact.Status+" "+string(s.Novelty))
	}
	return all
}

func TestWhatTheLedgerKnowsIsToldOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := pactDesk(t)
		d.tell(1, "Saltholm waits", "A treaty for 2031 will be signed by Northquay and Saltholm.")
		d.tell(2, "Saltholm waits on", "The 2031 treaty with Saltholm will come soon.")
		d.tell(3, "Ink in Saltholm", "The 2031 treaty was signed with Saltholm.")
		d.tell(4, "More ink", "Saltholm signed the 2031 treaty.")
		d.tell(5, "The old treaty", "Saltholm keeps the 2031 treaty.")
		d.tell(6, "A treaty of elves", "Nobody else is there.")
		var told []string
		for _, text := range d.told("#desk") {
			for _, title := range []string{"Saltholm waits on", "Saltholm waits", "Ink in Saltholm", "More ink", "The old treaty", "A treaty of elves"} {
				if strings.Contains(text, title) {
					told = append(told, title)
					break
				}
			}
		}
		if diff := gocmp.Diff([]string{"Saltholm waits", "Ink in Saltholm", "A treaty of elves"}, told); diff != "" {
			t.Error(diff)
		}
		var lines []string
		for _, text := range d.told("#desk") {
			for line := range strings.SplitSeq(text, "\n") {
				if strings.Contains(line, " · Northquay–Saltholm · ") {
					lines = append(lines, line)
				}
			}
		}
		day := time.Now().Format("2 Jan 2006")
		if diff := gocmp.Diff([]string{"NEW · pact · Northquay–Saltholm · 2031 · announced " + day, "ADVANCED · pact · Northquay–Saltholm · 2031 · signed " + day}, lines); diff != "" {
			t.Error(diff)
		}
		want := []string{"Saltholm waits: announced new", "Saltholm waits on: announced recalled", "Ink in Saltholm: signed advanced",
			"More ink: signed recalled", "The old treaty: kept recalled"}
		if diff := gocmp.Diff(want, d.novelties()); diff != "" {
			t.Error(diff)
		}
	})
}

func TestALedgerReadAnewTellsNobody(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := newDesk(t) // its rules define no facts
		d.tell(1, "Ink in Saltholm", "The 2031 treaty was signed with Saltholm.")
		d.tell(2, "More ink", "Saltholm signed the 2031 treaty.")
		before := len(d.told("#desk"))
		if n := len(d.kept().Statements); n != 0 {
			t.Fatal(n, "facts")
		}
		d.configure(deskSetup, pactRules)
		for range 2 {
			s, err := sqlite.Open(t.Context(), filepath.Join(d.dir, "desk.db"))
			if err != nil {
				t.Fatal(err)
			}
			done, err := watcher.Restate(t.Context(), s, d.setup, time.Time{})
			if err != nil || done.Articles != 2 || done.Facts != 2 {
				t.Error(done, err)
			}
			s.Close()
		}
		if diff := gocmp.Diff([]string{"Ink in Saltholm: signed new", "More ink: signed recalled"}, d.novelties()); diff != "" {
			t.Error(diff)
		}
		d.runFor(10 * time.Minute)
		if after := len(d.told("#desk")); after != before {
			t.Errorf("told %d, then %d", before, after)
		}
		d.tell(3, "Yet more ink", "Saltholm signed the 2031 treaty.")
		if after := len(d.told("#desk")); after != before {
			t.Errorf("told %d, then %d: %s", before, after, indented(d.told("#desk")))
		}
	})
}

func TestWhatIsLateIsSaidOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := pactDesk(t)
		d.configure(deskSetup, strings.Replace(pactRules, "at: [announced, signed]}]}", "at: [announced, signed]}], late: 14d}", 1))
		first := time.Now().Year()
		for n := range 3 { // signed in each January, for that year
			d.tell(n+1, "Ink "+strconv.Itoa(n), "Saltholm signed the "+strconv.Itoa(first+n)+" treaty.")
			if n < 2 {
				time.Sleep(time.Until(time.Date(first+n+1, 1, 1, 0, 0, 0, 0, time.UTC)))
			}
		}
		time.Sleep(time.Until(time.Date(first+3, 1, 1, 0, 0, 0, 0, time.UTC)))
		d.runFor(2 * time.Hour)
		want := "no " + strconv.Itoa(first+3) + " pact seen · Northquay–Saltholm"
		late := func() int { return strings.Count(strings.Join(d.told("#desk"), "\n"), want) }
		if n := late(); n != 0 {
			t.Errorf("said %d times before it is late", n)
		}
		time.Sleep(20 * 24 * time.Hour)
		d.runFor(3 * time.Hour)
		if n := late(); n != 1 {
			t.Errorf("said %d times: %s", n, indented(d.told("#desk")))
		}
	})
}
