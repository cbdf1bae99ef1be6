"""Work that outlives a request: asked for in the data's own transaction, done later by `chungtay work`.

    from chungtay.core.jobs import enqueue, job, progress

    @job(title=_("Tính lại các xã của tỉnh"), unique=True)
    def recount(province_id: int) -> None:
        for done, place in enumerate(places, 1):
            …                                                # short transactions, each safe to do again
            progress.set(done, len(places), place.full_name)  # as often as you like: costs nothing

    enqueue(recount, by=post, province_id=19)                 # inside the deed: rolled back with it

    @job(title=_("Dọn việc cũ"), daily=time(3, 0))            # or every=timedelta(seconds=1)
    def tidy() -> None: …

Write jobs in a package's `jobs.py`: the worker imports those. A job is a function of a module with JSON arguments,
and what it returns is dropped. It is run **at least once**: its worker may die after the data is written and before
the job is ticked off, so a second run must do no harm. A Refusal is an answer, kept as the reason and not tried
again; any other exception is tried again after a growing pause, `retries` times.

- `unique=True`: while one with the same arguments waits, asking again changes nothing. One asked for while another
  is running waits for its own turn, since the running one may have read the data already.
- Enqueue last in a deed, and not from every write in the country: a unique job holds others that ask for the same
  until the deed's transaction ends. For such, leave marks in a table and drain them by a job with `every=`.
- Transactions inside a job stay well below `queue.LEASE`: SQLite lets nobody renew a lease during one.
- In a test, run a job by `recount.call(province_id=19)`; `progress` is silent outside a worker.

`declaring` the decorator and the schedule · `queue` the table as a queue: put, take, renew, tick off · `keeping` the
thread that holds a lease and writes progress · `worker` the loop · `queries`, `actions` for a screen.
"""

from chungtay.core.jobs.declaring import enqueue, job
from chungtay.core.jobs.keeping import Stopped, progress

__all__ = ["Stopped", "enqueue", "job", "progress"]
