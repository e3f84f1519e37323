package rules_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"presswatch/rules"
)

func TestParsePrintsTheTree(t *testing.T) {
	for _, c := range []struct{ name, query, want string }{
		{"words side by side are joined by AND", "a b c", "a AND b AND c"},
		{"AND may be spelt", "a AND b c", "a AND b AND c"},
		{"OR is loosest", "a b OR c d", "a AND b OR c AND d"},
		{"parentheses stay where they mean something", "a (b OR c)", "a AND (b OR c)"},
		{"parentheses around a word go", "((a))", "a"},
		{"NOT takes one operand", "a NOT b c", "a AND NOT b AND c"},
		{"NEAR binds before NOT", "a NOT b NEAR/2 c", "a AND NOT b NEAR/2 c"},
		{"NEAR goes from left to right", "a NEAR/1 b ONEAR/2 c", "a NEAR/1 b ONEAR/2 c"},
		{"NEAR keeps its parentheses on the right", "a NEAR/1 (b NEAR/2 c)", "a NEAR/1 (b NEAR/2 c)"},
		{"a field takes one operand", "title:a b", "title:a AND b"},
		{"a field takes parentheses", "title:(a b)", "title:(a AND b)"},
		{"a field takes an operator", "title:SENTENCE(a b)", "title:SENTENCE(a AND b)"},
		{"values in parentheses are fields each", "lang:(fr OR en) a", "(lang:fr OR lang:en) AND a"},
		{"a value may be anything", "url:https://x.example/a?b=c published:>=2025-01", "url:https://x.example/a?b=c AND published:>=2025-01"},
		{"a value may be quoted", `section:"Nouvelles  du jour"`, `section:"Nouvelles du jour"`},
		{"curly quotes and guillemets are quotes", "“a b” OR «c d» OR „e f“", `"a b" OR "c d" OR "e f"`},
		{"an apostrophe is no quote", "l’armée", `"l’armée"`},
		{"a dashed word is a phrase", "Viet-Nam", `"Viet-Nam"`},
		{"a phrase of one word is the word", `"laos"`, "laos"},
		{"an operator in quotes is a word", `"and" "SENTENCE" "OR"`, `"and" AND "SENTENCE" AND "OR"`},
		{"exact words and phrases", `=Lào ="Lao Động" =ký*`, `=Lào AND ="Lao Động" AND =ký*`},
		{"vocabularies", "@laos @defence/fr @x/own", "@laos AND @defence/fr AND @x/own"},
		{"functions", "FIRST/50(a) ATLEAST/2(SENTENCE(a b)) PARAGRAPH(a NOT b)", "FIRST/50(a) AND ATLEAST/2(SENTENCE(a AND b)) AND PARAGRAPH(a AND NOT b)"},
		{"a time is a word", "10:30", `"10:30"`},
		{"white space of all kinds parts words", "a\n\tb\u00a0c", "a AND b AND c"},
	} {
		t.Run(c.name, func(t *testing.T) {
			q, mistakes := rules.Parse(c.query)
			if len(mistakes) > 0 {
				t.Fatal(mistakes)
			}
			if q.String() != c.want {
				t.Errorf("got %s, want %s", q, c.want)
			}
			again, mistakes := rules.Parse(q.String())
			if len(mistakes) > 0 {
				t.Fatal(mistakes)
			}
			if d := cmp.Diff(q, again, noPlaces); d != "" {
				t.Errorf("parsed again (-first +again):\n%s", d)
			}
		})
	}
}

// told shows mistakes as offset:message, with the hint behind →.
func told(query string) string {
	_, mistakes := rules.Parse(query)
	var out []string
	for _, m := range mistakes {
		out = append(out, strings.TrimSuffix(query[m.Start:m.End]+": "+m.Message+" → "+m.Hint, " → "))
	}
	return strings.Join(out, "\n")
}

func TestParseTellsMistakes(t *testing.T) {
	for _, c := range []struct{ name, query, want string }{
		{"nothing", "  ", "  : the query is empty → ask for at least one word"},
		{"an open parenthesis", "(a b", "(: this parenthesis is never closed"},
		{"a closing parenthesis", "a) b", "): this parenthesis closes nothing → remove it, or open one before"},
		{"empty parentheses", "a ()", "): there is nothing in these parentheses"},
		{"an open quote", `a "b c`, `"b c: the quote is never closed → a phrase stands in quotes: "plan de coopération"`},
		{"an empty phrase", `a ""`, "\"\": `\"\"` is empty → a word or phrase stands there"},
		{"an operator with nothing behind", "a AND", "AND: `AND` has nothing behind it"},
		{"an operator with nothing before", "OR a", "OR: `OR` has nothing before it"},
		{"two operators", "a AND OR b", "AND: `AND` has nothing behind it"},
		{"NOT with nothing behind", "a NOT", "NOT: `NOT` has nothing behind it"},
		{"small operators", "a or b", "or: `or` is read as a word → write OR; or \"or\" in quotes, if the word is meant"},
		{"another engine's signs", "+a b && c || !d e~2",
			"+a: `+` is not needed: every word is required → write a\n" +
				"&&: `&&` is no operator → write AND\n||: `||` is no operator → write OR\n" +
				"!d: `!` does not exclude a word → write NOT d\n" +
				"e~2: `e~2` has a sign that does nothing here → remove it; coop* is all words that begin so, and a text with such signs stands in quotes"},
		{"NEAR without a number", "a NEAR b", "NEAR: `NEAR` needs a number → NEAR/10: at most ten words between; over 100 words PARAGRAPH(…) says it better"},
		{"NEAR too far", "a NEAR/500 b", "NEAR/500: NEAR/500: the number lies between 0 and 100 → NEAR/10: at most ten words between; over 100 words PARAGRAPH(…) says it better"},
		{"NEAR with nothing before", "NEAR/3 a", "NEAR/3: `NEAR/3` has nothing before it → write: one NEAR/10 two"},
		{"NEAR of a conjunction", "a NEAR/3 (b c)", "b c: `b AND c` has no place that something could be near to → NEAR stands between words, phrases, vocabularies, or alternatives of them: (one OR two) NEAR/10 three"},
		{"NEAR of a field", "title:a NEAR/3 b", "title:a: title: cannot stand inside NEAR → put the whole inside: title:(one NEAR/3 two)"},
		{"a function without parentheses", "SENTENCE a", "SENTENCE: `SENTENCE` wants parentheses → SENTENCE(…)"},
		{"a function without a number", "FIRST(a)", "FIRST: `FIRST` needs a number → FIRST/50(…): within the first fifty words"},
		{"an unknown function", "SENTENSE(a b)", "SENTENSE: unknown operator `SENTENSE` → did you mean SENTENCE? Operators are written in capitals"},
		{"an unknown numbered operator", "a WITHIN/3 b", "WITHIN/3: unknown operator `WITHIN/3` → known are NEAR/n, ONEAR/n, FIRST/n(…) and ATLEAST/n(…), in capitals; or \"WITHIN/3\" in quotes, if the word is meant"},
		{"an unknown field", "titel:a", "titel:: unknown field `titel:` → did you mean title:?"},
		{"teasers", "teaser:a", "teaser:: unknown field `teaser:` → teasers belong to other articles: no rule reads them"},
		{"a field without value", "title: a", "title:: `title:` has nothing behind it → no space stands between a field and its value"},
		{"a field inside a zone", "title:(a lang:fr)", "lang:fr: lang: is a question about the whole article, and cannot stand inside title:(…) → move it out: lang:fr AND …"},
		{"counting what cannot be counted", "ATLEAST/2(a b)", "a b: ATLEAST cannot count `a AND b` → say what is counted: ATLEAST/2(SENTENCE(one two)) counts sentences that have both"},
		{"a star in the middle", "co*op", "co*: * stands only at the end of a word → coop* finds coopération; a word cannot be searched by its end or middle"},
		{"a star at the beginning", "*op", "*op: * stands only at the end of a word → coop* finds coopération; a word cannot be searched by its end or middle"},
		{"a short beginning", "c*", "c*: `c*` begins too many words → give at least two letters before *"},
		{"a star behind quotes", `"a b"*`, "*: * stands only at the end of a word → coop* finds coopération; a word cannot be searched by its end or middle"},
		{"= before parentheses", "=(a b)", "=: `=` is empty → a word or phrase stands there"},
		{"no word", "a … b", "…: there is no word in `…` → a word has letters or digits"},
		{"no name", "@ a @x/", "@: `@` names no vocabulary → @harbour is all its terms, @harbour/fr those of one language, @harbour/own those of the article's language\n" +
			"@x/: `@x/` names no vocabulary → @harbour is all its terms, @harbour/fr those of one language, @harbour/own those of the article's language"},
		{"a date that is none", "published:2025-13", "2025-13: there is no such date as `2025-13` → published:2025, 2025-06, 2025-06-30, >=2025-06, <2026, 2025-01..2025-06"},
		{"a range from back to front", "published:2025..2024", "2025..2024: the range `2025..2024` ends before it begins → published:2025, 2025-06, 2025-06-30, >=2025-06, <2026, 2025-01..2025-06"},
		{"all at once", "a or (b NEAR c", "or: `or` is read as a word → write OR; or \"or\" in quotes, if the word is meant\n" +
			"(: this parenthesis is never closed\n" +
			"NEAR: `NEAR` needs a number → NEAR/10: at most ten words between; over 100 words PARAGRAPH(…) says it better"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if d := cmp.Diff(c.want, told(c.query)); d != "" {
				t.Errorf("%s (-want +got):\n%s", c.query, d)
			}
		})
	}
}

func TestQueriesWithoutSenseAreRefused(t *testing.T) {
	for _, c := range []struct{ query, want string }{
		{"a NOT a", "can never be true"},
		{"a (b NOT (a OR b))", "can never be true"},
		{"SENTENCE(a NOT a) OR b", "can never be true"},
		{"lang:fr lang:en a", "can never be true"},
		{"published:2025 published:2026 a", "can never be true"},
		{"published:>2025-06 published:<2025-03 a", "can never be true"},
		{`FIRST/2("a b c")`, "can never be true"},
		{"a OR NOT a", "is always true"},
		{"NOT a", "asks for nothing"},
		{"a OR NOT b", "asks for nothing"},
		{"NOT (a b)", "asks for nothing"},
		{"a title:(NOT b)", "asks for nothing"},
		{"a SENTENCE(NOT b)", "asks for nothing"},
		{strings.Repeat("(a OR b) x NOT ", 1) + "x c d e f g h i j k l m n o p q", "can never be true"},
		{"lang:fr", ""},
		{"lang:fr NOT a", ""},
		{"a NOT (a b)", ""},
		{"lang:fr a OR lang:en b", ""},
		{"published:2025 published:2025-06", ""},
		{"title:a NOT body:a", ""},
		{"SENTENCE(a b) NOT SENTENCE(b c)", ""},
	} {
		if got := told(c.query); !strings.Contains(got, c.want) || c.want == "" && got != "" {
			t.Errorf("%s: told %q, want %q", c.query, got, c.want)
		}
	}
}

func TestDeepParenthesesAreRefused(t *testing.T) {
	for _, open := range []string{"(", "NOT ", "SENTENCE(", "title:("} {
		if got := told(strings.Repeat(open, 100_000) + "a"); got == "" {
			t.Errorf("100000 times %q is accepted", open)
		}
	}
}

func TestSimplify(t *testing.T) {
	for _, c := range []struct{ name, query, want string }{
		{"conjunctions are opened", "a (b (c d))", "a AND b AND c AND d"},
		{"alternatives are opened", "a OR (b OR c)", "a OR b OR c"},
		{"doubles go", "a b a (a)", "a AND b"},
		{"a double leaves one", "a OR a", "a"},
		{"double negations go", "a NOT (NOT b)", "a AND b"},
		{"a sentence of a sentence is a sentence", "SENTENCE(SENTENCE(a b))", "SENTENCE(a AND b)"},
		{"a paragraph of a sentence stays", "PARAGRAPH(SENTENCE(a b))", "PARAGRAPH(SENTENCE(a AND b))"},
		{"the fewest first words count", "FIRST/9(FIRST/5(a))", "FIRST/5(a)"},
		{"at least once is once", "ATLEAST/1(a)", "a"},
		{"within everything", "title:(a a) OR SENTENCE(b (c d))", "title:a OR SENTENCE(b AND c AND d)"},
	} {
		t.Run(c.name, func(t *testing.T) {
			q, mistakes := rules.Parse(c.query)
			if len(mistakes) > 0 {
				t.Fatal(mistakes)
			}
			before := q.String()
			if got := rules.Simplify(q).String(); got != c.want {
				t.Errorf("got %s, want %s", got, c.want)
			}
			if q.String() != before {
				t.Errorf("the query was changed to %s", q)
			}
		})
	}
}
