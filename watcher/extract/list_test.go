package extract

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"
)

func TestLinksOfAList(t *testing.T) {
	for _, c := range []struct{ name, page, links, date, want string }{
		{"links of the selector and no others", `<nav><a href="/">Home</a></nav><ul class=news><li><h3><a href="/a/1.html">One</a></h3></li><li><h3><a href="b">Two <b>2</b></a></h3></li></ul>`, "ul.news > li > h3 > a", "", "https://paper.example/a/1.html One – | https://paper.example/x/b Two 2 –"},
		{"an element that holds a link", `<h3 class=t><i></i><a href="/1">One</a><a href="/2">Two</a></h3>`, "h3.t", "", "https://paper.example/1 One –"},
		{"a picture and a headline that lead to one article", `<li><a href="/1"><img src=p></a><a href="/1#top">One</a></li>`, "li a", "", "https://paper.example/1 One –"},
		{"a picture alone, with a title", `<a href="/1" title="One"><img src=p></a>`, "a", "", "https://paper.example/1 One –"},
		{"a base address", `<base href="https://www.paper.example/y/"><a href="1">One</a>`, "a", "", "https://www.paper.example/y/1 One –"},
		{"what is no address of the web", `<a href="javascript:void(0)">x</a><a href="mailto:a@b.example">y</a><a>z</a><a href="http://[">q</a>`, "a", "", ""},
		{"dates beside each link", `<ul><li><a href="/1">One</a><time datetime="2026-07-20T08:05:00+07:00">today</time></li><li><a href="/2">Two</a> <time>20/07/2026 09:10</time></li><li><a href="/3">Three</a></li></ul>`, "li > a", "time",
			"https://paper.example/1 One 20T01:05 | https://paper.example/2 Two 20T02:10 | https://paper.example/3 Three –"},
		{"a date that stands beside several links is none's", `<div><a href="/1">One</a><a href="/2">Two</a><time>20/07/2026 09:10</time></div>`, "a", "time", "https://paper.example/1 One – | https://paper.example/2 Two –"},
		{"a date that cannot be read", `<li><a href="/1">One</a><i>soon</i></li>`, "a", "i", "https://paper.example/1 One –"},
	} {
		t.Run(c.name, func(t *testing.T) {
			var date Selector
			if c.date != "" {
				date = selector(t, c.date)
			}
			links, err := Links([]byte(c.page), "text/html", "https://paper.example/x/", selector(t, c.links), date, time.FixedZone("local", 7*3600))
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, l := range links {
				at := "–"
				if !l.Published.IsZero() {
					at = l.Published.UTC().Format("02T15:04")
				}
				got = append(got, fmt.Sprintf("%s %s %s", l.URL, l.Title, at))
			}
			if s := strings.Join(got, " | "); s != c.want {
				t.Errorf("got  %s\nwant %s", s, c.want)
			}
		})
	}
}

func TestAListIsBounded(t *testing.T) {
	var page strings.Builder
	for i := range 3 * maxLinks {
		fmt.Fprintf(&page, "<li><a href=/%d>x</a><i>1/1/2026</i></li>", i)
	}
	links, err := Links([]byte(page.String()), "", "https://paper.example/", selector(t, "li a"), selector(t, "i"), time.UTC)
	if err != nil || len(links) != maxLinks {
		t.Errorf("%d links, %v", len(links), err)
	}
}

func FuzzLinks(f *testing.F) {
	f.Add([]byte(`<ul class=news><li><h3><a href="/a/1.html">One</a></h3><time datetime=2026-07-20>x</time></li></ul>`), "text/html")
	f.Add([]byte("<base href='//x'><a href=?><a href=:><li><li><table><a><a href=1><time>"), "")
	sel, date := selector(f, "li a, h3, a"), selector(f, "time, i")
	f.Fuzz(func(t *testing.T, page []byte, contentType string) {
		links, err := Links(page, contentType, "https://paper.example/x/", sel, date, time.UTC)
		if err != nil {
			return
		}
		var seen []string
		for _, l := range links {
			if !strings.HasPrefix(l.URL, "http") || strings.Contains(l.URL, "#") && !strings.Contains(l.URL, "%23") {
				t.Errorf("address %q", l.URL)
			}
			seen = append(seen, l.URL)
			checkText(t, l.Title)
		}
		slices.Sort(seen)
		if len(slices.Compact(seen)) != len(links) {
			t.Error("an address twice")
		}
	})
}
