package text

import (
	"bufio"
	"compress/gzip"
	"embed"
	"io"
	"io/fs"
	"iter"
	"math/bits"
	"path"
	"strings"
	"sync"
)

// The shipped word lists, by language: CODE.words.gz, every form of four letters
// and more, folded, sorted and packed, and CODE.common.txt, the most frequent first.
// lexicon/LICENSE.txt says where they come from, lexicongen makes them.
//
//go:embed lexicon/*.gz lexicon/*.txt
var lists embed.FS

// lexicon is what is known of a language's words: a set of hashes, each with
// how common its word is. Words of four letters and more answer to their folded
// form, shorter ones to their exact form, for short words differ by their
// accents; what an apostrophe leaves of a word answers to itself with the
// apostrophe. It is never changed once read.
//
// A table of hashes takes 4 bytes a slot, 2 MB for a third of a million words, and
// one look in it mostly tells; of a hundred million strangers one or two pass for
// words. A map of strings is ten times as large, a Bloom filter half, but it
// takes one stranger in a thousand for a word, and a search for parts asks for
// a hundred strangers.
type lexicon struct {
	slots []uint32 // 27 bits of the hash, 5 of the class; 0 is free
	shift int
	words int
}

// class is how common a word is: 1 to 14 for the first 2^(class-1) words of
// the frequent, rare for one that is only in the long list, 0 for a stranger.
type wordClass uint8

const (
	accented wordClass = 30 + iota // only in the long list, and only with diacritics
	rare                           // only in the long list
)

// lexicons gives every shipped lexicon, each read when it is first asked for.
var lexicons = sync.OnceValue(func() map[string]func() *lexicon {
	all := map[string]func() *lexicon{}
	files, _ := fs.Glob(lists, "lexicon/*.common.txt") // the pattern is well-formed
	for _, file := range files {
		code := strings.TrimSuffix(path.Base(file), ".common.txt")
		all[code] = sync.OnceValue(func() *lexicon { return readLexicon(code) })
	}
	return all
})

// Rank is how common a folded word is in the language, of those with a shipped
// list, in which it is most common: 0 for the most common word. common is false
// for a word that is on no list.
func Rank(folded string) (rank int, common bool) {
	rank, common = ranks()[folded]
	return rank, common
}

// ranks joins the common words of all languages.
var ranks = sync.OnceValue(func() map[string]int {
	all := map[string]int{}
	for code := range lexicons() {
		for rank, word := range commonOf(code) {
			word = Fold(word)
			if known, twice := all[word]; !twice || rank < known {
				all[word] = rank
			}
		}
	}
	return all
})

// lexiconOf is the lexicon of a language, an empty one where none is shipped.
func lexiconOf(language string) *lexicon {
	if read, ok := lexicons()[language]; ok {
		return read()
	}
	return newLexicon(0)
}

// readLexicon reads the embedded lists; a test reads them all, so an error here
// is one of the build and leaves the language without a part of its words.
func readLexicon(code string) *lexicon {
	common, words := commonOf(code), wordsOf(code)
	l := newLexicon(2*len(common) + len(words)/bytesPerPacked)
	for rank, word := range common {
		class := wordClass(bits.Len(uint(rank)) + 1)
		l.add(word, class)
		if folded := Fold(word); len(folded) >= shortWord {
			l.add(folded, class)
		}
	}
	for word := range unpack(words) {
		if bare, marked := strings.CutSuffix(word, "^"); marked {
			l.add(bare, accented)
		} else {
			l.add(word, rare)
		}
	}
	return l
}

func commonOf(code string) (words []string) {
	f, err := lists.Open("lexicon/" + code + ".common.txt")
	if err != nil {
		return nil
	}
	defer f.Close()
	for lines := bufio.NewScanner(f); lines.Scan(); {
		words = append(words, lines.Text())
	}
	return words
}

// wordsOf is the long list as it is packed.
func wordsOf(code string) []byte {
	f, err := lists.Open("lexicon/" + code + ".words.gz")
	if err != nil {
		return nil
	}
	defer f.Close()
	plain, err := gzip.NewReader(f)
	if err != nil {
		return nil
	}
	words, _ := io.ReadAll(plain) // a list that breaks off serves as far as it goes
	return words
}

const bytesPerPacked = 2 // or more

// unpack gives the words of a packed list: each is what is new in it, behind a
// capital that says how many letters of the one before are taken off.
func unpack(packed []byte) iter.Seq[string] {
	return func(yield func(string) bool) {
		var word []byte
		for i := 0; i < len(packed); {
			word = word[:max(0, len(word)-int(packed[i]-'A'))]
			begin := i + 1
			for i = begin; i < len(packed) && (packed[i] < 'A' || packed[i] > 'Z'); i++ {
			}
			if word = append(word, packed[begin:i]...); !yield(string(word)) {
				return
			}
		}
	}
}

// newLexicon has room for so many words.
func newLexicon(words int) *lexicon {
	size := bits.Len(uint(words)*3/2 | 15)
	return &lexicon{slots: make([]uint32, 1<<size), shift: 64 - size}
}

// add takes a word up, unless it is there already.
func (l *lexicon) add(word string, class wordClass) {
	h := hash(word)
	if slot := l.slot(h); l.slots[slot] == 0 {
		l.slots[slot] = uint32(h)&^31 | uint32(class)
		l.words++
	}
}

// class is how common the word with this hash is, 0 if it is a stranger.
func (l *lexicon) class(h uint64) wordClass {
	return wordClass(l.slots[l.slot(h)] & 31)
}

// slot is where the word with this hash stands, or may stand.
func (l *lexicon) slot(h uint64) int {
	at := int(h * 0x9e3779b97f4a7c15 >> l.shift)
	for l.slots[at] != 0 && l.slots[at]&^31 != uint32(h)&^31 {
		at = (at + 1) & (len(l.slots) - 1)
	}
	return at
}

// The hash is FNV-1a: it grows letter by letter, so that all parts that begin
// at one letter cost no more than the longest.
const (
	hashStart = 14695981039346656037
	hashTimes = 1099511628211
)

func hash(word string) uint64 {
	h := uint64(hashStart)
	for i := range len(word) {
		h = hashOn(h, word[i])
	}
	return h
}

func hashOn(h uint64, b byte) uint64 { return (h ^ uint64(b)) * hashTimes }
