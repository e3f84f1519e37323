package storetest

import (
	"testing"

	"presswatch/store"
)

func testNotes(t *testing.T, open Open) {
	t.Run("a note stands until it is replaced or taken back, also over a restart", func(t *testing.T) {
		b := newBench(t, open)
		b.must(b.Note(b.ctx, store.Note{Subject: "configuration", Text: "a mistake", At: after(1)}))
		b.must(b.Note(b.ctx, store.Note{Subject: "backup", Text: "no room", At: after(2)}))
		b.must(b.Note(b.ctx, store.Note{Subject: "configuration", Text: "another mistake", At: after(3)}))
		b.reopen()
		want := []store.Note{{Subject: "backup", Text: "no room", At: after(2)}, {Subject: "configuration", Text: "another mistake", At: after(3)}}
		b.same(b.notes(), want)
		b.must(b.Note(b.ctx, store.Note{Subject: "configuration"}))
		b.must(b.Note(b.ctx, store.Note{Subject: "never heard of"}))
		b.same(b.notes(), want[:1])
	})
}

func (b *bench) notes() []store.Note {
	b.t.Helper()
	sum, err := b.Summary(b.ctx)
	b.must(err)
	return sum.Notes
}
