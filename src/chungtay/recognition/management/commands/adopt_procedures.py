"""Áp dụng các quy trình công nhận của thư mục luật. Chạy lại không làm thay đổi gì."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils import timezone

from chungtay.core.actors import SystemActor
from chungtay.recognition.procedures.adopting import adopt_folder


class Command(BaseCommand):
    help = "Áp dụng các quy trình xét, công nhận trong thư mục luật; chạy lại không làm thay đổi gì."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--law", type=Path, default=settings.LAW_DIR, metavar="THƯ-MỤC", help="thư mục luật khác"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        adopted = adopt_folder(by=SystemActor(), at=timezone.now(), folder=Path(options["law"]))
        for row in adopted:
            self.stdout.write(f"{row.code} {row.version}, dấu số {row.digest[:12]}")
        self.stdout.write(f"Xong: {len(adopted)} quy trình mới.")
