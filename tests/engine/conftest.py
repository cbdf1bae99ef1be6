"""Every chapter reads one way: `verdict(rule, figures, place=…)` is what the law says of the place."""

import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from rulebook import Finding

sys.path.append(str(Path(__file__).parent))  # every chapter leans on tiny_law

from tiny_law import DAY, tiny_book, tiny_finding


@pytest.fixture(scope="session")
def found() -> Callable[..., Finding]:
    """The finding of indicator 1.1 under a law with one rule."""

    def of(
        rule: str, figures: str = "", *, place: str = "", facts: str = "", on: date = DAY, **law: Any
    ) -> Finding:
        return tiny_finding(tiny_book(rule, **law), figures, place=place, more=facts, on=on).indicator("1.1")

    return of


@pytest.fixture(scope="session")
def verdict(found: Callable[..., Finding]) -> Callable[..., str]:
    """The verdict of indicator 1.1 under a law with one rule."""
    return lambda *args, **kwargs: found(*args, **kwargs).verdict.value
