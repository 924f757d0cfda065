"""What the client raises, beside TypeError and ValueError for input that cannot be sent."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .types import ErrorCode, ErrorDetail


class HookcastError(Exception):
    """Any failure of a call or of a verification."""


class ApiError(HookcastError):
    """The service, or the gateway before it, answered, but not with what was asked for."""

    status: int
    """The HTTP status."""
    code: ErrorCode | None
    """The kind of refusal; None if the gateway, or a proxy before it, answered by itself."""
    message: str
    details: Sequence[ErrorDetail]
    """Every bad field."""
    request_id: str | None
    """What the service's log knows the request by."""
    retry_after: float | None
    """How many seconds the answer asks to wait."""
    tries: int
    """With more than one, a 404 or 412 may result from an earlier try whose answer was lost."""

    def __init__(
        self,
        message: str,
        *,
        status: int,
        code: ErrorCode | None = None,
        details: Sequence[ErrorDetail] = (),
        request_id: str | None = None,
        retry_after: float | None = None,
        tries: int = 1,
    ) -> None:
        super().__init__(message)
        self.message = message
        self.status = status
        self.code = code
        self.details = details
        self.request_id = request_id
        self.retry_after = retry_after
        self.tries = tries

    def __str__(self) -> str:
        name = f"{self.status} {self.code}" if self.code else str(self.status)
        fields = "; ".join(f"{detail['path']}: {detail['message']}" for detail in self.details)
        return f"{name}: {self.message}" + (f" ({fields})" if fields else "")


class ApiConnectionError(HookcastError):
    """No complete answer came, in time or at all: the operation may have been carried out."""

    tries: int

    def __init__(self, message: str, *, tries: int) -> None:
        super().__init__(message)
        self.tries = tries


class VerificationError(HookcastError):
    """What came is not a delivery that the service signed with this secret, now."""
