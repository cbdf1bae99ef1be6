"""A standard that asks about the places below: their figures are gathered, their unknowns stay unknown."""

import shutil
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from chungtay.core.actors import SystemActor
from chungtay.figures import actions, queries
from chungtay.figures.actions import Entry, state_verdict
from chungtay.figures.ruling import rule_on
from chungtay.standards import actions as standards
from chungtay.territory import queries as territory
from chungtay.territory.actions import found_place
from rulebook import Period, StatedGrade, Verdict, read_law

SYSTEM = SystemActor(label="Người dựng thử")
AT = datetime.fromisoformat("2026-03-02T09:00:00+07:00")
BY: dict[str, Any] = {"by": SYSTEM, "at": AT}
ON = date(2025, 12, 31)
HAMLET, COMMUNE = "thon-thu", "xa-thu"
HEAD = """\
standard: {id}
version: "2025-01-01"
name: {{vi: {name}, en: {name}}}
title: {{vi: {name}, en: {name}}}
level: {level}
status: law
period: {{from: 2025, to: 2030}}
in_force: {{from: 2025-01-01, to: open, provenance: found}}
counts: {{criteria: 1, indicators: {indicators}}}
"""
INDICATOR = (
    '  - {{code: "{code}", text: {{vi: Chỉ tiêu {code}, en: Indicator {code}}}, '
    "provenance: {{text: found, threshold: found}}, rule: {{{rule}}}}}\n"
)
POOR = "compare: {measure: poor_households, at_most: 3}"
REGIONAL = "compare: {measure: poor_households, at_most: {by_region: {TDMNPB: 3}}}"
RULED = "ruling: {question: {vi: Cảnh quan có đẹp không?, en: Is it beautiful?}}"


def write(law: Path, key: str, level: str, *rules: str) -> None:
    folder = law / key
    (folder / "criteria").mkdir(parents=True)
    head = HEAD.format(id=key, name=f"Bộ {key}", level=level, indicators=len(rules))
    (folder / "standard.yaml").write_text(head, encoding="utf-8")
    body = 'criterion: "1"\nname: {vi: Chung, en: All}\nindicators:\n'
    body += "".join(INDICATOR.format(code=f"1.{n}", rule=rule) for n, rule in enumerate(rules, 1))
    (folder / "criteria" / "01.yaml").write_text(body, encoding="utf-8")


@pytest.fixture
def law_of(demo: Any, tmp_path: Path) -> Callable[..., None]:
    """Adopts a hamlet standard and a commune standard of these rules."""

    def adopt(commune: list[str], hamlet: list[str]) -> None:
        law = tmp_path / "law"
        law.mkdir()
        for name in ("measures", "regions", "instruments"):
            shutil.copy(Path(settings.LAW_DIR) / f"{name}.yaml", law)
        write(law, HAMLET, "hamlet", *hamlet)
        write(law, COMMUNE, "commune", *commune)
        standards.adopt(**BY, book=read_law(law))

    return adopt


@pytest.fixture
def commune(demo: Any) -> int:
    """The commune of today that Khe Cốc stands in, with two more hamlets."""
    parent = territory.latest(demo.place("khe_coc")).parent_id
    assert parent is not None
    for name in ("Gốc Gạo", "Đồng Lòng"):
        found_place(name=name, kind="xóm", level="hamlet", parent=parent, valid_from=None, **BY)
    return parent


def below(commune: int) -> dict[str, int]:
    return {each.name: each.id for each in territory.children(commune, ON)}


def poor(place: int, number: str) -> None:
    entry = Entry("poor_households", number, Period.year(2025))
    actions.record(**BY, place_id=place, entries=[entry])


def children_of(commune: int, indicator: str = "1.1") -> Any:
    return queries.judge_place(commune, COMMUNE, on=ON).finding.indicator(indicator).children[0]


def at_least(share: str, where: str) -> str:
    return f"children: {{level: hamlet, where: {{{where}}}, at_least: {{{share}}}}}"


def test_hamlets_meeting_a_rule_are_counted_and_named(law_of: Callable[..., None], commune: int) -> None:
    law_of([at_least("count: 2", POOR)], [POOR])
    places = below(commune)
    poor(places["Khe Cốc"], "0")
    poor(places["Gốc Gạo"], "9")
    found = children_of(commune)
    assert found.verdict is Verdict.UNKNOWN
    verdicts = {each.label.vi: each.verdict.value for each in found.children}
    assert verdicts == {"xóm Khe Cốc": "met", "xóm Gốc Gạo": "not_met", "xóm Đồng Lòng": "unknown"}
    poor(places["Đồng Lòng"], "3")
    assert children_of(commune).verdict is Verdict.MET


def test_a_hamlet_without_a_figure_neither_meets_nor_fails(law_of: Callable[..., None], commune: int) -> None:
    law_of([at_least("percent: 100", POOR)], [POOR])
    places = below(commune)
    poor(places["Khe Cốc"], "0")
    poor(places["Gốc Gạo"], "0")
    assert children_of(commune).verdict is Verdict.UNKNOWN
    poor(places["Đồng Lòng"], "4")
    assert children_of(commune).verdict is Verdict.NOT_MET


def test_hamlets_are_judged_by_the_standard_the_rule_names(law_of: Callable[..., None], commune: int) -> None:
    law_of([at_least("count: 1", f"standard: {{id: {HAMLET}}}")], [REGIONAL, RULED])
    khe_coc = below(commune)["Khe Cốc"]
    poor(khe_coc, "1")
    assert children_of(commune).verdict is Verdict.UNKNOWN
    rule_on(
        **BY,
        place_id=khe_coc,
        standard_code=HAMLET,
        code="1.2",
        verdict=Verdict.MET,
        evidence="Biên bản kiểm tra ngày 20/12/2025",
        on=date(2025, 12, 20),
    )
    assert children_of(commune).verdict is Verdict.MET
    own = queries.judge_place(khe_coc, HAMLET, on=ON).finding
    (seen,) = [each for each in children_of(commune).children if each.label.vi == "xóm Khe Cốc"]
    assert (seen.verdict, own.verdict) == (Verdict.MET, Verdict.MET)


def test_a_verdict_stated_of_a_hamlet_does_not_count_as_met(
    law_of: Callable[..., None], commune: int
) -> None:
    law_of([at_least("count: 2", f"standard: {{id: {HAMLET}}}")], [POOR])
    state_verdict(
        **BY,
        place_id=below(commune)["Gốc Gạo"],
        standard_code=HAMLET,
        kind="standard",
        code=HAMLET,
        grade=StatedGrade.MET,
        on=date(2025, 12, 1),
        source="Báo cáo",
    )
    assert children_of(commune).verdict is Verdict.UNKNOWN


def test_only_places_that_live_that_day_are_asked(
    law_of: Callable[..., None], commune: int, demo: Any
) -> None:
    law_of([at_least("count: 1", POOR)], [POOR])
    found_place(name="Mới", kind="xóm", level="hamlet", parent=commune, valid_from=date(2026, 1, 15), **BY)
    assert "xóm Mới" not in {each.label.vi for each in children_of(commune).children}


def test_areas_of_hamlets_are_reached_through_the_hamlets_own_standard(
    law_of: Callable[..., None], commune: int
) -> None:
    areas = f"children: {{level: area, where: {{{POOR}}}, at_least: {{count: 1}}}}"
    law_of([at_least("count: 1", f"standard: {{id: {HAMLET}}}")], [areas])
    khe_coc = below(commune)["Khe Cốc"]
    area = found_place(name="1", kind="cụm dân cư", level="area", parent=khe_coc, valid_from=None, **BY).id
    assert children_of(commune).verdict is Verdict.UNKNOWN
    poor(area, "0")
    assert children_of(commune).verdict is Verdict.MET
    assert queries.judge_place(khe_coc, HAMLET, on=ON).finding.verdict is Verdict.MET


def test_gathering_asks_the_same_number_of_queries_for_one_hamlet_and_for_many(
    law_of: Callable[..., None], commune: int, queries_of: Callable[..., int]
) -> None:
    law_of([at_least("count: 1", f"standard: {{id: {HAMLET}}}")], [REGIONAL, RULED])

    def judge() -> None:
        queries.judge_place(commune, COMMUNE, on=ON)

    judge()
    few = queries_of(judge)
    for number in range(15):
        made = found_place(
            name=f"Số {number}", kind="xóm", level="hamlet", parent=commune, valid_from=None, **BY
        )
        poor(made.id, str(number))
    assert queries_of(judge) == few <= 16


def test_a_standard_that_asks_nothing_of_places_below_gathers_none(
    commune: int, queries_of: Callable[..., int]
) -> None:
    def judge() -> None:
        queries.judge_place(commune, "xa-ntm-2021-2025", on=ON)

    judge()
    assert queries_of(judge) <= 8
    assert queries.judge_place(commune, "xa-ntm-2021-2025", on=ON).facts.children is None
