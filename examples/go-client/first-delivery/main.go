// From nothing to a verified delivery: puts a webhook, publishes, and verifies what arrives.
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"os"
	"time"

	"hookcast.example/hookcast"
)

func main() {
	ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
	defer cancel()
	client, err := hookcast.NewClient(os.Getenv("HOOKCAST_URL"), os.Getenv("HOOKCAST_KEY"))
	if err != nil {
		log.Fatal(err)
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		log.Fatal(err)
	}
	put, err := client.PutWebhook(ctx, hookcast.PutWebhookInput{
		CacheName:   "orders",
		WebhookName: "billing",
		TopicName:   "paid",
		Destination: hookcast.WebhookDestination{PostURL: "http://" + listener.Addr().String() + "/"},
	})
	if err != nil {
		log.Fatal(err)
	}
	arrived := make(chan struct{}, 1)
	server := &http.Server{Handler: receiver(put.SecretString, arrived)}
	go func() { _ = server.Serve(listener) }()

	published, err := client.Publish(ctx, hookcast.PublishInput{
		CacheName: "orders",
		TopicName: "paid",
		Content:   hookcast.JSON(map[string]string{"amount": "12.50"}),
	})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println("published", published.MessageID)
	select {
	case <-arrived:
	case <-ctx.Done():
		log.Fatal("nothing has arrived within half a minute")
	}
	// Not before the answer is sent: without it the delivery would be tried again.
	if err := server.Shutdown(ctx); err != nil {
		log.Fatal(err)
	}
}

func receiver(secret string, arrived chan<- struct{}) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, 1<<20))
		if err == nil {
			err = hookcast.Verify(r.Header, body, secret)
		}
		var payload struct {
			Type string          `json:"type"`
			Data json.RawMessage `json:"data"`
		}
		if err == nil {
			err = json.Unmarshal(body, &payload)
		}
		if err != nil {
			fmt.Println("not verified:", err)
			w.WriteHeader(http.StatusBadRequest)
			return
		}
		w.WriteHeader(http.StatusNoContent)
		fmt.Println("verified", r.Header.Get("webhook-id"), payload.Type, string(payload.Data))
		select {
		case arrived <- struct{}{}:
		default: // it has arrived before
		}
	})
}
