package watcher

import (
	"context"
	"sync"

	"golang.org/x/sync/errgroup"

	"presswatch/store"
	"presswatch/watcher/article"
)

// sourcesAtOnce bounds how many sources are fetched from side by side.
const sourcesAtOnce = 8

// eachSource works through the units of every source, one after the other, the
// sources side by side. An error is the store's: all stops, because going on
// would do work that cannot be kept.
func eachSource[T any](ctx context.Context, work map[string][]T, do func(context.Context, T) (result, error)) (Pass, error) {
	var (
		mu   sync.Mutex
		pass Pass
	)
	g, ctx := errgroup.WithContext(ctx)
	g.SetLimit(sourcesAtOnce)
	for _, units := range work {
		g.Go(func() error {
			for _, unit := range units {
				if ctx.Err() != nil {
					return nil
				}
				r, err := do(ctx, unit)
				mu.Lock()
				pass.add(r)
				mu.Unlock()
				if err != nil {
					return err
				}
			}
			return nil
		})
	}
	err := g.Wait()
	return pass, err
}

func (p *Pass) add(r result) {
	switch r {
	case done:
		p.Done++
	case failed:
		p.Failed++
	}
}

func resultOf(well bool) result {
	if well {
		return done
	}
	return failed
}

// bySource groups units by their source, keeping their order.
func bySource[T any](units []T, source func(T) string) map[string][]T {
	groups := map[string][]T{}
	for _, u := range units {
		groups[source(u)] = append(groups[source(u)], u)
	}
	return groups
}

func sourceOf(a article.Article) string { return a.Source }

func sourceOfRevisit(r store.Revisit) string { return r.Article.Source }
