"""chungtay rebuild_figures: make everything derived again from the observation log."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from chungtay.figures.blocks import rebuild_blocks
from chungtay.figures.counted import rebuild_rollups
from chungtay.figures.dirty import mark_level
from chungtay.figures.draining import drain


class Command(BaseCommand):
    help = "Dựng lại khối số liệu, kết quả và bảng đếm từ sổ số liệu gốc. Chạy lại bao nhiêu lần cũng được."

    def handle(self, *_args: Any, **_options: Any) -> None:
        now = timezone.now()
        self.stdout.write(f"Khối số liệu khác sổ gốc, đã dựng lại: {rebuild_blocks()}")
        mark_level("")
        results = 0
        while (done := drain(at=now)).places:
            results += done.results
        self.stdout.write(f"Kết quả khác, đã tính lại: {results}")
        self.stdout.write(f"Bảng đếm đã dựng lại: {rebuild_rollups(now)}")
