package silence_test

import (
	"strings"
	"testing"
	"time"

	"presswatch/watcher/silence"
)

func noon() time.Time { return time.Date(2026, 3, 2, 12, 0, 0, 0, time.UTC) }

func of(kind silence.Kind, what string) silence.Silence {
	return silence.Silence{ID: 7, Kind: kind, What: what, From: noon(), Until: noon().Add(time.Hour)}
}

func TestASilenceHoldsWhatItNamesUntilItsEnd(t *testing.T) {
	match := silence.Subject{Rule: "treaties", Source: "gazette", Event: 12, Asks: func(query string) bool { return query == "rice" }}
	for name, test := range map[string]struct {
		silence silence.Silence
		match   silence.Subject
		after   time.Duration
		held    bool
	}{
		"its rule":                     {of(silence.Rule, "treaties"), match, 0, true},
		"another rule":                 {of(silence.Rule, "harbours"), match, 0, false},
		"a source of a rule's name":    {of(silence.Source, "treaties"), match, 0, false},
		"its source":                   {of(silence.Source, "gazette"), match, 0, true},
		"another source":               {of(silence.Source, "herald"), match, 0, false},
		"its event":                    {of(silence.Event, "12"), match, 0, true},
		"another event":                {of(silence.Event, "1"), match, 0, false},
		"an event that is not known":   {of(silence.Event, "0"), silence.Subject{}, 0, false},
		"what its query finds":         {of(silence.Query, "rice"), match, 0, true},
		"what its query does not find": {of(silence.Query, "wheat"), match, 0, false},
		"what cannot be asked":         {of(silence.Query, "rice"), silence.Subject{Rule: "rice"}, 0, false},
		"before it begins":             {of(silence.Rule, "treaties"), match, -time.Millisecond, false},
		"in its last moment":           {of(silence.Rule, "treaties"), match, time.Hour - time.Millisecond, true},
		"at its end":                   {of(silence.Rule, "treaties"), match, time.Hour, false},
	} {
		t.Run(name, func(t *testing.T) {
			v := silence.Judge([]silence.Silence{of(silence.Rule, "nobody"), test.silence}, test.match, noon().Add(test.after))
			if v.Holds() != test.held || v.Reason == "" {
				t.Errorf("verdict %+v", v)
			}
			if test.held && !strings.Contains(v.Reason, "is silenced until 2026-03-02 13:00 UTC") {
				t.Errorf("the reason does not say until when: %s", v.Reason)
			}
		})
	}
}

func TestTheFirstOfSeveralSilencesIsNamed(t *testing.T) {
	a, b := of(silence.Rule, "treaties"), of(silence.Source, "gazette")
	b.ID = 8
	v := silence.Judge([]silence.Silence{b, a}, silence.Subject{Rule: "treaties", Source: "gazette"}, noon())
	if v.By.ID != 8 || !strings.HasPrefix(v.Reason, "source gazette") {
		t.Errorf("verdict %+v", v)
	}
}

func TestASilenceThatCannotBeIsRefused(t *testing.T) {
	for name, change := range map[string]func(*silence.Silence){
		"nothing":          func(s *silence.Silence) { s.What = "" },
		"another kind":     func(s *silence.Silence) { s.Kind = "colour" },
		"no event":         func(s *silence.Silence) { s.Kind, s.What = silence.Event, "the summit" },
		"no end":           func(s *silence.Silence) { s.Until = time.Time{} },
		"an end behind it": func(s *silence.Silence) { s.Until = s.From },
		"for ever":         func(s *silence.Silence) { s.Until = s.From.Add(silence.Longest + time.Second) },
		"a long reason":    func(s *silence.Silence) { s.Reason = strings.Repeat("é", 501) },
	} {
		s := of(silence.Rule, "treaties")
		if err := s.Check(); err != nil {
			t.Fatal(err)
		}
		if change(&s); s.Check() == nil {
			t.Errorf("%s is accepted", name)
		}
	}
}

func TestASilenceIsCalledWhatPeopleCallIt(t *testing.T) {
	s := of(silence.Event, "12")
	if s.String() != "event 12" {
		t.Error(s)
	}
	if s.Name = "A treaty is signed"; s.String() != "event A treaty is signed" {
		t.Error(s)
	}
}
