package main

import "presswatch/configs"

type schemaCommand struct {
	Of string `arg:"" optional:"" help:"Of which file: configuration (the default) or rules." enum:"configuration,rules" default:"configuration"`
}

// Help is the rest of what --help says.
func (schemaCommand) Help() string {
	return "Save it beside the YAML and let the file begin with, for instance:\n\n    # yaml-language-server: $schema=presswatch.schema.json\n\nAn editor then completes and checks keys. presswatch check sees more: queries, and what concerns several files."
}

// Run prints a schema.
func (k schemaCommand) Run(p *program) error {
	name := map[string]string{"configuration": "presswatch.schema.json", "rules": "rules.schema.json"}[k.Of]
	data, err := configs.Schemas.ReadFile(name)
	if err != nil {
		return err
	}
	_, err = p.stdout.Write(data)
	return err
}
