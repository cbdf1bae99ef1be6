"""Two places below the same place, side by side, criterion by criterion."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from chungtay.core.refusals import Refusal
from chungtay.figures.board_views import Group
from chungtay.office.answers import Visit, for_officers
from chungtay.office.boards import present
from chungtay.office.boards.asking import Asked, ask, frame
from chungtay.office.boards.days import turn
from chungtay.office.boards.sheets import Cell, Sheet, download
from chungtay.ui.charts import Shares
from chungtay.ui.tables import Side, VersusRow
from chungtay.ui.verdicts import KINDS, shape
from rulebook import Verdict


@for_officers
def pair(visit: Visit, place_id: int, form: str = "") -> HttpResponse:
    """The two places chosen in the address, or the first two; each verdict leads to why, each count to its places."""
    asked = ask(visit, place_id)
    found = asked.survey()
    groups, fresh = found.groups, found.fresh
    one, other = _chosen(visit, groups)
    context: dict[str, Any] = {
        "choices": [(group.place.id, group.place.full_name) for group in groups],
        "one": one,
        "other": other,
    }
    if one is None or other is None:
        if form:
            raise Refusal(_("Cần ít nhất hai nơi trực thuộc để so. Hãy mở địa bàn rộng hơn."))
        return visit.page("office/boards/pair.html", frame(asked, fresh, "pair", **context))
    title = _("%(one)s và %(other)s") % {"one": one.place.full_name, "other": other.place.full_name}
    question = {"mot": one.place.id, "hai": other.place.id}
    if form:
        return download(asked, fresh, _sheet(asked, title, one, other), form)
    if present.is_one_place(one, asked) and present.is_one_place(other, asked):
        context["verdicts"] = _verdicts(asked, one, other)
    else:
        context["shares"] = _shares(asked, one, other)
    context |= {
        "title": title,
        "left": one.place.full_name,
        "right": other.place.full_name,
        "files": asked.files("pair", question),
    }
    return visit.page("office/boards/pair.html", frame(asked, fresh, "pair", **context))


def _chosen(visit: Visit, groups: Sequence[Group]) -> tuple[Group | None, Group | None]:
    """The groups named in the address; the first that are left where it names none."""
    by_id = {str(group.place.id): group for group in groups}
    found = [by_id.get(visit.request.GET.get(name, "")) for name in ("mot", "hai")]
    for side in (0, 1):
        if found[side] is None:
            found[side] = next((group for group in groups if group not in found), None)
    return found[0], found[1]


def _verdict(counts: Shares) -> Verdict:
    """The verdict of a tally of one place; unknown where it was not counted."""
    met, not_met, _unknown, excused = counts
    if met or excused:
        return Verdict.MET if met else Verdict.EXCUSED
    return Verdict.NOT_MET if not_met else Verdict.UNKNOWN


def _verdicts(asked: Asked, one: Group, other: Group) -> list[VersusRow]:
    """Two places that were judged themselves: a mark on each side."""
    words = {
        "up": _("chỉ %(place)s đạt") % {"place": other.place.full_name},
        "down": _("chỉ %(place)s đạt") % {"place": one.place.full_name},
        "lost": _("%(place)s chưa biết") % {"place": other.place.full_name},
        "found": _("%(place)s chưa biết") % {"place": one.place.full_name},
        "same": _("như nhau"),
    }
    rows: list[VersusRow] = []
    for criterion in asked.law.standard.criteria:
        sides = [
            _side(asked, group, criterion.number, _verdict(present.criterion_shares(group, criterion.number)))
            for group in (one, other)
        ]
        kind = turn(Verdict(sides[0].verdict), Verdict(sides[1].verdict))
        name = f"{criterion.number}. {criterion.name.in_(asked.language)}"
        href = asked.address("criterion", key={"number": criterion.number})
        rows.append(
            VersusRow(name, href, sides[0], sides[1], kind if kind == "same" else "differs", words[kind])
        )
    return rows


def _side(asked: Asked, group: Group, number: str, verdict: Verdict) -> Side:
    key = {"place_id": group.place.id, "code": asked.code, "number": number}
    return Side(verdict.value, "", f"{reverse('office:criterion', kwargs=key)}?ngay={asked.on.isoformat()}")


def _shares(asked: Asked, one: Group, other: Group) -> list[dict[str, Any]]:
    """Two places above such places: a bar on each side, every number leading to its places."""
    lines: list[tuple[str, str, dict[str, object], tuple[Shares, Shares]]] = [
        (_("Cả bộ tiêu chí"), "", {}, (present.shares_of(one.tally), present.shares_of(other.tally)))
    ]
    for criterion in asked.law.standard.criteria:
        counts = (
            present.criterion_shares(one, criterion.number),
            present.criterion_shares(other, criterion.number),
        )
        name = f"{criterion.number}. {criterion.name.in_(asked.language)}"
        href = asked.address("criterion", key={"number": criterion.number})
        lines.append((name, href, {"tieu-chi": criterion.number}, counts))
    return [
        {
            "name": name,
            "href": href,
            "sides": [
                {
                    "name": group.place.full_name,
                    "shares": counted,
                    "links": present.links(asked, more, of=group.place),
                }
                for group, counted in zip((one, other), counts, strict=True)
            ],
        }
        for name, href, more, counts in lines
    ]


def _sheet(asked: Asked, title: str, one: Group, other: Group) -> Sheet:
    columns = [_("Tiêu chí")]
    for group in (one, other):
        columns += [f"{group.place.full_name}: {shape(kind).word}" for kind in KINDS]
    body: list[list[Cell]] = [
        [_("Cả bộ tiêu chí"), *present.shares_of(one.tally), *present.shares_of(other.tally)]
    ]
    for criterion in asked.law.standard.criteria:
        name = f"{criterion.number}. {criterion.name.in_(asked.language)}"
        counts = [present.criterion_shares(group, criterion.number) for group in (one, other)]
        body.append([name, *counts[0], *counts[1]])
    return Sheet("hai-noi", title, columns, body)
