"""Procedures as Markdown: each with its cases for docs/law/procedures, its diagram for docs/states."""

from collections.abc import Iterable
from datetime import date

from rulebook.democracy import Ground
from rulebook.loading.procedure_cases import ProcedureCase
from rulebook.procedure import TRUST, Component, Notice, PassMark, Procedure, Span, Step, cited
from rulebook.standings import STANDINGS, Standing
from viet.dates import format_day

_FIRST = date(1, 1, 1)
_SIGNS = {"met": "✓", "not_met": "✗", "unknown": "?"}


def print_procedure(procedure: Procedure, cases: Iterable[ProcedureCase]) -> str:
    """The whole of a procedure and its worked cases."""
    lines = [
        f"# {procedure.name.vi}",
        "",
        f"*{procedure.name.en}*",
        "",
        "<!-- Tạo tự động từ law/: python -m rulebook docs law docs/law -->",
        "",
    ]
    if procedure.label.vi:
        lines += [f"**{procedure.label.vi.capitalize()}.**", ""]
    lines += [
        f"- Mã: `{procedure.id}`, phiên bản {procedure.version}, dấu số `{procedure.digest[:12]}`",
        f"- Căn cứ: {procedure.legal_basis.vi or 'chưa biết'}",
        f"- Danh hiệu theo bộ: {', '.join(f'`{each}`' for each in procedure.standards) or 'chưa có bộ tiêu chí'}",
        f"- Giữ danh hiệu: {_validity(procedure)}",
        f"- Thu hồi: {'theo quy định của bộ tiêu chí' if procedure.withdrawal.by_standard else 'chưa biết'} "
        f"({cited(procedure.withdrawal.ground).vi})",
        f"- Sơ đồ: [docs/states](../../states/procedure-{procedure.id}.md)",
        "",
        "## Ai quyết định",
        "",
    ]
    for authority in procedure.authorities:
        name = procedure.roles[authority.role].name.vi if authority.role else "chưa biết"
        lines.append(
            f"- {_days(authority.dated.since, authority.dated.until)}: **{name}** {_trust(authority.ground)}"
        )
    lines += [
        "",
        "## Các bước",
        "",
        "| Bước | Ai | Sau | Thời hạn, mức phải đạt | Căn cứ |",
        "|---|---|---|---|---|",
    ]
    lines += [_step_row(each, procedure) for each in procedure.in_order]
    lines += [
        "",
        "## Thành phần hồ sơ",
        "",
        "| Giấy tờ | Ai lập | Ai ký | Ở bước | Căn cứ |",
        "|---|---|---|---|---|",
    ]
    lines += [_component_row(each, procedure) for each in procedure.components.values()]
    lines += ["", "## Điều kiện", ""]
    for gate in procedure.gates.values():
        closed = ", ".join(procedure.steps[code].name.vi for code in gate.closes)
        lines.append(f"- **{gate.name.vi}**: {gate.proof.vi}. Khóa: {closed}. {_trust(gate.ground)}")
    lines += ["", "## Mức phải đạt", ""]
    for vote in procedure.votes.values():
        lines.append(f"- {vote.name.vi}: {_mark(vote.passes)}")
        quorum = _mark(vote.quorum) if vote.quorum else "chưa biết"
        lines.append(f"  - Số người phải dự: {quorum}")
    for survey in procedure.surveys.values():
        lines.append(f"- {survey.name.vi}, tham gia: {_mark(survey.floor)}")
        for marks in survey.passes:
            whose = f" ({', '.join(f'`{each}`' for each in marks.standards)})" if marks.standards else ""
            lines.append(f"  - Hài lòng chung{whose}: {_mark(marks.overall)}")
            lines.append(f"  - Từng câu{whose}: {_mark(marks.each)}")
            lines += [f"  - Câu `{code}`{whose}: {_mark(mark)}" for code, mark in marks.own.items()]
    lines += ["", "## Ví dụ", ""]
    lines += [f"- {_SIGNS.get(case.says, '→')} {case.sentence}{_expects(case, procedure)}" for case in cases]
    if procedure.notes:
        lines += ["", "## Ghi chú", "", *(f"- {each.vi}" for each in procedure.notes)]
    if procedure.sources:
        lines += [
            "",
            "## Nguồn",
            "",
            *(f"- {each.id}: {each.title}: {each.seen}" for each in procedure.sources),
        ]
    return "\n".join(lines) + "\n"


def print_states(procedure: Procedure) -> str:
    """The diagram of the steps, once for every span of days between which nothing of it changes."""
    lines = [
        f"# {procedure.name.vi}",
        "",
        "In bằng `python -m rulebook states law docs/states`; đừng sửa tay.",
    ]
    if procedure.label.vi:
        lines += ["", f"**{procedure.label.vi.capitalize()}.**"]
    starts = (_FIRST, *procedure.changes_on)
    for start, end in zip(starts, (*starts[1:], None), strict=True):
        if len(starts) > 1:
            lines += ["", f"## {_days(None if start == _FIRST else start, end)}"]
        lines += ["", "```mermaid", "stateDiagram-v2", *_diagram(procedure.on(start)), "```"]
    lines += [
        "",
        "Mũi tên: bước trước phải xong thì bước sau mới mở; các bước cùng chờ một bước làm song song. "
        "“trả lại”: hồ sơ quay về bước ấy, các bước sau nó làm lại.",
    ]
    return "\n".join(lines) + "\n"


def _diagram(edition: Procedure) -> Iterable[str]:
    steps = edition.in_order
    for step in steps:
        yield f'    state "{step.verb.word.vi}: {step.name.vi}" as {step.code}'
    waited = {code for step in steps for code in step.after}
    for step in steps:
        for before in _nearest(step, edition) or ("[*]",):
            yield f"    {before} --> {step.code}"
    for step in steps:
        for back in step.returns_to:
            yield f"    {step.code} --> {back}: trả lại"
    for step in steps:
        if step.code not in waited:
            yield f"    {step.code} --> [*]"


def _nearest(step: Step, edition: Procedure) -> tuple[str, ...]:
    """The steps it waits for, without those that another of them waits for already."""
    return tuple(
        code
        for code in step.after
        if not any(other != code and other in edition.followers(code) for other in step.after)
    )


def _step_row(step: Step, procedure: Procedure) -> str:
    after = ", ".join(procedure.steps[code].name.vi for code in step.after) or "–"
    asks = [_days(step.dated.since, step.dated.until)] if step.dated.since or step.dated.until else []
    if step.within:
        asks.append(_within(step.within, procedure))
    if step.every:
        asks.append(f"{step.every.months} tháng một lần {_trust(step.every.ground)}")
    if step.notice:
        asks.append(_notice(step.notice))
    if step.vote:
        asks.append(_mark(procedure.votes[step.vote].passes))
    if step.survey:
        asks.append(_mark(procedure.surveys[step.survey].floor))
    name = f"**{step.verb.word.vi}**: {step.name.vi}" + (" (không bắt buộc)" if step.optional else "")
    by = procedure.role_names(step.by).vi + (f", từng {step.parts.vi}" if step.parts.vi else "")
    return f"| {name} | {by} | {after} | {'; '.join(asks) or '–'} | {_basis(step.ground)} |"


def _component_row(component: Component, procedure: Procedure) -> str:
    form = f", {component.form}" if component.form else ""
    dated = component.dated
    days = f" ({_days(dated.since, dated.until)})" if dated.since or dated.until else ""
    asked = "" if component.required else " (khi có)"
    whose = procedure.role_names((component.producer,)).vi
    step = procedure.steps[component.step].name.vi
    return (
        f"| {component.name.vi}{form}{asked}{days} | {whose} | {component.signatory.vi} | {step} | "
        f"{_basis(component.ground)} |"
    )


def _within(span: Span, procedure: Procedure) -> str:
    since = procedure.steps[span.since].name.vi
    return (
        f"trong {span.words.vi} từ “{since}” {_trust(span.ground)}"
        if span.days
        else f"thời hạn chưa biết ({cited(span.ground).vi})"
    )


def _notice(notice: Notice) -> str:
    days = f"ít nhất {notice.days} ngày" if notice.days else "chưa biết bao nhiêu ngày"
    often = (
        f"ít nhất {notice.broadcasts} lần phát thanh"
        if notice.broadcasts
        else "chưa biết bao nhiêu lần phát thanh"
    )
    return f"{days}, {often} {_trust(notice.ground)}"


def _mark(mark: PassMark) -> str:
    return f"{mark.words.vi} {_trust(mark.ground)}"


def _validity(procedure: Procedure) -> str:
    validity = procedure.validity
    held = f"{validity.months} tháng" if validity.months else "chưa biết bao lâu"
    return f"{held} ({cited(validity.ground).vi})"


def _expects(case: ProcedureCase, procedure: Procedure) -> str:
    """What a case about the whole, or about who decides, comes to, in words."""
    if case.kind == "authority":
        return f": {procedure.roles[case.says].name.vi if case.says in procedure.roles else 'chưa biết'}"
    if case.kind != "expect":
        return ""
    told = (each.split(": ") for each in case.says.split(", "))
    return (
        " "
        + "; ".join(
            f"“{procedure.steps[code].name.vi}” {STANDINGS[Standing(where)].vi}" for code, where in told
        )
        + "."
    )


def _basis(ground: Ground) -> str:
    """The clause with its warning, and what there is to say about it."""
    return " ".join(each for each in (f"{cited(ground).vi}.", ground.note.vi) if each)


def _trust(ground: Ground) -> str:
    trust = TRUST[ground.provenance].vi
    return f"({ground.clause.vi})" + (f" *({trust})*" if trust else "")


def _days(since: date | None, until: date | None) -> str:
    if since and until:
        return f"Từ {format_day(since)} đến trước {format_day(until)}"
    if until:
        return f"Trước {format_day(until)}"
    return f"Từ {format_day(since)}" if since else "Mọi ngày"
