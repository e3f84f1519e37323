package rules_test

import (
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"presswatch/rules"
	"presswatch/watcher/article"
	"presswatch/watcher/strict"
)

// TestTheLanguagePageIsTrue runs every example of language.md.
func TestTheLanguagePageIsTrue(t *testing.T) {
	page, err := os.ReadFile("language.md")
	if err != nil {
		t.Fatal(err)
	}
	vocabulary := fences(string(page), "yaml")[0]
	examples := fences(string(page), "query")
	if len(examples) < 30 {
		t.Fatalf("only %d examples were found", len(examples))
	}
	vocabulary = vocabulary[:strings.Index(vocabulary, "rules:")]
	for _, example := range examples {
		query, lines, _ := strings.Cut(example, "\n")
		t.Run(query, func(t *testing.T) {
			for line := range strings.Lines(lines) {
				try(t, vocabulary, query, strings.TrimSpace(line))
			}
		})
	}
}

// TestTheRuleFileOfTheLanguagePagePasses runs its tests.
func TestTheRuleFileOfTheLanguagePagePasses(t *testing.T) {
	page, err := os.ReadFile("language.md")
	if err != nil {
		t.Fatal(err)
	}
	report := load(t, fences(string(page), "yaml")[0]).Test(split)
	if report.Tests != 3 || len(report.Failures) > 0 {
		t.Errorf("%d tests, failures: %+v", report.Tests, report.Failures)
	}
}

func fences(page, kind string) (out []string) {
	for _, part := range strings.Split(page, "\n```"+kind+"\n")[1:] {
		body, _, _ := strings.Cut(part, "\n```")
		out = append(out, body+"\n")
	}
	return out
}

func try(t *testing.T, vocabulary, query, line string) {
	t.Helper()
	sign, rest, _ := strings.Cut(line, " ")
	yaml := vocabulary + "\nrules:\n- id: r\n  match: '" + strings.ReplaceAll(query, "'", "''") + "'\n"
	set, mistakes := rules.Load([]strict.File{{Name: "r.yaml", Data: []byte(yaml)}}, known)
	if sign == "!" {
		if len(mistakes) != 1 || mistakes[0].Message != rest {
			t.Errorf("want the mistake %q, got %v", rest, mistakes)
		}
		return
	}
	if len(mistakes) > 0 {
		t.Fatal(mistakes.Report())
	}
	doc := exampleArticle(t, rest)
	if got, want := len(set.Match(doc)) == 1, sign == "+"; got != want || sign != "+" && sign != "-" {
		t.Errorf("%s: got %t, want %t\n%+v", rest, got, want, set.Explain(doc)[0])
	}
}

// exampleArticle reads [key=value, …] text, where ¶ parts paragraphs.
func exampleArticle(t *testing.T, s string) *rules.Document {
	t.Helper()
	about := rules.About{Language: "fr"}
	var zones []article.Zone
	if head, rest, ok := strings.Cut(strings.TrimPrefix(s, "["), "] "); ok && s[0] == '[' {
		s = rest
		for _, pair := range strings.Split(head, ", ") {
			key, value, _ := strings.Cut(pair, "=")
			if z, err := setAbout(&about, key, value); err != nil {
				t.Fatal(err)
			} else if z.Text != "" {
				zones = append(zones, z)
			}
		}
	}
	zones = append(zones, article.Zone{Kind: article.Body, Text: strings.ReplaceAll(s, "¶", "\n\n")})
	return rules.NewDocument(about, zones)
}

func setAbout(a *rules.About, key, value string) (z article.Zone, err error) {
	switch key {
	case "title", "lead", "caption":
		z = article.Zone{Kind: article.ZoneKind(key), Text: value}
	case "lang":
		a.Language = value
	case "source":
		a.Source, a.Publisher = value, map[string]string{"gazette-en": "Gazette", "courrier": "Courrier"}[value]
	case "section":
		a.Sections = []string{value}
	case "author":
		a.Author = value
	case "url":
		a.URL = value
	case "published":
		a.Published, err = time.Parse(time.DateOnly, value)
	default:
		err = fmt.Errorf("unknown key %q", key)
	}
	return z, err
}
