package newsroom

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// house serves one publisher: its feed, with validators, and the page of each
// article that has appeared, without any, as the real ones do.
type house struct {
	newsroom *Newsroom
	press    press
}

func (h house) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		w.Header().Set("Allow", "GET, HEAD")
		http.Error(w, "only GET and HEAD", http.StatusMethodNotAllowed)
		return
	}
	stories := h.newsroom.visible(func(s story) bool { return s.Publisher == h.press.ID })
	if r.URL.Path == h.press.Feed.Path {
		h.serveFeed(w, r, stories)
		return
	}
	h.servePage(w, r, stories)
}

func (h house) serveFeed(w http.ResponseWriter, r *http.Request, stories []story) {
	kind := feedKinds[h.press.Feed.Kind]
	body, err := kind.write(h.press, base(r), stories[:min(len(stories), feedSize)])
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	sum := sha256.Sum256(body)
	etag := `"` + hex.EncodeToString(sum[:8]) + `"`
	changed := lastChange(stories).UTC()
	w.Header().Set("ETag", etag)
	w.Header().Set("Last-Modified", changed.Format(http.TimeFormat))
	if unchanged(r, etag, changed) {
		w.WriteHeader(http.StatusNotModified)
		return
	}
	respond(w, r, kind.mediaType, body)
}

func (h house) servePage(w http.ResponseWriter, r *http.Request, stories []story) {
	m := h.press.number.FindStringSubmatch(r.URL.Path)
	if m == nil {
		http.NotFound(w, r)
		return
	}
	for _, s := range stories {
		if strconv.Itoa(s.Number) != m[h.press.number.SubexpIndex("number")] {
			continue
		}
		body, err := writePage(h.press, base(r), s, stories)
		if err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
			return
		}
		respond(w, r, "text/html; charset=utf-8", body)
		return
	}
	http.NotFound(w, r)
}

// base is the address under which the reader found this host.
func base(r *http.Request) string { return "http://" + r.Host }

// unchanged decides as RFC 9110 does: where the request carries an entity tag,
// the date is not looked at.
func unchanged(r *http.Request, etag string, changed time.Time) bool {
	if tags := r.Header.Get("If-None-Match"); tags != "" {
		for tag := range strings.SplitSeq(tags, ",") {
			if strings.TrimPrefix(strings.TrimSpace(tag), "W/") == etag {
				return true
			}
		}
		return false
	}
	since, err := http.ParseTime(r.Header.Get("If-Modified-Since"))
	return err == nil && !changed.Truncate(time.Second).After(since)
}

// respond writes a body, gzipped where the reader takes that.
func respond(w http.ResponseWriter, r *http.Request, mediaType string, body []byte) {
	w.Header().Set("Content-Type", mediaType)
	w.Header().Set("Vary", "Accept-Encoding")
	if strings.Contains(r.Header.Get("Accept-Encoding"), "gzip") {
		w.Header().Set("Content-Encoding", "gzip")
		body = gzipped(body)
	}
	w.Header().Set("Content-Length", strconv.Itoa(len(body)))
	if r.Method == http.MethodHead {
		return
	}
	// The reader may have hung up; there is nobody left to tell.
	_, _ = w.Write(body)
}

// gzipped compresses into memory, where writing cannot go wrong.
func gzipped(body []byte) []byte {
	var out bytes.Buffer
	z := gzip.NewWriter(&out)
	_, _ = z.Write(body)
	_ = z.Close()
	return out.Bytes()
}
