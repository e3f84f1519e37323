package strict

import (
	"encoding"
	"errors"
	"fmt"
	"reflect"
	"strconv"
	"strings"
	"time"

	yaml "go.yaml.in/yaml/v4"
)

// value decodes a node into v; name is what messages call the value ("key
// timeout"), "" for the file as a whole.
func (d *decoder) value(n *yaml.Node, v reflect.Value, name string) {
	if n.Kind == yaml.AliasNode || n.Anchor != "" {
		d.report(n, "anchors and aliases are not read here", "write the value out where it is used")
		return
	}
	if v.Kind() == reflect.Pointer {
		fresh := reflect.New(v.Type().Elem())
		d.value(n, fresh.Elem(), name)
		v.Set(fresh)
		return
	}
	if d.custom(n, v, name) {
		return
	}
	if n.Tag == "!!null" {
		d.report(n, described(name)+" has no value", "give it one, or remove the key to have the default")
		return
	}
	switch v.Kind() {
	case reflect.Struct:
		d.structure(n, v, name)
	case reflect.Map:
		d.mapping(n, v, name)
	case reflect.Slice:
		d.list(n, v, name)
	default:
		d.scalar(n, v, name)
	}
}

// custom decodes types that know their own syntax and reports whether v is one.
func (d *decoder) custom(n *yaml.Node, v reflect.Value, name string) bool {
	if !v.CanAddr() {
		return false
	}
	switch into := v.Addr().Interface().(type) {
	case *Scalar:
		if d.isScalar(n, name, "a text") {
			*into = Scalar{Value: d.file.verbatim(n), file: d.file, line: n.Line, column: n.Column, style: n.Style}
		}
	case Concealer:
		into.UnmarshalNode(n, d.reportConcealed)
	case NodeUnmarshaler:
		into.UnmarshalNode(n, d.report)
	case *time.Duration:
		if d.isScalar(n, name, "a duration such as 30s, 10m or 48h") {
			d.parsed(n, func(s string) (err error) { *into, err = Duration(s); return err })
		}
	case encoding.TextUnmarshaler:
		if d.isScalar(n, name, "a text") {
			d.parsed(n, func(s string) error { return into.UnmarshalText([]byte(s)) })
		}
	default:
		return false
	}
	return true
}

func (d *decoder) parsed(n *yaml.Node, parse func(string) error) {
	err := parse(n.Value)
	if err == nil {
		return
	}
	hint := ""
	var hinter interface{ Hint() string }
	if errors.As(err, &hinter) {
		hint = hinter.Hint()
	}
	d.report(n, err.Error(), hint)
}

func (d *decoder) structure(n *yaml.Node, v reflect.Value, name string) {
	if n.Kind != yaml.MappingNode {
		d.report(n, fmt.Sprintf("%s wants keys, not %s", described(name), shape(n)), "known keys: "+strings.Join(keysOf(v.Type()), ", "))
		return
	}
	before := len(d.mistakes)
	seen := map[string]*yaml.Node{}
	for i := 0; i+1 < len(n.Content); i += 2 {
		key, val := n.Content[i], n.Content[i+1]
		if !d.onlyOnce(seen, key, val) {
			continue
		}
		field, ok := fieldFor(v, key.Value)
		if !ok {
			d.unknown(key, keysOf(v.Type()))
			continue
		}
		d.value(val, field, "key "+key.Value)
	}
	d.check(n, v, before)
}

func (d *decoder) check(n *yaml.Node, v reflect.Value, before int) {
	checker, ok := v.Addr().Interface().(Checker)
	if !ok || len(d.mistakes) > before {
		return
	}
	checker.Check(func(key, message, hint string) {
		d.report(locate(n, key), message, hint)
	})
}

func (d *decoder) mapping(n *yaml.Node, v reflect.Value, name string) {
	if n.Kind != yaml.MappingNode {
		d.report(n, fmt.Sprintf("%s wants keys, not %s", described(name), shape(n)), "")
		return
	}
	if v.IsNil() {
		v.Set(reflect.MakeMap(v.Type()))
	}
	seen := map[string]*yaml.Node{}
	for i := 0; i+1 < len(n.Content); i += 2 {
		key, val := n.Content[i], n.Content[i+1]
		if !d.onlyOnce(seen, key, val) {
			continue
		}
		elem := reflect.New(v.Type().Elem()).Elem()
		d.value(val, elem, "key "+key.Value)
		v.SetMapIndex(reflect.ValueOf(key.Value).Convert(v.Type().Key()), elem)
	}
}

func (d *decoder) list(n *yaml.Node, v reflect.Value, name string) {
	if n.Kind != yaml.SequenceNode {
		d.report(n, fmt.Sprintf("%s wants a list, not %s", described(name), shape(n)), "write it as [one, two] or with a line \"- one\" for each")
		return
	}
	out := reflect.MakeSlice(v.Type(), len(n.Content), len(n.Content))
	for i, item := range n.Content {
		d.value(item, out.Index(i), name)
	}
	v.Set(out)
}

func (d *decoder) scalar(n *yaml.Node, v reflect.Value, name string) {
	switch v.Kind() {
	case reflect.String:
		if d.isScalar(n, name, "a text") {
			v.SetString(d.file.verbatim(n))
		}
	case reflect.Bool:
		if !d.isScalar(n, name, "true or false") {
			return
		}
		if n.Value != "true" && n.Value != "false" {
			d.report(n, fmt.Sprintf("%s is true or false, not %q", described(name), n.Value), "")
			return
		}
		v.SetBool(n.Value == "true")
	case reflect.Int, reflect.Int64:
		if !d.isScalar(n, name, "a whole number") {
			return
		}
		i, err := strconv.ParseInt(n.Value, 10, 64)
		if err != nil {
			d.report(n, fmt.Sprintf("%s is a whole number, not %q", described(name), n.Value), "")
			return
		}
		v.SetInt(i)
	default:
		panic("strict: no YAML for " + v.Type().String()) // a programming error, seen by the first test that decodes it
	}
}

func (d *decoder) isScalar(n *yaml.Node, name, want string) bool {
	if n.Kind == yaml.ScalarNode && n.Tag != "!!null" {
		return true
	}
	d.report(n, fmt.Sprintf("%s wants %s, not %s", described(name), want, shape(n)), "")
	return false
}

// onlyOnce notes a key and its value, and reports a key said twice.
func (d *decoder) onlyOnce(seen map[string]*yaml.Node, key, val *yaml.Node) bool {
	if _, twice := seen[key.Value]; twice {
		d.report(key, fmt.Sprintf("key %q stands here twice", key.Value), "keep one of them")
		return false
	}
	seen[key.Value] = val
	return true
}

func (d *decoder) unknown(key *yaml.Node, known []string) {
	message := fmt.Sprintf("unknown key %q", key.Value)
	if near := Nearest(key.Value, known); near != "" {
		message += fmt.Sprintf(" (did you mean %q?)", near)
	}
	d.report(key, message, "known keys: "+strings.Join(known, ", "))
}

func described(name string) string {
	if name == "" {
		return "the file"
	}
	return name
}

// shape names what stands at a node, for messages.
func shape(n *yaml.Node) string {
	switch {
	case n.Kind == yaml.SequenceNode:
		return "a list"
	case n.Kind == yaml.MappingNode:
		return "keys"
	case n.Tag == "!!null":
		return "nothing"
	}
	return strconv.Quote(n.Value)
}
