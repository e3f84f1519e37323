package text

import (
	"regexp"
	"strings"
	"testing"
)

// TestShippedListsAreFoldedAndRead: a list that is not folded would never be found
// in, and one that cannot be read would leave its language without glue repair.
func TestShippedListsAreFoldedAndRead(t *testing.T) {
	all := lexicons()
	if len(all) < 2 {
		t.Fatalf("%d lists are shipped", len(all))
	}
	for code, read := range all {
		l, before, n := read(), "", 0
		words := spelt(wordsOf(code))
		for h, class := range unpack(wordsOf(code)) {
			word := words[n]
			bare := strings.TrimSuffix(word, "^")
			if Fold(bare) != bare || before >= word || h != hash(bare) || (class == accented) != (bare != word) || l.class(h) == 0 {
				t.Fatalf("%s: bad word %q", code, word)
			}
			before, n = word, n+1
		}
		if n < 100_000 || n != len(words) || len(commonOf(code)) < 1000 {
			t.Errorf("%s: only %d words, %d of them common", code, n, len(commonOf(code)))
		}
	}
}

// spelt is the words of a packed list.
func spelt(packed []byte) (words []string) {
	word := ""
	for _, each := range regexp.MustCompile(`[A-Z][^A-Z]*`).FindAllString(string(packed), -1) {
		word = word[:len(word)-int(each[0]-'A')] + each[1:]
		words = append(words, word)
	}
	return words
}

func TestStrangersAreNotTakenForWords(t *testing.T) {
	l := lexiconOf("fr")
	word := []byte("zqxj0000")
	for i := range 10_000 {
		for j, n := 7, i; j > 3; j, n = j-1, n/10 {
			word[j] = byte('0' + n%10)
		}
		if l.class(hash(string(word))) != 0 {
			t.Fatalf("%s is taken for a word", word)
		}
	}
}

func TestAWordKnowsHowCommonItIs(t *testing.T) {
	l := lexiconOf("fr")
	for _, c := range []struct {
		word     string
		from, to wordClass
	}{{"de", 1, 1}, {"general", 2, 12}, {"bijoutière", 0, 0}, {"bijoutiere", accented, accented}, {"labourons", rare, rare}, {"l'", 2, 9}, {"à", 1, 4}} {
		if got := l.class(hash(c.word)); got < c.from || got > c.to {
			t.Errorf("%s is of class %d, want %d to %d", c.word, got, c.from, c.to)
		}
	}
}

func BenchmarkLoad(b *testing.B) {
	for b.Loop() {
		readLexicon("fr")
	}
}

func TestNoAbbreviationIsLongerThanItMayBe(t *testing.T) {
	for word := range abbreviations {
		if len(word) > longestAbbreviation {
			t.Errorf("%s is", word)
		}
	}
}
