"""Words of records and of the law on public pages."""

from django import template

from chungtay.core.language import language
from rulebook import Text

register = template.Library()


@register.filter
def in_language(text: Text) -> str:
    """A text of the law in the reader's language."""
    return text.in_(language())


@register.filter
def first_up(text: str) -> str:
    """A name that opens a line: Xóm Khe Cốc. The rest keeps its letters."""
    return text[:1].upper() + text[1:]
