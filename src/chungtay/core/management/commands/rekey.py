"""`chungtay rekey`: seal every encrypted field anew with the newest of CHUNGTAY_FIELD_KEYS."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from chungtay.core.encrypting import Unreadable
from chungtay.core.rekeying import reseal_all


class Command(BaseCommand):
    help = "Mã hóa lại mọi thông tin riêng bằng khóa mới nhất của CHUNGTAY_FIELD_KEYS; chạy lại không hại gì."

    def handle(self, *args: Any, **options: Any) -> None:
        changed = 0
        try:
            for done in reseal_all():
                changed += done.changed
                if done.values:
                    self.stdout.write(
                        f"{done.table}.{done.column}: {done.changed}/{done.values} đã mã hóa lại"
                    )
        except Unreadable as none_fits:
            raise CommandError(
                "Có thông tin không khóa nào mở được. Hãy thêm lại khóa cũ vào cuối CHUNGTAY_FIELD_KEYS rồi chạy lại; "
                "những bảng đã xong vẫn giữ nguyên."
            ) from none_fits
        self.stdout.write(f"Xong: {changed} giá trị dưới khóa mới. Thẻ của hộ chỉ nhận ra bằng khóa lúc ghi.")
