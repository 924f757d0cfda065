"""The Hookcast client: publish, manage webhooks, read deliveries, and verify what arrives."""

from . import types
from ._answer import Answer
from ._given import UNSET, Unset
from ._publishing import BatchMessage
from .async_client import AsyncHookcast
from .client import Hookcast
from .errors import ApiConnectionError, ApiError, HookcastError, VerificationError
from .queue_publisher import QueuedMessage, QueuePublisher, QueueResult, SqsClient
from .verification import verify, verify_momento

__all__ = [
    "UNSET",
    "Answer",
    "ApiConnectionError",
    "ApiError",
    "AsyncHookcast",
    "BatchMessage",
    "Hookcast",
    "HookcastError",
    "QueuePublisher",
    "QueueResult",
    "QueuedMessage",
    "SqsClient",
    "Unset",
    "VerificationError",
    "types",
    "verify",
    "verify_momento",
]
