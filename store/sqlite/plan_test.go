package sqlite

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// queries are all statements of this package by the names of their constants.
func queries() map[string]string {
	return map[string]string{
		"selectCursors": selectCursors, "selectPlace": selectPlace, "insertSource": insertSource,
		"insertCursor": insertCursor, "updateCursor": updateCursor, "selectSeen": selectSeen,
		"insertArticle": insertArticle, "selectAlias": selectAlias, "insertAlias": insertAlias, "insertAddress": insertAddress, "selectUnread": selectUnread,
		"updateUnread": updateUnread, "selectKnown": selectKnown, "insertRevision": insertRevision,
		"updateRead": updateRead, "insertMatch": insertMatch, "insertFinding": insertFinding,
		"selectOwed": selectOwed, "insertBatch": insertBatch, "selectTold": selectTold, "updateTold": updateTold,
		"selectOutbox": selectOutbox, "insertMessage": insertMessage, "upsertSlot": upsertSlot,
		"selectSlot": selectSlot, "selectDue": selectDue, "selectNextDelivery": selectNextDelivery,
		"selectNextRead": selectNextRead, "selectState": selectState, "updateAttempt": updateAttempt,
		"updateSent": updateSent, "updatePostponed": updatePostponed, "updateParked": updateParked,
		"updateDropped": updateDropped, "updateRetried": updateRetried,
		"selectDelivery": selectDelivery, "selectListed": selectListed, "deletePauseOf": deletePauseOf,
		"upsertPause": upsertPause, "deletePause": deletePause, "selectByIdentity": selectByIdentity,
		"selectByAddress": selectByAddress, "selectMatches": selectMatches, "selectCounts": selectCounts,
		"selectOwedCounts": selectOwedCounts, "selectStates": selectStates, "selectParked": selectParked,
		"selectPauses": selectPauses, "selectSlots": selectSlots, "selectFree": selectFree,
		"selectForgettable": selectForgettable, "updateForgotten": updateForgotten,
		"updatePlace": updatePlace, "updateFirst": updateFirst, "updateOthers": updateOthers, "selectPlaced": selectPlaced,
		"upsertAmendment": upsertAmendment, "selectAmendments": selectAmendments, "deleteAmendment": deleteAmendment, "selectBatch": selectBatch,
		"selectRelatives": selectRelatives, "selectKin": selectKin,
		"selectEarlier": selectEarlier, "updateFinding": updateFinding, "selectSaid": selectSaid, "updateSaid": updateSaid,
		"upsertSaid": upsertSaid, "upsertVisit": upsertVisit, "updateWithdrawn": updateWithdrawn, "selectRevisits": selectRevisits,
		"selectVisit": selectVisit, "deleteVisit": deleteVisit, "selectThere": selectThere, "selectRevisions": selectRevisions, "selectTellings": selectTellings,
		"selectAnyName": selectAnyName, "upsertWindow": upsertWindow, "selectFeed": selectFeed, "selectPublished": selectPublished, "insertGap": insertGap,
		"updateMissing": updateMissing, "selectGaps": selectGaps, "upsertIncident": upsertIncident, "selectIncidents": selectIncidents,
		"selectHeldCounts": selectHeldCounts, "selectHushed": selectHushed, "insertSilence": insertSilence, "updateSilence": updateSilence,
		"selectSilences": selectSilences, "selectHeld": selectHeld, "updateHeld": updateHeld, "selectSilenced": selectSilenced, "selectIsSilence": selectIsSilence,
		"selectSaidThing": selectSaidThing, "insertSaidThing": insertSaidThing,
		"insertFact": insertFact, "deleteFacts": deleteFacts, "selectStated": selectStated, "selectStatedOf": selectStatedOf,
		"selectNewest": selectNewest, "insertCorrection": insertCorrection, "selectCorrections": selectCorrections,
		"selectArchive": selectArchive, "upsertNote": upsertNote, "deleteNote": deleteNote, "selectNotes": selectNotes,
	}
}

// scan tells a step that walks through a table or a whole index from one that
// searches. Walks through small tables, and through indices that hold only what
// is open, cost what the work at hand costs.
var (
	scan  = regexp.MustCompile(`^SCAN `)
	cheap = regexp.MustCompile(`^SCAN (CONSTANT ROW|s|f|n|o|p|pauses|notes|slots|pragma_freelist_count|pragma_page_size)\b|` +
		`INDEX (articles_unread|articles_due|findings_owed|findings_held|deliveries_open|deliveries_parts|deliveries_parked|articles_copies|articles_event)\b|` +
		`^SCAN deliveries USING COVERING INDEX deliveries_state$`)
)

func TestNoQueryWalksThroughTheArchive(t *testing.T) {
	s := newStore(t)
	for name, query := range queries() {
		var args []any
		for range strings.Count(query, "?") {
			args = append(args, 1)
		}
		if numbered := regexp.MustCompile(`\?(\d)`).FindAllStringSubmatch(query, -1); numbered != nil {
			highest := "0"
			for _, n := range numbered {
				highest = max(highest, n[1])
			}
			args = args[:highest[0]-'0']
		}
		rows, err := s.writer.Query("EXPLAIN QUERY PLAN "+query, args...)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		for rows.Next() {
			var id, parent, unused int
			var detail string
			if err := rows.Scan(&id, &parent, &unused, &detail); err != nil {
				t.Fatal(err)
			}
			if scan.MatchString(detail) && !cheap.MatchString(detail) {
				t.Errorf("%s: %s", name, detail)
			}
			if testing.Verbose() {
				t.Logf("%s: %s", name, detail)
			}
		}
		if err := rows.Close(); err != nil {
			t.Fatal(err)
		}
	}
}

func TestTheTestKnowsEveryQuery(t *testing.T) {
	known := queries()
	statement := regexp.MustCompile(`^(select|insert|update|upsert|delete)[A-Z]`)
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	found := 0
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(file, func(n ast.Node) bool {
			spec, ok := n.(*ast.ValueSpec)
			if !ok {
				return true
			}
			for _, id := range spec.Names {
				if statement.MatchString(id.Name) {
					found++
					if known[id.Name] == "" {
						t.Errorf("%s: %s is not among the queries that are explained", name, id.Name)
					}
				}
			}
			return true
		})
	}
	if found != len(known) {
		t.Errorf("%d statements are known, %d found", len(known), found)
	}
}

func TestMigrationsAreNumberedWithoutGaps(t *testing.T) {
	files, err := fs.Glob(steps, "migrations/*.sql")
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	for i, name := range files {
		if want := fmt.Sprintf("migrations/%04d.sql", i+1); name != want {
			t.Errorf("%s, and not %s", name, want)
		}
	}
}
