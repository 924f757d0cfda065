"""What the service answered."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ._retry import retry_after_seconds
from .errors import ApiConnectionError, ApiError


@dataclass(frozen=True)
class Answer:
    """A complete answer."""

    status: int
    response: Any
    """What the envelope holds; None for a 304."""
    text: str
    etag: str | None
    """The webhook's version, for `if-match` and `if-none-match`, if the operation tells it."""
    request_id: str | None
    """What the service's log knows the request by."""


def outcome_of(
    status: int, headers: Mapping[str, str], text: str, *, is_bare: bool, tries: int
) -> Answer | ApiError | ApiConnectionError:
    """Returns the answer, or why it is not what was asked for."""
    if 300 <= status < 400 and status != 304:
        # The service never redirects; whoever does is not the service.
        return ApiConnectionError(f"answered {status}, a redirection", tries=tries)
    body = _object_of(text)
    request_id = headers.get("x-request-id")
    # Whatever else is at the address may well answer in JSON, too.
    is_answer = body is not None and (is_bare or "response" in body)
    if (is_answer and 200 <= status < 300) or status == 304:
        response = body if is_bare else (body or {}).get("response")
        return Answer(status, response, text, headers.get("etag"), request_id)
    refusal = (body or {}).get("error")
    error: Mapping[str, Any] = refusal if isinstance(refusal, dict) else {}
    return ApiError(
        error.get("message")
        or _gateway_message(body)
        or f"answered {status}, not as Hookcast does",
        status=status,
        code=error.get("code"),
        details=error.get("details") or (),
        request_id=request_id,
        retry_after=retry_after_seconds(headers.get("retry-after")),
        tries=tries,
    )


def _gateway_message(body: Mapping[str, Any] | None) -> str | None:
    message = (body or {}).get("message")
    if message == "Forbidden":
        # The gateway says no more than this of a key that it does not let in.
        return "the API key is unknown, expired or revoked"
    return message if isinstance(message, str) else None


def _object_of(text: str) -> dict[str, Any] | None:
    """Returns None where the text is no JSON object, as from a proxy."""
    try:
        parsed = json.loads(text)
    except ValueError:
        return None
    return parsed if isinstance(parsed, dict) else None
