"""No private person whom the articles name stands in any file of the project."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

from tests import private_names

ROOT = Path(__file__).parents[2]
TEXTS = ("src", "law", "docs", "tests", "script", "bench", ".ci")


def test_no_private_person_of_the_stories_stands_in_any_file_of_the_project() -> None:
    read = 0
    for path in _files():
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        read += 1
        assert not private_names.stand_in(text), path.relative_to(ROOT)
    assert read > 200


def test_the_search_for_names_finds_a_name_written_with_or_without_marks() -> None:
    sought = hashlib.sha256(b"nguyen thi lan").hexdigest()
    for written in ("bà Nguyễn Thị Lan nói", "(nguyen thi  lan)", "NGUYỄN THỊ LAN"):
        assert sought in private_names.grams(written)


def _files() -> Iterator[Path]:
    for folder in TEXTS:
        yield from (p for p in (ROOT / folder).rglob("*") if p.is_file() and "__pycache__" not in p.parts)
    yield from ROOT.glob("*.md")
