package digest

import (
	"strings"
	"testing"
	"time"

	"presswatch/watcher/article"
)

func TestADigestEndsWithWhatMayBeMissingInItsPeriod(t *testing.T) {
	at := func(hour int) time.Time { return time.Date(2026, 7, 20, hour, 0, 0, 0, time.UTC) }
	gap := func(source string, from, to int) article.Gap {
		return article.Gap{Source: source, Left: article.Stretch{From: at(from), To: at(to)}}
	}
	for _, c := range []struct {
		name string
		gaps []article.Gap
		want string
	}{
		{"nothing", nil, ""},
		{"one that was filled", []article.Gap{{Source: "vna-fr"}}, ""},
		{"one", []article.Gap{gap("a", 1, 4)}, "Complete since 20 Jul 04:00. Before that, articles may be missing: a from 20 Jul 01:00 to 20 Jul 04:00."},
		{"the longest is named first, the latest decides", []article.Gap{gap("a", 7, 8), gap("b", 1, 4)}, "Complete since 20 Jul 08:00. Before that, articles may be missing: b from 20 Jul 01:00 to 20 Jul 04:00; a from"},
		{"more than can be named", []article.Gap{gap("a", 1, 9), gap("b", 1, 8), gap("c", 1, 7), gap("d", 1, 6), gap("e", 1, 5)}, "; c from 20 Jul 01:00 to 20 Jul 07:00; 2 other gaps."},
	} {
		t.Run(c.name, func(t *testing.T) {
			in := Input{Digest: "desk", Channel: "#desk", Now: at(9), Gaps: c.gaps, Findings: []article.Finding{{ID: 1, Article: article.Article{ID: 1, Entry: article.Entry{Title: "T", URL: "https://a.example/1"}}, Match: article.Match{Rule: "r"}}}}
			messages := Digest(in)
			if len(messages) != 1 || Validate(messages[0]) != nil {
				t.Fatal(len(messages))
			}
			lines := strings.Split(messages[0].Text, "\n")
			last := lines[len(lines)-1]
			if c.want == "" && strings.Contains(messages[0].Text, "Complete since") || !strings.Contains(last, c.want) {
				t.Errorf("ends with %q", last)
			}
		})
	}
}

func TestAQuietSlotSaysWhatItMayHaveMissed(t *testing.T) {
	in := quietInput(t)
	at := time.Date(2026, 11, 23, 20, 0, 0, 0, time.UTC)
	in.Gaps = []article.Gap{{Source: "courier", Left: article.Stretch{From: at, To: at.Add(time.Hour)}}}
	messages := Digest(in)
	if len(messages) != 1 || Validate(messages[0]) != nil {
		t.Fatal(messages)
	}
	for _, want := range []string{"Nothing new since", "The Courier · en from 24 Nov 03:00 to 24 Nov 04:00"} {
		if !strings.Contains(messages[0].Text, want) {
			t.Errorf("does not say %q:\n%s", want, messages[0].Text)
		}
	}
}

func TestADigestNamesTheSourcesInTrouble(t *testing.T) {
	at := time.Date(2026, 7, 20, 4, 0, 0, 0, time.UTC)
	open := func(source string) article.Incident {
		return article.Incident{Source: source, Kind: article.Failing, Opened: at, Began: at}
	}
	closed := open("z")
	closed.Closed = at.Add(time.Hour)
	for _, c := range []struct {
		name     string
		troubles []article.Incident
		want     string
	}{
		{"none that lasts", []article.Incident{closed}, ""},
		{"each source once", []article.Incident{open("a"), open("a")}, "In trouble: a (errors since 20 Jul 04:00)."},
		{"not known since when", []article.Incident{{Source: "a", Kind: article.Silent}}, "In trouble: a (silent)."},
		{"more than can be named", []article.Incident{open("a"), open("b"), open("c"), open("d")}, "c (errors since 20 Jul 04:00); 1 other source."},
	} {
		t.Run(c.name, func(t *testing.T) {
			in := quietInput(t)
			in.Names, in.Zone, in.Troubles = Names{}, time.UTC, c.troubles
			messages := Digest(in)
			if len(messages) != 1 || Validate(messages[0]) != nil {
				t.Fatal(messages)
			}
			if said := messages[0].Text; !strings.Contains(said, c.want) || c.want == "" && strings.Contains(said, "In trouble") {
				t.Errorf("says %q", said)
			}
		})
	}
}

func TestWithinARuleTheNewsOfTheLedgerComesFirstAndThenWhatMoreTellOf(t *testing.T) {
	of := func(id int64, title string, hour int, ledger []string, also ...article.Relative) article.Finding {
		a := article.Article{ID: id, Source: "a", Entry: article.Entry{Title: title, URL: "https://a.example/" + title, Published: time.Date(2026, 7, 20, hour, 0, 0, 0, time.UTC)}}
		return article.Finding{ID: id, Article: a, Also: also, Match: article.Match{Rule: "r", Level: article.Digest, Ledger: ledger}}
	}
	in := Input{Digest: "desk", Channel: "#desk", Findings: []article.Finding{
		of(1, "Newest", 9, nil),
		of(2, "Newer", 8, nil),
		of(3, "Twice", 7, nil, kin(article.Report, "b", 0), kin(article.Copy, "b", 0)),
		of(4, "Thrice", 6, nil, kin(article.Report, "b", 0), kin(article.Report, "c", 0)),
		of(5, "Ledger", 5, []string{"NEW · plan"}),
	}}
	text := Digest(in)[0].Text
	last := -1
	for _, title := range []string{"Ledger", "Thrice", "Twice", "Newest", "Newer"} {
		at := strings.Index(text, title)
		if at <= last {
			t.Fatalf("%s stands too early in\n%s", title, text)
		}
		last = at
	}
}
