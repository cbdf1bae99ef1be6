"""Works as law/works.yaml describes them: kinds, what a line of a bill builds, limits and grounds of the law.

Nothing here is a rule of a standard: it says which figures an accepted work brings and which clause refuses a deed.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from rulebook.texts import Text


@dataclass(frozen=True)
class WorkKind:
    """A kind of work. length: codes of the products whose quantity is its length."""

    code: str
    name: Text
    length: tuple[str, ...] = ()


@dataclass(frozen=True)
class Brings:
    """The measure a product counts in, of which one unit is `per` units of the line."""

    measure: str
    per: int

    def of(self, quantity: Fraction) -> Fraction:
        """The quantity of a line in the unit of the measure."""
        return quantity / self.per


@dataclass(frozen=True)
class Product:
    """What a line of a bill of quantities builds.

    builds: the measure of what works built in a year; adds_to: that of all there is; None where there is none.
    """

    code: str
    name: Text
    unit: str
    builds: Brings | None = None
    adds_to: Brings | None = None


@dataclass(frozen=True)
class SimpleFile:
    """Up to what cost a simple work file does between two days, both included. most_dong: None is not known."""

    most_dong: int | None
    start: date | None
    end: date | None
    clause: Text
    provenance: str

    def holds_on(self, day: date) -> bool:
        return (self.start is None or self.start <= day) and (self.end is None or day <= self.end)


@dataclass(frozen=True)
class Ground:
    """A clause in whose name a deed is refused, and how sure it is."""

    clause: Text
    provenance: str


@dataclass(frozen=True)
class WorksLaw:
    """All of law/works.yaml, in the order of the file."""

    kinds: Mapping[str, WorkKind]
    products: Mapping[str, Product]
    simple_file: tuple[SimpleFile, ...]
    grounds: Mapping[str, Ground]

    def simple_file_on(self, day: date) -> SimpleFile | None:
        """The limit of a file made on a day; None where nothing is told of it."""
        return next((limit for limit in self.simple_file if limit.holds_on(day)), None)
