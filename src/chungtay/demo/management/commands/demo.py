from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.utils import timezone
from django.utils.translation import gettext_noop

from chungtay.core.actors import SystemActor
from chungtay.core.refusals import Refusal
from chungtay.demo.builder import Login, build_stories
from chungtay.demo.joining import join_hands
from chungtay.standards import actions as standards


class Command(BaseCommand):
    help = "Nạp đơn vị hành chính, áp dụng luật và dựng hai câu chuyện từ bản ghi; chạy lại không đổi gì."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--new-passwords", action="store_true", help="đặt lại mật khẩu của mọi tài khoản demo"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if not (settings.DEMO or settings.DEBUG):
            raise Refusal(
                "Dữ liệu minh họa có mật khẩu được in ra, nên chỉ dựng khi CHUNGTAY_DEMO=1. "
                "Đừng bật trên hệ thống thật."
            )
        at = timezone.now()
        self.stdout.write("Đơn vị hành chính …")
        call_command("load_units", stdout=self.stdout)
        self.stdout.write("Bộ tiêu chí …")
        by = SystemActor(label=gettext_noop("Dữ liệu minh họa"))
        for row in standards.adopt_folder(by=by, at=at, folder=settings.LAW_DIR):
            self.stdout.write(f"  {row.name_vi} ({row.version}, dấu số {row.digest[:12]})")
        self.stdout.write("Hai câu chuyện …")
        passwords = Path(settings.VAR_DIR) / "demo-logins.txt"
        built = build_stories(
            at=at,
            say=lambda line: self.stdout.write(f"  {line}"),
            new_passwords=bool(options["new_passwords"]) or not passwords.exists(),
        )
        self.stdout.write(f"  {built.figures} số liệu mới.")
        self.stdout.write("Họp, góp sức, công trình …")
        join_hands(built, at=at, say=lambda line: self.stdout.write(f"  {line}"))
        if any(login.password for login in built.logins):
            _keep(passwords, built.logins)
        self.stdout.write(passwords.read_text(encoding="utf-8"))


def _keep(path: Path, logins: list[Login]) -> None:
    """Write the passwords where only this account can read them, so that they can be printed again."""
    known = dict(line.split("  ")[:2] for line in _lines(path))
    known |= {login.username: login.password for login in logins if login.password}
    lines = [f"{login.username}  {known.get(login.username, '?')}  {login.label}" for login in logins]
    path.touch(mode=0o600)
    path.write_text(
        "\n".join(["Tài khoản demo (tên  mật khẩu  chức danh):", *lines]) + "\n", encoding="utf-8"
    )


def _lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").splitlines()[1:] if path.exists() else []
