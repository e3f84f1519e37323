package main

import (
	"bytes"
	"context"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/alecthomas/kong"
)

// told is the token of this test; neither it nor what every token begins with may
// be seen anywhere.
const told = "xoxb-8231764-tell-nobody"

// TestTheTokenIsToldNowhere takes the real program with a token through every
// command and through a daemon's life, before a Slack that repeats the token in every
// answer, and looks for it in all that is printed, logged, reported and stored.
func TestTheTokenIsToldNowhere(t *testing.T) {
	if testing.Short() {
		t.Skip("takes the time of real processes")
	}
	t.Parallel()
	s, m, v := newSpy(t), newManager(t), &vault{T: t, folder: t.TempDir(), binary: built(t)}
	api := "http://" + s.host + "/api/"
	s.configure(t, v.folder, "{env: SLACK_TOKEN}", api)
	for range 12 { // more often than the spy has answers
		v.run("once", "--force", "--deliver", "--log-level", "debug")
		v.run("check", "--slack")
		v.release()
		s.configure(t, v.folder, "{env: SLACK_TOKEN}", api)
	}
	v.live(s, m)
	v.everyCommand()
	for _, elsewhere := range []string{"http://127.0.0.1:1/", "http://nowhere.invalid/api/", "http://[::1", api + "?token=x"} {
		s.configure(t, v.folder, "{env: SLACK_TOKEN}", elsewhere)
		v.run("once", "--force")
		v.run("check", "--slack")
	}
	v.otherPlaces(s, api)
	v.search("what is stored", v.stored())
	v.search("what the manager was told", m.all.String())
	if s.calls.Load() < 30 || v.commands < 50 {
		t.Errorf("only %d calls of Slack by %d commands", s.calls.Load(), v.commands)
	}
}

// vault runs commands beside a token, and listens.
type vault struct {
	*testing.T
	folder, binary string
	commands       int
}

func (v *vault) env() []string {
	return []string{"SLACK_TOKEN=" + told, "PRESSWATCH_CONFIG=" + filepath.Join(v.folder, "presswatch.yaml"), "GOTRACEBACK=all"}
}

// run runs a command to its end, whatever that is, and searches what it says.
func (v *vault) run(args ...string) string { return v.runWith(nil, args...) }

func (v *vault) runWith(env []string, args ...string) string {
	v.Helper()
	v.commands++
	ctx, cancel := context.WithTimeout(v.Context(), 1500*time.Millisecond)
	defer cancel()
	command := exec.CommandContext(ctx, v.binary, args...)
	command.Cancel = func() error { return command.Process.Signal(syscall.SIGTERM) } // once would wait for Slack
	command.Dir, command.Env = v.folder, append(append(os.Environ(), v.env()...), env...)
	command.Stdin = strings.NewReader(`<opml version="2.0"><body/></opml>`)
	out, _ := command.CombinedOutput() // its end is not the question
	v.search(strings.Join(args, " "), string(out))
	return string(out)
}

func (v *vault) search(where, text string) {
	v.Helper()
	for _, secret := range []string{told, "xoxb-", "8231764"} {
		if at := strings.Index(text, secret); at >= 0 {
			v.Errorf("%s tells %q: …%s…", where, secret, text[max(0, at-200):min(len(text), at+100)])
		}
	}
}

// stored is all that lies in the folder.
func (v *vault) stored() string {
	var all bytes.Buffer
	err := filepath.WalkDir(v.folder, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(path)
		all.Write(data)
		return err
	})
	if err != nil {
		v.Fatal(err)
	}
	return all.String()
}

// live is a daemon's life: it polls, posts, is asked for figures, reloads, stops; and
// another that is told to show all it is doing while it waits for Slack.
func (v *vault) live(s *spy, m *manager) {
	args := []string{"run", "--log-level", "debug"}
	p := m.start(v.binary, v.env(), args...)
	m.ready(p)
	v.await(func() bool { return strings.Contains(p.said.String(), "address=") })
	_, address, _ := strings.Cut(p.said.String(), "address=")
	for _, page := range []string{"/metrics", "/healthz", "/readyz"} {
		text, err := fetched("http://" + strings.Fields(address)[0] + page)
		if err != nil {
			v.Error(err)
		}
		v.search(page, text)
	}
	calls := s.calls.Load()
	s.configure(v.T, v.folder, "{env: SLACK_TOKEN}", "http://"+s.host+"/api/")
	v.release()
	_ = p.Process.Signal(syscall.SIGHUP)
	v.await(func() bool { return strings.Contains(p.said.String(), "reloaded") && s.calls.Load() > calls })
	p.end(syscall.SIGTERM)
	v.search("run", p.said.String())

	s.hang.Store(true)
	s.configure(v.T, v.folder, "{env: SLACK_TOKEN}", "http://"+s.host+"/api/")
	v.release()
	p = m.start(v.binary, v.env(), args...)
	m.ready(p)
	v.await(func() bool { return len(s.hung) > 0 })
	p.end(syscall.SIGQUIT)
	s.hang.Store(false)
	dump := p.said.String()
	if !strings.Contains(dump, "SIGQUIT") || strings.Count(dump, "goroutine ") < 5 {
		v.Errorf("no crash to look at: %s", dump)
	}
	v.search("a crash", dump)
	m.forget()
}

// await waits until something is so, a minute at most.
func (v *vault) await(so func() bool) {
	v.Helper()
	deadline := time.After(time.Minute)
	for tick := time.Tick(20 * time.Millisecond); !so(); {
		select {
		case <-tick:
		case <-deadline:
			v.Fatal("it does not come to it")
		}
	}
}

// release takes up what is stuck, and ends the holds on its channels.
func (v *vault) release() {
	for line := range strings.Lines(v.run("outbox", "list")) {
		if id, _, _ := strings.Cut(line, " "); strings.Contains(id, "-") {
			v.run("outbox", "retry", id)
		}
	}
}

// anyDelivery is the id of what stands in the outbox.
func (v *vault) anyDelivery() string {
	for line := range strings.Lines(v.run("outbox", "list", "--all")) {
		if fields := strings.Fields(line); strings.Contains(fields[0], "-") {
			return fields[0]
		}
	}
	v.Fatal("the outbox is empty")
	return ""
}

// everyCommand runs each command that the program has, and fails when one is new.
func (v *vault) everyCommand() {
	id := v.anyDelivery()
	all := map[string][]string{
		"check": {}, "explain": {"gazette/number:0"}, "replay": {}, "search": {"treaty"}, "status": {"--json"}, "version": {},
		"ledger show": {"--json"}, "ledger late": {}, "ledger merge": {"a", "b"}, "ledger split": {"a", "1"}, "ledger drop": {"a"},
		"eval": {"--articles", "none.jsonl", "--labels", "none.jsonl"}, "backup": {"copy.db"}, "restore": {"copy.db"},
		"feeds probe": {"http://127.0.0.1:1/"}, "feeds import": {"presswatch.yaml"}, "feeds export": {}, "digest": {"desk", "--preview"},
		"outbox list": {"--all", "--json"}, "outbox show": {id, "--json"}, "outbox retry": {id}, "outbox drop": {id},
		"silence list": {"--all"}, "silence add": {"--rule", "treaties", "--for", "4h"}, "silence end": {"1"},
		"schema": {}, "completion": {"bash"}, "complete": {"--", "st"}, "man": {"pages"},
		"once": {"--deliver"}, "run": {"--help"}, // lived through above
		"demo": {"--help"}, // posts to a Slack of its own, with a token of its own
	}
	parser, err := kong.New(&cli{}, kong.Name("presswatch"))
	if err != nil {
		v.Fatal(err)
	}
	for _, leaf := range parser.Model.Leaves(false) {
		name := strings.TrimPrefix(leaf.FullPath(), "presswatch ")
		args, known := all[name]
		if !known {
			v.Errorf("no example of %q: this test is to run every command", name)
		}
		v.run(slices.Concat(strings.Fields(name), args)...)
		v.run(append(strings.Fields(name), "--help")...)
	}
}

// otherPlaces reads the token from where else it may be kept, and broken ones.
func (v *vault) otherPlaces(s *spy, api string) {
	outside := v.TempDir()
	for name, text := range map[string]string{"good": told + "\n", "broken": told + " \x7fé", "two": told + "\n" + told} {
		if err := os.WriteFile(filepath.Join(outside, name), []byte(text), 0o600); err != nil {
			v.Fatal(err)
		}
		for _, secret := range []string{"{file: " + filepath.Join(outside, name) + "}", "{credential: " + name + "}"} {
			s.configure(v.T, v.folder, secret, api)
			for _, args := range [][]string{{"once", "--force", "--deliver"}, {"check", "--slack"}, {"status"}} {
				v.runWith([]string{"CREDENTIALS_DIRECTORY=" + outside}, args...)
			}
		}
	}
	s.configure(v.T, v.folder, "{env: SLACK_TOKEN}", api)
}
