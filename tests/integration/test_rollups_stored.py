"""The queue, the results and the counts above them: after any deeds, equal to everything made afresh."""

import random
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import date, datetime, timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.db import transaction

from chungtay.core.actors import SystemActor
from chungtay.core.refusals import Refusal
from chungtay.figures import actions as figures
from chungtay.figures import draining, rollups
from chungtay.figures.actions import Entry
from chungtay.figures.counted import check_rollups, rebuild_rollups
from chungtay.figures.dirty import mark_around
from chungtay.figures.draining import drain, freshness
from chungtay.figures.jobs import check_derived, drain_queue
from chungtay.figures.judgements import judge_place
from chungtay.figures.models import Block, Dirty, Drain, Result, RollUp
from chungtay.figures.results import differing_results
from chungtay.figures.totals import Totals
from chungtay.standards import queries as standards
from chungtay.territory import actions as territory_deeds
from chungtay.territory import queries as territory
from rulebook import Period
from rulebook.columns import VERDICT_OF, from_rows, verdict_rows

SYSTEM = SystemActor(label="Người dựng thử")
CODE = "xa-ntm-2021-2025"


@pytest.fixture(scope="module")
def _drained_once(_world: Any, django_db_blocker: Any) -> None:
    """Inside the world's own transaction, before the tests begin theirs."""
    with django_db_blocker.unblock():
        drain_all(datetime.fromisoformat("2026-03-02T08:00:00+07:00"))


@pytest.fixture
def drained(_drained_once: None, demo: Any) -> Any:
    """The world of the stories with nothing waiting."""
    return demo


def drain_all(at: datetime, limit: int = 5_000) -> None:
    while drain(at=at, limit=limit).waiting:
        pass


def everything_is_right(at: datetime) -> None:
    for level in {view.level for view in standards.versions()}:
        assert differing_results(level, territory.ids_of_level(level), at.date()) == []
    assert check_rollups() == []


def province() -> int:
    return territory.resolve("mã:19", day=date(2026, 3, 1)).id


def old_province() -> int:
    return territory.resolve("mã:19", day=date(2023, 6, 1)).id


def test_results_are_what_judge_place_says_at_each_years_end(drained: Any, now: datetime) -> None:
    everything_is_right(now)
    rows = Result.objects.filter(place_id__in=[drained.place("khe_coc"), drained.place("quang_lac")])
    assert rows
    sample = random.Random(1).sample(sorted(Result.objects.values_list("pk", flat=True)), 60)
    for row in [*rows, *Result.objects.filter(pk__in=sample)]:
        adopted = standards.by_id(row.version_id)
        on = min(date(row.year, 12, 31), now.date())
        judged = judge_place(row.place_id, adopted.view.code, on=on)
        assert judged.version.id == row.version_id
        assert judged.place.path == row.line
        assert VERDICT_OF[row.verdict] == judged.finding.verdict
        counts = judged.counts
        assert (row.met, row.not_met, row.unknown, row.excused) == (
            counts.met,
            counts.not_met,
            counts.unknown,
            counts.excused,
        )
        (verdicts,) = verdict_rows(from_rows(adopted.standard, [bytes(row.bits)]))
        assert verdicts == (judged.finding.verdict, *(c.verdict for c in judged.finding.criteria))


def test_a_provinces_own_set_makes_results_in_that_province_only(drained: Any) -> None:
    own = [view for view in standards.versions() if view.province == "20"]
    lines = set(
        Result.objects.filter(version_id__in=[view.id for view in own]).values_list("line", flat=True)
    )
    assert lines
    lang_son = {each.id for each in territory.search("lạng sơn", level="province").places}
    assert all(any(f"/{place}/" in line for place in lang_son) for line in lines)


def test_a_figure_waits_until_the_drain_and_then_counts_in_every_place_above(
    drained: Any, now: datetime
) -> None:
    place = territory.subtree_ids(province(), now.date(), level="commune")[0]
    before = stored(province(), 2025)
    for at in range(3):
        figures.record(
            by=SYSTEM,
            at=now,
            place_id=place,
            entries=[Entry("poverty_rate", str(20 + at), Period.year(2025))],
        )
    fresh = freshness()
    assert fresh is not None and fresh.waiting == 1
    assert stored(province(), 2025) == before
    done = drain(at=now + timedelta(seconds=1))
    assert (done.places, done.waiting) == (1, 0)
    everything_is_right(now)
    fresh = freshness()
    assert fresh is not None and fresh.waiting == 0


def stored(place: int, year: int) -> tuple[Any, bytes]:
    row = RollUp.objects.get(place_id=place, code=CODE, year=year)
    return row.criteria, bytes(row.counts)


def deeds(demo: Any, chance: random.Random, now: datetime) -> Iterator[None]:
    """Figures, moves, new regions, merges, splits and new hamlets, in any order."""
    day = now.date()
    communes = sorted(territory.subtree_ids(province(), day, level="commune"))
    ended = sorted(territory.subtree_ids(old_province(), date(2023, 6, 1), level="commune"))[:20]
    asked = sorted(
        {m.code for i in standards.adopted(CODE).standard.indicators for m in i.measures}
        & {code for code, m in standards.measures().items() if m.kind == "percent" and not m.per_sex}
    )
    for step in range(25):
        at = now + timedelta(minutes=step)
        on = date(2026, 1, 1) + timedelta(days=chance.randint(0, 40))
        alive = [p for p in communes if territory.latest(p).ended is None]
        place, other = chance.sample(alive, 2)
        kind = chance.choice(["figure", "figure", "figure", "region", "merge", "hamlet", "move", "split"])
        with suppress(Refusal):  # what the order of deeds does not allow is refused and changes nothing
            if kind == "figure":
                target = chance.choice([*communes, *ended])
                year = Period.year(2023 if target in ended else 2025)
                entries = [
                    Entry(code, str(chance.randint(0, 100)), year)
                    for code in chance.sample(asked, min(8, len(asked)))
                ]
                figures.record(by=SYSTEM, at=at, place_id=target, entries=entries)
            elif kind == "region":
                territory_deeds.change_place(
                    place=place, on=on, region=chance.choice(["ĐBSH", "TDMNPB", "TN"]), by=SYSTEM, at=at
                )
            elif kind == "hamlet":
                territory_deeds.found_place(
                    name=f"Mới {step}",
                    kind="xóm",
                    level="hamlet",
                    parent=place,
                    valid_from=on,
                    by=SYSTEM,
                    at=at,
                )
            elif kind == "merge":
                merged = territory_deeds.merge_places(
                    places=[place, other],
                    into_name=f"Gộp {step}",
                    kind="xã",
                    on=day,
                    instrument="Nghị quyết 1",
                    by=SYSTEM,
                    at=at,
                )
                communes.append(merged.id)
            elif kind == "move":
                hamlets = territory.children(place, day)
                if hamlets:
                    territory_deeds.change_place(place=hamlets[0].id, on=day, parent=other, by=SYSTEM, at=at)
            else:
                children = tuple(child.id for child in territory.children(place, day))
                parts = [
                    territory_deeds.Part(f"Tách {step}a", "xã", children),
                    territory_deeds.Part(f"Tách {step}b", "xã", ()),
                ]
                made = territory_deeds.split_place(
                    place=place, parts=parts, on=day, instrument="Nghị quyết 2", by=SYSTEM, at=at
                )
                communes.extend(each.id for each in made)
        yield


@pytest.mark.parametrize("seed", range(3))
def test_after_any_deeds_the_counts_are_those_of_a_full_recomputation(
    drained: Any, now: datetime, seed: int
) -> None:
    chance = random.Random(seed)
    for _ in deeds(drained, chance, now):
        if chance.random() < 0.4:
            drain(at=now, limit=chance.choice([1, 3, 1000]))
    drain_all(now, limit=50)
    everything_is_right(now)


def test_a_drain_that_dies_half_way_leaves_everything_as_it_was(
    drained: Any, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = territory.subtree_ids(province(), now.date(), level="commune")[0]
    figures.record(by=SYSTEM, at=now, place_id=place, entries=[Entry("poverty_rate", "1", Period.year(2025))])
    before = [*Result.objects.order_by("pk").values()], [*Dirty.objects.values()], [*Drain.objects.values()]

    def die(*_: Any) -> int:
        raise RuntimeError("the worker was killed")

    with monkeypatch.context() as patched:
        patched.setattr(draining, "apply_changes", die)
        with pytest.raises(RuntimeError, match="killed"), transaction.atomic():
            drain(at=now)
    assert before == (
        [*Result.objects.order_by("pk").values()],
        [*Dirty.objects.values()],
        [*Drain.objects.values()],
    )
    drain_all(now)
    everything_is_right(now)


def test_a_row_added_while_a_drain_runs_still_waits_afterwards(
    drained: Any, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = territory.subtree_ids(province(), now.date(), level="commune")[0]
    entries = [Entry("poverty_rate", "1", Period.year(2025))]
    figures.record(by=SYSTEM, at=now, place_id=place, entries=entries)
    true_write = draining.write_results

    def meanwhile(*given: Any) -> Any:
        changes = true_write(*given)
        again = [Entry("poverty_rate", "99", Period.year(2025))]
        figures.record(by=SYSTEM, at=now, place_id=place, entries=again)
        return changes

    with monkeypatch.context() as patched:
        patched.setattr(draining, "write_results", meanwhile)
        assert drain(at=now).waiting == 1
    drain_all(now)
    everything_is_right(now)


def test_a_new_year_judges_every_place_again(drained: Any, now: datetime) -> None:
    assert not Result.objects.filter(year=2027).exists()
    later = now.replace(year=2027, month=1, day=1)
    drain_all(later)
    everything_is_right(later)


def test_a_day_on_which_a_place_changes_judges_it_again(drained: Any, now: datetime) -> None:
    place = territory.subtree_ids(province(), now.date(), level="commune")[0]
    territory_deeds.change_place(place=place, on=date(2026, 5, 1), region="TN", by=SYSTEM, at=now)
    drain_all(now)
    later = now.replace(month=5, day=2)
    assert drain(at=later).places > 0
    everything_is_right(later)


def test_a_new_version_of_the_law_judges_its_level_again(drained: Any, now: datetime) -> None:
    from chungtay.core.audit import write_event
    from chungtay.standards.models import StandardVersion

    version = StandardVersion.objects.filter(level="commune").first()
    assert version is not None
    write_event(by=SYSTEM, deed="standards.adopt", subject=version, at=now)
    assert [(row.place_id, row.wide, row.level) for row in Dirty.objects.all()] == [(None, True, "commune")]
    assert freshness() is None
    assert drain(at=now, limit=10).places == 10


def test_a_deed_undone_leaves_no_mark(drained: Any, now: datetime) -> None:
    place = territory.subtree_ids(province(), now.date(), level="commune")[0]
    with pytest.raises(RuntimeError), transaction.atomic():
        territory_deeds.change_place(place=place, on=date(2026, 1, 5), region="TN", by=SYSTEM, at=now)
        assert Dirty.objects.exists()
        raise RuntimeError
    assert not Dirty.objects.exists()


def test_a_count_that_was_touched_is_found_and_made_again(drained: Any, now: datetime) -> None:
    row = RollUp.objects.filter(code=CODE).first()
    assert row is not None
    totals = Totals.decode(row.criteria, bytes(row.counts))
    RollUp.objects.filter(pk=row.pk).update(counts=totals.plus(Totals(counts=(1, 0, 0, 0, 0))).encode()[1])
    assert [each.node.place for each in check_rollups()] == [row.place_id]
    rebuild_rollups(now)
    assert check_rollups() == []


def test_the_nightly_look_tells_what_differs_and_one_command_mends_it(drained: Any) -> None:
    check_derived.call()
    Block.objects.filter(pk=Block.objects.earliest("pk").pk).update(
        apart=b"", states=b"", numbers=b"", years=0
    )
    RollUp.objects.filter(pk=RollUp.objects.earliest("pk").pk).delete()
    with pytest.raises(Refusal, match="1 khối số liệu khác sổ gốc và 1 bảng đếm"):
        check_derived.call()
    call_command("rebuild_figures", stdout=StringIO())
    check_derived.call()


def test_the_worker_drains_until_nothing_waits(drained: Any, now: datetime) -> None:
    mark_around(drained.place("khe_coc"))
    drain_queue.call()
    assert not Dirty.objects.exists()


def test_where_too_many_stand_below_a_years_end_is_read_from_what_is_stored(
    drained: Any,
    now: datetime,
    monkeypatch: pytest.MonkeyPatch,
    queries_of: Callable[[Callable[[], Any]], int],
) -> None:
    days, heads = [date(2023, 12, 31), date(2025, 12, 31)], [province(), old_province()]
    nation = territory.ancestors(province(), now.date())[0].id
    live = rollups.count(nation, CODE, days=days, heads=heads)
    monkeypatch.setattr(rollups, "LIVE", 100)
    stored = rollups.count(nation, CODE, days=days, heads=heads)
    assert queries_of(lambda: rollups.count(nation, CODE, days=days, heads=heads)) <= 6
    for one, other in zip(stored, live, strict=True):
        assert one.on == other.on
        for head in heads:
            assert replace(one.tallies[head], fresh=other.tallies[head].fresh) == other.tallies[head]
    monkeypatch.setattr(rollups, "figures_by_day", None)
    assert rollups.count(nation, CODE, days=days, heads=heads)


def test_with_much_waiting_the_stored_counts_are_not_told(
    drained: Any, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rollups, "LIVE", 1)
    for place in territory.subtree_ids(old_province(), date(2023, 6, 1), level="commune")[:40]:
        figures.record(
            by=SYSTEM, at=now, place_id=place, entries=[Entry("poverty_rate", "1", Period.year(2023))]
        )
    (counted,) = rollups.count(old_province(), CODE, days=[date(2023, 12, 31)], heads=[old_province()])
    assert counted.tallies[old_province()].waiting == 0, "counted afresh"


def test_nothing_waiting_costs_two_queries(
    drained: Any, now: datetime, queries_of: Callable[[Callable[[], Any]], int]
) -> None:
    assert queries_of(lambda: drain(at=now)) == 2
