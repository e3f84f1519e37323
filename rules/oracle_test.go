package rules_test

import (
	"bufio"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"presswatch/rules"
	"presswatch/watcher/strict"
)

// oracleNode is a query of the bench's files.
type oracleNode struct {
	Term   string       `json:"term"`
	Phrase string       `json:"phrase"`
	And    []oracleNode `json:"and"`
	Or     []oracleNode `json:"or"`
	Not    *oracleNode  `json:"not"`
	Near   *struct {
		Slop  int      `json:"slop"`
		Terms []string `json:"terms"`
	} `json:"near"`
}

func (n oracleNode) query() string {
	list := func(of []oracleNode, operator string) string {
		parts := make([]string, len(of))
		for i, m := range of {
			parts[i] = m.query()
		}
		return "(" + strings.Join(parts, operator) + ")"
	}
	switch {
	case n.And != nil:
		return list(n.And, " AND ")
	case n.Or != nil:
		return list(n.Or, " OR ")
	case n.Not != nil:
		return "NOT " + n.Not.query()
	case n.Near != nil:
		return fmt.Sprintf(`("%s" NEAR/%d "%s")`, n.Near.Terms[0], n.Near.Slop, n.Near.Terms[1])
	}
	return `"` + n.Term + n.Phrase + `"`
}

// TestAnotherEngineAgrees compares with the verdicts of a search library on
// inputs that are no part of the project. One verdict differs, rightly: R.E.M. is
// the word rem to us, and three letters to a library that parts words at full stops.
func TestAnotherEngineAgrees(t *testing.T) {
	const queries, docs = 10_000, 500
	var file strings.Builder
	file.WriteString("rules:\n")
	each(t, "queries.jsonl.gz", queries, func(q struct {
		ID int        `json:"id"`
		Q  oracleNode `json:"q"`
	}) {
		fmt.Fprintf(&file, "- {id: q%d, match: '%s'}\n", q.ID, strings.ReplaceAll(q.Q.query(), "'", "''"))
	})
	set, mistakes := rules.Load([]strict.File{{Name: "bench.yaml", Data: []byte(file.String())}}, rules.Known{})
	refused := 0
	for _, m := range mistakes {
		t.Log(m.Report())
		refused++
	}
	if refused > 0 {
		t.Fatalf("%d queries are refused", refused)
	}
	want := map[int]map[string]bool{}
	each(t, "lucene_letters_n10000_d500.jsonl.gz", docs, func(v struct {
		Doc int   `json:"doc"`
		IDs []int `json:"ids"`
	}) {
		want[v.Doc] = map[string]bool{}
		for _, id := range v.IDs {
			want[v.Doc][fmt.Sprint("q", id)] = true
		}
	})
	agreed, total := 0, 0
	each(t, "docs.jsonl.gz", docs, func(d struct {
		ID    int    `json:"id"`
		Title string `json:"title"`
		Body  string `json:"body"`
	}) {
		got := map[string]bool{}
		for _, m := range set.Match(set.Document(rules.About{}, body(d.Title+"\n\n"+d.Body))) {
			got[m.Rule] = true
		}
		for id := range want[d.ID] {
			total++
			if got[id] {
				agreed++
			} else {
				t.Logf("doc %d: %s is missing", d.ID, id)
			}
			delete(got, id)
		}
		for id := range got {
			total++
			t.Logf("doc %d: %s is too much", d.ID, id)
		}
	})
	t.Logf("%d of %d verdicts agree", agreed, total)
	if float64(agreed) < 0.99*float64(total) || total == 0 {
		t.Errorf("only %d of %d verdicts agree", agreed, total)
	}
}

// each decodes the first n lines of a file of the bench; the test is skipped
// where it is not there.
func each[T any](t testing.TB, name string, n int, do func(T)) {
	t.Helper()
	shared := os.Getenv("PRESSWATCH_SHARED")
	if shared == "" {
		shared = filepath.Join("..", "..", "shared")
	}
	f, err := os.Open(filepath.Join(shared, "bench", name))
	if err != nil {
		t.Skip("the bench is not here: ", err)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewReader(z)
	for range n {
		line, err := lines.ReadBytes('\n')
		if len(line) == 0 && err == io.EOF {
			return
		}
		var v T
		if err := json.Unmarshal(line, &v); err != nil {
			t.Fatal(err)
		}
		do(v)
	}
}
