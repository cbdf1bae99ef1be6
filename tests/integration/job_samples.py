"""Jobs for the tests, importable by a worker in a process of its own. Each leaves a mark as an audit event."""

import os
import signal
import time
from datetime import time as hour
from datetime import timedelta
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from chungtay.core.actors import SystemActor
from chungtay.core.audit import write_event
from chungtay.core.jobs import job, progress
from chungtay.core.jobs.declaring import SCHEDULED
from chungtay.core.models import AuditEvent, Job
from chungtay.core.refusals import Refusal


def mark(deed: str) -> None:
    """One row that says what was run, and where."""
    with transaction.atomic():
        write_event(by=SystemActor(), deed=f"sample.{deed}", subject=Job(), at=timezone.now())


def marks(deed: str) -> int:
    return AuditEvent.objects.filter(deed=f"sample.{deed}").count()


@job(title="Ghi dấu")
def leave_mark(name: str) -> None:
    mark(name)


@job(title="Tính lại tỉnh", unique=True)
def recount(province: int) -> None:
    mark(f"recount.{province}")


@job(title="Việc luôn hỏng", retries=2)
def break_down() -> None:
    mark("broken")
    raise ValueError("bí mật trong nhật ký")


@job(title="Việc bị từ chối")
def be_refused() -> None:
    raise Refusal("Chưa có bộ tiêu chí nào để tính.")


@job(title="Việc giết máy chạy", retries=1)
def kill_the_worker() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


@job(title="Việc chờ hiệu")
def wait_for(file: str) -> None:
    """Begins, says so by a mark, and ends when the file is there."""
    mark("begun")
    for done in range(2000):
        progress.set(done, 2000, "đang chờ")
        if Path(file).exists():
            break
        time.sleep(0.02)
    mark("ended")


@job(title="Việc mỗi ngày", daily=hour(3, 10))
def each_day() -> None:
    mark("daily")


@job(title="Việc mỗi phút", every=timedelta(minutes=1))
def each_minute() -> None:
    mark("minutely")


@job(title="Việc định kỳ bị từ chối", every=timedelta(minutes=1))
def each_refused() -> None:
    raise Refusal("Chưa đến lúc.")


# They come round only where a test asks for it.
PERIODIC = [each_day, each_minute, each_refused]
for _each in PERIODIC:
    SCHEDULED.remove(_each)
