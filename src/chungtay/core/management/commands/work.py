from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from chungtay.core.jobs.worker import Worker


class Command(BaseCommand):
    help = (
        "Chạy các việc nền cho đến khi được dừng (Ctrl+C hoặc SIGTERM); việc đang chạy được làm xong trước."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true", help="chạy nhiều nhất một việc rồi thôi")
        parser.add_argument("--until-idle", action="store_true", help="chạy đến khi không còn việc đến lượt")

    def handle(self, *args: Any, **options: Any) -> None:
        worker = Worker()
        with worker.stopping_on_signals():
            ran = worker.run(once=options["once"], until_idle=options["until_idle"])
        self.stdout.write(f"Đã chạy {ran} việc.")
