package watcher

import (
	"errors"
	"net/http"
	"time"

	"presswatch/watcher/article"
	"presswatch/watcher/feed"
)

// A permanent redirect is believed after it was met in every good poll for
// moveAfter, and at least moveSeen times: publishers' servers redirect for an
// afternoon and mean it for an afternoon.
const (
	moveAfter = 7 * 24 * time.Hour
	moveSeen  = 3

	// moveDoubt is how many failures in a row make us ask the old address again.
	moveDoubt = 3
)

// address is where the feed is asked for.
func (p poll) address() string {
	if p.cursor.Move.Taken {
		return p.cursor.Move.To
	}
	return p.feed.URL
}

// moved is what a good poll says of where the feed has gone.
func (p poll) moved(f fetched) article.Move {
	m, to := p.cursor.Move, f.response.Moved
	switch {
	case m.Taken && (to == "" || to == m.To):
		return m
	case to == "":
		return article.Move{}
	case to != m.To || m.Taken:
		return article.Move{To: to, Since: f.at, Seen: 1}
	}
	m.Seen++
	m.Taken = m.Seen >= moveSeen && f.at.Sub(m.Since) >= moveAfter && p.sameFeed(f)
	return m
}

// sameFeed reports whether an answer is surely the feed that was known: unchanged,
// or with an entry of the last poll in it.
func (p poll) sameFeed(f fetched) bool {
	return f.response.Status == http.StatusNotModified || f.hash != "" && f.hash == p.cursor.BodyHash || f.parsed.Overlap
}

// moveFailed is what is left of a move after a failure: a new address that brings
// nothing for long, or is gone, was none.
func (p poll) moveFailed(err error) article.Move {
	m := p.cursor.Move
	if m.Taken && (gone(err) || p.cursor.Failures+1 >= moveDoubt) {
		return article.Move{}
	}
	return m
}

func held(err error) bool {
	var fe *feed.Error
	return errors.As(err, &fe) && fe.Kind == feed.Held
}
