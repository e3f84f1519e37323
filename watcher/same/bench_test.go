package same_test

import (
	"fmt"
	"math/rand/v2"
	"runtime"
	"testing"
	"time"

	"presswatch/watcher/article"
	"presswatch/watcher/same"
)

// BenchmarkPlace places one article of 350 words among many of the kind, of
// which one in ten is a copy. within is how many the window holds: all of them,
// or two weeks of a busy desk. It reports the memory of one that is kept.
func BenchmarkPlace(b *testing.B) {
	for _, stored := range []int{100_000, 1_000_000} {
		for _, within := range []int{50_000, stored} {
			b.Run(fmt.Sprintf("stored=%d/within=%d", stored, within), func(b *testing.B) { place(b, stored, within) })
		}
	}
}

func place(b *testing.B, stored, within int) {
	random := rand.New(rand.NewPCG(3, 4))
	before := heap()
	c := same.NewCopies(same.DefaultLimits(), time.Duration(within)*time.Minute)
	var last same.Print
	next := func(i int) (time.Time, same.Print) {
		if i%10 != 1 {
			last = same.PrintOf(synthetic(random))
		}
		return noon.Add(time.Duration(i) * time.Minute), last
	}
	for i := range stored {
		at, p := next(i)
		c.Place(int64(i), at, p)
	}
	size := float64(heap()-before) / float64(c.Len())
	b.ResetTimer()
	for i := range b.N {
		at, p := next(stored + i)
		c.Place(int64(stored+i), at, p)
	}
	b.ReportMetric(size, "B/kept")
	runtime.KeepAlive(c)
}

func heap() uint64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}

// synthetic is an article of words that are drawn as those of a language are:
// few often, most rarely.
func synthetic(random *rand.Rand) []article.Zone {
	zipf := rand.NewZipf(random, 1.1, 8, 60_000)
	text := make([]byte, 0, 2500)
	for range 350 {
		for n := zipf.Uint64() + 700; n > 0; n /= 26 {
			text = append(text, byte('a'+n%26))
		}
		text = append(text, ' ')
	}
	return []article.Zone{{Kind: article.Body, Text: string(text)}}
}

func BenchmarkPrintOf(b *testing.B) {
	zones := synthetic(rand.New(rand.NewPCG(5, 6)))
	b.ReportAllocs()
	for b.Loop() {
		same.PrintOf(zones)
	}
}
