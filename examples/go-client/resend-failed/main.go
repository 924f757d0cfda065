// Sends again what the webhooks of a tenant have not received: go run ./resend-failed orders
package main

import (
	"context"
	"errors"
	"fmt"
	"log"
	"os"

	"hookcast.example/hookcast"
)

func main() {
	if len(os.Args) != 2 {
		log.Fatal("usage: resend-failed <tenant>")
	}
	client, err := hookcast.NewClient(os.Getenv("HOOKCAST_URL"), os.Getenv("HOOKCAST_KEY"))
	if err != nil {
		log.Fatal(err)
	}
	ctx := context.Background()
	for webhook, err := range client.ListWebhooks(ctx, hookcast.ListWebhooksInput{CacheName: os.Args[1]}) {
		if err != nil {
			log.Fatal(err)
		}
		if err := resend(ctx, client, webhook); err != nil {
			log.Fatal(err)
		}
	}
}

func resend(ctx context.Context, client *hookcast.Client, webhook hookcast.Webhook) error {
	failed := hookcast.ListDeliveriesInput{
		WebhookID: webhook.WebhookID,
		Status:    hookcast.DeliveryStatusFailed,
	}
	for delivery, err := range client.ListDeliveries(ctx, failed) {
		if err != nil {
			return err
		}
		_, err = client.RetryDelivery(ctx, hookcast.RetryDeliveryInput{
			WebhookID: webhook.WebhookID,
			MessageID: delivery.MessageID,
		})
		var refusal *hookcast.Error
		if errors.As(err, &refusal) {
			fmt.Println("not sent again", delivery.MessageID, refusal)
			continue
		}
		if err != nil {
			return err
		}
		fmt.Println("sent again", webhook.ID.WebhookName, delivery.MessageID)
	}
	return nil
}
