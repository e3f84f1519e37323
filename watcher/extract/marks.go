package extract

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// parts is an article's plain text, parted by its marks.
type parts struct {
	body     []string // paragraphs
	captions []string
	teasers  []string // paragraphs
}

// A marker is Marks made ready for one article.
type marker struct {
	cut                   []string
	end, teasers, caption []*regexp.Regexp
}

func (m Marks) forTitle(title string) marker {
	about := func(patterns []Regexp) []*regexp.Regexp {
		var ready []*regexp.Regexp
		for _, p := range patterns {
			if re := p.about(title); re != nil {
				ready = append(ready, re)
			}
		}
		return ready
	}
	ready := marker{end: about(m.End), teasers: about(m.TeaserLines), caption: about(m.CaptionLines)}
	for _, mark := range m.Cut {
		if mark = foldSpace(tidy(mark)); mark != "" {
			ready.cut = append(ready.cut, mark)
		}
	}
	return ready
}

// part parts tidy text: see writer.
func (m marker) part(text string) parts {
	if text == "" {
		return parts{}
	}
	paragraphs := strings.Split(text, "\n\n")
	s := splitting{marker: m, loose: len(paragraphs) == 1}
	for _, p := range paragraphs {
		s.paragraph(strings.Split(p, "\n"))
	}
	return s.parts
}

// splitting is parting at work.
type splitting struct {
	marker
	parts
	ended bool
	// loose: the text knows no empty lines, so that its lines are paragraphs, and
	// the line above a picture's credit may be any.
	loose bool
}

func (s *splitting) paragraph(lines []string) {
	var own, foreign []string
	above := false // the last of own stands directly above
	for _, line := range lines {
		if rest, ok := s.cuts(line); ok {
			s.ended = true
			foreign = appendText(foreign, rest)
			continue
		}
		if s.ended {
			foreign = append(foreign, line)
			continue
		}
		if matches(s.marker.teasers, line) {
			s.parts.teasers, above = append(s.parts.teasers, line), false
			continue
		}
		if found, ok := s.captionOf(line); ok {
			if found.whole && above && !s.loose {
				found.caption = own[len(own)-1] + "\n" + found.caption
				own = own[:len(own)-1]
			}
			s.captions, above = appendText(s.captions, found.caption), false
			if found.own == "" {
				continue
			}
			line = found.own
		}
		own, above = append(own, line), true
		s.ended = matches(s.end, line)
	}
	s.body = appendText(s.body, strings.Join(own, "\n"))
	s.parts.teasers = appendText(s.parts.teasers, strings.Join(foreign, "\n"))
}

func appendText(list []string, text string) []string {
	if text == "" {
		return list
	}
	return append(list, text)
}

// cuts reports whether a line ends the article, and what is left of the line
// behind the mark.
func (m marker) cuts(line string) (rest string, ok bool) {
	for _, mark := range m.cut {
		rest, found := strings.CutPrefix(line, mark)
		if !found {
			continue
		}
		r, _ := utf8.DecodeRuneInString(rest)
		if rest == "" || !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r) {
			return strings.TrimLeft(rest, " :,;.–"), true
		}
	}
	return "", false
}

func matches(patterns []*regexp.Regexp, line string) bool {
	for _, p := range patterns {
		if p.MatchString(line) {
			return true
		}
	}
	return false
}

// A captioned line is what a caption pattern makes of a line.
type captioned struct {
	caption string
	own     string // what is left of the line for the article
	whole   bool   // the pattern takes the line as it is
}

func (m marker) captionOf(line string) (captioned, bool) {
	for _, p := range m.caption {
		found := p.FindStringSubmatch(line)
		if found == nil {
			continue
		}
		group := func(name string) (text string, ok bool) {
			if i := p.SubexpIndex(name); i >= 0 {
				return foldSpace(found[i]), true
			}
			return "", false
		}
		own, _ := group("body")
		if caption, ok := group("caption"); ok {
			return captioned{caption: caption, own: own}, true
		}
		return captioned{caption: line, whole: true}, true
	}
	return captioned{}, false
}
