"""The operations as methods.

Written by npm run clients out of the table of operations. A test compares.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, Literal

from . import types
from ._given import UNSET, Unset, without_none, without_unset


class Methods(ABC):
    """Every operation but the publishing ones, by its name."""

    @abstractmethod
    def _respond(
        self,
        operation: str,
        fields: Mapping[str, object],
        headers: Mapping[str, str],
        timeout: float | None,
    ) -> Any:
        """Returns the response of an operation."""

    @abstractmethod
    def _items(
        self,
        operation: str,
        fields: Mapping[str, object],
        items: str,
        timeout: float | None,
    ) -> Iterator[Any]:
        """Returns the items of all pages."""

    def put_webhook(
        self,
        *,
        cache_name: str,
        webhook_name: str,
        destination: types.WebhookDestination,
        topic_name: str,
        id: types.WebhookIdentity | None = None,
        product_id: int | Unset | None = UNSET,
        events: Sequence[types.Event] | None = None,
        config: types.PutWebhookConfig | None = None,
        secret_string: str | None = None,
        if_match: str | None = None,
        timeout: float | None = None,
    ) -> types.PutWebhookResponse:
        """Create or replace a webhook.

        Creates the webhook, or replaces its topic, its URL and the other fields that you send.
        Store the secretString safely: receivers verify deliveries with it. A cache can have
        webhooksPerCache webhooks, ten of them for the topic `$hookcast`, and one more is refused
        with 429.

        The key needs the permission `manage`.

        Args:
            cache_name: The name of the cache (the tenant): 1 to 128 characters of any script, not
                only white space.
            webhook_name: The name of the webhook, unique within its cache.
            topic_name: The name of the topic. Topics that begin with `$` belong to the service: you
                can subscribe, but not publish.
            product_id: Only messages of this product; null means any or none.
            events: The events to receive; an empty list means every event.
            secret_string: The secret that deliveries are signed with: `whsec_` and the base64 of 16
                to 75 bytes. With `config.standardSignature` false, and no signature that decodes it,
                any 8 to 256 visible characters.
            if_match: Change the webhook only if it has this version: an `ETag`, or `*` for any.
        """
        fields: dict[str, object] = {
            "cacheName": cache_name,
            "webhookName": webhook_name,
            "destination": destination,
            "topicName": topic_name,
            **without_none(
                {
                    "id": id,
                    "events": events,
                    "config": config,
                    "secretString": secret_string,
                }
            ),
            **without_unset({"productId": product_id}),
        }
        response: types.PutWebhookResponse = self._respond(
            "putWebhook", fields, without_none({"if-match": if_match}), timeout
        )
        return response

    def list_webhooks(
        self,
        *,
        cache_name: str,
        limit: int | None = None,
        cursor: str | None = None,
        topic_name: str | None = None,
        state: Sequence[types.WebhookHealthState] | None = None,
        include: Literal["health"] | None = None,
        timeout: float | None = None,
    ) -> Iterator[types.Webhook]:
        """List the webhooks of a cache.

        By name. You can call it as often as needed; caching the list reduces calls and improves
        performance. With `include=health` a page has at most 100 webhooks. `state` without `ok`
        reads only webhooks that are not ok.

        The key needs the permission `read`.

        Args:
            cache_name: The name of the cache (the tenant): 1 to 128 characters of any script, not
                only white space.
            limit: The size of a page.
            cursor: The start of the page: the `nextCursor` of the page before.
            topic_name: The name of the topic. Topics that begin with `$` belong to the service: you
                can subscribe, but not publish.
            state: Only webhooks in one of these states, separated by commas.
            include: `health` adds each webhook's health. Such a response has no `ETag` and is never
                a 304.
        """
        fields: dict[str, object] = {
            "cacheName": cache_name,
            **without_none(
                {
                    "limit": limit,
                    "cursor": cursor,
                    "topicName": topic_name,
                    "state": state,
                    "include": include,
                }
            ),
        }
        return self._items("listWebhooks", fields, "webhooks", timeout)

    def list_all_webhooks(
        self,
        *,
        limit: int | None = None,
        cursor: str | None = None,
        cache_name: str | None = None,
        topic_name: str | None = None,
        webhook_status: types.WebhookStatus | None = None,
        state: Sequence[types.WebhookHealthState] | None = None,
        include: Literal["health"] | None = None,
        timeout: float | None = None,
    ) -> Iterator[types.Webhook]:
        """List the webhooks of every cache.

        Every webhook of the caches that the key covers, by cache and name. A page may be short even
        if there is a cursor. With `include=health` a page has at most 100 webhooks. `state` without
        `ok` reads only webhooks that are not ok.

        The key needs the permission `read`.

        Args:
            limit: The size of a page.
            cursor: The start of the page: the `nextCursor` of the page before.
            cache_name: The name of the cache (the tenant): 1 to 128 characters of any script, not
                only white space.
            topic_name: The name of the topic. Topics that begin with `$` belong to the service: you
                can subscribe, but not publish.
            webhook_status: Only webhooks with this status.
            state: Only webhooks in one of these states, separated by commas.
            include: `health` adds each webhook's health. Such a response has no `ETag` and is never
                a 304.
        """
        fields: dict[str, object] = {
            **without_none(
                {
                    "limit": limit,
                    "cursor": cursor,
                    "cacheName": cache_name,
                    "topicName": topic_name,
                    "webhookStatus": webhook_status,
                    "state": state,
                    "include": include,
                }
            ),
        }
        return self._items("listAllWebhooks", fields, "webhooks", timeout)

    def create_webhook(
        self,
        *,
        id: types.NewWebhookIdentity | None = None,
        destination: types.WebhookDestination | None = None,
        topic_name: str | None = None,
        product_id: int | Unset | None = UNSET,
        events: Sequence[types.Event] | None = None,
        config: types.CreateWebhookConfig | None = None,
        secret_string: str | None = None,
        timeout: float | None = None,
    ) -> types.PutWebhookResponse:
        """Create a webhook.

        Only the URL is required, in config.url or destination.postUrl. id.cacheName is required if
        the key covers several caches. id.webhookName is the new webhookId by default, and topicName
        is `default`. A name that is in use is refused with 409. Store the secretString safely:
        receivers verify deliveries with it. A cache can have webhooksPerCache webhooks, and one
        more is refused with 429.

        The key needs the permission `manage`.

        Args:
            topic_name: The name of the topic. Topics that begin with `$` belong to the service: you
                can subscribe, but not publish.
            product_id: Only messages of this product; null means any or none.
            events: The events to receive; an empty list means every event.
            secret_string: The secret that deliveries are signed with: `whsec_` and the base64 of 16
                to 75 bytes. With `config.standardSignature` false, and no signature that decodes it,
                any 8 to 256 visible characters.
        """
        fields: dict[str, object] = {
            **without_none(
                {
                    "id": id,
                    "destination": destination,
                    "topicName": topic_name,
                    "events": events,
                    "config": config,
                    "secretString": secret_string,
                }
            ),
            **without_unset({"productId": product_id}),
        }
        response: types.PutWebhookResponse = self._respond("createWebhook", fields, {}, timeout)
        return response

    def delete_webhook(
        self,
        *,
        cache_name: str,
        webhook_name: str,
        if_match: str | None = None,
        timeout: float | None = None,
    ) -> types.DeleteWebhookResponse:
        """Delete a webhook.

        A deleted webhook is no longer active. Messages for it are ignored, and waiting deliveries
        are never sent.

        The key needs the permission `manage`.

        Args:
            cache_name: The name of the cache (the tenant): 1 to 128 characters of any script, not
                only white space.
            webhook_name: The name of the webhook, unique within its cache.
            if_match: Change the webhook only if it has this version: an `ETag`, or `*` for any.
        """
        fields: dict[str, object] = {
            "cacheName": cache_name,
            "webhookName": webhook_name,
        }
        response: types.DeleteWebhookResponse = self._respond(
            "deleteWebhook", fields, without_none({"if-match": if_match}), timeout
        )
        return response

    def get_webhook_secret(
        self,
        *,
        cache_name: str,
        webhook_name: str,
        timeout: float | None = None,
    ) -> types.GetWebhookSecretResponse:
        """Get a webhook's secret.

        The secret is essential for validating incoming webhook requests. Store it securely.

        The key needs the permission `secret`, which `manage` includes.

        Args:
            cache_name: The name of the cache (the tenant): 1 to 128 characters of any script, not
                only white space.
            webhook_name: The name of the webhook, unique within its cache.
        """
        fields: dict[str, object] = {
            "cacheName": cache_name,
            "webhookName": webhook_name,
        }
        response: types.GetWebhookSecretResponse = self._respond(
            "getWebhookSecret", fields, {}, timeout
        )
        return response

    def rotate_webhook_secret(
        self,
        *,
        cache_name: str,
        webhook_name: str,
        grace_hours: int | None = None,
        timeout: float | None = None,
    ) -> types.RotateWebhookSecretResponse:
        """Replace a webhook's secret.

        The new secret is active at once. For graceHours (default: 24) deliveries are also signed
        with the previous one, so that receivers can switch. Store the new secret safely.

        The key needs the permission `secret`, which `manage` includes.

        Args:
            cache_name: The name of the cache (the tenant): 1 to 128 characters of any script, not
                only white space.
            webhook_name: The name of the webhook, unique within its cache.
        """
        fields: dict[str, object] = {
            "cacheName": cache_name,
            "webhookName": webhook_name,
            **without_none({"graceHours": grace_hours}),
        }
        response: types.RotateWebhookSecretResponse = self._respond(
            "rotateWebhookSecret", fields, {}, timeout
        )
        return response

    def get_public_keys(
        self,
        *,
        cache_name: str,
        timeout: float | None = None,
    ) -> types.GetPublicKeysResponse:
        """Get the public keys of a cache.

        Anyone can verify the `v1a` signatures of webhooks with `config.asymmetric` with these keys.
        The newest comes first; two while a rotation's grace lasts. Empty for a cache without keys,
        and for one that does not exist. Needs no key. May be cached for a minute.

        Args:
            cache_name: The name of the cache (the tenant): 1 to 128 characters of any script, not
                only white space.
        """
        fields: dict[str, object] = {
            "cacheName": cache_name,
        }
        response: types.GetPublicKeysResponse = self._respond("getPublicKeys", fields, {}, timeout)
        return response

    def rotate_signing_key(
        self,
        *,
        cache_name: str,
        grace_hours: int | None = None,
        timeout: float | None = None,
    ) -> types.GetPublicKeysResponse:
        """Replace the key pair of a cache.

        The new key signs within a minute. For graceHours (default: 24) deliveries of webhooks with
        `config.asymmetric` are also signed with the previous one, and getPublicKeys returns both. A
        further rotation ends that at once. Makes the first key pair of a cache that has none. The
        private key never leaves the service.

        The key needs the permission `secret`, which `manage` includes.

        Args:
            cache_name: The name of the cache (the tenant): 1 to 128 characters of any script, not
                only white space.
        """
        fields: dict[str, object] = {
            "cacheName": cache_name,
            **without_none({"graceHours": grace_hours}),
        }
        response: types.GetPublicKeysResponse = self._respond(
            "rotateSigningKey", fields, {}, timeout
        )
        return response

    def get_webhook_details(
        self,
        *,
        webhook_id: str,
        include: Literal["health"] | None = None,
        timeout: float | None = None,
    ) -> types.Webhook:
        """Get a webhook's details.

        By the unique identifier, which putWebhook returns and listWebhooks shows. Read the details
        before you update the webhook.

        The key needs the permission `read`.

        Args:
            webhook_id: The unique id of the webhook, which putWebhook returns and listWebhooks
                shows.
            include: `health` adds each webhook's health. Such a response has no `ETag` and is never
                a 304.
        """
        fields: dict[str, object] = {
            "webhookId": webhook_id,
            **without_none({"include": include}),
        }
        response: types.Webhook = self._respond("getWebhookDetails", fields, {}, timeout)
        return response

    def update_webhook_details(
        self,
        *,
        webhook_id: str,
        product_id: int | None,
        events: Sequence[types.Event],
        config: types.WebhookDetailsConfig | types.WebhookConfig,
        if_match: str | None = None,
        timeout: float | None = None,
    ) -> types.Webhook:
        """Update a webhook's details.

        productId, events, config.url and config.customHeaders must be in the body, changed or not,
        so read the details before an update. A URL that was shown with `•••` and is sent back
        unchanged keeps the stored one. Topic, names, status and secret cannot be changed here.

        The key needs the permission `manage`.

        Args:
            webhook_id: The unique id of the webhook, which putWebhook returns and listWebhooks
                shows.
            product_id: Only messages of this product; null means any or none.
            events: The events to receive; an empty list means every event.
            if_match: Change the webhook only if it has this version: an `ETag`, or `*` for any.
        """
        fields: dict[str, object] = {
            "webhookId": webhook_id,
            "productId": product_id,
            "events": events,
            "config": config,
        }
        response: types.Webhook = self._respond(
            "updateWebhookDetails", fields, without_none({"if-match": if_match}), timeout
        )
        return response

    def update_webhook_status(
        self,
        *,
        webhook_id: str,
        webhook_status: types.WebhookStatus,
        if_match: str | None = None,
        timeout: float | None = None,
    ) -> types.UpdateWebhookStatusResponse:
        """Activate or deactivate a webhook.

        While a webhook is inactive, messages are neither delivered to it nor queued, and waiting
        deliveries become failed.

        The key needs the permission `manage`.

        Args:
            webhook_id: The unique id of the webhook, which putWebhook returns and listWebhooks
                shows.
            if_match: Change the webhook only if it has this version: an `ETag`, or `*` for any.
        """
        fields: dict[str, object] = {
            "webhookId": webhook_id,
            "webhookStatus": webhook_status,
        }
        response: types.UpdateWebhookStatusResponse = self._respond(
            "updateWebhookStatus", fields, without_none({"if-match": if_match}), timeout
        )
        return response

    def test_webhook(
        self,
        *,
        webhook_id: str,
        event: types.Event | None = None,
        example: int | None = None,
        webhook_hops: str | None = None,
        timeout: float | None = None,
    ) -> types.TestWebhookResponse:
        """Send a test event.

        Sends one signed hookcast.test event now, without a retry, also to an inactive webhook, and
        returns the receiver's answer. With `event`, it sends an example of that event type of the
        webhook's topic instead, whatever events and filter the webhook has. The header
        `webhook-test: true` marks it. It waits at most 10 seconds, whatever the webhook's time-out.
        A key can send one a second, or five at once. Beyond that the answer is 429 with
        `retry-after`.

        The key needs the permission `resend`, which `manage` includes.

        Args:
            webhook_id: The unique id of the webhook, which putWebhook returns and listWebhooks
                shows.
            example: Which example of the event type, from 0 on. Default: 0.
            webhook_hops: The header of that name of a delivery, where the request passes a delivery
                on: how often its message was forwarded. More than 4 is refused with 409; forwarded
                messages have a budget for each cache.
        """
        fields: dict[str, object] = {
            "webhookId": webhook_id,
            **without_none({"event": event, "example": example}),
        }
        response: types.TestWebhookResponse = self._respond(
            "testWebhook", fields, without_none({"webhook-hops": webhook_hops}), timeout
        )
        return response

    def resume_webhook(
        self,
        *,
        webhook_id: str,
        timeout: float | None = None,
    ) -> types.WebhookHealth:
        """Send everything that waits for a webhook.

        For a receiver that works again. It forgets the failures, closes the circuit breaker and
        makes everything that waits due, each delivery as a new series of attempts. Deliveries go
        out at the rate of a webhook that recovers. A second call joins the first. A Retry-After of
        the receiver still holds. A change of the URL, the settings or the secret does the same, and
        so does a delivered test event. Returns the webhook's health.

        The key needs the permission `resend`, which `manage` includes.

        Args:
            webhook_id: The unique id of the webhook, which putWebhook returns and listWebhooks
                shows.
        """
        fields: dict[str, object] = {
            "webhookId": webhook_id,
        }
        response: types.WebhookHealth = self._respond("resumeWebhook", fields, {}, timeout)
        return response

    def list_deliveries(
        self,
        *,
        webhook_id: str,
        limit: int | None = None,
        cursor: str | None = None,
        status: types.DeliveryStatus | None = None,
        last_status_code: str | None = None,
        event: types.Event | None = None,
        since: datetime | str | None = None,
        until: datetime | str | None = None,
        timeout: float | None = None,
    ) -> Iterator[types.DeliverySummary]:
        """List a webhook's deliveries.

        Newest published first. A delivery enters the list after its first attempt. The log of a
        deleted webhook stays readable until it expires. With `lastStatusCode` or `event` a page
        looks at about 500 deliveries, so it may be short or empty even if there is a cursor.

        The key needs the permission `read`.

        Args:
            webhook_id: The unique id of the webhook, which putWebhook returns and listWebhooks
                shows.
            limit: The size of a page.
            cursor: The start of the page: the `nextCursor` of the page before.
            status: Only deliveries with this status.
            last_status_code: Only deliveries whose last attempt got this status: one such as `503`,
                a class such as `5xx`, or `none` for no answer.
            event: The event: digits are a number, anything else is a dotted name.
            since: Only messages published at this time or later. In a query the `+` of an offset is
                sent as `%2B`.
            until: Only messages published before this time. In a query the `+` of an offset is sent
                as `%2B`.
        """
        fields: dict[str, object] = {
            "webhookId": webhook_id,
            **without_none(
                {
                    "limit": limit,
                    "cursor": cursor,
                    "status": status,
                    "lastStatusCode": last_status_code,
                    "event": event,
                    "since": since,
                    "until": until,
                }
            ),
        }
        return self._items("listDeliveries", fields, "deliveries", timeout)

    def get_delivery(
        self,
        *,
        webhook_id: str,
        message_id: str,
        timeout: float | None = None,
    ) -> types.Delivery:
        """Get a delivery with its attempts.

        One message to one webhook, with the request and the answer of every attempt. A body that is
        not text is in base64, marked with `"requestBodyEncoding": "base64"`.

        The key needs the permission `read`.

        Args:
            webhook_id: The unique id of the webhook, which putWebhook returns and listWebhooks
                shows.
            message_id: The message's id, which publish returns. It is the `webhook-id` of each of
                its deliveries.
        """
        fields: dict[str, object] = {
            "webhookId": webhook_id,
            "messageId": message_id,
        }
        response: types.Delivery = self._respond("getDelivery", fields, {}, timeout)
        return response

    def retry_delivery(
        self,
        *,
        webhook_id: str,
        message_id: str,
        webhook_hops: str | None = None,
        timeout: float | None = None,
    ) -> types.RetryDeliveryResponse:
        """Send a delivery again.

        Enqueues it now as a new series of attempts, whatever its status. An older series of the
        same delivery ends by itself. While the webhook's circuit breaker is open, it is the probe:
        if it is delivered, everything that waits follows.

        The key needs the permission `resend`, which `manage` includes.

        Args:
            webhook_id: The unique id of the webhook, which putWebhook returns and listWebhooks
                shows.
            message_id: The message's id, which publish returns. It is the `webhook-id` of each of
                its deliveries.
            webhook_hops: The header of that name of a delivery, where the request passes a delivery
                on: how often its message was forwarded. More than 4 is refused with 409; forwarded
                messages have a budget for each cache.
        """
        fields: dict[str, object] = {
            "webhookId": webhook_id,
            "messageId": message_id,
        }
        response: types.RetryDeliveryResponse = self._respond(
            "retryDelivery", fields, without_none({"webhook-hops": webhook_hops}), timeout
        )
        return response

    def recover_deliveries(
        self,
        *,
        webhook_id: str,
        mode: types.RecoverDeliveriesMode,
        since: datetime | str | None = None,
        until: datetime | str | None = None,
        message_ids: Sequence[str] | None = None,
        event: types.Event | None = None,
        status_class: types.RecoverDeliveriesStatusClass | None = None,
        dry_run: bool | None = None,
        webhook_hops: str | None = None,
        timeout: float | None = None,
    ) -> types.RecoverDeliveriesResponse:
        """Send many deliveries again.

        Starts a recovery of messages published in the window, oldest first, at the deployment's
        rate (recoverRate, 100 deliveries a second). `failed` sends deliveries that have failed,
        each as a new generation of attempts. `missing` sends kept messages of the webhook's topic
        that it wants now and of which it has no delivery: published before it was put, while it was
        inactive, or lost. Messages older than seven days are past the life of a delivery and are
        left out. messageIds, event and statusClass (of the last attempt of what has failed) narrow
        it down, and all must fit. getRecovery tells how far it is; with dryRun it counts and sends
        nothing. It stops when the webhook is deleted or inactive. One recovery of a webhook runs at
        a time, dry runs included: meanwhile the answer is 409, which names the running one in
        `details` under `jobId`. A cache runs at most five at once; beyond that the answer is 429.

        The key needs the permission `resend`, which `manage` includes.

        Args:
            webhook_id: The unique id of the webhook, which putWebhook returns and listWebhooks
                shows.
            mode: Which deliveries to send again.
            since: Only messages published at this time or later; required without messageIds. In a
                query the `+` of an offset is sent as `%2B`.
            until: Only messages published before this time (default: now, or 15 minutes ago for
                `missing`). In a query the `+` of an offset is sent as `%2B`.
            message_ids: Only these messages.
            status_class: Only deliveries whose last answer was of this class; `none` is no answer.
                Only with `failed`.
            dry_run: Only counts what would be sent.
            webhook_hops: The header of that name of a delivery, where the request passes a delivery
                on: how often its message was forwarded. More than 4 is refused with 409; forwarded
                messages have a budget for each cache.
        """
        fields: dict[str, object] = {
            "webhookId": webhook_id,
            "mode": mode,
            **without_none(
                {
                    "since": since,
                    "until": until,
                    "messageIds": message_ids,
                    "event": event,
                    "statusClass": status_class,
                    "dryRun": dry_run,
                }
            ),
        }
        response: types.RecoverDeliveriesResponse = self._respond(
            "recoverDeliveries", fields, without_none({"webhook-hops": webhook_hops}), timeout
        )
        return response

    def get_recovery(
        self,
        *,
        webhook_id: str,
        job_id: str,
        timeout: float | None = None,
    ) -> types.Recovery:
        """Get the progress of a recovery.

        `matched` counts the deliveries found so far, and `enqueued` those that were sent.
        `enqueued` stays lower if a message is no longer stored or was attempted meanwhile.
        `stopped` means that the webhook was deleted or became inactive, or that the queue refused
        the first step. It also means that another recovery replaced one without progress for an
        hour, or for five minutes before its first step.

        The key needs the permission `read`.

        Args:
            webhook_id: The unique id of the webhook, which putWebhook returns and listWebhooks
                shows.
            job_id: The id of a recovery, which recoverDeliveries returns.
        """
        fields: dict[str, object] = {
            "webhookId": webhook_id,
            "jobId": job_id,
        }
        response: types.Recovery = self._respond("getRecovery", fields, {}, timeout)
        return response

    def get_webhook_stats(
        self,
        *,
        webhook_id: str,
        since: datetime | str | None = None,
        until: datetime | str | None = None,
        by: types.GetWebhookStatsBy | None = None,
        timeout: float | None = None,
    ) -> types.GetWebhookStatsResponse:
        """Get a webhook's counts over time.

        At most 1,440 buckets of a minute, an hour or a day of UTC. Minutes are available for 48
        hours, hours and days for 30 days, and buckets begin no earlier. The counts are a few
        seconds late, and approximate if SQS delivers a job twice. Test events are not counted.

        The key needs the permission `read`.

        Args:
            webhook_id: The unique id of the webhook, which putWebhook returns and listWebhooks
                shows.
            since: Begins with the bucket that contains this time (default: 24 hours ago). In a
                query the `+` of an offset is sent as `%2B`.
            until: Ends with the bucket before this time (default: now). In a query the `+` of an
                offset is sent as `%2B`.
            by: The length of a bucket (default: a minute for up to 2 hours, an hour for up to 7
                days, else a day).
        """
        fields: dict[str, object] = {
            "webhookId": webhook_id,
            **without_none({"since": since, "until": until, "by": by}),
        }
        response: types.GetWebhookStatsResponse = self._respond(
            "getWebhookStats", fields, {}, timeout
        )
        return response

    def get_overview(
        self,
        *,
        cache_name: str | None = None,
        timeout: float | None = None,
    ) -> types.Overview:
        """Get an overview of all webhooks.

        For the caches of the key: the number of webhooks in each state, the results of the last 24
        hours, and the worst webhooks. Worst are `held`, then `failing`, `limited`, `disabled` and
        `ok`. Within a state, those with more waiting deliveries or an older state come first. Sums
        up the first 1,000 webhooks, by cache and name, and finds all that are not ok.

        The key needs the permission `read`.

        Args:
            cache_name: Only the webhooks of this cache.
        """
        fields: dict[str, object] = {
            **without_none({"cacheName": cache_name}),
        }
        response: types.Overview = self._respond("getOverview", fields, {}, timeout)
        return response

    def list_messages(
        self,
        *,
        cache_name: str,
        limit: int | None = None,
        cursor: str | None = None,
        topic_name: str | None = None,
        event: types.Event | None = None,
        since: datetime | str | None = None,
        until: datetime | str | None = None,
        timeout: float | None = None,
    ) -> Iterator[types.MessageSummary]:
        """List a cache's messages.

        Newest published first, without their values, while they are stored. A page covers at most a
        day, so it may be short or empty even if there is a cursor. Give `since` to reach the end
        sooner.

        The key needs the permission `read`.

        Args:
            cache_name: The name of the cache (the tenant): 1 to 128 characters of any script, not
                only white space.
            limit: The size of a page.
            cursor: The start of the page: the `nextCursor` of the page before.
            topic_name: The name of the topic. Topics that begin with `$` belong to the service: you
                can subscribe, but not publish.
            event: The event: digits are a number, anything else is a dotted name.
            since: Only messages published at this time or later. In a query the `+` of an offset is
                sent as `%2B`.
            until: Only messages published before this time. In a query the `+` of an offset is sent
                as `%2B`.
        """
        fields: dict[str, object] = {
            "cacheName": cache_name,
            **without_none(
                {
                    "limit": limit,
                    "cursor": cursor,
                    "topicName": topic_name,
                    "event": event,
                    "since": since,
                    "until": until,
                }
            ),
        }
        return self._items("listMessages", fields, "messages", timeout)

    def get_message(
        self,
        *,
        cache_name: str,
        message_id: str,
        timeout: float | None = None,
    ) -> types.Message:
        """Get a message.

        The message with its value, until it expires.

        The key needs the permission `read`.

        Args:
            cache_name: The name of the cache (the tenant): 1 to 128 characters of any script, not
                only white space.
            message_id: The message's id, which publish returns. It is the `webhook-id` of each of
                its deliveries.
        """
        fields: dict[str, object] = {
            "cacheName": cache_name,
            "messageId": message_id,
        }
        response: types.Message = self._respond("getMessage", fields, {}, timeout)
        return response

    def get_message_deliveries(
        self,
        *,
        cache_name: str,
        message_id: str,
        limit: int | None = None,
        cursor: str | None = None,
        timeout: float | None = None,
    ) -> Iterator[types.MessageDelivery]:
        """List a message's deliveries.

        First the webhooks that its topic has now, by name, then those that have left the topic or
        were deleted, while the message is stored. A delivery without an attempt is pending. A page
        may be short or empty even if there is a cursor.

        The key needs the permission `read`.

        Args:
            cache_name: The name of the cache (the tenant): 1 to 128 characters of any script, not
                only white space.
            message_id: The message's id, which publish returns. It is the `webhook-id` of each of
                its deliveries.
            limit: The size of a page.
            cursor: The start of the page: the `nextCursor` of the page before.
        """
        fields: dict[str, object] = {
            "cacheName": cache_name,
            "messageId": message_id,
            **without_none({"limit": limit, "cursor": cursor}),
        }
        return self._items("getMessageDeliveries", fields, "deliveries", timeout)

    def retry_message(
        self,
        *,
        cache_name: str,
        message_id: str,
        webhook_ids: Sequence[str],
        webhook_hops: str | None = None,
        timeout: float | None = None,
    ) -> types.RetryMessageResponse:
        """Send a message to several webhooks again.

        Does what retryDelivery does, for up to 100 webhooks at once. One result for each webhook,
        in order. One that is unknown or inactive, or has no delivery of the message, is refused
        alone: its result has the error.

        The key needs the permission `resend`, which `manage` includes.

        Args:
            cache_name: The name of the cache (the tenant): 1 to 128 characters of any script, not
                only white space.
            message_id: The message's id, which publish returns. It is the `webhook-id` of each of
                its deliveries.
            webhook_ids: The webhooks that it is sent to again.
            webhook_hops: The header of that name of a delivery, where the request passes a delivery
                on: how often its message was forwarded. More than 4 is refused with 409; forwarded
                messages have a budget for each cache.
        """
        fields: dict[str, object] = {
            "cacheName": cache_name,
            "messageId": message_id,
            "webhookIds": webhook_ids,
        }
        response: types.RetryMessageResponse = self._respond(
            "retryMessage", fields, without_none({"webhook-hops": webhook_hops}), timeout
        )
        return response

    def test_filter(
        self,
        *,
        cache_name: str,
        filter: Mapping[str, Any],
        value: Any,
        event: types.Event | Unset | None = UNSET,
        product_id: int | Unset | None = UNSET,
        content_type: str | None = None,
        timeout: float | None = None,
    ) -> types.TestFilterResponse:
        """Test a filter.

        Whether a message would pass a webhook's filter, and which parts of the filter decide it.
        Nothing is published or stored.

        The key needs the permission `read`.

        Args:
            cache_name: The name of the cache (the tenant): 1 to 128 characters of any script, not
                only white space.
            value: Any JSON, as it would be published.
            product_id: Only messages of this product; null means any or none.
            content_type: The type of the value. Default: `application/json`.
        """
        fields: dict[str, object] = {
            "cacheName": cache_name,
            "filter": filter,
            "value": value,
            **without_none({"contentType": content_type}),
            **without_unset({"event": event, "productId": product_id}),
        }
        response: types.TestFilterResponse = self._respond("testFilter", fields, {}, timeout)
        return response

    def create_portal_session(
        self,
        *,
        cache_name: str,
        permissions: Sequence[types.PortalPermission] | None = None,
        topics: Sequence[str] | None = None,
        expires_in_seconds: int | None = None,
        audience: str | None = None,
        theme: types.PortalTheme | None = None,
        locale: str | None = None,
        return_url: str | None = None,
        timeout: float | None = None,
    ) -> types.CreatePortalSessionResponse:
        """Create a portal session.

        Lets one of your customers into the portal: into this cache, and into these topics alone.
        Call it from your backend, and give the answer to nobody but that customer. The session ends
        at its time, with deletePortalSession, or with the key that made it. It never publishes, and
        makes no sessions.

        The key needs the permission `manage`.

        Args:
            cache_name: The name of the cache (the tenant): 1 to 128 characters of any script, not
                only white space.
            permissions: What the session may do; your key needs each of these itself. `manage`
                includes `resend` and `secret`. Default: `read` and `manage`.
            topics: The topics that the session is about. Default: all, except those with `$`.
            expires_in_seconds: How long the session lasts. Default: 3,600.
            audience: Of the event types, those with this tag or none are listed. It hides the
                others and protects nothing.
            locale: The language of the page, such as `de`. Default: the browser's.
            return_url: Where the page's link back to your product leads.
        """
        fields: dict[str, object] = {
            "cacheName": cache_name,
            **without_none(
                {
                    "permissions": permissions,
                    "topics": topics,
                    "expiresInSeconds": expires_in_seconds,
                    "audience": audience,
                    "theme": theme,
                    "locale": locale,
                    "returnUrl": return_url,
                }
            ),
        }
        response: types.CreatePortalSessionResponse = self._respond(
            "createPortalSession", fields, {}, timeout
        )
        return response

    def delete_portal_session(
        self,
        *,
        cache_name: str,
        session_id: str,
        timeout: float | None = None,
    ) -> types.DeleteWebhookResponse:
        """End a portal session.

        The session's token is refused from then on. The gateway remembers it for
        authorizerCacheSeconds at most, by default a minute.

        The key needs the permission `manage`.

        Args:
            cache_name: The name of the cache (the tenant): 1 to 128 characters of any script, not
                only white space.
            session_id: The id of a portal session, which createPortalSession returns.
        """
        fields: dict[str, object] = {
            "cacheName": cache_name,
            "sessionId": session_id,
        }
        response: types.DeleteWebhookResponse = self._respond(
            "deletePortalSession", fields, {}, timeout
        )
        return response

    def get_portal(
        self,
        *,
        timeout: float | None = None,
    ) -> types.Portal:
        """Get what a portal session is.

        What the page of a portal session needs to know of it: the customer's cache, what the
        session may do, and how the page looks.

        Only for portal sessions; no key is taken.
        """
        fields: dict[str, object] = {}
        response: types.Portal = self._respond("getPortal", fields, {}, timeout)
        return response

    def put_event_type(
        self,
        *,
        topic_name: str,
        event: types.Event,
        description: str | Unset | None = UNSET,
        group: str | Unset | None = UNSET,
        status: types.EventTypeStatus | None = None,
        validate: types.Validate | None = None,
        audience: Sequence[str] | None = None,
        schema: Any | Unset | None = UNSET,
        examples: Sequence[Any] | None = None,
        timeout: float | None = None,
    ) -> types.PutEventTypeResponse:
        """Create or change an event type.

        An event type is for every cache. Fields that you do not send stay as they are, and null
        takes one away. A changed schema is a new version; the last 20 versions are kept. Publishes
        follow within a minute. `breaking` lists what may break whoever reads or publishes such
        values. Needs a key for all caches.

        The key needs the permission `manage`.

        Args:
            topic_name: The name of the topic. Topics that begin with `$` belong to the service: you
                can subscribe, but not publish.
            event: The event: digits are a number, anything else is a dotted name.
            audience: Tags of those who are shown the type; empty means everybody.
            examples: Values that the schema accepts, of at most 65,536 bytes in all.
        """
        fields: dict[str, object] = {
            "topicName": topic_name,
            "event": event,
            **without_none(
                {
                    "status": status,
                    "validate": validate,
                    "audience": audience,
                    "examples": examples,
                }
            ),
            **without_unset({"description": description, "group": group, "schema": schema}),
        }
        response: types.PutEventTypeResponse = self._respond("putEventType", fields, {}, timeout)
        return response

    def list_event_types(
        self,
        *,
        limit: int | None = None,
        cursor: str | None = None,
        topic_name: str | None = None,
        status: Sequence[types.EventTypeStatus] | None = None,
        audience: str | None = None,
        timeout: float | None = None,
    ) -> Iterator[types.EventTypeSummary]:
        """List the event types.

        The event types of the deployment by topic and event, without schemas and examples. They are
        the same for every cache. A page may be short even if there is a cursor.

        The key needs the permission `read`.

        Args:
            limit: The size of a page.
            cursor: The start of the page: the `nextCursor` of the page before.
            topic_name: The name of the topic. Topics that begin with `$` belong to the service: you
                can subscribe, but not publish.
            status: Only types with one of these statuses; default: `active,deprecated`.
            audience: A tag: leaves out types that name other audiences.
        """
        fields: dict[str, object] = {
            **without_none(
                {
                    "limit": limit,
                    "cursor": cursor,
                    "topicName": topic_name,
                    "status": status,
                    "audience": audience,
                }
            ),
        }
        return self._items("listEventTypes", fields, "eventTypes", timeout)

    def get_event_type(
        self,
        *,
        topic_name: str,
        event: types.Event,
        schema_version: int | None = None,
        timeout: float | None = None,
    ) -> types.EventType:
        """Get an event type.

        The event type with its schema, its examples and the versions that are kept.

        The key needs the permission `read`.

        Args:
            topic_name: The name of the topic. Topics that begin with `$` belong to the service: you
                can subscribe, but not publish.
            event: The event: digits are a number, anything else is a dotted name.
            schema_version: A version of the schema, with its examples; default: the last one.
        """
        fields: dict[str, object] = {
            "topicName": topic_name,
            "event": event,
            **without_none({"schemaVersion": schema_version}),
        }
        response: types.EventType = self._respond("getEventType", fields, {}, timeout)
        return response

    def delete_event_type(
        self,
        *,
        topic_name: str,
        event: types.Event,
        timeout: float | None = None,
    ) -> types.DeleteWebhookResponse:
        """Delete an event type.

        Deletes the event type with every version of its schema. Publishes follow within a minute.
        To keep it for reading, set its status to `archived`. Needs a key for all caches.

        The key needs the permission `manage`.

        Args:
            topic_name: The name of the topic. Topics that begin with `$` belong to the service: you
                can subscribe, but not publish.
            event: The event: digits are a number, anything else is a dotted name.
        """
        fields: dict[str, object] = {
            "topicName": topic_name,
            "event": event,
        }
        response: types.DeleteWebhookResponse = self._respond(
            "deleteEventType", fields, {}, timeout
        )
        return response

    def import_event_types(
        self,
        *,
        document: types.ImportEventTypesDocument,
        dry_run: bool | None = None,
        topic_name: str | None = None,
        timeout: float | None = None,
    ) -> types.ImportEventTypesResponse:
        """Import event types from an OpenAPI document.

        Puts an event type for each of the document's `webhooks`, at most 1,000 of them. The name of
        a webhook is the event, and `x-hookcast` can name the topic and more. Nothing is written
        unless all of them are good. Types that the document does not have stay. Needs a key for all
        caches.

        The key needs the permission `manage`.

        Args:
            document: An OpenAPI 3.1 document. Only its `webhooks` and `components` are read.
            dry_run: Whether only to tell what would change.
            topic_name: The topic of webhooks that name none; default: `default`.
        """
        fields: dict[str, object] = {
            "document": document,
            **without_none({"dryRun": dry_run, "topicName": topic_name}),
        }
        response: types.ImportEventTypesResponse = self._respond(
            "importEventTypes", fields, {}, timeout
        )
        return response

    def export_event_types(
        self,
        *,
        document: types.ExportEventTypesDocument,
        topic_name: str | None = None,
        status: Sequence[types.EventTypeStatus] | None = None,
        audience: str | None = None,
        timeout: float | None = None,
    ) -> dict[str, Any]:
        """Export the event types.

        The event types as a document of at most 4 MiB, without an envelope. importEventTypes reads
        `openapi.json`. If the setting `publicEventTypes` is on, no key is needed, and types with an
        audience need `audience` to be shown.

        The key needs the permission `read`.

        Args:
            document: `openapi.json` is OpenAPI 3.1, `asyncapi.json` is AsyncAPI 3.
            topic_name: The name of the topic. Topics that begin with `$` belong to the service: you
                can subscribe, but not publish.
            status: Only types with one of these statuses; default: `active,deprecated`.
            audience: A tag: leaves out types that name other audiences.
        """
        fields: dict[str, object] = {
            "document": document,
            **without_none({"topicName": topic_name, "status": status, "audience": audience}),
        }
        response: dict[str, Any] = self._respond("exportEventTypes", fields, {}, timeout)
        return response

    def list_caches(
        self,
        *,
        limit: int | None = None,
        cursor: str | None = None,
        timeout: float | None = None,
    ) -> Iterator[types.Cache]:
        """List the caches.

        The caches of the key in which a webhook was ever put, by name. A cache is a tenant. It
        stays in the list until it is erased, even without webhooks.

        The key needs the permission `read`.

        Args:
            limit: The size of a page.
            cursor: The start of the page: the `nextCursor` of the page before.
        """
        fields: dict[str, object] = {
            **without_none({"limit": limit, "cursor": cursor}),
        }
        return self._items("listCaches", fields, "caches", timeout)

    def suspend_cache(
        self,
        *,
        cache_name: str,
        timeout: float | None = None,
    ) -> types.SuspendCacheResponse:
        """Suspend a cache.

        Deliveries of the cache stop within a minute, and publishes and tests are refused with a
        409. Accepted messages wait, at most as long as any delivery waits, and go out after
        resumeCache. Needs a key for all caches.

        The key needs the permission `manage`.

        Args:
            cache_name: The name of the cache (the tenant): 1 to 128 characters of any script, not
                only white space.
        """
        fields: dict[str, object] = {
            "cacheName": cache_name,
        }
        response: types.SuspendCacheResponse = self._respond("suspendCache", fields, {}, timeout)
        return response

    def resume_cache(
        self,
        *,
        cache_name: str,
        timeout: float | None = None,
    ) -> types.SuspendCacheResponse:
        """Resume a suspended cache.

        Publishes and tests are accepted again within a minute. What waits goes out at the rate of a
        webhook that recovers. Needs a key for all caches.

        The key needs the permission `manage`.

        Args:
            cache_name: The name of the cache (the tenant): 1 to 128 characters of any script, not
                only white space.
        """
        fields: dict[str, object] = {
            "cacheName": cache_name,
        }
        response: types.SuspendCacheResponse = self._respond("resumeCache", fields, {}, timeout)
        return response

    def get_egress_addresses(
        self,
        *,
        timeout: float | None = None,
    ) -> types.GetEgressAddressesResponse:
        """Get the addresses that deliveries come from.

        IPv4 addresses or blocks that a receiver's firewall can allow. Every delivery and test event
        comes from one of them. Empty if the deployment has no fixed addresses (staticAddresses).
        Needs no key.
        """
        fields: dict[str, object] = {}
        response: types.GetEgressAddressesResponse = self._respond(
            "getEgressAddresses", fields, {}, timeout
        )
        return response

    def get_open_api(
        self,
        *,
        timeout: float | None = None,
    ) -> dict[str, Any]:
        """Get this document.

        The OpenAPI 3.1 description of every operation.
        """
        fields: dict[str, object] = {}
        response: dict[str, Any] = self._respond("getOpenApi", fields, {}, timeout)
        return response
