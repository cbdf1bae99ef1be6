"""What hangs on a record of livelihood, as tables: what a producer owns, steps, ratings, households, earlier words."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from chungtay.core.language import day_words, moment_words
from chungtay.office import present
from chungtay.office.answers import Visit
from chungtay.office.community import pages
from chungtay.office.community.pages import Column, Item, Table
from chungtay.office.registers.livelihood_words import expiry_words, record_address
from chungtay.registers.livelihood import queries
from chungtay.registers.livelihood.queries import HouseholdView, Record
from viet.numbers import format_number


def hanging(visit: Visit, shown: Record, sees: bool) -> list[Table]:
    """The tables of a kind. sees: whether the reader may know households."""
    if shown.kind.code == "producer":
        owned = queries.of_producer(shown.id, visit.today)
        found = [_owned(visit, owned)] if owned else []
        if sees and shown.listed:
            members = queries.members(shown.id, seen_by=visit.by, at_place=shown.place_id)
            found.append(_households(shown, members))
        return found
    if shown.kind.code == "code":
        steps = [_steps(shown)] if shown.steps else []
        if not sees:
            return steps
        inside = queries.households_of_code(shown.id, seen_by=visit.by, at_place=shown.place_id)
        return [*steps, *([_households(shown, inside)] if inside else [])]
    return [_ratings(shown)] if shown.ratings else []


def _owned(visit: Visit, owned: list[Record]) -> Table:
    """What belongs to a producer."""
    columns = [
        Column(_("Tên")),
        Column(_("Loại")),
        Column(_("Diện tích"), css="number"),
        Column(_("Đến hết ngày"), css="nowrap"),
    ]
    rows = [
        [
            Item(each.name, record_address(each), pages.mark_of(each.mark)),
            Item(str(each.kind.label)),
            Item(_area(each)),
            Item(expiry_words(each, visit.today)),
        ]
        for each in owned
    ]
    return Table(_("Của tổ chức này"), columns, rows)


def _area(each: Record) -> str:
    area = each.facts.get("area_ha")
    return "–" if area is None else f"{format_number(area, 4)} ha"


def _steps(shown: Record) -> Table:
    columns = [
        Column(_("Bước")),
        Column(_("Khi nào"), css="nowrap"),
        Column(_("Văn bản")),
        Column(_("Người ghi")),
    ]
    rows = [
        [
            Item(each.words, mark=pages.mark_of(each.mark), note=each.note),
            Item(present.period_words(each.period)),
            Item(each.document or "–", note=each.source),
            Item(each.by),
        ]
        for each in shown.steps
    ]
    return Table(_("Các bước của mã"), columns, rows)


def _ratings(shown: Record) -> Table:
    columns = [
        Column(_("Hạng sao")),
        Column(_("Điểm"), css="number"),
        Column(_("Quyết định")),
        Column(_("Ngày quyết định"), css="nowrap"),
        Column(_("Đến hết ngày"), css="nowrap"),
    ]
    rows = [
        [
            Item(
                ngettext("%(n)s sao", "%(n)s sao", each.stars) % {"n": each.stars},
                mark=pages.mark_of(each.mark),
            ),
            Item(format_number(each.score) if each.score is not None else "–"),
            Item(
                each.decision or _("số chưa rõ"), note="; ".join(filter(None, (each.decided_by, each.source)))
            ),
            Item(day_words(each.decided_on) if each.decided_on else str(each.year)),
            Item(day_words(each.expires) if each.expires else _("chưa rõ")),
        ]
        for each in shown.ratings
    ]
    return Table(_("Các lần xếp hạng"), columns, rows)


def _households(shown: Record, found: list[HouseholdView]) -> Table:
    with_area = shown.kind.code == "code"
    last = Column(_("Diện tích"), css="number") if with_area else Column(_("Vào từ"), css="nowrap")
    columns = [Column(_("Mã hộ")), last, Column(_("Thôi từ"), css="nowrap")]
    rows = [
        [
            Item(each.code, reverse("office:household", args=[shown.place_id, each.household_id])),
            Item(f"{format_number(each.area_ha, 4)} ha" if each.area_ha is not None else "–")
            if with_area
            else Item(day_words(each.since) if each.since else "–"),
            Item(day_words(each.ended_on) if each.ended_on else "–"),
        ]
        for each in found
    ]
    return Table(_("Hộ trong vùng trồng") if with_area else _("Hộ thành viên"), columns, rows)


def versions(shown: Record) -> list[Table]:
    """What the record said before, when it was corrected."""
    found = queries.versions(shown.kind.code, shown.id)
    if len(found) < 2:
        return []
    columns = [Column(_("Lúc")), Column(_("Người ghi")), Column(_("Vì sao")), Column(_("Ghi là"))]
    rows = [
        [
            Item(moment_words(each.at)),
            Item(each.by),
            Item(each.reason or _("ghi lần đầu")),
            Item("; ".join(_said(each))),
        ]
        for each in found
    ]
    return [Table(_("Lịch sử bản ghi"), columns, rows)]


def _said(each: Record) -> list[str]:
    told = ((fact.label, fact.words(each.facts[fact.name])) for fact in each.kind.facts)
    closed = [_("khép từ %(day)s") % {"day": day_words(each.closed_on)}] if each.closed_on else []
    return [f"{label}: {words}" for label, words in told if words] + closed
