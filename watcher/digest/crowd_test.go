package digest

import (
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/url"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"

	"presswatch/watcher/article"
	"presswatch/watcher/slack/slacktest"
)

// TestHostileArticlesKeepEveryLimit composes alerts, storms and
// digests of random and hostile articles, and holds each message against the limits
// of this package, against the stand-in for Slack, which has limits of its own, and
// against what may act in a channel; and each part against the articles that it is to
// name, each once and whole. PRESSWATCH_ARTICLES says of how many articles.
func TestHostileArticlesKeepEveryLimit(t *testing.T) {
	crowd := 4_000
	if text := os.Getenv("PRESSWATCH_ARTICLES"); text != "" {
		var err error
		if crowd, err = strconv.Atoi(text); err != nil {
			t.Fatal(err)
		}
	}
	const workers = 4
	for w := range workers {
		t.Run(fmt.Sprint("crowd ", w+1), func(t *testing.T) {
			t.Parallel()
			c := crier{dice: rand.New(rand.NewPCG(uint64(w), 6)), names: namesOf(t)}
			for c.articles < crowd/workers {
				c.compose(t)
			}
			t.Logf("%d articles in %d messages", c.articles, c.messages)
		})
	}
}

// crier makes messages of random articles.
type crier struct {
	dice               *rand.Rand
	names              Names
	articles, messages int
	slack              *slacktest.Server
	posted             int // to this one
}

// text is a random run of what has broken messages, of letters, and of any bytes.
func (c *crier) text() string {
	var b strings.Builder
	for range c.dice.IntN(9) {
		switch c.dice.IntN(4) {
		case 0:
			b.WriteString(nasty[c.dice.IntN(len(nasty))])
		case 1:
			for range c.dice.IntN(30) {
				b.WriteRune(rune(c.dice.IntN(0x11ffff)))
			}
		case 2:
			for range c.dice.IntN(10) {
				b.WriteByte(byte(c.dice.Uint32()))
			}
		default:
			b.WriteString("The two armies, again ")
		}
	}
	return b.String()
}

// article is the number-th; its title begins with that number.
func (c *crier) article(number int) article.Article {
	addresses := []string{"https://a.example/%d?a=1&b=<|>" + strings.Repeat("&", c.dice.IntN(300)), "javascript:alert(%d)", "http://u:p@a.example/%d", "//%d", "https://việt.example/%d|x"}
	a := article.Article{ID: int64(number), Source: fmt.Sprintf("s%d", number%3), Entry: article.Entry{
		Identity: fmt.Sprint("number:", number), Title: fmt.Sprintf("№%d. ", number) + c.text(),
		URL: strings.ReplaceAll(addresses[c.dice.IntN(len(addresses))], "%d", fmt.Sprint(number)),
	}}
	if c.dice.IntN(2) == 0 {
		a.Published = time.Unix(int64(number)*1e5, 0)
	}
	if c.dice.IntN(9) == 0 {
		a.Withdrawn = time.Unix(1e9, 0)
	}
	return a
}

func (c *crier) match() article.Match {
	m := article.Match{Rule: fmt.Sprint("rule-", c.dice.IntN(6)), Name: c.text(), Level: article.Level(1 + c.dice.IntN(2)), Clause: c.text()}
	for range c.dice.IntN(3) {
		m.Ledger = append(m.Ledger, c.text())
	}
	for range c.dice.IntN(4) {
		p := article.Passage{Zone: []article.ZoneKind{article.Title, article.Body}[c.dice.IntN(2)], Quote: c.text()}
		start := c.dice.IntN(1000) - 3
		p.Sentence = article.Span{Start: start, End: start + len(p.Quote)}
		for range c.dice.IntN(20) {
			at := start + c.dice.IntN(len(p.Quote)+10) - 5
			p.Words = append(p.Words, article.Span{Start: at, End: at + c.dice.IntN(13) - 1})
		}
		m.Evidence = append(m.Evidence, p)
	}
	return m
}

// findings are of so many articles, each by one rule or several, with relatives.
func (c *crier) findings(articles int) (all []article.Finding) {
	for n := range articles {
		a := c.article(n)
		var also []article.Relative
		for range c.dice.IntN(4) {
			also = append(also, article.Relative{Article: article.Article{Source: fmt.Sprintf("s%d", c.dice.IntN(9)), Entry: article.Entry{URL: c.text()}}, Kinship: article.Copy})
		}
		for range 1 + c.dice.IntN(3) {
			all = append(all, article.Finding{ID: c.dice.Int64(), Digest: "desk", Article: a, Also: also, Match: c.match(), From: []string{article.FromFeed, article.FromPage}[c.dice.IntN(2)]})
		}
	}
	return all
}

// compose makes one message of each kind, and judges them.
func (c *crier) compose(t *testing.T) {
	n := 1 + c.dice.IntN(50)
	if c.dice.IntN(10) > 0 {
		n = 1 + c.dice.IntN(4)
	}
	findings := c.findings(n)
	c.articles += n
	c.judge(t, []Message{Alert(findings, c.names)}, -1)
	c.judge(t, Storm(findings, c.names), n)
	c.judge(t, Digest(Input{Digest: c.text(), Slot: "2026-11-24T07:00", Findings: findings, Names: c.names, Rules: []string{"rule-3"}, Late: []string{c.text()}}), n)
}

// judge holds messages of so many articles against all limits; -1: do not count.
func (c *crier) judge(t *testing.T, messages []Message, articles int) {
	t.Helper()
	said := map[string]int{}
	for i, m := range messages {
		c.messages++
		if err := Validate(m); err != nil {
			t.Fatalf("%v\n%s", err, m.Text)
		}
		blocks, err := json.Marshal(m.Blocks)
		if err != nil {
			t.Fatal(err)
		}
		c.post(t, m.Text, string(blocks))
		if strings.ContainsAny(m.Text, "<>\x1b\x00\u202e\u2066") || strings.Contains(string(blocks), `"mrkdwn"`) {
			t.Fatalf("something in it may act: %s\n%s", m.Text, blocks)
		}
		if of := fmt.Sprintf(" · %d of %d\n", i+1, len(messages)); len(messages) > 1 && !strings.Contains(m.Text, of) {
			t.Fatalf("part %d does not say%s%s", i+1, of, m.Text)
		}
		for line := range strings.Lines(m.Text) {
			if name, _, found := strings.Cut(line, ". "); found && strings.Contains(name, "№") {
				_, number, _ := strings.Cut(name, "№")
				if said[number]++; !strings.Contains(string(blocks), "№"+number+".") {
					t.Fatalf("article %s is named in the text of part %d and not in its blocks", number, i+1)
				}
			}
		}
	}
	for n := range max(articles, 0) {
		if said[fmt.Sprint(n)] != 1 {
			t.Fatalf("article %d stands %d times in %d parts", n, said[fmt.Sprint(n)], len(messages))
		}
	}
}

// post lets the stand-in for Slack judge a message.
func (c *crier) post(t *testing.T, text, blocks string) {
	t.Helper()
	if c.posted++; c.slack == nil || c.posted%500 == 0 { // it remembers all
		c.slack = slacktest.New(slacktest.Options{Channels: []slacktest.Channel{{ID: "C1", Name: "desk"}}, Pace: -1})
	}
	form := url.Values{"channel": {"C1"}, "text": {text}, "blocks": {blocks}}
	request, err := http.NewRequest(http.MethodPost, slacktest.APIURL+"chat.postMessage", strings.NewReader(form.Encode()))
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	request.Header.Set("Authorization", "Bearer "+slacktest.Token)
	response, err := c.slack.Transport().RoundTrip(request)
	if err != nil {
		t.Fatal(err)
	}
	answer, err := io.ReadAll(response.Body)
	if err != nil || !strings.Contains(string(answer), `"ok":true`) {
		t.Fatalf("%v: Slack says %s\n%s\n%s", err, answer, text, blocks)
	}
}
