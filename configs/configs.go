// Package configs reads what people edit: one configuration file, the rule files
// it names, and nothing else. It composes the configuration that each room
// defines for itself, checks what concerns several rooms, and tells every
// mistake of every file at once.
//
// The shipped configuration lies beside this file, and is embedded: the demo
// runs on the same rules that a desk would install.
//
// Invariants: Load returns either a Config without a mistake or all mistakes;
// relative paths are relative to the configuration file; a secret is named here
// and never held.
package configs

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"presswatch/rules"
	"presswatch/rules/facts"
	"presswatch/store/upkeep"
	"presswatch/watcher"
	"presswatch/watcher/digest"
	"presswatch/watcher/extract"
	"presswatch/watcher/feed"
	"presswatch/watcher/metrics"
	"presswatch/watcher/same"
	"presswatch/watcher/schedule"
	"presswatch/watcher/slack"
	"presswatch/watcher/strict"
)

// Shipped holds presswatch.yaml and rules/*.yaml as they are installed.
//
//go:embed presswatch.yaml rules/*.yaml
var Shipped embed.FS

// Config is the whole configuration, checked.
type Config struct {
	Timezone schedule.Zone    `yaml:"timezone"` // of digests and of times in messages; default UTC
	Database string           `yaml:"database"` // path of the store; default presswatch.db
	Contact  string           `yaml:"contact"`  // goes into the User-Agent: mailto: or https:
	RuleGlob []string         `yaml:"rules"`    // patterns of rule files
	Network  feed.Config      `yaml:"network"`  // what may be reached, and how patiently
	Zones    extract.Marks    `yaml:"zones"`    // marks in plain text, for every source
	Sources  []watcher.Source `yaml:"sources"`  // publishers' editions: feeds, and how pages are read
	Slack    slack.Config     `yaml:"slack"`    // how messages are posted; without a token or webhook they are printed
	Digests  []digest.Config  `yaml:"digests"`  // who is told what, and when
	// OpsChannel is told once what an operator must mend, such as a changed
	// configuration with mistakes.
	OpsChannel string           `yaml:"ops_channel"`
	Backup     upkeep.Backup    `yaml:"backup"`    // scheduled copies of the store; without it none are made
	Retention  upkeep.Retention `yaml:"retention"` // which texts are forgotten; without it none
	Metrics    metrics.Config   `yaml:"metrics"`   // where figures and health are served, on loopback; without it nowhere

	Path  string     `yaml:"-"` // the configuration file
	Dir   string     `yaml:"-"` // its folder
	Rules *rules.Set `yaml:"-"` // the compiled rules of all files
	Facts *facts.Set `yaml:"-"` // the compiled kinds of facts of all files
	Words same.Words `yaml:"-"` // by which reports of one happening are compared, from the vocabularies of all files
}

// Load reads the configuration file at path and the rule files it names.
func Load(path string) (*Config, strict.Mistakes) {
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, strict.Mistakes{unreadable(path, err)}
	}
	c := &Config{Database: "presswatch.db", Path: path, Dir: filepath.Dir(path)}
	doc, mistakes := strict.Read(strict.File{Name: path, Data: data}, c)
	files, more := c.ruleFiles(doc)
	mistakes = append(mistakes, more...)
	c.Rules, more = rules.Load(files, c.known())
	if c.Words = wordsOf(files); c.Rules != nil {
		var wrong strict.Mistakes
		if c.Facts, wrong = facts.Load(files, c.Rules); c.Facts != nil {
			wrong = c.Rules.CheckGates(c.Facts.Ladder)
		}
		more = append(more, wrong...)
	}
	mistakes = append(mistakes, more...)
	mistakes = append(mistakes, c.across(doc)...)
	if len(mistakes) > 0 {
		mistakes.Sort()
		return nil, mistakes
	}
	if !filepath.IsAbs(c.Database) {
		c.Database = filepath.Join(c.Dir, c.Database)
	}
	return c, nil
}

// unreadable tells of a file that cannot be opened.
func unreadable(path string, err error) strict.Mistake {
	hint := ""
	switch {
	case errors.Is(err, fs.ErrNotExist):
		hint = "name another file with --config PATH"
	case errors.Is(err, fs.ErrPermission):
		hint = "the user that runs presswatch must be allowed to read it"
	}
	var pe *fs.PathError
	if errors.As(err, &pe) {
		err = pe.Err
	}
	return strict.Mistake{File: path, Line: 1, Column: 1, Message: "cannot be read: " + err.Error(), Hint: hint}
}

// ruleFiles reads the files that the patterns of key rules find.
func (c *Config) ruleFiles(doc *strict.Document) (files []strict.File, mistakes strict.Mistakes) {
	if len(c.RuleGlob) == 0 {
		return nil, strict.Mistakes{doc.Mistake("rules", "no rule files are named", "such as rules: [rules/*.yaml]")}
	}
	seen := map[string]bool{}
	for i, pattern := range c.RuleGlob {
		at := fmt.Sprintf("rules.%d", i)
		if !filepath.IsAbs(pattern) {
			pattern = filepath.Join(c.Dir, pattern)
		}
		paths, err := filepath.Glob(pattern)
		if err != nil || len(paths) == 0 {
			mistakes = append(mistakes, doc.Mistake(at, "no file matches "+pattern, "relative paths are relative to the configuration file"))
		}
		slices.Sort(paths)
		for _, path := range paths {
			if seen[path] {
				continue
			}
			seen[path] = true
			data, err := os.ReadFile(path)
			if err != nil {
				mistakes = append(mistakes, unreadable(path, err))
				continue
			}
			files = append(files, strict.File{Name: path, Data: data}.Parsed())
		}
	}
	return files, mistakes
}

// known is what rules may name: sources, publishers and languages.
func (c *Config) known() rules.Known {
	k := rules.Known{ReadFile: os.ReadFile}
	for _, s := range c.Sources {
		k.Sources = append(k.Sources, s.ID)
		k.Publishers = append(k.Publishers, s.Publisher)
		k.Languages = append(k.Languages, s.Language)
	}
	return k
}

// Setup is what a Watcher runs on.
func (c *Config) Setup() *watcher.Setup {
	return &watcher.Setup{
		Sources: c.Sources, Marks: c.Zones, Rules: c.Rules, Facts: c.Facts, Words: c.Words, Digests: c.Digests, Zone: c.Zone(), OpsChannel: c.OpsChannel,
		Upkeep: upkeep.Config{Backup: c.Backup.In(c.Dir), Retention: c.Retention},
	}
}

// Zone is the time zone of digests and messages.
func (c *Config) Zone() *time.Location {
	if zone := c.Timezone.Location(); zone != nil {
		return zone
	}
	return time.UTC
}

// UserAgent is what the client calls itself at publishers.
func (c *Config) UserAgent(version string) string {
	return fmt.Sprintf("presswatch/%s (+%s)", version, strings.TrimSpace(c.Contact))
}
