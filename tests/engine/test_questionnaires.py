"""law/questionnaires: what a survey asks, its exact count, what is withheld, and files that are told line by line."""

from itertools import product
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rulebook.loading.questionnaires import check_questionnaires, read_questionnaires, thaw
from rulebook.problems import Bad
from rulebook.questionnaire import count, withheld

LAW = Path(__file__).parents[2] / "law"
HELD, FROZEN = read_questionnaires(LAW)
COMMUNE = HELD["phieu-hai-long-xa"]


@pytest.mark.parametrize("code", HELD)
def test_a_questionnaire_thaws_to_equality_and_says_that_nobody_saw_the_real_one(code: str) -> None:
    held = HELD[code]
    assert thaw(FROZEN[code]) == held
    assert held.ground.provenance == "illustrative" and not held.posting.ground.confirmed
    assert "minh họa" in held.ground.note.vi


def test_it_fits_the_titles_it_names_or_all_of_its_levels() -> None:
    assert COMMUNE.fits("xa-ntm-2021-2025", "commune")
    assert not COMMUNE.fits("xom-thong-minh", "hamlet")
    assert HELD["phieu-hai-long-thon"].fits("xom-thong-minh", "hamlet")
    assert HELD["phieu-hai-long-thon"].fits("khu-dan-cu-kieu-mau-lang-son", "area")


def test_who_has_no_opinion_or_leaves_a_question_out_is_not_counted_as_an_answer() -> None:
    ballots = [{"roads": "yes"}, {"roads": "no"}, {"roads": "none"}, {}]
    roads = next(each for each in count(COMMUNE, ballots) if each.code == "roads")
    assert (roads.satisfied, roads.answered, roads.chosen) == (1, 2, {"yes": 1, "no": 1, "none": 1})
    for wrong in ({"moon": "yes"}, {"roads": "perhaps"}):
        with pytest.raises(KeyError):
            count(COMMUNE, [wrong])


@given(st.lists(st.integers(0, 12), max_size=7))
def test_what_is_withheld_can_never_be_had_by_taking_the_rest_from_the_whole(many: list[int]) -> None:
    ballots = dict(enumerate(many))
    hidden = withheld(ballots, 5)
    assert {each for each in ballots if 0 < ballots[each] < 5} <= hidden
    if hidden and hidden != {each for each in ballots if ballots[each]}:
        assert len(hidden) > 1 and sum(ballots[each] for each in hidden) >= 5


BAD = (
    ("Satisfied}, counts: satisfied", "Satisfied}, counts: answered", "thiếu lựa chọn hài lòng"),
    ("code: roads", "code: planning", "khai hai lần"),
    ("number: 10", "number: mười", ""),
    ("levels: [commune]", "levels: [village]", ""),
    ("standards: [xa-ntm-2021-2025,", "standards: [xa-ntm-1921-1925,", "không có bộ tiêu chí"),
)


@pytest.mark.parametrize(("was", "now", "told"), BAD)
def test_a_slip_in_the_file_is_told_with_its_line(was: str, now: str, told: str, tmp_path: Path) -> None:
    (tmp_path / "questionnaires").mkdir()
    text = (LAW / "questionnaires" / "commune.yaml").read_text(encoding="utf-8")
    assert was in text
    (tmp_path / "questionnaires" / "commune.yaml").write_text(text.replace(was, now, 1), encoding="utf-8")
    many, problems = check_questionnaires(tmp_path, COMMUNE.standards)
    assert many == 0 and problems
    assert any(each.line and told in each.what for each in problems)
    with pytest.raises(Bad):
        read_questionnaires(tmp_path, COMMUNE.standards)


def test_two_files_of_one_code_are_refused(tmp_path: Path) -> None:
    (tmp_path / "questionnaires").mkdir()
    text = (LAW / "questionnaires" / "commune.yaml").read_text(encoding="utf-8")
    for name in ("a", "b"):
        (tmp_path / "questionnaires" / f"{name}.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(Bad, match="cùng mã"):
        read_questionnaires(tmp_path)


def test_every_choice_of_ballots_keeps_the_sum() -> None:
    for chosen in product(["yes", "no", "none"], repeat=3):
        told = count(COMMUNE, [{"roads": each} for each in chosen])
        assert sum(told[1].chosen.values()) == 3
        assert all(each.satisfied <= each.answered <= 3 for each in told)
