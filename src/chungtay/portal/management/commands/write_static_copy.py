"""chungtay write_static_copy FOLDER: the public site as files, to be handed out by any web server when ours is out."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from chungtay.portal.copying import MARKER, write_copy
from chungtay.territory import queries as territory


class Command(BaseCommand):
    help = "Viết các trang công khai thành tệp, để trưng ra bằng một máy chủ web bất kỳ khi hệ thống ngừng."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, help="thư mục của bản sao; bản cũ ở đó được thay trọn vẹn")
        parser.add_argument("--place", type=int, help="số của một nơi: chỉ nơi ấy và các nơi bên dưới")

    def handle(self, *, folder: Path, place: int | None, **_: Any) -> None:
        now = timezone.now()
        inside: frozenset[int] = frozenset()
        above: frozenset[int] = frozenset()
        if place is not None:
            day = timezone.localdate(now)
            inside = frozenset({place, *territory.subtree_ids(place, day)})
            above = frozenset(each.id for each in territory.ancestors(place, day))
        told = write_copy(
            folder,
            at=now,
            place_id=place,
            inside=inside,
            above=above,
            say=lambda line: self.stdout.write(line),
        )
        self.stdout.write(f"{told.pages} trang, {told.files} tệp, {told.size / 1e6:.1f} MB: {folder}")
        for why, those in sorted(told.left_out.items()):
            self.stdout.write(f"  không có trong bản sao: {len(those)} địa chỉ, {why}")
        if told.changed_meanwhile:
            self.stdout.write("  trong khi viết, số liệu có thay đổi: các trang có thể không cùng một lúc")
        self.stdout.write(f"  ghi đủ trong {folder / MARKER}")
