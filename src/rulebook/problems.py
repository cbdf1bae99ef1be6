"""What is wrong in a file: where, what, why, how to mend. Never a traceback."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass


@dataclass(frozen=True)
class Problem:
    """One thing wrong. line is 1-based; 0 when the whole file is meant. Texts are Vietnamese sentences."""

    file: str
    line: int
    what: str
    why: str
    mend: str

    def __str__(self) -> str:
        where = f"{self.file}:{self.line}" if self.line else self.file
        return f"{where}: {self.what}\n    vì: {self.why}\n    cách sửa: {self.mend}"


class Bad(Exception):
    """Raised by a reader when it cannot go on with one item."""

    def __init__(self, *problems: Problem) -> None:
        self.problems = problems
        super().__init__("\n".join(str(problem) for problem in problems))


class Problems:
    """A collector: every item's problems are gathered, so that a person mends a file in one go."""

    def __init__(self) -> None:
        self.found: list[Problem] = []

    @contextmanager
    def catching(self) -> Iterator[None]:
        """Gather the problems of one item and go on with the next."""
        try:
            yield
        except Bad as bad:
            self.found.extend(bad.problems)

    def raise_if_any(self) -> None:
        if self.found:
            raise Bad(*self.found)
