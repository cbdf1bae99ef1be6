"""The words of titles: how one stands, what waits, why it is at risk. Colour never says it alone."""

from django.utils.translation import gettext as _

from chungtay.core.language import day_words
from chungtay.figures.risk import THRESHOLD, Risk
from chungtay.recognition.titles.dues import Due, DueState
from chungtay.recognition.titles.papers import PaperView
from chungtay.recognition.titles.queries import EventView, Held, State
from chungtay.recognition.titles.upkeep import Upkeep
from rulebook import Finding, Verdict
from rulebook.measures import with_unit
from viet.numbers import format_number


def state_words(state: State) -> str:
    return {
        State.IN_FORCE: _("đang giữ"),
        State.CARRIED: _("được thừa nhận cho nơi kế tiếp"),
        State.NOT_ACKNOWLEDGED: _("nơi cũ không còn, chưa được thừa nhận"),
        State.WITHDRAWN: _("đã bị thu hồi"),
        State.GIVEN_UP: _("đã thôi giữ"),
    }[state]


def states() -> list[tuple[str, str]]:
    """As choices of a filter."""
    return [
        ("", _("mọi trạng thái")),
        ("held", _("còn hiệu lực")),
        *((each.value, state_words(each)) for each in State),
    ]


def facts() -> list[tuple[str, str]]:
    """What may be asked of the facts, as choices of a filter."""
    return [
        ("", _("mọi danh hiệu")),
        ("falls", _("hôm nay chưa đạt")),
        ("meets", _("hôm nay đạt")),
        ("unknown", _("chưa xét được hôm nay")),
        ("risk", _("có nguy cơ")),
        ("late", _("quá hạn rà soát")),
        ("soon", _("sắp đến hạn rà soát")),
        ("answer", _("rà soát chờ trả lời")),
        ("case", _("đang có hồ sơ thu hồi")),
    ]


def held_words(held: Held) -> str:
    """ "đang giữ"; "đã bị thu hồi từ 01/02/2026"."""
    words = state_words(held.state)
    if held.ended:
        return _("%(state)s từ %(day)s") % {"state": words, "day": day_words(held.ended.on)}
    return words


def given_words(held: Held) -> str:
    """When and by whom it was given, with what is not known said."""
    given = held.title
    day = (
        _("quyết định ngày %(day)s") % {"day": day_words(given.decided_on)}
        if given.decided_on
        else _("ngày quyết định chưa rõ")
    )
    number = given.decision_number or _("số quyết định chưa rõ")
    return f"{given.decided_by}; {day}; {number}"


def event_words(event: EventView, place: str) -> str:
    """ "được thừa nhận cho xóm Khe Gạo"; the decision stands in its own columns."""
    if event.kind == "acknowledged":
        return _("được thừa nhận cho %(place)s") % {"place": place}
    return _("bị thu hồi") if event.kind == "withdrawn" else _("nơi giữ danh hiệu thôi giữ")


def today_words(row: Upkeep, language: str) -> tuple[str, str]:
    """How the place meets the standard today, in words, and which criteria fail or are not known."""
    if row.picked is None:
        return _("không xét"), ""
    number = len(row.picked.criteria)
    told = []
    if row.picked.failing:
        told.append(_("chưa đạt tiêu chí %(codes)s") % {"codes": ", ".join(row.picked.failing)})
    if row.picked.unknown:
        told.append(_("chưa biết %(n)s/%(all)s tiêu chí") % {"n": len(row.picked.unknown), "all": number})
    word = {
        Verdict.MET: _("đạt"),
        Verdict.EXCUSED: _("đạt"),
        Verdict.NOT_MET: _("chưa đạt"),
        Verdict.UNKNOWN: _("chưa xét được"),
    }[row.picked.verdict]
    return word, "; ".join(told)


def withdrawal_words(finding: Finding | None, language: str) -> tuple[str, str]:
    """What the two-band rule says, and on what counts."""
    if finding is None:
        return _("không xét"), ""
    word = {
        Verdict.MET: _("thuộc trường hợp có thể bị thu hồi"),
        Verdict.NOT_MET: _("không thuộc trường hợp thu hồi"),
    }.get(finding.verdict, _("chưa xác định được"))
    why = finding.reason if finding.verdict is Verdict.UNKNOWN else finding.value_text
    return word, why.in_(language)


def due_words(due: Due | None, language: str) -> str:
    """ "quá hạn từ 24/05/2025"; "24/05/2026"; why it is not known."""
    if due is None:
        return "–"
    if due.day is None:
        return due.reason.in_(language)
    day = day_words(due.day)
    if due.state is DueState.LATE:
        return _("quá hạn từ %(day)s") % {"day": day}
    if due.state is DueState.SOON:
        return _("đến hạn %(day)s") % {"day": day}
    return day


def due_notes(due: Due | None, language: str) -> list[str]:
    """What must be known of how the day was counted."""
    if due is None or due.day is None:
        return []
    told = []
    if due.ground:
        told.append(_("Theo %(clause)s.") % {"clause": due.ground.in_(language)})
    if due.from_ceremony:
        told.append(_("Chưa biết ngày quyết định nên tính từ ngày công bố."))
    if due.moved:
        told.append(_("Năm đó không có ngày 29/02 nên tính đến ngày cuối tháng."))
    if due.missed:
        days = ", ".join(day_words(day) for day in due.missed)
        told.append(_("Trong sổ không có lần rà soát nào cho các hạn: %(days)s.") % {"days": days})
    return told


def risk_words(risk: Risk, language: str) -> str:
    """Why a criterion is at risk, with every number it stands on."""
    told = {
        "measure": risk.measure.name.in_(language),
        "value": risk.value.in_(language),
        "then": risk.threshold_then.in_(language),
        "day": day_words(risk.until),
    }
    if risk.kind == THRESHOLD:
        words = _(
            "Ngưỡng tăng: %(measure)s nay %(value)s, hiện cần %(now)s; đến %(day)s cần %(then)s nên không còn đạt "
            "nếu số không đổi."
        )
        return words % {**told, "now": risk.threshold.in_(language)}
    values = ", ".join(f"{point.text.in_(language)} ({day_words(point.period.end)})" for point in risk.points)
    words = _(
        "Đang đi về phía ngưỡng: %(measure)s qua %(n)s lần gần nhất là %(values)s; kéo thẳng theo các lần ấy thì đến "
        "%(day)s là khoảng %(expected)s, mà cần %(then)s."
    )
    return words % {
        **told,
        "n": len(risk.points),
        "values": values,
        "expected": with_unit(format_number(risk.expected or 0, 2), risk.unit.in_(language)),
    }


def paper_words(paper: PaperView, until: str) -> str:
    return _("Giấy hết hạn: “%(name)s” đỡ tiêu chí %(code)s chỉ tính đến hết %(day)s, trước %(until)s.") % {
        "name": paper.name,
        "code": paper.criterion,
        "day": day_words(paper.valid_until),
        "until": until,
    }


def risks_words(row: Upkeep, language: str) -> list[tuple[str, str]]:
    """Each criterion at risk with its reason."""
    told = [(risk.criterion, risk_words(risk, language)) for risk in row.risks]
    until = day_words(row.ahead) if row.ahead else ""
    return told + [(paper.criterion, paper_words(paper, until)) for paper in row.papers]


def risk_short(row: Upkeep) -> str:
    """ "có, tiêu chí 3, 10"; "chưa thấy"; "–" where nobody looked."""
    if row.ahead is None:
        return "–"
    codes = dict.fromkeys([*(each.criterion for each in row.risks), *(each.criterion for each in row.papers)])
    return _("có: tiêu chí %(codes)s") % {"codes": ", ".join(codes)} if codes else _("chưa thấy")
