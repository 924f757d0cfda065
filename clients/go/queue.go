package hookcast

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
)

const (
	maxQueueEntries    = 10
	maxQueueBatchBytes = 1_048_576
	// maxQueueBodyBytes is what an ingest queue takes.
	maxQueueBodyBytes = 1_044_480
)

// QueueEntry is one message of a call to SQS.
type QueueEntry struct {
	ID   string
	Body string
}

// QueueOutcome is what SQS says of one entry: the id that it gave it, or why it has not taken it.
type QueueOutcome struct {
	ID        string
	MessageID string
	// Failed says that SQS has not taken the entry, for the reason in Code and Message.
	Failed        bool
	Code          string
	Message       string
	IsSenderFault bool
}

// QueueSender sends up to ten entries to a queue in one call. A client of SQS becomes one in a few
// lines: see examples/go-queue.
type QueueSender interface {
	SendMessageBatch(ctx context.Context, queueURL string, entries []QueueEntry) ([]QueueOutcome, error)
}

// QueuedMessage is a message for an ingest queue. It has no idempotency key of its own, since each
// key costs two writes.
type QueuedMessage struct {
	CacheName string
	TopicName string
	Content   Content
	Event     Event
	ProductID *int64
	// ContentType is that of the kind of content by default.
	ContentType    string
	IdempotencyKey string
	// Hops is what a delivery's webhook-hops says, if the message passes the delivery on.
	Hops int
}

// QueueResult is what became of one message: an id of SQS, or an error. It is an *InputError if
// nothing was sent, an *Error if SQS refused the message, and a *ConnectionError if nobody knows
// whether SQS has it.
type QueueResult struct {
	SQSMessageID string
	Err          error
}

// QueuePublisher publishes through an ingest queue: without an API key, ten messages to a call. It
// is safe for concurrent use if its sender is.
type QueuePublisher struct {
	queueURL string
	sender   QueueSender
}

// NewQueuePublisher takes the address of the ingest queue, as the output IngestQueue tells it.
func NewQueuePublisher(queueURL string, sender QueueSender) *QueuePublisher {
	return &QueuePublisher{queueURL: queueURL, sender: sender}
}

// Publish sends one message, and returns the id that SQS gives it.
func (p *QueuePublisher) Publish(ctx context.Context, message QueuedMessage) (string, error) {
	result := p.PublishAll(ctx, []QueuedMessage{message})[0]
	return result.SQSMessageID, result.Err
}

// PublishAll sends messages, with one result for each, in order: a bad one fails alone.
func (p *QueuePublisher) PublishAll(ctx context.Context, messages []QueuedMessage) []QueueResult {
	results := make([]QueueResult, len(messages))
	var batch []QueueEntry
	var indexes []int
	size := 0
	flush := func() {
		if len(batch) > 0 {
			p.send(ctx, batch, indexes, results)
		}
		batch, indexes, size = nil, nil, 0
	}
	for index, message := range messages {
		body, err := message.body()
		if err != nil {
			results[index].Err = err
			continue
		}
		if len(batch) == maxQueueEntries || size+len(body) > maxQueueBatchBytes {
			flush()
		}
		batch = append(batch, QueueEntry{ID: fmt.Sprint(len(batch)), Body: body})
		indexes = append(indexes, index)
		size += len(body)
	}
	flush()
	return results
}

func (p *QueuePublisher) send(
	ctx context.Context, batch []QueueEntry, indexes []int, results []QueueResult,
) {
	outcomes, err := p.sender.SendMessageBatch(ctx, p.queueURL, batch)
	if err == nil {
		err = errors.New("SQS told nothing of it")
	} else {
		err = fmt.Errorf("it is not known whether SQS has the message: %w", err)
	}
	told := map[string]QueueOutcome{}
	for _, outcome := range outcomes {
		told[outcome.ID] = outcome
	}
	for position, index := range indexes {
		outcome, isTold := told[batch[position].ID]
		switch {
		case !isTold:
			results[index].Err = &ConnectionError{Err: err, Tries: 1}
		case outcome.Failed:
			results[index].Err = outcome.refusal()
		default:
			results[index].SQSMessageID = outcome.MessageID
		}
	}
}

func (o QueueOutcome) refusal() *Error {
	reason := strings.Trim(o.Code+": "+o.Message, ": ")
	refusal := &Error{Message: "SQS refused the message: " + reason, Tries: 1}
	if o.IsSenderFault {
		refusal.Status, refusal.Code = http.StatusBadRequest, ErrorCodeInvalidArgumentError
	} else {
		refusal.Status, refusal.Code = http.StatusServiceUnavailable, ErrorCodeServerUnavailable
	}
	return refusal
}

// body is written by hand, since texts of JSON values are taken as they are.
func (m QueuedMessage) body() (string, error) {
	member, content, err := m.Content.in()
	if err != nil {
		return "", err
	}
	facts, err := jsonOf(struct {
		CacheName      string `json:"cacheName"`
		TopicName      string `json:"topicName"`
		Event          Event  `json:"event,omitzero"`
		ProductID      *int64 `json:"productId,omitzero"`
		ContentType    string `json:"contentType,omitzero"`
		IdempotencyKey string `json:"idempotencyKey,omitzero"`
		Hops           int    `json:"hops,omitzero"`
	}{m.CacheName, m.TopicName, m.Event, m.ProductID, m.ContentType, m.IdempotencyKey, m.Hops})
	if err != nil {
		return "", err
	}
	body := fmt.Sprintf("%s,%q:%s}", bytes.TrimSuffix(facts, []byte("}")), member, content)
	// SQS carries the characters of XML 1.0 only; these stand in strings, where the escape means the same.
	body = strings.NewReplacer("\ufffe", `\ufffe`, "\uffff", `\uffff`).Replace(body)
	if len(body) > maxQueueBodyBytes {
		return "", &Error{
			Status:  http.StatusRequestEntityTooLarge,
			Code:    ErrorCodePayloadTooLargeError,
			Message: fmt.Sprintf("a message in the queue has at most %d bytes", maxQueueBodyBytes),
			Tries:   1,
		}
	}
	return body, nil
}
