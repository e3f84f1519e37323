package sqlite

import (
	"context"
	"database/sql"
	"os"

	"presswatch/store"
)

const (
	// Articles are never deleted, so the highest number counts them without
	// walking through them.
	selectCounts = `
	SELECT coalesce((SELECT max(id) FROM articles), 0),
	       (SELECT count(*) FROM articles WHERE due IS NOT NULL)`
	selectOwedCounts = `SELECT digest, count(*) FROM findings WHERE batch IS NULL AND silence IS NULL GROUP BY digest`
	selectHeldCounts = `SELECT digest, count(*) FROM findings WHERE batch IS NULL AND silence IS NOT NULL GROUP BY digest`
	selectStates     = `SELECT state, count(*), min(created) FROM deliveries GROUP BY state`
	selectParked     = `
	SELECT d.name, d.message, d.part, d.parts, d.kind, d.channel, x'70', d.state, d.created, d.due,
	       d.attempts, d.first_attempt, d.last_attempt, d.plain, d.error, d.receipt_channel, d.receipt_ts, d.receipt_at,
	       d.parent, d.edits
	FROM deliveries d WHERE d.state = 'parked' ORDER BY d.parked_at DESC, d.id DESC LIMIT 20`
	selectFree   = `SELECT freelist_count * page_size FROM pragma_freelist_count, pragma_page_size`
	selectPauses = `SELECT channel, reason, until FROM pauses ORDER BY channel`
	selectSlots  = `SELECT digest, slot, at FROM slots ORDER BY digest`
)

// Summary implements [store.Store]. Parked deliveries come by the time they were
// parked; pauses that have passed are among Paused until they are replaced.
func (s *Store) Summary(ctx context.Context) (store.Summary, error) {
	sum := store.Summary{Owed: map[string]int{}, Silenced: map[string]int{}, Outbox: map[store.State]int{}}
	err := s.read(ctx, "summary", func(tx *sql.Tx) (err error) {
		if err = tx.QueryRowContext(ctx, selectCounts).Scan(&sum.Articles, &sum.Unread); err != nil {
			return err
		}
		if err = tx.QueryRowContext(ctx, selectKin).Scan(&sum.Copies, &sum.Reports); err != nil {
			return err
		}
		if err = countByDigest(ctx, tx, sum.Owed, selectOwedCounts); err != nil {
			return err
		}
		if err = countByDigest(ctx, tx, sum.Silenced, selectHeldCounts); err != nil {
			return err
		}
		if err = countOutbox(ctx, tx, &sum); err != nil {
			return err
		}
		if sum.Parked, err = collect(ctx, tx, s.scanPlain, selectParked); err != nil {
			return err
		}
		if sum.Paused, err = collect(ctx, tx, scanPause, selectPauses); err != nil {
			return err
		}
		if sum.Notes, err = collect(ctx, tx, scanNote, selectNotes); err != nil {
			return err
		}
		if sum.Slots, err = collect(ctx, tx, scanSlot, selectSlots); err != nil {
			return err
		}
		return tx.QueryRowContext(ctx, selectFree).Scan(&sum.Free)
	})
	if err != nil {
		return store.Summary{}, err
	}
	for i := range sum.Parked {
		sum.Parked[i].Payload = nil
	}
	for _, rest := range []string{"", "-wal"} {
		if info, err := os.Stat(s.path + rest); err == nil {
			sum.Bytes += info.Size()
		}
	}
	return sum, nil
}

func countByDigest(ctx context.Context, tx *sql.Tx, into map[string]int, query string) error {
	type count struct {
		digest string
		n      int
	}
	all, err := collect(ctx, tx, func(r row) (c count, err error) {
		err = r.Scan(&c.digest, &c.n)
		return c, err
	}, query)
	for _, c := range all {
		into[c.digest] = c.n
	}
	return err
}

func countOutbox(ctx context.Context, tx *sql.Tx, sum *store.Summary) error {
	type group struct {
		state  store.State
		n      int
		oldest int64
	}
	all, err := collect(ctx, tx, func(r row) (g group, err error) {
		err = r.Scan(&g.state, &g.n, &g.oldest)
		return g, err
	}, selectStates)
	for _, g := range all {
		sum.Outbox[g.state] = g.n
		if g.state != store.Ready && g.state != store.Attempted {
			continue
		}
		if at := instant(g.oldest); sum.Oldest.IsZero() || at.Before(sum.Oldest) {
			sum.Oldest = at
		}
	}
	return err
}

func scanPause(r row) (store.Pause, error) {
	var p store.Pause
	var until int64
	err := r.Scan(&p.Channel, &p.Reason, &until)
	p.Until = instant(until)
	return p, err
}

func scanSlot(r row) (store.Slot, error) {
	var s store.Slot
	var at int64
	err := r.Scan(&s.Digest, &s.Slot, &at)
	s.At = instant(at)
	return s, err
}
