package digest

import (
	"strings"
	"testing"
	"time"

	"presswatch/watcher/article"
)

// kin is another article of the French one's story, so much later.
func kin(kinship article.Kinship, source string, later time.Duration) article.Relative {
	a := frenchArticle()
	a.Source, a.Identity, a.Published = source, "other", a.Published.Add(later)
	return article.Relative{Article: a, Kinship: kinship}
}

func TestAStoryIsToldWithWhereElseItStands(t *testing.T) {
	undated := kin(article.Copy, "courier", 0)
	undated.Published = time.Time{}
	for name, test := range map[string]struct {
		also []article.Relative
		want []string
	}{
		"nowhere":             {nil, nil},
		"a copy soon after":   {[]article.Relative{kin(article.Copy, "courier", 20*time.Minute)}, []string{"also in The Courier, 20 min later"}},
		"a copy before":       {[]article.Relative{kin(article.Copy, "courier", -3*time.Hour)}, []string{"also in The Courier, 3 h earlier"}},
		"a copy days after":   {[]article.Relative{kin(article.Copy, "courier", 75*time.Hour)}, []string{"also in The Courier, 3 days later"}},
		"a copy at once":      {[]article.Relative{kin(article.Copy, "courier", 0)}, []string{"also in The Courier, at the same time"}},
		"a copy without date": {[]article.Relative{undated}, []string{"also in The Courier"}},
		"reports, each source once": {[]article.Relative{kin(article.Report, "agency-vi", 0), kin(article.Report, "courier", 40*time.Hour), kin(article.Report, "agency-vi", 0)},
			[]string{"also reported by Agency (tiếng Việt) 09:12, The Courier 25 Nov 01:12"}},
		"both": {[]article.Relative{kin(article.Report, "agency-vi", 0), kin(article.Copy, "courier", time.Hour)},
			[]string{"also in The Courier, 60 min later", "also reported by Agency (tiếng Việt) 09:12"}},
		"many": {[]article.Relative{kin(article.Report, "a", 0), kin(article.Report, "b", 0), kin(article.Report, "c", 0), kin(article.Report, "d", 0), kin(article.Report, "e", 0)},
			[]string{"also reported by a 09:12, b 09:12, c 09:12 and 2 more"}},
	} {
		t.Run(name, func(t *testing.T) {
			f := article.Finding{ID: 1, Digest: "desk", Article: frenchArticle(), Also: test.also, Match: defence(article.Alert)}
			messages := append(Digest(inputOf(t, []article.Finding{f})), Alert([]article.Finding{f}, namesOf(t)))
			messages = append(messages, Storm([]article.Finding{f}, namesOf(t))...)
			for _, m := range messages {
				for _, said := range test.want {
					if !strings.Contains(m.Text, said) {
						t.Errorf("%q is not in %q", said, m.Text)
					}
				}
				if len(test.want) == 0 && strings.Contains(m.Text, "also") {
					t.Errorf("%q", m.Text)
				}
				if err := Validate(m); err != nil {
					t.Error(err)
				}
			}
		})
	}
}

func TestARisenLevelAndAWithdrawnArticleAreSaid(t *testing.T) {
	f := article.Finding{ID: 1, Digest: "desk", Article: frenchArticle(), Was: article.Digest, Match: defence(article.Alert)}
	f.Article.Withdrawn = f.Article.Published.Add(time.Hour)
	if m := Alert([]article.Finding{f}, namesOf(t)); !strings.Contains(m.Text, "raised from digest · withdrawn by its publisher") {
		t.Error(m.Text)
	}
	first := article.Telling{Delivery: "alert-1", Channel: "#desk"}
	m := Withdrawn(f.Article, first, namesOf(t))
	if err := Validate(m); err != nil || !strings.HasPrefix(m.Text, "Withdrawn by its publisher.\nVietnam et Laos signent") {
		t.Error(m.Text, err)
	}
	first.Delivery = "alert-2"
	if other := Withdrawn(f.Article, first, namesOf(t)); other.ID == m.ID {
		t.Error("two places have one id")
	}
}
