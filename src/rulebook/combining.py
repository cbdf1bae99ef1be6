"""How the figures of several places make the figure of all of them: hamlets of a commune, communes that merge.

Each measure declares its way (`Measure.combines`). Exact throughout: means stay fractions, rounded only for display.
A place without a figure is never zero: the figure is that of the known places, beside how much is not known. The same
parts give the same figure in whatever groups they are combined, since a `Combined` is itself a part.

A measure kept per sex is combined one sex at a time.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from rulebook.measures import How, Measure, Share, Value
from rulebook.texts import EMPTY, Text

Number = int | Decimal | Fraction


@dataclass(frozen=True)
class Part:
    """One place's figure. value: None when not known. weight: its figure of the measure it counts by, None likewise.

    Where the measure counts by nothing, a weight only tells how much of the whole is known.
    """

    value: Value | Fraction | None
    weight: Number | None = None


@dataclass(frozen=True)
class Combined:
    """The figure of several places together.

    value: of the known ones, exact; None when none can be given. known, unknown: how many places.
    weight_known, weight_unknown: how much those count for; None when one of them has no weight.
    reason: why there is no value, or what it leaves out; empty when nothing is missing.
    """

    value: Fraction | Share | bool | str | None
    known: int
    unknown: int
    weight_known: Fraction | None
    weight_unknown: Fraction | None
    reason: Text = EMPTY

    @property
    def complete(self) -> bool:
        """Whether the value is that of all the places."""
        return self.value is not None and not self.unknown

    @property
    def unknown_share(self) -> Fraction | None:
        """How much of the whole is not known, in percent: by weight where all weights are, else by places."""
        if self.weight_known is not None and self.weight_unknown is not None:
            known, unknown = self.weight_known, self.weight_unknown
            if known + unknown:
                return 100 * unknown / (known + unknown)
        places = self.known + self.unknown
        return Fraction(100 * self.unknown, places) if places else None


def combine(measure: Measure, parts: Iterable[Part | Combined]) -> Combined:
    """The figure that `parts` make together by the measure's own way. Never raises for figures of that measure."""
    how = measure.combines.how
    members = [_member(part, how) for part in parts]
    known = sum(m.known for m in members)
    unknown = sum(m.unknown for m in members)
    weight_known = _total([m.weight_known for m in members])
    weight_unknown = _total([m.weight_unknown for m in members])
    value = None if how is How.NOT_ADDITIVE else _value(measure, members, unknown)
    reason = _reason(how, value, known, unknown, weightless=any(m.weightless for m in members))
    return Combined(value, known, unknown, weight_known, weight_unknown, reason)


@dataclass(frozen=True)
class _Member:
    """A part or a group of parts, in one shape. weightless: it has a figure that cannot count for want of a weight."""

    value: Fraction | Share | bool | str | None
    known: int
    unknown: int
    weight_known: Fraction | None
    weight_unknown: Fraction | None
    weightless: bool = False


def _member(part: Part | Combined, how: How) -> _Member:
    if isinstance(part, Combined):
        weightless = part.reason == _WEIGHTLESS
        return _Member(
            part.value, part.known, part.unknown, part.weight_known, part.weight_unknown, weightless
        )
    value = Fraction(part.value) if isinstance(part.value, Decimal) else part.value
    weight = None if part.weight is None else Fraction(part.weight)
    if how is How.SHARE and isinstance(value, Share):
        weight = Fraction(value.denominator)  # its own denominator, whatever else was counted
    if value is None:
        return _Member(None, 0, 1, Fraction(0), weight)
    if weight is None and how in (How.WEIGHTED, How.SHARE):
        return _Member(None, 0, 1, Fraction(0), None, weightless=True)
    return _Member(value, 1, 0, weight, Fraction(0))


def _value(
    measure: Measure, members: Sequence[_Member], unknown: int
) -> Fraction | Share | bool | str | None:
    how = measure.combines.how
    values = [m.value for m in members if m.value is not None]
    match how:
        case How.SUM:
            return sum(_numbers(values), Fraction(0)) if values else None
        case How.WEIGHTED | How.SHARE:
            return _mean(members)
        case How.ANY | How.ALL:
            decisive = how is How.ANY  # one such place settles it, however little is known of the others
            if decisive in values:
                return decisive
            return None if unknown or not values else not decisive
        case How.LOWEST:
            grades = [value for value in values if isinstance(value, str)]
            lowest = min(grades, key=measure.rank, default=None)
            return lowest if not unknown or lowest == measure.grades[0].code else None
        case How.NOT_ADDITIVE:
            return None


def _mean(members: Sequence[_Member]) -> Fraction | Share | None:
    """The mean by weight; a share when all that counts was counted as a/b. Over nothing at all: 0/0, or no value."""
    counting = [m for m in members if m.value is not None and m.weight_known]
    shares = [m.value for m in (counting or members) if isinstance(m.value, Share)]
    if shares and (len(shares) == len(counting) or not counting):
        return Share(sum(s.numerator for s in shares), sum(s.denominator for s in shares))
    whole = sum((m.weight_known or Fraction(0) for m in counting), Fraction(0))
    if not whole:
        return None
    amount = Fraction(0)
    for member in counting:
        if isinstance(member.value, Share):
            amount += 100 * member.value.numerator
        elif isinstance(member.value, Fraction) and member.weight_known is not None:
            amount += member.value * member.weight_known
    return amount / whole


def _numbers(values: Iterable[Fraction | Share | bool | str]) -> list[Fraction]:
    return [value for value in values if isinstance(value, Fraction)]


def _total(weights: Iterable[Fraction | None]) -> Fraction | None:
    total = Fraction(0)
    for weight in weights:
        if weight is None:
            return None
        total += weight
    return total


_WEIGHTLESS = Text(
    "Thiếu số liệu dùng làm quyền số nên chưa gộp được.",
    "The figures to weigh by are missing, so it cannot be combined yet.",
)
_NOT_ADDITIVE = Text(
    "Số đo này không gộp được từ nhiều nơi; hãy ghi số liệu của chính nơi đó.",
    "This measure cannot be combined from several places; record the place's own figure.",
)
_NO_PLACES = Text("Không có nơi nào để gộp.", "There are no places to combine.")
_NONE_KNOWN = Text("Chưa nơi nào có số liệu.", "No place has a figure yet.")
_OPEN = Text(
    "Những nơi đã có số liệu chưa đủ để kết luận cho tất cả.",
    "The places with a figure do not settle it for all of them.",
)
_OVER_NOTHING = Text(
    "Tổng quyền số bằng 0 nên không có bình quân.", "The weights add up to nothing, so there is no mean."
)


def _reason(how: How, value: object, known: int, unknown: int, *, weightless: bool) -> Text:
    """Why there is no value, or what it leaves out."""
    if how is How.NOT_ADDITIVE:
        return _NOT_ADDITIVE
    if not known and not unknown:
        return _NO_PLACES
    if value is None:
        if weightless and not known:
            return _WEIGHTLESS
        if not known:
            return _NONE_KNOWN
        return _OVER_NOTHING if how in (How.WEIGHTED, How.SHARE) else _OPEN
    if not unknown:
        return EMPTY
    places = known + unknown
    return Text(
        f"Chưa tính {unknown} trong {places} nơi vì thiếu số liệu.",
        f"Leaves out {unknown} of {places} places for want of figures.",
    )


def ways(measure: Measure, weight: Measure | None = None) -> Text:
    """How the measure combines, in words. weight: the measure it counts by, where it has one."""
    words = _WAYS[measure.combines.how]
    if weight is None:
        return words
    if measure.combines.how is How.SHARE:
        words = Text(f"{words.vi}; số phần trăm", f"{words.en}; a bare percent")
    return Text(f"{words.vi} tính theo “{weight.name.vi}”", f"{words.en}, counting by “{weight.name.en}”")


_WAYS = {
    How.SUM: Text("cộng", "added up"),
    How.WEIGHTED: Text("bình quân gia quyền", "weighted mean"),
    How.SHARE: Text("cộng tử số và mẫu số", "numerators and denominators added"),
    How.ANY: Text("có nếu ít nhất một nơi có", "true where any place is"),
    How.ALL: Text("có nếu mọi nơi đều có", "true where every place is"),
    How.LOWEST: Text("lấy mức thấp nhất", "the lowest grade"),
    How.NOT_ADDITIVE: Text("không gộp được", "not combined"),
}
