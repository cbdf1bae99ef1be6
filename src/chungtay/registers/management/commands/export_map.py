"""Ghi hạ tầng của một nơi ra tệp bản đồ: GeoJSON, KML, Shapefile hay GeoPackage."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any, get_args

from django.core.management.base import BaseCommand
from django.utils import timezone

from chungtay.registers.amenities import exporting
from chungtay.registers.amenities import queries as amenities
from chungtay.registers.geo import writing
from chungtay.territory import queries as territory


class Command(BaseCommand):
    help = "Ghi hạ tầng của một nơi và các nơi bên trong ra tệp bản đồ, tọa độ WGS 84."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("place", help="số, mã chính thức, hoặc tên như “Khe Cốc, Tức Tranh”")
        parser.add_argument(
            "--format", choices=get_args(writing.Format), default="gpkg", help="mặc định: gpkg"
        )
        parser.add_argument("--to", type=Path, metavar="TỆP", help="mặc định: ha-tang-SỐ ở thư mục đang đứng")
        parser.add_argument("--public", action="store_true", help="chỉ những gì ai cũng được xem")

    def handle(self, *args: Any, **options: Any) -> None:
        place = territory.resolve(options["place"])
        held = amenities.assets(place.id, on=timezone.localdate(), public_only=options["public"])
        drawn = list(exporting.features(held, public=options["public"]))
        form: writing.Format = options["format"]
        to = options["to"] or Path(f"ha-tang-{place.id}{writing.SUFFIXES[form]}")
        to.write_bytes(writing.write(form, drawn))
        self.stdout.write(
            f"Xong: {to}: {len(drawn)} mục của {place.full_address}, {len(held) - len(drawn)} mục chưa có vị trí."
        )
