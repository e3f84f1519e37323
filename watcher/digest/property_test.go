package digest

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/slack-go/slack"
	"pgregory.net/rapid"

	"presswatch/watcher/article"
	"presswatch/watcher/silence"
)

// nasty are pieces of text that have broken a message somewhere.
var nasty = []string{
	"<!channel>", "<!here>", "<!everyone>", "<!subteam^S1|x>", "<@U1>", "<#C1>", "<https://evil.example|click>", "@channel",
	"*bold*", "_it_", "~no~", "`code`", "```", ":smile:", "&amp;", "&", "\"", "\\", "%s",
	"\u202e", "\u2066", "\u200b", "\u200d", "\u200d\u200d", "\ufeff", "\u2028", "\x00", "\x1b[31m", "\x1b]0;title\x07", "\u009b31m", "\r\n", "\t",
	"\xff", "\xc3", "\xed\xa0\x80", "👩‍👩‍👧", "e\u0301\u0301\u0301", "\U000e0041", "\uffff",
	"Quốc phòng Việt Nam – Lào", "coopération", "جيش", "國防部", strings.Repeat("x", 700), strings.Repeat("<", 400), strings.Repeat("&", 900), strings.Repeat("한국 ", 120),
}

func text() *rapid.Generator[string] {
	return rapid.Map(rapid.SliceOfN(rapid.OneOf(rapid.SampledFrom(nasty), rapid.String(), rapid.Just(" ")), 0, 12),
		func(parts []string) string { return strings.Join(parts, "") })
}

func anyPassage() *rapid.Generator[article.Passage] {
	return rapid.Custom(func(t *rapid.T) article.Passage {
		p := article.Passage{Zone: rapid.SampledFrom([]article.ZoneKind{article.Title, article.Body}).Draw(t, "zone"), Quote: text().Draw(t, "quote")}
		start := rapid.IntRange(-3, 1000).Draw(t, "start")
		p.Sentence = article.Span{Start: start, End: start + len(p.Quote)}
		for range rapid.IntRange(0, 20).Draw(t, "words") {
			at := start + rapid.IntRange(-5, len(p.Quote)+5).Draw(t, "at")
			p.Words = append(p.Words, article.Span{Start: at, End: at + rapid.IntRange(-1, 12).Draw(t, "length")})
		}
		return p
	})
}

func anyArticle() *rapid.Generator[article.Article] {
	return rapid.Custom(func(t *rapid.T) article.Article {
		n := rapid.IntRange(0, 80).Draw(t, "article")
		a := article.Article{ID: int64(n), Source: fmt.Sprintf("s%d", n%3), Entry: article.Entry{
			Identity: fmt.Sprintf("number:%d", n),
			URL:      rapid.SampledFrom([]string{"https://a.example/%d?a=1&b=<|>" + strings.Repeat("&", n*12), "javascript:alert(%d)", "http://u:p@a.example/%d", "//%d", "https://việt.example/%d|x"}).Draw(t, "url"),
			Title:    text().Draw(t, "title"),
		}}
		a.URL = strings.ReplaceAll(a.URL, "%d", fmt.Sprint(n))
		if rapid.Bool().Draw(t, "dated") {
			a.Published = time.Unix(int64(n)*1e7, 0)
		}
		return a
	})
}

func anyRelative() *rapid.Generator[article.Relative] {
	return rapid.Custom(func(t *rapid.T) article.Relative {
		return article.Relative{Article: anyArticle().Draw(t, "relative"), Kinship: rapid.SampledFrom([]article.Kinship{article.Copy, article.Report}).Draw(t, "kinship")}
	})
}

func anyFinding() *rapid.Generator[article.Finding] {
	return rapid.Custom(func(t *rapid.T) article.Finding {
		a := anyArticle().Draw(t, "article")
		rule := rapid.IntRange(0, 5).Draw(t, "rule")
		return article.Finding{
			ID: rapid.Int64().Draw(t, "id"), Article: a, From: rapid.SampledFrom([]string{article.FromFeed, article.FromPage}).Draw(t, "from"),
			Also: rapid.SliceOfN(anyRelative(), 0, 8).Draw(t, "also"), Was: article.Level(rapid.IntRange(0, 2).Draw(t, "was")),
			Match: article.Match{
				Rule: fmt.Sprintf("rule-%d", rule), Name: text().Draw(t, "name"), Level: article.Level(rapid.IntRange(1, 2).Draw(t, "level")),
				Clause: text().Draw(t, "clause"), Evidence: rapid.SliceOfN(anyPassage(), 0, 3).Draw(t, "evidence"),
				Ledger: rapid.SliceOfN(text(), 0, 4).Draw(t, "ledger"),
			},
		}
	})
}

// Whatever is found: every message keeps every limit, is stored and read back
// without loss, prints without control sequences, and its text names every entry.
func TestAnyFindingsMakeMessagesWithinEveryLimit(t *testing.T) {
	names := namesOf(t)
	rapid.Check(t, func(t *rapid.T) {
		findings := rapid.SliceOfN(anyFinding(), 1, 60).Draw(t, "findings")
		in := Input{Digest: text().Draw(t, "digest"), Slot: "2026-11-24T07:00", Findings: findings, Names: names, Rules: []string{"rule-3", "rule-1"}}
		for range rapid.IntRange(0, 5).Draw(t, "silences") {
			in.Silenced = append(in.Silenced, silenceOf(silence.Query, text().Draw(t, "silence"), text().Draw(t, "reason"), 2))
		}
		for i := range rapid.IntRange(0, 5).Draw(t, "troubles") {
			in.Troubles = append(in.Troubles, article.Incident{Source: text().Draw(t, "source"), Kind: article.Failing, Began: time.Unix(int64(i)*1e6, 0)})
		}
		articles := map[string]bool{}
		for _, f := range findings {
			articles[articleKey(f.Article)] = true
		}
		digests, storm := Digest(in), Storm(findings, names)
		for _, m := range append(append([]Message{Alert(findings[:1], names)}, digests...), storm...) {
			checkMessage(t, m)
		}
		for _, parts := range [][]Message{digests, storm} {
			lines := 0
			for i, m := range parts {
				lines += strings.Count("\n"+m.Text, "\n• ")
				if m.Part != i+1 || m.Parts != len(parts) || len(m.ID) > 64 {
					t.Fatalf("part %d of %d has id %s, says %d of %d", i+1, len(parts), m.ID, m.Part, m.Parts)
				}
			}
			if lines != len(articles) {
				t.Fatalf("%d entries told of %d articles", lines, len(articles))
			}
		}
	})
}

func checkMessage(t *rapid.T, m Message) {
	t.Helper()
	if err := Validate(m); err != nil {
		t.Fatalf("%v\n%s", err, m.Text)
	}
	if err := Validate(Message{Text: Plain(m).Text}); err != nil {
		t.Fatalf("alone: %v", err)
	}
	data, err := json.Marshal(m)
	if err != nil {
		t.Fatal(err)
	}
	var back Message
	if err := json.Unmarshal(data, &back); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(m.Blocks, back.Blocks); diff != "" || back.Text != m.Text {
		t.Fatalf("changed by its JSON:\n%s", diff)
	}
	var out bytes.Buffer
	if err := Render(&out, m, Style{Width: 40}); err != nil {
		t.Fatal(err)
	}
	if i := strings.IndexFunc(out.String(), func(r rune) bool { return r != '\n' && invisible(r) }); i >= 0 {
		t.Fatalf("%q reaches the terminal", out.String()[i:])
	}
}

// entryBlocks counts the blocks that link or quote: one for each entry.
func entryBlocks(m Message) int {
	n := 0
	for _, b := range m.Blocks.BlockSet {
		if b, ok := b.(*slack.RichTextBlock); ok {
			if inner, _ := inside(b.Elements[0]); len(inner) > 1 {
				n++
			}
		}
	}
	return n
}

func TestThreeHundredMatchesSplitOnWholeEntries(t *testing.T) {
	findings := many(150) // each by two rules
	messages := Digest(inputOf(t, findings))
	entries := 0
	for i, m := range messages {
		if err := Validate(m); err != nil {
			t.Error(err)
		}
		if want := fmt.Sprintf(" · %d of %d\n", i+1, len(messages)); !strings.Contains(m.Text, want) {
			t.Errorf("part %d does not say %q", i+1, want)
		}
		entries += entryBlocks(m)
	}
	all := renderedTexts(messages)
	for i := range 150 {
		if n := strings.Count(all, fmt.Sprintf("armees-post%d.html", i)); n != 1 {
			t.Errorf("article %d is told %d times", i, n)
		}
	}
	if entries != 150 || strings.Count(all, "also Border defence")+strings.Count(all, "also New cooperation plans") != 150 {
		t.Errorf("%d entries", entries)
	}
}

func renderedTexts(messages []Message) string {
	var all strings.Builder
	for _, m := range messages {
		all.WriteString(m.Text + "\n")
	}
	return all.String()
}

func BenchmarkDigestOfAThousandMatches(b *testing.B) {
	in := inputOf(b, many(500))
	b.ReportAllocs()
	for b.Loop() {
		Digest(in)
	}
}

func BenchmarkDigestOfAThousandArticles(b *testing.B) {
	findings := many(1000)
	var single []article.Finding
	for i := 0; i < len(findings); i += 2 {
		single = append(single, findings[i])
	}
	in := inputOf(b, single)
	b.ReportAllocs()
	for b.Loop() {
		Digest(in)
	}
}

// worst is an article of which everything takes as much room as it can: each
// character is six in JSON, four in escaped text.
func worst(rules int) []article.Finding {
	angle := strings.Repeat("<", 2000)
	a := article.Article{ID: 1, Source: angle, Entry: article.Entry{
		Identity: "number:1", URL: "https://a.example/?" + strings.Repeat("&", 190), Title: angle, Published: time.Unix(0, 0),
	}}
	var all []article.Finding
	for i := range rules {
		words := strings.Repeat("[<] < ", 400)
		p := passage(article.Body, fmt.Sprint(i)+words)
		f := finding(int64(i), a, article.Match{Rule: fmt.Sprint(i), Name: fmt.Sprint(i) + angle, Level: article.Level(1 + i%2), Evidence: []article.Passage{p}})
		f.From = article.FromFeed
		all = append(all, f)
	}
	return all
}

func TestTheWorstArticleStillFits(t *testing.T) {
	for _, rules := range []int{1, 2, 9, 40} {
		findings := worst(rules)
		in := inputOf(t, findings)
		in.Digest, in.Names.Sources = strings.Repeat("<", 900), nil
		messages := append(Digest(in), Storm(findings, in.Names)...)
		for _, m := range append(messages, Alert(findings, in.Names)) {
			if err := Validate(m); err != nil {
				t.Errorf("%d rules: %v", rules, err)
			}
			if out := string(rendered(t, Style{}, m)); rules == 40 && !strings.Contains(out, " more") {
				t.Errorf("the rules that are not named are not counted:\n%s", out)
			}
		}
	}
}
