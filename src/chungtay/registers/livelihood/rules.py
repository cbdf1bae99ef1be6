"""law/livelihood.yaml as this room asks for it: words of crops and practices, periods, least areas, stars, figures."""

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Final

from django.conf import settings
from django.utils.translation import gettext as _

from chungtay.core.language import language
from rulebook.loading.common import GROUND, PROVENANCES, read_clause, read_text
from rulebook.loading.measures import read_measures
from rulebook.loading.tree import Node, read_tree
from rulebook.texts import Text

LISTS: Final = (
    "practices",
    "field_deeds",
    "product_groups",
    "brand_forms",
    "survey_methods",
    "income_sources",
)
LASTING: Final = ("perennial", "annual")
COUNTS: Final = (
    "producers_working",
    "cooperative_working",
    "cooperatives_contracted",
    "products_valid",
    "code_granted",
    "income",
)
"""What pushing knows how to count."""


@dataclass(frozen=True)
class Limit:
    """A number of the law. clause, provenance: where it stands and how sure that is."""

    number: Decimal
    clause: Text
    provenance: str

    @property
    def ground(self) -> str:
        """The clause in the reader's language, with a word where nobody has seen it in a source."""
        words = self.clause.in_(language())
        return words if self.provenance == "found" else _("%(clause)s; chưa xác nhận") % {"clause": words}


@dataclass(frozen=True)
class Stars:
    """Which scores out of 100 give how many stars. to: not reached, but for the highest."""

    stars: int
    least: Decimal
    to: Decimal


@dataclass(frozen=True)
class LivelihoodLaw:
    """All of the file, in its order. lists: codes with their words. lasts: of crops of which it can be said."""

    lists: Mapping[str, Mapping[str, Text]]
    lasts: Mapping[str, str]
    limits: Mapping[str, Limit]
    stars: tuple[Stars, ...]
    stars_ground: Limit
    figures: Mapping[str, str]


@lru_cache(maxsize=1)
def law() -> LivelihoodLaw:
    """The file, read once. Raises Bad with file and line where it is not as it should be."""
    folder = Path(settings.LAW_DIR)
    measures = tuple(read_measures(read_tree(folder / "measures.yaml")))
    tree = read_tree(folder / "livelihood.yaml", "livelihood.yaml")
    fields = tree.mapping(required=("crops", *LISTS, "limits", "stars", "figures"))
    crops = [each.mapping(required=("code", "name"), optional=("lasts",)) for each in fields["crops"].items()]
    stars = fields["stars"].mapping(required=(*GROUND, "scores"))
    lists = {name: _words(fields[name]) for name in LISTS}
    return LivelihoodLaw(
        {"crops": {each["code"].text(): read_text(each["name"]) for each in crops}, **lists},
        {each["code"].text(): each["lasts"].one_of(LASTING) for each in crops if "lasts" in each},
        dict(_limit(each) for each in fields["limits"].items()),
        tuple(_stars(each) for each in stars["scores"].items()),
        Limit(Decimal(0), read_clause(stars["clause"]), stars["provenance"].one_of(PROVENANCES)),
        dict(_figure(each, measures) for each in fields["figures"].items()),
    )


def words(name: str, code: str) -> str:
    """An entry of a list in the reader's language; a code no longer in the file as it is."""
    text = law().lists[name].get(code)
    return text.in_(language()) if text else code


def choices(name: str) -> list[tuple[str, str]]:
    """A list as a form offers it."""
    return [(code, text.in_(language())) for code, text in law().lists[name].items()]


def limit(code: str) -> Limit:
    return law().limits[code]


def least_area(crop: str) -> Limit | None:
    """The least area of a growing area of that crop, in ha; None where nobody can say."""
    lasts = law().lasts.get(crop)
    return limit(f"{lasts}_area") if lasts else None


def last_day(decided_on: date) -> date:
    """The last day on which stars given on a day hold: that day so many months later, itself included.

    A month without that day ends on its last (Civil Code 2015, article 148, recalled): 29/02/2024 leads to 28/02/2027.
    """
    months = decided_on.month - 1 + int(limit("ocop_months").number)
    year, month = decided_on.year + months // 12, months % 12 + 1
    return date(year, month, min(decided_on.day, monthrange(year, month)[1]))


def stars_of(score: Decimal) -> int | None:
    """How many stars a score gives; None where it gives none that the law names here."""
    bands = law().stars
    held = [each.stars for each in bands if each.least <= score < each.to]
    return held[0] if held else bands[-1].stars if score == bands[-1].to else None


def _words(node: Node) -> dict[str, Text]:
    found = (each.mapping(required=("code", "name")) for each in node.items())
    return {each["code"].text(): read_text(each["name"]) for each in found}


def _limit(node: Node) -> tuple[str, Limit]:
    each = node.mapping(required=("code", "number", *GROUND))
    ground = read_clause(each["clause"]), each["provenance"].one_of(PROVENANCES)
    return each["code"].text(), Limit(each["number"].number(), *ground)


def _stars(node: Node) -> Stars:
    each = node.mapping(required=("stars", "from", "to"))
    return Stars(each["stars"].whole(1), each["from"].number(), each["to"].number())


def _figure(node: Node, measures: tuple[str, ...]) -> tuple[str, str]:
    each = node.mapping(required=("measure", "counts"))
    return each["measure"].one_of(measures), each["counts"].one_of(COUNTS)
