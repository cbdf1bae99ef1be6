"""Two provinces, the law and the two stories, built once; each test undoes what it does.

Name `demo` in a test to stand in that world. Whatever a test writes is rolled back, and the whole world with the file.
"""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from copy import deepcopy
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoDbBlocker

from chungtay.core import notices
from chungtay.core.actors import SystemActor
from chungtay.core.models import AuditEvent, Job
from chungtay.demo.builder import Built, build_stories
from chungtay.figures import actions as figures
from chungtay.figures.actions import Entry
from chungtay.figures.models import Observation
from chungtay.people import queries as people
from chungtay.people.models import Post
from chungtay.standards import actions as standards
from chungtay.territory.units import load_units
from rulebook import Lawbook, Period, read_law

SYSTEM = SystemActor(label="Người dựng thử")
BUILT_AT = datetime.fromisoformat("2026-03-01T08:00:00+07:00")
CEREMONY = date(2023, 5, 24)  # the day of the Khe Cốc story's figures

PERSONAS = {
    "trưởng xóm Khe Cốc": "truongxom.khecoc",
    "cán bộ Vô Tranh": "canbo.votranh",
    "cán bộ Quảng Lạc": "canbo.quanglac",
    "văn phòng Thái Nguyên": "vpdp.thainguyen",
    "văn phòng Lạng Sơn": "vpdp.langson",
    "đoàn kiểm tra": "kiemtra",
    "người dân": "dan",
}


@dataclass(frozen=True)
class Demo:
    """The world of the stories, and the deeds tests do most."""

    built: Built

    def place(self, key: str) -> int:
        """khe_coc, quang_lac, hoang_dong, hoang_thuong, cum_3."""
        return self.built.places[key]

    def post(self, persona: str) -> Post:
        user = people.user_named(PERSONAS[persona])
        assert user is not None
        return people.posts_held(user, BUILT_AT.date())[0]

    def visit(self, persona: str, *, language: str = "vi") -> Client:
        """A browser in which that persona has signed in. A fault in a page fails the test."""
        client = Client()
        user = people.user_named(PERSONAS[persona])
        assert user is not None
        client.force_login(user)
        if language != "vi":
            client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
        return client

    def record(
        self,
        measure: str,
        value: Any,
        *,
        period: Period | None = None,
        place: str = "khe_coc",
        by: Any = SYSTEM,
        at: datetime = BUILT_AT,
        **more: Any,
    ) -> list[Observation]:
        """One figure of Khe Cốc on the day of its story, unless told otherwise."""
        entry = Entry(measure, value, period or Period.day(CEREMONY), **more)
        return figures.record(by=by, at=at, place_id=self.place(place), entries=[entry])


@pytest.fixture(scope="session")
def law() -> Lawbook:
    """The law as it stands in the folder; that its worked cases agree is tested elsewhere."""
    return read_law(Path(settings.LAW_DIR))


@dataclass
class Stories:
    """Built by deeds once for a run of tests; afterwards its rows are put back."""

    built: Built | None = None
    rows: Any = None


@pytest.fixture(scope="session")
def _stories() -> Stories:
    return Stories()


@pytest.fixture(scope="module")
def _world(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, _stories: Stories, keep_rows: Any, law: Lawbook
) -> Iterator[Demo]:
    with django_db_blocker.unblock(), transaction.atomic():
        if _stories.built is None:
            load_units(by=SYSTEM, at=BUILT_AT, provinces={"19", "20"})
            standards.adopt(by=SYSTEM, at=BUILT_AT, book=law)
            _stories.built = build_stories(at=BUILT_AT, say=lambda _line: None)
            Job.objects.all().delete()  # those of the photographs; a test begins with an empty queue
            _stories.rows = keep_rows()
        else:
            _stories.rows.put_back()
        connection.check_constraints()  # now, and not again after each test
        yield Demo(deepcopy(_stories.built))
        transaction.set_rollback(True)


@pytest.fixture
def demo(_world: Demo, db: None) -> Demo:
    """Two provinces, the law adopted, both stories built; what the test writes is undone."""
    return _world


@pytest.fixture
def unchanged() -> Callable[[], AbstractContextManager[None]]:
    """`with unchanged():` — nothing inside may leave a row anywhere, not even an audit event."""

    def rows() -> dict[str, int]:
        return {model._meta.label: model._default_manager.count() for model in apps.get_models()}

    @contextmanager
    def watch() -> Iterator[None]:
        before = rows()
        yield
        assert rows() == before

    return watch


@pytest.fixture
def queries_of() -> Callable[[Callable[[], Any]], int]:
    """How many queries a thing asks; savepoints, and what a process remembers for a while, are not counted."""

    def count(deed: Callable[[], Any]) -> int:
        notices.forget()
        notices.notices()  # read just now, it is not read again however slow the machine
        with CaptureQueriesContext(connection) as asked:
            deed()
        return sum("SAVEPOINT" not in each["sql"] for each in asked.captured_queries)

    return count


@pytest.fixture
def events() -> Callable[..., list[AuditEvent]]:
    """The audit events of one kind of deed, oldest first."""
    return lambda deed="": list(AuditEvent.objects.filter(deed__startswith=deed).order_by("pk"))
