package metrics

import (
	"bytes"
	"fmt"
	"maps"
	"os"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"time"
)

// tally holds what was counted: counters by their series, and the one histogram.
type tally struct {
	mu       sync.Mutex
	counters map[string]uint64
	lag      histogram
}

func newTally() *tally {
	return &tally{counters: map[string]uint64{}, lag: histogram{name: "presswatch_alert_lag_seconds", bounds: lagBounds()}}
}

func (t *tally) add(n int, series string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.counters[series] += uint64(max(n, 0))
}

func (t *tally) observeLag(lag time.Duration) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.lag.observe(lag.Seconds())
}

// write puts all of it into a page; in the order of their text the series of one
// name follow each other.
func (t *tally) write(out *bytes.Buffer) {
	t.mu.Lock()
	defer t.mu.Unlock()
	for _, series := range slices.Sorted(maps.Keys(t.counters)) {
		fmt.Fprintf(out, "%s %d\n", series, t.counters[series])
	}
	t.lag.write(out)
}

// histogram counts values by the first bound that they do not exceed.
type histogram struct {
	name   string
	bounds []float64 // ascending; +Inf is understood
	counts []uint64  // one more than bounds; nil until the first value
	sum    float64
}

func (h *histogram) observe(value float64) {
	if h.counts == nil {
		h.counts = make([]uint64, len(h.bounds)+1)
	}
	i, _ := slices.BinarySearch(h.bounds, value)
	h.counts[i]++
	h.sum += value
}

func (h *histogram) write(out *bytes.Buffer) {
	var total uint64
	for i, bound := range h.bounds {
		if h.counts != nil {
			total += h.counts[i]
		}
		fmt.Fprintf(out, "%s_bucket{le=%q} %d\n", h.name, number(bound), total)
	}
	if h.counts != nil {
		total += h.counts[len(h.bounds)]
	}
	fmt.Fprintf(out, "%s_bucket{le=\"+Inf\"} %d\n%s_sum %s\n%s_count %d\n", h.name, total, h.name, number(h.sum), h.name, total)
}

// number is a value as the text format has it.
func number(value float64) string { return strconv.FormatFloat(value, 'g', -1, 64) }

// lagBounds are the bounds, in seconds, of the lag from publication to alert: a
// feed is polled every ten minutes or so, and a page is sometimes late.
func lagBounds() []float64 {
	return []float64{30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14400, 43200, 86400}
}

// process tells of the daemon itself, under the names that every exporter uses.
// What this system does not tell is left out.
func (p *page) process() {
	var used syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &used) == nil {
		p.gauge("process_cpu_seconds_total", time.Duration(used.Utime.Nano()+used.Stime.Nano()).Seconds())
	}
	if pages, err := os.ReadFile("/proc/self/statm"); err == nil {
		if fields := strings.Fields(string(pages)); len(fields) > 1 {
			if resident, err := strconv.ParseInt(fields[1], 10, 64); err == nil {
				p.gauge("process_resident_memory_bytes", float64(resident*int64(os.Getpagesize())))
			}
		}
	}
	p.gauge("go_goroutines", float64(runtime.NumGoroutine()))
}
