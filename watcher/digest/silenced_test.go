package digest

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"presswatch/watcher/silence"
)

func silenceOf(kind silence.Kind, name, reason string, articles int) Silenced {
	until := time.Date(2026, 11, 26, 2, 0, 0, 0, time.UTC)
	return Silenced{Silence: silence.Silence{ID: 1, Kind: kind, What: "what", Name: name, Reason: reason, Until: until}, Articles: articles}
}

// silencedInput is a morning of which much was left out.
func silencedInput(t *testing.T) Input {
	in := inputOf(t, sample())
	in.Silenced = []Silenced{
		silenceOf(silence.Event, "Les deux armées ouvrent un stage de langue à Savannakhet", "our own reporter is there", 4),
		silenceOf(silence.Rule, "Border defence", "", 1),
	}
	return in
}

func TestADigestSaysWhatItLeavesOut(t *testing.T) {
	in := silencedInput(t)
	for i := range 5 {
		in.Silenced = append(in.Silenced, silenceOf(silence.Source, fmt.Sprintf("Paper %d", i), "", 10+i))
	}
	messages := Digest(in)
	text := messages[len(messages)-1].Text
	for _, want := range []string{
		"\nLeft out\n4 articles · event Les deux armées ouvrent un stage de langue à Savannakhet silenced until 26 Nov 09:00 · our own reporter is there\n",
		"\n1 article · rule Border defence silenced until 26 Nov 09:00\n", "\n10 articles · source Paper 0 ", "\n50 articles by other silences",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("does not say %q\n%s", want, text)
		}
	}
}

func TestWhatIsSilencedMakesNoDigest(t *testing.T) {
	in := silencedInput(t)
	in.Findings = nil
	if n := len(Digest(in)); n != 0 {
		t.Errorf("%d messages", n)
	}
	in.Quiet = Say
	messages := Digest(in)
	if len(messages) != 1 || !strings.HasPrefix(messages[0].Text, "desk · ") || !strings.Contains(messages[0].Text, "Nothing new") || !strings.Contains(messages[0].Text, "4 articles · event") {
		t.Errorf("%+v", messages)
	}
}

func TestAHostileSilenceFits(t *testing.T) {
	for _, angle := range []string{strings.Repeat("<", 500), strings.Repeat("&", 500), "<!channel>\n\x1b[31m"} {
		in := silencedInput(t)
		in.Silenced = nil
		for range 5 {
			in.Silenced = append(in.Silenced, silenceOf(silence.Query, angle, angle, 1))
		}
		for _, m := range Digest(in) {
			if err := Validate(m); err != nil || strings.Contains(m.Text, "<!") {
				t.Errorf("%v\n%s", err, m.Text)
			}
		}
	}
}
