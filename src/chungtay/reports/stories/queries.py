"""The story of a place over some days: every fact asked of the records, in a bounded number of queries."""

from datetime import date, timedelta

from django.utils.translation import gettext as _

from chungtay.core.actors import Actor
from chungtay.core.refusals import Fault, NotFound, Refusal
from chungtay.reports.stories.facts import Fact, Span, Story, Subject, Text
from chungtay.reports.stories.from_community import facts_of_community
from chungtay.reports.stories.from_figures import SMALL, facts_of_figures
from chungtay.reports.stories.from_lists import facts_of_lists
from chungtay.reports.stories.from_money import facts_of_money
from chungtay.reports.stories.from_place import facts_of_place
from chungtay.reports.stories.from_titles import facts_of_recognition
from chungtay.reports.stories.from_works import facts_of_works
from chungtay.territory import queries as territory

_NO_BOOK = Text(
    "Hệ thống chưa có sổ nào ghi điều này.", "The system keeps no register that would tell this yet."
)
_UNKEPT = (
    (
        "group_members",
        Subject.LIVELIHOOD,
        Text("Thành viên tổ hợp tác", "Members of production groups"),
        SMALL,
    ),
    ("group_area", Subject.LIVELIHOOD, Text("Diện tích của tổ hợp tác", "Area of production groups"), SMALL),
    ("coop_members", Subject.LIVELIHOOD, Text("Thành viên hợp tác xã", "Members of co-operatives"), SMALL),
    ("growing_code", Subject.LIVELIHOOD, Text("Mã vùng trồng", "The growing-area code"), SMALL),
    ("target", Subject.NEXT, Text("Mục tiêu phấn đấu", "Targets"), ()),
)
"""Asked of every story, told by no register yet: code, subject, label, levels (none: all). They are always unknown."""


def story_of(place_id: int, first: date | None, last: date | None, *, today: date, seen_by: Actor) -> Story:
    """All facts of a place over days, both included. last None: today, or the last day of a place that is no more.

    Refuses days that turn round or come before the place, and a last day still to come.
    """
    span = _span(place_id, first, last, today)
    assert span.last is not None
    place = territory.as_of(place_id, span.last)
    facts = [
        *facts_of_place(place, span.last, today),
        *facts_of_figures(place, span.last),
        *facts_of_money(place_id, span),
        *facts_of_community(place_id, span, seen_by=seen_by),
        *facts_of_works(place_id, span),
        *facts_of_recognition(place, span.last),
        *facts_of_lists(place, span),
        *(
            Fact(code, subject, label, _NO_BOOK)
            for code, subject, label, levels in _UNKEPT
            if not levels or place.level in levels
        ),
    ]
    order = list(Subject)
    return Story(place_id, span, tuple(sorted(facts, key=lambda fact: order.index(fact.subject))))


def fact_of(story: Story, code: str) -> Fact:
    """One fact of a story; NotFound when it has none of that code."""
    found = story.by_code.get(code)
    if found is None:
        raise NotFound(_("Bài này không có số liệu đó. Hãy mở lại bài và chọn lại."))
    return found


def _span(place_id: int, first: date | None, last: date | None, today: date) -> Span:
    place = territory.latest(place_id)
    if last is None:
        last = place.ended - timedelta(days=1) if place.ended and place.ended <= today else today
    if last > today:
        raise Refusal(Fault(_("Ngày cuối còn ở phía trước. Hãy chọn hôm nay hoặc ngày đã qua."), "den"))
    if first is not None and first > last:
        raise Refusal(Fault(_("Ngày đầu đứng sau ngày cuối. Hãy xem lại hai ngày."), "tu"))
    return Span(first, last)
