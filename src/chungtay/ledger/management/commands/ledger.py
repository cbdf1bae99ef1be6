"""`chungtay ledger`: check a public file offline, write one, check all books, seal months, count totals anew."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from chungtay.ledger.proofs.checking import check_file, check_slip
from chungtay.ledger.proofs.receipts import NotAReceipt, read_slip


class Command(BaseCommand):
    help = "Sổ đóng góp: kiểm tra tệp công khai (không cần cơ sở dữ liệu), viết tệp, niêm phong, cộng lại."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        deeds = parser.add_subparsers(dest="deed", required=True)
        verify = deeds.add_parser("verify", help="tệp có nguyên vẹn không, và có biên nhận này không")
        verify.add_argument("file", type=Path)
        verify.add_argument("--receipt", action="append", default=[], help="chữ trong mã QR của biên nhận")
        verify.add_argument("--root", default="", help="gốc đã ghi lại ở nơi khác")
        write = deeds.add_parser("write", help="viết tệp công khai của một nơi")
        write.add_argument("place", help="tên, mã hoặc số của nơi")
        write.add_argument("file", type=Path)
        deeds.add_parser("check", help="mọi sổ trong cơ sở dữ liệu có nguyên vẹn không")
        deeds.add_parser("seal", help="niêm phong các tháng đã qua")
        deeds.add_parser("recount", help="cộng lại mọi tổng từ sổ ghi")

    def handle(self, *args: Any, **options: Any) -> None:
        match options["deed"]:
            case "verify":
                self._verify(options["file"], options["receipt"], options["root"])
            case "write":
                self._write(options["place"], options["file"])
            case "check":
                self._check()
            case "seal":
                from chungtay.ledger.proofs.sealing import seal

                self.stdout.write(f"{seal(at=timezone.now())} tháng được niêm phong.")
            case "recount":
                from chungtay.ledger.counting import rebuild_totals

                self.stdout.write(f"{rebuild_totals(timezone.now())} tổng.")

    def _verify(self, file: Path, receipts: list[str], root: str) -> None:
        try:
            with file.open("rb") as lines:
                checked = check_file(lines)
        except OSError as unread:
            raise CommandError(f"Không đọc được {file}: {unread.strerror}.") from unread
        problems = list(checked.problems)
        if root and root not in {checked.root, *self._roots(checked, root)}:
            problems.append(f"Gốc {root} không phải gốc của tệp này, cũng không của phần đầu nào của nó.")
        for text in receipts:
            try:
                problems += check_slip(checked, read_slip(text))
            except NotAReceipt:
                problems.append(f"“{text[:40]}” không phải mã của một biên nhận.")
        for problem in problems:
            self.stderr.write(problem)
        self.stdout.write(f"{checked.name}: {len(checked.digests)} mục, gốc {checked.root}")
        if checked.first_altered is not None:
            raise CommandError(f"Mục đầu tiên không còn như lúc ghi: {checked.first_altered}.")
        if problems:
            raise CommandError(f"Có {len(problems)} chỗ không khớp.")
        self.stdout.write(
            f"Sổ nguyên vẹn; {len(receipts)} biên nhận có trong tổng công bố."
            if receipts
            else "Sổ nguyên vẹn."
        )

    def _check(self) -> None:
        from chungtay.ledger.erasing import altered_names
        from chungtay.ledger.proofs.files import check_books

        places = wrong = 0
        for checked in check_books():
            places += 1
            if checked.problems:
                wrong += 1
                self.stderr.write(f"{checked.name}: {checked.problems[0]}")
        for place_id, positions in altered_names().items():
            wrong += 1
            self.stderr.write(
                f"{place_id}: tên hoặc giấy tờ riêng của mục {positions[0]} không còn như lúc ghi."
            )
        if wrong:
            raise CommandError(f"{wrong} trong {places} sổ không còn như lúc ghi.")
        self.stdout.write(f"{places} sổ nguyên vẹn.")

    @staticmethod
    def _roots(checked: Any, wanted: str) -> list[str]:
        """The root of some beginning of the file, if it is the one wanted."""
        from chungtay.ledger.proofs import merkle

        leaves = checked.leaves()
        for size in range(1, len(leaves)):
            if merkle.root(leaves[:size]).hex() == wanted:
                return [wanted]
        return []

    def _write(self, place: str, file: Path) -> None:
        from chungtay.ledger.proofs.files import public_file
        from chungtay.territory import queries as territory

        with file.open("wb") as out:
            out.writelines(public_file(territory.resolve(place).id))
        self.stdout.write(f"Đã viết {file}.")
