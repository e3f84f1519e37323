package watcher_test

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"presswatch/store"
	"presswatch/watcher/article"
)

// kiosk is several papers, each at its own host.
type kiosk map[string]*paper

// RoundTrip serves the paper that is asked.
func (k kiosk) RoundTrip(r *http.Request) (*http.Response, error) { return k[r.URL.Host].RoundTrip(r) }

const kioskRules = `
vocabulary:
  treaty: {en: [treaty, pact], fr: [traité]}
  month-1: {en: [January], fr: [janvier]}
rules:
  - {id: treaties, name: Treaties, match: '@treaty', alert: 'title:@treaty'}
`

const kioskSetup = `
sources:
  - {id: agency, name: The Agency, language: en, hosts: [agency.test], identity: '/(?P<number>\d+)\.html', article: {body: .text, title: h1, lead: .lead},
     feeds: [{url: "http://agency.test/feed", schedule: "@every 5m"}]}
  - {id: herald, name: The Herald, language: en, hosts: [herald.test], identity: '/(?P<number>\d+)\.html', article: {body: .text, title: h1, lead: .lead},
     feeds: [{url: "http://herald.test/feed", schedule: "@every 5m"}]}
  - {id: courrier, name: Le Courrier, language: fr, hosts: [courrier.test], identity: '/(?P<number>\d+)\.html', article: {body: .text, title: h1, lead: .lead},
     feeds: [{url: "http://courrier.test/feed", schedule: "@every 5m"}]}
digests:
  - {id: desk, channel: "#desk", schedule: "0 18 * * *", rules: [treaties], alerts: true}
`

// The agency's report, as its paragraphs; and what others make of it.
var (
	ferryTreaty = []string{
		"PORT-NEUF (AGP) – Harbour master Orlane Vasseur and her colleague Tomas Beck of Grandlieu signed on Tuesday 4 January in Port-Neuf the treaty on the ferries between their two ports for 2032–2036.",
		"It names twenty-six crossings a week, from the fish market to the new dock, and keeps the night boat of 1998, which Beck had wanted to give up.",
		"“A harbour lives by those who cross it,” said Vasseur, who asked that the hours of the cranes be printed every Monday.",
		"Both harbours will share their charts of the Skarv shoals, and will meet again in October at Grandlieu with pilots of the two coasts.",
		"The guests saw the auction hall and the sail loft of Pieter Wolff, where fifteen apprentices from both sides learn their trade.",
	}
	ferryFrench = "PORT-NEUF (AGP) – La capitaine du port Orlane Vasseur et Tomas Beck, de Grandlieu, ont signé mardi 4 janvier à Port-Neuf le traité sur les bacs entre leurs deux rades pour 2032–2036. " +
		"Vingt-six traversées sont prévues, et le bateau de nuit de 1998 est gardé. Les cartes des hauts-fonds de Skarv seront mises en commun, a dit Orlane Vasseur devant l'atelier de voiles de Pieter Wolff."
	ferryNextDay = "GRANDLIEU (AGP) – The council of Grandlieu took note on Wednesday 5 January of the treaty on the ferries that Tomas Beck signed with Orlane Vasseur, and asked for 450 metres of quay to be dredged before the boats come. " +
		"Gudrun Halvorsen, who speaks for the fishermen, fears that twelve berths will be lost, and wants the matter put to a vote in May."
)

func newKiosk(t *testing.T) (*desk, kiosk) {
	d := newDesk(t)
	d.configure(kioskSetup, kioskRules)
	k := kiosk{}
	for _, host := range []string{"agency.test", "herald.test", "courrier.test"} {
		k[host] = &paper{host: host}
	}
	d.network = k
	return d, k
}

func ferry(number int, at time.Time, title string, paragraphs ...string) story {
	return story{number: number, title: title, lead: "", body: strings.Join(paragraphs, "\n\n"), published: at, appears: at}
}

// TestAStoryIsToldOnce lets three papers bring what one agency reported, in
// different order and forms, over two days, and looks at what the desk is told.
func TestAStoryIsToldOnce(t *testing.T) {
	const alert = "ALERT · Treaties\n"
	for name, test := range map[string]struct {
		papers func(k kiosk, now time.Time)
		want   []string // what each message holds, in order
		absent []string // what none does
	}{
		"a copy with another title, less a paragraph, and an accent that was lost": {
			papers: func(k kiosk, now time.Time) {
				k["agency.test"].stories = []story{ferry(1, now, "Treaty on ferries signed", ferryTreaty...)}
				k["herald.test"].stories = []story{ferry(7, now.Add(20*time.Minute), "Two ports, one pact", ferryTreaty[0], ferryTreaty[2], ferryTreaty[3], ferryTreaty[4])}
			},
			want:   []string{alert + "Treaty on ferries signed\nThe Agency · en · Tue 4 Jan 2000, 07:00 UTC · also in The Herald, 20 min later"},
			absent: []string{"one pact"},
		},
		"a report in another language": {
			papers: func(k kiosk, now time.Time) {
				k["agency.test"].stories = []story{ferry(1, now, "Treaty on ferries signed", ferryTreaty...)}
				k["courrier.test"].stories = []story{ferry(7, now.Add(3*time.Hour), "Le traité des bacs est signé", ferryFrench)}
			},
			want:   []string{alert + "Treaty on ferries signed\nThe Agency · en · Tue 4 Jan 2000, 07:00 UTC · also reported by Le Courrier"},
			absent: []string{"traité des bacs"},
		},
		"a follow-up on the next day": {
			papers: func(k kiosk, now time.Time) {
				k["agency.test"].stories = []story{
					ferry(1, now, "Treaty on ferries signed", ferryTreaty...),
					ferry(2, now.Add(25*time.Hour), "Grandlieu wants the treaty dredged", ferryNextDay)}
			},
			want: []string{alert + "Treaty on ferries signed", alert + "Grandlieu wants the treaty dredged"},
		},
		"a follow-up that names no day": {
			papers: func(k kiosk, now time.Time) {
				k["agency.test"].stories = []story{
					ferry(1, now, "Treaty on ferries signed", ferryTreaty...),
					ferry(2, now.Add(31*time.Hour), "Grandlieu wants the treaty dredged", strings.Replace(ferryNextDay, "on Wednesday 5 January ", "", 1))}
			},
			want: []string{alert + "Treaty on ferries signed", alert + "Grandlieu wants the treaty dredged"},
		},
		"a copy whose title raises the level": {
			papers: func(k kiosk, now time.Time) {
				k["agency.test"].stories = []story{ferry(1, now, "Two ports agree", ferryTreaty...)}
				k["herald.test"].stories = []story{ferry(7, now.Add(30*time.Hour), "Treaty of two ports", ferryTreaty...)}
			},
			want: []string{"Two ports agree", alert + "Treaty of two ports\nThe Herald · en · Wed 5 Jan 2000, 13:00 UTC · raised from digest"},
		},
		"copies that wait for the digest": {
			papers: func(k kiosk, now time.Time) {
				k["herald.test"].stories = []story{ferry(7, now, "Two ports agree", ferryTreaty[0], ferryTreaty[1], ferryTreaty[2])}
				k["agency.test"].stories = []story{ferry(1, now.Add(-20*time.Minute), "Ports agree on ferries", ferryTreaty...)}
				k["agency.test"].stories[0].appears = now.Add(time.Hour)
				k["courrier.test"].stories = []story{ferry(3, now.Add(2*time.Hour), "Les bacs de deux rades", ferryFrench)}
			},
			want:   []string{"Ports agree on ferries — The Agency · en · 4 Jan 06:40 · also in The Herald, 20 min later · also reported by Le Courrier"},
			absent: []string{"Two ports agree", "Les bacs"},
		},
		"the same article at the same source again, under another number": {
			papers: func(k kiosk, now time.Time) {
				k["agency.test"].stories = []story{
					ferry(1, now, "Treaty on ferries signed", ferryTreaty...),
					ferry(2, now.Add(time.Hour), "Treaty on ferries signed at Port-Neuf", ferryTreaty...)}
			},
			want: []string{alert + "Treaty on ferries signed"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				d, k := newKiosk(t)
				time.Sleep(79 * time.Hour) // to a Tuesday, 7 o'clock
				now := time.Now()
				test.papers(k, now)
				for range 8 {
					d.runFor(6 * time.Hour) // and each time the daemon begins anew
				}
				told := d.told("#desk")
				if len(told) != len(test.want) {
					t.Fatalf("told %d times, want %d: %s", len(told), len(test.want), indented(told))
				}
				for i, want := range test.want {
					if !strings.Contains(told[i], want) {
						t.Errorf("message %d: %q, want %q", i, told[i], want)
					}
				}
				for _, absent := range test.absent {
					if strings.Contains(strings.Join(told, "\n"), absent) {
						t.Errorf("%q is told: %s", absent, indented(told))
					}
				}
			})
		})
	}
}

// TestAStoryThatTheDiskRefusedIsPlacedOnce lets the store fail while a copy is
// recorded: it is placed anew, among the same articles, when there is room.
func TestAStoryThatTheDiskRefusedIsPlacedOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d, k := newKiosk(t)
		now := time.Now()
		k["agency.test"].stories = []story{ferry(1, now, "Treaty on ferries signed", ferryTreaty...)}
		k["herald.test"].stories = []story{ferry(7, now.Add(20*time.Minute), "Two ports, one treaty", ferryTreaty...)}
		records := 0
		d.wrap = func(s store.Store) store.Store { return failingOnce{s, &records} }
		d.runFor(2 * time.Hour)
		if n := len(d.told("#desk")); n != 1 || records < 3 {
			t.Errorf("told %d times after %d records: %s", n, records, indented(d.told("#desk")))
		}
		d.wrap = nil
		w, end := d.start(context.Background())
		defer end()
		copied, err := w.Store.Lookup(context.Background(), "herald/number:7")
		if err != nil || copied.Place.Copies == copied.Article.ID || copied.Place.Event == copied.Article.ID {
			t.Errorf("the copy stands at %+v (%v)", copied.Place, err)
		}
		history, err := w.Store.History(context.Background(), copied.Article.ID)
		if err != nil || len(history.Also) != 1 || history.Also[0].Kinship != article.Copy {
			t.Errorf("beside it: %s (%v)", indented(history.Also), err)
		}
	})
}

// failingOnce is a store whose second Record fails.
type failingOnce struct {
	store.Store
	records *int
}

func (f failingOnce) Record(ctx context.Context, r store.Reading) error {
	*f.records++
	if *f.records == 2 {
		return errDead
	}
	return f.Store.Record(ctx, r)
}

// TestADeathWhileAStoryGrowsLosesAndDoublesNothing ends the process before and
// after each write and post of a morning on which an alert gets a copy and a
// report: it is told once, and says both in the end.
func TestADeathWhileAStoryGrowsLosesAndDoublesNothing(t *testing.T) {
	morning := func(t *testing.T, at int, after bool) (acts []string) {
		synctest.Test(t, func(t *testing.T) {
			d, k := newKiosk(t)
			now := time.Now()
			k["agency.test"].stories = []story{ferry(1, now, "Treaty on ferries signed", ferryTreaty...)}
			k["herald.test"].stories = []story{ferry(7, now.Add(6*time.Minute), "Two ports, one treaty", ferryTreaty...)}
			k["courrier.test"].stories = []story{ferry(9, now.Add(11*time.Minute), "Le traité des bacs", ferryFrench)}
			acts = d.lifetimes(25*time.Minute, at, after)
			told := d.told("#desk")
			if len(told) != 1 || !strings.Contains(told[0], "also in The Herald, 6 min later · also reported by Le Courrier") {
				t.Errorf("told: %s", indented(told))
			}
		})
		return acts
	}
	acts := morning(t, -1, false)
	if len(acts) < 20 {
		t.Fatalf("only %d acts to die at: %q", len(acts), acts)
	}
	for at, name := range acts {
		for when, after := range map[string]bool{"before": false, "after": true} {
			t.Run(fmt.Sprintf("%s act %d %s", when, at, name), func(t *testing.T) {
				t.Parallel()
				morning(t, at, after)
			})
		}
	}
}
