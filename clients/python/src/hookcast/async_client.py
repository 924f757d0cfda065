"""The asynchronous client, for asyncio and Trio."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from types import TracebackType
from typing import Any

import anyio
import httpx

from . import types
from ._answer import Answer, outcome_of
from ._async_methods import AsyncMethods
from ._connection import Connection
from ._given import UNSET, Unset, without_none
from ._publishing import BatchMessage, Content, publish_batch_request, publish_request
from ._request import ServiceRequest, request_of
from ._retry import wait_before_retry
from .errors import ApiConnectionError, ApiError


class AsyncHookcast(AsyncMethods):
    """A client of the service: each operation of the API is a method.

    Use it as an asynchronous context manager, or close it when you no longer need it.
    """

    def __init__(
        self,
        url: str,
        key: str,
        *,
        timeout: float = 30.0,
        max_retries: int = 3,
        http_client: httpx.AsyncClient | None = None,
    ) -> None:
        """Opens no connection yet.

        Args:
            url: Where the service is; its paths are added.
            key: The API key.
            timeout: How many seconds one try may take.
            max_retries: How often a request is sent again at most.
            http_client: Your own client, with a proxy or certificates. You close it yourself.
        """
        self._connection = Connection(url, key, timeout, max_retries)
        self._own_http = None if http_client else httpx.AsyncClient()
        self._http = http_client or self._own_http or httpx.AsyncClient()

    async def __aenter__(self) -> AsyncHookcast:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.close()

    async def close(self) -> None:
        """Closes the connections that the client has opened."""
        if self._own_http:
            await self._own_http.aclose()

    async def call(
        self,
        operation: str,
        fields: Mapping[str, object] | None = None,
        *,
        headers: Mapping[str, str] | None = None,
        timeout: float | None = None,
    ) -> Answer:
        """Calls any operation but the publishing ones, and returns the whole answer.

        Args:
            operation: Its name in the API, such as `getWebhookDetails`.
            fields: Of the path, the query and the body, in the names of the API.
            headers: Such as `if-none-match`.
            timeout: How many seconds one try may take.
        """
        return await self._send(request_of(operation, fields or {}), headers or {}, timeout)

    async def publish(
        self,
        *,
        cache_name: str,
        topic_name: str,
        value: object = UNSET,
        raw_json: str | None = None,
        text: str | None = None,
        binary: bytes | None = None,
        event: types.Event | None = None,
        product_id: int | None = None,
        raw: bool | None = None,
        content_type: str | None = None,
        idempotency_key: str | Unset | None = UNSET,
        webhook_hops: str | None = None,
        timeout: float | None = None,
    ) -> types.PublishResponse:
        """Publish a message: exactly one of `value`, `raw_json`, `text` and `binary`.

        Args:
            cache_name: The tenant.
            topic_name: The topic.
            value: Anything that the json module writes.
            raw_json: JSON that is written already, sent as it is.
            text: Text.
            binary: Bytes.
            event: A code or a dotted name.
            product_id: Only webhooks of this product, or of none, receive the message.
            raw: Whether every webhook receives the value as it is, whatever its format.
            content_type: By default that of the kind of content.
            idempotency_key: Made for each call by default. None publishes without, and then no try
                is repeated.
            webhook_hops: The header of a delivery that the message passes on.
            timeout: How many seconds one try may take.
        """
        request = publish_request(
            Content(value, raw_json, text, binary),
            path={"cacheName": cache_name, "topicName": topic_name},
            query={"event": event, "productId": product_id, "raw": raw},
            content_type=content_type,
            idempotency_key=idempotency_key,
        )
        answer = await self._send(request, without_none({"webhook-hops": webhook_hops}), timeout)
        response: types.PublishResponse = answer.response
        return response

    async def publish_batch(
        self,
        *,
        cache_name: str,
        topic_name: str,
        messages: Sequence[BatchMessage],
        webhook_hops: str | None = None,
        timeout: float | None = None,
    ) -> types.PublishBatchResponse:
        """Publish 1 to 100 messages, with one result for each, in order: a bad one fails alone."""
        path = {"cacheName": cache_name, "topicName": topic_name}
        request = publish_batch_request(path, messages)
        answer = await self._send(request, without_none({"webhook-hops": webhook_hops}), timeout)
        response: types.PublishBatchResponse = answer.response
        return response

    async def _respond(
        self,
        operation: str,
        fields: Mapping[str, object],
        headers: Mapping[str, str],
        timeout: float | None,
    ) -> Any:
        answer = await self._send(request_of(operation, fields), headers, timeout)
        return answer.response

    async def _items(
        self, operation: str, fields: Mapping[str, object], items: str, timeout: float | None
    ) -> AsyncIterator[Any]:
        fields = dict(fields)
        while True:
            page = await self._respond(operation, fields, {}, timeout)
            for item in page[items]:
                yield item
            if page["nextCursor"] is None:
                return
            fields["cursor"] = page["nextCursor"]

    async def _send(
        self, request: ServiceRequest, headers: Mapping[str, str], timeout: float | None
    ) -> Answer:
        """Sends a request as often as is of use, and raises what came of the last try."""
        tries = 0
        while True:
            tries += 1
            outcome = await self._try(request, headers, timeout, tries)
            if isinstance(outcome, Answer):
                return outcome
            wait = None
            if tries <= self._connection.max_retries:
                wait = wait_before_retry(outcome, is_repeatable=request.is_repeatable)
            if wait is None:
                raise outcome
            await anyio.sleep(wait)

    async def _try(
        self, request: ServiceRequest, headers: Mapping[str, str], timeout: float | None, tries: int
    ) -> Answer | ApiError | ApiConnectionError:
        connection = self._connection
        seconds = connection.timeout if timeout is None else timeout
        try:
            with anyio.fail_after(seconds):
                response = await self._http.request(
                    request.endpoint.method,
                    connection.target(request),
                    headers=connection.headers(request, headers),
                    content=request.body,
                    timeout=seconds,
                    follow_redirects=False,
                )
        except (httpx.TransportError, httpx.DecodingError, TimeoutError) as cause:
            error = ApiConnectionError(connection.problem(cause, seconds), tries=tries)
            error.__cause__ = cause
            return error
        return outcome_of(
            response.status_code,
            response.headers,
            response.content.decode(errors="replace"),
            is_bare=request.endpoint.is_bare,
            tries=tries,
        )
