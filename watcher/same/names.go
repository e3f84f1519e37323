package same

// names finds what belongs to a number (an article's, or a group's that is named
// after one) for as long as somebody holds it.
type names[T any] map[int64]held[T]

type held[T any] struct {
	what T
	by   int
}

// hold lets number lead to what; what it led to before is replaced.
func (n names[T]) hold(number int64, what T) {
	n[number] = held[T]{what, n[number].by + 1}
}

// drop lets go of a number once; the last to do so ends it.
func (n names[T]) drop(number int64) {
	h := n[number]
	if h.by--; h.by <= 0 {
		delete(n, number)
		return
	}
	n[number] = h
}

func (n names[T]) get(number int64) (what T, known bool) {
	h, known := n[number]
	return h.what, known
}
