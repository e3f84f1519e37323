package feed

import (
	"context"
	"fmt"
	"net/http"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

// record is a network that takes a second for every request and notes when each
// began and ended.
type record struct {
	mu     sync.Mutex
	begun  map[string][]time.Time
	ended  map[string][]time.Time
	answer func(*http.Request) *http.Response
}

func (n *record) RoundTrip(r *http.Request) (*http.Response, error) {
	n.note(&n.begun, r.URL.Host)
	defer n.note(&n.ended, r.URL.Host)
	select {
	case <-time.After(time.Second):
	case <-r.Context().Done():
		return nil, r.Context().Err()
	}
	if n.answer != nil {
		return n.answer(r), nil
	}
	return answer(r, 200, "body"), nil
}

func (n *record) note(where *map[string][]time.Time, host string) {
	n.mu.Lock()
	defer n.mu.Unlock()
	if *where == nil {
		*where = make(map[string][]time.Time)
	}
	(*where)[host] = append((*where)[host], time.Now())
}

func TestOneRequestAtATimeAndAPauseBetween(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var n record
		c := NewClient(Config{}, "test", &n)
		start := time.Now()
		var all sync.WaitGroup
		for i := range 10 {
			for _, host := range []string{"a.example", "b.example"} {
				all.Go(func() {
					if _, err := c.Fetch(t.Context(), Request{URL: fmt.Sprintf("https://%s/%d", host, i)}); err != nil {
						t.Error(err)
					}
				})
			}
		}
		all.Wait()
		for host, begun := range n.begun {
			for i := 1; i < len(begun); i++ {
				if pause := begun[i].Sub(n.ended[host][i-1]); pause < DefaultInterval {
					t.Errorf("%s: request %d began %v after the one before", host, i, pause)
				}
			}
		}
		if took := time.Since(start); took != 28*time.Second { // 10 × 1 s and 9 × 2 s, both hosts side by side
			t.Errorf("took %v", took)
		}
	})
}

func TestARedirectToTheSameHostKeepsThePause(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		n := record{answer: func(r *http.Request) *http.Response {
			if r.URL.Path == "/" {
				return answer(r, 302, "", "Location", "/feed")
			}
			return answer(r, 200, "body")
		}}
		c := NewClient(Config{}, "test", &n)
		if _, err := c.Fetch(t.Context(), Request{URL: "https://a.example/"}); err != nil {
			t.Fatal(err)
		}
		if pause := n.begun["a.example"][1].Sub(n.ended["a.example"][0]); pause < DefaultInterval {
			t.Errorf("the second hop began %v after the first", pause)
		}
	})
}

func TestWaitingForATurnObeysTheContext(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var n record
		c := NewClient(Config{Interval: time.Hour}, "test", &n)
		if _, err := c.Fetch(t.Context(), Request{URL: "https://a.example/"}); err != nil {
			t.Fatal(err)
		}
		ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
		defer cancel()
		start := time.Now()
		_, err := c.Fetch(ctx, Request{URL: "https://a.example/"})
		wantKind(t, err, Timeout, "waiting for the turn")
		if waited := time.Since(start); waited != time.Minute {
			t.Errorf("waited %v", waited)
		}
		if len(n.begun["a.example"]) != 1 {
			t.Error("a request was sent")
		}
	})
}

func TestATimeoutBoundsTheWholeFetchButNotTheQueue(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		hangs := roundTrip(func(r *http.Request) (*http.Response, error) {
			<-r.Context().Done()
			return nil, r.Context().Err()
		})
		c := NewClient(Config{}, "test", hangs)
		var all sync.WaitGroup
		start := time.Now()
		for range 3 {
			all.Go(func() {
				_, err := c.Fetch(t.Context(), Request{URL: "https://a.example/"})
				wantKind(t, err, Timeout, "network.timeout")
			})
		}
		all.Wait()
		if took := time.Since(start); took != 3*DefaultTimeout+2*DefaultInterval {
			t.Errorf("took %v", took)
		}
	})
}

func TestRedirectsShareOneTimeout(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		slow := roundTrip(func(r *http.Request) (*http.Response, error) {
			select {
			case <-time.After(12 * time.Second):
				return answer(r, 302, "", "Location", r.URL.Path+"x"), nil
			case <-r.Context().Done():
				return nil, r.Context().Err()
			}
		})
		start := time.Now()
		_, err := NewClient(Config{}, "test", slow).Fetch(t.Context(), Request{URL: "https://a.example/"})
		wantKind(t, err, Timeout, "network.timeout")
		if took := time.Since(start); took != DefaultTimeout+2*DefaultInterval {
			t.Errorf("took %v", took)
		}
	})
}

func TestAHostThatAsksForAPauseGetsIt(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		busy := true
		n := record{answer: func(r *http.Request) *http.Response {
			if busy {
				return answer(r, 429, "", "Retry-After", "3600")
			}
			return answer(r, 200, "body")
		}}
		c := NewClient(Config{}, "test", &n)
		fetch := func(path string) error {
			_, err := c.Fetch(t.Context(), Request{URL: "https://a.example" + path})
			return err
		}
		if e := wantKind(t, fetch("/1"), Status, "asks for a pause of 1h0m0s"); e.RetryAfter != time.Hour {
			t.Errorf("RetryAfter %v", e.RetryAfter)
		}
		time.Sleep(20 * time.Minute)
		if e := wantKind(t, fetch("/2"), Held, "40m0s are left"); e.RetryAfter != 40*time.Minute || !e.Temporary() {
			t.Errorf("RetryAfter %v, temporary %v", e.RetryAfter, e.Temporary())
		}
		busy = false
		time.Sleep(40 * time.Minute)
		if err := fetch("/3"); err != nil {
			t.Error(err)
		}
		if asked := len(n.begun["a.example"]); asked != 2 {
			t.Errorf("asked %d times", asked)
		}
	})
}

func TestIdleHostsAreForgotten(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := newPace(time.Second)
		for i := range 3 * maxLanes {
			leave, err := p.enter(t.Context(), fmt.Sprintf("h%d.example", i))
			if err != nil {
				t.Fatal(err)
			}
			leave()
			time.Sleep(10 * time.Millisecond)
		}
		if n := len(p.lanes); n > maxLanes {
			t.Errorf("%d hosts are remembered", n)
		}
	})
}
