package dates

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// Forms that the date parsers of feedparser, the widest read of all feed
// libraries, are tested with, and what it makes of them (UTC where they name no
// zone, seconds only). Two more that it reads are refused here, since in a feed
// they are a mistake: 03335 (a day of the year, five digits) and the year 100.
func TestParseReadsWhatFeedparserReads(t *testing.T) {
	korea := time.FixedZone("", 9*60*60)
	for _, test := range []struct {
		date, want string
		zone       *time.Location
	}{
		{"Κυρ, 11 Ιούλ 2004 12:00:00 EST", "2004-07-11T17:00:00Z", nil},
		{"2004-július-13T9:15-05:00", "2004-07-13T14:15:00Z", nil},
		{"031231", "2003-12-31T00:00:00Z", nil},
		{"03-12-31", "2003-12-31T00:00:00Z", nil},
		{"2003-12-31T10:14:55.1234Z", "2003-12-31T10:14:55Z", nil},
		{"2003-012-31T10:14:55+00:00", "2003-12-31T10:14:55Z", nil},
		{"2004-05-25 오후 11:23:17", "2004-05-25T14:23:17Z", korea},
		{"2004년 05월 28일  01:31:15", "2004-05-27T16:31:15Z", korea},
		{"Fri, 2006/09/15 08:19:53 EDT", "2006-09-15T12:19:53Z", nil},
		{"Thu, 30 Apr 2015 08:57:00 MET", "2015-04-30T07:57:00Z", nil},
		{"Thu, 30 Apr 2015 08:57:00 MEST", "2015-04-30T06:57:00Z", nil},
		{"Thu, 01 Jan 04 19:48:21 GMT", "2004-01-01T19:48:21Z", nil},
		{"Thu, 01 Jan 2004 19:48:21 GMT", "2004-01-01T19:48:21Z", nil},
		{"Thu,  5 Apr 2012 10:00:00 GMT", "2012-04-05T10:00:00Z", nil},
		{"Wed, 19 Aug 2009 18:28:00 Etc/GMT", "2009-08-19T18:28:00Z", nil},
		{"Wed, 19 Feb 2012 22:40:00 GMT-01:01", "2012-02-19T23:41:00Z", nil},
		{"Wed, 19 Feb 2012 22:40:00 -01:01", "2012-02-19T23:41:00Z", nil},
		{"Mon, 13 Feb, 2012 06:28:00 UTC", "2012-02-13T06:28:00Z", nil},
		{"Thu, 01 Jan 2004 00:00 GMT", "2004-01-01T00:00:00Z", nil},
		{"Thu, 01 Jan 2004", "2004-01-01T00:00:00Z", nil},
		{"Mon, 26 January 2004 16:31:00 AT", "2004-01-26T20:31:00Z", nil},
		{"Mon, 26 January 2004 16:31:00 ET", "2004-01-26T21:31:00Z", nil},
		{"Mon, 26 January 2004 16:31:00 CT", "2004-01-26T22:31:00Z", nil},
		{"Mon, 26 January 2004 16:31:00 MT", "2004-01-26T23:31:00Z", nil},
		{"Mon, 26 January 2004 16:31:00 PT", "2004-01-27T00:31:00Z", nil},
		{"Thu Aug 30 2012 17:26:16 +0200", "2012-08-30T15:26:16Z", nil},
		{"Sun Jan  4 16:29:06 2004", "2004-01-04T16:29:06Z", nil},
		{"Sun Jul 15 01:16:00 +0000 2012", "2012-07-15T01:16:00Z", nil},
		{"2003-12-31T10:14:55Z", "2003-12-31T10:14:55Z", nil},
		{"2003-12-31T10:14:55-08:00", "2003-12-31T18:14:55Z", nil},
		{"2003-12-31T18:14:55+08:00", "2003-12-31T10:14:55Z", nil},
		{"2007-04-23T23:25:47.538+10:00", "2007-04-23T13:25:47Z", nil},
		{"2003-12-31", "2003-12-31T00:00:00Z", nil},
		{"2003-12", "2003-12-01T00:00:00Z", nil},
		{"2003", "2003-01-01T00:00:00Z", nil},
		{"2004-02-28T18:14:55-08:00", "2004-02-29T02:14:55Z", nil},
		{"2003-02-28T18:14:55-08:00", "2003-03-01T02:14:55Z", nil},
		{"2000-02-28T18:14:55-08:00", "2000-02-29T02:14:55Z", nil},
		{"2004-07-08 23:56:58 -00:20", "2004-07-09T00:16:58Z", nil},
		{"2004-07-08 23:56:58", "2004-07-08T23:56:58Z", nil},
		{"2004-07-08 23:56:58.0", "2004-07-08T23:56:58Z", nil},
		{"-0312", "2003-12-01T00:00:00Z", nil},
		{"-03-12", "2003-12-01T00:00:00Z", nil},
	} {
		got, err := Parse(test.date, test.zone)
		if err != nil {
			t.Errorf("%q: %v", test.date, err)
			continue
		}
		if want := at(t, test.want); !got.Truncate(time.Second).Equal(want) {
			t.Errorf("%q is %v, want %v", test.date, got, want)
		}
	}
}

func TestParseRefusesWhatFeedparserRefuses(t *testing.T) {
	for _, date := range []string{
		"", "Sun, 31 Dec 9999 23:59:59 -9999", "Sun, 16 Dec 2012 1:2:3:4 GMT", "Sun, 16 zzz 2012 11:47:32 GMT",
		"Sun, Dec x 2012 11:47:32 GMT", "Sun, 16 Dec zz 11:47:32 GMT", "Sun, 16 Dec 2012 11:47:32 +zz:00",
		"Sun, 16 Dec 2012 11:47:32 +00:zz", "Sun, 99 Jun 2009 12:00:00 GMT", "9999-12-31T23:59:59-99:99",
		"2003-12-31T25:14:55Z", "2003-12-31T10:61:55Z", "2003-12-31T10:14:61Z", "22013", "013", "2013-01-27-01",
		"2013-01-28T11:30:00-06:00Textra", "2013-xx-27", "2013-01-28T09:xx:00Z", "2013-01-28T09:00:00+00:xx",
	} {
		if got, err := Parse(date, nil); err == nil {
			t.Errorf("%q is %v, want an error", date, got)
		}
	}
}

// The dates of 2610 captured items: all are read, and none lies after its capture.
func TestParseReadsCapturedDates(t *testing.T) {
	for _, name := range []string{"vietnamplus_www_home_rss_items.jsonl", "nhandan_home_rss_items.jsonl", "vov_rss_items.jsonl"} {
		for line := range strings.Lines(string(sharedFile(t, "samples/"+name))) {
			var item struct{ Published, Fetched string }
			if err := json.Unmarshal([]byte(line), &item); err != nil {
				t.Fatal(err)
			}
			got, err := Parse(item.Published, hanoi)
			if err != nil {
				t.Error(err)
			}
			if fetched := at(t, item.Fetched); got.After(fetched) || got.Before(fetched.AddDate(0, -2, 0)) {
				t.Errorf("%q is %v, captured %v", item.Published, got, fetched)
			}
		}
	}
}

// sharedFile is captured material that stands beside the project, not in it; the
// test is skipped where there is none.
func sharedFile(t *testing.T, name string) []byte {
	t.Helper()
	dir := os.Getenv("PRESSWATCH_SHARED")
	if dir == "" {
		dir = filepath.Join("..", "..", "..", "shared")
	}
	data, err := os.ReadFile(filepath.Join(dir, name))
	if err != nil {
		t.Skipf("no shared material: %v", err)
	}
	return data
}
