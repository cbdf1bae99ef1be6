"""Figures when places merge or split: what is carried, what stays behind and why, and totals before and after."""

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from chungtay.core.actors import SystemActor
from chungtay.core.refusals import NotPermitted, Refusal
from chungtay.figures import actions, queries
from chungtay.figures.actions import Entry
from chungtay.figures.carried_rows import CarriedFigure
from chungtay.figures.carrying import Carrying, carriable, periods_before, totals
from chungtay.figures.succession import PartFigures, carry_over, divide
from chungtay.people import actions as people
from chungtay.people.models import Post
from chungtay.territory import queries as territory
from chungtay.territory.actions import Part, absorb_places, found_place, merge_places, split_place
from rulebook import Mark, Period, Share, Verdict

SYSTEM = SystemActor(label="Người dựng thử")
AT = datetime.fromisoformat("2026-03-02T09:00:00+07:00")
BY: dict[str, Any] = {"by": SYSTEM, "at": AT}
LAST_YEAR = Period.year(2025)
MERGED = date(2026, 1, 1)
DEED: dict[str, Any] = {"on": MERGED, "instrument": "Nghị quyết 07/NQ-HĐND", **BY}
MODEL = "xom-kieu-mau-thai-nguyen"
TODAY = date(2026, 3, 2)


def record(place: int, period: Period = LAST_YEAR, mark: Mark = Mark.MEASURED, **figures: str) -> None:
    entries = [Entry(code, value, period, mark=mark) for code, value in figures.items()]
    actions.record(**BY, place_id=place, entries=entries)


@pytest.fixture
def hamlets(demo: Any) -> dict[str, int]:
    """Khe Cốc and its neighbours Gốc Gạo and Đồng Lòng, all below the commune of today."""
    parent = territory.latest(demo.place("khe_coc")).parent_id
    assert parent is not None
    made = {"khe_coc": demo.place("khe_coc")}
    for key, name in (("goc_gao", "Gốc Gạo"), ("dong_long", "Đồng Lòng")):
        made[key] = found_place(
            name=name, kind="xóm", level="hamlet", parent=parent, valid_from=None, **BY
        ).id
    return made


def merge(places: dict[str, int], *keys: str) -> int:
    ids = [places[key] for key in keys or places]
    return merge_places(places=ids, into_name="Khe Gạo", kind="xóm", **DEED).id


def split(place: int, *names: str) -> list[int]:
    parts = [Part(name, "xóm") for name in names]
    return [each.id for each in split_place(place=place, parts=parts, **DEED)]


def carried(carrying: Carrying) -> dict[str, Any]:
    return {each.measure.code: each.value for each in carrying.figures}


def sentences(carrying: Carrying) -> dict[str, str]:
    return {each.measure.code: each.sentence for each in carrying.left}


def current(place: int, code: str) -> queries.FigureView:
    return queries.current(place, [code], TODAY)[code, ""]


# --- merging ---


def test_counts_add_and_shares_add_in_both_numbers(hamlets: dict[str, int]) -> None:
    record(hamlets["khe_coc"], households="143", poor_households="2", fibre_households_share="137/143")
    record(hamlets["goc_gao"], households="57", poor_households="5", fibre_households_share="40/57")
    heir = merge(hamlets, "khe_coc", "goc_gao")
    carry_over(**BY, place_id=heir, period=LAST_YEAR)
    assert current(heir, "households").value == Decimal(200)
    assert current(heir, "poor_households").value == Decimal(7)
    assert current(heir, "fibre_households_share").value == Share(177, 200)


def test_a_carried_figure_says_that_it_was_computed_from_what_and_by_which_paper(
    hamlets: dict[str, int],
) -> None:
    record(hamlets["khe_coc"], households="143")
    record(hamlets["goc_gao"], households="57")
    heir = merge(hamlets, "khe_coc", "goc_gao")
    (row,), _ = carry_over(**BY, place_id=heir, period=LAST_YEAR)
    assert (
        row.source
        == "Tính (cộng) từ số liệu kỳ 2025 của xóm Gốc Gạo, xóm Khe Cốc. Theo Nghị quyết 07/NQ-HĐND"
    )
    behind = CarriedFigure.objects.get(observation=row)
    assert (behind.how, behind.exact, behind.instrument) == ("sum", "200", "Nghị quyết 07/NQ-HĐND")
    told = {part["place"]: queries.figure(part["observation"]).value for part in behind.parts}
    assert told == {hamlets["khe_coc"]: 143, hamlets["goc_gao"]: 57}


@pytest.mark.parametrize(
    ("marks", "expected"),
    [
        ((Mark.MEASURED, Mark.MEASURED), Mark.MEASURED),
        ((Mark.MEASURED, Mark.TOLD), Mark.TOLD),
        ((Mark.TOLD, Mark.RECONSTRUCTED), Mark.RECONSTRUCTED),
    ],
)
def test_a_sum_is_no_surer_than_its_least_sure_part(
    hamlets: dict[str, int], marks: tuple[Mark, Mark], expected: Mark
) -> None:
    for key, mark in zip(("khe_coc", "goc_gao"), marks, strict=True):
        record(hamlets[key], mark=mark, households="50")
    heir = merge(hamlets, "khe_coc", "goc_gao")
    carry_over(**BY, place_id=heir, period=LAST_YEAR)
    assert current(heir, "households").mark is expected


def test_a_mean_by_people_is_shown_rounded_and_no_verdict_turns_on_it(hamlets: dict[str, int]) -> None:
    record(hamlets["khe_coc"], income_per_capita="70.2", population="508")
    record(hamlets["goc_gao"], income_per_capita="41", population="211")
    heir = merge(hamlets, "khe_coc", "goc_gao")
    carry_over(**BY, place_id=heir, period=LAST_YEAR)
    shown = current(heir, "income_per_capita")
    assert (shown.value, shown.mark) == (Decimal("61.631"), Mark.RECONSTRUCTED)
    assert "bình quân gia quyền tính theo “Số nhân khẩu”" in shown.source
    exact = CarriedFigure.objects.get(observation_id=shown.id).exact
    assert Fraction(exact) == (Fraction("70.2") * 508 + 41 * 211) / 719
    judged = queries.judge_place(heir, MODEL, on=TODAY)
    leaves = [leaf for leaf in judged.finding.walk() if leaf.measure == "income_per_capita"]
    assert {leaf.verdict for leaf in leaves} == {Verdict.UNKNOWN}


def test_a_sum_counts_in_the_verdict_of_the_heir(hamlets: dict[str, int]) -> None:
    record(hamlets["khe_coc"], poor_households="0")
    record(hamlets["goc_gao"], poor_households="3")
    heir = merge(hamlets, "khe_coc", "goc_gao")
    carry_over(**BY, place_id=heir, period=LAST_YEAR)
    finding = queries.judge_place(heir, MODEL, on=TODAY).finding.indicator("6.1")
    assert (finding.verdict, finding.children[0].value) == (Verdict.NOT_MET, "3")


def test_what_cannot_be_carried_says_why_and_nothing_is_silent(hamlets: dict[str, int]) -> None:
    record(hamlets["khe_coc"], households="143", cultural_hamlet_years="8", security_cameras="7")
    record(hamlets["khe_coc"], poor_households="0", income_per_capita="70", solid_waste_share="90")
    record(hamlets["goc_gao"], households="57", cultural_hamlet_years="3", income_per_capita="41")
    record(hamlets["goc_gao"], solid_waste_share="80")
    record(hamlets["goc_gao"], Period.year(2023), poor_households="5")
    heir = merge(hamlets, "khe_coc", "goc_gao")
    rows, carrying = carry_over(**BY, place_id=heir, period=LAST_YEAR)
    assert [row.measure_id for row in rows] == ["households"]
    why = sentences(carrying)
    assert why["security_cameras"] == "“Số camera an ninh hoạt động hiệu quả”: xóm Gốc Gạo chưa có số liệu."
    assert why["poor_households"] == "“Số hộ nghèo”: xóm Gốc Gạo chỉ có số liệu kỳ 2023."
    assert "không gộp được" in why["cultural_hamlet_years"]
    assert "xóm Gốc Gạo, xóm Khe Cốc chưa có “Số nhân khẩu”" in why["income_per_capita"]
    assert "chỉ ghi số phần trăm" in why["solid_waste_share"]
    assert set(why) | {"households"} == {
        row.measure.code for row in queries.recent(hamlets["khe_coc"]) if row.period == LAST_YEAR
    }


def test_carrying_twice_writes_once_and_a_correction_before_is_carried_again(hamlets: dict[str, int]) -> None:
    record(hamlets["khe_coc"], households="143")
    record(hamlets["goc_gao"], households="57")
    heir = merge(hamlets, "khe_coc", "goc_gao")
    first, _ = carry_over(**BY, place_id=heir, period=LAST_YEAR)
    again, carrying = carry_over(**BY, place_id=heir, period=LAST_YEAR)
    assert (len(first), again, carried(carrying), len(carrying.present)) == (1, [], {}, 1)
    record(hamlets["goc_gao"], households="60")
    (row,), _ = carry_over(**BY, place_id=heir, period=LAST_YEAR)
    assert (row.scaled, row.supersedes_id) == (203, first[0].pk)


def test_a_period_in_which_the_places_were_no_more_is_refused(hamlets: dict[str, int]) -> None:
    heir = merge(hamlets, "khe_coc", "goc_gao")
    with pytest.raises(Refusal, match="không còn từ 01/01/2026"):
        carry_over(**BY, place_id=heir, period=Period.year(2026))


def test_an_own_figure_of_the_heir_stays(hamlets: dict[str, int]) -> None:
    heir = merge_places(
        places=[hamlets["khe_coc"], hamlets["goc_gao"]],
        into_name="Khe Gạo",
        kind="xóm",
        **DEED | {"on": date(2025, 10, 1)},
    ).id
    record(hamlets["khe_coc"], households="143")
    record(hamlets["goc_gao"], households="57")
    record(heir, households="201")
    rows, carrying = carry_over(**BY, place_id=heir, period=LAST_YEAR)
    assert rows == []
    assert (
        sentences(carrying)["households"] == "“Số hộ”: xóm Khe Gạo đã ghi 201 hộ; số tính được không ghi đè."
    )
    assert current(heir, "households").value == 201


def test_totals_before_and_after_a_merger_are_equal(hamlets: dict[str, int]) -> None:
    figures = {
        "khe_coc": {"households": "143", "poor_households": "2", "fibre_households_share": "137/143"},
        "goc_gao": {"households": "57", "poor_households": "0", "fibre_households_share": "0/57"},
        "dong_long": {"households": "88", "poor_households": "9", "fibre_households_share": "88/88"},
    }
    for key, known in figures.items():
        record(hamlets[key], growing_area_code_granted="true" if key == "khe_coc" else "false", **known)
    codes = [*figures["khe_coc"], "growing_area_code_granted"]
    before = totals(list(hamlets.values()), codes, date(2025, 12, 31))
    heir = merge(hamlets)
    carry_over(**BY, place_id=heir, period=LAST_YEAR)
    after = totals([heir], codes, TODAY)
    assert {slot: each.value for slot, each in after.items()} == {
        slot: each.value for slot, each in before.items()
    }
    assert before["households", ""].value == 288


def test_totals_say_how_much_is_unknown_and_cost_the_same_for_many_places(
    hamlets: dict[str, int], queries_of: Callable[..., int]
) -> None:
    record(hamlets["khe_coc"], income_per_capita="70.2", population="500")
    record(hamlets["goc_gao"], population="1500")
    found = totals(list(hamlets.values()), ["income_per_capita"], TODAY)["income_per_capita", ""]
    assert (found.value, found.known, found.unknown) == (Fraction("70.2"), 1, 2)
    one = queries_of(lambda: totals([hamlets["khe_coc"]], ["households"], TODAY))
    assert queries_of(lambda: totals(list(hamlets.values()), ["households"], TODAY)) == one == 2


def test_what_would_be_carried_is_shown_before_and_writes_nothing(
    hamlets: dict[str, int], unchanged: Callable[..., Any]
) -> None:
    record(hamlets["khe_coc"], households="143")
    record(hamlets["goc_gao"], households="57")
    heir = merge(hamlets, "khe_coc", "goc_gao")
    with unchanged():
        assert carried(carriable(heir, LAST_YEAR)) == {"households": 200}
        assert periods_before(heir)[0] == LAST_YEAR


def test_looking_costs_the_same_however_many_places_and_figures_were_merged(
    hamlets: dict[str, int], queries_of: Callable[..., int]
) -> None:
    record(hamlets["khe_coc"], households="143")
    record(hamlets["goc_gao"], households="57")
    two = merge(hamlets, "khe_coc", "goc_gao")
    carriable(two, LAST_YEAR)
    few = queries_of(lambda: carriable(two, LAST_YEAR))
    parent = territory.latest(two).parent_id
    assert parent is not None
    many = {}
    for number in range(6):
        many[f"{number}"] = found_place(
            name=f"Số {number}", kind="xóm", level="hamlet", parent=parent, valid_from=None, **BY
        ).id
        record(many[f"{number}"], households="10", poor_households="1", population="40", security_cameras="2")
    six = merge_places(places=list(many.values()), into_name="Sáu Xóm", kind="xóm", **DEED).id
    assert queries_of(lambda: carriable(six, LAST_YEAR)) == few <= 9
    assert carried(carriable(six, LAST_YEAR))["households"] == 60


def test_a_place_that_took_in_others_keeps_its_own_past(hamlets: dict[str, int]) -> None:
    absorb_places(place=hamlets["khe_coc"], absorbed=[hamlets["goc_gao"]], **DEED)
    with pytest.raises(Refusal, match="đã có trước khi nhận thêm xóm Gốc Gạo"):
        carry_over(**BY, place_id=hamlets["khe_coc"], period=LAST_YEAR)


def test_a_place_made_of_parts_or_of_nothing_is_refused_by_name(hamlets: dict[str, int]) -> None:
    upper, _ = split(hamlets["khe_coc"], "Khe Trên", "Khe Dưới")
    with pytest.raises(Refusal, match="chỉ nhận một phần của xóm Khe Cốc"):
        carry_over(**BY, place_id=upper, period=LAST_YEAR)
    with pytest.raises(Refusal, match="không lập từ nơi nào"):
        carry_over(**BY, place_id=hamlets["goc_gao"], period=LAST_YEAR)
    assert periods_before(upper) == []


def test_only_who_may_record_there_may_carry(demo: Any, hamlets: dict[str, int]) -> None:
    heir = merge(hamlets, "khe_coc", "goc_gao")
    with pytest.raises(NotPermitted):
        carry_over(by=demo.post("đoàn kiểm tra"), at=AT, place_id=heir, period=LAST_YEAR)


def post_of_schools(place_id: int) -> Post:
    """An officer of the commune who answers for schools alone."""
    user = people.create_user(username="hoa", display_name="Lê Thị Hoa", **BY).user
    return people.grant_post(
        user=user,
        role="commune_officer",
        place_id=place_id,
        valid_from=date(2026, 1, 1),
        sector="GDDT",
        label="Cán bộ giáo dục",
        **BY,
    )


def test_a_post_of_one_field_neither_carries_nor_divides_figures_of_others(
    demo: Any, hamlets: dict[str, int], unchanged: Any
) -> None:
    record(hamlets["khe_coc"], households="143")
    record(hamlets["goc_gao"], households="57")
    record(hamlets["dong_long"], households="90")
    heir = merge(hamlets, "khe_coc", "goc_gao")
    first, second = split(hamlets["dong_long"], "Đồng Lòng 1", "Đồng Lòng 2")
    post = post_of_schools(demo.post("cán bộ Vô Tranh").place_id)
    with unchanged(), pytest.raises(NotPermitted, match="lĩnh vực của mình"):
        carry_over(by=post, at=AT, place_id=heir, period=LAST_YEAR)
    parts = [
        PartFigures(place, (Entry("households", number, LAST_YEAR),))
        for place, number in ((first, "40"), (second, "50"))
    ]
    with unchanged(), pytest.raises(NotPermitted, match="lĩnh vực của mình"):
        divide(by=post, at=AT, place_id=hamlets["dong_long"], period=LAST_YEAR, parts=parts)
    general = demo.post("cán bộ Vô Tranh")
    divide(by=general, at=AT, place_id=hamlets["dong_long"], period=LAST_YEAR, parts=parts)


def test_carrying_is_one_event_beside_those_of_its_figures(
    hamlets: dict[str, int], events: Callable[..., Any]
) -> None:
    record(hamlets["khe_coc"], households="143")
    record(hamlets["goc_gao"], households="57")
    heir = merge(hamlets, "khe_coc", "goc_gao")
    carry_over(**BY, place_id=heir, period=LAST_YEAR)
    (event,) = events("figures.carry_over")
    assert (event.place_id, event.detail["written"]) == (heir, 1)


# --- splitting ---


def parts_of(*parts: tuple[int, dict[str, str]]) -> list[PartFigures]:
    return [
        PartFigures(place, tuple(Entry(code, value, LAST_YEAR) for code, value in figures.items()))
        for place, figures in parts
    ]


def test_parts_that_add_up_are_recorded_at_each(hamlets: dict[str, int]) -> None:
    whole = hamlets["khe_coc"]
    record(whole, households="143", fibre_households_share="137/143")
    upper, lower = split(whole, "Khe Trên", "Khe Dưới")
    given = parts_of(
        (upper, {"households": "80", "fibre_households_share": "80/80"}),
        (lower, {"households": "63", "fibre_households_share": "57/63"}),
    )
    before = totals([whole], ["households", "fibre_households_share"], date(2025, 12, 31))
    divided = divide(**BY, place_id=whole, period=LAST_YEAR, parts=given)
    assert (len(divided.rows), divided.unchecked) == (4, ())
    after = totals([upper, lower], ["households", "fibre_households_share"], TODAY)
    assert {slot: each.value for slot, each in after.items()} == {s: e.value for s, e in before.items()}


def test_parts_that_do_not_add_up_are_refused_with_the_difference_and_nothing_is_written(
    hamlets: dict[str, int], unchanged: Callable[..., Any]
) -> None:
    whole = hamlets["khe_coc"]
    record(whole, households="143", poor_households="4", fibre_households_share="137/143")
    upper, lower = split(whole, "Khe Trên", "Khe Dưới")
    given = parts_of(
        (upper, {"households": "80", "poor_households": "4", "fibre_households_share": "80/80"}),
        (lower, {"households": "60", "poor_households": "0", "fibre_households_share": "57/61"}),
    )
    with unchanged(), pytest.raises(Refusal) as refused:
        divide(**BY, place_id=whole, period=LAST_YEAR, parts=given)
    told = [fault.sentence for fault in refused.value.faults]
    assert told == [
        "“Tỷ lệ hộ được phủ hạ tầng Internet cáp quang”: các nơi tách ra cộng lại được 137/141 hộ (97,16%), còn xóm "
        "Khe Cốc có 137/143 hộ (95,8%) (tử số lệch 0, mẫu số lệch −2). Hãy xem lại số của từng nơi.",
        "“Số hộ”: các nơi tách ra cộng lại được 140 hộ, còn xóm Khe Cốc có 143 hộ (lệch −3). "
        "Hãy xem lại số của từng nơi.",
    ]


def test_a_part_not_known_yet_is_not_zero_and_what_was_not_checked_is_said(hamlets: dict[str, int]) -> None:
    whole = hamlets["khe_coc"]
    record(whole, households="143")
    upper, lower = split(whole, "Khe Trên", "Khe Dưới")
    divided = divide(**BY, place_id=whole, period=LAST_YEAR, parts=parts_of((upper, {"households": "80"})))
    assert divided.unchecked == ("“Số hộ”: xóm Khe Dưới chưa có số liệu, nên chưa đối chiếu được.",)
    with pytest.raises(Refusal, match="cộng lại được 144 hộ"):
        divide(**BY, place_id=whole, period=LAST_YEAR, parts=parts_of((lower, {"households": "64"})))
    divide(**BY, place_id=whole, period=LAST_YEAR, parts=parts_of((lower, {"households": "63"})))
    assert current(lower, "households").value == 63


def test_one_part_above_the_whole_is_refused_whatever_the_others_are(hamlets: dict[str, int]) -> None:
    whole = hamlets["khe_coc"]
    record(whole, households="143")
    upper, _ = split(whole, "Khe Trên", "Khe Dưới")
    with pytest.raises(Refusal, match="lệch \\+1"):
        divide(**BY, place_id=whole, period=LAST_YEAR, parts=parts_of((upper, {"households": "144"})))


def test_a_stranger_among_the_parts_is_refused_by_name(hamlets: dict[str, int]) -> None:
    whole = hamlets["khe_coc"]
    split(whole, "Khe Trên", "Khe Dưới")
    with pytest.raises(Refusal, match="xóm Gốc Gạo không phải là nơi tách ra từ xóm Khe Cốc"):
        divide(
            **BY, place_id=whole, period=LAST_YEAR, parts=parts_of((hamlets["goc_gao"], {"households": "1"}))
        )
    with pytest.raises(Refusal, match="không được chia"):
        divide(**BY, place_id=hamlets["goc_gao"], period=LAST_YEAR, parts=[])


def test_every_fault_of_the_parts_is_named_at_once(hamlets: dict[str, int]) -> None:
    whole = hamlets["khe_coc"]
    upper, lower = split(whole, "Khe Trên", "Khe Dưới")
    given = parts_of((upper, {"households": "tám mươi"}), (lower, {"no_such": "1"}))
    with pytest.raises(Refusal) as refused:
        divide(**BY, place_id=whole, period=LAST_YEAR, parts=given)
    assert len(refused.value.faults) == 2
