"""One sample of claims checked again: how it was fixed and drawn, where to go, its forms."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from chungtay.core.language import day_words
from chungtay.office.answers import Visit, refusal_of
from chungtay.office.community import pages
from chungtay.office.community.open import is_visitor, open_to_all
from chungtay.office.community.pages import Column, Door, Filter, Form, Input, Item, Page, Table
from chungtay.office.community.reader import Reader
from chungtay.office.recognition.recheck_words import OUTCOMES, STATES, after_words, number_item, share_words
from chungtay.people.roles import label_in_words
from chungtay.recognition.rechecks import actions, policies, queries, views, wording
from chungtay.recognition.rechecks.rules import law
from chungtay.recognition.rechecks.views import FormView, SampleView
from chungtay.recognition.rechecks.wording import office_words
from viet.numbers import format_number


@open_to_all
def sample(visit: Visit, sample_id: int) -> HttpResponse:
    """One sample: how it was fixed and drawn, for everybody; its forms, for officers."""
    shown = queries.sample(sample_id)
    place = pages.place_of(shown.place_id)
    forms = [] if is_visitor(visit) else queries.forms(sample_id)
    if (form := pages.file_form(visit)) and forms:
        table = _forms_table(visit, _filtered(visit, forms), as_file=True)
        return pages.as_download(visit, place, "phieu-kiem-tra-lai", form, table)
    deeds = {"rut": partial(_draw, visit, sample_id), "bo": partial(_set_aside, visit, sample_id)}
    return pages.answer(visit, place, lambda: _sample_page(visit, shown, forms), deeds)


def _sample_page(visit: Visit, shown: SampleView, forms: Sequence[FormView]) -> Page:
    basis = shown.basis
    scored = f"{basis['mismatched']}/{basis['checked']}" if basis["checked"] else _("chưa biết")
    facts = [
        (_("Tình trạng"), str(STATES[shown.state])),
        (_("Khai báo trong danh sách"), format_number(shown.claims)),
        (
            _("Số được rút"),
            _("%(size)s; rút %(share)s vì điểm lệch lúc chốt là %(score)s; %(trust)s")
            % {
                "size": format_number(shown.size),
                "share": basis["share"],
                "score": scored,
                "trust": wording.ground_words(law().size.ground),
            },
        ),
        (_("Dấu số SHA-256 của danh sách"), shown.digest),
        (_("Chốt lúc"), f"{_moment(shown.fixed_at)}, {label_in_words(shown.fixed_by)}"),
        (_("Hạt giống"), shown.seed or _("chưa có")),
        (_("Lấy từ"), f"{shown.seed_source} ({day_words(shown.seed_on)})"),
    ]
    if shown.ended_at:
        label = _("Bỏ lúc") if shown.reason else _("Rút lúc")
        facts.append((label, f"{_moment(shown.ended_at)}, {label_in_words(shown.ended_by)}"))
    if shown.reason:
        facts.append((_("Lý do bỏ"), shown.reason))
    texts = []
    doors = [
        Door(_("Tải danh sách đã chốt"), reverse("office:recheck_population", args=[shown.id]), kind="quiet")
    ]
    if shown.state == views.DRAWN:
        doors.append(
            Door(_("Tải thứ tự đã rút"), reverse("office:recheck_drawn", args=[shown.id]), kind="quiet")
        )
        doors.append(Door(_("Tải chương trình rút lại"), reverse("office:recheck_script"), kind="quiet"))
        told = {"seed": shown.seed, "size": shown.size}
        how = _(
            "Tải danh sách và chương trình về một thư mục, rồi chạy bằng Python: python3 rut-lai.py danh-sach.tsv "
            "%(seed)s %(size)s. Dòng đầu in ra phải đúng dấu số ở trên, các dòng sau phải đúng thứ tự đã rút."
        )
        texts.append((_("Ai cũng rút lại được"), how % told))
    tables = [_places_table(visit, shown, forms)] if forms else []
    if forms:
        tables.append(_forms_table(visit, _filtered(visit, forms)))
    score = shown.score
    stats = []
    if shown.state == views.DRAWN:
        more = _("%(waiting)s chờ kiểm tra, %(impossible)s không kiểm tra được")
        counts = {"waiting": format_number(score.waiting), "impossible": format_number(score.impossible)}
        stats = [(share_words(score), _("khai báo đã kiểm tra bị lệch"), more % counts)]
    return Page(
        room="rechecks",
        heading=_("Mẫu kiểm tra lại kỳ %(period)s") % {"period": wording.period_words(shown.period)},
        back=(reverse("office:rechecks", args=[shown.place_id]), pages.room_name("rechecks")),
        stats=stats,
        doors=doors,
        facts=facts,
        texts=texts,
        filters=_filters(visit, forms) if forms else [],
        tables=tables,
        forms=[] if is_visitor(visit) or shown.state != views.WAITING else _deeds(visit, shown),
    )


def _deeds(visit: Visit, shown: SampleView) -> list[Form]:
    refusal = refusal_of(partial(policies.check_may_draw, visit.by, shown.place_id))
    if not refusal and visit.today < shown.seed_on:
        early = _("Ngày %(day)s mới có giá trị làm hạt giống, nên chưa rút được.")
        refusal_to_draw = early % {"day": day_words(shown.seed_on)}
    else:
        refusal_to_draw = refusal
    seed = Input("seed", _("Giá trị đã công bố"), hint=shown.seed_source)
    reason = Input("reason", _("Lý do"), hint=_("Ví dụ: ngày ấy không mở thưởng. Lý do hiện công khai"))
    return [
        Form("rut", _("Rút mẫu"), _("Rút mẫu"), [seed], refusal_to_draw, is_open=True),
        Form("bo", _("Bỏ danh sách này"), _("Bỏ danh sách"), [reason], refusal),
    ]


def _filters(visit: Visit, forms: Sequence[FormView]) -> list[Filter]:
    places = sorted({(each.place_id, each.place) for each in forms}, key=lambda each: each[1])
    offices = sorted({each.office for each in forms})
    states = [("", _("mọi tình trạng")), ("cho", OUTCOMES[""])]
    states += [(code, words) for code, words in OUTCOMES.items() if code]
    return [
        Filter("tt", _("Tình trạng"), pages.asked_choice(visit, "tt", states), states),
        Filter(
            "noi",
            _("Nơi"),
            pages.asked_text(visit, "noi"),
            [("", _("mọi nơi")), *((str(key), name) for key, name in places)],
        ),
        Filter(
            "cap",
            _("Cấp chịu trách nhiệm"),
            pages.asked_text(visit, "cap"),
            [("", _("mọi cấp")), *((each, office_words(each)) for each in offices)],
        ),
    ]


def _filtered(visit: Visit, forms: Sequence[FormView]) -> list[FormView]:
    state, place, office = (pages.asked_text(visit, name) for name in ("tt", "noi", "cap"))
    return [
        each
        for each in forms
        if (not state or (each.outcome or "cho") == state)
        and (not place or str(each.place_id) == place)
        and (not office or each.office == office)
    ]


def _places_table(visit: Visit, shown: SampleView, forms: Sequence[FormView]) -> Table:
    """One line a place, with the paper to take there."""
    by_place: dict[tuple[int, str], list[FormView]] = {}
    for each in forms:
        by_place.setdefault((each.place_id, each.place), []).append(each)
    rows = [
        [
            Item(name),
            number_item(len(mine)),
            number_item(sum(not each.outcome for each in mine)),
            Item(_("Phiếu giấy (PDF)"), reverse("office:recheck_paper", args=[shown.id, place_id])),
        ]
        for (place_id, name), mine in sorted(by_place.items(), key=lambda pair: pair[0][1])
    ]
    columns = [
        Column(_("Nơi cần đến")),
        Column(_("Số phiếu"), css="number"),
        Column(_("Còn chờ"), css="number"),
        Column(_("Mang theo")),
    ]
    return Table(_("Nơi cần đến"), columns, rows)


def _forms_table(visit: Visit, forms: Sequence[FormView], *, as_file: bool = False) -> Table:
    columns = [
        Column(_("Số")),
        Column(_("Đo, đếm, xem điều gì")),
        Column(_("Nơi")),
        Column(_("Cấp chịu trách nhiệm")),
        Column(_("Tình trạng")),
        Column(_("Đã khai")),
        Column(_("Kiểm tra")),
    ]
    page = None if as_file else pages.paged(visit, forms)
    rows = []
    for each in forms if page is None else page:
        newest = each.checks[0] if each.checks else None
        rows.append(
            [
                Item(
                    _("Phiếu %(n)s") % {"n": each.number},
                    reverse("office:recheck_form", args=[each.id]),
                    told=each.number,
                ),
                Item(each.subject, note=each.criterion),
                Item(each.place),
                Item(office_words(each.office)),
                Item(str(OUTCOMES[each.outcome]), note=after_words(each)),
                Item(each.claimed or "–", told=each.claimed or None),
                Item(
                    newest.found or newest.not_possible if newest else "–",
                    mark=pages.mark_of(newest.mark) if newest else "",
                    told=(newest.found or newest.not_possible) if newest else None,
                ),
            ]
        )
    empty = (_("Không có phiếu nào như vậy"), _("Hãy bỏ bớt điều kiện lọc."))
    return Table(_("Phiếu kiểm tra"), columns, rows, empty, page)


def _draw(visit: Visit, sample_id: int, typed: Reader) -> str:
    actions.draw_sample(
        by=visit.by, at=visit.now, sample_id=sample_id, seed=typed.text("seed"), uid=typed.uid()
    )
    return _("Đã rút mẫu. Phiếu kiểm tra của từng nơi ở dưới đây.")


def _set_aside(visit: Visit, sample_id: int, typed: Reader) -> str:
    actions.set_aside(by=visit.by, at=visit.now, sample_id=sample_id, reason=typed.text("reason"))
    return _("Đã bỏ danh sách; lý do hiện công khai.")


def _moment(at: Any) -> str:
    local = timezone.localtime(at)
    return f"{local:%H:%M} {day_words(local.date())}"
