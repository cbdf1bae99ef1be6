"""Conditions that keep a step shut, read from the data that show them; a paper settles only what these leave open."""

import uuid
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext as _

from chungtay.core.actors import Actor
from chungtay.core.audit import write_event
from chungtay.core.language import day_words, language
from chungtay.core.refusals import Fault, Refusal
from chungtay.figures import queries as figures
from chungtay.figures.states import State
from chungtay.people.policies import check_acts_for, may_act_for
from chungtay.recognition.dossiers import cases, policies
from chungtay.recognition.dossiers.cases import Case
from chungtay.recognition.dossiers.models import GateProof
from chungtay.recognition.surveys import queries as surveys
from chungtay.recognition.surveys.views import SurveyResult
from chungtay.works import queries as works
from rulebook import Mark
from rulebook.ballots import count_survey, verdict_of
from rulebook.measures import show_value
from rulebook.procedure import Gate, cited
from rulebook.verdicts import Verdict
from viet.numbers import format_number

CRITERIA: Final = "criteria"
SATISFACTION: Final = "satisfaction"
ARREARS: Final = "arrears"


@dataclass(frozen=True)
class GateView:
    """A condition and what shows it.

    sentence: the proof in words. kind, ref: where it is looked up: ("standard", code), ("survey", uid),
    ("works", place), ("measure", code), ("paper", component or proof).
    stated: what was published of it, beside what is measured; "" where nothing.
    """

    code: str
    name: str
    verdict: Verdict
    sentence: str
    clause: str
    closes: tuple[str, ...]
    kind: str = ""
    ref: str = ""
    stated: str = ""

    def to_plain(self) -> dict[str, Any]:
        """As JSON, to be frozen with the dossier."""
        return {
            "code": self.code,
            "name": self.name,
            "verdict": self.verdict.value,
            "sentence": self.sentence,
            "stated": self.stated,
        }


@dataclass(frozen=True)
class _Shown:
    verdict: Verdict
    sentence: str
    kind: str
    ref: str
    stated: str = ""


@transaction.atomic
def prove_gate(
    *,
    by: Actor,
    at: datetime,
    dossier_id: int,
    gate: str,
    verdict: Verdict,
    on: date,
    source: str,
    mark: Mark = Mark.STATED,
    uid: uuid.UUID | None = None,
) -> GateProof:
    """Record the paper of an office above by which a condition holds, or does not; never by the place itself.

    It counts only where the data leave the condition unknown: a measured verdict stands.
    """
    case = cases.read(dossier_id, lock=True)
    policies.check_sees(by, case)
    if not may_act_for(by, "recognition.verify", case.row.place_id):
        check_acts_for(by, "recognition.appraise", case.row.place_id)
    if known := policies.sent_before(GateProof, uid, dossier_id=dossier_id, gate=gate):
        return known
    faults = policies.faults_of_event(on, at, "", mark, source)
    if gate not in case.procedure.gates:
        faults.append(Fault(_("Quy trình không có điều kiện này."), "gate"))
    if verdict not in (Verdict.MET, Verdict.NOT_MET):
        faults.append(Fault(_("Hãy ghi đạt hoặc không đạt, theo văn bản."), "verdict"))
    if faults:
        raise Refusal(*faults)
    row = GateProof.objects.create(
        uid=uid or uuid.uuid4(),
        dossier=case.row,
        gate=gate,
        verdict=verdict.value,
        on=on,
        mark=mark.value,
        source=source.strip(),
        post_id=by.actor_id,
        by_label=by.label,
        recorded_at=at,
    )
    place, detail = case.row.place_id, {"gate": gate, "verdict": verdict.value}
    write_event(by=by, deed="recognition.prove_gate", subject=case.row, at=at, place_id=place, detail=detail)
    return row


def gates_of(case: Case, on: date) -> tuple[GateView, ...]:
    """Every condition of the procedure as the data show it on a day; a fixed number of queries."""
    proofs = {row.gate: row for row in GateProof.objects.filter(dossier=case.row, on__lte=on).order_by("pk")}
    views = []
    for gate in case.procedure.gates.values():
        shown = _shown(case, gate, on)
        proof = proofs.get(gate.code)
        if proof is not None and shown.verdict is Verdict.UNKNOWN:
            sentence = _("Theo %(paper)s, ngày %(day)s. Từ số liệu: %(data)s")
            told = {"paper": proof.source, "day": day_words(proof.on), "data": shown.sentence}
            shown = _Shown(Verdict(proof.verdict), sentence % told, "paper", str(proof.uid))
        views.append(
            GateView(
                code=gate.code,
                name=gate.name.in_(language()),
                verdict=shown.verdict,
                sentence=shown.sentence,
                clause=cited(gate.ground).in_(language()),
                closes=gate.closes,
                kind=shown.kind,
                ref=shown.ref,
                stated=shown.stated,
            )
        )
    return tuple(views)


def survey_result(case: Case) -> SurveyResult | None:
    """The frozen survey of the place for the title; None while there is none."""
    return surveys.frozen_result(case.row.place_id, case.row.standard_code, case.row.year)


def survey_event(case: Case, note: str) -> dict[str, Any]:
    """What the event of a survey keeps of its frozen result: counts, answers, digest. Refused while there is none."""
    result = survey_result(case)
    if result is None:
        raise Refusal(
            Fault(
                _(
                    "Chưa có kết quả lấy ý kiến hài lòng đã chốt cho danh hiệu này. Mặt trận chốt cuộc lấy ý kiến "
                    "trước, hoặc ghi theo văn bản của Mặt trận."
                ),
                "counts",
            )
        )
    return {
        "counts": dict(result.counts),
        "answers": {code: list(pair) for code, pair in result.answers.items()},
        "note": note or _("Kết quả chốt, dấu số %(digest)s") % {"digest": result.digest[:12]},
        "mark": result.mark,
        "source": result.source,
    }


def _shown(case: Case, gate: Gate, on: date) -> _Shown:
    if gate.code == CRITERIA:
        return _criteria(case, on)
    if gate.code == SATISFACTION:
        return _satisfaction(case)
    if gate.code == ARREARS:
        return _arrears(case, gate, on)
    if gate.measure:
        return _measure(case, gate, on)
    return _paper(case, gate)


def _criteria(case: Case, on: date) -> _Shown:
    code = case.row.standard_code
    try:
        judged = figures.judge_place(case.row.place_id, code, on=on)
    except Refusal as refused:
        return _Shown(Verdict.UNKNOWN, str(refused), "standard", code)
    counts, stated = judged.counts, judged.stated
    sentence = _("%(met)s/%(all)s tiêu chí đạt theo số liệu, %(not)s không đạt, %(unknown)s chưa biết.")
    told = {"met": counts.holding, "all": counts.total, "not": counts.not_met, "unknown": counts.unknown}
    beside = ""
    if stated.silent < stated.total:
        beside = _("Đã công bố: %(met)s/%(all)s tiêu chí đạt.") % {"met": stated.met, "all": stated.total}
    return _Shown(judged.finding.verdict, sentence % told, "standard", code, beside)


def _satisfaction(case: Case) -> _Shown:
    result = survey_result(case)
    survey = next(iter(case.procedure.surveys.values()), None)
    if result is None or survey is None:
        return _Shown(Verdict.UNKNOWN, _("Chưa có kết quả lấy ý kiến đã chốt."), "survey", "")
    outcomes = count_survey(
        survey,
        case.row.standard_code,
        households=result.counts.get("households"),
        participants=result.counts.get("participants"),
        answers={code: (pair[0], pair[1]) for code, pair in result.answers.items()},
    )
    sentence = " ".join(each.sentence.in_(language()) for each in outcomes)
    return _Shown(verdict_of(outcomes), sentence, "survey", str(result.uid))


def _arrears(case: Case, gate: Gate, on: date) -> _Shown:
    """Owed on any work of the place and below is owed; that nothing is owed, the works or the figure must say."""
    place = case.row.place_id
    owed = works.arrears(place)
    if owed.dong:
        sentence = _("%(n)s công trình có nợ đọng, tổng %(dong)s đồng.")
        told = {"n": len(owed.rows), "dong": format_number(owed.dong)}
        return _Shown(Verdict.NOT_MET, sentence % told, "works", str(place))
    if gate.measure:
        shown = _measure(case, gate, on)
        if shown.verdict is not Verdict.UNKNOWN:
            return shown
    if works.years(place):
        return _Shown(
            Verdict.MET,
            _("Không công trình nào trong sổ có nợ đọng khối lượng đã nghiệm thu."),
            "works",
            str(place),
        )
    return _Shown(
        Verdict.UNKNOWN, _("Chưa có công trình nào trong sổ và chưa có số nợ đọng."), "works", str(place)
    )


def _measure(case: Case, gate: Gate, on: date) -> _Shown:
    """A sum that must be nil, or a flag that must be set; a figure sent back or reconstructed shows nothing."""
    figure = figures.current(case.row.place_id, [gate.measure], on).get((gate.measure, ""))
    if figure is None or figure.state is State.RETURNED or figure.mark is Mark.RECONSTRUCTED:
        return _Shown(Verdict.UNKNOWN, _("Chưa có số liệu."), "measure", gate.measure)
    value = figure.value
    holds = value is True if isinstance(value, bool) else value == 0
    sentence = _("%(measure)s: %(value)s (%(source)s).")
    told = {
        "measure": figure.measure.name.in_(language()),
        "value": show_value(value, figure.measure, language()),
        "source": figure.source or figure.by,
    }
    return _Shown(Verdict.MET if holds else Verdict.NOT_MET, sentence % told, "measure", gate.measure)


def _paper(case: Case, gate: Gate) -> _Shown:
    """What only a paper says: that it is there shows nothing of what it says."""
    held = case.papers.get(gate.component)
    words = (
        _("Đã có “%(name)s” trong hồ sơ; cơ quan thẩm tra ghi điều kiện này theo văn bản.")
        % {"name": held.name}
        if held
        else _("Cần %(proof)s.") % {"proof": gate.proof.in_(language())}
    )
    return _Shown(Verdict.UNKNOWN, words, "paper", gate.component)
