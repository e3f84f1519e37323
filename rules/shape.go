package rules

import "reflect"

// FileType is the type that a rule file is decoded into: what a schema of rule
// files is derived from.
func FileType() reflect.Type { return reflect.TypeFor[fileConfig]() }
