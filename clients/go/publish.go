package hookcast

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"unicode/utf8"
)

// Content is what is published: JSON, RawJSON, Text or Bytes.
type Content struct {
	contentType string
	body        []byte
	member      string
	err         error
}

// JSON publishes a value as encoding/json writes it, without escapes for HTML.
func JSON(value any) Content {
	text, err := jsonOf(value)
	return Content{contentType: "application/json", body: text, member: "value", err: err}
}

// RawJSON publishes JSON that is written already, as it is.
func RawJSON(text string) Content {
	return Content{contentType: "application/json", body: []byte(text), member: "value"}
}

// Text publishes a text.
func Text(text string) Content {
	content := Content{contentType: "text/plain", body: []byte(text), member: "text"}
	if !utf8.ValidString(text) {
		content.err = &InputError{Err: errors.New("the text must be UTF-8")}
	}
	return content
}

// Bytes publishes bytes.
func Bytes(data []byte) Content {
	return Content{contentType: "application/octet-stream", body: bytes.Clone(data), member: "binary"}
}

// in returns the content as the member of a JSON object.
func (c Content) in() (string, json.RawMessage, error) {
	switch {
	case c.err != nil:
		return "", nil, c.err
	case c.member == "":
		return "", nil, &InputError{Err: errors.New("the content is missing")}
	case c.member == "text":
		text, err := jsonOf(string(c.body))
		return c.member, text, err
	case c.member == "binary":
		text, err := jsonOf(base64.StdEncoding.EncodeToString(c.body))
		return c.member, text, err
	case !json.Valid(c.body): // or a text that is none could pose as several messages
		return "", nil, &InputError{Err: errors.New("the value is not JSON")}
	default:
		return c.member, c.body, nil
	}
}

// PublishInput is what Publish takes.
type PublishInput struct {
	CacheName string
	TopicName string
	Content   Content
	Event     Event
	// ProductID: only webhooks of this product, or of none, receive the message.
	ProductID *int64
	// Raw: every webhook receives the value as it is, whatever its format.
	Raw bool
	// ContentType is that of the kind of content by default.
	ContentType string
	// IdempotencyKey is made for each call by default.
	IdempotencyKey string
	// WithoutIdempotencyKey saves the row that a key costs. Then no try is repeated.
	WithoutIdempotencyKey bool
}

// Publish publishes a message.
func (c *Client) Publish(
	ctx context.Context, input PublishInput, options ...CallOption,
) (*PublishResponse, error) {
	if input.Content.err != nil {
		return nil, input.Content.err
	}
	if input.Content.member == "" {
		return nil, &InputError{Err: errors.New("the content is missing")}
	}
	endpoint := endpoints["publish"]
	given, err := fieldsOf(struct {
		CacheName string `json:"cacheName"`
		TopicName string `json:"topicName"`
		Event     Event  `json:"event,omitzero"`
		ProductID *int64 `json:"productId,omitzero"`
		Raw       bool   `json:"raw,omitzero"`
	}{input.CacheName, input.TopicName, input.Event, input.ProductID, input.Raw})
	if err != nil {
		return nil, err
	}
	path, err := fillPath(endpoint.path, given)
	if err != nil {
		return nil, err
	}
	query, err := queryOf(given)
	if err != nil {
		return nil, err
	}
	headers := map[string]string{"content-type": input.Content.contentType}
	if input.ContentType != "" {
		headers["content-type"] = input.ContentType
	}
	key := keyOf(input.IdempotencyKey, input.WithoutIdempotencyKey)
	if key != "" {
		headers["idempotency-key"] = key
	}
	answer, err := c.send(ctx, &request{
		endpoint:     endpoint,
		target:       path + query,
		isRepeatable: key != "",
		headers:      headers,
		body:         input.Content.body,
	}, options)
	if err != nil {
		return nil, err
	}
	return decoded[*PublishResponse](answer)
}

// BatchMessage is a message of a batch.
type BatchMessage struct {
	Content   Content
	Event     Event
	ProductID *int64
	// IdempotencyKey is made for each message by default.
	IdempotencyKey string
	// WithoutIdempotencyKey saves the row that a key costs. Then the batch is not repeated.
	WithoutIdempotencyKey bool
}

// PublishBatchInput is what PublishBatch takes.
type PublishBatchInput struct {
	CacheName string
	TopicName string
	// Messages are 1 to 100.
	Messages []BatchMessage
}

// PublishBatch publishes messages, with one result for each, in order: a bad one fails alone.
func (c *Client) PublishBatch(
	ctx context.Context, input PublishBatchInput, options ...CallOption,
) (*PublishBatchResponse, error) {
	entries := make([]fields, len(input.Messages))
	isRepeatable := true
	for index, message := range input.Messages {
		entry, err := message.entry()
		if err != nil {
			return nil, err
		}
		entries[index] = entry
		isRepeatable = isRepeatable && !message.WithoutIdempotencyKey
	}
	endpoint := endpoints["publishBatch"]
	path, err := fieldsOf(map[string]string{"cacheName": input.CacheName, "topicName": input.TopicName})
	if err != nil {
		return nil, err
	}
	target, err := fillPath(endpoint.path, path)
	if err != nil {
		return nil, err
	}
	answer, err := c.send(ctx, &request{
		endpoint:     endpoint,
		target:       target,
		isRepeatable: isRepeatable,
		headers:      map[string]string{"content-type": "application/json"},
		body:         batchText(entries),
	}, options)
	if err != nil {
		return nil, err
	}
	return decoded[*PublishBatchResponse](answer)
}

func (m BatchMessage) entry() (fields, error) {
	member, content, err := m.Content.in()
	if err != nil {
		return nil, err
	}
	key := keyOf(m.IdempotencyKey, m.WithoutIdempotencyKey)
	entry, err := fieldsOf(struct {
		Event          Event  `json:"event,omitzero"`
		ProductID      *int64 `json:"productId,omitzero"`
		IdempotencyKey string `json:"idempotencyKey,omitzero"`
	}{m.Event, m.ProductID, key})
	if err != nil {
		return nil, err
	}
	entry[member] = content
	return entry, nil
}

// batchText is written by hand, since texts of JSON values are taken as they are.
func batchText(entries []fields) []byte {
	var text bytes.Buffer
	text.WriteString(`{"messages":[`)
	for index, entry := range entries {
		if index > 0 {
			text.WriteByte(',')
		}
		text.WriteByte('{')
		separator := ""
		for name, value := range entry {
			fmt.Fprintf(&text, "%s%q:", separator, name)
			text.Write(value)
			separator = ","
		}
		text.WriteByte('}')
	}
	text.WriteString("]}")
	return text.Bytes()
}

func keyOf(given string, isUnwanted bool) string {
	if isUnwanted {
		return ""
	}
	if given != "" {
		return given
	}
	return rand.Text()
}
