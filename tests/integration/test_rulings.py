"""What the law leaves to a person: a ruling counts, with its evidence, from its day on, until another supersedes it."""

import uuid
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest

from chungtay.core.actors import SystemActor
from chungtay.core.refusals import NotPermitted, Refusal
from chungtay.figures import queries
from chungtay.figures.ruling import rule_on
from chungtay.figures.ruling_rows import RulingVerdict
from chungtay.figures.rulings import rulings_asked, rulings_on
from chungtay.standards import queries as standards
from chungtay.territory.actions import found_place
from rulebook import Verdict

SYSTEM = SystemActor(label="Người dựng thử")
AT = datetime.fromisoformat("2026-03-02T09:00:00+07:00")
BY: dict[str, Any] = {"by": SYSTEM, "at": AT}
STANDARD = "khu-dan-cu-kieu-mau-ha-tinh"
EARLY, LATE = date(2024, 5, 1), date(2024, 11, 1)


@pytest.fixture
def code(demo: Any) -> str:
    """The prerequisite of Hà Tĩnh's residential areas that a person rules on."""
    (asked,) = rulings_asked(standards.adopted(STANDARD).standard)
    return asked.code


@pytest.fixture
def area(demo: Any) -> int:
    """A cluster of houses in Khe Cốc."""
    return found_place(
        name="Xóm Trên", kind="khu dân cư", level="area", parent=demo.place("khe_coc"), valid_from=None, **BY
    ).id


def rule(
    area: int, code: str, verdict: Verdict = Verdict.MET, on: date = EARLY, **more: Any
) -> RulingVerdict:
    given = {"evidence": "Biên bản thẩm định số 3", "place_id": area, **BY, **more}
    return rule_on(standard_code=STANDARD, code=code, verdict=verdict, on=on, **given)


def judged(area: int, code: str, on: date = LATE) -> Any:
    finding = queries.judge_place(area, STANDARD, on=on).finding
    return next(child for child in finding.children if child.code == code)


def test_without_a_ruling_the_indicator_is_unknown(area: int, code: str) -> None:
    assert judged(area, code).verdict is Verdict.UNKNOWN


@pytest.mark.parametrize("verdict", [Verdict.MET, Verdict.NOT_MET, Verdict.EXCUSED])
def test_a_ruling_counts_with_its_evidence_as_the_source(area: int, code: str, verdict: Verdict) -> None:
    rule(area, code, verdict)
    found = judged(area, code)
    assert (found.verdict, found.children[0].source) == (verdict, "Biên bản thẩm định số 3")


def test_a_ruling_counts_from_its_day_on_and_the_newest_of_several(area: int, code: str) -> None:
    rule(area, code, Verdict.NOT_MET, EARLY)
    rule(area, code, Verdict.MET, LATE)
    days = (date(2024, 4, 30), EARLY, date(2024, 10, 31), LATE)
    verdicts = [judged(area, code, day).verdict.value for day in days]
    assert verdicts == ["unknown", "not_met", "not_met", "met"]


def test_a_later_ruling_does_not_reach_back_in_the_progress_of_a_place(area: int, code: str) -> None:
    rule(area, code, Verdict.NOT_MET, EARLY)
    rule(area, code, Verdict.MET, LATE)
    now = queries.judge_place(area, STANDARD, on=LATE)
    assert {EARLY, LATE} <= {moment.on for moment in queries.progress(now)}
    question = next(iter(now.facts.rulings))
    then = now.facts.find_ruling(question, code, EARLY)
    assert then is not None
    assert then.verdict is Verdict.NOT_MET
    assert now.facts.find_ruling(question, code, date(2024, 4, 30)) is None


def test_another_ruling_of_the_same_day_supersedes_and_the_first_stays_on_record(
    demo: Any, area: int, code: str, events: Any
) -> None:
    first = rule(area, code, Verdict.MET)
    second = rule(area, code, Verdict.NOT_MET, evidence="Kiểm tra lại tại chỗ")
    event = events("figures.rule_on")[-1]
    assert event.before == {"verdict": "met", "evidence": "Biên bản thẩm định số 3"}
    assert event.after == {"verdict": "not_met", "evidence": "Kiểm tra lại tại chỗ"}
    assert second.supersedes_id == first.pk
    assert judged(area, code).verdict is Verdict.NOT_MET
    assert RulingVerdict.objects.get(pk=first.pk).verdict == "met"


def test_the_same_ruling_again_or_sent_twice_is_one(
    demo: Any, area: int, code: str, unchanged: Callable[..., Any]
) -> None:
    uid = uuid.uuid4()
    rule(area, code, uid=uid)
    with unchanged():
        rule(area, code)
        rule(area, code, uid=uid)
    with pytest.raises(Refusal, match="Mã gửi"):
        rule(area, code, Verdict.NOT_MET, uid=uid)


@pytest.mark.parametrize("evidence", ["", "   "])
def test_a_ruling_without_evidence_is_refused(area: int, code: str, evidence: str) -> None:
    with pytest.raises(Refusal, match="Hãy ghi căn cứ"):
        rule(area, code, evidence=evidence)


def test_every_fault_is_told_at_once(area: int, code: str) -> None:
    with pytest.raises(Refusal) as refused:
        rule(area, code, Verdict.UNKNOWN, date(2030, 1, 1), evidence="")
    assert {fault.field for fault in refused.value.faults} == {"verdict", "evidence", "on"}


def test_an_indicator_that_figures_decide_takes_no_ruling(area: int) -> None:
    with pytest.raises(Refusal, match="được xét theo số liệu, không do người kết luận"):
        rule(area, "3.1")


def test_a_ruling_under_one_standard_says_nothing_under_another(area: int, code: str) -> None:
    rule(area, code)
    facts = queries.judge_place(area, "xom-kieu-mau-thai-nguyen", on=LATE).facts
    assert facts.rulings == {}


def test_the_hamlet_head_does_not_rule_on_his_own_hamlet_but_the_commune_officer_does(
    demo: Any, area: int, code: str
) -> None:
    with pytest.raises(NotPermitted, match="kết luận chỉ tiêu mà luật để người xét"):
        rule(area, code, by=demo.post("trưởng xóm Khe Cốc"))
    row = rule(area, code, by=demo.post("cán bộ Vô Tranh"))
    (seen,) = rulings_on(area, rulings_asked(standards.adopted(STANDARD).standard), LATE)
    assert (seen.by, seen.verdict) == (row.by_label, Verdict.MET)


def test_a_ruling_is_one_event(area: int, code: str, events: Callable[..., Any]) -> None:
    rule(area, code)
    (event,) = events("figures.rule_on")
    assert event.detail["verdict"] == "met"
