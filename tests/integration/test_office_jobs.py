"""The room of background jobs: who sees it, how far a job is, why one failed, who may run it again."""

from collections.abc import Callable
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from django.utils import timezone
from tests.integration import job_samples as samples

from chungtay.core.jobs import enqueue, queue
from chungtay.core.jobs.models import Job, JobState
from chungtay.core.jobs.worker import run_leased

ROOM = "/viec-nen/"


@pytest.fixture
def failed(demo: Any) -> Job:
    """A job that the office of Thái Nguyên asked for and that was refused."""
    asked = enqueue(samples.be_refused, by=demo.post("văn phòng Thái Nguyên"))
    run_due()
    return Job.objects.get(pk=asked)


def run_due() -> None:
    lease = queue.take(now=timezone.now())
    assert lease is not None
    run_leased(lease)


def text_of(answer: Any) -> str:
    return unescape(answer.content.decode())


@pytest.mark.parametrize("persona", ["trưởng xóm Khe Cốc", "cán bộ Vô Tranh"])
def test_who_has_nothing_to_do_with_it_is_told_so_and_has_no_link(demo: Any, persona: str) -> None:
    visit = demo.visit(persona)
    answer = visit.get(ROOM)
    assert answer.status_code == 403
    assert "không được xem việc nền" in text_of(answer)
    assert ROOM not in text_of(visit.get("/"))


@pytest.mark.parametrize("persona", ["văn phòng Thái Nguyên", "đoàn kiểm tra"])
@pytest.mark.parametrize("language", ["vi", "en"])
def test_an_empty_queue_is_said_in_words(demo: Any, persona: str, language: str) -> None:
    visit = demo.visit(persona, language=language)
    answer = visit.get(ROOM)
    assert answer.status_code == 200
    assert 'class="empty"' in text_of(answer)
    assert "<table" not in text_of(answer)
    assert f'href="{ROOM}"' in text_of(visit.get("/"))


def test_the_reason_stands_there_in_a_sentence_with_a_button_for_who_may(demo: Any, failed: Job) -> None:
    page = text_of(demo.visit("văn phòng Thái Nguyên").get(ROOM))
    assert "Việc bị từ chối" in page
    assert "Chưa có bộ tiêu chí nào để tính." in page
    assert f"{ROOM}{failed.pk}/lai/" in page


def test_an_auditor_reads_and_is_shown_no_button(demo: Any, failed: Job) -> None:
    visit = demo.visit("đoàn kiểm tra")
    page = text_of(visit.get(ROOM))
    assert "Chưa có bộ tiêu chí nào để tính." in page
    assert f"{ROOM}{failed.pk}/lai/" not in page
    assert "không được chạy lại hoặc huỷ việc nền" in page
    assert visit.post(f"{ROOM}{failed.pk}/lai/").status_code == 403
    assert Job.objects.get(pk=failed.pk).state == JobState.FAILED


def test_a_province_does_not_touch_jobs_of_the_whole_country(demo: Any) -> None:
    asked = enqueue(samples.be_refused)
    run_due()
    visit = demo.visit("văn phòng Thái Nguyên")
    page = text_of(visit.get(ROOM))
    assert f"{ROOM}{asked}/lai/" not in page
    assert "nằm ngoài địa bàn" in page
    assert visit.post(f"{ROOM}{asked}/huy/").status_code == 403


def test_running_again_leads_back_and_the_job_waits(demo: Any, failed: Job) -> None:
    visit = demo.visit("văn phòng Thái Nguyên")
    answer = visit.post(f"{ROOM}{failed.pk}/lai/", follow=True)
    assert answer.redirect_chain == [(ROOM, 302)]
    assert "Việc sẽ được chạy lại" in text_of(answer)
    assert Job.objects.get(pk=failed.pk).state == JobState.WAITING
    visit.post(f"{ROOM}{failed.pk}/huy/")
    assert Job.objects.get(pk=failed.pk).state == JobState.CANCELLED
    assert visit.post(f"{ROOM}{failed.pk}/lai/").status_code == 422


@pytest.mark.parametrize("deed", ["lai", "huy"])
def test_a_deed_is_not_done_by_looking_and_not_to_what_is_not_there(
    demo: Any, failed: Job, deed: str
) -> None:
    visit = demo.visit("văn phòng Thái Nguyên")
    assert visit.get(f"{ROOM}{failed.pk}/{deed}/").status_code == 405
    assert visit.post(f"{ROOM}{failed.pk + 9}/{deed}/").status_code == 404
    assert Job.objects.get(pk=failed.pk).state == JobState.FAILED


def test_a_running_job_shows_a_bar_and_the_same_in_words(demo: Any) -> None:
    enqueue(samples.leave_mark, name="a")
    lease = queue.take(now=timezone.now())
    assert lease is not None
    queue.renew(lease, now=timezone.now(), progress=queue.Progress(1200, 3000, "xã <Vô Tranh>"))
    page = demo.visit("văn phòng Thái Nguyên").get(ROOM).content.decode()
    assert '<progress max="3000" value="1200" aria-label="Ghi dấu">' in page
    assert "1.200/3.000 (40%) · xã &lt;Vô Tranh&gt;" in page
    queue.renew(lease, now=timezone.now(), progress=queue.Progress(1200))
    page = demo.visit("văn phòng Thái Nguyên").get(ROOM).content.decode()
    assert "<progress" not in page
    assert "đã làm 1.200" in page


def test_the_page_asks_again_for_its_moving_part_alone(demo: Any, failed: Job) -> None:
    visit = demo.visit("văn phòng Thái Nguyên")
    part = text_of(visit.get(ROOM, headers={"HX-Request": "true"}))
    assert "<html" not in part
    assert part.lstrip().startswith('<div id="viec-nen" hx-get="/viec-nen/"')
    assert "Chưa có bộ tiêu chí nào để tính." in part


def test_an_error_of_the_system_is_told_without_its_traceback(demo: Any) -> None:
    asked = enqueue(samples.break_down)
    Job.objects.filter(pk=asked).update(attempts=2)
    run_due()
    page = text_of(demo.visit("đoàn kiểm tra").get(ROOM))
    assert (
        f"Lỗi trong hệ thống. Mã lỗi để người quản trị tra nhật ký: {Job.objects.get(pk=asked).error_id}"
        in page
    )
    assert "bí mật" not in page
    assert "ValueError" not in page


def test_the_room_costs_the_same_however_full_it_is(demo: Any, queries_of: Callable[..., int]) -> None:
    visit = demo.visit("văn phòng Thái Nguyên")
    few = queries_of(lambda: visit.get(ROOM))
    for n in range(60):
        enqueue(samples.leave_mark, by=demo.post("văn phòng Thái Nguyên"), name=str(n))
    Job.objects.filter(pk__in=Job.objects.order_by("pk")[:30]).update(
        state=JobState.FAILED, due=None, reason="x", finished_at=timezone.now() - timedelta(hours=1)
    )
    many = queries_of(lambda: visit.get(ROOM))
    assert few <= 10
    assert many <= few + 1  # one look at whether the office's own place is its own
