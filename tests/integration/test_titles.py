"""Titles and keeping them: given by a dossier, carried on through mergers, reviewed, at risk, withdrawn by rule."""

import re
import shutil
import uuid
from collections.abc import Callable
from copy import deepcopy
from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import DatabaseError, transaction
from django.test import Client

from chungtay.core.actors import SystemActor
from chungtay.core.refusals import NotPermitted, Refusal
from chungtay.figures.loading import BulkFigure, load_figures
from chungtay.figures.risk import line_through
from chungtay.office import rooms_waiting
from chungtay.people.models import Notice, Post
from chungtay.recognition import jobs
from chungtay.recognition.models import Title, TitleEvent
from chungtay.recognition.procedures import adopting
from chungtay.recognition.titles import firsts, keeping, papers, queries, reviewing, upkeep, withdrawals
from chungtay.recognition.titles.actions import announce, enter_on_record, grant
from chungtay.recognition.titles.dues import DueState, due_of
from chungtay.recognition.titles.procedures import deciding_role, every_of
from chungtay.recognition.titles.queries import State
from chungtay.recognition.titles.reviewing import Told
from chungtay.standards import actions as standards
from chungtay.territory import queries as territory
from chungtay.territory.actions import found_place, merge_places
from rulebook import Mark, Period, Text, Verdict, read_law
from rulebook.democracy import Ground
from rulebook.loading.procedures import read_procedures, thaw
from rulebook.procedure import Every

SYSTEM = SystemActor(label="Người dựng thử")
MODEL, SMART, TRIAL = "xom-kieu-mau-thai-nguyen", "xom-thong-minh-thai-nguyen", "thon-thu"
DECIDED, CEREMONY = date(2023, 5, 20), date(2023, 5, 24)
AT = datetime.fromisoformat("2026-03-02T09:00:00+07:00")
TODAY = AT.date()
BY: dict[str, Any] = {"by": SYSTEM, "at": AT}
DECISION: dict[str, Any] = {"decided_by": "Chủ tịch UBND huyện Phú Lương", "source": "Quyết định công nhận"}
ACT: dict[str, Any] = {"decided_by": "Chủ tịch UBND xã Vô Tranh", "source": "Quyết định"}
LAW = """\
standard: thon-thu
version: "2024-01-01"
name: {vi: Bộ thử, en: Trial set}
title: {vi: thôn thử, en: trial hamlet}
level: hamlet
status: law
period: {from: 2024, to: 2030}
in_force: {from: 2024-01-01, to: open, provenance: found}
counts: {criteria: 3, indicators: 3}
withdrawal:
  clause: Điều 9
  provenance: {text: found, threshold: found}
  key_criteria: ["2"]
  bands:
    - {code: V1, from: 30, below: 50, key: 1}
    - {code: V2, from: 50}
"""
CRITERIA = {
    "1": "{measure: income_per_capita, at_least: {by_year: {2024: 60, 2025: 60, 2026: 62, 2027: 75}}}",
    "2": "{measure: poor_households, at_most: 3}",
    "3": "{measure: security_cameras, at_least: 5}",
}


@pytest.fixture(autouse=True)
def _clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is always the morning of the deeds."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: AT)


@pytest.fixture
def trial(demo: Any, tmp_path: Path) -> Callable[..., Title]:
    """Adopts a set of three criteria whose income rises with the years, and gives its title to a hamlet."""
    law = tmp_path / "law"
    (law / "thon-thu" / "criteria").mkdir(parents=True)
    for name in ("measures", "regions", "instruments"):
        shutil.copy(Path(settings.LAW_DIR) / f"{name}.yaml", law)
    (law / "thon-thu" / "standard.yaml").write_text(LAW, encoding="utf-8")
    for number, rule in CRITERIA.items():
        text = (
            f'criterion: "{number}"\nname: {{vi: Tiêu chí {number}, en: Criterion {number}}}\nindicators:\n'
            f'  - {{code: "{number}.1", text: {{vi: Chỉ tiêu, en: Indicator}}, provenance: '
            f"{{text: found, threshold: found}}, rule: {{compare: {rule}}}}}\n"
        )
        (law / "thon-thu" / "criteria" / f"0{number}.yaml").write_text(text, encoding="utf-8")
    standards.adopt(**BY, book=read_law(law))

    def give(place: int | None = None, *, year: int = 2024, on: date | None = date(2024, 4, 10)) -> Title:
        return enter_on_record(
            **BY,
            place_id=place or demo.place("khe_coc"),
            standard_code=TRIAL,
            year=year,
            decided_on=on,
            **DECISION,
        )

    return give


@pytest.fixture
def neighbour(demo: Any) -> Callable[[str], int]:
    """A new hamlet beside Khe Cốc."""
    parent = territory.latest(demo.place("khe_coc")).parent_id
    assert parent is not None

    def found(name: str = "Gốc Gạo") -> int:
        return found_place(name=name, kind="xóm", level="hamlet", parent=parent, valid_from=None, **BY).id

    return found


def load(place_id: int, year: int, **figures: Any) -> None:
    rows = [BulkFigure(place_id, code, Period.year(year), value) for code, value in figures.items()]
    assert not load_figures(**BY, rows=rows, mark=Mark.MEASURED, source="thử").faults


def merged(*places: int) -> int:
    deed: dict[str, Any] = {"on": date(2026, 1, 1), "instrument": "Nghị quyết 07/NQ-HĐND", **BY}
    return merge_places(places=list(places), into_name="Khe Gạo", kind="xóm", **deed).id


def model_title(demo: Any) -> queries.TitleView:
    """The title of the story: its day of decision is not told, its ceremony is."""
    (title,) = queries.titles(demo.place("khe_coc"), by=TODAY)
    return title


# Given by a dossier


@pytest.fixture
def decide(demo: Any) -> Callable[..., Title]:
    def one(**more: Any) -> Title:
        given: dict[str, Any] = {
            **BY,
            "place_id": demo.place("khe_coc"),
            "standard_code": MODEL,
            "year": 2024,
            "decided_on": DECIDED,
            "decision_number": "",
            "dossier_uid": uuid.UUID(int=7),
            **DECISION,
        }
        return grant(**(given | more))

    return one


def test_a_granted_title_knows_its_dossier_and_is_given_once(
    decide: Callable[..., Title], unchanged: Callable[..., Any]
) -> None:
    row = decide(mark=Mark.MEASURED)
    assert (row.on_record, row.dossier_uid, row.decision_number) == (False, uuid.UUID(int=7), "")
    with unchanged():
        assert decide() == row
    with unchanged(), pytest.raises(Refusal, match="Không ghi đè"):
        decide(decision_number="12/QĐ-UBND")


def test_a_title_on_record_for_that_year_is_not_given_again(
    decide: Callable[..., Title], unchanged: Callable[..., Any]
) -> None:
    with unchanged(), pytest.raises(Refusal, match="Không ghi đè"):
        decide(year=2023)


def test_what_cannot_be_granted_is_refused_with_the_reason(
    decide: Callable[..., Title], demo: Any, unchanged: Callable[..., Any]
) -> None:
    with unchanged(), pytest.raises(NotPermitted):
        decide(by=demo.post("trưởng xóm Khe Cốc"))
    with unchanged(), pytest.raises(Refusal, match="sau hôm nay"):
        decide(decided_on=date(2026, 12, 31), year=2026)
    commune = {"place_id": demo.place("quang_lac"), "standard_code": "xa-ntm-2021-2025", "year": 2025}
    with unchanged(), pytest.raises(Refusal, match=r"không còn từ ngày 01/07/2025.*nơi kế tiếp"):
        decide(decided_on=date(2025, 8, 1), **commune)


def test_the_ceremony_is_written_once_and_never_before_the_decision(
    decide: Callable[..., Title], unchanged: Callable[..., Any]
) -> None:
    told = {**BY, "title_id": decide().pk}
    for day, words in ((date(2023, 5, 19), "trước ngày quyết định"), (date(2026, 12, 31), "sau hôm nay")):
        with unchanged(), pytest.raises(Refusal, match=words):
            announce(**told, ceremony_on=day)
    assert announce(**told, ceremony_on=CEREMONY).ceremony_on == CEREMONY
    with unchanged():
        announce(**told, ceremony_on=CEREMONY)
    with unchanged(), pytest.raises(Refusal, match="24/05/2023"):
        announce(**told, ceremony_on=date(2023, 5, 25))


# Through mergers


def test_after_a_merger_the_title_stays_with_the_old_place_until_a_decision_carries_it(
    demo: Any, neighbour: Callable[..., int], unchanged: Callable[..., Any]
) -> None:
    title, heir = model_title(demo), merged(demo.place("khe_coc"), neighbour())
    (told,) = queries.history(heir, on=TODAY)
    assert (told.of, told.state, told.holders) == ("xóm Khe Cốc", State.NOT_ACKNOWLEDGED, ())
    assert queries.in_force(heir, on=TODAY) == []
    deed = {**BY, **ACT, "title_id": title.id, "place_id": heir, "on": date(2026, 2, 1)}
    keeping.acknowledge(**deed, decision_number="15/QĐ-UBND")
    (held,) = queries.in_force(heir, on=TODAY)
    assert (held.of, held.state, held.holders) == ("xóm Khe Cốc", State.CARRIED, (heir,))
    assert queries.in_force(heir, on=date(2026, 1, 31)) == [], "not before its day"
    assert heir in queries.titled(territory.as_of(heir, TODAY), MODEL, on=TODAY)
    with (
        unchanged(),
        pytest.raises(Refusal, match=r"đã được thừa nhận .* 01/02/2026 .*Không ghi lần thứ hai"),
    ):
        keeping.acknowledge(**deed)


def test_nothing_is_acknowledged_while_the_place_lives_or_for_a_place_that_did_not_follow(
    demo: Any, neighbour: Callable[..., int], unchanged: Callable[..., Any]
) -> None:
    title, other, third = model_title(demo), neighbour(), neighbour("Đồng Lòng")
    deed = {**BY, **ACT, "title_id": title.id, "on": date(2026, 2, 1)}
    with unchanged(), pytest.raises(Refusal, match="còn đó"):
        keeping.acknowledge(**deed, place_id=other)
    merged(demo.place("khe_coc"), other)
    with unchanged(), pytest.raises(Refusal, match="Nơi kế tiếp: xóm Khe Gạo"):
        keeping.acknowledge(**deed, place_id=third)
    with unchanged(), pytest.raises(Refusal, match="sau hôm nay"):
        keeping.acknowledge(**(deed | {"on": date(2026, 3, 3)}), place_id=third)


def test_a_title_given_up_is_in_force_the_day_before_and_never_after(demo: Any) -> None:
    title, place = model_title(demo), demo.place("khe_coc")
    keeping.give_up(**BY, **ACT, title_id=title.id, on=date(2026, 2, 1), reason="Xóm xin thôi")
    assert queries.in_force(place, on=date(2026, 1, 31))
    assert not queries.in_force(place, on=date(2026, 2, 1))
    assert place not in queries.titled(territory.as_of(place, TODAY), MODEL, on=TODAY)
    with pytest.raises(Refusal, match="đã thôi giữ từ ngày 01/02/2026"):
        keeping.give_up(**BY, **ACT, title_id=title.id, on=TODAY, reason="lần nữa")


def test_what_became_of_a_title_is_never_rewritten(demo: Any) -> None:
    keeping.give_up(**BY, **ACT, title_id=model_title(demo).id, on=TODAY, reason="Xóm xin thôi")
    with pytest.raises(DatabaseError), transaction.atomic():
        TitleEvent.objects.update(reason="khác")


# Who was first


def test_the_first_to_hold_both_titles_is_named_only_when_the_days_are_known(
    demo: Any, neighbour: Callable[..., int]
) -> None:
    root = territory.latest(demo.place("khe_coc")).parent_id
    assert root is not None
    assert firsts.first_with(root, [MODEL, SMART], on=TODAY).completed == (), "no paper gives the smart title"
    given = {**BY, **DECISION, "year": 2025}
    khe_coc, other = demo.place("khe_coc"), neighbour()
    enter_on_record(**given, place_id=khe_coc, standard_code=SMART, decided_on=date(2025, 12, 1))
    for code, on in ((MODEL, date(2025, 8, 1)), (SMART, date(2025, 12, 2))):
        enter_on_record(**given, place_id=other, standard_code=code, decided_on=on)
    found = firsts.first_with(root, [MODEL, SMART], on=TODAY)
    assert [(each.name, each.on) for each in found.places] == [("xóm Khe Cốc", date(2025, 12, 1))]
    third = neighbour("Đồng Lòng")
    for code in (MODEL, SMART):
        enter_on_record(**given, place_id=third, standard_code=code)
    found = firsts.first_with(root, [MODEL, SMART], on=TODAY)
    assert found.places == ()
    assert {each.name for each in found.possible} == {"xóm Khe Cốc", "xóm Đồng Lòng"}


def test_a_told_rank_stands_beside_the_records_and_needs_its_source(demo: Any) -> None:
    place = demo.place("khe_coc")
    root = territory.latest(place).parent_id
    told = {**BY, "place_id": place, "root_id": root, "standard_codes": [SMART, MODEL], "rank": 1}
    with pytest.raises(Refusal, match="nguồn"):
        keeping.tell_rank(**told, words="xóm đầu tiên", source="")
    keeping.tell_rank(**told, words="xóm đầu tiên của huyện đạt cả hai", source="Bài viết 24/5/2023")
    (row,) = firsts.told_ranks(place)
    assert (row.rank, row.standards, row.source) == (1, (MODEL, SMART), "Bài viết 24/5/2023")


def test_a_title_of_this_year_without_a_day_leaves_the_rank_open(
    demo: Any, trial: Callable[..., Title], neighbour: Callable[..., int]
) -> None:
    root = territory.latest(demo.place("khe_coc")).parent_id
    assert root is not None
    trial()
    sure = {rank.place.full_name: rank for rank in firsts.ranks(root, TRIAL, on=TODAY)}
    assert (sure["xóm Khe Cốc"].first, sure["xóm Khe Cốc"].is_known) == (1, True)
    trial(neighbour(), year=2026, on=None)
    open_ = {rank.place.full_name: rank for rank in firsts.ranks(root, TRIAL, on=TODAY)}
    assert (open_["xóm Gốc Gạo"].least, open_["xóm Gốc Gạo"].most) == (0, 1)
    assert not open_["xóm Gốc Gạo"].is_known


# The yearly review


EVERY = Every(12, "decide", Ground(Text("trình tự chung", "the usual course"), "assumed"))


def test_how_often_a_title_is_reviewed_says_the_procedure_that_was_adopted_not_the_folder(
    demo: Any, queries_of: Callable[..., int]
) -> None:
    assert every_of([MODEL, SMART], TODAY)[MODEL].months == 12
    assert SMART not in every_of([MODEL, SMART], TODAY), "nobody wrote one"
    assert queries_of(lambda: every_of([MODEL, SMART], TODAY)) == 1
    book = read_procedures(Path(settings.LAW_DIR), read_law(settings.LAW_DIR, with_cases=False))
    (key,) = (code for code, each in book.by_id.items() if MODEL in each.standards)
    frozen = deepcopy(book.frozen[key])
    frozen["procedure"] |= {"version": "z"}
    next(each for each in frozen["procedure"]["steps"] if "every" in each)["every"]["months"] = 6
    adopting.adopt(**BY, procedures=replace(book, by_id={key: thaw(frozen)}, frozen={key: frozen}))
    assert every_of([MODEL], TODAY)[MODEL].months == 6
    chair = deciding_role(MODEL, CEREMONY)
    assert chair is not None and chair.code == "district_chair"
    assert deciding_role(MODEL, TODAY) is None, "nobody knows who decides today"


def test_a_decision_of_29_february_is_reviewed_on_28_february_and_in_a_leap_year_on_the_29th() -> None:
    since = date(2020, 2, 29)
    due = due_of(EVERY, since, None, [], date(2021, 2, 28))
    assert (due.day, due.state, due.moved) == (date(2021, 2, 28), DueState.SOON, True)
    done = [date(year, 2, 28) for year in (2021, 2022, 2023)]
    due = due_of(EVERY, since, None, done, date(2024, 2, 29))
    assert (due.day, due.moved) == (date(2024, 2, 29), False)
    assert due_of(EVERY, since, None, done, date(2024, 3, 1)).state is DueState.LATE


def test_a_review_that_cannot_be_counted_says_why() -> None:
    assert "ngày quyết định" in due_of(EVERY, None, None, [], TODAY).reason.vi
    assert "quy trình" in due_of(None, DECIDED, None, [], TODAY).reason.vi


def test_a_late_review_is_shown_late_and_counted_from_the_ceremony_where_the_decision_is_unknown(
    demo: Any,
) -> None:
    due = upkeep.of_title(model_title(demo).id, on=TODAY).due
    assert due is not None
    assert (due.day, due.state, due.from_ceremony) == (date(2025, 5, 24), DueState.LATE, True)
    assert due.missed == (date(2024, 5, 24),)


def test_a_review_answers_every_criterion_and_the_office_above_agrees(
    demo: Any, unchanged: Callable[..., Any]
) -> None:
    title, head, office = model_title(demo), demo.post("trưởng xóm Khe Cốc"), demo.post("cán bộ Vô Tranh")
    asked = reviewing.criteria_of(MODEL, demo.place("khe_coc"), TODAY)
    told = [Told(code, True) for code, _name in asked]
    deed = {"by": head, "at": AT, "title_id": title.id, "uid": uuid.UUID(int=9)}
    with unchanged(), pytest.raises(Refusal, match=f"Tiêu chí {asked[0][0]} chưa được trả lời"):
        reviewing.review(**deed, held_on=TODAY, told=told[1:])
    with unchanged(), pytest.raises(Refusal, match="ở sau hôm nay"):
        reviewing.review(**deed, held_on=TODAY + timedelta(days=1), told=told)
    with unchanged(), pytest.raises(Refusal, match="ghi vì sao"):
        reviewing.review(**deed, held_on=TODAY, told=[Told(told[0].code, False), *told[1:]])
    with unchanged(), pytest.raises(Refusal, match="không phải hạn rà soát"):
        reviewing.review(**deed, held_on=TODAY, told=told, due_on=date(2025, 5, 25))
    row = reviewing.review(**deed, held_on=TODAY, told=told)
    with unchanged():
        assert reviewing.review(**deed, held_on=TODAY, told=told) == row
    (seen,) = reviewing.reviews_of([title.id])[title.id]
    assert (seen.due_on, seen.is_late, seen.agreed) == (date(2025, 5, 24), True, None)
    with unchanged(), pytest.raises(NotPermitted):
        reviewing.answer_review(by=head, at=AT, review_id=row.pk, agreed=True)
    reviewing.answer_review(by=office, at=AT, review_id=row.pk, agreed=False, answer="Thiếu ảnh")
    due = upkeep.of_title(title.id, on=TODAY).due
    assert due is not None
    assert due.day == date(2025, 5, 24), "sent back, it is to be done again"
    again = reviewing.review(**(deed | {"uid": None}), held_on=TODAY, told=told)
    reviewing.answer_review(by=office, at=AT, review_id=again.pk, agreed=True)
    due = upkeep.of_title(title.id, on=TODAY).due
    assert due is not None
    assert (due.day, due.state) == (date(2026, 5, 24), DueState.LATER)


# Recognised, meets today, at risk


def test_the_three_facts_stand_side_by_side_and_none_stands_for_another(
    demo: Any, trial: Callable[..., Title]
) -> None:
    title = trial()
    row = upkeep.of_title(title.pk, on=TODAY)
    assert (row.held.state, row.verdict, row.is_at_risk) == (State.IN_FORCE, Verdict.MET, True)
    load(demo.place("khe_coc"), 2025, income_per_capita=Decimal(80), poor_households=Decimal(9))
    row = upkeep.of_title(title.pk, on=TODAY)
    assert (row.held.state.is_held, row.verdict, row.falls_below) == (True, Verdict.NOT_MET, True)
    assert row.picked is not None
    assert row.picked.failing == ("2",)
    assert not row.is_at_risk, "what is lost already is no risk any more"


def test_a_figure_that_heads_across_its_threshold_names_the_values_it_is_drawn_through(
    demo: Any, trial: Callable[..., Title]
) -> None:
    place, title = demo.place("khe_coc"), trial()
    load(place, 2025, income_per_capita=Decimal(80))
    load(place, 2024, security_cameras=Decimal(6))
    assert not upkeep.of_title(title.pk, on=TODAY).risks, "two values make no line"
    load(place, 2025, security_cameras=Decimal(5))
    (risk,) = upkeep.of_title(title.pk, on=TODAY).risks
    assert (risk.kind, risk.criterion, risk.until) == ("trend", "3", date(2027, 3, 2))
    assert [(each.period.start.year, each.number) for each in risk.points] == [
        (2023, 7),
        (2024, 6),
        (2025, 5),
    ]
    assert risk.expected is not None
    assert 4 < risk.expected < 5
    assert line_through([(0, Fraction(9)), (1, Fraction(7)), (2, Fraction(6))]) == (
        Fraction(-3, 2),
        Fraction(53, 6),
    )


def test_values_that_fall_but_stay_above_are_no_risk(demo: Any, trial: Callable[..., Title]) -> None:
    title = trial()
    load(demo.place("khe_coc"), 2025, income_per_capita=Decimal(80))
    for year, cameras in ((2023, 40), (2024, 39), (2025, 38)):
        load(demo.place("khe_coc"), year, security_cameras=Decimal(cameras))
    assert not upkeep.of_title(title.pk, on=TODAY).risks


def test_a_threshold_that_rises_by_the_law_of_next_year_is_a_risk_with_both_numbers(
    demo: Any, trial: Callable[..., Title]
) -> None:
    title = trial()
    load(demo.place("khe_coc"), 2025, income_per_capita=Decimal(70))
    (risk,) = upkeep.of_title(title.pk, on=TODAY).risks
    assert (risk.kind, risk.criterion, risk.points) == ("threshold", "1", ())
    assert "62" in risk.threshold.vi and "75" in risk.threshold_then.vi


def test_a_paper_that_runs_out_is_a_risk_until_one_that_lasts_longer_is_kept(
    demo: Any, trial: Callable[..., Title], unchanged: Callable[..., Any]
) -> None:
    title = trial()
    head = demo.post("trưởng xóm Khe Cốc")
    paper = {"by": head, "at": AT, "place_id": demo.place("khe_coc"), "standard_code": TRIAL}
    with unchanged(), pytest.raises(Refusal, match="không có tiêu chí “9”"):
        papers.keep_paper(**paper, name="OCOP 3 sao", criterion="9", valid_until=date(2026, 9, 1))
    papers.keep_paper(**paper, name="OCOP 3 sao", criterion="2", valid_until=date(2026, 9, 1))
    (told,) = upkeep.of_title(title.pk, on=TODAY).papers
    assert (told.name, told.criterion) == ("OCOP 3 sao", "2")
    papers.keep_paper(**paper, name="OCOP 3 sao", criterion="2", valid_until=date(2029, 9, 1))
    assert not upkeep.of_title(title.pk, on=TODAY).papers


def test_many_titles_are_read_in_a_number_of_queries_that_does_not_grow(
    demo: Any, trial: Callable[..., Title], neighbour: Callable[..., int], queries_of: Callable[..., int]
) -> None:
    root = territory.latest(demo.place("khe_coc")).parent_id
    assert root is not None
    trial()
    upkeep.found(root, on=TODAY)
    few = queries_of(lambda: upkeep.found(root, on=TODAY))
    for n in range(6):
        place = neighbour(f"Thử {n}")
        trial(place, year=2025, on=date(2025, 8, 1))
        load(place, 2025, security_cameras=Decimal(n))
    assert queries_of(lambda: upkeep.found(root, on=TODAY)) <= few <= 32
    found = upkeep.found(root, upkeep.Filters(standard=TRIAL, fact="falls"), on=TODAY)
    assert [row.name for row in found.rows] == [f"xóm Thử {n}" for n in range(5)]


# Withdrawal


def test_a_withdrawal_goes_from_what_was_found_to_the_decision_of_the_authority_of_the_day(
    demo: Any, trial: Callable[..., Title], unchanged: Callable[..., Any]
) -> None:
    title, place = trial(), demo.place("khe_coc")
    commune = territory.latest(place).parent_id
    assert commune is not None
    office = demo.post("văn phòng Thái Nguyên")
    load(place, 2025, poor_households=Decimal(9), security_cameras=Decimal(1), income_per_capita=Decimal(80))
    with unchanged(), pytest.raises(NotPermitted):
        withdrawals.open_case(
            by=demo.post("trưởng xóm Khe Cốc"), at=AT, title_id=title.pk, opened_on=TODAY, reason="tụt chuẩn"
        )
    case = withdrawals.open_case(by=office, at=AT, title_id=title.pk, opened_on=TODAY, reason="tụt chuẩn")
    seen = withdrawals.case_of(case.pk)
    assert (seen.found.withdrawal.verdict, seen.found.withdrawal.code) == (Verdict.MET, "V2")
    assert seen.intact
    assert [each.code for each in seen.failing] == ["2", "3"]
    load(place, 2026, security_cameras=Decimal(9))
    assert withdrawals.case_of(case.pk).failing == seen.failing, "what was found stays as it was"
    with pytest.raises(Refusal, match="hồ sơ thu hồi chưa kết luận"):
        keeping.give_up(**BY, **ACT, title_id=title.pk, on=TODAY, reason="xin thôi")
    withdrawals.explain(by=demo.post("trưởng xóm Khe Cốc"), at=AT, case_id=case.pk, text="Camera đang sửa")
    deed: dict[str, Any] = {
        **BY,
        "case_id": case.pk,
        "outcome": "withdraw",
        "outcome_on": TODAY,
        "reason": "Không khắc phục",
        **ACT,
    }
    with unchanged(), pytest.raises(Refusal, match="chưa có đề xuất"):
        withdrawals.conclude(**deed, authority_id=commune)
    withdrawals.propose(by=office, at=AT, case_id=case.pk, proposal="withdraw", reason="Quá hạn khắc phục")
    with unchanged(), pytest.raises(Refusal, match="không phải cấp trên"):
        withdrawals.conclude(**deed, authority_id=demo.place("hoang_thuong"))
    with unchanged(), pytest.raises(NotPermitted, match="do chính bạn làm"):
        withdrawals.conclude(**deed | {"by": office}, authority_id=commune)
    withdrawals.conclude(**deed, authority_id=commune, decision_number="20/QĐ-UBND")
    (held,) = queries.history(place, on=TODAY)[:1]
    assert (held.title.id, held.state) == (title.pk, State.WITHDRAWN)
    assert held.ended is not None and held.ended.decision_number == "20/QĐ-UBND"
    assert queries.standing([held.title], on=TODAY - timedelta(days=1))[0].state is State.IN_FORCE


def test_an_authority_abolished_that_day_withdraws_nothing(demo: Any, unchanged: Callable[..., Any]) -> None:
    title = model_title(demo)
    district = next(
        each for each in territory.ancestors(demo.place("khe_coc"), CEREMONY) if each.level == "district"
    )
    case = withdrawals.open_case(**BY, title_id=title.id, opened_on=TODAY, reason="theo phản ánh")
    assert withdrawals.case_of(case.pk).found.withdrawal.verdict is Verdict.UNKNOWN, "no rule was seen"
    withdrawals.propose(**BY, case_id=case.pk, proposal="withdraw", reason="chưa giải trình")
    with unchanged(), pytest.raises(Refusal, match="Huyện Phú Lương không còn từ ngày 01/07/2025"):
        withdrawals.conclude(
            **BY,
            case_id=case.pk,
            outcome="withdraw",
            outcome_on=TODAY,
            authority_id=district.id,
            reason="không còn đạt",
            **DECISION,
        )


def test_a_place_that_is_no_case_for_withdrawal_gets_no_dossier(
    demo: Any, trial: Callable[..., Title], unchanged: Callable[..., Any]
) -> None:
    title = trial()
    good = {"poor_households": Decimal(0), "security_cameras": Decimal(9), "income_per_capita": Decimal(80)}
    load(demo.place("khe_coc"), 2025, **good)
    with unchanged(), pytest.raises(Refusal, match="không thuộc trường hợp thu hồi"):
        withdrawals.open_case(**BY, title_id=title.pk, opened_on=TODAY, reason="nghi ngờ")


def test_a_title_nobody_acknowledged_has_nobody_to_answer_for_it(
    demo: Any, neighbour: Callable[..., int], unchanged: Callable[..., Any]
) -> None:
    title = model_title(demo)
    merged(demo.place("khe_coc"), neighbour())
    with unchanged(), pytest.raises(Refusal, match="chưa được thừa nhận"):
        withdrawals.open_case(**BY, title_id=title.id, opened_on=TODAY, reason="tụt chuẩn")


# The nightly look


def test_the_nightly_look_tells_posts_once_and_again_only_after_it_was_over(
    demo: Any, trial: Callable[..., Title]
) -> None:
    title = trial()

    def told() -> list[tuple[str, str]]:
        jobs.look_at_titles.call()
        rows = Notice.objects.filter(kind__startswith="title_").order_by("pk")
        return [(row.kind, row.post.role) for row in rows if row.ref == title.pk]

    assert told() == []
    load(demo.place("khe_coc"), 2025, security_cameras=Decimal(1))
    first = told()
    assert {kind for kind, _role in first} == {"title_falls"}
    assert {"hamlet_head", "hamlet_board", "commune_officer"} <= {role for _kind, role in first}
    assert told() == first, "the second night tells nothing new"
    load(demo.place("khe_coc"), 2026, security_cameras=Decimal(9))
    assert told() == first
    load(demo.place("khe_coc"), 2026, security_cameras=Decimal(2))
    assert len(told()) == 2 * len(first)


# Screens


def page(client: Any, address: str, status: int = 200) -> str:
    answer = client.get(address)
    text = unescape(answer.content.decode())
    assert answer.status_code == status, text[-1500:]
    return re.sub(r"\s+", " ", text)


def test_the_list_shows_the_three_facts_in_words_and_gives_them_as_files(
    demo: Any, trial: Callable[..., Title], queries_of: Callable[..., int]
) -> None:
    trial()
    root = territory.latest(demo.place("khe_coc")).parent_id
    client, address = demo.visit("cán bộ Vô Tranh"), f"/dia-ban/{root}/danh-hieu-cong-nhan/"
    shown = page(client, address)
    for words in ("xóm Khe Cốc", "thôn thử", "Đang giữ", "Có: tiêu chí 1", "Quá hạn từ 24/05/2025"):
        assert words in shown
    assert queries_of(lambda: client.get(address)) <= 50
    told = client.get(address + "?tai=csv").content.decode()
    assert "thôn thử,2024,đang giữ" in told
    assert "số quyết định chưa rõ" in told
    assert client.get(address + "?tai=xlsx").content[:2] == b"PK"
    assert client.get(address + "?tai=pdf").content[:4] == b"%PDF"
    only = page(client, f"{address}?bo={TRIAL}&viec=risk")
    assert "1 danh hiệu." in only
    assert "Không có danh hiệu nào như vậy" in page(client, f"{address}?tt=withdrawn")


def test_a_visitor_reads_titles_and_is_shown_no_forecast(demo: Any, trial: Callable[..., Title]) -> None:
    title = trial()
    client = Client()
    shown = page(client, f"/danh-hieu-cong-nhan/{title.pk}/")
    assert "Đang giữ" in shown
    assert "nguy cơ" not in shown.lower()
    root = territory.latest(demo.place("khe_coc")).parent_id
    assert "Có: tiêu chí" not in page(client, f"/dia-ban/{root}/danh-hieu-cong-nhan/?viec=risk")
    assert client.get(f"/dia-ban/{root}/danh-hieu-nguy-co/").status_code == 302


def test_at_risk_tells_the_values_and_draws_their_line(demo: Any, trial: Callable[..., Title]) -> None:
    place = demo.place("khe_coc")
    trial()
    load(place, 2025, income_per_capita=Decimal(80), security_cameras=Decimal(5))
    load(place, 2024, security_cameras=Decimal(6))
    root = territory.latest(place).parent_id
    shown = page(demo.visit("cán bộ Vô Tranh"), f"/dia-ban/{root}/danh-hieu-nguy-co/")
    assert (
        "qua 3 lần gần nhất là 7 camera (24/05/2023), 6 camera (31/12/2024), 5 camera (31/12/2025)" in shown
    )
    assert "<svg" in shown
    assert "dự báo, không phải kết luận" in shown


def test_a_review_by_the_form_keeps_what_was_typed_and_goes_to_the_office_above(
    demo: Any, queries_of: Callable[..., int]
) -> None:
    title = model_title(demo)
    head, office = demo.visit("trưởng xóm Khe Cốc"), demo.visit("cán bộ Vô Tranh")
    address = f"/danh-hieu-cong-nhan/{title.id}/ra-soat/"
    assert "Rà soát việc giữ danh hiệu" in page(head, f"/danh-hieu-cong-nhan/{title.id}/")
    asked = reviewing.criteria_of(MODEL, demo.place("khe_coc"), TODAY)
    sent = {f"holds_{code}": "1" for code, _name in asked} | {"held_on": "02/03/2026", "note": "đã họp xóm"}
    short = {key: value for key, value in sent.items() if key != f"holds_{asked[0][0]}"}
    answer = head.post(address, short)
    assert answer.status_code == 422
    assert "chưa được trả lời" in unescape(answer.content.decode())
    assert "đã họp xóm" in answer.content.decode()
    answer = head.post(address, sent)
    assert answer.status_code == 302
    told = page(office, answer["Location"])
    assert f"còn giữ đủ {len(asked)} tiêu chí" in told
    waits = [line.words for line in rooms_waiting.lines(demo.post("cán bộ Vô Tranh"), AT, TODAY)]
    assert "1 lần rà soát danh hiệu chờ trả lời" in waits
    office.post(answer["Location"], {"viec": "tra-loi", "agreed": "1", "answer": ""})
    assert "nhất trí" in page(head, f"/danh-hieu-cong-nhan/{title.id}/")


def test_a_withdrawal_is_walked_through_its_pages(demo: Any, trial: Callable[..., Title]) -> None:
    title, place = trial(), demo.place("khe_coc")
    load(place, 2025, poor_households=Decimal(9), security_cameras=Decimal(1), income_per_capita=Decimal(80))
    office, head = demo.visit("văn phòng Thái Nguyên"), demo.visit("trưởng xóm Khe Cốc")
    address = f"/danh-hieu-cong-nhan/{title.pk}/"
    shown = page(office, address)
    assert "thuộc trường hợp có thể bị thu hồi" in shown
    sent = {"viec": "thu-hoi", "opened_on": "02/03/2026", "reason": "tụt chuẩn", "mark": "measured"}
    assert office.post(address, sent).status_code == 302
    (case,) = withdrawals.cases_of([title.pk])[title.pk]
    address = f"/thu-hoi-danh-hieu/{case.id}/"
    assert "2/3 tiêu chí chưa đạt" in page(head, address)
    head.post(address, {"viec": "giai-trinh", "text": "Camera đang sửa"})
    office.post(address, {"viec": "de-xuat", "proposal": "withdraw", "reason": "không khắc phục"})
    told = {
        "viec": "ket-luan",
        "outcome": "withdraw",
        "authority": str(territory.latest(place).parent_id),
        "on": "02/03/2026",
        "reason": "không khắc phục",
        "source": "Quyết định",
    }
    answer = office.post(address, told)
    assert answer.status_code == 403, "the person who proposed does not conclude"
    chair = Client()
    chair.force_login(Post.objects.get(role="commune_chair", place=territory.latest(place).parent_id).user)
    assert chair.post(address, told).status_code == 422, "nobody decided"
    assert chair.post(address, told | {"decided_by": "Chủ tịch UBND xã"}).status_code == 302
    assert "đã bị thu hồi" in page(head, f"/dia-ban/{place}/")


def test_the_first_and_the_told_rank_stand_apart(demo: Any) -> None:
    place = demo.place("khe_coc")
    district = next(each for each in territory.ancestors(place, CEREMONY) if each.level == "district")
    office = demo.visit("cán bộ Vô Tranh")
    sent = {
        "viec": "ke",
        "words": "xóm đầu tiên của huyện",
        "rank": "1",
        "root": str(district.id),
        "source": "Bài viết 24/5/2023",
    }
    assert office.post(f"/dia-ban/{place}/thu-hang-danh-hieu/", sent).status_code == 302
    shown = page(Client(), f"/dia-ban/{place}/thu-hang-danh-hieu/")
    assert "hạng 1 trong huyện Phú Lương" in shown
    shown = page(Client(), f"/dia-ban/{district.id}/thu-hang-danh-hieu/")
    assert (
        "nơi đầu tiên đạt “xóm đạt chuẩn nông thôn mới kiểu mẫu” là xóm Khe Cốc, chậm nhất ngày 24/05/2023"
        in shown
    )


def test_after_a_merger_the_page_of_the_heir_says_whose_title_it_was_and_that_nobody_acknowledged_it(
    demo: Any, neighbour: Callable[..., int]
) -> None:
    title = model_title(demo)
    heir = merged(demo.place("khe_coc"), neighbour())
    client = demo.visit("văn phòng Thái Nguyên")
    assert "của xóm Khe Cốc, chưa được thừa nhận" in page(client, f"/dia-ban/{heir}/")
    sent = {
        "viec": "thua-nhan",
        "place": str(heir),
        "on": "01/02/2026",
        "decided_by": "Chủ tịch UBND xã",
        "source": "Quyết định",
    }
    assert client.post(f"/danh-hieu-cong-nhan/{title.id}/", sent).status_code == 302
    assert "của xóm Khe Cốc, đã được thừa nhận" in page(client, f"/dia-ban/{heir}/")
