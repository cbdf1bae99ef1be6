"""Adopting the law: what is adopted is frozen with its digest and never changes."""

from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from chungtay.core.actors import Actor
from chungtay.core.audit import write_event
from chungtay.core.refusals import Fault, Refusal
from chungtay.people.policies import check_acts_for
from chungtay.standards.desk.models import LawWord
from chungtay.standards.models import Measure, StandardVersion
from rulebook import Bad, Lawbook, Standard, check_law, read_law

_FIXED = ("kind", "decimals", "per", "grades", "unit")  # what stored numbers hang on


def adopt_folder(*, by: Actor, at: datetime, folder: Path) -> list[StandardVersion]:
    """Adopt every standard of a law folder; all or nothing. Returns what was new; a second run returns nothing.

    Refused, with every problem found, when the folder does not read or its worked cases disagree with it.
    """
    try:
        book = read_law(folder)
    except Bad as bad:
        raise Refusal(*(Fault(str(problem)) for problem in bad.problems)) from None
    if problems := check_law(book):
        raise Refusal(*(Fault(str(problem)) for problem in problems))
    return adopt(by=by, at=at, book=book)


@transaction.atomic
def adopt(*, by: Actor, at: datetime, book: Lawbook) -> list[StandardVersion]:
    """Adopt the measures, every version of every standard and what provinces fill in, those referred to first."""
    check_acts_for(by, "standards.adopt", None)
    adopt_measures(book)
    _adopt_words(book)
    adopted: list[StandardVersion] = []
    for standard in (*book.versions.values(), *book.overlays):
        if StandardVersion.objects.filter(code=standard.id, digest=standard.digest).exists():
            continue
        row = freeze_version(standard, book.frozen_as[standard.digest], by, at)
        write_event(
            by=by,
            deed="standards.adopt",
            subject=row,
            at=at,
            detail={"version": row.version, "edition": row.edition, "digest": row.digest},
        )
        adopted.append(row)
    return adopted


def freeze_version(standard: Standard, frozen: dict[str, Any], by: Actor, at: datetime) -> StandardVersion:
    """Keep a standard for ever, as the next edition of its version. Part of a deed, which writes the event."""
    same = StandardVersion.objects.filter(
        code=standard.id, province=standard.province, version=standard.version
    )
    last = same.aggregate(last=Max("edition"))["last"] or 0
    return StandardVersion.objects.create(
        code=standard.id,
        version=standard.version,
        edition=last + 1,
        digest=standard.digest,
        frozen=frozen,
        level=standard.level,
        province=standard.province,
        name_vi=standard.name.vi,
        name_en=standard.name.en,
        status=standard.status,
        period_from=standard.period[0],
        period_to=standard.period[1],
        in_force_from=standard.in_force.start,
        in_force_to=standard.in_force.end,
        adopted_at=at,
        adopted_by=by.label,
    )


def _adopt_words(book: Lawbook) -> None:
    """Keep the names of regions, classes and sectors: what the law desk lets a draft use."""
    LawWord.objects.bulk_create(
        [
            LawWord(kind=kind, code=code, position=position, definition=plain)
            for kind in ("regions", "classes", "sectors")
            for position, (code, plain) in enumerate(book.plain[kind].items())
        ],
        update_conflicts=True,
        unique_fields=["kind", "code"],
        update_fields=["position", "definition"],
    )


def adopt_measures(book: Lawbook) -> None:
    """Keep the measures of `book`; refused when one would change what stored numbers mean. Part of a deed."""
    known = Measure.objects.in_bulk()
    faults: list[Fault] = []
    for code, plain in book.plain["measures"].items():
        row = known.get(code)
        if row is None:
            continue
        for key in _FIXED:
            if row.definition.get(key) != plain.get(key):
                faults.append(
                    Fault(
                        _(
                            "Số đo “%(code)s” đổi “%(key)s” so với bản đã áp dụng, làm số liệu đã ghi mất nghĩa. Hãy "
                            "đặt mã mới cho số đo mới."
                        )
                        % {"code": code, "key": key},
                        field=code,
                    )
                )
    if faults:
        raise Refusal(*faults)
    Measure.objects.bulk_create(
        [
            Measure(code=code, definition=plain, name_vi=plain["name"]["vi"])
            for code, plain in book.plain["measures"].items()
        ],
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=["definition", "name_vi"],
    )
