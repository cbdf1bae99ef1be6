"""The page of one dossier: where it stands, what is missing and whose it is, its papers, conditions and history."""

from dataclasses import dataclass
from typing import Any, Final

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from chungtay.core.language import language
from chungtay.office.answers import Visit, for_officers, refusal_of
from chungtay.office.recognition.dossiers import state_words
from chungtay.office.recognition.framing import framed, out_of_time, standing_of
from chungtay.office.recognition.signing_proofs import shown
from chungtay.recognition.dossiers import policies, posts, queries
from chungtay.recognition.dossiers.queries import ComponentView, GateView, StandingView, StepView
from chungtay.standards import queries as standards
from rulebook.ballots import NAMES
from rulebook.procedure import Verb
from rulebook.standings import STANDINGS, Due, Said, Standing
from rulebook.verdicts import Verdict
from viet.dates import format_day

BY_CRITERION: Final = (Verb.SELF_ASSESS, Verb.VERIFY, Verb.APPRAISE)
"""What is said criterion by criterion before it is concluded."""


@dataclass(frozen=True)
class StepLine:
    """A step as the page draws it. href: the deed, "" where there is none; refusal: why its button is shut.

    lacking: papers it waits for, by name; by_then: a paper tells only that it was done by that day.
    """

    view: StepView
    word: str
    by_then: bool
    due: str
    is_late: bool
    reasons: tuple[str, ...]
    lacking: tuple[str, ...]
    outcomes: tuple[str, ...]
    notes: tuple[str, ...]
    label: str
    href: str
    refusal: str
    more: tuple[tuple[str, str], ...]


@for_officers
def dossier(visit: Visit, dossier_id: int) -> HttpResponse:
    """Everything about one dossier."""
    view = standing_of(visit, dossier_id)
    lines = [_line(visit, view, each) for each in view.steps]
    active = (Standing.OPEN, Standing.FAILED)
    frame = framed(visit, view)
    is_open = view.row.state == "open" and not view.place_ended
    context = frame | {
        "out_of_time": out_of_time(frame["place"], view.row.standard_code, visit.today) if is_open else "",
        "state": state_words()[view.row.state],
        "lines": [each for each in lines if each.view.state.standing is not Standing.GONE],
        "next": [each for each in lines if each.view.state.standing in active]
        or [each for each in lines if _waits_for_nobody(each)],
        "gone": [each for each in lines if each.view.state.standing is Standing.GONE],
        "yours": [each for each in view.missing if _is_yours(visit, view, each)],
        "nobody_decides": _nobody_decides(visit, view),
        "papers": [_paper(each) for each in view.components],
        "gates": [_gate(visit, view, each) for each in view.gates],
        "sectors": standards.sectors(visit.language),
        "events": [(each, _said(each.said), _counts(each.counts)) for each in reversed(view.events)],
        "councils": queries.councils(dossier_id),
        "by_criterion": any(each.step.verb in BY_CRITERION for each in view.steps),
        "signing": _decision_signed(visit, view),
        "withdraw": "" if visit.refusal("recognition.prepare", view.row.place_id) else _withdraw(view),
        "faults_of_law": [each.in_(visit.language) for each in view.proceeding.faults],
        "notes_of_law": [each.in_(visit.language) for each in view.procedure.notes],
        "basis": view.procedure.legal_basis.in_(visit.language),
    }
    return visit.page("office/recognition/dossier.html", context)


def _waits_for_nobody(line: StepLine) -> bool:
    """Whether a shut step comes next: papers and conditions shut it, and no other step."""
    state = line.view.state
    return state.standing is Standing.BLOCKED and all(
        each.kind not in ("step", "authority") for each in state.reasons
    )


def _is_yours(visit: Visit, view: StandingView, each: ComponentView) -> bool:
    """Whether this post acts for the body that makes a paper."""
    producer = view.procedure.roles[each.component.producer]
    return view.row.state == "open" and bool(posts.acting_roles(visit.by, [producer]))


def _nobody_decides(visit: Visit, view: StandingView) -> str:
    """Why nobody can decide as the law stands today, "" where somebody can or it was decided."""
    step = next(each for each in view.steps if each.step.verb is Verb.DECIDE)
    if view.row.state != "open" or step.state.by:
        return ""
    told = [each.sentence.in_(visit.language) for each in step.state.reasons if each.kind == "authority"]
    return next(iter(told), "")


def _decision_signed(visit: Visit, view: StandingView) -> Any:
    """The proofs that the decision was signed; None while there is none."""
    made = next((each for each in reversed(view.events) if each.step == view.procedure.decides), None)
    if made is None or view.title_id is None:
        return None
    return shown(
        visit,
        kind="decision",
        ref=str(made.uid),
        place_id=view.row.place_id,
        label=_("quyết định công nhận"),
        back=reverse("office:dossier", args=[view.row.id]),
    )


def _withdraw(view: StandingView) -> str:
    return reverse("office:dossier_withdraw", args=[view.row.id]) if view.row.state == "open" else ""


def _line(visit: Visit, view: StandingView, each: StepView) -> StepLine:
    state, step = each.state, each.step
    href, label = _deed_of(view, each)
    is_kept_elsewhere = step.verb is Verb.REVIEW and view.title_id is not None
    outcomes = tuple(outcome.sentence.in_(visit.language) for outcome in state.outcomes)
    last = next((event for event in reversed(view.events) if event.step == step.code), None)
    return StepLine(
        view=each,
        word=STANDINGS[state.standing].in_(visit.language),
        by_then=state.standing is Standing.DONE and last is not None and not last.is_day_known,
        due="" if is_kept_elsewhere else _due_words(state.due),
        is_late=bool(state.due and state.due.late) and state.standing is not Standing.DONE,
        reasons=tuple(
            reason.sentence.in_(visit.language) for reason in state.reasons if reason.kind != "component"
        ),
        lacking=tuple(
            view.procedure.components[reason.ref].name.in_(visit.language)
            for reason in state.reasons
            if reason.kind == "component"
        ),
        outcomes=outcomes,
        notes=tuple(words for note in state.notes if (words := note.in_(visit.language)) not in outcomes),
        label=label,
        href=href,
        refusal="" if is_kept_elsewhere else _step_refusal(visit, view, each),
        more=() if is_kept_elsewhere else _more(visit, view, each, step.code),
    )


def _deed_of(view: StandingView, each: StepView) -> tuple[str, str]:
    """Where a step is taken, and the word on its button."""
    if each.state.standing not in (Standing.OPEN, Standing.FAILED, Standing.BLOCKED):
        return "", ""
    dossier_id = view.row.id
    if each.step.verb is Verb.REVIEW and view.title_id is not None:
        return reverse("office:title", args=[view.title_id]), _("Rà soát ở trang danh hiệu")
    if each.step.verb in BY_CRITERION:
        return reverse("office:dossier_check", args=[dossier_id, each.step.code]), _(
            "Ghi kết quả từng tiêu chí"
        )
    if each.step.verb is Verb.DELIBERATE:
        return reverse("office:call_council", args=[dossier_id]), _("Mời họp Hội đồng")
    if each.step.verb is Verb.DECIDE:
        return reverse("office:dossier_decide", args=[dossier_id]), _("Ghi quyết định")
    word = _("Ghi kết quả: %(name)s") % {"name": each.name}
    return reverse("office:dossier_step", args=[dossier_id, each.step.code]), word


def _step_refusal(visit: Visit, view: StandingView, each: StepView) -> str:
    """Why the post cannot take the step, "" when it can; whether the step is shut stands beside it."""
    bodies = [view.procedure.roles[code] for code in each.state.by]
    verb, name, place_id = each.step.verb, each.name, view.row.place_id
    if view.place_ended:
        return view.place_ended
    if not bodies:
        return visit.refusal(posts.permission(verb, visit.by.role), place_id)

    def check() -> None:
        posts.check_acts_as(visit.by, bodies, verb, name, place_id)

    return refusal_of(check)


def _more(visit: Visit, view: StandingView, each: StepView, code: str) -> tuple[tuple[str, str], ...]:
    """The other deeds on a step that this post may do now."""
    if view.row.state == "withdrawn" or view.place_ended:
        return ()
    found: list[tuple[str, str]] = []
    dossier_id, standing = view.row.id, each.state.standing
    may_take = not _step_refusal(visit, view, each)
    if may_take and standing in (Standing.OPEN, Standing.FAILED):
        if each.step.verb in BY_CRITERION:
            found.append((_("Kết luận bước này"), reverse("office:dossier_step", args=[dossier_id, code])))
        if each.step.returns_to:
            found.append((_("Trả hồ sơ"), reverse("office:dossier_back", args=[dossier_id, code])))
    if standing in (Standing.OPEN, Standing.FAILED):
        found += _rooms(view, each, code)
    tells = not visit.refusal(policies.TELL, view.row.place_id)
    if tells and standing in (Standing.OPEN, Standing.FAILED, Standing.BLOCKED):
        found.append((_("Ghi theo văn bản đã có"), reverse("office:dossier_tell", args=[dossier_id, code])))
    return tuple(found)


def _rooms(view: StandingView, each: StepView, code: str) -> list[tuple[str, str]]:
    """Where the work of a step itself is done, and the paper that calls people to it."""
    place_id, found = view.row.place_id, list[tuple[str, str]]()
    if each.step.verb is Verb.SURVEY:
        found.append((_("Lấy ý kiến hài lòng"), reverse("office:surveys", args=[place_id])))
    if each.step.verb is Verb.CERTIFY:
        found.append((_("Sổ cấp bằng công nhận"), reverse("office:certificates", args=[place_id])))
    if each.step.notice or each.step.vote:
        words = _("Thông báo (PDF)") if each.step.notice else _("Giấy mời (PDF)")
        found.append((words, reverse("office:dossier_call", args=[view.row.id, code, "pdf"])))
    return found


def _due_words(due: Due | None) -> str:
    if due is None:
        return ""
    if due.day is None:
        return due.reason.in_(language())
    words = _("hạn %(day)s") % {"day": format_day(due.day)}
    if due.late:
        kind = _("chậm %(n)s ngày làm việc") if due.working else _("chậm %(n)s ngày")
        words += ", " + kind % {"n": due.late}
    return words if due.confirmed else words + " " + _("(chưa xác nhận)")


def _paper(each: ComponentView) -> dict[str, Any]:
    origins = {
        "generated": _("lập từ số liệu"),
        "uploaded": _("tệp đã gửi"),
        "located": _("bản giấy"),
    }
    return {"view": each, "origin": origins.get(each.origin, "")}


def _gate(visit: Visit, view: StandingView, each: GateView) -> dict[str, Any]:
    """A condition with its proof, where that is looked up, and where a paper settles it."""
    above = visit.refusal("recognition.verify", view.row.place_id) and visit.refusal(
        "recognition.appraise", view.row.place_id
    )
    can_prove = each.verdict is Verdict.UNKNOWN and view.row.state == "open" and not above
    return {
        "view": each,
        "look": _look(view, each),
        "prove": reverse("office:dossier_gate", args=[view.row.id, each.code]) if can_prove else "",
    }


def _look(view: StandingView, gate: GateView) -> str:
    """The page that shows the proof."""
    place_id = view.row.place_id
    if gate.kind == "standard":
        return reverse("office:why", args=[place_id, gate.ref])
    if gate.kind == "works":
        return reverse("office:works", args=[place_id]) + "?no=co"
    if gate.kind == "measure":
        return reverse("office:figure_history", args=[place_id, gate.ref])
    return ""


def _said(said: Said) -> str:
    return {
        Said.DONE: _("đã làm"),
        Said.TOLD: _("theo văn bản"),
        Said.RETURNED: _("trả lại"),
        Said.WITHDRAWN: _("rút hồ sơ"),
    }[said]


def _counts(counts: Any) -> str:
    """ "20 số người dự họp; 19 số phiếu đồng ý": what was counted, in words."""
    named = ((NAMES[code].in_(language()), many) for code, many in counts.items() if code in NAMES)
    return "; ".join(f"{name}: {many}" for name, many in named)
