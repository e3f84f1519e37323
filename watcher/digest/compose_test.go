package digest

import (
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"presswatch/watcher/article"
)

func TestNothingFoundIsNothingTold(t *testing.T) {
	if m := Digest(inputOf(t, nil)); m != nil {
		t.Errorf("an empty digest: %v", m)
	}
	if m := Storm(nil, namesOf(t)); m != nil {
		t.Errorf("an empty storm: %v", m)
	}
	if m := Alert(nil, namesOf(t)); m.ID != "" || m.Text != "" {
		t.Errorf("an empty alert: %v", m)
	}
}

func TestIDsComeFromWhatIsTold(t *testing.T) {
	findings := sample()
	backwards := slices.Clone(findings)
	slices.Reverse(backwards)
	first := Digest(inputOf(t, findings))[0]
	if again := Digest(inputOf(t, backwards))[0]; again.ID != first.ID {
		t.Errorf("the order of findings changes the id: %s, %s", first.ID, again.ID)
	}
	later := inputOf(t, findings)
	later.Now = later.Now.AddDate(0, 0, 3)
	if again := Digest(later)[0]; again.ID != first.ID {
		t.Error("the hour of composing changes the id")
	}
	otherSlot := inputOf(t, findings)
	otherSlot.Slot = "2026-11-24T17:00"
	ids := map[string]bool{
		first.ID: true, Digest(otherSlot)[0].ID: true, Digest(inputOf(t, findings[1:]))[0].ID: true,
		Alert(findings[:2], namesOf(t)).ID: true, Alert(findings[:1], namesOf(t)).ID: true, Storm(findings, namesOf(t))[0].ID: true,
	}
	if len(ids) != 6 {
		t.Errorf("six messages have %d ids", len(ids))
	}
	form := regexp.MustCompile(`^[a-z0-9-]{1,64}$`)
	for id := range ids {
		if !form.MatchString(id) {
			t.Errorf("id %q", id)
		}
	}
}

func TestPartsOfAnIDDoNotRunIntoEachOther(t *testing.T) {
	if ID("alert", "ab", "c") == ID("alert", "a", "bc") || ID("a") == ID("a", "") {
		t.Error("two tellings have one id")
	}
	for _, kind := range []string{"", "--", "Ä?", strings.Repeat("x", 100)} {
		if id := ID(kind); len(id) > 64 || len(id) < 32 {
			t.Errorf("id %q", id)
		}
	}
}

func TestADigestPutsTheMostImportantFirst(t *testing.T) {
	in := inputOf(t, many(4)) // border-defence: alert for 1 and 3; new-plans stands first in the digest's order
	text := Digest(in)[0].Text
	want := []string{"Border defence · 2", "no 3", "no 1", "New cooperation plans · 2", "no 2", "no 0"}
	at := -1
	for _, part := range want {
		next := strings.Index(text, part)
		if next <= at {
			t.Fatalf("%q does not come after what should precede it:\n%s", part, text)
		}
		at = next
	}
}

func TestARuleIsNamedOnceEvenIfItIsOwedTwice(t *testing.T) {
	lower, higher := finding(1, frenchArticle(), defence(article.Digest)), finding(2, frenchArticle(), defence(article.Alert))
	text := Alert([]article.Finding{lower, higher}, namesOf(t)).Text
	if !strings.HasPrefix(text, "ALERT · Border defence\n") {
		t.Error(text)
	}
}

func TestAMatchWithoutEvidenceNamesItsQuery(t *testing.T) {
	f := finding(1, frenchArticle(), defence(article.Alert))
	f.Match.Clause = "source:agency-fr <x>"
	if text := Alert([]article.Finding{f}, namesOf(t)).Text; !strings.Contains(text, "Matched by source:agency-fr &lt;x&gt;") {
		t.Error(text)
	}
	if out := rendered(t, Style{}, Digest(inputOf(t, []article.Finding{f}))...); !strings.Contains(string(out), "Matched by source:agency-fr <x>") {
		t.Error(string(out))
	}
}

func TestAPageReadOnceIsNotCalledFeedOnly(t *testing.T) {
	fromFeed, fromPage := sample()[0], sample()[1]
	fromFeed.From = article.FromFeed
	if text := Alert([]article.Finding{fromFeed, fromPage}, namesOf(t)).Text; strings.Contains(text, "feed only") {
		t.Error(text)
	}
}

func TestASlotIsShownInTheDigestsZone(t *testing.T) {
	names := namesOf(t)
	now := frenchArticle().Published
	for slot, want := range map[string]string{
		"2026-11-24T07:00":     "Tue 24 Nov 2026, 07:00",
		"2026-11-24T00:30:00Z": "Tue 24 Nov 2026, 07:30",
		"":                     "Mon 23 Nov 2026, 09:12",
	} {
		if got := names.slot(slot, now); got != want {
			t.Errorf("slot %q is shown as %q", slot, got)
		}
	}
	in := inputOf(t, sample())
	in.Names.Zone, in.Zone = nil, hanoi(t)
	if text := Digest(in)[0].Text; !strings.Contains(text, "times in Asia/Ho_Chi_Minh") || !strings.Contains(text, "23 Nov 09:12") {
		t.Error(text)
	}
	if text := Alert(sample()[:1], Names{}).Text; !strings.Contains(text, "agency-fr · Mon 23 Nov 2026, 02:12 UTC") {
		t.Error(text)
	}
}

func TestPlainKeepsTheTextAlone(t *testing.T) {
	m := Digest(inputOf(t, sample()))[0]
	p := Plain(m)
	if p.Text != m.Text || len(p.Blocks.BlockSet) != 0 || p.ID != m.ID || len(m.Blocks.BlockSet) == 0 {
		t.Errorf("%+v", p)
	}
	if out := string(rendered(t, Style{}, p)); !strings.Contains(out, "cadres & la formation") || strings.Contains(out, "&amp;") {
		t.Error(out)
	}
}

func TestTheMachinesOwnZoneIsNamedByItsClock(t *testing.T) {
	at := frenchArticle().Published
	if got := (Names{Zone: time.FixedZone("", 7*3600)}).zone(at); got != "+0700" {
		t.Errorf("got %q", got)
	}
	if got := (Names{}).zone(at); got != "UTC" {
		t.Errorf("got %q", got)
	}
}
