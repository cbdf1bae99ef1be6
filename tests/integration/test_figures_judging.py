"""What the law says of a place: which figures count, how it moved, what is frozen, and at what cost."""

import uuid
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest

from chungtay.core.actors import SystemActor
from chungtay.core.models import AuditEvent
from chungtay.core.refusals import NotFound, NotPermitted, Refusal
from chungtay.figures import actions, queries
from chungtay.figures.actions import Entry, freeze_assessment, state_verdict
from chungtay.figures.freezing import finding_digest
from chungtay.figures.models import Assessment, Observation
from rulebook import Counts, Fact, Mark, Period, StatedGrade, Verdict, explain

MODEL, ADVANCED, COMMUNE = "xom-kieu-mau-thai-nguyen", "xa-ntm-nang-cao-2021-2025", "xa-ntm-2021-2025"
CEREMONY = date(2023, 5, 24)
DAY = Period.day(CEREMONY)
SYSTEM = SystemActor(label="Người dựng thử")


def verdict_of(demo: Any, indicator: str, on: date = CEREMONY) -> Verdict:
    found = queries.judge_place(demo.place("khe_coc"), MODEL, on=on).finding.indicator(indicator)
    return found.verdict


# Which figure counts


def test_the_newest_period_begun_by_the_day_counts(demo: Any) -> None:
    demo.record("poor_households", "2", period=Period.year(2022))
    demo.record("poor_households", "1", period=Period.year(2024))
    verdicts = {day: verdict_of(demo, "6.1", day) for day in (date(2022, 6, 1), CEREMONY, date(2024, 6, 1))}
    assert list(verdicts.values()) == [Verdict.NOT_MET, Verdict.MET, Verdict.NOT_MET]


def test_before_the_first_figure_the_verdict_is_unknown_not_failed(demo: Any) -> None:
    assert verdict_of(demo, "6.1", date(2023, 5, 23)) is Verdict.UNKNOWN


def test_a_correction_counts_and_what_it_corrects_does_not(demo: Any) -> None:
    demo.record("poor_households", "3")
    assert verdict_of(demo, "6.1") is Verdict.NOT_MET
    demo.record("poor_households", "0")
    assert verdict_of(demo, "6.1") is Verdict.MET


def test_a_reconstructed_figure_is_shown_but_never_counts(demo: Any) -> None:
    demo.record("lit_main_roads_share", "100", mark=Mark.RECONSTRUCTED)
    assert verdict_of(demo, "2.2") is Verdict.UNKNOWN
    (row,) = queries.history(demo.place("khe_coc"), "lit_main_roads_share")
    assert row.mark is Mark.RECONSTRUCTED
    demo.record("lit_main_roads_share", "100", mark=Mark.MEASURED)
    assert verdict_of(demo, "2.2") is Verdict.MET


def test_a_draft_does_not_count(demo: Any) -> None:
    (row,) = demo.record("poor_households", "3")
    Observation.objects.filter(pk=row.pk).update(state="draft")
    assert verdict_of(demo, "6.1") is not Verdict.NOT_MET


def test_the_finding_leads_back_to_the_row_it_stands_on(demo: Any) -> None:
    (row,) = demo.record("poor_households", "3")
    leaf = queries.judge_place(demo.place("khe_coc"), MODEL, on=CEREMONY).finding.indicator("6.1").children[0]
    assert (leaf.fact_id, leaf.value, leaf.mark) == (row.pk, "3", "measured")
    assert queries.figure(row.pk).value == Decimal(3)


def test_the_figures_of_one_place_never_count_for_another(demo: Any) -> None:
    demo.record("poor_households", "0", place="hoang_thuong")
    judged = queries.judge_place(demo.place("hoang_thuong"), MODEL, on=CEREMONY)
    assert judged.counts.met == 1
    assert queries.judge_place(demo.place("cum_3"), MODEL, on=CEREMONY).counts.met == 0


def test_a_place_is_judged_by_the_region_of_its_commune(demo: Any) -> None:
    quang_lac = demo.place("quang_lac")
    judged = queries.judge_place(quang_lac, COMMUNE, on=date(2022, 12, 31))
    assert judged.facts.place.region == "TDMNPB"
    (income,) = judged.finding.criterion("10").indicators
    assert income.children[0].threshold_text.vi, "the threshold of that region and year is known"


def test_a_place_is_not_judged_on_a_day_on_which_it_does_not_live(demo: Any) -> None:
    with pytest.raises(Refusal, match="Xã Quảng Lạc không còn từ ngày 01/07/2025"):
        queries.judge_place(demo.place("quang_lac"), ADVANCED, on=date(2025, 7, 1))
    with pytest.raises(NotFound):
        queries.judge_place(999_999, ADVANCED, on=CEREMONY)


@pytest.mark.parametrize(("place", "standard"), [("khe_coc", ADVANCED), ("quang_lac", MODEL)])
def test_a_place_is_not_judged_by_a_standard_of_another_level(
    demo: Any, freeze: Callable[..., Assessment], place: str, standard: str
) -> None:
    with pytest.raises(Refusal, match="không dùng cho"):
        queries.judge_place(demo.place(place), standard, on=CEREMONY)
    with pytest.raises(Refusal, match="không dùng cho"):
        freeze(by=SYSTEM, place_id=demo.place(place), standard_code=standard)


def test_a_law_that_came_later_is_labelled(demo: Any) -> None:
    quang_lac = demo.place("quang_lac")
    assert queries.judge_place(quang_lac, ADVANCED, on=date(2022, 3, 7)).retrospective
    assert not queries.judge_place(quang_lac, ADVANCED, on=date(2022, 3, 8)).retrospective


# Trying figures


def test_trying_figures_shows_what_would_be_and_saves_nothing(
    demo: Any, unchanged: Callable[..., Any]
) -> None:
    khe_coc = demo.place("khe_coc")
    tried = [Fact("poor_households", Decimal(2), DAY), Fact("lit_main_roads_share", Decimal(100), DAY)]
    with unchanged():
        judged = queries.judge_place(khe_coc, MODEL, on=CEREMONY, instead=tried)
    assert judged.finding.indicator("6.1").verdict is Verdict.NOT_MET
    assert judged.finding.indicator("2.2").verdict is Verdict.MET
    assert verdict_of(demo, "6.1") is Verdict.MET


def test_a_figure_tried_stands_in_place_of_the_recorded_one_of_the_same_period_only(demo: Any) -> None:
    tried = [Fact("poor_households", Decimal(2), Period.year(2022))]
    judged = queries.judge_place(demo.place("khe_coc"), MODEL, on=CEREMONY, instead=tried)
    assert judged.finding.indicator("6.1").verdict is Verdict.MET, "the figure of the ceremony is newer"


# In time


def test_progress_has_a_moment_for_each_day_on_which_something_began(demo: Any) -> None:
    demo.record("lit_main_roads_share", "100", period=Period.year(2024))
    state_verdict(
        by=SYSTEM,
        at=datetime.fromisoformat("2026-03-02T09:00:00+07:00"),
        place_id=demo.place("khe_coc"),
        standard_code=MODEL,
        kind="criterion",
        code="1",
        grade=StatedGrade.MET,
        on=date(2023, 7, 1),
        source="Báo cáo của xóm",
    )
    judged = queries.judge_place(demo.place("khe_coc"), MODEL, on=date(2024, 6, 1))
    moments = queries.progress(judged)
    assert [moment.on for moment in moments] == [
        date(2022, 1, 1),
        CEREMONY,
        date(2023, 7, 1),
        date(2024, 1, 1),
        date(2024, 6, 1),
    ]
    assert [moment.counts.met for moment in moments] == [0, 3, 3, 3, 3]
    assert [moment.stated.met for moment in moments] == [0, 0, 1, 1, 1]
    assert moments[-1].counts == judged.counts


def test_progress_tells_nothing_of_later_days(demo: Any) -> None:
    judged = queries.judge_place(demo.place("khe_coc"), MODEL, on=date(2022, 6, 1))
    assert [moment.on for moment in queries.progress(judged)] == [date(2022, 1, 1), date(2022, 6, 1)]


def test_a_place_with_no_figure_has_one_moment_all_unknown(demo: Any) -> None:
    (moment,) = queries.progress(queries.judge_place(demo.place("cum_3"), MODEL, on=CEREMONY))
    assert moment.counts == Counts(met=0, not_met=0, unknown=9, excused=0)


def test_the_history_of_a_figure_stands_newest_period_first_and_corrections_before_the_corrected(
    demo: Any,
) -> None:
    demo.record("households", "140", period=Period.year(2022))
    demo.record("households", "150", period=Period.year(2024))
    demo.record("households", "141", period=Period.year(2022))
    rows = queries.history(demo.place("khe_coc"), "households")
    assert [(str(row.period), row.value) for row in rows] == [
        ("2024", Decimal(150)),
        ("2023-05-24", Decimal(143)),
        ("2022", Decimal(141)),
        ("2022", Decimal(140)),
    ]


def test_what_is_missing_comes_nearest_first_and_names_what_to_do(demo: Any) -> None:
    demo.record("poor_households", "2")
    judged = queries.judge_place(demo.place("khe_coc"), MODEL, on=CEREMONY)
    assert judged.cures == explain(judged.finding)
    first = judged.cures[0]
    assert len(first.indicators) == min(len(cure.indicators) for cure in judged.cures if not cure.blocked)
    (six,) = [cure for cure in judged.cures if cure.code == "6"]
    assert "2" in six.needs[0].gap_text.vi


# Frozen


@pytest.fixture
def freeze(demo: Any, now: datetime) -> Callable[..., Assessment]:
    """The commune officer freezes Khe Cốc's standing under the model hamlet set."""

    def one(**more: Any) -> Assessment:
        given: dict[str, Any] = {
            "by": demo.post("cán bộ Vô Tranh"),
            "at": now,
            "place_id": demo.place("khe_coc"),
            "standard_code": MODEL,
            "figures_on": CEREMONY,
            "purpose": "Tự đánh giá năm 2023",
        }
        return freeze_assessment(**(given | more))

    return one


def test_a_frozen_assessment_stays_what_it_was_after_new_figures(
    demo: Any, freeze: Callable[..., Assessment]
) -> None:
    judged = queries.judge_place(demo.place("khe_coc"), MODEL, on=CEREMONY)
    row = freeze()
    demo.record("poor_households", "5")
    frozen = queries.assessment(row.pk)
    assert (frozen.finding, frozen.counts, frozen.intact) == (judged.finding, judged.counts, True)
    assert queries.judge_place(demo.place("khe_coc"), MODEL, on=CEREMONY).counts != frozen.counts


def test_a_frozen_assessment_keeps_the_name_of_its_day_the_post_and_the_version(
    freeze: Callable[..., Assessment], now: datetime
) -> None:
    frozen = queries.assessment(freeze(purpose=" Tự đánh giá ").pk)
    assert frozen.place_name == "xóm Khe Cốc, xã Tức Tranh, huyện Phú Lương, tỉnh Thái Nguyên"
    assert (frozen.by, frozen.at) == ("Cán bộ nông thôn mới cấp xã · xã Vô Tranh", now)
    assert (frozen.purpose, frozen.version.label) == ("Tự đánh giá", "sample-1")


def test_an_assessment_frozen_when_clauses_had_one_language_is_intact_and_read_as_frozen(
    freeze: Callable[..., Assessment],
) -> None:
    def of_that_day(plain: dict[str, Any]) -> dict[str, Any]:
        below = [of_that_day(child) for child in plain.get("children", [])]
        one = {"clause": plain["clause"]["vi"]} if "clause" in plain else {}
        return {**plain, **one, **({"children": below} if below else {})}

    row = freeze()
    finding = of_that_day(row.finding)
    standard = queries.assessment(row.pk).version.digest
    digest = finding_digest(
        finding, standard, place=row.place_name, figures_on=row.figures_on, purpose=row.purpose
    )
    Assessment.objects.filter(pk=row.pk).update(finding=finding, digest=digest)
    frozen = queries.assessment(row.pk)
    assert frozen.intact
    assert frozen.finding.criterion("1").clause.vi.endswith("tiêu chí 1")
    assert frozen.finding.criterion("1").clause.en == frozen.finding.criterion("1").clause.vi


def _tampered(row: Assessment) -> dict[str, Any]:
    finding = dict(row.finding)
    finding["verdict"] = "met"
    return finding


@pytest.mark.parametrize(
    "tamper",
    [
        lambda row: {"finding": _tampered(row)},
        lambda row: {"digest": "0" * 64},
        lambda row: {"figures_on": date(2023, 6, 1)},
        lambda row: {"place_name": "xóm Khác"},
        lambda row: {"purpose": "Hồ sơ đề nghị công nhận"},
    ],
    ids=["verdict", "digest", "day", "place", "purpose"],
)
def test_a_row_tampered_with_is_reported_as_not_intact(
    freeze: Callable[..., Assessment], demo: Any, tamper: Callable[[Assessment], dict[str, Any]]
) -> None:
    row = freeze()
    Assessment.objects.filter(pk=row.pk).update(**tamper(row))
    assert not queries.assessment(row.pk).intact
    assert [each.intact for each in queries.assessments(demo.place("khe_coc"))] == [False]


def test_freezing_twice_with_one_uid_is_once(
    freeze: Callable[..., Assessment], unchanged: Callable[..., Any]
) -> None:
    uid = uuid.uuid4()
    first = freeze(uid=uid)
    with unchanged():
        assert freeze(uid=uid) == first


@pytest.mark.parametrize(
    "other",
    [{"figures_on": date(2023, 6, 1)}, {"standard_code": "xom-thong-minh-thai-nguyen"}],
    ids=["day", "standard"],
)
def test_one_uid_for_another_assessment_is_refused(
    freeze: Callable[..., Assessment], unchanged: Callable[..., Any], other: dict[str, Any]
) -> None:
    uid = uuid.uuid4()
    freeze(uid=uid)
    with unchanged(), pytest.raises(Refusal, match="đã dùng cho một bản ghi khác"):
        freeze(uid=uid, **other)


@pytest.mark.parametrize(
    ("field", "given"),
    [
        ("figures_on", {"figures_on": date(2026, 3, 3)}),
        ("purpose", {"purpose": "   "}),
        ("purpose", {"purpose": "x" * 201}),
        ("purpose", {"purpose": "Tự đánh\x00 giá"}),
    ],
)
def test_an_assessment_that_cannot_be_is_refused_at_its_field(
    freeze: Callable[..., Assessment], unchanged: Callable[..., Any], field: str, given: dict[str, Any]
) -> None:
    with unchanged(), pytest.raises(Refusal) as refused:
        freeze(**given)
    assert refused.value.of_field(field)


@pytest.mark.parametrize("persona", ["trưởng xóm Khe Cốc", "cán bộ Quảng Lạc", "đoàn kiểm tra"])
def test_only_the_officer_of_the_commune_freezes(
    demo: Any, freeze: Callable[..., Assessment], unchanged: Callable[..., Any], persona: str
) -> None:
    with unchanged(), pytest.raises(NotPermitted):
        freeze(by=demo.post(persona))


def test_freezing_writes_one_event_with_the_digest(freeze: Callable[..., Assessment]) -> None:
    row = freeze()
    (event,) = AuditEvent.objects.filter(deed="figures.freeze_assessment")
    assert (event.subject, event.detail["digest"]) == (f"figures.Assessment:{row.pk}", row.digest)
    assert event.actor_label == "Cán bộ nông thôn mới cấp xã · xã Vô Tranh"


def test_there_is_no_assessment_that_nobody_froze(demo: Any) -> None:
    with pytest.raises(NotFound, match="Không có bản đánh giá này"):
        queries.assessment(999_999)


def test_assessments_stand_newest_day_first(demo: Any, freeze: Callable[..., Assessment]) -> None:
    for day in (CEREMONY, date(2024, 1, 1), date(2023, 6, 1)):
        freeze(figures_on=day)
    assert [each.figures_on for each in queries.assessments(demo.place("khe_coc"))] == [
        date(2024, 1, 1),
        date(2023, 6, 1),
        CEREMONY,
    ]


# What it costs: the same number of queries however many figures there are

MOST = {"judge": 8, "place": 25, "criterion": 18, "enter": 18}


def _more_figures(demo: Any, how_many: int) -> None:
    entries = [
        Entry("poor_households", str(number % 7), Period.day(date.fromordinal(738000 + number)))
        for number in range(how_many)
    ]
    at = datetime.fromisoformat("2026-03-02T09:00:00+07:00")
    actions.record(by=SYSTEM, at=at, place_id=demo.place("khe_coc"), entries=entries)


def _pages(demo: Any) -> dict[str, str]:
    place = f"/dia-ban/{demo.place('khe_coc')}/"
    return {
        "place": f"{place}?ngay=2023-05-24&bo={MODEL}",
        "criterion": f"{place}{MODEL}/tieu-chi/6/?ngay=2023-05-24",
        "enter": f"{place}{MODEL}/tieu-chi/6/nhap/?ngay=2023-05-24",
    }


def test_a_place_is_judged_with_a_fixed_number_of_queries(demo: Any, queries_of: Callable[..., int]) -> None:
    def judge() -> None:
        queries.judge_place(demo.place("khe_coc"), MODEL, on=CEREMONY)

    judge()
    _more_figures(demo, 5)
    few = queries_of(judge)
    _more_figures(demo, 200)
    assert queries_of(judge) == few <= MOST["judge"]


@pytest.mark.parametrize("page", ["place", "criterion", "enter"])
def test_a_page_asks_a_fixed_number_of_queries_however_many_figures_there_are(
    demo: Any, queries_of: Callable[..., int], page: str
) -> None:
    client, address = demo.visit("trưởng xóm Khe Cốc"), _pages(demo)[page]

    def look() -> None:
        assert client.get(address).status_code == 200

    look()
    _more_figures(demo, 5)
    few = queries_of(look)
    _more_figures(demo, 200)
    assert queries_of(look) == few <= MOST[page]


def test_recording_many_figures_looks_up_what_they_supersede_once(
    demo: Any, queries_of: Callable[..., int]
) -> None:
    _more_figures(demo, 1)
    five = queries_of(lambda: _more_figures(demo, 6))
    fifty = queries_of(lambda: _more_figures(demo, 56))
    assert fifty - five == 2 * 45, "one row and one event each; the block is patched once"
