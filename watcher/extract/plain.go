package extract

import (
	"strings"
	"unicode"

	"presswatch/watcher/article"
)

// FromText splits plain text into the zones of an article by the marks alone.
// The text may be the article's, or a page's whole: it may begin with the title
// and the lead once more, which are dropped from the body, and end in teasers.
// Title and lead may be "". Zones without text are left out. Where neither a lead
// nor a body is left, the captions are the body: the story of a picture.
func FromText(title, lead, text string, marks Marks) []article.Zone {
	title, lead = foldSpace(tidy(title)), tidy(lead)
	found := marks.forTitle(title).part(withoutHead(tidy(text), title, lead))
	return zones(title, lead, found)
}

// zones puts the zones in the order in which a page has them.
func zones(title, lead string, found parts) []article.Zone {
	if lead == "" && len(found.body) == 0 {
		found.body, found.captions = found.captions, nil
	}
	var all []article.Zone
	add := func(kind article.ZoneKind, text string) {
		if text != "" {
			all = append(all, article.Zone{Kind: kind, Text: text})
		}
	}
	add(article.Title, title)
	add(article.Lead, lead)
	add(article.Body, strings.Join(found.body, "\n\n"))
	for _, c := range found.captions {
		add(article.Caption, c)
	}
	for _, t := range found.teasers {
		add(article.Teaser, t)
	}
	return all
}

// headLines is how many lines at the head of a text may repeat title and lead:
// a date or a credit may stand among them.
const headLines = 5

// withoutHead drops the lines at the head of tidy text that say the title or the
// lead once more. A rule that counts how often a name occurs would count twice.
func withoutHead(text, title, lead string) string {
	known := map[string]bool{}
	for l := range strings.SplitSeq(lead, "\n") {
		known[letters(l)] = true
	}
	known[letters(lead)] = true
	delete(known, "")
	titleKey := letters(title)

	var kept []string
	lines := strings.Split(text, "\n")
	head := 0
	for i, l := range lines {
		if head == headLines {
			kept = append(kept, lines[i:]...)
			break
		}
		if l != "" {
			head++
		}
		if key := letters(l); known[key] || repeats(key, titleKey) {
			continue
		}
		kept = append(kept, l)
	}
	return tidy(strings.Join(kept, "\n"))
}

// Bytes of letters that a line may have before a title that it repeats: a date,
// a section. Behind a title stands what a picture shows.
const (
	beforeTitle = 20
	longTitle   = 20 // a shorter title is only repeated by itself
)

func repeats(line, title string) bool {
	if len(title) < longTitle {
		return title != "" && line == title
	}
	return len(line) <= len(title)+beforeTitle && strings.HasSuffix(line, title)
}

// letters is a text's letters and digits, in lower case: what stays the same
// where a page loses spaces, or sets its apostrophes and dashes otherwise.
func letters(text string) string {
	var b strings.Builder
	for _, r := range text {
		if unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) {
			b.WriteRune(unicode.ToLower(r))
		}
	}
	return b.String()
}
