package watcher

import (
	"context"
	"log/slog"
	"math/rand/v2"
	"sync"
	"sync/atomic"

	"presswatch/store"
	"presswatch/systemd"
	"presswatch/watcher/feed"
	"presswatch/watcher/slack"
)

// Sender posts a message to a channel and can be asked for it later.
// slack.Client is one, Printer another.
type Sender interface {
	// Send posts once. An error is a *slack.Error whose Class says what is known
	// of the message's fate.
	Send(ctx context.Context, post slack.Post) (store.Receipt, error)
	// Update puts a post in the place of the message that a receipt with a TS names,
	// without notifying anybody. The error is as of Send; slack.ErrFixed in it means
	// that the message can never be changed.
	Update(ctx context.Context, at store.Receipt, post slack.Post) error
	// Find looks for a delivery's message. The error slack.ErrCannotAsk means that
	// this sender can never tell.
	Find(ctx context.Context, s slack.Sought) (store.Receipt, bool, error)
}

// Options are what a Watcher works with for all its life.
type Options struct {
	Store  store.Store
	Client *feed.Client
	Sender Sender
	Log    *slog.Logger
	Notify systemd.Notifier
	// Unclear says what becomes of a delivery in doubt when the Sender cannot be
	// asked; the zero value is slack.Resend.
	Unclear slack.WhenUnclear
	// Pulse is Watched where somebody asks for Health; a watchdog needs no word.
	Pulse Pulse
	// Rest is called whenever Keep has come round, after the rules have given up what
	// they remember of articles if none was read: reading takes twice the memory that
	// waiting does, and most of the time is waiting. nil: all is kept.
	Rest func()
	// Jitter gives a number in [0, 1) that lengthens waits; nil: random.
	Jitter func() float64
}

// Pulse says how often a loop has to show that it moves.
type Pulse int

// The pulses.
const (
	Unwatched Pulse = iota
	Watched         // at least once a minute
)

// Watcher does the steps. Its methods are safe for concurrent use, but a step is
// meant to run once at a time.
type Watcher struct {
	Options
	setup  atomic.Pointer[Setup]
	heart  heart
	wake   map[step]chan struct{}
	pacing pacing

	rhythms rhythms
	care    care
	ledger  sync.Mutex  // held from comparing a text with the ledger until it is recorded
	parked  atomic.Bool // a delivery was set aside, and may be taken up again by an operator

	stories stories
}

// New makes a Watcher with a first Setup.
func New(options Options, setup *Setup) *Watcher {
	w := &Watcher{Options: options, wake: map[step]chan struct{}{}}
	if w.Jitter == nil {
		w.Jitter = rand.Float64
	}
	for _, s := range steps {
		w.wake[s] = make(chan struct{}, 1)
	}
	w.Swap(setup)
	return w
}

// Setup is the configuration in force.
func (w *Watcher) Setup() *Setup { return w.setup.Load() }

// Swap exchanges the configuration, whole. What was recorded stays as it was:
// nothing is matched or sent again.
func (w *Watcher) Swap(setup *Setup) {
	w.setup.Store(setup)
	for _, s := range steps {
		w.rouse(s)
	}
}
