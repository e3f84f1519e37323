package main

import (
	"fmt"
	"math"
	"reflect"
	"regexp"
	"slices"
	"unicode/utf8"
)

// validate says where a value, as YAML or JSON decodes it, does not fit a schema
// that was read from JSON. It knows the keywords that our schemas use and no
// others: one it does not know is reported, since it would prove nothing.
func validate(schema map[string]any, value any, at string) (wrong []string) {
	say := func(format string, args ...any) { wrong = append(wrong, at+": "+fmt.Sprintf(format, args...)) }
	for keyword, want := range schema {
		switch keyword {
		case "$schema", "title", "description", "examples":
		case "properties", "additionalProperties": // with the object, below
		case "type":
			if !slices.ContainsFunc(texts(want), func(t string) bool { return isType(value, t) }) {
				say("%v is not of type %v", value, want)
			}
		case "enum":
			if !slices.ContainsFunc(want.([]any), func(one any) bool { return reflect.DeepEqual(one, value) }) {
				say("%v is none of %v", value, want)
			}
		case "pattern":
			if s, ok := value.(string); ok && !regexp.MustCompile(want.(string)).MatchString(s) {
				say("%q is not like %s", s, want)
			}
		case "minimum", "maximum":
			if n, ok := number(value); ok && (keyword == "minimum" && n < want.(float64) || keyword == "maximum" && n > want.(float64)) {
				say("%v is beyond the %s %v", n, keyword, want)
			}
		case "items", "minItems":
			wrong = append(wrong, validateList(keyword, want, value, at)...)
		case "required", "propertyNames", "minProperties", "maxProperties":
			wrong = append(wrong, validateKeys(keyword, want, value, at)...)
		case "anyOf":
			if !slices.ContainsFunc(want.([]any), func(one any) bool { return len(validate(one.(map[string]any), value, at)) == 0 }) {
				say("fits none of %v", want)
			}
		default:
			say("the schema has the keyword %s, which this test does not know", keyword)
		}
	}
	return append(wrong, validateObject(schema, value, at)...)
}

func texts(v any) (all []string) {
	if one, ok := v.(string); ok {
		return []string{one}
	}
	for _, one := range v.([]any) {
		all = append(all, one.(string))
	}
	return all
}

func number(v any) (float64, bool) {
	switch n := v.(type) {
	case int:
		return float64(n), true
	case float64:
		return n, true
	}
	return 0, false
}

func isType(v any, name string) bool {
	n, isNumber := number(v)
	switch name {
	case "string":
		s, ok := v.(string)
		return ok && utf8.ValidString(s)
	case "boolean":
		_, ok := v.(bool)
		return ok
	case "number":
		return isNumber
	case "integer":
		return isNumber && n == math.Trunc(n)
	case "array":
		_, ok := v.([]any)
		return ok
	case "object":
		_, ok := v.(map[string]any)
		return ok
	}
	return false
}

func validateList(keyword string, want, value any, at string) (wrong []string) {
	list, ok := value.([]any)
	switch {
	case !ok:
	case keyword == "minItems" && float64(len(list)) < want.(float64):
		return []string{at + ": too short a list"}
	case keyword == "items":
		for i, item := range list {
			wrong = append(wrong, validate(want.(map[string]any), item, fmt.Sprintf("%s.%d", at, i))...)
		}
	}
	return wrong
}

func validateKeys(keyword string, want, value any, at string) (wrong []string) {
	object, ok := value.(map[string]any)
	switch {
	case !ok:
	case keyword == "required":
		for _, key := range texts(want) {
			if _, there := object[key]; !there {
				wrong = append(wrong, at+": the key "+key+" is missing")
			}
		}
	case keyword == "propertyNames":
		for key := range object {
			wrong = append(wrong, validate(want.(map[string]any), key, at+"."+key)...)
		}
	case keyword == "minProperties" && float64(len(object)) < want.(float64),
		keyword == "maxProperties" && float64(len(object)) > want.(float64):
		return []string{fmt.Sprintf("%s: %d keys", at, len(object))}
	}
	return wrong
}

// validateObject goes through the keys of an object.
func validateObject(schema map[string]any, value any, at string) (wrong []string) {
	object, ok := value.(map[string]any)
	if !ok {
		return nil
	}
	known, _ := schema["properties"].(map[string]any)
	for key, one := range object {
		place := at + "." + key
		if property, ok := known[key]; ok {
			wrong = append(wrong, validate(property.(map[string]any), one, place)...)
			continue
		}
		switch others := schema["additionalProperties"].(type) {
		case map[string]any:
			wrong = append(wrong, validate(others, one, place)...)
		case bool:
			if !others {
				wrong = append(wrong, place+": no such key")
			}
		}
	}
	return wrong
}
