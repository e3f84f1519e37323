package upkeep

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"presswatch/watcher/schedule"
)

// nightly is a Backup into a folder that does not exist yet.
func nightly(t *testing.T) Backup {
	t.Helper()
	b := Backup{Folder: filepath.Join(t.TempDir(), "deep", "copies"), Keep: 3}
	if err := b.Schedule.UnmarshalText([]byte("30 3 * * *")); err != nil {
		t.Fatal(err)
	}
	return b
}

func write(file string) error { return os.WriteFile(file, []byte("a copy"), 0o600) }

func names(t *testing.T, b Backup) (all []string) {
	t.Helper()
	entries, err := os.ReadDir(b.Folder)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		all = append(all, e.Name())
	}
	return all
}

func day(d, hour int) time.Time { return time.Date(2026, 3, d, hour, 0, 0, 0, time.UTC) }

func TestACopyIsDueOncePerSlotAndOnlyTheNewestAreKept(t *testing.T) {
	b := nightly(t)
	made := 0
	for d := 2; d < 8; d++ {
		for _, hour := range []int{1, 5, 23} {
			file, reason, err := b.Due(day(d, hour), time.UTC)
			if err != nil || reason == "" {
				t.Fatal(reason, err)
			}
			if file == "" {
				continue
			}
			made++
			if _, err := b.Make(file, write); err != nil {
				t.Fatal(err)
			}
		}
	}
	want := []string{"presswatch-2026-03-05T0330.db", "presswatch-2026-03-06T0330.db", "presswatch-2026-03-07T0330.db"}
	if got := names(t, b); !slices.Equal(got, want) || made != 7 {
		t.Errorf("made %d copies, kept %q", made, got)
	}
	if next := b.Next(day(8, 0), time.UTC); next != time.Date(2026, 3, 8, 3, 30, 0, 0, time.UTC) {
		t.Error(next)
	}
}

func TestSlotsMissedWhileTheMachineWasOffAreMadeUpOnce(t *testing.T) {
	b := nightly(t)
	for _, now := range []time.Time{day(2, 12), day(9, 12)} {
		file, _, err := b.Due(now, time.UTC)
		if err != nil || file == "" {
			t.Fatal(file, err)
		}
		if _, err := b.Make(file, write); err != nil {
			t.Fatal(err)
		}
		if again, _, err := b.Due(now.Add(time.Minute), time.UTC); err != nil || again != "" {
			t.Error(again, err)
		}
	}
	if got := names(t, b); len(got) != 2 {
		t.Error(got)
	}
}

func TestACopyThatFailsCostsNoOlderOne(t *testing.T) {
	b := nightly(t)
	for d := 2; d < 6; d++ {
		file, _, _ := b.Due(day(d, 12), time.UTC)
		if _, err := b.Make(file, write); err != nil {
			t.Fatal(err)
		}
	}
	before := names(t, b)
	file, _, _ := b.Due(day(6, 12), time.UTC)
	full := errors.New("no room")
	if removed, err := b.Make(file, func(string) error { return full }); !errors.Is(err, full) || len(removed) > 0 {
		t.Error(removed, err)
	}
	if got := names(t, b); !slices.Equal(got, before) {
		t.Errorf("%q, and before %q", got, before)
	}
}

func TestWhatIsNoCopyIsNotTouched(t *testing.T) {
	b := nightly(t)
	b.Keep = 1
	foreign := []string{"presswatch.db", "presswatch-2026-03-01T0330.db.gz", "holiday.db", "presswatch-2026-03-01.db"}
	drafts := []string{"presswatch-2026-02-01T0330.db.new", "presswatch-2026-02-01T0330.db.new-journal"}
	if err := os.MkdirAll(filepath.Join(b.Folder, "presswatch-2026-01-01T0330.db"), 0o700); err != nil {
		t.Fatal(err)
	}
	for _, name := range append(slices.Clone(foreign), drafts...) {
		if err := write(filepath.Join(b.Folder, name)); err != nil {
			t.Fatal(err)
		}
	}
	for d := 2; d < 5; d++ {
		file, _, _ := b.Due(day(d, 12), time.UTC)
		if _, err := b.Make(file, write); err != nil {
			t.Fatal(err)
		}
	}
	got := names(t, b)
	for _, name := range foreign {
		if !slices.Contains(got, name) {
			t.Errorf("%s is gone", name)
		}
	}
	for _, name := range drafts {
		if slices.Contains(got, name) {
			t.Errorf("the draft %s of a process that died is still there", name)
		}
	}
	if len(got) != len(foreign)+2 {
		t.Error(got)
	}
}

func TestAPeriodNamesItsCopiesToo(t *testing.T) {
	b := nightly(t)
	b.Schedule = schedule.Every(6 * time.Hour)
	for hour := range 30 {
		file, _, err := b.Due(day(2, hour), time.UTC)
		if err != nil {
			t.Fatal(err)
		}
		if file == "" {
			continue
		}
		if _, err := b.Make(file, write); err != nil {
			t.Fatal(err)
		}
	}
	got := names(t, b)
	if len(got) != 3 || got[2] != "presswatch-2026-03-03T000000Z.db" {
		t.Error(got)
	}
}

func TestNothingIsDueWithoutAFolder(t *testing.T) {
	file, reason, err := Backup{}.Due(day(2, 0), time.UTC)
	if file != "" || err != nil || reason != "no copies are wanted" || !(Backup{}).Next(day(2, 0), time.UTC).IsZero() {
		t.Error(file, reason, err)
	}
}

func TestMistakesAreTold(t *testing.T) {
	for want, check := range map[string]func(func(key, message, hint string)){
		"without a folder":   Backup{Schedule: schedule.Every(time.Hour)}.Check,
		"without a schedule": Backup{Folder: "copies"}.Check,
		"cannot be kept":     Backup{Folder: "copies", Schedule: schedule.Every(time.Hour), Keep: -1}.Check,
		"longer than 48h":    Retention{Age: 48 * time.Hour}.Check,
		"too small":          Retention{Size: 1000}.Check,
	} {
		var told []string
		check(func(_, message, hint string) { told = append(told, message+": "+hint) })
		if len(told) != 1 || !strings.Contains(told[0], want) {
			t.Errorf("%q, want %q", told, want)
		}
	}
	good := Backup{Folder: "copies", Schedule: schedule.Every(time.Hour)}
	good.Check(func(_, message, _ string) { t.Error(message) })
	Retention{}.Check(func(_, message, _ string) { t.Error(message) })
	if got := good.In("/etc/presswatch").Folder; got != "/etc/presswatch/copies" {
		t.Error(got)
	}
}
