package extract

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/unicode"
)

// decode returns a page as UTF-8. What the bytes prove goes before what is said
// of them: a byte order mark, UTF-16 by its zeros, UTF-8 by its validity; only
// then the HTTP header and the page's meta element. Servers that declare a code
// page and send UTF-8 are common, and the reverse cannot be mistaken: text in a
// code page with letters beyond ASCII is hardly ever valid UTF-8.
func decode(page []byte, contentType string) string {
	switch {
	case bytes.HasPrefix(page, []byte("\xef\xbb\xbf")):
		return strings.ToValidUTF8(string(page[3:]), "\uFFFD")
	case bytes.HasPrefix(page, []byte("\xff\xfe")), bytes.HasPrefix(page, []byte("<\x00")):
		return decodeAs(page, unicode.UTF16(unicode.LittleEndian, unicode.UseBOM))
	case bytes.HasPrefix(page, []byte("\xfe\xff")), bytes.HasPrefix(page, []byte("\x00<")):
		return decodeAs(page, unicode.UTF16(unicode.BigEndian, unicode.UseBOM))
	case mostlyUTF8(page):
		return strings.ToValidUTF8(string(page), "\uFFFD")
	}
	declared, _, _ := charset.DetermineEncoding(page, contentType)
	return decodeAs(page, declared)
}

func decodeAs(page []byte, e encoding.Encoding) string {
	text, err := e.NewDecoder().Bytes(page)
	if err != nil { // a decoder replaces what it cannot read; this is none of them
		text = page
	}
	return strings.ToValidUTF8(string(text), "\uFFFD")
}

// mostlyUTF8 reports whether the bytes are UTF-8, but for a broken character in
// twenty: a page cut in the middle of one, or pasted from another code page in
// one place, must not be read as Latin letters as a whole.
func mostlyUTF8(page []byte) bool {
	if utf8.Valid(page) {
		return true
	}
	good, bad := 0, 0
	for len(page) > 0 {
		r, n := utf8.DecodeRune(page)
		if r == utf8.RuneError && n == 1 {
			bad++
		} else if n > 1 {
			good++
		}
		page = page[n:]
	}
	return bad*20 <= good
}
