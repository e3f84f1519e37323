package metrics

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"presswatch/store"
	"presswatch/store/sqlite"
	"presswatch/watcher/article"
	"presswatch/watcher/silence"
)

// now is the time of every scrape.
func now() time.Time { return time.Date(2026, 3, 2, 7, 0, 0, 0, time.UTC) }

// busy is a counted store through which everything has gone that is counted.
func busy(t *testing.T) *Counted {
	t.Helper()
	dir := t.TempDir()
	s, err := sqlite.Open(t.Context(), filepath.Join(dir, "press.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	c := Count(s, now)
	ctx := t.Context()
	at := now().Add(-10 * time.Minute)
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	cursor := article.Cursor{Source: "courier", URL: `https://courier.example/"feed"`, Checked: at, OK: at}
	entries := []article.Entry{{Identity: "1", URL: "https://courier.example/1", Published: at}, {Identity: "2", URL: "https://courier.example/2", Published: at}}
	_, err = c.SaveFeed(ctx, cursor, entries)
	must(err)
	cursor.Error, cursor.Failures = "timeout", 3
	_, err = c.SaveFeed(ctx, cursor, nil)
	must(err)
	unread, err := c.Unread(ctx, now(), 9)
	must(err)
	must(c.PostponeRead(ctx, unread[1].ID, now(), "no page"))
	must(c.Record(ctx, store.Reading{Article: unread[0], At: now(), Revision: article.Revision{From: article.FromPage},
		Matches: []article.Match{{Rule: "treaties", Level: article.Alert}, {Rule: "harbours", Level: article.Digest}},
		Owed: []store.Debt{{Match: 0, Digest: "desk", Level: article.Alert}, {Match: 1, Digest: "desk", Level: article.Digest},
			{Match: 0, Digest: "weekly", Level: article.Alert}}}))
	quiet, err := c.AddSilence(ctx, silence.Silence{Kind: silence.Rule, What: "treaties", From: at, Until: now().Add(time.Hour)})
	must(err)
	held, err := c.Owed(ctx, []string{"weekly"}, article.Alert)
	must(err)
	_, err = c.Hush(ctx, []store.Held{{Finding: held[0].ID, Silence: quiet}})
	must(err)
	owed, err := c.Owed(ctx, []string{"desk"}, article.Alert)
	must(err)
	_, err = c.Enqueue(ctx, store.Batch{Findings: []int64{owed[0].ID}, At: now(), Deliveries: []store.Delivery{
		{ID: "a", Kind: "alert", Channel: "#desk", State: store.Ready, Created: now().Add(-time.Minute), Due: now()},
		{ID: "b", Kind: "alert", Channel: "#desk", State: store.Ready, Created: now().Add(-time.Minute), Due: now()},
		{ID: "c", Kind: "alert", Channel: "#desk", State: store.Ready, Created: now().Add(-2 * time.Minute), Due: now()}}})
	must(err)
	_, err = c.Enqueue(ctx, store.Batch{Digest: "desk", Slot: "2026-03-02T07:00", At: now()})
	must(err)
	must(c.Attempt(ctx, "a", now(), now()))
	must(c.Postpone(ctx, "a", store.Postponement{State: store.Ready, Due: now()}))
	must(c.Attempt(ctx, "a", now(), now()))
	must(c.Confirm(ctx, "a", store.Receipt{Channel: "C1", TS: "1", At: now()}))
	must(c.Park(ctx, "b", "too long", now()))
	must(c.PauseChannel(ctx, "#desk", "not in it", now().Add(time.Hour)))
	must(c.Note(ctx, store.Note{Subject: "configuration", Text: "a mistake", At: now()}))
	must(c.Backup(ctx, filepath.Join(dir, "copy.db")))
	if err := c.Backup(ctx, filepath.Join(dir, "copy.db")); err == nil {
		t.Fatal("a copy replaced another")
	}
	return c
}

func handler(t *testing.T, c *Counted, alive Health) http.Handler {
	t.Helper()
	return Handler(Figures{Store: c, Version: "1.2.3", Cursors: c.Cursors}, alive)
}

func get(t *testing.T, h http.Handler, path string) (int, string) {
	t.Helper()
	w := httptest.NewRecorder()
	h.ServeHTTP(w, httptest.NewRequestWithContext(t.Context(), http.MethodGet, path, nil))
	return w.Code, w.Body.String()
}

func well(context.Context) error { return nil }

func scraped(t *testing.T) string {
	t.Helper()
	status, text := get(t, handler(t, busy(t), well), "/metrics")
	if status != http.StatusOK {
		t.Fatal(status, text)
	}
	return text
}

func TestEverythingThatHappensIsCounted(t *testing.T) {
	text := scraped(t)
	for _, want := range []string{
		`presswatch_build_info{version="1.2.3"} 1`,
		`presswatch_polls_total{source="courier",outcome="ok"} 1`,
		`presswatch_polls_total{source="courier",outcome="failed"} 1`,
		`presswatch_entries_total{source="courier"} 2`,
		`presswatch_articles_read_total{source="courier",from="page"} 1`,
		`presswatch_reads_postponed_total 1`,
		`presswatch_matches_total{rule="treaties",level="alert"} 1`,
		`presswatch_matches_total{rule="harbours",level="digest"} 1`,
		`presswatch_matches_silenced_total 1`,
		`presswatch_silences 1`,
		`presswatch_deliveries_enqueued_total{kind="alert",channel="#desk"} 3`,
		`presswatch_delivery_attempts_total 2`,
		`presswatch_deliveries_postponed_total{state="ready"} 1`,
		`presswatch_deliveries_total{outcome="sent"} 1`,
		`presswatch_deliveries_total{outcome="parked"} 1`,
		`presswatch_alert_lag_seconds_count 1`,
		`presswatch_alert_lag_seconds_sum 600`,
		`presswatch_alert_lag_seconds_bucket{le="300"} 0`,
		`presswatch_alert_lag_seconds_bucket{le="600"} 1`,
		`presswatch_backups_total{outcome="ok"} 1`,
		`presswatch_backups_total{outcome="failed"} 1`,
		`presswatch_articles 2`,
		`presswatch_articles_unread 1`,
		`presswatch_findings_owed{digest="desk"} 1`,
		`presswatch_outbox_deliveries{state="ready"} 1`,
		`presswatch_outbox_deliveries{state="sent"} 1`,
		`presswatch_outbox_deliveries{state="parked"} 1`,
		`presswatch_outbox_age_seconds 120`,
		`presswatch_channels_paused 1`,
		`presswatch_notes 1`,
		`presswatch_digest_composed_timestamp_seconds{digest="desk"} 1.7724348e+09`,
		`presswatch_feed_last_ok_timestamp_seconds{source="courier",feed="https://courier.example/\"feed\""} 1.7724342e+09`,
		`presswatch_feed_failures{source="courier",feed="https://courier.example/\"feed\""} 3`,
	} {
		if !strings.Contains(text, want+"\n") {
			t.Errorf("no %s", want)
		}
	}
	if t.Failed() {
		t.Log(text)
	}
}

func TestEveryMetricHasAMeaningAndAllOfItsSeriesFollowEachOther(t *testing.T) {
	seen, last := map[string]bool{}, ""
	for line := range strings.Lines(scraped(t)) {
		name := nameOf(line)
		if strings.HasPrefix(name, "#") || name == last {
			continue
		}
		if seen[name] {
			t.Errorf("%s stands in two places", name)
		}
		seen[name], last = true, name
	}
	for _, m := range meanings() {
		if !seen[m.name] {
			t.Errorf("%s means something and is nowhere", m.name)
		}
		if counter := strings.HasSuffix(m.name, "_total"); counter != (m.kind == "counter") {
			t.Errorf("%s is a %s", m.name, m.kind)
		}
		delete(seen, m.name)
	}
	for name := range seen {
		t.Errorf("%s has no meaning", name)
	}
}

func TestPromtoolHasNothingToSay(t *testing.T) {
	tool, err := exec.LookPath("promtool")
	if err != nil {
		t.Skip("NOT CHECKED: promtool is not installed here (Debian: apt-get install prometheus)")
	}
	check := exec.CommandContext(t.Context(), tool, "check", "metrics")
	check.Stdin = strings.NewReader(scraped(t))
	if out, err := check.CombinedOutput(); err != nil || len(out) > 0 {
		t.Errorf("promtool: %v\n%s", err, out)
	}
}

// TestSeriesAreBoundedByTheConfiguration: what publishers write makes none.
func TestSeriesAreBoundedByTheConfiguration(t *testing.T) {
	c := busy(t)
	count := func() int {
		_, text := get(t, handler(t, c, well), "/metrics")
		return len(regexp.MustCompile(`(?m)^presswatch_`).FindAllString(text, -1))
	}
	before := count()
	for n := range 50 {
		id := strings.Repeat("x", n+3)
		entry := article.Entry{Identity: id, URL: "https://courier.example/" + id, Title: id, Author: id, Sections: []string{id}}
		if _, err := c.SaveFeed(t.Context(), article.Cursor{Source: "courier", URL: `https://courier.example/"feed"`}, []article.Entry{entry}); err != nil {
			t.Fatal(err)
		}
	}
	if after := count(); after != before {
		t.Errorf("%d series, and before 50 articles %d", after, before)
	}
}

func TestWhatIsNotKeptIsNotCounted(t *testing.T) {
	c := busy(t)
	_, before := get(t, handler(t, c, well), "/metrics")
	c.Store.Close()
	ctx := t.Context()
	for name, call := range map[string]func() error{
		"SaveFeed":     func() error { _, err := c.SaveFeed(ctx, article.Cursor{Source: "courier"}, nil); return err },
		"PostponeRead": func() error { return c.PostponeRead(ctx, 1, now(), "") },
		"Record":       func() error { return c.Record(ctx, store.Reading{}) },
		"Enqueue":      func() error { _, err := c.Enqueue(ctx, store.Batch{}); return err },
		"Attempt":      func() error { return c.Attempt(ctx, "c", now(), now()) },
		"Confirm":      func() error { return c.Confirm(ctx, "c", store.Receipt{}) },
		"Postpone":     func() error { return c.Postpone(ctx, "c", store.Postponement{}) },
		"Park":         func() error { return c.Park(ctx, "c", "", now()) },
	} {
		if call() == nil {
			t.Errorf("%s on a closed store succeeds", name)
		}
	}
	var counted bytes.Buffer
	c.tally.write(&counted)
	for line := range strings.Lines(counted.String()) {
		if !strings.Contains(before, line) {
			t.Errorf("counted: %s", line)
		}
	}
}

func TestHealthIsToldApart(t *testing.T) {
	c := busy(t)
	stuck := func(context.Context) error { return errors.New("no movement of poll") }
	if status, text := get(t, handler(t, c, well), "/healthz"); status != http.StatusOK || text != "ok\n" {
		t.Error(status, text)
	}
	if status, text := get(t, handler(t, c, stuck), "/healthz"); status != http.StatusServiceUnavailable || !strings.Contains(text, "no movement of poll") {
		t.Error(status, text)
	}
	if status, _ := get(t, handler(t, c, stuck), "/readyz"); status != http.StatusOK {
		t.Error("a loop that hangs is no matter of the store:", status)
	}
	c.Store.Close()
	for _, path := range []string{"/readyz", "/metrics"} {
		if status, text := get(t, handler(t, c, well), path); status != http.StatusServiceUnavailable || strings.Contains(text, "presswatch_") {
			t.Errorf("%s without a store: %d %s", path, status, text)
		}
	}
	for _, path := range []string{"/", "/debug/pprof/", "/metrics/x"} {
		if status, _ := get(t, handler(t, c, well), path); status != http.StatusNotFound {
			t.Errorf("%s: %d", path, status)
		}
	}
}

func TestItServesUntilItIsToldToStop(t *testing.T) {
	listener, err := Config{Address: "127.0.0.1:0"}.Listen(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := (Config{Address: listener.Addr().String()}).Listen(t.Context()); err == nil || !strings.Contains(err.Error(), "metrics.listen") {
		t.Errorf("an address in use: %v", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error)
	go func() { ended <- Serve(ctx, listener, handler(t, busy(t), well)) }()
	response, err := http.Get("http://" + listener.Addr().String() + "/metrics")
	if err != nil {
		t.Fatal(err)
	}
	text, err := io.ReadAll(response.Body)
	response.Body.Close()
	if err != nil || !strings.Contains(string(text), "process_resident_memory_bytes") {
		t.Errorf("%v\n%s", err, text)
	}
	cancel()
	if err := <-ended; err != nil {
		t.Error(err)
	}
}

func TestOnlyLoopbackIsListenedOn(t *testing.T) {
	for address, good := range map[string]bool{
		"": true, "127.0.0.1:9464": true, "[::1]:9464": true, "127.0.0.2:0": true,
		"0.0.0.0:9464": false, ":9464": false, "192.168.1.2:9464": false, "localhost:9464": false, "[::]:9464": false,
		"127.0.0.1": false, "127.0.0.1:": false, "9464": false, "[::ffff:10.0.0.1]:80": false,
	} {
		told := 0
		Config{Address: address}.Check(func(_, message, hint string) {
			if message != "" && hint != "" {
				told++
			}
		})
		if good != (told == 0) {
			t.Errorf("%q: %d mistakes", address, told)
		}
	}
}
