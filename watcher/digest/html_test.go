package digest

import (
	"regexp"
	"strings"
	"testing"

	"github.com/slack-go/slack"
	"golang.org/x/net/html"

	"presswatch/watcher/article"
)

// attacks are headlines that would act in a page that does not escape.
var attacks = []string{
	"<script>alert(1)</script>", "</pre></details><img src=x onerror=alert(1)>", `" onmouseover="alert(1)`, "<!--", "]]>", "&#60;script&#62;",
	"</article><iframe src=javascript:alert(1)>", "<a href='javascript:alert(1)'>x</a>", "<style>body{display:none}</style>", "\u202etxet",
}

// TestAPageShowsWhatItIsGivenAndDoesNothing parses the page as a browser would: of
// elements there are only ours, and of addresses only http and https.
func TestAPageShowsWhatItIsGivenAndDoesNothing(t *testing.T) {
	ours := regexp.MustCompile(`^(html|head|meta|title|style|body|h1|h2|article|div|small|p|blockquote|b|i|a|hr|details|summary|pre)$`)
	for _, attack := range attacks {
		a := frenchArticle()
		a.Title, a.URL = attack, "https://a.example/?q="+attack
		m := Alert([]article.Finding{finding(1, a, defence(article.Alert, passage(article.Body, attack)))}, namesOf(t))
		made := string(pageOf(t, []Message{m, Plain(m), {Text: attack, Blocks: slack.Blocks{BlockSet: []slack.Block{
			header(attack), footnote(attack), rich(section(&slack.RichTextSectionLinkElement{Type: slack.RTSELink, URL: "javascript:alert(1)", Text: attack})),
			&slack.SectionBlock{Type: slack.MBTSection, Text: plainText(attack)}, &slack.DividerBlock{Type: slack.MBTDivider},
		}}}}))
		tokens := html.NewTokenizer(strings.NewReader(made))
		shown := ""
		for {
			kind := tokens.Next()
			if kind == html.ErrorToken {
				break
			}
			token := tokens.Token()
			switch kind {
			case html.TextToken:
				shown += token.Data
			case html.StartTagToken, html.SelfClosingTagToken:
				if !ours.MatchString(token.Data) {
					t.Errorf("%s: an element <%s>", attack, token.Data)
				}
				for _, at := range token.Attr {
					if strings.HasPrefix(at.Key, "on") || at.Key == "href" && !strings.HasPrefix(at.Val, "https://a.example/") {
						t.Errorf("%s: an attribute %s=%q", attack, at.Key, at.Val)
					}
				}
			case html.CommentToken:
				t.Errorf("%s: a comment", attack)
			}
		}
		if !strings.Contains(shown, attack) {
			t.Errorf("%s is not shown", attack)
		}
	}
}

func TestAPageThatCannotBeWrittenSaysSo(t *testing.T) {
	if HTML(full{}, "#desk", Digest(inputOf(t, many(60)))) == nil {
		t.Error("no error")
	}
}
