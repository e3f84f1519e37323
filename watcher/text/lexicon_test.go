package text

import (
	"bufio"
	"compress/gzip"
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
		l := read()
		if l == nil || len(l.common) < 1000 {
			t.Fatalf("%s: the lists are not read", code)
		}
		file, err := lists.Open("lexicon/" + code + ".words.gz")
		if err != nil {
			t.Fatal(err)
		}
		plain, err := gzip.NewReader(file)
		if err != nil {
			t.Fatal(err)
		}
		words, last := 0, ""
		for lines := bufio.NewScanner(plain); lines.Scan(); words++ {
			word := lines.Text()
			if Fold(word) != word || word <= last || !l.known.has(word) {
				t.Fatalf("%s: bad line %q behind %q", code, word, last)
			}
			last = word
		}
		if words < 100_000 {
			t.Errorf("%s: only %d words", code, words)
		}
		file.Close()
	}
}

func TestStrangersAreSeldomTakenForWords(t *testing.T) {
	l := lexiconOf("fr")
	taken := 0
	word := []byte("zqxj0000")
	for i := range 10_000 {
		for j, n := 7, i; j > 3; j, n = j-1, n/10 {
			word[j] = byte('0' + n%10)
		}
		if l.known.has(string(word)) {
			taken++
		}
	}
	if taken > 50 {
		t.Errorf("%d of 10 000 strangers are taken for words", taken)
	}
}
