package feed

import (
	"fmt"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"golang.org/x/text/unicode/norm"
)

// The two forms of an identity; see Identify.
const (
	numberPrefix = "number:"
	urlPrefix    = "url:"
)

// Identify names what an address leads to, the same for all its spellings.
//
// Where the source's pattern matches, it is "number:" and what the pattern's
// group (?P<number>…) caught: the slug around a publisher's number is
// decoration. Else it is "url:" and the canonical address: no scheme, host in
// lower case without "www.", "m." and the scheme's own port, path with the
// least percent-encoding, without dot segments, session ids, trailing slash and
// the trailing dashes of slugs, and the query sorted and without what trackers
// add. Other parameters are kept: some sites tell articles apart by them alone.
//
// The pattern is tried on the whole address as given, less fragment and
// tracking parameters. An address that no client could ask is an error.
func Identify(rawURL string, identity *regexp.Regexp) (string, error) {
	u, err := parseURL(rawURL)
	if err != nil {
		return "", fmt.Errorf("identify %s: %w", shorten(rawURL), err)
	}
	query := cleanQuery(u.RawQuery)
	if identity != nil {
		if number := caught(identity, u.Scheme+"://"+u.Host+u.EscapedPath()+query); number != "" {
			return numberPrefix + number, nil
		}
	}
	host := bareHost(u.Hostname())
	if strings.Contains(host, ":") {
		host = "[" + host + "]"
	}
	if port := u.Port(); port != "" && port != defaultPort(u.Scheme) {
		host += ":" + port
	}
	return urlPrefix + host + cleanPath(u) + query, nil
}

// caught is what the first non-empty group of that name holds.
func caught(identity *regexp.Regexp, address string) string {
	groups := identity.FindStringSubmatch(address)
	for i, name := range identity.SubexpNames() {
		if name == "number" && i < len(groups) && groups[i] != "" {
			return groups[i]
		}
	}
	return ""
}

func cleanPath(u *url.URL) string {
	segments := strings.Split(u.EscapedPath(), "/")
	kept := segments[:0]
	for _, s := range segments {
		if i := strings.Index(strings.ToLower(s), ";jsessionid="); i >= 0 {
			s = s[:i]
		}
		s = recode(s)
		if trimmed := strings.TrimRight(s, "-"); trimmed != "" {
			s = trimmed
		}
		switch s {
		case ".":
		case "..":
			kept = kept[:max(len(kept)-1, 0)]
		default:
			kept = append(kept, s)
		}
	}
	path := strings.Trim(strings.Join(kept, "/"), "/")
	if path == "" {
		return ""
	}
	return "/" + path
}

// recode brings percent-encoding to one form: only what must be encoded is,
// with upper-case digits, and text in NFC.
func recode(s string) string {
	decoded, err := url.PathUnescape(s)
	if err != nil {
		return s
	}
	return url.PathEscape(norm.NFC.String(decoded))
}

// cleanQuery drops tracking parameters and sorts the others; the result is ""
// or begins with "?".
func cleanQuery(raw string) string {
	var kept []string
	for _, pair := range strings.Split(raw, "&") {
		name, value, has := strings.Cut(pair, "=")
		if pair == "" || tracking(name) {
			continue
		}
		pair = requery(name)
		if has {
			pair += "=" + requery(value)
		}
		kept = append(kept, pair)
	}
	if len(kept) == 0 {
		return ""
	}
	slices.Sort(kept)
	return "?" + strings.Join(kept, "&")
}

func requery(s string) string {
	decoded, err := url.QueryUnescape(s)
	if err != nil {
		return s
	}
	return url.QueryEscape(norm.NFC.String(decoded))
}

// trackers are the parameters that advertisers, mailers and social networks
// append. A name that ends in "*" is a prefix.
const trackers = `utm_* fbclid fb_action_ids fb_action_types fb_ref fb_source gclid gclsrc dclid gbraid wbraid
	msclkid yclid ysclid twclid ttclid igshid igsh li_fat_id srsltid mc_cid mc_eid _ga _gl _hsenc _hsmi hsctatracking
	mkt_tok vero_conv vero_id oly_enc_id oly_anon_id rb_clickid s_cid cmpid ocid xtor at_medium at_campaign
	at_custom* wt.mc_id wickedid zarsrc gidzl spm ref_src ref_url __twitter_impression pk_* piwik_* mtm_* matomo_*`

func tracking(name string) bool {
	if decoded, err := url.QueryUnescape(name); err == nil {
		name = decoded
	}
	name = strings.ToLower(name)
	for tracker := range strings.FieldsSeq(trackers) {
		prefix, wild := strings.CutSuffix(tracker, "*")
		if name == tracker || (wild && strings.HasPrefix(name, prefix)) {
			return true
		}
	}
	return false
}

// shorten cuts a text for a message.
func shorten(s string) string {
	const limit = 120
	if len(s) <= limit {
		return s
	}
	return strings.ToValidUTF8(s[:limit], "") + "…"
}
