package ledger

import (
	"fmt"
	"slices"
	"time"

	"presswatch/watcher/article"
)

// Verdict is what a fact of an article adds to the ledger.
type Verdict struct {
	Fact    article.Fact `json:"fact"`
	Novelty Novelty      `json:"novelty"`
	Reason  string       `json:"reason"`
	Ahead   bool         `json:"ahead,omitempty"` // its period begins after the year of publication
	Known   bool         `json:"known,omitempty"` // other articles spoke of the item
	Item    Item         `json:"item"`            // as it is with this article
	// Before tells the items for the years before: see Book.Predecessors.
	Before string `json:"before,omitempty"`
}

// Judge says what the entries of one article add to what was known before it was
// read. The verdicts come in the order of the entries; a fact whose item a
// correction has dropped has none of its own and is Recalled.
func Judge(ladders Ladders, known []Entry, corrections []Correction, read []Entry) []Verdict {
	with := Build(ladders, slices.Concat(known, read), corrections)
	out := make([]Verdict, len(read))
	for i, e := range read {
		out[i] = Verdict{Fact: e.Fact, Novelty: Recalled, Reason: "taken out of the ledger by hand", Known: true, Ahead: e.ahead()}
		for _, item := range with.Items {
			if !item.holds(e) {
				continue
			}
			out[i].Before = with.Predecessors(item)
			out[i].Item, out[i].Known = item, len(item.others(e.Article)) > 0
			out[i].Novelty, out[i].Reason = novelty(ladders, item.others(e.Article), e)
			if item.Against != "" && (out[i].Novelty == New || out[i].Novelty == Advanced) {
				out[i].Novelty, out[i].Reason = Contradicted, fmt.Sprintf("others say that it is for another period: %s", item.Against)
			}
		}
	}
	return out
}

// holds reports whether an entry is one of the item's.
func (i Item) holds(e Entry) bool {
	return slices.ContainsFunc(i.History, func(o Event) bool {
		return o.Article == e.Article && o.Partition() == e.Partition() && o.Fact.Period == e.Fact.Period &&
			o.Fact.Domain == e.Fact.Domain && o.Fact.Status == e.Fact.Status
	})
}

// others are the item's entries of other articles: all that was known before one
// was read, whenever they were published.
func (i Item) others(article int64) (out []Entry) {
	for _, o := range i.History {
		if o.Article != article {
			out = append(out, o.Entry)
		}
	}
	return out
}

// Gate says for what a rule fires: for facts of a kind of which one of its fires is
// true.
type Gate struct {
	Kind  string
	Fires []Fire
	// Late is how long after its usual days a yearly instrument is told to be late;
	// 0: never.
	Late time.Duration
}

// Fire is one thing for which a rule fires.
type Fire struct {
	On    []Novelty
	At    []string // statuses; none: any
	Ahead bool     // only what is for a period that has not begun
}

// Tells reports whether what an article states makes a rule fire. Where the article
// tells something as news, that decides; an article that tells nothing as news is
// held back if all that it speaks of is known. Of the rest the ledger knows no
// better than the rule's queries: it tells.
func (g Gate) Tells(verdicts []Verdict) (bool, string) {
	held := ""
	known, news := true, false
	for _, v := range verdicts {
		if v.Fact.Kind != g.Kind {
			continue
		}
		reason := fmt.Sprintf("%s is %s: %s", v.Item.Key, v.Novelty, v.Reason)
		if slices.ContainsFunc(g.Fires, func(f Fire) bool { return f.fires(v) }) {
			return true, reason
		}
		known = known && v.Known
		if held == "" || v.Fact.News && !news {
			held = reason
		}
		news = news || v.Fact.News
	}
	switch {
	case held == "":
		return true, "the article states nothing that the ledger keeps"
	case !news && !known:
		return true, "the ledger knows no better: " + held
	}
	return false, held
}

// Lines tells readers of the verdicts for which a rule fires: the item in a line, and
// those before it.
func (g Gate) Lines(names Names, verdicts []Verdict) (lines []string) {
	for _, v := range verdicts {
		fires := func(f Fire) bool { return f.fires(v) }
		if v.Fact.Kind != g.Kind || !slices.ContainsFunc(g.Fires, fires) {
			continue
		}
		line := names.Line(v.Novelty, v.Item)
		if v.Before != "" {
			line += " (" + v.Before + ")"
		}
		if !slices.Contains(lines, line) {
			lines = append(lines, line)
		}
	}
	return lines
}

func (f Fire) fires(v Verdict) bool {
	return slices.Contains(f.On, v.Novelty) && (len(f.At) == 0 || slices.Contains(f.At, v.Fact.Status)) && (!f.Ahead || v.Ahead)
}
