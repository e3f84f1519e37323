package eval

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"presswatch/watcher/article"
)

// Article is a line of articles.jsonl. Only ID, Title and Text are always there.
type Article struct {
	ID         string   `json:"id"`
	URL        string   `json:"url"`
	Source     string   `json:"source"` // a source's id or its publisher
	Lang       string   `json:"lang"`
	Published  Date     `json:"published"`
	Title      string   `json:"title"`
	Lead       string   `json:"lead"`
	Text       string   `json:"text"` // may be a page's whole plain text
	Captions   []string `json:"captions"`
	Teasers    []Teaser `json:"teasers"`
	RevisionOf string   `json:"revision_of"` // the id of the article of which this is a later text

	at string // file:line
}

// Teaser is a related article as a page shows it.
type Teaser struct {
	Title string `json:"title"`
	Text  string `json:"text"`
}

// Label is a line of labels.jsonl: what is right to say of an article.
type Label struct {
	ID    string                   `json:"id"`
	Rules map[string]article.Level `json:"rules"` // by the rule's id
	// Facts are what the article states; nil where the label does not say.
	Facts []LabelledFact `json:"facts"`
	// SameText names the articles that have one syndicated text.
	SameText Named `json:"same_text"`
	// Event names the articles that tell of one happening, in any language.
	Event Named `json:"event"`

	at string
}

// Date is a publisher's date as records have it: to the day, or less exactly.
type Date struct {
	time.Time
	// Until is the end of the year, month or day that is named, or the moment
	// itself.
	Until time.Time
}

// UnmarshalJSON reads a year, a month, a day, or a moment with or without a
// zone. What is not said is the first: January, the 1st, midnight, UTC. null and
// an empty text are no date; a year may be a number.
func (d *Date) UnmarshalJSON(b []byte) error {
	var text string
	if err := json.Unmarshal(b, &text); err != nil {
		text = string(b)
	}
	if text == "" { // or null
		*d = Date{}
		return nil
	}
	for _, layout := range []string{
		time.RFC3339, "2006-01-02T15:04Z07:00", "2006-01-02T15:04:05", "2006-01-02T15:04", time.DateTime, time.DateOnly, "2006-01", "2006",
	} {
		if t, err := time.Parse(layout, text); err == nil {
			*d = Date{t, ending(t, layout)}
			return nil
		}
	}
	return fmt.Errorf("cannot read the date %q: a year, a month, a day or a moment, such as 2025, 2025-06, 2025-06-30 or 2025-06-30T08:00:00+07:00", text)
}

// Latest is the last moment that may be meant: of what a text says of the days before
// it, none lies ahead of it because the day of publication is not known.
func (d Date) Latest() time.Time {
	if d.Until.After(d.Time) {
		return d.Until.Add(-time.Second)
	}
	return d.Time
}

// ending is the end of what a layout names.
func ending(t time.Time, layout string) time.Time {
	switch layout {
	case "2006":
		return t.AddDate(1, 0, 0)
	case "2006-01":
		return t.AddDate(0, 1, 0)
	case time.DateOnly:
		return t.AddDate(0, 0, 1)
	}
	return t
}

// ReadArticles reads articles.jsonl, one object a line; empty lines are passed
// over. Errors begin with name:line.
func ReadArticles(name string, r io.Reader) ([]Article, error) {
	return readLines(name, r, func(a *Article, at string) string { a.at = at; return a.ID })
}

// ReadLabels reads labels.jsonl as ReadArticles reads articles.
func ReadLabels(name string, r io.Reader) ([]Label, error) {
	return readLines(name, r, func(l *Label, at string) string { l.at = at; return l.ID })
}

// readLines decodes every line of a file; place notes where a record stands, and
// returns its id.
func readLines[T any](name string, r io.Reader, place func(record *T, at string) (id string)) ([]T, error) {
	var all []T
	lines := bufio.NewReader(r)
	for n := 1; ; n++ {
		line, err := lines.ReadBytes('\n')
		if err != nil && !errors.Is(err, io.EOF) {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		line = bytes.TrimSpace(bytes.TrimPrefix(line, []byte("\ufeff")))
		if len(line) > 0 {
			var record T
			at := fmt.Sprintf("%s:%d", name, n)
			if wrong := json.Unmarshal(line, &record); wrong != nil {
				return nil, fmt.Errorf("%s: %s", at, inWords(wrong))
			}
			if place(&record, at) == "" {
				return nil, fmt.Errorf("%s: the record has no id", at)
			}
			all = append(all, record)
		}
		if err != nil {
			return all, nil
		}
	}
}

// inWords tells an error of the decoder without the names of Go's types.
func inWords(err error) string {
	var shape *json.UnmarshalTypeError
	var syntax *json.SyntaxError
	switch {
	case errors.As(err, &shape) && shape.Field == "":
		return "not an object in JSON, but " + shape.Value
	case errors.As(err, &shape):
		return fmt.Sprintf("key %q cannot be %s", shape.Field, shape.Value)
	case errors.As(err, &syntax):
		return "not JSON: " + strings.TrimPrefix(err.Error(), "json: ")
	}
	return err.Error()
}
