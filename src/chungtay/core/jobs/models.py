from django.db import models


class JobState(models.TextChoices):
    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


class Job(models.Model):
    """One piece of work asked for; or, when `scheduled`, the one row of a job that comes round again."""

    keeps_as_found = ("note", "reason")  # may quote what it stumbled on

    task = models.CharField(max_length=200)  # "chungtay.figures.jobs.drain"
    arguments = models.JSONField(default=dict)
    key = models.CharField(max_length=300, null=True, unique=True)  # noqa: DJ001 - no two wait with one key; else null
    scheduled = models.BooleanField(default=False)  # keeps its key and returns to waiting
    state = models.CharField(max_length=10, default=JobState.WAITING)  # a JobState
    # When it wants a worker: the time it waits for or, while it runs, the end of its lease. Null once it is over.
    due = models.DateTimeField(null=True)
    lease = models.UUIDField(null=True)  # of the attempt under way; who no longer holds it writes nothing
    attempts = models.PositiveSmallIntegerField(default=0)
    retries = models.PositiveSmallIntegerField()

    asked_at = models.DateTimeField()
    actor_id = models.BigIntegerField(null=True)  # the post that asked, as in an audit event
    actor_label = models.CharField(max_length=200)
    place_id = models.BigIntegerField(null=True)  # where that post acts; null is the whole country
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    done = models.BigIntegerField(null=True)
    total = models.BigIntegerField(null=True)
    note = models.CharField(max_length=200, blank=True)
    reason = models.TextField(blank=True)  # why the last attempt failed, in a sentence for people
    error_id = models.CharField(max_length=12, blank=True)  # stands beside the traceback in the log

    class Meta:
        indexes = [
            models.Index(fields=["due"], name="job_due", condition=models.Q(due__isnull=False)),
            models.Index(fields=["state", "finished_at"], name="job_state_finished"),
        ]

    def __str__(self) -> str:
        return f"{self.task} {self.state}"
