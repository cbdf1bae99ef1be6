"""The places below through the years: how many meet the standard, criterion by criterion, and where the law changed."""

from datetime import date

from django.http import HttpResponse
from django.utils.translation import gettext as _

from chungtay.figures import rollups
from chungtay.figures.board_views import Freshness, Tally
from chungtay.office.answers import Visit, for_officers
from chungtay.office.boards import present
from chungtay.office.boards.asking import Asked, ask, frame
from chungtay.office.boards.sheets import Cell, Sheet, download
from chungtay.standards import queries as standards
from chungtay.ui.charts import YearShare, law_changes, years_chart, years_table
from chungtay.ui.charts import figure as drawn
from chungtay.ui.tables import Multiple
from chungtay.ui.verdicts import KINDS, shape


@for_officers
def trend(visit: Visit, place_id: int, form: str = "") -> HttpResponse:
    """Year by year to the day asked for; a year judged by another text than the one before says so."""
    asked = ask(visit, place_id)
    years = rollups.trend(place_id, asked.code, until=asked.on, filters=asked.filters)
    fresh = years[-1][1].fresh if years else Freshness(visit.now)
    title = _("Số nơi đạt qua các năm")
    rows = [_year(year, tally, law) for (year, tally), law in zip(years, _laws(asked, years), strict=True)]
    if form:
        return download(asked, fresh, _sheet(asked, title, years, rows), form)
    return visit.page(
        "office/boards/trend.html",
        frame(
            asked,
            fresh,
            "trend",
            years=years,
            chart=drawn(title, years_chart(rows, title), years_table(rows, title)) if years else "",
            changed=[
                {"year": year, "law": row.law}
                for year in law_changes(rows)
                for row in rows
                if row.year == year
            ],
            multiples=_multiples(asked, years),
            legend=KINDS,
            files=asked.files("trend"),
        ),
    )


Years = tuple[tuple[int, Tally], ...]


def _laws(asked: Asked, years: Years) -> list[str]:
    """The version that each year was judged by, as the last day of the year has it."""
    ends = [min(date(year, 12, 31), asked.on) for year, _tally in years]
    return [standards.adopted(asked.code, on=end, among=asked.versions).view.label for end in ends]


def _year(year: int, tally: Tally, law: str) -> YearShare:
    return YearShare(year, tally.met + tally.excused, tally.unknown, tally.places, law)


def _multiples(asked: Asked, years: Years) -> list[Multiple]:
    """One small picture a criterion: a column a year."""
    found: list[Multiple] = []
    if not years:
        return found
    for n, each in enumerate(years[-1][1].criteria):
        columns = [
            (year, present.shares_of(tally.criteria[n])) for year, tally in years if n < len(tally.criteria)
        ]
        name = f"{each.number}. {each.name.in_(asked.language)}"
        href = asked.address("criterion", key={"number": each.number})
        found.append(Multiple(name, href, *present.headline(present.shares_of(each)), years=columns))
    return found


def _sheet(asked: Asked, title: str, years: Years, rows: list[YearShare]) -> Sheet:
    columns = [_("Năm"), _("Xét theo"), _("Mục"), *(shape(kind).word for kind in KINDS)]
    body: list[list[Cell]] = []
    for (year, tally), row in zip(years, rows, strict=True):
        body.append([year, row.law, _("Cả bộ tiêu chí"), *present.shares_of(tally)])
        body += [
            [year, row.law, f"{each.number}. {each.name.in_(asked.language)}", *present.shares_of(each)]
            for each in tally.criteria
        ]
    return Sheet("qua-cac-nam", title, columns, body)
