"""Works from need to upkeep: the table of states, money before building, quantities, acceptance and its figures."""

import uuid
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from tests.integration.work_samples import BILL, HEAD, MILLION, OFFICER, Site

from chungtay.community.supervision import queries as supervision
from chungtay.core.actors import SystemActor
from chungtay.core.refusals import NotPermitted, Refusal
from chungtay.figures import queries as figures
from chungtay.ledger import actions as ledger
from chungtay.people import actions as people
from chungtay.works import actions as works
from chungtay.works import queries, states
from chungtay.works.management.commands.print_work_states import PAGE
from chungtay.works.models import DiaryEntry, Payment, Work
from chungtay.works.queries import Filters
from chungtay.works.states import TABLE, Move, State
from rulebook import Mark

SYSTEM = SystemActor()


@pytest.fixture
def site(demo: Any, now: datetime) -> Site:
    return Site.proposed(demo, now)


def told(refused: pytest.ExceptionInfo[Refusal]) -> str:
    return str(refused.value)


# ── States ────────────────────────────────────────────────────────────────────


def test_the_printed_table_of_states_is_the_table() -> None:
    assert PAGE.read_text(encoding="utf-8") == states.diagram()


@pytest.mark.parametrize("origin", list(State))
def test_every_move_that_the_table_lacks_is_refused_with_what_can_be_done(origin: State) -> None:
    possible = {each.move: each.target for each in TABLE if each.origin == origin}
    for move in Move:
        if move in possible:
            assert states.after(origin, move) == possible[move]
            continue
        with pytest.raises(Refusal) as refused:
            states.after(origin, move)
        assert str(origin.label) in told(refused)
        assert all(str(each.label) in told(refused) for each in possible)


def test_a_work_goes_from_need_to_upkeep_and_every_step_leaves_its_event(site: Site, events: Any) -> None:
    assert site.work.number == "CT-2026-01"
    site.accepted()
    site.do(works.hand_over, on=date(2026, 2, 16), party="Ban phát triển xóm Khe Cốc")
    site.do(works.pay, on=date(2026, 2, 17), amount_dong=150 * MILLION, source="commune", document="UNC 07")
    site.do(works.settle, on=date(2026, 2, 20), value_dong=195 * MILLION, document="Quyết toán 03/QT")
    site.do(
        works.set_upkeep, on=date(2026, 2, 21), party="Xóm Khe Cốc", words="Quỹ xóm", yearly_dong=2 * MILLION
    )
    view = queries.work(site.work.pk)
    assert view.row.state == State.KEPT
    assert [stage.on is not None for stage in view.strip] == [True] * 10
    assert view.row.debt.arrears_dong == 45 * MILLION
    deeds = [event.deed for event in events("works.")]
    assert deeds[:6] == [
        f"works.{deed}" for deed in ("propose", "decide", "file", "fund", "contract", "start")
    ]
    assert deeds[-1] == "works.upkeep"


def test_numbers_follow_one_another_in_a_place(site: Site, demo: Any, now: datetime) -> None:
    again = works.propose(
        by=demo.post(HEAD),
        at=now,
        place_id=site.work.place_id,
        name="Đường ngõ 5",
        kind="road",
        on=date(2026, 1, 6),
        uid=uuid.UUID(int=7),
    )
    assert again.number == "CT-2026-02"
    same = works.propose(
        by=demo.post(HEAD),
        at=now,
        place_id=site.work.place_id,
        name="Đường ngõ 5",
        kind="road",
        on=date(2026, 1, 6),
        uid=uuid.UUID(int=7),
    )
    assert same.pk == again.pk
    assert Work.objects.filter(name="Đường ngõ 5").count() == 1


def test_gifts_wait_for_the_decision(site: Site, demo: Any, now: datetime) -> None:
    giving = ledger.Giving(place_id=site.work.place_id, purpose_id=site.work.purpose_id, on=date(2026, 1, 9))
    gift = {"by": demo.post(HEAD), "at": now, "giving": giving, "value_dong": 5 * MILLION}
    with pytest.raises(Refusal):
        ledger.receive_cash(**gift)
    site.decided()
    ledger.receive_cash(**gift)
    assert queries.work(site.work.pk).funding.received_dong == 5 * MILLION


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"name": " "}, "Tên công trình còn trống"),
        ({"name": "Đường \u202e5 ngõ"}, "đổi chiều chữ (U+202E)"),
        ({"kind": "tower"}, "Không có loại công trình"),
        ({"on": date(2027, 1, 1)}, "sau hôm nay"),
        ({"on": date(1026, 1, 1)}, "xem lại năm"),
        ({"position": (48_000_000, 2_000_000)}, "ngoài Việt Nam"),
    ],
)
def test_a_need_that_cannot_be_is_refused(
    demo: Any, now: datetime, unchanged: Any, wrong: dict[str, Any], words: str
) -> None:
    with unchanged(), pytest.raises(Refusal) as refused:
        Site.proposed(demo, now, **{"name": "Đường ngõ 5", **wrong})
    assert words in told(refused)


def test_a_stranger_may_do_nothing_to_a_work(site: Site, unchanged: Any) -> None:
    with unchanged(), pytest.raises(NotPermitted):
        site.do(works.decide, by="cán bộ Quảng Lạc", on=date(2026, 1, 8), document="Biên bản")


# ── Money ─────────────────────────────────────────────────────────────────────


def test_a_start_is_blocked_by_what_is_missing_and_the_sentence_says_how_much(
    site: Site, unchanged: Any
) -> None:
    site.contracted().committed(150 * MILLION)
    with unchanged(), pytest.raises(Refusal) as refused:
        site.do(works.start, on=date(2026, 1, 20))
    assert "150.000.000 đồng" in told(refused)
    assert "thiếu 50.000.000 đồng" in told(refused)
    assert "Luật Đầu tư công" in told(refused)
    assert "chưa xác nhận" in told(refused)
    site.committed(50 * MILLION).do(works.start, on=date(2026, 1, 20))
    assert site.work.state == State.BUILDING


def test_a_contract_stands_within_the_funding_planned(site: Site, unchanged: Any) -> None:
    site.filed().do(works.fund, on=date(2026, 1, 12), sources={"commune": 150 * MILLION})
    with unchanged(), pytest.raises(Refusal) as refused:
        site.do(
            works.contract,
            on=date(2026, 1, 15),
            builder="Tổ thợ",
            builder_kind="crew",
            value_dong=151 * MILLION,
        )
    assert "vượt tổng các nguồn vốn đã xếp (150.000.000 đồng) 1.000.000 đồng" in told(refused)


@pytest.mark.parametrize("amount", [0, -5 * MILLION, 10**14])
def test_absurd_sums_are_refused(site: Site, unchanged: Any, amount: int) -> None:
    site.filed()
    with unchanged(), pytest.raises(Refusal):
        site.do(works.fund, on=date(2026, 1, 12), sources={"people": amount})


def test_payments_stand_within_the_contract_and_a_mistake_is_undone(site: Site, unchanged: Any) -> None:
    site.contracted().committed(200 * MILLION)
    paid = {"on": date(2026, 1, 19), "source": "commune", "document": "UNC 02"}
    first = site.do(works.pay, amount_dong=150 * MILLION, **paid)
    with unchanged(), pytest.raises(Refusal) as refused:
        site.do(works.pay, amount_dong=51 * MILLION, **paid)
    assert "vượt giá trị hợp đồng (200.000.000 đồng) 1.000.000 đồng" in told(refused)
    undo = {
        "by": site.demo.post(OFFICER),
        "at": site.now,
        "payment_id": first.pk,
        "reason": "Ghi nhầm công trình",
    }
    works.undo_payment(**undo)
    works.undo_payment(**undo)
    site.do(works.pay, amount_dong=200 * MILLION, **paid)
    view = queries.work(site.work.pk)
    assert view.row.debt.paid_dong == view.funding.disbursed_dong == 200 * MILLION
    assert Payment.objects.filter(work=site.work, entry__isnull=False).count() == 3


def test_a_payment_is_the_ledgers_disbursement_and_is_refused_where_the_ledger_refuses_it(
    site: Site, unchanged: Any
) -> None:
    site.contracted().committed(100 * MILLION)
    paid = {"on": date(2026, 1, 19), "document": "UNC 02"}
    with unchanged(), pytest.raises(Refusal) as refused:
        site.do(works.pay, amount_dong=120 * MILLION, source="commune", **paid)
    assert "vượt vốn cam kết 20.000.000 đồng" in told(refused)
    assert {fault.field for fault in refused.value.faults} == {"amount"}
    with unchanged(), pytest.raises(Refusal) as refused:
        site.do(works.pay, amount_dong=MILLION, **paid)
    assert {fault.field for fault in refused.value.faults} == {"source"}
    with unchanged(), pytest.raises(NotPermitted):
        site.do(works.pay, by=HEAD, amount_dong=MILLION, source="commune", **paid)
    over = {"amount_dong": 120 * MILLION, "source": "commune", "over_reason": "Ứng trước vốn năm sau"}
    row = site.do(works.pay, **over, **paid)
    assert (row.entry.kind, row.entry.value_dong, row.entry.paper) == (
        "disbursed",
        120 * MILLION,
        "UNC 02",
    )


def test_a_payment_out_of_gifts_leaves_the_till_and_comes_back_when_undone(
    site: Site, demo: Any, now: datetime
) -> None:
    site.contracted()
    giving = ledger.Giving(place_id=site.work.place_id, purpose_id=site.work.purpose_id, on=date(2026, 1, 9))
    ledger.receive_cash(by=demo.post(HEAD), at=now, giving=giving, value_dong=5 * MILLION)
    paid = {"on": date(2026, 1, 19), "document": "Phiếu chi 01", "source": "people", "held_in": "cash"}
    with pytest.raises(Refusal) as refused:
        site.do(works.pay, by=HEAD, amount_dong=6 * MILLION, **paid)
    assert "thiếu 1.000.000 đồng" in told(refused)
    row = site.do(works.pay, by=HEAD, amount_dong=4 * MILLION, **paid)
    assert queries.work(site.work.pk).funding.spent_dong == 4 * MILLION
    works.undo_payment(by=demo.post(HEAD), at=now, payment_id=row.pk, reason="Ghi nhầm")
    view = queries.work(site.work.pk)
    assert (view.funding.spent_dong, view.row.debt.paid_dong) == (0, 0)


def test_a_payment_that_papers_tell_without_its_source_stays_out_of_the_ledger(site: Site) -> None:
    site.contracted()
    paid = {"on": date(2026, 1, 19), "amount_dong": MILLION, "document": "Báo cáo"}
    row = site.do(works.pay, mark=Mark.RECONSTRUCTED, **paid)
    assert row.entry is None
    assert queries.work(site.work.pk).funding.disbursed_dong == 0


# ── Supervision ───────────────────────────────────────────────────────────────


def test_supervision_of_a_work_is_written_with_its_board(site: Site, demo: Any, unchanged: Any) -> None:
    site.contracted()
    seen = {"by": HEAD, "on": date(2026, 1, 20), "words": "Nắp rãnh kê chưa khít", "to_whom": "chủ đầu tư"}
    with unchanged(), pytest.raises(Refusal) as refused:
        site.do(works.note, **seen)
    assert "chưa có ban giám sát" in told(refused)
    site.watched().do(works.note, **seen)
    [note] = supervision.notes_of_work(site.work.uid)
    assert (note.words, note.waits) == ("Nắp rãnh kê chưa khít", True)
    [board] = supervision.boards_of_work(site.work.uid)
    assert board.waiting == 1
    assert supervision.without_work([site.work.place_id]) == []


def test_a_work_is_linked_to_one_board_and_a_board_to_one_work(site: Site, demo: Any, now: datetime) -> None:
    site.watched()
    [board] = supervision.boards_of_work(site.work.uid)
    works.link_board(by=SYSTEM, at=now, work_id=site.work.pk, board_id=board.id)  # again: nothing new
    other = Site.proposed(demo, now, "Rãnh ngõ 4")
    with pytest.raises(Refusal) as refused:
        works.link_board(by=SYSTEM, at=now, work_id=other.work.pk, board_id=board.id)
    assert "đã giám sát một công trình khác" in told(refused)
    far = site.board(demo.place("cum_3"))
    with pytest.raises(Refusal) as refused:
        works.link_board(by=SYSTEM, at=now, work_id=other.work.pk, board_id=far.pk)
    assert "ở nơi khác" in told(refused)


def test_arrears_are_what_was_accepted_and_not_paid_and_grow_old(site: Site, demo: Any) -> None:
    site.accepted()
    site.do(works.pay, on=date(2026, 2, 16), amount_dong=50 * MILLION, source="commune", document="UNC 01")
    found = queries.arrears(demo.post(OFFICER).place_id)
    assert [(row.number, row.debt.arrears_dong) for row in found.rows] == [(site.work.number, 150 * MILLION)]
    assert found.age_days(date(2026, 3, 2)) == 15
    assert queries.arrears(demo.place("quang_lac")).dong == 0
    site.do(works.pay, on=date(2026, 2, 17), amount_dong=150 * MILLION, source="commune", document="UNC 02")
    assert queries.arrears(demo.place("khe_coc")).rows == ()


# ── Quantities ────────────────────────────────────────────────────────────────


def test_progress_is_the_share_of_cost_that_the_diary_has_done(site: Site) -> None:
    assert queries.work(site.work.pk).row.progress.percent is None
    site.building()
    assert queries.work(site.work.pk).row.progress.percent == 0
    site.diary(date(2026, 1, 21), {"1": "100", "2": "33.333"})
    done = 100 * 100_000 + Fraction(33333, 1000) * 450_000
    assert queries.work(site.work.pk).row.progress.percent == done * 100 / (200 * MILLION)


def test_told_progress_stands_beside_and_moves_nothing(site: Site) -> None:
    site.building()
    site.do(works.tell_progress, on=date(2026, 2, 1), percent=Decimal(50), source="Báo Lạng Sơn")
    progress = queries.work(site.work.pk).row.progress
    assert (progress.percent, progress.told, progress.told_mark) == (0, 50, Mark.TOLD)
    with pytest.raises(Refusal) as refused:
        site.do(
            works.tell_progress, on=date(2026, 2, 1), percent=Decimal(60), source="đo", mark=Mark.MEASURED
        )
    assert "tính từ khối lượng" in told(refused)


def test_quantities_put_together_from_papers_are_labelled(site: Site) -> None:
    site.building()
    site.diary(date(2026, 1, 21), {"2": "200"}, mark=Mark.RECONSTRUCTED, source="Dựng lại từ tiến độ 50%")
    assert queries.work(site.work.pk).row.progress.reconstructed


def test_a_day_above_the_bill_is_refused_with_the_sums(site: Site, unchanged: Any) -> None:
    site.building()
    site.diary(date(2026, 1, 21), {"2": "390"})
    with unchanged(), pytest.raises(Refusal) as refused:
        site.diary(date(2026, 1, 22), {"2": "10.5", "9": "1"})
    assert "hôm nay 10,5 m, cộng 390 đã ghi thì vượt 400 m" in told(refused)
    assert "không có dòng “9”" in told(refused)


def test_a_struck_day_stays_and_no_longer_counts(site: Site) -> None:
    site.building()
    entry = site.diary(date(2026, 1, 21), {"2": "400"})
    works.strike_diary(by=site.demo.post(HEAD), at=site.now, entry_id=entry.pk, reason="Ghi nhầm ngõ")
    view = queries.work(site.work.pk)
    assert view.row.progress.percent == 0
    assert [day.struck for day in view.diary] == ["Ghi nhầm ngõ"]
    assert DiaryEntry.objects.filter(work=site.work).count() == 1


def test_an_amended_bill_keeps_what_was_done(site: Site) -> None:
    site.building()
    site.diary(date(2026, 1, 21), {"2": "300"})
    with pytest.raises(Refusal) as refused:
        site.do(
            works.file,
            on=date(2026, 1, 25),
            lines=[works.Line("2", "Rãnh", "m", Decimal(200), 450_000, "drain")],
        )
    assert "đã làm được 300" in told(refused)
    longer = works.Line("2", "Rãnh bê tông", "m", Decimal(500), 450_000, "drain")
    site.do(works.file, on=date(2026, 1, 25), lines=[BILL[0], longer])
    view = queries.work(site.work.pk)
    assert view.file is not None
    assert (view.file.edition, view.row.state) == (2, State.BUILDING)
    assert view.row.progress.percent == Fraction(300 * 450_000 * 100, 20 * MILLION + 500 * 450_000)


def test_a_bill_says_every_wrong_line(site: Site, unchanged: Any) -> None:
    site.decided()
    lines = [
        works.Line("1", "Đào đất", "m3", Decimal(-2), 100_000),
        works.Line("1", "", "m", Decimal("0.0001"), -1),
        works.Line("3", "Rãnh", "m3", Decimal(4), 1, "drain"),
    ]
    with unchanged(), pytest.raises(Refusal) as refused:
        site.do(works.file, on=date(2026, 1, 10), lines=lines)
    assert {fault.row for fault in refused.value.faults} == {1, 2, 3}
    assert "“Rãnh thoát nước” tính bằng m, dòng này ghi m3" in told(refused)


def test_a_file_above_the_limit_of_its_day_is_said_with_how_sure_that_is(demo: Any, now: datetime) -> None:
    site = Site.proposed(demo, now, on=date(2025, 3, 1))
    site.do(works.decide, by=HEAD, on=date(2025, 3, 2), document="Biên bản 02")
    site.do(
        works.file, on=date(2025, 3, 3), lines=[works.Line("1", "Cầu", "cái", Decimal(1), 6_000 * MILLION)]
    )
    made = queries.work(site.work.pk).file
    assert made is not None
    assert (made.above_limit, made.limit_provenance) == (True, "recalled")
    site.do(
        works.file, on=date(2026, 1, 3), lines=[works.Line("1", "Cầu", "cái", Decimal(1), 6_000 * MILLION)]
    )
    made = queries.work(site.work.pk).file
    assert made is not None
    assert (made.above_limit, made.limit_provenance) == (False, "unknown")
    assert "Chưa biết mức" in made.limit


# ── Acceptance ────────────────────────────────────────────────────────────────


def test_acceptance_brings_what_was_built_that_year(site: Site, demo: Any) -> None:
    site.accepted()
    found = figures.current(demo.place("khe_coc"), ["drain_built_by_works"], date(2026, 3, 1))
    figure = found["drain_built_by_works", ""]
    assert (figure.value, figure.mark) == (Decimal(400), Mark.MEASURED)
    assert site.work.number in figure.source


def test_a_second_work_of_the_year_adds_to_the_first(site: Site, demo: Any, now: datetime) -> None:
    site.accepted()
    Site.proposed(demo, now, "Rãnh ngõ 4").accepted()
    found = figures.current(demo.place("khe_coc"), ["drain_built_by_works"], date(2026, 3, 1))
    assert found["drain_built_by_works", ""].value == Decimal(800)


def test_a_paved_road_lets_the_known_length_grow_when_the_post_says_so(demo: Any, now: datetime) -> None:
    site = Site.proposed(demo, now, "Đường ngõ 5", kind="road").decided()
    road = [works.Line("1", "Mặt đường bê tông", "m", Decimal(500), 400_000, "paved_road")]
    site.do(works.file, on=date(2026, 1, 10), lines=road)
    site.do(works.fund, on=date(2026, 1, 12), sources={"commune": 200 * MILLION})
    site.do(
        works.contract,
        on=date(2026, 1, 15),
        builder="HTX Xây dựng",
        builder_kind="company",
        value_dong=200 * MILLION,
    )
    site.committed(200 * MILLION).do(works.start, on=date(2026, 1, 20))
    site.diary(date(2026, 1, 30), {"1": "500"})
    accept = {"on": date(2026, 2, 15), "value_dong": 200 * MILLION, "party": "UBND xã"}
    site.do(works.accept, grow=["concrete_road_length"], **accept)
    found = figures.current(
        demo.place("khe_coc"), ["concrete_road_length", "road_paved_by_works"], date(2026, 3, 1)
    )
    assert found["concrete_road_length", ""].value == Decimal("4.800")
    assert found["road_paved_by_works", ""].value == Decimal("0.500")
    row = queries.work(site.work.pk).row
    assert row.dong_per_km == 400 * MILLION


def test_nobody_accepts_a_work_whose_diary_they_kept(site: Site, unchanged: Any) -> None:
    site.building()
    site.diary(date(2026, 1, 21), {"2": "400"}, by=OFFICER)
    accept = {"on": date(2026, 2, 15), "value_dong": 200 * MILLION, "party": "UBND xã"}
    with unchanged(), pytest.raises(NotPermitted) as refused:
        site.do(works.accept, **accept)
    assert "chính bạn làm" in told(refused)


def test_nothing_is_accepted_without_a_diary(site: Site, unchanged: Any) -> None:
    site.building()
    with unchanged(), pytest.raises(Refusal) as refused:
        site.do(works.accept, on=date(2026, 2, 15), value_dong=MILLION, party="UBND xã")
    assert "chưa có ngày nào trong nhật ký" in told(refused)


def test_where_the_figures_are_refused_nothing_is_accepted(
    site: Site, unchanged: Any, demo: Any, now: datetime
) -> None:
    place = demo.post(OFFICER).place_id
    user = people.create_user(
        username="nghiemthu.votranh", display_name="Chủ tịch xã", place_id=place, by=SYSTEM, at=now
    ).user
    chair = people.grant_post(
        user=user, role="commune_chair", place_id=place, valid_from=date(2025, 7, 1), by=SYSTEM, at=now
    )
    site.building()
    site.diary(date(2026, 1, 21), {"2": "400"})
    accept = {
        "at": now,
        "work_id": site.work.pk,
        "on": date(2026, 2, 15),
        "value_dong": MILLION,
        "party": "UBND xã",
    }
    with unchanged(), pytest.raises(NotPermitted) as refused:
        works.accept(by=chair, **accept)
    assert "ghi số liệu" in told(refused)
    with unchanged(), pytest.raises(Refusal) as refused:
        works.accept(by=demo.post(OFFICER), grow=["concrete_road_length"], **accept)
    assert "Chưa biết số trước công trình" in told(refused)
    assert Work.objects.get(pk=site.work.pk).state == State.BUILDING


# ── On record ─────────────────────────────────────────────────────────────────


def entered(demo: Any, now: datetime, **more: Any) -> Work:
    known = {
        "place_id": demo.place("khe_coc"),
        "number": "12/QĐ-2019",
        "name": "Đường trục xóm",
        "kind": "road",
        "state": State.HANDED_OVER,
        "on": date(2020, 12, 31),
        "source": "Báo cáo nợ xây dựng cơ bản 2020",
        "contract_dong": 900 * MILLION,
        "accepted_dong": 900 * MILLION,
        "paid_dong": 600 * MILLION,
    }
    return works.enter_on_record(by=demo.post(OFFICER), at=now, **(known | more))


def test_a_work_on_record_brings_its_debt_with_its_age_and_is_written_once(demo: Any, now: datetime) -> None:
    work = entered(demo, now)
    assert entered(demo, now).pk == work.pk
    assert queries.find(demo.place("khe_coc"), "12/QĐ-2019") == work.pk
    row = queries.work(work.pk).row
    assert (row.debt.arrears_dong, row.debt.age_days(date(2026, 3, 2))) == (300 * MILLION, 1887)
    assert (row.mark, row.is_on_record) == (Mark.TOLD, True)
    with pytest.raises(Refusal) as refused:
        entered(demo, now, name="Nhà văn hóa")
    assert "đã là công trình “Đường trục xóm”" in told(refused)


def test_a_work_whose_papers_tell_no_contract_owes_what_nobody_knows(demo: Any, now: datetime) -> None:
    untold: dict[str, Any] = {"state": State.BUILDING, "contract_dong": None}
    with pytest.raises(Refusal) as refused:
        entered(demo, now, **untold)  # accepted and paid, by no contract
    assert "phải có giá trị hợp đồng" in told(refused)
    work = entered(demo, now, **untold, accepted_dong=0, paid_dong=0)
    assert entered(demo, now, **untold, accepted_dong=0, paid_dong=0).pk == work.pk
    row = queries.work(work.pk).row
    assert (row.contract_dong, row.knows_debt) == (None, False)
    assert queries.works(demo.place("khe_coc"), queries.Filters()).totals.debt_unknown == 1


def test_papers_that_contradict_themselves_are_refused_whole(
    demo: Any, now: datetime, unchanged: Any
) -> None:
    with unchanged(), pytest.raises(Refusal) as refused:
        entered(demo, now, state=State.NEED, accepted_dong=1000 * MILLION, paid_dong=-1, source="")
    sentence = told(refused)
    assert "Giấy tờ còn trống" in sentence
    assert "nhập vào một trong các bước" in sentence
    assert "Số đã thanh toán là −1 đồng" in sentence


# ── Lists ─────────────────────────────────────────────────────────────────────


def test_a_list_reaches_below_filters_and_sums_all_that_fits(demo: Any, now: datetime) -> None:
    commune = demo.post(OFFICER).place_id
    entered(demo, now)
    Site.proposed(demo, now)
    everything = queries.works(commune, Filters())
    assert everything.totals.works == 2
    assert (everything.totals.without_contract, everything.totals.contract_dong) == (1, 900 * MILLION)
    assert [row.kind for row in queries.works(commune, Filters(arrears=True)).rows] == ["road"]
    assert [row.kind for row in queries.works(commune, Filters(state="open")).rows] == ["drain"]
    assert queries.works(commune, Filters(year=2020)).totals.in_arrears == 1
    assert queries.works(commune, Filters(text="ngõ 3")).totals.works == 1
    assert queries.works(commune, Filters(), limit=1).totals.works == 2
    assert queries.works(demo.place("quang_lac"), Filters()).rows == ()


def test_a_list_asks_the_same_few_queries_for_many_works(demo: Any, now: datetime, queries_of: Any) -> None:
    commune = demo.post(OFFICER).place_id
    Site.proposed(demo, now).accepted()
    few = queries_of(lambda: queries.works(commune, Filters()))
    for n in range(5):
        Site.proposed(demo, now, f"Rãnh ngõ {n}").accepted()
    assert queries_of(lambda: queries.works(commune, Filters())) == few <= 13
    assert queries_of(lambda: queries.work(Work.objects.all()[0].pk)) <= 28
