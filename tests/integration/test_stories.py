"""The two stories, asked of the running system: every figure this release's records can answer, and what they cannot.

A story figure is either answered by a query over records, or stands in a list with the subject that will bring it.
"""

import re
import stat
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import models
from pytest_django import DjangoDbBlocker
from tests import private_names

from chungtay.community.campaigns import queries as campaigns
from chungtay.community.honours import queries as honours
from chungtay.community.households import queries as households
from chungtay.community.meetings import queries as meetings
from chungtay.community.outreach import queries as outreach
from chungtay.core.models import AuditEvent
from chungtay.core.refusals import Refusal
from chungtay.demo.builder import build_stories
from chungtay.demo.joining import join_hands
from chungtay.demo.management.commands import demo as demo_command
from chungtay.demo.recognising import AREA, BETWEEN, END_OF_2022
from chungtay.evidence import queries as evidence
from chungtay.figures import queries as figures
from chungtay.figures.actions import state_verdict
from chungtay.ledger import queries as ledger
from chungtay.ledger.counting import check_totals
from chungtay.people import queries as people
from chungtay.recognition.dossiers import queries as dossiers
from chungtay.recognition.titles import firsts
from chungtay.recognition.titles import queries as recognition
from chungtay.registers.amenities import queries as amenities
from chungtay.standards import actions as standards
from chungtay.territory import queries as territory
from chungtay.works import queries as works
from chungtay.works import subjects
from chungtay.works.states import State
from rulebook import Lawbook, Mark, StatedGrade, Verdict
from rulebook.standings import Standing
from viet.letters import fold

CEREMONY = date(2023, 5, 24)
START_OF_2022, LATE_2022 = date(2022, 1, 1), date(2022, 11, 30)
TODAY = date(2026, 3, 1)
WRITTEN_AT = datetime.fromisoformat("2026-03-01T08:00:00+07:00")
MILLION, BILLION = 10**6, 10**9
MODEL, SMART, ADVANCED = (
    "xom-kieu-mau-thai-nguyen",
    "xom-thong-minh-thai-nguyen",
    "xa-ntm-nang-cao-2021-2025",
)

# What the stories tell and no record of this release can answer, and the subject whose records will.
NOT_YET = {
    "Khe Cốc: 38 thành viên tổ chè hữu cơ": "registers: co-ops and groups",
    "Khe Cốc: 20 ha chè hữu cơ": "registers: co-ops and groups",
    "Khe Cốc: 15 thành viên HTX chè an toàn": "registers: co-ops and groups",
    "Khe Cốc: mã vùng trồng là mã nào (không được kể)": "registers: growing-area codes",
    "Khe Cốc: tỷ lệ đường bê tông trên mọi đường (không được kể)": "registers: roads",
    "Khe Cốc: ảnh và video buổi lễ": "evidence",
    "Khe Cốc: nhiệm vụ sau công nhận": "steering",
    "Lạng Sơn: thành phố hoàn thành năm 2017": "recognition: places above the commune",
    "Lạng Sơn: 3/3 xã đạt chuẩn": "standards: xa-ntm-2016-2020; recognition",
    "Lạng Sơn: tập huấn (không kể số)": "community: a training needs at least its day",
    "Lạng Sơn: phấn đấu 3/3 xã nâng cao hết năm 2022": "steering: targets",
    "Lạng Sơn: kế hoạch, phân công, cân đối nguồn lực": "steering",
    "Cụm 3: chỉnh trang cảnh quan, văn hóa – xã hội, an ninh trật tự": "steering",
}

TOLD_OF_KHE_COC = [
    ("143 hộ", "households", Decimal(143)),
    ("508 nhân khẩu", "population", Decimal(508)),
    ("thu nhập 70,2 triệu đồng/người/năm", "income_per_capita", Decimal("70.2")),
    ("không còn hộ nghèo", "poor_households", Decimal(0)),
    ("100% gia đình văn hóa", "cultural_families_share", Decimal(100)),
    ("xóm văn hóa 8 năm liên tục", "cultural_hamlet_years", Decimal(8)),
    ("nhà văn hóa đủ thiết chế", "culture_house_equipped", True),
    ("4,3 km đường bê tông", "concrete_road_length", Decimal("4.3")),
    ("toàn bộ sáng, xanh, sạch, đẹp", "hamlet_roads_bright_clean_share", Decimal(100)),
    ("7 camera an ninh", "security_cameras", Decimal(7)),
    ("camera nối với xã", "cameras_linked", True),
    ("cáp quang đến 100% hộ", "fibre_households_share", Decimal(100)),
    ("di động 4G/5G đến 100% hộ", "mobile_households_share", Decimal(100)),
    ("sơ đồ chỉ dẫn hạ tầng", "direction_map", True),
    ("một tổ sản xuất và một hợp tác xã", "cooperatives_and_groups_effective", Decimal(2)),
    ("ban phát triển xóm làm tốt dân chủ", "board_follows_democracy", True),
]


@pytest.fixture(scope="module")
def _world(_world: Any, django_db_blocker: DjangoDbBlocker) -> Any:
    """The world of the stories, and in it what was decided, given and built."""
    with django_db_blocker.unblock():
        join_hands(_world.built, at=WRITTEN_AT, say=lambda _line: None)
    return _world


@pytest.fixture
def khe_coc(demo: Any) -> int:
    return int(demo.place("khe_coc"))


@pytest.fixture
def quang_lac(demo: Any) -> int:
    return int(demo.place("quang_lac"))


def verdicts(judged: figures.Judged) -> dict[str, Verdict]:
    return {criterion.code: criterion.verdict for criterion in judged.finding.criteria}


# Khe Cốc


@pytest.mark.parametrize(("told", "measure", "value"), TOLD_OF_KHE_COC, ids=lambda v: v if v else None)
def test_what_the_article_tells_of_khe_coc_comes_out_of_the_records(
    khe_coc: int, told: str, measure: str, value: Any
) -> None:
    found = figures.current(khe_coc, [measure], CEREMONY)[(measure, "")]
    assert (found.value, found.mark) == (value, Mark.TOLD)
    assert found.source.startswith("Bài viết về lễ đón bằng công nhận")
    assert (found.period.start, found.period.end) == (CEREMONY, CEREMONY)


def test_the_growing_area_code_of_khe_coc_was_granted_in_2022(khe_coc: int) -> None:
    (row,) = figures.history(khe_coc, "growing_area_code_granted")
    assert (row.value, str(row.period), row.mark) == (True, "2022", Mark.TOLD)


def test_every_figure_of_khe_coc_is_in_this_test_and_none_beside(khe_coc: int) -> None:
    told = {measure for _, measure, _ in TOLD_OF_KHE_COC} | {"growing_area_code_granted"}
    marks = {row.measure.code: row.mark for row in figures.recent(khe_coc, limit=1000)}
    assert {code for code, mark in marks.items() if mark is Mark.TOLD} == told
    assert {code: mark for code, mark in marks.items() if code not in told} == {
        "road_paved_by_works": Mark.RECONSTRUCTED  # brought by the acceptance of the reconstructed road
    }


def test_khe_coc_stands_under_its_commune_of_the_day_and_under_that_of_today(khe_coc: int) -> None:
    then, now = territory.as_of(khe_coc, CEREMONY), territory.as_of(khe_coc, TODAY)
    assert then.full_address == "xóm Khe Cốc, xã Tức Tranh, huyện Phú Lương, tỉnh Thái Nguyên"
    assert now.full_address == "xóm Khe Cốc, xã Vô Tranh, tỉnh Thái Nguyên"
    assert territory.region_of(khe_coc, CEREMONY) == "TDMNPB"


def test_honest_judging_finds_khe_coc_at_3_of_9_for_the_model_hamlet_and_the_rest_unknown(
    khe_coc: int,
) -> None:
    judged = figures.judge_place(khe_coc, MODEL, on=CEREMONY)
    assert (judged.counts.met, judged.counts.not_met, judged.counts.unknown) == (3, 0, 6)
    assert judged.finding.verdict is Verdict.UNKNOWN
    assert {code for code, verdict in verdicts(judged).items() if verdict is Verdict.MET} == {"4", "6", "7"}


def test_honest_judging_finds_khe_coc_at_1_of_7_for_the_smart_hamlet_and_the_rest_unknown(
    khe_coc: int,
) -> None:
    judged = figures.judge_place(khe_coc, SMART, on=CEREMONY)
    assert (judged.counts.met, judged.counts.not_met, judged.counts.unknown) == (1, 0, 6)
    assert judged.finding.verdict is Verdict.UNKNOWN
    assert {code for code, verdict in verdicts(judged).items() if verdict is Verdict.MET} == {"3"}


@pytest.mark.parametrize("standard", [MODEL, SMART])
def test_no_indicator_of_khe_coc_is_called_failed_for_want_of_a_figure(khe_coc: int, standard: str) -> None:
    judged = figures.judge_place(khe_coc, standard, on=CEREMONY)
    assert not [f for f in judged.finding.of_kind("indicator") if f.verdict is Verdict.NOT_MET]


@pytest.mark.parametrize("standard", [MODEL, SMART])
def test_both_hamlet_sets_are_shown_as_sample_sets(khe_coc: int, standard: str) -> None:
    assert figures.judge_place(khe_coc, standard, on=CEREMONY).version.sample


def test_the_title_of_khe_coc_is_on_record_with_what_the_article_tells_and_nothing_made_up(
    khe_coc: int,
) -> None:
    (title,) = recognition.titles(khe_coc, by=TODAY)
    assert (title.standard_code, title.year, title.mark) == (MODEL, 2023, Mark.TOLD)
    assert title.decided_by == "Chủ tịch UBND huyện Phú Lương"
    assert title.ceremony_on == CEREMONY
    assert (title.decided_on, title.decision_number) == (None, "")


def test_khe_coc_was_chosen_in_2022_for_both_and_the_choice_is_no_title(khe_coc: int) -> None:
    chosen = {each.standard_code: each for each in dossiers.registrations(khe_coc)}
    assert chosen.keys() == {MODEL, SMART}
    assert {(each.year, each.due_on, each.mark) for each in chosen.values()} == {(2022, None, Mark.TOLD)}
    assert chosen[SMART].dossier_id is None


def test_the_model_title_of_khe_coc_runs_the_whole_dossier_to_the_chair_of_its_day(khe_coc: int) -> None:
    (row,) = dossiers.dossiers_of(khe_coc, on=TODAY)
    standing = dossiers.standing(row.id, on=CEREMONY)
    left = {each.step.code for each in standing.steps if each.state.standing is not Standing.DONE}
    assert left == {"review"}
    assert standing.proceeding.faults == ()
    told = {each.step: (each.mark, each.is_day_known) for each in standing.events}
    assert told["announce"] == (Mark.TOLD, True)
    assert told["decide"] == (Mark.TOLD, False)
    assert {told[step] for step in BETWEEN} == {(Mark.RECONSTRUCTED, False)}
    assert standing.title_id == recognition.titles(khe_coc, by=TODAY)[0].id


def test_khe_coc_is_told_first_of_its_district_to_complete_both(khe_coc: int) -> None:
    (rank,) = firsts.told_ranks(khe_coc)
    assert (rank.rank, rank.root_name, set(rank.standards)) == (1, "huyện Phú Lương", {MODEL, SMART})


def test_khe_coc_held_no_title_on_the_eve_of_the_ceremony(khe_coc: int) -> None:
    assert recognition.titles(khe_coc, by=CEREMONY - timedelta(days=1)) == []


def test_the_smart_hamlet_is_stated_completed_and_no_title_is_made_of_it(khe_coc: int) -> None:
    finding = figures.judge_place(khe_coc, SMART, on=CEREMONY).finding
    assert (finding.stated, finding.stated_on, finding.stated_mark) == ("met", "2023-05-24", "told")
    assert SMART not in {title.standard_code for title in recognition.titles(khe_coc, by=TODAY)}


def test_being_stated_completed_does_not_move_the_measured_count(khe_coc: int) -> None:
    judged = figures.judge_place(khe_coc, SMART, on=CEREMONY)
    assert (judged.finding.stated, judged.finding.verdict) == ("met", Verdict.UNKNOWN)
    assert (judged.stated.met, judged.stated.silent) == (0, 7)


# Lạng Sơn


def test_quang_lac_is_stated_at_13_of_19_at_the_start_of_2022_with_nothing_measured(quang_lac: int) -> None:
    judged = figures.judge_place(quang_lac, ADVANCED, on=START_OF_2022)
    assert (judged.stated.met, judged.stated.total, judged.stated.basically) == (13, 19, 0)
    assert (judged.counts.met, judged.counts.unknown, judged.counts.total) == (0, 19, 19)


def test_which_six_criteria_were_open_is_marked_reconstructed(quang_lac: int) -> None:
    criteria = figures.judge_place(quang_lac, ADVANCED, on=START_OF_2022).finding.criteria
    assert {criterion.stated_mark for criterion in criteria} == {"reconstructed"}
    assert sum(criterion.stated == "not_met" for criterion in criteria) == 6
    assert all("dựng lại" in criterion.stated_source for criterion in criteria)


def test_quang_lac_is_stated_as_basically_meeting_19_of_19_at_the_end_with_the_measured_count_beside(
    quang_lac: int,
) -> None:
    judged = figures.judge_place(quang_lac, ADVANCED, on=LATE_2022)
    assert (judged.stated.met, judged.stated.total, judged.stated.basically) == (19, 19, 19)
    assert (judged.counts.met, judged.counts.unknown, judged.counts.total) == (0, 19, 19)
    assert {criterion.stated_mark for criterion in judged.finding.criteria} == {"told"}


def test_the_way_of_quang_lac_from_13_to_19_is_seen_in_time(quang_lac: int) -> None:
    moments = figures.progress(figures.judge_place(quang_lac, ADVANCED, on=date(2022, 12, 31)))
    assert [(m.on, m.stated.met, m.counts.met) for m in moments] == [
        (START_OF_2022, 13, 0),
        (LATE_2022, 19, 0),
        (date(2022, 12, 31), 19, 0),
    ]


def test_what_was_stated_later_is_not_known_earlier(quang_lac: int) -> None:
    judged = figures.judge_place(quang_lac, ADVANCED, on=date(2021, 12, 31))
    assert judged.stated.silent == 19


def test_the_communes_of_the_city_stand_in_the_city_of_their_day(demo: Any) -> None:
    named = [territory.as_of(demo.place(key), LATE_2022).full_address for key in ("quang_lac", "hoang_dong")]
    assert named == [
        "xã Quảng Lạc, thành phố Lạng Sơn, tỉnh Lạng Sơn",
        "xã Hoàng Đồng, thành phố Lạng Sơn, tỉnh Lạng Sơn",
    ]


def test_the_city_had_three_communes(demo: Any) -> None:
    city = territory.as_of(demo.place("quang_lac"), LATE_2022).parent_id
    assert city is not None
    assert [p.full_name for p in territory.children(city, LATE_2022) if p.kind == "xã"] == [
        "xã Hoàng Đồng",
        "xã Mai Pha",
        "xã Quảng Lạc",
    ]


def test_cluster_3_stands_under_the_hamlet_hoang_thuong_under_hoang_dong(demo: Any) -> None:
    names = [place.full_name for place in territory.ancestors(demo.place("cum_3"), LATE_2022)]
    assert names[-3:] == ["thành phố Lạng Sơn", "xã Hoàng Đồng", "thôn Hoàng Thượng"]
    assert fold(territory.as_of(demo.place("cum_3"), LATE_2022).full_name) == "cum dan cu so 3"


def test_the_untold_figures_of_cluster_3_stay_unknown(demo: Any) -> None:
    assert figures.current(demo.place("cum_3"), ["households"], LATE_2022) == {}


def test_each_story_figure_left_out_names_the_subject_that_will_bring_it() -> None:
    packages = {
        "registers",
        "ledger",
        "steering",
        "community",
        "evidence",
        "recognition",
        "standards",
        "works",
    }
    for figure, subject in NOT_YET.items():
        assert {part.split(":")[0].strip() for part in subject.split(";")} <= packages, figure


# Joining hands: Khe Cốc


def line_of(place_id: int, code: str) -> ledger.LineView:
    return next(each for each in ledger.report(place_id)[0] if each.line.code == code)


def entries_of(place_id: int, **asked: str) -> list[ledger.EntryView]:
    """The entries behind a total, all of them: the stories have few."""
    page = ledger.entries(place_id, **asked)
    assert page.after is None
    return list(page.entries)


@pytest.mark.parametrize(("code", "dong"), [("all", 8_600 * MILLION), ("people", 4_300 * MILLION)])
def test_the_money_of_khe_coc_is_the_sum_of_its_entries_as_told(khe_coc: int, code: str, dong: int) -> None:
    line = line_of(khe_coc, code)
    (told,) = line.told
    assert (told.amount, told.unit, told.qualifier) == (dong, "đồng", "")
    assert told.paper.startswith("Bài viết về lễ đón bằng công nhận")
    assert line.sums.value_dong == line.reconstructed_dong == dong
    listed = entries_of(khe_coc) if code == "all" else entries_of(khe_coc, source="people")
    assert sum(each.value_dong or 0 for each in listed) == dong
    assert {each.mark for each in listed} == {"reconstructed"}


def test_the_other_half_of_the_money_of_khe_coc_is_of_no_source_anybody_told(khe_coc: int) -> None:
    parts = {part.source: part.sums.value_dong for part in line_of(khe_coc, "all").parts}
    assert parts == {ledger.Source.PEOPLE: 4_300 * MILLION, ledger.Source.UNTOLD: 4_300 * MILLION}
    assert {each.line.code for each in ledger.report(khe_coc)[0]}.isdisjoint(
        {"state", "enterprise", "credit"}
    )


@pytest.mark.parametrize(
    ("code", "kind", "amount", "unit"),
    [("people_labour", "labour", 920, "công"), ("people_land", "land", 5300, "m²")],
)
def test_labour_and_land_of_khe_coc_stand_beside_the_money_valued_by_nobody(
    khe_coc: int, code: str, kind: str, amount: int, unit: str
) -> None:
    line, listed = line_of(khe_coc, code), entries_of(khe_coc, kind=kind)
    assert [(told.amount, told.unit, told.qualifier) for told in line.told] == [(amount, unit, "")]
    assert sum(each.quantity or 0 for each in listed) == amount
    assert [each.value_dong for each in listed] == [None]
    assert line.sums.unvalued == len(listed) == 1
    totals = ledger.totals(khe_coc)
    assert (totals.labour_days(), totals.land_m2()) == (Decimal(920), Decimal(5300))


def test_the_money_and_the_land_of_the_road_are_for_the_road(khe_coc: int) -> None:
    road = work_of(khe_coc, "road")
    given = {each.kind: each for each in entries_of(khe_coc) if each.purpose_id == road.purpose_id}
    assert given[ledger.Kind.LAND].quantity == 5300
    assert road.secured_dong == road.row.contract_dong


def test_143_reconstructed_households_of_508_people_without_a_name(demo: Any, khe_coc: int) -> None:
    assert households.count_at(khe_coc, CEREMONY) == 143
    seen = households.households_at(khe_coc, CEREMONY, seen_by=demo.post("trưởng xóm Khe Cốc"))
    assert sum(each.head_count or 0 for each in seen) == 508
    assert [each.code for each in seen] == [f"KC-{n:03d}" for n in range(1, 144)]
    assert {each.representative for each in seen} == {f"Đại diện hộ {n}" for n in range(1, 144)}
    assert {each.mark for each in seen} == {Mark.RECONSTRUCTED}


def test_the_people_of_khe_coc_decided_in_a_quorate_meeting_before_anything_was_built(khe_coc: int) -> None:
    decided = meetings.decisions_of(khe_coc)
    assert [each.passed for each in decided] == [True, True, True]
    assert {each.mark for each in decided} == {Mark.RECONSTRUCTED}
    road = work_of(khe_coc, "road")
    assert road.decision_id in {each.id for each in decided}
    assert road.row.actual[0] is not None and max(each.decided_on for each in decided) < road.row.actual[0]


def work_of(place_id: int, kind: str) -> works.WorkView:
    (row,) = works.works(place_id, works.Filters(kind=kind)).rows
    return works.work(row.id)


def test_the_road_of_4_3_km_is_built_accepted_and_owes_nothing(khe_coc: int) -> None:
    road = work_of(khe_coc, "road")
    assert (road.row.state, road.row.length_m, road.row.mark) == (
        State.KEPT,
        Fraction(4300),
        Mark.RECONSTRUCTED,
    )
    assert (road.row.progress.percent, road.row.progress.reconstructed) == (Fraction(100), True)
    assert road.row.debt.arrears_dong == 0
    (built,) = figures.history(khe_coc, "road_paved_by_works")
    assert (built.value, str(built.period), built.mark) == (Decimal("4.3"), "2022", Mark.RECONSTRUCTED)


def test_the_road_is_drawn_before_during_and_after_from_one_spot(khe_coc: int) -> None:
    road = work_of(khe_coc, "road")
    (spot,) = road.points
    shown = evidence.documented([subjects.shot_key(spot, stage) for stage in subjects.STAGES])
    assert len(shown) == 3


def test_seven_cameras_were_put_up(khe_coc: int) -> None:
    (line,) = work_of(khe_coc, "other").lines
    assert (line.unit, line.quantity, line.done) == ("bộ", 7, 7)


def test_the_map_of_khe_coc_holds_what_is_told_and_says_that_its_places_are_ours(khe_coc: int) -> None:
    held = amenities.assets(khe_coc, on=date(2023, 5, 24), public_only=True)
    roads = [each for each in held if each.kind == "road"]
    assert round(sum(each.length_m or 0 for each in roads)) == 4_300
    assert {each.attributes["bright_clean"] for each in roads} == {True}
    assert [each.attributes["linked"] for each in held if each.kind == "camera"] == [True] * 7
    assert {each.mark for each in held} == {Mark.RECONSTRUCTED}
    assert all("minh họa" in each.source for each in held)


def test_khe_coc_held_the_title_xom_van_hoa_eight_years_running_as_told(khe_coc: int) -> None:
    held = honours.titles(khe_coc)
    assert held.streak is not None and held.streak.told is not None
    assert (held.streak.years, held.streak.last_year) == (8, 2022)
    assert held.streak.told.source.startswith("Bài viết về lễ đón bằng công nhận")
    assert held.hamlet == ()  # no single year is made of it


def test_every_family_of_khe_coc_is_a_gia_dinh_van_hoa_as_told(khe_coc: int) -> None:
    (year,) = honours.titles(khe_coc).families
    assert (year.share, year.families, year.mark) == (Fraction(1), None, Mark.TOLD)


def test_people_were_commended_at_the_ceremony_and_none_is_named(demo: Any, khe_coc: int) -> None:
    (praised,) = honours.commendations(khe_coc, honours.Asked(), seen_by=demo.post("cán bộ Vô Tranh"))
    assert (praised.recipient, praised.ceremony_on, praised.mark) == ("person", CEREMONY, Mark.TOLD)
    assert (praised.has_name, praised.decision_number, praised.decided_on) == (False, "", None)


# Joining hands: Lạng Sơn


@pytest.mark.parametrize(
    ("place", "code", "dong", "qualifier"),
    [
        ("quang_lac", "state", 6 * BILLION, "about"),
        ("quang_lac", "people_cash", 132 * MILLION, ""),
        ("tp_lang_son", "state", 195 * BILLION, "over"),
        ("tp_lang_son", "people_enterprises_credit", 140_500 * MILLION, ""),
    ],
)
def test_the_money_of_lang_son_is_the_sum_of_its_entries_as_told(
    demo: Any, place: str, code: str, dong: int, qualifier: str
) -> None:
    line = line_of(demo.place(place), code)
    (told,) = line.told
    assert (told.amount, told.unit, told.qualifier) == (dong, "đồng", qualifier)
    assert told.paper.startswith("Bài viết về xây dựng nông thôn mới ở thành phố Lạng Sơn")
    assert line.sums.value_dong == line.reconstructed_dong == dong
    listed = [each for part in line.parts for each in entries_of(demo.place(place), source=part.source.value)]
    assert sum(each.value_dong or 0 for each in listed if each.kind in line.line.kinds) == dong


def test_what_quang_lac_raised_is_within_what_its_city_raised(demo: Any, quang_lac: int) -> None:
    parts = {part.source: part.sums.value_dong for part in line_of(demo.place("tp_lang_son"), "state").parts}
    assert parts == {ledger.Source.STATE_UNSPLIT: 195 * BILLION}
    in_2022 = entries_of(demo.place("tp_lang_son"), source="state")
    assert {each.place_id for each in in_2022} == {quang_lac, demo.place("tp_lang_son")}


def test_the_140_billion_is_split_between_nobody_and_is_no_credit_and_no_contribution(demo: Any) -> None:
    city = demo.place("tp_lang_son")
    parts = {part.source: part.sums.value_dong for part in line_of(city, "people_enterprises_credit").parts}
    assert parts == {
        ledger.Source.PEOPLE: 132 * MILLION,  # that Quảng Lạc tells
        ledger.Source.SOCIAL_UNSPLIT: 140_368 * MILLION,
    }
    assert line_of(city, "contributions").sums.value_dong == 132 * MILLION
    assert "credit" not in {each.line.code for each in ledger.report(city)[0]}


def test_the_people_of_quang_lac_gave_over_a_thousand_days(quang_lac: int) -> None:
    (told,) = line_of(quang_lac, "people_labour").told
    assert (told.amount, told.unit, told.qualifier) == (1000, "công", "over")
    (given,) = entries_of(quang_lac, kind="labour")
    assert (given.quantity, given.value_dong, given.mark) == (1000, None, "reconstructed")
    assert given.purpose == "Giao thông, thủy lợi, môi trường năm 2022"


def test_quang_lac_held_26_sessions_with_1750_attendances_in_2022(quang_lac: int) -> None:
    found = outreach.sums(quang_lac, outreach.OUTREACH, date(2022, 1, 1), date(2022, 12, 31))
    assert (found.sessions, found.attendances) == (found.reconstructed, found.reconstructed_attendances)
    assert (found.sessions, found.attendances) == (26, 1750)
    (told,) = outreach.told_totals(quang_lac, outreach.OUTREACH)
    assert (told.sessions, told.sessions_qualifier, told.attendances, told.attendances_qualifier) == (
        26,
        "",
        1750,
        "",
    )


def test_the_city_held_over_100_sessions_with_over_10000_attendances_a_year(demo: Any) -> None:
    city = demo.place("tp_lang_son")
    years = outreach.by_year(city, outreach.OUTREACH, 2018, 2022)
    assert [(year, sums.sessions, sums.attendances) for year, sums in years] == [
        (year, 100, 10_000) for year in range(2018, 2023)
    ]
    (told,) = outreach.told_totals(city, outreach.OUTREACH)
    assert told.per_year and (told.sessions_qualifier, told.attendances_qualifier) == ("over", "over")
    by_unit = outreach.by_unit(city, outreach.OUTREACH, date(2022, 1, 1), date(2022, 12, 31), "commune")
    assert {each.unit.name: each.sums.sessions for each in by_unit} == {
        "thành phố Lạng Sơn": 74,
        "xã Quảng Lạc": 26,
    }


def test_no_training_is_on_record_for_its_number_is_untold(demo: Any) -> None:
    assert outreach.told_totals(demo.place("tp_lang_son"), outreach.TRAINING) == []
    assert outreach.years_of(demo.place("tp_lang_son"), outreach.TRAINING) == []


def test_every_household_of_cluster_3_was_to_give_2_5_million_and_their_number_stays_unknown(
    demo: Any,
) -> None:
    (decided,) = meetings.decisions_of(demo.place("cum_3"))
    assert decided.share is not None and decided.share["rate_dong"] == "2500000"
    assert (decided.mark, decided.passed, decided.amount_dong) == (Mark.TOLD, None, None)
    assert households.count_at(demo.place("cum_3"), LATE_2022) is None
    assert ledger.report(demo.place("cum_3"))[0] == ()  # unknown households make no sum
    page = demo.visit("đoàn kiểm tra").get(f"/cong-khai/quyet-dinh/{decided.uid}/")
    assert page.status_code == 200
    assert "2.500.000 đồng mỗi hộ" in page.content.decode() and "chưa biết" in page.content.decode()


def test_the_drain_of_cluster_3_is_told_half_built_and_measured_by_nobody(demo: Any) -> None:
    drain = work_of(demo.place("cum_3"), "drain").row
    assert (drain.progress.told, drain.progress.told_on, drain.progress.told_mark) == (
        50,
        LATE_2022,
        Mark.TOLD,
    )
    assert (drain.progress.percent, drain.contract_dong, drain.debt.arrears_dong) == (None, None, 0)
    assert (drain.state, drain.is_on_record) == (State.BUILDING, True)
    assert not drain.knows_debt  # no contract is told, so what is owed is not nothing but unknown
    assert works.works(demo.place("cum_3"), works.Filters()).totals.debt_unknown == 1


def test_no_total_waits_to_be_counted_and_each_equals_its_entries(demo: Any) -> None:
    assert ledger.as_of().waiting == 0
    assert check_totals() == []


def test_the_campaign_the_article_names_is_on_record(khe_coc: int) -> None:
    (run,) = campaigns.campaigns(khe_coc, campaigns.Asked())
    assert (run.name, run.mark) == (
        "Toàn dân đoàn kết xây dựng nông thôn mới, đô thị văn minh",
        Mark.RECONSTRUCTED,
    )


# Who does what in the demo


@pytest.mark.parametrize(
    ("persona", "label"),
    [
        ("trưởng xóm Khe Cốc", "Trưởng xóm · xóm Khe Cốc"),
        ("cán bộ Vô Tranh", "Cán bộ nông thôn mới cấp xã · xã Vô Tranh"),
        ("cán bộ Quảng Lạc", "Cán bộ nông thôn mới cấp xã · xã Quảng Lạc"),
        ("đoàn kiểm tra", "Kiểm tra, giám sát"),
    ],
)
def test_the_people_of_the_demo_are_their_posts(demo: Any, persona: str, label: str) -> None:
    post = demo.post(persona)
    assert post.label == label
    assert post.user.is_demo


# Recognition: Lạng Sơn


def test_the_city_has_nineteen_model_areas_of_which_only_the_number_is_told(demo: Any) -> None:
    city = territory.as_of(demo.place("tp_lang_son"), LATE_2022)
    assert len(recognition.titled(city, AREA, on=END_OF_2022)) == 19
    given = recognition.given_under(city.id, by=END_OF_2022)
    assert {each.mark for each in given} == {Mark.RECONSTRUCTED}
    assert {(each.decision_number, each.decided_on) for each in given} == {("", None)}
    (rank,) = firsts.told_ranks(city.id)
    assert (rank.rank, rank.root_name) == (1, "tỉnh Lạng Sơn")


def test_two_of_the_citys_three_communes_are_advanced_and_quang_lac_is_on_the_list(demo: Any) -> None:
    city = territory.as_of(demo.place("tp_lang_son"), LATE_2022)
    held = recognition.titled(city, ADVANCED, on=END_OF_2022)
    assert len(held) == 2 and demo.place("quang_lac") not in held
    (listed,) = dossiers.registrations(demo.place("quang_lac"))
    assert (listed.standard_code, listed.year, listed.due_on) == (ADVANCED, 2022, END_OF_2022)
    assert "5 xã điểm" in listed.note


def test_the_three_areas_of_hoang_dong_are_to_be_built_and_not_recognised(demo: Any) -> None:
    listed = dossiers.registrations(demo.place("hoang_dong"), year=2022)
    assert len(listed) == 3 and demo.place("cum_3") in {each.place_id for each in listed}
    assert {each.standard_code for each in listed} == {AREA}
    assert [each for each in listed if recognition.titles(each.place_id, by=TODAY)] == []


# No private person


def test_no_private_person_of_the_stories_stands_in_the_database(demo: Any) -> None:
    told = list(_texts_of_the_database())
    assert len(told) > 1000
    assert [text for text in told if private_names.stand_in(text)] == []


def _texts_of_the_database() -> Iterator[str]:
    kinds = (models.CharField, models.TextField, models.JSONField)
    for model in apps.get_models():
        names = [field.name for field in model._meta.concrete_fields if isinstance(field, kinds)]
        for row in model._default_manager.values_list(*names) if names else ():
            yield " | ".join(str(value) for value in row)


# Running it again


def rows() -> dict[str, int]:
    return {model._meta.label: model._default_manager.count() for model in apps.get_models()}


def rebuild(**more: Any) -> Any:
    again = datetime.fromisoformat("2026-03-02T09:00:00+07:00")
    built = build_stories(at=again, say=lambda _: None, **more)
    join_hands(built, at=again, say=lambda _: None)
    return built


def test_building_the_stories_again_changes_nothing(demo: Any) -> None:
    before = rows()
    again = rebuild()
    assert rows() == before
    assert (again.figures, again.places) == (0, demo.built.places)
    assert [login.password for login in again.logins] == [""] * len(again.logins)


def test_building_again_leaves_what_officers_have_corrected_since(demo: Any, khe_coc: int) -> None:
    demo.record("households", "145", by=demo.post("trưởng xóm Khe Cốc"), reason="Đếm lại")
    state_verdict(
        by=demo.post("cán bộ Quảng Lạc"),
        at=datetime.fromisoformat("2026-03-01T10:00:00+07:00"),
        place_id=demo.place("quang_lac"),
        standard_code=ADVANCED,
        kind="criterion",
        code="2",
        grade=StatedGrade.MET,
        on=LATE_2022,
        source="Báo cáo của xã",
    )
    before = rows()
    rebuild()
    assert rows() == before
    assert figures.current(khe_coc, ["households"], TODAY)[("households", "")].value == Decimal(145)
    judged = figures.judge_place(demo.place("quang_lac"), ADVANCED, on=LATE_2022)
    assert judged.finding.criterion("2").stated == "met"


def test_new_passwords_are_given_only_when_asked_for_and_only_to_demo_accounts(demo: Any) -> None:
    made = rebuild(new_passwords=True)
    assert all(len(login.password) >= 12 for login in made.logins)
    assert all(user.is_demo for user in people.open_demo_users())


# The command


@pytest.fixture
def run_demo(
    demo: Any, law: Lawbook, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, settings: Any
) -> Callable[..., str]:
    """`chungtay demo` in a world where units and law are loaded already; loading them has tests of its own."""
    settings.DEMO, settings.VAR_DIR = True, tmp_path
    asked: list[str] = []
    monkeypatch.setattr(demo_command, "call_command", lambda name, **_options: asked.append(name))
    monkeypatch.setattr(
        standards, "adopt_folder", lambda *, by, at, folder: standards.adopt(by=by, at=at, book=law)
    )

    def run(*args: str) -> str:
        told = StringIO()
        call_command("demo", *args, stdout=told)
        assert asked == ["load_units"], "the demo loads the units first"
        asked.clear()
        return told.getvalue()

    return run


def test_the_demo_is_refused_where_it_is_not_wanted(demo: Any, settings: Any) -> None:
    settings.DEMO = settings.DEBUG = False
    before = rows()
    with pytest.raises(Refusal, match="CHUNGTAY_DEMO=1"):
        call_command("demo")
    assert rows() == before


def test_the_command_prints_logins_that_open_the_door_and_keeps_them_where_only_this_account_reads(
    run_demo: Callable[..., str], tmp_path: Path, client: Any
) -> None:
    told = run_demo()
    kept = tmp_path / "demo-logins.txt"
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert kept.read_text(encoding="utf-8") in told
    trail = " ".join(str(detail) for detail in AuditEvent.objects.values_list("detail", flat=True))
    for username, password in logins(told).items():
        answer = client.post("/dang-nhap/", {"login": username, "password": password})
        assert (answer.status_code, answer["Location"]) == (302, "/"), username
        assert password not in trail


def test_a_citizen_of_the_demo_holds_no_post_and_is_welcomed_not_refused(demo: Any, client: Any) -> None:
    client.force_login(people.user_named("dan"))
    home = client.get("/")
    page = home.content.decode()
    assert (home.status_code, "Xin chào Người dân xóm Khe Cốc" in page) == (200, True)
    assert "không giữ chức danh nào" in page and 'href="/tai-khoan/"' in page
    room = client.get("/cho-xac-nhan/")
    assert (room.status_code, "Xin chào" in room.content.decode()) == (403, True)
    assert client.get("/tai-khoan/").status_code == 200


def test_running_the_command_twice_changes_nothing_and_prints_the_same_logins(
    run_demo: Callable[..., str],
) -> None:
    first = run_demo()
    before = rows()
    again = run_demo()
    assert "0 số liệu mới" in again
    assert logins(again) == logins(first)
    assert rows() == before


def logins(told: str) -> dict[str, str]:
    found = re.findall(r"^([a-z.]+)  (\S+)  \S", told, re.MULTILINE)
    assert len(found) == 17
    return dict(found)
