package health

import (
	"slices"
	"time"
)

const (
	// Weeks is how far back publication times are to be looked at.
	Weeks = 4

	week       = 7 * 24 * time.Hour
	fewest     = 12                 // articles from which a rhythm is learnt
	shortest   = 3 * 24 * time.Hour // time over which they must be spread
	whole      = 2 * week           // from here on the days of the week are told apart
	least      = 0.05               // of the mean rate is reckoned with at any hour
	margin     = 1.5                // times the longest usual pause
	allowance  = 3                  // articles more
	horizon    = 60 * 24 * time.Hour
	hoursAWeek = 7 * 24
)

// Rhythm is how often a feed has news; the zero Rhythm is not known.
type Rhythm struct {
	rate  [hoursAWeek]float64 // articles an hour, by the hour of the week
	limit float64             // a pause in which more were usual is a silence
	zone  *time.Location
}

// Known reports whether enough was seen to judge by.
func (r Rhythm) Known() bool { return r.limit > 0 }

// Learn makes a rhythm of times of publication, in any order; the hours of the
// week are those of the zone.
func Learn(times []time.Time, zone *time.Location) Rhythm {
	times = slices.SortedFunc(slices.Values(times), time.Time.Compare)
	if len(times) < fewest {
		return Rhythm{}
	}
	span := times[len(times)-1].Sub(times[0])
	if span < shortest {
		return Rhythm{}
	}
	r := Rhythm{zone: zone}
	r.profile(times, span)
	pauses := make([]float64, 0, len(times))
	for i, at := range times[1:] {
		pauses = append(pauses, r.Expected(times[i], at))
	}
	slices.Sort(pauses)
	r.limit = margin*pauses[len(pauses)-2] + allowance
	return r
}

// profile counts the articles of each hour of the week, or of the day while too
// few weeks are known.
func (r *Rhythm) profile(times []time.Time, span time.Duration) {
	period := hoursAWeek
	if span < whole {
		period = 24
	}
	var counts [hoursAWeek]float64
	for _, at := range times {
		counts[r.hour(at)%period]++
	}
	periods := span.Hours() / float64(period)
	floor := least * float64(len(times)) / span.Hours()
	for h := range r.rate {
		r.rate[h] = max(counts[h%period]/periods, floor)
	}
}

// hour is the hour of the week, from Sunday on.
func (r *Rhythm) hour(at time.Time) int {
	if r.zone != nil {
		at = at.In(r.zone)
	}
	return int(at.Weekday())*24 + at.Hour()
}

// Expected is how many articles usually appear between two times. What lies more
// than two months before the end counts no more.
func (r Rhythm) Expected(from, to time.Time) float64 {
	if to.Sub(from) > horizon {
		from = to.Add(-horizon)
	}
	sum := 0.0
	for from.Before(to) {
		next := from.Truncate(time.Hour).Add(time.Hour)
		if next.After(to) {
			next = to
		}
		sum += r.rate[r.hour(from)] * next.Sub(from).Hours()
		from = next
	}
	return sum
}

// Silent reports whether a feed whose newest article is of that time has been
// silent for longer than it ever usually is, and how many articles were usual.
func (r Rhythm) Silent(newest, now time.Time) (usual float64, silent bool) {
	if !r.Known() || newest.IsZero() {
		return 0, false
	}
	usual = r.Expected(newest, now)
	return usual, usual > r.limit
}
