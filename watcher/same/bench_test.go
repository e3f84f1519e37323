package same_test

import (
	"fmt"
	"math/rand/v2"
	"runtime"
	"strings"
	"testing"
	"time"

	"presswatch/watcher/article"
	"presswatch/watcher/same"
)

// BenchmarkPlace places one article of 350 words among many of the kind, of
// which one in ten is a copy. The window holds all of them, and the index as many
// as it may. It reports the memory of one that is kept, and of all.
func BenchmarkPlace(b *testing.B) {
	for _, stored := range sizes() {
		b.Run(fmt.Sprintf("stored=%d", stored), func(b *testing.B) { place(b, stored) })
	}
}

func place(b *testing.B, stored int) {
	random := rand.New(rand.NewPCG(3, 4))
	before := heap()
	c := same.NewCopies(same.DefaultLimits(), 2*time.Duration(stored)*time.Minute)
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
	whole := float64(heap() - before)
	b.ResetTimer()
	for i := range b.N {
		at, p := next(stored + i)
		c.Place(int64(stored+i), at, p)
	}
	b.ReportMetric(whole/float64(c.Len()), "B/kept")
	b.ReportMetric(whole/(1<<20), "MB")
	runtime.KeepAlive(c)
}

// BenchmarkPlaceReport is BenchmarkPlace for events: reports of 350 words with
// names, days and numbers, of which one in ten tells of what the last did.
func BenchmarkPlaceReport(b *testing.B) {
	for _, stored := range sizes() {
		b.Run(fmt.Sprintf("stored=%d", stored), func(b *testing.B) {
			random := rand.New(rand.NewPCG(3, 4))
			before := heap()
			e := same.NewEvents(same.DefaultBounds())
			var last []article.Zone
			next := func(i int) same.Joining {
				if i%10 != 1 {
					last = named(random)
				}
				when := noon.Add(time.Duration(i) * 15 * time.Second) // 17 280 in 72 hours
				span := same.Span{From: when, To: when}
				return e.Place(int64(i+1), span, same.ReportOf(words(), "en", span, last))
			}
			for i := range stored {
				next(i)
			}
			whole := float64(heap() - before)
			b.ResetTimer()
			for i := range b.N {
				next(stored + i)
			}
			b.ReportMetric(whole/float64(e.Len()), "B/kept")
			b.ReportMetric(whole/(1<<20), "MB")
			runtime.KeepAlive(e)
		})
	}
}

// named is a synthetic article with names in every fifth place.
func named(random *rand.Rand) []article.Zone {
	zones := synthetic(random)
	words := strings.Fields(zones[0].Text)
	for i := 0; i < len(words); i += 5 {
		words[i] = strings.ToUpper(words[i][:1]) + words[i][1:]
	}
	words[7] = fmt.Sprintf("%d/5", 1+random.IntN(28))
	words[9] = fmt.Sprint(random.IntN(5000))
	return []article.Zone{{Kind: article.Body, Text: strings.Join(words, " ")}}
}

// sizes are how many articles are stored; in short mode few, to see that the
// benchmarks run.
func sizes() []int {
	if testing.Short() {
		return []int{1000}
	}
	return []int{100_000, 1_000_000}
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
