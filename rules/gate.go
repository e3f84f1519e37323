package rules

import (
	"presswatch/watcher/ledger"
	"presswatch/watcher/strict"
)

// Gates are what rules ask of the ledger, by the rule's id: a match of such a rule
// stands only if the gate tells so.
func (s *Set) Gates() map[string]ledger.Gate {
	gates := map[string]ledger.Gate{}
	for _, r := range s.rules {
		if l := r.config.Ledger; l != nil {
			gate := ledger.Gate{Kind: l.Fact.Value, Late: l.Late}
			for _, f := range l.Fires {
				fire := ledger.Fire{On: f.On, Ahead: f.Ahead}
				for _, at := range f.At {
					fire.At = append(fire.At, at.Value)
				}
				gate.Fires = append(gate.Fires, fire)
			}
			gates[r.id] = gate
		}
	}
	return gates
}

// CheckGates holds what rules ask of the ledger against the kinds of facts that
// there are: ladder gives the statuses of a kind, nil for none.
func (s *Set) CheckGates(ladder func(kind string) []string) (mistakes strict.Mistakes) {
	for _, r := range s.rules {
		l := r.config.Ledger
		if l == nil {
			continue
		}
		rungs := ladder(l.Fact.Value)
		if rungs == nil {
			mistakes = append(mistakes, l.Fact.Mistake(0, "no kind of fact has the id "+quoted(l.Fact.Value), "kinds are defined under the key facts of any rule file"))
			continue
		}
		for _, f := range l.Fires {
			for _, at := range f.At {
				mistakes = append(mistakes, onLadder(at, rungs)...)
			}
		}
	}
	return mistakes
}

func onLadder(at strict.Scalar, rungs []string) strict.Mistakes {
	for _, rung := range rungs {
		if rung == at.Value {
			return nil
		}
	}
	hint := ""
	if near := strict.Nearest(at.Value, rungs); near != "" {
		hint = "did you mean " + near + "?"
	}
	return strict.Mistakes{at.Mistake(0, "the ladder of the fact has no "+quoted(at.Value), hint)}
}
