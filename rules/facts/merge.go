package facts

import (
	"slices"

	"presswatch/watcher/article"
)

// merge makes facts of the mentions that have what they need: mentions of one
// instrument between the same parties, of the same field and period, are one
// fact, and one that says less joins one that says more.
func (r *reader) merge() []*mention {
	var facts []*mention
	for _, says := range []func(m *mention) bool{r.dated, r.undated, r.alone} { // what says more comes first
		for i := range r.mentions {
			m := &r.mentions[i]
			if !says(m) || !r.meets(*m) {
				continue
			}
			if f := r.like(facts, m); f != nil {
				if !r.alone(m) || f.pattern < 0 || f.fact.Status == m.fact.Status {
					r.join(f, m)
				}
			} else if r.wanted(m, facts) {
				facts = append(facts, m)
			}
		}
	}
	slices.SortStableFunc(facts, func(a, b *mention) int { return a.at.From - b.at.From })
	return facts
}

// stated is a mention as a fact, with its evidence.
func (r *reader) stated(m *mention) article.Fact {
	out := m.fact
	out.Evidence = r.doc.Passages(evident(m.marks))
	out.Loose = m.loose()
	return out
}

func (r *reader) dated(m *mention) bool { return m.fact.Period != "" && !r.alone(m) }

func (r *reader) undated(m *mention) bool { return m.fact.Period == "" && !r.alone(m) }

func isNews(m *mention) bool { return m.fact.News }

// alone reports whether a mention counts only where nothing else is told.
func (r *reader) alone(m *mention) bool { return r.kind.config.Instrument.Values[m.class].Alone }

// wanted reports whether a mention that is like none of the facts is one of its own:
// what counts alone tells of news where nothing else is news, and of what is old
// where nothing else is told at all.
func (r *reader) wanted(m *mention, facts []*mention) bool {
	switch {
	case !r.alone(m):
		return true
	case m.fact.News:
		return !slices.ContainsFunc(facts, isNews)
	}
	return len(facts) == 0
}

// like finds the fact that a mention is about: best the one that agrees in all.
func (r *reader) like(facts []*mention, m *mention) *mention {
	var best *mention
	score := 0
	for _, f := range facts {
		if s := r.agreement(f, m); s > score {
			best, score = f, s
		}
	}
	return best
}

// agreement is 0 for what cannot be one fact, and more the more is the same.
func (r *reader) agreement(f, m *mention) int {
	if f.fact.Instrument != m.fact.Instrument {
		return 0
	}
	score := 1
	for _, of := range []slot{parties, domain} {
		same := f.fact.Domain == m.fact.Domain
		if of == parties {
			same = slices.Equal(f.fact.Parties, m.fact.Parties)
		}
		switch {
		case same:
			score += 4
		case f.near(of) && m.near(of):
			return 0
		}
	}
	switch {
	case f.fact.Period == m.fact.Period:
		score += 4
	case m.fact.Period != "":
		return 0
	case r.force(m) == said && r.force(f) == said && m.fact.Status != f.fact.Status && !(f.fact.News && r.doc.KindOf(m.at.From) == article.Title):
		return 0 // another stage, so another instrument; but a headline sums up the news
	case m.fact.Status == f.fact.Status:
		score += 2
	}
	return score
}

// force is how firmly the status of a mention is said.
func (r *reader) force(m *mention) force {
	switch {
	case m.pattern < 0:
		return unsaid
	case r.kind.config.Status.Patterns[m.pattern].Weak:
		return guessed
	}
	return said
}

// force is how firmly something is said.
type force int

// From what goes without saying to what words say.
const (
	unsaid force = iota
	guessed
	said
)

// near reports whether a slot was filled by what is said of the mention itself.
func (m mention) near(of slot) bool {
	in, reached := m.reached[of]
	return reached && in.near()
}

// join adds to a fact what a further mention of it says.
func (r *reader) join(f, m *mention) {
	if !f.near(parties) && m.near(parties) {
		f.fact.Parties, f.reached[parties] = m.fact.Parties, m.reached[parties]
		f.takeMarks(m, parties)
	}
	if !f.near(domain) && m.near(domain) {
		f.fact.Domain, f.reached[domain] = m.fact.Domain, m.reached[domain]
		f.takeMarks(m, domain)
	}
	more, less := r.force(m), r.force(f)
	if more > less || more == less && more > unsaid && r.wins(m.fact.Status) < r.wins(f.fact.Status) {
		f.takeMarks(m, instrument, status, date, place, signatories)
		f.fact.Status, f.fact.News, f.pattern = m.fact.Status, m.fact.News, m.pattern
		f.fact.Date, f.fact.Place, f.fact.Signatories = m.fact.Date, m.fact.Place, m.fact.Signatories
		return
	}
	if m.pattern >= 0 && m.fact.Status == f.fact.Status {
		f.complete(m)
	}
}

// complete takes over what a mention of the same status says besides.
func (f *mention) complete(m *mention) {
	f.fact.News = f.fact.News || m.fact.News
	if f.fact.Date == "" {
		f.fact.Date = m.fact.Date
		f.takeMarks(m, date)
	}
	if f.fact.Place == "" {
		f.fact.Place = m.fact.Place
		f.takeMarks(m, place)
	}
	if len(f.fact.Signatories) == 0 {
		f.fact.Signatories = m.fact.Signatories
		f.takeMarks(m, signatories)
	}
}

// takeMarks puts the words by which another mention filled slots in the place of its
// own; the instrument is named at both.
func (f *mention) takeMarks(m *mention, of ...slot) {
	f.marks = slices.DeleteFunc(slices.Clone(f.marks), func(w mark) bool { return w.of != instrument && slices.Contains(of, w.of) })
	for _, w := range m.marks {
		if slices.Contains(of, w.of) {
			f.marks = append(f.marks, w)
		}
	}
}

// loose names the slots that neither the mention's surroundings nor a headline fill:
// they are guessed from the article as a whole, or go without saying.
func (m mention) loose() (names []string) {
	for of, name := range []string{parties: "parties", domain: "domain"} {
		if in, reached := m.reached[slot(of)]; !reached || in.where == whole {
			names = append(names, name)
		}
	}
	return names
}

// wins is the rank of a status among those that several mentions say.
func (r *reader) wins(of string) int {
	for i, s := range r.kind.config.Status.Wins {
		if s.Value == of {
			return i
		}
	}
	return len(r.kind.config.Status.Wins)
}
