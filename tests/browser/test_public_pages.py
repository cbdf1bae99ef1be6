"""axe finds nothing on any type of public page, on a phone and a desk, by day and by night; none scrolls sideways."""

from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page
from tests.browser.public_pages import PAGES, SEEN_ON_JOURNEYS, tell_all


def test_every_type_of_public_page_is_open_to_everyone(
    open_page: Callable[..., Page], demo: Any, assert_accessible_in_every_look: Callable[[Page], None]
) -> None:
    told, page = tell_all(demo), open_page("about:blank")
    for name, path in PAGES.items():
        if name not in SEEN_ON_JOURNEYS:
            page.goto(path.format(**told))
            assert_accessible_in_every_look(page)
