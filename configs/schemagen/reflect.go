package main

import (
	"encoding"
	"fmt"
	"reflect"
	"strings"

	"presswatch/watcher/strict"
)

// node is a schema, or a part of one, as it will stand in the file.
type node = map[string]any

// reflector derives schemas from types as package strict decodes them.
type reflector struct {
	comments comments
	// shapes say what types cannot, by the name reflect gives them. On a struct it
	// is laid over what its fields say; anything else it replaces.
	shapes map[string]node
}

// of is the schema of a type.
func (r reflector) of(t reflect.Type) (node, error) {
	if t.Kind() == reflect.Pointer {
		return r.of(t.Elem())
	}
	shape, shaped := r.shapes[t.String()]
	if t.Kind() == reflect.Struct && !decodesItself(t) {
		return r.object(t, shape)
	}
	if shaped {
		return laid(node{}, shape), nil
	}
	if reflect.PointerTo(t).Implements(reflect.TypeFor[strict.NodeUnmarshaler]()) {
		return nil, fmt.Errorf("%s takes several shapes, and shapes.go does not know them", t)
	}
	if decodesItself(t) {
		return node{"type": "string"}, nil
	}
	return r.plain(t)
}

// elsewhere completes the schema of a file that two rooms read with the keys of the
// other one: what one takes unseen the other describes.
func (r *reflector) elsewhere(schema node, other reflect.Type) error {
	theirs, err := r.of(other)
	if err != nil {
		return err
	}
	own := schema["properties"].(node)
	for key, value := range theirs["properties"].(node) {
		if _, open := own[key].(node)["type"]; !open {
			own[key] = value
		}
	}
	return nil
}

// decodesItself reports whether a type has a syntax of its own.
func decodesItself(t reflect.Type) bool {
	p := reflect.PointerTo(t)
	return t == reflect.TypeFor[strict.Scalar]() || p.Implements(reflect.TypeFor[strict.NodeUnmarshaler]()) ||
		p.Implements(reflect.TypeFor[encoding.TextUnmarshaler]())
}

func (r reflector) plain(t reflect.Type) (node, error) {
	switch t.Kind() {
	case reflect.String:
		return anyText(), nil
	case reflect.Bool:
		return node{"type": "boolean"}, nil
	case reflect.Int, reflect.Int64:
		return node{"type": "integer"}, nil
	case reflect.Slice:
		items, err := r.of(t.Elem())
		return node{"type": "array", "items": items}, err
	case reflect.Map:
		values, err := r.of(t.Elem())
		return node{"type": "object", "additionalProperties": values}, err
	}
	return nil, fmt.Errorf("there is no YAML for %s", t)
}

// anyText is a text, which YAML lets people write without quotes: the decoder
// takes 2025 and true for the texts that they are.
func anyText() node { return node{"type": []string{"string", "number", "boolean"}} }

// object is the schema of a struct: its keys, and no others.
func (r reflector) object(t reflect.Type, shape node) (node, error) {
	properties := node{}
	if err := r.keys(t, properties); err != nil {
		return nil, err
	}
	schema := laid(node{"type": "object", "properties": properties, "additionalProperties": false}, shape)
	for key := range schema["properties"].(node) {
		if properties[key] == nil {
			return nil, fmt.Errorf("shapes.go speaks of the key %s, which %s does not have", key, t)
		}
	}
	return schema, nil
}

// keys adds the schemas of a struct's fields, those of inlined structs too.
func (r reflector) keys(t reflect.Type, properties node) error {
	for i := range t.NumField() {
		field := t.Field(i)
		name, options, _ := strings.Cut(field.Tag.Get("yaml"), ",")
		if options == "inline" {
			if err := r.keys(field.Type, properties); err != nil {
				return err
			}
			continue
		}
		if name == "" || name == "-" {
			continue
		}
		schema, err := r.of(field.Type)
		if err != nil {
			return fmt.Errorf("%s.%s: %w", t, field.Name, err)
		}
		comment, err := r.comments.of(t, field.Name)
		if err != nil {
			return err
		}
		if comment != "" {
			// A comment that begins with the field's name means the key.
			if rest, ok := strings.CutPrefix(comment, field.Name); ok && strings.ContainsAny(rest[:min(1, len(rest))], " :") {
				comment = name + rest
			}
			schema["description"] = comment
		}
		properties[name] = schema
	}
	return nil
}

// laid is a schema with another laid over it: objects are joined key by key,
// everything else is replaced. Neither is changed.
func laid(under, over node) node {
	out := node{}
	for k, v := range under {
		out[k] = v
	}
	for k, v := range over {
		below, ok := out[k].(node)
		above, also := v.(node)
		if also {
			v = laid(below, above)
		}
		if ok && !also {
			panic("schemagen: " + k + " is an object below and none above") // a programming error, seen by every test
		}
		out[k] = v
	}
	return out
}
