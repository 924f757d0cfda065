"""Arguments that a caller may leave out, though None means something."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from typing import Final, TypeVar

T = TypeVar("T")


class Unset(Enum):
    """The type of `UNSET`."""

    UNSET = "unset"

    def __repr__(self) -> str:
        return "UNSET"


UNSET: Final = Unset.UNSET
"""What an argument is when the caller has not given it; None is sent as null."""


def without_unset(fields: Mapping[str, object]) -> dict[str, object]:
    """Returns the fields that were given, None included."""
    return {name: value for name, value in fields.items() if value is not UNSET}


def without_none(fields: Mapping[str, T | None]) -> dict[str, T]:
    """Returns the fields that are not None."""
    return {name: value for name, value in fields.items() if value is not None}
