"""Deeds while a work is built: start, stop, diary, supervision, photo points, told progress."""

import uuid
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from chungtay.community.supervision import actions as supervision
from chungtay.community.supervision import queries as supervised
from chungtay.community.supervision.models import SupervisionBoard, SupervisionNote
from chungtay.core.actors import Actor
from chungtay.core.refusals import Fault, NotFound, Refusal
from chungtay.people.policies import check_acts_for
from chungtay.territory import queries as territory
from chungtay.works import funds, policies, states
from chungtay.works.models import (
    DiaryEntry,
    DiaryQuantity,
    PhotoPoint,
    Step,
    Strike,
    ToldProgress,
)
from chungtay.works.planning import DOCUMENT, NAME, WORDS
from chungtay.works.states import Move, Writing
from chungtay.works.writing import (
    bill_of,
    day_of,
    done_of,
    event,
    for_move,
    for_writing,
    held,
    last_day,
    signed,
    step,
)
from rulebook import Mark


@transaction.atomic
def start(
    *, by: Actor, at: datetime, work_id: int, on: date, document: str = "", uid: uuid.UUID | None = None
) -> Step:
    """Begin to build. Refused while what is committed stands below the contract, saying by how much."""
    return _move(by, at, work_id, Move.START, on, _("Ngày khởi công"), uid, document=document)


@transaction.atomic
def stop(
    *, by: Actor, at: datetime, work_id: int, on: date, reason: str, uid: uuid.UUID | None = None
) -> Step:
    """Stop building for a time, with the reason."""
    return _move(by, at, work_id, Move.STOP, on, _("Ngày tạm dừng"), uid, reason=reason)


@transaction.atomic
def resume(
    *, by: Actor, at: datetime, work_id: int, on: date, reason: str = "", uid: uuid.UUID | None = None
) -> Step:
    """Go on building; what is committed must still reach the contract."""
    return _move(by, at, work_id, Move.RESUME, on, _("Ngày làm tiếp"), uid, document=reason)


@transaction.atomic
def cancel(
    *, by: Actor, at: datetime, work_id: int, on: date, reason: str, uid: uuid.UUID | None = None
) -> Step:
    """Give a work up, with the reason. What was given for it is refunded in the ledger, not here."""
    return _move(by, at, work_id, Move.CANCEL, on, _("Ngày thôi làm"), uid, reason=reason)


def _move(
    by: Actor,
    at: datetime,
    work_id: int,
    move: Move,
    on: date,
    what: str,
    uid: uuid.UUID | None,
    *,
    document: str = "",
    reason: str | None = None,
) -> Step:
    who = signed(by, at, uid)
    work, again = for_move(work_id, move, who)
    if again is not None:
        return again
    states.after(work.state, move)
    after, name = last_day(work)
    faults = policies.faults_of_day(on, what, "on", today=who.today, after=after, step=name)
    faults += policies.faults_of_words(document.strip(), DOCUMENT, _("Văn bản"), "document")
    if reason is not None:
        faults += policies.required(reason, _("Lý do"), "reason", WORDS)
    policies.check_faults(faults)
    if move in (Move.START, Move.RESUME) and work.contract is not None:
        policies.check_funded(work.contract.value_dong, funds.committed_of(work), "on")
    return step(work, move, on, who, document=document, words=reason or "")


@transaction.atomic
def write_diary(
    *,
    by: Actor,
    at: datetime,
    work_id: int,
    on: date,
    crew: str,
    people: int,
    done: Mapping[str, Decimal],
    words: str = "",
    mark: Mark = Mark.MEASURED,
    source: str = "",
    uid: uuid.UUID | None = None,
) -> DiaryEntry:
    """One day: who worked, how many, and what was done of each bill line. Not above the bill.

    crew: a group, never names. done: quantities in the line's unit, by item. mark: reconstructed for a day put together
    from papers, with its source.
    """
    who = signed(by, at, uid)
    work, again = for_writing(work_id, Writing.DIARY, who, DiaryEntry)
    if again is not None:
        return again
    policies.check_mark(mark)
    bill = {item: (line.name, line.unit, line.quantity) for item, line in bill_of(work).items()}
    faults = policies.required(crew, _("Tổ làm"), "crew", NAME)
    faults += policies.faults_of_words(words.strip(), WORDS, _("Ghi thêm"), "words")
    began = day_of(work, Move.START)
    faults += policies.faults_of_day(
        on, _("Ngày làm"), "on", today=who.today, after=began, step=str(Move.START.label)
    )
    if not 0 < people <= policies.MOST_PEOPLE:
        sentence = _("Số người làm phải từ 1 đến %(most)s. Hãy xem lại.")
        faults.append(Fault(sentence % {"most": policies.MOST_PEOPLE}, "people"))
    for item, quantity in done.items():
        unit = bill[item][1] if item in bill else ""
        faults += [Fault(f.sentence, item) for f in policies.faults_of_quantity(quantity, unit)]
    if mark != Mark.MEASURED:
        faults += policies.required(source, _("Nguồn"), "source", DOCUMENT)
    policies.check_faults(faults)
    scaled = {item: int(quantity * policies.SCALE) for item, quantity in done.items()}
    policies.check_faults(policies.faults_of_done(scaled, done_of(work), bill))
    entry = DiaryEntry.objects.create(
        work=work,
        on=on,
        crew=crew.strip(),
        people=people,
        words=words.strip(),
        mark=mark.value,
        source=source.strip(),
        **who.fields,
    )
    DiaryQuantity.objects.bulk_create(
        DiaryQuantity(entry=entry, item=item, quantity=quantity) for item, quantity in scaled.items()
    )
    event(work, "works.write_diary", who, {"number": work.number, "on": on.isoformat(), "done": scaled})
    return entry


@transaction.atomic
def strike_diary(
    *, by: Actor, at: datetime, entry_id: int, reason: str, uid: uuid.UUID | None = None
) -> Strike:
    """Strike a day of the diary out while the work is being built; it stays readable and no longer counts."""
    who = signed(by, at, uid)
    entry = DiaryEntry.objects.filter(pk=entry_id).first()
    if entry is None:
        raise NotFound(_("Không có ngày này trong nhật ký."))
    work = held(entry.work_id)
    check_acts_for(by, "works.keep_diary", work.place_id)
    states.check_written(work.state, Writing.DIARY)
    policies.check_faults(policies.required(reason, _("Lý do gạch"), "reason", DOCUMENT))
    if (done := Strike.objects.filter(entry=entry).first()) is not None:
        return done
    row = Strike.objects.create(entry=entry, reason=reason.strip(), **who.fields)
    detail = {"number": work.number, "on": entry.on.isoformat(), "reason": row.reason}
    event(work, "works.strike_diary", who, detail)
    return row


@transaction.atomic
def note(
    *,
    by: Actor,
    at: datetime,
    work_id: int,
    on: date,
    words: str,
    to_whom: str = "",
    uid: uuid.UUID | None = None,
) -> SupervisionNote:
    """What the community's supervision saw of the work, written with its board. to_whom: who is asked to answer."""
    work = held(work_id)
    states.check_written(work.state, Writing.NOTE)
    board = next((each for each in supervised.boards_of_work(work.uid) if each.dissolved_on is None), None)
    if board is None:
        raise Refusal(
            _(
                "Công trình này chưa có ban giám sát. Hãy nhờ Mặt trận lập ban, hoặc nối ban đã có, rồi ghi ý kiến."
            )
        )
    kind = "recommendation" if to_whom.strip() else "note"
    return supervision.write_note(
        by=by, at=at, board_id=board.id, kind=kind, on=on, words=words, to_whom=to_whom, uid=uid
    )


@transaction.atomic
def link_board(*, by: Actor, at: datetime, work_id: int, board_id: int) -> SupervisionBoard:
    """Say that a board of the work's place, or of one above it, watches this work."""
    work = held(work_id)
    if not territory.contains(supervised.board(board_id, seen_by=by).place_id, work.place_id):
        raise Refusal(_("Ban này giám sát ở nơi khác. Hãy chọn ban của nơi có công trình hoặc của cấp trên."))
    return supervision.link_to_work(by=by, at=at, board_id=board_id, work_uid=work.uid)


@transaction.atomic
def add_point(
    *, by: Actor, at: datetime, work_id: int, name: str, uid: uuid.UUID | None = None
) -> PhotoPoint:
    """Name a spot from which the work is photographed before, during and after; the same name is the same spot."""
    who = signed(by, at, uid)
    work = held(work_id)
    check_acts_for(by, "works.keep_diary", work.place_id)
    policies.check_faults(policies.required(name, _("Điểm chụp"), "point", 120))
    if (known := PhotoPoint.objects.filter(work=work, name=name.strip()).first()) is not None:
        return known
    row = PhotoPoint.objects.create(work=work, name=name.strip(), **who.fields)
    event(work, "works.add_point", who, {"number": work.number, "name": row.name})
    return row


@transaction.atomic
def tell_progress(
    *,
    by: Actor,
    at: datetime,
    work_id: int,
    on: date,
    percent: Decimal,
    source: str,
    mark: Mark = Mark.TOLD,
    uid: uuid.UUID | None = None,
) -> ToldProgress:
    """Keep what a paper or a person says of the progress: it stands beside what the quantities say."""
    who = signed(by, at, uid)
    work, again = for_writing(work_id, Writing.PROGRESS, who, ToldProgress)
    if again is not None:
        return again
    if mark not in (Mark.TOLD, Mark.STATED):
        raise Refusal(
            Fault(
                _(
                    "Tiến độ đo được tính từ khối lượng trong nhật ký, không gõ vào. Ở đây chỉ ghi điều được kể."
                ),
                "percent",
            )
        )
    faults = policies.required(source, _("Nguồn"), "source", DOCUMENT)
    faults += policies.faults_of_day(on, _("Ngày được kể"), "on", today=who.today)
    if not 0 <= percent <= 100 or percent * 100 != int(percent * 100):
        faults.append(Fault(_("Tiến độ là một số từ 0 đến 100, nhiều nhất hai số lẻ."), "percent"))
    policies.check_faults(faults)
    row = ToldProgress.objects.create(
        work=work, on=on, hundredths=int(percent * 100), source=source.strip(), mark=mark.value, **who.fields
    )
    detail = {"number": work.number, "on": on.isoformat(), "percent": str(percent), "source": row.source}
    event(work, "works.tell_progress", who, detail)
    return row
