package feed

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/zstd"
)

// offered is what we ask for and can undo. What comes in another coding was not
// asked for and is an error.
const offered = "gzip, br, zstd"

// zstdWindow bounds what a zstd frame may make us remember, in bytes.
const zstdWindow = 8 << 20

// readBody reads and decompresses an answer's body, at most limit bytes after
// decompression. A body that is cut short, compressed twice, or followed by
// anything is an error: half a feed would be taken for the whole.
func readBody(resp *http.Response, limit int64) ([]byte, error) {
	if resp.ContentLength > limit {
		return nil, tooBig(fmt.Sprintf("a body of %d bytes is announced", resp.ContentLength), limit)
	}
	coding := strings.ToLower(strings.TrimSpace(strings.Join(resp.Header.Values("Content-Encoding"), ", ")))
	raw := bufio.NewReader(&capped{r: resp.Body, left: limit, limit: limit})
	decoded, done, err := decoder(coding, raw)
	if err != nil {
		return nil, err
	}
	defer done()
	body, err := readAll(decoded, limit)
	if err != nil {
		return nil, asEncoding(coding, err)
	}
	if plain(coding) {
		return inflate(body, limit)
	}
	return body, checkDecoded(coding, body, raw)
}

// inflate unpacks a file that is stored compressed and served as it is, as
// sitemap.xml.gz is: no header says so, its first bytes do.
func inflate(body []byte, limit int64) ([]byte, error) {
	if !bytes.HasPrefix(body, []byte("\x1f\x8b")) {
		return body, nil
	}
	const coding = "gzip"
	raw := bufio.NewReader(bytes.NewReader(body))
	decoded, done, err := decoder(coding, raw)
	if err != nil {
		return nil, err
	}
	defer done()
	if body, err = readAll(decoded, limit); err != nil {
		return nil, asEncoding(coding, err)
	}
	return body, checkDecoded(coding, body, raw)
}

// decoder makes the reader that undoes a coding; done gives its memory back.
func decoder(coding string, raw *bufio.Reader) (r io.Reader, done func(), err error) {
	none := func() {}
	switch coding {
	case "", "identity":
		return raw, none, nil
	case "gzip", "x-gzip":
		zr, err := gzip.NewReader(raw)
		if err != nil {
			return nil, nil, asEncoding(coding, err)
		}
		zr.Multistream(false)
		return zr, none, nil
	case "br":
		return brotli.NewReader(raw), none, nil
	case "zstd":
		zr, err := zstd.NewReader(raw, zstd.WithDecoderConcurrency(1), zstd.WithDecoderLowmem(true), zstd.WithDecoderMaxWindow(zstdWindow))
		if err != nil {
			return nil, nil, asEncoding(coding, err)
		}
		return zr, zr.Close, nil
	}
	return nil, nil, &Error{Kind: Encoding, Err: fmt.Errorf("the body comes as %q, which was not asked for (%s)", coding, offered)}
}

// checkDecoded tells whether the compressed body was one whole of one layer.
func checkDecoded(coding string, body []byte, raw *bufio.Reader) error {
	if bytes.HasPrefix(body, []byte("\x1f\x8b")) || bytes.HasPrefix(body, []byte("\x28\xb5\x2f\xfd")) {
		return &Error{Kind: Encoding, Err: fmt.Errorf("the body is compressed twice (%s)", coding)}
	}
	switch _, err := raw.Peek(1); {
	case err == nil:
		return &Error{Kind: Encoding, Err: fmt.Errorf("more follows after the end of the %s body", coding)}
	case !errors.Is(err, io.EOF):
		return asEncoding(coding, err)
	}
	return nil
}

// readAll reads at most limit bytes. The buffer grows by fours and never beyond
// the limit, so all that is ever allocated for a body, dead buffers included,
// stays below twice the limit; bytes.Buffer comes to four times.
func readAll(r io.Reader, limit int64) ([]byte, error) {
	const first = 64 << 10
	body := make([]byte, 0, min(first, limit+1))
	for {
		n, err := r.Read(body[len(body):cap(body)])
		body = body[:len(body)+n]
		switch {
		case errors.Is(err, io.EOF):
			return body, nil
		case err != nil:
			return nil, err
		case int64(len(body)) > limit:
			return nil, tooBig("the body is longer", limit)
		case len(body) == cap(body):
			body = append(make([]byte, 0, min(4*int64(cap(body)), limit+1)), body...)
		}
	}
}

// asEncoding names a decoder's error. A connection that broke and our own
// errors keep their kind.
func asEncoding(coding string, err error) error {
	var ours *Error
	switch {
	case errors.As(err, &ours), isTimeout(err):
		return err
	case errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, io.EOF):
		if plain(coding) {
			return &Error{Kind: Connect, Err: fmt.Errorf("the body ends before its announced length: %w", err)}
		}
		return &Error{Kind: Encoding, Err: fmt.Errorf("the %s body is cut off: %w", coding, err)}
	case plain(coding):
		return err
	case errors.As(err, new(interface{ Temporary() bool })):
		return err
	}
	return &Error{Kind: Encoding, Err: fmt.Errorf("the body is not proper %s: %w", coding, err)}
}

func plain(coding string) bool { return coding == "" || coding == "identity" }

func tooBig(what string, limit int64) *Error {
	return &Error{Kind: TooBig, Err: fmt.Errorf("%s: more than %v, the limit network.max_body", what, Size(limit))}
}

// capped bounds what is read from the wire: a compressed stream can go on for
// ever without yielding a byte.
type capped struct {
	r           io.Reader
	left, limit int64
}

func (c *capped) Read(p []byte) (int, error) {
	if c.left < 0 {
		return 0, tooBig("the compressed body is longer", c.limit)
	}
	if int64(len(p)) > c.left+1 {
		p = p[:c.left+1]
	}
	n, err := c.r.Read(p)
	c.left -= int64(n)
	return n, err
}
