"""What a person may type after a number."""

from decimal import Decimal

import pytest

from rulebook import Kind, Measure, Share, Text, Value
from rulebook.measures import Grade
from viet.numbers import NumberProblem

INCOME = Measure(
    "income",
    Text("Thu nhập", "Income"),
    Kind.MONEY,
    Text("triệu đồng/người/năm", "million VND per person per year"),
    decimals=3,
)
POWER = Measure(
    "power",
    Text("Hộ dùng điện", "Power"),
    Kind.PERCENT,
    Text("% số hộ", "% of households"),
    Text("hộ", "households"),
    2,
)


@pytest.mark.parametrize(
    ("measure", "typed", "meant"),
    [
        (INCOME, "70,2 triệu đồng/người/năm", Decimal("70.2")),
        (INCOME, "70,2", Decimal("70.2")),
        (POWER, "137/143", Share(137, 143)),
        (POWER, "1.370/1.430 hộ", Share(1370, 1430)),
        (POWER, "95,5%", Decimal("95.5")),
    ],
)
def test_the_measure_s_own_unit_may_follow_the_number(measure: Measure, typed: str, meant: Value) -> None:
    assert measure.parse(typed) == meant


@pytest.mark.parametrize("typed", ["70,2 đồng", "70,2 triệu đồng/hộ/năm", "137/143 thôn"])
def test_another_unit_is_refused_and_the_right_one_named(typed: str) -> None:
    measure = POWER if "thôn" in typed else INCOME
    with pytest.raises(NumberProblem, match="không phải là đơn vị"):
        measure.parse(typed)


SECURITY = Measure(
    "security",
    Text("Xếp loại an ninh", "Security"),
    Kind.GRADE,
    grades=(Grade("fair", Text("Khá", "Fair")), Grade("good", Text("Tốt", "Good"))),
)
PLAN = Measure("plan", Text("Có quy hoạch", "Plan approved"), Kind.FLAG)
ROOMS = Measure("rooms", Text("Số phòng", "Rooms"), Kind.COUNT, Text("phòng", "rooms"))


@pytest.mark.parametrize(
    ("measure", "typed", "told"),
    [
        (PLAN, "maybe", "“Plan approved” takes only “yes” or “no”."),
        (SECURITY, "great", "“Security” must be one of: Fair, Good."),
        (INCOME, "7/10", "“Income” is not a share, so a/b cannot be taken. Enter one number."),
        (POWER, "150/143", "150 is more than 143: a part cannot be more than the whole. Check both numbers."),
        (POWER, "-1/143", "“-1/143”: a count cannot be below zero. Check both numbers."),
        (POWER, "1,5/143", "“1,5” in a/b must be a whole number."),
        (POWER, "105", "105% is more than 100%. Check it, or enter a/b (like 137/143)."),
        (ROOMS, "-2", "−2: “Rooms” cannot be below zero. Check the sign."),
        (ROOMS, "2,5", "2,5: “Rooms” is a count and must be a whole number."),
        (POWER, "95,555", "95,555 has more than 2 decimals. Round it to 2."),
        (
            ROOMS,
            "1234567890123456789",
            "“1234567890123456789” has more than 18 digits. Check the unit.",
        ),
        (
            INCOME,
            "123456789012345678",
            "“Income”: the number is too large. Check the unit (million VND per person per year).",
        ),
        (ROOMS, "70 nhà", "“nhà” is not the unit of “Rooms”. Convert it to rooms, then enter the number."),
    ],
)
def test_a_refusal_is_told_in_english_too(measure: Measure, typed: str, told: str) -> None:
    with pytest.raises(NumberProblem) as refused:
        measure.parse(typed)
    assert refused.value.in_("en") == told
    assert refused.value.in_("vi") == str(refused.value) != told


@pytest.mark.parametrize("typed", ["Tốt", "good", "GOOD"])
def test_a_grade_is_known_by_its_name_in_either_language(typed: str) -> None:
    assert SECURITY.parse(typed) == "good"
