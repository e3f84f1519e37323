package article

// Place is where an article stands among the others: with which it has its text,
// and with which it tells of one happening. The zero Place is not known.
type Place struct {
	// Copies names the articles with one text: the lowest of their numbers, the
	// article's own where it stands alone.
	Copies int64 `json:"copies,omitempty"`
	// Event names the reports of one happening, in any language: the number of the
	// first.
	Event int64 `json:"event,omitempty"`
	// Worth tells which of the copies is the best text, the higher the better.
	Worth int `json:"worth,omitempty"`
}

// Kinship is how another article belongs to a story.
type Kinship string

// The kinds of kinship.
const (
	Copy   Kinship = "copy"   // it has the same text
	Report Kinship = "report" // it tells of the same happening in its own words
)

// Relative is another article of a story.
type Relative struct {
	Article
	Kinship Kinship `json:"kinship"`
}
