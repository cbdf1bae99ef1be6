"""Changing the keys under which names are kept, tables that only grow among them."""

from datetime import datetime
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from chungtay.community.households import actions as households
from chungtay.community.households.models import Household
from chungtay.core import append_only
from chungtay.ledger import actions as ledger
from chungtay.ledger.actions import Giver, Giving
from chungtay.ledger.models import Entry
from chungtay.ledger.queries import receipts_issued


@pytest.fixture
def named(demo: Any, now: datetime, settings: Any) -> Entry:
    """A household and a gift whose names were written under the key "cũ"."""
    settings.FIELD_KEYS = ["cũ"]
    head, place = demo.post("trưởng xóm Khe Cốc"), demo.place("khe_coc")
    households.enter(by=head, at=now, place_id=place, code="K1", representative="Lường Thị Khóa")
    fund = ledger.open_purpose(by=head, at=now, place_id=place, name="Vui chung", kind="activity")
    giving = Giving(place_id=place, purpose_id=fund.pk, on=now.date(), giver=Giver("Lường Thị Khóa"))
    entry = ledger.receive_cash(by=head, at=now, giving=giving, value_dong=50_000)
    connection.check_constraints()  # nothing of this transaction waits for its end
    return entry


def test_after_the_keys_were_changed_names_are_read_without_the_old_one(
    named: Entry, demo: Any, settings: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    settings.FIELD_KEYS = ["mới", "cũ"]
    call_command("rekey")
    assert "community_household.representative: 1/1" in capsys.readouterr().out
    settings.FIELD_KEYS = ["mới"]
    assert Household.objects.get(stays__code="K1").representative == "Lường Thị Khóa"
    (entry,) = receipts_issued(by=demo.post("trưởng xóm Khe Cốc")).entries
    assert entry.giver == "Lường Thị Khóa"
    call_command("rekey")
    assert "Xong: 0" in capsys.readouterr().out
    assert not append_only.unguarded(connection, append_only.growing())
    with pytest.raises(DatabaseError, match="only ever added"), transaction.atomic():
        Entry.objects.filter(pk=named.pk).update(value_dong=1)


def test_a_lost_key_is_told_and_nothing_is_written(named: Entry, settings: Any) -> None:
    settings.FIELD_KEYS = ["mới"]
    with pytest.raises(CommandError, match="thêm lại khóa cũ"):
        call_command("rekey")
    settings.FIELD_KEYS = ["cũ"]
    assert Household.objects.get(stays__code="K1").representative == "Lường Thị Khóa"
