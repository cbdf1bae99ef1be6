"""The room of background jobs in a browser: progress moves by itself, focus stays, and nothing needs scripts."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect
from tests.integration import job_samples as samples

from chungtay.core.jobs import enqueue, queue
from chungtay.core.jobs.models import Job
from chungtay.core.jobs.worker import plant_schedule, run_leased
from chungtay.people import queries as people

ROOM = "/viec-nen/"


def tell(lease: queue.Lease, done: int) -> None:
    told = queue.Progress(done, 3000, "xã Vô Tranh, tỉnh Thái Nguyên")
    assert queue.renew(lease, now=timezone.now(), progress=told)


@pytest.fixture
def running(demo: Any) -> queue.Lease:
    """One of every kind: running, failed, waiting after an error, scheduled, done. The lease of the one that runs."""
    user = people.user_named("vpdp.thainguyen")
    assert user is not None
    office = people.posts_held(user, timezone.localdate())[0]
    for task in (samples.be_refused, samples.break_down, samples.break_down):
        asked = enqueue(task, by=office)
    Job.objects.filter(pk=asked).update(attempts=2)
    enqueue(samples.leave_mark, by=office, name="a")
    enqueue(samples.be_refused)
    while lease := queue.take(now=timezone.now()):
        run_leased(lease)
    enqueue(samples.recount, by=office, province=19)
    lease = queue.take(now=timezone.now())
    assert lease is not None
    plant_schedule()
    enqueue(samples.leave_mark, by=office, after=timezone.now() + timedelta(hours=1), name="b")
    tell(lease, 1200)
    return lease


def test_the_room_is_open_to_everyone(
    officer: Any, running: queue.Lease, assert_accessible_in_every_look: Callable[[Page], None]
) -> None:
    assert_accessible_in_every_look(officer("vpdp.thainguyen", ROOM))


def test_progress_moves_by_itself_and_focus_stays(officer: Any, running: queue.Lease) -> None:
    page = officer("vpdp.thainguyen", ROOM)
    again = page.get_by_role("button", name="Chạy lại Việc bị từ chối")
    again.focus()
    expect(page.locator("main")).to_contain_text("1.200/3.000 (40%)")
    tell(running, 2400)
    expect(page.locator("main")).to_contain_text("2.400/3.000 (80%)")
    expect(page.get_by_role("progressbar")).to_have_attribute("value", "2400")
    expect(again).to_be_focused()
    assert queue.finish(running, now=timezone.now(), progress=queue.Progress())
    expect(page.get_by_role("progressbar")).to_have_count(0)
    page.keyboard.press("Enter")
    expect(page.locator(".notices")).to_contain_text("Việc sẽ được chạy lại")


def test_without_scripts_a_reload_shows_how_far_it_is(officer: Any, running: queue.Lease) -> None:
    page = officer("vpdp.thainguyen", ROOM, scripts=False)
    tell(running, 3000)
    page.reload()
    expect(page.locator("main")).to_contain_text("3.000/3.000 (100%)")
    page.get_by_role("button", name="Dừng Tính lại tỉnh").click()
    expect(page.locator(".notices")).to_contain_text("Đã huỷ việc này.")
    expect(page.get_by_role("progressbar")).to_have_count(0)
