package ledger_test

import (
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"presswatch/watcher/article"
	"presswatch/watcher/ledger"
)

var ladders = ledger.Ladders{"pact": {"proposed", "announced", "agreed", "signed", "implementing", "completed"}}

// said makes an entry of a line: "day source instrument parties domain period status
// [date]"; - is an empty slot, ! after the status tells it as news, ~ before the
// domain makes it a guess.
func said(t testing.TB, id int64, line string) ledger.Entry {
	t.Helper()
	f := strings.Fields(line)
	published, err := time.Parse(time.DateOnly, f[0])
	if err != nil || len(f) < 7 {
		t.Fatal(line, err)
	}
	slot := func(s string) string { return strings.TrimPrefix(s, "-") }
	fact := article.Fact{Kind: "pact", Instrument: f[2], Parties: strings.Split(f[3], "-"), Domain: slot(f[4]), Period: slot(f[5])}
	if guess, loose := strings.CutPrefix(fact.Domain, "~"); loose {
		fact.Domain, fact.Loose = guess, []string{"domain"}
	}
	fact.Status, fact.News = strings.CutSuffix(f[6], "!")
	if len(f) > 7 {
		fact.Date = f[7]
	}
	return ledger.Entry{Article: id, Source: f[1], Published: published, Fact: fact}
}

func entries(t testing.TB, lines ...string) (all []ledger.Entry) {
	for i, line := range lines {
		all = append(all, said(t, int64(i+1), line))
	}
	return all
}

// shown is a ledger as lines: key, status, day, and the novelties of its history.
func shown(b ledger.Book) (lines []string) {
	for _, i := range b.Items {
		line := strings.TrimPrefix(i.Key, "pact ") + " " + i.Status
		if i.Day != "" {
			line += " " + i.Day
		}
		line += ":"
		for _, e := range i.History {
			line += " " + string(e.Novelty)
		}
		if i.Against != "" {
			line += " against " + strings.TrimPrefix(i.Against, "pact ")
		}
		lines = append(lines, line)
	}
	return lines
}

func TestEntriesMakeItemsWithAHistory(t *testing.T) {
	for name, c := range map[string]struct{ said, want []string }{
		"a signing is new, and a report of it confirms": {
			[]string{"2031-01-10 a plan S-N rope 2031 signed!", "2031-01-11 b plan N-S rope 2031 signed!", "2031-01-12 b plan N-S rope 2031 signed!"},
			[]string{"plan N-S rope 2031 signed 2031-01-10: new confirmed recalled"}},
		"an announcement advances to a signing": {
			[]string{"2031-01-02 a plan N-S rope 2031 announced!", "2031-01-10 a plan N-S rope 2031 signed! 2031-01-09"},
			[]string{"plan N-S rope 2031 signed 2031-01-09: new advanced"}},
		"what is in force is recalled": {
			[]string{"2031-05-02 a plan N-S rope 2031 implementing"},
			[]string{"plan N-S rope 2031 implementing: recalled"}},
		"a period not yet begun is new": {
			[]string{"2031-05-02 a plan N-S rope 2032 proposed", "2031-12-20 a plan N-S rope 2032 signed!"},
			[]string{"plan N-S rope 2032 signed 2031-12-20: new advanced"}},
		"a mention of today does not hide the news of tomorrow": {
			[]string{"2031-01-10 a plan N-S rope 2031 implementing", "2031-01-11 b plan N-S rope 2031 signed!"},
			[]string{"plan N-S rope 2031 implementing 2031-01-11: recalled advanced"}},
		"what was in force for long is not signed now": {
			[]string{"2031-01-10 a plan N-S rope 2031 implementing", "2031-06-11 b plan N-S rope 2031 signed!"},
			[]string{"plan N-S rope 2031 implementing 2031-06-11: recalled recalled"}},
		"another day contradicts": {
			[]string{"2031-01-10 a plan N-S rope 2031 signed! 2031-01-09", "2031-01-11 b plan N-S rope 2031 signed! 2031-01-08", "2031-01-12 c plan N-S rope 2031 signed! 2031-01-09"},
			[]string{"plan N-S rope 2031 signed 2031-01-09: new contradicted confirmed"}},
		"another period for one signing contradicts": {
			[]string{"2031-01-10 a plan N-S rope 2031 signed! 2031-01-09", "2031-01-11 b plan N-S rope 2032 signed! 2031-01-09", "2031-01-12 c plan N-S rope 2031 signed! 2031-01-09"},
			[]string{"plan N-S rope 2031 signed 2031-01-09: new confirmed", "plan N-S rope 2032 signed 2031-01-09: new against plan N-S rope 2031"}},
		"a plan and a protocol for years are no contradiction": {
			[]string{"2031-01-10 a plan N-S rope 2031 signed! 2031-01-09", "2031-01-10 a plan N-S rope 2031-2035 signed! 2031-01-09"},
			[]string{"plan N-S rope 2031 signed 2031-01-09: new", "plan N-S rope 2031-2035 signed 2031-01-09: new"}},
		"news without a period joins what is news": {
			[]string{"2031-01-10 a plan N-S rope - signed!", "2031-01-11 b plan N-S rope 2031 signed!", "2030-01-10 a plan N-S rope 2030 signed!"},
			[]string{"plan N-S rope 2030 signed 2030-01-10: new", "plan N-S rope 2031 signed 2031-01-10: new confirmed"}},
		"what recalls without a period joins what is in force": {
			[]string{"2030-01-10 a plan N-S rope 2030 signed!", "2031-01-10 a plan N-S rope 2031 signed!", "2030-07-10 b plan N-S rope - implementing"},
			[]string{"plan N-S rope 2030 implementing 2030-01-10: new recalled", "plan N-S rope 2031 signed 2031-01-10: new"}},
		"a guessed field gives way": {
			[]string{"2031-01-10 a plan N-S ~sail 2031 signed!", "2031-01-11 b plan N-S rope 2031 signed!"},
			[]string{"plan N-S rope 2031 signed 2031-01-10: new confirmed"}},
		"two fields are two": {
			[]string{"2031-01-10 a mou N-S sail - signed!", "2031-01-10 a mou N-S rope - signed!"},
			[]string{"mou N-S rope -@2031-01-10 signed 2031-01-10: new", "mou N-S sail -@2031-01-10 signed 2031-01-10: new"}},
		"without periods the news tells them apart": {
			[]string{"2030-01-10 a mou N-S rope - signed!", "2030-01-20 b mou N-S rope - signed!", "2030-09-10 a mou N-S rope - implementing", "2031-01-10 a mou N-S rope - signed!"},
			[]string{"mou N-S rope -@2030-01-10 implementing 2030-01-10: new confirmed recalled", "mou N-S rope -@2031-01-10 signed 2031-01-10: new"}},
		"other parties are other instruments": {
			[]string{"2031-01-10 a plan N-S rope 2031 signed!", "2031-01-10 a plan N-E rope 2031 signed!"},
			[]string{"plan E-N rope 2031 signed 2031-01-10: new", "plan N-S rope 2031 signed 2031-01-10: new"}},
	} {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(c.want, shown(ledger.Build(ladders, entries(t, c.said...), nil))); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestTheLedgerIsTheSameInAnyOrder(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	slots := [][]string{{"2030-11-02", "2030-12-20", "2031-01-03", "2031-01-20", "2031-08-01", "2032-01-02"}, {"a", "b", "c"}, {"plan", "mou"},
		{"N-S", "S-N", "N-E"}, {"rope", "~rope", "sail", "~sail", "-"}, {"2031", "2032", "2031-2035", "-", "-"},
		{"proposed", "announced!", "signed!", "implementing", "completed"}, {"", "2031-01-02", "2031-01-03"}}
	for round := range 400 {
		var all []ledger.Entry
		for id := range 2 + random.IntN(9) {
			var line []string
			for _, s := range slots {
				line = append(line, s[random.IntN(len(s))])
			}
			all = append(all, said(t, int64(id+1), strings.Join(line, " ")))
		}
		corrections := []ledger.Correction{{Deed: ledger.Drop, Key: "pact plan N-S sail 2031"}}
		want := shown(ledger.Build(ladders, all, corrections))
		random.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
		if diff := cmp.Diff(want, shown(ledger.Build(ladders, all, corrections))); diff != "" {
			t.Fatalf("round %d: %s\n%+v", round, diff, all)
		}
		total := 0
		for _, i := range ledger.Build(ladders, all, nil).Items {
			total += len(i.History)
		}
		if total != len(all) {
			t.Fatalf("round %d: %d of %d entries are in the ledger", round, total, len(all))
		}
	}
}

func TestAnArticleIsJudgedByWhatWasRead(t *testing.T) {
	gate := ledger.Gate{Kind: "pact", Fires: []ledger.Fire{
		{On: []ledger.Novelty{ledger.New, ledger.Advanced}, At: []string{"announced", "agreed", "signed"}},
		{On: []ledger.Novelty{ledger.New}, Ahead: true},
	}}
	for name, c := range map[string]struct {
		known  []string
		read   string
		want   ledger.Novelty
		tells  bool
		reason string
	}{
		"nothing known": {nil, "2031-01-10 a plan N-S rope 2031 signed!", ledger.New, true, "told as news"},
		"an old thing":  {nil, "2031-05-10 a plan N-S rope 2031 implementing", ledger.Recalled, true, "not told as news"},
		"an old thing that is known": {[]string{"2031-01-10 a plan N-S rope 2031 signed!"}, "2031-05-10 a plan N-S rope 2031 implementing",
			ledger.Recalled, false, "not told as news"},
		"a plan for next year":      {nil, "2031-05-10 a plan N-S rope 2032 proposed", ledger.New, true, "has not begun"},
		"a wish":                    {nil, "2031-05-10 a plan N-S rope - proposed", ledger.Recalled, true, "not told as news"},
		"the same in another paper": {[]string{"2031-01-10 a plan N-S rope 2031 signed!"}, "2031-01-10 b plan N-S rope 2031 signed!", ledger.Confirmed, false, "another source"},
		"the earlier report read later": {[]string{"2031-01-11 a plan N-S rope 2031 signed!"}, "2031-01-10 b plan N-S rope 2031 signed!",
			ledger.Confirmed, false, "another source"},
		"the signing after its announcement": {[]string{"2031-01-02 a plan N-S rope 2031 announced!"}, "2031-01-10 a plan N-S rope 2031 signed!", ledger.Advanced, true, "now told as signed"},
		"with less than was known":           {[]string{"2031-01-10 a plan N-S rope 2031 signed!"}, "2031-01-11 b plan N-S rope - signed!", ledger.Confirmed, false, "another source"},
		"with more than was known":           {[]string{"2031-01-10 a plan N-S rope - signed!"}, "2031-01-11 b plan N-S rope 2031 signed!", ledger.Confirmed, false, "another source"},
		"for another year than all others say": {[]string{"2031-01-10 a plan N-S rope 2031 signed! 2031-01-09", "2031-01-10 c plan N-S rope 2031 signed! 2031-01-09"},
			"2031-01-11 b plan N-S rope 2032 signed! 2031-01-09", ledger.Contradicted, false, "another period"},
	} {
		t.Run(name, func(t *testing.T) {
			verdicts := ledger.Judge(ladders, entries(t, c.known...), nil, []ledger.Entry{said(t, 99, c.read)})
			if len(verdicts) != 1 || verdicts[0].Novelty != c.want || !strings.Contains(verdicts[0].Reason, c.reason) {
				t.Errorf("%+v", verdicts)
			}
			if tells, why := gate.Tells(verdicts); tells != c.tells || why == "" {
				t.Error(tells, why)
			}
		})
	}
	verdicts := ledger.Judge(ladders, entries(t, "2031-01-10 a plan N-S rope 2031 signed!"), nil,
		[]ledger.Entry{said(t, 9, "2031-01-11 b protocol N-S rope 2030 implementing"), said(t, 9, "2031-01-11 b plan N-S rope 2031 signed!")})
	if tells, why := gate.Tells(verdicts); tells || !strings.Contains(why, "confirmed") {
		t.Error("what is news decides, not what is told beside it:", why)
	}
	if tells, _ := gate.Tells(nil); !tells {
		t.Error("an article without facts is none of the ledger's business")
	}
}

func TestCorrectionsHoldForWhatIsReadLater(t *testing.T) {
	known := entries(t, "2031-01-10 a mou N-S rope - signed!", "2031-01-12 b plan N-S rope 2031 signed!", "2031-01-12 c plan N-S sail 2031 signed!")
	book := ledger.Build(ladders, known, nil)
	at := time.Date(2031, 2, 1, 0, 0, 0, 0, time.UTC)
	later := append(known, said(t, 4, "2031-01-08 d mou N-S rope - signed!"), said(t, 5, "2031-03-01 d plan N-S sail 2031 implementing"))
	for name, c := range map[string]struct {
		deed      ledger.Deed
		key, into string
		articles  []int64
		want      []string
		wrong     string
	}{
		"drop": {ledger.Drop, "pact mou N-S rope -@2031-01-10", "", nil,
			[]string{"plan N-S rope 2031 signed 2031-01-12: new", "plan N-S sail 2031 implementing 2031-01-12: new recalled"}, ""},
		"merge": {ledger.Merge, "pact plan N-S sail 2031", "pact plan N-S rope 2031", nil,
			[]string{"mou N-S rope -@2031-01-08 signed 2031-01-08: new confirmed", "plan N-S rope 2031 implementing 2031-01-12: new confirmed recalled"}, ""},
		"an unknown item":  {ledger.Drop, "pact plan N-S rope 2030", "", nil, nil, "no item"},
		"into itself":      {ledger.Merge, "pact plan N-S rope 2031", "pact plan N-S rope 2031", nil, nil, "no other item"},
		"all of its texts": {ledger.Split, "pact plan N-S rope 2031", "", []int64{2}, nil, "not all of them"},
		"another's text":   {ledger.Split, "pact plan N-S rope 2031", "", []int64{1}, nil, "does not speak of"},
	} {
		t.Run(name, func(t *testing.T) {
			correction, err := book.Correct(c.deed, c.key, c.into, c.articles, at)
			if c.wrong != "" {
				if err == nil || !strings.Contains(err.Error(), c.wrong) {
					t.Error(err)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(c.want, shown(ledger.Build(ladders, later, []ledger.Correction{correction}))); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestASplitItemIsTwo(t *testing.T) {
	known := entries(t, "2031-01-10 a mou N-S rope - signed!", "2031-01-12 b mou N-S rope - signed!")
	book := ledger.Build(ladders, known, nil)
	c, err := book.Correct(ledger.Split, book.Items[0].Key, "", []int64{2}, time.Time{})
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"mou N-S rope -@2031-01-10 signed 2031-01-10: new", "mou N-S rope -@2031-01-10/2 signed 2031-01-12: new"}
	if diff := cmp.Diff(want, shown(ledger.Build(ladders, known, []ledger.Correction{c}))); diff != "" {
		t.Error(diff)
	}
}
