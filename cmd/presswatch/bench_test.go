package main

import (
	"strings"
	"testing"
	"time"
)

// BenchmarkDaemon is the real program over an archive of 100 000 articles, with the
// shipped rules and twenty feeds.
func BenchmarkDaemon(b *testing.B) {
	desk := newQuietDesk(b)
	b.Run("start", desk.benchmarkStart)
	b.Run("idle", desk.benchmarkIdle)
}

// benchmarkStart measures the time from the start to "ready", in which the rules'
// tests are run: by the clock, and by what processors worked. Goal: ≤ 200 ms.
func (d quietDesk) benchmarkStart(b *testing.B) {
	var worked time.Duration
	for b.Loop() {
		daemon := d.start(b)
		daemon.await(b, func(message string) bool { return strings.Contains(message, "READY=1") })
		b.StopTimer()
		worked += daemon.worked(b)
		daemon.stop(b)
		b.StartTimer()
	}
	b.ReportMetric(worked.Seconds()*1000/float64(b.N), "cpu-ms/op")
}

// benchmarkIdle measures the program while nothing happens: feeds that answer 304
// once a minute, after it has read twenty articles, and for them those of the last
// days again. It tells what part of one processor it takes (goal: ≤ 0.1 %), what it
// holds in memory (goal: ≤ 45 MB), and what of that is its own: the rest is the
// program's file, which the system gives up when it needs the room.
//
// An iteration takes a minute: -benchtime 5x idles for five.
func (d quietDesk) benchmarkIdle(b *testing.B) {
	daemon := d.start(b)
	defer daemon.stop(b)
	daemon.await(b, func(message string) bool {
		return strings.Contains(message, "20 feeds, 0 with errors; ") && strings.Contains(message, d.filled)
	})
	minute := time.Minute
	if testing.Short() {
		minute = 2 * time.Second
	}
	before := daemon.worked(b)
	for b.Loop() {
		time.Sleep(minute)
	}
	b.ReportMetric(100*(daemon.worked(b)-before).Seconds()/b.Elapsed().Seconds(), "%cpu")
	b.ReportMetric(daemon.memory(b, "VmRSS"), "MB-resident")
	b.ReportMetric(daemon.memory(b, "RssAnon"), "MB-own")
}
