"""Annex tables as offices really send them, made here by the libraries offices' programs would use."""

import sys
from pathlib import Path

import pytest

from chungtay.standards.annex import Catalogue, Source
from rulebook import Lawbook, read_law

sys.path.insert(0, str(Path(__file__).parent))

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def book() -> Lawbook:
    return read_law(ROOT / "law", with_cases=False)


@pytest.fixture(scope="session")
def regions(book: Lawbook) -> dict[str, str]:
    return {code: named.name.vi for code, named in book.regions.items()}


@pytest.fixture
def catalogue(book: Lawbook) -> Catalogue:
    return Catalogue(book.measures)


@pytest.fixture
def source() -> Source:
    return Source("phu-luc.docx", "ab" * 32)
