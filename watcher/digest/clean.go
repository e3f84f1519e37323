package digest

import (
	"net/url"
	"strings"
	"unicode"
)

const (
	joiner    = '\u200d'
	nonJoiner = '\u200c'
)

// letter is a character of a text that is to be shown, and whether it is marked.
type letter struct {
	r      rune
	marked bool
}

// letters takes a text of a feed apart into what may be shown on one line: valid,
// single spaces, nothing invisible. marked tells of byte offsets whether they
// belong to words that matched; a space between two marked words is marked too.
func letters(s string, marked func(offset int) bool) []letter {
	out := make([]letter, 0, len(s))
	space := false
	for i, r := range s {
		switch {
		case unicode.IsSpace(r) || r == '\u2028' || r == '\u2029':
			space = len(out) > 0
			continue
		case invisible(r):
			continue
		case r == joiner || r == nonJoiner:
			if space || len(out) == 0 || out[len(out)-1].r == r {
				continue
			}
		}
		l := letter{r: r, marked: marked(i)}
		if space {
			out = append(out, letter{r: ' ', marked: l.marked && out[len(out)-1].marked})
			space = false
		}
		out = append(out, l)
	}
	for len(out) > 0 && (out[len(out)-1].r == joiner || out[len(out)-1].r == nonJoiner) {
		out = out[:len(out)-1]
	}
	return out
}

// invisible reports whether a character only controls others: terminals, the
// direction of text, line breaking, tags. The two joiners are letters of some
// scripts and of composed symbols.
func invisible(r rune) bool {
	switch {
	case r >= ' ' && r < 0x7f, r > 0xad && r < 0x600, r >= 0x1e00 && r < 0x1fff, r == joiner, r == nonJoiner:
		return false // what most texts are made of
	case r >= 0x600 && r <= 0x605, r == 0x6dd, r == 0x70f, r == 0x890, r == 0x891, r == 0x8e2:
		return false // Arabic and Syriac signs that are seen
	}
	return unicode.Is(unicode.Cc, r) || unicode.Is(unicode.Cf, r) || r&0xfffe == 0xfffe || r >= 0xfdd0 && r <= 0xfdef
}

// clean is a text of a feed or of the configuration, fit to be shown on one line.
func clean(s string) string {
	return spell(letters(s, func(int) bool { return false }))
}

func spell(ls []letter) string {
	var b strings.Builder
	b.Grow(len(ls) + len(ls)/4)
	for _, l := range ls {
		b.WriteRune(l.r)
	}
	return b.String()
}

// size is the length of a text as limits count it: in UTF-16 units.
func size(s string) int {
	n := 0
	for _, r := range s {
		n += units(r)
	}
	return n
}

func units(r rune) int {
	if r > 0xffff {
		return 2
	}
	return 1
}

// cut shortens a text to at most so many units, at the end of a word where there
// is one in its last third, and says so by an ellipsis.
func cut(s string, most int) string {
	if size(s) <= most {
		return s
	}
	end, n, word := 0, 0, 0
	for i, r := range s {
		if n > most-1 {
			break
		}
		if r == ' ' && n > most*2/3 {
			word = i
		}
		if !unicode.Is(unicode.M, r) && r != joiner {
			end = i // never between a letter and its accents
		}
		n += units(r)
	}
	if word > 0 {
		end = word
	}
	return strings.TrimRight(s[:end], " ,;:") + "…"
}

// escape makes a cleaned text safe as mrkdwn, at most so many units long.
func escape(s string, most int) string {
	short := cut(s, most)
	for {
		escaped := escapeAll(short)
		if size(escaped) <= most {
			return escaped
		}
		short = cut(s, size(short)*most/size(escaped)-1)
	}
}

func escapeAll(s string) string {
	s = strings.ReplaceAll(s, "&", "&amp;")
	return strings.ReplaceAll(strings.ReplaceAll(s, "<", "&lt;"), ">", "&gt;")
}

// address is what a link may lead to, and the host to show for it: an http or
// https URL without user, in visible ASCII, without a character that ends a link
// in Slack. Both are "" for anything else.
func address(raw string) (link, host string) {
	u, err := url.Parse(strings.TrimSpace(raw))
	if err != nil || u.Host == "" || u.User != nil || u.Scheme != "http" && u.Scheme != "https" {
		return "", ""
	}
	link = encode(u.String())
	// What does not read as itself again is not what it looked like.
	if again, err := url.Parse(link); err != nil || encode(again.String()) != link || len(escapeAll(link)) > maxURL {
		return "", ""
	}
	host = u.Hostname()
	if encode(host) != host || host == "" {
		host = "the article"
	}
	return link, cut(host, maxName)
}

// encode percent-encodes what may not stand bare in a link.
func encode(s string) string {
	const hex = "0123456789ABCDEF"
	bare := func(c byte) bool {
		return c > ' ' && c < 0x7f && strings.IndexByte("<>|\"`\\^{}", c) < 0
	}
	i := 0
	for i < len(s) && bare(s[i]) {
		i++
	}
	if i == len(s) {
		return s
	}
	var b strings.Builder
	b.WriteString(s[:i])
	for ; i < len(s); i++ {
		c := s[i]
		if !bare(c) {
			b.Write([]byte{'%', hex[c>>4], hex[c&15]})
			continue
		}
		b.WriteByte(c)
	}
	return b.String()
}
