"""When a title may be withdrawn (18/2022/QĐ-TTg): from 30 % of the criteria with a key one among them, or from 50 %.

Shares are compared exactly, and what is not known is never counted as met or as failed.
"""

import json
from dataclasses import replace
from decimal import Decimal
from itertools import product
from pathlib import Path

import pytest
from tiny_law import POWER, STANDARD, criterion, indicator, tiny_book, write_law, write_standard

from rulebook import Bad, Finding, read_law, thaw, withdraw
from rulebook.__main__ import main
from rulebook.printing import print_law, print_withdrawal
from rulebook.standard import Band, Criterion, Provenance, Standard, Withdrawal
from rulebook.texts import EMPTY, Text
from rulebook.verdicts import Verdict

NOTE = Text(
    "Nguồn viết “từ 30% đến 50%”; dưới 50 là cách hiểu của bộ dữ liệu.", "The source writes 30 to 50."
)
BANDS = (Band("V1", Decimal(30), Decimal(50), 1), Band("V2", Decimal(50)))
TERMS = Withdrawal(
    Text("Điều 4, 18/2022/QĐ-TTg", "Article 4, 18/2022/QĐ-TTg"),
    Provenance("found", "found", note=NOTE),
    ("1", "2", "3"),
    BANDS,
)
EMPTY_STANDARD = tiny_book().standard("tiny")
M, N, U, X = Verdict.MET, Verdict.NOT_MET, Verdict.UNKNOWN, Verdict.EXCUSED


def withdrawn(verdicts: list[Verdict], terms: Withdrawal | None = TERMS) -> Finding:
    """The withdrawal of a standard whose criteria 1, 2, 3 … have these verdicts; 1, 2 and 3 are key criteria."""
    numbers = [str(n) for n in range(1, len(verdicts) + 1)]
    standard = replace(
        EMPTY_STANDARD,
        criteria=tuple(Criterion(number, EMPTY, (), "") for number in numbers),
        withdrawal=terms,
    )
    criteria = tuple(
        Finding(kind="criterion", code=number, verdict=verdict)
        for number, verdict in zip(numbers, verdicts, strict=True)
    )
    return withdraw(standard, Finding(kind="standard", verdict=U, children=criteria))


def row(
    total: int, *, keys: int = 0, others: int = 0, open_keys: int = 0, open_others: int = 0
) -> list[Verdict]:
    """Verdicts of so many criteria; keys and others not met, open ones unknown, the rest met."""
    key = [N] * keys + [U] * open_keys
    key += [M] * (3 - len(key))
    rest = [N] * others + [U] * open_others
    return key + rest + [M] * (total - 3 - len(rest))


# --- every edge -------------------------------------------------------------------------------------------------------

EDGES = [
    # criteria, key ones not met, others not met, verdict, case
    (1000, 1, 298, N, ""),  # 29.9 %
    (1000, 1, 299, M, "V1"),  # 30 %
    (10, 1, 2, M, "V1"),  # 30 %
    (10, 0, 3, N, ""),  # 30 % without a key criterion
    (10, 3, 0, M, "V1"),  # three key ones
    (1000, 1, 498, M, "V1"),  # 49.9 %
    (1000, 0, 499, N, ""),  # 49.9 % without a key criterion
    (10, 0, 5, M, "V2"),  # 50 %
    (10, 1, 4, M, "V2"),  # 50 % with a key criterion: the second case, not the first
    (19, 1, 4, N, ""),  # 5/19 = 26.3 %
    (19, 1, 5, M, "V1"),  # 6/19 = 31.6 %
    (19, 0, 6, N, ""),
    (19, 1, 8, M, "V1"),  # 9/19 = 47.4 %
    (19, 0, 9, N, ""),
    (19, 0, 10, M, "V2"),  # 10/19 = 52.6 %
    (19, 3, 7, M, "V2"),
    (19, 0, 0, N, ""),
    (19, 3, 16, M, "V2"),
    (3, 1, 0, M, "V1"),  # 1/3 is more than 30 %, exactly
]


@pytest.mark.parametrize(
    ("total", "keys", "others", "verdict", "case"),
    EDGES,
    ids=[f"{k + o}/{t} with {k} key: {c or 'none'}" for t, k, o, _, c in EDGES],
)
def test_a_share_at_the_edge(total: int, keys: int, others: int, verdict: Verdict, case: str) -> None:
    finding = withdrawn(row(total, keys=keys, others=others))
    assert (finding.verdict, finding.code) == (verdict, case)
    assert finding.value == f"{keys + others}/{total}"


def test_excused_criteria_count_as_met() -> None:
    assert withdrawn([N, N, X, X, X, X, X, X, X, X]).verdict is N
    assert withdrawn([N, N, N, X, X, X, X, X, X, X]).verdict is M


def test_a_share_between_the_cases_is_no_case() -> None:
    gap = replace(TERMS, bands=(Band("V1", Decimal(10), Decimal(20)), Band("V2", Decimal(50))))
    assert withdrawn(row(10, others=3), gap).verdict is N
    assert withdrawn(row(10, others=1), gap).code == "V1"


def test_a_threshold_may_be_a_fraction_of_a_percent() -> None:
    third = replace(TERMS, bands=(Band("V1", Decimal("33.34")),))
    assert withdrawn(row(3, keys=1), third).verdict is N
    assert withdrawn(row(3, keys=2), third).verdict is M


def test_two_key_criteria_may_be_asked_for() -> None:
    two = replace(TERMS, bands=(Band("V1", Decimal(30), key=2),))
    assert withdrawn(row(10, keys=1, others=4), two).verdict is N
    assert withdrawn(row(10, keys=2, others=1), two).verdict is M


# --- what is not known ------------------------------------------------------------------------------------------------


def test_unknown_criteria_that_cannot_reach_a_case_leave_no_case() -> None:
    assert withdrawn(row(19, keys=1, others=3, open_others=1)).verdict is N


def test_unknown_criteria_that_cannot_undo_a_case_leave_it() -> None:
    finding = withdrawn(row(19, keys=1, others=5, open_others=2))
    assert (finding.verdict, finding.code) == (M, "V1")
    assert "2 tiêu chí chưa biết" in finding.value_text.vi


def test_a_case_is_sure_though_which_of_two_is_not() -> None:
    finding = withdrawn(row(19, keys=1, others=8, open_others=1))
    assert (finding.verdict, finding.code) == (M, "V1, V2")
    assert [band.verdict for band in finding.children] == [U, U]


def test_while_an_unknown_criterion_decides_it_is_not_settled_and_the_sentence_names_it() -> None:
    finding = withdrawn(row(19, keys=1, others=4, open_others=1))
    assert finding.verdict is U
    assert finding.reason.vi == (
        "Tỷ lệ tiêu chí chưa đạt có thể từ 26,32% đến 31,58%. Cần làm rõ tiêu chí: 8."
    )
    assert finding.reason.en.endswith("To be settled: criteria 8.")
    assert finding.code == "V1"


def test_only_the_criteria_that_can_turn_it_are_to_be_settled() -> None:
    """5 of 19 fail, none key; a key criterion and another are unknown: the other alone changes nothing."""
    finding = withdrawn(row(19, others=5, open_keys=1, open_others=1))
    assert finding.verdict is U
    assert "Cần làm rõ tiêu chí: 1." in finding.reason.vi


def test_with_nothing_known_everything_is_to_be_settled() -> None:
    finding = withdrawn([U] * 19)
    assert finding.verdict is U
    assert "từ 0% đến 100%" in finding.reason.vi
    assert finding.reason.vi.endswith(f"tiêu chí: {', '.join(str(n) for n in range(1, 20))}.")


def test_the_upper_bound_alone_is_not_enough_without_a_key_criterion() -> None:
    assert (
        withdrawn(row(19, others=4, open_others=5)).verdict is N
    )  # 9/19 at most, no key criterion among them
    assert withdrawn(row(19, others=4, open_others=6)).verdict is U  # 10/19 at most


def test_every_way_the_unknown_may_turn_out_agrees_with_the_verdict() -> None:
    for verdicts in product((M, N, U), repeat=6):
        found = withdrawn(list(verdicts)).verdict
        ways = [[v] if v is not U else [M, N] for v in verdicts]
        settled = {withdrawn(list(way)).verdict for way in product(*ways)}
        assert found is (settled.pop() if len(settled) == 1 else U), verdicts


def test_a_standard_that_names_no_case_gives_no_answer() -> None:
    finding = withdrawn([N] * 19, None)
    assert (finding.verdict, finding.value) == (U, "")
    assert "không nêu trường hợp thu hồi" in finding.reason.vi


def test_a_standard_without_criteria_gives_no_answer() -> None:
    finding = withdrawn([])
    assert finding.verdict is U
    assert "chưa có tiêu chí nào" in finding.reason.vi


def test_the_finding_of_another_standard_is_refused() -> None:
    standard = replace(EMPTY_STANDARD, withdrawal=TERMS)
    other = Finding(kind="standard", verdict=M, children=(Finding(kind="criterion", code="9", verdict=M),))
    with pytest.raises(ValueError, match="its criteria are others"):
        withdraw(standard, other)


# --- what is told -----------------------------------------------------------------------------------------------------


def test_the_finding_tells_share_case_clause_and_note() -> None:
    finding = withdrawn(row(19, keys=1, others=5))
    assert finding.kind == "withdrawal"
    assert finding.value_text.vi == "6/19 tiêu chí chưa đạt (31,58%), trong đó tiêu chí trọng yếu: 1"
    assert finding.value_text.en == "6/19 criteria not met (31,58%), key criteria among them: 1"
    assert finding.threshold_text.vi == (
        "từ 30% đến dưới 50% số tiêu chí chưa đạt, trong đó có ít nhất 1 tiêu chí trọng yếu"
    )
    assert (finding.clause.vi, finding.provenance, finding.note) == ("Điều 4, 18/2022/QĐ-TTg", "found", NOTE)
    assert [(band.kind, band.code, band.verdict) for band in finding.children] == [
        ("band", "V1", M),
        ("band", "V2", N),
    ]
    assert Finding.from_plain(finding.to_plain()) == finding


def test_it_prints_in_words_that_cannot_be_taken_for_good_news() -> None:
    lines = print_withdrawal(withdrawn(row(19, others=10)))
    assert lines[0] == (
        "Thu hồi quyết định công nhận: thuộc trường hợp thu hồi (V2: từ 50% trở lên số tiêu chí chưa đạt). "
        "10/19 tiêu chí chưa đạt (52,63%). Điều 4, 18/2022/QĐ-TTg."
    )
    assert "từ 30% đến 50%" in lines[1]
    english = print_withdrawal(withdrawn(row(19)), language="en")[0]
    assert "no case for withdrawal." in english
    assert "Article 4, 18/2022/QĐ-TTg" in english
    assert "Cần làm rõ" in print_withdrawal(withdrawn([U] * 19))[1]


# --- from YAML --------------------------------------------------------------------------------------------------------

BLOCK = """\
withdrawal:
  clause: Điều 4
  provenance: {threshold: found, note: {vi: Ghi chú, en: Note}}
  key_criteria: ["1"]
  bands: [{code: V1, from: 30, below: 50, key: 1}, {code: V2, from: 50}]
"""


def read(folder: Path, block: str) -> Standard:
    law = write_law(folder / "law")
    write_standard(law / "own", {"01": criterion("1", indicator("1.1", POWER))}, more=block)
    return read_law(law).standard(STANDARD)


def test_the_block_is_read_and_thaws_to_equality() -> None:
    book = tiny_book(more=BLOCK)
    terms = book.standard(STANDARD).withdrawal
    assert terms is not None
    assert (terms.clause.vi, terms.key_criteria, terms.bands) == ("Điều 4", ("1",), BANDS)
    assert thaw(book.frozen[STANDARD], {})[0] == book.standard(STANDARD)
    assert "- **V2** từ 50% trở lên số tiêu chí chưa đạt" in print_law(book.standard(STANDARD), book)


def test_a_standard_without_the_block_has_no_terms() -> None:
    book = tiny_book()
    assert book.standard(STANDARD).withdrawal is None
    assert "Thu hồi" not in print_law(book.standard(STANDARD), book)


@pytest.mark.parametrize(
    ("old", "new", "what", "line"),
    [
        ('["1"]', '["10"]', "không có tiêu chí 10", 14),
        ('["1"]', '["1", "1"]', "tiêu chí 1 viết hai lần", 14),
        ("below: 50", "below: 30", "không chứa tỷ lệ nào", 15),
        ("below: 50", "below: 101", "không phải là một tỷ lệ", 15),
        ("from: 50", "from: 0", "không phải là một tỷ lệ", 15),
        ("from: 50", "from: half", "không phải là một con số", 15),
        ("key: 1", "key: 2", "đòi 2 tiêu chí trọng yếu trong 1", 15),
        ("key: 1", "key: 0", "từ 1 trở lên", 15),
        ("code: V2", "code: V1", "trường hợp V1 viết hai lần", 15),
        ("  clause: Điều 4\n", "", "thiếu mục “clause”", 12),
        ("[{code: V1, from: 30, below: 50, key: 1}, {code: V2, from: 50}]", "[]", "không có trường hợp nào", 15),
        ("bands:", "band:", "mục “band” không có trong mẫu", 15),
    ],
)  # fmt: skip
def test_terms_that_cannot_be_meant_are_refused_where_they_stand(
    tmp_path: Path, old: str, new: str, what: str, line: int
) -> None:
    with pytest.raises(Bad) as refused:
        read(tmp_path, BLOCK.replace(old, new))
    (problem,) = refused.value.problems
    assert (problem.file, problem.line) == ("law/own/standard.yaml", line)
    assert what in problem.what


# --- on the command line ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("block", "told"), [(BLOCK, True), ("", False)], ids=["with the block", "without"])
def test_judge_tells_of_withdrawal_only_when_the_standard_does(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], block: str, told: bool
) -> None:
    read(tmp_path, block)
    (tmp_path / "facts.yaml").write_text(
        "facts: [{measure: power, value: 90, period: 2023}]", encoding="utf-8"
    )
    asked = [
        "judge",
        "tiny",
        str(tmp_path / "facts.yaml"),
        "--on",
        "2023-12-31",
        "--law",
        str(tmp_path / "law"),
    ]
    assert main(asked) == 0
    assert ("thuộc trường hợp thu hồi (V2:" in capsys.readouterr().out) is told
    assert main([*asked, "--json"]) == 0
    plain = json.loads(capsys.readouterr().out)
    assert ("withdrawal" in plain) is told
    if told:
        assert Finding.from_plain(plain["withdrawal"]).code == "V2"
