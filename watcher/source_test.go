package watcher_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"presswatch/watcher"
	"presswatch/watcher/strict"
)

const goodSource = "id: a\nlanguage: en\nhosts: [a.example]\nfeeds: [{url: \"https://a.example/feed\", schedule: \"@every 10m\"}]\n"

func TestMistakesInASourceAreTold(t *testing.T) {
	for _, tt := range []struct{ name, old, new, want string }{
		{"none", "", "", ""},
		{"no id", "id: a\n", "", "s.yaml:1:1: a source needs an id without spaces and slashes"},
		{"an id with a space", "id: a", "id: a b", "s.yaml:1:5: a source needs an id without spaces and slashes"},
		{"no language", "language: en\n", "", "s.yaml:1:1: a source needs the language of its texts"},
		{"no hosts", "hosts: [a.example]\n", "", "s.yaml:1:1: a source needs the hosts of its articles"},
		{"an address for a host", "[a.example]", "[https://a.example/]", `s.yaml:3:8: "https://a.example/" is an address, not a host`},
		{"no feeds", "feeds: [{url: \"https://a.example/feed\", schedule: \"@every 10m\"}]\n", "", "s.yaml:1:1: a source needs at least one feed"},
		{"a feed without an address", `{url: "https://a.example/feed", `, "{", `s.yaml:4:9: a feed needs an address that begins with https:// or http://, not ""`},
		{"a feed without a schedule", `, schedule: "@every 10m"`, "", "s.yaml:4:9: a feed needs a schedule"},
		{"a pattern that is none", "id: a\n", "id: a\nidentity: '('\n", "s.yaml:2:11: bad identity pattern: error parsing regexp: missing closing ): `(`"},
		{"a pattern without a number", "id: a\n", "id: a\nidentity: 'x'\n", "s.yaml:2:11: an identity pattern needs a group (?P<number>…)"},
		{"a bad baseline", "id: a\n", "id: a\nbaseline: soon\n", `s.yaml:2:11: bad baseline "soon": a duration such as 48h, 0s for none of the first poll, or all`},
		{"a baseline in days", "id: a\n", "id: a\nbaseline: 3d\n", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var s watcher.Source
			text := strings.Replace(goodSource, tt.old, tt.new, 1)
			got := strict.Decode(strict.File{Name: "s.yaml", Data: []byte(text)}, &s).Error()
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}
