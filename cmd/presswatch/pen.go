package main

import (
	"fmt"
	"io"
	"strings"

	"presswatch/rules"
	"presswatch/watcher/article"
	"presswatch/watcher/digest"
)

// pen marks text for a terminal, or in plain characters.
type pen struct{ colour bool }

func newPen(s digest.Style) pen { return pen{colour: s.Ink == digest.Colour} }

func (n pen) bold(s string) string {
	if n.colour {
		return "\x1b[1m" + s + "\x1b[0m"
	}
	return s
}

func (n pen) level(l article.Level) string {
	code := map[article.Level]string{article.Alert: "\x1b[31m", article.Digest: "\x1b[33m", article.None: "\x1b[2m"}[l]
	if n.colour {
		return code + l.String() + "\x1b[0m"
	}
	return l.String()
}

// mark shows a word of the evidence: bold on a terminal, else in brackets.
func (n pen) mark(s string) string {
	if n.colour {
		return "\x1b[1;32m" + s + "\x1b[0m"
	}
	return "[" + s + "]"
}

func (n pen) passages(w io.Writer, passages []article.Passage) {
	for _, p := range passages {
		var b strings.Builder
		at := 0
		for _, word := range p.Words {
			from, to := word.Start-p.Sentence.Start, word.End-p.Sentence.Start
			b.WriteString(printable(p.Quote[at:from]) + n.mark(printable(p.Quote[from:to])))
			at = to
		}
		b.WriteString(printable(p.Quote[at:]))
		fmt.Fprintf(w, "    %s %d–%d: %s\n", p.Zone, p.Sentence.Start, p.Sentence.End, b.String())
	}
}

// missed says why levels were not reached, and what there was of it.
func (n pen) missed(w io.Writer, missed []rules.Miss) {
	for _, m := range missed {
		fmt.Fprintf(w, "  not %s: %s: %s\n", m.Level, printable(m.Clause), printable(m.Reason))
		n.passages(w, m.Near)
	}
}
