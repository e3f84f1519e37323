package store

import (
	"time"

	"presswatch/watcher/article"
)

// Visit says when the page of an article that is read is asked for again. The
// zero Visit: never.
type Visit struct {
	Due   time.Time `json:"due,omitzero"` // zero: no more
	Count int       `json:"count"`        // visits made
	// ETag and LastModified are those of the page as it was last had.
	ETag         string `json:"etag,omitempty"`
	LastModified string `json:"last_modified,omitempty"`
	// Missing is since when the page is not there; zero while it is.
	Missing time.Time `json:"missing,omitzero"`
}

// Revisit is an article whose page is to be asked for again.
type Revisit struct {
	Stored
	Visit Visit
	// Entry is the article's, with the address and the words that its feed has for
	// it now.
	Entry article.Entry
}

// History is what became of an article.
type History struct {
	Revisions []article.Revision // its texts, oldest first
	Told      []Telling          // of its story, oldest first
	Hushed    []Hushed           // of its story, as they were found
	Also      []article.Relative // the other articles of its story, as they came
	Visit     Visit
}

// Telling is a message that told of an article.
type Telling struct {
	Article int64         `json:"article"` // its number
	Digest  string        `json:"digest"`
	Rule    string        `json:"rule"`
	Level   article.Level `json:"level"` // of the match
	Kind    string        `json:"kind"`
	article.Telling
	At time.Time `json:"at"` // when it was composed
}

// Amendment is a message to be told anew in its place, because its story stands
// elsewhere too.
type Amendment struct {
	article.Telling        // of several parts, the first
	Kind            string // "alert" or "storm"
	Parts           int
	Article         int64 // the last that came: it tells one amendment of a message from the next
	Findings        []article.Finding
}
