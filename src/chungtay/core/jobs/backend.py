"""Django's tasks API over our own table: `task.enqueue(…)` as in Django 6, where only the import changes."""

from typing import Any

from django_tasks.backends.base import BaseTaskBackend
from django_tasks.base import Task, TaskResult, TaskResultStatus


class JobBackend(BaseTaskBackend):
    """Puts tasks made by `@job` into the table of jobs."""

    supports_defer = True

    def enqueue(self, task: Task[Any, Any], args: Any, kwargs: Any) -> TaskResult[Any]:
        # Here, since the backend is loaded before the models are.
        from chungtay.core.jobs.declaring import JobTask, enqueue

        self.validate_task(task)
        if not isinstance(task, JobTask) or args:
            raise TypeError(f"{task.module_path}: declare it with @job and name its arguments")
        number = enqueue(task, after=task.run_after, **kwargs)
        return TaskResult(
            task=task,
            id=str(number),
            status=TaskResultStatus.READY,
            enqueued_at=None,
            started_at=None,
            finished_at=None,
            last_attempted_at=None,
            args=[],
            kwargs=kwargs,
            backend=self.alias,
            errors=[],
            worker_ids=[],
        )
