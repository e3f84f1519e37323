package store

import (
	"context"
	"time"

	"presswatch/watcher/silence"
)

// Silences is what a Store keeps of what is not told for a while, and of what that
// held.
//
// A finding that is held is owed no more, and told by no message. A later text of
// the same article, or a copy, owes no more than a higher level than it had; another
// report of the story owes as if it did not exist.
type Silences interface {
	// AddSilence keeps a silence, and returns its number; ID and Held are not read.
	AddSilence(ctx context.Context, s silence.Silence) (id int64, err error)

	// EndSilence ends a silence at a time, if it does not end sooner. ErrNotFound if
	// there is none.
	EndSilence(ctx context.Context, id int64, at time.Time) error

	// Silences returns those that end after a time, in the order of their numbers.
	Silences(ctx context.Context, after time.Time) ([]silence.Silence, error)

	// Hush holds findings, each by a silence, and returns how many. One that is told
	// or held already stays as it is. ErrNotFound if a finding or a silence is not
	// stored; then nothing changes.
	Hush(ctx context.Context, held []Held) (int, error)

	// Silenced returns what was held from a digest and has been in no Batch since, by
	// silence, in the order of their numbers. A Batch that counts it takes its
	// findings among its own.
	Silenced(ctx context.Context, digest string) ([]Silenced, error)
}

// Held is a finding that a silence holds.
type Held struct{ Finding, Silence int64 }

// Silenced is what one silence held from one digest.
type Silenced struct {
	silence.Silence
	Findings []int64
	Articles []int64 // of the findings, each once
}

// Hushed is a finding that was held, as History tells it.
type Hushed struct {
	Article int64           `json:"article"` // its number
	Digest  string          `json:"digest"`
	Rule    string          `json:"rule"`
	By      silence.Silence `json:"by"`
	At      time.Time       `json:"at"` // when it was found
}
