package rules_test

import (
	"fmt"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"presswatch/rules"
	"presswatch/watcher/article"
)

const desk = `
vocabulary:
  laos: {fr: [Laos, lao, laotien], vi: [=Lào], except: [Lào Cai]}
  defence: {fr: [défense, armée, "plan de coopération"]}
rules:
- id: both
  name: Laos and defence
  match: '@laos @defence'
  alert: SENTENCE(@laos @defence)
- {id: alert-only, alert: 'title:@laos'}
- {id: field-only, match: 'lang:fr'}
- {id: never-here, match: zzz}
`

// marked shows evidence with its words in brackets.
func marked(m article.Match) (out []string) {
	for _, p := range m.Evidence {
		var b strings.Builder
		at := p.Sentence.Start
		raw := func(from, to int) string { return p.Quote[from-p.Sentence.Start : to-p.Sentence.Start] }
		for _, w := range p.Words {
			b.WriteString(raw(at, w.Start) + "[" + raw(w.Start, w.End) + "]")
			at = w.End
		}
		out = append(out, string(p.Zone)+": "+b.String()+raw(at, p.Sentence.End))
	}
	return out
}

func match(t *testing.T, set *rules.Set, zones []article.Zone) map[string]article.Match {
	t.Helper()
	out := map[string]article.Match{}
	for _, m := range set.Match(rules.NewDocument(rules.About{Language: "fr"}, zones)) {
		if _, twice := out[m.Rule]; twice {
			t.Errorf("two matches of rule %s", m.Rule)
		}
		checkEvidence(t, zones, m)
		out[m.Rule] = m
	}
	return out
}

func TestARuleMatchesAtItsHighestLevel(t *testing.T) {
	set := load(t, desk)
	for _, c := range []struct {
		name  string
		zones []article.Zone
		want  map[string]article.Level
	}{
		{"match alone gives digest", body("Le Laos. L'armée."), map[string]article.Level{"both": article.Digest, "field-only": article.Digest}},
		{"alert and match give alert", body("L'armée du Laos."), map[string]article.Level{"both": article.Alert, "field-only": article.Digest}},
		{"alert alone is enough", split("Le Laos", "", ""), map[string]article.Level{"alert-only": article.Alert, "field-only": article.Digest}},
		{"an article without words matches what asks for none", nil, map[string]article.Level{"field-only": article.Digest}},
		{"a teaser is not read", []article.Zone{{Kind: article.Teaser, Text: "L'armée du Laos"}}, map[string]article.Level{"field-only": article.Digest}},
		{"a caption is not read unasked", []article.Zone{{Kind: article.Caption, Text: "L'armée du Laos"}}, map[string]article.Level{"field-only": article.Digest}},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := map[string]article.Level{}
			for id, m := range match(t, set, c.zones) {
				got[id] = m.Level
			}
			if d := cmp.Diff(c.want, got); d != "" {
				t.Errorf("(-want +got):\n%s", d)
			}
		})
	}
}

func TestEvidenceShowsTheBestSentenceFirst(t *testing.T) {
	set := load(t, desk)
	zones := []article.Zone{
		{Kind: article.Body, Text: "Hanoï (VNA) - Rien ici. Le Laos. L'armée et la défense du Laos, dit le plan de coopération.\n\nLa défense à Lào Cai."},
		{Kind: article.Title, Text: "L'armée du Laos"},
	}
	want := []string{
		"title: L'[armée] du [Laos]",
		"body: L'[armée] et la [défense] du [Laos], dit le [plan de coopération].",
	}
	if d := cmp.Diff(want, marked(match(t, set, zones)["both"])); d != "" {
		t.Errorf("alert (-want +got):\n%s", d)
	}
	zones[1].Text = "Une visite"
	zones[0].Text = "Le Laos. L'armée. L'armée et la défense à Lào Cai. Le roi."
	want = []string{
		"body: L'[armée] et la [défense] à Lào Cai.",
		"body: Le [Laos].",
		"body: L'[armée].",
	}
	if d := cmp.Diff(want, marked(match(t, set, zones)["both"])); d != "" {
		t.Errorf("digest (-want +got):\n%s", d)
	}
}

func TestEvidenceThatStandsTogetherComesBeforeLooseWords(t *testing.T) {
	set := oneRule(t, "", "(Laos OR roi OR reine OR palais) AND SENTENCE(Laos armée)")
	got := marked(match(t, set, body("Le roi, la reine, le palais du Laos. L'armée du Laos."))["r"])
	want := []string{"body: L'[armée] du [Laos].", "body: Le [roi], la [reine], le [palais] du [Laos]."}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
}

func TestTheClauseOfAMatchIsThePartThatHolds(t *testing.T) {
	for _, c := range []struct{ query, text, want string }{
		{"(roi reine) OR (Laos armée)", "L'armée du Laos.", "Laos AND armée"},
		{"Laos (roi OR armée) NOT police", "L'armée du Laos.", "Laos AND armée"},
		{"Laos NOT police", "Le Laos.", "Laos"},
		{"FIRST/9(roi OR Laos) OR reine", "Le Laos.", "FIRST/9(Laos)"},
		{"SENTENCE(Laos armée) OR ATLEAST/2(Laos)", "Le Laos, le Laos.", "ATLEAST/2(Laos)"},
	} {
		if got := match(t, oneRule(t, "", c.query), body(c.text))["r"].Clause; got != c.want {
			t.Errorf("%s: got %q, want %q", c.query, got, c.want)
		}
	}
}

func TestEvidenceOfAPhraseAcrossSentencesIsMarkedInBoth(t *testing.T) {
	set := oneRule(t, "", `"armée lao arme"`)
	got := marked(match(t, set, body("Une armée. Lao. Arme lourde."))["r"])
	want := []string{"body: Une [armée].", "body: [Lao].", "body: [Arme] lourde."}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
}

func TestEvidenceLeavesOutWhatTookNoPart(t *testing.T) {
	for _, c := range []struct{ name, query, text, want string }{
		{"a word outside the sentence", "SENTENCE(Laos armée)", "L'armée du Laos. Le Laos.", "body: L'[armée] du [Laos]."},
		{"a word too far", "Laos NEAR/1 armée", "Le Laos, une armée. Puis le Laos.", "body: Le [Laos], une [armée]."},
		{"an alternative that fails", "roi OR (Laos armée)", "Le roi du Laos.", "body: Le [roi] du Laos."},
		{"what a negation names", "Laos NOT SENTENCE(roi reine)", "Le Laos, le roi.", "body: Le [Laos], le roi."},
		{"words behind the first", "FIRST/2(Laos)", "Le Laos et le Laos.", "body: Le [Laos] et le Laos."},
	} {
		got := strings.Join(marked(match(t, oneRule(t, "", c.query), body(c.text))["r"]), " ")
		if got != c.want {
			t.Errorf("%s: got %q, want %q", c.name, got, c.want)
		}
	}
}

func TestAMatchCarriesTheQueryThatSpoke(t *testing.T) {
	m := match(t, load(t, desk), body("L'armée du Laos."))["both"]
	if m.Clause != "SENTENCE(@laos AND @defence)" || m.Name != "Laos and defence" || len(m.Hash) != 12 {
		t.Errorf("%+v", m)
	}
}

func TestASetServesManyAtOnce(t *testing.T) {
	set := load(t, desk)
	about, zones := rules.About{Language: "fr"}, body("L'armée du Laos. "+strings.Repeat("Le Laos. ", 50))
	doc, made := rules.NewDocument(about, zones), set.Document(about, zones)
	want := set.Match(doc)
	var wg sync.WaitGroup
	for g := range 8 {
		wg.Go(func() {
			for i := range 50 {
				set.Document(about, body(fmt.Sprintf("Laos%d%d armée%d%d", g, i, i, g))) // new words are learnt
				if d := cmp.Diff(want, set.Match(made)); d != "" {
					t.Errorf("(-alone +made before):\n%s", d)
					return
				}
				if d := cmp.Diff(want, set.Match(doc)); d != "" {
					t.Errorf("(-alone +together):\n%s", d)
					return
				}
				if d := cmp.Diff(want, set.Match(set.Document(about, zones))); d != "" {
					t.Errorf("(-alone +made together):\n%s", d)
					return
				}
				set.Explain(doc)
			}
		})
	}
	wg.Wait()
}
