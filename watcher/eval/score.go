package eval

import "math"

// Score is how often a verdict was right. Ratios lie between 0 and 1.
type Score struct {
	TP int `json:"tp"` // said and right
	FP int `json:"fp"` // said and wrong
	FN int `json:"fn"` // not said, and should have been

	Precision float64 `json:"precision"` // of what was said, how much is right; 1 when nothing was said
	Recall    float64 `json:"recall"`    // of what is right, how much was said; 1 when there was nothing to say
	F1        float64 `json:"f1"`        // harmonic mean of the two; 1 when there was nothing and nothing was said

	PrecisionInterval Interval `json:"precision_interval"`
	RecallInterval    Interval `json:"recall_interval"`
}

// Interval is where a ratio lies with 95 % confidence: its lower and upper end.
type Interval [2]float64

// NewScore works out the ratios of counts, none of which is negative.
func NewScore(tp, fp, fn int) Score {
	return Score{
		TP: tp, FP: fp, FN: fn,
		Precision: ratio(tp, tp+fp), Recall: ratio(tp, tp+fn), F1: ratio(2*tp, 2*tp+fp+fn),
		PrecisionInterval: Wilson(tp, tp+fp), RecallInterval: Wilson(tp, tp+fn),
	}
}

func ratio(part, whole int) float64 {
	if whole == 0 {
		return 1
	}
	return float64(part) / float64(whole)
}

// normal95 is the quantile of the normal distribution that leaves 2.5 % beyond.
const normal95 = 1.959963984540054

// Wilson is the 95 % score interval of so many successes in n trials. Unlike the
// normal approximation it never leaves [0, 1], and is not of width 0 where
// nothing, or everything, went well. Without a trial it is all of [0, 1].
func Wilson(successes, n int) Interval {
	if n == 0 {
		return Interval{0, 1}
	}
	const z = normal95
	p, size := float64(successes)/float64(n), float64(n)
	middle := (p + z*z/(2*size)) / (1 + z*z/size)
	half := z / (1 + z*z/size) * math.Sqrt(p*(1-p)/size+z*z/(4*size*size))
	ends := Interval{max(0, middle-half), min(1, middle+half)}
	// At the ends the formula gives exactly 0 and 1, but for rounding.
	if successes == 0 {
		ends[0] = 0
	}
	if successes == n {
		ends[1] = 1
	}
	return ends
}
