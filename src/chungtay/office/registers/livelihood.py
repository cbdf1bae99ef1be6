"""What a place produces at a glance: totals that lead to their records, what ends soon, and the figures this tells."""

from datetime import date
from functools import partial
from urllib.parse import urlencode

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from chungtay.figures import queries as figures
from chungtay.office import present
from chungtay.office.answers import Visit, day_in_life, for_officers
from chungtay.office.community import pages
from chungtay.office.community.pages import Column, Form, Input, Item, Page, Table
from chungtay.office.community.reader import Reader
from chungtay.office.registers.livelihood_words import FILTERS, ROOMS, record_address, total_words
from chungtay.registers.livelihood import actions, expiring, pushing, queries, rules, summing
from chungtay.registers.livelihood.policies import KEEP
from chungtay.registers.livelihood.pushing import Offer
from chungtay.registers.livelihood.queries import Held
from chungtay.territory.queries import PlaceView
from rulebook import show_value
from viet.numbers import format_number


@for_officers
def livelihood(visit: Visit, place_id: int) -> HttpResponse:
    """Totals, alarms and figures of a place and below."""
    place = pages.place_of(place_id)
    day = day_in_life(place, visit.today)
    if place.level == "nation":
        return pages.answer(visit, place, lambda: _country(place, day), {})
    held = queries.held(place_id, day)
    totals = _totals(place_id, held, day)
    if form := pages.file_form(visit):
        return pages.as_download(visit, place, "san-xuat", form, totals)
    deeds = {"ghi-so-lieu": partial(_push, visit, place_id)}
    return pages.answer(visit, place, lambda: _page(visit, place, held, totals), deeds)


def _country(place: PlaceView, day: date) -> Page:
    """The country's numbers, counted by the database; what stands behind them is read province by province."""
    found = summing.summary(place.id, day)
    counts = {
        "cooperatives": found.cooperatives,
        "groups": found.groups,
        "codes_in_force": found.codes,
        "products_valid": found.starred,
    }
    rows = [[Item(total_words(code)), Item(format_number(n), told=n)] for code, n in counts.items() if n]
    for each in found.grown:
        words = _("Diện tích: %(practice)s") % {"practice": rules.words("practices", each.practice)}
        area = _("chưa biết") if each.area_ha is None else f"{format_number(each.area_ha, 4)} ha"
        rows.append([Item(words), Item(area, told=each.area_ha)])
    columns = [Column(_("Chỉ số")), Column(_("Giá trị"), css="number")]
    empty = (_("Sổ sản xuất chưa có bản ghi nào"), _("Mỗi thôn, xã ghi ở trang của nơi mình."))
    return Page(
        room="livelihood",
        heading=pages.room_name("livelihood"),
        tables=[Table(_("Sản xuất trên địa bàn"), columns, rows, empty)],
    )


def _page(visit: Visit, place: PlaceView, held: Held, totals: Table) -> Page:
    day = day_in_life(place, visit.today)
    offers = pushing.offers(place.id, day, held)
    tables = [totals]
    if ending := expiring.endings(held, day):
        tables.append(_endings(ending))
    if shut := [each for each in offers if each.obstacle]:
        tables.append(_shut(visit, shut))
    return Page(
        room="livelihood",
        heading=pages.room_name("livelihood"),
        lead=_("Mỗi con số dẫn tới các bản ghi làm nên nó; điều chưa ai ghi thì không tính là 0."),
        tables=tables,
        forms=[_form(visit, place.id, offers)],
    )


def _totals(place_id: int, held: Held, day: date) -> Table:
    columns = [
        Column(_("Chỉ số")),
        Column(_("Giá trị"), css="number"),
        Column(_("Số bản ghi"), css="number"),
        Column(_("Chưa rõ"), css="number"),
    ]
    rows = []
    for each in queries.totals(held, day):
        asked = urlencode([(FILTERS[name], value) for name, value in each.asked.more])
        href = reverse(f"office:{ROOMS[each.kind]}", args=[place_id]) + (f"?{asked}" if asked else "")
        value = "–" if each.value is None else f"{format_number(each.value, 4)} {each.unit}".strip()
        rows.append(
            [
                Item(total_words(each.code), href),
                Item(value, told=each.value),
                Item(format_number(len(each.behind) + each.unknown), told=len(each.behind) + each.unknown),
                Item(format_number(each.unknown) if each.unknown else "–", told=each.unknown),
            ]
        )
    empty = (
        _("Sổ sản xuất chưa có bản ghi nào"),
        _("Hãy ghi hợp tác xã, tổ hợp tác đầu tiên ở mục bên cạnh."),
    )
    return Table(_("Sản xuất trên địa bàn"), columns, rows, empty)


def _endings(ending: list[expiring.Ending]) -> Table:
    days = int(rules.limit("alarm_days").number)
    columns = [
        Column(_("Bản ghi")),
        Column(_("Loại")),
        Column(_("Nơi")),
        Column(_("Đến hết ngày"), css="nowrap"),
        Column(_("Tình trạng")),
    ]
    rows = [
        [
            Item(each.record.name, record_address(each.record)),
            Item(str(each.record.kind.label)),
            Item(each.record.place),
            pages.day_item(each.last),
            Item(_("đã hết hạn") if each.is_over else _("sắp hết hạn")),
        ]
        for each in ending
    ]
    return Table(_("Đã hết hạn, hoặc hết hạn trong %(n)s ngày tới") % {"n": days}, columns, rows)


def _shut(visit: Visit, shut: list[Offer]) -> Table:
    """Figures that the register cannot tell yet, and why."""
    columns = [Column(_("Số liệu chưa tính được")), Column(_("Vì sao"))]
    rows = [[Item(each.measure.name.in_(visit.language)), Item(each.obstacle)] for each in shut]
    return Table(_("Số liệu chưa tính được từ sổ"), columns, rows)


def _form(visit: Visit, place_id: int, offers: list[Offer]) -> Form:
    """What would change, each to be ticked. What stands already is not offered."""
    title = _("Chuyển sang số liệu của nơi này")
    refusal = visit.refusal(KEEP, place_id) or visit.refusal("figures.record", place_id)
    changing = [each for each in offers if each.changes]
    if not changing and not refusal:
        refusal = _("Số liệu của nơi này đã khớp với sổ, hoặc sổ chưa đủ để tính.")
    inputs = [Input("seen", "", "hidden", value=str(figures.newest_row(place_id)))]
    for each in changing:
        inputs.append(
            Input(f"so-{each.measure.code}", _change(visit, each), "checkbox", _behind(each), required=False)
        )
        inputs.append(Input(f"thay-{each.measure.code}", "", "hidden", value=str(each.value)))
    hint = _("Chỉ những mục được đánh dấu mới ghi; số cũ vẫn đọc được trong lịch sử số liệu.")
    return Form("ghi-so-lieu", title, _("Ghi vào số liệu"), inputs, refusal, hint)


def _change(visit: Visit, each: Offer) -> str:
    now = _("chưa có") if each.now is None else show_value(each.now.value, each.measure, visit.language)
    if each.now is not None:
        now = f"{now} ({present.period_words(each.now.period)})"
    told = {
        "name": each.measure.name.in_(visit.language),
        "now": now,
        "new": "" if each.value is None else show_value(each.value, each.measure, visit.language),
        "period": present.period_words(each.period),
    }
    return _("%(name)s: %(now)s → %(new)s (%(period)s)") % told


def _behind(each: Offer) -> str:
    n = len(each.behind)
    words = ngettext("Từ %(n)s bản ghi: %(names)s", "Từ %(n)s bản ghi: %(names)s", n)
    names = "; ".join(record.name for record in each.behind[:5]) + ("…" if n > 5 else "")
    return words % {"n": n, "names": names}


def _push(visit: Visit, place_id: int, typed: Reader) -> str:
    seen = typed.whole_or_none("seen")
    typed.check()
    offered = rules.law().figures
    n = actions.push(
        by=visit.by,
        at=visit.now,
        place_id=place_id,
        on=day_in_life(pages.place_of(place_id), visit.today),
        measures=[code for code in offered if typed.flag(f"so-{code}")],
        shown={code: typed.text(f"thay-{code}") for code in offered},
        seen=seen,
    )
    return ngettext("Đã ghi %(n)s số liệu.", "Đã ghi %(n)s số liệu.", n) % {"n": n}
