"""What the papers of a dossier say, read from the records of a day: `recognition.papers.Facts`. Bounded queries.

Nothing is worked out here: verdicts are those of `figures`, counts those of events, outcomes those of the engine.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, time
from typing import Final

from django.utils import timezone

from chungtay.community.meetings import queries as meetings
from chungtay.community.meetings.queries import NoticeView
from chungtay.core.actors import Actor
from chungtay.core.notices import notices
from chungtay.evidence import queries as evidence
from chungtay.evidence.queries import Piece
from chungtay.figures import queries as figures
from chungtay.figures.queries import Judged
from chungtay.people.roles import label_in_words
from chungtay.recognition.dossiers import gates
from chungtay.recognition.dossiers.cases import Case
from chungtay.recognition.dossiers.checks import current_checks
from chungtay.recognition.dossiers.models import Attendance, CouncilSeat, DossierEvent
from chungtay.recognition.papers import (
    ArrearsFacts,
    ArrearsLine,
    CheckLine,
    CriterionLine,
    DecisionFacts,
    Facts,
    GateLine,
    MeetingFacts,
    NoticeFacts,
    OpinionLine,
    PhotoLine,
    PlaceNames,
    ProofLine,
    SurveyFacts,
    SurveyLine,
    Unit,
    UpkeepFacts,
)
from chungtay.recognition.papers.facts import NO_FIGURE
from chungtay.recognition.surveys import queries as surveys
from chungtay.recognition.titles import upkeep
from chungtay.recognition.titles.models import Title
from chungtay.territory import queries as territory
from chungtay.works import queries as works
from chungtay.works.reports import as_jpeg
from chungtay.works.views import Filters
from rulebook import Mark, Verdict
from rulebook.ballots import count_survey, count_vote, verdict_of
from rulebook.findings import Finding
from rulebook.printing import MARKS, TRUST
from rulebook.procedure import Procedure, Step, Verb, Whole, cited
from rulebook.standings import Said
from viet.dates import format_day, long_day

MOST_WORKS: Final = 500
MOST_PHOTOS: Final = 12
_ABOUT_TITLES: Final = frozenset({"decision", "upkeep_report"})
_SHOWING: Final = frozenset({"proofs", "photos"})
Keys = dict[tuple[str, str], str]  # subject of evidence → number of the criterion, "" for the dossier itself


def facts_of(case: Case, on: date, wanted: Iterable[str], *, seen_by: Actor | None = None) -> Facts:
    """What the wanted components (codes) say, with the data of a day.

    What only some papers need is read for those alone. seen_by: who may see the evidence; none is shown without.
    """
    asked = frozenset(wanted)
    judged = figures.judge_place(case.row.place_id, case.row.standard_code, on=on)
    keys = _keys(case, judged, on)
    seen = _seen(keys, seen_by) if seen_by and asked & _SHOWING else {}
    procedure = replace(case.procedure.on(on), roles=case.procedure.roles)  # papers name bodies that are gone
    given = Title.objects.filter(dossier_uid=case.row.uid) if asked & _ABOUT_TITLES else Title.objects.none()
    title = given.first()
    return Facts(
        procedure=procedure,
        names=names_on(case.row.place_id, on),
        title=case.row.title[:1].lower() + case.row.title[1:],
        standard=judged.standard.name.vi,
        year=case.row.year,
        on=on,
        grounds=_grounds(procedure, judged),
        criteria=tuple(_criteria(case, judged, on, _many(keys))),
        gates=tuple(GateLine(each.name, each.verdict, each.sentence) for each in gates.gates_of(case, on)),
        opinions=tuple(_opinions(case, on)),
        notices={row.step: _notice(case, row) for row in _last(case, on, Verb.NOTICE)},
        meetings=_meetings(case, on),
        survey=_survey(case) if "survey_report" in asked else None,
        arrears=_arrears(case, on) if "debt_statement" in asked else None,
        decision=DecisionFacts(title.decision_number, title.decided_on) if title else DecisionFacts(),
        upkeep=_upkeep(title.pk, on) if title and "upkeep_report" in asked else None,
        photos=tuple(_photos(seen, seen_by)) if seen_by and "photos" in asked else (),
        proofs=tuple(_proofs(seen)),
        marks=_marks(case.procedure, judged),
    )


def names_on(place_id: int, on: date) -> PlaceNames:
    """The place and those over it by their names of the day."""
    place = territory.as_of(place_id, on)
    above = {each.level: Unit(each.kind, each.name) for each in territory.ancestors(place_id, on)}
    own = Unit(place.kind, place.name)
    return PlaceNames(
        place=own,
        commune=above.get("commune", own),
        province=above.get("province", own),
        district=above.get("district"),
    )


def _grounds(procedure: Procedure, judged: Judged) -> tuple[str, ...]:
    """The papers that procedure and standard stand on, each once."""
    laws = (procedure.legal_basis.vi, judged.standard.legal_basis.vi)
    return tuple(dict.fromkeys(each for law in laws for each in law.split("; ") if each))


def _criteria(case: Case, judged: Judged, on: date, proofs: dict[str, int]) -> Iterable[CriterionLine]:
    """Every criterion with its indicators below it; the applicant's own word is the self-assessment, else what it
    published."""
    checks = current_checks(case, on)
    for finding in judged.finding.criteria:
        own = [each for each in checks if each.criterion == finding.code]
        claims = [each for each in own if each.verb is Verb.SELF_ASSESS and each.verdict != "unknown"]
        lines: dict[str, tuple[CheckLine, ...]] = {}
        for check in own:
            told = CheckLine(label_in_words(check.by), check.verdict, check.way, check.on, check.reason)
            lines[check.step] = (*lines.get(check.step, ()), told)
        yield CriterionLine(
            number=finding.code,
            name=finding.label.vi,
            result=finding.reason.vi or _counted(finding),
            verdict=finding.verdict,
            stated=claims[-1].verdict if claims else finding.stated,
            proofs=proofs.get(finding.code, 0),
            note=_note(finding),
            checks=lines,
        )
        yield from (_indicator(each) for each in finding.indicators)


def _indicator(finding: Finding) -> CriterionLine:
    shown = finding
    if len(finding.children) == 1 and finding.children[0].kind in ("compare", "share"):
        shown = finding.children[0]
    value = shown.value_text.vi if shown.value else ""
    mark = MARKS[shown.mark].vi if value and shown.mark not in ("", Mark.MEASURED) else ""
    return CriterionLine(
        number=finding.code,
        name=finding.label.vi,
        asked=shown.threshold_text.vi if shown.threshold else "",
        result=f"{value} ({mark})" if mark else value,
        verdict=finding.verdict,
        stated=finding.stated,
        depth=1,
        note=_note(finding),
    )


def _counted(finding: Finding) -> str:
    """How its indicators stand; "" where there is only one, whose own line says it."""
    verdicts = [each.verdict for each in finding.indicators]
    if len(verdicts) < 2:
        return ""
    words = [f"{sum(each.holds for each in verdicts)}/{len(verdicts)} chỉ tiêu đạt"]
    for verdict, said in ((Verdict.NOT_MET, "chưa đạt"), (Verdict.UNKNOWN, NO_FIGURE)):
        if verdict in verdicts:
            words.append(f"{verdicts.count(verdict)} {said}")
    return "; ".join(words)


def _note(finding: Finding) -> str:
    return TRUST[finding.provenance].vi if finding.kind == "indicator" else ""


def _marks(procedure: Procedure, judged: Judged) -> tuple[str, ...]:
    """What nobody who holds the paper may miss."""
    found = [*notices().values()]
    if procedure.label.vi:
        found.append(f"Trình tự, thủ tục: {procedure.label.vi}.")
    if judged.standard.sample:
        found.append("Bộ tiêu chí là bộ mẫu, không phải văn bản của cơ quan có thẩm quyền.")
    below = [each for finding in judged.finding.criteria for each in finding.walk()]
    if any(not each.confirmed for each in below):
        found.append("Có mức quy định chưa xác nhận với văn bản gốc, ghi rõ tại biểu chi tiết.")
    if any(each.mark == Mark.RECONSTRUCTED for each in below):
        found.append("Có số liệu dựng lại từ lời kể; số liệu đó không được tính khi kết luận.")
    return tuple(found)


def _keys(case: Case, judged: Judged, on: date) -> Keys:
    """Of what there may be evidence: the dossier, and every figure that a criterion turns on."""
    told = [
        (finding.code, (each.measure, each.part))
        for finding in judged.finding.criteria
        for each in finding.walk()
        if each.measure
    ]
    current = figures.current(case.row.place_id, [measure for _code, (measure, _part) in told], on)
    keys: Keys = {("dossier", str(case.row.uid)): ""}
    for code, pair in told:
        if pair in current:
            keys["figure", str(current[pair].uid)] = code
    return keys


def _many(keys: Keys) -> dict[str, int]:
    """How many files stand for each criterion, whoever asks: the same data give the same paper."""
    found: dict[str, int] = {}
    for key, count in evidence.documented(keys).items():
        found[keys[key]] = found.get(keys[key], 0) + count
    return found


def _seen(keys: Keys, seen_by: Actor) -> dict[str, list[Piece]]:
    """The files themselves, as far as they are for these eyes, in the order of the criteria. Never a private one: the
    paper is kept, and read by everybody whom the dossier reaches."""
    found: dict[str, list[Piece]] = {code: [] for code in keys.values()}
    strips = evidence.strips(keys, seen_by=seen_by)
    for key, code in keys.items():
        found[code].extend(piece for piece in strips[key].pieces if not piece.is_private)
    return found


def _proofs(found: dict[str, list[Piece]]) -> Iterable[ProofLine]:
    for code, pieces in found.items():
        for each in pieces if code else ():
            taken = timezone.localdate(each.taken_at) if each.taken_at else None
            flags = sum(flag.settled is None for flag in each.flags)
            grade = f"{flags} điểm cần xem lại" if flags else "không có cảnh báo"
            yield ProofLine(code, each.name, taken, grade, each.sha256)


def _photos(found: dict[str, list[Piece]], seen_by: Actor) -> Iterable[PhotoLine]:
    """Copies for the eye, with all that was blurred in them; one of each file."""
    pictures = {
        each.file_id: (code, each)
        for code, pieces in found.items()
        for each in pieces
        if each.kind.family == "image" and each.has_copies
    }
    for code, each in list(pictures.values())[:MOST_PHOTOS]:
        with evidence.copy(each.file_id, "display", seen_by=seen_by).content as content:
            image = as_jpeg(content.read())
        day = f", {format_day(timezone.localdate(each.taken_at))}" if each.taken_at else ""
        about = f"Minh chứng tiêu chí {code}" if code else each.name
        yield PhotoLine(image, about, about + day)


def _last(case: Case, on: date, *verbs: Verb) -> list[DossierEvent]:
    """The last word on each step of these verbs by a day, unless it was sent back since."""
    rows: dict[str, DossierEvent] = {}
    for row in case.rows:
        if row.on > on:
            continue
        if row.said == Said.RETURNED:
            undone = case.procedure.followers(row.to)
            rows = {code: each for code, each in rows.items() if code not in undone}
        elif row.said in (Said.DONE, Said.TOLD) and case.procedure.steps[row.step].verb in verbs:
            rows[row.step] = row
    return list(rows.values())


def _notice(case: Case, row: DossierEvent) -> NoticeFacts:
    law = case.procedure.steps[row.step].notice
    asked = []
    if law and law.broadcasts is not None:
        asked.append(f"ít nhất {law.broadcasts} lần phát thanh")
    if law and law.days is not None:
        asked.append(f"trong {law.days} ngày")
    ground = f"; {cited(law.ground).vi}" if law and asked else ""
    return NoticeFacts(
        began=row.began,
        ended=row.on if row.is_day_known else None,
        broadcasts=row.counts.get("broadcasts"),
        asked=" ".join(asked) + ground,
    )


def _opinions(case: Case, on: date) -> Iterable[OpinionLine]:
    for row in _last(case, on, Verb.OPINE):
        who = case.procedure.role_names([row.role]).vi if row.role else label_in_words(row.by_label)
        yield OpinionLine(who, row.note, row.on if row.is_day_known else None)


def _meetings(case: Case, on: date) -> dict[str, MeetingFacts]:
    """The meetings that were held, by step; of a council also who sat on it."""
    found: dict[str, MeetingFacts] = {}
    rows = _last(case, on, Verb.MEET, Verb.DELIBERATE)
    seats: dict[int | None, list[CouncilSeat]] = {}
    sitting = CouncilSeat.objects.filter(meeting__event__in=[row.pk for row in rows])
    for seat in sitting.select_related("post", "meeting").order_by("-is_chair", "pk"):
        seats.setdefault(seat.meeting.event_id, []).append(seat)
    for row in rows:
        step = case.procedure.steps[row.step]
        vote = case.procedure.votes.get(step.vote)
        outcomes = count_vote(vote, row.counts) if vote else ()
        own = seats.get(row.pk, [])
        called = _called(case, step, row)
        chairs = [label_in_words(seat.post.label) for seat in own if seat.is_chair]
        found[row.step] = MeetingFacts(
            name=step.name.vi,
            whole=_whole(case.procedure, step),
            on=row.on if row.is_day_known else None,
            starts=f"{timezone.localtime(called.starts_at):%H giờ %M}" if called else "",
            venue=called.venue if called else "",
            matters=called.items if called else (),
            chair="".join(chairs[:1]),
            attended=tuple(_came(own)),
            course=row.note,
            counts=row.counts,
            verdict=verdict_of(outcomes) if outcomes else Verdict.UNKNOWN,
            sentences=tuple(each.sentence.vi for each in outcomes),
        )
    return found


def _called(case: Case, step: Step, row: DossierEvent) -> NoticeView | None:
    """The meeting of the people in which the step was taken: the only one that was called at the place for its day."""
    levels = {case.procedure.roles[code].level for code in step.by}
    if case.procedure.level not in levels or not row.is_day_known:
        return None
    called = meetings.called_on(case.row.place_id, row.on)
    return called[0] if len(called) == 1 else None


def _came(seats: Iterable[CouncilSeat]) -> Iterable[str]:
    for seat in seats:
        label = label_in_words(seat.post.label)
        if seat.attendance == Attendance.PRESENT:
            yield label
        elif seat.attendance == Attendance.DELEGATED:
            yield f"{seat.deputy}, thay {label} ({seat.delegation})"


def _whole(procedure: Procedure, step: Step) -> str:
    vote = procedure.votes.get(step.vote)
    by_household = vote and Whole.HOUSEHOLDS in (vote.passes.of, vote.quorum.of if vote.quorum else None)
    return "hộ" if by_household else "thành viên"


def _survey(case: Case) -> SurveyFacts | None:
    result = gates.survey_result(case)
    law = next(iter(case.procedure.surveys.values()), None)
    if result is None or law is None:
        return None
    start = timezone.make_aware(datetime.combine(result.closed_on, time()))
    view = surveys.by_uid(result.uid, at=start)
    asked = law.of(case.row.standard_code)
    outcomes = count_survey(
        law,
        case.row.standard_code,
        households=result.counts.get("households"),
        participants=result.counts.get("participants"),
        answers=result.answers,
    )
    verdicts = {each.code: each.verdict for each in outcomes}
    texts = {each.code: each.text.vi for each in view.result.questions} if view.result else {}
    return SurveyFacts(
        closed_on=result.closed_on,
        households=result.counts.get("households"),
        issued=view.issued or None,
        returned=result.counts.get("participants"),
        lines=tuple(
            SurveyLine(
                texts.get(code, f"Câu {code}"),
                satisfied,
                answered,
                asked.own.get(code, asked.each).words.vi if asked else "",
                verdicts.get(code, Verdict.UNKNOWN),
            )
            for code, (satisfied, answered) in result.answers.items()
            if code != "overall"
        ),
        sentences=tuple(each.sentence.vi for each in outcomes if each.code not in texts),
        verdict=verdict_of(outcomes),
        digest=result.digest,
    )


def _arrears(case: Case, on: date) -> ArrearsFacts:
    """By work; where one work's debt is not known, neither is the sum, nor where there is no work at all."""
    found = works.works(case.row.place_id, Filters(order="year"), limit=MOST_WORKS)
    lines = tuple(
        ArrearsLine(
            each.name,
            each.debt.owed_dong if each.knows_debt else None,
            each.debt.paid_dong if each.knows_debt else None,
            each.debt.arrears_dong if each.knows_debt else None,
        )
        for each in found.rows
    )
    known = bool(lines) and not found.totals.debt_unknown
    return ArrearsFacts(on, lines, found.totals.arrears_dong if known else None)


def _upkeep(title_id: int, on: date) -> UpkeepFacts:
    told = upkeep.of_title(title_id, on=on)
    title = told.title
    number = f" số {title.decision_number}" if title.decision_number else ""
    day = f" {long_day(title.decided_on)}" if title.decided_on else ""
    fallen = [] if told.picked is None else told.picked.finding.criteria
    return UpkeepFacts(
        decision=f"Quyết định{number}{day} của {title.decided_by}.",
        fallen=tuple(
            f"Tiêu chí {each.code}. {each.label.vi}: nay chưa đạt."
            for each in fallen
            if each.verdict is Verdict.NOT_MET
        ),
        risks=(
            *(
                f"Tiêu chí {each.criterion}. {each.criterion_name.vi}: có thể không còn đạt vào "
                f"{format_day(each.until)}."
                for each in told.risks
            ),
            *(f"{each.name} hết hạn ngày {format_day(each.valid_until)}." for each in told.papers),
        ),
        next_review=told.due.day if told.due else None,
    )
