package ledger_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"presswatch/watcher/ledger"
)

var names = ledger.Names{
	Parties: map[string]string{"N": "Northquay", "S": "Saltholm"},
	Domains: map[string]string{"rope": "ropes"},
}

func yearly(t *testing.T) ledger.Book {
	t.Helper()
	all := entries(t,
		"2027-12-02 a plan N-S rope 2028 signed! 2027-12-01",
		"2028-11-27 a plan N-S rope 2029 signed! 2028-11-26",
		"2030-01-19 a plan N-S rope 2030 signed! 2030-01-18",
		"2030-12-03 a plan N-S rope 2031 signed! 2030-12-02",
		"2031-06-03 b plan N-S rope 2031 implementing",
		"2030-12-03 a plan N-S rope 2031-2035 signed! 2030-12-02")
	all[3].Fact.Place = "Saltholm"
	return ledger.Build(ladders, all, nil)
}

func TestAnItemIsToldInALine(t *testing.T) {
	book := yearly(t)
	item, found := book.Find("pact plan N-S rope 2031")
	if !found {
		t.Fatal(shown(book))
	}
	want := "NEW · plan · Northquay–Saltholm · ropes · 2031 · signed 2 Dec 2030 in Saltholm"
	if got := names.Line(ledger.New, item); got != want {
		t.Errorf("%s\n%s", got, want)
	}
	want = "2030 signed 18 Jan 2030, 2029 signed 26 Nov 2028, 2028 signed 1 Dec 2027"
	if got := book.Predecessors(item); got != want {
		t.Errorf("%s\n%s", got, want)
	}
	old := ledger.Build(ladders, entries(t, "2031-06-03 b mou N-E - - implementing"), nil).Items[0]
	if got := (ledger.Names{}).Line("", old); got != "mou · N–E · implementing" {
		t.Error(got)
	}
	if got := book.Predecessors(old); got != "" {
		t.Error(got)
	}
}

func TestAYearlyPlanThatIsLateIsTold(t *testing.T) {
	book := yearly(t)
	day := func(s string) time.Time {
		d, err := time.Parse(time.DateOnly, s)
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	grace := 7 * 24 * time.Hour
	for now, want := range map[string]int{"2031-12-31": 0, "2032-01-20": 0, "2032-01-27": 1, "2033-01-02": 0} {
		if late := book.Late("pact", day(now), grace); len(late) != want {
			t.Errorf("%s: %+v", now, late)
		}
	}
	late := book.Late("pact", day("2032-02-01"), grace)
	want := "no 2032 plan seen · Northquay–Saltholm · ropes · the last four were signed between 26 Nov and 18 Jan"
	if got := names.Late(late[0]); got != want {
		t.Errorf("%s\n%s", got, want)
	}
	with := append(entries(t, "2032-01-05 a plan N-S rope 2032 announced!"), book.Items[0].History[0].Entry)
	for _, i := range book.Items {
		for _, e := range i.History {
			with = append(with, e.Entry)
		}
	}
	if late := ledger.Build(ladders, with, nil).Late("pact", day("2032-02-01"), grace); len(late) > 0 {
		t.Errorf("%+v", late)
	}
	if diff := cmp.Diff([]ledger.Late(nil), book.Late("treaty", day("2032-02-01"), grace)); diff != "" {
		t.Error(diff)
	}
}
