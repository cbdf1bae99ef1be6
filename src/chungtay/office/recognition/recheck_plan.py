"""Fixing the claims of a sample: a dry run, then the list that everybody may download."""

from collections.abc import Sequence
from functools import partial

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from chungtay.core.language import problem_words
from chungtay.office.answers import Visit, for_officers, refusal_of
from chungtay.office.community import pages
from chungtay.office.community.pages import Column, Filter, Form, Input, Item, Page, Table
from chungtay.office.community.reader import Reader
from chungtay.office.recognition.recheck_words import number_item
from chungtay.recognition.rechecks import actions, policies, scoring, wording
from chungtay.recognition.rechecks.rules import law
from chungtay.recognition.rechecks.wording import office_words
from viet.dates import DateProblem, parse_day
from viet.numbers import format_number


@for_officers
def plan(visit: Visit, place_id: int) -> HttpResponse:
    """A dry run, of last year unless asked: how many claims there are, how many would be drawn and why; then fixing."""
    place = pages.place_of(place_id)
    back = reverse("office:rechecks", args=[place_id])
    return pages.answer(
        visit, place, lambda: _plan_page(visit, place_id), {"chot": partial(_fix, visit, place_id)}, back
    )


def _plan_page(visit: Visit, place_id: int) -> Page:
    last = visit.today.year - 1
    asked = {
        "tu": pages.asked_text(visit, "tu") or f"01/01/{last}",
        "den": pages.asked_text(visit, "den") or f"31/12/{last}",
    }
    refusal = refusal_of(partial(policies.check_may_draw, visit.by, place_id))
    notes: list[str] = []
    tables: list[Table] = []
    stats: list[tuple[str, str, str]] = []
    counted = 0
    try:
        start, end = (parse_day(asked[name]) for name in ("tu", "den"))
    except DateProblem as problem:
        notes.append(problem_words(problem))
    else:
        lines = actions.population_of(visit.by, place_id, start, end).decode().splitlines()
        counted = len(lines)
        tables.append(_kinds_table(lines))
        if counted:
            stats.append(_size_stat(visit, place_id, counted))
    inputs = [
        Input("start", _("Từ ngày"), "hidden", value=asked["tu"]),
        Input("end", _("Đến ngày"), "hidden", value=asked["den"]),
        Input(
            "seed_source",
            _("Hạt giống sẽ là giá trị công khai nào"),
            hint=_("Ví dụ: giải đặc biệt xổ số miền Bắc ngày 25/11/2026, đủ các chữ số"),
        ),
        Input("seed_on", _("Ngày biết giá trị ấy"), "day", hint=_("Sau hôm nay")),
    ]
    forms = [
        Form(
            "chot",
            _("Chốt danh sách"),
            _("Chốt danh sách"),
            inputs,
            refusal,
            _("Danh sách và dấu số của nó công khai ngay; sau đó không thêm bớt được."),
            is_open=True,
        )
    ]
    return Page(
        room="rechecks",
        heading=_("Lập mẫu kiểm tra lại"),
        lead=_("Xem thử trước: chưa ghi gì cho đến khi chốt danh sách."),
        back=(reverse("office:rechecks", args=[place_id]), pages.room_name("rechecks")),
        notes=notes,
        stats=stats,
        filters=[Filter("tu", _("Từ ngày"), asked["tu"]), Filter("den", _("Đến ngày"), asked["den"])],
        tables=tables,
        forms=forms if counted or refusal else [],
        extra={"is_bare": False},  # another period can always be asked for
    )


def _size_stat(visit: Visit, place_id: int, counted: int) -> tuple[str, str, str]:
    found = scoring.plan(place_id, counted, on=visit.today)
    rule = law().size
    told = {
        "share": str(found.share),
        "mismatched": found.mismatched,
        "checked": found.checked,
        "least": rule.least,
        "most": rule.most,
        "ground": wording.ground_words(rule.ground),
    }
    if found.checked:
        why = _(
            "lần trước lệch %(mismatched)s/%(checked)s nên rút %(share)s, ít nhất %(least)s, nhiều nhất %(most)s"
        )
    else:
        why = _("chưa kiểm tra lần nào nên rút %(share)s, ít nhất %(least)s, nhiều nhất %(most)s")
    words = _("khai báo sẽ được rút trong %(n)s") % {"n": format_number(counted)}
    return format_number(found.size), words, f"{why % told}; {told['ground']}"


def _kinds_table(lines: Sequence[str]) -> Table:
    counts: dict[tuple[str, str], int] = {}
    for line in lines:
        claim, _place, office = line.split("\t")
        key = (claim.partition(":")[0], office)
        counts[key] = counts.get(key, 0) + 1
    words = {
        "figure": _("số liệu đã xác nhận"),
        "verdict": _("kết quả đã công bố là đạt"),
        "evidence": _("tệp minh chứng"),
    }
    rows = [
        [Item(words[kind]), Item(office_words(office)), number_item(n)]
        for (kind, office), n in sorted(counts.items(), reverse=True)
    ]
    empty = (
        _("Kỳ này chưa có gì để kiểm tra lại"),
        _("Cần có số liệu đã xác nhận, kết quả đã công bố hoặc tệp minh chứng. Hãy chọn kỳ khác."),
    )
    columns = [Column(_("Khai báo")), Column(_("Cấp chịu trách nhiệm")), Column(_("Số lượng"), css="number")]
    return Table(_("Danh sách khai báo"), columns, rows, empty)


def _fix(visit: Visit, place_id: int, typed: Reader) -> str:
    start, end, seed_on = typed.day("start"), typed.day("end"), typed.day("seed_on")
    typed.check()
    row = actions.fix_sample(
        by=visit.by,
        at=visit.now,
        place_id=place_id,
        start=start,
        end=end,
        seed_source=typed.text("seed_source"),
        seed_on=seed_on,
        uid=typed.uid(),
    )
    words = _("Đã chốt %(n)s khai báo; sẽ rút %(size)s. Dấu số: %(digest)s.")
    return words % {
        "n": format_number(row.claims),
        "size": format_number(row.size),
        "digest": row.digest[:12],
    }
