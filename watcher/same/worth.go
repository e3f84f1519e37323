package same

import (
	"presswatch/watcher/article"
	"presswatch/watcher/text"
)

// perBreak is how many letters a place is worth where words lost their space: as
// many as a sentence has. A copy that broke throughout is worth less than a whole
// one of half its length.
const perBreak = 60

// Worth tells which of several copies is the best text to read and to show, the
// higher the better: how many letters lead and body have, less what is broken in
// them. Language is ISO 639-1; breaks are found where its words are known.
func Worth(language string, zones []article.Zone) int {
	var texts []*text.Text
	worth := 0
	for _, z := range zones {
		if z.Kind == article.Lead || z.Kind == article.Body {
			t := text.Analyse(z.Text[:min(len(z.Text), mostLetters)], language)
			texts = append(texts, t)
			for i := range t.Words {
				worth += len(t.Form(i).Folded)
			}
		}
	}
	for i, mended := range text.Mend(texts, nil) {
		worth -= perBreak * (len(mended.Words) - len(texts[i].Words))
	}
	return max(0, worth)
}
