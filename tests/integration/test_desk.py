"""The law desk: drafts that judge nothing, a second person who compares, versions that never change."""

import copy
from datetime import datetime
from typing import Any

import pytest

from chungtay.core.actors import SystemActor
from chungtay.core.refusals import NotFound, NotPermitted, Refusal
from chungtay.standards.desk import actions, queries
from chungtay.standards.desk.content import blank
from chungtay.territory import queries as territory

SYSTEM = SystemActor(label="Người dựng thử")
AT = datetime.fromisoformat("2026-03-02T09:00:00+07:00")


@pytest.fixture
def province(demo: Any) -> int:
    return territory.resolve("tỉnh Thái Nguyên").id


def test_a_draft_begun_from_nothing_is_read_back_and_says_what_it_lacks(demo: Any, province: int) -> None:
    content = blank(code="xom-thu", name="Xóm thử", level="hamlet", province="19")
    draft_id = actions.begin(by=demo.post("văn phòng Thái Nguyên"), at=AT, place_id=province, content=content)
    view = queries.draft(draft_id)
    assert view.content["standard"]["province"] == "19"
    problems = queries.compiled(view).problems
    assert problems
    assert {p.file for p in problems} >= {"standard/title/vi", "standard/period/from", "criteria"}
