"""Words that come from records and from the law, in the language of the reader."""

from django import template
from django.utils.translation import get_language

from chungtay.people.roles import label_in_words
from rulebook import Text

register = template.Library()


@register.filter
def in_language(text: Text) -> str:
    """A text of the law in the reader's language."""
    return text.in_(get_language() or "vi")


@register.filter
def post(label: str) -> str:
    """A post as it was recorded, its title in the reader's language; the place keeps its name."""
    return label_in_words(label)
