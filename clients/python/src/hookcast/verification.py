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
    secret: str | None = None,
    *,
    public_key: str | Sequence[str] | None = None,
    tolerance_seconds: float = 300,
    parse: Callable[[bytes], Any] = json.loads,
) -> Any:
    """Returns the payload of a delivery with a Standard Webhooks signature.

    Args:
        headers: Of the request.
        body: The body as it came: what was parsed and written anew has other bytes.
        secret: The webhook's, `whsec_…`.
        public_key: In place of the secret: the public key of its cache, `whpk_…`, for webhooks with
            `config.asymmetric`. Several while a key is being replaced. Needs the extra
            `public-keys`.
        tolerance_seconds: How far the delivery's time may be from now.
        parse: Reads a body that is genuine; what it raises is raised.

    Raises:
        VerificationError: It is not a delivery that the service signed with this secret, now.
        ValueError: The secret is empty or not base64, or the public key is none.
    """
    if (secret is None) == (public_key is None):
        raise TypeError("give the secret or public keys, not both")
    is_signed = _by_secret(secret) if secret is not None else _by_public_keys(public_key or ())
    delivery = _required(headers, "webhook-id")
    # No id of the service has a dot; with one, a part of the body could pose as the timestamp.
    if "." in delivery:
        raise VerificationError("webhook-id must not contain a dot")
    timestamp = _required(headers, "webhook-timestamp")
    _assert_fresh(timestamp, tolerance_seconds)
    header = _required(headers, "webhook-signature")
    raw = _bytes_of(body)
    if not is_signed(header, f"{delivery}.{timestamp}.".encode() + raw):
        what = "a public key" if secret is None else "the secret"
        raise VerificationError(f"no signature matches {what}")
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


_Verifier = Callable[[str, bytes], bool]
"""Whether one of a header's signatures is of the content."""


def _by_secret(secret: str) -> _Verifier:
    key = _key_of(secret)

    def is_signed(header: str, content: bytes) -> bool:
        expected = hmac.digest(key, content, "sha256")
        return any(hmac.compare_digest(one, expected) for one in _signatures(header, "v1,"))

    return is_signed


_MAX_SIGNATURES = 8
"""A sender who is nobody must not choose how much there is to compute."""


def _by_public_keys(given: str | Sequence[str]) -> _Verifier:
    try:
        from cryptography.exceptions import InvalidSignature
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
    except ImportError as error:
        raise ImportError('public keys need the extra "public-keys" of hookcast') from error
    texts = [given] if isinstance(given, str) else given
    keys = [Ed25519PublicKey.from_public_bytes(_public_key(text)) for text in texts]
    if not keys:
        raise ValueError("there is no public key")

    def is_by(key: Ed25519PublicKey, signature: bytes, content: bytes) -> bool:
        try:
            key.verify(signature, content)
        except InvalidSignature:
            return False
        return True

    def is_signed(header: str, content: bytes) -> bool:
        signatures = _signatures(header, "v1a,")[:_MAX_SIGNATURES]
        return any(is_by(key, signature, content) for signature in signatures for key in keys)

    return is_signed


def _public_key(text: str) -> bytes:
    key = _base64(text[len("whpk_") :]) if text.startswith("whpk_") else None
    if key is None or len(key) != 32:
        raise ValueError("a public key must be whpk_ and the base64 of 32 bytes")
    return key


def _signatures(header: str, version: str) -> list[bytes]:
    """Returns several while a secret is being replaced. Other versions may stand beside ours."""
    texts = [one[len(version) :] for one in header.split(" ") if one.startswith(version)]
    return [signature for signature in map(_base64, texts) if signature is not None]


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
