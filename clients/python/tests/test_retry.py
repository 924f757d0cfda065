"""How long the client waits: python -m unittest discover tests."""

import unittest
from datetime import datetime, timedelta, timezone
from email.utils import format_datetime

from hookcast import ApiConnectionError, ApiError
from hookcast._retry import retry_after_seconds, wait_before_retry


def lost(tries: int) -> ApiConnectionError:
    return ApiConnectionError("no answer", tries=tries)


class Waits(unittest.TestCase):
    def test_doubles_its_wait_from_a_quarter_of_a_second_to_eight(self) -> None:
        waits = [
            wait_before_retry(lost(tries), is_repeatable=True, chance=lambda: 1.0)
            for tries in range(1, 8)
        ]
        self.assertEqual(waits, [0.25, 0.5, 1, 2, 4, 8, 8])

    def test_shortens_a_wait_by_up_to_a_half(self) -> None:
        wait = wait_before_retry(lost(1), is_repeatable=True, chance=lambda: 0.0)
        self.assertEqual(wait, 0.125)

    def test_waits_at_least_as_long_as_it_is_asked_and_not_above_half_a_minute(self) -> None:
        busy = ApiError("busy", status=503, retry_after=30)
        self.assertEqual(wait_before_retry(busy, is_repeatable=True, chance=lambda: 1.0), 30.25)
        later = ApiError("busy", status=503, retry_after=31)
        self.assertIsNone(wait_before_retry(later, is_repeatable=True))

    def test_reads_retry_after_in_seconds_and_as_a_date(self) -> None:
        self.assertEqual(retry_after_seconds("7"), 7)
        date = datetime.now(timezone.utc) + timedelta(seconds=100)
        seconds = retry_after_seconds(format_datetime(date, usegmt=True))
        assert seconds is not None
        self.assertGreater(seconds, 60)
        self.assertIsNone(retry_after_seconds("soon"))
        self.assertIsNone(retry_after_seconds(None))


if __name__ == "__main__":
    unittest.main()
