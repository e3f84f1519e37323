package main

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"reflect"
	"strings"
)

// comments finds what is written on the fields of the module's structs.
type comments struct {
	root   string                       // folder of the module
	fields map[string]map[string]string // by package and "Type.Field"; packages are read when first asked for
}

// module is the path that the packages of this module begin with.
const module = "presswatch/"

// of is the comment on a struct's field, or beside it, as one paragraph for each
// that it has; "" for none.
func (c comments) of(t reflect.Type, field string) (string, error) {
	path, ours := strings.CutPrefix(t.PkgPath(), module)
	if !ours {
		return "", nil
	}
	if c.fields[path] == nil {
		found, err := fieldsIn(filepath.Join(c.root, filepath.FromSlash(path)))
		if err != nil {
			return "", fmt.Errorf("comments of %s: %w", t, err)
		}
		c.fields[path] = found
	}
	return c.fields[path][t.Name()+"."+field], nil
}

// fieldsIn reads the comments on the fields of all structs of a package.
func fieldsIn(folder string) (map[string]string, error) {
	files, err := filepath.Glob(filepath.Join(folder, "*.go"))
	if err != nil {
		return nil, err
	}
	found := map[string]string{}
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			return nil, err
		}
		ast.Inspect(file, func(n ast.Node) bool {
			if spec, ok := n.(*ast.TypeSpec); ok {
				if s, ok := spec.Type.(*ast.StructType); ok {
					note(found, spec.Name.Name, s)
				}
			}
			return true
		})
	}
	if len(files) == 0 {
		return nil, fmt.Errorf("no Go files in %s", folder)
	}
	return found, nil
}

func note(found map[string]string, structName string, s *ast.StructType) {
	for _, field := range s.Fields.List {
		text := field.Doc.Text()
		if text == "" {
			text = field.Comment.Text()
		}
		for _, name := range field.Names {
			found[structName+"."+name.Name] = flowing(text)
		}
	}
}

// flowing joins the lines of each paragraph: an editor breaks them where it likes.
func flowing(text string) string {
	var paragraphs []string
	for p := range strings.SplitSeq(text, "\n\n") {
		if p = strings.Join(strings.Fields(p), " "); p != "" {
			paragraphs = append(paragraphs, p)
		}
	}
	return strings.Join(paragraphs, "\n\n")
}
