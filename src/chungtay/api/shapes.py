"""What is answered, as OpenAPI describes it. None is not known; days are year-month-day."""

from datetime import date, datetime
from typing import Any

from ninja import Field, Schema
from pydantic import create_model

from chungtay.reports.opendata.shapes import Kind, Table


class Words(Schema):
    """In both languages."""

    vi: str
    en: str


class Licence(Schema):
    name: str
    address: str
    proposed: bool = Field(
        description="chủ quản trang chưa định · the owner of the site has not settled it yet"
    )


class Column(Schema):
    key: str
    type: str = Field(description="string, integer, decimal, date, dateTime, boolean")
    label: Words
    unit: Words
    about: Words
    codes: dict[str, Words]


class TableLine(Schema):
    """One public table in the list."""

    name: str
    title: Words
    about: Words
    filters: list[str]
    changed_at: datetime | None
    rows: str = Field(description="address of its rows here")
    csv: str = Field(description="address of the whole table as CSV")


class TableList(Schema):
    licence: Licence
    notices: list[str]
    tables: list[TableLine]


class TablePage(Schema):
    """Some rows of a table, as objects under the keys of its columns."""

    table: str
    title: Words
    columns: list[Column]
    notices: list[str]
    rows: list[dict[str, Any]]
    next: str | None = Field(
        description="gửi lại ở tham số cursor; null là hết · send it back as cursor; null ends"
    )


class Place(Schema):
    """A place as it is now, or as it last was."""

    id: int
    uid: str
    code: str
    level: str
    kind: str
    name: str
    full_name: str
    address: str = Field(description="các nơi cấp trên, gần nhất trước · the places above, nearest first")
    parent_id: int | None
    region: str
    founded: date | None
    ended: date | None
    page: str = Field(description="address of its page for people")


class PlaceFound(Schema):
    place: Place
    matched: str = Field(
        description="tên cũ đã khớp, nếu không phải tên nay · the earlier name that was found, or empty"
    )


class PlaceList(Schema):
    notices: list[str]
    total: int
    places: list[PlaceFound]
    next: str | None


class PlaceWhole(Schema):
    """A place with those around it. current: the places that stand for it now; itself while it lives."""

    notices: list[str]
    place: Place
    above: list[Place]
    below: int
    current: list[Place]


class Children(Schema):
    notices: list[str]
    place: Place
    on: date
    children: list[Place]


class Stretch(Schema):
    """What a place was called and belonged to, from when until before when."""

    full_name: str
    code: str
    parent_id: int | None
    valid_from: date | None
    valid_to: date | None
    instrument: str
    source: str


class SuccessionStep(Schema):
    place: Place
    on: date
    kind: str = Field(description="whole, part")
    instrument: str
    source: str


class History(Schema):
    """A place through time: what it was called, what it was made of, what followed it."""

    notices: list[str]
    place: Place
    stretches: list[Stretch]
    made_of: list[SuccessionStep]
    followed_by: list[SuccessionStep]


class Counts(Schema):
    met: int
    not_met: int
    unknown: int
    excused: int


class Why(Schema):
    """A verdict and what made it: the same tree that a page shows under “vì sao”."""

    kind: str = Field(description="standard, criterion, indicator, prerequisite")
    code: str
    label: str
    verdict: str = Field(description="met, not_met, unknown, excused")
    reason: str
    value: str
    threshold: str
    gap: str
    period: str
    source: str
    mark: str
    clause: str
    trust: str = Field(
        description="found, recalled, illustrative, unknown: how far the threshold may be trusted"
    )
    stated: str = Field(
        description="điều giấy tờ công bố, để bên cạnh · what papers state, beside the verdict"
    )
    parts: list["Why"]


class StandardLine(Schema):
    code: str
    version: str
    name: Words
    level: str
    status: str
    first_year: int
    last_year: int
    chosen: bool


class Verdicts(Schema):
    """How a place stands under a standard, with why. Computed from figures; it is not a recognition."""

    notices: list[str]
    place: Place
    on: date
    standards: list[StandardLine]
    counts: Counts
    verdict: Why


class Change(Schema):
    kind: str = Field(description="title, title_ended, title_carried, decision, work_done, news")
    uid: str
    place_id: int
    place: str
    title: str
    words: str
    on: date | None
    at: datetime


class Changes(Schema):
    notices: list[str]
    changes: list[Change]


class News(Schema):
    uid: str
    place_id: int
    place: str
    kind: str
    language: str
    languages: list[str]
    title: str
    summary: str
    publish_from: date | None
    changed_at: datetime
    page: str


class NewsList(Schema):
    notices: list[str]
    news: list[News]


class Certificate(Schema):
    """What a certificate says, and whether it still holds."""

    notices: list[str]
    state: str = Field(description="in_force, replaced, withdrawn")
    register_number: str
    place: str
    title: str
    year: int
    decision_number: str
    decided_on: date | None
    decided_by: str
    issued_on: date
    replaced_by: str
    ended_on: date | None
    sha256: str
    mark: str


class Fault(Schema):
    parameter: str
    detail: str


class Problem(Schema):
    """An error, as RFC 9457 tells it."""

    type: str
    title: str
    status: int
    detail: str
    errors: list[Fault] = []


_TYPES = {
    Kind.TEXT: str,
    Kind.INTEGER: int,
    Kind.DECIMAL: float,
    Kind.DAY: date,
    Kind.MOMENT: datetime,
    Kind.FLAG: bool,
}


def page_of(table: Table, name: str) -> type[Schema]:
    """A page of one table with its columns as fields: what `TablePage` is, and more closely described."""
    fields: dict[str, Any] = {}
    for column in table.columns:
        kind: Any = _TYPES[column.kind]
        described = " · ".join(part for part in (column.label.vi, column.label.en, column.unit.en) if part)
        fields[column.key] = (kind | None, Field(None, description=described))
    row = create_model(f"{name}Row", __base__=Schema, **fields)
    return create_model(
        f"{name}Page",
        __base__=Schema,
        notices=(list[str], ...),
        rows=(list[row], ...),  # type: ignore[valid-type]
        next=(str | None, Field(None, description="send it back as cursor; null ends")),
    )
