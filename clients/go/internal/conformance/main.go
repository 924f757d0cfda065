// Command conformance does what the conformance test asks for: one JSON object a line, one line of
// answer each.
package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"os"
	"reflect"
	"strings"
	"time"

	"hookcast.example/hookcast"
)

type question struct {
	Client struct {
		URL        string `json:"url"`
		Key        string `json:"key"`
		TimeoutMs  int    `json:"timeoutMs"`
		MaxRetries *int   `json:"maxRetries"`
	} `json:"client"`
	Call    string            `json:"call"`
	Input   json.RawMessage   `json:"input"`
	Headers map[string]string `json:"headers"`
	Whole   bool              `json:"whole"`
	Take    int               `json:"take"`
	Verify  *verification     `json:"verify"`
}

type verification struct {
	Headers          map[string]string `json:"headers"`
	Body             []byte            `json:"body"`
	Secret           string            `json:"secret"`
	PublicKey        string            `json:"publicKey"`
	ToleranceSeconds *int              `json:"toleranceSeconds"`
	Momento          bool              `json:"momento"`
}

func main() {
	lines := bufio.NewScanner(os.Stdin)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		var asked question
		if err := json.Unmarshal(lines.Bytes(), &asked); err != nil {
			panic(err)
		}
		outcome := map[string]any{}
		if result, err := answer(asked); err != nil {
			outcome["error"] = problem(err)
		} else {
			outcome["ok"] = result
		}
		text, err := json.Marshal(outcome)
		if err != nil {
			panic(err)
		}
		fmt.Println(string(text))
	}
}

func answer(asked question) (any, error) {
	if asked.Verify != nil {
		return verified(*asked.Verify)
	}
	options := []hookcast.Option{}
	if asked.Client.TimeoutMs > 0 {
		timeout := time.Duration(asked.Client.TimeoutMs) * time.Millisecond
		options = append(options, hookcast.WithTimeout(timeout))
	}
	if asked.Client.MaxRetries != nil {
		options = append(options, hookcast.WithMaxRetries(*asked.Client.MaxRetries))
	}
	client, err := hookcast.NewClient(asked.Client.URL, asked.Client.Key, options...)
	if err != nil {
		return nil, err
	}
	headers := []hookcast.CallOption{}
	for name, value := range asked.Headers {
		headers = append(headers, hookcast.WithHeader(name, value))
	}
	ctx := context.Background()
	switch {
	case asked.Whole:
		return whole(client.Call(ctx, asked.Call, asked.Input, headers...))
	case asked.Call == "publish":
		return published(ctx, client, asked.Input, headers)
	case asked.Call == "publishBatch":
		return publishedBatch(ctx, client, asked.Input, headers)
	default:
		return called(ctx, client, asked, headers)
	}
}

func whole(answer *hookcast.Answer, err error) (any, error) {
	if err != nil {
		return nil, err
	}
	return map[string]any{
		"status": answer.Status, "response": answer.Response, "text": string(answer.Text),
		"etag": answer.ETag, "requestId": answer.RequestID,
	}, nil
}

// called finds the method of an operation, and what it takes.
func called(
	ctx context.Context, client *hookcast.Client, asked question, headers []hookcast.CallOption,
) (any, error) {
	name := strings.ToUpper(asked.Call[:1]) + asked.Call[1:]
	method := reflect.ValueOf(client).MethodByName(strings.Replace(name, "OpenApi", "OpenAPI", 1))
	if !method.IsValid() {
		return nil, fmt.Errorf("there is no method %s", name)
	}
	arguments := []reflect.Value{reflect.ValueOf(ctx)}
	if method.Type().NumIn() == 3 {
		input := reflect.New(method.Type().In(1))
		if err := json.Unmarshal(asked.Input, input.Interface()); err != nil {
			return nil, err
		}
		arguments = append(arguments, input.Elem())
	}
	for _, header := range headers {
		arguments = append(arguments, reflect.ValueOf(header))
	}
	results := method.Call(arguments)
	if len(results) == 2 {
		err, _ := results[1].Interface().(error)
		return results[0].Interface(), err
	}
	found := []any{}
	for item, problem := range results[0].Seq2() {
		if err, isError := problem.Interface().(error); isError {
			return nil, err
		}
		found = append(found, item.Interface())
		if len(found) == asked.Take {
			break
		}
	}
	return found, nil
}

type message struct {
	Value          json.RawMessage `json:"value"`
	JSON           *string         `json:"json"`
	Text           *string         `json:"text"`
	Bytes          []byte          `json:"bytes"`
	Event          hookcast.Event  `json:"event"`
	ProductID      *int64          `json:"productId"`
	ContentType    string          `json:"contentType"`
	IdempotencyKey json.RawMessage `json:"idempotencyKey"`
	CacheName      string          `json:"cacheName"`
	TopicName      string          `json:"topicName"`
	Messages       []message       `json:"messages"`
}

func (m message) content() hookcast.Content {
	switch {
	case m.JSON != nil:
		return hookcast.RawJSON(*m.JSON)
	case m.Text != nil:
		return hookcast.Text(*m.Text)
	case m.Bytes != nil:
		return hookcast.Bytes(m.Bytes)
	default:
		return hookcast.JSON(m.Value)
	}
}

// key returns the idempotency key, and whether none is wanted.
func (m message) key() (string, bool) {
	var key string
	_ = json.Unmarshal(m.IdempotencyKey, &key)
	return key, string(m.IdempotencyKey) == "null"
}

func published(
	ctx context.Context, client *hookcast.Client, input []byte, headers []hookcast.CallOption,
) (any, error) {
	var given message
	if err := json.Unmarshal(input, &given); err != nil {
		return nil, err
	}
	key, isUnwanted := given.key()
	return client.Publish(ctx, hookcast.PublishInput{
		CacheName:             given.CacheName,
		TopicName:             given.TopicName,
		Content:               given.content(),
		Event:                 given.Event,
		ProductID:             given.ProductID,
		ContentType:           given.ContentType,
		IdempotencyKey:        key,
		WithoutIdempotencyKey: isUnwanted,
	}, headers...)
}

func publishedBatch(
	ctx context.Context, client *hookcast.Client, input []byte, headers []hookcast.CallOption,
) (any, error) {
	var given message
	if err := json.Unmarshal(input, &given); err != nil {
		return nil, err
	}
	messages := make([]hookcast.BatchMessage, len(given.Messages))
	for index, one := range given.Messages {
		key, isUnwanted := one.key()
		messages[index] = hookcast.BatchMessage{
			Content:               one.content(),
			Event:                 one.Event,
			ProductID:             one.ProductID,
			IdempotencyKey:        key,
			WithoutIdempotencyKey: isUnwanted,
		}
	}
	return client.PublishBatch(ctx, hookcast.PublishBatchInput{
		CacheName: given.CacheName, TopicName: given.TopicName, Messages: messages,
	}, headers...)
}

func verified(asked verification) (any, error) {
	header := http.Header{}
	for name, value := range asked.Headers {
		header.Set(name, value)
	}
	return json.RawMessage(asked.Body), verify(header, asked)
}

func verify(header http.Header, asked verification) error {
	options := []hookcast.VerifyOption{}
	if asked.ToleranceSeconds != nil {
		tolerance := time.Duration(*asked.ToleranceSeconds) * time.Second
		options = append(options, hookcast.WithTolerance(tolerance))
	}
	switch {
	case asked.Momento:
		return hookcast.VerifyMomento(header, asked.Body, asked.Secret)
	case asked.PublicKey != "":
		return hookcast.VerifyPublic(header, asked.Body, []string{asked.PublicKey}, options...)
	default:
		return hookcast.Verify(header, asked.Body, asked.Secret, options...)
	}
}

func problem(err error) map[string]any {
	var (
		refusal      *hookcast.Error
		lost         *hookcast.ConnectionError
		bad          *hookcast.InputError
		unverifiable *hookcast.VerificationError
	)
	switch {
	case errors.As(err, &refusal):
		details := refusal.Details
		if details == nil {
			details = []hookcast.ErrorDetail{}
		}
		told := map[string]any{
			"kind": "refused", "status": refusal.Status, "code": nil, "message": refusal.Message,
			"details": details, "requestId": refusal.RequestID, "retryAfterMs": nil,
			"tries": refusal.Tries,
		}
		if refusal.Code != "" {
			told["code"] = refusal.Code
		}
		if refusal.RetryAfter != nil {
			told["retryAfterMs"] = refusal.RetryAfter.Milliseconds()
		}
		return told
	case errors.As(err, &lost):
		return map[string]any{"kind": "connection", "message": lost.Error(), "tries": lost.Tries}
	case errors.As(err, &bad):
		return map[string]any{"kind": "input", "message": bad.Error()}
	case errors.As(err, &unverifiable):
		return map[string]any{"kind": "verification", "message": unverifiable.Reason}
	default:
		panic(err)
	}
}
