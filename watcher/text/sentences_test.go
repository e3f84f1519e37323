package text_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"presswatch/watcher/text"
)

func TestSentences(t *testing.T) {
	for _, c := range []struct {
		name, raw string
		want      []string
	}{
		{"a full stop ends a sentence", "Il part. Elle reste.", []string{"Il part.", "Elle reste."}},
		{"question and exclamation marks end a sentence", "Quoi ? Rien ! Fin", []string{"Quoi ?", "Rien !", "Fin"}},
		{"an initial does not", "Le général J. Martin et K. S. Phan parlent. Fin.", []string{"Le général J. Martin et K. S. Phan parlent.", "Fin."}},
		{"a title does not", "Le Dr. Tran et Mme. Phan. Le col. Minh", []string{"Le Dr. Tran et Mme. Phan.", "Le col.", "Minh"}},
		{"a Vietnamese title does not", "TS. Nguyễn Văn A ở TP. Hồ Chí Minh và TP.HCM. Hết.", []string{"TS. Nguyễn Văn A ở TP. Hồ Chí Minh và TP.HCM.", "Hết."}},
		{"an acronym does not", "The U.S. Army left. It rained.", []string{"The U.S. Army left.", "It rained."}},
		{"a dateline belongs to its sentence", "Hanoï (VNA) - Le ministre part. Fin.", []string{"Hanoï (VNA) - Le ministre part.", "Fin."}},
		{"a dateline with a date belongs to its sentence", "Vientiane, Dec. 3 (VNA) – The army came. End.", []string{"Vientiane, Dec. 3 (VNA) – The army came.", "End."}},
		{"a decimal does not end a sentence", "Environ 3.5 millions et 18,2 %. Puis 4.000 tonnes.", []string{"Environ 3.5 millions et 18,2 %.", "Puis 4.000 tonnes."}},
		{"a lost space is seen", "les deux armées.Le général part.L'armée reste", []string{"les deux armées.", "Le général part.", "L'armée reste"}},
		{"a host name is no lost space", "sur vietnam.vn et a.Bc", []string{"sur vietnam.vn et a.Bc"}},
		{"a closing quote belongs to the sentence", "« Nous irons. » Il part. “Good.” He left.", []string{"« Nous irons. »", "Il part.", "“Good.”", "He left."}},
		{"an opening quote belongs to the next", "Il dit. « Oui, dit-il. »", []string{"Il dit.", "« Oui, dit-il. »"}},
		{"a question before its speaker goes on", "« Quoi ? » demande-t-il. Rien.", []string{"« Quoi ? » demande-t-il.", "Rien."}},
		{"dots before a small letter go on", "Eh bien... oui. Non… Peut-être", []string{"Eh bien... oui.", "Non…", "Peut-être"}},
		{"the number of a list item is no sentence", "1. Premier point. 2. Deuxième", []string{"1. Premier point.", "2.", "Deuxième"}},
		{"a number after an abbreviation goes on", "Voir art. 5 et No. 3. Fin", []string{"Voir art. 5 et No. 3.", "Fin"}},
		{"a year ends a sentence", "Signé en 2025. Le plan suit.", []string{"Signé en 2025.", "Le plan suit."}},
		{"an empty line ends a sentence", "Un titre\n\nUn texte.\n \nFin", []string{"Un titre", "Un texte.", "Fin"}},
		{"a single line end does not", "Un texte\nqui suit", []string{"Un texte\nqui suit"}},
		{"white space around is no part of a sentence", "\n\n  Un. \u00a0Deux \n", []string{"Un.", "Deux"}},
		{"a paragraph without words is skipped", "Un.\n\n***\n\nDeux.", []string{"Un.", "Deux."}},
		{"a full-width stop ends a sentence", "老挝。越南。", []string{"老挝。", "越南。"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			text := text.Analyse(c.raw, "")
			var got []string
			for _, s := range text.Sentences {
				got = append(got, text.Raw[s.Start:s.End])
			}
			if d := cmp.Diff(c.want, got); d != "" {
				t.Errorf("(-want +got):\n%s", d)
			}
		})
	}
}

func TestParagraphsHoldTheirSentences(t *testing.T) {
	got := text.Analyse("Un. Deux.\n\nTrois.\n\n\n--\n\nQuatre. Cinq. Six", "fr")
	want := []text.Paragraph{{From: 0, To: 2}, {From: 2, To: 3}, {From: 3, To: 6}}
	if d := cmp.Diff(want, got.Paragraphs); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
}

func TestALongTextTakesTimeInProportion(t *testing.T) {
	for _, unit := range []string{"a", ".", "\n", " \n", "a.", "A. ", "é\u0301", "\u200b", "«»", "a\n\n"} {
		raw := strings.Repeat(unit, 200_000/len(unit))
		check(t, text.Analyse(raw, "fr"))
	}
}
