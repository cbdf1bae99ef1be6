"""One list for every kind of record of livelihood: filters, order, pages, a file, and a form to add one."""

from collections.abc import Sequence
from functools import partial

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from chungtay.office.answers import Visit, day_in_life, for_officers
from chungtay.office.community import pages
from chungtay.office.community.pages import Column, Filter, Form, Input, Item, Page, Table
from chungtay.office.community.reader import Reader
from chungtay.office.registers.livelihood_words import (
    FILTERS,
    NARROWING,
    ROOMS,
    expiry_words,
    fact_item,
    in_file,
    inputs_of,
    narrowing_choices,
    read,
    read_sources,
    record_address,
)
from chungtay.registers.livelihood import actions, queries
from chungtay.registers.livelihood.kinds import KINDS, Kind
from chungtay.registers.livelihood.policies import KEEP
from chungtay.registers.livelihood.queries import Asked, Record
from chungtay.territory.queries import PlaceView

_STATES = {
    "standing": gettext_lazy("đang còn"),
    "expired": gettext_lazy("đã hết hạn"),
    "closed": gettext_lazy("đã khép"),
    "all": gettext_lazy("tất cả"),
}
_SORTED = {"area_ha": "area_ha", "expires": "expires", "year": "year"}


@for_officers
def listed(visit: Visit, place_id: int, kind: str) -> HttpResponse:
    """The records of a kind at and below a place."""
    place, known = pages.place_of(place_id), KINDS[kind]
    asked = _asked(visit, known)
    found = queries.records(place_id, kind, day_in_life(place, visit.today), asked)
    if form := pages.file_form(visit):
        return pages.as_download(visit, place, known.slug, form, _file(visit, known, found))
    deeds = {"ghi": partial(_enter, visit, place_id, known)}
    return pages.answer(visit, place, lambda: _page(visit, place, known, found, asked), deeds)


def _asked(visit: Visit, kind: Kind) -> Asked:
    chosen = {
        name: pages.asked_choice(visit, FILTERS[name], narrowing_choices(kind, name))
        for name in NARROWING[kind.code]
    }
    return Asked(
        state=pages.asked_choice(visit, "tt", list(_STATES.items())) or "standing",
        text=pages.asked_text(visit),
        sort=pages.asked_sort(visit, queries.SORTS, "-year" if kind.code == "survey" else "name"),
        more=tuple((name, value) for name, value in chosen.items() if value),
    )


def _page(visit: Visit, place: PlaceView, kind: Kind, found: list[Record], asked: Asked) -> Page:
    room, more = ROOMS[kind.code], dict(asked.more)
    filters = [
        Filter(FILTERS[name], _label(kind, name), more.get(name, ""), narrowing_choices(kind, name))
        for name in NARROWING[kind.code]
    ]
    return Page(
        room=room,
        heading=pages.room_name(room),
        filters=[
            *filters,
            Filter("tt", _("Tình trạng"), asked.state, list(_STATES.items())),
            Filter("tim", _("Tên, nơi có chữ"), asked.text),
        ],
        tables=[_table(visit, kind, found, asked)],
        forms=[_form(visit, place, kind)],
    )


def _label(kind: Kind, name: str) -> str:
    named = {"state": _("Bước"), "valid": _("Hạn"), "stars": _("Hạng sao")}
    return named.get(name) or str(kind.fact(name).label)


def _table(visit: Visit, kind: Kind, found: list[Record], asked: Asked) -> Table:
    facts = [fact for fact in kind.facts if fact.in_list and fact.name != "expires"]
    columns = [
        Column(_("Tên"), "name"),
        *(
            Column(str(fact.label), _SORTED.get(fact.name, ""), "number" if fact.unit else "")
            for fact in facts
        ),
        *_more_columns(kind),
        Column(_("Nơi"), "place"),
    ]
    page = pages.paged(visit, found)
    rows = [
        [
            Item(
                each.name,
                record_address(each),
                pages.mark_of(each.mark),
                note=each.producer or each.closed_reason,
            ),
            *(fact_item(fact, each.facts[fact.name]) for fact in facts),
            *_more_items(visit, each),
            Item(each.place),
        ]
        for each in page
    ]
    empty = (_("Chưa có bản ghi nào ở đây"), _("Hãy ghi bản ghi đầu tiên, hoặc bỏ bớt bộ lọc."))
    return Table(pages.room_name(ROOMS[kind.code]), columns, rows, empty, page, asked.sort)


def _more_columns(kind: Kind) -> list[Column]:
    """Columns of what hangs on a record or is counted for it."""
    if kind.code == "producer":
        return [Column(_("Thành viên"), "members", "number")]
    if kind.code == "survey":
        return []
    ends = [Column(_("Đến hết ngày"), "expires", "nowrap")]
    if kind.code == "code":
        return [Column(_("Bước")), *ends]
    return [Column(_("Hạng sao"), "stars"), *ends] if kind.code == "product" else ends


def _more_items(visit: Visit, each: Record) -> list[Item]:
    if each.kind.code == "producer":
        return [Item(str(each.members) if each.members is not None else "–", told=each.members)]
    if each.kind.code == "survey":
        return []
    ends = [Item(expiry_words(each, visit.today), told=each.expires.isoformat() if each.expires else None)]
    if each.kind.code == "code":
        return [Item(each.steps[0].words if each.steps else "–"), *ends]
    if each.kind.code == "product":
        return [Item(_stars(each), told=each.rating.stars if each.rating else None), *ends]
    return ends


def _stars(each: Record) -> str:
    if each.rating is None:
        return _("chưa xếp hạng")
    return ngettext("%(n)s sao", "%(n)s sao", each.rating.stars) % {"n": each.rating.stars}


def _file(visit: Visit, kind: Kind, found: Sequence[Record]) -> Table:
    """Every fact of every record that was asked for."""
    more = _more_columns(kind)
    more = [each for each in more if each.sort != "expires"] if kind.code != "product" else more
    columns = [
        Column(_("Mã bản ghi")),
        Column(_("Tên")),
        Column(_("Nơi")),
        *([Column(_("Thuộc"))] if kind.of_producer else []),
        *(Column(str(fact.label)) for fact in kind.facts if fact.name != "name"),
        *more,
        Column(_("Khép từ ngày")),
        Column(_("Cách ghi")),
        Column(_("Nguồn")),
    ]
    rows = [
        [
            Item(str(each.uid)),
            Item(each.name),
            Item(each.place),
            *([Item(each.producer or "", told=each.producer or None)] if kind.of_producer else []),
            *(
                Item("", told=in_file(fact, each.facts[fact.name]))
                for fact in kind.facts
                if fact.name != "name"
            ),
            *_more_items(visit, each)[: len(more)],
            Item("", told=each.closed_on.isoformat() if each.closed_on else None),
            Item(pages.mark_words(each.mark)),
            Item("", told=each.source or None),
        ]
        for each in found
    ]
    return Table(pages.room_name(ROOMS[kind.code]), columns, rows)


def _form(visit: Visit, place: PlaceView, kind: Kind) -> Form:
    title = _("Ghi thêm")
    if refusal := visit.refusal(KEEP, place.id):
        return Form("ghi", title, _("Ghi"), (), refusal)
    inputs = [*inputs_of(kind), *producer_input(visit, place, kind), *pages.origin_inputs()]
    return Form("ghi", title, _("Ghi"), inputs)


def producer_input(visit: Visit, place: PlaceView, kind: Kind, chosen: int | None = None) -> list[Input]:
    """Which producer a record belongs to, where it may belong to one."""
    if not kind.of_producer:
        return []
    known = queries.producers_of(place.id, day_in_life(place, visit.today))
    choices = [("", _("— không thuộc tổ chức nào")), *known]
    label = _("Của hợp tác xã, tổ hợp tác")
    return [
        Input(
            "producer", label, "select", choices=choices, required=False, value=str(chosen) if chosen else ""
        )
    ]


def _enter(visit: Visit, place_id: int, kind: Kind, typed: Reader) -> str:
    told, sources = read(kind, typed), read_sources(typed) if kind.code == "survey" else None
    typed.check()
    actions.enter(
        by=visit.by,
        at=visit.now,
        place_id=place_id,
        kind=kind.code,
        told=told,
        producer_id=pages.key_of(typed.text("producer")) or None,
        by_source=sources,
        uid=typed.uid(),
        **pages.origin(typed),
    )
    return _("Đã ghi.")
