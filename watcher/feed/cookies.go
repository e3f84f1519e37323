package feed

import (
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"strings"
	"sync"

	"golang.org/x/net/publicsuffix"
)

// maxCookies is how many cookies a jar takes before it is emptied: a site that
// hands out a new name with every answer must not fill our memory.
const maxCookies = 200

// cookies keeps the jars of the sources that need one, in memory only: some
// sites redirect to themselves until a cookie comes back.
type cookies struct {
	mu   sync.Mutex
	jars map[string]*jar
}

type jar struct {
	*cookiejar.Jar
	taken int
}

func newCookies() *cookies { return &cookies{jars: make(map[string]*jar)} }

// send adds the jar's cookies for an address to a request's header.
func (c *cookies) send(name string, u *url.URL, h http.Header) {
	c.mu.Lock()
	defer c.mu.Unlock()
	j := c.jars[name]
	if j == nil {
		return
	}
	var pairs []string
	for _, cookie := range j.Cookies(u) {
		pairs = append(pairs, cookie.Name+"="+cookie.Value)
	}
	if len(pairs) > 0 {
		h.Set("Cookie", strings.Join(pairs, "; "))
	}
}

// keep takes an answer's cookies into the jar.
func (c *cookies) keep(name string, u *url.URL, resp *http.Response) {
	set := resp.Cookies()
	if len(set) == 0 {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	j := c.jars[name]
	if j == nil || j.taken+len(set) > maxCookies {
		fresh, err := cookiejar.New(&cookiejar.Options{PublicSuffixList: publicsuffix.List})
		if err != nil {
			return
		}
		j = &jar{Jar: fresh}
		c.jars[name] = j
	}
	j.SetCookies(u, set)
	j.taken += len(set)
}
