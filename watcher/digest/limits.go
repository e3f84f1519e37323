package digest

// The limits of a message, in UTF-16 units, which are never fewer than characters.
// Slack's own are higher where they are documented, and not all are.
const (
	maxText    = 3000 // the text beside the blocks; beyond about 4 046 Slack splits it
	maxBlocks  = 45   // Slack: 50
	maxSection = 2900 // one section's text; Slack: 3 000
	maxHeader  = 150  // Slack's own
	maxContext = 10   // elements of a context; Slack's own
	maxAll     = 9000 // the JSON of all blocks together; refusals were seen from 11 341
	maxURL     = 1000 // escaped; a longer address is not linked
	maxBeside  = 400  // the same, of where a story stands too
)

// What one entry may take, so that the largest still fits into a message.
const (
	maxTitle = 200 // headline of an entry
	maxName  = 80  // one name of a rule, source or digest
	maxRules = 300 // all names of rules together
	maxQuote = 240 // evidence in a digest
	maxAlert = 450 // evidence in an alert
	maxMarks = 12  // marked stretches of one quotation
	maxLine  = 350 // each line of the text, escaped
	maxOther = 3   // quotations of an alert
)
