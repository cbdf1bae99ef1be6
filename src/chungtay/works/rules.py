"""law/works.yaml as this package asks for it: kinds, products, limits, the clause a refusal cites."""

from datetime import date
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from chungtay.core.language import language
from rulebook.loading.measures import read_measures
from rulebook.loading.tree import read_tree
from rulebook.loading.works import read_works
from rulebook.works import Product, SimpleFile, WorksLaw
from viet.numbers import format_number

FOUND = "found"


@lru_cache(maxsize=1)
def law() -> WorksLaw:
    """The file, read once."""
    folder = Path(settings.LAW_DIR)
    return read_works(folder / "works.yaml", read_measures(read_tree(folder / "measures.yaml")))


def product(code: str) -> Product | None:
    """What a bill line builds; None where it builds nothing that is counted."""
    return law().products.get(code)


def kind_words(code: str) -> str:
    """A kind of work in the language of the moment; a code no longer in the file as it is."""
    kind = law().kinds.get(code)
    return kind.name.in_(language()) if kind else code


def ground(code: str) -> str:
    """The clause a refusal cites, with how sure it is."""
    found = law().grounds[code]
    clause = found.clause.in_(language())
    return clause if found.provenance == FOUND else _("%(clause)s; chưa xác nhận") % {"clause": clause}


def limit_words(estimate_dong: int, on: date) -> tuple[str, str, bool]:
    """What the law's limit says of a simple file of that cost made on a day: sentence, provenance, is it exceeded.

    Nothing is refused by a limit that nobody has compared with the original; the sentence asks a person to look.
    """
    limit = law().simple_file_on(on)
    if limit is None:
        return "", "", False
    return (
        _sentence(limit, estimate_dong),
        limit.provenance,
        limit.most_dong is not None and estimate_dong > limit.most_dong,
    )


def _sentence(limit: SimpleFile, estimate_dong: int) -> str:
    clause = limit.clause.in_(language())
    if limit.most_dong is None:
        return _("Chưa biết mức dự toán tối đa của hồ sơ đơn giản theo %(clause)s.") % {"clause": clause}
    told = {"clause": clause, "most": format_number(limit.most_dong), "cost": format_number(estimate_dong)}
    if estimate_dong > limit.most_dong:
        return (
            _(
                "Dự toán %(cost)s đồng vượt mức %(most)s đồng của hồ sơ đơn giản theo %(clause)s. Hãy hỏi cấp trên."
            )
            % told
        )
    return _("Dự toán nằm trong mức %(most)s đồng của hồ sơ đơn giản theo %(clause)s.") % told
