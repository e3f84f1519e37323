package watcher_test

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"presswatch/store"
	"presswatch/watcher/article"
)

// pageRequests are the answers to requests for the first story's page, in order.
func (p *paper) pageRequests() (all []string) {
	for _, r := range p.requests {
		if strings.HasSuffix(r, " /story/1.html") {
			all = append(all, strings.Fields(r)[0])
		}
	}
	return all
}

func (d *desk) history(path string) store.History {
	d.t.Helper()
	w, end := d.start(context.Background())
	defer end()
	s, err := w.Store.Lookup(context.Background(), "http://gazette.test"+path)
	if err != nil {
		d.t.Fatal(err)
	}
	h, err := w.Store.History(context.Background(), s.Article.ID)
	if err != nil {
		d.t.Fatal(err)
	}
	return h
}

// TestAnArticleThatIsEditedAfterItWasTold lets a paper edit its first story after
// ten minutes, and looks after a day how often its page was asked for, how many
// texts are kept, and how often it was told.
func TestAnArticleThatIsEditedAfterItWasTold(t *testing.T) {
	for name, test := range map[string]struct {
		was      story
		edit     func(*story)
		requests string
		texts    int
		told     int
	}{
		"and stays what it is": {
			edit: func(*story) {}, requests: "200 200 200", texts: 1, told: 1},
		"and has validators": {was: story{etag: `"a"`},
			edit: func(*story) {}, requests: "200 304 304", texts: 1, told: 1},
		"in its body": {was: story{etag: `"a"`},
			edit: func(s *story) { s.body, s.etag = "The mayors did not sign it.", `"b"` }, requests: "200 200 304", texts: 2, told: 1},
		"and loses its match": {
			edit: func(s *story) { s.title = "An agreement" }, requests: "200 200", texts: 2, told: 1},
		"and loses its text": {
			edit: func(s *story) { s.body = "" }, requests: "200 200 200", texts: 1, told: 1},
		"and its page is in trouble": {
			edit: func(s *story) { s.status = http.StatusInternalServerError }, requests: "200 500 500", texts: 1, told: 1},
		"and nobody was told": {was: story{title: "Calm", body: "Nothing at all."},
			edit: func(s *story) { s.body = "The treaty is signed." }, requests: "200", texts: 1, told: 0},
		"in its feed too": {was: story{title: "Calm", body: "Nothing at all."},
			edit: func(s *story) { s.title, s.lead = "A treaty of two cities", "At last." }, requests: "200 200 200", texts: 2, told: 1},
		"in its date alone": {
			edit: func(s *story) { s.published = s.published.Add(5 * time.Minute) }, requests: "200 200 200", texts: 1, told: 1},
		"and had no page before": {was: story{status: http.StatusGone},
			edit: func(s *story) { s.status = 0 }, requests: "410 200 200", texts: 2, told: 1},
		"in its feed, and has no page": {was: story{title: "Calm", status: http.StatusGone},
			edit: func(s *story) { s.title = "A treaty of two cities" }, requests: "410 410 410", texts: 2, told: 1},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				d := newDesk(t)
				d.paper = oneTreaty()
				merge(&d.paper.stories[0], test.was)
				d.runFor(10 * time.Minute)
				test.edit(&d.paper.stories[0])
				d.runFor(24 * time.Hour)
				if got := strings.Join(d.paper.pageRequests(), " "); got != test.requests {
					t.Errorf("answers of the page: %s, want %s", got, test.requests)
				}
				if got := len(d.history("/story/1.html").Revisions); got != test.texts {
					t.Errorf("%d texts are kept, want %d", got, test.texts)
				}
				if got := len(d.told("#desk")); got != test.told {
					t.Errorf("told %d times, want %d: %s", got, test.told, indented(d.told("#desk")))
				}
			})
		})
	}
}

// merge sets what a story is given.
func merge(s *story, with story) {
	if with.title != "" {
		s.title, s.body = with.title, with.body
	}
	s.status, s.etag = with.status, with.etag
}

func TestALevelThatRisesIsToldOnceMore(t *testing.T) {
	for name, test := range map[string]struct {
		after time.Duration // the edit, after the article appeared
		want  []string      // what the messages begin with
	}{
		"instead of the digest, when that has not come": {10 * time.Minute, []string{"ALERT"}},
		"beside the digest, when that has":              {2 * time.Hour, []string{"*desk", "ALERT"}},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				d := newDesk(t)
				d.paper = oneTreaty()
				d.paper.stories[0].title, d.paper.stories[0].body = "Two cities", "They speak of a treaty."
				d.runFor(test.after)
				d.paper.stories[0].title = "A treaty of two cities"
				d.runFor(24 * time.Hour)
				told := d.told("#desk")
				if len(told) != len(test.want) {
					t.Fatalf("told: %s", indented(told))
				}
				last := d.threadTold()[len(told)-1]
				raised, under := strings.Contains(last, "raised from digest"), strings.HasPrefix(last, "desk · ")
				if !strings.HasPrefix(told[len(told)-1], "ALERT") || raised != (len(told) > 1) || under != raised {
					t.Errorf("told: %s", indented(d.threadTold()))
				}
			})
		})
	}
}

func TestAFeedThatChangesItsMindForEverIsLeftAlone(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := newDesk(t)
		d.paper = oneTreaty()
		for i := range 40 {
			d.paper.stories[0].title = fmt.Sprintf("A treaty of %d cities", 9+i%2)
			d.runFor(6 * time.Minute)
		}
		if n := len(d.paper.pageRequests()); n != 9 {
			t.Errorf("the page was asked for %d times: %s", n, d.paper.pageRequests())
		}
		if n := len(d.told("#desk")); n != 1 {
			t.Errorf("told %d times: %s", n, indented(d.told("#desk")))
		}
	})
}

func TestAWithdrawnArticleIsToldOnce(t *testing.T) {
	const said = "Withdrawn by its publisher."
	for name, test := range map[string]struct {
		statuses []int         // of the page, at each visit from the second on
		every    time.Duration // a visit
		told     bool
	}{
		"when its page is gone":                     {[]int{http.StatusGone, 0, 0}, time.Hour, true},
		"when its page is not found twice":          {[]int{http.StatusNotFound, http.StatusNotFound}, 25 * time.Minute, true},
		"not when its page is back a little later":  {[]int{http.StatusNotFound, 0, 0}, 10 * time.Minute, false},
		"not when its page may not be seen":         {[]int{http.StatusForbidden, http.StatusForbidden}, 25 * time.Minute, false},
		"and not again when the feed still has it":  {[]int{http.StatusGone, http.StatusGone, http.StatusGone}, 5 * time.Hour, true},
		"nor when it is gone later than any visits": {[]int{0, 0, http.StatusGone}, 5 * time.Hour, false},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				d := newDesk(t)
				d.paper = oneTreaty()
				d.runFor(15 * time.Minute)
				for i, status := range test.statuses {
					d.paper.stories[0].status = status
					d.paper.stories[0].lead = fmt.Sprint("Signed, part ", i, ".")
					d.runFor(test.every)
				}
				want := 1
				if test.told {
					want = 2
				}
				told := d.threadTold()
				if len(told) != want || slices.ContainsFunc(told, func(s string) bool { return strings.Contains(s, " > "+said) }) != test.told {
					t.Errorf("told: %s\n%s", indented(told), strings.Join(d.paper.requests, "\n"))
				}
				if s := d.stored("/story/1.html"); s.Article.Withdrawn.IsZero() == test.told {
					t.Errorf("withdrawn: %v", s.Article.Withdrawn)
				}
			})
		})
	}
}

func TestADigestSaysThatAnArticleWasWithdrawn(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := newDesk(t)
		d.paper = oneTreaty()
		d.paper.stories[0].title, d.paper.stories[0].body = "Two cities", "They speak of a treaty."
		d.runFor(5 * time.Minute)
		d.paper.stories[0].status = http.StatusGone
		d.runFor(2 * time.Hour)
		told := d.told("#desk")
		if len(told) != 1 || !strings.Contains(told[0], "withdrawn by its publisher") {
			t.Errorf("told: %s", indented(told))
		}
	})
}

func TestAVisitOfASourceThatIsNotConfiguredIsLeftOut(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := newDesk(t)
		d.paper = oneTreaty()
		d.runFor(5 * time.Minute)
		d.setup.Sources = nil
		d.runFor(24 * time.Hour)
		if n := len(d.paper.pageRequests()); n != 1 {
			t.Errorf("the page was asked for %d times", n)
		}
		if s := d.stored("/story/1.html"); s.Revision.From != article.FromPage || s.Revisions != 1 {
			t.Errorf("stored: %s", indented(s))
		}
	})
}
