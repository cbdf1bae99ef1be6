"""Money, labour and land from the ledger: sums of the years touched, and what papers tell of days within the story.

What a paper tells stands with its “hơn” and “khoảng” unless the records come to more. Sums of years, for the ledger
counts by year. Nobody's name: only totals are asked. Four queries.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final

from chungtay.ledger import queries as ledger
from chungtay.ledger.kinds import LABOUR_DAY, SQUARE_METRE
from chungtay.ledger.queries import LineView, Source, ToldTotalView, Totals
from chungtay.reports.stories.facts import DONG, Fact, Record, Span, Subject, Text, Unit, both, weakest
from rulebook import Mark

_DAYS: Final = Unit("ngày công", "days of labour", "day of labour")
_LAND: Final = Unit("m² đất", "m² of land")


@dataclass(frozen=True)
class Asked:
    """One line of the reports. unit: đồng, or what labour and land are counted in."""

    code: str
    line: str
    label: Text
    unit: Unit = DONG


ASKED: Final = (
    Asked("money", "all", Text("Tổng huy động", "Resources in all")),
    Asked("money_people", "people", Text("Người dân đóng góp", "Given by the people")),
    Asked("money_state", "state", Text("Vốn Nhà nước", "State money")),
    Asked("money_enterprise", "enterprise", Text("Doanh nghiệp", "Enterprises")),
    Asked(
        "money_social",
        "people_enterprises_credit",
        Text("Người dân, doanh nghiệp và tín dụng", "People, enterprises and credit"),
    ),
    Asked("money_credit", "credit", Text("Vốn tín dụng", "Credit")),
    Asked("money_cash", "people_cash", Text("Tiền mặt dân góp", "Cash given by the people")),
    Asked("labour", "people_labour", Text("Ngày công dân góp", "Days of labour given"), _DAYS),
    Asked("land", "people_land", Text("Đất dân hiến", "Land given"), _LAND),
)
_LABELS: Final = {each.line: each.label for each in ASKED}
_UNSPLIT: Final = (Source.SOCIAL_UNSPLIT, Source.UNTOLD)


def facts_of_money(place_id: int, span: Span) -> list[Fact]:
    """One fact a line, then what came from no source anybody told, and what labour and land are worth."""
    every = ledger.totals(place_id)
    years = [year for year in every.years if span.touches(year)]
    books = _Books(
        place_id,
        every,
        {each.line.code: each for each in ledger.report(place_id, years=years)[0]} if years else {},
        tuple(each for each in ledger.told_totals(place_id) if _is_within(span, each)),
        years,
    )
    facts = [_as_sure_as_its_parts(books, _fact(books, each)) for each in ASKED if _is_asked(books, each)]
    return [*facts, _untold(books), *(_worth(books, *each) for each in _WORTHS)]


def _is_asked(books: "_Books", asked: Asked) -> bool:
    """The sum of people, enterprises and credit is asked only where something is told of all three together."""
    line = books.lines.get(asked.line)
    if asked.code != "money_social":
        return True
    return line is not None and (
        bool(line.told) or any(p.source is Source.SOCIAL_UNSPLIT for p in line.parts)
    )


@dataclass(frozen=True)
class _Books:
    """What was read of the ledger. years: those of the story with any entry."""

    place_id: int
    every: Totals
    lines: Mapping[str, LineView]
    told: tuple[ToldTotalView, ...]
    years: Sequence[int]

    @property
    def span(self) -> Span:
        return Span.years(self.years[0], self.years[-1])

    def mark(self, line: LineView) -> Mark | None:
        """The weakest mark among what a line sums."""
        return weakest(
            {
                Mark(cell.mark)
                for cell in self.every.cells
                if cell.year in self.years and line.line.holds(cell.source, cell.kind) and any(cell.sums)
            }
        )

    def entries(self, line: LineView | None) -> tuple[Record, ...]:
        """Where the entries of each source of a line are listed."""
        return (
            tuple(self.of_source(part.source, part.reconstructed_dong) for part in line.parts) if line else ()
        )

    def of_source(self, source: Source, reconstructed_dong: int) -> Record:
        words = both(source.label)
        told = Text(f"Các khoản trong sổ: {words.vi}", f"Entries of the ledger: {words.en}")
        return Record("entries", source.value, told, Mark.RECONSTRUCTED if reconstructed_dong else None)


def _is_within(span: Span, told: ToldTotalView) -> bool:
    return not told.is_withdrawn and span.holds_all(told.told.from_day, told.told.until)


def _fact(books: _Books, asked: Asked) -> Fact:
    line = books.lines.get(asked.line)
    blank = Fact(asked.code, Subject.TOGETHER, asked.label, _asked(asked.label), unit=asked.unit)
    summed = _amount(line, asked)
    papers = [each for each in books.told if each.line.code == asked.line]
    widest = max(papers, key=lambda each: (each.told.until, -each.told.from_day.toordinal()), default=None)
    records = (*(_paper(each, asked) for each in papers), *books.entries(line))
    if widest is not None and (summed is None or widest.told.amount >= summed):
        return replace(
            blank,
            value=widest.told.amount,
            qualifier=widest.told.qualifier,
            mark=Mark.TOLD,
            as_of=Span(widest.told.from_day, widest.told.until),
            records=records,
        )
    if line is None or summed is None:
        return blank
    return replace(blank, value=summed, mark=books.mark(line), as_of=books.span, records=records)


def _amount(line: LineView | None, asked: Asked) -> Decimal | None:
    """The sum of a line's entries; None where there are none, or nobody knows what they are worth."""
    if line is None or not line.sums.entries:
        return None
    if asked.unit is _DAYS:
        return LABOUR_DAY.amount(line.sums.quantity)
    if asked.unit is _LAND:
        return SQUARE_METRE.amount(line.sums.quantity)
    return None if line.sums.is_unknown else Decimal(line.sums.value_dong)


def _as_sure_as_its_parts(books: _Books, fact: Fact) -> Fact:
    """A sum no paper tells is no surer than what it is made of, and misses what was told unsplit or has no value."""
    line = books.lines.get(next(each.line for each in ASKED if each.code == fact.code))
    if fact.value is None or line is None or fact.mark is Mark.TOLD:
        return fact
    rebuilt = (
        "about" if fact.mark is Mark.RECONSTRUCTED else ""
    )  # made to carry a total told below, with its “hơn”
    if fact.unit is not DONG:
        return replace(fact, qualifier=rebuilt)
    within = {each.told.qualifier for each in books.told if set(each.line.sources) <= set(line.line.sources)}
    if within & {"about", "under"}:
        return replace(fact, qualifier="about")
    whole = books.lines.get("all", line)
    misses = line.sums.unvalued or (
        fact.code == "money_people" and any(p.source in _UNSPLIT for p in whole.parts)
    )
    return replace(fact, qualifier="at_least" if misses else rebuilt)


def _untold(books: _Books) -> Fact:
    """What the papers tell of no source: the rest of a total told whole."""
    label = Text("Từ nguồn tài liệu không kể", "From sources the papers do not tell")
    blank = Fact("money_untold", Subject.TOGETHER, label, _asked(ASKED[0].label), unit=DONG)
    whole = books.lines.get("all")
    part = next((each for each in whole.parts if each.source is Source.UNTOLD), None) if whole else None
    if part is None or not part.sums.value_dong:
        return blank
    mark = Mark.RECONSTRUCTED if part.reconstructed_dong else Mark.MEASURED
    record = books.of_source(Source.UNTOLD, part.reconstructed_dong)
    return replace(blank, value=part.sums.value_dong, mark=mark, as_of=books.span, records=(record,))


_WORTHS: Final = (
    (
        "labour_worth",
        "people_labour",
        Text("Giá trị quy đổi của ngày công", "What the days of labour are worth"),
    ),
    ("land_worth", "people_land", Text("Giá trị quy đổi của đất hiến", "What the land given is worth")),
)


def _worth(books: _Books, code: str, asked: str, label: Text) -> Fact:
    line = books.lines.get(asked)
    blank = Fact(code, Subject.TOGETHER, label, _asked(_LABELS[asked]), unit=DONG)
    if line is None or not line.sums.entries or line.sums.is_unknown:
        return blank
    return replace(
        blank,
        value=line.sums.value_dong,
        qualifier="at_least" if line.sums.unvalued else "",
        mark=books.mark(line),
        as_of=books.span,
        records=books.entries(line),
    )


def _paper(told: ToldTotalView, asked: Asked) -> Record:
    label = Text(f"Tổng theo tài liệu: {asked.label.vi}", f"Total told by a paper: {asked.label.en}")
    return Record("told", str(told.uid), label, Mark.TOLD, told.told.paper)


def _asked(line: Text) -> Text:
    return Text(
        f"Dòng “{line.vi}” của báo cáo nguồn lực, cộng theo năm trọn; tổng theo tài liệu nằm trong thời gian của bài "
        "được giữ nguyên chữ “hơn”, “khoảng”, trừ khi sổ cộng được nhiều hơn.",
        f"The line “{line.en}” of the report on resources, summed over whole years; a total told by a paper, of days "
        "within the story, keeps its “over” or “about”, unless the records come to more.",
    )
