package probe

import (
	"bytes"
	"strings"
)

// maxRobots is how much of a robots.txt is read, as RFC 9309 asks for.
const maxRobots = 500 << 10

// robots is what a host's robots.txt says to us.
type robots struct {
	rules    []robotsRule
	sitemaps []string // for everyone, as served
	trouble  string   // why it could not be read: then nothing may be fetched
}

type robotsRule struct {
	allow   bool
	pattern string
}

// parseRobots reads the groups for an agent, else those for everyone (RFC 9309).
// Lines that are not understood say nothing.
func parseRobots(body []byte, agent string) robots {
	body = bytes.TrimPrefix(body[:min(len(body), maxRobots)], []byte("\xef\xbb\xbf"))
	var (
		r                robots
		own, all         []robotsRule
		forUs, forAll    bool
		named, inRules   bool
		agentInLowerCase = strings.ToLower(agent)
	)
	for line := range strings.FieldsFuncSeq(string(body), func(c rune) bool { return c == '\n' || c == '\r' }) {
		line, _, _ = strings.Cut(line, "#")
		key, value, _ := strings.Cut(line, ":")
		value = strings.TrimSpace(value)
		switch strings.ToLower(strings.TrimSpace(key)) {
		case "user-agent":
			if inRules {
				forUs, forAll, inRules = false, false, false
			}
			forUs = forUs || product(value) == agentInLowerCase
			forAll = forAll || value == "*"
			named = named || forUs
		case "allow", "disallow":
			inRules = true
			rule := robotsRule{allow: strings.EqualFold(strings.TrimSpace(key), "allow"), pattern: value}
			if forUs {
				own = append(own, rule)
			}
			if forAll {
				all = append(all, rule)
			}
		case "sitemap":
			r.sitemaps = append(r.sitemaps, value)
		}
	}
	if r.rules = all; named {
		r.rules = own
	}
	return r
}

// product is an agent's name without version and comment.
func product(agent string) string {
	name, _, _ := strings.Cut(strings.ToLower(agent), "/")
	name, _, _ = strings.Cut(name, " ")
	return name
}

// forbids says which rule forbids a path with its query; "" when it may be
// fetched. The longest pattern that matches decides, of two the one that allows.
func (r robots) forbids(path string) string {
	if r.trouble != "" {
		return r.trouble
	}
	var best robotsRule
	for _, rule := range r.rules {
		if rule.pattern == "" || !matches(rule.pattern, path) {
			continue
		}
		if len(rule.pattern) > len(best.pattern) || len(rule.pattern) == len(best.pattern) && rule.allow {
			best = rule
		}
	}
	if best.pattern == "" || best.allow {
		return ""
	}
	return "robots.txt forbids it: Disallow: " + best.pattern
}

// matches holds a path against a pattern: * is anything, $ at the end is the
// end, and else a pattern is the beginning of what it matches.
func matches(pattern, path string) bool {
	pattern, whole := strings.CutSuffix(pattern, "$")
	parts := strings.Split(pattern, "*")
	rest, found := strings.CutPrefix(path, parts[0])
	if !found {
		return false
	}
	for i, part := range parts[1:] {
		if whole && i == len(parts)-2 {
			return strings.HasSuffix(rest, part)
		}
		at := strings.Index(rest, part)
		if at < 0 {
			return false
		}
		rest = rest[at+len(part):]
	}
	return !whole || rest == ""
}
