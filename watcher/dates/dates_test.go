package dates

import (
	"strings"
	"testing"
	"time"
)

// hanoi is a fixed zone, so that the tests need no zone files.
var hanoi = time.FixedZone("", 7*60*60)

func at(t *testing.T, s string) time.Time {
	t.Helper()
	want, err := time.Parse(time.RFC3339Nano, s)
	if err != nil {
		t.Fatal(err)
	}
	return want
}

// A reading is a date and what it is in RFC 3339.
type reading struct{ name, date, want string }

func TestParseReadsTheDatesOfFeeds(t *testing.T) {
	checkReadings(t, []reading{
		{"RFC 822 with a colon in the zone", "Sat, 22 Aug 2026 21:13:21 +07:00", "2026-08-22T14:13:21Z"},
		{"RFC 822 with a plain zone", "Sat, 22 Aug 2026 21:13:21 +0700", "2026-08-22T14:13:21Z"},
		{"RFC 822 with an hour for a zone", "Sat, 22 Aug 2026 21:13:21 +07", "2026-08-22T14:13:21Z"},
		{"a zone by name", "Sat, 22 Aug 2026 21:13:21 ICT", "2026-08-22T14:13:21Z"},
		{"GMT and hours", "Sat, 22 Aug 2026 21:13:21 GMT+7", "2026-08-22T14:13:21Z"},
		{"UTC and an offset", "Sat, 22 Aug 2026 21:13:21 UTC+07:00", "2026-08-22T14:13:21Z"},
		{"a zone in parentheses", "22/08/2026 21:13 (GMT+7)", "2026-08-22T14:13:00Z"},
		{"a zone said twice", "Sat, 22 Aug 2026 14:13:21 +0000 (UTC)", "2026-08-22T14:13:21Z"},
		{"the date of a browser", "Sat Aug 22 2026 21:13:21 GMT+0700 (Indochina Time)", "2026-08-22T14:13:21Z"},
		{"no zone takes the source's", "Sat, 22 Aug 2026 21:13:21", "2026-08-22T14:13:21Z"},
		{"RFC 3339", "2026-08-22T21:13:21+07:00", "2026-08-22T14:13:21Z"},
		{"RFC 3339 in UTC", "2026-08-22T21:13:21Z", "2026-08-22T21:13:21Z"},
		{"RFC 3339 in small letters", "2026-08-22t21:13:21z", "2026-08-22T21:13:21Z"},
		{"ISO 8601 without a zone", "2026-08-22T21:13:21", "2026-08-22T14:13:21Z"},
		{"ISO 8601 without seconds", "2026-08-22T21:13+07:00", "2026-08-22T14:13:00Z"},
		{"ISO 8601, basic", "20260822T211321Z", "2026-08-22T21:13:21Z"},
		{"a run of fourteen digits", "20260822211321", "2026-08-22T14:13:21Z"},
		{"W3CDTF, a year and month", "2026-08", "2026-07-31T17:00:00Z"},
		{"a month and year", "08/2026", "2026-07-31T17:00:00Z"},
		{"a month's name and year", "August 2026", "2026-07-31T17:00:00Z"},
		{"seconds since 1970", "1763694000", "2025-11-21T03:00:00Z"},
		{"milliseconds since 1970", "1763694000123", "2025-11-21T03:00:00.123Z"},
		{"a weekday that is wrong", "Mon, 22 Aug 2026 21:13:21 +0700", "2026-08-22T14:13:21Z"},
		{"the last minute of a day as 24:00", "2026-08-22T24:00:00Z", "2026-08-23T00:00:00Z"},
		{"a leap second", "2016-12-31T23:59:60Z", "2017-01-01T00:00:00Z"},
		{"spaces and marks of direction around it", "\u200e\u00a022/08/2026\u00a021:13 \u200f", "2026-08-22T14:13:00Z"},
	})
}

func TestParseReadsTheDatesOfPages(t *testing.T) {
	checkReadings(t, []reading{
		{"US order beside PM", "7/20/2026 9:05:00 PM", "2026-07-20T14:05:00Z"},
		{"US order beside PM after a narrow space", "7/20/2026 9:05:00\u202fPM", "2026-07-20T14:05:00Z"},
		{"US order beside AM when both are possible", "11/7/2026 12:05 AM", "2026-11-06T17:05:00Z"},
		{"day first beside PM when only that is possible", "20/07/2026 9:05 PM", "2026-07-20T14:05:00Z"},
		{"day first without AM or PM", "07/08/2026 21:05", "2026-08-07T14:05:00Z"},
		{"month first when only that is possible", "07/20/2026 21:05", "2026-07-20T14:05:00Z"},
		{"day first", "20/07/2026 21:05", "2026-07-20T14:05:00Z"},
		{"day first with full stops", "20.07.2026 21:05", "2026-07-20T14:05:00Z"},
		{"day first with hyphens", "20-07-2026 21:05", "2026-07-20T14:05:00Z"},
		{"a time before the date", "21:05 20/07/2026", "2026-07-20T14:05:00Z"},
		{"a time before the date, and a dash", "21:05 - 20/07/2026", "2026-07-20T14:05:00Z"},
		{"a dash between date and time", "20/07/2026 – 21:05", "2026-07-20T14:05:00Z"},
		{"Vietnamese, weekday", "Thứ Sáu, 21/11/2025 10:00", "2025-11-21T03:00:00Z"},
		{"Vietnamese, decomposed", "Th\u01b0\u0301 Sa\u0301u, 21/11/2025 10:00", "2025-11-21T03:00:00Z"},
		{"Vietnamese, weekday by number", "Thứ 6, ngày 21/11/2025 10:00", "2025-11-21T03:00:00Z"},
		{"Vietnamese, weekday shortened", "T6, 21/11/2025 10:00 GMT+7", "2025-11-21T03:00:00Z"},
		{"Vietnamese, Thursday has the word for year", "Thứ Năm, ngày 20 tháng 11 năm 2025", "2025-11-19T17:00:00Z"},
		{"Vietnamese, Sunday", "Chủ nhật, 23/11/2025, 10:00 (GMT+7)", "2025-11-23T03:00:00Z"},
		{"Vietnamese, in words", "21 tháng 11 năm 2025", "2025-11-20T17:00:00Z"},
		{"Vietnamese, month by name", "21 Tháng Mười Một, 2025", "2025-11-20T17:00:00Z"},
		{"Vietnamese, time first", "10:00 ngày 21/11/2025", "2025-11-21T03:00:00Z"},
		{"Vietnamese, hours and minutes", "10 giờ 05 phút, ngày 21/11/2025", "2025-11-21T03:05:00Z"},
		{"Vietnamese, afternoon", "21/11/2025 5:30 CH", "2025-11-21T10:30:00Z"},
		{"Vietnamese, a label before it", "Cập nhật lúc: 21/11/2025 10:00", "2025-11-21T03:00:00Z"},
		{"French, short", "ven., 21 nov. 2025", "2025-11-20T17:00:00Z"},
		{"French, long", "vendredi 21 novembre 2025 à 10h05", "2025-11-21T03:05:00Z"},
		{"French, hours only", "21 novembre 2025, 10h", "2025-11-21T03:00:00Z"},
		{"French, spaced hours", "21 novembre 2025 à 10 h 05", "2025-11-21T03:05:00Z"},
		{"French, first of the month", "1er août 2026", "2026-07-31T17:00:00Z"},
		{"French, Tuesday looks like March", "mar., 4 nov. 2025", "2025-11-03T17:00:00Z"},
		{"French, Tuesday before numbers", "mar. 04/11/2025 10:00", "2025-11-04T03:00:00Z"},
		{"March, shortened", "4 Mar 2025", "2025-03-03T17:00:00Z"},
		{"French, a label before it", "Publié le 21/11/2025 à 10:00", "2025-11-21T03:00:00Z"},
		{"English, month first", "November 21st, 2025 at 10:05 am", "2025-11-21T03:05:00Z"},
		{"Thursday is no Vietnamese weekday's number", "Thu 6 Nov 2025", "2025-11-05T17:00:00Z"},
		{"Chinese and Japanese marks", "2025年11月21日 10:00", "2025-11-21T03:00:00Z"},
	})
}

func checkReadings(t *testing.T, tests []reading) {
	t.Helper()
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got, err := Parse(test.date, hanoi)
			if err != nil {
				t.Fatal(err)
			}
			if want := at(t, test.want); !got.Equal(want) {
				t.Errorf("%q is %v, want %v", test.date, got, want)
			}
			if got.Location() != time.UTC {
				t.Errorf("in %v, want UTC", got.Location())
			}
		})
	}
}

func TestParseRefuses(t *testing.T) {
	for _, test := range []struct{ name, date, want string }{
		{"nothing", " \u00a0", "nothing in it"},
		{"no date at all", "yesterday", `unknown word "yesterday"`},
		{"a month that no language has", "Sun, 16 zzz 2012 11:47:32 GMT", `unknown word "zzz"`},
		{"a day past the month's end", "30/02/2026 10:00", "there is no day 2026-02-30"},
		{"a month 0", "2026-00-12", "there is no day"},
		{"a day 0", "2026-12-00", "there is no day"},
		{"a day 99", "Sun, 99 Jun 2009 12:00:00 GMT", "there is no day"},
		{"an hour 25", "2026-08-22T25:14:55Z", "there is no time"},
		{"a minute 61", "2026-08-22T10:61:55Z", "there is no time"},
		{"four parts of a time", "Sun, 16 Dec 2012 1:2:3:4 GMT", "no more"},
		{"four parts of a date", "2013-01-27-01", "not to be told"},
		{"two dates", "21/11/2025 10:00, 22/11/2025", "not to be told"},
		{"a day and month alone", "21 novembre", "no year"},
		{"a time alone", "10:05", "not to be told"},
		{"a broken zone", "Sun, 16 Dec 2012 11:47:32 +zz:00", "zz"},
		{"a zone beyond all zones", "2012-12-16T11:47:32-99:99", "far from UTC"},
		{"a zone's name that is not known", "16 Dec 2012 11:47:32 XYZT", `unknown word "xyzt"`},
		{"a year before the web", "Thu, 01 Jan 0100 00:00:01 +0100", "not within 1970 to 2100"},
		{"a year far away", "9999-12-31T23:59:59Z", "not within 1970 to 2100"},
		{"a default of publishing systems", "0001-01-01T00:00:00Z", "not within"},
		{"a year of three digits", "013", "no date"},
		{"six digits with a century", "200312", "two ways"},
		{"a number that is too long", "123456789012345678901234567890", "too many digits"},
		{"a text that is too long", strings.Repeat("1 ", 100), "longer than"},
		{"signs", "21+11+2025", "does not belong"},
	} {
		t.Run(test.name, func(t *testing.T) {
			got, err := Parse(test.date, hanoi)
			if err == nil {
				t.Fatalf("%q is %v, want an error", test.date, got)
			}
			if !strings.Contains(err.Error(), test.want) {
				t.Errorf("error %q, want %q in it", err, test.want)
			}
			if !got.IsZero() {
				t.Errorf("an error with the date %v", got)
			}
		})
	}
}

func TestParseWithoutZoneIsUTC(t *testing.T) {
	got, err := Parse("2026-08-22 21:13", nil)
	if err != nil || !got.Equal(at(t, "2026-08-22T21:13:00Z")) {
		t.Errorf("got %v, %v", got, err)
	}
}

func TestNamesAreWellFormed(t *testing.T) {
	known := map[meaning]bool{}
	for _, m := range []meaning{
		aMonth, aWeekday, nextMonth, nextYear, nextWeekday, lastYear, lastMonth, lastDay,
		aZone, am, pm, morning, afternoon, hourMark, minuteMark, aWord,
	} {
		known[m] = true
	}
	months := map[int]bool{}
	for word, n := range names() {
		if word != strings.ToLower(word) || strings.Count(word, "_") > 2 {
			t.Errorf("%q is not a word in lower case, or a phrase of up to three", word)
		}
		for m, value := range n {
			if !known[m] {
				t.Errorf("%q: unknown meaning %q", word, m)
			}
			if m == aMonth {
				months[value] = true
			}
			if m == aZone && (value < -maxOffset || value > maxOffset) {
				t.Errorf("%q: offset %d", word, value)
			}
		}
	}
	for m := 1; m <= 12; m++ {
		if !months[m] {
			t.Errorf("month %d has no name", m)
		}
	}
	if len(months) != 12 {
		t.Errorf("months %v", months)
	}
}

func FuzzParse(f *testing.F) {
	for _, s := range []string{
		"Sat, 22 Aug 2026 21:13:21 +07:00", "7/20/2026 9:05:00\u202fPM", "Thứ Năm, ngày 20 tháng 11 năm 2025",
		"1763694000123", "20260822T211321Z", "(", "+", "1:", "1h", "T1", "thứ", "2025 10:00 (GMT+", "31-12-2100 23:00 -1400",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		got, err := Parse(s, hanoi)
		if err != nil {
			return
		}
		if y := got.Year(); y < firstYear || y > lastYearOK {
			t.Errorf("%q is %v", s, got)
		}
		again, err := Parse(got.Format(time.RFC3339Nano), nil)
		if err != nil || !again.Equal(got) {
			t.Errorf("%q is %v, and printed %v, %v", s, got, again, err)
		}
	})
}

func BenchmarkParse(b *testing.B) {
	for b.Loop() {
		if _, err := Parse("Sat, 22 Aug 2026 21:13:21 +07:00", hanoi); err != nil {
			b.Fatal(err)
		}
	}
}
