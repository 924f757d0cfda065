"""What every try of a call needs."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

import httpx

from ._request import ServiceRequest

USER_AGENT = "hookcast-python/0.1.0"


@dataclass(frozen=True)
class Connection:
    """Where the service is, and how patient the client is with it."""

    url: str
    key: str
    timeout: float
    max_retries: int

    def __post_init__(self) -> None:
        if not re.fullmatch(r"[\x21-\x7e]+", self.key):
            raise ValueError("the key must be visible characters")
        if not re.match(r"https?://[^/]", self.url):
            raise ValueError("the url must begin with https:// or http://")

    def __repr__(self) -> str:
        # Without the key, which would end in logs.
        return f"Connection(url={self.url!r})"

    def target(self, request: ServiceRequest) -> str:
        """Returns the address of a request."""
        return self.url.rstrip("/") + request.target

    def headers(self, request: ServiceRequest, of_call: Mapping[str, str]) -> dict[str, str]:
        """Returns all headers of a request; those of the call cannot replace the key."""
        return {
            **{name.lower(): value for name, value in of_call.items()},
            **request.headers,
            "authorization": f"Bearer {self.key}",
            "user-agent": USER_AGENT,
        }

    def problem(self, cause: Exception, timeout: float) -> str:
        """Returns why no answer came."""
        if isinstance(cause, (httpx.TimeoutException, TimeoutError)):
            return f"{self.url}: no answer within {timeout:g} s"
        return f"{self.url}: {cause or type(cause).__name__}"
