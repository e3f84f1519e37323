package main

// feedsCommand groups what finds feeds and exchanges them with other readers.
type feedsCommand struct {
	Probe  probeCommand  `cmd:"" help:"Find out what a site offers to poll, and print the YAML to paste."`
	Export exportCommand `cmd:"" help:"Print the configured feeds as OPML, for other readers."`
	Import importCommand `cmd:"" help:"Print the YAML to paste for the feeds of an OPML file that are not configured yet."`
}
