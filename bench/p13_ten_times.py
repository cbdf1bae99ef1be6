"""P13: ten times the places cost a batch ≤ 11× and a page ≤ 1.5×.

Two databases, one with a tenth of the hamlets and communes, asked in turn from one process: the nation judged and
rolled up (batch); a hamlet's page, a commune's page and a commune's board of hamlets (page: the worst ratio counts).

    PYTHONPATH=src python bench/p13_ten_times.py [--size small|medium|full] [--on sqlite|postgresql] [--keep FOLDER]
"""

import sys
from argparse import Namespace
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from _common import Line, Size, in_turn, main, nation, plain_files, report, use
from p1_nation import STANDARDS, judge

if TYPE_CHECKING:
    from django.test import Client

BATCH, PAGE = 11.0, 1.5
VISITS = 5  # of a page in one round


def run(asked: Namespace, size: Size, database: str) -> None:
    communes = len(_communes(size)) if size.communes is None else size.communes
    tenth = replace(
        size, name=f"{size.name}-tenth", communes=max(communes // 10, 1), hamlets=size.hamlets // 10
    )
    sides: dict[str, tuple[Callable[[], Any], ...]] = {}
    for each, name in ((tenth, "tenth"), (size, "")):
        use(name)
        nation(each)
        sides[name] = (_batch(each), *_pages(each))
    days = [date(year, 12, 31) for year in size.years]
    (small, _), (large, _) = in_turn(size, _on("tenth", sides["tenth"][0]), _on("", sides[""][0]))
    ratio = large.wall / small.wall
    words = f"{size.hamlets:,} hamlets, {len(days)} years"
    report(
        Line("P13 batch", database, words, large, small, f"{ratio:.1f}×", f"≤ {BATCH:g}×", ratio <= BATCH),
        size,
    )
    worst: tuple[float, Any, Any] = (0.0, None, None)
    for one, other in zip(sides["tenth"][1:], sides[""][1:], strict=True):
        (small, _), (large, _) = in_turn(size, _on("tenth", one), _on("", other))
        worst = max(worst, (large.wall / small.wall, large, small), key=lambda each: each[0])
    ratio, large, small = worst
    words = f"{size.hamlets:,} hamlets, {VISITS} visits"
    report(
        Line("P13 page", database, words, large, small, f"{ratio:.2f}×", f"≤ {PAGE:g}×", ratio <= PAGE), size
    )


def _communes(size: Size) -> list[Any]:
    from chungtay.territory import queries as territory

    nation(replace(size, communes=1, hamlets=1))
    return [
        each
        for each in territory.standings(level="commune").on(date(size.years[0], 12, 31))
        if each.kind == "xã"
    ]


def _on(name: str, deed: Callable[[], Any]) -> Callable[[], Any]:
    def there() -> Any:
        use(name)
        return deed()

    return there


def _batch(size: Size) -> Callable[[], Any]:
    days = [date(year, 12, 31) for year in size.years]
    return lambda: [judge(level, code, days) for level, code in STANDARDS.items()]


def officer() -> "Client":
    """A browser in which somebody of the national office has signed in."""
    from django.test import Client
    from django.utils import timezone

    from chungtay.demo.simulation.nation import BY
    from chungtay.people import actions as people
    from chungtay.people import queries as people_queries

    user = people_queries.user_named("do.toc.do")
    if user is None:
        at = timezone.now()
        user = people.create_user(username="do.toc.do", display_name="Đo", by=BY, at=at, is_demo=True).user
        first = date(2021, 1, 1)
        people.grant_post(user=user, role="national_office", place_id=None, valid_from=first, by=BY, at=at)
    client = Client(headers={"host": "localhost"})
    client.force_login(user)
    return client


def _pages(size: Size) -> list[Callable[[], Any]]:
    from chungtay.figures.boards import survey
    from chungtay.figures.models import Observation

    plain_files()
    client = officer()
    day = date(size.years[-1], 12, 31)
    of = Observation.objects.filter(period_end=day).order_by("place_id")
    hamlet = of.filter(place__level="hamlet").values_list("place_id", flat=True)[0]
    commune = of.filter(place__level="commune").values_list("place_id", flat=True)[0]

    def visit(place: int, code: str) -> Callable[[], Any]:
        def look() -> None:
            for _ in range(VISITS):
                page = client.get(f"/dia-ban/{place}/?ngay={day}&bo={code}")
                assert page.status_code == 200, page.status_code

        return look

    def board() -> None:
        for _ in range(VISITS):
            assert survey(commune, STANDARDS["hamlet"], on=day).board.rows is not None

    return [visit(hamlet, STANDARDS["hamlet"]), visit(commune, STANDARDS["commune"]), board]


if __name__ == "__main__":
    sys.exit(main(__file__, run))
