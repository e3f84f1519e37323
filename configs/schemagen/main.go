// Command schemagen writes the JSON Schemas of the configuration and of rule
// files, by which an editor completes and checks the YAML:
//
//	cd configs && go generate
//
// They are derived from the same structs that package strict decodes into, and
// described by the comments on their fields, so that there is one truth about
// keys. What a struct cannot say (the syntax of a scalar, which keys must be
// there) stands in shapes.go; the tests hold it against the decoder.
//
// A schema sees less than `presswatch check`: it knows no other file and parses
// no query. What it refuses, check refuses too; the reverse does not hold.
//
// The files are written once and shipped, rather than made by the command
// schema, because comments are not there at run time.
package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"reflect"

	"presswatch/configs"
	"presswatch/rules"
	"presswatch/rules/facts"
)

func main() {
	files, err := schemas("..")
	for name, data := range files {
		if err == nil {
			err = os.WriteFile(name, data, 0o644)
		}
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "schemagen:", err)
		os.Exit(1)
	}
}

// dialect is JSON Schema, draft 2020-12.
const dialect = "https://json-schema.org/draft/2020-12/schema"

// schemas makes the files by their names; root is the folder of the module.
func schemas(root string) (map[string][]byte, error) {
	files := map[string][]byte{}
	for name, of := range map[string]struct {
		title string
		value reflect.Type
	}{
		"presswatch.schema.json": {"The configuration of presswatch", configType()},
		"rules.schema.json":      {"A rule file of presswatch", rules.FileType()},
	} {
		r := reflector{comments: comments{root: filepath.Clean(root), fields: map[string]map[string]string{}}, shapes: shapes()}
		schema, err := r.of(of.value)
		if err == nil && of.value == rules.FileType() {
			err = r.elsewhere(schema, facts.FileType())
		}
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		schema["$schema"], schema["title"] = dialect, of.title
		if files[name], err = printed(schema); err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
	}
	return files, nil
}

func configType() reflect.Type { return reflect.TypeFor[configs.Config]() }

func printed(schema node) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	err := e.Encode(schema)
	return b.Bytes(), err
}
