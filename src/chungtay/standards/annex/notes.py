"""Footnotes: the marks in cells (raised figures, asterisks) and the lines they lead to."""

import re
from collections.abc import Iterable, Mapping

RAISED, LOWERED = "\ue000", "\ue001"
"""What readers put around raised text, so that “m²” and “95%¹” can be told apart here."""

_RAISED = re.compile(f"{RAISED}([^{LOWERED}]*){LOWERED}")
_RAISED_SIGNS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_SIGNS = re.compile(r"(?<![mM])[⁰¹²³⁴⁵⁶⁷⁸⁹]+")
_POWERS = {"2": "²", "3": "³"}
_ASTERISKS = re.compile(r"[(\[]?(\*+)[)\]]?")
_LAST_NUMBER = re.compile(r"\s*[(\[](\d{1,2})[)\]]\s*$")
_LINE = re.compile(
    rf"(?:ghi chú\s*:?\s*)?(?:{RAISED}[(\[]?(?P<raised>[\w*]{{1,3}})[)\]]?{LOWERED}|[(\[](?P<held>\*+|\d{{1,2}})[)\]]"
    r"|(?P<stars>\*+)|(?P<sign>[⁰¹²³⁴⁵⁶⁷⁸⁹]+))\s*[:.–-]?\s*(?P<text>\S.*)",
    re.IGNORECASE | re.DOTALL,
)


def without_signals(text: str) -> str:
    """Text from outside, freed of the two signals used here."""
    return text.replace(RAISED, "").replace(LOWERED, "")


def plain(raw: str) -> str:
    """Raised text written on the line: a power as ² or ³, anything else as it is."""
    return _RAISED.sub(lambda found: _power(raw, found) or found[1], raw)


def footnote_lines(lines: Iterable[str]) -> dict[str, str]:
    """The lines that begin with a mark, by mark: {"*": "Áp dụng từ năm 2023", "1": …}."""
    found: dict[str, str] = {}
    for line in lines:
        if match := _LINE.fullmatch(line.strip()):
            mark = (
                match["raised"] or match["held"] or match["stars"] or match["sign"].translate(_RAISED_SIGNS)
            )
            found.setdefault(mark, " ".join(plain(match["text"]).split()))
    return found


def is_footnote(line: str) -> bool:
    """Whether a line at the foot of a table is a note: it begins with a mark or says “Ghi chú”."""
    return bool(_LINE.fullmatch(line.strip())) or line.strip().lower().startswith(("ghi chú", "chú thích"))


def resolve(raw: str, known: Mapping[str, str]) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
    """(text without marks, the footnotes it refers to, remarks on marks that lead nowhere)."""
    notes: list[str] = []
    remarks: list[str] = []

    def mark(sign: str) -> str:
        if sign in known:
            notes.append(known[sign])
        else:
            remarks.append(f"Có dấu chú thích “{sign}” nhưng không thấy lời chú thích.")
        return ""

    def raised(found: re.Match[str]) -> str:
        if power := _power(raw, found):
            return power
        sign = found[1].strip(" ()[],")
        if sign in known or re.fullmatch(r"\d{1,2}|\*+", sign):
            return mark(sign)
        return found[1]

    text = _RAISED.sub(raised, raw)
    text = _SIGNS.sub(lambda found: mark(found[0].translate(_RAISED_SIGNS)), text)
    if not text.strip(" ()*"):
        return text.strip(), tuple(notes), tuple(remarks)
    text = _ASTERISKS.sub(lambda found: mark(found[1]), text)
    if (last := _LAST_NUMBER.search(text)) and last[1] in known and text[: last.start()].strip():
        mark(last[1])
        text = text[: last.start()]
    return text.strip(), tuple(dict.fromkeys(notes)), tuple(dict.fromkeys(remarks))


def _power(raw: str, found: re.Match[str]) -> str:
    """“²” or “³” when what is raised is the power of a length (m², km³)."""
    return _POWERS.get(found[1].strip(), "") if raw[: found.start()].endswith(("m", "M")) else ""
