"""Every address answers on PostgreSQL too; on SQLite test_dignity walks them as everybody."""

from typing import Any

import pytest
from django.db import connection
from django.utils import timezone
from tests.integration import test_dignity as dignity


@pytest.mark.django_db
@pytest.mark.skipif(connection.vendor == "sqlite", reason="walked by test_dignity")
def test_every_address_answers_an_officer(demo: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "now", lambda: dignity.NOW)
    hamlet = dignity.build(demo)
    commune = hamlet.officer.place_id
    officer = dignity.signed_in("every", dignity.RoleCode.COMMUNE_OFFICER, commune)
    with dignity.world(hamlet, 0):
        answers = {address: dignity.told(officer, address)[0] for _name, address in hamlet.ways(commune)}
    assert {address: status for address, status in answers.items() if status >= 500} == {}
    assert sum(status == 200 for status in answers.values()) > 150
