"""The records behind a cell: what a `Why` asks for, read now, each to be opened by its own page.

Nothing here names a person: who gave, who came and who worked stand on a record's own page, for whom they are.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django.utils.translation import gettext as _

from chungtay.community.outreach import queries as outreach
from chungtay.core.refusals import Refusal
from chungtay.figures import queries as figures
from chungtay.ledger import queries as ledger
from chungtay.ledger import spans
from chungtay.recognition.dossiers import queries as dossiers
from chungtay.recognition.titles import queries as titles
from chungtay.reports.annexes.cells import Value, Why
from chungtay.territory import queries as territory
from chungtay.works import queries as works
from chungtay.works.queries import WorkRow
from rulebook.findings import Finding

SHOWN: Final = 200


@dataclass(frozen=True)
class Record:
    """One record. kind, key: which page opens it. value, unit: what it adds. at: when it was written, where known."""

    kind: str
    key: Any
    words: str
    detail: str = ""
    value: Value | str = ""
    unit: str = ""
    on: date | None = None
    at: datetime | None = None
    mark: str = ""
    verdict: str = ""


@dataclass(frozen=True)
class Found:
    """How many records stand behind a cell, and the first of them. about: the question in words."""

    about: str
    total: int = 0
    records: tuple[Record, ...] = ()


def behind(why: Why) -> Found:
    """The records of a cell; what is no longer to be read says why. A fixed number of queries."""
    try:
        return _READERS[why.kind](why.about)
    except Refusal as refused:
        return Found(str(refused))


def _entries(about: Mapping[str, Any]) -> Found:
    total, found = spans.entries_between(
        about["place"],
        date.fromisoformat(about["since"]) if about["since"] else None,
        date.fromisoformat(about["until"]),
        sources=about["sources"],
        kinds=about["kinds"],
        year=about["year"],
        limit=SHOWN,
    )
    records = tuple(
        Record(
            "entry",
            each.uid,
            f"{each.kind.label}: {each.purpose}" if each.purpose else str(each.kind.label),
            " · ".join(filter(None, (str(each.source.label), str(each.act.label), each.paper))),
            each.value_dong if each.quantity is None else each.quantity,
            _("đồng") if each.quantity is None else each.unit,
            each.on,
            each.at,
            each.mark,
        )
        for each in found
    )
    return Found(_("Các bút toán trong sổ nguồn lực"), total, records)


def _told(about: Mapping[str, Any]) -> Found:
    told = next((each for each in ledger.told_totals(about["place"]) if each.id == about["id"]), None)
    if told is None:
        return Found(_("Tổng theo tài liệu không còn trong sổ."))
    record = Record(
        "told",
        told.uid,
        str(told.line.label),
        told.told.paper,
        told.told.amount,
        told.told.unit,
        told.told.until,
        told.at,
        "told",
    )
    return Found(_("Tổng do tài liệu kể"), 1, (record,))


def _works(about: Mapping[str, Any]) -> Found:
    found = works.rows_of(about["ids"])
    records = tuple(_work(each) for each in found[:SHOWN])
    return Found(
        _("Các công trình; hợp đồng, nghiệm thu, thanh toán có trên trang từng công trình"),
        len(found),
        records,
    )


def _work(row: WorkRow) -> Record:
    return Record(
        "work",
        row.id,
        f"{row.number} {row.name}",
        f"{row.place_name} · {row.state.label}",
        row.contract_dong,
        _("đồng hợp đồng"),
        mark=row.mark.value,
    )


def _sessions(about: Mapping[str, Any]) -> Found:
    asked = outreach.Asked(
        kind=about["kind"],
        start=date.fromisoformat(about["since"]),
        end=date.fromisoformat(about["until"]),
        below=about["below"],
    )
    total, found = outreach.page_of(about["place"], asked, 0, SHOWN)
    records = tuple(
        Record(
            "session",
            each.id,
            each.topic,
            f"{each.place} · {each.organiser}",
            each.attendances,
            _("lượt người"),
            each.held_from,
            each.at,
            each.mark.value,
        )
        for each in found
    )
    return Found(_("Các cuộc đã ghi"), total, records)


def _told_sessions(about: Mapping[str, Any]) -> Found:
    told = next(
        (each for each in outreach.told_totals(about["place"], about["kind"]) if each.id == about["id"]), None
    )
    if told is None:
        return Found(_("Tổng theo tài liệu không còn trong sổ."))
    record = Record(
        f"room:{'outreach' if told.kind == outreach.OUTREACH else 'training'}",
        told.place_id,
        told.source,
        told.place,
        told.sessions,
        _("cuộc"),
        told.end,
        None,
        "told",
    )
    return Found(_("Tổng do tài liệu kể"), 1, (record,))


def _titles(about: Mapping[str, Any]) -> Found:
    found = [each for each in titles.titles_of(about["places"], by=date.max) if each.id in about["ids"]]
    names = territory.names_of({each.place_id for each in found})
    records = tuple(
        Record(
            "place",
            each.place_id,
            f"{each.title}, {each.year}",
            " · ".join(
                filter(None, (names[each.place_id], each.decided_by, each.decision_number, each.source))
            ),
            on=each.decided_on,
            mark=each.mark.value,
        )
        for each in found
    )
    return Found(_("Danh hiệu trong sổ công nhận"), len(records), records)


def _registrations(about: Mapping[str, Any]) -> Found:
    found = [
        each for each in dossiers.registrations(about["place"], year=about["year"]) if each.id in about["ids"]
    ]
    records = tuple(
        Record(
            "place",
            each.place_id,
            each.title,
            f"{each.place_name} · {each.source}",
            on=each.due_on,
            mark=each.mark.value,
        )
        for each in found
    )
    return Found(_("Đăng ký trong năm"), len(records), records)


def _places(about: Mapping[str, Any]) -> Found:
    names = territory.names_of(about["places"])
    records = tuple(
        Record("standing", (place, about["code"], about["on"]), names[place]) for place in about["places"]
    )
    return Found(_("Các địa bàn; mở từng nơi để xem vì sao"), len(records), records)


def _standing(about: Mapping[str, Any]) -> Found:
    judged = figures.judge_place(about["place"], about["code"], on=date.fromisoformat(about["on"]))
    records = tuple(
        Record(
            "criterion",
            (about["place"], about["code"], each.code, about["on"]),
            f"{each.code}. {each.label.vi}",
            verdict=each.verdict.value,
        )
        for each in judged.finding.criteria
    )
    return Found(_("Từng tiêu chí theo số liệu đến ngày chốt"), len(records), records)


def _criterion(about: Mapping[str, Any]) -> Found:
    judged = figures.judge_place(about["place"], about["code"], on=date.fromisoformat(about["on"]))
    try:
        criterion = judged.finding.criterion(about["number"])
    except StopIteration:
        return Found(_("Bộ tiêu chí này không còn tiêu chí đó."))
    records = tuple(_figure(each, about) for each in criterion.walk() if each.measure)
    return Found(f"{criterion.code}. {criterion.label.vi}", len(records), records)


def _figure(finding: Finding, about: Mapping[str, Any]) -> Record:
    """A figure the verdict turns on; one that is missing leads to where it is recorded."""
    known = finding.fact_id is not None
    return Record(
        "figure" if known else "history",
        finding.fact_id if known else (about["place"], finding.measure),
        finding.label.vi or finding.measure,
        " · ".join(filter(None, (finding.source, finding.threshold_text.vi, finding.reason.vi))),
        finding.value_text.vi if known else None,
        mark=finding.mark,
        verdict=finding.verdict.value,
    )


_READERS: Final[dict[str, Callable[[Mapping[str, Any]], Found]]] = {
    "entries": _entries,
    "told": _told,
    "works": _works,
    "sessions": _sessions,
    "told_sessions": _told_sessions,
    "titles": _titles,
    "registrations": _registrations,
    "places": _places,
    "standing": _standing,
    "criterion": _criterion,
}
