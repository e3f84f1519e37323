package health

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"
	"time"
)

// press makes times of publication: by the hour of the week so many on average,
// at random, from Monday 6 July 2026 on.
func press(seed uint64, days int, rate func(time.Time) float64) (times []time.Time) {
	random := rand.New(rand.NewPCG(seed, 1))
	at := time.Date(2026, 7, 6, 0, 0, 0, 0, time.UTC)
	for end := at.AddDate(0, 0, days); at.Before(end); at = at.Add(time.Minute) {
		if random.Float64() < rate(at)/60 {
			times = append(times, at)
		}
	}
	return times
}

// The kinds of publishers, in articles an hour.
func agency(at time.Time) float64 {
	if at.Hour() < 6 || at.Hour() > 21 {
		return 0.2
	}
	return 12
}

func office(at time.Time) float64 {
	if at.Weekday() == time.Saturday || at.Weekday() == time.Sunday || at.Hour() < 8 || at.Hour() > 17 {
		return 0
	}
	return 1.5
}

func weekly(at time.Time) float64 {
	if at.Weekday() != time.Thursday || at.Hour() != 9 {
		return 0
	}
	return 5
}

func TestASilenceIsNoticedByWhatIsUsual(t *testing.T) {
	for _, c := range []struct {
		name    string
		rate    func(time.Time) float64
		last    string // article, in July 2026
		noticed time.Duration
		too     time.Duration // by then at the latest
	}{
		{"an agency on a weekday", agency, "27 10:00", 45 * time.Minute, 4 * time.Hour},
		{"an office on a Monday", office, "27 10:00", 3 * time.Hour, 3 * 24 * time.Hour},
		{"an office on a Friday: its weekend does not count", office, "31 17:00", 60 * time.Hour, 6 * 24 * time.Hour},
		{"a weekly", weekly, "30 10:00", 7 * 24 * time.Hour, 22 * 24 * time.Hour},
	} {
		t.Run(c.name, func(t *testing.T) {
			last, err := time.Parse("2006-01-02 15:04", "2026-07-"+c.last)
			if err != nil {
				t.Fatal(err)
			}
			times := slices.DeleteFunc(press(7, 26, c.rate), func(at time.Time) bool { return at.After(last) })
			r := Learn(append(times, last), time.UTC)
			noticed := last
			for _, silent := r.Silent(last, noticed); !silent && noticed.Sub(last) < horizon; _, silent = r.Silent(last, noticed) {
				noticed = noticed.Add(10 * time.Minute)
			}
			if after := noticed.Sub(last); after < c.noticed || after > c.too {
				t.Errorf("noticed after %v, with a limit of %.1f articles", after, r.limit)
			}
		})
	}
}

func TestAFeedThatKeepsItsRhythmIsNeverSilent(t *testing.T) {
	for name, rate := range map[string]func(time.Time) float64{"agency": agency, "office": office, "weekly": weekly} {
		alarms, pauses := 0, 0
		for seed := range uint64(8) {
			times := press(seed, 120, rate)
			for day := 28; day < 120; day++ {
				now := time.Date(2026, 7, 6+day, 0, 0, 0, 0, time.UTC)
				from, _ := slices.BinarySearchFunc(times, now.Add(-Weeks*week), time.Time.Compare)
				to, _ := slices.BinarySearchFunc(times, now, time.Time.Compare)
				r := Learn(times[from:to], time.UTC)
				end, _ := slices.BinarySearchFunc(times, now.Add(24*time.Hour), time.Time.Compare)
				for i := to; i < end && i > 0; i++ {
					pauses++
					if _, silent := r.Silent(times[i-1], times[i]); silent {
						alarms++
					}
				}
			}
		}
		t.Logf("%s: %d false alarms in %d pauses of two years", name, alarms, pauses)
		if alarms > 2 {
			t.Errorf("%s: %d false alarms in two years", name, alarms)
		}
	}
}

func TestWhatIsTooLittleToLearnFromIsNotJudgedBy(t *testing.T) {
	now := time.Date(2026, 7, 20, 10, 0, 0, 0, time.UTC)
	for name, times := range map[string][]time.Time{
		"nothing": nil, "a day": press(1, 1, agency), "two articles": {now, now.AddDate(0, 0, 9)},
	} {
		r := Learn(times, time.UTC)
		if _, silent := r.Silent(now, now.AddDate(1, 0, 0)); silent || r.Known() {
			t.Errorf("%s: %+v", name, r.limit)
		}
	}
	if _, silent := Learn(press(1, 28, agency), time.UTC).Silent(time.Time{}, now); silent {
		t.Error("a feed whose newest date is not known is silent")
	}
}

func TestTheProfileIsOfTheZoneAndAddsUp(t *testing.T) {
	zone := time.FixedZone("+07", 7*3600)
	times := press(3, 28, agency)
	r := Learn(times, zone)
	sum := r.Expected(times[0], times[len(times)-1])
	if math.Abs(sum-float64(len(times))) > float64(len(times))/20 {
		t.Errorf("%d articles, %.0f expected", len(times), sum)
	}
	night, day := time.Date(2026, 7, 20, 1, 0, 0, 0, time.UTC), time.Date(2026, 7, 20, 12, 0, 0, 0, time.UTC)
	if r.Expected(night, night.Add(time.Hour))*10 > r.Expected(day, day.Add(time.Hour)) {
		t.Error("a night counts as much as a day")
	}
}
