"""Recording figures: exact, all or nothing, never overwritten, and every refusal says what, why and what to do."""

import uuid
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from chungtay.core.actors import SystemActor
from chungtay.core.models import AuditEvent
from chungtay.core.refusals import Fault, NotPermitted, Refusal
from chungtay.figures import actions, queries
from chungtay.figures.actions import Entry, state_verdict
from chungtay.figures.models import Observation, StatedVerdict
from chungtay.figures.values import from_stored, to_stored
from chungtay.standards import queries as standards
from rulebook import Kind, Mark, Measure, Period, Share, StatedGrade

CEREMONY, TODAY = date(2023, 5, 24), date(2026, 3, 2)
DAY = Period.day(CEREMONY)
ADVANCED, MODEL = "xa-ntm-nang-cao-2021-2025", "xom-kieu-mau-thai-nguyen"
SYSTEM = SystemActor(label="Người dựng thử")
REFORM = date(2025, 7, 1)
YEAR = Period.year(2025)


@pytest.fixture
def record(demo: Any, now: datetime) -> Callable[..., list[Observation]]:
    """Figures of Khe Cốc by its head, unless told otherwise: record(Entry(…), Entry(…))."""

    def several(*entries: Entry, **more: Any) -> list[Observation]:
        given = {"by": demo.post("trưởng xóm Khe Cốc"), "at": now, "place_id": demo.place("khe_coc")}
        return actions.record(entries=entries, **(given | more))

    return several


@pytest.fixture
def refused(record: Callable[..., Any], unchanged: Callable[..., Any]) -> Callable[..., tuple[Fault, ...]]:
    """The faults with which figures are refused, nothing having been written."""

    def of(*entries: Entry, **more: Any) -> tuple[Fault, ...]:
        with unchanged(), pytest.raises(Refusal) as told:
            record(*entries, **more)
        return told.value.faults

    return of


def current(demo: Any, measure: str, part: str = "", place: str = "khe_coc") -> Any:
    return queries.current(demo.place(place), [measure], TODAY)[(measure, part)]


# A correction supersedes


def test_a_correction_supersedes_and_what_it_corrects_stays(
    demo: Any, record: Callable[..., Any], now: datetime
) -> None:
    (first,) = record(Entry("households", "145", DAY, reason="Đếm lại"))
    (second,) = record(Entry("households", "146", DAY, reason="Thêm một hộ"))
    rows = queries.history(demo.place("khe_coc"), "households")
    assert [row.value for row in rows] == [Decimal(146), Decimal(145), Decimal(143)]
    newest, middle, oldest = rows
    assert (newest.id, middle.id) == (second.pk, first.pk)
    assert (newest.supersedes, middle.supersedes, oldest.supersedes) == (middle.id, oldest.id, None)
    assert (newest.superseded_by, middle.superseded_by, oldest.superseded_by) == (None, newest.id, middle.id)
    assert (newest.reason, newest.at, newest.by) == ("Thêm một hộ", now, "Trưởng xóm · xóm Khe Cốc")


def test_the_same_value_again_writes_nothing(
    record: Callable[..., Any], unchanged: Callable[..., Any]
) -> None:
    record(Entry("households", "145", DAY))
    with unchanged():
        assert record(Entry("households", "145", DAY)) == []
        assert record(Entry("households", Decimal("145.0"), DAY)) == []


def test_the_same_value_measured_after_it_was_told_is_a_new_row(
    demo: Any, record: Callable[..., Any]
) -> None:
    (row,) = record(Entry("households", "143", DAY))
    assert (row.mark, row.supersedes_id is not None) == ("measured", True)
    assert current(demo, "households").mark is Mark.MEASURED


def test_two_figures_of_one_measure_in_one_sending_follow_each_other(
    demo: Any, record: Callable[..., Any]
) -> None:
    first, second = record(Entry("households", "145", DAY), Entry("households", "146", DAY))
    assert second.supersedes_id == first.pk
    assert current(demo, "households").value == Decimal(146)


def test_another_period_begins_a_chain_of_its_own(demo: Any, record: Callable[..., Any]) -> None:
    (row,) = record(Entry("households", "150", Period.year(2024)))
    assert row.supersedes_id is None
    assert len(queries.history(demo.place("khe_coc"), "households")) == 2


def test_the_database_itself_refuses_a_second_chain_of_a_period(demo: Any) -> None:
    row = Observation.objects.filter(measure_id="households").get()
    row.pk, row.uid = None, uuid.uuid4()
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save()


def test_the_database_itself_refuses_two_corrections_of_one_row(
    demo: Any, record: Callable[..., Any]
) -> None:
    (row,) = record(Entry("households", "145", DAY))
    row.pk, row.uid = None, uuid.uuid4()
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save()


# Sent twice


def test_the_same_uid_twice_is_once(record: Callable[..., Any], unchanged: Callable[..., Any]) -> None:
    entry = Entry("households", "145", DAY)
    assert len(record(entry)) == 1
    with unchanged():
        assert record(entry) == []


def test_the_same_uid_twice_in_one_sending_is_once(record: Callable[..., Any]) -> None:
    entry = Entry("households", "145", DAY)
    assert len(record(entry, entry)) == 1


def test_a_late_resend_does_not_undo_the_correction_made_since(
    demo: Any, record: Callable[..., Any], unchanged: Callable[..., Any]
) -> None:
    early = Entry("households", "145", DAY)
    record(early)
    record(Entry("households", "146", DAY))
    with unchanged():
        record(early)
    assert current(demo, "households").value == Decimal(146)


@pytest.mark.parametrize(
    "other",
    [
        {"value": "146"},
        {"measure": "population"},
        {"period": Period.year(2024)},
    ],
    ids=lambda other: next(iter(other)),
)
def test_the_same_uid_with_other_content_is_refused(
    record: Callable[..., Any], refused: Callable[..., Any], other: dict[str, Any]
) -> None:
    uid = uuid.uuid4()
    record(Entry("households", "145", DAY, uid=uid))
    given = {"measure": "households", "value": "145", "period": DAY, "uid": uid} | other
    (fault,) = refused(Entry(**given))
    assert "đã dùng cho một bản ghi khác" in fault.sentence and "Hãy" in fault.sentence


def test_the_same_uid_for_another_place_is_refused(
    demo: Any, record: Callable[..., Any], refused: Callable[..., Any]
) -> None:
    entry = Entry("households", "145", DAY)
    record(entry)
    assert refused(entry, place_id=demo.place("cum_3"), by=SYSTEM)


# All or nothing


def test_one_bad_row_among_many_keeps_all_out_and_every_fault_names_its_row_and_field(
    refused: Callable[..., Any],
) -> None:
    faults = refused(
        Entry("households", "145", DAY, row=1, field="so_ho"),
        Entry("no_such_measure", "1", DAY, row=2, field="la"),
        Entry("cultural_families_share", "101", DAY, row=3, field="gia_dinh"),
        Entry("households", "-1", DAY, row=4, field="so_ho"),
        Entry("population", "500", Period.year(2030), row=5, field="nhan_khau"),
    )
    assert [(fault.row, fault.field) for fault in faults] == [
        (2, "la"),
        (3, "gia_dinh"),
        (4, "so_ho"),
        (5, "period"),
    ]
    assert str(faults[0]).startswith("Dòng 2: ")


def test_a_uid_that_clashes_in_the_last_row_undoes_the_rows_before_it(
    record: Callable[..., Any], refused: Callable[..., Any]
) -> None:
    uid = uuid.uuid4()
    record(Entry("households", "145", DAY, uid=uid))
    refused(Entry("population", "510", DAY), Entry("households", "150", DAY, uid=uid))


def test_many_good_rows_are_recorded_together_with_one_event_each(
    record: Callable[..., Any], demo: Any
) -> None:
    entries = [Entry("households", str(100 + year), Period.year(year)) for year in range(2011, 2026)]
    before = AuditEvent.objects.count()
    rows = record(*entries)
    assert len(rows) == 15
    events = list(AuditEvent.objects.order_by("pk")[before:])
    assert [event.subject for event in events] == [f"figures.Observation:{row.pk}" for row in rows]
    assert {(event.deed, event.actor_label, event.place_id) for event in events} == {
        ("figures.record", "Trưởng xóm · xóm Khe Cốc", demo.place("khe_coc"))
    }


# Bad input: each with its field, the reason and the cure, and nothing half-saved

BAD = [
    ("no_such_measure", "1", DAY, "", "Không có số đo “no_such_measure”", "value"),
    ("income_per_capita", "70,2 đồng", DAY, "", "“đồng” không phải là đơn vị", "value"),
    ("concrete_road_length", "4300 m", DAY, "", "Hãy đổi ra km", "value"),
    ("cultural_families_share", "100,5", DAY, "", "vượt quá 100%", "value"),
    ("cultural_families_share", "150/143", DAY, "", "lớn hơn mẫu số", "value"),
    ("cultural_families_share", "-5/143", DAY, "", "không thể âm", "value"),
    ("cultural_families_share", "99,999", DAY, "", "quá 2 chữ số thập phân", "value"),
    ("households", "137/143", DAY, "", "không phải là tỷ lệ", "value"),
    ("households", "-3", DAY, "", "không thể âm", "value"),
    ("households", "143,5", DAY, "", "phải là số nguyên", "value"),
    ("income_per_capita", "1.234", DAY, "", "có thể đọc là 1234 hoặc 1,234", "value"),
    ("households", "mười", DAY, "", "không phải là một con số", "value"),
    ("households", "", DAY, "", "Hãy ghi một con số", "value"),
    ("households", "9" * 30, DAY, "", "chữ số", "value"),
    ("income_per_capita", "1,234.5.6", DAY, "", "viết lẫn dấu chấm và dấu phẩy", "value"),
    ("income_per_capita", "70,2001", DAY, "", "quá 3 chữ số thập phân", "value"),
    ("direction_map", "có lẽ", DAY, "", "chỉ nhận “có” hoặc “không”", "value"),
    ("learning_community_grade", "giỏi", DAY, "", "phải là một trong các mức", "value"),
    ("households", "143", DAY, "female", "không tách nam, nữ", "value"),
    ("households", "143", Period.day(date(2026, 3, 3)), "", "sau hôm nay (02/03/2026)", "period"),
    ("households", "143", Period.year(2027), "", "sau hôm nay", "period"),
    ("households", "143", Period(date(2023, 6, 1), date(2023, 5, 1)), "", "trước ngày bắt đầu", "period"),
]


@pytest.mark.parametrize(
    ("measure", "value", "period", "part", "sentence", "field"), BAD, ids=[f"{b[0]} {b[1]}" for b in BAD]
)
def test_bad_input_is_refused_with_field_reason_and_cure(
    refused: Callable[..., Any],
    measure: str,
    value: str,
    period: Period,
    part: str,
    sentence: str,
    field: str,
) -> None:
    (fault,) = refused(Entry(measure, value, period, part, row=7))
    assert sentence in fault.sentence
    assert (fault.row, fault.field) == (7, field)
    assert any(cure in fault.sentence for cure in ("Hãy", "phải là", "chỉ nhận")), "no cure"


def test_a_value_that_is_not_typed_but_wrong_is_refused_too(refused: Callable[..., Any]) -> None:
    for value in (Decimal("-1"), Decimal("1.5"), Decimal("NaN"), Share(1, 2), True, "143 người"):
        assert refused(Entry("households", value, DAY))


@pytest.mark.parametrize(
    ("field", "more"), [("source", {"source": "x" * 301}), ("reason", {"reason": "x" * 301})]
)
def test_a_text_too_long_to_keep_whole_is_refused_and_not_cut(
    refused: Callable[..., Any], field: str, more: dict[str, str]
) -> None:
    (fault,) = refused(Entry("households", "145", DAY, **more))
    assert (fault.field, "quá 300" in fault.sentence) == (field, True)


def test_a_text_that_no_database_can_keep_or_nobody_sees_is_refused(refused: Callable[..., Any]) -> None:
    for text in ("báo cáo\x00", "báo\u202e cáo", "báo\u200bcáo"):
        (fault,) = refused(Entry("households", "145", DAY, source=text))
        assert fault.field == "source" and "sau “báo" in fault.sentence


def test_a_period_after_the_life_of_the_place_is_refused_with_who_came_after(
    demo: Any, refused: Callable[..., Any]
) -> None:
    given = {"place_id": demo.place("quang_lac"), "by": SYSTEM}
    (fault,) = refused(Entry("households", "1000", Period.day(REFORM)), **given)
    assert "Xã Quảng Lạc không còn từ 01/07/2025" in fault.sentence[0].upper() + fault.sentence[1:]
    assert "đơn vị kế tiếp" in fault.sentence


def test_a_period_before_the_life_of_the_place_is_refused(demo: Any, refused: Callable[..., Any]) -> None:
    born_with_the_reform = demo.post("cán bộ Vô Tranh").place_id
    given = {"place_id": born_with_the_reform, "by": SYSTEM}
    (fault,) = refused(Entry("households", "1000", Period.year(2024)), **given)
    assert "01/07/2025" in fault.sentence and "đơn vị trước đó" in fault.sentence


def test_a_year_in_which_the_place_began_is_the_year_of_the_place(
    demo: Any, record: Callable[..., Any]
) -> None:
    given = {"place_id": demo.post("cán bộ Vô Tranh").place_id, "by": SYSTEM}
    assert record(Entry("households", "1000", Period.year(2025)), **given)


def test_a_period_begun_but_not_over_can_be_described(record: Callable[..., Any]) -> None:
    assert record(Entry("households", "145", Period.year(2026)))


@pytest.mark.parametrize("typed", ["1.234,5", "1,234.5", "1234,5", "1234.5", "1 234,5"])
def test_the_same_number_written_in_any_clear_way_is_the_same_value(
    demo: Any, record: Callable[..., Any], typed: str
) -> None:
    record(Entry("income_per_capita", typed, DAY))
    assert current(demo, "income_per_capita").value == Decimal("1234.5")


# Who may


@pytest.mark.parametrize(
    ("persona", "sentence"),
    [
        ("cán bộ Quảng Lạc", "nằm ngoài địa bàn"),
        ("đoàn kiểm tra", "không được ghi số liệu"),
    ],
)
def test_a_deed_outside_ones_scope_or_by_an_inspector_is_refused(
    demo: Any, record: Callable[..., Any], unchanged: Callable[..., Any], persona: str, sentence: str
) -> None:
    with unchanged(), pytest.raises(NotPermitted, match=sentence):
        record(Entry("households", "1", DAY), by=demo.post(persona))


def test_who_may_not_is_told_so_before_what_is_wrong_with_the_figures(
    demo: Any, refused: Callable[..., Any]
) -> None:
    (fault,) = refused(Entry("no_such_measure", "-1", Period.year(2090)), by=demo.post("đoàn kiểm tra"))
    assert "Kiểm tra, giám sát" in fault.sentence


def test_the_officer_of_the_commune_today_records_for_its_hamlets_of_before_the_reform(
    demo: Any, record: Callable[..., Any]
) -> None:
    (row,) = record(Entry("households", "145", DAY), by=demo.post("cán bộ Vô Tranh"))
    assert row.by_label == "Cán bộ nông thôn mới cấp xã · xã Vô Tranh"
    assert row.post_id == demo.post("cán bộ Vô Tranh").pk


# Values go in and come out exactly

MEASURES = {
    Kind.PERCENT: Measure("p", standards.Text("p", "p"), Kind.PERCENT, decimals=2),
    Kind.MONEY: Measure("m", standards.Text("m", "m"), Kind.MONEY, decimals=3),
    Kind.NUMBER: Measure("n", standards.Text("n", "n"), Kind.NUMBER, decimals=3, negative=True),
    Kind.COUNT: Measure("c", standards.Text("c", "c"), Kind.COUNT),
    Kind.FLAG: Measure("f", standards.Text("f", "f"), Kind.FLAG),
}


def decimals(measure: Measure, least: int, most: int) -> st.SearchStrategy[Decimal]:
    step = Decimal(1).scaleb(-measure.decimals)
    return st.decimals(least, most, places=measure.decimals).map(lambda number: number.quantize(step))


@given(
    st.one_of(
        decimals(MEASURES[Kind.PERCENT], 0, 100).map(lambda v: (MEASURES[Kind.PERCENT], v)),
        decimals(MEASURES[Kind.MONEY], 0, 10**14).map(lambda v: (MEASURES[Kind.MONEY], v)),
        decimals(MEASURES[Kind.NUMBER], -(10**14), 10**14).map(lambda v: (MEASURES[Kind.NUMBER], v)),
        decimals(MEASURES[Kind.COUNT], 0, 10**17).map(lambda v: (MEASURES[Kind.COUNT], v)),
        st.booleans().map(lambda v: (MEASURES[Kind.FLAG], v)),
        st.integers(0, 10**18 - 1).flatmap(
            lambda whole: st.integers(0, whole).map(lambda part: (MEASURES[Kind.PERCENT], Share(part, whole)))
        ),
    )
)
def test_every_value_a_measure_can_have_survives_as_whole_numbers(pair: tuple[Measure, Any]) -> None:
    measure, value = pair
    assert measure.problems_with(value) == []
    stored = to_stored(value, measure)
    assert all(isinstance(n, int) and n < 2**63 for n in stored if n is not None)
    back = from_stored(stored, measure)
    assert (back, type(back)) == (value, type(value))


def test_values_of_every_kind_come_back_from_the_database_as_they_were(
    demo: Any, record: Callable[..., Any]
) -> None:
    told: list[tuple[str, Any, str]] = [
        ("security_cameras", Decimal(10**17), ""),
        ("income_per_capita", Decimal("70.205"), ""),
        ("concrete_road_length", Decimal("0.001"), ""),
        ("cultural_families_share", Decimal("99.99"), ""),
        ("fibre_households_share", Share(142, 143), ""),
        ("mobile_households_share", Share(0, 0), ""),
        ("health_insurance_share", Decimal("95.5"), "female"),
        ("crime_change", Decimal(-3), ""),
        ("direction_map", False, ""),
        ("learning_community_grade", "fair", ""),
    ]
    record(*(Entry(code, value, DAY, part) for code, value, part in told))
    for code, value, part in told:
        found = current(demo, code, part).value
        assert (found, type(found)) == (value, type(value)), code


def test_no_figure_is_kept_as_a_floating_point_number() -> None:
    kinds = {field.name: field.get_internal_type() for field in Observation._meta.concrete_fields}
    assert "FloatField" not in kinds.values()
    assert {kinds[name] for name in ("scaled", "numerator", "denominator")} == {"BigIntegerField"}


# Stated verdicts


@pytest.fixture
def state(demo: Any, now: datetime) -> Callable[..., StatedVerdict]:
    """Quảng Lạc's officer states criterion 2 as met at the end of 2022, unless told otherwise."""

    def one(**more: Any) -> StatedVerdict:
        given: dict[str, Any] = {
            "by": demo.post("cán bộ Quảng Lạc"),
            "at": now,
            "place_id": demo.place("quang_lac"),
            "standard_code": ADVANCED,
            "kind": "criterion",
            "code": "2",
            "grade": StatedGrade.MET,
            "on": date(2022, 12, 31),
            "source": "Báo cáo của xã",
        }
        return state_verdict(**(given | more))

    return one


def test_the_same_statement_of_a_day_changes_nothing_and_another_supersedes(
    state: Callable[..., StatedVerdict], unchanged: Callable[..., Any]
) -> None:
    first = state()
    with unchanged():
        assert state() == first
    second = state(grade=StatedGrade.NOT_MET)
    assert second.supersedes_id == first.pk


def test_a_statement_sent_twice_is_once_even_after_another(
    state: Callable[..., StatedVerdict], unchanged: Callable[..., Any]
) -> None:
    uid = uuid.uuid4()
    first = state(uid=uid)
    state(grade=StatedGrade.NOT_MET)
    with unchanged():
        assert state(uid=uid) == first
    with unchanged(), pytest.raises(Refusal, match="đã dùng cho một bản ghi khác"):
        state(uid=uid, code="3")


def test_a_statement_writes_one_event_that_names_the_post(
    state: Callable[..., StatedVerdict], events: Callable[..., list[AuditEvent]]
) -> None:
    before = len(events())
    row = state()
    (event,) = events()[before:]
    assert (event.deed, event.subject) == ("figures.state_verdict", f"figures.StatedVerdict:{row.pk}")
    assert event.actor_label == "Cán bộ nông thôn mới cấp xã · xã Quảng Lạc"


@pytest.mark.parametrize(
    ("field", "given"),
    [
        ("source", {"source": "  "}),
        ("source", {"source": "x" * 301}),
        ("code", {"code": "20"}),
        ("code", {"kind": "indicator", "code": "2"}),
        ("code", {"kind": "planet", "code": "2"}),
        ("on", {"on": date(2026, 3, 3)}),
        ("on", {"on": REFORM}),
    ],
)
def test_a_statement_that_cannot_be_is_refused_at_its_field(
    state: Callable[..., StatedVerdict], unchanged: Callable[..., Any], field: str, given: dict[str, Any]
) -> None:
    with unchanged(), pytest.raises(Refusal) as refused:
        state(**given)
    assert refused.value.of_field(field)


def test_a_verdict_under_a_standard_of_another_level_is_not_stated(
    state: Callable[..., StatedVerdict], unchanged: Callable[..., Any]
) -> None:
    with unchanged(), pytest.raises(Refusal, match="không dùng cho xã Quảng Lạc"):
        state(standard_code=MODEL)


@pytest.mark.parametrize("persona", ["trưởng xóm Khe Cốc", "đoàn kiểm tra"])
def test_a_hamlet_head_and_an_inspector_state_nothing(
    demo: Any, state: Callable[..., StatedVerdict], unchanged: Callable[..., Any], persona: str
) -> None:
    more = {"place_id": demo.place("khe_coc"), "standard_code": MODEL, "by": demo.post(persona)}
    with unchanged(), pytest.raises(NotPermitted):
        state(**more)


def test_a_statement_does_not_move_the_measured_verdict(
    demo: Any, state: Callable[..., StatedVerdict]
) -> None:
    day = date(2022, 12, 31)
    before = queries.judge_place(demo.place("quang_lac"), ADVANCED, on=day)
    state(grade=StatedGrade.NOT_MET)
    after = queries.judge_place(demo.place("quang_lac"), ADVANCED, on=day)
    assert after.counts == before.counts
    assert (before.stated.met, after.stated.met) == (19, 18)


def test_a_second_window_is_told_what_the_first_wrote_before_it_overwrites(
    record: Callable[..., Any], refused: Callable[..., tuple[Fault, ...]], demo: Any
) -> None:
    """Two windows stood open on one figure; the second to save had seen neither value of the first."""
    seen = queries.newest_row(demo.place("khe_coc"))
    record(Entry("poor_households", "2", YEAR))
    (fault,) = refused(Entry("poor_households", "5", YEAR, field="poor_households"), seen=seen)
    assert (
        fault.field == "poor_households" and "ghi là 2" in fault.sentence and "lưu lần nữa" in fault.sentence
    )
    assert record(Entry("poor_households", "2", YEAR), seen=seen) == []  # the same value is no clash
    (row,) = record(Entry("poor_households", "5", YEAR), seen=queries.newest_row(demo.place("khe_coc")))
    assert row.scaled == 5


def test_a_year_typed_centuries_off_is_refused(refused: Callable[..., tuple[Fault, ...]]) -> None:
    (fault,) = refused(Entry("poor_households", "2", Period.year(202)))
    assert "trước năm 1945" in fault.sentence


def test_nothing_is_stated_under_a_standard_outside_its_time(
    state: Callable[..., StatedVerdict], unchanged: Callable[..., Any]
) -> None:
    with unchanged(), pytest.raises(Refusal, match="không có hiệu lực vào ngày 31/12/2012"):
        state(on=date(2012, 12, 31))
