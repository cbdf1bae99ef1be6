"""The numbers Word counts itself: they stand in no text, yet they are what people read."""

from typing import Any

from docx.oxml.ns import qn

_ROMAN = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))


class Numbering:
    """Counts the numbered paragraphs of a document in reading order. root: numbering.xml, or nothing."""

    def __init__(self, root: Any) -> None:
        self._levels: dict[str, dict[int, tuple[str, str, int]]] = {}  # list → level → (form, text, first)
        self._counts: dict[str, dict[int, int]] = {}
        self._abstract: dict[str, str] = {}
        if root is None:
            return
        forms = {each.get(qn("w:abstractNumId")): each for each in root.iter(qn("w:abstractNum"))}
        for each in root.iter(qn("w:num")):
            link = each.find(qn("w:abstractNumId"))
            abstract = link.get(qn("w:val")) if link is not None else None
            if abstract in forms:
                number = str(each.get(qn("w:numId")))
                restarts = each.find(qn("w:lvlOverride")) is not None
                self._abstract[number] = f"{abstract}/{number}" if restarts else str(abstract)
                self._levels[number] = dict(_level(level) for level in forms[abstract].iter(qn("w:lvl")))

    def label(self, paragraph: Any) -> str:
        """The number Word shows before a paragraph, or nothing; counts it."""
        own = paragraph.find(f"{qn('w:pPr')}/{qn('w:numPr')}")
        if own is None:
            return ""
        number, level = (own.find(qn(name)) for name in ("w:numId", "w:ilvl"))
        key = str(number.get(qn("w:val"))) if number is not None else ""
        depth = (
            int(level.get(qn("w:val"))) if level is not None and level.get(qn("w:val"), "").isdigit() else 0
        )
        levels = self._levels.get(key, {})
        if depth not in levels:
            return ""
        counts = self._counts.setdefault(self._abstract[key], {})
        counts[depth] = counts.get(depth, levels[depth][2] - 1) + 1
        for deeper in [each for each in counts if each > depth]:
            del counts[deeper]
        form, text, _ = levels[depth]
        if form in ("bullet", "none"):
            return ""
        for each in range(depth + 1):
            if each in levels:
                text = text.replace(
                    f"%{each + 1}", _written(counts.get(each, levels[each][2]), levels[each][0])
                )
        return text.strip()


def _level(element: Any) -> tuple[int, tuple[str, str, int]]:
    def value(name: str, default: str) -> str:
        found = element.find(qn(name))
        return str(found.get(qn("w:val")) or "") if found is not None else default

    start = value("w:start", "1")
    depth = str(element.get(qn("w:ilvl")) or "0")
    return int(depth) if depth.isdigit() else 0, (
        value("w:numFmt", "decimal"),
        value("w:lvlText", ""),
        int(start) if start.isdigit() else 1,
    )


def _written(number: int, form: str) -> str:
    if form in ("upperRoman", "lowerRoman") and 0 < number < 40:
        text = ""
        for value, sign in _ROMAN:
            text += sign * (number // value)
            number %= value
        return text if form == "upperRoman" else text.lower()
    if form in ("upperLetter", "lowerLetter") and 0 < number <= 26:
        return chr((64 if form == "upperLetter" else 96) + number)
    return str(number)
