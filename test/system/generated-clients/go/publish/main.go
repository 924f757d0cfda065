// Publish uses the client that oapi-codegen has generated as somebody would who wrote a program with it. It prints the
// ids of the messages that it has published, by kind, as JSON.
package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"log"
	"net/http"
	"os"
	"time"

	"generated/hookcast"
)

const cache, topic = "generated-go", "paid"

func main() {
	ctx := context.Background()
	client := newClient()

	format := hookcast.FormatRaw
	receiver := os.Getenv("RECEIVER_URL")
	wanted := wantedEvents(101, "invoice.paid")
	put, err := client.PutWebhookWithResponse(ctx, cache, "billing", nil, hookcast.PutWebhookJSONRequestBody{
		Destination: hookcast.WebhookDestination{PostUrl: receiver},
		TopicName:   topic,
		Events:      &wanted,
		Config:      &hookcast.PutWebhookConfig{Format: &format},
	})
	must(err)
	expect(put.JSON201 != nil, put.Body)
	webhookId := put.JSON201.Response.WebhookId
	published := map[string]any{"secretString": put.JSON201.Response.SecretString}

	var object hookcast.JsonValue
	must(object.FromJsonValue0(map[string]any{"amount": 12}))
	event := code(101)
	sent, err := client.PublishWithResponse(ctx, cache, topic, &hookcast.PublishParams{Event: &event}, object)
	must(err)
	expect(sent.JSON202 != nil, sent.Body)
	published["object"] = sent.JSON202.Response.MessageId

	event = name("invoice.paid")
	params := &hookcast.PublishParams{Event: &event}
	sent, err = client.PublishWithTextBodyWithResponse(ctx, cache, topic, params, "Here I am!!")
	must(err)
	expect(sent.JSON202 != nil, sent.Body)
	published["text"] = sent.JSON202.Response.MessageId

	raw := bytes.NewReader([]byte{0, 255, 10, 13, 128})
	sent, err = client.PublishWithBodyWithResponse(ctx, cache, topic, params, "application/octet-stream", raw)
	must(err)
	expect(sent.JSON202 != nil, sent.Body)
	published["bytes"] = sent.JSON202.Response.MessageId

	batch, err := client.PublishBatchWithResponse(ctx, cache, topic, nil, entries())
	must(err)
	expect(batch.JSON202 != nil, batch.Body)
	var ids []string
	for _, result := range batch.JSON202.Response.Results {
		accepted, err := result.AsPublishBatchSuccessResponseResults0()
		must(err)
		ids = append(ids, accepted.MessageId)
	}
	published["batch"] = ids

	kept, err := client.GetMessageWithResponse(ctx, cache, published["object"].(string))
	must(err)
	expect(kept.JSON200 != nil, kept.Body)
	number, err := kept.JSON200.Response.Event.AsEvent0()
	must(err)
	expect(number == 101, kept.Body)

	hourAgo := time.Now().In(time.FixedZone("east", 2*60*60)).Add(-time.Hour)
	list, err := client.ListDeliveriesWithResponse(ctx, webhookId, &hookcast.ListDeliveriesParams{Since: &hourAgo})
	must(err)
	expect(list.JSON200 != nil, list.Body)

	unknown, err := client.GetWebhookDetailsWithResponse(ctx, "whk_00000000000000000000000000", nil)
	must(err)
	expect(unknown.JSON404 != nil, unknown.Body)
	refused, err := unknown.JSON404.AsError()
	must(err)
	expect(refused.Error.Code == hookcast.NOTFOUNDERROR, unknown.Body)

	must(json.NewEncoder(os.Stdout).Encode(published))
}

func newClient() *hookcast.ClientWithResponses {
	authorize := func(_ context.Context, request *http.Request) error {
		request.Header.Set("authorization", "Bearer "+os.Getenv("HOOKCAST_KEY"))
		return nil
	}
	url := os.Getenv("HOOKCAST_URL")
	client, err := hookcast.NewClientWithResponses(url, hookcast.WithRequestEditorFn(authorize))
	must(err)
	return client
}

func entries() hookcast.PublishBatchJSONRequestBody {
	event := code(101)
	value := any(map[string]any{"amount": 13})
	var first, second, third hookcast.PublishBatchJSONBody_Messages_Item
	must(first.FromPublishBatchJSONBodyMessages0(hookcast.PublishBatchJSONBodyMessages0{Value: value, Event: &event}))
	must(second.FromPublishBatchJSONBodyMessages1(hookcast.PublishBatchJSONBodyMessages1{Text: "Here I am!!", Event: &event}))
	must(third.FromPublishBatchJSONBodyMessages2(hookcast.PublishBatchJSONBodyMessages2{Binary: []byte{0, 255, 10}, Event: &event}))
	return hookcast.PublishBatchJSONRequestBody{
		Messages: []hookcast.PublishBatchJSONBody_Messages_Item{first, second, third},
	}
}

func code(number int) (event hookcast.Event) {
	must(event.FromEvent0(number))
	return event
}

func name(text string) (event hookcast.Event) {
	must(event.FromEvent1(text))
	return event
}

func wantedEvents(number int, text string) []hookcast.WantedEvent {
	events := make([]hookcast.WantedEvent, 2)
	must(events[0].FromWantedEvent0(number))
	must(events[1].FromWantedEvent1(text))
	return events
}

func must(err error) {
	if err != nil {
		log.Fatal(err)
	}
}

func expect(isTrue bool, body []byte) {
	if !isTrue {
		log.Fatal(fmt.Errorf("unexpected answer: %s", body))
	}
}
