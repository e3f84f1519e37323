package main

import (
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// ladder is the house from the ground up: a package may import only packages on
// rungs below its own. A new room finds its rung here, or the test fails.
var ladder = [][]string{
	{"watcher/article"},
	{"watcher/strict", "watcher/text", "watcher/dates", "watcher/schedule", "watcher/opml"},
	{"watcher/extract", "watcher/same", "watcher/text/lexicongen", "watcher/edits", "watcher/ledger", "watcher/silence"},
	{"watcher/feed"},
	{"rules"},
	{"rules/facts"},
	{"watcher/digest", "watcher/eval", "watcher/probe", "watcher/health"},
	{"store"},
	{"store/storetest", "store/upkeep"},
	{"watcher/slack"},
	{"store/sqlite"},
	{"systemd", "watcher/metrics"},
	{"watcher"},
	{"configs", "watcher/newsroom", "watcher/slack/slacktest"},
	{"cmd/presswatch", "configs/schemagen", "systemd/test/press"},
}

// TestPackagesImportOnlyWhatIsBelowThem reads the files themselves: a test that
// asked the go command would be answered from the test cache.
func TestPackagesImportOnlyWhatIsBelowThem(t *testing.T) {
	for path, imports := range importsOf(t, "../..") {
		rung := rungOf(path)
		if rung < 0 {
			t.Errorf("package %s stands on no rung of the ladder", path)
		}
		for _, imported := range imports {
			if below := rungOf(imported); below < 0 || below >= rung {
				t.Errorf("%s imports %s, which is not below it", path, imported)
			}
		}
	}
}

func TestTheNounsNeedOnlyTheStandardLibrary(t *testing.T) {
	files, err := filepath.Glob("../../watcher/article/*.go")
	if err != nil || len(files) == 0 {
		t.Fatal("no files", err)
	}
	for _, file := range files {
		for _, imported := range importsIn(t, file) {
			if first, _, _ := strings.Cut(imported, "/"); strings.Contains(first, ".") && !strings.HasSuffix(file, "_test.go") {
				t.Errorf("%s imports %s", file, imported)
			}
		}
	}
}

func TestTheTopLevelHoldsNothingUnexpected(t *testing.T) {
	known := []string{"cmd", "configs", "rules", "store", "systemd", "watcher", "go.mod", "go.sum", "README.md",
		"CHANGELOG.md", "CONTRIBUTING.md", "LICENSE", ".ci", ".git", ".gitignore"}
	entries, err := os.ReadDir("../..")
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if !slices.Contains(known, e.Name()) {
			t.Errorf("%s stands at the top level", e.Name())
		}
	}
}

func rungOf(path string) int {
	return slices.IndexFunc(ladder, func(rung []string) bool { return slices.Contains(rung, path) })
}

// importsOf maps each package below root to the project's packages that its
// files, tests aside, import.
func importsOf(t *testing.T, root string) map[string][]string {
	t.Helper()
	packages := map[string][]string{}
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return err
		}
		dir, err := filepath.Rel(root, filepath.Dir(path))
		if err != nil {
			return err
		}
		dir = filepath.ToSlash(dir)
		packages[dir] = append(packages[dir], ours(importsIn(t, path))...)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(packages) < 8 {
		t.Fatalf("only %d packages found below %s", len(packages), root)
	}
	return packages
}

func importsIn(t *testing.T, file string) (imports []string) {
	t.Helper()
	parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.ImportsOnly)
	if err != nil {
		t.Fatal(err)
	}
	for _, spec := range parsed.Imports {
		path, err := strconv.Unquote(spec.Path.Value)
		if err != nil {
			t.Fatal(err)
		}
		imports = append(imports, path)
	}
	return imports
}

func ours(imports []string) (own []string) {
	for _, path := range imports {
		if rest, ok := strings.CutPrefix(path, "presswatch/"); ok {
			own = append(own, rest)
		}
	}
	return own
}
