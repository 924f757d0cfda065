// Written by npm run clients out of the table of operations. A test compares.

package hookcast

import (
	"context"
	"encoding/json"
	"iter"
	"time"
)

// PutWebhookInput is what PutWebhook takes.
type PutWebhookInput struct {
	// The name of the cache (the tenant): 1 to 128 characters of any script, not only white space.
	CacheName string `json:"cacheName"`
	// The name of the webhook, unique within its cache.
	WebhookName string             `json:"webhookName"`
	ID          *WebhookIdentity   `json:"id,omitzero"`
	Destination WebhookDestination `json:"destination"`
	// The name of the topic. Topics that begin with `$` belong to the service: you can subscribe, but
	// not publish.
	TopicName string `json:"topicName"`
	// Only messages of this product; null means any or none.
	ProductID Nullable[int64] `json:"productId,omitzero"`
	// The events to receive; an empty list means every event.
	Events []Event           `json:"events,omitzero"`
	Config *PutWebhookConfig `json:"config,omitzero"`
	// The secret that deliveries are signed with: `whsec_` and the base64 of 16 to 75 bytes. With
	// `config.standardSignature` false, and no signature that decodes it, any 8 to 256 visible
	// characters.
	SecretString string `json:"secretString,omitzero"`
}

// PutWebhook: Create or replace a webhook. Creates the webhook, or replaces its topic, its URL and
// the other fields that you send. Store the secretString safely: receivers verify deliveries with
// it. A cache can have webhooksPerCache webhooks, ten of them for the topic `$hookcast`, and one
// more is refused with 429. The key needs the permission `manage`.
func (c *Client) PutWebhook(ctx context.Context, input PutWebhookInput, options ...CallOption) (*PutWebhookResponse, error) {
	return respond[*PutWebhookResponse](ctx, c, "putWebhook", input, options)
}

// ListWebhooksInput is what ListWebhooks takes.
type ListWebhooksInput struct {
	// The name of the cache (the tenant): 1 to 128 characters of any script, not only white space.
	CacheName string `json:"cacheName"`
	// The size of a page.
	Limit *int64 `json:"limit,omitzero"`
	// The start of the page: the `nextCursor` of the page before.
	Cursor string `json:"cursor,omitzero"`
	// The name of the topic. Topics that begin with `$` belong to the service: you can subscribe, but
	// not publish.
	TopicName string `json:"topicName,omitzero"`
	// Only webhooks in one of these states, separated by commas.
	State []WebhookHealthState `json:"state,omitzero"`
	// `health` adds each webhook's health. Such a response has no `ETag` and is never a 304.
	Include string `json:"include,omitzero"`
}

// ListWebhooks: List the webhooks of a cache. By name. You can call it as often as needed; caching
// the list reduces calls and improves performance. With `include=health` a page has at most 100
// webhooks. `state` without `ok` reads only webhooks that are not ok. The key needs the permission
// `read`.
func (c *Client) ListWebhooks(ctx context.Context, input ListWebhooksInput, options ...CallOption) iter.Seq2[Webhook, error] {
	return pages[Webhook](ctx, c, "listWebhooks", input, "webhooks", options)
}

// ListAllWebhooksInput is what ListAllWebhooks takes.
type ListAllWebhooksInput struct {
	// The size of a page.
	Limit *int64 `json:"limit,omitzero"`
	// The start of the page: the `nextCursor` of the page before.
	Cursor string `json:"cursor,omitzero"`
	// The name of the cache (the tenant): 1 to 128 characters of any script, not only white space.
	CacheName string `json:"cacheName,omitzero"`
	// The name of the topic. Topics that begin with `$` belong to the service: you can subscribe, but
	// not publish.
	TopicName string `json:"topicName,omitzero"`
	// Only webhooks with this status.
	WebhookStatus WebhookStatus `json:"webhookStatus,omitzero"`
	// Only webhooks in one of these states, separated by commas.
	State []WebhookHealthState `json:"state,omitzero"`
	// `health` adds each webhook's health. Such a response has no `ETag` and is never a 304.
	Include string `json:"include,omitzero"`
}

// ListAllWebhooks: List the webhooks of every cache. Every webhook of the caches that the key
// covers, by cache and name. A page may be short even if there is a cursor. With `include=health` a
// page has at most 100 webhooks. `state` without `ok` reads only webhooks that are not ok. The key
// needs the permission `read`.
func (c *Client) ListAllWebhooks(ctx context.Context, input ListAllWebhooksInput, options ...CallOption) iter.Seq2[Webhook, error] {
	return pages[Webhook](ctx, c, "listAllWebhooks", input, "webhooks", options)
}

// CreateWebhookInput is what CreateWebhook takes.
type CreateWebhookInput struct {
	ID          *NewWebhookIdentity `json:"id,omitzero"`
	Destination *WebhookDestination `json:"destination,omitzero"`
	// The name of the topic. Topics that begin with `$` belong to the service: you can subscribe, but
	// not publish.
	TopicName string `json:"topicName,omitzero"`
	// Only messages of this product; null means any or none.
	ProductID Nullable[int64] `json:"productId,omitzero"`
	// The events to receive; an empty list means every event.
	Events []Event              `json:"events,omitzero"`
	Config *CreateWebhookConfig `json:"config,omitzero"`
	// The secret that deliveries are signed with: `whsec_` and the base64 of 16 to 75 bytes. With
	// `config.standardSignature` false, and no signature that decodes it, any 8 to 256 visible
	// characters.
	SecretString string `json:"secretString,omitzero"`
}

// CreateWebhook: Create a webhook. Only the URL is required, in config.url or destination.postUrl.
// id.cacheName is required if the key covers several caches. id.webhookName is the new webhookId by
// default, and topicName is `default`. A name that is in use is refused with 409. Store the
// secretString safely: receivers verify deliveries with it. A cache can have webhooksPerCache
// webhooks, and one more is refused with 429. The key needs the permission `manage`.
func (c *Client) CreateWebhook(ctx context.Context, input CreateWebhookInput, options ...CallOption) (*PutWebhookResponse, error) {
	return respond[*PutWebhookResponse](ctx, c, "createWebhook", input, options)
}

// DeleteWebhookInput is what DeleteWebhook takes.
type DeleteWebhookInput struct {
	// The name of the cache (the tenant): 1 to 128 characters of any script, not only white space.
	CacheName string `json:"cacheName"`
	// The name of the webhook, unique within its cache.
	WebhookName string `json:"webhookName"`
}

// DeleteWebhook: Delete a webhook. A deleted webhook is no longer active. Messages for it are
// ignored, and waiting deliveries are never sent. The key needs the permission `manage`.
func (c *Client) DeleteWebhook(ctx context.Context, input DeleteWebhookInput, options ...CallOption) (*DeleteWebhookResponse, error) {
	return respond[*DeleteWebhookResponse](ctx, c, "deleteWebhook", input, options)
}

// GetWebhookSecretInput is what GetWebhookSecret takes.
type GetWebhookSecretInput struct {
	// The name of the cache (the tenant): 1 to 128 characters of any script, not only white space.
	CacheName string `json:"cacheName"`
	// The name of the webhook, unique within its cache.
	WebhookName string `json:"webhookName"`
}

// GetWebhookSecret: Get a webhook's secret. The secret is essential for validating incoming webhook
// requests. Store it securely. The key needs the permission `secret`, which `manage` includes.
func (c *Client) GetWebhookSecret(ctx context.Context, input GetWebhookSecretInput, options ...CallOption) (*GetWebhookSecretResponse, error) {
	return respond[*GetWebhookSecretResponse](ctx, c, "getWebhookSecret", input, options)
}

// RotateWebhookSecretInput is what RotateWebhookSecret takes.
type RotateWebhookSecretInput struct {
	// The name of the cache (the tenant): 1 to 128 characters of any script, not only white space.
	CacheName string `json:"cacheName"`
	// The name of the webhook, unique within its cache.
	WebhookName string `json:"webhookName"`
	GraceHours  *int64 `json:"graceHours,omitzero"`
}

// RotateWebhookSecret: Replace a webhook's secret. The new secret is active at once. For graceHours
// (default: 24) deliveries are also signed with the previous one, so that receivers can switch.
// Store the new secret safely. The key needs the permission `secret`, which `manage` includes.
func (c *Client) RotateWebhookSecret(ctx context.Context, input RotateWebhookSecretInput, options ...CallOption) (*RotateWebhookSecretResponse, error) {
	return respond[*RotateWebhookSecretResponse](ctx, c, "rotateWebhookSecret", input, options)
}

// GetPublicKeysInput is what GetPublicKeys takes.
type GetPublicKeysInput struct {
	// The name of the cache (the tenant): 1 to 128 characters of any script, not only white space.
	CacheName string `json:"cacheName"`
}

// GetPublicKeys: Get the public keys of a cache. Anyone can verify the `v1a` signatures of webhooks
// with `config.asymmetric` with these keys. The newest comes first; two while a rotation's grace
// lasts. Empty for a cache without keys, and for one that does not exist. Needs no key. May be
// cached for a minute.
func (c *Client) GetPublicKeys(ctx context.Context, input GetPublicKeysInput, options ...CallOption) (*GetPublicKeysResponse, error) {
	return respond[*GetPublicKeysResponse](ctx, c, "getPublicKeys", input, options)
}

// RotateSigningKeyInput is what RotateSigningKey takes.
type RotateSigningKeyInput struct {
	// The name of the cache (the tenant): 1 to 128 characters of any script, not only white space.
	CacheName  string `json:"cacheName"`
	GraceHours *int64 `json:"graceHours,omitzero"`
}

// RotateSigningKey: Replace the key pair of a cache. The new key signs within a minute. For
// graceHours (default: 24) deliveries of webhooks with `config.asymmetric` are also signed with the
// previous one, and getPublicKeys returns both. A further rotation ends that at once. Makes the
// first key pair of a cache that has none. The private key never leaves the service. The key needs
// the permission `secret`, which `manage` includes.
func (c *Client) RotateSigningKey(ctx context.Context, input RotateSigningKeyInput, options ...CallOption) (*GetPublicKeysResponse, error) {
	return respond[*GetPublicKeysResponse](ctx, c, "rotateSigningKey", input, options)
}

// GetWebhookDetailsInput is what GetWebhookDetails takes.
type GetWebhookDetailsInput struct {
	// The unique id of the webhook, which putWebhook returns and listWebhooks shows.
	WebhookID string `json:"webhookId"`
	// `health` adds each webhook's health. Such a response has no `ETag` and is never a 304.
	Include string `json:"include,omitzero"`
}

// GetWebhookDetails: Get a webhook's details. By the unique identifier, which putWebhook returns
// and listWebhooks shows. Read the details before you update the webhook. The key needs the
// permission `read`.
func (c *Client) GetWebhookDetails(ctx context.Context, input GetWebhookDetailsInput, options ...CallOption) (*Webhook, error) {
	return respond[*Webhook](ctx, c, "getWebhookDetails", input, options)
}

// UpdateWebhookDetailsInput is what UpdateWebhookDetails takes.
type UpdateWebhookDetailsInput struct {
	// The unique id of the webhook, which putWebhook returns and listWebhooks shows.
	WebhookID string `json:"webhookId"`
	// Only messages of this product; null means any or none.
	ProductID *int64 `json:"productId"`
	// The events to receive; an empty list means every event.
	Events []Event              `json:"events"`
	Config WebhookDetailsConfig `json:"config"`
}

// UpdateWebhookDetails: Update a webhook's details. productId, events, config.url and
// config.customHeaders must be in the body, changed or not, so read the details before an update. A
// URL that was shown with `•••` and is sent back unchanged keeps the stored one. Topic, names,
// status and secret cannot be changed here. The key needs the permission `manage`.
func (c *Client) UpdateWebhookDetails(ctx context.Context, input UpdateWebhookDetailsInput, options ...CallOption) (*Webhook, error) {
	return respond[*Webhook](ctx, c, "updateWebhookDetails", input, options)
}

// UpdateWebhookStatusInput is what UpdateWebhookStatus takes.
type UpdateWebhookStatusInput struct {
	// The unique id of the webhook, which putWebhook returns and listWebhooks shows.
	WebhookID     string        `json:"webhookId"`
	WebhookStatus WebhookStatus `json:"webhookStatus"`
}

// UpdateWebhookStatus: Activate or deactivate a webhook. While a webhook is inactive, messages are
// neither delivered to it nor queued, and waiting deliveries become failed. The key needs the
// permission `manage`.
func (c *Client) UpdateWebhookStatus(ctx context.Context, input UpdateWebhookStatusInput, options ...CallOption) (*UpdateWebhookStatusResponse, error) {
	return respond[*UpdateWebhookStatusResponse](ctx, c, "updateWebhookStatus", input, options)
}

// TestWebhookInput is what TestWebhook takes.
type TestWebhookInput struct {
	// The unique id of the webhook, which putWebhook returns and listWebhooks shows.
	WebhookID string `json:"webhookId"`
	Event     Event  `json:"event,omitzero"`
	// Which example of the event type, from 0 on. Default: 0.
	Example *int64 `json:"example,omitzero"`
}

// TestWebhook: Send a test event. Sends one signed hookcast.test event now, without a retry, also
// to an inactive webhook, and returns the receiver's answer. With `event`, it sends an example of
// that event type of the webhook's topic instead, whatever events and filter the webhook has. The
// header `webhook-test: true` marks it. It waits at most 10 seconds, whatever the webhook's
// time-out. A key can send one a second, or five at once. Beyond that the answer is 429 with
// `retry-after`. The key needs the permission `resend`, which `manage` includes.
func (c *Client) TestWebhook(ctx context.Context, input TestWebhookInput, options ...CallOption) (*TestWebhookResponse, error) {
	return respond[*TestWebhookResponse](ctx, c, "testWebhook", input, options)
}

// ResumeWebhookInput is what ResumeWebhook takes.
type ResumeWebhookInput struct {
	// The unique id of the webhook, which putWebhook returns and listWebhooks shows.
	WebhookID string `json:"webhookId"`
}

// ResumeWebhook: Send everything that waits for a webhook. For a receiver that works again. It
// forgets the failures, closes the circuit breaker and makes everything that waits due, each
// delivery as a new series of attempts. Deliveries go out at the rate of a webhook that recovers. A
// second call joins the first. A Retry-After of the receiver still holds. A change of the URL, the
// settings or the secret does the same, and so does a delivered test event. Returns the webhook's
// health. The key needs the permission `resend`, which `manage` includes.
func (c *Client) ResumeWebhook(ctx context.Context, input ResumeWebhookInput, options ...CallOption) (*WebhookHealth, error) {
	return respond[*WebhookHealth](ctx, c, "resumeWebhook", input, options)
}

// ListDeliveriesInput is what ListDeliveries takes.
type ListDeliveriesInput struct {
	// The unique id of the webhook, which putWebhook returns and listWebhooks shows.
	WebhookID string `json:"webhookId"`
	// The size of a page.
	Limit *int64 `json:"limit,omitzero"`
	// The start of the page: the `nextCursor` of the page before.
	Cursor string `json:"cursor,omitzero"`
	// Only deliveries with this status.
	Status DeliveryStatus `json:"status,omitzero"`
	// Only deliveries whose last attempt got this status: one such as `503`, a class such as `5xx`, or
	// `none` for no answer.
	LastStatusCode string `json:"lastStatusCode,omitzero"`
	// The event: digits are a number, anything else is a dotted name.
	Event Event `json:"event,omitzero"`
	// Only messages published at this time or later. In a query the `+` of an offset is sent as `%2B`.
	Since time.Time `json:"since,omitzero"`
	// Only messages published before this time. In a query the `+` of an offset is sent as `%2B`.
	Until time.Time `json:"until,omitzero"`
}

// ListDeliveries: List a webhook's deliveries. Newest published first. A delivery enters the list
// after its first attempt. The log of a deleted webhook stays readable until it expires. With
// `lastStatusCode` or `event` a page looks at about 500 deliveries, so it may be short or empty
// even if there is a cursor. The key needs the permission `read`.
func (c *Client) ListDeliveries(ctx context.Context, input ListDeliveriesInput, options ...CallOption) iter.Seq2[DeliverySummary, error] {
	return pages[DeliverySummary](ctx, c, "listDeliveries", input, "deliveries", options)
}

// GetDeliveryInput is what GetDelivery takes.
type GetDeliveryInput struct {
	// The unique id of the webhook, which putWebhook returns and listWebhooks shows.
	WebhookID string `json:"webhookId"`
	// The message's id, which publish returns. It is the `webhook-id` of each of its deliveries.
	MessageID string `json:"messageId"`
}

// GetDelivery: Get a delivery with its attempts. One message to one webhook, with the request and
// the answer of every attempt. A body that is not text is in base64, marked with
// `"requestBodyEncoding": "base64"`. The key needs the permission `read`.
func (c *Client) GetDelivery(ctx context.Context, input GetDeliveryInput, options ...CallOption) (*Delivery, error) {
	return respond[*Delivery](ctx, c, "getDelivery", input, options)
}

// RetryDeliveryInput is what RetryDelivery takes.
type RetryDeliveryInput struct {
	// The unique id of the webhook, which putWebhook returns and listWebhooks shows.
	WebhookID string `json:"webhookId"`
	// The message's id, which publish returns. It is the `webhook-id` of each of its deliveries.
	MessageID string `json:"messageId"`
}

// RetryDelivery: Send a delivery again. Enqueues it now as a new series of attempts, whatever its
// status. An older series of the same delivery ends by itself. While the webhook's circuit breaker
// is open, it is the probe: if it is delivered, everything that waits follows. The key needs the
// permission `resend`, which `manage` includes.
func (c *Client) RetryDelivery(ctx context.Context, input RetryDeliveryInput, options ...CallOption) (*RetryDeliveryResponse, error) {
	return respond[*RetryDeliveryResponse](ctx, c, "retryDelivery", input, options)
}

// RecoverDeliveriesInput is what RecoverDeliveries takes.
type RecoverDeliveriesInput struct {
	// The unique id of the webhook, which putWebhook returns and listWebhooks shows.
	WebhookID string `json:"webhookId"`
	// Only messages published at this time or later; required without messageIds. In a query the `+`
	// of an offset is sent as `%2B`.
	Since time.Time `json:"since,omitzero"`
	// Only messages published before this time (default: now, or 15 minutes ago for `missing`). In a
	// query the `+` of an offset is sent as `%2B`.
	Until time.Time `json:"until,omitzero"`
	// Which deliveries to send again.
	Mode RecoverDeliveriesMode `json:"mode"`
	// Only these messages.
	MessageIDs []string `json:"messageIds,omitzero"`
	Event      Event    `json:"event,omitzero"`
	// Only deliveries whose last answer was of this class; `none` is no answer. Only with `failed`.
	StatusClass RecoverDeliveriesStatusClass `json:"statusClass,omitzero"`
	// Only counts what would be sent.
	DryRun *bool `json:"dryRun,omitzero"`
}

// RecoverDeliveries: Send many deliveries again. Starts a recovery of messages published in the
// window, oldest first, at the deployment's rate (recoverRate, 100 deliveries a second). `failed`
// sends deliveries that have failed, each as a new generation of attempts. `missing` sends kept
// messages of the webhook's topic that it wants now and of which it has no delivery: published
// before it was put, while it was inactive, or lost. Messages older than seven days are past the
// life of a delivery and are left out. messageIds, event and statusClass (of the last attempt of
// what has failed) narrow it down, and all must fit. getRecovery tells how far it is; with dryRun
// it counts and sends nothing. It stops when the webhook is deleted or inactive. One recovery of a
// webhook runs at a time, dry runs included: meanwhile the answer is 409, which names the running
// one in `details` under `jobId`. A cache runs at most five at once; beyond that the answer is 429.
// The key needs the permission `resend`, which `manage` includes.
func (c *Client) RecoverDeliveries(ctx context.Context, input RecoverDeliveriesInput, options ...CallOption) (*RecoverDeliveriesResponse, error) {
	return respond[*RecoverDeliveriesResponse](ctx, c, "recoverDeliveries", input, options)
}

// GetRecoveryInput is what GetRecovery takes.
type GetRecoveryInput struct {
	// The unique id of the webhook, which putWebhook returns and listWebhooks shows.
	WebhookID string `json:"webhookId"`
	// The id of a recovery, which recoverDeliveries returns.
	JobID string `json:"jobId"`
}

// GetRecovery: Get the progress of a recovery. `matched` counts the deliveries found so far, and
// `enqueued` those that were sent. `enqueued` stays lower if a message is no longer stored or was
// attempted meanwhile. `stopped` means that the webhook was deleted or became inactive, or that the
// queue refused the first step. It also means that another recovery replaced one without progress
// for an hour, or for five minutes before its first step. The key needs the permission `read`.
func (c *Client) GetRecovery(ctx context.Context, input GetRecoveryInput, options ...CallOption) (*Recovery, error) {
	return respond[*Recovery](ctx, c, "getRecovery", input, options)
}

// GetWebhookStatsInput is what GetWebhookStats takes.
type GetWebhookStatsInput struct {
	// The unique id of the webhook, which putWebhook returns and listWebhooks shows.
	WebhookID string `json:"webhookId"`
	// Begins with the bucket that contains this time (default: 24 hours ago). In a query the `+` of an
	// offset is sent as `%2B`.
	Since time.Time `json:"since,omitzero"`
	// Ends with the bucket before this time (default: now). In a query the `+` of an offset is sent as
	// `%2B`.
	Until time.Time `json:"until,omitzero"`
	// The length of a bucket (default: a minute for up to 2 hours, an hour for up to 7 days, else a
	// day).
	By GetWebhookStatsBy `json:"by,omitzero"`
}

// GetWebhookStats: Get a webhook's counts over time. At most 1,440 buckets of a minute, an hour or
// a day of UTC. Minutes are available for 48 hours, hours and days for 30 days, and buckets begin
// no earlier. The counts are a few seconds late, and approximate if SQS delivers a job twice. Test
// events are not counted. The key needs the permission `read`.
func (c *Client) GetWebhookStats(ctx context.Context, input GetWebhookStatsInput, options ...CallOption) (*GetWebhookStatsResponse, error) {
	return respond[*GetWebhookStatsResponse](ctx, c, "getWebhookStats", input, options)
}

// GetOverviewInput is what GetOverview takes.
type GetOverviewInput struct {
	// Only the webhooks of this cache.
	CacheName string `json:"cacheName,omitzero"`
}

// GetOverview: Get an overview of all webhooks. For the caches of the key: the number of webhooks
// in each state, the results of the last 24 hours, and the worst webhooks. Worst are `held`, then
// `failing`, `limited`, `disabled` and `ok`. Within a state, those with more waiting deliveries or
// an older state come first. Sums up the first 1,000 webhooks, by cache and name, and finds all
// that are not ok. The key needs the permission `read`.
func (c *Client) GetOverview(ctx context.Context, input GetOverviewInput, options ...CallOption) (*Overview, error) {
	return respond[*Overview](ctx, c, "getOverview", input, options)
}

// ListMessagesInput is what ListMessages takes.
type ListMessagesInput struct {
	// The name of the cache (the tenant): 1 to 128 characters of any script, not only white space.
	CacheName string `json:"cacheName"`
	// The size of a page.
	Limit *int64 `json:"limit,omitzero"`
	// The start of the page: the `nextCursor` of the page before.
	Cursor string `json:"cursor,omitzero"`
	// The name of the topic. Topics that begin with `$` belong to the service: you can subscribe, but
	// not publish.
	TopicName string `json:"topicName,omitzero"`
	// The event: digits are a number, anything else is a dotted name.
	Event Event `json:"event,omitzero"`
	// Only messages published at this time or later. In a query the `+` of an offset is sent as `%2B`.
	Since time.Time `json:"since,omitzero"`
	// Only messages published before this time. In a query the `+` of an offset is sent as `%2B`.
	Until time.Time `json:"until,omitzero"`
}

// ListMessages: List a cache's messages. Newest published first, without their values, while they
// are stored. A page covers at most a day, so it may be short or empty even if there is a cursor.
// Give `since` to reach the end sooner. The key needs the permission `read`.
func (c *Client) ListMessages(ctx context.Context, input ListMessagesInput, options ...CallOption) iter.Seq2[MessageSummary, error] {
	return pages[MessageSummary](ctx, c, "listMessages", input, "messages", options)
}

// GetMessageInput is what GetMessage takes.
type GetMessageInput struct {
	// The name of the cache (the tenant): 1 to 128 characters of any script, not only white space.
	CacheName string `json:"cacheName"`
	// The message's id, which publish returns. It is the `webhook-id` of each of its deliveries.
	MessageID string `json:"messageId"`
}

// GetMessage: Get a message. The message with its value, until it expires. The key needs the
// permission `read`.
func (c *Client) GetMessage(ctx context.Context, input GetMessageInput, options ...CallOption) (*Message, error) {
	return respond[*Message](ctx, c, "getMessage", input, options)
}

// GetMessageDeliveriesInput is what GetMessageDeliveries takes.
type GetMessageDeliveriesInput struct {
	// The name of the cache (the tenant): 1 to 128 characters of any script, not only white space.
	CacheName string `json:"cacheName"`
	// The message's id, which publish returns. It is the `webhook-id` of each of its deliveries.
	MessageID string `json:"messageId"`
	// The size of a page.
	Limit *int64 `json:"limit,omitzero"`
	// The start of the page: the `nextCursor` of the page before.
	Cursor string `json:"cursor,omitzero"`
}

// GetMessageDeliveries: List a message's deliveries. First the webhooks that its topic has now, by
// name, then those that have left the topic or were deleted, while the message is stored. A
// delivery without an attempt is pending. A page may be short or empty even if there is a cursor.
// The key needs the permission `read`.
func (c *Client) GetMessageDeliveries(ctx context.Context, input GetMessageDeliveriesInput, options ...CallOption) iter.Seq2[MessageDelivery, error] {
	return pages[MessageDelivery](ctx, c, "getMessageDeliveries", input, "deliveries", options)
}

// RetryMessageInput is what RetryMessage takes.
type RetryMessageInput struct {
	// The name of the cache (the tenant): 1 to 128 characters of any script, not only white space.
	CacheName string `json:"cacheName"`
	// The message's id, which publish returns. It is the `webhook-id` of each of its deliveries.
	MessageID string `json:"messageId"`
	// The webhooks that it is sent to again.
	WebhookIDs []string `json:"webhookIds"`
}

// RetryMessage: Send a message to several webhooks again. Does what retryDelivery does, for up to
// 100 webhooks at once. One result for each webhook, in order. One that is unknown or inactive, or
// has no delivery of the message, is refused alone: its result has the error. The key needs the
// permission `resend`, which `manage` includes.
func (c *Client) RetryMessage(ctx context.Context, input RetryMessageInput, options ...CallOption) (*RetryMessageResponse, error) {
	return respond[*RetryMessageResponse](ctx, c, "retryMessage", input, options)
}

// TestFilterInput is what TestFilter takes.
type TestFilterInput struct {
	// The name of the cache (the tenant): 1 to 128 characters of any script, not only white space.
	CacheName string          `json:"cacheName"`
	Filter    json.RawMessage `json:"filter"`
	Event     Nullable[Event] `json:"event,omitzero"`
	// Only messages of this product; null means any or none.
	ProductID Nullable[int64] `json:"productId,omitzero"`
	// The type of the value. Default: `application/json`.
	ContentType string `json:"contentType,omitzero"`
	// Any JSON, as it would be published.
	Value json.RawMessage `json:"value"`
}

// TestFilter: Test a filter. Whether a message would pass a webhook's filter, and which parts of
// the filter decide it. Nothing is published or stored. The key needs the permission `read`.
func (c *Client) TestFilter(ctx context.Context, input TestFilterInput, options ...CallOption) (*TestFilterResponse, error) {
	return respond[*TestFilterResponse](ctx, c, "testFilter", input, options)
}

// CreatePortalSessionInput is what CreatePortalSession takes.
type CreatePortalSessionInput struct {
	// The name of the cache (the tenant): 1 to 128 characters of any script, not only white space.
	CacheName string `json:"cacheName"`
	// What the session may do; your key needs each of these itself. `manage` includes `resend` and
	// `secret`. Default: `read` and `manage`.
	Permissions []PortalPermission `json:"permissions,omitzero"`
	// The topics that the session is about. Default: all, except those with `$`.
	Topics []string `json:"topics,omitzero"`
	// How long the session lasts. Default: 3,600.
	ExpiresInSeconds *int64 `json:"expiresInSeconds,omitzero"`
	// Of the event types, those with this tag or none are listed. It hides the others and protects
	// nothing.
	Audience string       `json:"audience,omitzero"`
	Theme    *PortalTheme `json:"theme,omitzero"`
	// The language of the page, such as `de`. Default: the browser's.
	Locale string `json:"locale,omitzero"`
	// Where the page's link back to your product leads.
	ReturnURL string `json:"returnUrl,omitzero"`
}

// CreatePortalSession: Create a portal session. Lets one of your customers into the portal: into
// this cache, and into these topics alone. Call it from your backend, and give the answer to nobody
// but that customer. The session ends at its time, with deletePortalSession, or with the key that
// made it. It never publishes, and makes no sessions. The key needs the permission `manage`.
func (c *Client) CreatePortalSession(ctx context.Context, input CreatePortalSessionInput, options ...CallOption) (*CreatePortalSessionResponse, error) {
	return respond[*CreatePortalSessionResponse](ctx, c, "createPortalSession", input, options)
}

// DeletePortalSessionInput is what DeletePortalSession takes.
type DeletePortalSessionInput struct {
	// The name of the cache (the tenant): 1 to 128 characters of any script, not only white space.
	CacheName string `json:"cacheName"`
	// The id of a portal session, which createPortalSession returns.
	SessionID string `json:"sessionId"`
}

// DeletePortalSession: End a portal session. The session's token is refused from then on. The
// gateway remembers it for authorizerCacheSeconds at most, by default a minute. The key needs the
// permission `manage`.
func (c *Client) DeletePortalSession(ctx context.Context, input DeletePortalSessionInput, options ...CallOption) (*DeleteWebhookResponse, error) {
	return respond[*DeleteWebhookResponse](ctx, c, "deletePortalSession", input, options)
}

// GetPortal: Get what a portal session is. What the page of a portal session needs to know of it:
// the customer's cache, what the session may do, and how the page looks. Only for portal sessions;
// no key is taken.
func (c *Client) GetPortal(ctx context.Context, options ...CallOption) (*Portal, error) {
	return respond[*Portal](ctx, c, "getPortal", struct{}{}, options)
}

// PutEventTypeInput is what PutEventType takes.
type PutEventTypeInput struct {
	// The name of the topic. Topics that begin with `$` belong to the service: you can subscribe, but
	// not publish.
	TopicName string `json:"topicName"`
	// The event: digits are a number, anything else is a dotted name.
	Event       Event            `json:"event"`
	Description Nullable[string] `json:"description,omitzero"`
	Group       Nullable[string] `json:"group,omitzero"`
	Status      EventTypeStatus  `json:"status,omitzero"`
	Validate    Validate         `json:"validate,omitzero"`
	// Tags of those who are shown the type; empty means everybody.
	Audience []string                  `json:"audience,omitzero"`
	Schema   Nullable[json.RawMessage] `json:"schema,omitzero"`
	// Values that the schema accepts, of at most 65,536 bytes in all.
	Examples []json.RawMessage `json:"examples,omitzero"`
}

// PutEventType: Create or change an event type. An event type is for every cache. Fields that you
// do not send stay as they are, and null takes one away. A changed schema is a new version; the
// last 20 versions are kept. Publishes follow within a minute. `breaking` lists what may break
// whoever reads or publishes such values. Needs a key for all caches. The key needs the permission
// `manage`.
func (c *Client) PutEventType(ctx context.Context, input PutEventTypeInput, options ...CallOption) (*PutEventTypeResponse, error) {
	return respond[*PutEventTypeResponse](ctx, c, "putEventType", input, options)
}

// ListEventTypesInput is what ListEventTypes takes.
type ListEventTypesInput struct {
	// The size of a page.
	Limit *int64 `json:"limit,omitzero"`
	// The start of the page: the `nextCursor` of the page before.
	Cursor string `json:"cursor,omitzero"`
	// The name of the topic. Topics that begin with `$` belong to the service: you can subscribe, but
	// not publish.
	TopicName string `json:"topicName,omitzero"`
	// Only types with one of these statuses; default: `active,deprecated`.
	Status []EventTypeStatus `json:"status,omitzero"`
	// A tag: leaves out types that name other audiences.
	Audience string `json:"audience,omitzero"`
}

// ListEventTypes: List the event types. The event types of the deployment by topic and event,
// without schemas and examples. They are the same for every cache. A page may be short even if
// there is a cursor. The key needs the permission `read`.
func (c *Client) ListEventTypes(ctx context.Context, input ListEventTypesInput, options ...CallOption) iter.Seq2[EventTypeSummary, error] {
	return pages[EventTypeSummary](ctx, c, "listEventTypes", input, "eventTypes", options)
}

// GetEventTypeInput is what GetEventType takes.
type GetEventTypeInput struct {
	// The name of the topic. Topics that begin with `$` belong to the service: you can subscribe, but
	// not publish.
	TopicName string `json:"topicName"`
	// The event: digits are a number, anything else is a dotted name.
	Event Event `json:"event"`
	// A version of the schema, with its examples; default: the last one.
	SchemaVersion *int64 `json:"schemaVersion,omitzero"`
}

// GetEventType: Get an event type. The event type with its schema, its examples and the versions
// that are kept. The key needs the permission `read`.
func (c *Client) GetEventType(ctx context.Context, input GetEventTypeInput, options ...CallOption) (*EventType, error) {
	return respond[*EventType](ctx, c, "getEventType", input, options)
}

// DeleteEventTypeInput is what DeleteEventType takes.
type DeleteEventTypeInput struct {
	// The name of the topic. Topics that begin with `$` belong to the service: you can subscribe, but
	// not publish.
	TopicName string `json:"topicName"`
	// The event: digits are a number, anything else is a dotted name.
	Event Event `json:"event"`
}

// DeleteEventType: Delete an event type. Deletes the event type with every version of its schema.
// Publishes follow within a minute. To keep it for reading, set its status to `archived`. Needs a
// key for all caches. The key needs the permission `manage`.
func (c *Client) DeleteEventType(ctx context.Context, input DeleteEventTypeInput, options ...CallOption) (*DeleteWebhookResponse, error) {
	return respond[*DeleteWebhookResponse](ctx, c, "deleteEventType", input, options)
}

// ImportEventTypesInput is what ImportEventTypes takes.
type ImportEventTypesInput struct {
	// Whether only to tell what would change.
	DryRun *bool `json:"dryRun,omitzero"`
	// An OpenAPI 3.1 document. Only its `webhooks` and `components` are read.
	Document ImportEventTypesDocument `json:"document"`
	// The topic of webhooks that name none; default: `default`.
	TopicName string `json:"topicName,omitzero"`
}

// ImportEventTypes: Import event types from an OpenAPI document. Puts an event type for each of the
// document's `webhooks`, at most 1,000 of them. The name of a webhook is the event, and
// `x-hookcast` can name the topic and more. Nothing is written unless all of them are good. Types
// that the document does not have stay. Needs a key for all caches. The key needs the permission
// `manage`.
func (c *Client) ImportEventTypes(ctx context.Context, input ImportEventTypesInput, options ...CallOption) (*ImportEventTypesResponse, error) {
	return respond[*ImportEventTypesResponse](ctx, c, "importEventTypes", input, options)
}

// ExportEventTypesInput is what ExportEventTypes takes.
type ExportEventTypesInput struct {
	// `openapi.json` is OpenAPI 3.1, `asyncapi.json` is AsyncAPI 3.
	Document ExportEventTypesDocument `json:"document"`
	// The name of the topic. Topics that begin with `$` belong to the service: you can subscribe, but
	// not publish.
	TopicName string `json:"topicName,omitzero"`
	// Only types with one of these statuses; default: `active,deprecated`.
	Status []EventTypeStatus `json:"status,omitzero"`
	// A tag: leaves out types that name other audiences.
	Audience string `json:"audience,omitzero"`
}

// ExportEventTypes: Export the event types. The event types as a document of at most 4 MiB, without
// an envelope. importEventTypes reads `openapi.json`. If the setting `publicEventTypes` is on, no
// key is needed, and types with an audience need `audience` to be shown. The key needs the
// permission `read`.
func (c *Client) ExportEventTypes(ctx context.Context, input ExportEventTypesInput, options ...CallOption) (json.RawMessage, error) {
	return respond[json.RawMessage](ctx, c, "exportEventTypes", input, options)
}

// ListCachesInput is what ListCaches takes.
type ListCachesInput struct {
	// The size of a page.
	Limit *int64 `json:"limit,omitzero"`
	// The start of the page: the `nextCursor` of the page before.
	Cursor string `json:"cursor,omitzero"`
}

// ListCaches: List the caches. The caches of the key in which a webhook was ever put, by name. A
// cache is a tenant. It stays in the list until it is erased, even without webhooks. The key needs
// the permission `read`.
func (c *Client) ListCaches(ctx context.Context, input ListCachesInput, options ...CallOption) iter.Seq2[Cache, error] {
	return pages[Cache](ctx, c, "listCaches", input, "caches", options)
}

// SuspendCacheInput is what SuspendCache takes.
type SuspendCacheInput struct {
	// The name of the cache (the tenant): 1 to 128 characters of any script, not only white space.
	CacheName string `json:"cacheName"`
}

// SuspendCache: Suspend a cache. Deliveries of the cache stop within a minute, and publishes and
// tests are refused with a 409. Accepted messages wait, at most as long as any delivery waits, and
// go out after resumeCache. Needs a key for all caches. The key needs the permission `manage`.
func (c *Client) SuspendCache(ctx context.Context, input SuspendCacheInput, options ...CallOption) (*SuspendCacheResponse, error) {
	return respond[*SuspendCacheResponse](ctx, c, "suspendCache", input, options)
}

// ResumeCacheInput is what ResumeCache takes.
type ResumeCacheInput struct {
	// The name of the cache (the tenant): 1 to 128 characters of any script, not only white space.
	CacheName string `json:"cacheName"`
}

// ResumeCache: Resume a suspended cache. Publishes and tests are accepted again within a minute.
// What waits goes out at the rate of a webhook that recovers. Needs a key for all caches. The key
// needs the permission `manage`.
func (c *Client) ResumeCache(ctx context.Context, input ResumeCacheInput, options ...CallOption) (*SuspendCacheResponse, error) {
	return respond[*SuspendCacheResponse](ctx, c, "resumeCache", input, options)
}

// GetEgressAddresses: Get the addresses that deliveries come from. IPv4 addresses or blocks that a
// receiver's firewall can allow. Every delivery and test event comes from one of them. Empty if the
// deployment has no fixed addresses (staticAddresses). Needs no key.
func (c *Client) GetEgressAddresses(ctx context.Context, options ...CallOption) (*GetEgressAddressesResponse, error) {
	return respond[*GetEgressAddressesResponse](ctx, c, "getEgressAddresses", struct{}{}, options)
}

// GetOpenAPI: Get this document. The OpenAPI 3.1 description of every operation.
func (c *Client) GetOpenAPI(ctx context.Context, options ...CallOption) (json.RawMessage, error) {
	return respond[json.RawMessage](ctx, c, "getOpenApi", struct{}{}, options)
}
