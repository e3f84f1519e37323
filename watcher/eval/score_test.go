package eval_test

import (
	"math"
	"testing"

	"pgregory.net/rapid"

	"presswatch/watcher/eval"
)

func TestScoresAreWhatTheyAreDefinedToBe(t *testing.T) {
	for name, test := range map[string]struct {
		tp, fp, fn            int
		precision, recall, f1 float64
	}{
		"all right":                       {10, 0, 0, 1, 1, 1},
		"half of what is said is right":   {5, 5, 0, 0.5, 1, 2.0 / 3},
		"a third of what is right is not": {20, 0, 10, 1, 2.0 / 3, 0.8},
		"both at once":                    {6, 2, 4, 0.75, 0.6, 2.0 / 3},
		"nothing right":                   {0, 3, 4, 0, 0, 0},
		"nothing said":                    {0, 0, 4, 1, 0, 0},
		"nothing to say":                  {0, 3, 0, 0, 1, 0},
		"nothing at all":                  {0, 0, 0, 1, 1, 1},
	} {
		t.Run(name, func(t *testing.T) {
			s := eval.NewScore(test.tp, test.fp, test.fn)
			if !near(s.Precision, test.precision) || !near(s.Recall, test.recall) || !near(s.F1, test.f1) {
				t.Errorf("precision %v, recall %v, F1 %v", s.Precision, s.Recall, s.F1)
			}
		})
	}
}

// The ends are those of Newcombe (1998), table I, method 3, and of R's
// prop.test(x, n, correct = FALSE).
func TestWilsonIntervalsAreThePublishedOnes(t *testing.T) {
	for _, test := range []struct {
		successes, n int
		low, high    float64
	}{
		{81, 263, 0.2553, 0.3662},
		{15, 148, 0.0624, 0.1605},
		{0, 20, 0, 0.1611},
		{1, 29, 0.0061, 0.1718},
		{29, 29, 0.8830, 1},
		{0, 0, 0, 1},
	} {
		got := eval.Wilson(test.successes, test.n)
		if math.Abs(got[0]-test.low) > 0.00005 || math.Abs(got[1]-test.high) > 0.00005 {
			t.Errorf("%d of %d: %.4f–%.4f, not %.4f–%.4f", test.successes, test.n, got[0], got[1], test.low, test.high)
		}
	}
}

func TestAnIntervalHoldsItsRatioAndShrinksWithTheNumberOfTrials(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 1000).Draw(t, "n")
		x := rapid.IntRange(0, n).Draw(t, "successes")
		p, one, ten := float64(x)/float64(n), eval.Wilson(x, n), eval.Wilson(10*x, 10*n)
		if one[0] > p || p > one[1] || one[0] < 0 || one[1] > 1 {
			t.Fatalf("%v does not hold %v", one, p)
		}
		if ten[1]-ten[0] >= one[1]-one[0] {
			t.Fatalf("ten times the trials: %v, and %v", ten, one)
		}
	})
}

func near(a, b float64) bool { return math.Abs(a-b) < 1e-12 }
