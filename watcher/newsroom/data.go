package newsroom

import (
	"fmt"
	"html/template"
	"io/fs"
	"net/http"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"go.yaml.in/yaml/v4"
)

// Article is one article as its publisher has it.
type Article struct {
	Publisher string    `yaml:"publisher"` // a publisher's id
	Number    int       `yaml:"number"`    // the publisher's number, in its address
	Slug      string    `yaml:"slug"`      // the decoration of its address
	Section   string    `yaml:"section"`
	Author    string    `yaml:"author"`
	Title     string    `yaml:"title"`
	Lead      string    `yaml:"lead"`
	Body      string    `yaml:"body"`     // paragraphs, separated by an empty line
	Pictures  []Picture `yaml:"pictures"` // the n-th stands after the n-th paragraph
	Related   []string  `yaml:"related"`  // headlines of other articles, in the feed and on the page

	After time.Duration `yaml:"after"` // appears so long after the newsroom's start
	Age   time.Duration `yaml:"age"`   // published so long before it appears
}

// Picture is a picture's caption and credit.
type Picture struct {
	Caption string `yaml:"caption"`
	Credit  string `yaml:"credit"`
}

// Publisher is one publisher of the newsroom, to be served on a host of its own.
type Publisher struct {
	ID, Name, Publisher string
	Language            string // ISO 639-1
	Feed                string // path of its feed on its host
	Handler             http.Handler

	press press
}

// Source is the publisher as an entry of the configuration's `sources`, YAML
// that begins with "id:", for a reader that finds it at host ("127.0.0.1:8081")
// and polls it on that schedule.
func (p Publisher) Source(host, schedule string) ([]byte, error) {
	type feed struct {
		URL      string `yaml:"url"`
		Schedule string `yaml:"schedule"`
	}
	source := struct {
		ID        string         `yaml:"id"`
		Name      string         `yaml:"name"`
		Publisher string         `yaml:"publisher"`
		Language  string         `yaml:"language"`
		Hosts     []string       `yaml:"hosts"`
		Timezone  string         `yaml:"timezone"`
		Identity  string         `yaml:"identity"`
		Feeds     []feed         `yaml:"feeds"`
		Article   map[string]any `yaml:"article,omitempty"`
	}{
		p.ID, p.Name, p.Publisher, p.Language, []string{host}, p.press.Timezone, p.press.Identity,
		[]feed{{"http://" + host + p.Feed, schedule}}, p.press.Article,
	}
	text, err := yaml.Dump(source)
	if err != nil {
		return nil, fmt.Errorf("newsroom: source %s: %w", p.ID, err)
	}
	return text, nil
}

// press is a publisher as publishers.yaml describes it.
type press struct {
	ID        string `yaml:"id"`
	Name      string `yaml:"name"`
	Publisher string `yaml:"publisher"`
	Language  string `yaml:"language"`
	Timezone  string `yaml:"timezone"`
	Feed      struct {
		Kind  string `yaml:"kind"` // rss, atom or json
		Path  string `yaml:"path"`
		Title string `yaml:"title"`
	} `yaml:"feed"`
	Page     string         `yaml:"page"`     // a file of pages/, without its ending
	Address  string         `yaml:"address"`  // path of an article, with {slug} and {number}
	Identity string         `yaml:"identity"` // finds the number in any address of an article
	More     string         `yaml:"more"`     // heading of the newest stories below an article
	Imprint  []string       `yaml:"imprint"`  // lines at the foot of every page
	Article  map[string]any `yaml:"article"`  // selectors, as a configuration has them

	zone   *time.Location
	number *regexp.Regexp
	layout *template.Template
}

// loadPress reads publishers.yaml and the pages that it names.
func loadPress() ([]press, error) {
	text, err := files.ReadFile("publishers.yaml")
	if err != nil {
		return nil, err
	}
	var all []press
	if err := yaml.Load(text, &all, yaml.WithKnownFields()); err != nil {
		return nil, fmt.Errorf("publishers.yaml: %w", err)
	}
	for i := range all {
		if err := all[i].prepare(); err != nil {
			return nil, fmt.Errorf("publishers.yaml: %s: %w", all[i].ID, err)
		}
	}
	return all, nil
}

// prepare compiles what is written as text.
func (p *press) prepare() (err error) {
	if _, ok := feedKinds[p.Feed.Kind]; !ok {
		return fmt.Errorf("unknown kind of feed %q", p.Feed.Kind)
	}
	if p.zone, err = time.LoadLocation(p.Timezone); err != nil {
		return err
	}
	if p.number, err = regexp.Compile(p.Identity); err != nil {
		return err
	}
	if p.number.SubexpIndex("number") < 0 {
		return fmt.Errorf("identity %q has no group called number", p.Identity)
	}
	p.layout, err = template.ParseFS(files, "pages/"+p.Page+".html")
	return err
}

// path is the address of an article on its publisher's host.
func (p press) path(slug string, number int) string {
	return strings.NewReplacer("{slug}", slug, "{number}", strconv.Itoa(number)).Replace(p.Address)
}

// loadArticles reads articles/*.yaml, with the years of that start.
func loadArticles(start time.Time) ([]Article, error) {
	names, err := fs.Glob(files, "articles/*.yaml")
	if err != nil {
		return nil, err
	}
	var all []Article
	for _, name := range names {
		text, err := files.ReadFile(name)
		if err != nil {
			return nil, err
		}
		var a Article
		if err := yaml.Load([]byte(fillDates(string(text), start)), &a, yaml.WithKnownFields()); err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		all = append(all, a)
	}
	return all, nil
}

var dateMark = regexp.MustCompile(`\{(?:year([+-]\d+)?|day)\}`)

// fillDates writes the years and the day that the texts leave open.
func fillDates(text string, start time.Time) string {
	return dateMark.ReplaceAllStringFunc(text, func(mark string) string {
		if mark == "{day}" {
			return start.Format("2/1")
		}
		offset, err := strconv.Atoi(strings.TrimSuffix(strings.TrimPrefix(mark, "{year"), "}"))
		if err != nil { // no offset
			offset = 0
		}
		return strconv.Itoa(start.Year() + offset)
	})
}

// check says what an article lacks to be served.
func (a Article) check(known []press) error {
	if !slices.ContainsFunc(known, func(p press) bool { return p.ID == a.Publisher }) {
		return fmt.Errorf("article %d: unknown publisher %q", a.Number, a.Publisher)
	}
	if a.Number <= 0 || a.Slug == "" || a.Title == "" {
		return fmt.Errorf("article %q of %s: number, slug and title are required", a.Title, a.Publisher)
	}
	return nil
}
