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
	"slices"
	"strings"
	"sync"
	"weak"
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
// The words stand in buckets by a part of their hash, each as 4 bytes with the
// rest: 2 MB for 400 000 words, and reading a list leaves no more than that behind.
// Of a hundred million strangers one or two pass for words. A map of strings is ten
// times as large, a table with free slots for quick strangers two to four times; a
// Bloom filter is half as large, but it takes one stranger in a thousand for a word,
// and a search for parts asks for a hundred strangers.
type lexicon struct {
	entries []uint32 // 27 bits of the hash, 5 of the class; bucket by bucket
	buckets []uint32 // where each begins, and where the last ends
	shift   int
	words   int // 0 where no list is shipped
}

// class is how common a word is: 1 to 14 for the first 2^(class-1) words of
// the frequent, rare for one that is only in the long list, 0 for a stranger.
type wordClass uint8

const (
	accented wordClass = 30 + iota // only in the long list, and only with diacritics
	rare                           // only in the long list
)

// lexicons gives every shipped lexicon, each read when it is first asked for, and
// again when nobody has read by it for a while: a daemon that waits holds none.
var lexicons = sync.OnceValue(func() map[string]func() *lexicon {
	all := map[string]func() *lexicon{}
	files, _ := fs.Glob(lists, "lexicon/*.common.txt") // the pattern is well-formed
	for _, file := range files {
		code := strings.TrimSuffix(path.Base(file), ".common.txt")
		all[code] = (&shelf{code: code}).lexicon
	}
	return all
})

// shelf is the place of a lexicon.
type shelf struct {
	code string
	mu   sync.Mutex
	read weak.Pointer[lexicon]
}

func (s *shelf) lexicon() *lexicon {
	s.mu.Lock()
	defer s.mu.Unlock()
	l := s.read.Value()
	if l == nil {
		l = readLexicon(s.code)
		s.read = weak.Make(l)
	}
	return l
}

// lexiconOf is the lexicon of a language, an empty one where none is shipped.
func lexiconOf(language string) *lexicon {
	if read, ok := lexicons()[language]; ok {
		return read()
	}
	return newLexicon(nil)
}

// readLexicon reads the embedded lists; a test reads them all, so an error here
// is one of the build and leaves the language without a part of its words.
func readLexicon(code string) *lexicon {
	common, words := commonOf(code), wordsOf(code)
	all := make([]uint64, 0, 2*len(common)+len(words)/bytesPerPacked)
	for rank, word := range common {
		class := wordClass(bits.Len(uint(rank)) + 1)
		all = append(all, classed(hash(word), class))
		if folded := folded(word); len(folded) >= shortWord {
			all = append(all, classed(hash(folded), class))
		}
	}
	for h, class := range unpack(words) {
		all = append(all, classed(h, class))
	}
	return newLexicon(all)
}

// folded is Fold, at once for the words that are their own folded form: most are.
func folded(word string) string {
	if strings.IndexFunc(word, func(r rune) bool { return r < 'a' || r > 'z' }) < 0 {
		return word
	}
	return Fold(word)
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

const bytesPerPacked = 3 // or more

// unpack gives the hashes of the words of a packed list, with their classes. Each
// word is what is new in it, behind a capital that says how many letters of the one
// before are taken off; ^ ends one that stands for words with diacritics alone.
func unpack(packed []byte) iter.Seq2[uint64, wordClass] {
	return func(yield func(uint64, wordClass) bool) {
		var begun ['Z']uint64 // hashes of the beginnings of the word, by length
		begun[0] = hashStart
		length, class := 0, rare
		for i := 0; i < len(packed); {
			if class == accented {
				length++ // the mark counts as a letter
			}
			length, class = max(0, length-int(packed[i]-'A')), rare
			for i++; i < len(packed) && (packed[i] < 'A' || packed[i] > 'Z'); i++ {
				if packed[i] == '^' {
					class = accented
				} else if length+1 < len(begun) {
					begun[length+1] = hashOn(begun[length], packed[i])
					length++
				}
			}
			if !yield(begun[length], class) {
				return
			}
		}
	}
}

// classed is the hash of a word, whose last bits give way to its class.
func classed(h uint64, class wordClass) uint64 { return h&^31 | uint64(class) }

// newLexicon puts hashes with classes into buckets, of four to eight words each. Of
// a word that is there twice the first counts: they keep their order.
func newLexicon(all []uint64) *lexicon {
	size := bits.Len(uint(len(all) / 8))
	l := &lexicon{entries: make([]uint32, len(all)), buckets: make([]uint32, 1<<size+1), shift: 64 - size, words: len(all)}
	for _, h := range all {
		l.buckets[l.bucket(h)]++
	}
	end := uint32(0)
	for i, n := range l.buckets {
		end += n
		l.buckets[i] = end
	}
	for _, h := range slices.Backward(all) { // each goes before those that are in its bucket already
		at := &l.buckets[l.bucket(h)]
		*at--
		l.entries[*at] = uint32(h)
	}
	return l
}

// class is how common the word with this hash is, 0 if it is a stranger.
func (l *lexicon) class(h uint64) wordClass {
	b := l.bucket(h)
	for _, entry := range l.entries[l.buckets[b]:l.buckets[b+1]] {
		if entry&^31 == uint32(h)&^31 {
			return wordClass(entry & 31)
		}
	}
	return 0
}

// bucket is where the word with this hash stands, if anywhere.
func (l *lexicon) bucket(h uint64) int { return int((h >> 5) * 0x9e3779b97f4a7c15 >> l.shift) }

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
