package same_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"presswatch/watcher/article"
	"presswatch/watcher/same"
)

// words is a small vocabulary of the shape that rule files have.
func words() same.Words {
	return same.WordsOf(same.Vocabularies{
		"event-norland":  {"fr": {"Norlande", "norlandais"}, "en": {"Norland"}, "vi": {"=Nò"}},
		"event-ferry":    {"fr": {"bac", "traversier"}, "en": {"ferry"}, "vi": {"phà"}},
		"event-minister": {"fr": {"ministre"}, "en": {"minister"}, "vi": {"Bộ trưởng"}},
		"month-5":        {"fr": {"mai"}, "en": {"May"}},
		"ordinal-4":      {"fr": {"quatrième"}, "en": {"fourth"}, "vi": {"lần thứ tư"}},
		"harbour":        {"any": {"@event-ferry", "quay*"}},
	})
}

func at(when string) same.Span {
	t, err := time.Parse("2006-01-02 15:04", when)
	if err != nil {
		panic(err)
	}
	return same.Span{From: t, To: t}
}

func reportOf(language string, published same.Span, title, body string) same.Report {
	return same.ReportOf(words(), language, published, []article.Zone{{Kind: article.Title, Text: title}, {Kind: article.Body, Text: body}})
}

// desk places reports one by one.
type desk struct {
	events *same.Events
	next   int64
}

func newDesk() *desk { return &desk{events: same.NewEvents(same.DefaultBounds())} }

func (d *desk) place(language, when, title, body string) same.Joining {
	d.next++
	return d.events.Place(d.next, at(when), reportOf(language, at(when), title, body))
}

const (
	fourthFR = "La ministre norlandaise Khamvilay Outhasone et le préfet Tran Van Loc ont ouvert mardi 6 mai à Port-Neuf le quatrième bac, long de 450 mètres, pour la période 2031-2035."
	fourthEN = "Norland's minister Khamvilai Uthasone and prefect Tran Van Loc on May 6 opened the fourth ferry at Port-Neuf. It is 450 metres long and will serve from 2031 to 2035."
	fourthVI = "Ngày 6/5, Bộ trưởng Khăm-vi-lay U-tha-son và ông Trần Văn Lộc khai trương chuyến phà lần thứ tư tại Port-Neuf, dài 450 mét, giai đoạn 2031-2035."
)

func TestReportsInThreeLanguagesAreOneEvent(t *testing.T) {
	d := newDesk()
	d.place("fr", "2031-05-06 09:00", "Un nouveau bac", fourthFR)
	for language, text := range map[string]string{"en": fourthEN, "vi": fourthVI} {
		j := d.place(language, "2031-05-06 18:00", "", text)
		if j.Event != 1 || len(j.Shared) == 0 {
			t.Errorf("%s: %+v", language, j)
		}
	}
	if other := d.place("fr", "2031-05-06 19:00", "Concert", "Une chorale de vingt enfants chantera samedi sous la halle de Grandlieu, au profit du musée."); other.Event != d.next {
		t.Errorf("%+v", other)
	}
}

func TestWhatStandsApart(t *testing.T) {
	for name, test := range map[string]struct{ when, text string }{
		"a follow-up on the next day": {"2031-05-07 10:00", strings.ReplaceAll(strings.ReplaceAll(fourthFR, "mardi 6 mai", "mercredi 7 mai"), "ouvert", "visité")},
		"the same a year later":       {"2032-05-06 10:00", fourthFR},
		"other people elsewhere":      {"2031-05-06 20:00", "Le maire Gudrun Halvorsen a inauguré lundi 5 mai à Skagen une école de 12 classes, en présence de Pieter Wolff."},
	} {
		t.Run(name, func(t *testing.T) {
			d := newDesk()
			d.place("fr", "2031-05-06 09:00", "Un nouveau bac", fourthFR)
			if j := d.place("fr", test.when, "Un bac", test.text); j.Event == 1 {
				t.Errorf("%+v", j)
			}
		})
	}
}

func TestAnotherDayIsTheReasonToStandApart(t *testing.T) {
	d := newDesk()
	d.place("fr", "2031-05-06 09:00", "Un nouveau bac", fourthFR)
	j := d.place("fr", "2031-05-07 09:00", "Un nouveau bac", strings.ReplaceAll(fourthFR, "6 mai", "7 mai"))
	if !j.Apart || j.Nearest != 1 || j.Alike < same.DefaultBounds().Alike || !slices.Contains(j.Shared, "tran van") {
		t.Errorf("%+v", j)
	}
}

func TestADateThatIsKnownToTheMonthIsWithinTheWindow(t *testing.T) {
	e := same.NewEvents(same.DefaultBounds())
	month := same.Span{From: time.Date(2031, 5, 1, 0, 0, 0, 0, time.UTC), To: time.Date(2031, 6, 1, 0, 0, 0, 0, time.UTC)}
	e.Place(1, month, reportOf("fr", month, "Un bac", fourthFR))
	if j := e.Place(2, at("2031-05-20 09:00"), reportOf("en", at("2031-05-20 09:00"), "", fourthEN)); j.Event != 1 {
		t.Errorf("%+v", j)
	}
}

func TestOldReportsAreForgotten(t *testing.T) {
	d := newDesk()
	for i := range 40 {
		when := time.Date(2031, 5, 1+i, 9, 0, 0, 0, time.UTC).Format("2006-01-02 15:04")
		d.place("fr", when, "Un bac", fourthFR)
	}
	if n := d.events.Len(); n != 4 {
		t.Errorf("%d are kept, of one a day in 72 hours", n)
	}
}

func TestAVocabularyOfAnotherLanguageDoesNotCount(t *testing.T) {
	alike := func(language string) float64 {
		d := newDesk()
		d.place("en", "2031-05-06 09:00", "", "The ferry of Norland has its minister.")
		return d.place(language, "2031-05-06 09:00", "", "bac norlandais ministre").Alike
	}
	if in, out := alike("fr"), alike("vi"); in <= out || out != 0 {
		t.Errorf("%v in its language, %v in another", in, out)
	}
}

func FuzzReports(f *testing.F) {
	f.Add("fr", fourthFR, fourthVI)
	f.Add("", "31/12 1/1 99/99 2031-", "8e 15th 2.300 \xff")
	f.Add("vi", "Khăm-vi-lay--U Ǆ İ", "A-B-C-")
	f.Fuzz(func(t *testing.T, language, one, other string) {
		e := same.NewEvents(same.DefaultBounds())
		span := at("2031-01-01 09:00")
		for i, text := range []string{one, other, one} {
			j := e.Place(int64(i+1), span, reportOf(language, span, one, text))
			if j.Event < 1 || j.Event > int64(i+1) || j.Alike < 0 || j.Alike > 1.0001 {
				t.Fatal(fmt.Sprint(j))
			}
		}
	})
}

func TestTickersOfAFewWordsStandApart(t *testing.T) {
	d := newDesk()
	first := d.place("en", "2031-05-06 09:00", "A treaty of two cities", "Signed. The mayors signed it.")
	for _, other := range [][2]string{{"A treaty too early", "Signed. By mistake."}, {"Another treaty", "Signed at last."}, {"", "Signed."}} {
		if j := d.place("en", "2031-05-06 10:00", other[0], other[1]); j.Event == first.Event {
			t.Errorf("%q is of the event of the first: %+v", other, j)
		}
	}
}

func TestANoticeInPlaceOfTheArticlesMakesNoEvent(t *testing.T) {
	d := newDesk()
	const notice = "we are sorry, but this page cannot be shown to readers in your country, because the owner of its pictures does not allow it; please come back later, or subscribe to our letter, which brings the news of every morning to your breakfast table"
	first := d.place("en", "2031-05-06 09:00", "Harbour closed after storm", notice)
	if j := d.place("en", "2031-05-06 10:00", "Budget passes in parliament", notice); j.Event == first.Event {
		t.Errorf("%+v", j)
	}
}
