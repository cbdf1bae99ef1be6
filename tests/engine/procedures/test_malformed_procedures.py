"""A procedure written wrong is refused with file, line, what, why and how to mend; cases that lie are found."""

from pathlib import Path

import pytest

from rulebook.loading.book import read_law
from rulebook.loading.calendar import read_calendar
from rulebook.loading.procedure_cases import check_procedures
from rulebook.loading.procedures import Procedures, read_procedure, read_procedures
from rulebook.loading.tree import parse_tree
from rulebook.problems import Bad

LAW = Path(__file__).parents[3] / "law"
FOLDER = LAW / "provinces" / "38" / "hamlet"
TEXT = (FOLDER / "procedure.yaml").read_text(encoding="utf-8")
CASES = (FOLDER / "procedure-cases.yaml").read_text(encoding="utf-8")
NUMBERS = {"th-2392-2017": "2392/2017/QĐ-UBND"}
CALENDAR = read_calendar(LAW / "calendar.yaml")


def changed(text: str, old: str, new: str) -> bytes:
    assert old in text, old
    return text.replace(old, new, 1).encode()


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("by: [team]", "by: [teem]", "“teem” không dùng được"),
        ("by: [team]", "by: []", "không ai làm bước này"),
        ("after: [verify]", "after: [nowhere]", "“nowhere” không dùng được"),
        ("after: [register]", "after: [submit]", "chờ nhau thành vòng"),
        ("verb: decide", "verb: announce", "có 0 bước công nhận"),
        ("at_least: 90/100", "at_least: 90", "không phải là một phần của tổng số"),
        ("at_least: 90/100", "at_least: 101/100", "không phải là một phần của tổng số"),
        ("at_least: 90/100", "above: 1/2\n      at_least: 90/100", "đúng một cách so"),
        ("of: returned", "of: everyone", "“everyone” không dùng được"),
        ("days: 10", "days: 0", "phải là số nguyên từ 1"),
        ("returns_to: [self_assess]", "returns_to: [decide]", "trả hồ sơ về “decide” không đứng trước"),
        ("sources: [P01]", "sources: [P99]", "nguồn “P99” không có"),
        ("since: 2025-07-01", "since: 2025-01-01", "hai thẩm quyền cùng một ngày"),
        ("takes: [verification_report]", "takes: [decision]", "mà “decide” không đứng trước nó"),
        ("takes: [request, results_report, ", "takes: [request, ", "không bước nào cần “results_report”"),
        ("since: request", "since: announce", "tính từ “announce” không đứng trước nó"),
        ("id: th-2392-2017", "id: th-1", "không có văn bản “th-1”"),
        ("status: law", "status: maybe", "“maybe” không dùng được"),
    ],
)
def test_a_mistake_is_told_with_its_line(old: str, new: str, said: str) -> None:
    with pytest.raises(Bad) as refused:
        read_procedure(parse_tree(changed(TEXT, old, new), "procedure.yaml"), NUMBERS)
    found = [each for each in refused.value.problems if said in each.what]
    assert found, refused.value
    assert found[0].line
    assert found[0].why
    assert found[0].mend


def test_every_mistake_of_a_file_is_found_at_once() -> None:
    text = changed(TEXT, "by: [team]", "by: [teem]").decode()
    text = changed(text, "of: returned", "of: everyone").decode()
    with pytest.raises(Bad) as refused:
        read_procedure(parse_tree(text.encode(), "x"), NUMBERS)
    assert len(refused.value.problems) >= 2


def checked(tmp_path: Path, cases: bytes, text: bytes = TEXT.encode()) -> list[str]:
    (tmp_path / "procedure-cases.yaml").write_bytes(cases)
    node = parse_tree(text, "law/procedure.yaml")
    procedure = read_procedure(node, NUMBERS)
    found = Procedures({"x": procedure}, {}, {"x": node}, {"x": tmp_path})
    return [str(each) for each in check_procedures(found, CALENDAR)[1]]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("verdict: met", "verdict: not_met", "ví dụ nói not_met, máy tính ra met"),
        ("decide: blocked", "decide: open", "máy tính ra submit: done, appraise: gone, decide: blocked"),
        ("verdict: not_met", "verdict: maybe", "“maybe” không dùng được"),
        ("vote: hamlet_meeting", "vote: commune_meeting", "“hamlet_meeting” (vote) thiếu ví dụ unknown"),
        ("authority: 2025-07-01", "authority: 2025-06-30", "máy tính ra district_chair"),
        ("told: {to: appraise, on", "told: {to: elsewhere, on", "“elsewhere” không dùng được"),
    ],
)
def test_a_case_that_lies_or_lacks_is_found(tmp_path: Path, old: str, new: str, said: str) -> None:
    assert any(said in each for each in checked(tmp_path, changed(CASES, old, new)))


def test_the_file_as_it_is_has_nothing_to_mend(tmp_path: Path) -> None:
    assert checked(tmp_path, CASES.encode()) == []


def test_a_procedure_without_cases_is_found(tmp_path: Path) -> None:
    node = parse_tree(TEXT.encode(), "law/procedure.yaml")
    found = Procedures({"x": read_procedure(node, NUMBERS)}, {}, {"x": node}, {"x": tmp_path})
    problems = check_procedures(found, CALENDAR)[1]
    assert [each.what for each in problems] == ["không đọc được tệp"]


def test_a_title_of_another_level_and_a_measure_nobody_has_are_refused(tmp_path: Path) -> None:
    book = read_law(LAW, with_cases=False)
    folder = tmp_path / "law" / "hamlet"
    folder.mkdir(parents=True)
    text = changed(TEXT, "standards: []", "standards: [xa-ntm-2021-2025]")
    (folder / "procedure.yaml").write_bytes(text)
    with pytest.raises(Bad) as refused:
        read_procedures(tmp_path / "law", book)
    assert "dùng cho cấp commune" in refused.value.problems[0].what
    text = changed(TEXT, "closes: [submit, decide]", "closes: [submit, decide]\n    measure: dragons")
    (folder / "procedure.yaml").write_bytes(text)
    with pytest.raises(Bad) as refused:
        read_procedures(tmp_path / "law", book)
    assert "“dragons” không dùng được" in refused.value.problems[0].what
