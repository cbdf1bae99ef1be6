"""Findings, counts and money as the shapes that components draw, with public addresses. Words come from the engine."""

from collections.abc import Sequence
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from chungtay.figures.board_views import Tally
from chungtay.figures.judgements import Judged
from chungtay.figures.queries import FigureView
from chungtay.figures.ranking import TOO_MUCH_UNKNOWN, Ranked, Standing, rank
from chungtay.figures.states import State
from chungtay.reports.public.places import Child, PlacePage
from chungtay.territory.queries import PlaceView
from chungtay.ui import criteria
from chungtay.ui.charts import Shares
from chungtay.ui.tables import Multiple, RankRow
from rulebook import Finding, Verdict, show_value
from rulebook.wording import period_text
from viet.numbers import format_number


def place_href(place_id: int) -> str:
    return reverse("portal:place", args=[place_id])


def opening(name: str) -> str:
    """A name that opens a line: Xóm Khe Cốc."""
    return name[:1].upper() + name[1:]


def day_in_life(place: PlaceView, today: date) -> date:
    """Today, or the last day of a place that is no more."""
    return place.ended - timedelta(days=1) if place.ended and place.ended <= today else today


def crumbs(above: Sequence[PlaceView], *more: tuple[str, str]) -> list[tuple[str, str]]:
    """The line of places from the nation down, then what is below the last of them."""
    line = [(_("Cả nước"), reverse("portal:nation"))]
    line += [(each.full_name, place_href(each.id)) for each in above if each.level != "nation"]
    return [*line, *more]


def criterion_href(judged: Judged, number: str) -> str:
    return reverse("portal:criterion", args=[judged.place.id, judged.version.code, number])


# ── A place judged ────────────────────────────────────────────────────────────


def standing(judged: Judged, language: str) -> str:
    """ "Đạt 17/19 tiêu chí; còn Giao thông và Môi trường." — where a place stands, in one sentence."""
    counts, names = judged.counts, [_short(each, language) for each in _lacking(judged.finding)]
    if counts.unknown == counts.total:
        return _(
            "Chưa xét được tiêu chí nào trong %(all)s tiêu chí: còn thiếu số liệu, hoặc văn bản chưa rõ mức."
        ) % {"all": counts.total}
    said = _("Đạt %(met)s/%(all)s tiêu chí theo số liệu") % {"met": counts.holding, "all": counts.total}
    parts = [said]
    if names and len(names) <= 3:
        parts.append(_("còn %(names)s chưa đạt") % {"names": _listed(names)})
    elif names:
        parts.append(_("%(n)s chưa đạt") % {"n": len(names)})
    if counts.unknown:
        parts.append(_("%(n)s chưa biết") % {"n": counts.unknown})
    return "; ".join(parts) + "."


def stated_sentence(judged: Judged) -> str:
    """What papers say beside what is measured; "" where they say nothing."""
    stated = judged.stated
    if stated.silent == stated.total:
        return ""
    words = {"met": stated.met, "all": stated.total}
    if stated.basically:
        return _("Theo công bố: %(met)s/%(all)s tiêu chí, trong đó %(n)s cơ bản đạt.") % {
            **words,
            "n": stated.basically,
        }
    return _("Theo công bố: %(met)s/%(all)s tiêu chí.") % words


def _lacking(finding: Finding) -> list[Finding]:
    return [each for each in finding.criteria if each.verdict is Verdict.NOT_MET]


def _short(finding: Finding, language: str) -> str:
    return finding.label.in_(language) or finding.code


def _listed(names: Sequence[str]) -> str:
    return (
        names[0]
        if len(names) == 1
        else _("%(first)s và %(last)s")
        % {
            "first": ", ".join(names[:-1]),
            "last": names[-1],
        }
    )


def tiles(judged: Judged, language: str) -> list[dict[str, Any]]:
    """The board, each tile leading to the public page of its criterion."""
    return criteria.tiles(
        judged.finding, language, href_of=lambda finding: criterion_href(judged, finding.code)
    )


def cures(judged: Judged, language: str) -> list[dict[str, Any]]:
    """What is still missing, the nearest cure first."""
    return criteria.cures(judged.cures, language, href_of=lambda code: criterion_href(judged, code))


# ── Places counted ────────────────────────────────────────────────────────────


def shares_of(tally: Tally) -> Shares:
    return tally.met, tally.not_met, tally.unknown, tally.excused


def percent(part: int, whole: int) -> str:
    return f"{format_number(Fraction(part * 100, whole), 1)}%" if whole else "–"


def tally_sentence(tally: Tally, level: str) -> str:
    """ "1.204/3.321 xã, phường đạt; 900 chưa đạt; 1.217 chưa biết." """
    words = {"n": format_number(tally.places), "noun": noun(level)}
    if not tally.places:
        return _("Chưa có %(noun)s nào để tổng hợp.") % words
    if tally.unknown == tally.places:
        return (
            _("Chưa xét được nơi nào trong %(n)s %(noun)s: còn thiếu số liệu, hoặc văn bản chưa rõ mức.")
            % words
        )
    said = [_("%(met)s/%(n)s %(noun)s đạt") % {**words, "met": format_number(tally.met + tally.excused)}]
    rest = [(tally.not_met, _("%(n)s chưa đạt")), (tally.unknown, _("%(n)s chưa biết"))]
    said += [phrase % {"n": format_number(count)} for count, phrase in rest if count]
    return "; ".join(said) + "."


def noun(level: str) -> str:
    return {
        "province": _("tỉnh, thành phố"),
        "district": _("huyện"),
        "commune": _("xã, phường"),
        "hamlet": _("thôn, xóm"),
        "area": _("khu, cụm dân cư"),
    }.get(level, _("nơi"))


def criteria_cards(tally: Tally, language: str, place_id: int, code: str) -> list[Multiple]:
    """The board of a place above those that are judged: how many hold each criterion, in legal order.

    Each leads to which places they are. Nothing where nothing is known of any: a wall of unknown bars says no more
    than one sentence.
    """
    if not any(each.met or each.not_met or each.excused for each in tally.criteria):
        return []
    return [
        Multiple(
            f"{each.number}. {each.name.in_(language)}",
            across_href(place_id, code, each.number),
            *headline((each.met, each.not_met, each.unknown, each.excused)),
            (each.met, each.not_met, each.unknown, each.excused),
        )
        for each in tally.criteria
    ]


def across_href(place_id: int, code: str, number: str) -> str:
    """Which places below a place reach a criterion."""
    return reverse("portal:criterion_across", args=[place_id, code, number])


def lacking_most(tally: Tally, language: str, place_id: int, code: str) -> list[dict[str, Any]]:
    """The criteria that most places below do not meet yet, at most three, with how many."""
    found = sorted((each for each in tally.criteria if each.not_met), key=lambda each: -each.not_met)[:3]
    return [
        {
            "name": f"{each.number}. {each.name.in_(language)}",
            "href": f"{across_href(place_id, code, each.number)}?kq=not_met",
            "places": each.not_met,
        }
        for each in found
    ]


def child_cards(children: Sequence[Child]) -> list[Multiple]:
    """The places directly below of which something is known, each a bar."""
    return [
        Multiple(
            opening(each.place.full_name), place_href(each.place.id), *headline(each.counts), each.counts
        )
        for each in children
        if each.counts is not None and is_known(each)
    ]


def is_known(child: Child) -> bool:
    """Whether anything but unknown is stored of it."""
    return child.counts is not None and sum(child.counts) > child.counts[2]


def headline(counts: Shares) -> tuple[str, str]:
    """ "41/65" and "chưa biết 16"; where nothing is known, that and nothing else."""
    met, _not_met, unknown, excused = counts
    total = format_number(sum(counts))
    if unknown == sum(counts):
        return _("chưa biết"), _("cả %(n)s") % {"n": total}
    return f"{format_number(met + excused)}/{total}", (
        _("chưa biết %(n)s") % {"n": format_number(unknown)} if unknown else ""
    )


def rank_rows(children: Sequence[Child]) -> list[RankRow]:
    """The places directly below in order, with ties, then those too little is known of; nothing where nobody is ranked.

    By what is stored of each: its own criteria, or the places counted under it.
    """
    by_id = {
        each.place.id: (each.place, each.counts) for each in children if each.counts and sum(each.counts)
    }
    ranking = rank(_standing(key, counts) for key, (_place, counts) in by_id.items())
    rows = [(_rank(one, one.standing), one.standing, "") for one in ranking.ranked]
    rows += [("", one, _why_unranked(one)) for one in ranking.unranked]
    found = []
    for words, own, why in rows if ranking.ranked else ():
        place, counts = by_id[own.key]
        known = own.holding + own.lacking
        share = f"{format_number(own.holding)}/{format_number(known)} ({percent(own.holding, known)})"
        unknown = f"{format_number(own.unknown)} ({percent(own.unknown, own.total)})"
        name, href = opening(place.full_name), place_href(place.id)
        found.append(RankRow(words, name, href, grade_words(own), counts, share, unknown, why))
    return found


def _standing(key: int, counts: Shares) -> Standing:
    met, not_met, unknown, excused = counts
    return Standing(key, holding=met + excused, lacking=not_met, unknown=unknown)


def grade_words(own: Standing) -> str:
    """ "nhóm 2", or "nhóm 2–4" where what is not known leaves it open."""
    best, worst = own.grades
    return _("nhóm %(n)s") % {"n": best + 1 if best == worst else f"{best + 1}–{worst + 1}"}


def _why_unranked(own: Standing) -> str:
    return _("chưa biết %(share)s, quá %(limit)s") % {
        "share": percent(own.unknown, own.total),
        "limit": percent(TOO_MUCH_UNKNOWN.numerator, TOO_MUCH_UNKNOWN.denominator),
    }


def rank_words(found: PlacePage) -> str:
    """ "Hạng 3/65 trong xã Vô Tranh", with ties; why not where it has none; "" where nothing is stored."""
    parent = found.around.parent
    if parent is None or found.standing is None:
        return ""
    where = parent.full_name if parent.level != "nation" else _("cả nước")
    if found.ranked is None:
        return _("Chưa xếp hạng trong %(where)s: chưa biết %(share)s số tiêu chí, quá %(limit)s.") % {
            "where": where,
            "share": percent(found.standing.unknown, found.standing.total),
            "limit": percent(TOO_MUCH_UNKNOWN.numerator, TOO_MUCH_UNKNOWN.denominator),
        }
    return _("%(rank)s trong %(where)s, theo phần tiêu chí đạt trong số đã biết.") % {
        "rank": _rank(found.ranked, found.standing),
        "where": where,
    }


def _rank(ranked: Ranked, own: Standing) -> str:
    words = {"first": ranked.first, "last": ranked.last, "n": ranked.among}
    return (
        _("Đồng hạng %(first)s–%(last)s/%(n)s") % words
        if ranked.is_tied
        else _("Hạng %(first)s/%(n)s") % words
    )


# ── What changed ──────────────────────────────────────────────────────────────


def change(figure: FigureView, language: str) -> dict[str, Any]:
    return {
        "name": figure.measure.name.in_(language),
        "value": show_value(figure.value, figure.measure, language),
        "period": period_text(figure.period).in_(language),
        "mark": figure.mark.value,
        "at": figure.at,
        "corrects": figure.supersedes is not None,
        "waits": figure.state is State.SUBMITTED,
    }
