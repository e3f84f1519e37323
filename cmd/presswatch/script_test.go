package main

import (
	"context"
	"flag"
	"os"
	"os/signal"
	"path/filepath"
	"syscall"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"presswatch/configs"
)

var update = flag.Bool("update", false, "rewrite what scripts compare with")

// TestMain lets scripts run this test binary as the command presswatch.
func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){
		"presswatch": func() {
			ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGINT, syscall.SIGTERM)
			code := run(ctx, os.Args[1:], environment{getenv: os.Getenv, stdin: os.Stdin, stdout: os.Stdout, stderr: os.Stderr})
			stop()
			os.Exit(code)
		},
		"newspaper": newspaper,
		"messages":  messages,
		"await":     await,
		"fault":     fault,
	})
}

// TestScripts runs testdata/script/*.txtar: each is a user's session.
//
// The command newspaper serves a small paper and a stand-in for Slack on
// loopback, and writes a configuration for both to presswatch.yaml; messages lists
// what stands in its channels, await waits for a text in a file or there, and fault
// makes its Slack refuse. The folder shipped holds the shipped configuration.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:           "testdata/script",
		UpdateScripts: *update,
		Setup: func(env *testscript.Env) error {
			return copyShipped(filepath.Join(env.WorkDir, "shipped"))
		},
	})
}

// copyShipped puts the shipped configuration where a script can change it.
func copyShipped(folder string) error {
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return err
	}
	if err := copyRules(folder); err != nil {
		return err
	}
	data, err := configs.Shipped.ReadFile("presswatch.yaml")
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(folder, "presswatch.yaml"), data, 0o600)
}
