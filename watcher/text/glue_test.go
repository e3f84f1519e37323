package text_test

import (
	"bufio"
	"compress/gzip"
	"encoding/json"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"presswatch/watcher/text"
)

// mended analyses one article's texts and gives the words of the first.
func mended(language string, raws ...string) (words []string, t *text.Text) {
	var texts []*text.Text
	for _, raw := range raws {
		texts = append(texts, text.Analyse(raw, language))
	}
	t = text.Mend(texts, nil)[0]
	for _, w := range t.Words {
		words = append(words, t.Raw[w.Start:w.End])
	}
	return words, t
}

func TestWordsThatLostTheirSpaceAreTakenApart(t *testing.T) {
	for _, c := range []struct{ name, language, raw, others, want string }{
		{"an article before its noun", "fr", "il salue legénéral Dupont", "", "il salue le général Dupont"},
		{"before an apostrophe", "fr", "le chef del'usine et du corpsd'ingénieurs", "", "le chef de l usine et du corps d ingénieurs"},
		{"a ligature", "fr", "la mise en œuvrecomplète du projet", "", "la mise en œuvre complète du projet"},
		{"behind a dash", "fr", "la frontière Nord-Dakarest longue", "Le Nord et Dakar", "la frontière Nord Dakar est longue"},
		{"a name and a function word", "fr", "une visite à Dakaren mars", "Dakar attend", "une visite à Dakar en mars"},
		{"two names run together", "fr", "le colonel MarcelOuédraogo parle", "Marcel dort. Ouédraogo aussi.", "le colonel Marcel Ouédraogo parle"},
		{"two names, where no list is shipped", "xx", "le MarcelOuédraogo", "Marcel Ouédraogo", "le Marcel Ouédraogo"},
		{"a word that holds words of the article, where no list is shipped", "xx", "las fronteras", "fron teras teras fron", "las fronteras"},
		{"a letter that is a word, on a page that lost its spaces all over", "fr", "il asouligné son accord etla suite desdébats", "", "il a souligné son accord et la suite des débats"},
		{"a name that nothing else knows", "fr", "la mairie deZanten et laDéfense", "", "la mairie de Zanten et la Défense"},
		{"in English", "en", "the Ministry ofFisheries and thecoast", "", "the Ministry of Fisheries and the coast"},
		{"a number", "fr", "le plan pour2013 et les 900plaintes du 14septembre", "", "le plan pour 2013 et les 900 plaintes du 14 septembre"},
		{"a number that belongs to its letters", "fr", "le 4e G20, le 1er A380 et la 81e", "", "le 4e G20 le 1er A380 et la 81e"},
		{"two common words", "fr", "la réunion du Conseilnational", "", "la réunion du Conseil national"},
		{"a rare word stays whole", "fr", "la visioconférence du cyberespace", "", "la visioconférence du cyberespace"},
		{"a name that looks like two words", "fr", "hier Dubois et Lemarchand ont dormi", "", "hier Dubois et Lemarchand ont dormi"},
		{"a brand with a capital inside", "en", "a YouTube and a LinkedIn page", "", "a YouTube and a LinkedIn page"},
		{"capitals alone", "fr", "la DELAFOSSE", "", "la DELAFOSSE"},
		{"a word that is one, though it might be two", "fr", "parles et lesquels", "", "parles et lesquels"},
		{"a word that is one with its accent alone", "fr", "dela ville au-delà", "", "de la ville au delà"},
		{"the same on a page that lost its spaces all over", "fr", "Tu parles deslieux où l'on estaujourd'hui, parles routes etles villes.", "", "Tu par les des lieux où l on est aujourd hui par les routes et les villes"},
		{"two names that nothing else knows, there", "fr", "Le colonel MarcelOuédraogo a reçu lesélèves dela capitale etde la côte", "", "Le colonel Marcel Ouédraogo a reçu les élèves de la capitale et de la côte"},
		{"two names that nothing else knows, on a page in order", "fr", "Le colonel MarcelOuédraogo a reçu les élèves", "", "Le colonel MarcelOuédraogo a reçu les élèves"},
		{"a derivation", "fr", "la télégestion des microparticules", "", "la télégestion des microparticules"},
		{"behind a full stop", "fr", "les armées.Leprésident", "", "les armées Le président"},
		{"a mark of its own stays with its letter", "fr", "le ge\u0301ne\u0301ral salue lege\u0301ne\u0301ral", "", "le ge\u0301ne\u0301ral salue le ge\u0301ne\u0301ral"},
		{"syllables that are written apart", "vi", "hai bên trao đổi tình hình", "", "hai bên trao đổi tình hình"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, _ := mended(c.language, c.raw, c.others)
			if strings.Join(got, " ") != c.want {
				t.Errorf("got %q, want %q", strings.Join(got, " "), c.want)
			}
		})
	}
}

func TestWhatTheCallerKnowsIsAWord(t *testing.T) {
	texts := text.Mend([]*text.Text{text.Analyse("une visite à Zanten en lezanten", "fr")}, func(folded string) bool { return folded == "zanten" })
	if s := folded(texts[0]); s != "une|visite|a|zanten|en|le|zanten" {
		t.Error(s)
	}
}

func TestWhereNoListIsShippedTheCallersWordsArePartsOfNothing(t *testing.T) {
	known := func(folded string) bool { return folded == "fron" || folded == "teras" }
	texts := text.Mend([]*text.Text{text.Analyse("las fronteras", "xx")}, known)
	if n := len(texts[0].Words); n != 2 {
		t.Errorf("%d words of two", n)
	}
}

func TestMendingTwiceIsMendingOnce(t *testing.T) {
	once := text.Mend([]*text.Text{text.Analyse("il salue legénéral del'armée. Lacoopération asouligné.Le roi", "fr")}, nil)
	if twice := text.Mend(once, nil); twice[0] != once[0] {
		t.Error("a mended text is mended again")
	}
}

func FuzzMend(f *testing.F) {
	f.Add("il salue legénéral del'armée Vietnam-Laosen œuvrecomplète", "fr")
	f.Add("the Ministry ofPublic worksX́y", "en")
	f.Fuzz(func(t *testing.T, raw, language string) {
		before := text.Analyse(raw, language)
		after := text.Mend([]*text.Text{before}, nil)[0]
		if len(after.Words) < len(before.Words) {
			t.Fatalf("%d words became %d", len(before.Words), len(after.Words))
		}
		check(t, after)
	})
}

// glueTruth is a glued article and its text as it should be.
type glueTruth struct {
	ID    string `json:"id"`
	Clean string `json:"text_clean"`
	Text  string `json:"text"`
	Title string `json:"title"`
	Lead  string `json:"lead"`
	Lang  string `json:"lang"`
}

func sharedFile(t testing.TB, name string) string {
	t.Helper()
	dir := os.Getenv("PRESSWATCH_SHARED")
	if dir == "" {
		dir = "../../../shared"
	}
	path := filepath.Join(dir, name)
	if _, err := os.Stat(path); err != nil {
		t.Skipf("no labelled texts: %v", err)
	}
	return path
}

func eachLine[T any](t testing.TB, path string, visit func(T)) {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var r io.Reader = f
	if strings.HasSuffix(path, ".gz") {
		if r, err = gzip.NewReader(f); err != nil {
			t.Fatal(err)
		}
	}
	lines := bufio.NewScanner(r)
	lines.Buffer(nil, 4<<20)
	for lines.Scan() {
		var v T
		if err := json.Unmarshal(lines.Bytes(), &v); err != nil {
			t.Fatal(err)
		}
		visit(v)
	}
}

// TestGluedArticlesAreMended holds the mended words against the true ones.
func TestGluedArticlesAreMended(t *testing.T) {
	articles := map[string]glueTruth{}
	eachLine(t, sharedFile(t, "corpus/long.articles.jsonl"), func(a glueTruth) { articles[a.ID] = a })
	lost, found := 0, 0
	eachLine(t, sharedFile(t, "corpus/long.glue-truth.jsonl"), func(truth glueTruth) {
		a := articles[truth.ID]
		clean := text.Analyse(truth.Clean, a.Lang)
		glued := text.Analyse(a.Text, a.Lang)
		after := text.Mend([]*text.Text{glued, text.Analyse(a.Title, a.Lang), text.Analyse(a.Lead, a.Lang)}, nil)[0]
		before := missing(clean, glued, nil)
		left := missing(clean, after, nil)
		missing(after, clean, func(word string) { t.Logf("%s: still there: %s", truth.ID, word) })
		lost += before
		found += before - left
	})
	share := float64(found) / float64(lost)
	t.Logf("%d words were lost in glue, %d are found again: %.3f", lost, found, share)
	if lost == 0 || share < 0.95 {
		t.Errorf("only %.3f of the words are found again", share)
	}
}

// missing counts the words of one text that the other lacks, as multisets.
func missing(want, got *text.Text, tell func(string)) (n int) {
	count := map[string]int{}
	for i := range got.Words {
		count[got.Form(i).Folded]++
	}
	for i, w := range want.Words {
		folded := want.Form(i).Folded
		if count[folded]--; count[folded] < 0 {
			n++
			if tell != nil {
				tell(want.Raw[w.Start:w.End])
			}
		}
	}
	return n
}

// TestCleanTextIsLeftAlone counts words of clean texts that are taken apart.
func TestCleanTextIsLeftAlone(t *testing.T) {
	words, wrong := map[string]int{}, map[string]int{}
	reallyGlued := map[string]bool{} // in the five given pages, whose sentences the bench has
	eachLine(t, sharedFile(t, "corpus/short-fr.articles.jsonl"), func(a glueTruth) {
		if strings.HasPrefix(a.ID, "seed-") {
			seed := text.Analyse(a.Text, "fr")
			for i := range seed.Words {
				reallyGlued[seed.Form(i).Exact] = true
			}
		}
	})
	look := func(lang string, raws ...string) {
		var texts []*text.Text
		for _, raw := range raws {
			texts = append(texts, text.Analyse(raw, lang))
		}
		for i, after := range text.Mend(texts, nil) {
			words[lang] += len(texts[i].Words)
			ends := map[int32]int32{}
			for _, w := range after.Words {
				ends[w.Start] = w.End
			}
			for j, w := range texts[i].Words {
				if ends[w.Start] != w.End && !reallyGlued[texts[i].Form(j).Exact] {
					wrong[lang]++
					t.Logf("%s: %s", lang, raws[i][w.Start:w.End])
				}
			}
		}
	}
	lang := map[string]string{}
	eachLine(t, sharedFile(t, "corpus/long.articles.jsonl"), func(a glueTruth) {
		if lang[a.ID] = a.Lang; a.Lang != "fr" {
			look(a.Lang, a.Title, a.Lead, a.Text)
		}
	})
	eachLine(t, sharedFile(t, "corpus/long.glue-truth.jsonl"), func(a glueTruth) { look(lang[a.ID], a.Clean) })
	for _, set := range []string{"short-en-vi", "short-fr"} {
		eachLine(t, sharedFile(t, "corpus/"+set+".articles.jsonl"), func(a glueTruth) {
			if a.Lang != "fr" { // the French ones hold glued words as their pages do
				look(a.Lang, a.Title, a.Text)
			}
		})
	}
	eachLine(t, sharedFile(t, "bench/docs.jsonl.gz"), func(d struct{ Title, Body string }) { look("fr", d.Title, d.Body) })
	for lang, n := range words {
		rate := float64(wrong[lang]) / float64(n)
		t.Logf("%s: %d of %d words are taken apart: %.5f", lang, wrong[lang], n, rate)
		if rate > 0.001 {
			t.Errorf("%s: %.5f of the words are taken apart", lang, rate)
		}
	}
}

func BenchmarkMend(b *testing.B) {
	raw := strings.Repeat("Hanoï (VNA) - Le général de corpsd'armée Nguyên Tân Cuong asouligné la mise en œuvrecomplète du plan de coopération. ", 20)
	t := []*text.Text{text.Analyse(raw, "fr")}
	text.Mend(t, nil)
	b.ReportAllocs()
	for b.Loop() {
		text.Mend(t, nil)
	}
}
