"""What was recognised, what is stated, what is met by figures: three facts that are never mixed.

Every standard that can judge the place is asked; those of which nothing is known are left out.
"""

from dataclasses import replace
from datetime import date
from typing import Final

from chungtay.core.refusals import NotFound
from chungtay.figures import queries as figures
from chungtay.figures.queries import Judged
from chungtay.recognition.titles import queries as recognition
from chungtay.recognition.titles.queries import EventView, Held, State
from chungtay.reports.stories.facts import Fact, Of, Record, Span, Subject, Text, Unit, Year, weakest
from chungtay.standards import queries as standards
from chungtay.standards.queries import VersionView
from chungtay.territory import queries as territory
from chungtay.territory.queries import PlaceView
from rulebook import Finding, Mark, Verdict
from rulebook.printing import STATED_WORDS

_CRITERIA: Final = Unit("tiêu chí", "criteria", "criterion")
_BELOW: Final = (
    (
        "below_communes",
        "commune",
        "xa-ntm-20",
        Text("Xã có danh hiệu nông thôn mới", "Communes holding the title"),
    ),
    (
        "below_advanced",
        "commune",
        "xa-ntm-nang-cao-",
        Text("Xã có danh hiệu nâng cao", "Communes holding the advanced title"),
    ),
    (
        "below_areas",
        "",
        "",
        Text("Thôn, khu dân cư kiểu mẫu có danh hiệu", "Model hamlets and areas holding a title"),
    ),
)


def facts_of_recognition(place: PlaceView, on: date) -> list[Fact]:
    """Titles held by the last day, every standard with its counts, and titles of the places below a higher place."""
    above = territory.ancestors(place.id, on)
    codes = frozenset(each.code for each in above) | {place.code}
    fitting = standards.for_place(place.level, codes)
    history = recognition.history(place.id, on=on)
    titles = [each for each in history if place.id in (each.title.place_id, *each.holders)]
    names = {each.title.standard_code: title_words(place, each.title.standard_code, on) for each in titles}
    found = [fact for each in titles for fact in _title(each, names, on)] or [_no_title()]
    held = {each.title.standard_code for each in titles if each.state.is_held}
    for view in fitting:
        found += _standard(place, view, on, is_held=view.code in held)
    if place.level in ("district", "province"):
        levels = {view.code: view.level for view in standards.versions()}
        under = recognition.standing(recognition.given_under(place.id, by=on), on=on)
        found += [_below(place, under, levels, on, *each) for each in _BELOW]
    return found


def title_words(place: PlaceView, code: str, on: date) -> Text | None:
    """What a title of a standard is called; None where that standard was never adopted."""
    try:
        return standards.adopted_at(place, code, on=on).standard.title
    except NotFound:
        return None


# ── Titles ────────────────────────────────────────────────────────────────────


_ASKED_TITLE: Final = Text(
    "Danh hiệu trong sổ công nhận, quyết định hoặc lễ công bố không muộn hơn ngày cuối của bài.",
    "Titles on record, decided or announced by the story's last day.",
)


def _no_title() -> Fact:
    return Fact(
        "title", Subject.RECOGNISED, Text("Danh hiệu được công nhận", "Titles recognised"), _ASKED_TITLE
    )


def _title(held: Held, names: dict[str, Text | None], on: date) -> list[Fact]:
    title = held.title
    stem = f"title-{title.id}"
    words = names[title.standard_code]
    english = words.en if words is not None else title.title
    record = Record(
        "title", f"{title.place_id}/{on.isoformat()}", Text(title.title, english), title.mark, title.source
    )
    parts = (
        ("name", Text("Danh hiệu", "Title"), Text(title.title, english)),
        ("year", Text("Năm công nhận", "Year recognised"), Year(title.year)),
        ("by", Text("Cấp công nhận", "Recognised by"), title.decided_by or None),
        ("number", Text("Số quyết định công nhận", "Number of the decision"), title.decision_number or None),
        ("day", Text("Ngày quyết định công nhận", "Day of the decision"), title.decided_on),
        ("ceremony", Text("Ngày công bố", "Day of the ceremony"), title.ceremony_on),
    )
    found = [
        Fact(
            f"{stem}-{part}",
            Subject.RECOGNISED,
            Text(f"{label.vi} ({title.title})", f"{label.en} ({english})") if part != "name" else label,
            _ASKED_TITLE,
            value,
            mark=title.mark if value is not None else None,
            records=(record,) if value is not None else (),
            stem=stem,
        )
        for part, label, value in parts
    ]
    return found + _became(held, stem, Text(title.title, english))


_ENDED: Final = {
    State.WITHDRAWN: Text("đã bị thu hồi", "was withdrawn"),
    State.GIVEN_UP: Text("đã được trả lại", "was given up"),
}


def _became(held: Held, stem: str, name: Text) -> list[Fact]:
    """What became of a title: of whom it was taken over, and that it is no longer in force."""
    found: list[tuple[str, Text, Text | str, EventView]] = []
    if held.carried:
        label = Text(f"Danh hiệu thừa nhận của ({name.vi})", f"Title taken over from ({name.en})")
        found.append((f"{stem}-of", label, held.of, held.carried[-1]))
    if held.ended:
        label = Text(f"Danh hiệu không còn hiệu lực ({name.vi})", f"Title no longer in force ({name.en})")
        found.append((f"{stem}-ended", label, _ENDED[held.state], held.ended))
    return [
        Fact(
            code,
            Subject.RECOGNISED,
            label,
            _ASKED_TITLE,
            value,
            mark=by.mark,
            as_of=Span.day(by.on),
            records=(Record("title", f"{by.place_id}/{by.on.isoformat()}", label, by.mark, by.source),),
            stem=stem,
        )
        for code, label, value, by in found
    ]


# ── Standards ─────────────────────────────────────────────────────────────────


def _standard(place: PlaceView, view: VersionView, on: date, *, is_held: bool) -> list[Fact]:
    """How a place stands by one standard; nothing where neither figures nor papers say anything of it."""
    judged = figures.judge_place(place, view.code, on=on)
    measured, stated, whole = judged.counts, judged.stated, judged.finding.stated
    is_known = bool(measured.holding or measured.not_met)
    is_stated = stated.silent < stated.total
    if not (is_known or is_stated or whole or is_held):
        return []
    stem = f"standard-{view.code}"
    name = judged.standard.name
    told = Text(f"{name.vi} (bộ mẫu)", f"{name.en} (sample set)") if judged.version.sample else name
    asked = Text(
        f"Xét bộ “{name.vi}” bằng số liệu đến ngày cuối của bài; kết quả công bố đứng riêng.",
        f"The set “{name.en}” judged with the figures to the story's last day; what is stated stands apart.",
    )
    why = Record("judged", f"{view.code}/{on.isoformat()}", name)

    def fact(part: str, label: Text) -> Fact:
        full = Text(f"{label.vi} ({name.vi})", f"{label.en} ({name.en})")
        return Fact(f"{stem}-{part}", Subject.RECOGNISED, full, asked, unit=_CRITERIA, stem=stem)

    met = fact("met", Text("Tiêu chí đạt theo số liệu", "Criteria met by figures"))
    unknown = fact("unknown", Text("Tiêu chí chưa đủ số liệu", "Criteria without figures enough"))
    if is_known:
        marks = weakest(_marks_of(judged))
        met = replace(
            met, value=Of(measured.holding, measured.total), mark=marks, as_of=Span.day(on), records=(why,)
        )
    else:
        met = replace(met, records=(why,))
    unknown = replace(unknown, value=measured.unknown, as_of=Span.day(on), records=(why,))
    title = replace(fact("name", name), label=Text("Bộ tiêu chí", "Standard"), value=told, records=(why,))
    return [
        title,
        met,
        *([unknown] if measured.unknown else []),
        *(
            _stated_counts(
                judged, fact("stated", Text("Tiêu chí công bố đạt", "Criteria stated as met")), why
            )
        ),
        *(
            [
                _stated_whole(
                    judged.finding, fact("whole", Text("Công bố hoàn thành", "Stated as completed")), why
                )
            ]
            if whole
            else []
        ),
    ]


def _marks_of(judged: Judged) -> set[Mark]:
    """The marks of the figures by which criteria are met."""
    met = [each for each in judged.finding.criteria if each.verdict is Verdict.MET]
    return {Mark(leaf.mark) for each in met for leaf in each.walk() if leaf.mark}


def _stated_counts(judged: Judged, blank: Fact, why: Record) -> list[Fact]:
    """What was stated of the criteria by the last day, and at the first day of which anything was stated."""
    if judged.stated.silent == judged.stated.total:
        return []
    said = [each for each in judged.finding.criteria if each.stated]
    days = {date.fromisoformat(each.stated_on) for each in said}
    now = judged.stated
    source = "; ".join(sorted({each.stated_source for each in said if each.stated_source}))
    found = [
        replace(
            blank,
            value=Of(now.met, now.total, now.basically),
            mark=weakest({Mark(each.stated_mark) for each in said if each.stated_mark}),
            as_of=Span.day(max(days)),
            records=(replace(why, mark=None, source=source),),
        )
    ]
    first = next((each for each in figures.progress(judged) if each.stated.silent < each.stated.total), None)
    if first is not None and first.on < max(days):
        was = figures.judge_place(judged.place, judged.version.code, on=first.on)
        told = [each for each in was.finding.criteria if each.stated]
        found.append(
            replace(
                blank,
                code=f"{blank.code}_first",
                label=Text(f"{blank.label.vi}, lần đầu", f"{blank.label.en}, at first"),
                value=Of(first.stated.met, first.stated.total, first.stated.basically),
                mark=weakest({Mark(each.stated_mark) for each in told if each.stated_mark}),
                as_of=Span.day(first.on),
                records=(
                    Record(
                        "judged",
                        f"{judged.version.code}/{first.on.isoformat()}",
                        why.words,
                        source="; ".join(sorted({each.stated_source for each in told if each.stated_source})),
                    ),
                ),
            )
        )
    return found


def _stated_whole(finding: Finding, blank: Fact, why: Record) -> Fact:
    mark = Mark(finding.stated_mark) if finding.stated_mark else None
    return replace(
        blank,
        value=STATED_WORDS[finding.stated],
        mark=mark,
        as_of=Span.day(date.fromisoformat(finding.stated_on)),
        records=(replace(why, mark=mark, source=finding.stated_source),),
    )


# ── Titles below ──────────────────────────────────────────────────────────────


def _below(
    place: PlaceView,
    under: list[Held],
    levels: dict[str, str],
    on: date,
    code: str,
    level: str,
    begins: str,
    label: Text,
) -> Fact:
    """How many places below hold a title on record. None on record is not none held: then nobody knows."""
    wanted = (level,) if level else ("hamlet", "area")
    held = [
        each
        for each in under
        if each.title.standard_code.startswith(begins) and levels.get(each.title.standard_code) in wanted
    ]
    holders = {holder for each in held for holder in each.holders}
    asked = Text(
        "Địa bàn bên dưới có danh hiệu trong sổ công nhận đến ngày cuối của bài; sổ trống thì là chưa biết.",
        "Places below that hold a title on record by the story's last day; with nothing on record it is not known.",
    )
    unit = (
        Unit("xã", "communes", "commune")
        if level
        else Unit("thôn, khu dân cư", "hamlets and areas", "hamlet or area")
    )
    fact = Fact(code, Subject.RECOGNISED, label, asked, unit=unit)
    if not holders:
        return fact
    record = Record("titles_below", f"{place.id}/{on.isoformat()}", label)
    mark = weakest({each.title.mark for each in held if each.holders})
    return replace(
        fact, value=len(holders), qualifier="at_least", mark=mark, as_of=Span.day(on), records=(record,)
    )
