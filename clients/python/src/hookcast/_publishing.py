"""What is published, in the forms that JSON has not."""

from __future__ import annotations

import base64
import json
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ._given import UNSET, Unset, without_none
from ._json import body_text, json_text
from ._operations import ENDPOINTS
from ._request import ServiceRequest, fill_path, query_of
from .types import Event


@dataclass(frozen=True)
class Content:
    """Exactly one of these."""

    value: object = UNSET
    """Anything that the json module writes."""
    raw_json: str | None = None
    """JSON that is written already, sent as it is."""
    text: str | None = None
    binary: bytes | None = None

    def __post_init__(self) -> None:
        others = [one for one in (self.raw_json, self.text, self.binary) if one is not None]
        if len(others) + (self.value is not UNSET) != 1:
            raise TypeError("give exactly one of value, raw_json, text and binary")

    def body(self) -> tuple[str, bytes]:
        """Returns the content type and the body of a request."""
        if self.text is not None:
            return "text/plain", self.text.encode()
        if self.binary is not None:
            return "application/octet-stream", bytes(self.binary)
        return "application/json", self._json().encode()

    def member(self) -> str:
        """Returns the member of a JSON object."""
        if self.text is not None:
            return f'"text":{json_text(self.text)}'
        if self.binary is not None:
            return f'"binary":"{base64.b64encode(self.binary).decode()}"'
        if self.raw_json is not None:
            json.loads(self.raw_json)  # or a text that is none could pose as several messages
        return f'"value":{self._json()}'

    def _json(self) -> str:
        return json_text(self.value) if self.raw_json is None else self.raw_json


@dataclass(frozen=True)
class BatchMessage(Content):
    """A message of a batch."""

    event: Event | None = None
    product_id: int | None = None
    idempotency_key: str | Unset | None = UNSET
    """Made for each message by default. None publishes without, and then no try is repeated."""

    def entry(self) -> str:
        """Returns the JSON of the message, in which texts of JSON values are taken as they are."""
        key = _key_of(self.idempotency_key)
        facts: Mapping[str, object] = without_none(
            {"event": self.event, "productId": self.product_id, "idempotencyKey": key}
        )
        members = [f"{json_text(name)}:{body_text(value)}" for name, value in facts.items()]
        return "{" + ",".join([self.member(), *members]) + "}"


def publish_request(
    content: Content,
    *,
    path: Mapping[str, object],
    query: Mapping[str, object | None],
    content_type: str | None,
    idempotency_key: str | Unset | None,
) -> ServiceRequest:
    """Returns the request that publishes a message."""
    endpoint = ENDPOINTS["publish"]
    target, _ = fill_path(endpoint.path, path)
    default_type, body = content.body()
    key = _key_of(idempotency_key)
    headers = without_none({"content-type": content_type or default_type, "idempotency-key": key})
    target += query_of(without_none(query))
    return ServiceRequest(endpoint, target, key is not None, headers, body)


def publish_batch_request(
    path: Mapping[str, object], messages: Sequence[BatchMessage]
) -> ServiceRequest:
    """Returns the request that publishes several messages, under the same keys at each try."""
    endpoint = ENDPOINTS["publishBatch"]
    target, _ = fill_path(endpoint.path, path)
    body = '{"messages":[' + ",".join(message.entry() for message in messages) + "]}"
    is_repeatable = all(message.idempotency_key is not None for message in messages)
    headers = {"content-type": "application/json"}
    return ServiceRequest(endpoint, target, is_repeatable, headers, body.encode())


def _key_of(given: str | Unset | None) -> str | None:
    return str(uuid.uuid4()) if isinstance(given, Unset) else given
