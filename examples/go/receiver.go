// Receives deliveries: it verifies each, stores it, answers, and does the work afterwards.
package main

import (
	"io"
	"log"
	"net/http"
	"os"

	standardwebhooks "github.com/standard-webhooks/standard-webhooks/libraries/go"
)

// No delivery is larger.
const maxBodyBytes = 2 << 20

func main() {
	secret := os.Getenv("SECRET")
	if secret == "" { // the library would accept it, and anyone can sign with it
		log.Fatal("SECRET is not set")
	}
	webhook, err := standardwebhooks.NewWebhook(secret)
	if err != nil {
		log.Fatal(err)
	}
	inbox, err := openInbox(os.Getenv("INBOX"))
	if err != nil {
		log.Fatal(err)
	}
	go work(inbox)

	log.Fatal(http.ListenAndServe("127.0.0.1:"+os.Getenv("PORT"), receiver(webhook, inbox)))
}

func receiver(webhook *standardwebhooks.Webhook, inbox *inbox) http.HandlerFunc {
	return func(response http.ResponseWriter, request *http.Request) {
		// The body as it came: the signature covers its bytes, not what a parser would make of them.
		body, err := io.ReadAll(http.MaxBytesReader(response, request.Body, maxBodyBytes))
		if err == nil {
			err = webhook.Verify(body, request.Header)
		}
		if err != nil {
			log.Println("not verified:", err)
			response.WriteHeader(http.StatusBadRequest)
			return
		}
		id := request.Header.Get("webhook-id")
		isNew, err := inbox.store(id, body)
		if err != nil { // then the delivery comes again
			log.Println("not stored:", err)
			response.WriteHeader(http.StatusInternalServerError)
			return
		}
		if isNew {
			log.Println("stored", id)
		} else {
			log.Println("seen before", id)
		}
		response.WriteHeader(http.StatusNoContent)
	}
}

// work begins with what was stored and not done when the receiver stopped.
func work(inbox *inbox) {
	for {
		err := inbox.handleWaiting(func(id string, body []byte) {
			log.Println("handled", id, string(body))
		})
		if err != nil {
			log.Println("not handled:", err)
		}
		<-inbox.arrived
	}
}
