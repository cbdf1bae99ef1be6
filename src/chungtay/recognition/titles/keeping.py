"""What becomes of a title by a decision, other than its withdrawal: acknowledged for a successor, given up."""

import uuid
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from chungtay.community.deeds import faults_of_future, faults_of_source, faults_of_texts
from chungtay.core.actors import Actor
from chungtay.core.audit import write_event
from chungtay.core.language import day_words, language
from chungtay.core.refusals import Fault, NotFound, Refusal
from chungtay.figures.policies import check_mark
from chungtay.people.policies import check_acts_for
from chungtay.recognition.models import Title, TitleEvent, ToldRank
from chungtay.recognition.titles import policies, queries
from chungtay.recognition.titles.models import Became
from chungtay.standards import queries as standards
from chungtay.territory import names
from chungtay.territory import queries as territory
from rulebook import Mark


@transaction.atomic
def acknowledge(
    *,
    by: Actor,
    at: datetime,
    title_id: int,
    place_id: int,
    on: date,
    decided_by: str,
    source: str,
    decision_number: str = "",
    mark: Mark = Mark.TOLD,
    uid: uuid.UUID | None = None,
) -> TitleEvent:
    """Carry a title on to a place that followed the one it was given to, by a named decision (thừa nhận).

    Refused while the old place lives, for a place that did not follow it, for a title no longer in force, and twice.
    """
    row = found(title_id)
    check_acts_for(by, "recognition.decide", place_id)
    check_mark(mark)
    if (sent := _sent(uid, row, Became.ACKNOWLEDGED, place_id, on)) is not None:
        return sent
    faults = faults_of_act(on, at, decided_by, decision_number, "", source, mark)
    if faults:
        raise Refusal(*faults)
    held = policies.check_in_force(row, on)
    heirs = territory.current_of(row.place_id, on)
    if place_id == row.place_id or any(heir.id == row.place_id for heir in heirs):
        raise Refusal(
            _("%(place)s còn đó và vẫn giữ danh hiệu này, nên không có gì để thừa nhận.")
            % {"place": names.opening(held.of)}
        )
    successor = next((heir for heir in heirs if heir.id == place_id), None)
    if successor is None:
        raise Refusal(
            _("Nơi được chọn không phải nơi kế tiếp của %(place)s vào ngày %(day)s. Nơi kế tiếp: %(heirs)s.")
            % {
                "place": held.of,
                "day": day_words(on),
                "heirs": ", ".join(heir.full_name for heir in heirs) or _("chưa biết"),
            }
        )
    for event in queries.events_of([row.pk]):
        if event.kind == Became.ACKNOWLEDGED and event.place_id == place_id:
            raise Refusal(
                _(
                    "Danh hiệu này đã được thừa nhận cho %(place)s từ ngày %(day)s (%(by)s). Không ghi lần thứ hai; "
                    "hãy đối chiếu hai quyết định."
                )
                % {"place": successor.full_name, "day": day_words(event.on), "by": event.decided_by}
            )
    standards.check_level(standards.adopted_at(successor, row.standard_code, on=on).standard, successor)
    return write_act(
        row,
        Became.ACKNOWLEDGED,
        by=by,
        at=at,
        place_id=place_id,
        on=on,
        decided_by=decided_by,
        decision_number=decision_number,
        source=source,
        mark=mark,
        uid=uid,
        deed="recognition.acknowledge",
    )


@transaction.atomic
def give_up(
    *,
    by: Actor,
    at: datetime,
    title_id: int,
    on: date,
    decided_by: str,
    reason: str,
    source: str,
    decision_number: str = "",
    mark: Mark = Mark.TOLD,
    uid: uuid.UUID | None = None,
) -> TitleEvent:
    """Record the decision that ends a title at the wish of the place that holds it; from `on` it is not in force."""
    row = found(title_id)
    check_acts_for(by, "recognition.decide", row.place_id)
    check_mark(mark)
    if (sent := _sent(uid, row, Became.GIVEN_UP, row.place_id, on)) is not None:
        return sent
    faults = faults_of_act(on, at, decided_by, decision_number, reason, source, mark)
    if not reason.strip():
        faults.append(Fault(_("Hãy ghi lý do xin thôi danh hiệu."), "reason"))
    if faults:
        raise Refusal(*faults)
    policies.check_in_force(row, on)
    policies.check_no_open_case(row)
    return write_act(
        row,
        Became.GIVEN_UP,
        by=by,
        at=at,
        place_id=row.place_id,
        on=on,
        decided_by=decided_by,
        decision_number=decision_number,
        reason=reason,
        source=source,
        mark=mark,
        uid=uid,
        deed="recognition.give_up",
    )


@transaction.atomic
def tell_rank(
    *,
    by: Actor,
    at: datetime,
    place_id: int,
    root_id: int,
    standard_codes: list[str],
    rank: int,
    words: str,
    source: str,
    uid: uuid.UUID | None = None,
) -> ToldRank:
    """Record what a paper tells of a place's rank: "xóm đầu tiên của huyện đạt cả hai". Told, never counted with."""
    check_acts_for(by, "recognition.enter", place_id)
    if uid and (sent := ToldRank.objects.filter(uid=uid).first()) is not None:
        return sent
    faults = faults_of_texts((words, "words", _("điều tài liệu nêu"), 300, True))
    faults += faults_of_source(Mark.TOLD, source)
    if rank < 1:
        faults.append(Fault(_("Thứ hạng tính từ 1. Hãy xem lại."), "rank"))
    if root_id == place_id or not territory.contains(root_id, place_id):
        faults.append(Fault(_("Nơi này không thuộc địa bàn đó. Hãy chọn lại địa bàn."), "root"))
    names_of = {view.code: view.name.in_(language()) for view in standards.versions()}
    if unknown := [code for code in standard_codes if code not in names_of]:
        faults.append(
            Fault(_("Không có bộ tiêu chí “%(code)s”.") % {"code": ", ".join(unknown)}, "standards")
        )
    if faults:
        raise Refusal(*faults)
    row = ToldRank.objects.create(
        uid=uid or uuid.uuid4(),
        place_id=place_id,
        root_id=root_id,
        standards=sorted(standard_codes),
        rank=rank,
        words=words.strip(),
        source=source,
        mark=Mark.TOLD.value,
        post_id=by.actor_id,
        by_label=by.label,
        recorded_at=at,
    )
    detail = {"rank": rank, "root": root_id, "standards": sorted(standard_codes)}
    write_event(by=by, deed="recognition.tell_rank", subject=row, at=at, place_id=place_id, detail=detail)
    return row


def found(title_id: int) -> Title:
    """The title, held until the deed is done; NotFound when there is none."""
    row = Title.objects.select_for_update().filter(pk=title_id).first()
    if row is None:
        raise NotFound(_("Không có danh hiệu này. Hãy mở lại danh sách."))
    return row


def faults_of_act(
    on: date, at: datetime, decided_by: str, number: str, reason: str, source: str, mark: Mark
) -> list[Fault]:
    """What is wrong with what is told of a decision about a title."""
    faults = faults_of_future(on, at, "on")
    faults += faults_of_texts(
        (decided_by, "decided_by", _("cơ quan hoặc người đã quyết định"), 200, True),
        (number, "decision_number", _("số quyết định"), 60, False),
        (reason, "reason", _("lý do"), 600, False),
    )
    return faults + faults_of_source(mark, source)


def write_act(
    row: Title,
    kind: Became,
    *,
    by: Actor,
    at: datetime,
    place_id: int,
    on: date,
    decided_by: str,
    decision_number: str,
    source: str,
    mark: Mark,
    uid: uuid.UUID | None,
    deed: str,
    reason: str = "",
    case_id: int | None = None,
) -> TitleEvent:
    """Add the act to the title, with its audit event. For this room's deeds, which asked whether it may be."""
    act = TitleEvent.objects.create(
        uid=uid or uuid.uuid4(),
        title=row,
        kind=kind,
        place_id=place_id,
        on=on,
        decision_number=decision_number.strip(),
        decided_by=decided_by.strip(),
        reason=reason.strip(),
        case_id=case_id,
        source=source.strip(),
        mark=mark.value,
        post_id=by.actor_id,
        by_label=by.label,
        recorded_at=at,
    )
    detail = {"title": row.pk, "on": on.isoformat(), "standard": row.standard_code}
    write_event(by=by, deed=deed, subject=act, at=at, place_id=place_id, detail=detail)
    return act


def _sent(uid: uuid.UUID | None, row: Title, kind: Became, place_id: int, on: date) -> TitleEvent | None:
    """The act that this client id made already; another act under the same id is refused."""
    sent = TitleEvent.objects.filter(uid=uid).first() if uid else None
    if sent and (sent.title_id, sent.kind, sent.place_id, sent.on) != (row.pk, kind, place_id, on):
        raise Refusal(
            _("Mã gửi này đã dùng cho một bản ghi khác. Không ghi gì. Hãy mở lại trang và ghi lại.")
        )
    return sent
