package health

import (
	"cmp"
	"errors"
	"fmt"
	"net/http"
	"time"

	"presswatch/watcher/article"
	"presswatch/watcher/feed"
)

const (
	failuresToOpen = 3 // vain polls in a row; of an answer that is wrong, one less
	emptyToOpen    = 3 // polls in a row that found nothing in a feed
	goodToClose    = 2 // good polls in a row

	// Again is how soon after its end trouble continues the same incident.
	Again = 6 * time.Hour

	remind = 24 * time.Hour // an open incident is mentioned again, in its thread
)

// Poll is what is known after a poll.
type Poll struct {
	Cursor article.Cursor // as it was saved
	Err    error          // why it brought nothing; nil for a good one
	Rhythm Rhythm
	Now    time.Time
}

// Step is what a judgement changes.
type Step int

// The steps.
const (
	Nothing Step = iota
	Noted        // to be kept, not told
	Opened       // to be told in the channel
	Updated      // to be told in the thread
	Closed       // to be told in the thread
)

// Classified is an error that knows its kind of trouble.
type Classified interface{ Trouble() article.Trouble }

// Judge holds a poll against the feed's last incident: one that is open, one that
// was closed lately, or the zero Incident. It returns the incident as it is to be
// kept, and what is to be said of it.
func Judge(last article.Incident, p Poll) (article.Incident, Step) {
	open := !last.Opened.IsZero() && last.Closed.IsZero()
	var fe *feed.Error
	if errors.As(p.Err, &fe) && (fe.Kind == feed.Held || fe.Kind == feed.Cancelled) {
		return last, Nothing // nothing was asked
	}
	kind, text := diagnose(p, open)
	switch {
	case kind == "" && !open:
		return last, Nothing
	case kind == "":
		return better(last, p)
	case open:
		return worse(last, kind, text, p.Now)
	}
	return begin(last, kind, text, p)
}

// begin opens an incident, or continues one that was closed too early.
func begin(last article.Incident, kind article.Trouble, text string, p Poll) (article.Incident, Step) {
	if !last.Closed.IsZero() && p.Now.Sub(last.Closed) < Again {
		last.Closed, last.Good, last.Kind, last.Text, last.Told = time.Time{}, 0, kind, text, p.Now
		return last, Updated
	}
	return article.Incident{
		Source: p.Cursor.Source, Feed: p.Cursor.URL, Opened: p.Now, Kind: kind, Text: text, Began: began(kind, p), Told: p.Now,
	}, Opened
}

// began is since when something is wrong, as far as known.
func began(kind article.Trouble, p Poll) time.Time {
	if kind == article.Silent {
		return p.Cursor.Newest
	}
	if p.Err != nil && !p.Cursor.OK.IsZero() {
		return p.Cursor.OK
	}
	return p.Now
}

// worse is an open incident after a poll that shows trouble.
func worse(i article.Incident, kind article.Trouble, text string, now time.Time) (article.Incident, Step) {
	before := i
	i.Good, i.Text = 0, text
	if kind != i.Kind || now.Sub(i.Told) >= remind {
		i.Kind, i.Told = kind, now
		return i, Updated
	}
	if i != before {
		return i, Noted
	}
	return i, Nothing
}

// better is an open incident after a good poll.
func better(i article.Incident, p Poll) (article.Incident, Step) {
	if p.Err != nil || p.Cursor.Empty > 0 { // not long enough to be trouble, and not well
		if i.Good == 0 {
			return i, Nothing
		}
		i.Good = 0
		return i, Noted
	}
	if i.Good++; i.Good < goodToClose && i.Kind != article.Silent {
		return i, Noted
	}
	i.Closed, i.Told = p.Now, p.Now
	return i, Closed
}

// diagnose says what is wrong with a feed, "" for nothing that has lasted. An open
// incident needs no second row of bad polls to go on.
func diagnose(p Poll, open bool) (article.Trouble, string) {
	c := p.Cursor
	if p.Err != nil {
		kind, patience := kindOf(p.Err, c)
		if !open && c.Failures < patience {
			return "", ""
		}
		return kind, p.Err.Error()
	}
	if c.Empty >= emptyToOpen || open && c.Empty > 0 {
		return article.Empty, fmt.Sprintf("%s: it is a feed (%s), and there is nothing in it", c.URL, cmp.Or(c.Kind, "no content"))
	}
	if usual, silent := p.Rhythm.Silent(c.Newest, p.Now); silent {
		return article.Silent, fmt.Sprintf("%s: it has had nothing new since its rhythm lets expect %.0f articles", c.URL, usual)
	}
	return "", ""
}

// kindOf names the trouble that an error shows, and after how many of them in a
// row it is one.
func kindOf(err error, c article.Cursor) (kind article.Trouble, patience int) {
	var known Classified
	var fe *feed.Error
	switch {
	case c.Gone:
		return article.GoneAway, 1
	case errors.As(err, &known):
		return known.Trouble(), failuresToOpen - 1
	case errors.As(err, new(*feed.NotFeed)):
		if c.Kind == feed.KindList { // a page, as it was, whose headlines are not where they were
			return article.Changed, failuresToOpen - 1
		}
		return article.NoFeed, failuresToOpen - 1
	case !errors.As(err, &fe):
		return article.Failing, failuresToOpen
	case fe.Kind == feed.TLS:
		return article.Insecure, failuresToOpen
	case fe.Kind == feed.DNS:
		return article.Nameless, failuresToOpen
	case fe.Kind == feed.Status && fe.Status == http.StatusGone:
		return article.GoneAway, 1
	}
	return article.Failing, failuresToOpen
}
