package rules_test

import (
	"fmt"
	"runtime"
	"strings"
	"testing"
	"time"

	"presswatch/rules"
	"presswatch/watcher/article"
)

// manyRules is n rules in the manner of a desk's: a few shared vocabularies, and
// words of their own.
func manyRules(n int) string {
	var b strings.Builder
	b.WriteString("vocabulary:\n")
	for v := range 20 {
		fmt.Fprintf(&b, "  v%d: {fr: [pays%d, peuple%d, \"accord de pêche %d\", vill%d*], except: [pays%d bas]}\n", v, v, v, v, v, v)
	}
	b.WriteString("  laos: {fr: [Laos, lao, laotien]}\n  defence: {fr: [défense, armée, militaire]}\nrules:\n")
	for i := range n {
		query := fmt.Sprintf("@v%d AND SENTENCE(@v%d sujet%d) NOT \"hors sujet %d\"", i%20, (i+7)%20, i, i)
		if i%50 == 0 {
			query = fmt.Sprintf("SENTENCE(@laos @defence) OR @laos NEAR/5 sujet%d", i)
		}
		fmt.Fprintf(&b, "- {id: r%d, match: '%s', alert: 'title:(@laos sujet%d)'}\n", i, query, i)
	}
	return b.String()
}

func benchArticle() []article.Zone {
	return split("Le Laos et ses voisins parlent de défense", "", strings.Repeat("Hanoï (VNA) - Les ministres de la Défense du Vietnam et du Laos "+
		"ont signé jeudi l'accord de coopération militaire pour 2025-2029. Le pays3 et le peuple4 ont bien d'autres sujets, dit-on à Vientiane.\n\n", 14))
}

func BenchmarkMatch(b *testing.B) {
	for _, n := range []int{2, 100, 1000, 10_000} {
		set := load(b, manyRules(n))
		b.Run(fmt.Sprintf("rules=%d", n), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				set.Match(set.Document(rules.About{Language: "fr"}, benchArticle()))
			}
		})
	}
}

// BenchmarkLoad compiles rules, and says how much memory they take once they are
// there. Goals: 2 s and 100 MB for 10 000.
func BenchmarkLoad(b *testing.B) {
	for _, n := range []int{1000, 10_000} {
		yaml := manyRules(n)
		b.Run(fmt.Sprintf("rules=%d", n), func(b *testing.B) {
			b.ReportAllocs()
			load(b, manyRules(1)) // what is made once for all sets
			before := live()
			var set *rules.Set
			began := cpu(b)
			for b.Loop() {
				set = load(b, yaml)
			}
			b.ReportMetric((cpu(b)-began).Seconds()/float64(b.N), "s-CPU/load")
			b.ReportMetric(float64(live()-before)/1e6, "MB-live")
			runtime.KeepAlive(set)
		})
	}
}

// live is how many bytes are in use.
func live() int64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int64(m.HeapAlloc)
}

// BenchmarkWhatRulesAdd says what rules in the manner of a desk's add to an article:
// the time with 1 000 of them less the time with one. Goal: 1 ms.
func BenchmarkWhatRulesAdd(b *testing.B) {
	few, many := load(b, manyRules(1)), load(b, manyRules(1000))
	zones := benchArticle()
	judge := func(set *rules.Set) time.Duration {
		began := cpu(b)
		for range 20 {
			set.Match(set.Document(rules.About{Language: "fr"}, zones))
		}
		return cpu(b) - began
	}
	judge(few)
	judge(many)
	var added time.Duration
	for b.Loop() {
		added += judge(many) - judge(few)
	}
	b.ReportMetric(float64(added)/float64(20*b.N)/1e6, "ms-added/article")
}
