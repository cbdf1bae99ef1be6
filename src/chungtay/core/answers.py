"""What was asked of the database while something was made: as long as the answers are the same, so is the thing.

    listening = Listening()
    with connection.execute_wrapper(listening):
        listening.begin()
        made = make()
    ...
    if (answers := listening.answers()) and answers.are_the_same(): made still holds

For what is made of nothing but these answers: no clock, no file, nothing remembered from another asking.
"""

import pickle
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections


@dataclass(frozen=True)
class Answers:
    """asked: the statements in their order with what was filled in, packed. told: a digest of the rows each brought."""

    asked: bytes
    told: bytes

    def are_the_same(self) -> bool:
        """Ask again, as many queries as there were."""
        told = blake2b(digest_size=16)
        for sql, params in pickle.loads(zlib.decompress(self.asked)):
            with connections[DEFAULT_DB_ALIAS].cursor() as cursor:
                cursor.execute(sql, params)
                told.update(_digest(cursor.fetchall()).digest())
        return told.digest() == self.told


class Listening:
    """A wrapper of statements (`execute_wrapper`) that hears what each brought as it is read."""

    def __init__(self) -> None:
        self._asked: list[tuple[str, Any]] = []
        self._told: list[Any] = []
        self._hears = False

    def begin(self) -> None:
        """Before this, nothing is heard."""
        self._hears = True

    def __call__(
        self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]
    ) -> Any:
        given = execute(sql, params, many, context)
        if not self._hears:
            return given
        if many or not sql.startswith("SELECT"):
            self._hears = False
            return given
        told = _digest(())
        context["cursor"].cursor = _Heard(context["cursor"].cursor, told)
        self._asked.append((sql, params))
        self._told.append(told)
        return given

    def answers(self) -> Answers | None:
        """None where nothing was heard, or something was done beside reading."""
        if not self._hears:
            return None
        told = blake2b(digest_size=16)
        for each in self._told:
            told.update(each.digest())
        return Answers(zlib.compress(pickle.dumps(self._asked), 1), told.digest())


class _Heard:
    """A driver's cursor whose rows are heard as they are read."""

    def __init__(self, cursor: Any, told: Any) -> None:
        self._cursor, self._told = cursor, told

    def __getattr__(self, name: str) -> Any:
        return getattr(self._cursor, name)

    def __iter__(self) -> Iterator[Any]:
        for row in self._cursor:
            yield self._hear([row])[0]

    def fetchone(self) -> Any:
        row = self._cursor.fetchone()
        return None if row is None else self._hear([row])[0]

    def fetchmany(self, *size: int) -> Any:
        return self._hear(self._cursor.fetchmany(*size))

    def fetchall(self) -> Any:
        return self._hear(self._cursor.fetchall())

    def _hear(self, rows: Any) -> Any:
        _digest(rows, self._told)
        return rows


def _digest(rows: Iterable[Any], told: Any = None) -> Any:
    told = told or blake2b(digest_size=16)
    for row in rows:
        told.update(repr(row).encode())
    return told
