"""How an operation is reached."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Endpoint:
    """Method and path of an operation."""

    method: str
    path: str
    is_bare: bool = False
    """Whether it returns its value without the envelope."""
    query_fields: tuple[str, ...] = ()
    """Of an operation with a body: the fields of its query."""
