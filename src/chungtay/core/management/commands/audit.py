"""`chungtay audit verify`: is every event as it was sealed?  `chungtay audit seal`: seal what waits, now."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from chungtay.core import sealing


class Command(BaseCommand):
    help = "Kiểm tra nhật ký có bị sửa, xoá hay chèn gì không; hoặc niêm phong các sự kiện đang chờ."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("deed", choices=["verify", "seal"])

    def handle(self, *args: Any, **options: Any) -> None:
        if options["deed"] == "seal":
            while sealed := sealing.seal(now=timezone.now(), everything=True):
                self.stdout.write(f"Niêm phong số {sealed.number}: {sealed.events} sự kiện, {sealed.digest}")
            return
        found = sealing.verify()
        for problem in found.problems:
            self.stderr.write(problem)
        self.stdout.write(
            f"{found.events} sự kiện trong {found.seals} niêm phong, {found.waiting} sự kiện chưa niêm phong."
        )
        if found.last:
            self.stdout.write(f"Niêm phong cuối (hãy ghi lại ở nơi khác): {found.last}")
        if found.problems:
            raise CommandError(f"Nhật ký có {len(found.problems)} chỗ không khớp.")
        self.stdout.write("Nhật ký nguyên vẹn.")
