package sqlite

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"presswatch/watcher/article"
)

func TestShortTextsAreNotCompressedAndLongOnesAre(t *testing.T) {
	var p press
	for text, form := range map[string]byte{"": blockPlain, "short": blockPlain, strings.Repeat("long ", 100): blockZlib} {
		block := p.squeeze([]byte(text))
		if block[0] != form || len(block) > len(text)+1 {
			t.Errorf("%d bytes became %d of form %c", len(text), len(block), block[0])
		}
		if raw, err := p.expand(block); err != nil || string(raw) != text {
			t.Errorf("%q came back as %q, %v", text, raw, err)
		}
	}
}

// FuzzUnpack: what was packed comes back, and damage is an error and nothing
// worse, however it looks.
func FuzzUnpack(f *testing.F) {
	f.Add("Title", "https://news.example/a", "Lead", []byte{blockPlain, 2, 'a'})
	f.Add("", "=", "\x00\xff", []byte{blockZlib, 0x78, 0x9c})
	f.Add("a", "", strings.Repeat("b", 500), []byte{blockPlain, 0xff, 0xff, 0xff, 0xff, 0x0f})
	f.Fuzz(func(t *testing.T, title, guid, lead string, damaged []byte) {
		var p press
		want := article.Entry{Title: title, GUID: guid, Lead: lead, Teasers: []string{title, lead}}
		zones := []article.Zone{{Kind: article.Body, Text: lead}, {Kind: article.Caption, Text: title}}
		block := p.pack(func(k *packer) { k.details(want); k.zones(zones) })
		var got article.Entry
		var back []article.Zone
		if err := p.unpack(block, func(u *unpacker) { u.details(&got); back = u.zones() }); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, got, cmpopts.EquateEmpty()) + cmp.Diff(zones, back); diff != "" {
			t.Fatal(diff)
		}
		for _, bad := range [][]byte{damaged, block[:len(block)/2]} {
			p.unpack(bad, func(u *unpacker) { u.details(&got); u.zones() })
			p.unpack(bad, func(u *unpacker) { u.evidence() })
		}
	})
}
