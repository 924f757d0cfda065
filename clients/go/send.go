package hookcast

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"time"
)

// send sends a request as often as is of use, and returns what came of the last try.
func (c *Client) send(ctx context.Context, request *request, options []CallOption) (*Answer, error) {
	call := call{timeout: c.timeout, headers: http.Header{}}
	for _, option := range options {
		option(&call)
	}
	for tries := 1; ; tries++ {
		answer, err := c.try(ctx, request, &call, tries)
		if err == nil {
			return answer, nil
		}
		// Who gives up wants to hear so, whatever came of the last try.
		if cause := ctx.Err(); cause != nil {
			return nil, context.Cause(ctx)
		}
		wait, isAgain := waitBeforeRetry(err, request.isRepeatable, randomChance())
		if tries > c.maxRetries || !isAgain {
			return nil, err
		}
		timer := time.NewTimer(wait)
		select {
		case <-ctx.Done():
			timer.Stop()
			return nil, context.Cause(ctx)
		case <-timer.C:
		}
	}
}

func (c *Client) try(
	ctx context.Context, request *request, call *call, tries int,
) (*Answer, error) {
	lost := func(err error) error {
		if errors.Is(err, context.DeadlineExceeded) {
			err = fmt.Errorf("no answer within %s: %w", call.timeout, err)
		}
		return &ConnectionError{Err: fmt.Errorf("%s: %w", c.url, err), Tries: tries}
	}
	ctx, cancel := context.WithTimeout(ctx, call.timeout)
	defer cancel()
	sent, err := http.NewRequestWithContext(
		ctx, request.method, c.url+request.target, bytes.NewReader(request.body),
	)
	if err != nil {
		return nil, &InputError{Err: err}
	}
	sent.Header = call.headers.Clone()
	for name, value := range request.headers {
		sent.Header.Set(name, value)
	}
	sent.Header.Set("authorization", "Bearer "+c.key)
	sent.Header.Set("user-agent", userAgent)
	response, err := c.http.Do(sent)
	if err != nil {
		return nil, lost(err)
	}
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	if err != nil {
		return nil, lost(err)
	}
	status := response.StatusCode
	if status >= 300 && status < 400 && status != http.StatusNotModified {
		// The service never redirects; whoever does is not the service.
		return nil, lost(fmt.Errorf("answered %d, a redirection", status))
	}
	return outcomeOf(response, text, request.isBare, tries)
}
