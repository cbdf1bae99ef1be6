"""Reads that ask in steps, so that several of them, of any package, ask the database together.

A read is a generator: it yields the rows it wants, a queryset or several, and is sent them as lists:

    def titles_given(place_id: int) -> Asking[tuple[TitleView, ...]]:
        (rows,) = yield (Title.objects.filter(place_id=place_id),)
        return tuple(view_of(row) for row in rows)

`asked(titles_given(7))` is its answer; `asked(abreast(titles_given(7), news_of(7)))` are both answers, in as many
statements as the longer of the two has steps: what is asked in one step goes to the database as one statement, each
queryset a sub-select that comes back as JSON. Rows are then made by Django from the same columns as ever.
"""

import json
from collections.abc import Callable, Generator, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final, TypeVar
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db import connections, models
from django.db.models.query import QuerySet

T = TypeVar("T")
Asking = Generator[Sequence["QuerySet[Any, Any]"], list[list[Any]], T]

_MOST: Final = 100
"""Arguments that a function of PostgreSQL takes: columns of a queryset asked with others."""

_LEFT: Final = (models.AutoField, models.BigAutoField, models.IntegerField, models.CharField, models.TextField,
                models.BooleanField, models.JSONField)  # fmt: skip
"""Kinds of columns that JSON holds as the database's driver would have given them, with their subclasses."""

_READ: Final[Mapping[type["models.Field[Any, Any]"], Callable[[Any], Any]]] = {
    models.DateTimeField: datetime.fromisoformat,  # before DateField, whose subclass it is
    models.DateField: date.fromisoformat,
    models.UUIDField: UUID,
    models.DecimalField: Decimal,
}
"""How PostgreSQL's driver would have given the others; on SQLite they are texts, which Django reads itself."""


def asked(asking: Asking[T]) -> T:
    """The answer of a read; every step of it one query."""
    answers: list[list[Any]] | None = None
    while True:
        try:
            wanted = next(asking) if answers is None else asking.send(answers)
        except StopIteration as done:
            answer: T = done.value
            return answer
        answers = _answers(wanted)


def these(*querysets: "QuerySet[Any, Any]") -> Asking[list[list[Any]]]:
    """The rows of some querysets and nothing else: a read to be asked with others."""
    return (yield querysets)


def abreast(*askings: Asking[Any]) -> Asking[list[Any]]:
    """Several reads as one, the answers in their order; each step asks what all of them ask next."""
    found: list[Any] = [None] * len(askings)
    answers: dict[int, list[list[Any]] | None] = dict.fromkeys(range(len(askings)))
    while answers:
        wanted: dict[int, Sequence[QuerySet[Any, Any]]] = {}
        for at, told in answers.items():
            try:
                wanted[at] = next(askings[at]) if told is None else askings[at].send(told)
            except StopIteration as done:
                found[at] = done.value
        answers = {}
        if wanted:
            rows = iter((yield [each for asked_now in wanted.values() for each in asked_now]))
            answers = {at: [next(rows) for _each in asked_now] for at, asked_now in wanted.items()}
    return found


def _answers(wanted: Sequence["QuerySet[Any, Any]"]) -> list[list[Any]]:
    """The rows of each queryset; one query at most."""
    if len(wanted) < 2:
        return [list(each) for each in wanted]
    connection = connections[wanted[0].db]
    parts = [_Part(each, connection) for each in wanted]
    selects = [each for each in parts if each.sql]
    if selects:
        with connection.cursor() as cursor:
            params = [param for each in selects for param in each.params]
            cursor.execute("SELECT " + ", ".join(each.sql for each in selects), params)
            for each, told in zip(selects, cursor.fetchone(), strict=True):
                each.read(told)
    return [each.rows() for each in parts]


class _Part:
    """A queryset as a sub-select of one text, and its rows out of that text."""

    def __init__(self, queryset: "QuerySet[Any, Any]", connection: Any) -> None:
        self._queryset, self._on_postgresql = queryset, connection.vendor == "postgresql"
        self._compiler = queryset.query.get_compiler(connection=connection)
        self._told: list[list[Any]] = []
        self.sql = ""
        self.params: tuple[Any, ...] = ()
        try:
            inner, self.params = self._compiler.as_sql(with_col_aliases=True)
        except EmptyResultSet:  # a condition that nothing meets
            return
        fields = [_kind_of(expression) for expression, _sql, _alias in self._compiler.select]
        assert len(fields) <= _MOST and not self._compiler.has_extra_select, queryset.model
        quote = connection.ops.quote_name
        columns = ", ".join(
            self._said(quote(alias), field)
            for (_expression, _sql, alias), field in zip(self._compiler.select, fields, strict=True)
        )
        made = (
            f"json_agg(json_build_array({columns}))::text"
            if self._on_postgresql
            else f"json_group_array(json_array({columns}))"
        )
        self.sql = f"(SELECT {made} FROM ({inner}) asked)"
        self._readers = [(at, self._reader(field)) for at, field in enumerate(fields)]

    def read(self, told: str | None) -> None:
        self._told = json.loads(told, parse_float=Decimal if self._on_postgresql else None) if told else []
        for at, reader in self._readers:
            if reader is not None:
                for row in self._told:
                    if row[at] is not None:
                        row[at] = reader(row[at])

    def rows(self) -> list[Any]:
        """As Django makes them of what its own query would have brought."""
        self._compiler.execute_sql = lambda *_args, **_more: [self._told]
        queryset = self._queryset.all()
        queryset.query.get_compiler = lambda *_args, **_more: self._compiler  # type: ignore[method-assign]
        return list(queryset)

    def _said(self, column: str, field: "models.Field[Any, Any]") -> str:
        if isinstance(field, models.BinaryField):
            return f"encode({column}, 'hex')" if self._on_postgresql else f"hex({column})"
        if isinstance(field, models.JSONField) and self._on_postgresql:
            return f"{column}::text"
        return column

    def _reader(self, field: "models.Field[Any, Any]") -> Callable[[Any], Any] | None:
        if isinstance(field, models.BinaryField):
            return bytes.fromhex
        if not self._on_postgresql:
            return None
        return next((reader for kind, reader in _READ.items() if isinstance(field, kind)), None)


def _kind_of(expression: Any) -> "models.Field[Any, Any]":
    """What a column holds; a key, what it points to."""
    field: models.Field[Any, Any] = expression.output_field
    while isinstance(field, models.ForeignKey):
        field = field.target_field
    if not isinstance(field, (*_LEFT, *_READ, models.BinaryField)):
        raise TypeError(f"no way through JSON for {field!r}")
    return field
