package same_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"presswatch/watcher/article"
	"presswatch/watcher/same"
)

var noon = time.Date(2031, 5, 6, 12, 0, 0, 0, time.UTC)

const day = 24 * time.Hour

// The agency's text of this room's tests.
var harbour = []string{
	"Port-Neuf (AGP) – Le capitaine Orlane Vasseur, directrice du port, et son homologue Tomas Beck ont signé mardi 6 mai à Port-Neuf le programme d'échanges pour 2032 entre leurs deux rades.",
	"Le document fixe vingt-six rendez-vous, de l'entretien des balises à la formation des pilotes, et reconduit la navette de 1998 entre les bassins.",
	"Orlane Vasseur a rappelé que le dragage du chenal, mené en 2030 par quinze équipes, avait rendu 450 mètres de quai aux chalutiers.",
	"« Une rade ne vit que par ceux qui s'y croisent », a observé Tomas Beck, qui a demandé que les horaires des grues soient publiés chaque semaine.",
	"Les deux capitaineries partageront leurs relevés de houle et leurs cartes des hauts-fonds, avant une réunion prévue en octobre à Grandlieu.",
	"La délégation a visité la criée, puis l'atelier de voilerie où travaillent des apprentis venus des deux rives.",
}

func printOf(paragraphs ...string) same.Print {
	return same.PrintOf([]article.Zone{{Kind: article.Body, Text: strings.Join(paragraphs, "\n\n")}})
}

func changed(from, to string, paragraphs []string) []string {
	out := slices.Clone(paragraphs)
	for i := range out {
		out[i] = strings.ReplaceAll(out[i], from, to)
	}
	return out
}

// twin is harbour's wording of another year.
func twin() []string {
	r := strings.NewReplacer("6 mai", "13 avril", "2032", "2035", "1998", "2029", "2030", "2034", "450", "700")
	out := slices.Clone(harbour)
	for i := range out {
		out[i] = r.Replace(out[i])
	}
	return out
}

func TestWhatIsACopy(t *testing.T) {
	names := strings.NewReplacer("Orlane", "Gudrun", "Vasseur", "Halvorsen", "Tomas Beck", "Pieter Wolff", "Port-Neuf", "Skagen", "Grandlieu", "Tromso")
	for name, test := range map[string]struct {
		other []string
		want  same.Kind
	}{
		"itself":                              {harbour, same.Copy},
		"with dropped paragraphs":             {[]string{harbour[0], harbour[1], harbour[3], harbour[4]}, same.Copy},
		"with paragraphs in another order":    {[]string{harbour[0], harbour[4], harbour[2], harbour[1], harbour[3], harbour[5]}, same.Copy},
		"without accents":                     {changed("é", "e", harbour), same.Copy},
		"with a word spelt otherwise":         {changed("rade", "baie", harbour), same.Copy},
		"with other apostrophes":              {changed("'", "’", harbour), same.Copy},
		"with words that lost their spaces":   {changed("e ", "e", harbour), same.Copy},
		"one paragraph of it":                 {harbour[1:3], same.Excerpt},
		"the same wording of another year":    {twin(), same.Twin},
		"the same wording of other people":    {[]string{names.Replace(strings.Join(harbour, "\n\n"))}, same.Twin},
		"a text of its own":                   {[]string{"Le marché de Grandlieu rouvre samedi après trois semaines de travaux. Les étals de légumes seront regroupés sous la halle, et les fleuristes garderont la place du puits."}, same.Other},
		"nothing":                             {nil, same.Other},
		"a text in a script without capitals": {[]string{"ທ່າເຮືອໃໝ່ເປີດບໍລິການ"}, same.Other},
	} {
		t.Run(name, func(t *testing.T) {
			a, b := printOf(harbour...), printOf(test.other...)
			got := same.DefaultLimits().Compare(a, b)
			if got.Kind != test.want {
				t.Errorf("%s, and not %s: %s", got.Kind, test.want, got.Reason)
			}
			if back := same.DefaultLimits().Compare(b, a); back != got {
				t.Errorf("%+v one way, %+v the other", got, back)
			}
		})
	}
}

func TestTitlesCaptionsAndTeasersDoNotCount(t *testing.T) {
	zones := func(title, caption string) []article.Zone {
		return []article.Zone{{Kind: article.Title, Text: title}, {Kind: article.Body, Text: strings.Join(harbour, " ")}, {Kind: article.Caption, Text: caption}, {Kind: article.Teaser, Text: caption}}
	}
	got := same.DefaultLimits().Compare(same.PrintOf(zones("Deux rades, un programme", "Les deux signataires")), same.PrintOf(zones("Ports : le plan de 2040", "Un chalutier de 1950")))
	if got.Kind != same.Copy || got.Whole != 1 {
		t.Error(got)
	}
}

func TestARelationHasItsReason(t *testing.T) {
	got := same.DefaultLimits().Compare(printOf(harbour...), printOf(twin()...))
	if !strings.Contains(got.Reason, "stands in the other") || !strings.Contains(got.Reason, "years agree") {
		t.Error(got.Reason)
	}
}

func TestCopiesAreGroupedAsTheyArrive(t *testing.T) {
	c := same.NewCopies(same.DefaultLimits(), 14*day)
	if p := c.Place(1, noon, printOf(harbour...)); p.Group != 1 || len(p.Found) > 0 {
		t.Errorf("alone: %+v", p)
	}
	if p := c.Place(2, noon.Add(day), printOf(harbour[:5]...)); p.Group != 1 || len(p.Found) != 1 || p.Found[0].ID != 1 || p.Merged != nil {
		t.Errorf("a copy: %+v", p)
	}
	if p := c.Place(3, noon.Add(day), printOf(twin()...)); p.Group != 3 || len(p.Found) != 2 || p.Found[0].Kind != same.Twin {
		t.Errorf("a twin: %+v", p)
	}
	if p := c.Place(4, noon.Add(15*day), printOf(harbour...)); p.Group != 1 || len(p.Found) != 2 || p.Found[0].ID != 2 {
		t.Errorf("by way of the copy, beyond the window of the first: %+v", p)
	}
	if p := c.Place(5, noon.Add(60*day), printOf(harbour...)); p.Group != 5 || c.Len() != 1 {
		t.Errorf("beyond the window: %+v, %d kept", p, c.Len())
	}
}

func TestAnArticleMayJoinTwoGroups(t *testing.T) {
	c := same.NewCopies(same.DefaultLimits(), 14*day)
	c.Place(1, noon, printOf(harbour[:3]...))
	if p := c.Place(2, noon, printOf(harbour[2:]...)); p.Group != 2 {
		t.Fatalf("two halves are no copies: %+v", p)
	}
	if p := c.Place(3, noon, printOf(harbour...)); p.Group != 1 || !slices.Equal(p.Merged, []int64{2}) {
		t.Errorf("%+v", p)
	}
	if p := c.Place(4, noon, printOf(harbour[2:]...)); p.Group != 1 {
		t.Errorf("what was called 2 is not called 1: %+v", p)
	}
}

// groups is how articles stand together in the end, whatever the order.
func groups(order []int, prints []same.Print) string {
	c := same.NewCopies(same.DefaultLimits(), 14*day)
	of := map[int]int64{}
	for _, i := range order {
		p := c.Place(int64(i), noon, prints[i])
		of[i] = p.Group
		for j, g := range of {
			if slices.Contains(p.Merged, g) {
				of[j] = p.Group
			}
		}
	}
	return fmt.Sprint(of)
}

func TestTheOrderOfEqualDatesDoesNotMatter(t *testing.T) {
	var prints []same.Print
	for n := 2; n <= len(harbour); n++ {
		prints = append(prints, printOf(harbour[:n]...), printOf(harbour[len(harbour)-n:]...), printOf(twin()[:n]...))
	}
	order := make([]int, len(prints))
	for i := range order {
		order[i] = i
	}
	want := groups(order, prints)
	random := rand.New(rand.NewPCG(1, 2))
	for range 200 {
		random.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
		if got := groups(order, prints); got != want {
			t.Fatalf("order %v: %s, and not %s", order, got, want)
		}
	}
}

func TestManyCopiesOfOneTextAreOneGroup(t *testing.T) {
	c := same.NewCopies(same.DefaultLimits(), 14*day)
	for i := range int64(500) {
		if p := c.Place(i+1, noon.Add(time.Duration(i)*time.Minute), printOf(harbour...)); p.Group != 1 {
			t.Fatalf("%d: %+v", i, p.Group)
		}
	}
}

func FuzzATextIsItsOwnCopy(f *testing.F) {
	f.Add(strings.Join(harbour, "\n\n"), "twin")
	f.Add("a", "ab")
	f.Add("\xff\x00 Đ2031\u200b", "１９９９ ¹⁹⁹⁹ 2031")
	f.Add("İstanbul ǅ ﬁ", "ທ່າ")
	f.Fuzz(func(t *testing.T, one, other string) {
		a, b := printOf(one), printOf(other)
		limits := same.DefaultLimits()
		if r := limits.Compare(a, a); r.Kind != same.Copy && r.Part != 0 {
			t.Errorf("%+v", r)
		}
		if limits.Compare(a, b) != limits.Compare(b, a) {
			t.Error("it matters which is which")
		}
		c := same.NewCopies(limits, day)
		c.Place(1, noon, a)
		if p := c.Place(2, noon, b); p.Group == 1 && limits.Compare(a, b).Kind != same.Copy {
			t.Errorf("%+v", p)
		}
	})
}

func TestATitleDecidesWhereATextProvesLittle(t *testing.T) {
	titled := func(title, source string, body ...string) same.Print {
		return same.PrintOf([]article.Zone{{Kind: article.Title, Text: title}, {Kind: article.Body, Text: strings.Join(body, " ")}}).In(source)
	}
	const ticker = "Les détails suivront dans la matinée."
	for name, test := range map[string]struct {
		a, b same.Print
		want same.Kind
	}{
		"a ticker under another title":                     {titled("Le bac est parti", "a", ticker), titled("La criée ferme", "b", ticker), same.Other},
		"a ticker under the same title":                    {titled("Le bac est parti", "a", ticker), titled("Le bac est enfin parti", "b", ticker), same.Copy},
		"a whole text under another title":                 {titled("Le bac est parti", "a", harbour...), titled("La criée ferme", "b", harbour...), same.Copy},
		"one source's text under another title":            {titled("Le bac est parti", "a", harbour...), titled("La criée ferme", "a", harbour...), same.Other},
		"one source's text under nearly its title":         {titled("Le bac est parti", "a", harbour...), titled("Port : le bac est parti", "a", harbour...), same.Copy},
		"one source's notice of the next part of a series": {titled("La criée, 3", "a", harbour...), titled("La criée, 4", "a", harbour...), same.Other},
		"without titles":                                   {titled("", "a", ticker), titled("", "a", ticker), same.Copy},
	} {
		if r := same.DefaultLimits().Compare(test.a, test.b); r.Kind != test.want {
			t.Errorf("%s: %s, and not %s: %s", name, r.Kind, test.want, r.Reason)
		}
	}
}
