package configs

import (
	"os"
	"path/filepath"
	"slices"

	"presswatch/rules"
	"presswatch/watcher/strict"
)

// OtherRules compiles the rule files of a folder (*.yaml, *.yml) in place of the
// configuration's own: for a look at what changed rules would say. They know the
// configuration's sources; what its digests ask for they need not have.
func (c *Config) OtherRules(folder string) (*rules.Set, strict.Mistakes) {
	entries, err := os.ReadDir(folder)
	if err != nil {
		return nil, strict.Mistakes{unreadable(folder, err)}
	}
	var files []strict.File
	var mistakes strict.Mistakes
	for _, e := range entries {
		if e.IsDir() || !slices.Contains([]string{".yaml", ".yml"}, filepath.Ext(e.Name())) {
			continue
		}
		path := filepath.Join(folder, e.Name())
		data, err := os.ReadFile(path)
		if err != nil {
			mistakes = append(mistakes, unreadable(path, err))
			continue
		}
		files = append(files, strict.File{Name: path, Data: data})
	}
	if len(files) == 0 && len(mistakes) == 0 {
		return nil, strict.Mistakes{{File: folder, Line: 1, Column: 1, Message: "no rule files are here", Hint: "a folder with *.yaml files is wanted"}}
	}
	set, more := rules.Load(files, c.known())
	if mistakes = append(mistakes, more...); len(mistakes) > 0 {
		return nil, mistakes
	}
	return set, nil
}
