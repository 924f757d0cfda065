"""Publishing through an ingest queue, with the caller's own client of SQS."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from ._given import UNSET, without_none
from ._json import json_text
from ._publishing import Content
from .errors import ApiConnectionError, ApiError, HookcastError
from .types import Event

_MAX_ENTRIES = 10
_MAX_BATCH_BYTES = 1_048_576
# What an ingest queue takes.
_MAX_BODY_BYTES = 1_044_480
# SQS carries the characters of XML 1.0 only.
_UNFIT = re.compile("[\ufffe\uffff\ud800-\udfff]")


class SqsClient(Protocol):
    """What is asked of SQS: `boto3.client("sqs")` has it."""

    def send_message_batch(self, *, QueueUrl: str, Entries: Any) -> Any:  # noqa: N803
        """Sends up to ten messages."""


@dataclass(frozen=True, kw_only=True)
class QueuedMessage(Content):
    """A message for an ingest queue. It has no key of its own, since each key costs two writes."""

    cache_name: str
    topic_name: str
    event: Event | None = None
    product_id: int | None = None
    content_type: str | None = None
    """Default: `application/json`, `text/plain` or `application/octet-stream`."""
    idempotency_key: str | None = None
    hops: int | None = None
    """What a delivery's `webhook-hops` says, if the message passes the delivery on."""

    def body(self) -> tuple[str, bytes]:
        """Returns the content type and the body of a message in the queue."""
        facts = without_none(
            {
                "cacheName": self.cache_name,
                "topicName": self.topic_name,
                "event": self.event,
                "productId": self.product_id,
                "contentType": self.content_type,
                "idempotencyKey": self.idempotency_key,
                "hops": self.hops,
            }
        )
        members = [f"{json_text(name)}:{json_text(fact)}" for name, fact in facts.items()]
        text = "{" + ",".join([*members, self.member()]) + "}"
        # They stand in strings, where the escape means the same.
        fit = _UNFIT.sub(lambda found: f"\\u{ord(found[0]):04x}", text)
        return "application/json", fit.encode()


@dataclass(frozen=True)
class QueueResult:
    """What became of one message: an id of SQS, or an error."""

    sqs_message_id: str | None = None
    error: HookcastError | None = None
    """`ApiError` if SQS refused it, `ApiConnectionError` if nobody knows whether SQS has it."""


class QueuePublisher:
    """Publishes through an ingest queue: without an API key, ten messages to a call."""

    def __init__(self, queue_url: str, sqs: SqsClient) -> None:
        """Sends nothing yet.

        Args:
            queue_url: The ingest queue's address, as the output `IngestQueue` tells it.
            sqs: Your client of SQS, such as `boto3.client("sqs")`.
        """
        self._queue_url = queue_url
        self._sqs = sqs

    def publish(
        self,
        *,
        cache_name: str,
        topic_name: str,
        value: object = UNSET,
        raw_json: str | None = None,
        text: str | None = None,
        binary: bytes | None = None,
        event: Event | None = None,
        product_id: int | None = None,
        content_type: str | None = None,
        idempotency_key: str | None = None,
        hops: int | None = None,
    ) -> str:
        """Sends one message, and returns the id that SQS gives it.

        Raises:
            ApiError: SQS refused it.
            ApiConnectionError: It is not known whether SQS has it.
        """
        message = QueuedMessage(
            cache_name=cache_name,
            topic_name=topic_name,
            value=value,
            raw_json=raw_json,
            text=text,
            binary=binary,
            event=event,
            product_id=product_id,
            content_type=content_type,
            idempotency_key=idempotency_key,
            hops=hops,
        )
        (result,) = self.publish_all([message])
        if result.error is not None:
            raise result.error
        return result.sqs_message_id or ""

    def publish_all(self, messages: Sequence[QueuedMessage]) -> list[QueueResult]:
        """Sends messages, with one result for each, in order: one that is refused fails alone."""
        bodies = [message.body()[1] for message in messages]
        results: list[QueueResult] = []
        for batch in _in_batches(bodies):
            if len(batch[0]) > _MAX_BODY_BYTES:
                text = f"a message in the queue has at most {_MAX_BODY_BYTES} bytes"
                error = ApiError(text, status=413, code="PAYLOAD_TOO_LARGE_ERROR")
                results.append(QueueResult(error=error))
            else:
                results.extend(self._send(batch))
        return results

    def _send(self, batch: Sequence[bytes]) -> list[QueueResult]:
        entries = [
            {"Id": str(index), "MessageBody": body.decode()} for index, body in enumerate(batch)
        ]
        try:
            answer = self._sqs.send_message_batch(QueueUrl=self._queue_url, Entries=entries)
        except Exception as cause:
            return [_unknown("it is not known whether SQS has the message", cause) for _ in batch]
        results: dict[str, QueueResult] = {}
        for sent in answer.get("Successful", []):
            results[sent["Id"]] = QueueResult(sqs_message_id=sent.get("MessageId", ""))
        for failed in answer.get("Failed", []):
            results[failed["Id"]] = QueueResult(error=_refusal(failed))
        silent = "SQS told nothing of it"
        return [results.get(entry["Id"]) or _unknown(silent) for entry in entries]


def _refusal(failed: Any) -> ApiError:
    reasons = [failed[name] for name in ("Code", "Message") if failed.get(name)]
    text = f"SQS refused the message: {': '.join(reasons)}"
    if failed.get("SenderFault"):
        return ApiError(text, status=400, code="INVALID_ARGUMENT_ERROR")
    return ApiError(text, status=503, code="SERVER_UNAVAILABLE")


def _unknown(text: str, cause: Exception | None = None) -> QueueResult:
    error = ApiConnectionError(text, tries=1)
    error.__cause__ = cause
    return QueueResult(error=error)


def _in_batches(bodies: Sequence[bytes]) -> Iterator[list[bytes]]:
    """In order, as many as SQS takes at a time. One that it does not take is alone."""
    batch: list[bytes] = []
    for body in bodies:
        size = sum(map(len, batch)) + len(body)
        is_alone = len(body) > _MAX_BODY_BYTES
        if batch and (is_alone or len(batch) == _MAX_ENTRIES or size > _MAX_BATCH_BYTES):
            yield batch
            batch = []
        batch.append(body)
        if is_alone:
            yield batch
            batch = []
    if batch:
        yield batch
