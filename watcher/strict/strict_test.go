package strict_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"presswatch/watcher/strict"
)

type even int

func (e *even) UnmarshalText(b []byte) error {
	if _, err := fmt.Sscan(string(b), (*int)(e)); err != nil || *e%2 != 0 {
		return oddError(b)
	}
	return nil
}

type oddError string

func (o oddError) Error() string { return fmt.Sprintf("%q is not an even number", string(o)) }
func (o oddError) Hint() string  { return "try 2" }

type desk struct {
	Name    string            `yaml:"name"`
	Wait    time.Duration     `yaml:"wait"`
	Loud    bool              `yaml:"loud"`
	Most    int               `yaml:"most"`
	Seats   even              `yaml:"seats"`
	Rooms   []room            `yaml:"rooms"`
	Words   map[string]string `yaml:"words"`
	Lamp    *room             `yaml:"lamp"`
	Query   strict.Scalar     `yaml:"query"`
	address `yaml:",inline"`
}

type address struct {
	Street string `yaml:"street"`
}

type room struct {
	ID string `yaml:"id"`
}

func (r room) Check(report func(key, message, hint string)) {
	if r.ID == "" {
		report("", "a room needs an id", "add id: …")
	}
	if r.ID == "attic" {
		report("id", "the attic is closed", "")
	}
}

func TestAWholeFileIsRead(t *testing.T) {
	got := desk{Most: 7}
	ms := strict.Decode(strict.File{Name: "d.yaml", Data: []byte("\ufeffname: Desk\nwait: 2d\nloud: true\nseats: 4\nrooms:\n- {id: a}\n- id: b\nwords: {x: y}\nlamp: {id: l}\nstreet: Main\n")}, &got)
	want := desk{Name: "Desk", Wait: 48 * time.Hour, Loud: true, Most: 7, Seats: 4, Rooms: []room{{"a"}, {"b"}},
		Words: map[string]string{"x": "y"}, Lamp: &room{"l"}, address: address{"Main"}}
	if len(ms) > 0 {
		t.Fatal(ms.Report())
	}
	if diff := cmp.Diff(want, got, cmp.AllowUnexported(desk{}, strict.Scalar{}), cmp.Comparer(func(a, b strict.Scalar) bool { return a.Value == b.Value })); diff != "" {
		t.Error(diff)
	}
}

func TestMistakesAreToldAtTheirPlace(t *testing.T) {
	for _, tt := range []struct{ name, yaml, want string }{
		{"an unknown key near a known one", "nmae: x", `d.yaml:1:1: unknown key "nmae" (did you mean "name"?)`},
		{"an unknown key near none", "zzzzz: x", `d.yaml:1:1: unknown key "zzzzz"`},
		{"a key twice", "name: x\nname: y", `d.yaml:2:1: key "name" stands here twice`},
		{"a list for a text", "name: [x]", "d.yaml:1:7: key name wants a text, not a list"},
		{"a text for a list", "rooms: x", `d.yaml:1:8: key rooms wants a list, not "x"`},
		{"a text for keys", "lamp: x", `d.yaml:1:7: key lamp wants keys, not "x"`},
		{"a list for a file", "- x", "d.yaml:1:1: the file wants keys, not a list"},
		{"no value", "name:", "d.yaml:1:6: key name has no value"},
		{"a bad duration", "wait: 10x", `d.yaml:1:7: bad duration "10x": a number and a unit, such as 30s, 10m, 48h or 7d`},
		{"a negative duration", "wait: -1s", `d.yaml:1:7: bad duration "-1s": a number and a unit, such as 30s, 10m, 48h or 7d`},
		{"a bad number", "most: many", `d.yaml:1:7: key most is a whole number, not "many"`},
		{"a bad truth", "loud: yes", `d.yaml:1:7: key loud is true or false, not "yes"`},
		{"a type's own mistake", "seats: 3", `d.yaml:1:8: "3" is not an even number`},
		{"a struct's own mistake", "rooms:\n- {}", "d.yaml:2:3: a room needs an id"},
		{"a struct's mistake at a key", "rooms:\n- id: attic", "d.yaml:2:7: the attic is closed"},
		{"an alias", "name: &n x\nstreet: *n", "d.yaml:1:7: anchors and aliases are not read here\nd.yaml:2:9: anchors and aliases are not read here"},
		{"two documents", "name: x\n---\nname: y", "d.yaml:2:1: a second YAML document"},
		{"a tab", "name: x\n\twait: 1s", "d.yaml:2:1: not YAML: found a tab character that violates indentation (while scanning a plain scalar that began on line 1)"},
		{"bytes that are no text", "\xff: x", "d.yaml:1:1: not YAML: invalid leading UTF-8 octet (value: 255)"},
		{"all at once, in order", "most: x\nwait: y\nnmae: z", "d.yaml:1:7: key most is a whole number, not \"x\"\n" +
			"d.yaml:2:7: bad duration \"y\": a number and a unit, such as 30s, 10m, 48h or 7d\nd.yaml:3:1: unknown key \"nmae\" (did you mean \"name\"?)"},
		{"nothing at all is no mistake", "", ""},
		{"a comment alone is no mistake", "# x\n", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var into desk
			got := strict.Decode(strict.File{Name: "d.yaml", Data: []byte(tt.yaml)}, &into).Error()
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestAReportShowsLineCaretAndHint(t *testing.T) {
	var into desk
	ms := strict.Decode(strict.File{Name: "d.yaml", Data: []byte("name: Bàn\n# é\nseats: 3\n")}, &into)
	want := "d.yaml:3:8: \"3\" is not an even number\n    seats: 3\n           ^\n    hint: try 2"
	if diff := cmp.Diff(want, ms.Report()); diff != "" {
		t.Error(diff)
	}
}

func TestADocumentKnowsWhereAPathLeads(t *testing.T) {
	var into desk
	doc, ms := strict.Read(strict.File{Name: "d.yaml", Data: []byte("name: x\nrooms:\n- id: a\n- id: b\n")}, &into)
	if len(ms) > 0 {
		t.Fatal(ms.Report())
	}
	for path, want := range map[string]string{
		"rooms.1.id": "d.yaml:4:7: here", "rooms.1": "d.yaml:4:3: here", "rooms.7.id": "d.yaml:3:1: here", "": "d.yaml:1:1: here",
	} {
		if got := doc.Mistake(path, "here", "").Error(); got != want {
			t.Errorf("%q leads to %s, want %s", path, got, want)
		}
	}
}

func TestAScalarKnowsWhereItsBytesStand(t *testing.T) {
	const mark = "ICI"
	for _, tt := range []struct{ name, yaml string }{
		{"plain", "query: a é ICI"},
		{"plain over two lines", "query: a\n  é ICI"},
		{"single quotes", "query: 'a é ICI'"},
		{"single quotes, doubled inside", "query: 'l''é ICI'"},
		{"a mark in doubled quotes", "query: 'x ''ICI'''"},
		{"double quotes with escapes", `query: "a \"é\" \u00e9\x41 ICI"`},
		{"double quotes, folded", "query: \"a\n   b\\\n   c ICI\""},
		{"literal", "query: |\n  a\n    é\n  ICI"},
		{"literal, first", "query: |\n  ICI a"},
		{"folded", "query: >-\n  a\n  b\n\n  é ICI\n"},
		{"in a flow", "{name: x, query: é ICI}"},
		{"with carriage returns", "name: x\r\nquery: ICI\r\n"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var into desk
			if ms := strict.Decode(strict.File{Name: "d.yaml", Data: []byte(tt.yaml)}, &into); len(ms) > 0 {
				t.Fatal(ms.Report())
			}
			m := into.Query.Mistake(strings.Index(into.Query.Value, mark), "here", "")
			line := []rune(strings.Split(tt.yaml, "\n")[m.Line-1])
			if got := string(line[m.Column-1:]); !strings.HasPrefix(got, mark) {
				t.Errorf("mistake at %d:%d stands before %q", m.Line, m.Column, got)
			}
		})
	}
}

func FuzzDecodeNeverPanics(f *testing.F) {
	f.Add([]byte("query: \"a \\u00e9\"\nrooms:\n- id: x\n"), 3)
	f.Add([]byte("query: >-\n  a\n\n  b\n"), 1)
	f.Add([]byte("query: 'l''a'"), 2)
	f.Fuzz(func(t *testing.T, data []byte, offset int) {
		var into desk
		for _, m := range strict.Decode(strict.File{Name: "f.yaml", Data: data}, &into) {
			if m.Line < 1 || m.Column < 1 || m.Report() == "" {
				t.Errorf("bad place: %+v", m)
			}
		}
		into.Query.Mistake(offset, "m", "")
	})
}
