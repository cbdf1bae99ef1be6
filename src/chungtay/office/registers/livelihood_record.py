"""One record of livelihood: what it tells; correcting, closing, striking out."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_POST

from chungtay.core.language import day_words, moment_words
from chungtay.core.refusals import NotFound
from chungtay.office import uploads
from chungtay.office.answers import Visit, for_officers
from chungtay.office.community import pages, proofs
from chungtay.office.community.pages import Door, Form, Input, Page
from chungtay.office.community.reader import Reader
from chungtay.office.registers.livelihood_hanging import hanging, versions
from chungtay.office.registers.livelihood_hanging_forms import HANGING_DEEDS, hanging_forms
from chungtay.office.registers.livelihood_lists import producer_input
from chungtay.office.registers.livelihood_words import ROOMS, inputs_of, read, read_sources, record_address
from chungtay.registers.livelihood import actions, kinds, queries, rules
from chungtay.registers.livelihood.policies import KEEP
from chungtay.registers.livelihood.queries import Record
from chungtay.territory.queries import PlaceView
from rulebook import Mark
from viet.numbers import format_number

Deeds = dict[str, Callable[[Reader], str]]


@for_officers
def record(visit: Visit, register: str, record_id: int) -> HttpResponse:
    """The record, and every deed on it."""
    shown = _found(register, record_id)
    place = pages.place_of(shown.place_id)
    deeds: Deeds = {
        "sua": partial(_correct, visit, shown),
        "khep": partial(_close, visit, shown),
        "gach": partial(_strike, visit, shown),
        **{
            code: partial(deed, visit, shown) for code, deed in HANGING_DEEDS.get(shown.kind.code, {}).items()
        },
    }
    return pages.answer(visit, place, lambda: _page(visit, place, shown), deeds)


@csrf_exempt  # until the handler stands in its place; `_send` checks the token
def send(request: HttpRequest, register: str, record_id: int) -> HttpResponseBase:
    """Keep papers and photographs for a record."""
    request.upload_handlers.insert(0, uploads.StopsAtCap(request))
    return _send(request, register, record_id)


@csrf_protect
@require_POST
@for_officers
def _send(visit: Visit, register: str, record_id: int) -> HttpResponse:
    shown = _found(register, record_id)
    return proofs.take(visit, shown.subject, record_address(shown) + "#minh-chung")


def _found(register: str, record_id: int) -> Record:
    kind = kinds.of_slug(register)
    if kind is None:
        raise NotFound(_("Không có loại bản ghi này."))
    return queries.record(kind.code, record_id)


# ── The page ──────────────────────────────────────────────────────────────────


def _page(visit: Visit, place: PlaceView, shown: Record) -> Page:
    room = ROOMS[shown.kind.code]
    sees = queries.reads_households(visit.by, shown.place_id)
    send_to = reverse("office:livelihood_files", args=[shown.kind.slug, shown.id])
    return Page(
        room=room,
        heading=shown.name,
        back=(reverse(f"office:{room}", args=[shown.place_id]), pages.room_name(room)),
        notes=_notes(shown),
        doors=_doors(shown),
        facts=_facts(shown),
        tables=[*hanging(visit, shown, sees), *versions(shown)],
        forms=[] if shown.struck else _forms(visit, place, shown, sees),
        extra=proofs.strip_of(visit, shown.subject, send_to),
    )


def _notes(shown: Record) -> list[str]:
    notes = list(shown.warnings)
    if shown.struck:
        notes.append(_("Bản ghi này đã gạch bỏ: %(why)s.") % {"why": shown.struck})
    if shown.closed_on is not None:
        told = {"day": day_words(shown.closed_on), "why": shown.closed_reason}
        notes.append(_("Bản ghi này khép từ ngày %(day)s: %(why)s.") % told)
    return notes


def _doors(shown: Record) -> list[Door]:
    if shown.kind.code != "code":
        return []
    request = reverse("office:growing_paper", args=[shown.id, "de-nghi"])
    return [
        Door(_("Nhật ký canh tác"), reverse("office:growing_diary", args=[shown.id])),
        Door(_("Tờ đề nghị cấp mã (PDF)"), request, kind="quiet"),
    ]


def _facts(shown: Record) -> list[tuple[str, Any]]:
    facts: list[tuple[str, Any]] = [
        (str(fact.label), fact.words(shown.facts[fact.name]) or _("chưa biết"))
        for fact in shown.kind.facts
        if fact.name != "name"
    ]
    if shown.kind.code == "producer" and shown.listed:
        facts.append((_("Số hộ đã ghi vào sổ"), format_number(shown.listed)))
    if shown.kind.of_producer:
        facts.append((_("Của hợp tác xã, tổ hợp tác"), shown.producer or "–"))
    for code, value in (shown.by_source or {}).items():
        words = _("Trong đó từ: %(source)s") % {"source": rules.words("income_sources", code).lower()}
        facts.append((words, _("%(n)s triệu đồng/năm") % {"n": format_number(value)}))
    written = _("%(by)s, lúc %(at)s") % {"by": shown.by, "at": moment_words(shown.at)}
    origin = pages.mark_words(shown.mark)
    return [
        *facts,
        (_("Nơi"), shown.place),
        (_("Cách ghi"), f"{origin}; {shown.source}" if shown.source else origin),
        (_("Người ghi"), written),
    ]


# ── Forms and deeds of every kind ─────────────────────────────────────────────


def _forms(visit: Visit, place: PlaceView, shown: Record, sees: bool) -> list[Form]:
    if refusal := visit.refusal(KEEP, shown.place_id):
        return [Form("sua", _("Sửa, khép hoặc gạch bỏ bản ghi"), _("Sửa"), (), refusal)]
    found = [] if shown.closed_on else hanging_forms(visit, shown, sees)
    reason = Input("reason", _("Lý do"), hint=_("Để người sau hiểu vì sao"))
    marks = [*pages.marks()]
    if shown.mark.value not in dict(marks):
        marks.append((shown.mark.value, pages.mark_words(shown.mark)))
    correct = [
        *inputs_of(shown.kind, shown),
        *producer_input(visit, place, shown.kind, shown.producer_id),
        Input("mark", _("Bản ghi này"), "select", choices=marks, value=shown.mark.value),
        Input(
            "source", _("Tài liệu nào"), hint=_("Khi ghi theo tài liệu"), required=False, value=shown.source
        ),
        reason,
        Input("seen", "", "hidden", value=str(shown.row_id)),
    ]
    found.append(Form("sua", _("Sửa bản ghi"), _("Lưu bản sửa"), correct))
    if shown.closed_on is None:
        day = Input("on", _("Không còn từ ngày"), "day")
        found.append(Form("khep", _("Khép bản ghi"), _("Khép"), [day, reason]))
    found.append(Form("gach", _("Gạch bỏ bản ghi ghi nhầm"), _("Gạch bỏ"), [reason]))
    return found


def _correct(visit: Visit, shown: Record, typed: Reader) -> str:
    told = read(shown.kind, typed)
    sources = read_sources(typed) if shown.kind.code == "survey" else None
    seen = typed.whole_or_none("seen")
    typed.check()
    mark = typed.text("mark")
    actions.correct(
        by=visit.by,
        at=visit.now,
        kind=shown.kind.code,
        record_id=shown.id,
        told=told,
        reason=typed.text("reason"),
        producer_id=pages.key_of(typed.text("producer")) or None,
        by_source=sources,
        mark=Mark(mark) if mark in (Mark.MEASURED, Mark.TOLD, shown.mark) else None,
        source=typed.text("source"),
        seen=seen,
        uid=typed.uid(),
    )
    return _("Đã lưu bản sửa; bản cũ vẫn đọc được ở lịch sử.")


def _close(visit: Visit, shown: Record, typed: Reader) -> str:
    on = typed.day("on")
    typed.check()
    told: dict[str, Any] = {"kind": shown.kind.code, "record_id": shown.id, "reason": typed.text("reason")}
    actions.close(by=visit.by, at=visit.now, uid=typed.uid(), on=on, **told)
    return _("Đã khép bản ghi.")


def _strike(visit: Visit, shown: Record, typed: Reader) -> str:
    told: dict[str, Any] = {"kind": shown.kind.code, "record_id": shown.id, "reason": typed.text("reason")}
    actions.strike(by=visit.by, at=visit.now, **told)
    return _("Đã gạch bỏ; bản ghi không còn được tính.")
