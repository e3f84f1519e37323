package strict

import yaml "go.yaml.in/yaml/v4"

// Elsewhere is the value of a key that another room reads from the same file: it
// takes anything and keeps nothing.
type Elsewhere struct{}

// UnmarshalNode takes the value, whatever it is.
func (*Elsewhere) UnmarshalNode(*yaml.Node, func(n *yaml.Node, message, hint string)) {}
