// Package same tells which articles are one: copies, the same syndicated text in
// another paper; and reports of one happening, in any language. It is pure and
// works online: an article is placed when it arrives, among those of the last
// days.
//
//	zones ──PrintOf──► Print   what a text is compared by, at most some kilobytes
//	(id, time, Print) ──Copies.Place──► Placing   its group, and each relation with its reason
//
//	zones ──ReportOf──► Report   what it says that survives translation, and its words
//	(id, Span, Report) ──Events.Place──► Joining   its event, how alike, and what they share
//
// # What a copy is
//
// Papers that take an agency's text change its title, its captions, a spelling
// throughout, the shape of apostrophes; they drop paragraphs and lose the spaces
// between words. So texts are compared by their shingles: every run of ten
// folded letters of lead and body, with nothing between them. A Print keeps the
// 256 lowest hashes of a text's shingles. The lowest of two texts together are a
// fair sample of both, from which follows how much of each stands in the other.
//
// Four kinds of relations are told apart (Limits.Compare):
//
//   - a copy: most of the shorter text stands in the longer, and at least half of
//     the longer in the shorter, so that a copy may drop paragraphs;
//   - an excerpt: a shorter report that is largely made of paragraphs of a longer
//     one and says more than that one's half less. It is told apart because it is
//     a paper's own piece as often as not, and because it does not stand for the
//     whole: a reader of the excerpt has not read the article;
//   - a twin: the same wording of another year, edition or pair of countries. The
//     years, the other numbers and the names decide: a copy that drops paragraphs
//     has a part of those of its origin, a twin has its own;
//   - neither.
//
// What is short is soon the same: of texts below some twenty words, and of
// two texts of one source, the titles must agree too. Else the notice that stands
// in place of articles when their pages fail would make all of them one.
//
// A group is whatever copies connect. So it does not matter in which order
// articles are placed.
//
// # What an event is
//
// A report is what an article says: names by their sound (consonants alone, so
// that three languages' spellings of one name are one), pairs of names, days,
// periods, years, numbers, ordinals, and subjects: countries, offices and deeds,
// through a vocabulary that is data. Each weighs by its sort and by how few
// articles have it; the counts begin with experience (traits) and follow what is
// placed. Two reports are as alike as the cosine of their features, and less where
// they say little. Where they have one language, their words count too, but never
// alone. A report joins the event to whose reports it is most alike on average, if
// it is alike enough; else it is the first of its own. A week's review is like
// many events a little and like none enough.
//
// A follow-up names the same people and things, so it would join; its day tells
// it apart. The day of a happening is the first date in the article that lies on
// the day of publication or the two before. Where an event has a day, a report of
// another day does not join it, nor does one that names no day and comes more than
// 30 hours later.
//
// An event is never joined to another later, nor parted: what readers were told
// stays true. The price is that two early reports that have little in common
// remain two events although a third has much in common with both.
//
// Without any vocabulary names and numbers alone carry an event over languages,
// with a little loss.
//
// # The index
//
// The 24 lowest hashes of a text lead to it, through an inverted index that
// grows at its end and is forgotten from its beginning; no more than the 64
// newest entries of a bucket are looked at. A look-up thus takes the same time
// whatever is stored, and only articles within the window are held at all. A
// restart places the articles of the window again. Reports are found in the same
// way by their 24 weightiest features; of those that share most, the 16 nearest
// are asked for their events, and of an event the 8 newest reports are compared.
//
// # Invariants
//
//   - A text is a copy of itself; Compare is symmetric.
//   - Groups of copies do not depend on the order of placing; events do, and are
//     best placed in order of publication.
//   - Nothing is named here: no country, language, source or person.
//   - No text, however odd, is refused.
//
// # Alternatives considered
//
// SimHash and MinHash over words: words that lost their spaces, and one name
// spelt otherwise throughout, cost them most of what two texts share. MinHash
// with bands knows likeness alone, and a copy of half an article is not like it.
// Joining events when a report is like both: readers would learn that what they
// were told as two is one, which mends nothing, and one bad report would join
// days of news. Embeddings need a model file and cannot say why. The likeness of titles finds
// none of the pairs that were looked at.
package same
