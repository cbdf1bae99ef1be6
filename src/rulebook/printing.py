"""Findings and cures as plain text for a terminal, and the law as Markdown for docs/law/."""

from datetime import date

from rulebook.combining import ways
from rulebook.differing import Change
from rulebook.explaining import LAW, Cure
from rulebook.findings import Counts, Finding, StatedCounts
from rulebook.loading.book import Lawbook
from rulebook.pairing import Mapped
from rulebook.standard import Indicator, Standard
from rulebook.texts import EMPTY, Text
from rulebook.withdrawing import WORDS as WITHDRAWAL_WORDS
from rulebook.withdrawing import band_text
from rulebook.wording import age_text, unlisted_text
from viet.dates import format_day

WORDS = {
    "met": Text("đạt", "met"),
    "not_met": Text("chưa đạt", "not met"),
    "unknown": Text("chưa biết", "unknown"),
    "excused": Text("không áp dụng", "not applicable"),
}
SIGNS = {"met": "✓", "not_met": "✗", "unknown": "?", "excused": "–"}
MARKS = {
    "measured": Text("đo", "measured"),
    "told": Text("theo tài liệu", "told by a document"),
    "stated": Text("công bố", "stated"),
    "reconstructed": Text("dựng lại", "reconstructed"),
    "simulated": Text("mô phỏng", "simulated"),
}
STATED_WORDS = {
    "met": Text("đạt", "met"),
    "basically_met": Text("cơ bản đạt", "basically met"),
    "not_met": Text("chưa đạt", "not met"),
}
TRUST = {
    "found": Text("", ""),
    "recalled": Text("chưa xác nhận", "unconfirmed"),
    "illustrative": Text("bộ mẫu", "sample"),
    "unknown": Text("chưa biết ngưỡng", "threshold unknown"),
    "": Text("", ""),
}


def counts_sentence(counts: Counts, stated: StatedCounts | None = None) -> Text:
    """ "11/19 tiêu chí theo số liệu (2 chưa đạt, 6 chưa biết); 19/19 theo công bố, cơ bản đạt"."""
    if counts.unknown == counts.total:
        vi = f"Chưa xét được tiêu chí nào trong {counts.total} tiêu chí: chưa đủ số liệu hoặc mức của luật"
        en = f"None of the {counts.total} criteria can be judged yet: figures or the law's thresholds are missing"
        return _with_stated(Text(vi, en), stated)
    vi = f"{counts.holding}/{counts.total} tiêu chí đạt theo số liệu"
    en = f"{counts.holding}/{counts.total} criteria met as measured"
    rest = [(counts.not_met, "chưa đạt", "not met"), (counts.unknown, "chưa biết", "unknown")]
    rest.append((counts.excused, "không áp dụng", "not applicable"))
    if any(n for n, _, _ in rest):
        vi += " (" + ", ".join(f"{n} {word}" for n, word, _ in rest if n) + ")"
        en += " (" + ", ".join(f"{n} {word}" for n, _, word in rest if n) + ")"
    return _with_stated(Text(vi, en), stated)


def _with_stated(measured: Text, stated: StatedCounts | None) -> Text:
    vi, en = measured.vi, measured.en
    if stated and stated.silent < stated.total:
        share = f"{stated.met}/{stated.total}"
        if stated.basically and stated.basically == stated.met:
            vi, en = f"{vi}; cơ bản đạt {share} theo công bố", f"{en}; {share} basically met as stated"
        else:
            vi, en = f"{vi}; {share} theo công bố", f"{en}; {share} as stated"
            if stated.basically:
                vi, en = f"{vi} ({stated.basically} cơ bản đạt)", f"{en} ({stated.basically} basically met)"
    return Text(vi, en)


def print_finding(finding: Finding, *, language: str = "vi", depth: int = 0) -> list[str]:
    """The trace, one line a finding, indented."""
    lines = [_line(finding, language, depth)]
    if finding.kind == "standard" and depth == 0:
        lines.append(counts_sentence(finding.counts, finding.stated_counts).in_(language))
        if finding.note.vi:
            lines.append(f"! {finding.note.in_(language)}")
    for child in shown_below(finding):
        lines += print_finding(child, language=language, depth=depth + 1)
    return lines


def shown_below(finding: Finding) -> tuple[Finding, ...]:
    """The findings a reader should see under one: an indicator's own comparison is shown on its line."""
    children = finding.children
    if finding.kind in ("indicator", "prerequisite") and len(children) == 1:
        only = children[0]
        if only.kind in ("compare", "share"):
            return ()
        if only.kind in ("all_of", "at_least", "case") and only.label == EMPTY:
            return only.children
    return children


def _line(finding: Finding, language: str, depth: int) -> str:
    shown = finding
    if finding.kind in ("indicator", "prerequisite") and len(finding.children) == 1:
        child = finding.children[0]
        shown = child if child.kind in ("compare", "share") else finding
    parts = [f"{'  ' * depth}{SIGNS[finding.verdict]} {finding.code} {finding.label.in_(language)}".rstrip()]
    details = [WORDS[finding.verdict].in_(language)]
    if shown.value_text.vi and shown.value:
        mark = MARKS.get(shown.mark, EMPTY).in_(language) if shown.mark != "measured" else ""
        details.append(shown.value_text.in_(language) + (f" ({mark})" if mark else ""))
    if shown.threshold:
        is_flag = shown.threshold in ("true", "false")
        needs = "" if is_flag else {"vi": "cần ", "en": "needs "}[language]
        details.append(needs + shown.threshold_text.in_(language))
    if shown.gap_text.vi:
        details.append(shown.gap_text.in_(language))
    if finding.reason.vi and finding.verdict in ("unknown", "excused"):
        details.append(finding.reason.in_(language))
    if shown.age:
        details.append(age_text(shown.age).in_(language))
    if finding.kind in ("indicator", "prerequisite") and TRUST[finding.provenance].vi:
        details.append(f"[{TRUST[finding.provenance].in_(language)}]")
    if finding.stated:
        word = "công bố" if language == "vi" else "stated"
        day = format_day(date.fromisoformat(finding.stated_on), language)
        mark = MARKS.get(finding.stated_mark, EMPTY).in_(language)
        details.append(f"({word}: {STATED_WORDS[finding.stated].in_(language)}, {day}, {mark})")
    return parts[0] + " — " + "; ".join(details)


def print_cures(cures: list[Cure], *, language: str = "vi") -> list[str]:
    """What is missing, nearest cure first."""
    if not cures:
        return ["Không còn thiếu gì." if language == "vi" else "Nothing is missing."]
    lines: list[str] = []
    for place, cure in enumerate(cures, 1):
        many = ", ".join(cure.indicators) or "–"
        lines.append(
            f"{place}. {cure.code}. {cure.label.in_(language)} ({WORDS[cure.verdict].in_(language)}): {many}"
        )
        for need in cure.needs:
            amount = need.gap_text.in_(language) or need.threshold_text.in_(language)
            law = {"vi": " [luật]", "en": " [law]"}[language] if need.kind == LAW else ""
            lines.append(
                f"   - {need.indicator} {need.what.in_(language)}{f' — {amount}' if amount else ''}{law}"
            )
    return lines


def print_withdrawal(finding: Finding, *, language: str = "vi") -> list[str]:
    """Whether the title falls under a case for withdrawal: one line, then what must be settled or known."""
    case = f" ({finding.code}: {finding.threshold_text.in_(language)})" if finding.code else ""
    words = WITHDRAWAL_WORDS[finding.verdict].in_(language)
    lines = [f"{finding.label.in_(language)}: {words}{case}. {finding.value_text.in_(language)}."]
    trust = TRUST[finding.provenance].in_(language)
    lines[0] += f" {finding.clause.in_(language)}{f' [{trust}]' if trust else ''}."
    return lines + [f"! {text.in_(language)}" for text in (finding.reason, finding.note) if text.vi]


def print_changes(changes: list[Change], mapped: list[Mapped], *, language: str = "vi") -> list[str]:
    """What changed between two standards, one sentence a line, then which indicators ask the same measures."""
    lines = [f"- {change.text.in_(language)}" for change in changes]
    if mapped:
        head = (
            "Cùng hỏi một số đo (trước → nay):"
            if language == "vi"
            else "Asking the same measure (before → now):"
        )
        lines += ["", head, *(f"  {each}" for each in mapped)]
    return lines


def print_law(standard: Standard, book: Lawbook) -> str:
    """A standard and its worked cases as Markdown."""
    lines = [
        f"# {standard.name.vi}",
        "",
        f"*{standard.name.en}*",
        "",
        "<!-- Tạo tự động từ law/: python -m rulebook docs law docs/law -->",
        "",
    ]
    if standard.sample:
        lines += ["**Bộ mẫu**: nội dung không phải nguyên văn quyết định.", ""]
    if standard.status == "skeleton":
        lines += ["**Bộ khung**: mới biết tên tiêu chí, chưa có nội dung chỉ tiêu.", ""]
    lines += [
        f"- Mã: `{standard.id}`, phiên bản {standard.version}, dấu số `{standard.digest[:12]}`",
        f"- Căn cứ: {standard.legal_basis.vi or 'chưa biết'}",
        f"- Giai đoạn: {standard.years.vi}; "
        f"{len(standard.criteria)} tiêu chí, {len(standard.indicators)} chỉ tiêu",
        "",
    ]
    cases: dict[str, list[str]] = {}
    for case in book.cases.get(standard.id, []):
        for code, verdict in case.expect:
            cases.setdefault(code, []).append(f"  - {SIGNS[verdict]} {case.sentence}")
    if "standard" in cases:
        lines += ["## Cả bộ tiêu chí", "", *cases["standard"], ""]
    if standard.prerequisites:
        lines += ["## Điều kiện", ""]
        for indicator in standard.prerequisites:
            lines += [*_indicator(indicator), *cases.get(indicator.code, []), ""]
    for criterion in standard.criteria:
        lines += [f"## {criterion.number}. {criterion.name.vi} / {criterion.name.en}", ""]
        lines += (
            [*cases.get(f"criterion {criterion.number}", []), ""]
            if f"criterion {criterion.number}" in cases
            else []
        )
        for indicator in criterion.indicators:
            lines += [*_indicator(indicator), *cases.get(indicator.code, []), ""]
        if criterion.unlisted:
            lines += [f"- *{unlisted_text(criterion).vi}*", ""]
    if standard.withdrawal:
        terms, trust = standard.withdrawal, TRUST[standard.withdrawal.provenance.threshold].vi
        lines += [f"## Thu hồi ({terms.clause.vi}){f' *({trust})*' if trust else ''}", ""]
        lines += [f"- **{band.code}** {band_text(band).vi}" for band in terms.bands]
        if terms.key_criteria:
            lines += ["", f"Tiêu chí trọng yếu: {', '.join(terms.key_criteria)}."]
        if terms.provenance.note.vi:
            lines += ["", terms.provenance.note.vi]
    return "\n".join(lines).rstrip() + "\n"


def print_measures(book: Lawbook) -> str:
    """The catalogue of measures as a table: what each is, and how the figures of several places make one."""
    lines = [
        "# Số đo đầu vào / Measures",
        "",
        "Mỗi số đo ghi một lần, dùng cho mọi bộ tiêu chí. Cột cuối: số liệu nhiều nơi gộp thành một thế nào.",
        "",
        "| mã | số đo | đơn vị | cách gộp |",
        "|---|---|---|---|",
    ]
    for code, measure in book.measures.items():
        how = ways(measure, book.measures.get(measure.combines.weight)).vi
        lines.append(f"| `{code}` | {measure.name.vi} | {measure.unit.vi or '–'} | {how} |")
    return "\n".join(lines) + "\n"


def _indicator(indicator: Indicator) -> list[str]:
    trust = TRUST[indicator.provenance.threshold].vi
    lines = [f"- **{indicator.code}** {indicator.text.vi}{f' *({trust})*' if trust else ''}"]
    if indicator.delegated_to.vi:
        lines.append(f"  Giao {indicator.delegated_to.vi} quy định.")
    if indicator.sample_threshold.vi:
        lines.append(f"  Giá trị minh họa, không phải luật: {indicator.sample_threshold.vi}.")
    return lines
