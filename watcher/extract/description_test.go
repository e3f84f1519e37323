package extract

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
)

func TestFromDescription(t *testing.T) {
	for _, test := range []struct {
		name, html, lead string
		related          []string
	}{
		{"the agency's template",
			`<a href="https://e.vn/1"><img src="a.jpg" /></a><p>Le calendrier de <b>l'exercice</b> est arrêté.&nbsp;</p><div style="clear: both;"><ul><li><a href="/2">Un sommet s’ouvre</a></li><li><a href="/3">Le riz se vend</a></li></ul></div>`,
			"Le calendrier de l'exercice est arrêté.", []string{"Un sommet s’ouvre", "Le riz se vend"}},
		{"cut off in a related headline",
			`<p>Le chapeau.</p><div style="clear: both;"><ul><li><a href="/2">Un sommet s’ou`,
			"Le chapeau.", []string{"Un sommet s’ou"}},
		{"cut off in the address of a related headline",
			`<p>Le chapeau.</p><div style="clear: both;"><ul><li><a href="https://e.v`,
			"Le chapeau.", nil},
		{"cut off in the end of a tag",
			`<p>Le chapeau.</p><div style="clear: both;"><ul><li><a href="/2">Un sommet s’ouvre</a></`,
			"Le chapeau.", []string{"Un sommet s’ouvre"}},
		{"links in the lead are its own",
			`<p>Le <a href="/t">tribunal</a> a jugé.</p>`, "Le tribunal a jugé.", nil},
		{"plain text", "AGENCE - Le chapeau, 3 < 4.", "AGENCE - Le chapeau, 3 < 4.", nil},
		{"plain text with entities", "L&#39;arm&eacute;e", "L'armée", nil},
		{"a lead that is a link", `<p><a href="/1">Le chapeau.</a></p>`, "Le chapeau.", nil},
		{"a list that is text", `<p>Trois points :</p><ul><li>un</li><li><a href="/2">deux</a> et demi</li></ul>`,
			"Trois points :\n\nun\n\ndeux et demi", nil},
		{"a paragraph of links below the lead",
			`<p>Le chapeau.</p><p><a href="/2">Un sommet</a> <a href="/3">Le riz</a></p>`,
			"Le chapeau.", []string{"Un sommet", "Le riz"}},
		{"a link to the full text in a box in a box",
			`<div>Le chapeau.<div><p><a href="/1">Lire la suite</a></p></div></div>`, "Le chapeau.", []string{"Lire la suite"}},
		{"escaped twice", `&lt;p&gt;Le chapeau.&lt;/p&gt;&lt;ul&gt;&lt;li&gt;&lt;a href="/2"&gt;Un sommet&lt;/a&gt;&lt;/li&gt;&lt;/ul&gt;`,
			"Le chapeau.", []string{"Un sommet"}},
		{"nothing", "", "", nil},
		{"a picture alone", `<a href="/1"><img src="a.jpg"></a>`, "", nil},
		{"nested beyond the limit", strings.Repeat("<div>", 5000) + "x", "", nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			lead, related := FromDescription(test.html)
			if lead != test.lead || !slices.Equal(related, test.related) {
				t.Errorf("lead %q, related %q; want %q, %q", lead, related, test.lead, test.related)
			}
		})
	}
}

// In captured feeds, with descriptions cut at 800 characters, no related
// headline may stand in the lead, and no lead may be lost.
func TestCapturedDescriptions(t *testing.T) {
	for _, test := range []struct {
		file     string
		relating int // items with related headlines, at least
	}{
		{"vietnamplus_www_home_rss_items.jsonl", 840},
		{"nhandan_home_rss_items.jsonl", 1},
		{"vov_rss_items.jsonl", 0},
	} {
		t.Run(test.file, func(t *testing.T) {
			relating := 0
			for line := range strings.Lines(string(sharedFile(t, "samples/"+test.file))) {
				var item struct{ ID, Summary string }
				if err := json.Unmarshal([]byte(line), &item); err != nil {
					t.Fatal(err)
				}
				lead, related := FromDescription(item.Summary)
				checkText(t, lead)
				before, list, found := strings.Cut(item.Summary, `<div style="clear: both;">`)
				if found && strings.Contains(list, "<a ") {
					relating++
				}
				if want := letters(PlainText(before)); letters(lead) != want {
					t.Errorf("%s: lead %q, want %q", item.ID, lead, want)
				}
				if len([]rune(item.Summary)) >= 800 && len(related) > 0 {
					related[len(related)-1] = "" // cut off: the beginning of a headline may stand in a lead
				}
				for _, r := range related {
					if r != "" && strings.Contains(lead, r) {
						t.Errorf("%s: %q is in the lead", item.ID, r)
					}
				}
				if strings.Contains(list, "</a>") && len(related) == 0 {
					t.Errorf("%s: no related headline found in %q", item.ID, list)
				}
			}
			if relating < test.relating {
				t.Errorf("%d items with related headlines, want %d", relating, test.relating)
			}
		})
	}
}
