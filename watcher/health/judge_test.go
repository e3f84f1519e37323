package health

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"presswatch/watcher/article"
	"presswatch/watcher/feed"
)

var (
	err503  = &feed.Error{Kind: feed.Status, URL: "u", Status: 503, Err: errors.New("the server answers 503")}
	err410  = &feed.Error{Kind: feed.Status, URL: "u", Status: 410, Err: errors.New("the server answers 410")}
	errTLS  = &feed.Error{Kind: feed.TLS, URL: "u", Err: errors.New("certificate has expired")}
	errDNS  = &feed.Error{Kind: feed.DNS, URL: "u", Err: errors.New("no such host")}
	errHeld = &feed.Error{Kind: feed.Held, URL: "u", Err: errors.New("a pause")}
	errPage = &feed.NotFeed{What: "a page"}
)

type classified struct{ error }

func (classified) Trouble() article.Trouble { return article.Changed }

// course makes polls every ten minutes, and writes down what is said of them.
// A word is a poll: ok, empty, page, 503, 410, tls, dns, changed, held; 5h waits.
func course(t *testing.T, polls string) string {
	t.Helper()
	var last article.Incident
	var said []string
	c := article.Cursor{Source: "s", URL: "u", Kind: feed.KindRSS}
	now := time.Date(2026, 7, 20, 0, 0, 0, 0, time.UTC)
	errs := map[string]error{"page": errPage, "503": err503, "410": err410, "tls": errTLS, "dns": errDNS, "held": errHeld, "changed": classified{errors.New("other names")}}
	for word := range strings.FieldsSeq(polls) {
		if d, err := time.ParseDuration(word); err == nil {
			now = now.Add(d)
			continue
		}
		err := errs[word]
		switch {
		case err != nil:
			c.Failures++
			c.Gone = word == "410"
		case word == "empty":
			c.Failures, c.OK = 0, now
			c.Empty++
		default:
			c.Failures, c.Empty, c.OK = 0, 0, now
		}
		var step Step
		p := Poll{Cursor: c, Err: err, Now: now}
		last, step = Judge(last, p)
		if again, twice := Judge(last, p); twice > Noted && step == Nothing {
			t.Errorf("%s: the same poll judged again says %d: %+v", word, twice, again)
		}
		switch step {
		case Opened, Updated:
			said = append(said, fmt.Sprintf("%s %s", map[Step]string{Opened: "opened", Updated: "updated"}[step], last.Kind))
		case Closed:
			said = append(said, "closed")
		}
		now = now.Add(10 * time.Minute)
	}
	return strings.Join(said, ", ")
}

func TestAnIncidentIsOpenedOnceAndClosedOnce(t *testing.T) {
	for _, c := range []struct{ name, polls, said string }{
		{"well", "ok ok ok", ""},
		{"a hiccup", "ok 503 ok 503 503 ok ok", ""},
		{"trouble that lasts", "ok 503 503 503 503 503 503 ok ok ok", "opened errors, closed"},
		{"one good poll is not the end", "503 503 503 ok 503 503 ok 503 ok ok", "opened errors, closed"},
		{"trouble that becomes another", "503 503 503 page page tls ok ok", "opened errors, updated not a feed, updated TLS, closed"},
		{"trouble that comes back soon goes on in the same thread", "503 503 503 ok ok 503 503 503 ok ok 1h 503 503 503 ok ok", "opened errors, closed, updated errors, closed, updated errors, closed"},
		{"trouble that comes back late is new", "503 503 503 ok ok 7h 503 503 503", "opened errors, closed, opened errors"},
		{"a day is mentioned", "503 503 503 12h 503 12h 503 503 12h 503", "opened errors, updated errors"},
		{"a page in place of a feed", "ok page page", "opened not a feed"},
		{"another site", "ok changed changed", "opened format changed"},
		{"names", "dns dns dns", "opened DNS"},
		{"certificates", "tls tls tls", "opened TLS"},
		{"empty once", "ok empty ok empty empty ok", ""},
		{"empty for long", "ok empty empty empty empty ok ok", "opened empty, closed"},
		{"gone at once, and for good", "ok 410", "opened gone"},
		{"what was not asked says nothing", "503 503 held 503 held held ok held ok", "opened errors, closed"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := course(t, c.polls); got != c.said {
				t.Errorf("said %q, want %q", got, c.said)
			}
		})
	}
}

func TestSilenceIsToldOnceAndItsEnd(t *testing.T) {
	times := press(1, 28, agency)
	rhythm := Learn(times, time.UTC)
	c := article.Cursor{Source: "s", URL: "u", Kind: feed.KindRSS, Newest: time.Date(2026, 8, 3, 9, 0, 0, 0, time.UTC)}
	var last article.Incident
	said := ""
	for now := c.Newest; now.Sub(c.Newest) < 20*time.Hour; now = now.Add(10 * time.Minute) {
		c.OK = now
		var step Step
		if last, step = Judge(last, Poll{Cursor: c, Rhythm: rhythm, Now: now}); step > Noted {
			said += fmt.Sprint(step, " ", last.Kind, "; ")
			if last.Began != c.Newest {
				t.Errorf("began %v", last.Began)
			}
		}
	}
	c.Newest = c.OK
	last, step := Judge(last, Poll{Cursor: c, Rhythm: rhythm, Now: c.OK.Add(10 * time.Minute)})
	if said += fmt.Sprint(step, " ", last.Kind); said != fmt.Sprint(Opened, " silent; ", Closed, " silent") {
		t.Errorf("said %s", said)
	}
}
