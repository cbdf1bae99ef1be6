"""A figure on its way: drafted, sent, confirmed by another than who recorded it, returned, frozen with its period."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command
from django.urls import reverse

from chungtay.core.models import AuditEvent
from chungtay.core.refusals import NotPermitted, Refusal
from chungtay.figures import confirming, drafts, locking, periods, queries, talking, waiting
from chungtay.figures.actions import Entry, record
from chungtay.figures.blocks import check_blocks
from chungtay.figures.loading import BulkFigure, load_figures
from chungtay.figures.models import Observation
from chungtay.figures.states import COUNTING, TABLE, Move, State, after, diagram
from chungtay.people import actions as people
from chungtay.people.models import Post
from chungtay.standards import queries as standards
from chungtay.territory import queries as territory
from rulebook import Mark, Period

from .conftest import BUILT_AT, CEREMONY, SYSTEM, Demo

pytestmark = pytest.mark.django_db

NEXT = BUILT_AT + timedelta(hours=1)
YEAR = Period.year(2025)
HEAD, OFFICER, PROVINCE = "trưởng xóm Khe Cốc", "cán bộ Vô Tranh", "văn phòng Thái Nguyên"


def sent(demo: Demo, value: Any = 9, measure: str = "security_cameras", period: Period = YEAR) -> Observation:
    """A figure that the head of Khe Cốc records of 2025."""
    (row,) = demo.record(measure, str(value), period=period, by=demo.post(HEAD))
    return row


def field_of(demo: Demo, measure: str) -> str:
    return next(iter(standards.sectors_of_measures([measure])[measure]))


def other_officer(demo: Demo, *, sector: str = "") -> Post:
    """A second officer of the commune, of one field or of all."""
    user = people.create_user(username="hoa", display_name="Lê Thị Hoa", by=SYSTEM, at=BUILT_AT).user
    return people.grant_post(
        user=user,
        role="commune_officer",
        place_id=demo.post(OFFICER).place_id,
        valid_from=date(2026, 1, 1),
        sector=sector,
        label=f"Cán bộ {sector}" if sector else "",
        by=SYSTEM,
        at=BUILT_AT,
    )


def state_of(row: Observation) -> str:
    return queries.figure(row.pk).state


# The table


def test_every_way_between_states_is_in_the_table_and_no_other() -> None:
    ways = {(each.origin, each.move): each.target for each in TABLE}
    assert len(ways) == len(TABLE)
    for origin in State:
        for move in Move:
            if (origin, move) in ways:
                assert after(origin, move) == ways[origin, move]
            else:
                with pytest.raises(Refusal, match="không"):
                    after(origin, move)


def test_the_printed_states_are_those_of_the_table() -> None:
    page = Path(settings.BASE_DIR) / "docs" / "states" / "figure.md"
    assert page.read_text(encoding="utf-8") == diagram(), "run: chungtay print_states"


# Confirming and returning


def test_a_figure_sent_by_the_head_is_confirmed_by_the_commune_office(demo: Demo) -> None:
    row = sent(demo)
    assert state_of(row) == State.SUBMITTED
    outcome = confirming.confirm(by=demo.post(OFFICER), at=NEXT, figure_ids=[row.pk])
    assert outcome.done == (row.pk,)
    assert state_of(row) == State.CONFIRMED
    (step,) = waiting.steps_of(row.pk)
    assert (step.move, step.by) == (Move.CONFIRM, demo.post(OFFICER).label)
    event = AuditEvent.objects.get(deed="figures.confirm")
    assert (event.place_id, event.detail["figures"]) == (demo.place("khe_coc"), [row.pk])


def test_nobody_confirms_what_they_recorded_even_with_another_post(
    demo: Demo, unchanged: Callable[[], AbstractContextManager[None]]
) -> None:
    officer = demo.post(OFFICER)
    (row,) = demo.record("security_cameras", "9", period=YEAR, by=officer)
    twin = people.grant_post(
        user=officer.user,
        role="province_office",
        place_id=demo.post(PROVINCE).place_id,
        valid_from=date(2026, 1, 1),
        by=SYSTEM,
        at=BUILT_AT,
    )
    for post in (officer, twin):
        with unchanged(), pytest.raises(NotPermitted, match="chính bạn làm"):
            confirming.confirm(by=post, at=NEXT, figure_ids=[row.pk])
    confirming.confirm(by=demo.post(PROVINCE), at=NEXT, figure_ids=[row.pk])
    assert state_of(row) == State.CONFIRMED


def test_the_head_confirms_nothing_and_an_officer_nothing_outside_the_commune(demo: Demo) -> None:
    (row,) = demo.record("security_cameras", "9", period=YEAR)
    with pytest.raises(NotPermitted, match="không được xác nhận số liệu"):
        confirming.confirm(by=demo.post(HEAD), at=NEXT, figure_ids=[row.pk])
    with pytest.raises(NotPermitted, match="nằm ngoài"):
        confirming.confirm(by=demo.post("cán bộ Quảng Lạc"), at=NEXT, figure_ids=[row.pk])


def test_where_a_post_answers_for_the_field_the_general_office_gives_way(demo: Demo) -> None:
    row = sent(demo)
    field = field_of(demo, "security_cameras")
    elsewhere = next(code for code in ("YT", "XD") if code != field)
    with pytest.raises(NotPermitted, match="lĩnh vực mình"):
        post = other_officer(demo, sector=elsewhere)
        confirming.confirm(by=post, at=NEXT, figure_ids=[row.pk])
    Post.objects.filter(pk=post.pk).update(sector=field)
    with pytest.raises(NotPermitted, match="phụ trách lĩnh vực"):
        confirming.confirm(by=demo.post(OFFICER), at=NEXT, figure_ids=[row.pk])
    post.refresh_from_db()
    confirming.confirm(by=post, at=NEXT, figure_ids=[row.pk])
    assert state_of(row) == State.CONFIRMED


def test_what_the_only_post_of_a_field_recorded_the_general_office_confirms(demo: Demo) -> None:
    post = other_officer(demo, sector=field_of(demo, "security_cameras"))
    (row,) = demo.record("security_cameras", "9", period=YEAR, by=post)
    confirming.confirm(by=demo.post(OFFICER), at=NEXT, figure_ids=[row.pk])
    assert state_of(row) == State.CONFIRMED


def test_a_figure_changed_a_second_ago_is_refused_with_what_it_became(
    demo: Demo, unchanged: Callable[[], AbstractContextManager[None]]
) -> None:
    seen = sent(demo, 9)
    now = demo.record("security_cameras", "11", period=YEAR, by=demo.post(HEAD), at=NEXT)
    with unchanged(), pytest.raises(Refusal) as told:
        confirming.confirm(by=demo.post(OFFICER), at=NEXT, figure_ids=[seen.pk])
    assert "sửa từ 9 camera thành 11 camera" in str(told.value)
    assert "Khe Cốc" in str(told.value)
    assert state_of(seen) == State.SUPERSEDED
    assert state_of(now[0]) == State.SUBMITTED


def test_a_criterion_is_confirmed_all_or_none_or_those_that_pass(demo: Demo) -> None:
    good, own = sent(demo), demo.record("poor_households", "3", period=YEAR, by=demo.post(OFFICER))[0]
    ids = [good.pk, own.pk]
    with pytest.raises(Refusal, match="chính bạn làm"):
        confirming.confirm(by=demo.post(OFFICER), at=NEXT, figure_ids=ids)
    assert state_of(good) == State.SUBMITTED
    outcome = confirming.confirm(by=demo.post(OFFICER), at=NEXT, figure_ids=ids, partly=True)
    assert outcome.done == (good.pk,)
    (refused,) = outcome.refused
    assert refused.figure_id == own.pk
    assert "Khe Cốc" in refused.sentence
    with pytest.raises(Refusal):
        confirming.confirm(by=demo.post(OFFICER), at=NEXT, figure_ids=ids, partly=True)


def test_confirming_many_asks_no_more_than_confirming_few(
    demo: Demo, queries_of: Callable[[Callable[[], Any]], int]
) -> None:
    measures = ["security_cameras", "poor_households", "households", "population"]
    rows = [sent(demo, 40 + i, measure) for i, measure in enumerate(measures)]
    few = queries_of(lambda: confirming.confirm(by=demo.post(OFFICER), at=NEXT, figure_ids=[rows[0].pk]))
    many = queries_of(
        lambda: confirming.confirm(by=demo.post(OFFICER), at=NEXT, figure_ids=[row.pk for row in rows[1:]])
    )
    assert many <= few


def test_a_returned_figure_is_judged_no_longer_until_it_is_put_right(demo: Demo) -> None:
    here = demo.place("khe_coc")
    row = sent(demo, 2)

    def known() -> set[int | None]:
        place = territory.as_of(here, date(2026, 2, 1))
        return {fact.id for fact in queries.facts_of(place, date(2026, 2, 1)).facts}

    assert row.pk in known()
    confirming.send_back(
        by=demo.post(OFFICER), at=NEXT, figure_ids=[row.pk], reason="Đếm lại camera ngoài cổng."
    )
    assert row.pk not in known()
    assert check_blocks() == []
    ((figure, place, step),) = waiting.returned(demo.post(HEAD))
    assert (figure.id, place, step.reason) == (row.pk, "xóm Khe Cốc", "Đếm lại camera ngoài cổng.")
    again = sent(demo, 2)  # the same number, said again
    assert again.supersedes_id == row.pk
    assert again.pk in known()
    assert check_blocks() == []
    assert waiting.returned(demo.post(HEAD)) == []


def test_returning_without_a_reason_is_refused(demo: Demo) -> None:
    row = sent(demo)
    with pytest.raises(Refusal) as told:
        confirming.send_back(by=demo.post(OFFICER), at=NEXT, figure_ids=[row.pk], reason="  ")
    assert told.value.of_field("reason")
    assert state_of(row) == State.SUBMITTED


def test_a_confirmed_figure_put_right_waits_again(demo: Demo) -> None:
    row = sent(demo)
    confirming.confirm(by=demo.post(OFFICER), at=NEXT, figure_ids=[row.pk])
    assert state_of(sent(demo, 12)) == State.SUBMITTED
    assert state_of(row) == State.SUPERSEDED
    with pytest.raises(Refusal):
        confirming.confirm(by=demo.post(OFFICER), at=NEXT, figure_ids=[row.pk])


# Drafts


def test_a_draft_keeps_what_was_typed_is_not_judged_and_goes_when_it_is_sent(demo: Demo) -> None:
    head, here = demo.post(HEAD), demo.place("khe_coc")
    typed = {("security_cameras", ""): "khoảng 9", ("poor_households", ""): ""}
    before = Observation.objects.count()
    assert drafts.save_drafts(by=head, at=NEXT, place_id=here, period="2025", source="sổ", typed=typed) == 1
    assert Observation.objects.count() == before
    (draft,) = drafts.drafts_of(head)
    assert (draft.typed, draft.period) == ("khoảng 9", "2025")
    assert drafts.drafts_of(demo.post(OFFICER)) == []
    sent(demo)
    assert drafts.drafts_of(head) == []


# Periods and their locks


def called(demo: Demo, *, hamlet_by: date = date(2026, 3, 31)) -> None:
    locking.call_period(
        by=demo.post(PROVINCE),
        at=BUILT_AT,
        place_id=demo.post(PROVINCE).place_id or 0,
        period=YEAR,
        hamlet_by=hamlet_by,
        commune_by=date(2026, 4, 15),
        province_by=date(2026, 4, 30),
    )


def lock(demo: Demo, place_id: int, persona: str = OFFICER) -> None:
    locking.lock(by=demo.post(persona), at=NEXT, place_id=place_id, period=YEAR)


def lock_below(demo: Demo, commune: int) -> None:
    for each in territory.children(commune, date(2025, 12, 31)):
        lock(demo, each.id)


def test_a_period_is_a_year_or_half_of_one_and_its_days_climb(demo: Demo) -> None:
    province = demo.post(PROVINCE)
    with pytest.raises(Refusal) as told:
        locking.call_period(
            by=province,
            at=BUILT_AT,
            place_id=province.place_id or 0,
            period=Period(date(2025, 2, 1), date(2025, 3, 1)),
            hamlet_by=date(2026, 4, 1),
            commune_by=date(2026, 3, 1),
            province_by=date(2026, 5, 1),
        )
    assert len(told.value.faults) == 2


def test_a_commune_is_confirmed_when_its_hamlets_are_and_says_which_are_missing(demo: Demo) -> None:
    called(demo)
    commune = demo.post(OFFICER).place_id or 0
    row = sent(demo)
    with pytest.raises(Refusal, match=r"chưa chốt kỳ này: .*“xóm Khe Cốc”"):
        lock(demo, commune)
    with pytest.raises(Refusal, match="chưa được xác nhận"):
        lock(demo, demo.place("khe_coc"))
    confirming.confirm(by=demo.post(OFFICER), at=NEXT, figure_ids=[row.pk])
    lock_below(demo, commune)
    assert state_of(row) == State.FROZEN
    lock(demo, commune)
    assert periods.locked_at([commune])[commune].keys() == {YEAR}
    with pytest.raises(Refusal, match="đã chốt rồi"):
        lock(demo, commune)


def test_nothing_is_confirmed_that_was_not_called_for(demo: Demo) -> None:
    with pytest.raises(Refusal, match="chưa được mở"):
        lock(demo, demo.place("khe_coc"))


def test_a_figure_of_a_locked_period_is_refused_except_as_an_adjustment(
    demo: Demo, unchanged: Callable[[], AbstractContextManager[None]]
) -> None:
    called(demo)
    here, head = demo.place("khe_coc"), demo.post(HEAD)
    row = sent(demo)
    confirming.confirm(by=demo.post(OFFICER), at=NEXT, figure_ids=[row.pk])
    lock(demo, here)
    with unchanged():
        with pytest.raises(Refusal, match="chỉ ghi được dưới dạng điều chỉnh"):
            sent(demo, 12)
        with pytest.raises(Refusal, match="đã chốt"):
            sent(demo, 3, "households", Period.day(date(2025, 6, 1)))
        loaded = load_figures(
            by=head,
            at=NEXT,
            rows=[BulkFigure(here, "security_cameras", YEAR, "12", row=4)],
            mark=Mark.MEASURED,
            source="",
        )
    assert "Dòng 4" in str(loaded.faults[0])
    assert sent_same(demo) == []
    (late,) = record(
        by=head,
        at=NEXT,
        place_id=here,
        entries=[Entry("security_cameras", "12", YEAR, reason="Đếm sót hai chiếc", adjusts=True)],
    )
    figure = queries.figure(late.pk)
    assert (figure.state, figure.adjusts) == (State.SUBMITTED, True)
    sent(demo, 3, "households", Period.year(2026))  # another year is open


def sent_same(demo: Demo) -> list[Observation]:
    """Saying what is already there changes nothing, locked or not."""
    return demo.record("security_cameras", "9", period=YEAR, by=demo.post(HEAD))


def test_what_is_put_right_after_the_cut_off_is_an_adjustment_and_what_is_new_is_only_late(
    demo: Demo,
) -> None:
    called(demo, hamlet_by=date(2026, 2, 1))
    first = sent(demo)
    assert not queries.figure(first.pk).adjusts
    assert queries.figure(sent(demo, 10).pk).adjusts
    here = demo.place("khe_coc")
    rows = [BulkFigure(here, "security_cameras", YEAR, "11")]
    load_figures(by=demo.post(HEAD), at=NEXT, rows=rows, mark=Mark.MEASURED, source="")
    assert queries.history(here, "security_cameras")[0].adjusts


def test_opening_again_needs_a_reason_and_opens_what_rests_on_it(demo: Demo) -> None:
    called(demo)
    commune, here = demo.post(OFFICER).place_id or 0, demo.place("khe_coc")
    row = sent(demo)
    confirming.confirm(by=demo.post(OFFICER), at=NEXT, figure_ids=[row.pk])
    lock_below(demo, commune)
    lock(demo, commune)
    with pytest.raises(Refusal) as told:
        locking.unlock(by=demo.post(OFFICER), at=NEXT, place_id=here, period=YEAR, reason=" ")
    assert told.value.of_field("reason")
    opened = locking.unlock(
        by=demo.post(OFFICER), at=NEXT, place_id=here, period=YEAR, reason="Sai số hộ nghèo"
    )
    assert {step.place_id for step in opened} == {here, commune}
    assert YEAR not in periods.locked_at([commune]).get(commune, {})
    assert state_of(row) == State.CONFIRMED
    seen = [(each.kind, each.period.place_id, each.text) for each in talking.notices(demo.post(HEAD))]
    assert seen == [("unlocked", here, "Sai số hộ nghèo"), ("locked", here, "")]
    kinds = [(each.kind, each.period.place_id) for each in talking.notices(demo.post(PROVINCE))]
    assert kinds == [("unlocked", commune), ("locked", commune)]
    assert talking.unread(demo.post("cán bộ Quảng Lạc")) == 0
    page = demo.visit(HEAD).get(reverse("office:notices")).content.decode()
    assert "Kỳ báo cáo 2025" in page and "được mở lại" in page
    for persona, place in ((HEAD, here), (PROVINCE, commune)):
        page = demo.visit(persona).get(reverse("office:closing", args=[place])).content.decode()
        assert "đã được mở lại (lý do: Sai số hộ nghèo)" in page
    assert state_of(sent(demo, 12)) == State.SUBMITTED


def test_a_commune_does_not_open_what_the_province_confirmed(
    demo: Demo, unchanged: Callable[[], AbstractContextManager[None]]
) -> None:
    called(demo)
    commune, province = demo.post(OFFICER).place_id or 0, demo.post(PROVINCE).place_id or 0
    lock_below(demo, commune)
    lock(demo, commune)
    for each in territory.children(province, date(2025, 12, 31)):
        if each.id != commune:
            for below in territory.children(each.id, date(2025, 12, 31)):
                lock(demo, below.id, PROVINCE)
            lock(demo, each.id, PROVINCE)
    lock(demo, province, PROVINCE)
    with unchanged(), pytest.raises(NotPermitted, match="nằm ngoài"):
        locking.unlock(by=demo.post(OFFICER), at=NEXT, place_id=commune, period=YEAR, reason="Sửa")
    opened = locking.unlock(by=demo.post(PROVINCE), at=NEXT, place_id=commune, period=YEAR, reason="Sửa")
    assert {step.place_id for step in opened} == {commune, province}


def test_late_places_are_named_until_they_confirm(demo: Demo) -> None:
    called(demo, hamlet_by=date(2026, 2, 1))
    commune, here = demo.post(OFFICER).place_id or 0, demo.place("khe_coc")
    below = territory.children(commune, date(2026, 3, 1))
    (late,) = waiting.late(commune, below, date(2026, 3, 1))
    assert here in {place.id for place in late.places}
    assert commune not in {place.id for place in late.places}  # its own day has not come
    lock(demo, here)
    assert waiting.late(commune, below, date(2026, 3, 1)) == []


def test_the_command_prints_the_states(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("print_states")
    assert "figure.md" in capsys.readouterr().out


def test_a_visit_begins_after_half_an_hour_of_silence(demo: Demo, now: datetime) -> None:
    head = demo.post(HEAD)
    assert waiting.look(by=head, at=now) is None
    assert waiting.look(by=head, at=now + timedelta(minutes=10)) is None
    later = now + timedelta(days=2)
    assert waiting.look(by=head, at=later) == now + timedelta(minutes=10)
    assert waiting.look(by=head, at=later + timedelta(minutes=5)) == now + timedelta(minutes=10)


def test_a_figure_of_a_day_belongs_to_its_year(demo: Demo) -> None:
    assert periods.covers(Period.year(2023), Period.day(CEREMONY))
    assert not periods.covers(Period(date(2023, 7, 1), date(2023, 12, 31)), Period.year(2023))
    assert State.RETURNED not in COUNTING
