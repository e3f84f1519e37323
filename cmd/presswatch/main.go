// Command presswatch watches news publishers and tells a desk in Slack what its
// rules ask for: once, soon, with the evidence.
//
// This package is the outermost ring: it reads flags, composes the rooms, prints,
// and turns errors into exit codes. One file is one command.
//
// Exit codes: 0 done; 1 the command found something wrong (a bad configuration, a
// failed rule test); 2 wrong usage; 3 done in part (some feeds failed); 78 in
// place of 1 for a configuration mistake of run under a service manager, so that
// it does not start again and again.
package main

import (
	"context"
	"io"
	"os"
	"os/signal"
	"syscall"
	_ "time/tzdata" // a static binary brings its time zones along
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGINT, syscall.SIGTERM)
	code := run(ctx, os.Args[1:], environment{getenv: os.Getenv, stdin: os.Stdin, stdout: os.Stdout, stderr: os.Stderr})
	stop()
	os.Exit(code)
}

// environment is all of the outer world that commands may see.
type environment struct {
	getenv         func(string) string
	stdin          io.Reader
	stdout, stderr io.Writer
}
