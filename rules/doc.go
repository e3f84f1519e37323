// Package rules is what the product exists for: it reads rule files, compiles
// their queries into a Set, and judges articles by it, with evidence. The
// query language is described in language.md, whose examples are tests.
//
//	YAML ──strict──► terms and query texts
//	query text ──Parse──► Query (a tree that prints itself) ──compile──► clause
//	article ──NewDocument──► zones, sentences, words (package text)
//	Set × Document ──Match──► article.Match with its passages
//	               ──Explain─► the same, and the clause that failed
//	               ──Test────► what the tests in the files say, and what they leave out
//
// # Meaning
//
// A query is either true or false of a scope, a list of stretches of words. The
// scope of an article is its title, lead and body; a field title:, lead:, body:
// or caption: puts the zones of that kind in its place, FIRST/n cuts it, and
// SENTENCE and PARAGRAPH take its units one by one. AND, OR and NOT are the
// usual ones, within the scope. Some queries also have places: stretches of
// words, within one zone. NEAR joins two places, ATLEAST counts places that do
// not overlap. What has no place (AND, NOT, a field) cannot stand there, and
// Parse says so.
//
// # Invariants
//
//   - The same chain (package text) reads terms and articles, so that what is
//     typed in a rule is found as it is typed in an article.
//   - A Set and a Document are never changed once made; both are safe for
//     concurrent use. What is worked out lives in a reading, for one call.
//   - Nothing is silently false: an unknown vocabulary, source or language, a
//     term without words, a query that can never be true or asks for nothing is
//     a mistake, at its file, line and column, and all mistakes are told at once.
//   - Evidence never names a word that did not take part in making the clause
//     true. Passages lie on rune boundaries of the zone's text, words inside
//     their sentence, in order, without overlap.
//   - A rule is judged by Match exactly as by Explain and Test.
//
// # How it is fast
//
// Words are looked up, not searched for: a set's readers remember each spelling
// of a language with the words of the set's terms that it stands for (folded,
// exact, by beginning, by stem), so that a word of an article costs one look-up.
// The result, postings, is short. Each query stands in the lists of the words of
// which it needs one, the rarest it can; what else it needs stands beside it there,
// and turns most candidates away (candidates). A candidate is judged along a few
// numbers in a row (programs), and so is its evidence gathered if it is true;
// operators on parts of the text are judged as trees. Terms and vocabularies are
// compiled once, whatever number of rules uses them, and found in an article once,
// when the first rule asks. Memory for all this is kept from article to article, in
// desks and readings, each used by one call at a time. What an article needs of large
// tables lies far apart: it is asked for all at once before it is read one by one
// (fetch), so that waiting for memory is done once.
//
// # Alternatives considered
//
// Regular expressions or substring search per term: hits inside words, no
// inflection, and time that grows with every term. An index library (bleve):
// made to search many texts by one query; here one text meets many. A general
// expression language (CEL, expr): no positions in messages, no place for
// evidence. Minimal-interval semantics (Clarke et al.) for all operators: more
// uniform, but AND over an article, which desks mean most often, has no place
// that helps a reader.
package rules
