package sqlite

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"sync"

	"presswatch/watcher/article"
)

// What no query asks for is kept packed: numbers as varints, texts as their
// length and their bytes, lists as their length and their members. Not as JSON,
// because JSON replaces bytes that are not UTF-8 and so shifts every offset of
// the evidence behind them; what comes out is byte for byte what went in.
//
// An article's details and its zones share one compressed block: the zones say
// title, lead and teasers again, and so cost next to nothing. zlib, because it
// beats zstd by a twentieth on texts of two kilobytes, needs a tenth of the
// memory, carries a checksum, and is in the standard library.

// errPacked says that a packed value does not unpack.
var errPacked = errors.New("a packed value is damaged")

type packer struct{ buf []byte }

func (p *packer) num(n int64)   { p.buf = binary.AppendVarint(p.buf, n) }
func (p *packer) text(s string) { p.num(int64(len(s))); p.buf = append(p.buf, s...) }
func (p *packer) texts(list []string) {
	p.num(int64(len(list)))
	for _, s := range list {
		p.text(s)
	}
}

// details packs what of an entry has no column of its own.
func (p *packer) details(e article.Entry) {
	p.text(e.Title)
	guid := e.GUID
	if guid == e.URL { // as most feeds have it
		guid = "="
	} else if guid != "" {
		guid = "+" + guid
	}
	p.text(guid)
	p.text(e.Lead)
	p.text(e.Author)
	p.text(e.DateNote)
	p.num(millis(e.OldBefore))
	p.texts(e.Sections)
	p.texts(e.Teasers)
}

func (p *packer) zones(zones []article.Zone) {
	p.num(int64(len(zones)))
	for _, z := range zones {
		p.text(string(z.Kind))
		p.text(z.Text)
	}
}

func (p *packer) evidence(passages []article.Passage) {
	p.num(int64(len(passages)))
	for _, e := range passages {
		p.text(string(e.Zone))
		p.num(int64(e.Index))
		p.span(e.Sentence)
		p.num(int64(len(e.Words)))
		for _, w := range e.Words {
			p.span(w)
		}
		p.text(e.Quote)
	}
}

func (p *packer) span(s article.Span) { p.num(int64(s.Start)); p.num(int64(s.End)) }

// unpacker reads what packer wrote. The first mistake ends it: from then on it
// yields zero values, and err says why.
type unpacker struct {
	buf []byte
	err error
}

func (u *unpacker) num() int64 {
	n, size := binary.Varint(u.buf)
	if size <= 0 {
		u.fail()
		return 0
	}
	u.buf = u.buf[size:]
	return n
}

func (u *unpacker) text() string {
	n := u.count()
	s := string(u.buf[:n])
	u.buf = u.buf[n:]
	return s
}

// count reads a length. No member of a list is shorter than a byte, so a length
// beyond the rest is damage, and is not allocated for.
func (u *unpacker) count() int {
	n := u.num()
	if n < 0 || n > int64(len(u.buf)) {
		u.fail()
		return 0
	}
	return int(n)
}

func (u *unpacker) fail() {
	u.err, u.buf = errPacked, nil
}

func (u *unpacker) texts() []string {
	return list(u, (*unpacker).text)
}

func (u *unpacker) details(e *article.Entry) {
	e.Title = u.text()
	e.GUID = u.text()
	if e.GUID == "=" {
		e.GUID = e.URL
	} else if e.GUID != "" {
		e.GUID = e.GUID[1:]
	}
	e.Lead = u.text()
	e.Author = u.text()
	e.DateNote = u.text()
	e.OldBefore = instant(u.num())
	e.Sections = u.texts()
	e.Teasers = u.texts()
}

func (u *unpacker) zones() []article.Zone {
	return list(u, func(u *unpacker) article.Zone {
		return article.Zone{Kind: article.ZoneKind(u.text()), Text: u.text()}
	})
}

func (u *unpacker) evidence() []article.Passage {
	return list(u, func(u *unpacker) article.Passage {
		return article.Passage{
			Zone:     article.ZoneKind(u.text()),
			Index:    int(u.num()),
			Sentence: u.span(),
			Words:    list(u, (*unpacker).span),
			Quote:    u.text(),
		}
	})
}

func (u *unpacker) span() article.Span {
	return article.Span{Start: int(u.num()), End: int(u.num())}
}

// list reads a list; an empty one is nil.
func list[T any](u *unpacker, member func(*unpacker) T) []T {
	n := u.count()
	if n == 0 {
		return nil
	}
	out := make([]T, 0, min(n, 64))
	for range n {
		out = append(out, member(u))
	}
	if u.err != nil {
		return nil
	}
	return out
}

// The first byte of a block says how the rest is kept.
const (
	blockPlain = 'p'
	blockZlib  = 'z'
)

// blockLeast is the size in bytes below which compression does not pay.
const blockLeast = 160

// press turns blocks into what is stored, and back. Its writers are kept
// because making one costs more than using it.
type press struct{ writers sync.Pool }

func (p *press) squeeze(raw []byte) []byte {
	var out bytes.Buffer
	if len(raw) >= blockLeast {
		out.WriteByte(blockZlib)
		w, _ := p.writers.Get().(*zlib.Writer)
		if w == nil {
			// The level is a constant: it cannot be refused.
			w, _ = zlib.NewWriterLevel(&out, zlib.BestCompression)
		} else {
			w.Reset(&out)
		}
		defer p.writers.Put(w)
		_, err := w.Write(raw)
		if err == nil && w.Close() == nil && out.Len() <= len(raw) {
			return out.Bytes()
		}
		out.Reset()
	}
	out.WriteByte(blockPlain)
	out.Write(raw)
	return out.Bytes()
}

func (p *press) expand(block []byte) ([]byte, error) {
	if len(block) == 0 {
		return nil, errPacked
	}
	switch block[0] {
	case blockPlain:
		return block[1:], nil
	case blockZlib:
		r, err := zlib.NewReader(bytes.NewReader(block[1:]))
		if err != nil {
			return nil, fmt.Errorf("%w: %w", errPacked, err)
		}
		raw, err := io.ReadAll(r)
		if err != nil {
			return nil, fmt.Errorf("%w: %w", errPacked, err)
		}
		return raw, nil
	}
	return nil, errPacked
}

// pack squeezes what fill packs.
func (p *press) pack(fill func(*packer)) []byte {
	var raw packer
	fill(&raw)
	return p.squeeze(raw.buf)
}

// unpack expands a block and has read take it apart.
func (p *press) unpack(block []byte, read func(*unpacker)) error {
	raw, err := p.expand(block)
	if err != nil {
		return err
	}
	u := unpacker{buf: raw}
	read(&u)
	return u.err
}
