package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/alecthomas/kong"
)

type manCommand struct {
	Folder string `arg:"" help:"Where the pages are written." placeholder:"DIR"`
	Date   string `help:"The date on the pages, such as 2026-03-01." placeholder:"DATE"`
}

// Run writes a page for presswatch and one for each of its commands, from what
// --help says.
func (k manCommand) Run(p *program) error {
	var errs []error
	for _, node := range append([]*kong.Node{p.model.Node}, p.model.Leaves(true)...) {
		page := manPage{date: k.Date}
		page.write(p.model, node)
		name := filepath.Join(k.Folder, pageName(node)+".1")
		errs = append(errs, os.WriteFile(name, []byte(page.String()), 0o644))
	}
	return errors.Join(errs...)
}

// pageName is presswatch, presswatch-run, presswatch-feeds-probe …
func pageName(node *kong.Node) string {
	name := node.Name
	for up := node.Parent; up != nil; up = up.Parent {
		name = up.Name + "-" + name
	}
	return name
}

// manPage is a page in the making, in the macros of man(7).
type manPage struct {
	strings.Builder
	date string
}

func (m *manPage) write(app *kong.Application, node *kong.Node) {
	root := node.Parent == nil
	short := node.Help
	if root {
		short, _, _ = strings.Cut(app.Help, "\n")
	}
	name := pageName(node)
	m.macro("TH", strings.ToUpper(name), "1", m.date, "presswatch", "presswatch")
	m.macro("SH", "NAME")
	m.text(name + " - " + strings.TrimSuffix(short, "."))
	m.macro("SH", "SYNOPSIS")
	m.text(synopsis(node))
	m.macro("SH", "DESCRIPTION")
	m.text(short)
	m.text(node.Detail)
	if root {
		_, rest, _ := strings.Cut(app.Help, "\n")
		m.text(strings.TrimSpace(rest))
		m.commands(app)
	}
	m.arguments(node)
	m.flags(node)
	m.macro("SH", "SEE ALSO")
	if root {
		m.text("The manual: /usr/share/doc/presswatch/README.md; the language of rules: /usr/share/doc/presswatch/language.md.")
	} else {
		m.text("presswatch(1)")
	}
}

func synopsis(node *kong.Node) string {
	if node.Parent == nil {
		return node.Name + " COMMAND [flags]"
	}
	return strings.ReplaceAll(pageName(node), "-", " ") + strings.TrimPrefix(node.Summary(), node.Path())
}

func (m *manPage) commands(app *kong.Application) {
	m.macro("SH", "COMMANDS")
	for _, leaf := range app.Leaves(true) {
		m.item(pageName(leaf)+"(1)", leaf.Help)
	}
}

func (m *manPage) arguments(node *kong.Node) {
	if len(node.Positional) == 0 {
		return
	}
	m.macro("SH", "ARGUMENTS")
	for _, arg := range node.Positional {
		m.item(arg.Summary(), arg.Help)
	}
}

func (m *manPage) flags(node *kong.Node) {
	m.macro("SH", "OPTIONS")
	for _, group := range node.AllFlags(true) {
		for _, f := range group {
			name := "--" + f.Name
			if f.Short != 0 {
				name = "-" + string(f.Short) + ", " + name
			}
			if !f.IsBool() {
				name += "=" + f.FormatPlaceHolder()
			}
			help := f.Help
			if f.HasDefault && f.Default != "" {
				help += " The default is " + f.Default + "."
			}
			for _, env := range f.Envs {
				help += " The environment variable " + env + " sets it too."
			}
			m.item(name, help)
		}
	}
}

// item is a term and what it means.
func (m *manPage) item(term, meaning string) {
	m.WriteString(".TP\n.B " + roff(term) + "\n" + roff(meaning) + "\n")
}

func (m *manPage) text(s string) {
	if s != "" {
		m.WriteString(".PP\n" + roff(s) + "\n")
	}
}

func (m *manPage) macro(name string, args ...string) {
	m.WriteString("." + name)
	for _, arg := range args {
		fmt.Fprintf(m, " \"%s\"", strings.ReplaceAll(roff(arg), `"`, `\(dq`))
	}
	m.WriteByte('\n')
}

// roff escapes what troff would take for its own: backslashes, hyphens that must
// stay hyphens, and lines that begin with a dot or an apostrophe.
func roff(s string) string {
	s = strings.NewReplacer(`\`, `\e`, "-", `\-`).Replace(s)
	lines := strings.Split(s, "\n")
	for i, line := range lines {
		if strings.HasPrefix(line, ".") || strings.HasPrefix(line, "'") {
			lines[i] = `\&` + line
		}
	}
	return strings.Join(lines, "\n")
}
