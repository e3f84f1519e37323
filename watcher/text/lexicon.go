package text

import (
	"bufio"
	"compress/gzip"
	"embed"
	"io/fs"
	"path"
	"strings"
	"sync"
)

// The shipped word lists, by language: CODE.words.gz, every form of four letters
// and more, folded and sorted, and CODE.common.txt, the most frequent first. lexicon/LICENSE.txt
// says where they come from.
//
//go:embed lexicon
var lists embed.FS

// lexicon is what is known of a language's words. It answers for folded forms,
// and for short words for exact ones.
type lexicon struct {
	known  bloom
	common map[string]int // rank of exact and folded forms, from 0; elisions with their apostrophe
}

// lexicons gives every shipped lexicon, each read when it is first asked for.
var lexicons = sync.OnceValue(func() map[string]func() *lexicon {
	all := map[string]func() *lexicon{}
	files, _ := fs.Glob(lists, "lexicon/*.words.gz") // the pattern is well-formed
	for _, file := range files {
		code := strings.TrimSuffix(path.Base(file), ".words.gz")
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
	files, _ := fs.Glob(lists, "lexicon/*.common.txt") // the pattern is well-formed
	for _, name := range files {
		file, err := lists.Open(name)
		if err != nil {
			continue
		}
		rank := 0
		for lines := bufio.NewScanner(file); lines.Scan(); rank++ {
			word := Fold(lines.Text())
			if known, twice := all[word]; !twice || rank < known {
				all[word] = rank
			}
		}
		_ = file.Close() // an embedded file
	}
	return all
})

// lexiconOf is the lexicon of a language, nil where none is shipped.
func lexiconOf(language string) *lexicon {
	if read, ok := lexicons()[language]; ok {
		return read()
	}
	return nil
}

// readLexicon reads the embedded lists; a test reads them all, so an error here
// is one of the build and leaves the language without a lexicon.
func readLexicon(code string) *lexicon {
	l := &lexicon{common: map[string]int{}}
	common, err := lists.Open("lexicon/" + code + ".common.txt")
	if err != nil {
		return nil
	}
	defer common.Close()
	for lines := bufio.NewScanner(common); lines.Scan(); {
		l.rank(lines.Text())
	}
	words, err := lists.Open("lexicon/" + code + ".words.gz")
	if err != nil {
		return nil
	}
	defer words.Close()
	plain, err := gzip.NewReader(words)
	if err != nil {
		return nil
	}
	for lines := bufio.NewScanner(plain); lines.Scan(); {
		l.known.add(lines.Bytes())
	}
	return l
}

// rank takes a word up with the next rank, by its exact form and, from four
// letters on, by its folded form too: short words differ by their accents.
func (l *lexicon) rank(word string) {
	n := len(l.common)
	forms := []string{word}
	if len([]rune(word)) >= shortWord {
		forms = append(forms, Fold(word))
		l.known.add([]byte(Fold(word)))
	}
	for _, form := range forms {
		if _, twice := l.common[form]; !twice {
			l.common[form] = n
		}
	}
}

// elides reports whether a word is what an apostrophe leaves of another.
func (l *lexicon) elides(exact string) bool {
	_, known := l.common[exact+"'"]
	return known
}

// bloom is a set of words that may take a stranger for a member, of a third of a
// million words about one in a thousand, and takes a megabyte.
type bloom struct{ bits [1 << 17]uint64 }

func (b *bloom) add(word []byte) {
	h := hash(word)
	for range 3 {
		b.bits[h>>6&(1<<17-1)] |= 1 << (h & 63)
		h = h>>21 | h<<43
	}
}

func (b *bloom) has(word string) bool {
	h := hash(word)
	for range 3 {
		if b.bits[h>>6&(1<<17-1)]&(1<<(h&63)) == 0 {
			return false
		}
		h = h>>21 | h<<43
	}
	return true
}

// hash is FNV-1a, of 64 bits.
func hash[T string | []byte](word T) uint64 {
	h := uint64(14695981039346656037)
	for i := range len(word) {
		h = (h ^ uint64(word[i])) * 1099511628211
	}
	return h
}
