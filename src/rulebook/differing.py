"""`differ`: what changed from one standard to another, in sentences, in legal order."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from rulebook.describing import Names, in_one_line
from rulebook.differing_rules import rule_changes
from rulebook.pairing import pair_criteria, pair_indicators
from rulebook.standard import Criterion, Indicator, Standard
from rulebook.texts import EMPTY, Text
from rulebook.withdrawing import band_text
from rulebook.wording import level_name, unlisted_text
from viet.dates import format_day

_STATUS = {
    "law": Text("văn bản luật", "the law"),
    "sample": Text("bộ mẫu", "a sample"),
    "skeleton": Text("bộ khung", "a skeleton"),
}
_TRUST = {
    "found": Text("đã thấy ở nguồn", "seen in a source"),
    "recalled": Text("chưa xác nhận", "unconfirmed"),
    "illustrative": Text("bộ mẫu", "a sample"),
    "unknown": Text("chưa biết", "not known"),
}
_RESOURCE = {
    "": EMPTY,
    "state": Text("Nhà nước", "the State"),
    "mixed": Text("Nhà nước và nhân dân", "the State and the people"),
    "community": Text("cộng đồng", "the community"),
}
_NOT_NAMED_BEFORE = Text("trước không nêu", "not named before")
_NOT_NAMED_NOW = Text("nay không nêu", "not named now")


@dataclass(frozen=True)
class Change:
    """One thing that changed. kind: what; code: of the criterion or indicator as it is now, or was."""

    kind: str
    code: str
    text: Text


def differ(a: Standard, b: Standard, names: Names) -> list[Change]:
    """What changed from `a` to `b`. `names`: words for the codes of regions, classes and sectors.

    Nothing changed is one sentence of its own, of kind "none".
    """
    changes = [*_heads(a, b), *_criteria(a.criteria, b.criteria)]
    conditions = _Indicators(a, b, names, Text("Điều kiện", "Condition"))
    changes += conditions.changes(a.prerequisites, b.prerequisites)
    changes += replace(conditions, word=Text("Chỉ tiêu", "Indicator")).changes(a.indicators, b.indicators)
    if changes:
        return changes
    if a.digest == b.digest:
        return [Change("none", "", Text("Hai bộ tiêu chí là một.", "The two are one and the same."))]
    return [
        Change(
            "none",
            "",
            Text(
                "Tiêu chí, chỉ tiêu và mức không thay đổi; chỉ khác phần ghi kèm (mã, phiên bản, nguồn, ghi chú).",
                "Criteria, indicators and thresholds stayed; only what stands beside them differs (id, version).",
            ),
        )
    ]


# --- the whole --------------------------------------------------------------------------------------------------


def _heads(a: Standard, b: Standard) -> list[Change]:
    found = [
        _changed("name", "", Text("Tên", "Name"), a.name, b.name),
        _changed("title", "", Text("Danh hiệu", "Title"), a.title, b.title),
        _changed("level", "", Text("Cấp", "Level"), level_name(a.level), level_name(b.level)),
        _changed("status", "", Text("Tình trạng", "Status"), _STATUS[a.status], _STATUS[b.status]),
        _changed("province", "", Text("Tỉnh", "Province"), _plain(a.province), _plain(b.province)),
        _changed("period", "", Text("Giai đoạn", "Period"), a.years, b.years),
        _changed("in_force", "", Text("Hiệu lực", "In force"), _days(a), _days(b)),
        _changed("legal_basis", "", Text("Căn cứ", "Legal basis"), a.legal_basis, b.legal_basis),
        _changed(
            "region_override", "", Text("Áp dụng vùng khác", "Other regions"), _overrides(a), _overrides(b)
        ),
        _changed("recognition", "", Text("Người công nhận", "Recognised by"), a.decided_by, b.decided_by),
        _changed("recognition", "", Text("Điều kiện công nhận", "Conditions"), _told(a), _told(b)),
        _changed("withdrawal", "", Text("Thu hồi", "Withdrawal"), _withdrawal(a), _withdrawal(b)),
    ]
    return [change for change in found if change]


def _changed(kind: str, code: str, what: Text, before: Text, after: Text) -> Change | None:
    """A change of words; None when the Vietnamese, which is the law, stayed."""
    if before.vi == after.vi:
        return None
    old = Text(f"trước “{before.vi}”", f"before “{before.en}”") if before.vi else _NOT_NAMED_BEFORE
    new = Text(f"nay “{after.vi}”", f"now “{after.en}”") if after.vi else _NOT_NAMED_NOW
    return Change(kind, code, Text(f"{what.vi}: {old.vi}, {new.vi}.", f"{what.en}: {old.en}, {new.en}."))


def _plain(code: str) -> Text:
    return Text(code, code)


def _days(standard: Standard) -> Text:
    start, end = standard.in_force.start, standard.in_force.end
    vi = f"từ {format_day(start)}" if start else "từ ngày chưa biết"
    en = f"from {start.isoformat()}" if start else "from a day not known"
    if end:
        vi, en = f"{vi} đến trước {format_day(end)}", f"{en} to before {end.isoformat()}"
    return Text(vi, en)


def _overrides(standard: Standard) -> Text:
    return _joined([each.text for each in standard.region_overrides])


def _told(standard: Standard) -> Text:
    return _joined([each.name for each in standard.conditions])


def _withdrawal(standard: Standard) -> Text:
    terms = standard.withdrawal
    if terms is None:
        return EMPTY
    keys = Text(
        f"tiêu chí trọng yếu: {', '.join(terms.key_criteria)}",
        f"key criteria: {', '.join(terms.key_criteria)}",
    )
    return _joined([*(band_text(band) for band in terms.bands), *([keys] if terms.key_criteria else [])])


def _joined(texts: list[Text]) -> Text:
    return Text("; ".join(each.vi for each in texts), "; ".join(each.en for each in texts))


# --- criteria ---------------------------------------------------------------------------------------------------


def _criteria(before: Sequence[Criterion], after: Sequence[Criterion]) -> list[Change]:
    pairs = {j: before[i] for i, j in pair_criteria(before, after)}
    kept = {each.number for each in pairs.values()}
    found = [
        Change(
            "criterion_removed",
            each.number,
            Text(
                f"Bỏ tiêu chí {each.number} “{each.name.vi}”.",
                f"Criterion {each.number} “{each.name.en}” is dropped.",
            ),
        )
        for each in before
        if each.number not in kept
    ]
    for place, each in enumerate(after):
        found += _criterion(pairs.get(place), each)
    return found


def _criterion(before: Criterion | None, after: Criterion) -> list[Change]:
    number, name = after.number, after.name
    if before is None:
        text = Text(f"Thêm tiêu chí {number} “{name.vi}”.", f"Criterion {number} “{name.en}” is added.")
        return [Change("criterion_added", number, text), *_unlisted(None, after)]
    found: list[Change] = []
    if before.number != number:
        text = Text(
            f"Tiêu chí “{name.vi}” từ số {before.number} thành số {number}.",
            f"Criterion “{name.en}” was number {before.number} and is now {number}.",
        )
        found.append(Change("criterion_moved", number, text))
    what = Text(f"Tiêu chí {number}, tên", f"Criterion {number}, name")
    renamed = _changed("criterion_renamed", number, what, before.name, name)
    return [*found, *([renamed] if renamed else []), *_unlisted(before, after)]


def _unlisted(before: Criterion | None, after: Criterion) -> list[Change]:
    old, new = (unlisted_text(each) if each and each.unlisted else EMPTY for each in (before, after))
    what = Text(f"Tiêu chí {after.number}", f"Criterion {after.number}")
    change = _changed("unlisted", after.number, what, old, new)
    return [change] if change else []


# --- indicators -------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Indicators:
    """The indicators (or conditions) of two standards. Where one is not fully known, absence proves nothing."""

    a: Standard
    b: Standard
    names: Names
    word: Text

    def changes(self, before: Sequence[Indicator], after: Sequence[Indicator]) -> list[Change]:
        pairs = {j: i for i, j in pair_indicators(before, after)}
        kept = set(pairs.values())
        found = [self.gone(each) for place, each in enumerate(before) if place not in kept]
        for place, each in enumerate(after):
            found += self.compared(before[pairs[place]], each) if place in pairs else [self.new(each)]
        return found

    def gone(self, each: Indicator) -> Change:
        vi, en = self.titled(each)
        if _is_partly_known(self.b):
            text = Text(
                f"{vi}: chưa thấy trong bộ sau; bộ sau còn chỉ tiêu chưa có nội dung.",
                f"{en}: not seen in the later one, of which not every indicator is known.",
            )
            return Change("indicator_not_seen", each.code, text)
        return Change("indicator_removed", each.code, Text(f"Bỏ {_lower(vi)}.", f"{en} is dropped."))

    def new(self, each: Indicator) -> Change:
        vi, en = self.titled(each)
        asked = in_one_line(each.rule, self.names)
        if _is_partly_known(self.a):
            text = Text(
                f"{vi}: nay {asked.vi}; chưa rõ trước có hay không, vì bộ trước còn chỉ tiêu chưa có nội dung.",
                f"{en}: now {asked.en}; not every indicator of the earlier one is known.",
            )
            return Change("indicator_newly_seen", each.code, text)
        text = Text(f"Thêm {_lower(vi)}: {asked.vi}.", f"{en} is added: {asked.en}.")
        return Change("indicator_added", each.code, text)

    def titled(self, each: Indicator) -> tuple[str, str]:
        return (
            f"{self.word.vi} {each.code} “{each.text.vi}”",
            f"{self.word.en} {each.code} “{each.text.en}”",
        )

    def compared(self, before: Indicator, after: Indicator) -> list[Change]:
        code, (vi, en) = after.code, self.titled(after)
        own = Text(f"{self.word.vi} {code}", f"{self.word.en} {code}")
        found: list[Change] = []
        if before.code != code:
            text = Text(f"{vi}: trước là {before.code}.", f"{en}: was {before.code}.")
            found.append(Change("indicator_moved", code, text))
        for kind, words in rule_changes(before.rule, after.rule, self.names):
            found.append(Change(kind, code, Text(f"{own.vi}: {words.vi}.", f"{own.en}: {words.en}.")))
        old, new = before.provenance, after.provenance
        told = (
            ("text", Text("lời văn", "words"), before.text, after.text),
            ("sector", Text("ngành phụ trách", "sectors"), self.sectors(before), self.sectors(after)),
            ("delegated", Text("giao quy định mức", "left to"), before.delegated_to, after.delegated_to),
            ("excuse", Text("không áp dụng khi", "not applicable when"), _excuse(before), _excuse(after)),
            ("resource", Text("nguồn lực", "resources"), _RESOURCE[before.resource], _RESOURCE[after.resource]),
            ("provenance", Text("xuất xứ của mức", "threshold"), _TRUST[old.threshold], _TRUST[new.threshold]),
            ("provenance", Text("xuất xứ của lời văn", "words"), _TRUST[old.text], _TRUST[new.text]),
        )  # fmt: skip
        for kind, what, one, other in told:
            change = _changed(kind, code, Text(f"{own.vi}, {what.vi}", f"{own.en}, {what.en}"), one, other)
            found += [change] if change else []
        return found

    def sectors(self, indicator: Indicator) -> Text:
        known = [self.names.get(code, Text(code, code)) for code in indicator.sectors]
        return Text(", ".join(each.vi for each in known), ", ".join(each.en for each in known))


def _is_partly_known(standard: Standard) -> bool:
    return standard.status == "skeleton" or any(criterion.unlisted for criterion in standard.criteria)


def _lower(sentence: str) -> str:
    return sentence[0].lower() + sentence[1:]


def _excuse(indicator: Indicator) -> Text:
    return indicator.excuse.text if indicator.excuse else EMPTY
