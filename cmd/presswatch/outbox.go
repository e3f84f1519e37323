package main

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"text/tabwriter"
	"time"

	"presswatch/configs"
	"presswatch/store"
	"presswatch/store/sqlite"
	"presswatch/watcher/digest"
)

// outboxCommand looks into the outbox, and lets an operator decide. It works
// beside a running daemon, which takes a decision up within half a minute.
type outboxCommand struct {
	List  outboxList  `cmd:"" help:"What is on its way, in doubt, or set aside; newest first."`
	Show  outboxShow  `cmd:"" help:"One delivery, and its message as a reader would see it."`
	Retry outboxRetry `cmd:"" help:"Send deliveries now: those that wait, were set aside, or were dropped."`
	Drop  outboxDrop  `cmd:"" help:"Give deliveries up: they are kept, and not sent."`
}

type outboxList struct {
	All  bool `help:"Also what is sent or dropped."`
	Most int  `help:"How many of each state at most." default:"50" placeholder:"N"`
	JSON bool `help:"Print JSON, without the messages." name:"json"`
}

// Run lists the outbox.
func (k outboxList) Run(p *program) error {
	if k.Most < 1 {
		return exit{exitUsage, "presswatch: --most is 1 or more"}
	}
	states := []store.State{store.Ready, store.Attempted, store.Parked}
	if k.All {
		states = append(states, store.Sent, store.Dropped)
	}
	return p.inStore(sqlite.OpenReader, func(c *configs.Config, s *sqlite.Store) error {
		all, err := s.Outbox(p.ctx, k.Most, states...)
		if err != nil {
			return err
		}
		if k.JSON {
			return p.json(append([]store.Delivery{}, all...))
		}
		if len(all) == 0 {
			_, err := fmt.Fprintln(p.stdout, "nothing waits")
			return err
		}
		return p.listDeliveries(all, c.Zone())
	})
}

func (p *program) listDeliveries(all []store.Delivery, zone *time.Location) error {
	now := time.Now()
	w := tabwriter.NewWriter(p.stdout, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "ID\tKIND\tCHANNEL\tSTATE\tMADE\tDUE\tATTEMPTS\tWHY")
	for _, d := range all {
		due := "–"
		if d.State == store.Ready || d.State == store.Attempted {
			due = moment(d.Due, zone, now)
		}
		kind := d.Kind
		if d.Parts > 1 {
			kind += fmt.Sprintf(" %d/%d", d.Part, d.Parts)
		}
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%s\t%s\t%d\t%s\n", d.ID, kind, d.Channel, stateWord(d.State),
			moment(d.Created, zone, now), due, d.Attempts, cmp.Or(printable(d.Error), "–"))
	}
	return w.Flush()
}

// stateWord is a state as operators call it.
func stateWord(s store.State) string {
	if s == store.Attempted {
		return "in doubt"
	}
	return string(s)
}

type outboxShow struct {
	ID   string `arg:"" help:"The delivery's id, as list shows it."`
	JSON bool   `help:"Print JSON, with the message as it is sent." name:"json"`
}

// Run shows one delivery.
func (k outboxShow) Run(p *program) error {
	return p.inStore(sqlite.OpenReader, func(c *configs.Config, s *sqlite.Store) error {
		d, err := s.Delivery(p.ctx, k.ID)
		if err != nil {
			return unknownDelivery(k.ID, err)
		}
		if k.JSON {
			return p.json(struct {
				store.Delivery
				Payload json.RawMessage `json:"payload"`
			}{d, d.Payload})
		}
		p.describe(d, c.Zone())
		var m digest.Message
		if err := json.Unmarshal(d.Payload, &m); err != nil {
			return fmt.Errorf("the message cannot be read: %w", err)
		}
		if d.Plain {
			m = digest.Plain(m)
		}
		return digest.Render(p.stdout, m, p.style())
	})
}

// describe says where a delivery stands, above its message.
func (p *program) describe(d store.Delivery, zone *time.Location) {
	clock := func(t time.Time) string { return t.In(zone).Format("2006-01-02 15:04:05") }
	fmt.Fprintf(p.stdout, "%s: %s %d of %d for %s, %s\n", d.ID, d.Kind, d.Part, d.Parts, d.Channel, stateWord(d.State))
	fmt.Fprintf(p.stdout, "made %s", clock(d.Created))
	if d.Attempts > 0 {
		fmt.Fprintf(p.stdout, "; tried %d times, last %s", d.Attempts, clock(d.LastAttempt))
	}
	switch d.State {
	case store.Ready, store.Attempted:
		fmt.Fprintf(p.stdout, "; next %s", clock(d.Due))
	case store.Sent:
		fmt.Fprintf(p.stdout, "; arrived %s (%s %s)", clock(d.Receipt.At), d.Receipt.Channel, d.Receipt.TS)
	}
	fmt.Fprintln(p.stdout)
	switch {
	case d.Thread != "":
		fmt.Fprintln(p.stdout, "in the thread of", d.Thread)
	case d.Edits != "":
		fmt.Fprintln(p.stdout, "in the place of", d.Edits)
	}
	if d.Error != "" {
		fmt.Fprintln(p.stdout, printable(d.Error))
	}
	fmt.Fprintln(p.stdout)
}

type outboxRetry struct {
	IDs []string `arg:"" name:"id" help:"The deliveries' ids, as list shows them."`
}

// Run hands deliveries back to the daemon, and ends the hold on their channels.
func (k outboxRetry) Run(p *program) error {
	return p.inStore(sqlite.OpenBeside, func(_ *configs.Config, s *sqlite.Store) error {
		for _, id := range k.IDs {
			if err := s.Retry(p.ctx, id, time.Now()); err != nil {
				return unknownDelivery(id, err)
			}
			d, err := s.Delivery(p.ctx, id)
			if err != nil {
				return err
			}
			if err := s.PauseChannel(p.ctx, d.Channel, "", time.Time{}); err != nil {
				return err
			}
			fmt.Fprintf(p.stdout, "%s is to be sent to %s: a running daemon does it within half a minute\n", id, d.Channel)
		}
		return nil
	})
}

type outboxDrop struct {
	IDs    []string `arg:"" name:"id" help:"The deliveries' ids, as list shows them."`
	Reason string   `help:"Why; it is kept with them." default:"dropped by hand" placeholder:"TEXT"`
}

// Run gives deliveries up.
func (k outboxDrop) Run(p *program) error {
	return p.inStore(sqlite.OpenBeside, func(_ *configs.Config, s *sqlite.Store) error {
		for _, id := range k.IDs {
			if err := s.Drop(p.ctx, id, k.Reason, time.Now()); err != nil {
				return unknownDelivery(id, err)
			}
			fmt.Fprintf(p.stdout, "%s is dropped; presswatch outbox retry %s would send it after all\n", id, id)
		}
		return nil
	})
}

// inStore does something in the store of the configuration.
func (p *program) inStore(open func(context.Context, string) (*sqlite.Store, error), do func(*configs.Config, *sqlite.Store) error) error {
	c, err := p.load()
	if err != nil {
		return err
	}
	s, err := open(p.ctx, c.Database)
	if err != nil {
		return err
	}
	return errors.Join(do(c, s), s.Close())
}

// unknownDelivery says in an operator's words why a delivery cannot be had.
func unknownDelivery(id string, err error) error {
	switch {
	case errors.Is(err, store.ErrNotFound):
		return exit{exitWrong, fmt.Sprintf("presswatch: there is no delivery %q: presswatch outbox list shows them, with --all also those that are sent", id)}
	case errors.Is(err, store.ErrSettled):
		return exit{exitWrong, fmt.Sprintf("presswatch: %s is sent already", id)}
	}
	return err
}
