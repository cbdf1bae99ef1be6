"""A map file on its way in: sent, tried row by row with what is left out and why, written whole."""

from functools import partial
from typing import Any, Final

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from chungtay.core.language import moment_words
from chungtay.core.refusals import Fault, NotFound, NotPermitted, Refusal
from chungtay.office import uploads
from chungtay.office.answers import Visit, day_in_life, for_officers
from chungtay.office.community import pages
from chungtay.office.community.pages import Column, Item, Table
from chungtay.office.community.reader import Reader
from chungtay.people.roles import label_in_words
from chungtay.registers.amenities import intake, kinds, policies, queries
from chungtay.registers.amenities.intake import BORDER, BY_ROW, Fate, Options, Trial
from chungtay.registers.geo import letters, vn2000
from chungtay.registers.geo.reading import ACCEPTED
from chungtay.registers.geo.unpacking import BYTES_AT_MOST
from chungtay.territory import queries as territory
from chungtay.territory.queries import PlaceView
from viet.numbers import format_number

SHOWN: Final = 200  # rows of one fate on the page
FATES: Final = {  # what needs a person first
    Fate.SKIPPED: gettext_lazy("Bỏ ra, không ghi"),
    Fate.NEW: gettext_lazy("Sẽ ghi"),
    Fate.KNOWN: gettext_lazy("Đã có trong sổ, để nguyên"),
}


@for_officers
def import_map(visit: Visit, place_id: int) -> HttpResponse:
    """Send a map file to be tried; the files sent before; the border the place has."""
    place = pages.place_of(place_id)
    kind = visit.request.POST.get("kind", "")
    keep = partial(intake.send, by=visit.by, at=visit.now, place_id=place_id, kind=kind)
    made, faults = uploads.received(visit, BYTES_AT_MOST, _("Chưa chọn tệp bản đồ."), keep)
    if made is not None:
        return redirect("office:map_file", map_file_id=made)
    border = queries.borders_of([place_id]).get(place_id)
    context = _frame(visit, place) | {
        "faults": faults,
        "kept_days": intake.KEPT_AT_MOST.days,
        "wrong": [str(fault) for fault in faults if fault.field == "file"],
        "kinds": _choices(),
        "kind": visit.request.POST.get("kind", BY_ROW),
        "accept": ",".join(ACCEPTED),
        "uid": visit.request.POST.get("uid") or visit.uid(),
        "refusal": visit.refusal(policies.IMPORT, place_id),
        "border": border,
        "table": _sent_before(place_id),
    }
    return visit.page("office/registers/amenities_import.html", context, 422 if faults else 200)


def _choices() -> list[tuple[str, str]]:
    return [
        (BY_ROW, _("nhiều loại: cột “loai” của tệp nói là gì")),
        *kinds.choices(),
        (BORDER, _("địa giới của các nơi")),
    ]


def _sent_before(place_id: int) -> Table:
    words = dict(_choices())
    rows = [
        [
            Item(each.name, reverse("office:map_file", args=[each.id])),
            Item(words.get(each.kind, each.kind)),
            Item(moment_words(each.at)),
            Item(label_in_words(each.by)),
            Item(
                _("chưa ghi; giữ đến %(until)s rồi xoá") % {"until": moment_words(each.until)}
                if each.written is None
                else _("đã ghi %(n)s") % {"n": format_number(each.written)}
            ),
        ]
        for each in intake.files_of(place_id)
    ]
    columns = [Column(_("Tệp")), Column(_("Là gì")), Column(_("Gửi lúc")), Column(_("Người gửi"))]
    return Table(_("Các tệp đã gửi"), [*columns, Column(_("Kết quả"))], rows)


@for_officers
def map_file(visit: Visit, map_file_id: int) -> HttpResponse:
    """What writing the file would do, and writing it."""
    sent = visit.request.POST if visit.request.method == "POST" else visit.request.GET
    reader = Reader({name: str(value) for name, value in sent.items()})
    options = Options(
        zone=reader.text("zone"),
        encoding=reader.text("encoding"),
        source=reader.text("source"),
        on=reader.day_or_none("on"),
    )
    faults = list[Fault]()
    trial = intake.trial(map_file_id, options, seen_by=visit.by)
    if visit.request.method == "POST":
        try:
            reader.check()
            n = intake.write(by=visit.by, at=visit.now, file_id=map_file_id, options=options)
        except (NotFound, NotPermitted):
            raise
        except Refusal as refused:
            faults = list(refused.faults)
        else:
            told = ngettext("Đã ghi %(n)s mục vào sổ.", "Đã ghi %(n)s mục vào sổ.", n) % {
                "n": format_number(n)
            }
            messages.success(visit.request, told)
            return redirect("office:assets", place_id=trial.place_id)
    return _page(visit, trial, options, reader, faults or list(trial.faults))


def _page(visit: Visit, trial: Trial, options: Options, reader: Reader, faults: list[Fault]) -> HttpResponse:
    place = pages.place_of(trial.place_id)
    _near, province = policies.whereabouts(place.id)
    own = vn2000.zones_of(province)
    context = _frame(visit, place) | {
        "trial": trial,
        "kind": dict(_choices()).get(trial.kind, trial.kind),
        "counts": [
            (words, trial.counts[fate.value]) for fate, words in FATES.items() if trial.counts[fate.value]
        ],
        "tables": [_rows(trial, fate) for fate in FATES if trial.of(fate)],
        "is_border": trial.kind == BORDER,
        "options": options,
        "border_day": reader.text("on"),
        "zones": [
            ("", _("tệp đã là kinh độ, vĩ độ, hoặc tự nói hệ tọa độ")),
            *((each.key, each.label) for each in (*own, *(zone for zone in vn2000.ZONES if zone not in own))),
        ],
        "encodings": [("", _("tự nhận ra")), *((each, each) for each in letters.ENCODINGS)],
        "faults": faults,
        "wrong": {fault.field: [str(fault)] for fault in faults if fault.field},
        "refusal": visit.refusal(policies.IMPORT, place.id),
    }
    return visit.page("office/registers/amenities_trial.html", context, 422 if faults else 200)


def _rows(trial: Trial, fate: Fate) -> Table:
    found = trial.of(fate)
    rows = [
        [
            Item(str(each.row)),
            Item(each.name or "–", note=each.shape),
            Item(each.why or each.place or "–"),
        ]
        for each in found[:SHOWN]
    ]
    heading = str(FATES[fate])
    if len(found) > SHOWN:
        told = _("%(heading)s: %(all)s dòng, %(n)s dòng đầu")
        heading = told % {"heading": heading, "all": format_number(len(found)), "n": SHOWN}
    last = _("Nơi") if fate is Fate.NEW else _("Vì sao")
    return Table(heading, [Column(_("Dòng"), css="nowrap"), Column(_("Tên")), Column(last)], rows)


def _frame(visit: Visit, place: PlaceView) -> dict[str, Any]:
    return {"place": place, "above": territory.ancestors(place.id, day_in_life(place, visit.today))}
