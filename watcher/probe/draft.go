package probe

import (
	"cmp"
	"fmt"
	"net/netip"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"unicode"
)

// Draft is a source that is not in the configuration yet.
type Draft struct {
	ID       string
	Name     string // from outside
	Language string // "" when it is not known: check then asks for it
	Hosts    []string
	Identity string // a pattern; "" for none
	Feeds    []DraftFeed
}

// DraftFeed is a feed of a Draft.
type DraftFeed struct {
	URL      string
	Schedule string
	Links    string // a selector; "" for none
	Note     string // a comment; from outside
	Off      bool   // it is written as a comment
}

// Draft makes of a report the source that polls the best of what was found; the
// rest stands beside it as comments, since much of it would be the same articles
// again.
func (r Report) Draft() Draft {
	d := Draft{Language: r.Language, Name: r.Title}
	var articles []string
	for i, f := range r.Found {
		items := "items"
		if f.Items == 1 {
			items = "item"
		}
		d.Feeds = append(d.Feeds, DraftFeed{
			URL: f.URL, Schedule: f.Schedule(), Links: f.Links, Off: i > 0,
			Note: fmt.Sprintf("%s, %d %s", f.Kind, f.Items, items),
		})
		if i == 0 {
			articles = f.Addresses
			d.Name = cmp.Or(f.Title, d.Name)
		}
	}
	d.Hosts = hostsOf(append(articles, r.Site))
	d.Identity = Identity(articles)
	d.ID = ID(r.Site, d.Language)
	d.Name = cmp.Or(d.Name, d.ID)
	return d
}

// hostsOf lists the hosts of addresses, the commonest first.
func hostsOf(addresses []string) (hosts []string) {
	count := map[string]int{}
	for _, address := range addresses {
		if u, err := url.Parse(address); err == nil && u.Host != "" {
			if count[u.Host]++; count[u.Host] == 1 {
				hosts = append(hosts, u.Host)
			}
		}
	}
	slices.SortStableFunc(hosts, func(a, b string) int { return count[b] - count[a] })
	return hosts
}

// ID makes a source's id of an address: its host's own name, and the language
// where the host does not begin with it.
func ID(address, language string) string {
	u, err := url.Parse(address)
	if err != nil {
		return "source"
	}
	labels := strings.Split(u.Hostname(), ".")
	if _, err := netip.ParseAddr(u.Hostname()); err != nil && len(labels) > 1 {
		if slices.Contains([]string{"www", "m", "rss", "feeds", language}, labels[0]) && len(labels) > 2 {
			labels = labels[1:]
		}
		labels = labels[:len(labels)-1]
	}
	id := strings.Trim(regexp.MustCompile(`[^a-z0-9]+`).ReplaceAllString(strings.ToLower(strings.Join(labels, "-")), "-"), "-")
	if language != "" {
		id += "-" + language
	}
	return cmp.Or(strings.Trim(id, "-"), "source")
}

// YAML writes the draft as an entry of the key sources.
func (d Draft) YAML() string {
	var b strings.Builder
	fmt.Fprintf(&b, "  - id: %s\n    name: %s\n", quote(d.ID), quote(d.Name))
	if d.Language == "" {
		b.WriteString("    language: ''  # not known: ISO 639-1, such as en\n")
	} else {
		fmt.Fprintf(&b, "    language: %s\n", quote(d.Language))
	}
	var hosts []string
	for _, h := range d.Hosts {
		hosts = append(hosts, quote(h))
	}
	fmt.Fprintf(&b, "    hosts: [%s]\n", strings.Join(hosts, ", "))
	if d.Identity != "" {
		fmt.Fprintf(&b, "    identity: %s\n", quote(d.Identity))
	}
	b.WriteString("    feeds:\n")
	for _, f := range d.Feeds {
		f.write(&b)
	}
	return b.String()
}

func (f DraftFeed) write(b *strings.Builder) {
	lines := []string{"- url: " + quote(f.URL), "  schedule: " + quote(f.Schedule)}
	if f.Links != "" {
		lines = append(lines, "  links: "+quote(f.Links))
	}
	if f.Note != "" {
		lines[0] += "  # " + oneLine(f.Note)
	}
	for _, line := range lines {
		if f.Off {
			line = "# " + line
		}
		b.WriteString("      " + line + "\n")
	}
}

// quote writes a text of any origin as one YAML scalar.
func quote(s string) string { return "'" + strings.ReplaceAll(oneLine(s), "'", "''") + "'" }

// oneLine takes out what YAML or a terminal would not take for text: controls,
// the breaks of lines that YAML knows, and marks of direction.
func oneLine(s string) string {
	s = strings.ToValidUTF8(s, "")
	s = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || unicode.Is(unicode.Cf, r) || r == '\u2028' || r == '\u2029' || r >= 0xfffe && r <= 0xffff {
			return ' '
		}
		return r
	}, s)
	return strings.TrimSpace(s)
}
