package configs

import "embed"

// Schemas holds presswatch.schema.json and rules.schema.json: what an editor
// completes and checks the YAML by. They are derived from the structs that the
// files are decoded into; a test fails when they are not up to date.
//
//go:generate go run ./schemagen
//go:embed presswatch.schema.json rules.schema.json
var Schemas embed.FS
