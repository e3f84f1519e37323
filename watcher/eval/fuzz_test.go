package eval_test

import (
	"bytes"
	"strings"
	"testing"

	"presswatch/watcher/eval"
)

// FuzzReadArticles: whatever the file, the answer is records with ids or an
// error at a line, and every record can be read as a document.
func FuzzReadArticles(f *testing.F) {
	f.Add([]byte(`{"id":"a","title":"T","text":"One. Two.","published":"2025-06"}`))
	f.Add([]byte("\ufeff{\"id\":\"a\"}\r\n\r\n{\"id\":\"b\",\"captions\":[\"\\ud800\"]}"))
	f.Add([]byte(`{"id":"a","url":"http://[::1","source":"s","published":null}`))
	f.Add([]byte(`[{"id":1}]`))
	f.Fuzz(func(t *testing.T, data []byte) {
		articles, err := eval.ReadArticles("f", bytes.NewReader(data))
		if err != nil && !strings.HasPrefix(err.Error(), "f:") {
			t.Fatalf("an error without its line: %v", err)
		}
		for _, a := range articles {
			if a.ID == "" {
				t.Fatal("a record without an id")
			}
			eval.Press{}.Read(a)
		}
	})
}
