package watcher

import (
	"context"
	"slices"

	"presswatch/watcher/digest"
	"presswatch/watcher/ledger"
)

// lateFor adds to a digest's input the yearly instruments that are late, where one of
// its rules asks for them and the digest has not said so yet. It returns what the
// digest then says, for the batch that says it.
func (w *Watcher) lateFor(ctx context.Context, setup *Setup, d digest.Config, in *digest.Input) (said []string, err error) {
	if setup.Facts == nil {
		return nil, nil
	}
	lines := map[string]string{}
	gates := setup.Rules.Gates()
	for _, rule := range d.Rules {
		gate := gates[rule]
		if gate.Late <= 0 {
			continue
		}
		kept, err := w.Store.Ledger(ctx, nil)
		if err != nil {
			return nil, err
		}
		names := setup.Facts.Names(gate.Kind)
		for _, l := range ledger.Build(setup.Facts.Ladders(), kept.Entries(), kept.Corrections).Late(gate.Kind, in.Now, gate.Late) {
			thing := d.ID + ": " + l.Key()
			if _, twice := lines[thing]; !twice {
				lines[thing] = names.Late(l)
				said = append(said, thing)
			}
		}
	}
	known, err := w.Store.Said(ctx, said)
	said = slices.DeleteFunc(said, func(thing string) bool { return slices.Contains(known, thing) })
	for _, thing := range said {
		in.Late = append(in.Late, lines[thing])
	}
	return said, err
}
