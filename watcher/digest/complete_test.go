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
