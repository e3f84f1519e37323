package digest

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"presswatch/watcher/article"
)

var update = flag.Bool("update", false, "write the golden files anew")

// golden holds what a test made against a file that is read like code.
func golden(t *testing.T, name string, got []byte) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(path, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), string(got)); diff != "" {
		t.Errorf("%s differs (-want +got):\n%s", path, diff)
	}
}

// quietInput is a morning after an evening digest, with nothing in between.
func quietInput(t *testing.T) Input {
	in := inputOf(t, nil)
	in.Last, in.Quiet = "2026-11-23T17:00", Say
	return in
}

func TestAQuietDigestIsSilentUnlessItIsToSaySo(t *testing.T) {
	for name, change := range map[string]func(*Input){
		"by default":    func(in *Input) { in.Quiet = "" },
		"as configured": func(in *Input) { in.Quiet = Silent },
		"out of turn":   func(in *Input) { in.Slot = "" },
	} {
		in := quietInput(t)
		change(&in)
		if n := len(Digest(in)); n != 0 {
			t.Errorf("%s: %d messages", name, n)
		}
	}
	a, again, b := quietInput(t), quietInput(t), quietInput(t)
	b.Slot = "2026-11-24T17:00"
	if Digest(a)[0].ID == Digest(b)[0].ID || Digest(a)[0].ID != Digest(again)[0].ID {
		t.Error("two slots have one id, or one slot two")
	}
}

func rendered(t *testing.T, style Style, messages ...Message) []byte {
	t.Helper()
	var out bytes.Buffer
	for i, m := range messages {
		if i > 0 {
			out.WriteString("\n")
		}
		if err := Render(&out, m, style); err != nil {
			t.Fatal(err)
		}
	}
	return out.Bytes()
}

func TestMessagesLookAsInTheGoldenFiles(t *testing.T) {
	feedOnly := sample()[3:]
	for _, c := range []struct {
		name     string
		messages []Message
	}{
		{"alert", []Message{Alert(sample()[:2], namesOf(t))}},
		{"alert-story", []Message{Alert(story()[:1], namesOf(t))}},
		{"alert-feed", []Message{Alert(feedOnly, namesOf(t))}},
		{"storm", Storm(sample(), namesOf(t))},
		{"digest", Digest(inputOf(t, sample()))},
		{"digest-quiet", Digest(quietInput(t))},
		{"digest-silenced", Digest(silencedInput(t))},
		{"digest-story", Digest(doubtful(t))},
		{"digest-long", Digest(inputOf(t, many(12)))},
	} {
		t.Run(c.name, func(t *testing.T) {
			var texts bytes.Buffer
			for _, m := range c.messages {
				if err := Validate(m); err != nil {
					t.Error(err)
				}
				texts.WriteString(m.Text + "\n\n")
			}
			data, err := json.MarshalIndent(c.messages, "", "  ")
			if err != nil {
				t.Fatal(err)
			}
			golden(t, c.name+".json", append(data, '\n'))
			golden(t, c.name+".txt", rendered(t, Style{Width: 90}, c.messages...))
			golden(t, c.name+".fallback.txt", texts.Bytes())
			golden(t, c.name+".html", pageOf(t, c.messages))
		})
	}
}

// story is a signing that the ledger calls new and others tell of too, after an
// article that has neither.
func story() []article.Finding {
	signed := passage(article.Body, "Les deux ministres de la Défense ont [signé] lundi à Vientiane, au Laos, le [plan de coopération] pour 2027, qui prévoit l’échange de cadres & la formation de médecins militaires.")
	new := finding(1, frenchArticle(), plans(article.Alert, signed))
	new.Match.Ledger = []string{"NEW · plan · Lao PDR–Viet Nam · defence · 2027 · signed 23 Nov 2026 in Vientiane (2026 implementing)"}
	new.Also = []article.Relative{kin(article.Copy, "courier", 20*time.Minute), kin(article.Report, "agency-vi", time.Hour)}
	later := finding(2, englishArticle(), plans(article.Alert, passage(article.Title, "Field hospital handed over to the [Lao] [army]")))
	return []article.Finding{new, later}
}

// doubtful is such a morning with a feed in trouble and a gap.
func doubtful(t *testing.T) Input {
	in := inputOf(t, story())
	began := in.Now.Add(-9 * time.Hour)
	in.Troubles = []article.Incident{
		{Source: "courier", Kind: article.Insecure, Began: began, Opened: began},
		{Source: "courier", Kind: article.Failing, Began: began, Opened: began},
		{Source: "agency-vi", Kind: article.Silent, Opened: began, Closed: in.Now},
	}
	in.Gaps = []article.Gap{{Source: "agency-vi", Left: article.Stretch{From: began, To: began.Add(2 * time.Hour)}}}
	return in
}

func TestARenderingInColourMarksTheWords(t *testing.T) {
	golden(t, "alert.ansi.txt", rendered(t, Style{Ink: Colour, Width: 60}, Alert(sample()[:2], namesOf(t))))
}

func pageOf(t *testing.T, messages []Message) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := HTML(&out, "#desk", messages); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}
