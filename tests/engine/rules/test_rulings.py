"""ruling: a person rules, with evidence."""

import pytest

RULE = "ruling: {question: {vi: Cảnh quan có sạch đẹp không, en: Is it clean}}"


def ruled(verdict: str, evidence: str) -> str:
    said = f", evidence: {evidence}" if evidence else ""
    return f"rulings: {{Cảnh quan có sạch đẹp không: {{verdict: {verdict}{said}}}}}\n"


@pytest.mark.parametrize("given", ["met", "not_met", "unknown", "excused"])
def test_a_ruling_with_evidence_stands(verdict, given: str) -> None:
    assert verdict(RULE, facts=ruled(given, "Biên bản 12/BB-UBND")) == given


@pytest.mark.parametrize("given", ["met", "not_met"])
def test_a_ruling_without_evidence_does_not_count(found, given: str) -> None:
    finding = found(RULE, facts=ruled(given, ""))
    assert finding.verdict == "unknown"
    assert "thiếu minh chứng" in finding.reason.vi


def test_where_nobody_ruled_it_is_unknown(found) -> None:
    finding = found(RULE)
    assert finding.verdict == "unknown"
    assert "Chưa có ý kiến xác nhận" in finding.reason.vi


def test_the_evidence_is_part_of_the_trace(found) -> None:
    assert found(RULE, facts=ruled("met", "Biên bản 12/BB-UBND")).children[0].source == "Biên bản 12/BB-UBND"


def test_a_ruling_may_name_the_indicator_instead_of_the_question(verdict) -> None:
    said = 'rulings: {"CODE": {verdict: met, evidence: Biên bản 12}}\n'
    assert verdict(RULE, facts=said.replace("CODE", "1.1")) == "met"
    assert verdict(RULE, facts=said.replace("CODE", "1.2")) == "unknown"


def test_where_an_indicator_asks_two_questions_each_has_its_answer(verdict) -> None:
    both = f"all_of: [{{{RULE}}}, {{ruling: {{question: {{vi: Có an toàn không, en: Is it safe}}}}}}]"
    assert verdict(both, facts=ruled("met", "Biên bản 12/BB-UBND")) == "unknown"
