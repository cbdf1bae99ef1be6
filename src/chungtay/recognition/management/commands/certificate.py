"""`chungtay certificate verify FILE`: a certificate checked from its file alone; whether still in force, by a list."""

from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.request import urlopen

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from chungtay.recognition.signing import signed_pdf, words
from chungtay.recognition.signing.checking import Checked, Outcome, check_file, is_spoilt, read_list

_STATES = {
    "in_force": "Bằng đang có hiệu lực.",
    "replaced": "Bằng này đã được thay bằng bằng mới.",
    "withdrawn": "Danh hiệu đã bị thu hồi hoặc không còn.",
}


class Command(BaseCommand):
    help = "Bằng công nhận: kiểm tra một tệp, không cần cơ sở dữ liệu và không cần mạng."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        deeds = parser.add_subparsers(dest="deed", required=True)
        verify = deeds.add_parser("verify", help="tệp có đúng bản đã cấp không, và còn hiệu lực không")
        verify.add_argument("file", type=Path)
        verify.add_argument("--key", action="append", default=[], help="khóa công khai mà cơ quan công bố")
        verify.add_argument("--roots", type=Path, help="thư mục chứng thư gốc được tin cậy")
        verify.add_argument("--list", type=Path, help="danh sách bằng đã tải về từ trang kiểm tra")
        verify.add_argument(
            "--online", action="store_true", help="hỏi trang ghi trên bằng xem còn hiệu lực không"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        content = _read(options["file"])
        try:
            roots = signed_pdf.roots_in(options["roots"] or settings.TRUST_ROOTS)
        except (OSError, ValueError) as unread:
            raise CommandError(f"Không đọc được chứng thư gốc: {unread}") from unread
        checked = check_file(content, roots=roots, keys=options["key"], at=timezone.now())
        if checked.outcome is not Outcome.WHOLE:
            raise CommandError(words.outcome_of(checked))
        self._tell(checked)
        if options["list"]:
            self._look_up(content, checked, _read(options["list"]), options["key"] or [checked.key])
        elif options["online"]:
            listed = _fetched(str(checked.facts["check"]))
            self._look_up(content, checked, listed, options["key"] or [checked.key])
        else:
            self.stdout.write("Còn hiệu lực hay không: chưa hỏi (dùng --list hoặc --online).")

    def _tell(self, checked: Checked) -> None:
        facts = checked.facts
        number = facts["decision_number"] or "chưa rõ số"
        for told in (
            words.outcome_of(checked),
            f"Khóa niêm phong: {checked.key}",
            f"Bằng số {facts['register']}: {facts['place']}, {facts['address']}",
            f"Danh hiệu: {facts['title']} năm {facts['year']}",
            f"Quyết định {number}, ngày {facts['decided_on'] or 'chưa rõ'}, {facts['decided_by']}",
            *facts["marks"],
        ):
            self.stdout.write(told)
        for signature in checked.signatures:
            self.stdout.write(f"Chữ ký số: {signature.signer}. {words.state_of(signature)}")
        if not checked.signatures:
            self.stdout.write("Chữ ký số: tệp chỉ có dấu niêm phong của hệ thống, không có chữ ký số.")

    def _look_up(self, content: bytes, checked: Checked, told_list: bytes, keys: list[str]) -> None:
        listed = read_list(told_list, keys=keys)
        if listed is None:
            raise CommandError(
                "Không tin được danh sách: chữ ký của nó sai, hoặc khóa không phải khóa đã cho."
            )
        uid = str(checked.facts["uid"])
        if uid in listed.signed and is_spoilt(content, *listed.signed[uid]):
            raise CommandError(words.outcome_of(replace(checked, outcome=Outcome.ALTERED)))
        state = listed.states.get(uid, "")
        told = _STATES.get(state, "Bằng này không có trong danh sách.")
        if state != "in_force":
            raise CommandError(f"{told} (danh sách lập {listed.made_at})")
        self.stdout.write(f"{told} (danh sách lập {listed.made_at})")


def _read(file: Path) -> bytes:
    try:
        with file.open("rb") as content:
            return content.read(signed_pdf.MOST_BYTES + 1)
    except OSError as unread:
        raise CommandError(f"Không đọc được {file}: {unread.strerror}.") from unread


def _fetched(check: str) -> bytes:
    """The list that the site publishes beside the page named on the certificate."""
    if not check.startswith(("https://", "http://")):
        raise CommandError(f"Địa chỉ trên bằng không dùng được: {check}")
    address = f"{check.rstrip('/').rsplit('/', 1)[0]}/danh-sach.json"
    try:
        with urlopen(address, timeout=20) as answer:
            content: bytes = answer.read(100 * 1024 * 1024)
            return content
    except (URLError, OSError) as failed:
        raise CommandError(f"Không hỏi được {address}: {failed}") from failed
