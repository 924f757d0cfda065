import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Any


class Inbox:
    """Deliveries by their webhook-id.

    A delivery is stored before it is answered, and only once: what was answered is not lost, and what
    comes again is not done again.
    """

    def __init__(self, file: str) -> None:
        self._file = file
        with self._open() as database:
            database.execute(
                "create table if not exists inbox"
                " (id text primary key, body blob not null, done integer not null default 0)"
            )

    def store(self, delivery_id: str, body: bytes) -> bool:
        """Whether it is new."""
        with self._open() as database:
            insert = "insert or ignore into inbox (id, body) values (?, ?)"
            return database.execute(insert, (delivery_id, body)).rowcount == 1

    def waiting(self) -> list[tuple[str, Any]]:
        with self._open() as database:
            rows = database.execute("select id, body from inbox where done = 0").fetchall()
        return [(delivery_id, json.loads(body)) for delivery_id, body in rows]

    def finish(self, delivery_id: str) -> None:
        with self._open() as database:
            database.execute("update inbox set done = 1 where id = ?", (delivery_id,))

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        """A connection for each use: it belongs to the thread that opened it."""
        with closing(sqlite3.connect(self._file)) as database, database:
            yield database
