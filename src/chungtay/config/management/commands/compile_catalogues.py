"""Compile the .po catalogues with Babel, so that no gettext program need be installed."""

from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError


class Command(BaseCommand):
    help = "Compile translation catalogues (.po) that have changed since they were last compiled."
    requires_system_checks = ()

    def handle(self, **options: Any) -> None:
        for root in settings.LOCALE_PATHS:
            for source in sorted(Path(root).glob("*/LC_MESSAGES/*.po")):
                if compile_if_changed(source) and options["verbosity"]:
                    self.stdout.write(str(source))


def compile_if_changed(source: Path) -> bool:
    """Write the .mo beside its .po when it is missing or older. True when it was written."""
    target = source.with_suffix(".mo")
    if target.exists() and target.stat().st_mtime_ns >= source.stat().st_mtime_ns:
        return False
    with source.open("rb") as file:
        catalogue = read_po(file, locale=source.parts[-3], abort_invalid=True)
    faulty = [(message, list(message.check(catalogue))) for message in catalogue]
    told = [f"{source}:{message.lineno}: {error}" for message, errors in faulty for error in errors]
    if told:
        raise CommandError("\n".join(told))
    draft = target.with_suffix(".tmp")
    with draft.open("wb") as file:
        write_mo(file, catalogue)
    draft.replace(target)
    return True
