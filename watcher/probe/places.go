package probe

import (
	_ "embed" // the lists below
	"iter"
	"strings"
)

//go:embed places.txt
var placesFile string

//go:embed selectors.txt
var selectorsFile string

// lines yields the lines of a list that are no comments.
func lines(list string) iter.Seq[string] {
	return func(yield func(string) bool) {
		for line := range strings.Lines(list) {
			line = strings.TrimSpace(line)
			if line != "" && !strings.HasPrefix(line, "#") && !yield(line) {
				return
			}
		}
	}
}
