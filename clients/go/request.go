package hookcast

import (
	"bytes"
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"
)

type endpoint struct {
	method string
	path   string
	// isBare: it returns its value without the envelope.
	isBare bool
	// queryFields are, of an operation with a body, the fields of its query.
	queryFields []string
}

// request is what is sent, however often.
type request struct {
	endpoint
	// target is path and query.
	target string
	// isRepeatable: sending it twice does no more than sending it once.
	isRepeatable bool
	headers      map[string]string
	body         []byte
}

type fields map[string]json.RawMessage

// requestOf makes the request of an operation. What the path leaves of the input becomes the query of
// a GET or DELETE, else the JSON body.
func requestOf(operation string, input any) (*request, error) {
	endpoint, isKnown := endpoints[operation]
	if !isKnown {
		return nil, &InputError{Err: fmt.Errorf("there is no operation %s", operation)}
	}
	rest, err := fieldsOf(input)
	if err != nil {
		return nil, err
	}
	path, err := fillPath(endpoint.path, rest)
	if err != nil {
		return nil, err
	}
	if endpoint.method == "GET" || endpoint.method == "DELETE" {
		query, err := queryOf(rest)
		return &request{endpoint: endpoint, target: path + query, isRepeatable: true}, err
	}
	query := fields{}
	for _, name := range endpoint.queryFields {
		if value, isGiven := rest[name]; isGiven {
			query[name] = value
			delete(rest, name)
		}
	}
	queryText, err := queryOf(query)
	if err != nil {
		return nil, err
	}
	body, err := jsonOf(rest)
	return &request{
		endpoint:     endpoint,
		target:       path + queryText,
		isRepeatable: endpoint.method != "POST",
		headers:      map[string]string{"content-type": "application/json"},
		body:         body,
	}, err
}

func fieldsOf(input any) (fields, error) {
	text, err := jsonOf(input)
	if err != nil {
		return nil, err
	}
	found := fields{}
	if err := json.Unmarshal(text, &found); err != nil {
		return nil, &InputError{Err: err}
	}
	return found, nil
}

// jsonOf leaves < > & as they are, as receivers of what is published expect.
func jsonOf(value any) ([]byte, error) {
	var text bytes.Buffer
	encoder := json.NewEncoder(&text)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(value); err != nil {
		return nil, &InputError{Err: err}
	}
	return bytes.TrimSuffix(text.Bytes(), []byte("\n")), nil
}

// wholeNumber is an event's code.
var wholeNumber = regexp.MustCompile(`^[0-9]+$`)

var pathName = regexp.MustCompile(`\{(\w+)\}`)

// fillPath fills names in, and takes them from the fields.
func fillPath(path string, rest fields) (string, error) {
	var problem error
	filled := pathName.ReplaceAllStringFunc(path, func(match string) string {
		name := match[1 : len(match)-1]
		segment, err := segmentOf(name, rest[name])
		if err != nil {
			problem = err
		}
		delete(rest, name)
		return segment
	})
	return filled, problem
}

// segmentOf refuses what no name holds. The gateway decodes a path before it chooses the route, so an
// encoded slash would lead to another operation, and dots are resolved before anything is sent.
func segmentOf(name string, value json.RawMessage) (string, error) {
	if wholeNumber.Match(value) {
		return string(value), nil
	}
	var text string
	isText := json.Unmarshal(value, &text) == nil
	if !isText || text == "" || text == "." || text == ".." || strings.ContainsAny(text, `/?#%\`) {
		err := fmt.Errorf(`%s must be text, not empty, . or .., and without / ? # %% \`, name)
		return "", &InputError{Err: err}
	}
	if !utf8.ValidString(text) {
		return "", &InputError{Err: fmt.Errorf("%s must be UTF-8", name)}
	}
	return percentEncoded(text), nil
}

func queryOf(rest fields) (string, error) {
	names := make([]string, 0, len(rest))
	for name := range rest {
		names = append(names, name)
	}
	slices.Sort(names)
	parts := make([]string, 0, len(names))
	for _, name := range names {
		text, err := queryText(rest[name])
		if err != nil {
			return "", err
		}
		parts = append(parts, name+"="+percentEncoded(text))
	}
	if len(parts) == 0 {
		return "", nil
	}
	return "?" + strings.Join(parts, "&"), nil
}

// queryText returns texts without quotes, the items of a list separated by commas, and others as they are.
func queryText(value json.RawMessage) (string, error) {
	switch {
	case bytes.HasPrefix(value, []byte(`"`)):
		var text string
		err := json.Unmarshal(value, &text)
		return text, err
	case bytes.HasPrefix(value, []byte("[")):
		var items []json.RawMessage
		if err := json.Unmarshal(value, &items); err != nil {
			return "", err
		}
		texts := make([]string, len(items))
		for index, item := range items {
			text, err := queryText(item)
			if err != nil {
				return "", err
			}
			texts[index] = text
		}
		return strings.Join(texts, ","), nil
	default:
		return string(value), nil
	}
}

const unreserved = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.~"

func percentEncoded(text string) string {
	var encoded strings.Builder
	for _, one := range []byte(text) {
		if strings.IndexByte(unreserved, one) >= 0 {
			encoded.WriteByte(one)
		} else {
			fmt.Fprintf(&encoded, "%%%02X", one)
		}
	}
	return encoded.String()
}
