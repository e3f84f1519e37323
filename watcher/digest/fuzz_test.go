package digest

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"presswatch/watcher/article"
)

// A stored message may have been written by another version, or be damaged:
// whatever it is, looking at it does not panic and does not drive the terminal.
func FuzzRender(f *testing.F) {
	files, err := filepath.Glob("testdata/*.json")
	if err != nil {
		f.Fatal(err)
	}
	for _, name := range files {
		var messages []json.RawMessage
		data, err := os.ReadFile(name)
		if err != nil || json.Unmarshal(data, &messages) != nil {
			f.Fatal(name, err)
		}
		f.Add([]byte(messages[0]))
	}
	for _, seed := range []string{
		`{"text":"\u001b[1m","blocks":null}`, `{"blocks":[null,{"type":"header"},{"type":"context","elements":[]},{"type":"rich_text","elements":[{"type":"rich_text_list"}]}]}`,
		`{"blocks":[{"type":"rich_text","elements":[{"type":"rich_text_section","elements":[{"type":"link","url":"\u009b","text":"x"}]}]}]}`,
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		var m Message
		if json.Unmarshal(data, &m) != nil {
			return
		}
		_ = Validate(m) // must not panic; most of these are not valid
		var out bytes.Buffer
		if err := Render(&out, m, Style{Width: 20}); err != nil {
			t.Fatal(err)
		}
		if i := strings.IndexFunc(out.String(), func(r rune) bool { return r != '\n' && invisible(r) }); i >= 0 {
			t.Fatalf("%q reaches the terminal", out.String()[i:])
		}
	})
}

// Whatever stands in a feed, an alert of it keeps every limit.
func FuzzAlert(f *testing.F) {
	f.Add("Deux armées", "https://a.example/1", "L’armée du Laos", 3, 9)
	f.Add("<!channel>", "https://a.example/<@U1>|x", "\x1b[1m\u202e\xff", -1, 1<<40)
	f.Fuzz(func(t *testing.T, title, url, sentence string, start, end int) {
		a := frenchArticle()
		a.Title, a.URL = title, url
		p := article.Passage{Zone: article.Body, Sentence: article.Span{End: len(sentence)}, Words: []article.Span{{Start: start, End: end}}, Quote: sentence}
		findings := []article.Finding{finding(1, a, defence(article.Alert, p))}
		in := inputOf(t, findings)
		for _, m := range append(append(Digest(in), Storm(findings, in.Names)...), Alert(findings, in.Names)) {
			if err := Validate(m); err != nil {
				t.Fatal(err)
			}
		}
	})
}
