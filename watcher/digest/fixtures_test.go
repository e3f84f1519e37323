package digest

import (
	"fmt"
	"strings"
	"testing"
	"time"
	_ "time/tzdata"

	"presswatch/watcher/article"
)

// The texts are the tests' own, in the manner of an agency.

func hanoi(t testing.TB) *time.Location {
	t.Helper()
	zone, err := time.LoadLocation("Asia/Ho_Chi_Minh")
	if err != nil {
		t.Fatal(err)
	}
	return zone
}

func namesOf(t testing.TB) Names {
	return Names{
		Zone: hanoi(t),
		Sources: map[string]Source{
			"agency-fr": {Name: "Agency (français)", Language: "fr"},
			"agency-vi": {Name: "Agency (tiếng Việt)", Language: "vi"},
			"courier":   {Name: "The Courier", Language: "en"},
		},
	}
}

// passage reads a sentence whose matched words stand in [brackets].
func passage(zone article.ZoneKind, marked string) article.Passage {
	const start = 100 // where the sentence stands in its zone
	p := article.Passage{Zone: zone}
	var quote strings.Builder
	open := 0
	for _, r := range marked {
		switch r {
		case '[':
			open = start + quote.Len()
		case ']':
			p.Words = append(p.Words, article.Span{Start: open, End: start + quote.Len()})
		default:
			quote.WriteRune(r)
		}
	}
	p.Quote = quote.String()
	p.Sentence = article.Span{Start: start, End: start + len(p.Quote)}
	return p
}

func defence(level article.Level, evidence ...article.Passage) article.Match {
	return article.Match{Rule: "border-defence", Name: "Border defence", Level: level, Clause: "@laos AND @defence", Evidence: evidence}
}

func plans(level article.Level, evidence ...article.Passage) article.Match {
	return article.Match{Rule: "new-plans", Name: "New cooperation plans", Level: level, Clause: "@plan AND @signing", Evidence: evidence}
}

func frenchArticle() article.Article {
	return article.Article{
		ID: 1, Source: "agency-fr",
		Entry: article.Entry{
			Identity: "number:701", URL: "https://fr.agency.example/deux-armees-un-plan-post701.html",
			Title:     "Vietnam et Laos signent le plan de coopération militaire pour 2027",
			Published: time.Date(2026, 11, 23, 2, 12, 0, 0, time.UTC),
		},
	}
}

func vietnameseArticle() article.Article {
	return article.Article{
		ID: 2, Source: "agency-vi",
		Entry: article.Entry{
			Identity: "number:702", URL: "https://www.agency.example/bien-phong-post702.html?a=1&b=2",
			Title:     "Bộ đội Biên phòng hai nước tuần tra chung trên tuyến biên giới Việt Nam - Lào",
			Published: time.Date(2026, 11, 23, 9, 5, 0, 0, time.UTC),
		},
	}
}

func englishArticle() article.Article {
	return article.Article{
		ID: 3, Source: "courier",
		Entry: article.Entry{
			Identity: "url:courier.example/field-hospital", URL: "https://courier.example/field-hospital",
			Title: "Field hospital handed over to the Lao army",
		},
		Seen: time.Date(2026, 11, 23, 10, 40, 0, 0, time.UTC),
	}
}

func finding(id int64, a article.Article, m article.Match) article.Finding {
	return article.Finding{
		ID: id, Digest: "desk", Level: m.Level, Article: a, From: article.FromPage, Match: m,
		Found: time.Date(2026, 11, 23, 11, 0, 0, 0, time.UTC),
	}
}

// sample is a small day: three articles, one of them matched by two rules and one
// known from the feed alone.
func sample() []article.Finding {
	signing := passage(article.Body, "Les deux ministres de la [Défense] ont signé lundi à Vientiane, au [Laos], le plan de coopération pour 2027, qui prévoit l’échange de cadres & la formation de médecins militaires.")
	signed := passage(article.Body, "Les deux ministres de la Défense ont [signé] lundi à Vientiane, au Laos, le [plan de coopération] pour 2027, qui prévoit l’échange de cadres & la formation de médecins militaires.")
	patrol := passage(article.Body, "Sáng 23/11, lực lượng [biên phòng] hai tỉnh tuần tra dọc đường biên với phía [Lào] và trao đổi tình hình an ninh.")
	hospital := passage(article.Title, "Field hospital handed over to the [Lao] [army]")
	fromFeed := finding(4, englishArticle(), defence(article.Alert, hospital))
	fromFeed.From = article.FromFeed
	return []article.Finding{
		finding(1, frenchArticle(), plans(article.Digest, signed)),
		finding(2, frenchArticle(), defence(article.Alert, passage(article.Title, "[Vietnam] et [Laos] signent"), signing)),
		finding(3, vietnameseArticle(), defence(article.Digest, patrol)),
		fromFeed,
	}
}

// many is a day with n articles, each matched by two rules.
func many(n int) []article.Finding {
	var all []article.Finding
	for i := range n {
		a := frenchArticle()
		a.ID = int64(i)
		a.Identity = fmt.Sprintf("number:%d", i)
		a.URL = fmt.Sprintf("https://fr.agency.example/cooperation-et-echanges-entre-les-deux-armees-post%d.html", i)
		a.Title = fmt.Sprintf("Délégation no %d : les deux armées renforcent leurs échanges le long de la frontière", i)
		a.Published = a.Published.Add(time.Duration(i) * time.Minute)
		p := passage(article.Body, fmt.Sprintf("Le général a reçu jeudi une délégation de l’[armée] du [Laos], la %d-ième cette année, et les deux parties ont convenu d’élargir la [coopération] dans la formation des officiers et la recherche des restes des soldats tombés.", i))
		all = append(all, finding(int64(2*i), a, defence(article.Level(1+i%2), p)), finding(int64(2*i+1), a, plans(article.Digest, p)))
	}
	return all
}

func inputOf(t testing.TB, findings []article.Finding) Input {
	return Input{
		Digest: "desk", Channel: "#desk", Slot: "2026-11-24T07:00", Last: "2026-11-23T17:00", Rules: []string{"new-plans", "border-defence"},
		Findings: findings, Names: namesOf(t), Now: time.Date(2026, 11, 24, 0, 0, 5, 0, time.UTC),
	}
}
