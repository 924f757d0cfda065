// Validate has kin-openapi load and validate the document that the service serves, and RE2 compile every expression in
// it. It prints how many expressions there are.
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"log"
	"os"
	"regexp"

	"github.com/getkin/kin-openapi/openapi3"
)

func main() {
	text, err := os.ReadFile(os.Args[1])
	must(err)
	document, err := openapi3.NewLoader().LoadFromData(text)
	must(err)
	must(document.Validate(context.Background()))

	var parsed any
	must(json.Unmarshal(text, &parsed))
	fmt.Println(compilePatterns(parsed))
}

// compilePatterns compiles what any `pattern` below the value says, and returns how many there are.
func compilePatterns(value any) (count int) {
	switch node := value.(type) {
	case map[string]any:
		if pattern, isText := node["pattern"].(string); isText {
			_, err := regexp.Compile(pattern)
			must(err)
			count++
		}
		for _, child := range node {
			count += compilePatterns(child)
		}
	case []any:
		for _, child := range node {
			count += compilePatterns(child)
		}
	}
	return count
}

func must(err error) {
	if err != nil {
		log.Fatal(err)
	}
}
