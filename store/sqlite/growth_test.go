package sqlite

import (
	"path/filepath"
	"testing"
)

// TestAYearOfArticlesFitsIntoAGigabyte measures what an article costs with all
// its indices, beyond what an empty store takes. The busiest edition that the
// shipped configuration reads puts out some two hundred articles a day, most a
// quarter of that; a thousand is more than all of them together.
func TestAYearOfArticlesFitsIntoAGigabyte(t *testing.T) {
	const articles, aDay, gigabyte = 4_000, 1_000, 1_000_000_000
	path := filepath.Join(t.TempDir(), "press.db")
	bytes := func() int64 {
		s := opened(t, path)
		defer closed(t, s)
		sum, err := s.Summary(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		return sum.Bytes
	}
	empty := bytes()
	s := opened(t, path)
	archive(t, s, articles)
	closed(t, s)
	perArticle := (bytes() - empty) / articles
	year := empty + perArticle*aDay*365
	t.Logf("%d bytes an article, %d MB a year of %d articles a day", perArticle, year/1_000_000, aDay)
	if perArticle < 500 || year > gigabyte {
		t.Errorf("%d bytes an article make %d MB a year", perArticle, year/1_000_000)
	}
}
