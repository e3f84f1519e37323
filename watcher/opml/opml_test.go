package opml

import (
	"slices"
	"strings"
	"testing"
)

func TestWhatIsWrittenIsReadAgain(t *testing.T) {
	want := []Outline{
		{Text: `A "paper" & <more>`, XMLURL: "https://a.example/rss?x=1&y=2", HTMLURL: "https://a.example/", Language: "fr", Category: "A"},
		{Text: "Báo", XMLURL: "https://b.example/rss"},
	}
	var b strings.Builder
	if err := Write(&b, "presswatch", want); err != nil {
		t.Fatal(err)
	}
	got, err := Read(strings.NewReader(b.String()))
	if err != nil || !slices.Equal(got, want) {
		t.Errorf("got %+v, %v from\n%s", got, err, b.String())
	}
}

func TestFilesOfOtherReaders(t *testing.T) {
	for _, c := range []struct{ name, file, want, mistake string }{
		{"folders", `<opml version="1.0"><body><outline text="News"><outline text="A" xmlUrl="https://a.example/"/><outline title="B" xmlURL=" https://b.example/ "/></outline></body></opml>`, "A https://a.example/|B https://b.example/", ""},
		{"another charset", "<?xml version='1.0' encoding='iso-8859-1'?><opml><outline text='Caf\xe9' xmlUrl='https://a.example/'/></opml>", "Café https://a.example/", ""},
		{"a bare & and an entity of HTML", `<opml><outline text="A &eacute; & b" xmlUrl="https://a.example/?a=1&b=2"/></opml>`, "A é & b https://a.example/?a=1&b=2", ""},
		{"nested without end", "<opml>" + strings.Repeat("<outline text='x'>", 200_000) + "<outline xmlUrl='https://a.example/'/>", " https://a.example/", ""},
		{"too many", "<opml>" + strings.Repeat("<outline xmlUrl='x'/>", maxOutlines+1), "", "more than 10000"},
		{"too large", strings.Repeat(" ", maxFile+1), "", "bytes"},
		{"no OPML", "<html><body>", "", "no element opml"},
		{"nothing", "", "", "no element opml"},
		{"cut off", `<opml><outline xmlUrl="a"/><outline xmlUr`, "", "read OPML"},
	} {
		t.Run(c.name, func(t *testing.T) {
			all, err := Read(strings.NewReader(c.file))
			if (err != nil) != (c.mistake != "") || err != nil && !strings.Contains(err.Error(), c.mistake) {
				t.Fatalf("error %v", err)
			}
			var got []string
			for _, o := range all {
				got = append(got, o.Text+" "+o.XMLURL)
			}
			if s := strings.Join(got, "|"); s != c.want {
				t.Errorf("got %s", s)
			}
		})
	}
}

func FuzzRead(f *testing.F) {
	f.Add(`<opml><outline text="a" xmlUrl="https://a.example/"/></opml>`)
	f.Fuzz(func(t *testing.T, file string) {
		all, err := Read(strings.NewReader(file))
		for _, o := range all {
			if err != nil || o.XMLURL == "" {
				t.Errorf("%+v, %v", o, err)
			}
		}
	})
}
