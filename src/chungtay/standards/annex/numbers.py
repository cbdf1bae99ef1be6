"""The numbers in front of groups, criteria and indicators: “II”, “Tiêu chí 5”, “17.10.”, “a)”."""

import re
from dataclasses import dataclass
from enum import StrEnum


class Depth(StrEnum):
    GROUP = "group"  # I, II, A
    CRITERION = "criterion"  # 5
    INDICATOR = "indicator"  # 5.1
    ITEM = "item"  # a), -


@dataclass(frozen=True)
class Numbered:
    """A number taken off the front of a text: its depth, its code (“17.10”) and the words left."""

    depth: Depth
    code: str
    rest: str


_ROMAN = re.compile(r"(?P<code>[IVX]{1,5})(?:[.):]\s*|\s+(?=\S)|$)(?P<rest>.*)", re.DOTALL)
_DOTTED = re.compile(
    r"(?:(?:tiêu chí|chỉ tiêu|TC)\s*(?:số\s*)?)?(?P<code>\d{1,2}(?:[.,]\d{1,2}){1,2})(?:[.):]\s*|\s+|$)(?P<rest>.*)",
    re.DOTALL | re.IGNORECASE,
)
_WHOLE = re.compile(r"(?P<code>\d{1,2})(?:[.):]\s*|$)(?P<rest>.*)", re.DOTALL)
_NAMED = re.compile(
    r"(?:tiêu chí|TC)\s*(?:số\s*)?(?P<code>\d{1,2})(?:\s*[.):–-]\s*|\s+(?:về\s+)?|$)(?P<rest>.*)",
    re.DOTALL | re.IGNORECASE,
)
_ITEM = re.compile(r"(?P<code>[a-zđ])\)\s*(?P<rest>.*)|(?P<dash>[-+•–])\s+(?P<more>.*)", re.DOTALL)


def numbered(text: str) -> Numbered | None:
    """The number a text begins with, or nothing."""
    line = text.strip()
    if found := _DOTTED.fullmatch(line):
        code = ".".join(str(int(part)) for part in re.split(r"[.,]", found["code"]))
        return Numbered(Depth.INDICATOR, code, found["rest"].strip())
    for form in (_NAMED, _WHOLE):
        if found := form.fullmatch(line):
            return Numbered(Depth.CRITERION, str(int(found["code"])), found["rest"].strip())
    if found := _ROMAN.fullmatch(line):
        return Numbered(Depth.GROUP, found["code"], found["rest"].strip())
    if found := _ITEM.fullmatch(line):
        return Numbered(Depth.ITEM, found["code"] or "", (found["rest"] or found["more"] or "").strip())
    return None


def is_number(text: str) -> bool:
    """Whether a cell holds only the number of a group, criterion or indicator."""
    found = numbered(text)
    return bool(found and not found.rest and found.depth is not Depth.ITEM)
