package rules_test

import (
	"fmt"
	"strings"
	"testing"

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
				set.Match(rules.NewDocument(rules.About{Language: "fr"}, benchArticle()))
			}
		})
	}
}

func BenchmarkLoad(b *testing.B) {
	yaml := manyRules(1000)
	b.ReportAllocs()
	for b.Loop() {
		load(b, yaml)
	}
}
