"""Money that is not given: what the State, banks and others commit to a purpose, and what of it is paid."""

import uuid
from datetime import date, datetime

from django.db import transaction
from django.db.models import Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from chungtay.core.actors import Actor
from chungtay.core.language import dong_words
from chungtay.core.refusals import Fault, Refusal
from chungtay.ledger import policies
from chungtay.ledger.allotments import NEVER_COMMITTED
from chungtay.ledger.kinds import Kind
from chungtay.ledger.models import Entry, Purpose
from chungtay.ledger.sources import UNSPLIT, Source
from chungtay.ledger.writing import Draft, Pen, sent_before
from chungtay.people.policies import check_acts_for
from rulebook import Mark


@transaction.atomic
def commit_money(
    *,
    by: Actor,
    at: datetime,
    purpose_id: int,
    source: str,
    value_dong: int,
    on: date,
    paper: str,
    year: int | None = None,
    place_id: int | None = None,
    uid: uuid.UUID | None = None,
    mark: str = Mark.MEASURED,
) -> Entry:
    """A decision gives money to a purpose. year: for which it is; the year of `on` unless told. paper: the decision."""
    purpose, place_id = _check(by, purpose_id, place_id, mark)
    draft = _draft(purpose, Kind.COMMITTED, source, value_dong, on, paper, year, uid, mark)
    if (done := sent_before(place_id, draft)) is not None:
        return done
    if faults := _faults(place_id, draft, timezone.localdate(at)):
        raise Refusal(*faults)
    return Pen(place_id, by, at).once(draft)


@transaction.atomic
def disburse(
    *,
    by: Actor,
    at: datetime,
    purpose_id: int,
    source: str,
    value_dong: int,
    on: date,
    paper: str,
    year: int | None = None,
    place_id: int | None = None,
    uid: uuid.UUID | None = None,
    mark: str = Mark.MEASURED,
    over_reason: str = "",
) -> Entry:
    """Committed money is paid. Refused above what was committed by that source for that year, saying by how much.

    over_reason: why it is paid all the same; then it is written with that reason.
    """
    purpose, place_id = _check(by, purpose_id, place_id, mark)
    draft = _draft(purpose, Kind.DISBURSED, source, value_dong, on, paper, year, uid, mark, over_reason)
    if (done := sent_before(place_id, draft)) is not None:
        return done
    faults = _faults(place_id, draft, timezone.localdate(at))
    faults += policies.faults_of_text(over_reason, "over_reason", "")
    pen = Pen(place_id, by, at)
    over = value_dong - left_to_disburse(purpose, place_id, source, draft.year)
    if over > 0 and not over_reason.strip():
        sentence = _(
            "Giải ngân vượt vốn cam kết %(over)s (%(source)s, năm %(year)s). Hãy ghi quyết định giao thêm vốn trước, "
            "hoặc ghi lý do vượt."
        )
        words = {"over": dong_words(over), "source": _source_words(source), "year": draft.year}
        faults.append(Fault(sentence % words, "value_dong"))
    if faults:
        raise Refusal(*faults)
    return pen.once(draft)


def left_to_disburse(purpose: Purpose, place_id: int, source: str, year: int) -> int:
    """Đồng committed and not yet paid, of one source for one year."""
    rows = Entry.objects.filter(purpose=purpose, place_id=place_id, source=source, year=year)
    both = rows.filter(kind__in=(Kind.COMMITTED, Kind.DISBURSED)).values_list("kind")
    sums: dict[str, int] = dict(both.annotate(dong=Sum("value_dong")))
    return sums.get(Kind.COMMITTED, 0) - sums.get(Kind.DISBURSED, 0)


def _check(by: Actor, purpose_id: int, place_id: int | None, mark: str) -> tuple[Purpose, int]:
    purpose = policies.purpose_of(purpose_id)
    place_id = place_id or purpose.place_id
    policies.check_of_purpose(place_id, purpose)
    check_acts_for(by, "ledger.allot", place_id)
    policies.check_mark(mark)
    return purpose, place_id


def _draft(
    purpose: Purpose,
    kind: Kind,
    source: str,
    value_dong: int,
    on: date,
    paper: str,
    year: int | None,
    uid: uuid.UUID | None,
    mark: str,
    reason: str = "",
) -> Draft:
    return Draft(
        uid=uid or uuid.uuid4(),
        purpose=purpose,
        source=source,
        kind=kind,
        on=on,
        year=year or on.year,
        value_dong=value_dong,
        mark=mark,
        paper=paper.strip(),
        reason=reason.strip(),
    )


def _faults(place_id: int, draft: Draft, today: date) -> list[Fault]:
    faults = policies.faults_of_day(place_id, draft.on, today)
    faults += policies.faults_of_money(draft.value_dong or 0, policies.MOST_MONEY)
    faults += policies.faults_of_text(draft.paper, "paper", _("Hãy ghi quyết định, chứng từ nào: số, ngày."))
    if draft.source not in Source.values or draft.source in NEVER_COMMITTED:
        faults.append(
            Fault(
                _("Tiền dân và con em xa quê góp là đóng góp, có biên nhận. Hãy ghi ở phần nhận đóng góp."),
                "source",
            )
        )
    if draft.source in UNSPLIT:
        faults.append(Fault(_("Vốn thật có nguồn rõ ràng. Hãy chọn một nguồn cụ thể."), "source"))
    if abs(draft.year - draft.on.year) > 5:
        faults.append(
            Fault(_("Năm %(year)s cách xa ngày ghi. Hãy xem lại năm.") % {"year": draft.year}, "year")
        )
    return faults


def _source_words(source: str) -> str:
    return str(Source(source).label) if source in Source.values else source
