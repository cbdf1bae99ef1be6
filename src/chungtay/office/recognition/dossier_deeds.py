"""The forms of a dossier's steps: taken, told by a paper, sent back; withdrawing, deciding, proving a condition."""

from collections.abc import Mapping
from typing import Any, Final

from django.http import HttpResponse
from django.utils.translation import gettext as _

from chungtay.core.language import language
from chungtay.core.refusals import Fault, NotFound, Refusal
from chungtay.office.answers import Visit, for_officers
from chungtay.office.forms import Field
from chungtay.office.recognition.framing import form_of, standing_of, who
from chungtay.recognition.dossiers import actions
from chungtay.recognition.dossiers.queries import StandingView, StepView
from chungtay.standards import queries as standards
from rulebook import Mark
from rulebook.ballots import NAMES
from rulebook.procedure import Step, Verb, Whole
from rulebook.verdicts import Verdict
from viet.dates import format_day

_COUNTED: Final = ("members", "present", "issued", "returned", "valid", "for", "basically", "against")


@for_officers
def take(visit: Visit, dossier_id: int, step: str) -> HttpResponse:
    """Record that a step was done."""
    view = standing_of(visit, dossier_id)
    meant = _step(view, step)
    fields = [
        Field("on", _("Ngày làm xong"), "day", value=format_day(visit.today)),
        *_fields_of(view, meant),
        Field("note", _("Nội dung, ý kiến"), "textarea", required=False),
    ]

    def run(values: dict[str, Any]) -> None:
        actions.take_step(**who(visit, dossier_id), step=step, **_told(meant.step, values))

    shut = [each.sentence.in_(visit.language) for each in meant.state.reasons]
    return form_of(
        visit,
        view,
        fields,
        run,
        heading=meant.name,
        lead=" ".join(shut) or meant.clause,
        button=_("Ghi bước này"),
        done=_("Đã ghi bước “%(step)s”.") % {"step": meant.name},
    )


@for_officers
def tell(visit: Visit, dossier_id: int, step: str) -> HttpResponse:
    """Record that a paper says a step was done."""
    view = standing_of(visit, dossier_id)
    meant = _step(view, step)
    if meant.step.verb is Verb.DECIDE:
        return _decide(visit, view, is_told=True)
    fields = [
        Field("source", _("Văn bản, tài liệu"), hint=_("Tên, số và ngày của văn bản nêu việc này")),
        Field("on", _("Ngày ghi trên văn bản"), "day"),
        Field("by_then", _("Văn bản chỉ cho biết là đã xong trước hoặc đến ngày này"), "checkbox"),
        *_fields_of(view, meant, whole=True),
        Field("note", _("Nội dung, ý kiến"), "textarea", required=False),
    ]

    def run(values: dict[str, Any]) -> None:
        is_day_known = not values.pop("by_then")
        actions.tell_step(
            **who(visit, dossier_id), step=step, is_day_known=is_day_known, **_told(meant.step, values)
        )

    return form_of(
        visit,
        view,
        fields,
        run,
        heading=_("%(step)s, theo văn bản") % {"step": meant.name},
        lead=_("Dùng để nhập lại việc đã làm trước đây; trên hồ sơ sẽ ghi rõ là theo văn bản."),
        button=_("Ghi theo văn bản"),
        done=_("Đã ghi bước “%(step)s”.") % {"step": meant.name},
    )


def _step(view: StandingView, code: str) -> StepView:
    found = next((each for each in view.steps if each.step.code == code), None)
    if found is None:
        raise NotFound(_("Quy trình không có bước này. Hãy mở lại hồ sơ."))
    return found


def _fields_of(view: StandingView, each: StepView, *, whole: bool = False) -> list[Field]:
    """What a step asks for beside its day: which body, which field, what was counted.

    whole: a divided step may be told of as one.
    """
    step, fields = each.step, list[Field]()
    if len(each.state.by) > 1:
        bodies = [(code, view.procedure.roles[code].name.vi) for code in each.state.by]
        choices = [("", _("theo chức danh của bạn")), *bodies]
        fields.append(Field("role", _("Do ai làm"), "select", required=False, choices=choices))
    if each.parts:
        left = [("", _("toàn bộ, không chia"))] if whole else []
        left += _parts(each)
        fields.append(Field("part", step.parts.vi.capitalize(), "select", required=not whole, choices=left))
    if step.notice is not None:
        fields.append(Field("began", _("Bắt đầu công khai từ ngày"), "day"))
        fields.append(Field("broadcasts", NAMES["broadcasts"].vi.capitalize(), "number", required=False))
    fields += [Field(code, _counted(code), "number", required=False) for code in _asked(view, step)]
    return fields


def _parts(each: StepView) -> list[tuple[str, str]]:
    """The fields of a divided step, by name."""
    named = standards.sectors(language())
    return [(part, named.get(part, part)) for part in each.parts]


def _counted(code: str) -> str:
    words = NAMES[code].vi
    return words[:1].upper() + words[1:]


def _asked(view: StandingView, step: Step) -> list[str]:
    """What a vote of this step counts, the wholes of its marks first."""
    if not step.vote or step.verb is Verb.DELIBERATE:
        return []
    vote = view.procedure.votes[step.vote]
    wholes = {vote.passes.of} | ({vote.quorum.of} if vote.quorum else set())
    codes = [each.value for each in Whole if each in wholes]
    return list(dict.fromkeys([*codes, "present", "for", "against"]))


def _told(step: Step, values: Mapping[str, Any]) -> dict[str, Any]:
    """What was typed as a deed takes it: counts together, as whole numbers."""
    told = dict(values)
    codes = {*(each.value for each in Whole), *_COUNTED, "broadcasts"}
    counts: dict[str, int] = {}
    for code in [each for each in told if each in codes]:
        number = told.pop(code)
        if number is None:
            continue
        if number != int(number) or number < 0:
            raise Refusal(Fault(_("%(name)s phải là số nguyên không âm.") % {"name": _counted(code)}, code))
        counts[code] = int(number)
    return {**told, "counts": counts}


@for_officers
def send_back(visit: Visit, dossier_id: int, step: str) -> HttpResponse:
    """Send the dossier back from a step, with the reason."""
    view = standing_of(visit, dossier_id)
    meant = _step(view, step)
    names = {each.step.code: each.name for each in view.steps}
    fields = [
        Field(
            "to",
            _("Trả về bước"),
            "select",
            choices=[(code, names[code]) for code in meant.step.returns_to if code in names],
        ),
        Field("on", _("Ngày trả"), "day", value=format_day(visit.today)),
        *([Field("part", _("Phần"), "select", choices=_parts(meant))] if meant.parts else []),
        Field("reason", _("Lý do, cần sửa gì"), "textarea"),
    ]

    def run(values: dict[str, Any]) -> None:
        actions.send_back(**who(visit, dossier_id), step=step, **values)

    return form_of(
        visit,
        view,
        fields,
        run,
        heading=_("Trả hồ sơ từ bước “%(step)s”") % {"step": meant.name},
        lead=_("Các bước từ bước được trả về phải làm lại; những gì đã ghi vẫn đọc được."),
        button=_("Trả hồ sơ"),
        done=_("Đã trả hồ sơ, kèm lý do."),
        grave=True,
    )


@for_officers
def withdraw(visit: Visit, dossier_id: int) -> HttpResponse:
    """The applicant takes the dossier back."""
    view = standing_of(visit, dossier_id)
    fields = [
        Field("on", _("Ngày rút"), "day", value=format_day(visit.today)),
        Field("reason", _("Lý do rút hồ sơ"), "textarea"),
    ]

    def run(values: dict[str, Any]) -> None:
        actions.withdraw_dossier(**who(visit, dossier_id), **values)

    return form_of(
        visit,
        view,
        fields,
        run,
        heading=_("Rút hồ sơ"),
        lead=_("Hồ sơ đã rút vẫn đọc được; muốn đề nghị lại thì mở hồ sơ mới."),
        button=_("Rút hồ sơ"),
        done=_("Đã rút hồ sơ."),
        refusal=visit.refusal("recognition.prepare", view.row.place_id),
        grave=True,
    )


@for_officers
def decide(visit: Visit, dossier_id: int) -> HttpResponse:
    """Record the decision of the authority of its day; the title enters the register with it."""
    return _decide(visit, standing_of(visit, dossier_id), is_told=False)


def _decide(visit: Visit, view: StandingView, *, is_told: bool) -> HttpResponse:
    step = next(each for each in view.steps if each.step.verb is Verb.DECIDE)
    fields = [
        Field("decision_number", _("Số quyết định"), required=False, hint=_("Chưa rõ thì để trống")),
        Field("decided_on", _("Ngày ký quyết định"), "day", value="" if is_told else format_day(visit.today)),
        *(
            [
                Field(
                    "by_then",
                    _("Văn bản chỉ cho biết là đã có quyết định trước hoặc đến ngày này"),
                    "checkbox",
                )
            ]
            if is_told
            else []
        ),
        Field("source", _("Văn bản"), hint=_("Tên văn bản, số, ngày, cơ quan ban hành; nơi lưu nếu biết")),
    ]

    def run(values: dict[str, Any]) -> None:
        is_day_known = not values.pop("by_then", False)
        actions.decide(**who(visit, view.row.id), told=is_told, is_day_known=is_day_known, **values)

    shut = [] if is_told else [each.sentence.in_(visit.language) for each in step.state.reasons]
    return form_of(
        visit,
        view,
        fields,
        run,
        heading=_("Quyết định công nhận"),
        lead=" ".join(shut)
        or _("Người quyết định hôm nay: %(who)s.") % {"who": step.whose or _("chưa biết")},
        button=_("Ghi quyết định"),
        done=_("Đã ghi quyết định; danh hiệu đã vào sổ."),
        refusal=visit.refusal("recognition.decide", view.row.place_id),
    )


@for_officers
def gate(visit: Visit, dossier_id: int, gate: str) -> HttpResponse:
    """Settle by a paper a condition that the data leave unknown."""
    view = standing_of(visit, dossier_id)
    meant = next((each for each in view.gates if each.code == gate), None)
    if meant is None:
        raise NotFound(_("Quy trình không có điều kiện này. Hãy mở lại hồ sơ."))
    fields = [
        Field(
            "verdict",
            _("Văn bản nói"),
            "select",
            choices=[(Verdict.MET.value, _("đạt")), (Verdict.NOT_MET.value, _("không đạt"))],
        ),
        Field("source", _("Văn bản"), hint=_("Tên, số, cơ quan ban hành")),
        Field("on", _("Ngày của văn bản"), "day"),
    ]

    def run(values: dict[str, Any]) -> None:
        told = values | {"verdict": Verdict(values["verdict"]), "mark": Mark.STATED}
        actions.prove_gate(**who(visit, dossier_id), gate=gate, **told)

    return form_of(
        visit,
        view,
        fields,
        run,
        heading=_("Điều kiện: %(name)s") % {"name": meant.name},
        lead=meant.sentence,
        button=_("Ghi văn bản"),
        done=_("Đã ghi văn bản của điều kiện."),
    )
