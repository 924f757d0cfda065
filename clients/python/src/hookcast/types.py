"""What the operations take and return, in the names of the API.

Written by npm run clients out of the table of operations. A test compares.
"""

from __future__ import annotations

import sys
from typing import Any, Literal, TypedDict, Union

if sys.version_info >= (3, 11):
    from typing import NotRequired
else:
    from typing_extensions import NotRequired

Format = Literal["standard", "raw", "momento", "thredd", "cloudevents", "slack", "teams"]
"""The format of a delivery's body. `slack` and `teams` write alerts for people, and are only for
topics that begin with `$`, which carry events about webhooks.
"""


class SentRequest(TypedDict):
    """What an attempt sent. Absent for attempts of an earlier version of the service, and while a
    webhook has custom headers from one.
    """

    url: str
    """Masked with `•••` below the first path segment for keys that may not see secrets."""
    format: Format
    bytes: int
    """The length of the body."""
    headerNames: list[str]
    """The names of all headers sent, including custom ones, without values."""


class Attempt(TypedDict):
    """One HTTP try."""

    attempt: int
    attemptTime: str
    statusCode: int | None
    latencyMs: int
    error: str | None
    responseBody: str
    request: NotRequired[SentRequest]
    responseHeaders: NotRequired[dict[str, str]]
    """For a failed attempt: the first 2 KiB of the answer's headers, in lower case, without those
    that set cookies.
    """


class BasicAuth(TypedDict):
    """HTTP basic authentication (RFC 7617)."""

    type: Literal["basic"]
    username: str
    """The user, without a colon."""
    password: str
    """The password. Shown as `•••`, which keeps it."""


class BearerAuth(TypedDict):
    """A fixed bearer token (RFC 6750)."""

    type: Literal["bearer"]
    token: str
    """The token: visible ASCII characters. Shown as `•••`, which keeps it."""


BreakingChange = Literal["removed", "optional", "required", "narrowed", "widened", "type", "other"]

BreakingAffects = Literal["receivers", "publishers"]
"""Whether readers of such values or publishers may break."""


class Breaking(TypedDict):
    """A change of the schema that may break someone."""

    path: str
    """The place in the value, such as `value.amount`."""
    change: BreakingChange
    affects: BreakingAffects
    """Whether readers of such values or publishers may break."""
    message: str


CacheStatus = Literal["active", "suspended"]
"""Whether an operator has suspended the cache."""


class ClientCertificate(TypedDict):
    """The client certificate of deliveries, for receivers that ask for one (mutual TLS)."""

    certificatePem: str
    """The certificate in PEM, followed by its intermediate certificates, if it has any. Each must
    be valid now.
    """
    privateKeyPem: str
    """The private key of the certificate in PEM, without a passphrase. Shown as `•••`, which keeps
    it.
    """
    caPem: NotRequired[str]
    """The authorities, in PEM, that the receiver's own certificate must come from. Each must be
    valid now. If absent, the public ones.
    """


PresetSignatureScheme = Literal[
    "github",
    "stripe",
    "slack",
    "shopify",
    "svix",
    "hookdeck",
    "convoy",
    "outpost",
]
"""Signs like this service, with the headers that its receivers read."""


class PresetSignature(TypedDict):
    """A signature as another service makes it."""

    scheme: PresetSignatureScheme
    """Signs like this service, with the headers that its receivers read."""
    until: NotRequired[str]
    """When deliveries stop carrying this signature. In a query the `+` of an offset is sent as
    `%2B`.
    """


RecipeSignatureAlgorithm = Literal["sha256", "sha512", "sha1", "sha3-256"]
"""The hash of the HMAC."""

RecipeSignatureEncoding = Literal["hex", "base64", "base64url"]

RecipeSignatureKey = Literal["text", "decoded"]
"""The key of the HMAC: the whole secret as `text` (default), or the bytes `decoded` from the base64
after `whsec_`.
"""


class RecipeSignature(TypedDict):
    """A signature of your own."""

    header: str
    """The header that carries the signature. Names that custom headers may not have are refused."""
    content: str
    """What is signed: text, `{body}` once, and placeholders."""
    algorithm: RecipeSignatureAlgorithm
    """The hash of the HMAC."""
    encoding: RecipeSignatureEncoding
    value: str
    """The header's value: text, `{signature}` once, and placeholders."""
    key: NotRequired[RecipeSignatureKey]
    """The key of the HMAC: the whole secret as `text` (default), or the bytes `decoded` from the
    base64 after `whsec_`.
    """
    separator: NotRequired[str]
    """The text between two signatures during a rotation. Without it, only the new secret signs."""
    until: NotRequired[str]
    """When deliveries stop carrying this signature. In a query the `+` of an offset is sent as
    `%2B`.
    """


Signature = Union["PresetSignature", "RecipeSignature"]

OAuth2AuthClientAuthentication = Literal["basic", "post"]
"""How the client identifies itself to the token endpoint: by a header (`basic`, default), or in the
body (`post`).
"""


class OAuth2Auth(TypedDict):
    """An access token of OAuth 2.0 client credentials (RFC 6749, section 4.4)."""

    type: Literal["oauth2"]
    tokenUrl: str
    """An https URL, with two slashes before the host, and without user info, fragment and
    backslash.
    """
    clientId: str
    """The client's id."""
    clientSecret: str
    """The client's secret. Shown as `•••`, which keeps it."""
    scope: NotRequired[str]
    """The scopes to ask for, separated by spaces."""
    audience: NotRequired[str]
    """The audience to ask for, where the server has several."""
    clientAuthentication: NotRequired[OAuth2AuthClientAuthentication]
    """How the client identifies itself to the token endpoint: by a header (`basic`, default), or in
    the body (`post`).
    """


DestinationAuth = Union["BasicAuth", "BearerAuth", "OAuth2Auth"]
"""What authorizes deliveries at their receiver: their `authorization` header."""


class CreateWebhookConfig(TypedDict):
    """Where and how deliveries are made. Fields that you leave out have their defaults."""

    url: NotRequired[str]
    """An https URL, with two slashes before the host, and without user info, fragment and
    backslash.
    """
    customHeader: NotRequired[dict[str, str]]
    customHeaders: NotRequired[dict[str, str]]
    format: NotRequired[Format]
    timeoutSeconds: NotRequired[int]
    """How long one attempt may take, from the DNS lookup to the last byte."""
    maxPerSecond: NotRequired[float | None]
    """The most POSTs a second that the receiver gets; others wait. Null removes the limit."""
    signatures: NotRequired[list[Signature] | None]
    """Signatures besides `webhook-signature`. An empty list means none; null means the deployment's
    setting.
    """
    standardSignature: NotRequired[bool]
    """Whether deliveries carry `webhook-signature`. Absent means true."""
    asymmetric: NotRequired[bool]
    """Whether `webhook-signature` also has a `v1a` signature, by the key pair of the cache, which
    anyone can verify with getPublicKeys. Absent means false.
    """
    metaHeaders: NotRequired[dict[str, str]]
    filter: NotRequired[dict[str, Any] | None]
    """Which messages to deliver, by their content: an event pattern of EventBridge. Null means all.
    """
    auth: NotRequired[DestinationAuth | None]
    """What authorizes deliveries at their receiver. Null removes it. A secret that is `•••` stays
    the stored one.
    """
    clientCertificate: NotRequired[ClientCertificate | None]
    """The certificate by which deliveries identify themselves in the TLS handshake. Null removes
    it. A private key that is `•••` stays the stored one.
    """


Event = Union[int, str]
"""The event: a whole number from 0 on, or a dotted name that begins with a letter."""

DeliveryStatus = Literal["pending", "delivered", "retrying", "failed"]
"""The status of a delivery."""

DeliveryRendered = Literal["as-sent", "settings-changed"]
"""Whether the body is as it was sent, or rebuilt with the webhook's current settings. Absent
without a body.
"""


class Delivery(TypedDict):
    """One message to one webhook, with every attempt."""

    messageId: str
    """The message's id, which publish returns. It is the `webhook-id` of each of its deliveries."""
    topicName: str
    """The name of the topic. Topics that begin with `$` belong to the service: you can subscribe,
    but not publish.
    """
    event: Event | None
    status: DeliveryStatus
    attemptCount: int
    publishedTime: str
    lastAttemptTime: str | None
    nextAttemptTime: str | None
    lastStatusCode: int | None
    """The receiver's answer to the last attempt; null if none came."""
    latencyMs: int | None
    """The duration of the last attempt."""
    error: str | None
    """What is wrong: the result of the last attempt (`HTTP 500`, `connection refused`), `not
    attempted yet`, or the reason for no further attempt (`webhook inactive`, `webhook deleted`,
    `message expired`, `horizon`). Null only after a 2xx.
    """
    cacheStatus: NotRequired[Literal["suspended"]]
    """Only present while the cache is suspended and publishes are refused."""
    requestBody: str | None
    """The body of the last attempt. Null if there was none, or if the message is no longer stored.
    """
    requestBodyEncoding: NotRequired[Literal["base64"]]
    """Present if the body is not UTF-8 text."""
    rendered: NotRequired[DeliveryRendered]
    """Whether the body is as it was sent, or rebuilt with the webhook's current settings. Absent
    without a body.
    """
    attempts: list[Attempt]


class DeliverySummary(TypedDict):
    """One message to one webhook, as a list shows it."""

    messageId: str
    """The message's id, which publish returns. It is the `webhook-id` of each of its deliveries."""
    topicName: str
    """The name of the topic. Topics that begin with `$` belong to the service: you can subscribe,
    but not publish.
    """
    event: Event | None
    status: DeliveryStatus
    attemptCount: int
    publishedTime: str
    lastAttemptTime: str | None
    nextAttemptTime: str | None
    lastStatusCode: int | None
    """The receiver's answer to the last attempt; null if none came."""
    latencyMs: int | None
    """The duration of the last attempt."""
    error: str | None
    """What is wrong: the result of the last attempt (`HTTP 500`, `connection refused`), `not
    attempted yet`, or the reason for no further attempt (`webhook inactive`, `webhook deleted`,
    `message expired`, `horizon`). Null only after a 2xx.
    """


ErrorCode = Literal[
    "INVALID_ARGUMENT_ERROR",
    "PERMISSION_ERROR",
    "NOT_FOUND_ERROR",
    "ALREADY_EXISTS_ERROR",
    "FAILED_PRECONDITION_ERROR",
    "PAYLOAD_TOO_LARGE_ERROR",
    "LIMIT_EXCEEDED_ERROR",
    "INTERNAL_SERVER_ERROR",
    "SERVER_UNAVAILABLE",
]
"""The kind of error; codes are stable."""


class ErrorDetail(TypedDict):
    """One bad field."""

    path: str
    """The bad field, such as `destination.postUrl`."""
    message: str
    """The problem with the field."""


EventTypeStatus = Literal["active", "deprecated", "archived"]
"""`deprecated` tells receivers to move on. To publishes an `archived` type is unknown, and lists
leave it out by default.
"""

Validate = Literal["off", "warn", "enforce"]
"""What happens to a message that the schema refuses: nothing (`off`), it is counted and logged
(`warn`), or its publish is refused (`enforce`).
"""


class EventTypeVersion(TypedDict):
    schemaVersion: int
    createdTime: str


class EventType(TypedDict):
    """What events of one kind carry."""

    topicName: str
    """The name of the topic. Topics that begin with `$` belong to the service: you can subscribe,
    but not publish.
    """
    event: Event
    description: str | None
    group: str | None
    status: EventTypeStatus
    validate: Validate
    audience: list[str]
    """Tags of those who are shown the type; empty means everybody."""
    schemaVersion: int
    """Counts the changes of the schema; 0 if there was never one."""
    createdTime: str
    lastModifiedTime: str
    schema: Any | None
    examples: list[Any]
    """Values that the schema accepts, of at most 65,536 bytes in all."""
    versions: list[EventTypeVersion]
    """The versions of the schema that are kept, newest first."""


class EventTypeSummary(TypedDict):
    """An event type without its schema."""

    topicName: str
    """The name of the topic. Topics that begin with `$` belong to the service: you can subscribe,
    but not publish.
    """
    event: Event
    description: str | None
    group: str | None
    status: EventTypeStatus
    validate: Validate
    audience: list[str]
    """Tags of those who are shown the type; empty means everybody."""
    schemaVersion: int
    """Counts the changes of the schema; 0 if there was never one."""
    createdTime: str
    lastModifiedTime: str


ImportChangeChange = Literal["created", "updated", "unchanged"]


class ImportChange(TypedDict):
    """What an import does to one event type."""

    topicName: str
    """The name of the topic. Topics that begin with `$` belong to the service: you can subscribe,
    but not publish.
    """
    event: Event
    change: ImportChangeChange
    fields: list[str]
    """The fields that differ from what was there."""
    breaking: list[Breaking]


class Message(TypedDict):
    """A message with its value, which is one of `value`, `text` and `binary`."""

    messageId: str
    """The message's id, which publish returns. It is the `webhook-id` of each of its deliveries."""
    cacheName: str
    """The name of the cache (the tenant): 1 to 128 characters of any script, not only white space.
    """
    topicName: str
    """The name of the topic. Topics that begin with `$` belong to the service: you can subscribe,
    but not publish.
    """
    event: Event | None
    productId: int | None
    contentType: str
    publishedTime: str
    expiresTime: str
    value: NotRequired[Any]
    text: NotRequired[str]
    binary: NotRequired[str]


class WebhookIdentity(TypedDict):
    cacheName: str
    """The name of the cache (the tenant): 1 to 128 characters of any script, not only white space.
    """
    webhookName: str
    """The name of the webhook, unique within its cache."""


class MessageDelivery(TypedDict):
    """A message's delivery, with its webhook."""

    webhookId: str
    """The unique id of the webhook, which putWebhook returns and listWebhooks shows."""
    id: WebhookIdentity
    messageId: str
    """The message's id, which publish returns. It is the `webhook-id` of each of its deliveries."""
    topicName: str
    """The name of the topic. Topics that begin with `$` belong to the service: you can subscribe,
    but not publish.
    """
    event: Event | None
    status: DeliveryStatus
    attemptCount: int
    publishedTime: str
    lastAttemptTime: str | None
    nextAttemptTime: str | None
    lastStatusCode: int | None
    """The receiver's answer to the last attempt; null if none came."""
    latencyMs: int | None
    """The duration of the last attempt."""
    error: str | None
    """What is wrong: the result of the last attempt (`HTTP 500`, `connection refused`), `not
    attempted yet`, or the reason for no further attempt (`webhook inactive`, `webhook deleted`,
    `message expired`, `horizon`). Null only after a 2xx.
    """


class MessageSummary(TypedDict):
    """A message without its value."""

    messageId: str
    """The message's id, which publish returns. It is the `webhook-id` of each of its deliveries."""
    cacheName: str
    """The name of the cache (the tenant): 1 to 128 characters of any script, not only white space.
    """
    topicName: str
    """The name of the topic. Topics that begin with `$` belong to the service: you can subscribe,
    but not publish.
    """
    event: Event | None
    productId: int | None
    contentType: str
    publishedTime: str
    expiresTime: str


class OverviewCounts(TypedDict):
    ok: int
    """Webhooks in that state."""
    failing: int
    """Webhooks in that state."""
    limited: int
    """Webhooks in that state."""
    held: int
    """Webhooks in that state."""
    disabled: int
    """Webhooks in that state."""


class OverviewLast24Hours(TypedDict):
    delivered: int
    failed: int
    webhooks: int
    """The number of webhooks in this sum: all, or the first 1,000 by cache and name."""


WebhookHealthState = Literal["ok", "failing", "limited", "held", "disabled"]
"""`disabled`: inactive for any reason. `held`: its circuit breaker is open, and only probes are
posted, or its cache is suspended, and nothing is. `limited`: a rate, a Retry-After or a drain
holds deliveries back. `failing`: the last attempt failed, and nothing is held back.
"""


class WebhookHealth(TypedDict):
    """The health of a webhook."""

    state: WebhookHealthState
    """`disabled`: inactive for any reason. `held`: its circuit breaker is open, and only probes are
    posted, or its cache is suspended, and nothing is. `limited`: a rate, a Retry-After or a
    drain holds deliveries back. `failing`: the last attempt failed, and nothing is held back.
    """
    since: str
    """The time since which it has this state, if known."""
    lastAttemptTime: NotRequired[str]
    """The time of the attempt that `lastStatusCode` and `lastError` come from. Absent if unknown.
    """
    lastSuccessTime: str | None
    lastStatusCode: int | None
    lastError: str | None
    waiting: int
    """Deliveries that wait for an attempt, counted up to 1,000; 0 while it is ok."""
    nextProbeTime: str | None
    """The time of the next probe of a held webhook; null if its cache is suspended."""
    nextFreeTime: str | None
    """About when a new message can be posted to a limited webhook; null if unknown."""
    certificateExpiryTime: NotRequired[str]
    """When its client certificate expires, or one of the intermediate certificates if that is
    earlier. Absent without one.
    """


class OverviewWebhook(TypedDict):
    cacheName: str
    """The name of the cache (the tenant): 1 to 128 characters of any script, not only white space.
    """
    webhookName: str
    """The name of the webhook, unique within its cache."""
    webhookId: str
    """The unique id of the webhook, which putWebhook returns and listWebhooks shows."""
    health: WebhookHealth
    hours: list[list[int]] | None
    """`[delivered, failed]` for each of the last 24 hours, oldest first, current hour last; null if
    the deployment counts nothing.
    """


class Overview(TypedDict):
    """The health of all webhooks."""

    counts: OverviewCounts
    last24Hours: OverviewLast24Hours | None
    """The current hour and the 23 before; null if the deployment counts nothing."""
    webhooks: list[OverviewWebhook]
    """The worst webhooks, at most 100."""


PortalPermission = Literal["read", "manage", "resend", "secret"]

PortalThemeMode = Literal["light", "dark", "auto"]


class PortalTheme(TypedDict):
    """How the portal looks."""

    name: NotRequired[str]
    """The name that the page shows."""
    logo: NotRequired[str]
    """An image as a `data:` URI in base64."""
    accent: NotRequired[str]
    mode: NotRequired[PortalThemeMode]


class Portal(TypedDict):
    """What a portal session is, for its page."""

    sessionId: str
    """The id of a portal session, which createPortalSession returns."""
    cacheName: str
    """The name of the cache (the tenant): 1 to 128 characters of any script, not only white space.
    """
    permissions: list[PortalPermission]
    topics: NotRequired[list[str]]
    """Absent where the session is about every topic."""
    audience: NotRequired[str]
    """Of the event types, those with this tag or none are listed. It hides the others and protects
    nothing.
    """
    theme: NotRequired[PortalTheme]
    locale: NotRequired[str]
    """The language of the page, such as `de`. Default: the browser's."""
    returnUrl: NotRequired[str]
    """Where the page's link back to your product leads."""
    expiresTime: str
    portalOrigins: list[str]
    """The origins whose pages may show the portal in a frame."""


class PublicKey(TypedDict):
    """A public key of a cache."""

    kty: Literal["OKP"]
    crv: Literal["Ed25519"]
    x: str
    """The 32 bytes of the key, in base64url."""
    kid: str
    """The key's RFC 7638 thumbprint."""
    use: Literal["sig"]
    alg: Literal["EdDSA"]
    whpk: str
    """The same key as libraries of Standard Webhooks take it."""
    expiresTime: NotRequired[str]
    """When a key that was replaced stops signing. Absent otherwise."""


class PutWebhookConfig(TypedDict):
    """How deliveries are made. Fields that you leave out stay the same."""

    customHeader: NotRequired[dict[str, str]]
    customHeaders: NotRequired[dict[str, str]]
    format: NotRequired[Format]
    timeoutSeconds: NotRequired[int]
    """How long one attempt may take, from the DNS lookup to the last byte."""
    maxPerSecond: NotRequired[float | None]
    """The most POSTs a second that the receiver gets; others wait. Null removes the limit."""
    signatures: NotRequired[list[Signature] | None]
    """Signatures besides `webhook-signature`. An empty list means none; null means the deployment's
    setting.
    """
    standardSignature: NotRequired[bool]
    """Whether deliveries carry `webhook-signature`. Absent means true."""
    asymmetric: NotRequired[bool]
    """Whether `webhook-signature` also has a `v1a` signature, by the key pair of the cache, which
    anyone can verify with getPublicKeys. Absent means false.
    """
    metaHeaders: NotRequired[dict[str, str]]
    filter: NotRequired[dict[str, Any] | None]
    """Which messages to deliver, by their content: an event pattern of EventBridge. Null means all.
    """
    auth: NotRequired[DestinationAuth | None]
    """What authorizes deliveries at their receiver. Null removes it. A secret that is `•••` stays
    the stored one.
    """
    clientCertificate: NotRequired[ClientCertificate | None]
    """The certificate by which deliveries identify themselves in the TLS handshake. Null removes
    it. A private key that is `•••` stays the stored one.
    """


RecoveryState = Literal["running", "completed", "stopped"]


class Recovery(TypedDict):
    """The progress of a recovery."""

    state: RecoveryState
    matched: int
    enqueued: int
    dryRun: NotRequired[Literal[True]]
    """True if it only counts; absent if it sends."""
    startedTime: str
    endedTime: str | None


class RetryResultError(TypedDict):
    """Why it is not sent to this webhook again."""

    code: ErrorCode
    message: str
    details: NotRequired[list[ErrorDetail]]


class RetryResult(TypedDict):
    """What became of a message's retry at a webhook."""

    webhookId: str
    """The unique id of the webhook, which putWebhook returns and listWebhooks shows."""
    held: NotRequired[Literal[True]]
    """It waits because its cache is suspended, its receiver has asked for a pause, or its rate is
    used up. Absent otherwise.
    """
    error: NotRequired[RetryResultError]
    """Why it is not sent to this webhook again."""


class ShownClientCertificate(TypedDict):
    """The client certificate of deliveries. No key sees its private key."""

    certificatePem: str
    privateKeyPem: Literal["•••"]
    caPem: NotRequired[str]


class ShownDestinationAuthBasic(TypedDict):
    type: Literal["basic"]
    username: str
    password: Literal["•••"]


class ShownDestinationAuthBearer(TypedDict):
    type: Literal["bearer"]
    token: Literal["•••"]


class ShownDestinationAuthOauth2(TypedDict):
    type: Literal["oauth2"]
    tokenUrl: str
    clientId: str
    clientSecret: Literal["•••"]
    scope: NotRequired[str]
    audience: NotRequired[str]
    clientAuthentication: NotRequired[OAuth2AuthClientAuthentication]


ShownDestinationAuth = Union[
    "ShownDestinationAuthBasic", "ShownDestinationAuthBearer", "ShownDestinationAuthOauth2"
]
"""What authorizes deliveries at their receiver. No key sees its secret."""

StatsBucketByStatus = TypedDict(
    "StatsBucketByStatus",
    {
        "2xx": int,
        "3xx": int,
        "4xx": int,
        "5xx": int,
        "none": int,
    },
)


class StatsBucketLatencyMs(TypedDict):
    p50: int
    p95: int


class StatsBucket(TypedDict):
    """The results of a webhook's deliveries in a minute, an hour or a day of UTC."""

    startTime: str
    delivered: int
    """Attempts with a 2xx."""
    failed: int
    """Deliveries that ended without success and are not retried."""
    attempts: int
    byStatus: StatsBucketByStatus
    """The attempts by the status of their answer; `none` had none."""
    latencyMs: StatsBucketLatencyMs | None
    """The latency of attempts, estimated from a histogram; null without attempts."""


class WebhookDestination(TypedDict):
    """The URL that messages are posted to."""

    postUrl: str
    """An https URL, with two slashes before the host, and without user info, fragment and
    backslash.
    """


WebhookStatus = Literal["active", "inactive"]

WebhookStatusReason = Literal["gone", "failing"]
"""Why the service made it inactive: the receiver answered 410 Gone, or every attempt failed for
days.
"""


class WebhookConfig(TypedDict):
    url: str
    """An https URL, with two slashes before the host, and without user info, fragment and
    backslash.
    """
    customHeader: dict[str, str]
    """The custom headers. Keys with `manage` or `secret` see the values, others see `•••`."""
    customHeaders: dict[str, str]
    """The custom headers. Keys with `manage` or `secret` see the values, others see `•••`."""
    format: Format
    timeoutSeconds: int
    """How long one attempt may take, from the DNS lookup to the last byte."""
    maxPerSecond: NotRequired[float]
    """The most POSTs a second that the receiver gets; others wait. Absent without a limit."""
    signatures: NotRequired[list[Signature]]
    """As they were put. If absent, the deployment's setting applies."""
    standardSignature: NotRequired[bool]
    """Whether deliveries carry `webhook-signature`. Absent means true."""
    asymmetric: NotRequired[bool]
    """Whether `webhook-signature` also has a `v1a` signature, by the key pair of the cache, which
    anyone can verify with getPublicKeys. Absent means false.
    """
    metaHeaders: NotRequired[dict[str, str]]
    """Names and templates of the headers about each delivery."""
    filter: NotRequired[dict[str, Any]]
    """Which messages are delivered, as it was put. Absent means all."""
    auth: NotRequired[ShownDestinationAuth]
    clientCertificate: NotRequired[ShownClientCertificate]


class Webhook(TypedDict):
    """A webhook, without its secret. Keys with neither `manage` nor `secret` see `•••` instead of
    header values, and instead of a URL's query and its path below the first segment.
    """

    webhookId: str
    """The unique id of the webhook, which putWebhook returns and listWebhooks shows."""
    id: WebhookIdentity
    topicName: str
    """The name of the topic. Topics that begin with `$` belong to the service: you can subscribe,
    but not publish.
    """
    destination: WebhookDestination
    productId: int | None
    """Only messages of this product; null means any or none."""
    events: list[Event]
    """The events to receive; an empty list means every event."""
    webhookStatus: WebhookStatus
    statusReason: NotRequired[WebhookStatusReason]
    """Why the service made it inactive: the receiver answered 410 Gone, or every attempt failed for
    days.
    """
    cacheStatus: NotRequired[Literal["suspended"]]
    """Only present while the cache is suspended and publishes are refused."""
    config: WebhookConfig
    createdTime: str
    lastModifiedTime: str
    health: NotRequired[WebhookHealth]


class WebhookDetailsConfig(TypedDict):
    """Where and how deliveries are made."""

    url: str
    """An https URL, with two slashes before the host, and without user info, fragment and
    backslash.
    """
    customHeader: NotRequired[dict[str, str]]
    customHeaders: NotRequired[dict[str, str]]
    format: NotRequired[Format]
    timeoutSeconds: NotRequired[int]
    """How long one attempt may take, from the DNS lookup to the last byte."""
    maxPerSecond: NotRequired[float | None]
    """The most POSTs a second that the receiver gets; others wait. Null removes the limit."""
    signatures: NotRequired[list[Signature] | None]
    """Signatures besides `webhook-signature`. An empty list means none; null means the deployment's
    setting.
    """
    standardSignature: NotRequired[bool]
    """Whether deliveries carry `webhook-signature`. Absent means true."""
    asymmetric: NotRequired[bool]
    """Whether `webhook-signature` also has a `v1a` signature, by the key pair of the cache, which
    anyone can verify with getPublicKeys. Absent means false.
    """
    metaHeaders: NotRequired[dict[str, str]]
    filter: NotRequired[dict[str, Any] | None]
    """Which messages to deliver, by their content: an event pattern of EventBridge. Null means all.
    """
    auth: NotRequired[DestinationAuth | None]
    """What authorizes deliveries at their receiver. Null removes it. A secret that is `•••` stays
    the stored one.
    """
    clientCertificate: NotRequired[ClientCertificate | None]
    """The certificate by which deliveries identify themselves in the TLS handshake. Null removes
    it. A private key that is `•••` stays the stored one.
    """


class PutWebhookResponse(TypedDict):
    secretString: str
    """The secret that deliveries are signed with: `whsec_` and the base64 of 16 to 75 bytes. With
    `config.standardSignature` false, and no signature that decodes it, any 8 to 256 visible
    characters.
    """
    webhookId: str
    """The unique id of the webhook, which putWebhook returns and listWebhooks shows."""
    webhook: Webhook


class ListWebhooksResponse(TypedDict):
    webhooks: list[Webhook]
    nextCursor: str | None


class NewWebhookIdentity(TypedDict):
    cacheName: NotRequired[str]
    """The name of the cache (the tenant): 1 to 128 characters of any script, not only white space.
    """
    webhookName: NotRequired[str]
    """The name of the webhook, unique within its cache."""


class DeleteWebhookResponse(TypedDict):
    pass


class GetWebhookSecretResponse(TypedDict):
    secret: str
    """The secret that deliveries are signed with: `whsec_` and the base64 of 16 to 75 bytes. With
    `config.standardSignature` false, and no signature that decodes it, any 8 to 256 visible
    characters.
    """
    webhookName: str
    """The name of the webhook, unique within its cache."""
    cacheName: str
    """The name of the cache (the tenant): 1 to 128 characters of any script, not only white space.
    """


class RotateWebhookSecretResponse(TypedDict):
    secret: str
    """The secret that deliveries are signed with: `whsec_` and the base64 of 16 to 75 bytes. With
    `config.standardSignature` false, and no signature that decodes it, any 8 to 256 visible
    characters.
    """
    webhookName: str
    """The name of the webhook, unique within its cache."""
    cacheName: str
    """The name of the cache (the tenant): 1 to 128 characters of any script, not only white space.
    """
    previousSecretExpiresTime: str


class GetPublicKeysResponse(TypedDict):
    keys: list[PublicKey]


WebhookStatusSentence = Literal["Webhook is active.", "Webhook is inactive."]


class UpdateWebhookStatusResponse(TypedDict):
    webhookId: str
    """The unique id of the webhook, which putWebhook returns and listWebhooks shows."""
    webhookStatus: WebhookStatusSentence


class TestWebhookResponse(TypedDict):
    delivered: bool
    statusCode: NotRequired[int]
    latencyMs: int
    error: NotRequired[str]
    responseBody: NotRequired[str]


class ListDeliveriesResponse(TypedDict):
    cacheStatus: NotRequired[Literal["suspended"]]
    """Only present while the cache is suspended and publishes are refused."""
    deliveries: list[DeliverySummary]
    nextCursor: str | None


class RetryDeliveryResponse(TypedDict):
    messageId: str
    """The message's id, which publish returns. It is the `webhook-id` of each of its deliveries."""
    held: NotRequired[Literal[True]]
    """It waits because its cache is suspended, its receiver has asked for a pause, or its rate is
    used up. Absent otherwise.
    """


RecoverDeliveriesMode = Literal["failed", "missing"]
"""Which deliveries to send again."""

RecoverDeliveriesStatusClass = Literal["4xx", "5xx", "none"]
"""Only deliveries whose last answer was of this class; `none` is no answer. Only with `failed`."""


class RecoverDeliveriesResponse(TypedDict):
    jobId: str
    """The id of a recovery, which recoverDeliveries returns."""
    held: NotRequired[Literal[True]]
    """It waits because its cache is suspended, its receiver has asked for a pause, or its rate is
    used up. Absent otherwise.
    """


GetWebhookStatsBy = Literal["minute", "hour", "day"]


class GetWebhookStatsResponse(TypedDict):
    buckets: list[StatsBucket] | None
    """Oldest first, including empty ones; null if the deployment counts nothing."""


class PublishResponse(TypedDict):
    messageId: str
    """The message's id, which publish returns. It is the `webhook-id` of each of its deliveries."""


class PublishBatchRefusal(TypedDict):
    error: RetryResultError


PublishBatchResult = Union["PublishResponse", "PublishBatchRefusal"]


class PublishBatchResponse(TypedDict):
    results: list[PublishBatchResult]


class ListMessagesResponse(TypedDict):
    messages: list[MessageSummary]
    nextCursor: str | None


class GetMessageDeliveriesResponse(TypedDict):
    deliveries: list[MessageDelivery]
    nextCursor: str | None


class RetryMessageResponse(TypedDict):
    results: list[RetryResult]


class TestFilterResponse(TypedDict):
    matches: bool
    """Whether a webhook with the filter gets the message."""
    because: list[str]
    """The leaves of the filter that decided it: those that hold, or else those that do not. Empty
    where the filter is too much work for the value.
    """


class CreatePortalSessionResponse(TypedDict):
    sessionId: str
    """The id of a portal session, which createPortalSession returns."""
    token: str
    """What the page calls the API with, as with a key. It is shown only here."""
    url: str | None
    expiresTime: str


class PutEventTypeResponse(TypedDict):
    eventType: EventType
    breaking: list[Breaking]
    """What the change of the schema may break."""


class ListEventTypesResponse(TypedDict):
    eventTypes: list[EventTypeSummary]
    nextCursor: str | None


class ImportEventTypesDocument(TypedDict):
    """An OpenAPI 3.1 document. Only its `webhooks` and `components` are read."""

    openapi: str
    webhooks: dict[str, Any]


class ImportEventTypesResponse(TypedDict):
    dryRun: bool
    changes: list[ImportChange]
    """One for each webhook of the document."""


ExportEventTypesDocument = Literal["openapi.json", "asyncapi.json"]


class Cache(TypedDict):
    cacheName: str
    """The name of the cache (the tenant): 1 to 128 characters of any script, not only white space.
    """


class ListCachesResponse(TypedDict):
    caches: list[Cache]
    nextCursor: str | None


class SuspendCacheResponse(TypedDict):
    cacheName: str
    """The name of the cache (the tenant): 1 to 128 characters of any script, not only white space.
    """
    cacheStatus: CacheStatus


class GetEgressAddressesResponse(TypedDict):
    addresses: list[str]
