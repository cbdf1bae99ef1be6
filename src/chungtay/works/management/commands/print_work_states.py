from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from chungtay.works.states import diagram

PAGE = Path(settings.BASE_DIR) / "docs" / "states" / "work.md"


class Command(BaseCommand):
    help = "Write the states of a work and the ways between them into docs/states."

    def handle(self, **_: Any) -> None:
        PAGE.parent.mkdir(parents=True, exist_ok=True)
        PAGE.write_text(diagram(), encoding="utf-8")
        self.stdout.write(str(PAGE))
