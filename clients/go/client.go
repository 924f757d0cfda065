package hookcast

import (
	"errors"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"time"
)

const userAgent = "hookcast-go/0.1.0"

// Client calls the service: each operation of the API is a method. It is safe for concurrent use.
type Client struct {
	url        string
	key        string
	timeout    time.Duration
	maxRetries int
	http       *http.Client
}

// Option changes a client.
type Option func(*Client)

// WithTimeout says how long one try may take, to the last byte of its answer: 30 seconds by default.
func WithTimeout(timeout time.Duration) Option {
	return func(c *Client) { c.timeout = timeout }
}

// WithMaxRetries says how often a request is sent again at most: 3 times by default.
func WithMaxRetries(retries int) Option {
	return func(c *Client) { c.maxRetries = retries }
}

// WithHTTPClient takes an HTTP client of your own, with a proxy or certificates. Redirections are
// never followed.
func WithHTTPClient(client *http.Client) Option {
	return func(c *Client) {
		own := *client
		c.http = &own
	}
}

var visible = regexp.MustCompile(`^[\x21-\x7e]+$`)

// NewClient makes a client of the service at an address, to which its paths are added.
func NewClient(address, key string, options ...Option) (*Client, error) {
	parsed, err := url.Parse(address)
	if err != nil || (parsed.Scheme != "https" && parsed.Scheme != "http") || parsed.Host == "" {
		return nil, &InputError{Err: errors.New("the address must begin with https:// or http://")}
	}
	if !visible.MatchString(key) {
		return nil, &InputError{Err: errors.New("the key must be visible characters")}
	}
	client := &Client{
		url:        strings.TrimRight(address, "/"),
		key:        key,
		timeout:    30 * time.Second,
		maxRetries: 3,
		http:       &http.Client{},
	}
	for _, option := range options {
		option(client)
	}
	client.http.CheckRedirect = func(*http.Request, []*http.Request) error {
		return http.ErrUseLastResponse
	}
	return client, nil
}

// String leaves out the key, which would end in logs.
func (c *Client) String() string {
	return "hookcast client of " + c.url
}

// GoString leaves out the key as well.
func (c *Client) GoString() string {
	return c.String()
}

type call struct {
	timeout time.Duration
	headers http.Header
}

// CallOption changes one call.
type CallOption func(*call)

// WithCallTimeout says how long one try of this call may take.
func WithCallTimeout(timeout time.Duration) CallOption {
	return func(c *call) { c.timeout = timeout }
}

// WithHeader sends a header of the operation, such as webhook-hops.
func WithHeader(name, value string) CallOption {
	return func(c *call) { c.headers.Set(name, value) }
}

// WithIfMatch makes a change only if the webhook has this version.
func WithIfMatch(etag string) CallOption {
	return WithHeader("if-match", etag)
}
