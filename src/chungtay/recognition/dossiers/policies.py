"""What may be done with a dossier; each refusal is a sentence, those of the law in the engine's own words."""

import uuid
from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, Final, TypeVar

from django.utils.translation import gettext as _

from chungtay.community.deeds import Deed, faults_of_future, faults_of_source, faults_of_texts
from chungtay.core.actors import Actor
from chungtay.core.language import day_words, language
from chungtay.core.refusals import Fault, NotPermitted, Refusal
from chungtay.people.policies import check_acts_for, check_not_own, may_act_for, reaches
from chungtay.people.roles import SYSTEM, label_in_words
from chungtay.recognition.dossiers import posts
from chungtay.recognition.dossiers.cases import Case, not_there
from chungtay.recognition.procedures import queries as procedures
from chungtay.recognition.procedures.queries import Adopted
from chungtay.territory import queries as territory
from chungtay.territory.names import opening
from chungtay.territory.queries import PlaceView
from rulebook import Mark
from rulebook.ballots import contradictions
from rulebook.procedure import Component, Procedure, Role, Step, Verb, cited
from rulebook.standings import Proceeding, Said, Standing, StepState

TELL: Final = "recognition.enter"
"""Who may record what a paper tells of a body that has no post any more, or keeps none here."""
JUDGING: Final = (Verb.VERIFY, Verb.APPRAISE, Verb.DELIBERATE, Verb.DECIDE)
FIRST_YEAR: Final = 2010  # the programme began that year
D = TypeVar("D", bound=Deed)


def check_sees(by: Actor, case: Case) -> None:
    """A dossier is for the posts whose place reaches it."""
    if by.role != SYSTEM and not reaches(by, case.row.place_id):
        raise not_there()


def procedure_for(place: PlaceView, standard_code: str, on: date) -> Adopted:
    """By which procedure a place is given a title on a day. Refused, with a sentence, where none was adopted."""
    found = procedures.procedure_for(place, standard_code, on)
    if found is None:
        raise Refusal(
            Fault(
                _(
                    "Chưa có trình tự, thủ tục công nhận danh hiệu này ở %(place)s. Hãy nhờ văn phòng cấp trên áp dụng "
                    "quy trình; danh hiệu đã có thì nhập theo quyết định."
                )
                % {"place": place.full_name},
                "standard_code",
            )
        )
    return found


def sent_before(model: type[D], uid: uuid.UUID | None, **said: Any) -> D | None:
    """The row that this client id made already; None when it is new. Another record under the same id is refused."""
    row: D | None = model._default_manager.filter(uid=uid).first() if uid else None
    if row is not None and any(getattr(row, name) != value for name, value in said.items()):
        raise Refusal(
            _("Mã gửi này đã dùng cho một bản ghi khác. Không ghi gì. Hãy mở lại trang và ghi bản mới.")
        )
    return row


def step_of(case: Case, code: str) -> Step:
    """A step of the procedure, whatever the day."""
    if code not in case.procedure.steps:
        raise Refusal(
            Fault(_("Quy trình không có bước “%(code)s”. Hãy chọn một bước.") % {"code": code}, "step")
        )
    return case.procedure.steps[code]


def roles_of(case: Case, step: Step, on: date) -> list[Role]:
    """The bodies whose step it is on a day; of a decision, the authority of that day."""
    if step.verb is Verb.DECIDE:
        authority = case.procedure.authority_on(on)
        return [case.procedure.roles[authority.role]] if authority and authority.role else []
    return [case.procedure.roles[code] for code in step.by]


def check_takes(by: Actor, case: Case, step: Step, on: date, role: str, part: str) -> str:
    """The role in which the post takes a step. Refused unless it acts for one of its bodies, in its own field, and did
    not make the claims it now judges."""
    bodies = roles_of(case, step, on)
    if role:
        bodies = [each for each in bodies if each.code == role] or bodies
    if not bodies and by.role != SYSTEM:
        check_acts_for(by, posts.permission(step.verb, by.role), case.row.place_id)
        return ""
    acting = (
        posts.check_acts_as(by, bodies, step.verb, step.name.in_(language()), case.row.place_id)
        if bodies
        else None
    )
    check_part(by, case, step, part)
    if step.verb in JUDGING:
        for row in case.rows:
            if row.said == Said.DONE and case.procedure.steps[row.step].verb is Verb.SELF_ASSESS:
                check_not_own(by, row.post_id)
    return acting.code if acting else ""


def why_not_take(by: Actor, case: Case, step: Step, on: date) -> str:
    """The sentence in which a post would be refused a step, "" when it would not; a divided one for its own field."""
    try:
        check_takes(by, case, step, on, "", by.sector or next(iter(case.row.sectors), ""))
    except NotPermitted as refused:
        return str(refused)
    return ""


def check_tells(by: Actor, case: Case, step: Step, on: date, role: str, part: str) -> str:
    """The role told of. An office above tells what others did; the body itself may tell what it did before."""
    if not may_act_for(by, TELL, case.row.place_id):
        return check_takes(by, case, step, on, role, part)
    if role:
        return role
    bodies = roles_of(case, step, on)
    return bodies[0].code if len(bodies) == 1 else ""


def check_part(by: Actor, case: Case, step: Step, part: str) -> None:
    """A divided step is taken field by field, each office its own."""
    fields = case.row.sectors if step.parts.vi else []
    if not fields:
        return
    if part not in fields:
        raise Refusal(
            Fault(
                _("Bước “%(step)s” làm theo từng %(parts)s. Hãy chọn một trong: %(fields)s.")
                % {
                    "step": step.name.in_(language()),
                    "parts": step.parts.in_(language()),
                    "fields": ", ".join(fields),
                },
                "part",
            )
        )
    if by.sector and by.sector != part:
        raise NotPermitted(
            _("Chức danh “%(post)s” chỉ ghi phần của lĩnh vực mình, không ghi phần %(part)s.")
            % {"post": label_in_words(by.label), "part": part}
        )


def check_lives(place_id: int, on: date) -> None:
    """Refuse what would be done for a place that is no more, naming what stands for it; nothing recorded is lost."""
    life = territory.latest(place_id)
    if life.ended is None or on < life.ended:
        territory.as_of(place_id, on)
        return
    heirs = ", ".join(each.full_name for each in territory.current_of(place_id, on))
    told = {"place": opening(life.full_name), "ended": day_words(life.ended), "heirs": heirs}
    if heirs:
        sentence = _(
            "%(place)s không còn từ ngày %(ended)s; nơi kế tiếp là %(heirs)s. Hồ sơ giữ nguyên những gì đã ghi. "
            "Hãy ghi ngày trước đó, hoặc mở hồ sơ mới cho nơi kế tiếp."
        )
    else:
        sentence = _(
            "%(place)s không còn từ ngày %(ended)s và chưa ghi nơi kế tiếp. Hồ sơ giữ nguyên những gì đã ghi. "
            "Hãy ghi ngày trước đó, hoặc nhờ cấp trên ghi nơi này theo về đâu."
        )
    raise Refusal(Fault(sentence % told, "on"))


def faults_of_year(year: int, today: date) -> list[Fault]:
    if FIRST_YEAR <= year <= today.year + 1:
        return []
    return [Fault(_("Năm xét %(year)s không hợp lý. Hãy xem lại năm.") % {"year": year}, "year")]


def faults_of_event(
    on: date, at: datetime, note: str, mark: Mark, source: str, counts: Any = None
) -> list[Fault]:
    """What is wrong with what was typed, before the law is asked."""
    faults = faults_of_future(on, at, "on")
    faults += faults_of_texts((note, "note", _("ghi chú"), 4_000, False))
    faults += faults_of_source(mark, source)
    faults += [Fault(each.in_(language()), "counts") for each in contradictions(counts or {})]
    return faults


def new_faults(before: Proceeding, after: Proceeding) -> list[Fault]:
    """What the engine cannot count of what was added, in its own words."""
    added = Counter(after.faults) - Counter(before.faults)
    return [Fault(each.in_(language()), "on") for each in added]


def check_open(state: StepState, step: Step) -> None:
    """Refuse a step that is shut, with every reason the engine gives."""
    if state.standing in (Standing.OPEN, Standing.FAILED):
        return
    if state.standing is Standing.DONE and state.done_on:
        sentence = _("Bước “%(step)s” đã xong ngày %(day)s. Muốn làm lại, bước sau phải trả hồ sơ về.")
        told = {"step": step.name.in_(language()), "day": day_words(state.done_on)}
        raise Refusal(Fault(sentence % told, "step"))
    raise Refusal(*(Fault(each.sentence.in_(language()), each.kind) for each in state.reasons))


def faults_of_missing(procedure: Procedure, missing: Iterable[Component]) -> list[Fault]:
    """Which papers are not there, and whose they are."""
    return [
        Fault(
            _("Thiếu “%(paper)s”, do %(whose)s lập.")
            % {
                "paper": each.name.in_(language()),
                "whose": procedure.role_names((each.producer,)).in_(language()),
            },
            "component",
            clause=cited(each.ground).in_(language()),
        )
        for each in missing
    ]
