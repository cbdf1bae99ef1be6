"""Collect what the pages and the sentences say, so that the English catalogue holds exactly that.

Another language is begun, or brought up to what the pages say now, by its code: `--language tyz --name Tày`.
"""

import re
from argparse import ArgumentParser
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_python
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import template

PACKAGE = Path(__file__).resolve().parents[3]
WHOLE = "en"  # the catalogue that must hold every message; others hold what somebody has translated
HEAD = """# {name}. Translate what stands after each msgstr; what is left empty is shown in Vietnamese.
msgid ""
msgstr ""
"Project-Id-Version: Chung Tay\\n"
"Language: {code}\\n"
"Language-Team: {name}\\n"
"X-Language-Name: {name}\\n"
"Plural-Forms: nplurals=1; plural=0;\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"""
WIDTH = 110
# The calls that name a message: whether a context comes first, and how many wordings follow.
_CALLS = {
    "_": (False, 1),
    "gettext": (False, 1),
    "gettext_lazy": (False, 1),
    "gettext_noop": (False, 1),
    "ngettext": (False, 2),
    "ngettext_lazy": (False, 2),
    "pgettext": (True, 1),
    "pgettext_lazy": (True, 1),
    "npgettext": (True, 2),
    "npgettext_lazy": (True, 2),
}


@dataclass(frozen=True)
class Found:
    """One message where it stands. id: the words, or (singular, plural)."""

    id: str | tuple[str, str]
    context: str
    where: str

    @property
    def key(self) -> tuple[str, str]:
        return self.id if isinstance(self.id, str) else self.id[0], self.context


class Command(BaseCommand):
    help = "Tell which messages lack English and which entries are no longer used; --write puts the file in order."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--write", action="store_true", help="add what is new, drop what is unused")
        parser.add_argument(
            "--language", help="begin a language, or add what is new to it: its code, such as tyz"
        )
        parser.add_argument("--name", default="", help="that language's own name, such as Tày")

    def handle(self, **options: Any) -> None:
        found = collect(PACKAGE)
        if code := options["language"]:
            path, done = begin(code, options["name"], found)
            self.stdout.write(f"{path}: {done}/{len(found)}")
            return
        for path in (
            each for root in settings.LOCALE_PATHS for each in sorted(root.glob("*/LC_MESSAGES/*.po"))
        ):
            if options["write"] and path.parts[-3] == WHOLE:
                put_in_order(path, found)
            if told := problems(path, found):
                raise CommandError("\n".join(told))
            self.stdout.write(f"{path}: {len(found)}")


def begin(code: str, name: str, found: list[Found]) -> tuple[Path, int]:
    """The site's own catalogue of a language with every message in it, and how many of them are translated.

    What the language has in ours is taken over; what is translated there already stays.
    """
    own, ours = (Path(root) / code / "LC_MESSAGES" / "django.po" for root in settings.LOCALE_PATHS)
    if not re.fullmatch("[a-z]{2,3}", code) or code in ("vi", WHOLE):
        raise CommandError(f"{code}: mã ngôn ngữ gồm 2 hoặc 3 chữ cái thường theo ISO 639, như tyz")
    if not own.exists():
        own.parent.mkdir(parents=True, exist_ok=True)
        if ours.exists():
            own.write_bytes(ours.read_bytes())
        elif name.strip():
            own.write_text(
                HEAD.format(code=code, name=re.sub(r'["\\\n]', "", name).strip()[:40]), encoding="utf-8"
            )
        else:
            raise CommandError("Ngôn ngữ mới cần tên của chính nó: --name Tày")
    put_in_order(own, found)
    return own, sum(bool(each.id) and all(_strings(each)) for each in read(own))


def collect(package: Path) -> list[Found]:
    """Every message of the Python files and templates under `package`, each once, in the order of the files."""
    first: dict[tuple[str, str], Found] = {}
    files = [path for path in package.rglob("*") if path.suffix in (".py", ".html", ".txt")]
    for path in sorted(files):
        for message in _messages(path, path.relative_to(package).as_posix()):
            known = first.setdefault(message.key, message)
            if isinstance(known.id, str) and not isinstance(message.id, str):
                first[message.key] = message  # said once with a plural: the entry needs both
    return list(first.values())


def _messages(path: Path, name: str) -> Iterator[Found]:
    source = path.read_text(encoding="utf-8")
    if path.suffix != ".py":
        source = template.templatize(source, origin=name)
    for line, call, told, _ in extract_python(BytesIO(source.encode()), dict.fromkeys(_CALLS), [], {}):
        has_context, wordings = _CALLS[str(call)]
        said: list[Any] = list(told) if isinstance(told, tuple) else [told]
        context = said.pop(0) if has_context else ""
        if all(said[:wordings]):  # a wording that is not written out in the call stands elsewhere
            yield Found(said[0] if wordings == 1 else (said[0], said[1]), context, f"{name}:{line}")


def read(path: Path) -> Catalog:
    with path.open("rb") as file:
        return read_po(file, locale=path.parts[-3], abort_invalid=True)


def problems(path: Path, found: list[Found]) -> list[str]:
    """What keeps a catalogue from being right: unused, doubtful or broken entries; missing ones in English."""
    catalogue = read(path)
    known = {(_first(each), each.context or ""): each for each in catalogue if each.id}
    told: list[str] = []
    for message in found:
        entry = known.pop(message.key, None)
        if entry is None or not _is_whole(entry, message, catalogue.num_plurals):
            if path.parts[-3] != WHOLE:
                continue
            told.append(f"{message.where}: not translated: {message.id!r}")
        elif entry.fuzzy:
            told.append(f"{message.where}: marked as doubtful: {message.id!r}")
        elif any(_placeholders(string) != _placeholders(message.key[0]) for string in _strings(entry)):
            told.append(f"{message.where}: other placeholders: {message.id!r}")
    told += [f"{path.name}:{entry.lineno}: no longer used: {entry.id!r}" for entry in known.values()]
    told += [f"{path.name}: kept as a comment: {entry.id!r}" for entry in catalogue.obsolete.values()]
    return told


def _first(entry: Message) -> str:
    return str(entry.id[0] if isinstance(entry.id, list | tuple) else entry.id)


def _strings(entry: Message) -> list[str]:
    return list(entry.string) if isinstance(entry.string, list | tuple) else [str(entry.string or "")]


def _placeholders(text: str) -> set[str]:
    return set(re.findall(r"%\(\w+\)\w|%[^(]", text))


def _is_whole(entry: Message, message: Found, plurals: int) -> bool:
    strings = _strings(entry)
    return len(strings) == (1 if isinstance(message.id, str) else plurals) and all(strings)


def put_in_order(path: Path, found: list[Found]) -> None:
    """Write the catalogue anew: its head and translations kept, new messages empty, unused ones gone."""
    old = read(path)
    kept = {(_first(each), each.context or ""): each.string for each in old if each.id}
    new = Catalog(locale=path.parts[-3])
    new.mime_headers = [("Plural-Forms", old.plural_forms)]
    for message in found:
        string = kept.get(message.key, "")
        if isinstance(string, str) != isinstance(message.id, str):
            string = ""
        new.add(message.id, string or None, context=message.context or None)
    body = BytesIO()
    write_po(body, new, width=WIDTH, omit_header=True)
    head, _, _ = path.read_text(encoding="utf-8").partition("\n\n")
    path.write_text(f"{head}\n\n{body.getvalue().decode().strip()}\n", encoding="utf-8")
