// Package strict decodes YAML the way a person wants to be told of mistakes:
// all of them at once, each at its file, line and column, with the line, a
// caret and a hint, in the words of the product and never of Go.
//
//	rules/harbours.yaml:6:11: unknown key "anny" (did you mean "any"?)
//	      anny: [quay]
//	      ^
//
// A room owns its configuration as a plain struct with `yaml:"key"` tags, its
// defaults filled in before decoding. Scalars with a syntax of their own
// implement encoding.TextUnmarshaler; a value that may have several shapes
// implements NodeUnmarshaler; what concerns several keys is a Checker. An error
// with a method Hint() string brings a line of advice. A value that must be
// judged later, when other files are known, is a Scalar: it remembers where
// each of its bytes stands in the file.
//
// Anchors and aliases are refused: they hide where a value stands, and a file
// of a few lines can unfold to gigabytes.
//
// Alternatives considered: the library's own decoder with known fields (names
// Go types, gives no column, mixes three error types); a JSON Schema validator
// at run time (good at shapes, mute on meaning, and a second truth beside the
// structs).
package strict

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"reflect"
	"slices"
	"strconv"
	"strings"

	yaml "go.yaml.in/yaml/v4"
)

// File is a YAML file as read: Name is what mistakes call it.
type File struct {
	Name   string
	Data   []byte
	parsed *parsed // nil: not yet
}

// Parsed is the file with its YAML parsed, which is most of the work of reading it:
// for one that several rooms read, each its own keys. Mistakes are still told by
// those that read it.
func (f File) Parsed() File {
	f.parsed = parse(f)
	return f
}

// parsed is the value that a file is made of, nil where there is none.
type parsed struct {
	file     *sourceText
	root     *yaml.Node
	mistakes Mistakes
}

// NodeUnmarshaler is implemented by values that accept several shapes.
type NodeUnmarshaler interface {
	UnmarshalNode(n *yaml.Node, report func(n *yaml.Node, message, hint string))
}

// Concealer is implemented by values whose text must not be shown: mistakes at
// them come without the line of the file.
type Concealer interface {
	NodeUnmarshaler
	Conceal()
}

// Checker is implemented by structs whose keys depend on each other. Check is
// called once all keys are decoded without a mistake. A key is a path from the
// struct ("hosts", "sources.2.id"); "" stands for the struct itself.
type Checker interface {
	Check(report func(key, message, hint string))
}

// Decode reads the file into the struct that into points to. Keys that the file
// does not name keep their values. It returns every mistake in the order of the
// file; into holds whatever could be read.
func Decode(f File, into any) Mistakes {
	_, mistakes := Read(f, into)
	return mistakes
}

// Read decodes as Decode does, and returns the document too, for mistakes that
// show only when other files are known.
func Read(f File, into any) (*Document, Mistakes) {
	p := f.parsed
	if p == nil {
		p = parse(f)
	}
	d := &decoder{file: p.file, mistakes: slices.Clone(p.mistakes)}
	if p.root != nil {
		d.value(p.root, reflect.ValueOf(into).Elem(), "")
	}
	d.mistakes.Sort()
	return &Document{file: p.file, root: p.root}, d.mistakes
}

func parse(f File) *parsed {
	d := &decoder{file: newText(f)}
	root := d.parse(f.Data)
	return &parsed{d.file, root, d.mistakes}
}

// Document is a decoded file that knows where its values stand.
type Document struct {
	file *sourceText
	root *yaml.Node
}

// Mistake tells of something wrong at a path of keys and list indices, such as
// "digests.0.rules.1"; a path that leads nowhere stands for the nearest value
// above it.
func (d *Document) Mistake(path, message, hint string) Mistake {
	if d.root == nil {
		return d.file.mistake(1, 1, message, hint)
	}
	at := locate(d.root, path)
	return d.file.mistake(at.Line, at.Column, message, hint)
}

// locate walks down a path as far as it leads.
func locate(n *yaml.Node, path string) *yaml.Node {
	for step := range strings.SplitSeq(path, ".") {
		next := child(n, step)
		if next == nil {
			return n
		}
		n = next
	}
	return n
}

func child(n *yaml.Node, step string) *yaml.Node {
	switch n.Kind {
	case yaml.MappingNode:
		for i := 0; i+1 < len(n.Content); i += 2 {
			if n.Content[i].Value == step {
				return n.Content[i+1]
			}
		}
	case yaml.SequenceNode:
		if i, err := strconv.Atoi(step); err == nil && i >= 0 && i < len(n.Content) {
			return n.Content[i]
		}
	}
	return nil
}

type decoder struct {
	file     *sourceText
	mistakes Mistakes
}

func (d *decoder) report(n *yaml.Node, message, hint string) {
	d.mistakes = append(d.mistakes, d.file.mistake(n.Line, n.Column, message, hint))
}

func (d *decoder) reportConcealed(n *yaml.Node, message, hint string) {
	d.report(n, message, hint)
	d.mistakes[len(d.mistakes)-1].Source = ""
}

// parse returns the root value of the file's only document, nil for none.
func (d *decoder) parse(data []byte) *yaml.Node {
	loader, err := yaml.NewLoader(bytes.NewReader(data))
	if err != nil {
		d.syntax(err)
		return nil
	}
	var doc, more yaml.Node
	if err := loader.Load(&doc); err != nil {
		if !errors.Is(err, io.EOF) {
			d.syntax(err)
		}
		return nil
	}
	if err := loader.Load(&more); err == nil {
		d.report(&more, "a second YAML document", "one file is one document: remove the line ---, or split the file")
	} else if !errors.Is(err, io.EOF) {
		d.syntax(err)
		return nil
	}
	if len(doc.Content) == 0 {
		return nil
	}
	return doc.Content[0]
}

// syntax tells an error of the YAML parser, at the place it names.
func (d *decoder) syntax(err error) {
	line, column, message := 1, 1, err.Error()
	var one *yaml.LoadError
	var many *yaml.LoadErrors
	if errors.As(err, &many) && len(many.Errors) > 0 {
		one = many.Errors[0]
	}
	if one != nil || errors.As(err, &one) {
		message = one.Message
		if one.Mark.Line > 0 {
			line, column = one.Mark.Line, one.Mark.Column
		}
		if one.ContextMsg != "" {
			message = fmt.Sprintf("%s (%s that began on line %d)", message, one.ContextMsg, one.ContextMark.Line)
		}
	}
	d.mistakes = append(d.mistakes, d.file.mistake(line, column, "not YAML: "+message, ""))
}
