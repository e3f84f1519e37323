package main

import (
	"encoding/json"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	yaml "go.yaml.in/yaml/v4"

	"presswatch/configs"
	"presswatch/rules"
	"presswatch/rules/facts"
	"presswatch/watcher/strict"
)

func TestTheSchemasAreUpToDate(t *testing.T) {
	files, err := schemas("../..")
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range files {
		got, err := os.ReadFile(filepath.Join("..", name))
		if err != nil || string(got) != string(want) {
			t.Errorf("%s is not what the structs say: run go generate ./configs (%v)", name, err)
		}
	}
}

// schema reads a schema as an editor does.
func schema(t *testing.T, name string) map[string]any {
	t.Helper()
	data, err := configs.Schemas.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	var out map[string]any
	if err := json.Unmarshal(data, &out); err != nil {
		t.Fatal(err)
	}
	return out
}

func value(t *testing.T, text string) any {
	t.Helper()
	var out any
	if err := yaml.Unmarshal([]byte(text), &out); err != nil {
		t.Fatal(err)
	}
	return out
}

func TestTheShippedFilesFitTheSchemasTheyName(t *testing.T) {
	modeline := regexp.MustCompile(`^# yaml-language-server: \$schema=(\S+)\n`)
	checked := 0
	err := fs.WalkDir(configs.Shipped, ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := configs.Shipped.ReadFile(path)
		if err != nil {
			return err
		}
		named := modeline.FindStringSubmatch(string(data))
		if named == nil {
			t.Errorf("%s does not begin by naming its schema", path)
			return nil
		}
		file := filepath.ToSlash(filepath.Join(filepath.Dir(path), named[1]))
		for _, wrong := range validate(schema(t, file), value(t, string(data)), path) {
			t.Error(wrong)
		}
		checked++
		return nil
	})
	if err != nil || checked < 3 {
		t.Fatal(checked, err)
	}
}

// Every key is described, and in the words of who writes YAML.
func TestEveryKeyIsDescribed(t *testing.T) {
	ours := regexp.MustCompile(`\bDefault[A-Z]|\b[a-z]+\.[A-Z][a-z]+\b|^[A-Z][a-z]+[A-Z]\w+ (is|are) `)
	var walk func(schema map[string]any, at string)
	walk = func(schema map[string]any, at string) {
		for key, one := range schema {
			switch one := one.(type) {
			case map[string]any:
				description, _ := one["description"].(string)
				if filepath.Ext(at) == ".properties" && (description == "" || ours.MatchString(description)) {
					t.Errorf("%s.%s is described as %q", at, key, description)
				}
				walk(one, at+"."+key)
			}
		}
	}
	walk(schema(t, "presswatch.schema.json"), "configuration")
	walk(schema(t, "rules.schema.json"), "rules")
}

const goodConfig = `timezone: Europe/Paris
contact: mailto:a@b.example
rules: [rules.yaml]
network: {allow: [127.0.0.0/8, "::1"], timeout: 1m30s, max_body: 65536, interval: 0}
zones: {cut: [2025], end: ['x$']}
sources:
  - {id: gazette, name: 24, language: en, hosts: ["gazette.example:8080"], baseline: all, identity: '/(?P<number>\d+)',
     feeds: [{url: "https://gazette.example/feed", schedule: "@every 10m"}], article: {body: .text, drop: [.ad]}}
slack: {token: {env: TOKEN}, when_unclear: drop, timeout: 5s}
digests:
  - {id: desk, channel: "#dësk", schedule: "0 7,17 * * 1-5", rules: [r], alerts: true}
`

const goodRules = `vocabulary: {année: {any: [2025, "=mars"], except-fr: [année lumière]}}
rules:
  - {id: r, alert: '@année', tests: [{title: 2025, published: 2025-06, expect: alert}, {captions: [one], lang: en, expect: none}]}
`

// TestWhatASchemaSaysIsTrue holds the schemas against the decoder: both take what
// is right, and what a schema refuses the decoder refuses too.
func TestWhatASchemaSaysIsTrue(t *testing.T) {
	if wrong := judgements(t, goodConfig, goodRules); len(wrong.config)+len(wrong.rules)+len(wrong.decoder) > 0 {
		t.Fatalf("what is right is refused: %+v", wrong)
	}
	for name, change := range map[string][2]string{
		"a key that is not known":      {"timeout: 1m30s", "timout: 1m30s"},
		"a text for a list":            {"rules: [rules.yaml]", "rules: rules.yaml"},
		"a list for a text":            {"contact: mailto:a@b.example", "contact: [mailto:a@b.example]"},
		"no address of a contact":      {"mailto:a@b.example", "desk"},
		"no contact":                   {"contact: mailto:a@b.example\n", ""},
		"no rules":                     {"rules: [rules.yaml]\n", ""},
		"no digests":                   {goodConfig[strings.Index(goodConfig, "digests:"):], ""},
		"a duration without a unit":    {"1m30s", "90"},
		"a size without a number":      {"65536", "MiB"},
		"a network without digits":     {"127.0.0.0/8", "localhost"},
		"a source without an id":       {"id: gazette, ", ""},
		"a source without a language":  {"language: en, ", ""},
		"a source without hosts":       {`hosts: ["gazette.example:8080"], `, ""},
		"a source with no hosts":       {`hosts: ["gazette.example:8080"], `, "hosts: [], "},
		"a source without feeds":       {`feeds: [{url: "https://gazette.example/feed", schedule: "@every 10m"}], `, ""},
		"a feed without an address":    {`url: "https://gazette.example/feed", `, ""},
		"a feed without a schedule":    {`, schedule: "@every 10m"`, ""},
		"a feed of files":              {"https://gazette.example/feed", "file:///feed"},
		"a schedule of four fields":    {"0 7,17 * * 1-5", "0 7,17 * *"},
		"an identity without a number": {"?P<number>", "?P<n>"},
		"a baseline that is no time":   {"baseline: all", "baseline: none"},
		"a secret in the file":         {"{env: TOKEN}", "xoxb-123"},
		"a secret of two places":       {"{env: TOKEN}", "{env: TOKEN, file: token}"},
		"a third choice":               {"when_unclear: drop", "when_unclear: wait"},
		"a digest without an id":       {"id: desk, ", ""},
		"a digest without a channel":   {`channel: "#dësk", `, ""},
		"a digest without a schedule":  {`schedule: "0 7,17 * * 1-5", `, ""},
		"a digest without rules":       {"rules: [r], ", ""},
		"a digest in capitals":         {"id: desk", "id: DESK"},
		"neither yes nor no":           {"alerts: true", "alerts: maybe"},
	} {
		t.Run(name, func(t *testing.T) {
			wrong := judgements(t, changed(t, goodConfig, change), goodRules)
			if len(wrong.config) == 0 || len(wrong.decoder) == 0 {
				t.Errorf("%+v", wrong)
			}
		})
	}
	for name, change := range map[string][2]string{
		"a rule without an id":      {"id: r, ", ""},
		"a rule with a bad id":      {"id: r, ", "id: r.1, "},
		"a rule without a query":    {"alert: '@année', ", ""},
		"a key of another file":     {"alert: '@année'", "alarm: '@année'"},
		"a test without a text":     {"captions: [one], ", ""},
		"a test expecting nothing":  {", expect: none", ""},
		"a test expecting too much": {"expect: none", "expect: flood"},
		"a test on no day":          {"2025-06", "june"},
		"a test in no language":     {"lang: en", "lang: English"},
		"a bad name of a list":      {"année: {any", "an née: {any"},
		"terms for no language":     {"except-fr", "except-french"},
		"one term for a list":       {`[2025, "=mars"]`, "2025"},
		"terms without a language":  {`{any: [2025, "=mars"], except-fr: [année lumière]}`, "[2025]"},
	} {
		t.Run(name, func(t *testing.T) {
			wrong := judgements(t, goodConfig, changed(t, goodRules, change))
			if len(wrong.rules) == 0 || len(wrong.decoder) == 0 {
				t.Errorf("%+v", wrong)
			}
		})
	}
}

func changed(t *testing.T, text string, change [2]string) string {
	t.Helper()
	if !strings.Contains(text, change[0]) {
		t.Fatalf("%q is not there", change[0])
	}
	return strings.Replace(text, change[0], change[1], 1)
}

// verdicts are what schemas and decoder find wrong in two files.
type verdicts struct {
	config, rules []string
	decoder       strict.Mistakes
}

func judgements(t *testing.T, config, ruleFile string) (v verdicts) {
	t.Helper()
	dir := t.TempDir()
	for name, text := range map[string]string{"presswatch.yaml": config, "rules.yaml": ruleFile} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	_, v.decoder = configs.Load(filepath.Join(dir, "presswatch.yaml"))
	v.config = validate(schema(t, "presswatch.schema.json"), value(t, config), "config")
	v.rules = validate(schema(t, "rules.schema.json"), value(t, ruleFile), "rules")
	return v
}

func TestShapesSpeakOfTypesThatThereAre(t *testing.T) {
	var met []string
	r := reflector{comments: comments{root: "../..", fields: map[string]map[string]string{}}, shapes: map[string]node{}}
	for name, shape := range shapes() {
		r.shapes[name] = laid(shape, node{"met": name})
	}
	for _, of := range []func() (node, error){
		func() (node, error) { return r.of(configType()) },
		func() (node, error) { return r.of(rules.FileType()) },
		func() (node, error) { return r.of(facts.FileType()) },
	} {
		schema, err := of()
		if err != nil {
			t.Fatal(err)
		}
		text, err := printed(schema)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range regexp.MustCompile(`"met": "([^"]+)"`).FindAllStringSubmatch(string(text), -1) {
			met = append(met, m[1])
		}
	}
	for name := range shapes() {
		if !slices.Contains(met, name) {
			t.Errorf("there is no %s any more", name)
		}
	}
}
