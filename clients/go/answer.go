package hookcast

import (
	"context"
	"encoding/json"
	"fmt"
	"iter"
	"net/http"
	"time"
)

// Answer is a complete answer.
type Answer struct {
	Status int
	// Response is what the envelope holds; empty for a 304.
	Response json.RawMessage
	// Text is the answer as it came.
	Text []byte
	// ETag is the webhook's version, for if-match and if-none-match, if the operation tells it.
	ETag string
	// RequestID is what the service's log knows the request by.
	RequestID string
}

// Call calls any operation but the publishing ones, and returns the whole answer. The fields are those
// of the path, the query and the body, in the names of the API, or the input of its method.
func (c *Client) Call(
	ctx context.Context, operation string, fields any, options ...CallOption,
) (*Answer, error) {
	request, err := requestOf(operation, fields)
	if err != nil {
		return nil, err
	}
	return c.send(ctx, request, options)
}

func respond[Response any](
	ctx context.Context, c *Client, operation string, input any, options []CallOption,
) (Response, error) {
	var response Response
	answer, err := c.Call(ctx, operation, input, options...)
	if err != nil {
		return response, err
	}
	return decoded[Response](answer)
}

func decoded[Response any](answer *Answer) (Response, error) {
	var response Response
	if err := json.Unmarshal(answer.Response, &response); err != nil {
		return response, fmt.Errorf("hookcast: the answer is not as the API says: %w", err)
	}
	return response, nil
}

// pages goes through the items of all pages. A page is asked for when it is needed.
func pages[Item any](
	ctx context.Context, c *Client, operation string, input any, list string, options []CallOption,
) iter.Seq2[Item, error] {
	return func(yield func(Item, error) bool) {
		var none Item
		given, err := fieldsOf(input)
		if err != nil {
			yield(none, err)
			return
		}
		for {
			page, err := respond[map[string]json.RawMessage](ctx, c, operation, given, options)
			if err != nil {
				yield(none, err)
				return
			}
			items, err := decoded[[]Item](&Answer{Response: page[list]})
			if err != nil {
				yield(none, err)
				return
			}
			for _, item := range items {
				if !yield(item, nil) {
					return
				}
			}
			cursor := page["nextCursor"]
			if len(cursor) == 0 || string(cursor) == "null" {
				return
			}
			given["cursor"] = cursor
		}
	}
}

// body is what the service, or the gateway before it, may have written.
type body struct {
	Response json.RawMessage `json:"response"`
	Error    *struct {
		Code    ErrorCode     `json:"code"`
		Message string        `json:"message"`
		Details []ErrorDetail `json:"details"`
	} `json:"error"`
	Message string `json:"message"`
}

// outcomeOf returns the answer, or why it is not what was asked for.
func outcomeOf(response *http.Response, text []byte, isBare bool, tries int) (*Answer, error) {
	status := response.StatusCode
	var parsed body
	isObject := json.Unmarshal(text, &parsed) == nil
	// Whatever else is at the address may well answer in JSON, too.
	isAnswer := isObject && (isBare || parsed.Response != nil)
	requestID := response.Header.Get("x-request-id")
	if (isAnswer && status >= 200 && status < 300) || status == http.StatusNotModified {
		content := parsed.Response
		if isBare {
			content = text
		}
		etag := response.Header.Get("etag")
		return &Answer{Status: status, Response: content, Text: text, ETag: etag, RequestID: requestID}, nil
	}
	refusal := &Error{
		Status:     status,
		Message:    gatewayMessage(parsed.Message, status),
		RequestID:  requestID,
		RetryAfter: retryAfter(response.Header.Get("retry-after"), time.Now()),
		Tries:      tries,
	}
	if parsed.Error != nil {
		refusal.Code = parsed.Error.Code
		refusal.Details = parsed.Error.Details
		if parsed.Error.Message != "" {
			refusal.Message = parsed.Error.Message
		}
	}
	return nil, refusal
}

func gatewayMessage(message string, status int) string {
	switch message {
	case "Forbidden":
		// The gateway says no more than this of a key that it does not let in.
		return "the API key is unknown, expired or revoked"
	case "":
		return fmt.Sprintf("answered %d, not as Hookcast does", status)
	default:
		return message
	}
}
