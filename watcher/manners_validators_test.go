package watcher_test

import (
	"context"
	"net/http"
	"strings"
	"testing"
	"time"

	"presswatch/store"
)

func TestManner01TheFirstRequestAloneIsUnconditional(t *testing.T) {
	inTime(t, func(t *testing.T) {
		d, s := mannered(t, validating(`"1"`, storyItem(1)))
		d.polls(3, 3*time.Hour)
		time.Sleep(time.Hour)
		d.polls(3, 3*time.Hour)
		if got := s.header("If-None-Match"); !strings.HasPrefix(got, `– | "1" | "1"`) || strings.Count(got, "–") != 1 {
			t.Errorf("If-None-Match: %s", got)
		}
		if got := s.header("If-Modified-Since"); strings.Trim(got, "– |") != "" {
			t.Errorf("If-Modified-Since: %s", got)
		}
	})
}

func TestManner02AnETagGoesBackByteForByte(t *testing.T) {
	for _, etag := range []string{`"a b"`, `W/"x"`, `w/"lower"`, `unquoted`, `"an""odd'one"`, `"`} {
		inTime(t, func(t *testing.T) {
			d, s := mannered(t, always(map[string]string{"Etag": etag}, storyItem(1)))
			d.polls(2, 2*time.Hour)
			if got := s.header("If-None-Match"); got != "– | "+etag {
				t.Errorf("%s went back as %s", etag, got)
			}
		})
	}
}

func TestManner03ALastModifiedGoesBackAsTheSameString(t *testing.T) {
	for _, date := range []string{"Sat, 01 Jan 2000 00:00:00 GMT", "Sat, 22 Aug 2026 21:13:21 +07:00", "yesterday"} {
		inTime(t, func(t *testing.T) {
			d, s := mannered(t, always(map[string]string{"Last-Modified": date}, storyItem(1)))
			d.polls(2, 2*time.Hour)
			if got := s.header("If-Modified-Since"); got != "– | "+date {
				t.Errorf("%s went back as %s", date, got)
			}
		})
	}
}

func TestManner04BothValidatorsGoBackWhenBothAreKnown(t *testing.T) {
	inTime(t, func(t *testing.T) {
		d, s := mannered(t, always(map[string]string{"Etag": `"1"`, "Last-Modified": "Sat, 01 Jan 2000 00:00:00 GMT"}, storyItem(1)))
		d.polls(2, 2*time.Hour)
		if got := s.header("If-None-Match") + " and " + s.header("If-Modified-Since"); got != `– | "1" and – | Sat, 01 Jan 2000 00:00:00 GMT` {
			t.Error(got)
		}
	})
}

func TestManner05ValidatorsSurviveARestart(t *testing.T) {
	inTime(t, func(t *testing.T) {
		d, s := mannered(t, validating(`"1"`, storyItem(1)))
		for range 3 {
			d.polls(1, time.Hour)
			time.Sleep(time.Hour)
		}
		if got := s.header("If-None-Match"); got != `– | "1" | "1"` {
			t.Errorf("If-None-Match: %s", got)
		}
	})
}

func TestManner06ValidatorsAreKeptOnlyWithTheEntries(t *testing.T) {
	inTime(t, func(t *testing.T) {
		d, s := mannered(t, validating(`"1"`, storyItem(1)))
		full := &ailing{only: "SaveFeed", until: time.Now().Add(time.Minute), calls: map[string]int{}}
		d.wrap = func(kept store.Store) store.Store { return changes{kept, full} }
		w, end := d.start(context.Background())
		if _, err := w.Poll(context.Background()); err == nil {
			t.Error("the store failed, and the poll did not")
		}
		end()
		time.Sleep(time.Minute)
		d.polls(2, 2*time.Hour)
		if got := s.header("If-None-Match"); got != `– | – | "1"` || d.summary().Articles != 1 {
			t.Errorf("If-None-Match: %s; %d articles", got, d.summary().Articles)
		}
	})
}

func TestManner07A200ReplacesOrClearsValidators(t *testing.T) {
	inTime(t, func(t *testing.T) {
		etags := []string{`"1"`, `"2"`, "", `"4"`, ""}
		d, s := mannered(t, func(n int, w http.ResponseWriter, r *http.Request) {
			header := map[string]string{}
			if etags[n] != "" {
				header["Etag"] = etags[n]
			}
			always(header, storyItem(n+1), storyItem(n))(n, w, r)
		})
		d.polls(5, 5*time.Hour)
		if got := s.header("If-None-Match"); got != `– | "1" | "2" | – | "4"` {
			t.Errorf("If-None-Match: %s", got)
		}
	})
}

func TestManner08A304MakesNoItemsAndIsAGoodPoll(t *testing.T) {
	inTime(t, func(t *testing.T) {
		d, _ := mannered(t, validating(`"1"`, storyItem(1)))
		d.polls(1, time.Hour)
		before := d.cursor()
		time.Sleep(time.Hour)
		d.polls(1, time.Hour)
		if after := d.cursor(); !after.OK.After(before.OK) || after.Since != before.Since || d.summary().Articles != 1 {
			t.Errorf("%s → %s", indented(before), indented(after))
		}
	})
}

func TestManner09AnotherAddressBeginsWithoutValidators(t *testing.T) {
	inTime(t, func(t *testing.T) {
		d, s := mannered(t, validating(`"1"`, storyItem(1)))
		d.polls(2, 2*time.Hour)
		d.setup.Sources[0].Feeds[0].URL = "http://gazette.test/feed/new"
		d.polls(2, 2*time.Hour)
		if got := s.header("If-None-Match"); got != `– | "1" | – | "1"` {
			t.Errorf("If-None-Match: %s", got)
		}
	})
}

// TestManner10: that a body is parsed shows in what is logged of a broken one.
func TestManner10TheSameBodyCostsAHashAndNoParse(t *testing.T) {
	inTime(t, func(t *testing.T) {
		d, s := mannered(t, always(nil, storyItem(1), "<item><title>a</b></title></item>"))
		d.polls(6, 6*time.Hour)
		if n := strings.Count(d.log.String(), "the feed is broken and was mended"); n != 1 || len(s.feeds) != 6 {
			t.Errorf("parsed %d times in %d polls", n, len(s.feeds))
		}
	})
}
