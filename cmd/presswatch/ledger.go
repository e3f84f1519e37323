package main

import (
	"presswatch/configs"
	"presswatch/watcher/ledger"
)

// ladders are the statuses of each kind of fact.
func ladders(c *configs.Config) ledger.Ladders {
	out := ledger.Ladders{}
	for _, kind := range c.Facts.IDs() {
		out[kind] = c.Facts.Ladder(kind)
	}
	return out
}
