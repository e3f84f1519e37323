package extract

import "slices"

// Marks say, in plain text, where an article ends and which of its lines are not
// its own: the key `zones`, of the configuration for every source, and of a
// source for itself. They are used on pages, after their selectors, and on plain
// text, which may be a page's whole text.
//
//	zones:
//	  cut: [Voir plus, See more]
//	  end: ['[-–—]\s?AGENCY$', '\./\.$']
//	  teaser_lines: ['^\s*>>']
//	  caption_lines: ['^Photo\s?:', '^{title} ảnh \d+(?P<caption>.*)']
//
// A line is tried in this order: cut, teaser_lines, caption_lines, end. Lines
// are compared after white space is folded: one space between words, none at
// either end.
type Marks struct {
	// Cut ends the article before a line that begins with one of these, as whole
	// words, in the case given; what follows is teasers, and so is the rest of
	// the line.
	Cut []string `yaml:"cut"`

	// End ends the article after a line in which one of these patterns is found:
	// the signature under an agency's text. The line still is the article's; what
	// follows is teasers, which often stand there without a heading.
	End []Regexp `yaml:"end"`

	// TeaserLines are lines that lead to other articles.
	TeaserLines []Regexp `yaml:"teaser_lines"`

	// CaptionLines are captions of pictures. A group named caption says which
	// part of the line is the caption, and one named body which part is the
	// article's after all; the rest is residue, and dropped. Without the group
	// caption the whole line is one, and the line directly above it in its
	// paragraph too: there stands what the picture shows, when the pattern finds
	// but its credit.
	CaptionLines []Regexp `yaml:"caption_lines"`
}

// With returns the marks and a source's own, in this order.
func (m Marks) With(own Marks) Marks {
	return Marks{
		Cut:          slices.Concat(m.Cut, own.Cut),
		End:          slices.Concat(m.End, own.End),
		TeaserLines:  slices.Concat(m.TeaserLines, own.TeaserLines),
		CaptionLines: slices.Concat(m.CaptionLines, own.CaptionLines),
	}
}

// Check refuses a cut mark without a word: every line begins with it.
func (m Marks) Check(report func(key, message, hint string)) {
	for _, mark := range m.Cut {
		if foldSpace(mark) == "" {
			report("cut", "a mark without a word would cut every article at its first line",
				"write the words that such a line begins with, as Voir plus")
			return
		}
	}
}

// Selectors say where on a source's pages the parts of an article stand: the key
// `article` of a source. Every one of them may be missing.
//
//	article:
//	  title: h1.article__title
//	  lead: .article__sapo, .details__summary
//	  body: .article__body, .content.article-body
//	  drop: [.article-relate, .notebox]
//
// Of alternatives, separated by commas, the first that finds a text is taken; of
// Caption and Drop all are.
type Selectors struct {
	Title   Selector `yaml:"title"`   // else og:title, h1, title
	Lead    Selector `yaml:"lead"`    // else the description that the page gives of itself, where it is the article's first paragraph
	Body    Selector `yaml:"body"`    // else general extraction
	Caption Selector `yaml:"caption"` // beside figcaption and td.caption; in the body, or before it
	Author  Selector `yaml:"author"`  // else the page's meta elements
	// Date is where the date of publication stands: in an attribute datetime or
	// content, else in the text. Without it, or when it cannot be read, the page's
	// meta elements are asked, its JSON-LD, and its first time element.
	Date    Selector   `yaml:"date"`
	Section Selector   `yaml:"section"` // every match is a section; else article:section
	Drop    []Selector `yaml:"drop"`    // removed before all else
}
