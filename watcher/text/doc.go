// Package text turns a zone's plain text into words, sentences and paragraphs.
// It is the one chain through which everything goes that is compared with
// anything: articles, queries, vocabularies. What two texts have in common is
// decided here and nowhere else.
//
//	raw text ──► words (byte offsets into raw) ──► sentences ──► paragraphs
//	                │
//	                ├ Exact   NFC, lower case            ký ≠ kỳ
//	                ├ Folded  no diacritics, đ œ æ ß …   dong = đông = Đồng
//	                └ Stem    light, by language         plans = plan
//
// # What a word is
//
// A run of letters and digits. Everything else parts words, so that a dash
// written as -, – or —, with or without spaces, gives two neighbours, and an
// apostrophe of any shape makes a word of its own of what was elided. Three
// exceptions. Characters without width (soft hyphen, zero-width space, byte
// order mark) are as if not there. An acronym with full stops is one word:
// U.S. is us. Scripts that write no spaces (Han, Kana, Thai, Lao, Khmer,
// Burmese, Tibetan) give one word a character; a query for a longer word there
// is read as a phrase.
//
// # Invariants
//
//   - Offsets are bytes of the raw text as given, never of a normalised copy,
//     and lie on rune boundaries. Words do not overlap and are in order.
//   - Every word lies in exactly one sentence, every sentence in one paragraph.
//   - Folding is idempotent, and a stem depends on the folded form alone: a query
//     means the same however its accents are typed.
//   - A Text is never changed once made; it may be shared by goroutines.
//   - No input is refused: bytes that are not UTF-8 part words.
//
// # Sentences
//
// A sentence ends at . ! ? or … before a capital, not after an initial, an
// abbreviation or the number of a list item, not inside a decimal or an
// acronym; and also where the space after the full stop was lost
// ("armées.Le"). A dateline ("Paris (AGENCY) -") belongs to the sentence it
// opens. An empty line ends sentence and paragraph.
//
// # Glue
//
// Old pages lost spaces ("legénéral", "corpsd'armée"). Mend takes such words apart
// after the words of a whole article are known: see glue.go. It is the one step
// that looks at more than a text, and the one that may guess: by how likely the
// parts are as words, and the whole as one. Offsets stay those of the raw text.
//
// What a word is, and how common, is learnt from the shipped lists, from the
// vocabulary of the caller's rules and from the article itself. A page in order is
// held to a dear price, at which hardly more than clear cases are cut; one that lost
// several spaces is read again at a cheap one, so that a clean text is as good as
// never cut and a broken one mended nearly throughout. What stays whole is what even
// a reader tells by the grammar alone (partiesont), and names that run into a word
// and stand nowhere else. A language without a list is left alone but for names
// run together.
//
// # How it is fast
//
// A Reader remembers every spelling with all that the chain and the mender want of it,
// so that most words cost one look into a table. Words are found by bytes, letters by
// eights; sentences are looked for only where the scanner passed a mark that may end one.
// Words are counted by numbers that their folded forms keep from article to article.
// What was found of a word that may be several is remembered with what it depends on.
// A Word is sixteen bytes and points to nothing: of what an article leaves to the
// collector, words are the most.
//
// # Alternatives considered
//
// Segmentation after UAX 29 keeps d’armée whole and parts nothing at a lost
// space; its tables cost more than the rest of the chain. Normalising the text
// first and matching the copy loses the offsets that evidence is made of.
// Decomposing and dropping all marks at run time is 17 times slower than a
// table, leaves đ œ æ and the apostrophes, and destroys scripts whose vowels
// are marks: only marks that belong to no script are dropped here. Stemming
// with accents gives better stems for well-typed French, and other stems for
// the same word typed without: the few endings that need their accent get it
// back instead (see Stem).
package text
