"""The lists of a year and ranks as papers tell them: what is to be built or recognised, which is not recognition."""

from typing import Final

from chungtay.recognition.dossiers import queries as dossiers
from chungtay.recognition.dossiers.queries import RegistrationView
from chungtay.recognition.titles import queries as titles
from chungtay.recognition.titles.firsts import told_ranks
from chungtay.reports.stories.facts import Fact, Record, Span, Subject, Text, Unit, Year, weakest
from chungtay.reports.stories.from_titles import title_words
from chungtay.territory.queries import PlaceView
from rulebook import Mark

_ASKED: Final = Text(
    "Danh sách đăng ký xây dựng, công nhận của các năm trong bài. Có tên trong danh sách chưa phải là được công nhận.",
    "The lists of the story's years of what is to be built or recognised. Being listed is not being recognised.",
)
_ASKED_RANK: Final = Text(
    "Thứ hạng như tài liệu kể, khi danh hiệu của thứ hạng đó đã có trong sổ đến ngày cuối; hệ thống không tự tính.",
    "Ranks as papers tell them, once a title they speak of is on record by the last day; nothing is counted here.",
)


def facts_of_lists(place: PlaceView, span: Span) -> list[Fact]:
    """The place's own listings, how many below it are listed without a title, told ranks. Bounded queries."""
    assert span.last is not None
    rows = [row for row in dossiers.registrations(place.id) if span.touches(row.year)]
    own = [row for row in rows if row.place_id == place.id]
    found = [fact for row in own for fact in _listing(row, title_words(place, row.standard_code, span.last))]
    if not own:
        found = [Fact("listing", Subject.TOGETHER, _LISTED, _ASKED)]
    if place.level not in ("hamlet", "area"):
        found.append(_to_build([row for row in rows if row.place_id != place.id], span))
    return found + _ranks(place.id, span)


_LISTED: Final = Text("Được chọn, đăng ký xây dựng", "Chosen, listed to be built")


def _listing(row: RegistrationView, words: Text | None) -> list[Fact]:
    stem = f"listing-{row.id}"
    name = Text(row.title, words.en if words is not None else row.title)
    record = Record("listing", f"{row.place_id}/{row.year}", name, row.mark, row.source)
    parts = (
        ("name", _LISTED, name),
        ("year", Text(f"Năm đăng ký ({row.title})", f"Year listed ({name.en})"), Year(row.year)),
        ("due", Text(f"Hạn hoàn thành ({row.title})", f"To be completed by ({name.en})"), row.due_on),
    )
    return [
        Fact(
            f"{stem}-{part}",
            Subject.TOGETHER,
            label,
            _ASKED,
            value,
            mark=row.mark if value is not None else None,
            records=(record,) if value is not None else (),
            stem=stem,
        )
        for part, label, value in parts
    ]


def _to_build(rows: list[RegistrationView], span: Span) -> Fact:
    """How many places below are on a list and hold no title of that kind by the last day."""
    assert span.last is not None
    given = {
        (view.place_id, view.standard_code)
        for view in titles.titles_of({r.place_id for r in rows}, by=span.last)
    }
    waiting = [row for row in rows if (row.place_id, row.standard_code) not in given]
    label = Text("Địa bàn trong danh sách sẽ xây dựng", "Places listed to be built")
    unit = Unit("địa bàn", "places", "place")
    if not waiting:
        return Fact("to_build", Subject.NEXT, label, _ASKED, unit=unit)
    records = tuple(
        Record(
            "listing",
            f"{row.place_id}/{row.year}",
            Text(row.place_name, row.place_name),
            row.mark,
            row.source,
        )
        for row in waiting
    )
    number = len({row.place_id for row in waiting})
    marks = weakest({row.mark for row in waiting})
    return Fact("to_build", Subject.NEXT, label, _ASKED, number, unit, mark=marks, records=records)


def _ranks(place_id: int, span: Span) -> list[Fact]:
    label = Text("Thứ hạng theo tài liệu", "Rank, as papers tell")
    assert span.last is not None
    given = {view.standard_code for view in titles.given_under(place_id, by=span.last)}
    told = [row for row in told_ranks(place_id) if not row.standards or given & set(row.standards)]
    if not told:
        return [Fact("rank", Subject.RECOGNISED, label, _ASKED_RANK)]
    return [
        Fact(
            f"rank-{row.id}-words",
            Subject.RECOGNISED,
            label,
            _ASKED_RANK,
            row.words,
            mark=Mark.TOLD,
            records=(
                Record("rank", str(place_id), Text(row.root_name, row.root_name), Mark.TOLD, row.source),
            ),
            stem=f"rank-{row.id}",
        )
        for row in told
    ]
