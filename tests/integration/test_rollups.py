"""Boards and tallies say of every place what `judge_place` says of it, one by one."""

import random
import re
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from chungtay.core.actors import SystemActor
from chungtay.core.refusals import NotFound, Refusal
from chungtay.figures import actions as figures
from chungtay.figures.actions import Entry
from chungtay.figures.board_views import Board, Filters, Tally
from chungtay.figures.boards import board, survey
from chungtay.figures.children import with_children
from chungtay.figures.comparing import changes, compare_standards
from chungtay.figures.judgements import facts_of, judge_place
from chungtay.figures.measure_boards import measure_board
from chungtay.figures.rollups import groups, tally, trend
from chungtay.figures.ruling_rows import RulingVerdict
from chungtay.figures.rulings import with_rulings
from chungtay.standards import queries as standards
from chungtay.territory import actions as territory_deeds
from chungtay.territory import queries as territory
from rulebook import Kind, Measure, Period, Share, Text, Value, Verdict, judge
from rulebook.rules import Children, Compare, Fixed, Op, Ruling

SYSTEM = SystemActor(label="Người dựng thử")
DAYS = [date(2023, 5, 24), date(2023, 12, 31), date(2025, 12, 31), date(2026, 3, 1)]
AT = datetime.fromisoformat("2026-03-01T09:00:00+07:00")


def province(code: str) -> int:
    return territory.resolve(f"mã:{code}", day=date(2026, 3, 1)).id


def nation() -> int:
    return territory.ancestors(province("19"), date(2026, 3, 1))[0].id


WHOLES = set(re.findall(r"than: (\w+)", (Path(settings.LAW_DIR) / "checks.yaml").read_text(encoding="utf-8")))


def figure_for(measure: Measure, chance: random.Random) -> Value:
    if measure.kind is Kind.FLAG:
        return chance.random() < 0.7
    if measure.kind is Kind.GRADE:
        return chance.choice(measure.grades).code
    if measure.kind is Kind.PERCENT and chance.random() < 0.4:
        return Share(chance.randint(50, 100), 100)
    if measure.code in WHOLES:  # no part is above its whole, or the checks refuse it
        return Decimal(chance.randint(200, 300) if measure.code == "population" else chance.randint(100, 200))
    return Decimal(chance.randint(0, 100))


def fill(level: str, code: str, chance: random.Random, *, places: int = 12) -> None:
    """Figures of some places of a level in both provinces, of what the standard asks, with holes."""
    standard = standards.adopted(code).standard
    asked = {m.code: m for indicator in standard.indicators for m in indicator.measures}
    day = date(2023, 6, 1)
    ids = [i for p in ("19", "20") for i in territory.subtree_ids(old(p), day, level=level)]
    for place in chance.sample(sorted(ids), min(places, len(ids))):
        entries = [
            Entry(measure.code, figure_for(measure, chance), period, part)
            for measure in asked.values()
            for part in measure.parts
            for period in chance.sample(
                [Period.year(2022), Period.year(2023), Period.day(date(2023, 4, 1))], chance.randint(0, 2)
            )
        ]
        figures.record(by=SYSTEM, at=AT, place_id=place, entries=entries)


def old(code: str) -> int:
    """The province as it was before 2025: it may be another place of the same code."""
    return territory.resolve(f"mã:{code}", day=date(2023, 6, 1)).id


def assert_rows_are_judged_one_by_one(found: Board) -> None:
    below = territory.subtree_ids(found.root.id, found.on, level=found.level)
    assert sorted(row.place.id for row in found.rows) == sorted(below)
    told = [row for row in found.rows if {*row.criteria} != {Verdict.UNKNOWN}]
    others = random.Random(len(found.rows)).sample(found.rows, min(25, len(found.rows)))
    for row in [*told, *others]:
        judged = judge_place(row.place.id, found.code, on=found.on)
        assert row.version == judged.version
        assert row.verdict == judged.finding.verdict
        assert dict(zip([n for n, _ in found.criteria], row.criteria, strict=True)) == {
            criterion.code: criterion.verdict for criterion in judged.finding.criteria
        }
        assert row.counts == judged.counts
        assert row.place == judged.place


def assert_counts_what_stands_on(found: Tally, rows: list[Any], criteria: int) -> None:
    by_verdict = Counter(row.verdict for row in rows)
    assert found.places == len(rows)
    assert (found.met, found.not_met, found.unknown, found.excused) == tuple(
        by_verdict[v] for v in (Verdict.MET, Verdict.NOT_MET, Verdict.UNKNOWN, Verdict.EXCUSED)
    )
    assert found.holding == tuple(
        sum(row.counts.holding == number for row in rows) for number in range(criteria + 1)
    )
    for at, criterion in enumerate(found.criteria):
        each = Counter(row.criteria[at] for row in rows)
        assert (criterion.met, criterion.not_met, criterion.unknown, criterion.excused) == tuple(
            each[v] for v in (Verdict.MET, Verdict.NOT_MET, Verdict.UNKNOWN, Verdict.EXCUSED)
        )


@pytest.mark.parametrize("on", DAYS)
def test_the_boards_of_both_stories_are_their_places_judged_one_by_one(demo: Any, on: date) -> None:
    for key in ("khe_coc", "quang_lac", "cum_3"):
        try:
            above = territory.ancestors(demo.place(key), on)
        except Refusal:  # it no longer lives on that day
            continue
        for view in standards.for_place("hamlet", frozenset(each.code for each in above)):
            assert_rows_are_judged_one_by_one(board(above[-1].id, view.code, on=on))


@pytest.mark.parametrize("code", ["xa-ntm-2021-2025", "xa-ntm-2016-2020", "xa-ntm-nang-cao-2021-2025"])
def test_a_generated_provinces_board_is_its_communes_judged_one_by_one(demo: Any, code: str) -> None:
    fill("commune", code, random.Random(code))
    for on in DAYS[:3]:
        seen = survey(province("19") if on.year > 2024 else old("19"), code, on=on)
        assert_rows_are_judged_one_by_one(seen.board)
        rows = list(seen.board.rows)
        if on == DAYS[1] and not code.endswith("2020"):
            assert {verdict for row in rows for verdict in row.criteria} >= {Verdict.MET, Verdict.NOT_MET}
        assert_counts_what_stands_on(seen.tally, rows, len(seen.criteria))
        for group in seen.groups:
            inside = [row for row in rows if f"/{group.place.id}/" in row.place.path]
            assert_counts_what_stands_on(group.tally, inside, len(seen.criteria))


def test_filters_leave_only_the_places_asked_for(demo: Any) -> None:
    whole = board(province("19"), "xa-ntm-2021-2025", on=DAYS[2])
    wards = board(province("19"), "xa-ntm-2021-2025", on=DAYS[2], filters=Filters(kind="phường"))
    assert {row.place.kind for row in whole.rows} > {"phường"}
    assert [row for row in whole.rows if row.place.kind == "phường"] == list(wards.rows)
    assert board(province("19"), "xa-ntm-2021-2025", on=DAYS[2], filters=Filters(region="ĐBSH")).rows == ()
    assert tally(province("19"), "xa-ntm-2021-2025", on=DAYS[2], filters=Filters(group="9")).places == 0


def test_a_region_is_inherited_from_the_province(demo: Any) -> None:
    place = territory.as_of(old("19"), DAYS[0])
    assert place.region
    found = board(place.id, "xa-ntm-2021-2025", on=DAYS[0], filters=Filters(region=place.region))
    assert len(found.rows) == len(territory.subtree_ids(place.id, DAYS[0], level="commune")) > 100


def test_counts_are_the_same_with_and_without_the_names_of_a_page(demo: Any) -> None:
    fill("commune", "xa-ntm-2021-2025", random.Random(8))
    for on in DAYS[1:]:
        seen = survey(nation(), "xa-ntm-2021-2025", on=on)
        found = tally(nation(), "xa-ntm-2021-2025", on=on)
        assert replace(found, fresh=seen.fresh) == seen.tally
        for one, other in zip(groups(nation(), "xa-ntm-2021-2025", on=on), seen.groups, strict=True):
            assert one.place == other.place
            assert replace(one.tally, fresh=seen.fresh) == other.tally


def test_the_trend_is_the_tally_at_each_years_end(demo: Any) -> None:
    fill("commune", "xa-ntm-2021-2025", random.Random(5))
    place = nation()
    found = trend(place, "xa-ntm-2021-2025", until=date(2025, 6, 15))
    assert [year for year, _ in found] == [2021, 2022, 2023, 2024, 2025]
    for year, each in found:
        on = min(date(year, 12, 31), date(2025, 6, 15))
        expected = tally(place, "xa-ntm-2021-2025", on=on)
        assert replace(each, fresh=expected.fresh) == expected


def test_the_trend_of_a_place_leaves_out_years_in_which_it_did_not_live(demo: Any) -> None:
    found = trend(ward_made_in_2025(), "xa-ntm-2021-2025", until=date(2026, 3, 1))
    assert [year for year, _ in found] == [2025]


def test_changes_are_the_rows_that_differ_told_from_both_sides(demo: Any) -> None:
    fill("commune", "xa-ntm-2021-2025", random.Random(6))
    place, code = old("19"), "xa-ntm-2021-2025"
    found = changes(place, code, first=date(2022, 1, 1), second=date(2023, 12, 31))
    before, after = ({r.place.id: r for r in b.rows} for b in (found.before, found.after))
    expected = {
        i for i in after if (before[i].verdict, before[i].criteria) != (after[i].verdict, after[i].criteria)
    }
    assert {each.place.id for each in found.moved} == expected != set()
    assert all(
        (each.before, each.after) == (before[each.place.id], after[each.place.id]) for each in found.moved
    )


def test_places_that_ended_or_began_between_two_days_have_moved(demo: Any) -> None:
    found = changes(nation(), "xa-ntm-2021-2025", first=date(2025, 6, 30), second=date(2025, 7, 1))
    assert any(each.before is None for each in found.moved)
    assert any(each.after is None for each in found.moved)


def test_a_draft_says_who_rises_falls_and_becomes_unknown(demo: Any) -> None:
    fill("commune", "xa-ntm-2021-2025", random.Random(7), places=30)
    place, on = old("19"), date(2023, 12, 31)
    law = standards.adopted("xa-ntm-2021-2025", on=on).standard
    nothing_asked = replace(law, criteria=law.criteria[:1], prerequisites=())
    found = compare_standards(place, nothing_asked, "xa-ntm-2021-2025", on=on)
    judged = {row.place.id: row for row in board(place, "xa-ntm-2021-2025", on=on).rows}
    every = (*found.rises, *found.falls, *found.unclear, *found.unchanged)
    assert sorted(each.place.id for each in every) == sorted(judged)
    for each in every:
        row = judged[each.place.id]
        assert (each.against, each.judged_by) == (row.verdict, row.criteria[0])
    assert all(each.judged_by.holds and not each.against.holds for each in found.rises)
    assert all(each.judged_by is Verdict.UNKNOWN is not each.against for each in found.unclear)
    assert all(each.judged_by is Verdict.NOT_MET is not each.against for each in found.falls)
    assert found.rises and found.unclear
    same = compare_standards(place, law, "xa-ntm-2021-2025", on=on)
    assert len(same.unchanged) == len(judged)


def test_rulings_and_places_below_count_as_they_do_one_by_one(demo: Any) -> None:
    law = standards.adopted("xa-ntm-2021-2025", on=DAYS[0]).standard
    cameras = Compare(
        measure=standards.measure("security_cameras"), op=Op.AT_LEAST, threshold=Fixed(Decimal(5))
    )
    first = replace(
        law.criteria[0].indicators[0], rule=Children(level="hamlet", where=cameras, percent=Decimal(50))
    )
    second = replace(law.criteria[1].indicators[0], rule=Ruling(question=Text("Có gọn gàng không?", "Tidy?")))
    asking = replace(
        law,
        criteria=(
            replace(law.criteria[0], indicators=(first,), unlisted=0),
            replace(law.criteria[1], indicators=(second,), unlisted=0),
        ),
    )
    demo.record("security_cameras", "7")
    commune = territory.as_of(demo.place("khe_coc"), DAYS[0]).parent_id
    RulingVerdict.objects.create(
        place_id=commune, standard_code=law.id, code=second.code, question="Có gọn gàng không?", verdict="met",
        evidence="Biên bản", on=date(2023, 1, 1), by_label="Người dựng thử", recorded_at=AT,
    )  # fmt: skip
    found = compare_standards(old("19"), asking, "xa-ntm-2021-2025", on=DAYS[0])
    told = {e.place.id: e.judged_by for e in (*found.rises, *found.falls, *found.unclear, *found.unchanged)}
    assert told[commune] is Verdict.MET
    for each in random.Random(2).sample(sorted(told), 20):
        place = territory.as_of(each, DAYS[0])
        facts = with_children(
            with_rulings(facts_of(place, DAYS[0]), each, asking, DAYS[0]), place, asking, DAYS[0]
        )
        assert told[each] == judge(asking, facts, on=DAYS[0]).verdict


def test_two_standards_of_different_levels_are_not_compared(demo: Any) -> None:
    hamlets = standards.by_id(standards.versions(level="hamlet")[0].id).standard
    with pytest.raises(Refusal, match="hai cấp khác nhau"):
        compare_standards(nation(), hamlets, "xa-ntm-2021-2025", on=DAYS[0])


def test_a_measure_over_places_is_each_places_figure_and_all_of_them_combined(demo: Any) -> None:
    place = territory.as_of(demo.place("khe_coc"), DAYS[3])
    demo.record("security_cameras", "7", period=Period.day(date(2026, 2, 1)))
    found = measure_board(place.parent_id or 0, "security_cameras", on=DAYS[3])
    assert found.level == "hamlet"
    values = {each.place.id: each.value for each in found.readings}
    assert values[place.id] == 7
    assert sorted(values) == sorted(territory.subtree_ids(place.parent_id or 0, DAYS[3], level="hamlet"))
    assert (found.combined[""].known, found.combined[""].unknown) == (
        sum(value is not None for value in values.values()),
        sum(value is None for value in values.values()),
    )


def test_groups_are_the_places_directly_below(demo: Any) -> None:
    found = groups(nation(), "xa-ntm-2021-2025", on=DAYS[3])
    assert [each.place for each in found] == [
        child for child in territory.children(nation(), DAYS[3]) if child.level == "province"
    ]
    assert sum(each.tally.places for each in found) == tally(nation(), "xa-ntm-2021-2025", on=DAYS[3]).places


def test_rates_leave_the_unknown_aside(demo: Any) -> None:
    found = tally(province("19"), "xa-ntm-2021-2025", on=DAYS[2])
    assert all(each.rate is None for each in found.criteria if each.holding + each.not_met == 0)
    assert all(
        each.met + each.not_met + each.unknown + each.excused == found.places for each in found.criteria
    )


def test_a_province_opens_with_a_fixed_number_of_queries(
    demo: Any, queries_of: Callable[[Callable[[], Any]], int]
) -> None:
    def page() -> None:
        seen = survey(place, "xa-ntm-2021-2025", on=DAYS[0])
        assert (
            len(seen.board.rows) == sum(each.tally.places for each in seen.groups) == seen.tally.places > 100
        )

    place = old("19")
    page()
    assert queries_of(page) == 7
    fill("commune", "xa-ntm-2021-2025", random.Random(3), places=20)
    assert queries_of(page) == 7


def test_a_standard_nobody_adopted_and_a_place_that_does_not_live_are_refused(demo: Any) -> None:
    with pytest.raises(NotFound, match="không-có"):
        board(nation(), "không-có", on=DAYS[0])
    with pytest.raises(Refusal, match="Hãy chọn ngày"):
        board(ward_made_in_2025(), "xa-ntm-2021-2025", on=DAYS[0])


def ward_made_in_2025() -> int:
    """A ward of today that did not live in 2023."""
    places = territory.subtree(province("19"), DAYS[3], level="commune")
    return next(each.id for each in places if each.founded == date(2025, 7, 1))


def test_a_place_that_moves_is_counted_where_it_stood_on_the_day(demo: Any) -> None:
    place = territory.latest(demo.place("khe_coc"))
    code = next(v.code for v in standards.versions(level="hamlet") if v.province == "19")
    old_parent = territory.latest(place.parent_id or 0)
    new_parent = next(
        each for each in territory.children(old_parent.parent_id or 0, DAYS[3]) if each.id != old_parent.id
    )
    territory_deeds.change_place(place=place.id, on=date(2026, 2, 1), parent=new_parent.id, by=SYSTEM, at=AT)
    assert place.id in [row.place.id for row in board(old_parent.id, code, on=date(2026, 1, 31)).rows]
    assert place.id not in [row.place.id for row in board(old_parent.id, code, on=date(2026, 2, 1)).rows]
    assert_rows_are_judged_one_by_one(board(new_parent.id, code, on=date(2026, 2, 1)))
