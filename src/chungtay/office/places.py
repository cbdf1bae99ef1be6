"""Screens about places: where I start, finding one, and the page of one."""

from datetime import date
from functools import partial
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from chungtay.core.language import day_words
from chungtay.core.refusals import Refusal
from chungtay.figures import queries as figures
from chungtay.office import present, sheets
from chungtay.office.answers import Visit, day_in_life, for_officers, for_posts, last_day_by, refusal_of
from chungtay.office.mine import my_work
from chungtay.people.policies import reaches
from chungtay.recognition.dossiers import queries as dossiers
from chungtay.recognition.titles import queries as recognition
from chungtay.standards import queries as standards
from chungtay.standards.queries import VersionView
from chungtay.territory import queries as territory
from chungtay.territory.queries import PlaceView, SearchPage
from chungtay.ui import findings
from chungtay.ui.charts import counts_chart, counts_table
from chungtay.ui.charts import figure as drawn
from rulebook import show_value
from rulebook.printing import MARKS, counts_sentence

PER_PAGE = 50
LEVELS = ("province", "district", "commune", "hamlet", "area")


def level_names() -> list[tuple[str, str]]:
    return [
        ("", _("Mọi cấp")),
        ("province", _("Tỉnh, thành phố")),
        ("district", _("Huyện (trước 01/7/2025)")),
        ("commune", _("Xã, phường, đặc khu")),
        ("hamlet", _("Thôn, xóm, bản, ấp")),
        ("area", _("Khu, cụm dân cư")),
    ]


@for_posts
def home(visit: Visit) -> HttpResponse:
    """The place of my post and what stands directly below it; for the whole country, the search.

    A post that sees no figures begins in the room of posts and accounts.
    """
    if not visit.reads_data:
        return redirect("office:posts")
    place_id = visit.by.place_id
    context: dict[str, Any]
    if place_id is None:
        nation = territory.nation_id()
        context = {"place": None, "below": [], "levels": level_names(), "nation": nation}
        return visit.page("office/home.html", context | my_work(visit, ()))
    place = territory.latest(place_id)
    day = day_in_life(place, visit.today)
    below = territory.children(place_id, day)
    context = {"place": place, "on": day, "below": below, "levels": level_names(), **my_work(visit, below)}
    context["may_add"] = _may_add(visit, place)
    return visit.page("office/home.html", context | _standings(visit, place_id, day))


def _standings(visit: Visit, place_id: int, on: date) -> dict[str, list[dict[str, Any]]]:
    """Where a place stands by each standard of its level, in one sentence each; other periods' standards apart."""
    here = territory.as_of(place_id, on)
    found: dict[str, list[dict[str, Any]]] = {"standings": [], "other_standings": []}
    for view in _offered(here, territory.ancestors(place_id, on)):
        judged = figures.judge_place(here, view.code, on=on)
        sentence = counts_sentence(judged.counts, judged.stated).in_(visit.language)
        holds = view.period[0] <= on.year <= view.period[1] or judged.counts.holding > 0
        found["standings" if holds else "other_standings"].append(
            {"view": view, "sentence": sentence, "verdict": judged.finding.verdict.value}
        )
    return found


def _may_add(visit: Visit, place: PlaceView) -> bool:
    """Whether this post may add a place below: only living communes and hamlets have some."""
    if place.level not in ("commune", "hamlet") or place.ended is not None:
        return False
    return not visit.refusal("territory.found", place.id)


def _offered(here: PlaceView, above: tuple[PlaceView, ...]) -> list[VersionView]:
    """The standards that can judge a place: those of its level, national or of a province above it."""
    return standards.for_place(here.level, frozenset(each.code for each in above) | {here.code})


@for_officers
def search(visit: Visit) -> HttpResponse:
    """Places by name, with or without marks, now or once; filtered, counted, paged."""
    found, context = _searched(visit, PER_PAGE)
    numbers = Paginator(range(found.total), PER_PAGE)
    query = visit.request.GET.urlencode()
    return visit.page(
        "office/places.html",
        {
            **context,
            "found": found,
            "page": numbers.get_page(found.page),
            "levels": level_names(),
            "query": query,
        },
    )


@for_officers
def search_sheet(visit: Visit) -> HttpResponse:
    """The places found, all pages, as CSV."""
    found, _context = _searched(visit, 20_000)
    since, until = _("Từ ngày (năm-tháng-ngày)"), _("Đến trước ngày (năm-tháng-ngày)")
    rows = [[_("Tên"), _("Loại"), _("Thuộc"), _("Mã"), since, until]]
    for place in found.places:
        life = [day.isoformat() if day else "" for day in (place.founded, place.ended)]
        rows.append([place.name, place.kind, place.address, place.code, *life])
    return sheets.as_csv("dia-ban", rows)


def _searched(visit: Visit, limit: int) -> tuple[SearchPage, dict[str, Any]]:
    get = visit.request.GET
    text, level = get.get("tim", "").replace("\0", " ").strip()[:100], get.get("cap", "")
    day = visit.day()
    level = level if level in LEVELS else ""
    asked = get.get("trang", "1")
    page = int(asked) if limit == PER_PAGE and asked.isdigit() and len(asked) < 6 else 1
    found = territory.search(text, day=day, level=level, page=page, limit=limit)
    return found, {"text": text, "level": level, "day": day_words(day) if day else ""}


@for_officers
def place(visit: Visit, place_id: int) -> HttpResponse:
    """Where a place stands: in one sentence, on the board, and what is still missing."""
    asked = visit.judging_day()
    latest, here = territory.latest_and_on(place_id, lambda ended: asked or last_day_by(ended, visit.today))
    on = asked or day_in_life(latest, visit.today)
    above = territory.ancestors(place_id, on)
    offered = _offered(here, above)
    code = visit.request.GET.get("bo", "")
    chosen = next((view for view in offered if view.code == code), None)
    if code and not chosen:
        raise Refusal(_("Bộ tiêu chí này không dùng cho địa bàn cấp này. Hãy chọn bộ khác."))
    chosen = chosen or _first_choice(offered, on)
    before = territory.predecessors(place_id)
    context: dict[str, Any] = {
        "place": here,
        "above": above,
        "on": on,
        "today": visit.today,
        "is_historic": latest.ended is not None,
        "offered": offered,
        "below": territory.children(place_id, on),
        "may_add": _may_add(visit, latest),
        "before": before,
        "after": territory.successors(place_id) if latest.ended else (),
        "titles": recognition.history(place_id, on=on, alone=None if before else latest),
        "dossiers": dossiers.under_way(place_id) if reaches(visit.by, place_id) else (),
        "recent": [_figure_row(each, visit.language) for each in figures.recent(place_id)],
        "assessments": figures.assessments(place_id, limit=6),
    }
    if chosen:
        context |= _standing(visit, here, chosen, on)
    return visit.page("office/place.html", context)


def _standing(visit: Visit, place: PlaceView, chosen: VersionView, on: date) -> dict[str, Any]:
    version = visit.request.GET.get("luat", "")
    judged = figures.judge_place(place, chosen.code, on=on, version=version)
    moments = figures.progress(judged)
    rows = present.count_rows(moments)
    title = _("Số tiêu chí theo số liệu, qua thời gian")
    return {
        "judged": judged,
        "standing": counts_sentence(judged.counts, judged.stated).in_(visit.language),
        "tiles": present.tiles(judged, visit.language),
        "cures": present.cures(judged, visit.language),
        "moments": moments,
        "moments_cut": len(moments) == figures.MOMENTS,
        "chart": drawn(title, counts_chart(rows, judged.counts.total, title), counts_table(rows, title)),
        "freeze_refusal": visit.refusal("figures.freeze", place.id)
        or refusal_of(partial(standards.check_within_time, judged.standard, judged.on)),
        "record_refusal": visit.refusal("figures.record", place.id),
        "stated_standard": findings.stated_words(judged.finding, visit.language),
    }


def _figure_row(figure: Any, language: str) -> dict[str, Any]:
    return {
        "name": figure.measure.name.in_(language),
        "code": figure.measure.code,
        "value": show_value(figure.value, figure.measure, language),
        "period": present.period_words(figure.period),
        "mark": figure.mark.value,
        "mark_word": MARKS[figure.mark].in_(language),
        "by": figure.by,
        "at": figure.at,
        "corrects": figure.supersedes,
        "computed": figure.computed,
    }


def _first_choice(offered: list[VersionView], on: date) -> VersionView | None:
    """The standard shown first: one that may hold on the day, the base standard of the level before the others."""
    if not offered:
        return None
    return min(
        offered, key=lambda view: (not view.period[0] <= on.year <= view.period[1], view.sample, view.code)
    )
