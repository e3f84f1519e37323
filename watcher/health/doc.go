// Package health tells a feed in trouble from one that is well, and a new trouble
// from one that is known. It is pure: what a poll brought and what was known goes
// in, an incident and what is to be said of it comes out.
//
// # Incidents
//
// A feed has at most one open incident. It is opened when trouble has lasted for a
// few polls, told once, told again in the same thread when it becomes another kind
// of trouble or a day has passed, and closed, in the thread, when two polls in a
// row were good. Trouble that comes back within a few hours of that continues the
// same incident: a feed that comes and goes has one message in the channel, and
// all else below it.
//
// # Silence
//
// A feed that answers well and has nothing new is silent when that is unusual for
// it. What is usual is learnt from when its articles of the last weeks were
// published: a profile of how many appear in each hour of the week. The profile
// turns any stretch of time into the number of articles that would usually appear
// in it, so a night counts for little and a Sunday for as much as Sundays bring.
// The stretches between two articles, counted so, are the feed's rhythm; a silence
// much longer than all but the longest of them is an incident. The longest is left
// out because it may have been one.
//
// # Invariants
//
//   - Judge is told every poll that was made, and never gives a feed up.
//   - The same poll judged twice against what the first judgement gave says
//     nothing new.
//   - Nothing is said of silence before the rhythm is known.
//
// # Alternatives considered
//
// A fixed time without news: too long for an agency and too short for a weekly.
// The longest pause of the clock: a feed that sleeps at night would be silent for
// a whole day before anyone was told. Counting failures in a window of time, as
// service monitors do: polls are too rare to fill one, and each backs off.
package health
