"""Làm tệp ô bản đồ của trang, không cần máy chủ bản đồ nào khác. Chạy lại thì tệp mới thay tệp cũ."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from chungtay.registers import tiles


class Command(BaseCommand):
    help = "Làm tệp ô bản đồ (PMTiles) từ các nơi đã biết vị trí; chạy lại thì tệp mới thay tệp cũ."

    def handle(self, *args: Any, **options: Any) -> None:
        counts = tiles.make(on=timezone.localdate())
        held = ", ".join(f"{level} {count}" for level, count in sorted(counts.items()))
        self.stdout.write(f"Xong: {tiles.path()} ({tiles.path().stat().st_size} byte): {held}.")
