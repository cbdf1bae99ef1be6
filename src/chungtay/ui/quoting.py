"""Words kept as somebody wrote them, in Vietnamese, on a page that may be in another language."""

from django.utils.html import conditional_escape, escape, format_html
from django.utils.safestring import SafeString, mark_safe

from chungtay.core.language import language


def quoted(text: object) -> str:
    """`text` marked as Vietnamese where the page is not, so that it is read out and hyphenated as what it is."""
    if not text or language() == "vi":
        return str(text or "")
    return format_html('<span lang="vi">{}</span>', text)


def sentence(pattern: str, **words: object) -> SafeString:
    """A translated sentence with words put in, of which some may be quoted."""
    safe = {name: conditional_escape(str(word)) for name, word in words.items()}
    return mark_safe(escape(pattern) % safe)  # every part was escaped
