package main

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"presswatch/configs"
	"presswatch/rules"
	"presswatch/rules/facts"
	"presswatch/store"
	"presswatch/store/sqlite"
	"presswatch/watcher/article"
	"presswatch/watcher/eval"
	"presswatch/watcher/extract"
)

type explainCommand struct {
	Article string `arg:"" help:"An article's address in the store, a file (a page, a plain text, or an object of articles.jsonl), or - for standard input."`
	Source  string `help:"The source whose selectors and language a file is read with." placeholder:"ID"`
	Lang    string `help:"The language of a file, where no source says it." placeholder:"CODE"`
	JSON    bool   `help:"Print JSON." name:"json"`
}

// explained is an article with what every rule says of it and the facts that it states,
// as --json prints it.
type explained struct {
	Title   string              `json:"title"`
	URL     string              `json:"url,omitempty"`
	From    string              `json:"from,omitempty"`
	Note    string              `json:"note,omitempty"`
	Zones   []article.Zone      `json:"zones"`
	History *history            `json:"history,omitempty"` // of an article in the store
	Verdict []rules.Explanation `json:"rules"`
	Stated  []facts.Explanation `json:"facts,omitempty"` // the facts that it states, with the words that filled their slots
}

// Run says of one article what every rule says, and why, and which facts it states.
func (e explainCommand) Run(p *program) error {
	c, err := p.load()
	if err != nil {
		return err
	}
	about, revision, past, err := e.find(p, c)
	if err != nil {
		return err
	}
	document := c.Rules.Document(about, revision.Zones)
	result := explained{
		Title: revision.Text(article.Title), URL: about.URL, From: revision.From, Note: revision.Note, Zones: revision.Zones,
		History: past,
		Verdict: c.Rules.Explain(document), Stated: c.Facts.Explain(document),
	}
	if e.JSON {
		return p.json(result)
	}
	return result.print(p, c.Zone())
}

// find reads the article from a file, standard input or the store.
func (e explainCommand) find(p *program, c *configs.Config) (about rules.About, r article.Revision, past *history, err error) {
	var data []byte
	if e.Article == "-" {
		data, err = io.ReadAll(p.stdin)
	} else {
		data, err = os.ReadFile(e.Article)
	}
	switch {
	case errors.Is(err, os.ErrNotExist):
		return e.lookUp(p, c)
	case err == nil:
		about, r, err = e.read(c, data)
	}
	return about, r, nil, err
}

func (e explainCommand) lookUp(p *program, c *configs.Config) (about rules.About, r article.Revision, past *history, err error) {
	s, err := sqlite.OpenReader(p.ctx, c.Database)
	if err != nil {
		return about, r, nil, fmt.Errorf("%s is no file, and the store cannot be asked: %w", e.Article, err)
	}
	defer s.Close()
	stored, err := s.Lookup(p.ctx, e.Article)
	switch {
	case errors.Is(err, store.ErrNotFound):
		return about, r, nil, fmt.Errorf("%s is neither a file nor the address of an article in the store", e.Article)
	case err != nil:
		return about, r, nil, err
	case !stored.Read:
		return about, r, nil, fmt.Errorf("%s is known but not read yet: see presswatch status", e.Article)
	}
	kept, err := s.History(p.ctx, stored.Article.ID)
	if err != nil {
		return about, r, nil, err
	}
	about = aboutStored(c, stored.Article)
	about.Language = cmp.Or(e.Lang, about.Language)
	return about, stored.Revision, historyOf(stored.Article, kept), nil
}

// about is what the configuration knows of a source, or of the language alone.
func (e explainCommand) about(c *configs.Config, id string) rules.About {
	about := rules.About{Source: id, Language: e.Lang}
	for _, s := range c.Sources {
		if s.ID == id || id != "" && s.Publisher == id {
			about.Source, about.Publisher = s.ID, s.Publisher
			if e.Lang == "" {
				about.Language = s.Language
			}
			break
		}
	}
	return about
}

// read makes an article from a file: an object of articles.jsonl, a page, or a
// plain text whose first line is the title.
func (e explainCommand) read(c *configs.Config, data []byte) (rules.About, article.Revision, error) {
	text := strings.TrimSpace(strings.TrimPrefix(string(data), "\ufeff"))
	switch {
	case strings.HasPrefix(text, "{"):
		return e.readRecord(c, text)
	case strings.HasPrefix(text, "<"):
		return e.readPage(c, data)
	}
	title, rest, _ := strings.Cut(text, "\n")
	zones := extract.FromText(title, "", rest, e.marks(c, e.Source))
	return e.about(c, e.Source), article.Revision{Zones: zones}, nil
}

func (e explainCommand) readPage(c *configs.Config, data []byte) (rules.About, article.Revision, error) {
	var selectors extract.Selectors
	zone := c.Zone()
	for _, s := range c.Sources {
		if s.ID == e.Source {
			selectors = s.Article
		}
	}
	page, err := extract.FromHTML(data, "text/html", "", selectors, e.marks(c, e.Source), zone)
	about := e.about(c, e.Source)
	about.Author, about.Sections, about.Published = page.Author, page.Sections, page.Published
	return about, article.Revision{Zones: page.Zones}, err
}

// readRecord reads the first line of articles.jsonl, or one object over several.
func (e explainCommand) readRecord(c *configs.Config, text string) (rules.About, article.Revision, error) {
	var record eval.Article
	if err := json.NewDecoder(strings.NewReader(text)).Decode(&record); err != nil {
		return rules.About{}, article.Revision{}, fmt.Errorf("not an article in JSON: %w", err)
	}
	record.Source, record.Lang = cmp.Or(record.Source, e.Source), cmp.Or(record.Lang, e.Lang)
	about, zones := press(c).Read(record)
	return about, article.Revision{Zones: zones}, nil
}

func (e explainCommand) marks(c *configs.Config, source string) extract.Marks {
	for _, s := range c.Sources {
		if s.ID == source {
			return c.Zones.With(s.Zones)
		}
	}
	return c.Zones
}

// print writes what the rules say, for people.
func (x explained) print(p *program, zone *time.Location) error {
	pen := newPen(p.style())
	fmt.Fprintln(p.stdout, pen.bold(printable(x.Title)))
	if x.URL != "" {
		fmt.Fprintln(p.stdout, x.URL)
	}
	switch x.From {
	case article.FromFeed:
		fmt.Fprintf(p.stdout, "from the feed only: %s\n", x.Note)
	case article.Forgotten:
		fmt.Fprintln(p.stdout, "its text was forgotten (retention): only the title is judged")
	}
	if x.History != nil {
		x.History.print(p.stdout, zone)
	}
	for _, v := range x.Verdict {
		fmt.Fprintf(p.stdout, "\n%s  %s\n", pen.bold(v.Rule), pen.level(v.Level))
		if v.Match != nil {
			fmt.Fprintf(p.stdout, "  %s\n", v.Match.Clause)
			pen.passages(p.stdout, v.Match.Evidence)
		}
		pen.missed(p.stdout, v.Missed)
	}
	for _, f := range x.Stated {
		if err := printStated(p, f); err != nil {
			return err
		}
	}
	return nil
}
