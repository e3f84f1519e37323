package main

import (
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"presswatch/configs"
	"presswatch/rules"
	"presswatch/store/sqlite"
	"presswatch/watcher/article"
	"presswatch/watcher/strict"
)

type searchCommand struct {
	Query []string `arg:"" help:"The query, in the language of the rules; @names are their vocabulary."`
	Since string   `help:"How far back, by the articles' dates: a duration such as 90d or 48h, or a date; the whole store without it." placeholder:"TIME"`
	Limit int      `help:"How many articles at most; 0 for all." default:"20" placeholder:"N"`
	JSON  bool     `help:"Print JSON." name:"json"`
}

// searchReport is what a search found, as --json prints it.
type searchReport struct {
	Query    string     `json:"query"`
	Since    time.Time  `json:"since,omitzero"`
	Articles []searched `json:"articles"` // newest first
	More     bool       `json:"more"`     // there are others beyond the limit
}

// searched is an article, and where the query is true of it.
type searched struct {
	Article  article.Article   `json:"article"`
	Evidence []article.Passage `json:"evidence"`
}

// Run finds stored articles of which a query is true.
func (k searchCommand) Run(p *program) error {
	if k.Limit < 0 {
		return exit{exitUsage, "presswatch: --limit is 1 or more, or 0 for all"}
	}
	c, err := p.load()
	if err != nil {
		return err
	}
	since, err := parseSince(k.Since, time.Now(), c.Zone())
	if err != nil {
		return err
	}
	query := strings.Join(k.Query, " ")
	set, mistakes := c.Rules.Ask(query)
	if len(mistakes) > 0 {
		return exit{exitUsage, mistakesOf(query, mistakes).Report()}
	}
	report := searchReport{Query: query, Since: since, Articles: []searched{}}
	if err := k.search(p, c, set, &report); err != nil {
		return err
	}
	if k.JSON {
		return p.json(report)
	}
	return report.print(p, c.Zone())
}

func (k searchCommand) search(p *program, c *configs.Config, set *rules.Set, report *searchReport) error {
	s, err := sqlite.OpenReader(p.ctx, c.Database)
	if err != nil {
		return err
	}
	defer s.Close()
	for stored, err := range s.Articles(p.ctx, report.Since) {
		if err != nil {
			return err
		}
		matches := set.Match(set.Document(aboutStored(c, stored.Article), stored.Revision.Zones))
		if len(matches) == 0 {
			continue
		}
		if k.Limit > 0 && len(report.Articles) == k.Limit {
			report.More = true
			break
		}
		report.Articles = append(report.Articles, searched{stored.Article, matches[0].Evidence})
	}
	return nil
}

// mistakesOf places a query's mistakes as if it were a file of that name.
func mistakesOf(query string, mistakes []rules.Mistake) (placed strict.Mistakes) {
	lines := strings.Split(query, "\n")
	for _, m := range mistakes {
		before := query[:min(m.Start, len(query))]
		line := strings.Count(before, "\n")
		column := utf8.RuneCountInString(before[strings.LastIndex(before, "\n")+1:])
		placed = append(placed, strict.Mistake{File: "query", Line: line + 1, Column: column + 1, Message: m.Message, Hint: m.Hint, Source: lines[line]})
	}
	return placed
}

func (r searchReport) print(p *program, zone *time.Location) error {
	pen := newPen(p.style())
	for _, hit := range r.Articles {
		fmt.Fprintln(p.stdout, pen.heading(hit.Article, zone))
		pen.passages(p.stdout, hit.Evidence)
		fmt.Fprintln(p.stdout)
	}
	if r.More {
		_, err := fmt.Fprintf(p.stdout, "the newest %s; there are more: --limit 0 shows all\n", counted(len(r.Articles), "article"))
		return err
	}
	_, err := fmt.Fprintln(p.stdout, counted(len(r.Articles), "article"))
	return err
}
