package ledger

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Names are the words for readers of a kind's values: by class, party and field.
// What has none is shown as it is.
type Names struct {
	Instruments, Parties, Domains map[string]string
}

func named(names map[string]string, value string) string { return cmp.Or(names[value], value) }

// dash joins the parties of an instrument.
const dash = "–"

// Line tells an item to readers: "NEW · plan · Viet Nam–Laos · defence · 2026 ·
// signed 2 Dec 2025 in Vientiane". Novelty "" leaves out the first word.
func (n Names) Line(novelty Novelty, i Item) string {
	parts := []string{strings.ToUpper(string(novelty)), named(n.Instruments, i.Instrument), n.between(i.Parties), named(n.Domains, i.Domain),
		strings.ReplaceAll(i.Period, "-", dash), i.standing()}
	return strings.Join(slices.DeleteFunc(parts, func(s string) bool { return s == "" }), " · ")
}

func (n Names) between(parties []string) string {
	words := make([]string, len(parties))
	for i, p := range parties {
		words[i] = named(n.Parties, p)
	}
	return strings.Join(words, dash)
}

// standing is the status with its day and place.
func (i Item) standing() string {
	out := i.Status
	if told, day, place := i.newsOf(); told != "" {
		out = told
		if t, err := time.Parse(time.DateOnly, day); err == nil {
			out += " " + t.Format("2 Jan 2006")
		}
		if place != "" {
			out += " in " + place
		}
	}
	return out
}

// newsOf is the status to which the item's day and place belong; "" where none is
// told as news.
func (i Item) newsOf() (status, day, place string) {
	for _, e := range slices.Backward(i.History) {
		if e.Fact.News && (status == "" || e.Novelty == Advanced || e.Novelty == New) {
			status = e.Fact.Status
			if e.Novelty == Advanced || e.Novelty == New {
				break
			}
		}
	}
	return status, i.Day, i.Place
}

// series are the items for the years before an item, alike in all else, the latest
// first.
func (b Book) series(i Item) (out []Item) {
	year, to := years(i.Period)
	for _, o := range b.Items {
		from, last := years(o.Period)
		alike := o.Kind == i.Kind && o.Instrument == i.Instrument && slices.Equal(o.Parties, i.Parties) && o.Domain == i.Domain
		if alike && from != 0 && year != 0 && last-from == to-year && from < year {
			out = append(out, o)
		}
	}
	slices.SortFunc(out, func(a, b Item) int { return strings.Compare(b.Period, a.Period) })
	return out
}

// predecessors is how many earlier items a line names.
const predecessors = 5

// Predecessors tells the items for the years before, the latest first: "2025 signed
// 3 Dec 2024, 2024 signed 1 Dec 2023"; "" where there are none.
func (b Book) Predecessors(i Item) string {
	var words []string
	for _, o := range b.series(i) {
		if len(words) == predecessors {
			break
		}
		words = append(words, strings.ReplaceAll(o.Period, "-", dash)+" "+o.standing())
	}
	return strings.Join(words, ", ")
}

// Key names what is late: it is the same for as long as that is missing.
func (l Late) Key() string { return fmt.Sprintf("%s → %d", l.Item.Key, l.Year) }

// Late is a yearly instrument that has not been told of when it should have been.
type Late struct {
	Item  Item   `json:"item"`  // the last of them
	Year  int    `json:"year"`  // of the one that is missing
	Count int    `json:"count"` // how many of the last ones its habit is taken from
	From  string `json:"from"`  // the earliest of their days in the year, as 26 Nov
	To    string `json:"to"`    // the latest
}

// habit is how many years in a row make one.
const habit = 3

// Late lists the yearly instruments of a kind of which none was told for this year or
// the next though the day has passed by which all of the last ones, three to five in a row,
// were; grace is added to it. It is nothing that an article says, and is told once a
// year and instrument by whoever keeps what was told.
func (b Book) Late(kind string, now time.Time, grace time.Duration) (out []Late) {
	for _, i := range b.Items {
		from, to := years(i.Period)
		if i.Kind != kind || from == 0 || from != to || from+1 < now.Year() || i.Day == "" || b.follows(i) {
			continue
		}
		run := b.run(i)
		if len(run) < habit {
			continue
		}
		first, last := run[0], run[0]
		for _, d := range run {
			if d.before < first.before {
				first = d
			}
			if d.before > last.before {
				last = d
			}
		}
		due := time.Date(from+1, 1, 1, 0, 0, 0, 0, time.UTC).Add(last.before)
		if now.After(due.Add(grace)) {
			out = append(out, Late{Item: i, Year: from + 1, Count: len(run), From: first.day.Format("2 Jan"), To: last.day.Format("2 Jan")})
		}
	}
	return out
}

// follows reports whether there is an item for the year after.
func (b Book) follows(i Item) bool {
	year, _ := years(i.Period)
	_, there := b.Find(strings.TrimSuffix(i.Key, i.Period) + strconv.Itoa(year+1))
	return there
}

// signing is the day of an item, and how long after the beginning of its year (or,
// negative, before) that was.
type signing struct {
	day    time.Time
	before time.Duration
}

// run are the signings of an item and of those for the years before it without a
// gap, at most five.
func (b Book) run(i Item) (out []signing) {
	year, _ := years(i.Period)
	for _, o := range append([]Item{i}, b.series(i)...) {
		y, _ := years(o.Period)
		day, err := time.Parse(time.DateOnly, o.Day)
		if y != year-len(out) || err != nil || len(out) == predecessors {
			break
		}
		out = append(out, signing{day, day.Sub(time.Date(y, 1, 1, 0, 0, 0, 0, time.UTC))})
	}
	return out
}

// Late tells what is late: "no 2027 plan seen · Viet Nam–Laos · defence · the last
// five were signed between 26 Nov and 18 Jan".
func (n Names) Late(l Late) string {
	counts := map[int]string{3: "three", 4: "four", 5: "five"}
	status, _, _ := l.Item.newsOf()
	parts := []string{fmt.Sprintf("no %d %s seen", l.Year, named(n.Instruments, l.Item.Instrument)), n.between(l.Item.Parties), named(n.Domains, l.Item.Domain),
		fmt.Sprintf("the last %s were %s between %s and %s", counts[l.Count], status, l.From, l.To)}
	return strings.Join(slices.DeleteFunc(parts, func(s string) bool { return s == "" }), " · ")
}
