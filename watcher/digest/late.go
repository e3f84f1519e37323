package digest

const (
	missing = "Late" // heading of what should have come
	maxLate = 10     // named one by one
)

// lateItems say what should have come and has not.
func lateItems(lines []string) (items []item) {
	for i, line := range lines {
		if i == maxLate {
			line = plural(len(lines)-i, "other", "others")
		}
		if line = cut(clean(line), maxTitle+maxName); line == "" {
			continue // a block without text is refused, and all of the message with it
		}
		block := rich(section(plain(line)))
		items = append(items, item{heading: missing, block: block, weight: weight(block), line: escape(line, maxLine)})
		if i == maxLate {
			break
		}
	}
	return items
}
