"""A measure that says it combines in a way it cannot is refused with the way to mend it."""

from pathlib import Path

import pytest
from tiny_law import MEASURES, write_law

from rulebook import Bad, How, read_law

PEOPLE = "  - {code: people, name: {vi: Dân, en: People}, kind: count, unit: {vi: người, en: people}, combines: sum}\n"


def read_with(folder: Path, combines: str, *, of: str = "power", more: str = PEOPLE):
    law = write_law(folder / "law")
    line = next(each for each in MEASURES.splitlines() if f"code: {of}," in each)
    text = MEASURES.replace(line, line[:-1] + f", combines: {combines}}}") + more
    (law / "measures.yaml").write_text(text, encoding="utf-8")
    return read_law(law).measures[of].combines


@pytest.mark.parametrize(
    ("of", "combines", "what", "mend"),
    [
        ("power", "summ", "“summ” không dùng được", "sum"),
        ("power", "weighted", "“weighted” không dùng được", "share"),
        ("power", "sum", "loại percent không gộp theo cách sum", "not_additive"),
        ("schools", "share", "loại count không gộp theo cách share", "not_additive"),
        ("plan", "lowest", "loại flag không gộp theo cách lowest", "not_additive"),
        ("security", "any", "loại grade không gộp theo cách any", "not_additive"),
        ("power", "{share: peple}", "“peple” không dùng được", "people"),
        ("power", "{share: power}", "“power” không làm quyền số", "Chọn số đo khác"),
        ("power", "{share: income}", "“income” không làm quyền số", "Chọn số đo khác"),
        ("power", "{share: schools}", "“schools” không làm quyền số", "Chọn số đo khác"),
        ("power", "{share: people, weighted: people}", "không rõ cách gộp", "một mục"),
        ("power", "{sum: people}", "mục “sum” không có trong mẫu", "share"),
        ("insured", "{share: people}", "tách nam, nữ mà quyền số", "bỏ quyền số"),
    ],
)
def test_a_way_that_cannot_be_is_refused(
    tmp_path: Path, of: str, combines: str, what: str, mend: str
) -> None:
    with pytest.raises(Bad) as refused:
        read_with(tmp_path, combines, of=of)
    (problem,) = refused.value.problems
    assert what in problem.what
    assert mend in problem.mend
    assert problem.line > 0


def test_a_measure_that_says_nothing_is_not_combined(tmp_path: Path) -> None:
    law = write_law(tmp_path / "law")
    assert {m.combines.how for m in read_law(law).measures.values()} == {How.NOT_ADDITIVE}


def test_a_share_may_count_by_another_measure(tmp_path: Path) -> None:
    assert read_with(tmp_path, "{share: people}").weight == "people"
