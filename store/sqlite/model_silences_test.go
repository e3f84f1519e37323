package sqlite_test

import (
	"fmt"
	"slices"
	"time"

	"pgregory.net/rapid"

	"presswatch/store"
	"presswatch/watcher/silence"
)

// hush holds findings, and returns how many.
func (m *model) hush(held []store.Held) (n int) {
	for _, h := range held {
		if f := m.findings[h.Finding-1]; !f.told && f.held == 0 {
			f.held = h.Silence
			m.silences[h.Silence-1].Held++
			n++
		}
	}
	return n
}

func (m *model) silencesAfter(t time.Time) (all []silence.Silence) {
	for _, s := range m.silences {
		if s.Until.After(t) {
			all = append(all, s)
		}
	}
	return all
}

func (m *model) silenced(digest string) (all []store.Silenced) {
	for _, s := range m.silences {
		held := store.Silenced{Silence: s}
		for _, f := range m.findings {
			if f.held != s.ID || f.told || f.Digest != digest {
				continue
			}
			held.Findings = append(held.Findings, f.ID)
			if !slices.Contains(held.Articles, f.of.ID) {
				held.Articles = append(held.Articles, f.of.ID)
			}
		}
		if len(held.Findings) > 0 {
			all = append(all, held)
		}
	}
	return all
}

func (m *machine) addSilence(t *rapid.T) {
	s := silence.Silence{Kind: silence.Rule, What: fmt.Sprint(len(m.model.silences)), From: instantOf(t, "from"), Until: instantOf(t, "until")}
	id, err := m.store.AddSilence(m.ctx, s)
	must(t, err)
	s.ID = id
	same(t, "number", id, int64(len(m.model.silences)+1))
	m.model.silences = append(m.model.silences, s)
}

func (m *machine) anySilence(t *rapid.T) *silence.Silence {
	if len(m.model.silences) == 0 {
		t.Skip("no silence yet")
	}
	return &m.model.silences[rapid.IntRange(0, len(m.model.silences)-1).Draw(t, "silence")]
}

func (m *machine) endSilence(t *rapid.T) {
	s, at := m.anySilence(t), instantOf(t, "at")
	must(t, m.store.EndSilence(m.ctx, s.ID, at))
	if at.Before(s.Until) {
		s.Until = at
	}
}

func (m *machine) hush(t *rapid.T) {
	by := m.anySilence(t).ID
	var held []store.Held
	for _, f := range m.model.findings {
		if rapid.IntRange(0, 2).Draw(t, "held") == 0 {
			held = append(held, store.Held{Finding: f.ID, Silence: by})
		}
	}
	n, err := m.store.Hush(m.ctx, held)
	must(t, err)
	same(t, "held", n, m.model.hush(held))
}

func (m *machine) checkSilences(t *rapid.T, now time.Time) {
	silences, err := m.store.Silences(m.ctx, now)
	must(t, err)
	same(t, "silences", silences, m.model.silencesAfter(now))
	for _, digest := range []string{"desk", "weekly"} {
		silenced, err := m.store.Silenced(m.ctx, digest)
		must(t, err)
		same(t, "silenced of "+digest, silenced, m.model.silenced(digest))
	}
}
