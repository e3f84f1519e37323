package digest

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"slices"
	"strconv"
	"strings"

	"presswatch/watcher/article"
)

// The kinds of message, as they stand in ids.
const (
	kindAlert  = "alert"
	kindStorm  = "storm"
	kindDigest = "digest"
)

// ID derives a name from what is told: the first part as a readable word, then a
// hash of all parts. The same parts in the same order always give the same name;
// parts cannot run into each other. At most 64 bytes of [a-z0-9-].
func ID(parts ...string) string {
	hash := sha256.New()
	for _, part := range parts {
		var size [8]byte
		binary.BigEndian.PutUint64(size[:], uint64(len(part)))
		hash.Write(size[:])
		hash.Write([]byte(part))
	}
	sum := hex.EncodeToString(hash.Sum(nil)[:16])
	if len(parts) == 0 || slug(parts[0]) == "" {
		return sum
	}
	return slug(parts[0]) + "-" + sum
}

// slug is the part of a word that may stand in an id.
func slug(word string) string {
	kept := strings.Map(func(r rune) rune {
		switch {
		case r >= 'a' && r <= 'z', r >= '0' && r <= '9', r == '-':
			return r
		case r >= 'A' && r <= 'Z':
			return r + 'a' - 'A'
		}
		return -1
	}, word)
	return strings.Trim(kept[:min(len(kept), 20)], "-")
}

// groupID names a message by its kind, where and when it is told, and what it
// tells. The order of the findings does not matter. The number of a finding is
// part of it: an article told again later, at a raised level, is another message.
func groupID(kind, where, slot string, findings []article.Finding) string {
	told := make([]string, len(findings))
	for i, f := range findings {
		told[i] = strings.Join([]string{
			f.Digest, f.Article.Source, f.Article.Identity, f.Match.Rule, f.Match.Level.String(), strconv.FormatInt(f.ID, 10),
		}, "\x00")
	}
	slices.Sort(told)
	return ID(append([]string{kind, where, slot}, told...)...)
}

// number gives the parts of one message their ids.
func number(group string, parts []Message) []Message {
	for i := range parts {
		parts[i].Group, parts[i].Part, parts[i].Parts = group, i+1, len(parts)
		parts[i].ID = group
		if len(parts) > 1 {
			parts[i].ID = group + "-" + strconv.Itoa(i+1)
		}
	}
	return parts
}
