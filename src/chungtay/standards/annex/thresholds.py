"""The words of a threshold, read: “≥ 90%”, “≤1,5”, “Đạt”, “Từ 03 điểm trở lên”, “UBND tỉnh quy định”.

Nothing is guessed: what two readers could read differently keeps its words and goes to the person.
"""

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum

from rulebook.rules import Op
from viet.letters import fold
from viet.numbers import NumberProblem, parse_number


class Shape(StrEnum):
    NUMBER = "number"
    MET = "met"  # “Đạt”: a thing that is so or not
    NONE = "none"  # “Không”: there must be none
    DELEGATED = "delegated"  # another body sets it
    PARTS = "parts"  # two thresholds in one cell
    BLANK = "blank"
    UNREAD = "unread"


@dataclass(frozen=True)
class Threshold:
    """What the words of one cell say. text: the words, kept as they are.

    op and value: for a NUMBER; op is None when the words give no direction (“80”), and then it is not ready.
    unit: the words after the number. body: who sets a DELEGATED one. parts: the thresholds of PARTS, in order.
    problem: why a person must decide; "" when nothing is in doubt.
    """

    text: str
    shape: Shape
    op: Op | None = None
    value: Decimal | None = None
    unit: str = ""
    body: str = ""
    parts: tuple["Threshold", ...] = ()
    problem: str = ""

    @property
    def ready(self) -> bool:
        """Whether it can be taken over as it stands."""
        return self.shape in (Shape.NUMBER, Shape.MET, Shape.NONE) and not self.problem

    def directed(self, op: Op | None) -> "Threshold":
        """The same with the direction a person chose for figures that stand without a sign."""
        if self.shape is Shape.NUMBER and self.op is None and op is not None:
            return replace(self, op=op, problem="")
        return self


_NUMBER = r"(?P<number>[-−+]?\d[\d.,]*(?:\s\d{3})*)"
_UNIT = r"(?P<unit>[^\d≥≤<>=;]*?)"
_SIGNS = {"≥": Op.AT_LEAST, "≤": Op.AT_MOST, ">": Op.ABOVE, "<": Op.BELOW, "=": Op.EQUALS}
_WORDS = {
    Op.AT_LEAST: ("toi thieu", "it nhat", "khong thap hon", "khong duoi", "khong it hon", "tu"),
    Op.AT_MOST: ("toi da", "khong qua", "khong vuot qua", "khong lon hon", "khong tren", "nhieu nhat"),
    Op.ABOVE: ("tren", "hon", "lon hon", "cao hon"),
    Op.BELOW: ("duoi", "nho hon", "thap hon"),
    Op.EQUALS: ("bang",),
}
_OP_OF = {word: op for op, words in _WORDS.items() for word in words}
_LEAD = r"(?:(?P<sign>[≥≤<>=])|(?P<word>" + "|".join(sorted(_OP_OF, key=len, reverse=True)) + r")\b)?"
_AFTER = r"(?P<after>tro len|tro xuong)?"
_ONE = re.compile(rf"(?:(?:dat|co)(?: muc)?:?\s+)?{_LEAD}\s*{_NUMBER}\s*{_UNIT}\s*{_AFTER}")
_TYPED = {
    "> =": "≥", ">=": "≥", "=>": "≥", "≧": "≥", "⩾": "≥", "＞": ">",
    "< =": "≤", "<=": "≤", "=<": "≤", "≦": "≤", "⩽": "≤", "＜": "<",
}  # fmt: skip
_CONDITION = re.compile(
    r"\b(?:doi voi|neu|rieng|truong hop|ap dung|tru|trong|theo|va|hoac|den|so voi|khi)\b|[(),;:]"
)
_LONGEST = 300  # letters in a cell that can still be one threshold
_UNIT_WORDS = 6
_MET = {"dat", "co", "dat chuan", "yeu cau dat", "phai dat"}
_NONE = {"khong", "khong co", "khong con"}
_BLANK = {"", "-", "–", "—", "…", "...", "/"}
_DELEGATES = re.compile(
    r"(?:do |theo )?(?P<body>(?:ubnd|uy ban|hdnd|hoi dong|bo|so|thu tuong|chu tich|cap tinh|tinh|dia phuong)\b.*?)"
    r"\s*,?\s*(?:quy dinh|cong bo|huong dan|ban hanh|quyet dinh|xac dinh)\b.*"
)
_DELEGATED_BARE = re.compile(
    r"(?:theo )?(?:quy dinh|huong dan)(?: cu the)? cua (?P<body>(?:ubnd|uy ban|hdnd|bo|so)\b.*)"
)


def read_threshold(text: str) -> Threshold:
    """What one cell's words say; never raises."""
    line = " ".join(text.split())
    for typed, sign in _TYPED.items():
        line = line.replace(typed, sign)
    line = line.strip().rstrip(".;,").strip()
    words = fold(line)
    if len(line) > _LONGEST:
        return Threshold(text, Shape.UNREAD, problem="Ô dài quá, không phải là một mức đạt.")
    if words in _BLANK:
        return Threshold(text, Shape.BLANK)
    if words in _MET:
        return Threshold(text, Shape.MET)
    if words in _NONE:
        return Threshold(text, Shape.NONE, Op.EQUALS, Decimal(0))
    if found := _DELEGATES.fullmatch(words) or _DELEGATED_BARE.fullmatch(words):
        return Threshold(text, Shape.DELEGATED, body=_as_written(line, words, found.span("body")))
    if found := _ONE.fullmatch(words):
        return _one(text, line, words, found)
    if parts := _parts(line):
        return Threshold(
            text, Shape.PARTS, parts=parts, problem="Ô ghi hai mức trong một: cần chọn số đo cho từng mức."
        )
    return Threshold(text, Shape.UNREAD, problem="Chưa đọc được mức này thành con số hay “Đạt”.")


def _as_written(line: str, words: str, span: tuple[int, int]) -> str:
    """The piece of `line` that folding put at `span`; folding keeps the length of a composed line."""
    return line[span[0] : span[1]] if len(line) == len(words) else words[span[0] : span[1]]


def _one(text: str, line: str, words: str, found: "re.Match[str]") -> Threshold:
    unit = _as_written(line, words, found.span("unit")).strip(" /")
    if _CONDITION.search(fold(unit)) or len(unit.split()) > _UNIT_WORDS:
        problem = f"Sau con số còn lời “{unit}”: có thể là điều kiện, cần người quyết định."
        return Threshold(text, Shape.UNREAD, problem=problem)
    op = _SIGNS[found["sign"]] if found["sign"] else _OP_OF.get(found["word"] or "")
    after = {"tro len": Op.AT_LEAST, "tro xuong": Op.AT_MOST}.get(found["after"] or "")
    if after and op not in (None, after) and found["word"] != "tu":
        return Threshold(text, Shape.UNREAD, problem="Hai chiều so sánh trái nhau trong một ô.")
    op = after or op
    try:
        value = parse_number(found["number"].strip())
    except NumberProblem as wrong:
        return Threshold(text, Shape.UNREAD, unit=unit, problem=str(wrong))
    if op is None and value == 0:
        op = Op.EQUALS
    if op is None and value == 100 and unit.startswith("%"):
        op = Op.AT_LEAST
    problem = "" if op else "Con số không kèm dấu ≥ hay ≤: chưa rõ phải từ mức này trở lên hay trở xuống."
    return Threshold(text, Shape.NUMBER, op, value, unit, problem=problem)


_HELD = re.compile(r"(?P<first>[^()]+)\((?P<second>[^()]+)\)")
_OF_WHICH = re.compile(r"(?P<first>.+?)[,;]\s*(?=trong đó|Trong đó)(?P<second>.+)")


def _parts(line: str) -> tuple[Threshold, ...]:
    """“100% (≥60% từ hệ thống tập trung)”, “≥ 95%, trong đó ≥ 60% …”: the two, when each holds one number."""
    found = _HELD.fullmatch(line) or _OF_WHICH.fullmatch(line)
    if not found:
        return ()
    first = read_threshold(found["first"].strip())
    inner = re.search(r"([≥≤<>=]|từ|tối thiểu|ít nhất)?\s*\d[\d.,]*\s*%?", found["second"], re.IGNORECASE)
    if first.shape is not Shape.NUMBER or not inner or len(re.findall(r"\d[\d.,]*", found["second"])) != 1:
        return ()
    second = replace(read_threshold(inner[0].strip()), text=found["second"].strip())
    return (first, second) if second.shape is Shape.NUMBER else ()
