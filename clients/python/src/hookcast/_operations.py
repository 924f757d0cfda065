"""How each operation is reached.

Written by npm run clients out of the table of operations. A test compares.
"""

from __future__ import annotations

from ._endpoint import Endpoint

ENDPOINTS: dict[str, Endpoint] = {
    "putWebhook": Endpoint("PUT", "/api/v1/caches/{cacheName}/webhooks/{webhookName}"),
    "listWebhooks": Endpoint("GET", "/api/v1/caches/{cacheName}/webhooks"),
    "listAllWebhooks": Endpoint("GET", "/api/v1/Webhooks"),
    "createWebhook": Endpoint("POST", "/api/v1/Webhooks"),
    "deleteWebhook": Endpoint("DELETE", "/api/v1/caches/{cacheName}/webhooks/{webhookName}"),
    "getWebhookSecret": Endpoint("GET", "/api/v1/caches/{cacheName}/webhooks/{webhookName}/secret"),
    "rotateWebhookSecret": Endpoint(
        "POST", "/api/v1/caches/{cacheName}/webhooks/{webhookName}/secret/rotate"
    ),
    "getPublicKeys": Endpoint("GET", "/api/v1/caches/{cacheName}/keys", is_bare=True),
    "rotateSigningKey": Endpoint("POST", "/api/v1/caches/{cacheName}/keys/rotate"),
    "getWebhookDetails": Endpoint("GET", "/api/v1/Webhooks/{webhookId}"),
    "updateWebhookDetails": Endpoint("PUT", "/api/v1/Webhooks/{webhookId}"),
    "updateWebhookStatus": Endpoint("PUT", "/api/v1/Webhooks/{webhookId}/status"),
    "testWebhook": Endpoint("POST", "/api/v1/Webhooks/{webhookId}/test"),
    "resumeWebhook": Endpoint("POST", "/api/v1/Webhooks/{webhookId}/resume"),
    "listDeliveries": Endpoint("GET", "/api/v1/Webhooks/{webhookId}/deliveries"),
    "getDelivery": Endpoint("GET", "/api/v1/Webhooks/{webhookId}/deliveries/{messageId}"),
    "retryDelivery": Endpoint("POST", "/api/v1/Webhooks/{webhookId}/deliveries/{messageId}/retry"),
    "recoverDeliveries": Endpoint("POST", "/api/v1/Webhooks/{webhookId}/recover"),
    "getRecovery": Endpoint("GET", "/api/v1/Webhooks/{webhookId}/recover/{jobId}"),
    "getWebhookStats": Endpoint("GET", "/api/v1/Webhooks/{webhookId}/stats"),
    "getOverview": Endpoint("GET", "/api/v1/overview"),
    "publish": Endpoint("POST", "/api/v1/caches/{cacheName}/topics/{topicName}"),
    "publishBatch": Endpoint("POST", "/api/v1/caches/{cacheName}/topics/{topicName}/batch"),
    "listMessages": Endpoint("GET", "/api/v1/caches/{cacheName}/messages"),
    "getMessage": Endpoint("GET", "/api/v1/caches/{cacheName}/messages/{messageId}"),
    "getMessageDeliveries": Endpoint(
        "GET", "/api/v1/caches/{cacheName}/messages/{messageId}/deliveries"
    ),
    "retryMessage": Endpoint("POST", "/api/v1/caches/{cacheName}/messages/{messageId}/retry"),
    "testFilter": Endpoint("POST", "/api/v1/caches/{cacheName}/filters/test"),
    "createPortalSession": Endpoint("POST", "/api/v1/caches/{cacheName}/portal-sessions"),
    "deletePortalSession": Endpoint(
        "DELETE", "/api/v1/caches/{cacheName}/portal-sessions/{sessionId}"
    ),
    "getPortal": Endpoint("GET", "/api/v1/portal"),
    "putEventType": Endpoint("PUT", "/api/v1/event-types/{topicName}/{event}"),
    "listEventTypes": Endpoint("GET", "/api/v1/event-types"),
    "getEventType": Endpoint("GET", "/api/v1/event-types/{topicName}/{event}"),
    "deleteEventType": Endpoint("DELETE", "/api/v1/event-types/{topicName}/{event}"),
    "importEventTypes": Endpoint("POST", "/api/v1/event-types/import", query_fields=("dryRun",)),
    "exportEventTypes": Endpoint("GET", "/api/v1/event-types/{document}", is_bare=True),
    "listCaches": Endpoint("GET", "/api/v1/caches"),
    "suspendCache": Endpoint("POST", "/api/v1/caches/{cacheName}/suspend"),
    "resumeCache": Endpoint("POST", "/api/v1/caches/{cacheName}/resume"),
    "getEgressAddresses": Endpoint("GET", "/api/v1/egress-addresses"),
    "getOpenApi": Endpoint("GET", "/api/v1/openapi.json", is_bare=True),
}
