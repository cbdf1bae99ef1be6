"""python -m rulebook: check, judge, explain and docs; 0 well, 1 the law disagrees with its cases, 2 input refused."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from tiny_law import criterion, indicator, write_law, write_standard

SRC = Path(__file__).parents[3] / "src"
CASES = """\
cases:
  - {case: Đạt., on: 2023-12-31, facts: {power: 95}, expect: {"1.1": met}}
  - {case: Chưa đạt., on: 2023-12-31, facts: {power: 94.99}, expect: {"1.1": not_met}}
  - {case: Chưa biết., on: 2023-12-31, facts: {}, expect: {"1.1": unknown}}
"""
FACTS = "facts: [{measure: power, value: 92/100, period: 2022}]\n"


def run(*words: str | Path, cwd: Path | None = None, **environment: str) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(
        [sys.executable, "-m", "rulebook", *map(str, words)],
        capture_output=True, encoding="utf-8", cwd=cwd, check=False,
        env={**os.environ, "PYTHONPATH": str(SRC), **environment},
    )  # fmt: skip
    assert "Traceback" not in done.stderr
    assert done.returncode in (0, 1, 2)
    if done.returncode == 2:
        assert done.stderr.strip()
        assert not done.stdout.strip()
    return done


@pytest.fixture
def law(tmp_path: Path) -> Path:
    folder = write_law(tmp_path / "law")
    write_standard(
        folder / "own", {"01": criterion("1", indicator("1.1", "compare: {measure: power, at_least: 95}"))}
    )
    (folder / "own/cases").mkdir()
    (folder / "own/cases/01.yaml").write_text(CASES, encoding="utf-8")
    (tmp_path / "facts.yaml").write_text(FACTS, encoding="utf-8")
    return folder


def judge(
    law: Path,
    *more: str,
    on: str = "2023-12-31",
    command: str = "judge",
    standard: str = "tiny",
    facts: str = "facts.yaml",
):
    return run(command, standard, facts, "--on", on, *more, cwd=law.parent)


def test_check_is_0_when_every_case_agrees(law: Path) -> None:
    done = run("check", law)
    assert done.returncode == 0
    assert "1 bộ, 11 số đo, 0 phép kiểm số liệu; 0 chỗ phải sửa." in done.stdout


CHECKS = """\
checks:
  - code: poor_within_all
    name: {vi: Hộ nghèo không quá số hộ, en: No more poor households than households}
    sentence: {vi: "{value} nhiều hơn {limit}.", en: "{value} are more than {limit}."}
    severity: impossible
    mends: recorder
    not_above: {measure: MEASURE, than: power}
    cases:
      - {case: Vừa bằng, now: {power: 3, income: 3}, wrong: false}
      - {case: Nhiều hơn, now: {power: 3, income: 4}, wrong: true}
"""


def test_check_reads_the_integrity_checks_too_and_names_a_case_that_disagrees(law: Path) -> None:
    checks = law / "checks.yaml"
    checks.write_text(CHECKS.replace("MEASURE", "income"), encoding="utf-8")
    done = run("check", law)
    assert (done.returncode, done.stderr) == (0, "")
    assert "11 số đo, 1 phép kiểm số liệu; 0 chỗ phải sửa." in done.stdout
    checks.write_text(CHECKS.replace("MEASURE", "income").replace("income: 4", "income: 2"), encoding="utf-8")
    done = run("check", law)
    assert done.returncode == 1
    told = (
        "law/checks.yaml:10: phép kiểm poor_within_all: ví dụ nói số liệu sai, máy kiểm ra số liệu không sai"
    )
    assert told in done.stderr
    assert "vì: Nhiều hơn" in done.stderr and "cách sửa: Xem lại ví dụ và phép kiểm" in done.stderr


def test_check_is_2_when_the_integrity_checks_cannot_be_read(law: Path) -> None:
    (law / "checks.yaml").write_text(CHECKS.replace("MEASURE", "incom"), encoding="utf-8")
    done = run("check", law)
    assert done.returncode == 2
    assert "law/checks.yaml:7:" in done.stderr and "income" in done.stderr


def test_check_is_1_when_a_case_disagrees_and_names_it(law: Path) -> None:
    (law / "own/cases/01.yaml").write_text(CASES.replace("94.99", "95.01"), encoding="utf-8")
    done = run("check", law)
    assert done.returncode == 1
    assert "law/own/cases/01.yaml:3: chỉ tiêu 1.1: ví dụ nói not_met, máy xét ra met" in done.stderr


@pytest.mark.parametrize("verdict", ["met", "not_met", "unknown"])
def test_check_is_1_when_an_indicator_lacks_a_case(law: Path, verdict: str) -> None:
    lines = [line for line in CASES.splitlines() if f'"1.1": {verdict}}}' not in line]
    (law / "own/cases/01.yaml").write_text("\n".join(lines), encoding="utf-8")
    done = run("check", law)
    assert done.returncode == 1
    assert f"chỉ tiêu 1.1 thiếu ví dụ: {verdict}" in done.stderr


def test_check_is_2_when_the_law_cannot_be_read(law: Path) -> None:
    (law / "measures.yaml").write_text("measures: &a [*a]\n", encoding="utf-8")
    done = run("check", law)
    assert done.returncode == 2
    assert "law/measures.yaml:1: có neo hoặc bí danh" in done.stderr
    assert "cách sửa:" in done.stderr


@pytest.mark.parametrize("folder", ["nowhere", "facts.yaml", "x" * 5000, "."])
def test_check_is_2_for_what_is_not_a_law_folder(law: Path, folder: str) -> None:
    assert run("check", folder, cwd=law.parent).returncode == 2


def test_judge_prints_the_trace(law: Path) -> None:
    done = judge(law)
    assert done.returncode == 0
    assert (
        "✗ 1.1 Chỉ tiêu 1.1 — chưa đạt; 92/100 hộ (92%); cần từ 95% số hộ trở lên; thiếu 3 hộ" in done.stdout
    )
    assert "0/1 tiêu chí đạt theo số liệu (1 chưa đạt)" in done.stdout


def test_judge_speaks_english_too(law: Path) -> None:
    assert (
        "not met; 92/100 households (92%); needs at least 95% of households; short by 3 households"
        in judge(law, "--language", "en").stdout
    )


def test_judge_as_json_parses_and_is_the_finding(law: Path) -> None:
    told = json.loads(judge(law, "--json").stdout)
    assert (told["standard"], told["version"], told["on"]) == ("tiny-2021-2025", "2022-03-08", "2023-12-31")
    assert len(told["digest"]) == 64
    assert told["finding"]["verdict"] == "not_met"


def test_explain_says_what_is_missing(law: Path) -> None:
    done = judge(law, command="explain")
    assert done.returncode == 0
    assert "1.1 Tỷ lệ hộ dùng điện — thiếu 3 hộ" in done.stdout


def test_explain_as_json_parses(law: Path) -> None:
    (cure,) = json.loads(judge(law, "--json", command="explain").stdout)
    assert (cure["code"], cure["blocked_by_law"], cure["needs"][0]["missing"]) == ("1", False, "thiếu 3 hộ")


def test_explain_of_what_is_met_says_nothing_is_missing(law: Path) -> None:
    (law.parent / "facts.yaml").write_text(FACTS.replace("92/100", "95/100"), encoding="utf-8")
    assert judge(law, command="explain").stdout.strip() == "Không còn thiếu gì."


@pytest.mark.parametrize("day", ["2023-05-24", "24/05/2023", "24-5-2023", "24.05.2023"])
def test_a_day_may_be_written_in_either_order(law: Path, day: str) -> None:
    assert json.loads(judge(law, "--json", on=day).stdout)["on"] == "2023-05-24"


def test_month_before_day_is_refused_with_a_hint(law: Path) -> None:
    done = judge(law, on="05/24/2023")
    assert done.returncode == 2
    assert "có tháng 24" in done.stderr
    assert "có phải 24/05/2023?" in done.stderr


@pytest.mark.parametrize("day", ["hôm nay", "31/02/2023", "2023", "", "24/05/23"])
def test_what_is_not_a_day_is_refused(law: Path, day: str) -> None:
    assert judge(law, on=day).returncode == 2


@pytest.mark.parametrize("command", ["judge", "explain"])
def test_a_wrong_standard_lists_the_choices(law: Path, command: str) -> None:
    done = judge(law, command=command, standard="wrong")
    assert done.returncode == 2
    assert "Không rõ bộ tiêu chí “wrong”. Các mã có thể dùng: tiny-2021-2025." in done.stderr


def test_a_part_of_the_name_that_several_share_lists_those(law: Path) -> None:
    write_standard(
        law / "two",
        {"01": criterion("1", indicator("1.1", "is_true: {measure: plan}"))},
        key="tiny-2026-2030",
    )
    done = judge(law, standard="tiny")
    assert done.returncode == 2
    assert "tiny-2021-2025, tiny-2026-2030" in done.stderr
    assert judge(law, standard="2026").returncode == 0


def test_a_missing_facts_file_is_named(law: Path) -> None:
    done = judge(law, facts="nowhere.yaml")
    assert done.returncode == 2
    assert "nowhere.yaml: không đọc được tệp" in done.stderr


def test_a_bad_facts_file_names_line_and_cure(law: Path) -> None:
    (law.parent / "facts.yaml").write_text(FACTS.replace("92/100", "105/100"), encoding="utf-8")
    done = judge(law)
    assert done.returncode == 2
    assert "facts.yaml:1: giá trị “105/100” của “power” không dùng được" in done.stderr
    assert "1 chỗ phải sửa" in done.stderr


def test_no_command_is_refused(law: Path) -> None:
    assert run().returncode == 2


def test_docs_print_the_law_and_its_cases(law: Path) -> None:
    done = run("docs", law, law.parent / "docs/law")
    assert done.returncode == 0
    text = (law.parent / "docs/law/tiny-2021-2025.md").read_text(encoding="utf-8")
    assert text.startswith("# Bộ tiêu chí nhỏ\n")
    assert "## 1. Tiêu chí 1 / Criterion 1" in text
    assert "- **1.1** Chỉ tiêu 1.1" in text
    assert "  - ✗ Chưa đạt." in text


def test_docs_print_a_case_of_the_whole_standard_too(law: Path) -> None:
    whole = "  - {case: Cả bộ đạt., on: 2023-12-31, facts: {power: 100}, expect: {standard: met}}\n"
    (law / "own/cases/01.yaml").write_text(CASES + whole, encoding="utf-8")
    run("docs", law, law.parent / "docs")
    assert "  - ✓ Cả bộ đạt." in (law.parent / "docs/tiny-2021-2025.md").read_text(encoding="utf-8")


def test_docs_into_a_file_is_refused_by_a_sentence(law: Path) -> None:
    done = run("docs", law, law / "measures.yaml")
    assert done.returncode == 2
    assert "Hãy xem lại đường dẫn" in done.stderr


@pytest.mark.parametrize("encoding", ["ascii", "cp1252"])
def test_a_terminal_without_vietnamese_letters_is_no_trouble(law: Path, encoding: str) -> None:
    assert run("check", law, PYTHONIOENCODING=encoding, PYTHONUTF8="0").returncode == 0


# --- English --------------------------------------------------------------------------------------------------------

VIETNAMESE = re.compile(
    "[àáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵđ]", re.IGNORECASE
)
DAY = re.compile(r"[0-9]{1,2}/[0-9]{1,2}/[0-9]{4}")
STATED = 'stated: [{criterion: "1", verdict: basically_met, on: 24/05/2023, mark: told}]\n'


def assert_english(done: subprocess.CompletedProcess[str]) -> None:
    told = re.sub(r"[0-9]+/[0-9A-ZĐ/-]*QĐ-[A-Za-z]+", "", done.stdout + done.stderr)  # numbers of documents
    assert not VIETNAMESE.search(told), told
    assert not DAY.search(told), told


@pytest.mark.parametrize("command", ["judge", "explain"])
@pytest.mark.parametrize(
    "figures", [FACTS, "facts: [{measure: power, value: 92, period: 2026-02-01}]\n", "facts: []\n"]
)
@pytest.mark.parametrize("on", ["2023-12-31", "2026-01-31"])
def test_english_output_has_no_vietnamese_in_it(law: Path, command: str, figures: str, on: str) -> None:
    (law.parent / "facts.yaml").write_text(figures + STATED, encoding="utf-8")
    done = judge(law, "--language", "en", on=on, command=command)
    assert done.returncode == 0
    assert_english(done)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("judge", "tiny", "facts.yaml", "--on", "tomorrow"), "is not a day"),
        (("judge", "tiny", "facts.yaml", "--on", "05/24/2023"), "Is 2023-05-24 (year-month-day) meant?"),
        (("judge", "other", "facts.yaml", "--on", "2023-12-31"), "Not clear which standard “other” is"),
        (("judge", "tiny", "none.yaml", "--on", "2023-12-31", "--law", "nowhere"), "nowhere"),
        (("diff", "tiny", "tiny+19"), "Not clear which standard"),
    ],
)
def test_a_refusal_is_told_in_the_language_asked_for(law: Path, words: tuple[str, ...], told: str) -> None:
    done = run(*words, "--language", "en", cwd=law.parent)
    assert done.returncode == 2
    assert told in done.stderr


def test_a_stated_verdict_carries_its_day_as_the_language_writes_it(law: Path) -> None:
    (law.parent / "facts.yaml").write_text(FACTS + STATED, encoding="utf-8")
    assert "(công bố: cơ bản đạt, 24/05/2023, theo tài liệu)" in judge(law).stdout
    assert "(stated: basically met, 2023-05-24, told by a document)" in judge(law, "--language", "en").stdout
