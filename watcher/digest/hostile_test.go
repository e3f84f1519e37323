package digest

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/slack-go/slack"

	"presswatch/watcher/article"
)

func TestAHostileHeadlineArrivesAsText(t *testing.T) {
	for _, c := range []struct{ title, shown, text string }{
		{"<!channel> war", "<!channel> war", "&lt;!channel&gt; war"},
		{"<@U1> & <#C1>", "<@U1> & <#C1>", "&lt;@U1&gt; &amp; &lt;#C1&gt;"},
		{"<https://evil.example|click>", "<https://evil.example|click>", "&lt;https://evil.example|click&gt;"},
		{"*a* _b_ ~c~ `d`", "*a* _b_ ~c~ `d`", "*a* _b_ ~c~ `d`"},
		{"two\u202e owt\u2066 \u200bzero\ufeff", "two owt zero", "two owt zero"},
		{"\x1b[31mred\x1b[0m \u009b1m", "[31mred[0m 1m", "[31mred[0m 1m"},
		{" line\r\n\tbreak\u2028here ", "line break here", "line break here"},
		{"bad\xff bytes\xc3", "bad\ufffd bytes\ufffd", "bad\ufffd bytes\ufffd"},
		{"👩\u200d👩\u200d👧 \u200d!", "👩\u200d👩\u200d👧 !", "👩\u200d👩\u200d👧 !"},
		{"\u200b\u200d \x00", "(without a headline)", "(without a headline)"},
	} {
		t.Run(c.title, func(t *testing.T) {
			a := frenchArticle()
			a.Title = c.title
			m := Alert([]article.Finding{finding(1, a, defence(article.Alert))}, namesOf(t))
			if err := Validate(m); err != nil {
				t.Error(err)
			}
			if got := m.Blocks.BlockSet[0].(*slack.HeaderBlock).Text.Text; got != c.shown {
				t.Errorf("shown as %q", got)
			}
			if !strings.Contains(m.Text, "\n"+c.text+"\n") {
				t.Errorf("%q is not in the text\n%s", c.text, m.Text)
			}
		})
	}
}

func TestNoBlockIsReadAsMarkup(t *testing.T) {
	for _, m := range append(Digest(inputOf(t, sample())), Alert(sample()[:2], namesOf(t))) {
		data, err := json.Marshal(m.Blocks)
		if err != nil || strings.Contains(string(data), slack.MarkdownType) {
			t.Errorf("%v, %s", err, data)
		}
	}
}

func TestOnlyDullAddressesAreLinked(t *testing.T) {
	for _, c := range []struct{ raw, link, host string }{
		{"https://a.example/x?a=1&b=2", "https://a.example/x?a=1&b=2", "a.example"},
		{"HTTP://a.example:8080/x", "http://a.example:8080/x", "a.example"},
		{"https://a.example/<!channel>|x", "https://a.example/%3C%21channel%3E%7Cx", "a.example"},
		{"https://a.example/?q=<b>|c d", "https://a.example/?q=%3Cb%3E%7Cc%20d", "a.example"},
		{"https://a.example/quốc-phòng", "https://a.example/qu%E1%BB%91c-ph%C3%B2ng", "a.example"},
		{"https://việt.example/", "https://vi%E1%BB%87t.example/", "the article"},
		{"javascript:alert(1)", "", ""},
		{"slack://open", "", ""},
		{"//a.example/x", "", ""},
		{"https://user:secret@a.example/", "", ""},
		{"https://a.example/%zz", "", ""},
		{"https:///x", "", ""},
		{"", "", ""},
		{"https://a.example/" + strings.Repeat("x", maxURL), "", ""},
	} {
		t.Run(c.raw, func(t *testing.T) {
			link, host := address(c.raw)
			if strings.ReplaceAll(link, "!", "%21") != c.link || host != c.host {
				t.Errorf("got %q at %q", link, host)
			}
			if again, _ := address(link); again != link {
				t.Errorf("%q becomes %q when it is read again", link, again)
			}
		})
	}
}

func TestACutFallsBetweenWordsAndNeverWithinALetter(t *testing.T) {
	for _, c := range []struct {
		text string
		most int
		want string
	}{
		{"short", 10, "short"},
		{"exactly ten", 11, "exactly ten"},
		{"three words here, no more", 18, "three words here…"},
		{strings.Repeat("x", 30), 10, strings.Repeat("x", 9) + "…"},
		{"e\u0301e\u0301e\u0301e\u0301", 6, "e\u0301e\u0301…"},
		{"👧👧👧👧", 6, "👧👧…"},
	} {
		t.Run(c.text, func(t *testing.T) {
			if got := cut(c.text, c.most); got != c.want {
				t.Errorf("got %q", got)
			}
		})
	}
}

func TestALongSentenceIsShownWhereItsWordsAre(t *testing.T) {
	filler := strings.Repeat("entre les deux provinces voisines ", 20)
	for _, c := range []struct{ name, sentence, want string }{
		{"at the start", "L’[armée] avance " + filler, "L’*armée* avance entre les deux provinces voisines entre les…"},
		{"in the middle", filler + "l’[armée] du [Laos] " + filler, "…voisines l’*armée* du *Laos* entre les deux provinces voisines…"},
		{"at the end", filler + "l’[armée] du Laos", "…voisines entre les deux provinces voisines l’*armée* du Laos"},
		{"nowhere", filler, "entre les deux provinces voisines entre les deux provinces…"},
	} {
		t.Run(c.name, func(t *testing.T) {
			q := quote(passage(article.Body, c.sentence), 60)
			if length(q) > 60 {
				t.Errorf("%d units", length(q))
			}
			var shown strings.Builder
			for _, e := range q.elements() {
				text := e.(*slack.RichTextSectionTextElement)
				if text.Style != nil {
					shown.WriteString("*" + text.Text + "*")
				} else {
					shown.WriteString(text.Text)
				}
			}
			if shown.String() != c.want {
				t.Errorf("got %q", shown.String())
			}
		})
	}
}
