"""Counts and ranks as words and as the shapes that components draw. No arithmetic but shares for display."""

from collections.abc import Sequence
from fractions import Fraction

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from chungtay.figures.board_views import CriterionTally, Filters, Group, Tally
from chungtay.figures.ranking import GRADES, TOO_MUCH_UNKNOWN, Standing, rank
from chungtay.office.boards.asking import LEVELS, Asked, Question
from chungtay.territory.queries import PlaceView
from chungtay.ui.charts import Shares
from chungtay.ui.tables import Links, Multiple, RankRow
from rulebook import Verdict
from viet.dates import format_day
from viet.numbers import format_number


def shares_of(counted: Tally | CriterionTally) -> Shares:
    return counted.met, counted.not_met, counted.unknown, counted.excused


def percent(part: int, whole: int) -> str:
    """ "16%", "–" of nothing."""
    return f"{format_number(Fraction(part * 100, whole), 1)}%" if whole else "–"


def standing_sentence(tally: Tally, asked: Asked) -> str:
    """ "Đến 31/12/2024, 41/65 xã đạt; 8 chưa đạt; 16 chưa biết." """
    words = {"day": format_day(asked.on), "noun": asked.noun, "n": format_number(tally.places)}
    if not tally.places:
        return _("Đến %(day)s, không có %(noun)s nào để tổng hợp.") % words
    if tally.unknown == tally.places:
        return (
            _("Đến %(day)s, chưa xét được nơi nào trong %(n)s %(noun)s: chưa đủ số liệu hoặc mức của luật.")
            % words
        )
    said = [_("Đến %(day)s, %(met)s/%(n)s %(noun)s đạt") % {**words, "met": format_number(tally.met)}]
    rest = [
        (tally.not_met, _("%(n)s chưa đạt")),
        (tally.unknown, _("%(n)s chưa biết")),
        (tally.excused, _("%(n)s không xét")),
    ]
    said += [phrase % {"n": format_number(count)} for count, phrase in rest if count]
    return "; ".join(said) + "."


def links(asked: Asked, more: Question | None = None, *, of: PlaceView | None = None) -> Links:
    """Where the places behind each number are listed, of this place or of another."""
    return Links(*(asked.listed(verdict.value, more, of=of) for verdict in _KINDS))


_KINDS = (Verdict.MET, Verdict.NOT_MET, Verdict.UNKNOWN, Verdict.EXCUSED)


def is_one_place(group: Group, asked: Asked) -> bool:
    """Whether a child is itself what was judged, and not a place with such places below it."""
    return group.place.level == asked.level


def group_shares(group: Group, asked: Asked) -> Shares:
    """Of a place judged, its criteria; of a place above such places, those places."""
    if not is_one_place(group, asked):
        return shares_of(group.tally)
    met, not_met, unknown, excused = (
        sum(one) for one in zip(*(shares_of(each) for each in group.tally.criteria), strict=True)
    )
    return met, not_met, unknown, excused


def criterion_shares(group: Group, number: str) -> Shares:
    return next((shares_of(each) for each in group.tally.criteria if each.number == number), (0, 0, 0, 0))


def standing_of(key: int, counts: Shares) -> Standing:
    met, not_met, unknown, excused = counts
    return Standing(key, holding=met + excused, lacking=not_met, unknown=unknown)


def multiples(groups: Sequence[Group], shares: Sequence[Shares], asked: Asked) -> list[Multiple]:
    """One small picture a child; those without any such place are left to the list of ranks."""
    found: list[Multiple] = []
    for group, counts in zip(groups, shares, strict=True):
        if sum(counts):
            found.append(Multiple(group.place.full_name, asked.below(group.place), *headline(counts), counts))
    return found


def headline(counts: Shares) -> tuple[str, str]:
    """ "41/65" and "chưa biết 16"; where nothing is known, that and nothing else."""
    met, _not_met, unknown, excused = counts
    total = format_number(sum(counts))
    if unknown == sum(counts):
        return _("chưa biết"), _("cả %(n)s") % {"n": total}
    note = _("chưa biết %(n)s") % {"n": format_number(unknown)} if unknown else ""
    return f"{format_number(met + excused)}/{total}", note


def rank_rows(groups: Sequence[Group], shares: Sequence[Shares], asked: Asked) -> list[RankRow]:
    """The children in order, then those that cannot be ranked; under filters, only those that pass some place."""
    by_id = {
        group.place.id: (group.place, counts)
        for group, counts in zip(groups, shares, strict=True)
        if sum(counts) or asked.filters == Filters()
    }
    ranking = rank(standing_of(key, counts) for key, (_place, counts) in by_id.items())
    rows = [(_rank_words(one.first, one.last, one.among), one.standing, "") for one in ranking.ranked]
    rows += [("", one, _why_unranked(one)) for one in ranking.unranked]
    found: list[RankRow] = []
    for words, standing, why in rows:
        place, counts = by_id[standing.key]
        known = standing.holding + standing.lacking
        share = (
            f"{format_number(standing.holding)}/{format_number(known)} ({percent(standing.holding, known)})"
        )
        unknown = f"{format_number(standing.unknown)} ({percent(standing.unknown, standing.total)})"
        found.append(
            RankRow(
                words, place.full_name, asked.below(place), grade_words(standing), counts, share, unknown, why
            )
        )
    return found


def _rank_words(first: int, last: int, among: int) -> str:
    words = {"first": first, "last": last, "n": among}
    return _("đồng hạng %(first)s–%(last)s/%(n)s") % words if first != last else f"{first}/{among}"


def _why_unranked(standing: Standing) -> str:
    if not standing.total:
        return _("không có nơi nào để xét")
    return _("chưa biết %(share)s, quá %(limit)s") % {
        "share": percent(standing.unknown, standing.total),
        "limit": percent(TOO_MUCH_UNKNOWN.numerator, TOO_MUCH_UNKNOWN.denominator),
    }


def grade_words(standing: Standing) -> str:
    """ "nhóm 2", or "nhóm 2–4" where what is not known leaves it open."""
    best, worst = standing.grades
    return _("nhóm %(n)s") % {"n": best + 1 if best == worst else f"{best + 1}–{worst + 1}"}


def ranking_notes(groups: Sequence[Group], asked: Asked) -> list[str]:
    """How the order was made: said wherever a rank is shown."""
    limit = percent(TOO_MUCH_UNKNOWN.numerator, TOO_MUCH_UNKNOWN.denominator)
    bounds = [percent(grade.numerator, grade.denominator) for grade in GRADES[1:4]]
    what = _("tiêu chí") if any(is_one_place(group, asked) for group in groups) else asked.noun
    return [
        _("Xếp theo tỷ lệ %(what)s đạt trong số đã biết; bằng nhau thì đồng hạng.") % {"what": what},
        _("Nơi có quá %(limit)s chưa biết không được xếp hạng.") % {"limit": limit},
        _(
            "Nhóm theo phần đạt trong tất cả: 1 đạt đủ; 2 từ %(a)s; 3 từ %(b)s; 4 từ %(c)s; 5 ít hơn. "
            "Phần chưa biết làm nhóm thành một khoảng."
        )
        % {"a": bounds[0], "b": bounds[1], "c": bounds[2]},
        _("Hạng và nhóm chỉ để đọc bảng, không phải kết quả công nhận."),
    ]


def has_middle_level(groups: Sequence[Group], asked: Asked) -> bool:
    return any(LEVELS.index(group.place.level) < LEVELS.index(asked.level) for group in groups)


def places_counted(n: int) -> str:
    return ngettext("%(n)s nơi", "%(n)s nơi", n) % {"n": format_number(n)}
