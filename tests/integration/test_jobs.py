"""Background jobs: asked for with the data, run once however many workers, lost by no death of a worker."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from threading import Event, Thread
from typing import Any

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone
from django_tasks import task as plain_task
from tests.integration import job_samples as samples
from tests.integration.job_samples import marks

from chungtay.core.actors import SystemActor
from chungtay.core.jobs import enqueue, job, keeping, queries, queue, upkeep, worker
from chungtay.core.jobs.actions import cancel, retry
from chungtay.core.jobs.models import Job, JobState
from chungtay.core.jobs.worker import Worker, plant_schedule, run_leased
from chungtay.core.models import AuditEvent
from chungtay.core.refusals import NotFound, NotPermitted, Refusal

LONG_AFTER = timedelta(days=2)
HEAD = SystemActor(label="Trưởng thôn", role="hamlet_head", actor_id=7, place_id=11)


@pytest.fixture(autouse=True)
def unscheduled(monkeypatch: pytest.MonkeyPatch) -> None:
    """No job of ours comes round between those of a test."""
    monkeypatch.setattr(worker, "SCHEDULED", [])


def row(job_id: int) -> Job:
    return Job.objects.get(pk=job_id)


def run_next(now: datetime | None = None) -> queue.Lease | None:
    """What a worker does once, as if the time were `now`."""
    lease = queue.take(now=now or timezone.now())
    if lease:
        run_leased(lease)
    return lease


def soon(what: Callable[[], bool], seconds: float = 60) -> None:
    """Wait until something has come true."""
    end = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < end, "it did not come true in time"
        time.sleep(0.02)


# ── Asking ────────────────────────────────────────────────────────────────────


@pytest.mark.django_db(transaction=True)
def test_a_job_is_rolled_back_with_the_data_it_was_asked_for() -> None:
    with pytest.raises(Refusal), transaction.atomic():
        samples.mark("data")
        enqueue(samples.leave_mark, name="never")
        raise Refusal("Không ghi được.")
    assert (marks("data"), Job.objects.count()) == (0, 0)
    assert run_next() is None


@pytest.mark.django_db
def test_a_job_keeps_its_arguments_and_who_asked() -> None:
    asked = row(enqueue(samples.leave_mark, by=HEAD, name="Khe Cốc"))
    assert asked.arguments == {"name": "Khe Cốc"}
    assert (asked.actor_id, asked.actor_label, asked.place_id) == (7, "Trưởng thôn", 11)
    assert run_next() is not None
    assert (row(asked.pk).state, marks("Khe Cốc")) == (JobState.DONE, 1)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "wrong", [{}, {"name": object()}, {"name": timezone.now()}, {"name": "a", "more": 1}]
)
def test_arguments_that_no_worker_could_use_are_refused_where_they_are_given(wrong: dict[str, Any]) -> None:
    with pytest.raises(TypeError):
        enqueue(samples.leave_mark, **wrong)
    assert Job.objects.count() == 0


@pytest.mark.django_db
def test_djangos_own_way_of_asking_puts_the_same_job() -> None:
    result = samples.leave_mark.enqueue(name="a")
    assert row(int(result.id)).arguments == {"name": "a"}
    with pytest.raises(TypeError, match="name its arguments"):
        samples.leave_mark.enqueue("a")
    with pytest.raises(TypeError, match="declare it with @job"):
        plain_task(samples.mark).enqueue(deed="a")


@pytest.mark.django_db
def test_a_job_asked_for_later_waits_for_its_time(now: datetime) -> None:
    enqueue(samples.leave_mark, name="a", after=now + timedelta(hours=1))
    assert run_next(now) is None
    assert run_next(now + timedelta(hours=1)) is not None


@pytest.mark.django_db
def test_asking_again_while_a_unique_job_waits_changes_nothing() -> None:
    first = enqueue(samples.recount, province=19)
    assert enqueue(samples.recount, province=19) == first
    other = enqueue(samples.recount, province=20)
    assert set(Job.objects.values_list("pk", flat=True)) == {first, other}
    assert (
        queue.take(now=timezone.now()) is not None
    )  # the first has begun: it may have read the data already
    assert enqueue(samples.recount, province=19) not in (first, other)


@pytest.mark.django_db
def test_asking_costs_one_query(queries_of: Callable[..., int]) -> None:
    assert queries_of(lambda: enqueue(samples.recount, province=19)) == 1
    assert queries_of(lambda: enqueue(samples.recount, province=19)) == 1


@pytest.mark.django_db(transaction=True)
def test_a_waiting_job_is_not_begun_before_the_data_of_who_asked_again_can_be_read() -> None:
    enqueue(samples.recount, province=19)
    asked, seen = Event(), []

    def deed() -> None:
        with transaction.atomic():
            samples.mark("data")
            enqueue(samples.recount, province=19)
            asked.set()
            time.sleep(0.5)
        connection.close()

    def work() -> None:
        asked.wait()
        while queue.take(now=timezone.now()) is None:
            time.sleep(0.01)
        seen.append(marks("data"))
        connection.close()

    in_threads([deed, work])
    assert seen == [1]
    assert Job.objects.count() == 1


def test_a_scheduled_job_needs_no_arguments_and_one_schedule() -> None:
    with pytest.raises(TypeError):
        job(title="x", every=timedelta(seconds=1))(samples.mark)
    with pytest.raises(TypeError, match="not both"):
        job(title="x", every=timedelta(seconds=1), daily=samples.each_day.daily)(samples.each_day.func)


# ── Failing ───────────────────────────────────────────────────────────────────


@pytest.mark.django_db
def test_a_refusal_is_kept_as_the_reason_and_not_tried_again() -> None:
    asked = enqueue(samples.be_refused)
    run_next()
    refused = row(asked)
    assert (refused.state, refused.reason) == (JobState.FAILED, "Chưa có bộ tiêu chí nào để tính.")
    assert run_next(timezone.now() + LONG_AFTER) is None


@pytest.mark.django_db
def test_an_error_is_tried_again_after_growing_pauses_and_at_last_fails(
    caplog: pytest.LogCaptureFixture,
) -> None:
    asked = enqueue(samples.break_down)
    pauses = []
    for _ in range(2):
        assert run_next(timezone.now() + LONG_AFTER) is not None
        tried = row(asked)
        assert (tried.state, tried.reason) == (JobState.WAITING, worker.SYSTEM_ERROR)
        assert tried.due is not None
        pauses.append(round((tried.due - timezone.now()).total_seconds()))
    assert pauses == [10, 40]
    run_next(timezone.now() + LONG_AFTER)
    failed = row(asked)
    assert (failed.state, failed.attempts, marks("broken")) == (JobState.FAILED, 3, 3)
    assert run_next(timezone.now() + LONG_AFTER) is None
    # People read a sentence with an id; the traceback stands in the log beside that id, and nowhere else.
    (told,) = queries.board().failed
    assert told.reason == f"Lỗi trong hệ thống. Mã lỗi để người quản trị tra nhật ký: {failed.error_id}."
    assert failed.error_id in caplog.text
    assert "bí mật trong nhật ký" in caplog.text
    assert "bí mật" not in str(vars(failed))


@pytest.mark.django_db
def test_a_function_that_is_no_longer_there_fails_like_any_error(caplog: pytest.LogCaptureFixture) -> None:
    asked = enqueue(samples.leave_mark, name="a")
    Job.objects.update(task="tests.integration.job_samples.gone")
    run_next()
    assert (row(asked).state, row(asked).reason) == (JobState.WAITING, worker.SYSTEM_ERROR)
    assert queries.title_of("tests.integration.job_samples.gone") == "tests.integration.job_samples.gone"


def test_pauses_grow_to_an_hour_and_no_further() -> None:
    assert [queue.pause_after(n).total_seconds() for n in (1, 2, 3, 5, 50)] == [10, 40, 160, 3600, 3600]


# ── Leases ────────────────────────────────────────────────────────────────────


@pytest.mark.django_db
def test_who_lost_the_lease_changes_nothing(now: datetime) -> None:
    asked = enqueue(samples.leave_mark, name="a", after=now)
    old = queue.take(now=now)
    assert old is not None
    assert queue.take(now=now + queue.LEASE - timedelta(seconds=1)) is None
    new = queue.take(now=now + queue.LEASE)
    assert new is not None and new.job_id == asked and new.token != old.token
    before = vars(row(asked)) | {"_state": None}
    told = queue.Progress(5, 9, "muộn")
    assert not queue.renew(old, now=now, progress=told)
    assert not queue.finish(old, now=now, progress=told)
    assert not queue.fail(old, now=now, progress=told, reason="muộn")
    assert vars(row(asked)) | {"_state": None} == before
    assert queue.finish(new, now=now, progress=told)
    assert (row(asked).state, row(asked).note) == (JobState.DONE, "muộn")


@pytest.mark.django_db
def test_an_empty_queue_costs_one_query(queries_of: Callable[..., int], now: datetime) -> None:
    enqueue(samples.leave_mark, name="a", after=now + timedelta(hours=1))
    assert queries_of(lambda: queue.take(now=now)) == 1
    assert queries_of(lambda: queue.take(now=now + timedelta(hours=2))) == 3


@pytest.mark.django_db(transaction=True)
def test_a_job_longer_than_its_lease_stays_with_its_worker_and_tells_how_far_it_is(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(queue, "LEASE", timedelta(seconds=3))
    renewals = []
    renew = queue.renew
    monkeypatch.setattr(queue, "renew", lambda *args, **told: renewals.append(1) or renew(*args, **told))
    asked = enqueue(samples.wait_for, file=str(tmp_path / "end"))
    started = time.monotonic()

    def watch() -> None:
        soon(lambda: row(asked).done is not None)
        (seen,) = queries.board().running
        assert (seen.total, seen.note) == (2000, "đang chờ")
        assert seen.percent is not None and 0 <= seen.percent < 100
        while time.monotonic() < started + 4:
            assert queue.take(now=timezone.now()) is None
            time.sleep(0.05)
        (tmp_path / "end").touch()

    in_threads([lambda: Worker().run(once=True), watch])
    done = row(asked)
    assert (done.state, done.attempts, marks("ended")) == (JobState.DONE, 1, 1)
    told = queries.job_of(asked)
    assert told is not None and (told.title, told.state) == ("Việc chờ hiệu", JobState.DONE)
    assert queries.job_of(asked + 1000) is None
    assert 1 < len(renewals) <= 4 / keeping.TICK + 1  # some two hundred calls of progress.set in that time


@pytest.mark.django_db(transaction=True)
def test_a_job_called_off_while_it_runs_leaves_off_at_its_next_progress(tmp_path: Path) -> None:
    asked = enqueue(samples.wait_for, file=str(tmp_path / "never"))

    def call_off() -> None:
        soon(lambda: marks("begun") == 1)
        cancel(job_id=asked, by=SystemActor(), at=timezone.now())

    in_threads([lambda: Worker().run(once=True), call_off])
    assert (row(asked).state, marks("ended")) == (JobState.CANCELLED, 0)


# ── Many workers ──────────────────────────────────────────────────────────────


def in_threads(deeds: list[Callable[[], object]]) -> None:
    """Run them at once, each with its own connection; the first that breaks breaks the test."""
    broken: list[BaseException] = []

    def guard(deed: Callable[[], object]) -> None:
        try:
            deed()
        except BaseException as problem:
            broken.append(problem)
        finally:
            connection.close()

    threads = [Thread(target=guard, args=(deed,)) for deed in deeds]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if broken:
        raise broken[0]


@pytest.mark.django_db(transaction=True)
def test_four_workers_run_every_job_once() -> None:
    for n in range(60):
        enqueue(samples.leave_mark, name=str(n))
    in_threads([lambda: Worker().run(until_idle=True)] * 4)
    assert [marks(str(n)) for n in range(60)] == [1] * 60
    assert set(Job.objects.filter(scheduled=False).values_list("state", "attempts")) == {(JobState.DONE, 1)}


@pytest.mark.django_db(transaction=True)
def test_many_who_ask_at_once_for_a_unique_job_get_one() -> None:
    asked: list[int] = []
    in_threads([lambda: asked.append(enqueue(samples.recount, province=19))] * 6)
    assert len(asked) == 6
    assert len(set(asked)) == 1
    assert Job.objects.count() == 1


RUNNER = """
import sys
from datetime import timedelta
import django
django.setup()
from django.core.management import call_command
from django.db import connection
from chungtay.core.jobs import queue, worker
worker.SCHEDULED = []
connection.settings_dict["NAME"] = sys.argv[1]
queue.LEASE = timedelta(seconds=float(sys.argv[2]))
call_command("work", *sys.argv[3:])
"""
SHORT = 1.5  # seconds of lease, so that a death is noticed soon

StartWorker = Callable[..., subprocess.Popen[bytes]]


@pytest.fixture
def start_worker() -> Iterator[StartWorker]:
    """`chungtay work` in a process of its own, on the test's database."""
    started: list[subprocess.Popen[bytes]] = []

    def start(*options: str, lease: float = SHORT) -> subprocess.Popen[bytes]:
        root = str(settings.BASE_DIR)
        process = subprocess.Popen(
            [sys.executable, "-c", RUNNER, str(connection.settings_dict["NAME"]), str(lease), *options],
            env={**os.environ, "PYTHONPATH": f"{root}/src:{root}"},
        )
        started.append(process)
        return process

    yield start
    for process in started:
        process.kill()
        process.wait()


@pytest.mark.django_db(transaction=True)
def test_what_a_killed_worker_had_begun_is_done_by_another(start_worker: StartWorker, tmp_path: Path) -> None:
    asked = enqueue(samples.wait_for, file=str(tmp_path / "end"))
    killed = start_worker("--once")
    soon(lambda: marks("begun") == 1)
    killed.send_signal(signal.SIGKILL)
    assert killed.wait() == -signal.SIGKILL
    assert (row(asked).state, row(asked).attempts) == (JobState.RUNNING, 1)
    (tmp_path / "end").touch()
    other = start_worker()
    soon(lambda: row(asked).state == JobState.DONE)
    assert (row(asked).attempts, marks("begun"), marks("ended")) == (2, 2, 1)
    other.terminate()
    assert other.wait() == 0


@pytest.mark.django_db(transaction=True)
def test_a_job_that_kills_its_worker_every_time_ends_as_failed(start_worker: StartWorker) -> None:
    asked = enqueue(samples.kill_the_worker)
    for _ in range(2):
        assert start_worker("--once").wait() == -signal.SIGKILL
        soon(lambda: (row(asked).due or timezone.now()) < timezone.now())
    assert start_worker("--until-idle").wait() == 0
    (failed,) = queries.board().failed
    assert (failed.id, failed.attempts, failed.reason) == (asked, 2, queue.WORKER_GONE)


@pytest.mark.django_db(transaction=True)
def test_sigterm_lets_the_job_under_way_end_and_begins_no_other(
    start_worker: StartWorker, tmp_path: Path
) -> None:
    asked = enqueue(samples.wait_for, file=str(tmp_path / "end"))
    process = start_worker(lease=60)
    soon(lambda: marks("begun") == 1)
    process.terminate()
    enqueue(samples.leave_mark, name="next")
    time.sleep(0.3)
    assert process.poll() is None
    (tmp_path / "end").touch()
    assert process.wait() == 0
    assert (row(asked).state, marks("next")) == (JobState.DONE, 0)


@pytest.mark.django_db(transaction=True)
def test_two_processes_run_every_job_once(start_worker: StartWorker) -> None:
    for n in range(40):
        enqueue(samples.leave_mark, name=str(n))
    processes = [start_worker("--until-idle", lease=60) for _ in range(2)]
    assert [process.wait() for process in processes] == [0, 0]
    assert [marks(str(n)) for n in range(40)] == [1] * 40


# ── The schedule ──────────────────────────────────────────────────────────────


@pytest.fixture
def periodic(unscheduled: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """The sample jobs that come round are declared, and no others."""
    monkeypatch.setattr(worker, "SCHEDULED", samples.PERIODIC)


def scheduled(task: Any) -> Job:
    return Job.objects.get(task=task.module_path)


@pytest.mark.django_db(transaction=True)
def test_many_workers_plant_a_schedule_once_and_run_it_once(periodic: None) -> None:
    in_threads([plant_schedule] * 4)
    assert Job.objects.count() == len(samples.PERIODIC)
    in_threads([lambda: Worker().run(until_idle=True)] * 4)
    assert Job.objects.count() == len(samples.PERIODIC)
    assert (marks("minutely"), marks("daily")) == (1, 0)


@pytest.mark.django_db
def test_a_scheduled_job_comes_round_at_its_time_and_never_beside_itself(periodic: None) -> None:
    plant_schedule()
    now = timezone.now()
    first = queue.take(now=now)
    assert first is not None and first.task == samples.each_minute.module_path
    plant_schedule()  # another worker starts while it runs
    Job.objects.filter(task=samples.each_refused.module_path).delete()
    assert queue.take(now=now) is None
    run_leased(first)
    assert scheduled(samples.each_minute).due == first.started + timedelta(minutes=1)


def test_the_next_run_is_counted_from_the_last_start_and_is_never_in_the_past(now: datetime) -> None:
    minute, late = timedelta(minutes=1), now + timedelta(hours=5)
    assert samples.each_minute.next_after(now, now + minute / 2) == now + minute
    assert samples.each_minute.next_after(now, late) == late
    at_nine, at_three = now, now.replace(hour=3, minute=9)
    ten_past_three = now.replace(hour=3, minute=10)
    assert samples.each_day.next_after(at_nine, at_nine) == ten_past_three + timedelta(days=1)
    assert samples.each_day.next_after(at_three, at_three) == ten_past_three
    assert samples.leave_mark.next_after(now, now) is None


@pytest.mark.django_db
def test_a_scheduled_job_that_fails_says_why_and_comes_round_again(periodic: None) -> None:
    plant_schedule()
    Job.objects.exclude(task=samples.each_refused.module_path).delete()
    run_next()
    failed = scheduled(samples.each_refused)
    assert (failed.state, failed.reason, failed.attempts) == (JobState.WAITING, "Chưa đến lúc.", 0)
    assert failed.due == failed.finished_at + queue.PAUSES[-1]  # type: ignore[operator]
    (told,) = queries.board().scheduled
    assert told.reason == "Chưa đến lúc."
    assert (queries.board().waiting, queries.board().waiting_total) == ((), 0)


@pytest.mark.django_db
def test_what_is_long_done_is_forgotten_and_what_failed_is_kept() -> None:
    old = timezone.now() - upkeep.KEPT - timedelta(hours=1)
    kept = []
    for state, finished in [
        (JobState.DONE, old),
        (JobState.CANCELLED, old),
        (JobState.FAILED, old),
        (JobState.DONE, timezone.now()),
        (JobState.WAITING, None),
    ]:
        asked = enqueue(samples.leave_mark, name="a")
        Job.objects.filter(pk=asked).update(state=state, finished_at=finished)
        kept.append(asked)
    upkeep.forget_finished.call()
    assert sorted(Job.objects.values_list("pk", flat=True)) == kept[2:]


# ── The screen's door ─────────────────────────────────────────────────────────


@pytest.mark.django_db
def test_the_board_tells_each_job_in_its_list_in_six_queries(queries_of: Callable[..., int]) -> None:
    for n in range(queries.SHOWN + 5):
        enqueue(samples.leave_mark, name=str(n))
    enqueue(samples.be_refused)
    Job.objects.filter(task=samples.be_refused.module_path).update(due=timezone.now() - timedelta(days=1))
    run_next()
    run_next()
    queue.take(now=timezone.now())
    assert queries_of(queries.board) == 6
    board = queries.board()
    assert [each.title for each in (*board.running, *board.failed, *board.finished)] == [
        "Ghi dấu",
        "Việc bị từ chối",
        "Ghi dấu",
    ]
    assert (len(board.waiting), board.waiting_total) == (queries.SHOWN, queries.SHOWN + 3)


@pytest.mark.django_db
def test_a_failed_job_is_run_again_with_all_its_attempts(now: datetime) -> None:
    asked = enqueue(samples.break_down)
    Job.objects.update(state=JobState.FAILED, attempts=3, due=None, reason="x", error_id="y")
    retry(job_id=asked, by=SystemActor(), at=now)
    again = row(asked)
    assert (again.state, again.attempts, again.due) == (JobState.WAITING, 0, now)
    assert (again.reason, again.error_id) == ("", "")
    event = AuditEvent.objects.get(deed="core.retry_job")
    assert (event.subject, event.at) == (f"core.Job:{asked}", now)


@pytest.mark.django_db
@pytest.mark.parametrize("deed", [retry, cancel])
def test_who_may_not_is_refused_and_nothing_changes(deed: Callable[..., None], now: datetime) -> None:
    asked = enqueue(samples.leave_mark, by=HEAD, name="a")
    with pytest.raises(NotPermitted, match="không được chạy lại hoặc huỷ việc nền"):
        deed(job_id=asked, by=HEAD, at=now)
    assert row(asked).due != now
    assert not AuditEvent.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("deed", [retry, cancel])
@pytest.mark.parametrize("state", [JobState.DONE, JobState.CANCELLED])
def test_what_is_over_is_neither_run_again_nor_called_off(
    deed: Callable[..., None], state: JobState, now: datetime
) -> None:
    asked = enqueue(samples.leave_mark, name="a")
    Job.objects.update(state=state, due=None)
    with pytest.raises(Refusal, match="đã xong"):
        deed(job_id=asked, by=SystemActor(), at=now)
    with pytest.raises(NotFound):
        deed(job_id=asked + 1, by=SystemActor(), at=now)


@pytest.mark.django_db
def test_a_job_called_off_is_not_run_and_may_be_asked_for_again(now: datetime) -> None:
    asked = enqueue(samples.recount, province=19)
    cancel(job_id=asked, by=SystemActor(), at=now)
    assert row(asked).state == JobState.CANCELLED
    assert run_next(timezone.now() + LONG_AFTER) is None
    assert enqueue(samples.recount, province=19) != asked


@pytest.mark.django_db
def test_a_scheduled_job_is_not_called_off_between_its_runs(periodic: None, now: datetime) -> None:
    plant_schedule()
    with pytest.raises(Refusal, match="định kỳ"):
        cancel(job_id=scheduled(samples.each_day).pk, by=SystemActor(), at=now)
    retry(job_id=scheduled(samples.each_day).pk, by=SystemActor(), at=now)
    assert scheduled(samples.each_day).due == now
