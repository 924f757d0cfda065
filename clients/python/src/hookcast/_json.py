"""JSON as the API takes it."""

from __future__ import annotations

import json
from datetime import datetime


def json_text(value: object) -> str:
    """Returns the JSON of any value that has one; integers keep all their digits."""
    return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))


def body_text(fields: object) -> str:
    """Returns the JSON of an operation's fields, in which times are ISO 8601."""
    return json.dumps(
        fields,
        ensure_ascii=False,
        allow_nan=False,
        separators=(",", ":"),
        default=_other_value,
    )


def _other_value(value: object) -> object:
    if isinstance(value, datetime):
        return time_text(value)
    raise TypeError(f"{type(value).__name__} is not JSON")


def time_text(time: datetime) -> str:
    """Returns the ISO 8601 text of a time that has a time zone."""
    if time.tzinfo is None:
        raise ValueError("a time needs a time zone, such as timezone.utc")
    return time.isoformat()
