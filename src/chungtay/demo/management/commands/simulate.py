import csv
import re
import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils import timezone

from chungtay.core.refusals import Refusal
from chungtay.demo.simulation.nation import Report, Wishes, simulate
from viet.numbers import format_number

_SHOWN = 20  # faults printed; all of them go to the file


class Command(BaseCommand):
    help = "Dựng một cả nước mô phỏng trên bản đồ thật để thử ở cỡ thật; chạy lại thì làm tiếp, hoặc không làm gì."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("what", choices=["nation"], help="mô phỏng cái gì")
        parser.add_argument(
            "--hamlets", type=int, metavar="N", help="số thôn (mặc định: theo tỷ lệ 120.000 của cả nước)"
        )
        parser.add_argument("--communes", default="all", metavar="N", help="số xã, hoặc all")
        parser.add_argument("--years", default="2021-2025", metavar="YEARS", help="ví dụ 2021-2025 hoặc 2024")
        parser.add_argument(
            "--provinces", default="", metavar="NAMES", help="tên tỉnh của năm đầu, ngăn bằng dấu phẩy"
        )
        parser.add_argument(
            "--broken", type=int, default=0, metavar="PERCENT", help="phần trăm số dòng cố ý làm hỏng"
        )
        parser.add_argument("--seed", type=int, default=2021, help="cùng số thì cùng một nước")

    def handle(self, *args: Any, **options: Any) -> None:
        wishes = _wishes(options)
        started = time.monotonic()
        try:
            report = simulate(wishes, at=timezone.now(), say=self._say)
        except KeyboardInterrupt:
            self.stdout.write("\nĐã dừng. Những lô đã ghi còn nguyên; chạy lại lệnh này để làm tiếp.")
            raise SystemExit(130) from None
        self._tell(report, time.monotonic() - started)

    def _say(self, line: str) -> None:
        self.stdout.write(line)
        self.stdout.flush()

    def _tell(self, report: Report, seconds: float) -> None:
        if report.batches == report.batches_there:
            self.stdout.write("Cả nước mô phỏng này đã có đủ; không ghi gì thêm.")
            return
        self.stdout.write(
            f"Xong: {report.communes} xã, {report.hamlets} thôn, {format_number(report.written)} số liệu mới, "
            f"{seconds:.0f} giây."
        )
        if report.spoilt or report.faults:
            file = Path(settings.VAR_DIR) / "simulate-faults.csv"
            _write_faults(file, report)
            self.stdout.write(
                f"{report.spoilt} dòng bị làm hỏng, {len(report.faults)} lỗi được nêu (tất cả trong {file}):"
            )
            for batch, fault in report.faults[:_SHOWN]:
                self.stdout.write(f"  lô {batch}, cột {fault.field or '?'}: {fault}")


def _wishes(options: dict[str, Any]) -> Wishes:
    years = re.fullmatch(r"(\d{4})(?:-(\d{4}))?", options["years"])
    communes = options["communes"]
    broken, hamlets = options["broken"], options["hamlets"]
    faults = []
    first, last = (int(years[1]), int(years[2] or years[1])) if years else (1, 0)
    if not 2016 <= first <= last <= timezone.localdate().year:
        faults.append("--years: hãy ghi một năm hoặc hai năm đã có, ví dụ 2021-2025.")
    if communes != "all" and not (communes.isdigit() and int(communes) > 0):
        faults.append("--communes: hãy ghi một số lớn hơn 0, hoặc all.")
    if not 0 <= broken <= 50:
        faults.append("--broken: hãy ghi từ 0 đến 50 phần trăm.")
    if hamlets is not None and hamlets < 0:
        faults.append("--hamlets: hãy ghi số thôn từ 0 trở lên.")
    if faults:
        raise Refusal(*faults)
    return Wishes(
        years=tuple(range(first, last + 1)),
        hamlets=hamlets,
        communes=None if communes == "all" else int(communes),
        provinces=tuple(name.strip() for name in options["provinces"].split(",") if name.strip()),
        broken=broken,
        seed=options["seed"],
    )


def _write_faults(file: Path, report: Report) -> None:
    with file.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(["Lô", "Dòng", "Cột", "Lỗi"])
        writer.writerows([batch, fault.row, fault.field, fault.sentence] for batch, fault in report.faults)
