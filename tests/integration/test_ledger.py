"""What was given and spent: receipts without gaps, reversals once, refusals in sentences, nothing about households."""

import uuid
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.db import DatabaseError, connection, models, transaction
from tests.integration.conftest import Demo

from chungtay.core.refusals import NotPermitted, Refusal
from chungtay.ledger import actions as ledger
from chungtay.ledger import queries
from chungtay.ledger.actions import Giver, Giving, LabourRow, Land
from chungtay.ledger.cards import new_card
from chungtay.ledger.models import Entry, Gift, Purpose
from chungtay.ledger.proofs.lines import digest_of, line_of
from chungtay.ledger.writing import members_of

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
        giving = Giving(**({"place_id": road.place_id, "purpose_id": road.pk, "on": TODAY} | more))
        return ledger.receive_cash(by=head, at=now, giving=giving, value_dong=dong)

    return one


def giving(road: Purpose, **more: Any) -> Giving:
    return Giving(**({"place_id": road.place_id, "purpose_id": road.pk, "on": TODAY} | more))


# --- receipts and reversals ---


def test_receipts_are_numbered_without_gaps_and_a_refused_gift_takes_no_number(
    give: Callable[..., Entry],
) -> None:
    first = give()
    with pytest.raises(Refusal):
        give(-5)
    assert [first.receipt, give().receipt] == [1, 2]


def test_the_same_receipt_from_two_phones_is_one(give: Callable[..., Entry]) -> None:
    uid = uuid.uuid4()
    assert give(uid=uid) == give(uid=uid)
    assert Entry.objects.count() == 1
    with pytest.raises(Refusal, match="đã dùng cho một khoản khác"):
        give(2_000_000, uid=uid)


def test_an_entry_is_reversed_once_and_by_an_entry(
    give: Callable[..., Entry], head: Any, now: datetime
) -> None:
    entry = give()
    undone = ledger.reverse(by=head, at=now, entry_id=entry.pk, reason="Ghi nhầm số tiền")
    assert (undone.value_dong, undone.cash_dong, undone.of_id) == (-1_000_000, -1_000_000, entry.pk)
    with pytest.raises(Refusal, match="đã được huỷ rồi"):
        ledger.reverse(by=head, at=now, entry_id=entry.pk, reason="Lần nữa")
    assert queries.funding([entry.purpose_id])[entry.purpose_id].received_dong == 0


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
    assert over.why.reason == "Ứng trước"
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
        cursor.execute("SELECT giver_name, giver_key FROM ledger_gift")
        name, key = cursor.fetchone()
    assert "Người" not in name and card.replace("-", "") not in key
    assert Gift.objects.get(entry=entry).giver_name == "Người cho thứ nhất"


def test_every_table_that_says_so_only_grows(demo: Demo) -> None:
    from chungtay.core.append_only import growing, unguarded

    assert "ledger_entry" in growing()
    assert unguarded(connection, growing()) == []
