package sqlite

import (
	"hash/fnv"
	"net/url"
	"slices"
	"strings"

	"presswatch/watcher/article"
)

// addressHashes are the hashes of every form an entry may be asked for by: its
// address, its GUID and its identity. Hashes, because an index over the
// addresses themselves would be the largest thing in the store after the texts.
// Changing addressKey means a migration that fills the table anew.
func addressHashes(e article.Entry) []int64 {
	hashes := make([]int64, 0, 3)
	for _, ref := range []string{e.URL, e.GUID, e.Identity} {
		if ref == "" {
			continue
		}
		if h := addressHash(ref); !slices.Contains(hashes, h) {
			hashes = append(hashes, h)
		}
	}
	return hashes
}

func addressHash(ref string) int64 {
	h := fnv.New64a()
	h.Write([]byte(addressKey(ref)))
	return int64(h.Sum64())
}

// answersTo reports whether an article may be asked for by ref.
func answersTo(e article.Entry, ref string) bool {
	key := addressKey(ref)
	return addressKey(e.URL) == key || addressKey(e.Identity) == key || e.GUID != "" && addressKey(e.GUID) == key
}

// addressKey is what two spellings of one address have in common: host without
// "www.", path without a last slash, query without what counts visitors;
// neither scheme nor fragment. What is no address is its own key.
func addressKey(ref string) string {
	ref = strings.TrimSpace(ref)
	rest, named := strings.CutPrefix(ref, "url:")
	if scheme, after, ok := strings.Cut(rest, "://"); ok {
		if !strings.EqualFold(scheme, "http") && !strings.EqualFold(scheme, "https") {
			return ref
		}
		rest, named = after, true
	}
	if !named && !strings.Contains(rest, "/") {
		return ref
	}
	u, err := url.Parse("http://" + rest)
	if err != nil || u.Host == "" {
		return ref
	}
	host := strings.ToLower(u.Hostname())
	if port := u.Port(); port != "" && port != "80" && port != "443" {
		host += ":" + port
	}
	key := strings.TrimPrefix(host, "www.") + "/" + strings.Trim(u.Path, "/")
	if query := withoutTracking(u.Query()).Encode(); query != "" {
		key += "?" + query
	}
	return key
}

// withoutTracking drops the parameters that name a reader's way, not a page.
func withoutTracking(q url.Values) url.Values {
	for name := range q {
		if strings.HasPrefix(name, "utm_") || name == "fbclid" || name == "gclid" {
			delete(q, name)
		}
	}
	return q
}
