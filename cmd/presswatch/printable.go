package main

import (
	"strings"
	"unicode"
)

// printable takes what could steer a terminal out of a text that came from
// outside: control characters, and those that turn or hide what follows.
func printable(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || unicode.Is(unicode.Cf, r) {
			return ' '
		}
		return r
	}, s)
}
