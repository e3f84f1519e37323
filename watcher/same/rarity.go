package same

import (
	"cmp"
	"math"
	"slices"
)

// buckets is how many features are counted apart. Two that share one are counted
// together, and weigh a little less than they should.
const buckets = 1 << 18

// faith is how many articles the experience of traits is worth: what is counted
// outweighs it as soon as more were placed.
const faith = 500

// horizon is how many articles are counted before all counts are halved, so that
// what was rare last year may be common now.
const horizon = 100_000

// rarity knows in how many articles features were found. It has the same size
// whatever it has counted.
type rarity struct {
	found    []uint32
	articles float64
}

func newRarity() rarity { return rarity{found: make([]uint32, buckets)} }

func (r *rarity) count(report Report) {
	r.articles++
	for _, f := range report.features {
		r.found[f.hash%buckets]++
	}
	if r.articles < horizon {
		return
	}
	r.articles /= 2
	for i := range r.found {
		r.found[i] /= 2
	}
}

// weight is what a feature says: the less, the more articles have it.
func (r *rarity) weight(f feature) float64 {
	t := traits[f.sort]
	part := (float64(r.found[f.hash%buckets]) + t.usual*faith) / (r.articles + faith)
	return t.weight * max(0, -math.Log(part)) * math.Sqrt(1+math.Log(float64(f.n)))
}

func (r *rarity) weigh(report Report) []float64 {
	weights := make([]float64, len(report.features))
	for i, f := range report.features {
		weights[i] = r.weight(f)
	}
	return weights
}

// rarest are the places of the features by which a report is found: those that
// weigh most, but words of a language only where little else is there.
func rarest(r Report, weights []float64) []int {
	places := make([]int, 0, len(r.features))
	for i := range r.features {
		places = append(places, i)
	}
	slices.SortFunc(places, func(a, b int) int {
		return cmp.Or(cmp.Compare(weights[b], weights[a]), cmp.Compare(r.features[a].hash, r.features[b].hash))
	})
	return places[:min(len(places), leads)]
}

// alike is the cosine of what two reports say, 0 to 1: of what survives
// translation and, where they have one language, of its words. The hashes are
// those of what they share, the weightiest first.
func (e *Events) alike(a Report, weights []float64, b Report) (alike float64, shared []uint32) {
	var dot, normA, normB [2]float64
	type common struct {
		hash  uint32
		value float64
	}
	var all []common
	i, j := 0, 0
	for i < len(a.features) || j < len(b.features) {
		switch {
		case j == len(b.features) || i < len(a.features) && a.features[i].hash < b.features[j].hash:
			normA[part(a.features[i])] += weights[i] * weights[i]
			i++
		case i == len(a.features) || b.features[j].hash < a.features[i].hash:
			w := e.rarity.weight(b.features[j])
			normB[part(b.features[j])] += w * w
			j++
		default:
			w := e.rarity.weight(b.features[j])
			p := part(a.features[i])
			normA[p] += weights[i] * weights[i]
			normB[p] += w * w
			dot[p] += weights[i] * w
			all = append(all, common{a.features[i].hash, weights[i] * w})
			i, j = i+1, j+1
		}
	}
	slices.SortFunc(all, func(a, b common) int { return cmp.Or(cmp.Compare(b.value, a.value), cmp.Compare(a.hash, b.hash)) })
	for _, c := range all[:min(len(all), 6)] {
		shared = append(shared, c.hash)
	}
	said, spoken := cosine(dot[0], normA[0], normB[0]), cosine(dot[1], normA[1], normB[1])
	if a.language != b.language {
		return said, shared
	}
	if said < e.bounds.Alike/2 {
		return said, shared // the manner of a paper, and nothing that it tells
	}
	return (1-e.bounds.Words)*said + e.bounds.Words*spoken, shared
}

// part tells words of a language from what survives translation.
func part(f feature) int {
	if f.sort == word {
		return 1
	}
	return 0
}

// little is how much two reports must say for their likeness to count: with as
// much it counts half. A name weighs about 60, a word 4. Two tickers of four words
// are not one happening because two of the words are the same. Between 100 and 350
// the figures of eval change by a hundredth: precision rises, recall falls. To tell
// a report twice is better than not to tell it.
const little = 300

func cosine(dot, a, b float64) float64 {
	if dot == 0 {
		return 0
	}
	return dot / (math.Sqrt(a*b) + little)
}

// inWords are features as the report has them.
func (r Report) inWords(hashes []uint32) (all []string) {
	for _, h := range hashes {
		if s := r.names[h]; s != "" {
			all = append(all, s)
		}
	}
	return all
}
