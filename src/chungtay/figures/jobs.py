"""What figures leave to the worker: counting in what changed, and a nightly look at what was derived."""

from datetime import time, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from chungtay.core.jobs import job, progress
from chungtay.core.refusals import Refusal
from chungtay.figures import integrity
from chungtay.figures.blocks import check_blocks
from chungtay.figures.counted import check_rollups
from chungtay.figures.draining import drain
from chungtay.territory import queries as territory


@job(title=gettext_lazy("Tính lại kết quả của những nơi vừa có thay đổi"), every=timedelta(seconds=1))
def drain_queue() -> None:
    """Until nothing waits; each batch is whole by itself."""
    done = 0
    while (drained := drain(at=timezone.now())).places or drained.waiting:
        done += drained.places
        progress.set(done, done + drained.waiting, "")


@job(title=gettext_lazy("Kiểm tra số liệu cả nước"), daily=time(1, 0))
def check_integrity() -> None:
    """Look at every place with those beside it; each family is whole by itself, so stopping loses nothing."""
    now = timezone.now()
    groups = territory.families(timezone.localdate(now))
    for done, (above, places) in enumerate(groups.items(), 1):
        integrity.look_at(place_ids=places, above_id=above, at=now)
        progress.set(done, len(groups), "")
    integrity.look_at_ended(at=now)


@job(title=gettext_lazy("Đối chiếu kết quả đã tính với sổ số liệu"), daily=time(2, 30))
def check_derived() -> None:
    """Compare what is derived with what it is derived from; a difference is told and not hidden by mending it."""
    blocks, counts = check_blocks(), check_rollups()
    if blocks or counts:
        raise Refusal(
            _(
                "Đối chiếu thấy %(blocks)d khối số liệu khác sổ gốc và %(counts)d bảng đếm khác kết quả. Số liệu gốc "
                "không mất. Hãy chạy lệnh “chungtay rebuild_figures” để dựng lại, và báo người phụ trách phần mềm."
            )
            % {"blocks": len(blocks), "counts": len(counts)}
        )
