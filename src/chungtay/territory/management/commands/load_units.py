"""Nạp các đơn vị hành chính trước và từ ngày 01/7/2025. Chạy lại không làm thay đổi gì."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from chungtay.core.actors import SystemActor
from chungtay.territory.regions import RegionFileError
from chungtay.territory.unit_data import UnitDataError
from chungtay.territory.units import load_units


class Command(BaseCommand):
    help = "Nạp các tỉnh, huyện, xã trước và từ ngày 01/7/2025; chạy lại không làm thay đổi gì."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--provinces", nargs="+", metavar="MÃ", help="chỉ các tỉnh có mã này, ví dụ: 19 20 75"
        )
        parser.add_argument("--regions", type=Path, metavar="TỆP", help="tệp vùng khác law/regions.yaml")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            loaded = load_units(
                by=SystemActor(),
                at=timezone.now(),
                provinces=set(options["provinces"]) if options["provinces"] else None,
                regions=options["regions"],
                progress=self.stdout.write,
            )
        except (RegionFileError, UnitDataError) as problem:
            raise CommandError(f"Không nạp được, chưa ghi gì: {problem}") from problem
        self.stdout.write(
            f"Xong: thêm {loaded.places} đơn vị, {loaded.states} trạng thái, "
            f"{loaded.successions} quan hệ kế tiếp, {loaded.changes} thay đổi."
        )
