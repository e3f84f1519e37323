package extract

import (
	"strings"
	"testing"

	"presswatch/watcher/strict"
)

func TestConfigurationIsReadFromYAML(t *testing.T) {
	const file = `zones:
  cut: [Voir plus]
  end: ['- VNA$']
  teaser_lines: ['^>>']
  caption_lines: ['^{title} (?P<caption>.*)']
article: {title: h1.t, lead: '.a, .b', body: .c, caption: td.caption, author: .d, date: time, section: .e, drop: [.f, '#g']}
`
	var config struct {
		Zones   Marks     `yaml:"zones"`
		Article Selectors `yaml:"article"`
	}
	if mistakes := strict.Decode(strict.File{Name: "x.yaml", Data: []byte(file)}, &config); len(mistakes) > 0 {
		t.Fatal(mistakes)
	}
	z, a := config.Zones, config.Article
	if len(z.Cut) != 1 || z.End[0].String() != "- VNA$" || z.TeaserLines[0].String() != "^>>" || len(z.CaptionLines) != 1 {
		t.Errorf("zones %+v", z)
	}
	for _, s := range []Selector{a.Title, a.Lead, a.Body, a.Caption, a.Author, a.Date, a.Section, a.Drop[0], a.Drop[1]} {
		if s.IsZero() {
			t.Errorf("a selector was not read: %+v", a)
		}
	}
	if text, err := a.Lead.MarshalText(); string(text) != ".a, .b" || err != nil {
		t.Errorf("lead is written %q, %v", text, err)
	}
	if text, err := z.End[0].MarshalText(); string(text) != "- VNA$" || err != nil {
		t.Errorf("end is written %q, %v", text, err)
	}
}

func TestMistakesInYAMLAreToldInWords(t *testing.T) {
	for _, test := range []struct{ name, file, want string }{
		{"a pattern without its end", "zones: {end: ['(']}", "x.yaml:1:15: bad pattern \"(\": missing closing ): \"(\""},
		{"an empty pattern", "zones: {end: ['']}", "an empty pattern is found in every line"},
		{"a mark without a word", "zones: {cut: [a, ' ']}", "a mark without a word would cut every article at its first line"},
		{"a selector without its end", "article: {body: 'div['}", "bad selector \"div[\": a CSS selector, such as .article__body or td.caption"},
		{"an empty selector", "article: {body: ''}", "bad selector \"\""},
		{"an unknown key", "article: {bdy: .a}", "unknown key \"bdy\""},
	} {
		t.Run(test.name, func(t *testing.T) {
			var config struct {
				Zones   Marks     `yaml:"zones"`
				Article Selectors `yaml:"article"`
			}
			mistakes := strict.Decode(strict.File{Name: "x.yaml", Data: []byte(test.file)}, &config)
			if len(mistakes) != 1 || !strings.Contains(mistakes.Error(), test.want) {
				t.Errorf("mistakes %v, want %q", mistakes, test.want)
			}
		})
	}
}

func TestNothingSetFindsNothing(t *testing.T) {
	root, err := parsePage("<p>a</p>")
	if err != nil {
		t.Fatal(err)
	}
	var none Selector
	if none.first(root) != nil || none.all(root) != nil || !none.IsZero() {
		t.Error("the zero selector finds something")
	}
}
