// Command lexicongen writes the word lists of one language that package text ships: every form
// of a spelling dictionary, and those that are frequent in a text, by frequency.
// LICENSE.txt in their folder says from what they are made, and with which commands.
//
//	lexicongen CODE DICTIONARY [AFFIXES] < TEXT
//
// DICTIONARY is a file in UTF-8 with one word a line, or the .dic file of a Hunspell
// dictionary with its .aff file for AFFIXES. TEXT is plain text in UTF-8. The
// lists are written to the folder at hand.
package main

import (
	"bufio"
	"cmp"
	"compress/gzip"
	"fmt"
	"io"
	"maps"
	"os"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"presswatch/watcher/text"
)

const (
	fewestLetters = 4 // of a word of the long list
	mostLetters   = 'Z' - 'A' - 1
	commonMost    = 10_000 // words of the list of common ones
	commonFewest  = 5      // times that such a word stands in the text
	functionMost  = 60     // the most frequent ones, of which others may be made
)

func main() {
	if err := run(os.Args[1:], os.Stdin); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(args []string, text io.Reader) error {
	if len(args) < 2 || len(args) > 3 {
		return fmt.Errorf("usage: lexicongen CODE DICTIONARY [AFFIXES] < TEXT")
	}
	rules := affixes{}
	if len(args) == 3 {
		data, err := os.ReadFile(args[2])
		if err != nil {
			return fmt.Errorf("affixes: %w", err)
		}
		if rules, err = readAffixes(string(data)); err != nil {
			return fmt.Errorf("affixes: %w", err)
		}
	}
	data, err := os.ReadFile(args[1])
	if err != nil {
		return fmt.Errorf("dictionary: %w", err)
	}
	forms := rules.forms(string(data))
	counts, err := count(text)
	if err != nil {
		return fmt.Errorf("text: %w", err)
	}
	if err := os.WriteFile(args[0]+".common.txt", []byte(strings.Join(common(forms, counts), "\n")+"\n"), 0o644); err != nil {
		return err
	}
	return writeWords(args[0]+".words.gz", words(forms))
}

// count says how often each word stands in the lines of a text, each line read
// once: what comes back is no language but furniture. What an apostrophe leaves of a
// word is counted with the apostrophe, and a letter behind one not at all (it's).
func count(r io.Reader) (map[string]int, error) {
	counts, seen := map[string]int{}, map[string]bool{}
	lines := bufio.NewScanner(r)
	lines.Buffer(nil, 16<<20)
	for lines.Scan() {
		if seen[lines.Text()] {
			continue
		}
		seen[lines.Text()] = true
		line := strings.ToLower(norm.NFC.String(strings.ReplaceAll(lines.Text(), "’", "'")))
		for _, word := range strings.FieldsFunc(line, func(r rune) bool { return r != '\'' && !unicode.IsLetter(r) }) {
			for behind := false; len(word) > 0; behind = true {
				end := strings.IndexByte(word, '\'') + 1
				if end == 0 {
					end = len(word)
				}
				if !behind || end > 1 {
					counts[word[:end]]++
				}
				word = word[end:]
			}
		}
	}
	return counts, lines.Err()
}

// common lists the frequent ones among the forms, the most frequent first. A word
// that is two function words but for its accents (delà) is left to the long list.
func common(forms map[string]bool, counts map[string]int) []string {
	known := maps.Clone(forms)
	for form := range forms {
		if end := strings.IndexByte(form, '\''); end > 0 {
			known[form[:end+1]] = true
		}
	}
	var all []string
	for word, n := range counts {
		if known[word] && n >= commonFewest {
			all = append(all, word)
		}
	}
	slices.SortFunc(all, func(a, b string) int { return cmp.Or(counts[b]-counts[a], strings.Compare(a, b)) })
	function := all[:min(functionMost, len(all))]
	all = slices.DeleteFunc(all, func(word string) bool {
		folded := text.Fold(word)
		return folded != word && slices.ContainsFunc(function, func(first string) bool {
			rest, begins := strings.CutPrefix(folded, first)
			return begins && slices.Contains(function, rest)
		})
	})
	return all[:min(commonMost, len(all))]
}

// words folds the forms that are no names. A form that stands for words with
// diacritics alone ends in ^.
func words(forms map[string]bool) []string {
	bare := map[string]bool{}
	for form := range forms {
		folded := text.Fold(form)
		if len(folded) < fewestLetters || len(folded) > mostLetters || strings.IndexFunc(folded, notASCIILetter) >= 0 || form != strings.ToLower(form) {
			continue
		}
		plain := strings.NewReplacer("œ", "oe", "æ", "ae").Replace(form) == folded
		bare[folded] = bare[folded] || plain
	}
	var all []string
	for word, plain := range bare {
		if !plain {
			word += "^"
		}
		all = append(all, word)
	}
	slices.Sort(all)
	return all
}

func notASCIILetter(r rune) bool { return r < 'a' || r > 'z' }

// writeWords writes sorted words, each as what is new in it behind a capital that
// says how many letters of the one before are taken off: A none, B one. That is a
// quarter of what the words themselves take.
func writeWords(path string, words []string) error {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	packed, err := gzip.NewWriterLevel(f, gzip.BestCompression)
	if err != nil {
		return err
	}
	before := ""
	for _, word := range words {
		same := 0
		for same < min(len(word), len(before)) && word[same] == before[same] {
			same++
		}
		if _, err := fmt.Fprintf(packed, "%c%s", 'A'+len(before)-same, word[same:]); err != nil {
			return err
		}
		before = word
	}
	if err := packed.Close(); err != nil {
		return err
	}
	return f.Close()
}
