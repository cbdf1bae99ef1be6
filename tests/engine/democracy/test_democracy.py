"""law/community.yaml: its worked cases, exact counting at the edges, and files that are told line by line."""

from fractions import Fraction
from pathlib import Path

import pytest

from rulebook import Bad, Text, Verdict
from rulebook.__main__ import main
from rulebook.democracy import Bar, Democracy, Ground, Way
from rulebook.loading.democracy import Case, read_democracy, run
from rulebook.tally import decide, quorum, thaw

LAW = Path(__file__).parents[3] / "law" / "community.yaml"
NOWHERE = Ground(Text("Điều 1", "Article 1"), "found")


@pytest.fixture(scope="module")
def read() -> tuple[Democracy, list[Case]]:
    return read_democracy(LAW)


def test_every_worked_case_agrees_with_the_counting(read: tuple[Democracy, list[Case]]) -> None:
    law, cases = read
    assert len(cases) >= 25
    assert [case.sentence for case in cases if run(law, case) is not case.verdict] == []


@pytest.mark.parametrize("households", [1, 2, 3, 99, 100, 143, 150])
@pytest.mark.parametrize(("share", "strict"), [("1/2", True), ("2/3", False), ("1/1", False)])
def test_the_least_number_passes_and_one_fewer_does_not(households: int, share: str, strict: bool) -> None:
    bar = Bar(Fraction(share), strict, NOWHERE)
    least = bar.least(households)
    reached = Fraction(least, households)
    assert reached > bar.share if strict else reached >= bar.share
    fewer = Fraction(least - 1, households)
    assert fewer <= bar.share if strict else fewer < bar.share


def test_the_denominator_is_all_households_not_those_present(read: tuple[Democracy, list[Case]]) -> None:
    told = decide(read[0], "contribution", in_favour=90, present=90, households=143)
    assert (told.verdict, told.numerator, told.denominator) == (Verdict.NOT_MET, 90, 143)
    assert "90/143 hộ (62,94%) đồng ý; cần từ 2/3 tổng số hộ trở lên, tức từ 96 hộ" in told.sentence.vi
    assert "90/143 households (62,94%) agreed; at least 2/3" in told.sentence.en
    assert told.bar.ground.provenance == "recalled"


def test_what_is_not_known_is_unknown_and_zero_households_is_not_known(
    read: tuple[Democracy, list[Case]],
) -> None:
    law = read[0]
    assert quorum(law, present=5, households=None).verdict is Verdict.UNKNOWN
    assert quorum(law, present=0, households=0).verdict is Verdict.UNKNOWN
    assert quorum(law, present=0, households=10).verdict is Verdict.NOT_MET
    late = decide(law, "other", in_favour=None, present=8, households=10)
    assert late.verdict is Verdict.UNKNOWN
    assert "Chưa ghi số hộ đồng ý" in late.sentence.vi


def test_ballots_need_no_quorum(read: tuple[Democracy, list[Case]]) -> None:
    told = decide(read[0], "contribution", in_favour=100, households=143, way=Way.BALLOTS)
    assert told.verdict is Verdict.MET


def test_a_tally_is_thawed_to_equality(read: tuple[Democracy, list[Case]]) -> None:
    told = decide(read[0], "spending", in_favour=100, present=120, households=143)
    assert thaw(told.to_plain()) == told


def test_contributions_are_never_asked_online_and_only_self_management_may_be(
    read: tuple[Democracy, list[Case]],
) -> None:
    online = [matter.code for matter in read[0].matters.values() if Way.ONLINE in matter.ways]
    assert online == ["self_management"]


def test_which_signatories_are_lacking_is_told(read: tuple[Democracy, list[Case]]) -> None:
    law = read[0]
    assert [each.code for each in law.lacking({"head": 1, "household": 1})] == ["front", "household"]
    assert law.lacking({"head": 1, "front": 1, "household": 2}) == ()


@pytest.mark.parametrize(
    ("before", "after", "what"),
    [
        ("above: 1/2\n  clause: Điều 18", "above: 3/2\n  clause: Điều 18", "không phải là một phần"),
        ("above: 1/2\n  clause: Điều 18", "above: 0.5\n  clause: Điều 18", "không phải là một phần"),
        ("above: 1/2\n  clause: Điều 18", "clause: Điều 18", "đúng một cách so"),
        ("code: spending", "code: contribution", "khai hai lần"),
        ("present: 71, households: 143", "present: 72, households: 143", "máy đếm ra met"),
        ("ways: [meeting, ballots, online]", "ways: [meeting, poll]", "không dùng được"),
        ("provenance: recalled", "provenance: guessed", "không dùng được"),
        (
            "matter: other, present: 90, households: 143",
            "matter: convention, present: 90, households: 143",
            "“other” thiếu ví dụ unknown",
        ),
    ],
)
def test_a_malformed_file_is_told_with_its_line(tmp_path: Path, before: str, after: str, what: str) -> None:
    text = LAW.read_text(encoding="utf-8")
    assert before in text
    file = tmp_path / "community.yaml"
    file.write_text(text.replace(before, after, 1), encoding="utf-8")
    with pytest.raises(Bad) as bad:
        read_democracy(file)
    assert what in str(bad.value)
    assert all(problem.line > 0 for problem in bad.value.problems)


def test_the_command_line_checks_it_too(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("measures", "regions", "instruments"):
        (tmp_path / f"{name}.yaml").write_text(
            (LAW.parent / f"{name}.yaml").read_text(encoding="utf-8"), encoding="utf-8"
        )
    (tmp_path / "community.yaml").write_text(
        LAW.read_text(encoding="utf-8").replace("at_least: 2/3", "at_least: 1/2", 1), encoding="utf-8"
    )
    assert main(["check", str(tmp_path)]) == 1
    assert "community.yaml:" in capsys.readouterr().err
