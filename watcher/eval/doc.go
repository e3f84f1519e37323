// Package eval tells how good rules are: against articles that people have
// labelled (eval), and against what was said of stored articles before
// (replay). It is pure: records, sets and matches come in as values, and
// figures and reasons come out.
//
//	articles.jsonl ──ReadArticles──► []Article ─┐
//	labels.jsonl   ──ReadLabels────► []Label   ─┴─Pair──► []Case
//	Case × Press ──Read──► rules.Document       as a page's text is read
//	[]Case × Set ──Rules──► Score per rule and level, Faults with their evidence
//	Case × facts.Set ──Facts──► FactScore, FactFaults with what was read instead
//	Case × Press ──Copies──► Score of pairs, PairFaults with what their texts share
//	Case × Press ──Events──► BCubed, EventFaults with what made them so
//	stored article × Set ──Replay.Add──► Change: what was said, what would be
//
// # Judging
//
// Each article is judged alone. A rule is scored at two levels: at alert an
// article counts when its level is alert, at digest when it is alert or digest.
// So one article may be right at digest and missed at alert. A label that does
// not name a rule says nothing of it, and the rule is not scored there.
//
// A Score carries the Wilson interval of its precision and recall, because a
// desk's corpus is small: 0.97 of 60 articles says little more than "above
// 0.88". Every false positive and negative can be told with the evidence, or
// the nearest clause that failed, since a figure alone mends no rule.
//
// # Adding a scorer
//
// A scorer is a function from cases to figures and faults, such as Rules or Facts.
// What else is labelled becomes a function and a key of Report of its own; none
// knows of another. Facts are read as if the article were the first that anyone has
// read: no ledger is asked. Copies and Events are two more: they judge how articles stand
// together that were placed in order of publication, as the daemon places them.
//
// # Alternatives considered
//
// The normal approximation for intervals: it promises certainty where nothing
// is wrong yet, which is what a good rule looks like. Undefined ratios as null:
// every consumer would need a case for it; a rule that says nothing says
// nothing wrong, and its interval from 0 to 1 says how little that means.
package eval
