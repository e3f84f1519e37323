package main

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"text/tabwriter"
	"time"

	"presswatch/configs"
	"presswatch/store"
	"presswatch/store/sqlite"
	"presswatch/watcher/silence"
	"presswatch/watcher/strict"
)

// silenceCommand keeps what an operator does not want to be told for a while. It
// works beside a running daemon, which heeds it at once.
type silenceCommand struct {
	List silenceList `cmd:"" help:"What is silenced, until when, and how much that held."`
	Add  silenceAdd  `cmd:"" help:"Tell nothing of a rule, a source, an event or a query until an end."`
	End  silenceEnd  `cmd:"" help:"End silences now; what they held stays untold."`
}

// Help is the rest of what --help says.
func (silenceCommand) Help() string {
	return "What a silence holds is kept and counted: the next digest says how much it leaves out and why, and explain shows it. It is not told when the silence ends. Messages that were told before are still brought up to date in their place."
}

type silenceList struct {
	All  bool `help:"Also those that have ended."`
	JSON bool `help:"Print JSON." name:"json"`
}

// Run lists silences.
func (k silenceList) Run(p *program) error {
	return p.inStore(sqlite.OpenReader, func(c *configs.Config, s *sqlite.Store) error {
		now := time.Now()
		after := now
		if k.All {
			after = time.Time{}
		}
		all, err := s.Silences(p.ctx, after)
		if err != nil {
			return err
		}
		if k.JSON {
			return p.json(append([]silence.Silence{}, all...))
		}
		if len(all) == 0 {
			_, err := fmt.Fprintln(p.stdout, "nothing is silenced")
			return err
		}
		w := tabwriter.NewWriter(p.stdout, 0, 0, 2, ' ', 0)
		fmt.Fprintln(w, "ID\tSILENCED\tSINCE\tUNTIL\tHELD\tREASON")
		for _, one := range all {
			fmt.Fprintf(w, "%d\t%s\t%s\t%s\t%d\t%s\n", one.ID, printable(one.String()), moment(one.From, c.Zone(), now),
				moment(one.Until, c.Zone(), now), one.Held, cmp.Or(printable(one.Reason+unasked(c, one)), "–"))
		}
		return w.Flush()
	})
}

// unasked says that a query holds nothing, because the rules do not know it any more.
func unasked(c *configs.Config, s silence.Silence) string {
	if s.Kind != silence.Query {
		return ""
	}
	if _, mistakes := c.Rules.Ask(s.What); len(mistakes) > 0 {
		return " (holds nothing: " + mistakes[0].Message + ")"
	}
	return ""
}

type silenceAdd struct {
	Rule   string `help:"A rule, by its id." xor:"what" required:"" placeholder:"ID"`
	Source string `help:"A source, by its id." xor:"what" required:"" placeholder:"ID"`
	Event  string `help:"All reports of what an article tells of: its address, or SOURCE/IDENTITY." xor:"what" required:"" placeholder:"ARTICLE"`
	Query  string `help:"All articles of which a query is true, in the language of the rules." xor:"what" required:"" placeholder:"QUERY"`
	For    string `help:"How long: 4h, 3d." xor:"end" required:"" placeholder:"DURATION"`
	Until  string `help:"Until when, on the desk's clock: 2026-03-02, or 2026-03-02T09:30." xor:"end" required:"" placeholder:"TIME"`
	Reason string `help:"Why; the digest says it." placeholder:"TEXT"`
}

// Run sets a silence.
func (k silenceAdd) Run(p *program) error {
	return p.inStore(sqlite.OpenBeside, func(c *configs.Config, s *sqlite.Store) error {
		now := time.Now()
		until, err := k.end(now, c.Zone())
		if err != nil {
			return err
		}
		one, err := k.what(p, c, s)
		if err != nil {
			return err
		}
		one.From, one.Until, one.Reason = now, until, k.Reason
		if err := one.Check(); err != nil {
			return exit{exitUsage, "presswatch: " + err.Error()}
		}
		if one.ID, err = s.AddSilence(p.ctx, one); err != nil {
			return err
		}
		_, err = fmt.Fprintf(p.stdout, "silence %d: %s until %s; presswatch silence end %d ends it sooner\n",
			one.ID, printable(one.String()), until.In(c.Zone()).Format("2006-01-02 15:04 MST"), one.ID)
		return err
	})
}

func (k silenceAdd) end(now time.Time, zone *time.Location) (time.Time, error) {
	if k.For != "" {
		span, err := strict.Duration(k.For)
		if err != nil {
			return now, exit{exitUsage, fmt.Sprintf("presswatch: bad --for %q: a duration such as 4h or 3d", k.For)}
		}
		return now.Add(span), nil
	}
	until, ok := parseDate(k.Until, zone)
	if !ok {
		return now, exit{exitUsage, fmt.Sprintf("presswatch: bad --until %q: a date such as 2026-03-02, or 2026-03-02T09:30", k.Until)}
	}
	return until, nil
}

// what is the silence without its times; what it names must be there.
func (k silenceAdd) what(p *program, c *configs.Config, s *sqlite.Store) (silence.Silence, error) {
	switch {
	case k.Rule != "":
		if !slices.Contains(c.Rules.IDs(), k.Rule) {
			return silence.Silence{}, exit{exitWrong, fmt.Sprintf("presswatch: there is no rule %q: presswatch check lists them", k.Rule)}
		}
		return silence.Silence{Kind: silence.Rule, What: k.Rule}, nil
	case k.Source != "":
		for _, source := range c.Sources {
			if source.ID == k.Source {
				return silence.Silence{Kind: silence.Source, What: k.Source, Name: source.Name}, nil
			}
		}
		return silence.Silence{}, exit{exitWrong, fmt.Sprintf("presswatch: there is no source %q: presswatch status lists them", k.Source)}
	case k.Event != "":
		return k.event(p, s)
	}
	if _, mistakes := c.Rules.Ask(k.Query); len(mistakes) > 0 {
		return silence.Silence{}, exit{exitUsage, mistakesOf(k.Query, mistakes).Report()}
	}
	return silence.Silence{Kind: silence.Query, What: k.Query}, nil
}

func (k silenceAdd) event(p *program, s *sqlite.Store) (silence.Silence, error) {
	stored, err := s.Lookup(p.ctx, k.Event)
	switch {
	case errors.Is(err, store.ErrNotFound):
		return silence.Silence{}, exit{exitWrong, fmt.Sprintf("presswatch: %s is not in the store: name an article by the address in its message", k.Event)}
	case err != nil:
		return silence.Silence{}, err
	case !stored.Read:
		return silence.Silence{}, exit{exitWrong, fmt.Sprintf("presswatch: %s is not read yet: what it tells of is not known", k.Event)}
	}
	title := []rune(stored.Article.Title)
	return silence.Silence{Kind: silence.Event, What: strconv.FormatInt(stored.Place.Event, 10), Name: string(title[:min(len(title), 200)])}, nil
}

type silenceEnd struct {
	IDs []int64 `arg:"" name:"id" help:"The silences' numbers, as list shows them."`
}

// Run ends silences.
func (k silenceEnd) Run(p *program) error {
	return p.inStore(sqlite.OpenBeside, func(_ *configs.Config, s *sqlite.Store) error {
		for _, id := range k.IDs {
			err := s.EndSilence(p.ctx, id, time.Now())
			if errors.Is(err, store.ErrNotFound) {
				return exit{exitWrong, fmt.Sprintf("presswatch: there is no silence %d: presswatch silence list shows them", id)}
			}
			if err != nil {
				return err
			}
			fmt.Fprintf(p.stdout, "silence %d is over; what it held stays untold\n", id)
		}
		return nil
	})
}
