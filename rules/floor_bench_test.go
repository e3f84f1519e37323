package rules_test

import (
	"fmt"
	"strings"
	"syscall"
	"testing"
	"time"
	"unicode/utf8"

	"presswatch/rules"
	"presswatch/watcher/strict"
	"presswatch/watcher/text"
)

// BenchmarkAgainstTheFloor matches the documents of the bench against its first N
// queries, the whole text chain and the evidence included, and says how many
// times longer that takes than the least that any engine has to do: find the
// words, fold them, stem and hash them. Goals: 2, 2.5, 5 and 50 at 100, 1 000,
// 10 000 and 100 000 queries.
func BenchmarkAgainstTheFloor(b *testing.B) {
	const docs = 500
	var texts []string
	each(b, "docs.jsonl.gz", docs, func(d struct{ Title, Body string }) { texts = append(texts, d.Title+"\n\n"+d.Body) })
	for _, n := range []int{100, 1000, 10_000, 100_000} {
		b.Run(fmt.Sprintf("queries=%d", n), func(b *testing.B) {
			set := benchSet(b, n)
			f := newFloor()
			matches := 0
			match := func() {
				for _, t := range texts {
					matches += len(set.Match(set.Document(rules.About{Language: "fr"}, body(t))))
				}
			}
			f.read(texts) // so that both remember what they would
			match()
			var floor, whole time.Duration
			matches = 0
			for b.Loop() {
				began := cpu(b)
				f.read(texts)
				floor += cpu(b) - began
				began = cpu(b)
				match()
				whole += cpu(b) - began
			}
			perDoc := float64(b.N*docs) * 1e3
			b.ReportMetric(float64(whole)/float64(floor), "x-floor")
			b.ReportMetric(float64(whole)/perDoc, "µs/doc")
			b.ReportMetric(float64(floor)/perDoc, "µs-floor/doc")
			b.ReportMetric(float64(matches)/float64(b.N*docs), "matches/doc")
		})
	}
}

// cpu is the time that processors have spent on this process.
func cpu(b *testing.B) time.Duration {
	var usage syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &usage); err != nil {
		b.Fatal(err)
	}
	return time.Duration(usage.Utime.Nano() + usage.Stime.Nano())
}

func benchSet(b *testing.B, n int) *rules.Set {
	b.Helper()
	lines := []string{"rules:"}
	each(b, "queries.jsonl.gz", n, func(q struct {
		ID int        `json:"id"`
		Q  oracleNode `json:"q"`
	}) {
		lines = append(lines, fmt.Sprintf("- {id: q%d, match: '%s'}", q.ID, strings.ReplaceAll(q.Q.query(), "'", "''")))
	})
	load := func() (*rules.Set, strict.Mistakes) {
		return rules.Load([]strict.File{{Name: "bench.yaml", Data: []byte(strings.Join(lines, "\n"))}}, rules.Known{Languages: []string{"fr"}})
	}
	set, mistakes := load()
	for _, m := range mistakes { // a few of the made queries can never be true, and are refused
		lines[m.Line-1] = ""
	}
	if len(mistakes) > 0 && len(mistakes) < n/1000 {
		set, mistakes = load()
	}
	if len(mistakes) > 0 {
		b.Fatal(mistakes[0].Report())
	}
	return set
}

// floor is the least work on a text: its words, folded, stemmed and hashed.
type floor struct {
	fold  [0x250]string
	stems map[uint64]uint64
	sum   uint64
}

func newFloor() *floor {
	f := &floor{stems: map[uint64]uint64{}}
	for r := range f.fold {
		f.fold[r] = text.Fold(string(rune(r)))
	}
	return f
}

func (f *floor) read(texts []string) {
	var word []byte
	for _, t := range texts {
		for i := 0; i < len(t); {
			r, size := rune(t[i]), 1
			if r >= utf8.RuneSelf {
				r, size = utf8.DecodeRuneInString(t[i:])
			}
			i += size
			if r < rune(len(f.fold)) && f.fold[r] != "" {
				word = append(word, f.fold[r]...)
				continue
			}
			f.end(word)
			word = word[:0]
		}
		f.end(word)
		word = word[:0]
	}
}

func (f *floor) end(word []byte) {
	if len(word) == 0 {
		return
	}
	h := uint64(14695981039346656037)
	for _, c := range word {
		h = (h ^ uint64(c)) * 1099511628211
	}
	stem, known := f.stems[h]
	if !known {
		for _, c := range []byte(text.Stem(string(word), "fr")) {
			stem = (stem ^ uint64(c)) * 1099511628211
		}
		f.stems[h] = stem
	}
	f.sum += stem
}
