package hookcast

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"
)

func TestACancelledContextEndsTheCallWithItsCause(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("retry-after", "20")
		w.WriteHeader(http.StatusServiceUnavailable)
	}))
	defer server.Close()
	client, err := NewClient(server.URL, "hk_1")
	if err != nil {
		t.Fatal(err)
	}
	enough := errors.New("enough")
	ctx, cancel := context.WithCancelCause(t.Context())
	time.AfterFunc(100*time.Millisecond, func() { cancel(enough) })
	if _, err := client.GetOverview(ctx, GetOverviewInput{}); !errors.Is(err, enough) {
		t.Error(err)
	}
}

func TestNothingThatIsPrintedHasTheKey(t *testing.T) {
	client, err := NewClient("http://127.0.0.1:1", "hk_secret", WithMaxRetries(0))
	if err != nil {
		t.Fatal(err)
	}
	_, err = client.GetOverview(t.Context(), GetOverviewInput{})
	var lost *ConnectionError
	if !errors.As(err, &lost) {
		t.Error(err)
	}
	if text := fmt.Sprintf("%v %+v %#v %v", client, client, client, err); strings.Contains(text, "hk_secret") {
		t.Error(text)
	}
}

func TestNullIsNotTheSameAsLeftOut(t *testing.T) {
	type given struct {
		ProductID Nullable[int64] `json:"productId,omitzero"`
	}
	for text, value := range map[string]given{
		`{}`:                 {},
		`{"productId":null}`: {Null[int64]()},
		`{"productId":7}`:    {Value[int64](7)},
	} {
		if written, err := json.Marshal(value); err != nil || string(written) != text {
			t.Error(string(written), err)
		}
	}
}

func TestAConfigCanBeSentBackAsItCame(t *testing.T) {
	config := WebhookConfig{URL: "https://a.example/", MaxPerSecond: Ptr(0.5)}
	details, err := config.Details()
	if rate, isSet := details.MaxPerSecond.Get(); err != nil || !isSet || rate != 0.5 {
		t.Error(details, err)
	}
	if details.URL != config.URL {
		t.Error(details.URL)
	}
}
