"""Words kept as somebody wrote them, in Vietnamese, on a page that may be in another language."""

import re
from collections.abc import Iterator

from django.utils.html import conditional_escape, escape, format_html
from django.utils.safestring import SafeString, mark_safe

from chungtay.core.language import language

_WORD = re.compile(r"[^\W\d_]+")
_DOCUMENT = re.compile(r"[0-9]+(?:/[0-9]{4})?/[A-ZĐ][\w-]*")
_LINKS = frozenset(("and", "or", "of", "for", "the", "in", "to", "a", "an", "is", "as", "was", "were"))
_GAP = 2  # words without marks that may stand inside a run of Vietnamese: “nông thôn mới ban hành”


def quoted(text: object) -> str:
    """`text` marked as Vietnamese where the page is not, so that it is read out and hyphenated as what it is."""
    if not text or language() == "vi":
        return str(text or "")
    return format_html('<span lang="vi">{}</span>', text)


def marked(text: str) -> str:
    """English prose with the Vietnamese in it marked: the names, titles and words that the law's notes cite."""
    if language() == "vi":
        return text
    html: list[str] = []
    reached = 0
    for start, end in _vietnamese_runs(text):
        html += [conditional_escape(text[reached:start]), quoted(text[start:end])]
        reached = end
    return mark_safe("".join([*html, conditional_escape(text[reached:])]))  # every part was escaped


def _vietnamese_runs(text: str) -> Iterator[tuple[int, int]]:
    """Where a run of Vietnamese words begins and ends; numbers of documents are no words."""
    numbers = [found.span() for found in _DOCUMENT.finditer(text)]
    run: tuple[int, int] | None = None
    gap = 0
    for word in _WORD.finditer(text):
        plain = word[0].isascii() or any(start <= word.start() < end for start, end in numbers)
        if plain:
            gap = gap + 1 if word[0].lower() not in _LINKS else _GAP + 1
            continue
        if run and gap <= _GAP and not set(text[run[1] : word.start()]) & set(".;:()“”"):
            run = (run[0], word.end())
        else:
            if run:
                yield run
            run = word.span()
        gap = 0
    if run:
        yield run


def sentence(pattern: str, **words: object) -> SafeString:
    """A translated sentence with words put in, of which some may be quoted."""
    safe = {name: conditional_escape(str(word)) for name, word in words.items()}
    return mark_safe(escape(pattern) % safe)  # every part was escaped
