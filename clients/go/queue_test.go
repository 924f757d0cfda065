package hookcast

import (
	"context"
	"encoding/json"
	"errors"
	"reflect"
	"strings"
	"testing"
)

// fakeQueue takes everything by default.
type fakeQueue struct {
	batches [][]string
	answer  func(entries []QueueEntry) ([]QueueOutcome, error)
}

func (q *fakeQueue) SendMessageBatch(
	_ context.Context, _ string, entries []QueueEntry,
) ([]QueueOutcome, error) {
	var bodies []string
	var taken []QueueOutcome
	for _, entry := range entries {
		bodies = append(bodies, entry.Body)
		taken = append(taken, QueueOutcome{ID: entry.ID, MessageID: "sqs-" + entry.ID})
	}
	q.batches = append(q.batches, bodies)
	if q.answer != nil {
		return q.answer(entries)
	}
	return taken, nil
}

func queued(contents ...Content) []QueuedMessage {
	messages := make([]QueuedMessage, len(contents))
	for index, content := range contents {
		messages[index] = QueuedMessage{CacheName: "orders", TopicName: "paid", Content: content}
	}
	return messages
}

func publishAll(queue *fakeQueue, messages []QueuedMessage) []QueueResult {
	publisher := NewQueuePublisher("https://sqs.example/1/ingest", queue)
	return publisher.PublishAll(context.Background(), messages)
}

func TestWritesEveryContentAsTheServiceReadsIt(t *testing.T) {
	queue := &fakeQueue{}
	messages := queued(
		JSON(map[string]any{"a": "<&>"}),
		RawJSON(" {\"n\":9007199254740993, \"x\":\"\uffff\"} "),
		Text("größe \x00 \ufffe"),
		Bytes([]byte{0, 255}),
	)
	messages[0].Event, messages[0].ProductID, messages[0].Hops = "101", Ptr[int64](0), 1
	messages[3].ContentType, messages[3].IdempotencyKey = "image/png", "k"
	publishAll(queue, messages)
	expected := []string{
		`{"cacheName":"orders","topicName":"paid","event":101,"productId":0,"hops":1,"value":{"a":"<&>"}}`,
		`{"cacheName":"orders","topicName":"paid","value": {"n":9007199254740993, "x":"\uffff"} }`,
		`{"cacheName":"orders","topicName":"paid","text":"größe \u0000 \ufffe"}`,
		`{"cacheName":"orders","topicName":"paid","contentType":"image/png","idempotencyKey":"k","binary":"AP8="}`,
	}
	if !reflect.DeepEqual(queue.batches, [][]string{expected}) {
		t.Error(queue.batches)
	}
	for _, body := range expected {
		if !json.Valid([]byte(body)) {
			t.Error(body)
		}
	}
}

func TestSendsTensInOrderAndTellsEachItsID(t *testing.T) {
	queue := &fakeQueue{}
	contents := make([]Content, 23)
	for index := range contents {
		contents[index] = JSON(index)
	}
	results := publishAll(queue, queued(contents...))
	if len(queue.batches) != 3 || len(queue.batches[0]) != 10 || len(queue.batches[2]) != 3 {
		t.Error(queue.batches)
	}
	if results[9].SQSMessageID != "sqs-9" || results[22].SQSMessageID != "sqs-2" {
		t.Error(results)
	}
	if !strings.HasSuffix(queue.batches[2][2], `"value":22}`) {
		t.Error(queue.batches[2])
	}
}

func TestSendsNoMoreBytesInACallThanSQSTakes(t *testing.T) {
	queue := &fakeQueue{}
	text := Text(strings.Repeat("x", 261_000))
	publishAll(queue, queued(text, text, text, text, text))
	if len(queue.batches) != 2 || len(queue.batches[0]) != 4 {
		t.Error(len(queue.batches))
	}
}

func TestSendsTheOthersOfWhatTheQueueWouldNotTake(t *testing.T) {
	queue := &fakeQueue{}
	results := publishAll(queue, queued(
		Text("before"), Text(strings.Repeat("x", 1_044_481)), Content{}, RawJSON("{"), Text("after"),
	))
	var large *Error
	if !errors.As(results[1].Err, &large) || large.Code != ErrorCodePayloadTooLargeError {
		t.Error(results[1].Err)
	}
	for _, result := range results[2:4] {
		var input *InputError
		if !errors.As(result.Err, &input) {
			t.Error(result)
		}
	}
	if results[0].SQSMessageID != "sqs-0" || results[4].SQSMessageID != "sqs-1" {
		t.Error(results)
	}
}

func TestTellsASendersFaultFromOneOfSQS(t *testing.T) {
	queue := &fakeQueue{answer: func([]QueueEntry) ([]QueueOutcome, error) {
		return []QueueOutcome{
			{ID: "2", Failed: true, Code: "InternalError", Message: "try again"},
			{ID: "1", Failed: true, Code: "InvalidMessageContents", IsSenderFault: true},
			{ID: "0", MessageID: "a"},
		}, nil
	}}
	results := publishAll(queue, queued(JSON(0), JSON(1), JSON(2), JSON(3)))
	if results[0].SQSMessageID != "a" || results[0].Err != nil {
		t.Error(results[0])
	}
	for index, said := range map[int]string{
		1: "hookcast: 400 INVALID_ARGUMENT_ERROR: SQS refused the message: InvalidMessageContents",
		2: "hookcast: 503 SERVER_UNAVAILABLE: SQS refused the message: InternalError: try again",
		3: "hookcast: SQS told nothing of it",
	} {
		if results[index].Err.Error() != said {
			t.Error(results[index].Err)
		}
	}
}

func TestSaysThatItDoesNotKnowWhereTheCallFails(t *testing.T) {
	cause := errors.New("socket hang up")
	queue := &fakeQueue{answer: func([]QueueEntry) ([]QueueOutcome, error) { return nil, cause }}
	publisher := NewQueuePublisher("https://sqs.example/1/ingest", queue)
	_, err := publisher.Publish(context.Background(), queued(JSON(1))[0])
	var lost *ConnectionError
	if !errors.As(err, &lost) || !errors.Is(err, cause) || lost.Tries != 1 {
		t.Error(err)
	}
}
