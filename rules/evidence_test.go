package rules_test

import (
	"errors"
	"io/fs"
	"strings"
	"testing"

	"presswatch/rules"
	"presswatch/watcher/strict"
)

func readTests(path string) ([]byte, error) {
	if path != "desk/long.txt" {
		return nil, &fs.PathError{Op: "open", Path: path, Err: errors.New("no such file")}
	}
	return []byte("\n\nL'armée du Laos\n\nUn long texte."), nil
}

func loadWithFiles(yaml string) (*rules.Set, strict.Mistakes) {
	return rules.Load([]strict.File{{Name: "desk/a.yaml", Data: []byte(yaml)}}, rules.Known{ReadFile: readTests})
}

func TestATestMayNameTheEvidenceAndAFile(t *testing.T) {
	set, mistakes := loadWithFiles(`rules:
- id: army
  match: SENTENCE(Laos armée)
  tests:
  - {title: L'armée du Laos, expect: digest, evidence: [Laos, armee]}
  - {title: L'armée du Laos, expect: digest, evidence: [roi]}
  - {file: long.txt, expect: digest, evidence: [Laos]}
  - {title: Autre chose, file: long.txt, expect: digest}
`)
	if len(mistakes) > 0 {
		t.Fatal(mistakes.Report())
	}
	report := set.Test(split)
	var got []string
	for _, f := range report.Failures {
		got = append(got, f.At.Error()+" → "+f.At.Hint)
	}
	want := "desk/a.yaml:6:57: rule army, test 2: `roi` is not among the evidence → what is marked: armée, Laos"
	if strings.Join(got, "\n") != want {
		t.Errorf("got %s\nwant %s", strings.Join(got, "\n"), want)
	}
}

func TestMistakesAboutFilesAndEvidenceAreTold(t *testing.T) {
	_, mistakes := loadWithFiles("rules:\n- {id: a, match: Laos, tests: [{file: nothing.txt, expect: none}]}\n")
	if got := mistakes.Error(); !strings.Contains(got, "desk/a.yaml:2:39: the file of the test cannot be read") {
		t.Error(got)
	}
	_, mistakes = loadWithFiles("rules:\n- {id: a, match: Laos, tests: [{file: long.txt, text: x, expect: none, evidence: [y]}]}\n")
	if got := mistakes.Error(); !strings.Contains(got, "both a file and a text") || !strings.Contains(got, "expects none has no evidence") {
		t.Error(got)
	}
	_, mistakes = rules.Load([]strict.File{{Name: "a.yaml", Data: []byte("rules:\n- {id: a, match: Laos, tests: [{file: x, expect: none}]}\n")}}, rules.Known{})
	if got := mistakes.Error(); !strings.Contains(got, "files of tests are not read here") {
		t.Error(got)
	}
}
