package sqlite_test

import (
	"path/filepath"
	"testing"

	"presswatch/store"
	"presswatch/store/sqlite"
	"presswatch/store/storetest"
)

func TestAStoreKeepsTheContract(t *testing.T) {
	storetest.Run(t, func(t *testing.T, dir string) store.Store {
		s, err := sqlite.Open(t.Context(), filepath.Join(dir, "press.db"))
		if err != nil {
			t.Fatal(err)
		}
		return s
	})
}
