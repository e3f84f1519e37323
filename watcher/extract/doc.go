// Package extract splits what a publisher serves into the zones of an article:
// title, lead, body, captions, and the teasers of other articles.
//
// It is the room on which the truth of every match depends. Below an article
// stand the headlines and leads of others, on some pages two thirds of the text:
// a rule that reads them tells the desk of a meeting that the article never
// mentions. A teaser that is taken for the body is the worst error here; a
// sentence of the body that is lost is the second.
//
// Three doors lead in:
//
//	FromHTML         an article's page
//	FromText         plain text: a test of a rule, a labelled article, a feed's title and lead
//	FromDescription  the description of a feed's item: lead, and related headlines
//
// # The way of a page
//
//	decode      bytes to UTF-8: what the bytes prove goes before what is said of them
//	parse       within the limits of parse.go; what exceeds them is refused by name
//	head        what meta elements, links and JSON-LD say of the page
//	drop        what the source's selectors drop
//	body        by the source's selector, else by general extraction; captions taken out
//	plain       a walk of the tree with rules for blocks: see writer
//	marks       cut, teaser_lines, caption_lines, end, on the lines of the plain text
//	zones       title, lead, body, captions, teasers
//
// # Invariants
//
// The text of a zone is valid UTF-8 in NFC and not empty. Between words stands
// one space, never a no-break space; between paragraphs one empty line; a br is
// a line feed. Inline elements neither join words nor part them. Control,
// zero-width and direction characters are gone, entities are decoded, also those
// that were escaped twice. A page has at most one title, lead and body zone. The
// lines at the head of the body that repeat the title or the lead are dropped.
//
// No page kills the process: the parser stops at a depth, and tags, attributes
// and sizes are counted before a tree is built, so that no recursion meets a tree
// deeper than maxDepth.
//
// No source, country or language is named here. What differs between sources is
// Selectors and Marks, which are YAML.
//
// # Alternatives considered
//
// Readability alone keeps lists of teasers, for they are prose; it loses leads
// that stand outside the body. Trafilatura loses the lead more often, and weighs
// twelve megabytes. Both are better than nothing only where no selector is known
// or a publisher has changed its pages, so general extraction is the fallback,
// after a page is pruned of what every site marks as not the article.
//
// Cutting teasers by their place alone (all that follows the last long
// paragraph) fails on both kinds of pages: teasers have long leads, and
// articles end in short paragraphs. Signatures and headings are reliable and few,
// so a desk names them.
package extract
