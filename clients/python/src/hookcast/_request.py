"""Requests, before they are sent."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import quote

from ._endpoint import Endpoint
from ._json import body_text, time_text
from ._operations import ENDPOINTS


@dataclass(frozen=True)
class ServiceRequest:
    """A request to the service, however often it is sent."""

    endpoint: Endpoint
    target: str
    """Path and query."""
    is_repeatable: bool
    """Whether sending it twice does no more than sending it once."""
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes | None = None


def request_of(operation: str, fields: Mapping[str, object]) -> ServiceRequest:
    """Returns the request of an operation, whose fields have the names of the API.

    What the path leaves of the fields becomes the query of a GET or DELETE, else the JSON body.
    """
    endpoint = ENDPOINTS.get(operation)
    if endpoint is None:
        raise ValueError(f"there is no operation {operation}")
    path, rest = fill_path(endpoint.path, fields)
    is_repeatable = endpoint.method != "POST"
    if endpoint.method in ("GET", "DELETE"):
        return ServiceRequest(endpoint, path + query_of(rest), is_repeatable)
    query = {name: rest.pop(name) for name in endpoint.query_fields if name in rest}
    target = path + query_of(query)
    headers = {"content-type": "application/json"}
    return ServiceRequest(endpoint, target, is_repeatable, headers, body_text(rest).encode())


def fill_path(path: str, fields: Mapping[str, object]) -> tuple[str, dict[str, object]]:
    """Returns the path with its names filled in, and the fields that are left."""
    rest = dict(fields)

    def segment(match: re.Match[str]) -> str:
        name = match[1]
        return _segment(name, rest.pop(name, None))

    return re.sub(r"\{(\w+)\}", segment, path), rest


def _segment(name: str, value: object) -> str:
    # The gateway decodes a path before it chooses the route, so an encoded slash would lead to
    # another operation, and dots are resolved before anything is sent. No name holds any of these.
    if isinstance(value, int) and not isinstance(value, bool) and value >= 0:
        return str(value)
    if not isinstance(value, str) or re.search(r"^\.{0,2}$|[/?#%\\]", value):
        raise ValueError(f"{name} must be text, not empty, . or .., and without / ? # % \\")
    return quote(value, safe="")


def query_of(fields: Mapping[str, object]) -> str:
    """Returns the query with its question mark; empty if there are no fields."""
    query = "&".join(
        f"{name}={quote(_query_text(value), safe='')}" for name, value in fields.items()
    )
    return f"?{query}" if query else ""


def _query_text(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        return time_text(value)
    if isinstance(value, (list, tuple)):
        return ",".join(_query_text(item) for item in value)
    return str(value)
