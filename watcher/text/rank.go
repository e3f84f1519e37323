package text

import (
	"slices"
	"sync"
)

// Rank is how common a folded word is in the language, of those with a shipped
// list, in which it is most common: 0 for the most common word. common is false
// for a word that is on no list.
func Rank(folded string) (rank int, common bool) {
	all, h := ranks(), hash(folded)&^mostRanks
	i, _ := slices.BinarySearch(all, h)
	if i == len(all) || all[i]&^mostRanks != h {
		return 0, false
	}
	return int(all[i] & mostRanks), true
}

// mostRanks is the last rank that has room beside a hash.
const mostRanks = 1<<14 - 1

// ranks joins the common words of all languages, each as its hash, the last bits of
// which give way to the rank: in order, so that of the ranks of a word the first
// stands first.
var ranks = sync.OnceValue(func() (all []uint64) {
	for code := range lexicons() {
		for rank, word := range commonOf(code) {
			all = append(all, hash(folded(word))&^mostRanks|uint64(min(rank, mostRanks)))
		}
	}
	slices.Sort(all)
	return slices.Clip(all)
})
