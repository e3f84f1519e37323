package main

import (
	"context"
	"errors"
	"fmt"

	"github.com/alecthomas/kong"
)

// The exit codes beside 0.
const (
	exitWrong  = 1
	exitUsage  = 2
	exitPart   = 3
	exitConfig = 78 // EX_CONFIG of sysexits.h: the unit's RestartPreventExitStatus
)

// exit is an error that carries an exit code; an empty text prints nothing.
type exit struct {
	code int
	text string
}

func (e exit) Error() string { return e.text }

// cli is the command line: one field a command, each in a file of its own.
type cli struct {
	Config string `help:"The configuration file." short:"c" default:"configs/presswatch.yaml" placeholder:"FILE" env:"PRESSWATCH_CONFIG"`
	Log    string `help:"The least level that is logged: debug, info, warn or error." enum:"debug,info,warn,error" default:"info" placeholder:"LEVEL" name:"log-level"`

	Run     runCommand     `cmd:"" help:"The daemon: polls, reads, matches and delivers until it is told to stop."`
	Once    onceCommand    `cmd:"" help:"Poll the feeds that are due, do all the work that follows, deliver alerts, and end."`
	Demo    demoCommand    `cmd:"" help:"Show the whole daemon against a built-in newsroom and a stand-in for Slack, on loopback."`
	Check   checkCommand   `cmd:"" help:"Check configuration, vocabulary and rules, and run every rule's tests."`
	Explain explainCommand `cmd:"" help:"Say for an article why each rule matches, or why not."`
	Replay  replayCommand  `cmd:"" help:"Show what the rules, or changed ones, would have said of stored articles."`
	Search  searchCommand  `cmd:"" help:"Find stored articles by a query in the language of the rules."`
	Ledger  ledgerCommand  `cmd:"" help:"Show what articles have stated, and correct it."`
	Eval    evalCommand    `cmd:"" help:"Measure the rules against labelled articles."`
	Status  statusCommand  `cmd:"" help:"Show feeds, outbox, digests and the store's size."`
	Backup  backupCommand  `cmd:"" help:"Write a consistent copy of the store; the daemon may run meanwhile."`
	Restore restoreCommand `cmd:"" help:"Put a copy in the place of the store, and keep what was there."`
	Feeds   feedsCommand   `cmd:"" help:"Find out what a site offers to poll; exchange feeds with other readers."`
	Digest  digestCommand  `cmd:"" help:"Show a digest as it would be sent now; nothing is sent."`
	Outbox  outboxCommand  `cmd:"" help:"Look into the outbox, and decide about what is stuck there; the daemon may be running."`
	Silence silenceCommand `cmd:"" help:"Tell nothing of a rule, source, event or query for a while; the daemon may be running."`
	Schema  schemaCommand  `cmd:"" help:"Print the JSON Schema of the configuration file, or of rule files, for editors."`
	Version versionCommand `cmd:"" help:"Show the versions of presswatch, Go and SQLite."`

	Completion completionCommand `cmd:"" help:"Print what makes a shell complete the command line."`
	Complete   completeCommand   `cmd:"" hidden:"" help:"Print what may follow on the command line, for the shells."`
	Man        manCommand        `cmd:"" hidden:"" help:"Write the manual pages, for packages."`
}

const description = `Watch news publishers and tell a desk in Slack what its rules ask for: once, soon, with the evidence.

Exit codes: 0 done, 1 something is wrong (configuration, rule tests), 2 wrong usage, 3 done in part (some feeds failed).`

// run is the whole program but for the process: it returns the exit code.
func run(ctx context.Context, args []string, env environment) int {
	var (
		line  cli
		ended *int // set when the parser has shown help
	)
	parser, err := kong.New(&line,
		kong.Name("presswatch"), kong.Description(description), kong.UsageOnError(),
		kong.Writers(env.stdout, env.stderr),
		kong.Exit(func(code int) { ended = &code }),
		kong.ConfigureHelp(kong.HelpOptions{Compact: true}),
	)
	if err != nil {
		fmt.Fprintln(env.stderr, "presswatch:", err)
		return exitUsage
	}
	if len(args) == 0 {
		args = []string{"--help"}
	}
	parsed, err := parser.Parse(args)
	if ended != nil {
		return *ended
	}
	if err != nil {
		fmt.Fprintf(env.stderr, "presswatch: %v\nhint: presswatch --help lists the commands, presswatch COMMAND --help its flags\n", err)
		return exitUsage
	}
	return env.code(parsed.Run(&program{ctx: ctx, environment: env, config: line.Config, level: line.Log, model: parser.Model}))
}

// code prints an error and returns the exit code it stands for.
func (env environment) code(err error) int {
	var e exit
	switch {
	case err == nil:
		return 0
	case errors.As(err, &e):
		if e.text != "" {
			fmt.Fprintln(env.stderr, e.text)
		}
		return e.code
	}
	fmt.Fprintln(env.stderr, "presswatch:", err)
	return exitWrong
}

// program is what every command works with.
type program struct {
	environment
	ctx    context.Context
	config string
	level  string
	model  *kong.Application // the command line itself, for its manual and completion
}
