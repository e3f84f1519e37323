package configs

import (
	"presswatch/watcher/same"
	"presswatch/watcher/strict"
)

// wordsOf gathers the vocabularies of the rule files by which reports of one
// happening are compared. It tells no mistakes: the rules' reader tells all of
// them, and a configuration with mistakes is not used.
func wordsOf(files []strict.File) same.Words {
	all := same.Vocabularies{}
	for _, file := range files {
		var rules struct {
			Vocabulary same.Vocabularies `yaml:"vocabulary"`
			Rules      strict.Elsewhere  `yaml:"rules"`
			Facts      strict.Elsewhere  `yaml:"facts"`
		}
		strict.Decode(file, &rules)
		for name, languages := range rules.Vocabulary {
			if all[name] == nil {
				all[name] = map[string][]string{}
			}
			for language, terms := range languages {
				all[name][language] = append(all[name][language], terms...)
			}
		}
	}
	return same.WordsOf(all)
}
