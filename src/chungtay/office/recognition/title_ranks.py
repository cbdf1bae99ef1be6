"""Who below a place was first to hold a title or several, and how the places beside each other rank."""

from functools import partial

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from chungtay.core.language import day_words
from chungtay.office.answers import Visit, day_in_life
from chungtay.office.community import pages
from chungtay.office.community.open import is_visitor, open_to_all
from chungtay.office.community.pages import Column, Filter, Form, Input, Item, Page, Table
from chungtay.office.community.reader import Reader
from chungtay.recognition.titles import firsts, keeping, queries
from chungtay.recognition.titles.firsts import Completed, First, Rank
from chungtay.territory import queries as territory
from chungtay.territory.queries import PlaceView

MOST = 50


@open_to_all
def ranks(visit: Visit, place_id: int) -> HttpResponse:
    """The first below a place, the ranks of the places below it, and what papers tell of its own."""
    place = pages.place_of(place_id)
    deeds = {"ke": partial(_tell, visit, place_id)}
    return pages.answer(visit, place, lambda: _page(visit, place), deeds)


def _page(visit: Visit, place: PlaceView) -> Page:
    on = day_in_life(place, visit.today)
    given = queries.given_under(place.id, by=visit.today)
    named = {view.standard_code: view.title for view in reversed(given)}
    chosen = [pages.asked_choice(visit, name, list(named.items())) for name in ("bo", "bo2")]
    if not any(chosen):
        chosen = [next(iter(named), ""), ""]
    codes = sorted({code for code in chosen if code})
    first = firsts.first_with(place.id, codes, on=visit.today) if codes else None
    ranked = firsts.ranks(place.id, codes[0], on=on) if codes else []
    titles = _(" và ").join(f"“{named[code]}”" for code in codes)
    choices = [("", "–"), *named.items()]
    return Page(
        room="title_ranks",
        heading=pages.room_name("title_ranks"),
        lead=_("Chỉ xếp theo ngày có trong sổ. Danh hiệu chưa rõ ngày thì thứ hạng để ngỏ và nói vì sao."),
        notes=[_first_words(first, titles)] if first else [],
        filters=[
            Filter("bo", _("Danh hiệu"), chosen[0], choices),
            Filter("bo2", _("và danh hiệu"), chosen[1], choices),
        ]
        if named
        else [],
        tables=[
            *([_completed(first, titles)] if first and first.completed else []),
            *([_ranks(ranked, titles)] if any(rank.most for rank in ranked) else []),
            _told(place),
        ],
        forms=[] if is_visitor(visit) else [_form(visit, place, named)],
    )


def _first_words(first: First, titles: str) -> str:
    """Who was first, in one sentence; or why it cannot be said."""
    if not first.completed:
        return _("Trong sổ chưa có nơi nào giữ đủ %(titles)s.") % {"titles": titles}
    if first.places:
        names = ", ".join(each.name for each in first.places)
        told = {"places": names, "titles": titles, "day": day_words(first.places[0].earliest)}
        return _("Theo sổ, nơi đầu tiên đạt %(titles)s là %(places)s, ngày %(day)s.") % told
    names = ", ".join(each.name for each in first.possible)
    return _(
        "Chưa nói được nơi nào đạt %(titles)s đầu tiên, vì có danh hiệu chưa rõ ngày. Có thể là: %(places)s."
    ) % {"titles": titles, "places": names}


def _span(each: Completed) -> str:
    if each.on:
        return day_words(each.on)
    return _("từ %(start)s đến %(end)s, chưa rõ ngày") % {
        "start": day_words(each.earliest),
        "end": day_words(each.latest),
    }


def _completed(first: First, titles: str) -> Table:
    rows = [
        [
            Item(each.name, reverse("office:place", args=[each.place_id])),
            Item(_span(each)),
            Item("; ".join(f"{view.title} {view.year}" for view in each.titles)),
        ]
        for each in first.completed[:MOST]
    ]
    caption = _("Những nơi đã đạt %(titles)s") % {"titles": titles}
    return Table(caption, [Column(_("Nơi")), Column(_("Đạt đủ")), Column(_("Danh hiệu"))], rows)


def _rank_words(rank: Rank) -> str:
    told = {"first": rank.first, "last": rank.last, "n": rank.among}
    if rank.first == rank.last:
        return _("%(first)s/%(n)s") % told
    return _("chưa xác định, từ %(first)s đến %(last)s trong %(n)s") % told


def _ranks(ranked: list[Rank], titles: str) -> Table:
    rows = [
        [
            Item(rank.place.full_name, reverse("office:titles", args=[rank.place.id])),
            Item(
                str(rank.least)
                if rank.least == rank.most
                else _("từ %(least)s đến %(most)s, có danh hiệu năm nay chưa rõ ngày")
                % {"least": rank.least, "most": rank.most}
            ),
            Item(_rank_words(rank)),
        ]
        for rank in ranked
    ]
    caption = _("Xếp theo số nơi đang giữ %(titles)s") % {"titles": titles}
    return Table(caption, [Column(_("Nơi")), Column(_("Số nơi đang giữ")), Column(_("Hạng"))], rows)


def _told(place: PlaceView) -> Table:
    rows = [
        [
            Item(each.words, mark="told"),
            Item(_("hạng %(rank)s trong %(root)s") % {"rank": each.rank, "root": each.root_name}),
            Item(each.source),
        ]
        for each in firsts.told_ranks(place.id)
    ]
    columns = [Column(_("Theo tài liệu")), Column(_("Thứ hạng")), Column(_("Nguồn"))]
    return Table(_("Thứ hạng của nơi này theo tài liệu, không dùng để xếp"), columns, rows)


def _form(visit: Visit, place: PlaceView, named: dict[str, str]) -> Form:
    ever = {each for _begins, _ends, line in territory.lines_in_time([place.id])[place.id] for each in line}
    names = territory.names_of(ever - {place.id})
    above = sorted(names.items(), reverse=True)
    inputs = [
        Input("words", _("Tài liệu nêu"), hint=_("Ví dụ: xóm đầu tiên của huyện đạt cả hai danh hiệu")),
        Input("rank", _("Hạng"), "number"),
        Input("root", _("Trong địa bàn"), "select", choices=above),
        Input("standard", _("Về danh hiệu"), "select", choices=[("", "–"), *named.items()], required=False),
        Input("source", _("Nguồn")),
    ]
    refusal = visit.refusal("recognition.enter", place.id)
    return Form("ke", _("Ghi thứ hạng theo tài liệu"), _("Ghi"), inputs, refusal)


def _tell(visit: Visit, place_id: int, typed: Reader) -> str:
    rank = typed.whole("rank")
    typed.check()
    keeping.tell_rank(
        by=visit.by,
        at=visit.now,
        place_id=place_id,
        root_id=pages.key_of(typed.text("root")),
        standard_codes=[code] if (code := typed.text("standard")) else [],
        rank=rank,
        words=typed.text("words"),
        source=typed.text("source"),
        uid=typed.uid(),
    )
    return _("Đã ghi.")
