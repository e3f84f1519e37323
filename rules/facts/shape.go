package facts

import "reflect"

// FileType is the type that a rule file is decoded into here: what a schema of rule
// files is made of, beside that of package rules.
func FileType() reflect.Type { return reflect.TypeFor[fileConfig]() }
