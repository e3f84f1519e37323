package main

import (
	"encoding/json"
	"fmt"
	"runtime"
	"runtime/debug"

	"presswatch/store/sqlite"
)

// release is the version that is being worked towards, or released.
const release = "0.1.0"

type versionCommand struct {
	JSON bool `help:"Print JSON." name:"json"`
}

// Run prints the versions of all that matters in a report of a fault.
func (v versionCommand) Run(p *program) error {
	about := struct {
		Version string `json:"version"`
		Commit  string `json:"commit,omitempty"`
		Go      string `json:"go"`
		SQLite  string `json:"sqlite"`
	}{version(), commit(), runtime.Version(), sqlite.Version()}
	if v.JSON {
		return p.json(about)
	}
	line := "presswatch " + about.Version
	if about.Commit != "" {
		line += " (" + about.Commit + ")"
	}
	_, err := fmt.Fprintf(p.stdout, "%s\n%s\nSQLite %s\n", line, about.Go, about.SQLite)
	return err
}

// version is the release, or the module's version where the binary was installed
// by one.
func version() string {
	info, ok := debug.ReadBuildInfo()
	if ok && info.Main.Version != "" && info.Main.Version != "(devel)" && info.Main.Sum != "" {
		return info.Main.Version
	}
	return release
}

// commit is the revision that the binary was built from, "" when it is not known.
func commit() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return ""
	}
	revision, suffix := "", ""
	for _, s := range info.Settings {
		switch {
		case s.Key == "vcs.revision":
			revision = s.Value[:min(12, len(s.Value))]
		case s.Key == "vcs.modified" && s.Value == "true":
			suffix = ", changed"
		}
	}
	if revision == "" {
		return ""
	}
	return revision + suffix
}

// json prints a value as indented JSON.
func (p *program) json(v any) error {
	e := json.NewEncoder(p.stdout)
	e.SetIndent("", "  ")
	e.SetEscapeHTML(false)
	return e.Encode(v)
}
