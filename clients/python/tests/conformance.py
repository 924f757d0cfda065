"""Does what the conformance test asks for: one JSON object a line, one line of answer each.

`python tests/conformance.py async` does it with the asynchronous client.
"""

from __future__ import annotations

import asyncio
import base64
import json
import re
import sys
from collections.abc import AsyncIterator, Iterator, Mapping
from typing import Any

import hookcast

Fields = dict[str, Any]


def snake_case(name: str) -> str:
    return re.sub(r"(?<=[a-z0-9])([A-Z])", r"_\1", name).replace("-", "_").lower()


def content(fields: Fields) -> Fields:
    """Returns the arguments of a message, which differ from the API's where JSON has no form."""
    given = {snake_case(name): value for name, value in fields.items()}
    if "json" in given:
        given["raw_json"] = given.pop("json")
    if "bytes" in given:
        given["binary"] = base64.b64decode(given.pop("bytes"))
    return given


def arguments(asked: Fields) -> Fields:
    fields = asked.get("input", {})
    given = content(fields) if asked["call"] == "publish" else {}
    if asked["call"] == "publishBatch":
        messages = [hookcast.BatchMessage(**content(one)) for one in fields["messages"]]
        given = {snake_case(name): value for name, value in fields.items()}
        given["messages"] = messages
    elif asked["call"] != "publish":
        given = {snake_case(name): value for name, value in fields.items()}
    return {
        **given,
        **{snake_case(name): value for name, value in asked.get("headers", {}).items()},
    }


def options(asked: Fields) -> Fields:
    given = asked["client"]
    timeout = given.get("timeoutMs")
    return {
        "url": given["url"],
        "key": given["key"],
        **({"timeout": timeout / 1000} if timeout else {}),
        **({"max_retries": given["maxRetries"]} if "maxRetries" in given else {}),
    }


def whole(answer: hookcast.Answer) -> Fields:
    return {
        "status": answer.status,
        "response": answer.response,
        "text": answer.text,
        "etag": answer.etag,
        "requestId": answer.request_id,
    }


def sync_call(asked: Fields) -> Any:
    with hookcast.Hookcast(**options(asked)) as client:
        if asked.get("whole"):
            return whole(
                client.call(asked["call"], asked.get("input"), headers=asked.get("headers"))
            )
        result = getattr(client, snake_case(asked["call"]))(**arguments(asked))
        return taken(result, asked.get("take")) if isinstance(result, Iterator) else result


def taken(items: Iterator[Any], most: int | None) -> list[Any]:
    found: list[Any] = []
    for item in items:
        found.append(item)
        if len(found) == most:
            break
    return found


async def async_call(asked: Fields) -> Any:
    async with hookcast.AsyncHookcast(**options(asked)) as client:
        if asked.get("whole"):
            return whole(
                await client.call(asked["call"], asked.get("input"), headers=asked.get("headers"))
            )
        result = getattr(client, snake_case(asked["call"]))(**arguments(asked))
        if not isinstance(result, AsyncIterator):
            return await result
        found: list[Any] = []
        async for item in result:
            found.append(item)
            if len(found) == asked.get("take"):
                break
        return found


def verified(asked: Fields) -> Any:
    body = base64.b64decode(asked["body"])
    if asked.get("momento"):
        return hookcast.verify_momento(asked["headers"], body, asked["secret"])
    tolerance = asked.get("toleranceSeconds", 300)
    if "publicKey" in asked:
        return hookcast.verify(asked["headers"], body, public_key=asked["publicKey"])
    return hookcast.verify(asked["headers"], body, asked["secret"], tolerance_seconds=tolerance)


def problem(error: Exception) -> Mapping[str, Any]:
    if isinstance(error, hookcast.ApiError):
        return {
            "kind": "refused",
            "status": error.status,
            "code": error.code,
            "message": error.message,
            "details": list(error.details),
            "requestId": error.request_id,
            "retryAfterMs": None if error.retry_after is None else round(error.retry_after * 1000),
            "tries": error.tries,
        }
    if isinstance(error, hookcast.ApiConnectionError):
        return {"kind": "connection", "message": str(error), "tries": error.tries}
    if isinstance(error, hookcast.VerificationError):
        return {"kind": "verification", "message": str(error)}
    if isinstance(error, (TypeError, ValueError)):
        return {"kind": "input", "message": str(error)}
    raise error


def answer_to(asked: Fields, *, is_async: bool) -> Fields:
    try:
        if "verify" in asked:
            return {"ok": verified(asked["verify"])}
        return {"ok": asyncio.run(async_call(asked)) if is_async else sync_call(asked)}
    except Exception as error:
        return {"error": problem(error)}


if __name__ == "__main__":
    for line in sys.stdin:
        answer = answer_to(json.loads(line), is_async=sys.argv[1:] == ["async"])
        print(json.dumps(answer), flush=True)
