// Written by npm run clients out of the table of operations. A test compares.

package hookcast

import (
	"encoding/json"
	"time"
)

// Format: The format of a delivery's body. `slack` and `teams` write alerts for people, and are
// only for topics that begin with `$`, which carry events about webhooks.
type Format string

const (
	FormatStandard    Format = "standard"
	FormatRaw         Format = "raw"
	FormatMomento     Format = "momento"
	FormatThredd      Format = "thredd"
	FormatCloudevents Format = "cloudevents"
	FormatSlack       Format = "slack"
	FormatTeams       Format = "teams"
)

// SentRequest: What an attempt sent. Absent for attempts of an earlier version of the service, and
// while a webhook has custom headers from one.
type SentRequest struct {
	// Masked with `•••` below the first path segment for keys that may not see secrets.
	URL    string `json:"url"`
	Format Format `json:"format"`
	// The length of the body.
	Bytes int64 `json:"bytes"`
	// The names of all headers sent, including custom ones, without values.
	HeaderNames []string `json:"headerNames"`
}

// Attempt: One HTTP try.
type Attempt struct {
	Attempt      int64        `json:"attempt"`
	AttemptTime  time.Time    `json:"attemptTime"`
	StatusCode   *int64       `json:"statusCode"`
	LatencyMs    int64        `json:"latencyMs"`
	Error        *string      `json:"error"`
	ResponseBody string       `json:"responseBody"`
	Request      *SentRequest `json:"request,omitzero"`
	// For a failed attempt: the first 2 KiB of the answer's headers, in lower case, without those that
	// set cookies.
	ResponseHeaders map[string]string `json:"responseHeaders,omitzero"`
}

type BreakingChange string

const (
	BreakingChangeRemoved  BreakingChange = "removed"
	BreakingChangeOptional BreakingChange = "optional"
	BreakingChangeRequired BreakingChange = "required"
	BreakingChangeNarrowed BreakingChange = "narrowed"
	BreakingChangeWidened  BreakingChange = "widened"
	BreakingChangeType     BreakingChange = "type"
	BreakingChangeOther    BreakingChange = "other"
)

// BreakingAffects: Whether readers of such values or publishers may break.
type BreakingAffects string

const (
	BreakingAffectsReceivers  BreakingAffects = "receivers"
	BreakingAffectsPublishers BreakingAffects = "publishers"
)

// Breaking: A change of the schema that may break someone.
type Breaking struct {
	// The place in the value, such as `value.amount`.
	Path   string         `json:"path"`
	Change BreakingChange `json:"change"`
	// Whether readers of such values or publishers may break.
	Affects BreakingAffects `json:"affects"`
	Message string          `json:"message"`
}

// CacheStatus: Whether an operator has suspended the cache.
type CacheStatus string

const (
	CacheStatusActive    CacheStatus = "active"
	CacheStatusSuspended CacheStatus = "suspended"
)

// ClientCertificate: The client certificate of deliveries, for receivers that ask for one (mutual
// TLS).
type ClientCertificate struct {
	// The certificate in PEM, followed by its intermediate certificates, if it has any. Each must be
	// valid now.
	CertificatePem string `json:"certificatePem"`
	// The private key of the certificate in PEM, without a passphrase. Shown as `•••`, which keeps it.
	PrivateKeyPem string `json:"privateKeyPem"`
	// The authorities, in PEM, that the receiver's own certificate must come from. Each must be valid
	// now. If absent, the public ones.
	CaPem string `json:"caPem,omitzero"`
}

// PresetSignatureScheme: Signs like this service, with the headers that its receivers read.
type PresetSignatureScheme string

const (
	PresetSignatureSchemeGithub   PresetSignatureScheme = "github"
	PresetSignatureSchemeStripe   PresetSignatureScheme = "stripe"
	PresetSignatureSchemeSlack    PresetSignatureScheme = "slack"
	PresetSignatureSchemeShopify  PresetSignatureScheme = "shopify"
	PresetSignatureSchemeSvix     PresetSignatureScheme = "svix"
	PresetSignatureSchemeHookdeck PresetSignatureScheme = "hookdeck"
	PresetSignatureSchemeConvoy   PresetSignatureScheme = "convoy"
	PresetSignatureSchemeOutpost  PresetSignatureScheme = "outpost"
)

// RecipeSignatureAlgorithm: The hash of the HMAC.
type RecipeSignatureAlgorithm string

const (
	RecipeSignatureAlgorithmSha256  RecipeSignatureAlgorithm = "sha256"
	RecipeSignatureAlgorithmSha512  RecipeSignatureAlgorithm = "sha512"
	RecipeSignatureAlgorithmSha1    RecipeSignatureAlgorithm = "sha1"
	RecipeSignatureAlgorithmSha3256 RecipeSignatureAlgorithm = "sha3-256"
)

type RecipeSignatureEncoding string

const (
	RecipeSignatureEncodingHex       RecipeSignatureEncoding = "hex"
	RecipeSignatureEncodingBase64    RecipeSignatureEncoding = "base64"
	RecipeSignatureEncodingBase64url RecipeSignatureEncoding = "base64url"
)

// RecipeSignatureKey: The key of the HMAC: the whole secret as `text` (default), or the bytes
// `decoded` from the base64 after `whsec_`.
type RecipeSignatureKey string

const (
	RecipeSignatureKeyText    RecipeSignatureKey = "text"
	RecipeSignatureKeyDecoded RecipeSignatureKey = "decoded"
)

type Signature struct {
	// Signs like this service, with the headers that its receivers read.
	Scheme PresetSignatureScheme `json:"scheme,omitzero"`
	// When deliveries stop carrying this signature. In a query the `+` of an offset is sent as `%2B`.
	Until time.Time `json:"until,omitzero"`
	// The header that carries the signature. Names that custom headers may not have are refused.
	Header string `json:"header,omitzero"`
	// What is signed: text, `{body}` once, and placeholders.
	Content string `json:"content,omitzero"`
	// The hash of the HMAC.
	Algorithm RecipeSignatureAlgorithm `json:"algorithm,omitzero"`
	Encoding  RecipeSignatureEncoding  `json:"encoding,omitzero"`
	// The header's value: text, `{signature}` once, and placeholders.
	Value string `json:"value,omitzero"`
	// The key of the HMAC: the whole secret as `text` (default), or the bytes `decoded` from the
	// base64 after `whsec_`.
	Key RecipeSignatureKey `json:"key,omitzero"`
	// The text between two signatures during a rotation. Without it, only the new secret signs.
	Separator *string `json:"separator,omitzero"`
}

// OAuth2AuthClientAuthentication: How the client identifies itself to the token endpoint: by a
// header (`basic`, default), or in the body (`post`).
type OAuth2AuthClientAuthentication string

const (
	OAuth2AuthClientAuthenticationBasic OAuth2AuthClientAuthentication = "basic"
	OAuth2AuthClientAuthenticationPost  OAuth2AuthClientAuthentication = "post"
)

// DestinationAuth: What authorizes deliveries at their receiver: their `authorization` header.
type DestinationAuth struct {
	Type string `json:"type"`
	// The user, without a colon.
	Username string `json:"username,omitzero"`
	// The password. Shown as `•••`, which keeps it.
	Password string `json:"password,omitzero"`
	// The token: visible ASCII characters. Shown as `•••`, which keeps it.
	Token string `json:"token,omitzero"`
	// An https URL, with two slashes before the host, and without user info, fragment and backslash.
	TokenURL string `json:"tokenUrl,omitzero"`
	// The client's id.
	ClientID string `json:"clientId,omitzero"`
	// The client's secret. Shown as `•••`, which keeps it.
	ClientSecret string `json:"clientSecret,omitzero"`
	// The scopes to ask for, separated by spaces.
	Scope string `json:"scope,omitzero"`
	// The audience to ask for, where the server has several.
	Audience string `json:"audience,omitzero"`
	// How the client identifies itself to the token endpoint: by a header (`basic`, default), or in
	// the body (`post`).
	ClientAuthentication OAuth2AuthClientAuthentication `json:"clientAuthentication,omitzero"`
}

// CreateWebhookConfig: Where and how deliveries are made. Fields that you leave out have their
// defaults.
type CreateWebhookConfig struct {
	// An https URL, with two slashes before the host, and without user info, fragment and backslash.
	URL           string            `json:"url,omitzero"`
	CustomHeader  map[string]string `json:"customHeader,omitzero"`
	CustomHeaders map[string]string `json:"customHeaders,omitzero"`
	Format        Format            `json:"format,omitzero"`
	// How long one attempt may take, from the DNS lookup to the last byte.
	TimeoutSeconds *int64 `json:"timeoutSeconds,omitzero"`
	// The most POSTs a second that the receiver gets; others wait. Null removes the limit.
	MaxPerSecond Nullable[float64] `json:"maxPerSecond,omitzero"`
	// Signatures besides `webhook-signature`. An empty list means none; null means the deployment's
	// setting.
	Signatures Nullable[[]Signature] `json:"signatures,omitzero"`
	// Whether deliveries carry `webhook-signature`. Absent means true.
	StandardSignature *bool `json:"standardSignature,omitzero"`
	// Whether `webhook-signature` also has a `v1a` signature, by the key pair of the cache, which
	// anyone can verify with getPublicKeys. Absent means false.
	Asymmetric  *bool             `json:"asymmetric,omitzero"`
	MetaHeaders map[string]string `json:"metaHeaders,omitzero"`
	// Which messages to deliver, by their content: an event pattern of EventBridge. Null means all.
	Filter Nullable[json.RawMessage] `json:"filter,omitzero"`
	// What authorizes deliveries at their receiver. Null removes it. A secret that is `•••` stays the
	// stored one.
	Auth Nullable[DestinationAuth] `json:"auth,omitzero"`
	// The certificate by which deliveries identify themselves in the TLS handshake. Null removes it. A
	// private key that is `•••` stays the stored one.
	ClientCertificate Nullable[ClientCertificate] `json:"clientCertificate,omitzero"`
}

// DeliveryStatus: The status of a delivery.
type DeliveryStatus string

const (
	DeliveryStatusPending   DeliveryStatus = "pending"
	DeliveryStatusDelivered DeliveryStatus = "delivered"
	DeliveryStatusRetrying  DeliveryStatus = "retrying"
	DeliveryStatusFailed    DeliveryStatus = "failed"
)

// DeliveryRendered: Whether the body is as it was sent, or rebuilt with the webhook's current
// settings. Absent without a body.
type DeliveryRendered string

const (
	DeliveryRenderedAsSent          DeliveryRendered = "as-sent"
	DeliveryRenderedSettingsChanged DeliveryRendered = "settings-changed"
)

// Delivery: One message to one webhook, with every attempt.
type Delivery struct {
	// The message's id, which publish returns. It is the `webhook-id` of each of its deliveries.
	MessageID string `json:"messageId"`
	// The name of the topic. Topics that begin with `$` belong to the service: you can subscribe, but
	// not publish.
	TopicName       string         `json:"topicName"`
	Event           *Event         `json:"event"`
	Status          DeliveryStatus `json:"status"`
	AttemptCount    int64          `json:"attemptCount"`
	PublishedTime   time.Time      `json:"publishedTime"`
	LastAttemptTime *time.Time     `json:"lastAttemptTime"`
	NextAttemptTime *time.Time     `json:"nextAttemptTime"`
	// The receiver's answer to the last attempt; null if none came.
	LastStatusCode *int64 `json:"lastStatusCode"`
	// The duration of the last attempt.
	LatencyMs *int64 `json:"latencyMs"`
	// What is wrong: the result of the last attempt (`HTTP 500`, `connection refused`), `not attempted
	// yet`, or the reason for no further attempt (`webhook inactive`, `webhook deleted`, `message
	// expired`, `horizon`). Null only after a 2xx.
	Error *string `json:"error"`
	// Only present while the cache is suspended and publishes are refused.
	CacheStatus string `json:"cacheStatus,omitzero"`
	// The body of the last attempt. Null if there was none, or if the message is no longer stored.
	RequestBody *string `json:"requestBody"`
	// Present if the body is not UTF-8 text.
	RequestBodyEncoding string `json:"requestBodyEncoding,omitzero"`
	// Whether the body is as it was sent, or rebuilt with the webhook's current settings. Absent
	// without a body.
	Rendered DeliveryRendered `json:"rendered,omitzero"`
	Attempts []Attempt        `json:"attempts"`
}

// DeliverySummary: One message to one webhook, as a list shows it.
type DeliverySummary struct {
	// The message's id, which publish returns. It is the `webhook-id` of each of its deliveries.
	MessageID string `json:"messageId"`
	// The name of the topic. Topics that begin with `$` belong to the service: you can subscribe, but
	// not publish.
	TopicName       string         `json:"topicName"`
	Event           *Event         `json:"event"`
	Status          DeliveryStatus `json:"status"`
	AttemptCount    int64          `json:"attemptCount"`
	PublishedTime   time.Time      `json:"publishedTime"`
	LastAttemptTime *time.Time     `json:"lastAttemptTime"`
	NextAttemptTime *time.Time     `json:"nextAttemptTime"`
	// The receiver's answer to the last attempt; null if none came.
	LastStatusCode *int64 `json:"lastStatusCode"`
	// The duration of the last attempt.
	LatencyMs *int64 `json:"latencyMs"`
	// What is wrong: the result of the last attempt (`HTTP 500`, `connection refused`), `not attempted
	// yet`, or the reason for no further attempt (`webhook inactive`, `webhook deleted`, `message
	// expired`, `horizon`). Null only after a 2xx.
	Error *string `json:"error"`
}

// ErrorCode: The kind of error; codes are stable.
type ErrorCode string

const (
	ErrorCodeInvalidArgumentError    ErrorCode = "INVALID_ARGUMENT_ERROR"
	ErrorCodePermissionError         ErrorCode = "PERMISSION_ERROR"
	ErrorCodeNotFoundError           ErrorCode = "NOT_FOUND_ERROR"
	ErrorCodeAlreadyExistsError      ErrorCode = "ALREADY_EXISTS_ERROR"
	ErrorCodeFailedPreconditionError ErrorCode = "FAILED_PRECONDITION_ERROR"
	ErrorCodePayloadTooLargeError    ErrorCode = "PAYLOAD_TOO_LARGE_ERROR"
	ErrorCodeLimitExceededError      ErrorCode = "LIMIT_EXCEEDED_ERROR"
	ErrorCodeInternalServerError     ErrorCode = "INTERNAL_SERVER_ERROR"
	ErrorCodeServerUnavailable       ErrorCode = "SERVER_UNAVAILABLE"
)

// ErrorDetail: One bad field.
type ErrorDetail struct {
	// The bad field, such as `destination.postUrl`.
	Path string `json:"path"`
	// The problem with the field.
	Message string `json:"message"`
}

// EventTypeStatus: `deprecated` tells receivers to move on. To publishes an `archived` type is
// unknown, and lists leave it out by default.
type EventTypeStatus string

const (
	EventTypeStatusActive     EventTypeStatus = "active"
	EventTypeStatusDeprecated EventTypeStatus = "deprecated"
	EventTypeStatusArchived   EventTypeStatus = "archived"
)

// Validate: What happens to a message that the schema refuses: nothing (`off`), it is counted and
// logged (`warn`), or its publish is refused (`enforce`).
type Validate string

const (
	ValidateOff     Validate = "off"
	ValidateWarn    Validate = "warn"
	ValidateEnforce Validate = "enforce"
)

type EventTypeVersion struct {
	SchemaVersion int64     `json:"schemaVersion"`
	CreatedTime   time.Time `json:"createdTime"`
}

// EventType: What events of one kind carry.
type EventType struct {
	// The name of the topic. Topics that begin with `$` belong to the service: you can subscribe, but
	// not publish.
	TopicName   string          `json:"topicName"`
	Event       Event           `json:"event"`
	Description *string         `json:"description"`
	Group       *string         `json:"group"`
	Status      EventTypeStatus `json:"status"`
	Validate    Validate        `json:"validate"`
	// Tags of those who are shown the type; empty means everybody.
	Audience []string `json:"audience"`
	// Counts the changes of the schema; 0 if there was never one.
	SchemaVersion    int64           `json:"schemaVersion"`
	CreatedTime      time.Time       `json:"createdTime"`
	LastModifiedTime time.Time       `json:"lastModifiedTime"`
	Schema           json.RawMessage `json:"schema"`
	// Values that the schema accepts, of at most 65,536 bytes in all.
	Examples []json.RawMessage `json:"examples"`
	// The versions of the schema that are kept, newest first.
	Versions []EventTypeVersion `json:"versions"`
}

// EventTypeSummary: An event type without its schema.
type EventTypeSummary struct {
	// The name of the topic. Topics that begin with `$` belong to the service: you can subscribe, but
	// not publish.
	TopicName   string          `json:"topicName"`
	Event       Event           `json:"event"`
	Description *string         `json:"description"`
	Group       *string         `json:"group"`
	Status      EventTypeStatus `json:"status"`
	Validate    Validate        `json:"validate"`
	// Tags of those who are shown the type; empty means everybody.
	Audience []string `json:"audience"`
	// Counts the changes of the schema; 0 if there was never one.
	SchemaVersion    int64     `json:"schemaVersion"`
	CreatedTime      time.Time `json:"createdTime"`
	LastModifiedTime time.Time `json:"lastModifiedTime"`
}

type ImportChangeChange string

const (
	ImportChangeChangeCreated   ImportChangeChange = "created"
	ImportChangeChangeUpdated   ImportChangeChange = "updated"
	ImportChangeChangeUnchanged ImportChangeChange = "unchanged"
)

// ImportChange: What an import does to one event type.
type ImportChange struct {
	// The name of the topic. Topics that begin with `$` belong to the service: you can subscribe, but
	// not publish.
	TopicName string             `json:"topicName"`
	Event     Event              `json:"event"`
	Change    ImportChangeChange `json:"change"`
	// The fields that differ from what was there.
	Fields   []string   `json:"fields"`
	Breaking []Breaking `json:"breaking"`
}

// Message: A message with its value, which is one of `value`, `text` and `binary`.
type Message struct {
	// The message's id, which publish returns. It is the `webhook-id` of each of its deliveries.
	MessageID string `json:"messageId"`
	// The name of the cache (the tenant): 1 to 128 characters of any script, not only white space.
	CacheName string `json:"cacheName"`
	// The name of the topic. Topics that begin with `$` belong to the service: you can subscribe, but
	// not publish.
	TopicName     string          `json:"topicName"`
	Event         *Event          `json:"event"`
	ProductID     *int64          `json:"productId"`
	ContentType   string          `json:"contentType"`
	PublishedTime time.Time       `json:"publishedTime"`
	ExpiresTime   time.Time       `json:"expiresTime"`
	Value         json.RawMessage `json:"value,omitzero"`
	Text          string          `json:"text,omitzero"`
	Binary        string          `json:"binary,omitzero"`
}

type WebhookIdentity struct {
	// The name of the cache (the tenant): 1 to 128 characters of any script, not only white space.
	CacheName string `json:"cacheName"`
	// The name of the webhook, unique within its cache.
	WebhookName string `json:"webhookName"`
}

// MessageDelivery: A message's delivery, with its webhook.
type MessageDelivery struct {
	// The unique id of the webhook, which putWebhook returns and listWebhooks shows.
	WebhookID string          `json:"webhookId"`
	ID        WebhookIdentity `json:"id"`
	// The message's id, which publish returns. It is the `webhook-id` of each of its deliveries.
	MessageID string `json:"messageId"`
	// The name of the topic. Topics that begin with `$` belong to the service: you can subscribe, but
	// not publish.
	TopicName       string         `json:"topicName"`
	Event           *Event         `json:"event"`
	Status          DeliveryStatus `json:"status"`
	AttemptCount    int64          `json:"attemptCount"`
	PublishedTime   time.Time      `json:"publishedTime"`
	LastAttemptTime *time.Time     `json:"lastAttemptTime"`
	NextAttemptTime *time.Time     `json:"nextAttemptTime"`
	// The receiver's answer to the last attempt; null if none came.
	LastStatusCode *int64 `json:"lastStatusCode"`
	// The duration of the last attempt.
	LatencyMs *int64 `json:"latencyMs"`
	// What is wrong: the result of the last attempt (`HTTP 500`, `connection refused`), `not attempted
	// yet`, or the reason for no further attempt (`webhook inactive`, `webhook deleted`, `message
	// expired`, `horizon`). Null only after a 2xx.
	Error *string `json:"error"`
}

// MessageSummary: A message without its value.
type MessageSummary struct {
	// The message's id, which publish returns. It is the `webhook-id` of each of its deliveries.
	MessageID string `json:"messageId"`
	// The name of the cache (the tenant): 1 to 128 characters of any script, not only white space.
	CacheName string `json:"cacheName"`
	// The name of the topic. Topics that begin with `$` belong to the service: you can subscribe, but
	// not publish.
	TopicName     string    `json:"topicName"`
	Event         *Event    `json:"event"`
	ProductID     *int64    `json:"productId"`
	ContentType   string    `json:"contentType"`
	PublishedTime time.Time `json:"publishedTime"`
	ExpiresTime   time.Time `json:"expiresTime"`
}

type OverviewCounts struct {
	// Webhooks in that state.
	Ok int64 `json:"ok"`
	// Webhooks in that state.
	Failing int64 `json:"failing"`
	// Webhooks in that state.
	Limited int64 `json:"limited"`
	// Webhooks in that state.
	Held int64 `json:"held"`
	// Webhooks in that state.
	Disabled int64 `json:"disabled"`
}

type OverviewLast24Hours struct {
	Delivered int64 `json:"delivered"`
	Failed    int64 `json:"failed"`
	// The number of webhooks in this sum: all, or the first 1,000 by cache and name.
	Webhooks int64 `json:"webhooks"`
}

// WebhookHealthState: `disabled`: inactive for any reason. `held`: its circuit breaker is open, and
// only probes are posted, or its cache is suspended, and nothing is. `limited`: a rate, a
// Retry-After or a drain holds deliveries back. `failing`: the last attempt failed, and nothing is
// held back.
type WebhookHealthState string

const (
	WebhookHealthStateOk       WebhookHealthState = "ok"
	WebhookHealthStateFailing  WebhookHealthState = "failing"
	WebhookHealthStateLimited  WebhookHealthState = "limited"
	WebhookHealthStateHeld     WebhookHealthState = "held"
	WebhookHealthStateDisabled WebhookHealthState = "disabled"
)

// WebhookHealth: The health of a webhook.
type WebhookHealth struct {
	// `disabled`: inactive for any reason. `held`: its circuit breaker is open, and only probes are
	// posted, or its cache is suspended, and nothing is. `limited`: a rate, a Retry-After or a drain
	// holds deliveries back. `failing`: the last attempt failed, and nothing is held back.
	State WebhookHealthState `json:"state"`
	// The time since which it has this state, if known.
	Since time.Time `json:"since"`
	// The time of the attempt that `lastStatusCode` and `lastError` come from. Absent if unknown.
	LastAttemptTime time.Time  `json:"lastAttemptTime,omitzero"`
	LastSuccessTime *time.Time `json:"lastSuccessTime"`
	LastStatusCode  *int64     `json:"lastStatusCode"`
	LastError       *string    `json:"lastError"`
	// Deliveries that wait for an attempt, counted up to 1,000; 0 while it is ok.
	Waiting int64 `json:"waiting"`
	// The time of the next probe of a held webhook; null if its cache is suspended.
	NextProbeTime *time.Time `json:"nextProbeTime"`
	// About when a new message can be posted to a limited webhook; null if unknown.
	NextFreeTime *time.Time `json:"nextFreeTime"`
	// When its client certificate expires, or one of the intermediate certificates if that is earlier.
	// Absent without one.
	CertificateExpiryTime time.Time `json:"certificateExpiryTime,omitzero"`
}

type OverviewWebhook struct {
	// The name of the cache (the tenant): 1 to 128 characters of any script, not only white space.
	CacheName string `json:"cacheName"`
	// The name of the webhook, unique within its cache.
	WebhookName string `json:"webhookName"`
	// The unique id of the webhook, which putWebhook returns and listWebhooks shows.
	WebhookID string        `json:"webhookId"`
	Health    WebhookHealth `json:"health"`
	// `[delivered, failed]` for each of the last 24 hours, oldest first, current hour last; null if
	// the deployment counts nothing.
	Hours [][]int64 `json:"hours"`
}

// Overview: The health of all webhooks.
type Overview struct {
	Counts OverviewCounts `json:"counts"`
	// The current hour and the 23 before; null if the deployment counts nothing.
	Last24Hours *OverviewLast24Hours `json:"last24Hours"`
	// The worst webhooks, at most 100.
	Webhooks []OverviewWebhook `json:"webhooks"`
}

type PortalPermission string

const (
	PortalPermissionRead   PortalPermission = "read"
	PortalPermissionManage PortalPermission = "manage"
	PortalPermissionResend PortalPermission = "resend"
	PortalPermissionSecret PortalPermission = "secret"
)

type PortalThemeMode string

const (
	PortalThemeModeLight PortalThemeMode = "light"
	PortalThemeModeDark  PortalThemeMode = "dark"
	PortalThemeModeAuto  PortalThemeMode = "auto"
)

// PortalTheme: How the portal looks.
type PortalTheme struct {
	// The name that the page shows.
	Name string `json:"name,omitzero"`
	// An image as a `data:` URI in base64.
	Logo   string          `json:"logo,omitzero"`
	Accent string          `json:"accent,omitzero"`
	Mode   PortalThemeMode `json:"mode,omitzero"`
}

// Portal: What a portal session is, for its page.
type Portal struct {
	// The id of a portal session, which createPortalSession returns.
	SessionID string `json:"sessionId"`
	// The name of the cache (the tenant): 1 to 128 characters of any script, not only white space.
	CacheName   string             `json:"cacheName"`
	Permissions []PortalPermission `json:"permissions"`
	// Absent where the session is about every topic.
	Topics []string `json:"topics,omitzero"`
	// Of the event types, those with this tag or none are listed. It hides the others and protects
	// nothing.
	Audience string       `json:"audience,omitzero"`
	Theme    *PortalTheme `json:"theme,omitzero"`
	// The language of the page, such as `de`. Default: the browser's.
	Locale string `json:"locale,omitzero"`
	// Where the page's link back to your product leads.
	ReturnURL   string    `json:"returnUrl,omitzero"`
	ExpiresTime time.Time `json:"expiresTime"`
	// The origins whose pages may show the portal in a frame.
	PortalOrigins []string `json:"portalOrigins"`
}

// PublicKey: A public key of a cache.
type PublicKey struct {
	Kty string `json:"kty"`
	Crv string `json:"crv"`
	// The 32 bytes of the key, in base64url.
	X string `json:"x"`
	// The key's RFC 7638 thumbprint.
	Kid string `json:"kid"`
	Use string `json:"use"`
	Alg string `json:"alg"`
	// The same key as libraries of Standard Webhooks take it.
	Whpk string `json:"whpk"`
	// When a key that was replaced stops signing. Absent otherwise.
	ExpiresTime time.Time `json:"expiresTime,omitzero"`
}

// PutWebhookConfig: How deliveries are made. Fields that you leave out stay the same.
type PutWebhookConfig struct {
	CustomHeader  map[string]string `json:"customHeader,omitzero"`
	CustomHeaders map[string]string `json:"customHeaders,omitzero"`
	Format        Format            `json:"format,omitzero"`
	// How long one attempt may take, from the DNS lookup to the last byte.
	TimeoutSeconds *int64 `json:"timeoutSeconds,omitzero"`
	// The most POSTs a second that the receiver gets; others wait. Null removes the limit.
	MaxPerSecond Nullable[float64] `json:"maxPerSecond,omitzero"`
	// Signatures besides `webhook-signature`. An empty list means none; null means the deployment's
	// setting.
	Signatures Nullable[[]Signature] `json:"signatures,omitzero"`
	// Whether deliveries carry `webhook-signature`. Absent means true.
	StandardSignature *bool `json:"standardSignature,omitzero"`
	// Whether `webhook-signature` also has a `v1a` signature, by the key pair of the cache, which
	// anyone can verify with getPublicKeys. Absent means false.
	Asymmetric  *bool             `json:"asymmetric,omitzero"`
	MetaHeaders map[string]string `json:"metaHeaders,omitzero"`
	// Which messages to deliver, by their content: an event pattern of EventBridge. Null means all.
	Filter Nullable[json.RawMessage] `json:"filter,omitzero"`
	// What authorizes deliveries at their receiver. Null removes it. A secret that is `•••` stays the
	// stored one.
	Auth Nullable[DestinationAuth] `json:"auth,omitzero"`
	// The certificate by which deliveries identify themselves in the TLS handshake. Null removes it. A
	// private key that is `•••` stays the stored one.
	ClientCertificate Nullable[ClientCertificate] `json:"clientCertificate,omitzero"`
}

type RecoveryState string

const (
	RecoveryStateRunning   RecoveryState = "running"
	RecoveryStateCompleted RecoveryState = "completed"
	RecoveryStateStopped   RecoveryState = "stopped"
)

// Recovery: The progress of a recovery.
type Recovery struct {
	State    RecoveryState `json:"state"`
	Matched  int64         `json:"matched"`
	Enqueued int64         `json:"enqueued"`
	// True if it only counts; absent if it sends.
	DryRun      bool       `json:"dryRun,omitzero"`
	StartedTime time.Time  `json:"startedTime"`
	EndedTime   *time.Time `json:"endedTime"`
}

// RetryResultError: Why it is not sent to this webhook again.
type RetryResultError struct {
	Code    ErrorCode     `json:"code"`
	Message string        `json:"message"`
	Details []ErrorDetail `json:"details,omitzero"`
}

// RetryResult: What became of a message's retry at a webhook.
type RetryResult struct {
	// The unique id of the webhook, which putWebhook returns and listWebhooks shows.
	WebhookID string `json:"webhookId"`
	// It waits because its cache is suspended, its receiver has asked for a pause, or its rate is used
	// up. Absent otherwise.
	Held bool `json:"held,omitzero"`
	// Why it is not sent to this webhook again.
	Error *RetryResultError `json:"error,omitzero"`
}

// ShownClientCertificate: The client certificate of deliveries. No key sees its private key.
type ShownClientCertificate struct {
	CertificatePem string `json:"certificatePem"`
	PrivateKeyPem  string `json:"privateKeyPem"`
	CaPem          string `json:"caPem,omitzero"`
}

// ShownDestinationAuth: What authorizes deliveries at their receiver. No key sees its secret.
type ShownDestinationAuth struct {
	Type                 string                         `json:"type"`
	Username             string                         `json:"username,omitzero"`
	Password             string                         `json:"password,omitzero"`
	Token                string                         `json:"token,omitzero"`
	TokenURL             string                         `json:"tokenUrl,omitzero"`
	ClientID             string                         `json:"clientId,omitzero"`
	ClientSecret         string                         `json:"clientSecret,omitzero"`
	Scope                string                         `json:"scope,omitzero"`
	Audience             string                         `json:"audience,omitzero"`
	ClientAuthentication OAuth2AuthClientAuthentication `json:"clientAuthentication,omitzero"`
}

// StatsBucketByStatus: The attempts by the status of their answer; `none` had none.
type StatsBucketByStatus struct {
	Status2xx int64 `json:"2xx"`
	Status3xx int64 `json:"3xx"`
	Status4xx int64 `json:"4xx"`
	Status5xx int64 `json:"5xx"`
	None      int64 `json:"none"`
}

type StatsBucketLatencyMs struct {
	P50 int64 `json:"p50"`
	P95 int64 `json:"p95"`
}

// StatsBucket: The results of a webhook's deliveries in a minute, an hour or a day of UTC.
type StatsBucket struct {
	StartTime time.Time `json:"startTime"`
	// Attempts with a 2xx.
	Delivered int64 `json:"delivered"`
	// Deliveries that ended without success and are not retried.
	Failed   int64 `json:"failed"`
	Attempts int64 `json:"attempts"`
	// The attempts by the status of their answer; `none` had none.
	ByStatus StatsBucketByStatus `json:"byStatus"`
	// The latency of attempts, estimated from a histogram; null without attempts.
	LatencyMs *StatsBucketLatencyMs `json:"latencyMs"`
}

// WebhookDestination: The URL that messages are posted to.
type WebhookDestination struct {
	// An https URL, with two slashes before the host, and without user info, fragment and backslash.
	PostURL string `json:"postUrl"`
}

type WebhookStatus string

const (
	WebhookStatusActive   WebhookStatus = "active"
	WebhookStatusInactive WebhookStatus = "inactive"
)

// WebhookStatusReason: Why the service made it inactive: the receiver answered 410 Gone, or every
// attempt failed for days.
type WebhookStatusReason string

const (
	WebhookStatusReasonGone    WebhookStatusReason = "gone"
	WebhookStatusReasonFailing WebhookStatusReason = "failing"
)

type WebhookConfig struct {
	// An https URL, with two slashes before the host, and without user info, fragment and backslash.
	URL string `json:"url"`
	// The custom headers. Keys with `manage` or `secret` see the values, others see `•••`.
	CustomHeader map[string]string `json:"customHeader"`
	// The custom headers. Keys with `manage` or `secret` see the values, others see `•••`.
	CustomHeaders map[string]string `json:"customHeaders"`
	Format        Format            `json:"format"`
	// How long one attempt may take, from the DNS lookup to the last byte.
	TimeoutSeconds int64 `json:"timeoutSeconds"`
	// The most POSTs a second that the receiver gets; others wait. Absent without a limit.
	MaxPerSecond *float64 `json:"maxPerSecond,omitzero"`
	// As they were put. If absent, the deployment's setting applies.
	Signatures []Signature `json:"signatures,omitzero"`
	// Whether deliveries carry `webhook-signature`. Absent means true.
	StandardSignature *bool `json:"standardSignature,omitzero"`
	// Whether `webhook-signature` also has a `v1a` signature, by the key pair of the cache, which
	// anyone can verify with getPublicKeys. Absent means false.
	Asymmetric *bool `json:"asymmetric,omitzero"`
	// Names and templates of the headers about each delivery.
	MetaHeaders map[string]string `json:"metaHeaders,omitzero"`
	// Which messages are delivered, as it was put. Absent means all.
	Filter            json.RawMessage         `json:"filter,omitzero"`
	Auth              *ShownDestinationAuth   `json:"auth,omitzero"`
	ClientCertificate *ShownClientCertificate `json:"clientCertificate,omitzero"`
}

// Webhook: A webhook, without its secret. Keys with neither `manage` nor `secret` see `•••` instead
// of header values, and instead of a URL's query and its path below the first segment.
type Webhook struct {
	// The unique id of the webhook, which putWebhook returns and listWebhooks shows.
	WebhookID string          `json:"webhookId"`
	ID        WebhookIdentity `json:"id"`
	// The name of the topic. Topics that begin with `$` belong to the service: you can subscribe, but
	// not publish.
	TopicName   string             `json:"topicName"`
	Destination WebhookDestination `json:"destination"`
	// Only messages of this product; null means any or none.
	ProductID *int64 `json:"productId"`
	// The events to receive; an empty list means every event.
	Events        []Event       `json:"events"`
	WebhookStatus WebhookStatus `json:"webhookStatus"`
	// Why the service made it inactive: the receiver answered 410 Gone, or every attempt failed for
	// days.
	StatusReason WebhookStatusReason `json:"statusReason,omitzero"`
	// Only present while the cache is suspended and publishes are refused.
	CacheStatus      string         `json:"cacheStatus,omitzero"`
	Config           WebhookConfig  `json:"config"`
	CreatedTime      time.Time      `json:"createdTime"`
	LastModifiedTime time.Time      `json:"lastModifiedTime"`
	Health           *WebhookHealth `json:"health,omitzero"`
}

// WebhookDetailsConfig: Where and how deliveries are made.
type WebhookDetailsConfig struct {
	// An https URL, with two slashes before the host, and without user info, fragment and backslash.
	URL           string            `json:"url"`
	CustomHeader  map[string]string `json:"customHeader,omitzero"`
	CustomHeaders map[string]string `json:"customHeaders,omitzero"`
	Format        Format            `json:"format,omitzero"`
	// How long one attempt may take, from the DNS lookup to the last byte.
	TimeoutSeconds *int64 `json:"timeoutSeconds,omitzero"`
	// The most POSTs a second that the receiver gets; others wait. Null removes the limit.
	MaxPerSecond Nullable[float64] `json:"maxPerSecond,omitzero"`
	// Signatures besides `webhook-signature`. An empty list means none; null means the deployment's
	// setting.
	Signatures Nullable[[]Signature] `json:"signatures,omitzero"`
	// Whether deliveries carry `webhook-signature`. Absent means true.
	StandardSignature *bool `json:"standardSignature,omitzero"`
	// Whether `webhook-signature` also has a `v1a` signature, by the key pair of the cache, which
	// anyone can verify with getPublicKeys. Absent means false.
	Asymmetric  *bool             `json:"asymmetric,omitzero"`
	MetaHeaders map[string]string `json:"metaHeaders,omitzero"`
	// Which messages to deliver, by their content: an event pattern of EventBridge. Null means all.
	Filter Nullable[json.RawMessage] `json:"filter,omitzero"`
	// What authorizes deliveries at their receiver. Null removes it. A secret that is `•••` stays the
	// stored one.
	Auth Nullable[DestinationAuth] `json:"auth,omitzero"`
	// The certificate by which deliveries identify themselves in the TLS handshake. Null removes it. A
	// private key that is `•••` stays the stored one.
	ClientCertificate Nullable[ClientCertificate] `json:"clientCertificate,omitzero"`
}

type PutWebhookResponse struct {
	// The secret that deliveries are signed with: `whsec_` and the base64 of 16 to 75 bytes. With
	// `config.standardSignature` false, and no signature that decodes it, any 8 to 256 visible
	// characters.
	SecretString string `json:"secretString"`
	// The unique id of the webhook, which putWebhook returns and listWebhooks shows.
	WebhookID string  `json:"webhookId"`
	Webhook   Webhook `json:"webhook"`
}

type ListWebhooksResponse struct {
	Webhooks   []Webhook `json:"webhooks"`
	NextCursor *string   `json:"nextCursor"`
}

type NewWebhookIdentity struct {
	// The name of the cache (the tenant): 1 to 128 characters of any script, not only white space.
	CacheName string `json:"cacheName,omitzero"`
	// The name of the webhook, unique within its cache.
	WebhookName string `json:"webhookName,omitzero"`
}

type DeleteWebhookResponse struct{}

type GetWebhookSecretResponse struct {
	// The secret that deliveries are signed with: `whsec_` and the base64 of 16 to 75 bytes. With
	// `config.standardSignature` false, and no signature that decodes it, any 8 to 256 visible
	// characters.
	Secret string `json:"secret"`
	// The name of the webhook, unique within its cache.
	WebhookName string `json:"webhookName"`
	// The name of the cache (the tenant): 1 to 128 characters of any script, not only white space.
	CacheName string `json:"cacheName"`
}

type RotateWebhookSecretResponse struct {
	// The secret that deliveries are signed with: `whsec_` and the base64 of 16 to 75 bytes. With
	// `config.standardSignature` false, and no signature that decodes it, any 8 to 256 visible
	// characters.
	Secret string `json:"secret"`
	// The name of the webhook, unique within its cache.
	WebhookName string `json:"webhookName"`
	// The name of the cache (the tenant): 1 to 128 characters of any script, not only white space.
	CacheName                 string    `json:"cacheName"`
	PreviousSecretExpiresTime time.Time `json:"previousSecretExpiresTime"`
}

type GetPublicKeysResponse struct {
	Keys []PublicKey `json:"keys"`
}

type WebhookStatusSentence string

const (
	WebhookStatusSentenceWebhookIsActive   WebhookStatusSentence = "Webhook is active."
	WebhookStatusSentenceWebhookIsInactive WebhookStatusSentence = "Webhook is inactive."
)

type UpdateWebhookStatusResponse struct {
	// The unique id of the webhook, which putWebhook returns and listWebhooks shows.
	WebhookID     string                `json:"webhookId"`
	WebhookStatus WebhookStatusSentence `json:"webhookStatus"`
}

type TestWebhookResponse struct {
	Delivered    bool   `json:"delivered"`
	StatusCode   *int64 `json:"statusCode,omitzero"`
	LatencyMs    int64  `json:"latencyMs"`
	Error        string `json:"error,omitzero"`
	ResponseBody string `json:"responseBody,omitzero"`
}

type ListDeliveriesResponse struct {
	// Only present while the cache is suspended and publishes are refused.
	CacheStatus string            `json:"cacheStatus,omitzero"`
	Deliveries  []DeliverySummary `json:"deliveries"`
	NextCursor  *string           `json:"nextCursor"`
}

type RetryDeliveryResponse struct {
	// The message's id, which publish returns. It is the `webhook-id` of each of its deliveries.
	MessageID string `json:"messageId"`
	// It waits because its cache is suspended, its receiver has asked for a pause, or its rate is used
	// up. Absent otherwise.
	Held bool `json:"held,omitzero"`
}

// RecoverDeliveriesMode: Which deliveries to send again.
type RecoverDeliveriesMode string

const (
	RecoverDeliveriesModeFailed  RecoverDeliveriesMode = "failed"
	RecoverDeliveriesModeMissing RecoverDeliveriesMode = "missing"
)

// RecoverDeliveriesStatusClass: Only deliveries whose last answer was of this class; `none` is no
// answer. Only with `failed`.
type RecoverDeliveriesStatusClass string

const (
	RecoverDeliveriesStatusClassStatus4xx RecoverDeliveriesStatusClass = "4xx"
	RecoverDeliveriesStatusClassStatus5xx RecoverDeliveriesStatusClass = "5xx"
	RecoverDeliveriesStatusClassNone      RecoverDeliveriesStatusClass = "none"
)

type RecoverDeliveriesResponse struct {
	// The id of a recovery, which recoverDeliveries returns.
	JobID string `json:"jobId"`
	// It waits because its cache is suspended, its receiver has asked for a pause, or its rate is used
	// up. Absent otherwise.
	Held bool `json:"held,omitzero"`
}

type GetWebhookStatsBy string

const (
	GetWebhookStatsByMinute GetWebhookStatsBy = "minute"
	GetWebhookStatsByHour   GetWebhookStatsBy = "hour"
	GetWebhookStatsByDay    GetWebhookStatsBy = "day"
)

type GetWebhookStatsResponse struct {
	// Oldest first, including empty ones; null if the deployment counts nothing.
	Buckets []StatsBucket `json:"buckets"`
}

type PublishResponse struct {
	// The message's id, which publish returns. It is the `webhook-id` of each of its deliveries.
	MessageID string `json:"messageId"`
}

type PublishBatchResult struct {
	// The message's id, which publish returns. It is the `webhook-id` of each of its deliveries.
	MessageID string            `json:"messageId,omitzero"`
	Error     *RetryResultError `json:"error,omitzero"`
}

type PublishBatchResponse struct {
	Results []PublishBatchResult `json:"results"`
}

type ListMessagesResponse struct {
	Messages   []MessageSummary `json:"messages"`
	NextCursor *string          `json:"nextCursor"`
}

type GetMessageDeliveriesResponse struct {
	Deliveries []MessageDelivery `json:"deliveries"`
	NextCursor *string           `json:"nextCursor"`
}

type RetryMessageResponse struct {
	Results []RetryResult `json:"results"`
}

type TestFilterResponse struct {
	// Whether a webhook with the filter gets the message.
	Matches bool `json:"matches"`
	// The leaves of the filter that decided it: those that hold, or else those that do not. Empty
	// where the filter is too much work for the value.
	Because []string `json:"because"`
}

type CreatePortalSessionResponse struct {
	// The id of a portal session, which createPortalSession returns.
	SessionID string `json:"sessionId"`
	// What the page calls the API with, as with a key. It is shown only here.
	Token       string    `json:"token"`
	URL         *string   `json:"url"`
	ExpiresTime time.Time `json:"expiresTime"`
}

type PutEventTypeResponse struct {
	EventType EventType `json:"eventType"`
	// What the change of the schema may break.
	Breaking []Breaking `json:"breaking"`
}

type ListEventTypesResponse struct {
	EventTypes []EventTypeSummary `json:"eventTypes"`
	NextCursor *string            `json:"nextCursor"`
}

// ImportEventTypesDocument: An OpenAPI 3.1 document. Only its `webhooks` and `components` are read.
type ImportEventTypesDocument struct {
	Openapi  string          `json:"openapi"`
	Webhooks json.RawMessage `json:"webhooks"`
}

type ImportEventTypesResponse struct {
	DryRun bool `json:"dryRun"`
	// One for each webhook of the document.
	Changes []ImportChange `json:"changes"`
}

type ExportEventTypesDocument string

const (
	ExportEventTypesDocumentOpenapiJSON  ExportEventTypesDocument = "openapi.json"
	ExportEventTypesDocumentAsyncapiJSON ExportEventTypesDocument = "asyncapi.json"
)

type Cache struct {
	// The name of the cache (the tenant): 1 to 128 characters of any script, not only white space.
	CacheName string `json:"cacheName"`
}

type ListCachesResponse struct {
	Caches     []Cache `json:"caches"`
	NextCursor *string `json:"nextCursor"`
}

type SuspendCacheResponse struct {
	// The name of the cache (the tenant): 1 to 128 characters of any script, not only white space.
	CacheName   string      `json:"cacheName"`
	CacheStatus CacheStatus `json:"cacheStatus"`
}

type GetEgressAddressesResponse struct {
	Addresses []string `json:"addresses"`
}
