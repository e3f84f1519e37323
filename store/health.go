package store

import (
	"context"
	"time"

	"presswatch/watcher/article"
)

// Health is what a Store keeps of how feeds do. A Batch of its methods goes into
// the outbox in the same transaction, without those of its deliveries that are
// known already; it has no findings, and none of it is needed.
type Health interface {
	// Published returns when the read articles that a feed brought first were
	// published, those with a date since then, oldest first.
	Published(ctx context.Context, source, feed string, since time.Time) ([]time.Time, error)

	// SettleGap keeps what came of seeking what a feed's cursor has as Missing, and
	// takes that back. When the cursor's Missing has another Stretch than the gap, it
	// was settled already or has grown: then nothing changes.
	SettleGap(ctx context.Context, gap article.Gap, told Batch) (settled bool, err error)

	// Gaps returns those that reach beyond since, oldest first.
	Gaps(ctx context.Context, since time.Time) ([]article.Gap, error)

	// SaveIncident keeps an incident as given, in place of the one of the same feed
	// with the same time of opening. The feed must have a cursor.
	SaveIncident(ctx context.Context, incident article.Incident, told Batch) error

	// Incidents returns those that are open, and those closed since then, in the
	// order of their opening.
	Incidents(ctx context.Context, since time.Time) ([]article.Incident, error)
}
