package text

import (
	"strings"

	"github.com/blevesearch/snowballstem"
	"github.com/blevesearch/snowballstem/danish"
	"github.com/blevesearch/snowballstem/dutch"
	"github.com/blevesearch/snowballstem/english"
	"github.com/blevesearch/snowballstem/finnish"
	"github.com/blevesearch/snowballstem/french"
	"github.com/blevesearch/snowballstem/german"
	"github.com/blevesearch/snowballstem/hungarian"
	"github.com/blevesearch/snowballstem/italian"
	"github.com/blevesearch/snowballstem/norwegian"
	"github.com/blevesearch/snowballstem/portuguese"
	"github.com/blevesearch/snowballstem/romanian"
	"github.com/blevesearch/snowballstem/russian"
	"github.com/blevesearch/snowballstem/spanish"
	"github.com/blevesearch/snowballstem/swedish"
	"github.com/blevesearch/snowballstem/turkish"
)

// Stem is the stem of a folded word in a language (an ISO 639-1 code). Where no
// stemmer is known for the language, and for words of fewer than four bytes, of
// more than 64, or with a digit, it is the word itself: 2025 is no form of
// another number, short words have no endings to lose, and what is longer is no
// word. Stems are for comparison with stems of the same language only.
func Stem(folded, language string) string {
	stem := stemmer(language)
	if stem == nil || len(folded) < 4 || len(folded) > 64 || strings.ContainsAny(folded, "0123456789") {
		return folded
	}
	if language == "fr" {
		folded = reaccent(folded)
	}
	env := snowballstem.NewEnv(folded)
	stem(env)
	if env.Current() == "" {
		return folded
	}
	return env.Current()
}

func stemmer(language string) func(*snowballstem.Env) bool {
	switch language {
	case "da":
		return danish.Stem
	case "de":
		return german.Stem
	case "en":
		return english.Stem
	case "es":
		return spanish.Stem
	case "fi":
		return finnish.Stem
	case "fr":
		return french.Stem
	case "hu":
		return hungarian.Stem
	case "it":
		return italian.Stem
	case "nb", "nn", "no":
		return norwegian.Stem
	case "nl":
		return dutch.Stem
	case "pt":
		return portuguese.Stem
	case "ro":
		return romanian.Stem
	case "ru":
		return russian.Stem
	case "sv":
		return swedish.Stem
	case "tr":
		return turkish.Stem
	}
	return nil
}

// reaccent gives endings their accent back without which the stemmer does not
// know them: signee(s) is signée(s), and frontaliere(s) frontalière(s). Few
// words end so without the accent.
func reaccent(folded string) string {
	word, plural := strings.CutSuffix(folded, "s")
	switch {
	case strings.HasSuffix(word, "iere"):
		word = word[:len(word)-4] + "ière"
	case strings.HasSuffix(word, "ee"):
		word = word[:len(word)-2] + "ée"
	default:
		return folded
	}
	if plural {
		return word + "s"
	}
	return word
}
