package feed

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptrace"
	"net/url"
	"sync/atomic"
	"time"
)

// maxRedirects is how many redirects one fetch follows.
const maxRedirects = 5

// maxMoved bounds the body of an answer that is thrown away: so much is read to
// keep its connection, no more.
const maxMoved = 16 << 10

// Client fetches feeds and pages. It is safe for concurrent use; requests to
// one host queue up inside it (see Config.Interval). It holds no goroutine.
type Client struct {
	cfg       Config
	userAgent string
	transport http.RoundTripper
	guard     *guard
	pace      *pace
	cookies   *cookies
}

// NewClient makes a client that calls itself userAgent. A transport other than
// nil takes the place of the network, and with it the check of resolved
// addresses; every rule that an address alone can break still holds.
func NewClient(cfg Config, userAgent string, transport http.RoundTripper) *Client {
	cfg = cfg.WithDefaults()
	c := &Client{
		cfg: cfg, userAgent: userAgent, transport: transport,
		guard: newGuard(cfg), pace: newPace(cfg.Interval), cookies: newCookies(),
	}
	if transport == nil {
		c.transport = c.guard.transport(c.guard.dialer())
	}
	return c
}

// Request is one conditional GET.
type Request struct {
	URL string // absolute; a fragment is not sent
	// ETag and LastModified are those of the last Response, byte for byte; ""
	// sends none.
	ETag, LastModified string
	// Hosts lists where redirects may lead ("host" or "host:port"), besides the
	// URL's own host, its sub-domains and its "www." and "m." spellings.
	Hosts  []string
	Accept string // the header of that name; "" sends one for feeds
	// Jar names the jar whose cookies are kept and sent, a source's id say;
	// "" keeps and sends none.
	Jar string
}

// Response is an answer that makes sense.
type Response struct {
	// Status is 200, 204 (the server has nothing to say: Body is empty) or 304
	// (nothing changed since the Request's validators).
	Status int
	URL    string // where the answer came from, after redirects
	// Moved is the last address of an unbroken chain of permanent redirects
	// from the Request's URL; "" when the first answer was no such redirect.
	Moved       string
	Body        []byte // decompressed; its charset is as served
	ContentType string
	// ETag and LastModified replace the validators that were known, also by "".
	// A 304 that names none gives back those of the Request.
	ETag, LastModified string
	Fresh              time.Duration // by max-age and Age, or Expires; at most 24 h
	Header             http.Header   // as served, for who keeps raw answers
}

// Fetch asks for an address once, following redirects. Every error is an
// *Error. It waits for the turn of the host, however long the queue; ctx ends
// the wait.
func (c *Client) Fetch(ctx context.Context, req Request) (Response, error) {
	t, err := c.newTrip(req)
	if err != nil {
		return Response{}, &Error{Kind: Refused, URL: req.URL, Err: err}
	}
	for {
		resp, err := c.hop(ctx, t)
		if err != nil {
			e := classify(t.at.String(), err)
			if e.URL == "" {
				e.URL = t.at.String()
			}
			c.heed(t.at.Host, e)
			return Response{}, e
		}
		c.pace.served(t.at.Host)
		if resp != nil {
			return *resp, nil
		}
	}
}

// Rest makes every host wait for the interval that was not asked yet by this
// client: call it where another process may have asked before.
func (c *Client) Rest() { c.pace.rest() }

// heed holds a failure against its host: one that refuses, fails or keeps us
// waiting time after time is left alone for ever longer.
func (c *Client) heed(host string, e *Error) {
	switch {
	case e.Kind == Timeout, e.Status == http.StatusTooManyRequests, e.Status == http.StatusForbidden, e.Status >= 500:
		c.pace.strike(host)
	case e.Status != 0:
		c.pace.served(host)
	}
}

// trip is the state of one fetch over its redirects.
type trip struct {
	req      Request
	hosts    hosts
	at       *url.URL
	seen     map[string]bool // addresses asked, with the cookies they were asked with
	hops     int
	left     time.Duration // of Config.Timeout
	moved    string
	wavering bool // a redirect that is not permanent was among those followed
}

func (c *Client) newTrip(req Request) (*trip, error) {
	u, err := parseURL(req.URL)
	if err != nil {
		return nil, err
	}
	return &trip{
		req: req, at: u, hosts: hosts{listed: req.Hosts, own: u},
		seen: make(map[string]bool), left: c.cfg.Timeout,
	}, nil
}

// hop makes one request of a trip. Neither a response nor an error: the trip
// goes on at t.at.
func (c *Client) hop(ctx context.Context, t *trip) (*Response, error) {
	if err := c.guard.admit(t.at); err != nil {
		return nil, err
	}
	if d := c.pace.heldFor(t.at.Host); d > 0 {
		return nil, &Error{Kind: Held, RetryAfter: d, Err: fmt.Errorf("the host is left alone, %v are left of the pause", d.Round(time.Second))}
	}
	leave, err := c.pace.enter(ctx, t.at.Host)
	if err != nil {
		return nil, &Error{Kind: waitKind(err), Err: fmt.Errorf("waiting for the turn of %s: %w", t.at.Host, err)}
	}
	defer leave()
	start := time.Now()
	defer func() { t.left -= time.Since(start) }()
	whole, cancel := context.WithTimeout(ctx, t.left)
	defer cancel()
	whole, giveUp := context.WithCancelCause(whole)
	defer giveUp(nil)
	whole = httptrace.WithClientTrace(whole, fewTries(giveUp))
	resp, err := c.transport.RoundTrip(c.newRequest(whole, t))
	if err != nil {
		return nil, c.named(ctx, whole, err)
	}
	defer resp.Body.Close()
	answer, err := c.answer(t, resp)
	return answer, c.named(ctx, whole, err)
}

// maxTries is how many connections net/http may take for one request. It asks
// again by itself when a server takes a request back before it answers, as it may
// between two polls; one that does nothing else would be asked a thousand times a
// second until the time is over.
const maxTries = 5

// fewTries gives a request up when it is tried too often.
func fewTries(giveUp context.CancelCauseFunc) *httptrace.ClientTrace {
	var tries atomic.Int32
	return &httptrace.ClientTrace{GotConn: func(httptrace.GotConnInfo) {
		if tries.Add(1) > maxTries {
			giveUp(&Error{Kind: Protocol, Err: fmt.Errorf("the server took the request back %d times", maxTries)})
		}
	}}
}

func waitKind(err error) Kind {
	if errors.Is(err, context.DeadlineExceeded) {
		return Timeout
	}
	return Cancelled
}

// named tells our own deadline from the caller's, and both from a broken
// connection: a transport may report either as something else.
func (c *Client) named(ctx, whole context.Context, err error) error {
	var ours *Error
	switch {
	case err == nil:
		return nil
	case errors.As(context.Cause(whole), &ours):
		return ours
	case ctx.Err() != nil:
		return &Error{Kind: waitKind(ctx.Err()), Err: fmt.Errorf("given up by the caller: %w", ctx.Err())}
	case whole.Err() != nil:
		return &Error{Kind: Timeout, Err: fmt.Errorf("not done within %v, the limit network.timeout: %w", c.cfg.Timeout, whole.Err())}
	}
	return err
}

// newRequest sends what a polite reader sends, and nothing that follows a user
// around: no Referer, no cookies unless asked for.
func (c *Client) newRequest(ctx context.Context, t *trip) *http.Request {
	accept := t.req.Accept
	if accept == "" {
		accept = "application/rss+xml, application/atom+xml, application/feed+json, application/xml;q=0.9, text/xml;q=0.9, */*;q=0.5"
	}
	h := http.Header{"User-Agent": {c.userAgent}, "Accept": {accept}, "Accept-Encoding": {offered}}
	if t.req.ETag != "" {
		h["If-None-Match"] = []string{t.req.ETag}
	}
	if t.req.LastModified != "" {
		h["If-Modified-Since"] = []string{t.req.LastModified}
	}
	if t.req.Jar != "" {
		c.cookies.send(t.req.Jar, t.at, h)
	}
	t.seen[visit(t.at, h)] = true
	r := &http.Request{Method: http.MethodGet, URL: t.at, Host: t.at.Host, Header: h, Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1}
	return r.WithContext(ctx)
}

// visit names a request for the loop check: the same address with other
// cookies is another request.
func visit(u *url.URL, h http.Header) string { return u.String() + "\n" + h.Get("Cookie") }

// answer judges one answer: a response, an error, or neither for a redirect.
func (c *Client) answer(t *trip, resp *http.Response) (*Response, error) {
	if t.req.Jar != "" {
		c.cookies.keep(t.req.Jar, t.at, resp)
	}
	conditional := t.req.ETag != "" || t.req.LastModified != ""
	switch resp.StatusCode {
	case http.StatusMovedPermanently, http.StatusFound, http.StatusSeeOther,
		http.StatusTemporaryRedirect, http.StatusPermanentRedirect:
		drain(resp)
		return nil, c.redirect(t, resp)
	case http.StatusOK:
		body, err := readBody(resp, int64(c.cfg.MaxBody))
		if err != nil {
			return nil, err
		}
		r := t.response(resp)
		r.Body = body
		return r, nil
	case http.StatusNoContent, http.StatusResetContent:
		r := t.response(resp)
		r.Status = http.StatusNoContent
		return r, nil
	case http.StatusNotModified:
		if conditional && resp.Header.Get("Location") == "" {
			return t.response(resp), nil
		}
	}
	return nil, c.refused(t, resp)
}

func (t *trip) response(resp *http.Response) *Response {
	r := &Response{
		Status: resp.StatusCode, URL: t.at.String(), Moved: t.moved,
		ContentType: resp.Header.Get("Content-Type"),
		Fresh:       freshFor(resp.Header, time.Now()),
		Header:      resp.Header,
	}
	r.ETag, r.LastModified = validators(resp.Header)
	if resp.StatusCode == http.StatusNotModified {
		if r.ETag == "" {
			r.ETag = t.req.ETag
		}
		if r.LastModified == "" {
			r.LastModified = t.req.LastModified
		}
	}
	return r
}
