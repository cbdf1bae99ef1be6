"""The procedures of the law: their worked cases, their printed pages, and that they freeze and thaw to equality."""

import json
from datetime import date
from pathlib import Path

import pytest

from rulebook.loading.book import read_law
from rulebook.loading.calendar import read_calendar
from rulebook.loading.procedure_cases import check_procedures
from rulebook.loading.procedures import read_procedures, thaw
from rulebook.printing_procedures import print_procedure, print_states

ROOT = Path(__file__).parents[3]
PROCEDURES = read_procedures(ROOT / "law", read_law(ROOT / "law", with_cases=False))
CASES, PROBLEMS = check_procedures(PROCEDURES, read_calendar(ROOT / "law" / "calendar.yaml"))
KEYS = list(PROCEDURES.by_id)
ABOLISHED = date(2025, 7, 1)


def test_every_case_agrees_and_no_mark_or_time_lacks_one() -> None:
    assert [str(each) for each in PROBLEMS] == []
    assert set(CASES) == set(KEYS)


def test_no_two_cases_of_a_procedure_say_the_same_sentence() -> None:
    for key, cases in CASES.items():
        told = [each.sentence for each in cases]
        assert sorted({each for each in told if told.count(each) > 1}) == [], key


@pytest.mark.parametrize("key", KEYS)
def test_the_printed_pages_are_what_the_law_prints_now(key: str) -> None:
    procedure = PROCEDURES.by_id[key]
    page = (ROOT / "docs/law/procedures" / f"{key}.md").read_text(encoding="utf-8")
    assert page == print_procedure(procedure, CASES[key]), "run: python -m rulebook docs law docs/law"
    page = (ROOT / "docs/states" / f"procedure-{key}.md").read_text(encoding="utf-8")
    assert page == print_states(procedure), "run: python -m rulebook states law docs/states"


def test_the_printed_pages_hold_no_other_procedure() -> None:
    assert {each.stem for each in (ROOT / "docs/law/procedures").glob("*.md")} == set(KEYS)
    assert {each.stem for each in (ROOT / "docs/states").glob("procedure-*.md")} == {
        f"procedure-{k}" for k in KEYS
    }


@pytest.mark.parametrize("key", KEYS)
def test_a_procedure_thaws_to_equality_from_its_json(key: str) -> None:
    frozen = json.loads(json.dumps(PROCEDURES.frozen[key]))
    assert thaw(frozen) == PROCEDURES.by_id[key]


def test_another_word_gives_another_digest() -> None:
    key = KEYS[0]
    frozen = json.loads(json.dumps(PROCEDURES.frozen[key]))
    frozen["procedure"]["version"] += "a"
    assert thaw(frozen).digest != PROCEDURES.by_id[key].digest


@pytest.mark.parametrize("key", KEYS)
def test_from_1_july_2025_no_body_of_a_district_acts(key: str) -> None:
    later = PROCEDURES.by_id[key].on(ABOLISHED)
    acting = {later.roles[code].level for step in later.steps.values() for code in step.by}
    assert "district" not in acting
    authority = later.authority_on(ABOLISHED)
    assert authority is None or authority.role is None or later.roles[authority.role].level != "district"


@pytest.mark.parametrize("key", KEYS)
def test_what_nobody_saw_is_never_confirmed(key: str) -> None:
    procedure = PROCEDURES.by_id[key]
    unknown = [each.within for each in procedure.steps.values() if each.within and each.within.days is None]
    assert all(not each.ground.confirmed for each in unknown)
    if procedure.status == "draft":
        marks = [each.passes for each in procedure.votes.values()]
        assert not any(each.ground.confirmed for each in (*marks, *procedure.gates.values()))
        assert "chưa xác nhận" in procedure.label.vi


def test_the_procedures_of_a_title_are_found_by_it() -> None:
    found = PROCEDURES.leading_to("xa-ntm-nang-cao-2021-2025", on=date(2023, 5, 24))
    assert [each.id for each in found] == ["cong-nhan-xa-2021-2025"]
    assert PROCEDURES.leading_to("xom-thong-minh-thai-nguyen", on=date(2023, 5, 24)) == []
