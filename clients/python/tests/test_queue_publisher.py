"""What goes to SQS, and what becomes of its answers: python -m unittest discover tests."""

import json
import unittest
from collections.abc import Callable
from typing import Any

from hookcast import (
    ApiConnectionError,
    ApiError,
    HookcastError,
    QueuedMessage,
    QueuePublisher,
    QueueResult,
)

Answer = Callable[[list[dict[str, str]]], dict[str, Any]]


def taken(entries: list[dict[str, str]]) -> dict[str, Any]:
    return {"Successful": [{"Id": one["Id"], "MessageId": f"sqs-{one['Id']}"} for one in entries]}


class FakeSqs:
    """SQS, which takes everything by default."""

    def __init__(self, answer: Answer = taken) -> None:
        self.batches: list[list[str]] = []
        self._answer = answer

    def send_message_batch(self, *, QueueUrl: str, Entries: Any) -> Any:  # noqa: N803
        assert QueueUrl == "https://sqs.example/1/ingest"
        self.batches.append([entry["MessageBody"] for entry in Entries])
        return self._answer(Entries)


def publisher_with(sqs: FakeSqs) -> QueuePublisher:
    return QueuePublisher("https://sqs.example/1/ingest", sqs)


def message(**given: Any) -> QueuedMessage:
    return QueuedMessage(cache_name="orders", topic_name="paid", **given)


def error_of(result: QueueResult) -> HookcastError:
    assert result.error is not None
    return result.error


class Queue(unittest.TestCase):
    def test_writes_every_content_as_the_service_reads_it(self) -> None:
        sqs = FakeSqs()
        to = {"cacheName": "orders", "topicName": "paid"}
        publisher_with(sqs).publish_all(
            [
                message(value={"a": None}, event="order.paid", product_id=7, hops=1),
                message(raw_json=' {"n":9007199254740993, "x":"\uffff"} '),
                message(text="größe \ud800 \x00", idempotency_key="k"),
                message(binary=b"\x00\xff", content_type="image/png"),
            ]
        )
        ((first, large, text, binary),) = sqs.batches
        facts = {"event": "order.paid", "productId": 7, "hops": 1}
        self.assertEqual(json.loads(first), {**to, **facts, "value": {"a": None}})
        self.assertIn('"value": {"n":9007199254740993, "x":"\\uffff"} }', large)
        expected = {**to, "idempotencyKey": "k", "text": "größe \ud800 \x00"}
        self.assertEqual(json.loads(text), expected)
        self.assertEqual(json.loads(binary)["binary"], "AP8=")
        for body in (first, large, text, binary):
            self.assertNotRegex(body, "[\ufffe\uffff\ud800-\udfff]")

    def test_sends_tens_in_order_and_tells_each_its_id(self) -> None:
        sqs = FakeSqs()
        results = publisher_with(sqs).publish_all([message(value=n) for n in range(23)])
        self.assertEqual([len(batch) for batch in sqs.batches], [10, 10, 3])
        values = [json.loads(body)["value"] for batch in sqs.batches for body in batch]
        self.assertEqual(values, list(range(23)))
        ids = [result.sqs_message_id for result in results]
        self.assertEqual(ids, [f"sqs-{n % 10}" for n in range(23)])

    def test_sends_no_more_bytes_in_a_call_than_sqs_takes(self) -> None:
        sqs = FakeSqs()
        publisher_with(sqs).publish_all([message(text="x" * 261_000) for _ in range(5)])
        self.assertEqual([len(batch) for batch in sqs.batches], [4, 1])

    def test_refuses_what_the_queue_would_not_take_and_sends_the_others(self) -> None:
        sqs = FakeSqs()
        texts = ["before", "x" * 1_044_481, "after"]
        before, large, after = publisher_with(sqs).publish_all([message(text=t) for t in texts])
        error = error_of(large)
        assert isinstance(error, ApiError)
        self.assertEqual((error.status, error.code), (413, "PAYLOAD_TOO_LARGE_ERROR"))
        self.assertEqual((before.sqs_message_id, after.sqs_message_id), ("sqs-0", "sqs-0"))

    def test_tells_a_senders_fault_from_one_of_sqs(self) -> None:
        own = {"Id": "1", "Code": "InvalidMessageContents", "SenderFault": True}
        other = {"Id": "2", "Code": "InternalError", "Message": "try again", "SenderFault": False}
        answer = {"Successful": [{"Id": "0", "MessageId": "a"}], "Failed": [own, other]}
        publisher = publisher_with(FakeSqs(lambda _: answer))
        sent, wrong, busy = publisher.publish_all([message(value=n) for n in range(3)])
        self.assertEqual(sent, QueueResult(sqs_message_id="a"))
        self.assertEqual(str(error_of(wrong))[:27], "400 INVALID_ARGUMENT_ERROR:")
        said = "503 SERVER_UNAVAILABLE: SQS refused the message: InternalError: try again"
        self.assertEqual(str(error_of(busy)), said)

    def test_says_that_it_does_not_know_where_the_call_fails_or_leaves_one_out(self) -> None:
        cause = OSError("socket hang up")

        def fail(_: list[dict[str, str]]) -> dict[str, Any]:
            raise cause

        with self.assertRaises(ApiConnectionError) as raised:
            publisher_with(FakeSqs(fail)).publish(cache_name="c", topic_name="t", value=1)
        self.assertIs(raised.exception.__cause__, cause)
        with self.assertRaises(ApiConnectionError):
            publisher_with(FakeSqs(lambda _: {})).publish(cache_name="c", topic_name="t", value=1)

    def test_returns_the_id_of_one(self) -> None:
        sent = publisher_with(FakeSqs()).publish(cache_name="c", topic_name="t", text="one")
        self.assertEqual(sent, "sqs-0")
        with self.assertRaises(TypeError):
            publisher_with(FakeSqs()).publish(cache_name="c", topic_name="t", text="1", value=1)


if __name__ == "__main__":
    unittest.main()
