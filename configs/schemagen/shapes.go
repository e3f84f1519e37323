package main

// The syntaxes that several types share. Patterns keep to what regular
// expressions of JavaScript, Go and Python agree on.
const (
	goDuration = `([+]?(([0-9]+\.?[0-9]*|\.[0-9]+)(ns|us|µs|μs|ms|s|m|h))+|[+]?0)`
	days       = `[0-9]*\.?[0-9]+d`

	// Letters, digits, - and _: the letters of all scripts, so what is refused is
	// white space and the rest of ASCII.
	named = "^[^\\s!-,./:-@\\[-\\^`{-~]+$"
)

// shapes are what the types of the configuration do not say of themselves.
func shapes() map[string]node {
	return merged(scalars(), configShapes(), ruleShapes())
}

func merged(all ...map[string]node) map[string]node {
	out := map[string]node{}
	for _, some := range all {
		for name, shape := range some {
			out[name] = shape
		}
	}
	return out
}

// scalars are the values with a syntax of their own.
func scalars() map[string]node {
	return map[string]node{
		"strict.Scalar":    anyText(),
		"strict.Elsewhere": {}, // see reflector.elsewhere
		"time.Duration":    orZero(node{"pattern": "^(" + goDuration + "|" + days + ")$", "examples": []string{"30s", "10m", "48h", "7d"}}),
		"watcher.Baseline": orZero(node{"pattern": "^(all|" + goDuration + ")$", "examples": []string{"48h", "0s", "all"}}),
		"watcher.Identity": {"type": "string", "pattern": `\(\?P?<number>`, "examples": []string{`-post(?P<number>\d+)\.html`}},
		"schedule.Schedule": {"type": "string",
			"pattern":  `^\s*(@(yearly|annually|monthly|weekly|daily|midnight|hourly)|@every\s+\S+|\S+(\s+\S+){4})\s*$`,
			"examples": []string{"@every 10m", "0 7,17 * * 1-5", "@daily"}},
		"schedule.Zone":    {"type": "string", "examples": []string{"UTC", "Asia/Ho_Chi_Minh", "Europe/Paris"}},
		"extract.Regexp":   laid(anyText(), node{"pattern": "."}),
		"extract.Selector": {"type": "string", "pattern": `\S`, "examples": []string{".article__body", "h1.title, h1.headline"}},
		"feed.CIDR":        {"type": "string", "pattern": `^[0-9A-Fa-f:.]+(/[0-9]{1,3})?$`, "examples": []string{"127.0.0.0/8", "fd00::/8"}},
		"feed.Size": {"type": []string{"string", "integer"}, "minimum": 0,
			"pattern": `^\s*[0-9]+\s*(KiB|MiB|GiB|KB|MB|GB|B)?\s*$`, "examples": []string{"8MiB", "500KB"}},
		"slack.Secret": {"type": "object", "minProperties": 1, "maxProperties": 1, "additionalProperties": false,
			"properties": node{
				"credential": laid(anyText(), node{"description": "a file in $CREDENTIALS_DIRECTORY, as systemd's LoadCredential gives it"}),
				"env":        laid(anyText(), node{"description": "an environment variable"}),
				"file":       laid(anyText(), node{"description": "a file; a relative path starts at the configuration's folder"}),
			}},
		"slack.WhenUnclear": {"enum": []string{"resend", "drop"}},
		"digest.Quiet":      {"enum": []string{"silent", "say"}},
		"digest.Hours":      {"type": "string", "pattern": `^\s*([01]?[0-9]|2[0-3]):[0-5][0-9]\s*-\s*([01]?[0-9]|2[0-3]):[0-5][0-9]\s*$`, "examples": []string{"22:00-06:30"}},
		"article.Level":     {"enum": []string{"none", "digest", "alert"}},
		"facts.day":         {"type": []string{"string", "integer"}, "pattern": `^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$`, "examples": []string{"2025-06-30", "2025-06"}},
		"facts.reach":       {"type": "string", "pattern": `^((phrase|after|before)/[1-9][0-9]?|clause|both|sentence|paragraph|title|lead|article)$`, "examples": []string{"after/8", "clause"}},
		"facts.need":        {"enum": []string{"parties", "domain", "period", "status", "news"}},
		"rules.day":         {"type": []string{"string", "integer"}, "pattern": `^[0-9]{4}(-[0-9]{2}(-[0-9]{2}(T.+)?)?)?$`, "examples": []string{"2025-06-30", "2025-06"}},
	}
}

// orZero is a text that may also be the number 0.
func orZero(shape node) node {
	return laid(node{"type": []string{"string", "integer"}, "minimum": 0, "maximum": 0}, shape)
}

// some is a list that may not be empty.
func some() node { return node{"minItems": 1} }

func configShapes() map[string]node {
	return map[string]node{
		"configs.Config": {
			"required": []string{"contact", "rules", "sources", "digests"},
			"properties": node{
				"contact": node{"pattern": "^(mailto:|https://)", "type": "string"},
				"rules":   some(), "sources": some(), "digests": some(),
			},
		},
		"watcher.Source": {
			"required":   []string{"id", "language", "hosts", "feeds"},
			"properties": node{"id": node{"pattern": `^[^ /\t]+$`}, "hosts": some(), "feeds": some()},
		},
		"watcher.Feed": {
			"required":   []string{"url", "schedule"},
			"properties": node{"url": node{"pattern": "^https?://", "type": "string"}},
		},
		"digest.Config": {
			"required": []string{"id", "channel", "schedule", "rules"},
			"properties": node{
				"id":       node{"pattern": "^[a-z0-9][a-z0-9-]{0,63}$"},
				"channel":  node{"pattern": "^(#.+|[CGD][A-Z0-9]{7,20})$", "type": "string", "examples": []string{"#desk", "C0123456789"}},
				"rules":    some(),
				"at_count": node{"minimum": 0},
				"most_alerts": node{"minimum": 0,
					"description": "how many alerts the channel takes one by one in an hour; what is beyond goes into one message with a count; default 10"},
			},
		},
		"slack.Config": {"properties": node{
			"api_url": node{"pattern": "^($|https?://)", "type": "string",
				"description": "address of the Web API; default https://slack.com/api/; not held against network"},
			"when_unclear": node{"description": "what to do with a message that may or may not have arrived, where Slack cannot be asked: " +
				"resend (it may come twice, the second marked; the default) or drop (it may be lost, and you are told)"},
			"timeout": node{"description": "limit of one call to Slack as a whole, from 1s to 1m; default 20s"},
		}},
		"upkeep.Backup": {
			"required": []string{"folder", "schedule"},
			"properties": node{
				"folder": node{"description": "where the copies are; a relative path starts at the configuration's folder; best on another disk"},
				"keep":   node{"minimum": 0, "description": "how many copies are kept, the newest; default 7"},
			},
		},
		"metrics.Config": {"properties": node{
			"listen": node{"pattern": `^($|127\.[0-9.]+:|\[::1\]:)`, "type": "string", "examples": []string{"127.0.0.1:9464"},
				"description": "address of this machine alone, where /metrics, /healthz and /readyz are served"},
		}},
		"upkeep.Retention": {"properties": node{
			"age":  node{"description": "the age beyond which an article's text is forgotten, at least 30d; what it was and what was said of it stays"},
			"size": node{"description": "what the store may hold; beyond it the oldest texts are forgotten; at least 64MiB"},
		}},
		"feed.Config": {"properties": node{
			"timeout":  node{"description": "limit of one fetch, redirects included; at least 1s; default 30s"},
			"max_body": node{"description": "limit of an answer's body after it is decompressed; default 8MiB"},
			"interval": node{"description": "least time between two requests to one host; default 2s"},
		}},
	}
}

func ruleShapes() map[string]node {
	oneOf := func(keys ...string) (any []node) {
		for _, key := range keys {
			any = append(any, node{"required": []string{key}})
		}
		return any
	}
	return map[string]node{
		"map[string]map[string][]strict.Scalar": {
			"type": "object", "propertyNames": node{"pattern": named},
			"additionalProperties": node{
				"type": "object", "propertyNames": node{"pattern": "^(any|except|(except-)?[a-z]{2,3})$"},
				"additionalProperties": node{"type": "array", "items": anyText(),
					"description": "Terms: words, phrases, =exact, beginning*, or @name of another vocabulary. Under except: what does not count although a term stands in it."},
			},
		},
		"rules.ruleConfig": {
			"required": []string{"id"}, "anyOf": oneOf("match", "alert"),
			"properties": node{"id": node{"pattern": named}},
		},
		"facts.kindConfig":    {"required": []string{"id", "ladder", "instrument", "status"}, "properties": node{"id": node{"pattern": named}}},
		"facts.valueConfig":   {"required": []string{"is", "match"}},
		"facts.patternConfig": {"required": []string{"is", "when"}},
		"facts.statusConfig":  {"required": []string{"otherwise"}},
		"facts.testConfig": {
			"required": []string{"lang", "expect"}, "anyOf": oneOf("title", "lead", "text", "captions"),
			"properties": node{"lang": node{"pattern": "^[a-z]{2,3}$"}},
		},
		"facts.expectConfig": {"required": []string{"instrument"}},
		"rules.testConfig": {
			"required": []string{"expect"}, "anyOf": oneOf("title", "lead", "text", "captions"),
			"properties": node{
				"expect": node{"enum": []string{"alert", "digest", "none"}},
				"lang":   node{"pattern": "^[a-z]{2,3}$"},
			},
		},
	}
}
