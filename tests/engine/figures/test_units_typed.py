"""What a person may type after a number."""

from decimal import Decimal

import pytest

from rulebook import Kind, Measure, Share, Text, Value
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
