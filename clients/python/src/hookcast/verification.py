"""Verifying deliveries, for receivers. Needs no client and no network."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import json
import re
import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from .errors import VerificationError

Headers = Mapping[str, str | Sequence[str]]
"""As frameworks give them; the case of the names does not matter."""


def verify(
    headers: Headers,
    body: bytes | str,
    secret: str,
    *,
    tolerance_seconds: float = 300,
    parse: Callable[[bytes], Any] = json.loads,
) -> Any:
    """Returns the payload of a delivery with a Standard Webhooks signature.

    Args:
        headers: Of the request.
        body: The body as it came: what was parsed and written anew has other bytes.
        secret: The webhook's, `whsec_…`.
        tolerance_seconds: How far the delivery's time may be from now.
        parse: Reads a body that is genuine; what it raises is raised.

    Raises:
        VerificationError: It is not a delivery that the service signed with this secret, now.
        ValueError: The secret is empty or not base64.
    """
    key = _key_of(secret)
    delivery = _required(headers, "webhook-id")
    # No id of the service has a dot; with one, a part of the body could pose as the timestamp.
    if "." in delivery:
        raise VerificationError("webhook-id must not contain a dot")
    timestamp = _required(headers, "webhook-timestamp")
    _assert_fresh(timestamp, tolerance_seconds)
    signatures = _required(headers, "webhook-signature").split(" ")
    raw = _bytes_of(body)

    signed = f"{delivery}.{timestamp}.".encode() + raw
    expected = hmac.digest(key, signed, "sha256")
    # Several while a secret is being replaced. Other versions may stand beside ours.
    given = [_base64(one[len("v1,") :]) for one in signatures if one.startswith("v1,")]
    if not any(hmac.compare_digest(one, expected) for one in given if one is not None):
        raise VerificationError("no signature matches the secret")
    return parse(raw)


def verify_momento(
    headers: Headers,
    body: bytes | str,
    secret: str,
    *,
    parse: Callable[[bytes], Any] = json.loads,
) -> Any:
    """Returns the payload of a delivery by its `momento-signature`.

    For receivers that know no other signature. This one covers no time, so whoever has seen an old
    delivery can send it again.
    """
    if secret == "":
        raise ValueError("the secret is empty")
    signature = _required(headers, "momento-signature")
    raw = _bytes_of(body)
    expected = hmac.digest(secret.encode(), raw, hashlib.sha3_256)
    try:
        given = bytes.fromhex(signature)
    except ValueError:
        given = b""
    if not hmac.compare_digest(given, expected):
        raise VerificationError("momento-signature does not match the secret")
    return parse(raw)


def _required(headers: Headers, name: str) -> str:
    for known, value in headers.items():
        if known.lower() == name:
            text = value if isinstance(value, str) else " ".join(value)
            if text:
                return text
    raise VerificationError(f"{name} is missing")


def _bytes_of(body: bytes | str) -> bytes:
    if isinstance(body, str):
        return body.encode()
    if isinstance(body, (bytes, bytearray, memoryview)):
        return bytes(body)
    raise TypeError(
        "pass the raw body, as bytes or text: a parsed body has other bytes than signed"
    )


def _key_of(secret: str) -> bytes:
    key = _base64(secret.removeprefix("whsec_"))
    if not key:
        # The receiver's mistake, not the sender's; an empty one would let anybody sign.
        raise ValueError("the secret must be whsec_ and base64")
    return key


def _assert_fresh(timestamp: str, tolerance_seconds: float) -> None:
    if not re.fullmatch(r"[0-9]{1,15}", timestamp):
        raise VerificationError("webhook-timestamp must be in whole seconds")
    age = time.time() - int(timestamp)
    if age > tolerance_seconds:
        raise VerificationError("the delivery is too old")
    if age < -tolerance_seconds:
        raise VerificationError("the delivery is from the future")


def _base64(text: str) -> bytes | None:
    unpadded = text.rstrip("=")
    try:
        return base64.b64decode(unpadded + "=" * (-len(unpadded) % 4), validate=True)
    except (binascii.Error, ValueError):
        return None
