package rules_test

import (
	"strings"
	"testing"
	"time"

	"presswatch/rules"
	"presswatch/watcher/article"
)

func TestAMissNamesTheNearestClauseAndWhy(t *testing.T) {
	const voc = "vocabulary: {laos: {fr: [Laos, lao], except: [Lào Cai]}, army: {fr: [armée, défense]}}"
	about := rules.About{Source: "gazette-fr", Publisher: "Gazette", Language: "fr", Published: time.Date(2025, 6, 1, 0, 0, 0, 0, time.UTC)}
	for _, c := range []struct{ name, query, title, text, clause, reason, near string }{
		{"a missing word", "Laos roi", "", "Le Laos", "roi", "`roi` is not there", "body: Le [Laos]"},
		{"a missing vocabulary", "@laos @army", "", "L'armée.", "@laos", "no term of `@laos` is there", "body: L'[armée]."},
		{"an exception", "@laos @army", "", "L'armée à Lào Cai.", "@laos", "no term of `@laos` is there; what looks like one is an exception", "body: L'armée à [Lào] Cai."},
		{"several missing parts", "Laos roi reine", "", "Le Laos", "roi", "`roi` is not there; 2 of 3 parts fail", "body: Le [Laos]"},
		{"a negation", "Laos NOT police", "", "La police du Laos", "NOT police", "`police` is there", "body: La [police] du Laos"},
		{"the nearest alternative", "(roi reine) OR (Laos armée roi)", "", "L'armée du Laos", "roi", "`roi` is not there (the nearest of 2 alternatives)", "body: L'[armée] du [Laos]"},
		{"never in one sentence", "SENTENCE(@laos @army)", "", "Le Laos. L'armée.", "SENTENCE(@laos AND @army)",
			"all of it is there, but never in one sentence: no term of `@army` is there in the nearest sentence", "body: Le [Laos]."},
		{"not there at all", "SENTENCE(@laos @army)", "", "Le Laos.", "@army", "no term of `@army` is there", "body: Le [Laos]."},
		{"too far", "Laos NEAR/1 armée", "", "Le Laos n'a pas d'armée.", "Laos NEAR/1 armée", "both are there, but never with at most 1 words between", "body: Le [Laos] n'a pas d'[armée]."},
		{"the wrong order", "Laos ONEAR/9 armée", "", "L'armée du Laos.", "Laos ONEAR/9 armée", "both are there, but not in this order with at most 9 words between", "body: L'[armée] du [Laos]."},
		{"too late", "FIRST/2(Laos)", "", "Le roi du Laos", "FIRST/2(Laos)", "it is there, but not within the first 2 words", "body: Le roi du [Laos]"},
		{"too few", "ATLEAST/3(@laos)", "", "Le Laos, les Lao", "ATLEAST/3(@laos)", "found 2 of 3 times", "body: Le [Laos], les [Lao]"},
		{"in another zone", "title:Laos", "Visite", "Le Laos", "title:Laos", "it is in the article, but not in the title: `Laos` is not there in the title", "body: Le [Laos]"},
		{"a zone that is not there", "title:Laos", "", "Le Laos", "title:Laos", "the article has no title", ""},
		{"another source", "source:courrier Laos", "", "Le Laos", "source:courrier", "the source of the article is gazette-fr / Gazette", "body: Le [Laos]"},
		{"another language", "lang:en", "", "Le Laos", "lang:en", "the language of the article is fr", ""},
		{"another date", "published:2024", "", "Le Laos", "published:2024", "the date of the article is 2025-06-01", ""},
		{"an author not known", "author:Minh", "", "Le Laos", "author:Minh", "the author of the article is not known", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			set := oneRule(t, voc, c.query)
			e := set.Explain(rules.NewDocument(about, split(c.title, "", c.text)))[0]
			if e.Level != article.None || e.Match != nil || len(e.Missed) != 1 {
				t.Fatalf("%+v", e)
			}
			m := e.Missed[0]
			if m.Clause != c.clause || m.Reason != c.reason || m.Level != article.Digest {
				t.Errorf("got  %s: %s\nwant %s: %s", m.Clause, m.Reason, c.clause, c.reason)
			}
			if got := strings.Join(marked(article.Match{Evidence: m.Near}), " "); got != c.near {
				t.Errorf("near: got %q, want %q", got, c.near)
			}
			if q := c.query[m.At.Start:m.At.End]; !strings.Contains(m.Clause, strings.Fields(q)[0]) {
				t.Errorf("the clause %s is said to be at %q", m.Clause, q)
			}
		})
	}
}

func TestExplainSaysWhyTheLevelIsNoHigher(t *testing.T) {
	doc := rules.NewDocument(rules.About{Language: "fr"}, body("Le Laos. L'armée."))
	e := load(t, desk).Explain(doc)
	if len(e) != 4 || e[0].Rule != "both" || e[0].Level != article.Digest || e[0].Match == nil || len(e[0].Missed) != 1 || e[0].Missed[0].Level != article.Alert {
		t.Errorf("%+v", e)
	}
	if e[3].Level != article.None || e[3].Missed[0].Reason != "`zzz` is not there" {
		t.Errorf("%+v", e[3])
	}
}
