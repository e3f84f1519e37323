package probe

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"presswatch/watcher/extract"
	"presswatch/watcher/feed"
)

// mostRequests bounds what one probe asks for, robots.txt included.
const mostRequests = 40

// Prober asks sites what they offer.
type Prober struct {
	Client *feed.Client // its pace is the probe's
	Agent  string       // the name that robots.txt may speak of
	Now    time.Time    // no date that is found is later
	// Keep gets every answer, in order; nil keeps none. Its error ends the probe.
	Keep func(Answer) error
}

// Answer is what a request brought, raw.
type Answer struct {
	URL      string
	Response feed.Response // of an error: zero
	Err      error
}

// Report is what a site offers.
type Report struct {
	Site     string  `json:"site"`     // the address that was probed
	Title    string  `json:"title"`    // of that page, as served; from outside
	Language string  `json:"language"` // ISO 639, as the page or a feed says it; "" when none does
	Found    []Found `json:"found"`    // the best first
	Tried    []Try   `json:"tried"`    // what brought no feed, in order
}

// Found is one thing that can be polled.
type Found struct {
	URL        string        `json:"url"`             // as the configuration wants it: with {month} for a month sitemap
	Kind       string        `json:"kind"`            // one of feed.Kind…
	Links      string        `json:"links,omitempty"` // for a list page: the selector
	Items      int           `json:"items"`           // of an index: of its newest sitemap
	Newest     time.Time     `json:"newest,omitzero"` // zero when no item has a date
	Rhythm     time.Duration `json:"rhythm"`          // mean time between two dated items; 0: not known
	Validators bool          `json:"validators"`      // it has an ETag or a Last-Modified: a poll of what did not change costs nothing
	Title      string        `json:"title"`           // as the feed says it; from outside
	Language   string        `json:"language"`
	Addresses  []string      `json:"-"` // of the items
}

// Try is an address that brought no feed.
type Try struct {
	URL       string `json:"url"`
	Outcome   string `json:"outcome"`             // why not; from outside, in part
	Forbidden bool   `json:"forbidden,omitempty"` // by robots.txt: it was not fetched
}

// Run probes the site of an address: a page, or a feed itself. The error is the
// caller's context, or Keep's; a site that offers nothing is no error.
func (p Prober) Run(ctx context.Context, address string) (Report, error) {
	site, err := url.Parse(address)
	if err != nil || site.Host == "" || site.Scheme != "http" && site.Scheme != "https" {
		return Report{}, fmt.Errorf("%q is no address of a site: such as https://www.example.org/", address)
	}
	if site.Path == "" {
		site.Path = "/"
	}
	r := &run{Prober: p, site: site, robots: map[string]robots{}, seen: map[string]bool{}, known: map[string]bool{}}
	r.report.Site = site.String()
	rules := r.robotsOf(ctx, site)
	if rules.trouble != "" {
		r.tried(site.String(), rules.trouble)
		return r.report, cmp.Or(r.stopped, ctx.Err())
	}
	r.queue = append([]string{site.String()}, rules.sitemaps...)
	for place := range lines(placesFile) {
		r.queue = append(r.queue, site.Scheme+"://"+site.Host+place)
	}
	for len(r.queue) > 0 && r.stopped == nil && ctx.Err() == nil {
		next := r.queue[0]
		r.queue = r.queue[1:]
		r.visit(ctx, next)
	}
	r.finish()
	return r.report, cmp.Or(r.stopped, ctx.Err())
}

// run is one probe under way.
type run struct {
	Prober
	site    *url.URL
	report  Report
	queue   []string
	robots  map[string]robots // by scheme and host
	seen    map[string]bool   // addresses visited
	known   map[string]bool   // addresses, after redirects, of what was found
	asked   int
	stopped error
}

// visit asks for one address and looks what it is.
func (r *run) visit(ctx context.Context, address string) {
	if r.seen[address] {
		return
	}
	r.seen[address] = true
	asked := feed.Months(address, r.Now, r.Now, time.UTC)[0]
	response, ok := r.fetch(ctx, asked)
	if !ok {
		return
	}
	if r.known[response.URL] {
		r.tried(address, "leads to one that is known: "+response.URL)
		return
	}
	parsed, err := r.parse(response, extract.Selector{})
	switch {
	case err == nil && len(parsed.Children) > 0:
		r.foundIndex(ctx, address, response, parsed)
	case err == nil:
		r.found(address, response, parsed)
	case errors.As(err, new(*feed.NotFeed)):
		r.readPage(address, response, err)
	default:
		r.tried(address, err.Error())
	}
}

// fetch asks for an address that robots.txt does not forbid.
func (r *run) fetch(ctx context.Context, address string) (feed.Response, bool) {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		r.tried(address, "is no address of the web")
		return feed.Response{}, false
	}
	path := u.EscapedPath()
	if u.RawQuery != "" {
		path += "?" + u.RawQuery
	}
	if why := r.robotsOf(ctx, u).forbids(path); why != "" {
		r.report.Tried = append(r.report.Tried, Try{URL: address, Outcome: why, Forbidden: true})
		return feed.Response{}, false
	}
	response, err := r.ask(ctx, address)
	if err != nil {
		r.tried(address, strings.TrimPrefix(err.Error(), address+": "))
	}
	return response, err == nil
}

// robotsOf is what a host's robots.txt says, asked for once.
func (r *run) robotsOf(ctx context.Context, u *url.URL) robots {
	host := u.Scheme + "://" + u.Host
	if known, ok := r.robots[host]; ok {
		return known
	}
	var rules robots
	response, err := r.ask(ctx, host+"/robots.txt")
	var fe *feed.Error
	switch {
	case err == nil:
		rules = parseRobots(response.Body, r.Agent)
	case errors.As(err, &fe) && fe.Status >= 400 && fe.Status < 500 && fe.Status != http.StatusTooManyRequests:
	default:
		rules.trouble = fmt.Sprintf("not asked for, because robots.txt cannot be read: %v", err)
	}
	r.robots[host] = rules
	return rules
}

// ask makes a request, while there are any left.
func (r *run) ask(ctx context.Context, address string) (feed.Response, error) {
	if r.asked++; r.asked > mostRequests {
		return feed.Response{}, fmt.Errorf("%s: not asked for: a probe ends after %d requests", address, mostRequests)
	}
	response, err := r.Client.Fetch(ctx, feed.Request{URL: address, Accept: "*/*"})
	if r.Keep != nil && ctx.Err() == nil && r.stopped == nil {
		r.stopped = r.Keep(Answer{URL: address, Response: response, Err: err})
	}
	return response, err
}

// parse reads an answer as a poll would. A feed may stand on another host than
// the articles: then the probed site's counts.
func (r *run) parse(response feed.Response, links extract.Selector) (feed.Parsed, error) {
	about := feed.About{URL: response.URL, Now: r.Now, Links: links}
	parsed, err := feed.Parse(response.Body, response.ContentType, about)
	if err == nil && len(parsed.Entries)+len(parsed.Children) == 0 {
		about.Hosts = []string{r.site.Host}
		return feed.Parse(response.Body, response.ContentType, about)
	}
	return parsed, err
}

func (r *run) tried(address, outcome string) {
	r.report.Tried = append(r.report.Tried, Try{URL: address, Outcome: outcome})
}

// readPage follows what a page says of feeds; of the page that was named, also
// its headlines.
func (r *run) readPage(address string, response feed.Response, notFeed error) {
	p := readPage(response.Body, response.ContentType, response.URL)
	next := append(p.declared, p.linked...)
	if address == r.site.String() {
		r.report.Title, r.report.Language = p.title, Language(p.language)
		r.queue = append(next, r.queue...)
		if r.foundList(address, response) {
			return
		}
	} else {
		r.queue = append(r.queue, p.linked...)
	}
	r.tried(address, notFeed.Error())
}

// finish sorts what was found: the fullest feed that tells its dates first.
func (r *run) finish() {
	slices.SortStableFunc(r.report.Found, func(a, b Found) int {
		return cmp.Or(rank(a)-rank(b), b.Newest.Compare(a.Newest), b.Items-a.Items)
	})
	for _, f := range r.report.Found {
		r.report.Language = cmp.Or(r.report.Language, f.Language)
	}
}

// rank orders kinds by how much they tell of an article, and empty ones last.
func rank(f Found) int {
	order := []string{feed.KindRSS, feed.KindAtom, feed.KindJSON, feed.KindNews, feed.KindSitemap, feed.KindIndex, feed.KindList}
	at := slices.Index(order, f.Kind)
	switch {
	case f.Items == 0:
		return len(order)
	case at <= slices.Index(order, feed.KindJSON):
		return 0
	}
	return at
}
