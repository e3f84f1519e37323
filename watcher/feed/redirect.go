package feed

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"time"
)

// redirect moves the trip to where an answer points, or says why not. The new
// address passes the same checks as the first one when it is asked.
func (c *Client) redirect(t *trip, resp *http.Response) error {
	next, err := follow(t.at, resp.Header.Get("Location"))
	if err != nil {
		return &Error{Kind: Redirects, Err: fmt.Errorf("a redirect (%d) that cannot be followed: %w", resp.StatusCode, err)}
	}
	if err := t.mayGo(next); err != nil {
		return err
	}
	if t.hops++; t.hops > maxRedirects {
		return &Error{Kind: Redirects, Err: fmt.Errorf("more than %d redirects, the last one to %s", maxRedirects, next)}
	}
	h := make(http.Header)
	if t.req.Jar != "" {
		c.cookies.send(t.req.Jar, next, h)
	}
	if t.seen[visit(next, h)] {
		hint := ""
		if len(resp.Cookies()) > 0 && t.req.Jar == "" {
			hint = "; the server wants a cookie kept (cookies: true)"
		}
		return &Error{Kind: Redirects, Err: fmt.Errorf("a redirect loop: %s leads back to %s%s", t.at, next, hint)}
	}
	t.note(resp.StatusCode, next)
	t.at = next
	return nil
}

// mayGo holds a redirect's target against the request's hosts.
func (t *trip) mayGo(next *url.URL) error {
	if t.at.Scheme == "https" && next.Scheme == "http" {
		return &Error{Kind: Redirects, Err: fmt.Errorf("a redirect from https to http is refused: %s", next)}
	}
	if !t.hosts.allows(next) {
		return &Error{Kind: Redirects, Err: fmt.Errorf("a redirect to %s is refused: the source's hosts are %s", next, t.hosts)}
	}
	return nil
}

// note remembers how far permanent redirects alone have led.
func (t *trip) note(status int, next *url.URL) {
	permanent := status == http.StatusMovedPermanently || status == http.StatusPermanentRedirect
	if !permanent {
		t.wavering = true
	}
	if !t.wavering {
		t.moved = next.String()
	}
}

// follow resolves a Location. A user name in it is dropped, not sent.
func follow(from *url.URL, location string) (*url.URL, error) {
	if location == "" {
		return nil, errors.New("it names no Location")
	}
	if len(location) > maxURL {
		return nil, fmt.Errorf("its Location has %d bytes", len(location))
	}
	to, err := from.Parse(location)
	if err != nil {
		return nil, fmt.Errorf("its Location is not an address: %w", errors.Unwrap(err))
	}
	to.User = nil
	return parseURL(to.String())
}

// refused makes the error for an answer that brings nothing, and holds the host
// where it asked for a pause.
func (c *Client) refused(t *trip, resp *http.Response) error {
	drain(resp)
	e := &Error{Kind: Status, URL: t.at.String(), Status: resp.StatusCode}
	if resp.StatusCode >= 400 {
		e.RetryAfter = retryAfter(resp.Header, time.Now())
	}
	if e.RetryAfter > 0 && (resp.StatusCode == http.StatusTooManyRequests || resp.StatusCode == http.StatusServiceUnavailable) {
		c.pace.hold(t.at.Host, e.RetryAfter)
	}
	e.Err = fmt.Errorf("the server answers %d%s%s", resp.StatusCode, statusText(resp.StatusCode), pause(e.RetryAfter))
	return e
}

func pause(d time.Duration) string {
	if d == 0 {
		return ""
	}
	return fmt.Sprintf(", and asks for a pause of %v", d)
}

// statusText says what an answer means for a reader of feeds.
func statusText(status int) string {
	switch status {
	case http.StatusNotModified:
		return ": nothing changed, although nothing was known"
	case http.StatusForbidden:
		return " (forbidden): it may refuse robots, or the contact is missing in the User-Agent"
	case http.StatusNotFound:
		return " (not found): the address may have changed"
	case http.StatusGone:
		return " (gone): the address is given up for good"
	case http.StatusPartialContent:
		return ": a part, although the whole was asked for"
	}
	if text := http.StatusText(status); text != "" {
		return " (" + text + ")"
	}
	return ""
}

// drain reads the rest of a body that is known to be short, so that its
// connection can be used again. Others are cut off: they may never end.
func drain(resp *http.Response) {
	if resp.ContentLength < 0 || resp.ContentLength > maxMoved {
		return
	}
	_, _ = io.CopyN(io.Discard, resp.Body, maxMoved)
}
