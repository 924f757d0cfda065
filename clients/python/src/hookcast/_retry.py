"""Whether and when a request is sent again: the rules of all Hookcast clients."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import datetime, timezone
from email.utils import parsedate_to_datetime

from .errors import ApiConnectionError, ApiError

_FIRST_WAIT = 0.25
_MAX_BACKOFF = 8.0
_MAX_WAIT = 30.0
"""Who asks for more patience than this gets none: the caller should know."""


def wait_before_retry(
    error: ApiError | ApiConnectionError,
    *,
    is_repeatable: bool,
    chance: Callable[[], float] = random.random,
) -> float | None:
    """Returns the seconds until the next try; None if there must not or need not be one."""
    if not _is_worth_repeating(error, is_repeatable):
        return None
    backoff: float = min(_MAX_BACKOFF, _FIRST_WAIT * 2 ** (error.tries - 1))
    asked = 0.0 if isinstance(error, ApiConnectionError) else (error.retry_after or 0.0)
    return None if asked > _MAX_WAIT else asked + backoff * (0.5 + chance() / 2)


def _is_worth_repeating(error: ApiError | ApiConnectionError, is_repeatable: bool) -> bool:
    if isinstance(error, ApiConnectionError):
        return is_repeatable
    if error.status == 429:
        # What is throttled was not begun. A used-up quota stays so, unless it says for how long.
        return error.code != "LIMIT_EXCEEDED_ERROR" or error.retry_after is not None
    # A 500 in the service's own words is a bug and comes again. Another comes from the gateway.
    is_of_the_gateway = error.status == 500 and error.code is None
    return is_repeatable and (error.status in (502, 503, 504) or is_of_the_gateway)


def retry_after_seconds(header: str | None) -> float | None:
    """Returns how long `retry-after` asks to wait, in seconds or until a date."""
    if header is None:
        return None
    if header.isascii() and header.isdigit():
        return float(header)
    try:
        date = parsedate_to_datetime(header)
    except ValueError:
        return None
    if date.tzinfo is None:
        date = date.replace(tzinfo=timezone.utc)
    return max(0.0, (date - datetime.now(timezone.utc)).total_seconds())
