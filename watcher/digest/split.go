package digest

import (
	"fmt"

	"github.com/slack-go/slack"
)

// sheet is what stands on top of every part of a message.
type sheet struct{ title, note string }

// item is an entry of a message of many: its block, and its line of text.
type item struct {
	heading string // of the group it belongs to, said again in each part; "" for none
	block   slack.Block
	weight  int    // of the block
	line    string // escaped
	quote   quotation
}

const (
	continued = " (continued)"
	widest    = " · 999 of 999" // room kept for the number of a part
)

// lay makes the messages of a list of items: none for none.
func lay(s sheet, items []item) []Message {
	parts := split(s, items)
	out := make([]Message, len(parts))
	before := "" // the heading under which the part before ended
	for i, part := range parts {
		out[i] = s.message(part, i+1, len(parts), before)
		before = part[len(part)-1].heading
	}
	return out
}

// split deals the items out to parts, each as full as the limits on blocks, on all
// blocks together and on the text allow. An item is never taken apart.
func split(s sheet, items []item) [][]item {
	var parts [][]item
	var used room
	for _, it := range items {
		next := used.with(it)
		if len(parts) == 0 || !next.fits() {
			parts = append(parts, nil)
			next = s.room().with(it)
		}
		used = next
		parts[len(parts)-1] = append(parts[len(parts)-1], it)
	}
	return parts
}

// room is what a part has used up so far.
type room struct {
	blocks, weight, text int
	heading              string
}

// room is what the top of a part uses.
func (s sheet) room() room {
	r := room{weight: len("[]")}
	for _, b := range s.top(widest) {
		r.blocks, r.weight = r.blocks+1, r.weight+weight(b)
	}
	r.text = size(s.topText(widest))
	return r
}

func (r room) fits() bool {
	return r.blocks <= maxBlocks && r.weight <= maxAll && r.text <= maxText
}

// with is the room used with one more item, and with its heading if that is due.
func (r room) with(it item) room {
	if it.heading != r.heading {
		r.heading = it.heading
		r.blocks, r.weight, r.text = r.blocks+1, r.weight+weight(headingBlock(it.heading+continued)), r.text+size(headingLine(it.heading+continued))
	}
	r.blocks, r.weight, r.text = r.blocks+1, r.weight+it.weight, r.text+size(it.line)+1
	return r
}

// message makes one part. before is the heading under which the part before ended.
func (s sheet) message(part []item, number, of int, before string) Message {
	suffix := ""
	if of > 1 {
		suffix = fmt.Sprintf(" · %d of %d", number, of)
	}
	blocks, text, heading := s.top(suffix), s.topText(suffix), ""
	most := quoteRoom(s, part)
	for _, it := range part {
		if it.heading != heading {
			heading = it.heading
			shown := heading
			if heading == before {
				shown += continued
			}
			blocks, text = append(blocks, headingBlock(shown)), text+headingLine(shown)
		}
		blocks = append(blocks, it.block)
		text += "\n" + it.line + quoteLine(it.quote, most)
	}
	return Message{Text: text, Blocks: slack.Blocks{BlockSet: blocks}}
}

func (s sheet) top(suffix string) []slack.Block {
	return []slack.Block{header(cut(s.title, maxHeader-size(suffix)) + suffix), footnote(cut(s.note, maxLine))}
}

func (s sheet) topText(suffix string) string {
	return escape(s.title, maxLine-size(suffix)) + suffix + "\n" + escape(s.note, maxLine)
}

func headingBlock(heading string) slack.Block { return rich(section(bold(heading))) }

func headingLine(heading string) string { return "\n" + escape(heading, maxLine) }

// quoteRoom is how much of each quotation the text of a part has room for, beside
// the lines that must stand there.
func quoteRoom(s sheet, part []item) int {
	used := s.room()
	for _, it := range part {
		used = used.with(it)
	}
	return min((maxText-used.text)/len(part)-len("\n  “”"), maxQuote)
}

// quoteLine is a quotation below its line, unless there is too little room to say
// anything.
func quoteLine(q quotation, most int) string {
	const least = 40
	if most < least || len(q) == 0 {
		return ""
	}
	return "\n  “" + escape(q.within(most).String(), most) + "”"
}
