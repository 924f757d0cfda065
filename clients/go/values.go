package hookcast

import (
	"bytes"
	"encoding/json"
	"fmt"
	"regexp"
)

// Event is the code of an event, as "101", or its dotted name, as "invoice.paid".
type Event string

var isCode = regexp.MustCompile(`^(0|[1-9]\d{0,15})$`)

// MarshalJSON writes a code as a number.
func (e Event) MarshalJSON() ([]byte, error) {
	if isCode.MatchString(string(e)) {
		return []byte(e), nil
	}
	return json.Marshal(string(e))
}

// UnmarshalJSON reads a number or a text.
func (e *Event) UnmarshalJSON(text []byte) error {
	if bytes.HasPrefix(text, []byte(`"`)) {
		var name string
		err := json.Unmarshal(text, &name)
		*e = Event(name)
		return err
	}
	var code json.Number
	if err := json.Unmarshal(text, &code); err != nil {
		return fmt.Errorf("an event is a number or a text: %w", err)
	}
	*e = Event(code.String())
	return nil
}

// Nullable is a value, null, or, as its zero value, left out.
type Nullable[T any] struct {
	value *T
	isSet bool
}

// Value is sent.
func Value[T any](value T) Nullable[T] {
	return Nullable[T]{value: &value, isSet: true}
}

// Null is sent as null.
func Null[T any]() Nullable[T] {
	return Nullable[T]{isSet: true}
}

// Get returns the value, and whether there is one.
func (n Nullable[T]) Get() (T, bool) {
	if n.value == nil {
		var none T
		return none, false
	}
	return *n.value, true
}

// IsZero tells whether it is left out.
func (n Nullable[T]) IsZero() bool {
	return !n.isSet
}

// MarshalJSON writes the value, or null.
func (n Nullable[T]) MarshalJSON() ([]byte, error) {
	return json.Marshal(n.value)
}

// UnmarshalJSON reads a value, or null.
func (n *Nullable[T]) UnmarshalJSON(text []byte) error {
	n.isSet = true
	return json.Unmarshal(text, &n.value)
}

// Ptr returns a pointer to a value, for fields that may be left out.
func Ptr[T any](value T) *T {
	return &value
}

// Details returns what UpdateWebhookDetails takes, so that a config can be sent back as it came.
func (c WebhookConfig) Details() (WebhookDetailsConfig, error) {
	var details WebhookDetailsConfig
	text, err := json.Marshal(c)
	if err != nil {
		return details, err
	}
	return details, json.Unmarshal(text, &details)
}
