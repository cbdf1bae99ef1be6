"""The languages this site speaks: Vietnamese and English whole, and each other that somebody has begun to translate.

A language is a folder named by its code (ISO 639) with a catalogue in it, whose head gives the language's own name:

    locale/tyz/LC_MESSAGES/django.po      "X-Language-Name: Tày\\n"
"""

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Final

WHOLE: Final = (("vi", "Tiếng Việt"), ("en", "English"))
_CODE: Final = re.compile(r"[a-z]{2,3}")
_NAME: Final = re.compile(r'^"X-Language-Name: (.{1,40}?)\\n"$', re.MULTILINE)
_HEAD: Final = 4_000  # characters


def languages(folders: Iterable[Path]) -> list[tuple[str, str]]:
    """(code, own name) of every language, the whole ones first. A catalogue without a name is none."""
    found: dict[str, str] = dict(WHOLE)
    for folder in folders:
        for catalogue in sorted(folder.glob("*/LC_MESSAGES/django.po")):
            code = catalogue.parts[-3]
            with catalogue.open(encoding="utf-8", errors="replace") as file:
                name = _NAME.search(file.read(_HEAD))
            if name and _CODE.fullmatch(code):
                found.setdefault(code, name[1])
    return list(found.items())
