"""The stories' money in a browser: a total on a telephone, down to the entries it sums, open to everyone."""

from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from chungtay.demo.builder import Built
from chungtay.demo.joining import join_hands


@pytest.fixture
def joined(demo: Any) -> Any:
    """The stories with what was decided, given and built in them."""
    join_hands(Built(places=demo.places), at=timezone.now(), say=lambda _line: None)
    return demo


def test_the_people_s_half_of_khe_coc_leads_to_the_entries_it_is_made_of(
    officer: Callable[..., Page], joined: Any, assert_accessible_in_every_look: Callable[[Page], None]
) -> None:
    page = officer("truongxom.khecoc", f"/dia-ban/{joined.places['khe_coc']}/nguon-luc/", width=360)
    assert_accessible_in_every_look(page)
    page.get_by_role("row", name="Người dân đóng góp").get_by_role("link", name="4.300.000.000").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Các khoản đã ghi")
    expect(page.get_by_text("Dựng lại để cộng đúng 8,6 tỷ đồng")).to_have_count(3)
    assert_accessible_in_every_look(page)
