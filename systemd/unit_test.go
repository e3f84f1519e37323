package systemd_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// directive is one line of the unit.
type directive struct {
	section, key, value string
	above               string // the line before it
	line                int
}

func unit(t *testing.T) []directive {
	t.Helper()
	raw, err := os.ReadFile("presswatch.service")
	if err != nil {
		t.Fatal(err)
	}
	var all []directive
	section, above := "", ""
	for i, line := range strings.Split(string(raw), "\n") {
		if key, value, ok := strings.Cut(line, "="); ok && !strings.HasPrefix(line, "#") {
			all = append(all, directive{section, key, value, above, i + 1})
		} else if strings.HasPrefix(line, "[") {
			section = line
		}
		above = line
	}
	return all
}

func values(t *testing.T, key string) (found []string) {
	t.Helper()
	for _, d := range unit(t) {
		if d.key == key {
			found = append(found, d.value)
		}
	}
	return found
}

func TestEveryLineOfTheUnitIsExplained(t *testing.T) {
	all := unit(t)
	if len(all) < 40 {
		t.Fatalf("only %d directives were read", len(all))
	}
	for _, d := range all {
		if !strings.HasPrefix(d.above, "# ") || len(d.above) < 20 {
			t.Errorf("line %d: %s= has no explanation directly above", d.line, d.key)
		}
	}
}

// These are what delivery, secrets and restarts rely on; the rest is judged by
// systemd-analyze.
func TestTheUnitHoldsWhatTheDaemonReliesOn(t *testing.T) {
	want := []directive{
		{section: "[Unit]", key: "StartLimitBurst", value: "5"},
		{section: "[Unit]", key: "StartLimitIntervalSec", value: "5min"},
		{section: "[Service]", key: "Type", value: "notify"},
		{section: "[Service]", key: "WatchdogSec", value: "2min"},
		{section: "[Service]", key: "Restart", value: "on-failure"},
		{section: "[Service]", key: "DynamicUser", value: "yes"},
		{section: "[Service]", key: "StateDirectory", value: "presswatch"},
		{section: "[Service]", key: "ExecReload", value: "/bin/sh -c 'kill -HUP $MAINPID'"},
		{section: "[Service]", key: "LimitCORE", value: "0"},
	}
	all := unit(t)
	for _, w := range want {
		if !slices.ContainsFunc(all, func(d directive) bool { return d.section == w.section && d.key == w.key && d.value == w.value }) {
			t.Errorf("no %s=%s in %s", w.key, w.value, w.section)
		}
	}
}

// Debian 12 has systemd 252, which ignores these with a warning at most.
func TestTheUnitUsesNothingThatDebian12Ignores(t *testing.T) {
	for _, key := range []string{"RestartSteps", "RestartMaxDelaySec", "ImportCredential", "OpenFile"} {
		if got := values(t, key); len(got) > 0 {
			t.Errorf("%s=%v came after systemd 252", key, got)
		}
	}
}

func TestTheUnitNamesWhatExists(t *testing.T) {
	commands, flags := commandLine(t)
	for _, key := range []string{"ExecStartPre", "ExecStart"} {
		words := strings.Fields(strings.Join(values(t, key), " "))
		if len(words) != 4 || strings.TrimPrefix(words[0], "-") != "/usr/bin/presswatch" || words[3] != "/etc/presswatch/presswatch.yaml" {
			t.Fatalf("%s=%v", key, words)
		}
		if !slices.Contains(commands, words[1]) || !slices.Contains(flags, words[2]) {
			t.Errorf("%s=%v: the program has commands %v and flags %v", key, words, commands, flags)
		}
	}
	shipped, err := os.ReadFile("../configs/presswatch.yaml")
	if err != nil {
		t.Fatal(err)
	}
	for _, credential := range values(t, "LoadCredential") {
		name, _, _ := strings.Cut(credential, ":")
		if !strings.Contains(string(shipped), "credential: "+name) {
			t.Errorf("the shipped configuration does not use the credential %s", name)
		}
	}
}

func TestAConfigurationErrorIsNotRestarted(t *testing.T) {
	prevented := values(t, "RestartPreventExitStatus")
	source, err := os.ReadFile("../cmd/presswatch/cli.go")
	if err != nil {
		t.Fatal(err)
	}
	code := regexp.MustCompile(`exitConfig\s*=\s*(\d+)`).FindSubmatch(source)
	if code == nil || len(prevented) != 1 || prevented[0] != string(code[1]) {
		t.Errorf("the unit prevents %v, the program exits with %s", prevented, code)
	}
}

// commandLine reads commands and flags off the program's struct cli: this package
// stands below the program and cannot ask it.
func commandLine(t *testing.T) (commands, flags []string) {
	t.Helper()
	file, err := parser.ParseFile(token.NewFileSet(), "../cmd/presswatch/cli.go", nil, parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	ast.Inspect(file, func(n ast.Node) bool {
		spec, ok := n.(*ast.TypeSpec)
		if !ok || spec.Name.Name != "cli" {
			return true
		}
		for _, field := range spec.Type.(*ast.StructType).Fields.List {
			if len(field.Names) != 1 || field.Tag == nil {
				continue
			}
			name := strings.ToLower(field.Names[0].Name)
			if strings.Contains(field.Tag.Value, "cmd:") {
				commands = append(commands, name)
			} else {
				flags = append(flags, "--"+name)
			}
		}
		return false
	})
	return commands, flags
}

func analyze(t *testing.T, args ...string) string {
	t.Helper()
	tool, err := exec.LookPath("systemd-analyze")
	if err != nil {
		t.Skip("NOT CHECKED: systemd-analyze is not installed here (Debian: apt-get install systemd)")
	}
	out, err := exec.CommandContext(t.Context(), tool, args...).CombinedOutput()
	if err != nil {
		t.Fatalf("systemd-analyze %s: %v\n%s", strings.Join(args, " "), err, out)
	}
	return string(out)
}

// maxExposure is the figure to keep; redis, well kept, has 1.2.
const maxExposure = 1.1

func TestTheSandboxIsTight(t *testing.T) {
	out := analyze(t, "security", "--offline=true", "presswatch.service")
	figure := regexp.MustCompile(`Overall exposure level for presswatch\.service: ([0-9.]+)`).FindStringSubmatch(out)
	if figure == nil {
		t.Fatalf("no figure in\n%s", out)
	}
	if exposure, err := strconv.ParseFloat(figure[1], 64); err != nil || exposure > maxExposure {
		t.Errorf("exposure %s, want at most %.1f\n%s", figure[1], maxExposure, out)
	}
}

// verify wants the program where the unit says it is; a stand-in will do.
func TestTheUnitIsWellFormed(t *testing.T) {
	raw, err := os.ReadFile("presswatch.service")
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	program, copied := filepath.Join(dir, "presswatch"), filepath.Join(dir, "presswatch.service")
	if err := os.WriteFile(program, []byte("#!/bin/sh\n"), 0o755); err != nil {
		t.Fatal(err)
	}
	text := strings.ReplaceAll(string(raw), "/usr/bin/presswatch", program)
	if err := os.WriteFile(copied, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	if out := strings.TrimSpace(analyze(t, "verify", copied)); out != "" {
		t.Errorf("systemd-analyze verify says\n%s", out)
	}
}
