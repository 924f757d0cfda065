// Publishes through an ingest queue, with the SQS client of the AWS SDK. QUEUE is the address of
// the queue.
package main

import (
	"context"
	"fmt"
	"log"
	"os"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/config"
	"github.com/aws/aws-sdk-go-v2/service/sqs"
	"github.com/aws/aws-sdk-go-v2/service/sqs/types"
	"hookcast.example/hookcast"
)

// sender lets the publisher use the client of the SDK.
type sender struct{ client *sqs.Client }

func (s sender) SendMessageBatch(
	ctx context.Context, queueURL string, entries []hookcast.QueueEntry,
) ([]hookcast.QueueOutcome, error) {
	input := &sqs.SendMessageBatchInput{QueueUrl: &queueURL}
	for _, entry := range entries {
		input.Entries = append(input.Entries, types.SendMessageBatchRequestEntry{
			Id: aws.String(entry.ID), MessageBody: aws.String(entry.Body),
		})
	}
	output, err := s.client.SendMessageBatch(ctx, input)
	if err != nil {
		return nil, err
	}
	var outcomes []hookcast.QueueOutcome
	for _, sent := range output.Successful {
		outcomes = append(outcomes, hookcast.QueueOutcome{
			ID: aws.ToString(sent.Id), MessageID: aws.ToString(sent.MessageId),
		})
	}
	for _, failed := range output.Failed {
		outcomes = append(outcomes, hookcast.QueueOutcome{
			ID: aws.ToString(failed.Id), Failed: true, IsSenderFault: failed.SenderFault,
			Code: aws.ToString(failed.Code), Message: aws.ToString(failed.Message),
		})
	}
	return outcomes, nil
}

func main() {
	ctx := context.Background()
	settings, err := config.LoadDefaultConfig(ctx)
	if err != nil {
		log.Fatal(err)
	}
	publisher := hookcast.NewQueuePublisher(os.Getenv("QUEUE"), sender{sqs.NewFromConfig(settings)})
	messages := make([]hookcast.QueuedMessage, 12)
	for index := range messages {
		messages[index] = hookcast.QueuedMessage{
			CacheName: "orders",
			TopicName: "paid",
			Content:   hookcast.JSON(map[string]int{"order": index}),
		}
	}
	for _, result := range publisher.PublishAll(ctx, messages) {
		if result.Err != nil {
			log.Fatal(result.Err)
		}
		fmt.Println("sent", result.SQSMessageID)
	}
}
