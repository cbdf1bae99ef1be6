"""One criterion over many places: who reaches it, who does not, of whom it is not known; each leads to its why."""

from collections.abc import Callable, Sequence
from typing import Any, Final

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from chungtay.portal import places_present as present
from chungtay.portal.laws import Editions
from chungtay.portal.places_answers import Reader, for_all
from chungtay.reports.public import across as facts
from chungtay.reports.public import places
from chungtay.reports.public.across import Counts, Held
from chungtay.ui.tables import Links, Multiple
from chungtay.ui.verdicts import KINDS, shape
from viet.letters import fold
from viet.numbers import format_number

PER_PAGE: Final = 50
ORDERS: Final = ("ten", "thuoc", "ket-qua")
_KNOWN_FIRST: Final = ("not_met", "met", "excused", "unknown")


@for_all
def across(reader: Reader, place_id: int, code: str, number: str) -> HttpResponse:
    """The places below one under one criterion: counted, drawn by the places directly below, listed."""
    around = places.surroundings(place_id, reader.today)
    known = Editions.of(code, reader.today)
    day = places.judging_day(around, reader.today)
    found = facts.across(around, code, number, on=day, today=reader.today, among=known.views)
    law, view = found.adopted.standard, found.adopted.view
    name = f"{number}. {found.criterion.name.in_(reader.language)}"
    asked = _Asked(reader)
    listed = _listed(found.rows or (), asked)
    page = Paginator(listed, PER_PAGE).get_page(reader.number("trang") or 1)
    numbers = [each.number for each in law.criteria]
    at = numbers.index(number)
    here = _Here(place_id, code, reader.language)
    table: dict[str, str | int] = {"noi": place_id, "bo": code, "nam": found.year}
    context: dict[str, Any] = {
        "place": around.latest,
        "of": _("cả nước") if around.place.level == "nation" else around.place.full_name,
        "crumbs": present.crumbs(
            around.above,
            *(
                []
                if around.place.level == "nation"
                else [(around.place.full_name, present.place_href(place_id))]
            ),
            (name, ""),
        ),
        "name": name,
        "view": view,
        "law_href": known.criterion_href(view, number),
        "noun": present.noun(view.level),
        "found": found,
        "is_empty": not sum(found.counts),
        "sentence": _sentence(found.counts, view.level),
        "links": Links(**{kind: f"?kq={kind}#cac-noi" for kind in KINDS}),
        "groups": [_group(*each, here, number) for each in found.groups if _is_known(each[1])],
        "silent": [
            (present.opening(each.full_name), here.href(number, each.id))
            for each, counts in found.groups
            if not _is_known(counts)
        ],
        "asked": asked,
        "page": page,
        "rows": [
            {
                "held": each,
                "name": present.opening(each.place.full_name),
                "href": reverse("portal:criterion", args=[each.place.id, code, number]),
            }
            for each in page.object_list
        ],
        "results": [("", _("Mọi kết quả")), *((kind, shape(kind).word) for kind in KINDS)],
        "csv": f"{reverse('portal:data_csv', args=['ket-qua-xet'])}?{urlencode(table)}",
        "before": here.to(law.criteria[at - 1]) if at else None,
        "after": here.to(law.criteria[at + 1]) if at + 1 < len(numbers) else None,
    }
    return reader.page("portal/criterion_across.html", context)


class _Asked:
    """What of the list the address asks for; words that mean nothing are as if not said."""

    def __init__(self, reader: Reader) -> None:
        self.verdict = reader.asked("kq") if reader.asked("kq") in KINDS else ""
        self.text = reader.asked("q")
        order = reader.asked("xep")
        self.order = order if order.removeprefix("-") in ORDERS else "ket-qua"
        self.is_narrowed = bool(self.verdict or self.text)


def _listed(rows: Sequence[Held], asked: _Asked) -> list[Held]:
    wanted = fold(asked.text)
    kept = [
        each
        for each in rows
        if asked.verdict in ("", each.verdict.value)
        and (not wanted or wanted in fold(f"{each.place.full_name} {each.place.address}"))
    ]
    keys: dict[str, Callable[[Held], Any]] = {
        "thuoc": lambda each: fold(each.place.address),
        "ket-qua": lambda each: _KNOWN_FIRST.index(each.verdict.value),
    }
    order, falling = asked.order.removeprefix("-"), asked.order.startswith("-")
    if order in keys:
        return sorted(kept, key=keys[order], reverse=falling)
    return kept[::-1] if falling else kept


class _Here:
    """Where the same page is of another criterion, or of another place."""

    def __init__(self, place_id: int, code: str, language: str) -> None:
        self._place, self._code, self._language = place_id, code, language

    def href(self, number: str, place_id: int = 0) -> str:
        return reverse("portal:criterion_across", args=[place_id or self._place, self._code, number])

    def to(self, criterion: Any) -> dict[str, str]:
        name = f"{criterion.number}. {criterion.name.in_(self._language)}"
        return {"name": name, "href": self.href(criterion.number)}


def _group(place: Any, counts: Counts, here: _Here, number: str) -> Multiple:
    name = present.opening(place.full_name)
    return Multiple(name, here.href(number, place.id), *present.headline(counts), counts)


def _is_known(counts: Counts) -> bool:
    """Whether anything but unknown is stored below a place."""
    return sum(counts) > counts[2]


def _sentence(counts: Counts, level: str) -> str:
    """ "1.204/3.321 xã, phường đạt tiêu chí này; 900 chưa đạt; 1.217 chưa biết." The unknown are never a no."""
    met, not_met, unknown, excused = counts
    words = {"noun": present.noun(level), "n": format_number(sum(counts))}
    if not sum(counts):
        return _("Chưa có số tổng hợp của %(noun)s nào ở đây.") % words
    if unknown == sum(counts):
        return (
            _("Chưa xét được nơi nào trong %(n)s %(noun)s: còn thiếu số liệu, hoặc văn bản chưa rõ mức.")
            % words
        )
    said = [_("%(met)s/%(n)s %(noun)s đạt tiêu chí này") % {**words, "met": format_number(met + excused)}]
    rest = [(not_met, _("%(n)s chưa đạt")), (unknown, _("%(n)s chưa biết"))]
    said += [phrase % {"n": format_number(count)} for count, phrase in rest if count]
    return "; ".join(said) + "."
