package extract

import (
	"strings"
	"testing"
)

const (
	title = "Hanoï et Vientiane préparent un exercice commun"
	lead  = "Le calendrier de l’exercice est arrêté."
)

// A splitTest is a text below title, and its zones but for the title.
type splitTest struct{ name, lead, text, want string }

func TestFromTextDropsWhatTheHeadRepeats(t *testing.T) {
	checkSplits(t, []splitTest{
		{"the title and the lead are not said twice",
			lead, title + "\n\n" + lead + "\n\nLe texte.",
			"[lead]\n" + lead + "\n[body]\nLe texte.\n"},
		{"also where spaces, apostrophes and capitals differ",
			lead, "HANOÏ et Vientianepréparent un exercice  commun\nLe calendrier de l'exercice estarrêté.\nLe texte.",
			"[lead]\n" + lead + "\n[body]\nLe texte.\n"},
		{"nor the title behind a date",
			"", "date 2026-05 " + title + "\n\nLe texte.",
			"[body]\nLe texte.\n"},
		{"a sentence that begins as the title stays",
			"", title + " en octobre.\n\nLe texte.",
			"[body]\n" + title + " en octobre.\n\nLe texte.\n"},
		{"a lead behind a dateline stays",
			lead, "Hanoï (VNA) - " + lead,
			"[lead]\n" + lead + "\n[body]\nHanoï (VNA) - " + lead + "\n"},
		{"line feeds of all systems", "", "Un.\r\n\r\nDeux.\rTrois.\u2028Quatre.", "[body]\nUn.\n\nDeux.\nTrois.\nQuatre.\n"},
		{"no text", lead, "", "[lead]\n" + lead + "\n"},
	})
}

func TestFromTextEndsAnArticleAtItsMarks(t *testing.T) {
	checkSplits(t, []splitTest{
		{"a cut mark ends the article",
			"", "Le texte.\n\nVoir plus\n\nAutre titre\n\nAutre chapeau.",
			"[body]\nLe texte.\n[teaser]\nAutre titre\n[teaser]\nAutre chapeau.\n"},
		{"a cut mark is a word, in its own case, at the beginning",
			"", "Voir plusieurs sites.\n\nvoir plus loin.\n\nOn peut Voir plus.",
			"[body]\nVoir plusieurs sites.\n\nvoir plus loin.\n\nOn peut Voir plus.\n"},
		{"a cut mark with odd spaces, and text behind it",
			"", "Le texte.\n\n \u00a0Voir\u00a0 plus : Autre titre",
			"[body]\nLe texte.\n[teaser]\nAutre titre\n"},
		{"a signature ends the article, and is its own",
			"", "Le texte. - VNA\n\nAutre titre\n\nVoir plus\n\nAutre chapeau.",
			"[body]\nLe texte. - VNA\n[teaser]\nAutre titre\n[teaser]\nAutre chapeau.\n"},
		{"a signature in a line of its own",
			"", "Le texte.\nVNA/CVN\nAutre titre",
			"[body]\nLe texte.\nVNA/CVN\n[teaser]\nAutre titre\n"},
		{"a dateline is no signature",
			"", "Hanoï (VNA) - Le texte.\n\nLa suite./.",
			"[body]\nHanoï (VNA) - Le texte.\n\nLa suite./.\n"},
		{"a line that leads elsewhere is a teaser",
			"", "Le texte.\n\n >>Autre titre\n\nLa suite.",
			"[body]\nLe texte.\n\nLa suite.\n[teaser]\n>>Autre titre\n"},
	})
}

func TestFromTextFindsCaptions(t *testing.T) {
	checkSplits(t, []splitTest{
		{"a credit takes the line above it along",
			"", "Le texte.\n\nLes deux délégations.\nPhoto : Agence\n\nLa suite.",
			"[body]\nLe texte.\n\nLa suite.\n[caption]\nLes deux délégations.\nPhoto : Agence\n"},
		{"but no paragraph, and no more than one line",
			"", "Le texte.\n\nPhoto : Agence\n\nUn.\nDeux.\nPhoto : Agence",
			"[body]\nLe texte.\n\nUn.\n[caption]\nPhoto : Agence\n[caption]\nDeux.\nPhoto : Agence\n"},
		{"nor the line above in a text that has no empty lines",
			"", "Le texte.\nPhoto : Agence\nLa suite.",
			"[body]\nLe texte.\nLa suite.\n[caption]\nPhoto : Agence\n"},
		{"a picture's residue with the title loses the title",
			"", "Le texte.\n\nHanoï et Vientianepréparent un exercice commun ảnh 12Les deux délégations. Photo : VNA\n\nLa suite.",
			"[body]\nLe texte.\n\nLa suite.\n[caption]\nLes deux délégations. Photo : VNA\n"},
		{"a picture's residue without a caption is dropped, the line above stays",
			"", "Le texte.\n\nLa suite.\n" + title + " ảnh 1",
			"[body]\nLe texte.\n\nLa suite.\n"},
		{"a caption that the article's own text follows in the line",
			"", "Légende : la salle. Hanoï (VNA) - Le texte.\n\nLa suite.",
			"[body]\nHanoï (VNA) - Le texte.\n\nLa suite.\n[caption]\nla salle.\n"},
		{"the story of a picture", "", "La salle.\n\nPhoto : Agence. Le jour de l’ouverture.", "[body]\nLa salle.\n[caption]\nPhoto : Agence. Le jour de l’ouverture.\n"},
		{"a story that is all caption", "", "Photo : Agence. Le jour de l’ouverture.", "[body]\nPhoto : Agence. Le jour de l’ouverture.\n"},
	})
}

func checkSplits(t *testing.T, tests []splitTest) {
	t.Helper()
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			zones := FromText(title, test.lead, test.text, houseMarks(t))
			checkZones(t, zones)
			if got, want := printedZones(zones), "[title]\n"+title+"\n"+test.want; got != want {
				t.Errorf("got\n%s\nwant\n%s", got, want)
			}
		})
	}
}

func TestFromTextWithoutTitleHasNoPatternForIt(t *testing.T) {
	zones := FromText("", "", "Un ảnh 1Deux", houseMarks(t))
	if got := printedZones(zones); got != "[body]\nUn ảnh 1Deux\n" {
		t.Errorf("got %q", got)
	}
}

func TestATitleMayHoldTheSignsOfPatterns(t *testing.T) {
	zones := FromText("Plan (2026-30) : l'accord *?", "", "Texte.\n\nPlan (2026–30) : l’accord *? ảnh 1La salle.", houseMarks(t))
	if got := textOf(zones, "caption"); got != "La salle." {
		t.Errorf("caption %q in %s", got, printedZones(zones))
	}
}

func TestATitleTooLongForAPatternIsNotFound(t *testing.T) {
	long := strings.Repeat("é", 200_000)
	zones := FromText(long, "", "Texte.\n\n"+long+" ảnh 1La salle.", houseMarks(t))
	if got := textOf(zones, "caption"); got != "" {
		t.Errorf("caption %.40q", got)
	}
}

func TestMarksOfASourceFollowThoseOfAll(t *testing.T) {
	all := Marks{Cut: []string{"Voir plus"}}
	own := Marks{Cut: []string{"À lire"}, End: patterns(t, "FIN$"), TeaserLines: patterns(t, "^>>"), CaptionLines: patterns(t, "^Photo")}
	for _, text := range []string{"a\n\nVoir plus\n\nb", "a\n\nÀ lire\n\nb"} {
		if got := printedZones(FromText("", "", text, all.With(own))); got != "[body]\na\n[teaser]\nb\n" {
			t.Errorf("%q gives %q", text, got)
		}
	}
	with := all.With(own)
	if len(with.End) != 1 || len(with.TeaserLines) != 1 || len(with.CaptionLines) != 1 {
		t.Errorf("with: %v", with)
	}
	if len(all.Cut) != 1 {
		t.Errorf("the marks of all were changed: %v", all.Cut)
	}
}
