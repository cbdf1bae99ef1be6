"""What the ledger leaves to the worker: counting entries into totals, a nightly look at them, checkpoints."""

from datetime import time, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from chungtay.core.jobs import job, progress
from chungtay.core.refusals import Refusal
from chungtay.ledger.counting import check_totals, drain
from chungtay.ledger.proofs.sealing import seal


@job(title=gettext_lazy("Cộng các khoản mới ghi vào tổng của từng nơi"), every=timedelta(seconds=1))
def count_entries() -> None:
    """Until none waits; each batch is whole by itself."""
    done = 0
    while drained := drain(at=timezone.now()):
        done += drained
        progress.set(done, done, "")


@job(title=gettext_lazy("Niêm phong sổ của tháng đã qua"), daily=time(0, 20))
def seal_months() -> None:
    """Each place is whole by itself; what is sealed already is left."""
    seal(at=timezone.now())


@job(title=gettext_lazy("Đối chiếu các tổng với sổ ghi"), daily=time(3, 10))
def check_counted() -> None:
    """Compare totals with the entries; a difference is told and not hidden by mending it."""
    if wrong := check_totals():
        raise Refusal(
            _(
                "Đối chiếu thấy %(count)d tổng khác các khoản đã ghi. Sổ gốc không mất. Hãy chạy lệnh "
                "“chungtay ledger recount” để cộng lại, và báo người phụ trách phần mềm."
            )
            % {"count": len(wrong)}
        )
