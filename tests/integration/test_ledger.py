"""What was given and spent: receipts without gaps, reversals once, refusals in sentences, nothing about households."""

import json
import uuid
from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, models, transaction
from tests.integration.conftest import Demo

from chungtay.core.append_only import closing, opening
from chungtay.core.models import AuditEvent
from chungtay.core.refusals import NotPermitted, Refusal
from chungtay.ledger import actions as ledger
from chungtay.ledger import queries
from chungtay.ledger.actions import Giver, Giving, LabourRow, Land, Line
from chungtay.ledger.cards import new_card
from chungtay.ledger.counting import check_totals, drain, rebuild_totals
from chungtay.ledger.erasing import altered_names
from chungtay.ledger.models import Entry, Hidden, Purpose, Total
from chungtay.ledger.papers import receipt_paper
from chungtay.ledger.proofs import merkle
from chungtay.ledger.proofs.checking import Sums, add_entry, check_file, check_slip, totals_of
from chungtay.ledger.proofs.lines import digest_of, line_of
from chungtay.ledger.proofs.receipts import read_slip
from chungtay.ledger.proofs.sealing import seal
from chungtay.ledger.writing import members_of
from chungtay.territory import queries as territory
from paper import Fields, to_pdf

TODAY = date(2026, 3, 2)


@pytest.fixture
def head(demo: Demo) -> Any:
    return demo.post("trưởng xóm Khe Cốc")


@pytest.fixture
def officer(demo: Demo) -> Any:
    """Of Vô Tranh, in which Khe Cốc lies now."""
    return demo.post("cán bộ Vô Tranh")


@pytest.fixture
def road(demo: Demo, head: Any, now: datetime) -> Purpose:
    """A work of Khe Cốc of which the people have decided."""
    purpose = ledger.open_purpose(
        by=head, at=now, place_id=demo.place("khe_coc"), name="Đường bê tông xóm Khe Cốc"
    )
    ledger.allow_gifts(
        by=head, at=now, purpose_id=purpose.pk, on=TODAY, document="Biên bản họp xóm ngày 02/3/2026"
    )
    return purpose


@pytest.fixture
def give(head: Any, road: Purpose, now: datetime) -> Callable[..., Entry]:
    """Cash from the people of Khe Cốc, a million unless told."""

    def one(dong: int = 1_000_000, **more: Any) -> Entry:
        return ledger.receive_cash(by=head, at=now, giving=giving(road, **more), value_dong=dong)

    return one


def giving(road: Purpose, **more: Any) -> Giving:
    told: dict[str, Any] = {"place_id": road.place_id, "purpose_id": road.pk, "on": TODAY}
    return Giving(**(told | more))


# --- receipts and reversals ---


def test_receipts_are_numbered_without_gaps_and_a_refused_gift_takes_no_number(
    give: Callable[..., Entry],
) -> None:
    first = give().receipt
    with pytest.raises(Refusal):
        give(-5)
    assert (first, give().receipt) == (1, 2)


def test_the_same_receipt_from_two_phones_is_one(give: Callable[..., Entry]) -> None:
    uid = uuid.uuid4()
    assert give(uid=uid) == give(uid=uid)
    assert Entry.objects.count() == 1
    with pytest.raises(Refusal, match="đã dùng cho một khoản khác"):
        give(2_000_000, uid=uid)


def test_an_entry_is_reversed_once_and_by_an_entry(
    give: Callable[..., Entry], head: Any, road: Purpose, now: datetime
) -> None:
    entry = give()
    undone = ledger.reverse(by=head, at=now, entry_id=entry.pk, reason="Ghi nhầm số tiền")
    assert (undone.value_dong, undone.cash_dong, undone.of_id) == (-1_000_000, -1_000_000, entry.pk)
    with pytest.raises(Refusal, match="đã được huỷ rồi"):
        ledger.reverse(by=head, at=now, entry_id=entry.pk, reason="Lần nữa")
    assert queries.funding([road.pk])[road.pk].received_dong == 0


def test_the_database_changes_no_row_of_the_ledger(give: Callable[..., Entry]) -> None:
    give()
    with (
        pytest.raises(DatabaseError, match="only ever added"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("UPDATE ledger_entry SET value_dong = 1")


def test_each_line_holds_the_digest_of_the_line_before(give: Callable[..., Entry]) -> None:
    for _ in range(3):
        give()
    before = ""
    for entry in Entry.objects.select_related("place", "purpose", "of", "rule").order_by("position"):
        assert entry.before == before
        before = digest_of(line_of(members_of(entry)))
        assert entry.digest == before


# --- what is refused ---


def test_a_work_without_a_decision_takes_no_gift(demo: Demo, head: Any, now: datetime) -> None:
    work = ledger.open_purpose(by=head, at=now, place_id=demo.place("khe_coc"), name="Mương nước")
    with pytest.raises(Refusal, match=r"chưa có quyết định của cộng đồng.*Điều 15"):
        ledger.receive_cash(by=head, at=now, giving=giving(work), value_dong=100_000)


def test_forty_hours_in_a_day_are_refused_with_row_and_name(head: Any, road: Purpose, now: datetime) -> None:
    rows = [
        LabourRow("Người thứ nhất", TODAY, Decimal(8)),
        LabourRow("Người thứ hai", TODAY, Decimal(40)),
    ]
    with pytest.raises(Refusal, match="Dòng 2: Người thứ hai làm 40 giờ"):
        ledger.receive_labour(by=head, at=now, giving=giving(road), rows=rows)


def test_land_larger_than_its_plot_and_without_co_owners_names_both_faults(
    head: Any, road: Purpose, now: datetime
) -> None:
    land = Land("thửa 214, tờ 12", "Đơn tự nguyện ngày 01/3/2026", Decimal(100), "missing")
    with pytest.raises(Refusal) as refused:
        ledger.receive_land(by=head, at=now, giving=giving(road), area=Decimal(120), land=land)
    assert [fault.field for fault in refused.value.faults] == ["co_owners", "area"]


@pytest.mark.parametrize(
    ("dong", "more", "sentence"),
    [
        (0, {}, "lớn hơn 0"),
        (10**13, {}, "quá lớn cho một khoản"),
        (1, {"on": date(2026, 3, 3)}, "chưa đến"),
        (1, {"source": "central"}, "không phải đóng góp"),
        (1, {"giver": Giver(card="ABCD")}, "Mã trên thẻ chưa đúng"),
        (1, {"mark": "simulated"}, "mô phỏng"),
        (1, {"giver": Giver(name="Đối\u202e")}, "đổi chiều chữ"),
    ],
)
def test_bad_gifts_are_refused_with_a_sentence(
    give: Callable[..., Entry], unchanged: Any, dong: int, more: dict[str, Any], sentence: str
) -> None:
    with unchanged(), pytest.raises(Refusal, match=sentence):
        give(dong, **more)


def test_money_paid_above_its_commitment_says_by_how_much(officer: Any, road: Purpose, now: datetime) -> None:
    told: dict[str, Any] = {"by": officer, "at": now, "purpose_id": road.pk, "source": "commune", "on": TODAY}
    ledger.commit_money(**told, value_dong=300_000_000, paper="QĐ 15/QĐ-UBND")
    ledger.disburse(**told, value_dong=250_000_000, paper="Giấy rút vốn 01")
    with pytest.raises(Refusal, match=r"vượt vốn cam kết 10\.000\.000 đồng"):
        ledger.disburse(**told, value_dong=60_000_000, paper="Giấy rút vốn 02")
    over = ledger.disburse(**told, value_dong=60_000_000, paper="Giấy rút vốn 02", over_reason="Ứng trước")
    assert over.hidden.values["reason"] == "Ứng trước"
    stands = queries.funding([road.pk])[road.pk]
    assert (stands.committed_dong, stands.disbursed_dong) == (300_000_000, 310_000_000)


def test_a_head_of_another_place_receives_nothing_here(demo: Demo, road: Purpose, now: datetime) -> None:
    with pytest.raises(NotPermitted):
        ledger.receive_cash(by=demo.post("cán bộ Quảng Lạc"), at=now, giving=giving(road), value_dong=1)


# --- value ---


def test_labour_is_kept_in_days_and_valued_by_the_rule_of_its_day(
    head: Any, officer: Any, road: Purpose, now: datetime
) -> None:
    rows = [LabourRow("Người thứ nhất", TODAY, Decimal(8)), LabourRow("Người thứ hai", TODAY, Decimal(4))]
    unknown = ledger.receive_labour(by=head, at=now, giving=giving(road), rows=rows)
    assert (unknown.quantity, unknown.value_dong, unknown.unvalued) == (15_000, None, 1)
    assert queries.funding([road.pk])[road.pk].unvalued == 1
    rule = ledger.set_valuation(
        by=officer,
        at=now,
        place_id=road.place_id,
        unit="labour_day",
        rate_dong=200_000,
        legal_basis="Nghị quyết xóm",
        valid_from=date(2026, 1, 1),
    )
    known = ledger.receive_labour(by=head, at=now, giving=giving(road), rows=rows)
    assert (known.value_dong, known.rule_id) == (300_000, rule.pk)
    again = ledger.revalue(by=officer, at=now, entry_id=unknown.pk, rule_id=rule.pk, reason="Có mức quy đổi")
    assert (again.value_dong, again.unvalued, unknown.value_dong) == (300_000, -1, None)
    stands = queries.funding([road.pk])[road.pk]
    assert (stands.received_dong, stands.unvalued) == (600_000, 0)
    ledger.reverse(by=head, at=now, entry_id=unknown.pk, reason="Ghi hai lần")
    assert queries.funding([road.pk])[road.pk].received_dong == 300_000


# --- dignity ---


def test_no_row_of_the_ledger_can_bear_a_household() -> None:
    from django.apps import apps

    keys = {
        field.related_model._meta.label_lower
        for model in apps.get_app_config("ledger").get_models()
        for field in model._meta.get_fields()
        if isinstance(field, models.ForeignKey)
    }
    assert not any("household" in label or "user" in label for label in keys), keys


def test_a_name_is_sealed_and_a_card_leaves_only_a_key(give: Callable[..., Entry]) -> None:
    card = new_card()
    entry = give(giver=Giver(name="Người cho thứ nhất", card=card))
    with connection.cursor() as cursor:
        cursor.execute("SELECT told, giver_key FROM ledger_gift NATURAL JOIN ledger_hidden")
        told, key = cursor.fetchone()
    assert "Người" not in told and card.replace("-", "") not in key
    assert Hidden.objects.get(entry=entry).values["giver_name"] == "Người cho thứ nhất"


def test_a_name_is_erased_on_request_and_chain_receipt_and_sums_stay(
    give: Callable[..., Entry], head: Any, road: Purpose, now: datetime
) -> None:
    entry = give(giver=Giver(name="Người cho thứ nhất"), paper="Giấy của Người cho thứ nhất")
    file, qr = list(queries.public_file(road.place_id)), queries.receipt(entry.uid).qr
    act = {"by": head, "at": now, "entry_id": entry.pk, "request": "Đơn số 3 ngày 02/3/2026"}
    with pytest.raises(Refusal, match="không có tên ấy"):
        ledger.erase_name(name="Người khác", **act)
    ledger.erase_name(name=" người CHO thứ nhất", **act)
    assert list(queries.public_file(road.place_id)) == file and queries.receipt(entry.uid).qr == qr
    seen = queries.entry(entry.pk, seen_by=head)
    assert (seen.giver, seen.paper, seen.is_erased, seen.value_dong) == ("", "", True, 1_000_000)
    assert (Hidden.objects.get(entry=entry).values, Hidden.objects.get(entry=entry).nonce) == ({}, "")
    assert altered_names() == {}
    (event,) = AuditEvent.objects.filter(deed="ledger.erase_name")
    assert "Người" not in str(event.detail) and event.detail["request"] == act["request"]
    with pytest.raises(Refusal, match="không có tên ấy"):
        ledger.erase_name(name="Người cho thứ nhất", **act)


def test_one_name_of_a_roll_is_erased_and_the_others_and_all_hours_stay(
    head: Any, road: Purpose, now: datetime
) -> None:
    rows = [LabourRow(f"Người thứ {n}", TODAY, Decimal("7.5")) for n in ("nhất", "hai")]
    entry = ledger.receive_labour(by=head, at=now, giving=giving(road), rows=rows)
    ledger.erase_name(by=head, at=now, entry_id=entry.pk, name="Người thứ hai", request="Đơn số 4")
    assert [(row.name, row.hours) for row in queries.roll(entry.pk, seen_by=head)] == [
        ("Người thứ nhất", Decimal("7.5")),
        ("", Decimal("7.5")),
    ]


def test_a_name_changed_behind_the_ledgers_back_is_found(give: Callable[..., Entry], road: Purpose) -> None:
    entry = give(giver=Giver(name="Người cho thứ nhất"))
    assert altered_names() == {}
    Hidden.objects.filter(entry=entry).update(told='{"giver_name": "Người khác"}')
    assert altered_names() == {road.place_id: [entry.position]}
    with pytest.raises(CommandError, match="không còn như lúc ghi"):
        call_command("ledger", "check")


def test_every_table_that_says_so_only_grows(demo: Demo) -> None:
    from chungtay.core.append_only import growing, unguarded

    assert "ledger_entry" in growing()
    assert unguarded(connection, growing()) == []


# --- cash ---


def test_a_months_cash_is_paid_moved_reconciled_and_closed(
    demo: Demo, give: Callable[..., Entry], head: Any, officer: Any, road: Purpose, now: datetime
) -> None:
    place, february = road.place_id, date(2026, 2, 10)
    give(3_000_000, on=february)
    with pytest.raises(Refusal, match=r"chỉ có 3\.000\.000 đồng, thiếu 1\.000\.000 đồng"):
        ledger.pay_out(
            by=head,
            at=now,
            place_id=place,
            purpose_id=road.pk,
            value_dong=4_000_000,
            on=february,
            paper="HĐ 1",
        )
    ledger.pay_out(
        by=head, at=now, place_id=place, purpose_id=road.pk, value_dong=500_000, on=february, paper="HĐ 1"
    )
    later = date(2026, 2, 12)
    ledger.move_money(
        by=head, at=now, place_id=place, value_dong=2_000_000, on=later, paper="Giấy nộp tiền 7"
    )
    book = queries.month_book(place, february)
    assert [
        (day.on.day, day.cash.in_dong, day.cash.out_dong, day.cash.closing_dong) for day in book.days
    ] == [
        (10, 3_000_000, 500_000, 2_500_000),
        (12, 0, 2_000_000, 500_000),
    ]
    assert (book.account.in_dong, book.account.closing_dong) == (2_000_000, 2_000_000)
    with pytest.raises(Refusal, match="chưa đối chiếu"):
        ledger.close_month(by=officer, at=now, place_id=place, month=february)
    end: dict[str, Any] = {"by": officer, "at": now, "place_id": place, "on": date(2026, 2, 28)}
    with pytest.raises(Refusal, match=r"lệch 100\.000 đồng. Hãy ghi vì sao"):
        ledger.reconcile(**end, statement_dong=2_000_000, counted_dong=400_000)
    ledger.reconcile(**end, statement_dong=2_000_000, counted_dong=400_000, explanation="Tạm ứng mua nước")
    ledger.close_month(by=officer, at=now, place_id=place, month=february)
    with pytest.raises(Refusal, match=r"tháng 02/2026 .* đã khoá"):
        give(on=february)


def test_a_later_entry_undoes_the_reconciliation_of_its_month(
    give: Callable[..., Entry], officer: Any, road: Purpose, now: datetime
) -> None:
    place = road.place_id
    give(1_000, on=date(2026, 2, 10))
    ledger.reconcile(
        by=officer, at=now, place_id=place, on=date(2026, 2, 28), statement_dong=0, counted_dong=1_000
    )
    give(1_000, on=date(2026, 2, 11))
    with pytest.raises(Refusal, match="chưa đối chiếu"):
        ledger.close_month(by=officer, at=now, place_id=place, month=date(2026, 2, 1))


# --- told totals ---


def test_reconstructed_parts_sum_to_the_told_total_which_keeps_its_over(
    demo: Demo, officer: Any, now: datetime
) -> None:
    place = demo.place("khe_coc")
    told: dict[str, Any] = {
        "by": officer,
        "at": now,
        "place_id": place,
        "line": "people_enterprises_credit",
        "from_day": date(2022, 1, 1),
        "until": date(2022, 12, 31),
        "amount": 140_500_000_000,
        "qualifier": "over",
        "paper": "Bài báo cuối năm 2022",
    }
    day = date(2022, 12, 31)
    parts = [
        Line(source="people", kind="cash", on=day, value_dong=100_000_000_000),
        Line(source="credit", kind="disbursed", on=day, value_dong=40_000_000_000),
    ]
    with pytest.raises(Refusal, match=r"lệch −500\.000\.000"):
        ledger.tell_total(**told, parts=parts)
    enterprise = Line(source="enterprise", kind="cash", on=day, value_dong=500_000_000)
    ledger.tell_total(**told, parts=[*parts, enterprise])
    drain(at=now)
    lines = {each.line.code: each for each in queries.report(place)[0]}
    lumped = lines["people_enterprises_credit"]
    assert lumped.sums.value_dong == lumped.reconstructed_dong == 140_500_000_000
    assert (lumped.told[0].qualifier, lumped.told[0].amount) == ("over", Decimal(140_500_000_000))
    assert lines["contributions"].sums.value_dong == 100_500_000_000  # no credit in it


def test_opening_entries_come_all_or_none_each_with_its_paper(
    demo: Demo, officer: Any, now: datetime, unchanged: Any
) -> None:
    day = date(2025, 12, 31)
    lines = [
        Line(
            source="people",
            kind="balance",
            on=day,
            value_dong=7_000_000,
            held_in="cash",
            paper="Sổ quỹ xóm 2025",
        ),
        Line(source="people", kind="labour", on=day, quantity=Decimal(920)),
    ]
    with unchanged(), pytest.raises(Refusal, match="Dòng 2: Hãy ghi giấy tờ"):
        ledger.enter_opening(by=officer, at=now, place_id=demo.place("khe_coc"), lines=lines)
    ledger.enter_opening(by=officer, at=now, place_id=demo.place("khe_coc"), lines=lines[:1])
    assert queries.day_book(demo.place("khe_coc"), TODAY).cash.closing_dong == 7_000_000


# --- totals ---


def test_totals_of_every_place_above_equal_counting_afresh(
    demo: Demo,
    give: Callable[..., Entry],
    head: Any,
    officer: Any,
    road: Purpose,
    now: datetime,
    queries_of: Any,
) -> None:
    random = Random(7)
    made: list[Entry] = []
    for turn in range(40):
        if turn % 5 == 4:
            ledger.reverse(
                by=head, at=now, entry_id=made.pop(random.randrange(len(made))).pk, reason="Ghi nhầm"
            )
        else:
            made.append(give(random.randrange(1, 10**7), on=date(2026, random.randrange(1, 3), 5)))
        if turn % 9 == 0:
            drain(at=now, limit=4)
    while drain(at=now):
        pass
    assert check_totals() == []
    nation = territory.nation_id()
    assert nation is not None
    assert queries.totals(nation).of().value_dong == sum(entry.value_dong or 0 for entry in made)
    assert queries_of(lambda: queries.totals(nation)) == 2
    rebuild_totals(now)
    assert check_totals() == []
    Total.objects.filter(place_id=nation).update(value_dong=1)
    assert [wrong.key.place for wrong in check_totals()] == [nation]


def test_a_drill_down_from_the_nation_reaches_the_entries_without_a_name(
    demo: Demo, give: Callable[..., Entry], head: Any, queries_of: Any
) -> None:
    give(giver=Giver(name="Người cho thứ nhất"))
    give(giver=Giver(name="Người cho thứ hai", consents=True))
    nation = territory.nation_id()
    assert nation is not None
    seen = queries.entries(nation, year=2026, source="people", kind="cash")
    assert [view.giver for view in seen.entries] == ["Người cho thứ hai", ""]
    own = queries.entries(demo.place("khe_coc"), seen_by=head)
    assert [view.giver for view in own.entries] == ["Người cho thứ hai", "Người cho thứ nhất"]
    assert queries.entries(demo.place("quang_lac")).entries == ()


def test_pledges_stand_beside_what_came_as_totals_only(
    give: Callable[..., Entry], head: Any, road: Purpose, now: datetime
) -> None:
    ledger.pledge(
        by=head, at=now, purpose_id=road.pk, kind="cash", on=TODAY, value_dong=5_000_000, paper="Biên bản"
    )
    give(2_000_000)
    (seen,) = queries.pledged(road.pk)
    assert (seen.pledged_dong, seen.received_dong) == (5_000_000, 2_000_000)


# --- who sees what ---


def test_a_household_sees_its_own_receipts_by_its_card_and_no_others(give: Callable[..., Entry]) -> None:
    card, other = new_card(), new_card()
    mine = give(giver=Giver(card=card))
    give(giver=Giver(card=other))
    assert [view.id for view in queries.receipts_of_card(card.lower())] == [mine.pk]
    assert queries.receipts_of_card("") == queries.receipts_of_card("XXXX") == ()


def test_a_roll_is_for_the_posts_of_its_hamlet_alone(
    head: Any, officer: Any, road: Purpose, now: datetime
) -> None:
    rows = [LabourRow("Người thứ nhất", TODAY, Decimal("7.5"))]
    entry = ledger.receive_labour(by=head, at=now, giving=giving(road), rows=rows)
    (seen,) = queries.roll(entry.pk, seen_by=head)
    assert (seen.name, seen.hours) == ("Người thứ nhất", Decimal("7.5"))
    assert queries.roll(entry.pk, seen_by=officer) == ()


def test_a_receipt_is_a_paper_with_its_amount_in_words(give: Callable[..., Entry], head: Any) -> None:
    entry = give(132_000_000, giver=Giver(name="Người cho thứ nhất"))
    own, public = queries.receipt(entry.uid, seen_by=head), queries.receipt(entry.uid)
    paper = receipt_paper(own, address="https://chungtay.example/bien-nhan/")
    told = dict(next(block for block in paper.blocks if isinstance(block, Fields)).fields)
    assert told["Bằng chữ"] == "Một trăm ba mươi hai triệu đồng chẵn"
    assert told["Người đóng góp"] == "Người cho thứ nhất"
    assert public.entry.giver == ""
    assert to_pdf(paper, on=TODAY).startswith(b"%PDF")


# --- proofs ---


@pytest.fixture
def book(give: Callable[..., Entry], road: Purpose, now: datetime) -> list[bytes]:
    """The public file of five gifts, of which January's are sealed."""
    for _ in range(5):
        give(giver=Giver(name="Người cho thứ nhất"))
    assert seal(at=now + timedelta(days=40)) == 1
    return list(queries.public_file(road.place_id))


def test_a_public_file_agrees_with_itself_and_bears_no_name(book: list[bytes]) -> None:
    checked = check_file(book)
    assert (checked.problems, checked.first_altered, len(checked.digests)) == ([], None, 5)
    assert b"Ng\xc6\xb0\xe1\xbb\x9di cho" not in b"".join(book)


@pytest.mark.parametrize("n", [1, 3, 5])
def test_the_first_altered_entry_is_named(book: list[bytes], n: int) -> None:
    book[n] = book[n].replace(b'"value_dong":1000000', b'"value_dong":1000001')
    checked = check_file(book)
    assert checked.first_altered == n


def test_a_file_rewritten_whole_is_told_apart_by_a_receipt(book: list[bytes], road: Purpose) -> None:
    first = Entry.objects.filter(place_id=road.place_id).order_by("position")[1]
    slip = read_slip(f"https://chungtay.example/bien-nhan/?ct={queries.receipt(first.uid).qr}")
    assert slip.is_proof
    assert check_slip(check_file(book), slip) == []
    forged = _forge(book, 4)
    checked = check_file(forged)
    assert checked.first_altered is None and not checked.problems
    assert "có mục khác đã bị sửa" in check_slip(checked, slip)[0]
    assert "đã bị sửa" in check_slip(check_file(_forge(book, 2)), slip)[0]


def test_before_the_month_is_sealed_a_receipt_carries_a_promise(
    give: Callable[..., Entry], road: Purpose, now: datetime
) -> None:
    entry = give()
    slip = read_slip(queries.receipt(entry.uid).qr)
    assert not slip.is_proof and seal(at=now) == 0
    assert check_slip(check_file(queries.public_file(road.place_id)), slip) == []


def test_the_command_checks_a_file_without_a_database(
    book: list[bytes], road: Purpose, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "so.jsonl"
    file.write_bytes(b"".join(book))
    qr = queries.receipt(Entry.objects.order_by("position")[0].uid).qr
    with connection.execute_wrapper(_no_query):
        call_command("ledger", "verify", str(file), receipt=[qr])
        file.write_bytes(b"".join(book).replace(b'"n":2,', b'"n":9,'))
        with pytest.raises(CommandError, match="không còn như lúc ghi: 2"):
            call_command("ledger", "verify", str(file))
    assert "1 biên nhận có trong tổng công bố" in capsys.readouterr().out


def test_a_row_changed_in_the_database_itself_is_named(give: Callable[..., Entry], road: Purpose) -> None:
    for _ in range(3):
        give()
    call_command("ledger", "check")
    with connection.cursor() as burglar:
        for statement in opening(connection.vendor, "ledger_entry"):
            burglar.execute(statement)
        burglar.execute("UPDATE ledger_entry SET value_dong = 9 WHERE position = 2")
        for statement in closing(connection.vendor, "ledger_entry"):
            burglar.execute(statement)
    assert check_file(queries.public_file(road.place_id)).first_altered == 2
    with pytest.raises(CommandError, match="1 trong 1 sổ"):
        call_command("ledger", "check")


def _no_query(*_args: Any) -> None:
    raise AssertionError("the database was asked")


def _forge(book: list[bytes], n: int) -> list[bytes]:
    """The file with entry `n` worth nothing, every digest, root and total after it made to agree."""
    head, *lines = [json.loads(line) for line in book]
    lines[n - 1]["value_dong"] = 0
    sums: Sums = {}
    before, leaves = "", []
    for line in lines:
        line["before"] = before
        before = digest_of(line_of(line))
        leaves.append(merkle.leaf_hash(bytes.fromhex(before)))
        add_entry(sums, line)
    head |= {"head": before, "totals": totals_of(sums)}
    for checkpoint in head["checkpoints"]:
        checkpoint["root"] = merkle.root(leaves[: checkpoint["size"]]).hex()
    return [json.dumps(head, ensure_ascii=False).encode(), *map(line_of, lines)]
