package eval_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"presswatch/rules"
	"presswatch/watcher/article"
	"presswatch/watcher/eval"
)

// The verdicts of the rule treaties, by the article's title and text.
func TestAReplayTellsHowVerdictsMoved(t *testing.T) {
	for name, test := range map[string]struct {
		title, text string
		said        []article.Match
		want        []string
		turnout     eval.Turnout
	}{
		"new":                          {"News", "A treaty came.", nil, []string{"treaties new none→digest"}, eval.Turnout{Digest: 1, New: 1}},
		"gone":                         {"News", "It rains.", said("treaties", article.Alert), []string{"treaties gone alert→none"}, eval.Turnout{Gone: 1}},
		"raised":                       {"A treaty", "", said("treaties", article.Digest), []string{"treaties raised digest→alert"}, eval.Turnout{Alert: 1, Raised: 1}},
		"lowered":                      {"News", "A treaty came.", said("treaties", article.Alert), []string{"treaties lowered alert→digest"}, eval.Turnout{Digest: 1, Lowered: 1}},
		"the same, by another wording": {"A treaty", "", said("treaties", article.Alert), nil, eval.Turnout{Alert: 1}},
		"nothing, as before":           {"News", "It rains.", nil, nil, eval.Turnout{}},
		"one for another": {"A treaty", "", said("storms", article.Digest),
			[]string{"treaties new none→alert", "storms gone digest→none"}, eval.Turnout{Alert: 1, New: 1}},
	} {
		t.Run(name, func(t *testing.T) {
			replay := eval.NewReplay(setOf(t, treaties))
			document := eval.Press{}.Document(setOf(t, treaties), eval.Article{Title: test.title, Text: test.text, Lang: "en"})
			var got []string
			for _, c := range replay.Add(document, test.said) {
				got = append(got, c.Rule+" "+string(c.Movement)+" "+c.Was.String()+"→"+c.Now.String())
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Error(diff)
			}
			if diff := cmp.Diff(test.turnout, *replay.Rules["treaties"]); diff != "" || replay.Articles != 1 {
				t.Error(diff)
			}
		})
	}
}

func TestAChangeHasTheEvidenceOfBothSides(t *testing.T) {
	replay := eval.NewReplay(setOf(t, treaties))
	document := eval.Press{}.Document(setOf(t, treaties), eval.Article{Title: "News", Text: "A treaty came.", Lang: "en"})
	changes := replay.Add(document, said("treaties", article.Alert))
	if len(changes) != 1 {
		t.Fatal(changes)
	}
	c := changes[0]
	if c.Said == nil || c.Said.Hash != "older" || c.Match == nil || c.Match.Evidence[0].Quote != "A treaty came." {
		t.Errorf("%+v", c)
	}
	if len(c.Missed) != 1 || c.Missed[0].Level != article.Alert {
		t.Errorf("no reason why it is no alert any more: %+v", c.Missed)
	}
}

func TestWhatARuleSaidThatIsNoMoreIsGone(t *testing.T) {
	replay := eval.NewReplay(setOf(t, treaties))
	document := rules.NewDocument(rules.About{Language: "en"}, []article.Zone{{Kind: article.Title, Text: "News"}})
	changes := replay.Add(document, said("wars", article.Digest))
	if len(changes) != 1 || changes[0].Movement != eval.Gone || changes[0].Missed != nil || replay.Rules["wars"].Gone != 1 {
		t.Errorf("%+v", changes)
	}
}

func said(rule string, level article.Level) []article.Match {
	return []article.Match{{Rule: rule, Name: rule, Level: level, Clause: "pact", Hash: "older",
		Evidence: []article.Passage{{Zone: article.Title, Quote: "A pact", Sentence: article.Span{End: 6}}}}}
}
