// Package watcher is the spine of presswatch: the way of an article from its
// feed to its reader, as five steps. Each step finds its own work in the store,
// does it, and writes what came of it in one transaction. The steps share
// nothing else, so the process may die between any two writes and a restart
// goes on where it stopped.
//
//	poll       Watcher.Poll        for each feed that is due
//	  fetch    feed.Client.Fetch   validators; 304 → nothing to do
//	  parse    feed.Parse          → []article.Entry
//	  save     store.SaveFeed      TX1 validators + unseen entries
//	read       Watcher.Read        for each unread article
//	  fetch    feed.Client.Fetch   the page
//	  extract  extract.FromHTML    → zones
//	  words    rules.Set.Document the same chain that compiled the rules
//	  match    rules.Set.Match     []Match with Evidence
//	  facts    facts.Set.Read      what the text states
//	  consult  ledger.Judge        compared with the ledger; what is known is held back
//	  place    same.Copies, Events its copies, and the event it tells of
//	  record   store.Record        TX2 article read + revision + matches + facts + what is owed
//	  tell     Watcher.tellAlerts  alerts owed → digest.Alert → TX3, at once
//	  again    Watcher.revisitArticle  for each article whose page is due once more:
//	           the same way, with edits.Between in place of its beginning
//	digest     Watcher.Digest      for each digest whose slot has come
//	  compose  digest.Digest       pure; ids derive from what is told
//	  enqueue  store.Enqueue       TX3 deliveries + findings told + slot done
//	deliver    Watcher.Deliver     for each delivery that is due
//	  attempt  store.Attempt       TX4 noted BEFORE the message leaves
//	  send     Sender.Send         delivery id in the message's metadata; or Update
//	  confirm  store.Confirm       TX5 receipt; or Postpone, or Park
//	keep       Watcher.Keep        copies of the store, texts forgotten by age and size
//
// # Told once
//
// TX2 records not messages but debts: a match that a digest's readers are owed.
// TX3 turns debts into deliveries and marks them told, in one transaction, and
// refuses a batch whose debts are told already. So an alert can be composed
// late, together with others of the same article, or within a storm's one
// message, and still never twice.
//
// Between Slack's answer and TX5 the process may die, and an answer may be
// unclear. The delivery is then in doubt, and Deliver asks Slack for its id
// before it sends again; that it is "not there" is believed only after Settle.
//
// A delivery may follow another one: into the thread of its message, or in its
// place. It waits until that one is settled, and so do later ones for it, so a
// thread reads in the order of its news. What follows a message that was never
// posted, or by a way that has no threads, is posted in the channel; an edit of
// such a message is dropped. An edit is repeated when in doubt, but only after
// Settle, lest the earlier call overtake a later edit.
//
// # Feeds of feeds
//
// A sitemap index, and an address with places for a month, stand for other
// sitemaps. Those have cursors of their own in the store, are polled when their
// parent is, and are listed nowhere: what they bring and where they fail is the
// parent's. A child that turns up later is no baseline: see pollChildren.
//
// # One story
//
// Before TX2 an article is put among those of the last days: with which it has
// its text, and with which it tells of one happening, in any language. TX2 owes a
// digest nothing that the story has owed it by the same rule and at that level;
// of copies that wait the best text speaks. So a follow-up, which is an event of
// its own, is told, and a level that rises is told under the first message. The
// index by which articles are placed is memory, bounded by its windows, and read
// from the store when it is first asked; what it told stands in the store and is
// never changed by it. An alert or storm that was told is amended: composed anew, it takes
// the place of its message and names what came since. Placing and TX2 happen under one lock: between them no
// other article is placed.
//
// # Edited and withdrawn
//
// Articles are edited minutes after they are published. The page of one that a
// rule matched is asked for again after 20 minutes and after four hours more, and
// any page when its feed changes title, lead or date; with validators, where the
// server gives them. Other words make a revision, which is matched anew; but TX2
// owes only a level that has risen, and that is told under the message that told
// of the article first. A page that is gone, or twice not there, is an article
// withdrawn: it is said once, in the same place. A page in trouble, or one that
// lost all its text, changes nothing.
//
// # Gaps
//
// Two polls of a feed must share an entry. If they do not, the feed turned over
// unseen, and TX1 notes the time that is missing together with the entries that
// show it. Poll then asks the source's archives, as politely as it polls, and
// stores what it finds as news; an archive in trouble is asked again a few times.
// What no archive reaches is a gap: it is kept for ever, shown by status, told
// once to the operators, and said at the end of the digests of its time.
//
// # What is known
//
// Between comparing a text with the ledger and its record no other text is compared:
// of two reports of one signing that come at once, one is the first. That a fact was
// new is recorded with it in TX2, so a process that dies before has told nobody, and
// finds it new again.
//
// # Incidents
//
// After TX1 the poll is held against what package health knows of the feed, and
// the incident is kept, in one transaction with what is told of it. If the
// process dies in between, the next poll sees the same. Digests name the sources
// in trouble while they are.
//
// # Rounds and storms
//
// A round is one pass of Read over what was unread at its start. In an hour at
// most so many alerts leave one by one for a channel, counted in the store; the
// rest is told at the round's end in one message with a count. A feed's first poll is a baseline:
// what was published long before it is stored and matched, and owed to no one.
//
// # Silences
//
// What an operator silences is judged when it is about to be told, by package
// silence, and held for good: it is owed no more, and the next digest that speaks
// counts it. The two are one write each, before TX3 and in it: a process that dies
// in between holds the same again, or still has it to count.
//
// # Life
//
// Run starts one goroutine a step in one errgroup, and nothing else in the
// package starts any (but the per-source fan-out of Poll and Read, which ends
// with the step). Steps wake each other by one-slot channels; what a wake-up
// misses, the store's due times find. Swap exchanges the Setup, whole, between
// two articles; it re-sends nothing because nothing is derived from it that was
// not recorded.
//
// # Alternatives considered
//
// Outbox rows with their text already in TX2: the limit of a round, and several
// rules matching one article, would then need messages to be withdrawn. Stages
// joined by channels: work in flight dies with the process. One goroutine a
// source for all steps: reading a slow source would delay its own next poll,
// and a storm could not be seen across sources.
package watcher
