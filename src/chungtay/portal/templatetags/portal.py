"""Words of records and of the law on public pages."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from django import template
from django.utils.translation import gettext

from chungtay.core.language import language
from chungtay.people.roles import label_in_words
from chungtay.standards.queries import VersionView
from chungtay.ui.bars import read_parts
from rulebook import Text

register = template.Library()


@register.filter
def in_language(text: Text) -> str:
    """A text of the law in the reader's language."""
    return text.in_(language())


@register.filter
def with_years(view: VersionView) -> str:
    """A standard's name with the years it is for, where the name does not say them."""
    name, years = view.name.in_(language()), view.years.in_(language())
    plain = years.replace("–", "-")
    return name if plain in name.replace("–", "-") else f"{name}, {years}"


@register.filter
def first_up(text: str) -> str:
    """A name that opens a line: Xóm Khe Cốc. The rest keeps its letters."""
    return text[:1].upper() + text[1:]


@register.filter
def at(mapping: Mapping[int, Any], key: int) -> object:
    """mapping[key] for a key that is a number; "" where there is none."""
    return mapping.get(key, "")


@register.filter
def unit_words(unit: str) -> str:
    """A unit of the ledger; one that is not its own stands as it was written."""
    return {"công": gettext("công"), "đồng": gettext("đồng")}.get(unit, unit)


@register.filter
def first_picture(shown: Iterable[Mapping[str, Any]]) -> str:
    """Of works or spots with their photographs: the address of the last photograph of the first that has any."""
    return next((str(each["shots"][-1]["large"]) for each in shown or () if each["shots"]), "")


@register.inclusion_tag("ui/components/honest_bar.html")
def money_parts(items: Iterable[Mapping[str, Any]]) -> dict[str, object]:
    """Amounts in đồng as one bar in triệu đồng."""
    parts = read_parts(
        [{"label": each["label"], "value": Decimal(each["value"]) / 1_000_000} for each in items]
    )
    unit = gettext("triệu đồng")
    return {"parts": parts, "unit": unit, "label": "", "words": "; ".join(part.words(unit) for part in parts)}


@register.filter
def post(label: str) -> str:
    """A post as it was recorded, its title in the reader's language; the place keeps its name."""
    return label_in_words(label)
