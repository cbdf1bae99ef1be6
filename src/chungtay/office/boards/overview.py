"""A place above the standard's level at a glance, and one criterion across the places below it."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

from chungtay.figures.board_views import CriterionTally, Group, Tally
from chungtay.figures.boards import Survey
from chungtay.figures.stated import stated_below
from chungtay.office.answers import Visit, for_officers
from chungtay.office.boards import present
from chungtay.office.boards.asking import Asked, ask, criterion_named, frame
from chungtay.office.boards.sheets import Cell, Sheet, download
from chungtay.recognition.titles import queries as recognition
from chungtay.ui.charts import Shares, spread_chart, spread_table
from chungtay.ui.charts import figure as drawn
from chungtay.ui.verdicts import KINDS, shape
from rulebook import StatedGrade


@for_officers
def overview(visit: Visit, place_id: int, form: str = "") -> HttpResponse:
    """Where the places below stand: in one sentence, three facts apart, criterion by criterion, place by place."""
    asked = ask(visit, place_id)
    found = asked.survey()
    tally, groups = found.tally, found.groups
    title = _("Tổng quan")
    if form:
        return download(asked, tally.fresh, _sheet(asked, title, found), form)
    shares = [present.group_shares(group, asked) for group in groups]
    across = _("Số tiêu chí đạt")
    spread = _("Bao nhiêu nơi đạt bao nhiêu tiêu chí")
    context: dict[str, Any] = {
        "sentence": present.standing_sentence(tally, asked),
        "tally": tally,
        "shares": present.shares_of(tally),
        "links": present.links(asked),
        "told": _told(asked, found),
        "rates": [
            {
                "name": f"{each.number}. {each.name.in_(asked.language)}",
                "href": asked.address("criterion", key={"number": each.number}),
                "rate": present.percent(each.holding, each.holding + each.not_met),
                "shares": present.shares_of(each),
                "links": present.links(asked, {"tieu-chi": each.number}),
            }
            for each in tally.criteria
        ],
        "spread": drawn(
            spread,
            spread_chart(tally.holding, spread, across),
            spread_table(tally.holding, spread, across, lambda k: asked.listed(more={"giu": k})),
        )
        if any(each.holding or each.not_met for each in tally.criteria)  # else the unknown would look like 0
        else "",
        "files": asked.files("overview"),
    }
    return visit.page(
        "office/boards/overview.html",
        frame(asked, tally.fresh, "overview", **context, **_below(groups, shares, asked)),
    )


@for_officers
def criterion(visit: Visit, place_id: int, number: str, form: str = "") -> HttpResponse:
    """One criterion across the places below: how many meet it, and where."""
    asked = ask(visit, place_id)
    name = criterion_named(asked, number)
    found = asked.survey()
    tally, groups = found.tally, found.groups
    whole = next(each for each in tally.criteria if each.number == number)
    shares = [present.criterion_shares(group, number) for group in groups]
    if form:
        rows: list[list[Cell]] = [
            [group.place.full_name, *counts] for group, counts in zip(groups, shares, strict=True)
        ]
        columns = [_("Nơi"), *(shape(kind).word for kind in KINDS)]
        total: list[Cell] = [_("Tất cả"), *present.shares_of(whole)]
        return download(asked, tally.fresh, Sheet(f"tieu-chi-{number}", name, columns, [total, *rows]), form)
    numbers = [each.number for each in asked.law.standard.criteria]
    here = numbers.index(number)
    context = {
        "name": name,
        "number": number,
        "shares": present.shares_of(whole),
        "rate": present.percent(whole.holding, whole.holding + whole.not_met),
        "known": whole.holding + whole.not_met,
        "links": present.links(asked, {"tieu-chi": number}),
        "before": _beside(asked, numbers[here - 1]) if here else None,
        "after": _beside(asked, numbers[here + 1]) if here + 1 < len(numbers) else None,
        "files": asked.files("criterion", key={"number": number}),
        "is_middle": present.has_middle_level(groups, asked),
    }
    below = _below(groups, shares, asked) if context["is_middle"] else {}
    return visit.page("office/boards/criterion.html", frame(asked, tally.fresh, "", **context, **below))


def _beside(asked: Asked, number: str) -> dict[str, str]:
    return {"number": number, "href": asked.address("criterion", key={"number": number})}


def _told(asked: Asked, found: Survey) -> dict[str, Any]:
    """What is recognised and what was stated: two facts beside the measured one, each with where its places are."""
    titled = recognition.titled(asked.place, asked.code, on=asked.on)
    stated = stated_below(
        asked.place,
        asked.code,
        on=asked.on,
        criteria=len(asked.law.standard.criteria),
        sieve=found.sieve,
    )
    counted = {place.id for place in found.places}
    titled, stated = titled & counted, {key: grade for key, grade in stated.items() if key in counted}
    grades = list(stated.values())
    return {
        "titled": len(titled),
        "titled_href": asked.listed(more={"danh-hieu": "co"}),
        "stated": len(stated),
        "stated_met": grades.count(StatedGrade.MET),
        "stated_basically": grades.count(StatedGrade.BASICALLY_MET),
        "stated_not_met": grades.count(StatedGrade.NOT_MET),
        "stated_hrefs": {grade.value: asked.listed(more={"cong-bo": grade.value}) for grade in StatedGrade},
    }


def _below(groups: Sequence[Group], shares: Sequence[Shares], asked: Asked) -> dict[str, Any]:
    return {
        "multiples": present.multiples(groups, shares, asked),
        "ranks": present.rank_rows(groups, shares, asked),
        "ranking_notes": present.ranking_notes(groups, asked),
        "what": asked.noun if present.has_middle_level(groups, asked) else _("Tiêu chí"),
    }


def _sheet(asked: Asked, title: str, found: Survey) -> Sheet:
    """The whole, each criterion, each place below: the rows of the screen from top to bottom."""
    kinds = [shape(kind).word for kind in KINDS]
    columns = [_("Mục"), *kinds, _("Đạt trong số đã biết (%)"), _("Chưa biết (%)")]
    rows: list[list[Cell]] = [_row(_("Cả bộ tiêu chí"), found.tally)]
    rows += [_row(f"{each.number}. {each.name.in_(asked.language)}", each) for each in found.tally.criteria]
    for group in found.groups:
        rows.append(_counted(group.place.full_name, present.group_shares(group, asked)))
    told = _told(asked, found)
    about = [
        (_("Được công nhận"), str(told["titled"])),
        (_("Theo công bố: đạt"), str(told["stated_met"])),
        (_("Theo công bố: cơ bản đạt"), str(told["stated_basically"])),
        (_("Theo công bố: chưa đạt"), str(told["stated_not_met"])),
    ]
    return Sheet("tong-quan", title, columns, rows, about)


def _row(name: str, counted: Tally | CriterionTally) -> list[Cell]:
    return _counted(name, present.shares_of(counted))


def _counted(name: str, counts: Shares) -> list[Cell]:
    standing = present.standing_of(0, counts)
    share = None if standing.share is None else standing.share * 100
    return [name, *counts, share, standing.unknown_share * 100 if standing.total else None]
