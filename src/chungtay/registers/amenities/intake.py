"""Files of maps on their way in: kept, tried as often as one likes, written whole or not at all.

A file becomes assets of the place it was sent for, or of a place below that a row names in a column “noi”; as borders
it becomes the border of each place that a row names. Nothing of it is overwritten: what the register has is left.
"""

import hashlib
import json
import uuid
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import cached_property
from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext as _

from chungtay.community.deeds import clean
from chungtay.core.actors import Actor
from chungtay.core.audit import write_event
from chungtay.core.hidden import shown
from chungtay.core.refusals import Fault, NotFound, Refusal
from chungtay.people.policies import check_acts_for, check_found
from chungtay.registers.amenities import policies, queries
from chungtay.registers.amenities.actions import bring_border
from chungtay.registers.amenities.describing import said, written
from chungtay.registers.amenities.kinds import KINDS, STATES, Kind, by_spelling, in_vietnamese
from chungtay.registers.amenities.models import Asset, Description, MapFile
from chungtay.registers.amenities.policies import IMPORT
from chungtay.registers.geo import letters, vn2000
from chungtay.registers.geo.features import AREAS, Feature
from chungtay.registers.geo.reading import Read, read
from chungtay.territory import queries as territory
from rulebook import Mark
from viet.dates import DateProblem, parse_day
from viet.letters import fold

BORDER, BY_ROW = "border", "by_row"
_PLACE, _STATE, _SINCE, _KIND, _UID = "noi", "tinh trang", "tu ngay", "loai", "uid"
_OWN: Final = {  # what a column may be called, besides the attributes of the kind
    "noi": _PLACE,
    "place": _PLACE,
    "thon": _PLACE,
    "xom": _PLACE,
    "tinh trang": _STATE,
    "state": _STATE,
    "tu ngay": _SINCE,
    "since": _SINCE,
    "loai": _KIND,
    "kind": _KIND,
    "uid": _UID,
}
KEPT_AT_MOST: Final = timedelta(days=30)
"""How long a file waits to be written; then it is let go of, since what it says is in nobody's register."""
_AT_ONCE = 500


class Fate(StrEnum):
    """What becomes of a row."""

    NEW = "new"
    KNOWN = "known"
    SKIPPED = "skipped"


@dataclass(frozen=True)
class Options:
    """How a file is read. zone: a meridian of VN-2000 as `vn2000.zone_of` reads it. source: of all it holds.

    on: from when a border holds. Marks what a paper or another office tells as told.
    """

    zone: str = ""
    encoding: str = ""
    source: str = ""
    on: date | None = None


@dataclass(frozen=True)
class Row:
    """One row of the file and what becomes of it. row: 1-based within its layer. why: for what is not new."""

    row: int
    name: str
    fate: Fate
    why: str
    place: str = ""
    shape: str = ""
    unused: tuple[str, ...] = ()


@dataclass(frozen=True)
class Trial:
    """What writing the file would do. columns: those of the file that mean nothing here and are left out."""

    file_id: int
    place_id: int
    kind: str
    name: str
    by: str
    at: datetime
    written: int | None
    driver: str
    encoding: str
    notices: tuple[str, ...]
    rows: tuple[Row, ...]
    unused: tuple[str, ...]
    faults: tuple[Fault, ...] = ()

    @cached_property
    def counts(self) -> Counter[str]:
        return Counter(row.fate.value for row in self.rows)

    def of(self, fate: Fate) -> tuple[Row, ...]:
        return tuple(row for row in self.rows if row.fate is fate)


@dataclass(frozen=True)
class FileView:
    """A file that was sent. written: None while it is tried only; it is kept until that moment then."""

    id: int
    kind: str
    name: str
    by: str
    at: datetime
    written: int | None

    @property
    def until(self) -> datetime:
        return self.at + KEPT_AT_MOST


@dataclass(frozen=True)
class _Ready:
    """A row to be written: the columns of its asset and description, or the geometry of a border."""

    place_id: int
    kind: str
    uid: uuid.UUID
    since: date | None
    columns: dict[str, Any]


@transaction.atomic
def send(*, by: Actor, at: datetime, place_id: int, kind: str, name: str, data: bytes, uid: uuid.UUID) -> int:
    """Keep a file to be tried; its id. What cannot be read at all is refused and not kept. A uid sent twice is one.

    kind: a code of `kinds`, `BY_ROW` (a column of the file says it) or `BORDER`.
    """
    check_acts_for(by, IMPORT, place_id)
    if kind not in (*KINDS, BY_ROW, BORDER):
        raise Refusal(Fault(_("Hãy chọn tệp chứa loại gì."), "kind"))
    sha256 = hashlib.sha256(data).hexdigest()
    if (again := MapFile.objects.filter(uid=uid).first()) is not None:
        policies.check_uid((again.sha256, again.place_id) == (sha256, place_id))
        return again.pk
    before = MapFile.objects.filter(place_id=place_id, kind=kind, sha256=sha256).exclude(written=None).first()
    if before is not None:
        raise Refusal(
            Fault(_("Tệp này đã được ghi vào sổ rồi, bởi %(by)s.") % {"by": before.by_label}, "file")
        )
    read(name, data)  # a Refusal when it cannot be read
    row = MapFile.objects.create(
        place_id=place_id,
        kind=kind,
        name=clean(shown(name))[-200:],
        sha256=sha256,
        content=data,
        mark=Mark.MEASURED,
        **written(by, at, uid),
    )
    detail = {"kind": kind, "file": row.name, "sha256": sha256}
    write_event(by=by, deed="registers.send_map_file", subject=row, at=at, place_id=place_id, detail=detail)
    return row.pk


def files_of(place_id: int, *, limit: int = 20) -> tuple[FileView, ...]:
    """The files last sent for a place, the newest first."""
    rows = MapFile.objects.filter(place_id=place_id).order_by("-pk").defer("content")[:limit]
    return tuple(
        FileView(row.pk, row.kind, row.name, row.by_label, row.recorded_at, row.written) for row in rows
    )


def trial(file_id: int, options: Options, *, seen_by: Actor) -> Trial:
    """What writing the file would do: every row with what becomes of it. Nothing is kept."""
    row = _file(file_id)
    check_found(seen_by, IMPORT, row.place_id)
    return _tried(row, options)[0]


@transaction.atomic
def write(*, by: Actor, at: datetime, file_id: int, options: Options) -> int:
    """Write every row that can be; how many. All or none: a row that another deed makes impossible refuses all."""
    row = _file(file_id, lock=True)
    check_acts_for(by, IMPORT, row.place_id)
    if row.written is not None:
        return row.written
    tried, ready = _tried(row, options)
    faults = [*tried.faults, *policies.faults_of_origin(Mark.TOLD, options.source)]
    if not ready:
        faults.append(Fault(_("Tệp không có dòng nào ghi được. Hãy xem lý do ở từng dòng.")))
    if row.kind == BORDER and options.on is None:
        faults.append(Fault(_("Hãy ghi ngày của địa giới."), "on"))
    policies.refuse_if(faults)
    if row.kind == BORDER:
        for each in ready:
            assert options.on is not None
            bring_border(
                by=by,
                at=at,
                place_id=each.place_id,
                on=options.on,
                geometry=each.columns["geometry"],
                source=options.source,
                uid=each.uid,
            )
    else:
        for start in range(0, len(ready), _AT_ONCE):
            _write(ready[start : start + _AT_ONCE], by, at)
    row.written, row.content, row.source = len(ready), b"", clean(options.source)
    row.save(update_fields=["written", "content", "source"])
    detail = {"file": row.name, "sha256": row.sha256, "kind": row.kind} | dict(tried.counts)
    write_event(
        by=by, deed="registers.write_map_file", subject=row, at=at, place_id=row.place_id, detail=detail
    )
    return len(ready)


@transaction.atomic
def let_go(*, by: Actor, at: datetime) -> int:
    """Delete the files that nobody wrote within their time; how many."""
    forgotten = MapFile.objects.filter(written=None, recorded_at__lt=at - KEPT_AT_MOST).order_by("pk")
    for row in forgotten.defer("content").select_for_update():
        detail = {"kind": row.kind, "file": row.name, "sha256": row.sha256}
        write_event(
            by=by, deed="registers.let_go_map_file", subject=row, at=at, place_id=row.place_id, detail=detail
        )
    return forgotten.delete()[0]


def _write(ready: Sequence[_Ready], by: Actor, at: datetime) -> None:
    assets = Asset.objects.bulk_create(
        Asset(uid=each.uid, place_id=each.place_id, kind=each.kind, since=each.since) for each in ready
    )
    Description.objects.bulk_create(
        Description(asset=asset, **each.columns, **written(by, at))
        for asset, each in zip(assets, ready, strict=True)
    )


def _file(file_id: int, *, lock: bool = False) -> MapFile:
    rows = MapFile.objects.filter(pk=file_id)
    row = (rows.select_for_update() if lock else rows).first()
    if row is None:
        raise NotFound(_("Không có tệp này. Hãy gửi lại."))
    return row


def _tried(row: MapFile, options: Options) -> tuple[Trial, list[_Ready]]:
    faults: list[Fault] = []
    zone = vn2000.zone_of(options.zone) if options.zone else None
    if options.zone and zone is None:
        faults.append(Fault(_("Không có kinh tuyến trục “%(zone)s”.") % {"zone": options.zone[:40]}, "zone"))
    if row.written is not None:
        return _trial_of(row, Read((), [], "", ""), (), ()), []
    near, province = policies.whereabouts(row.place_id)
    encoding = letters.encoding_named(options.encoding)
    found = read(row.name, bytes(row.content), zone=zone, encoding=encoding, near=near, province=province)
    reader = _Reader(row, options)
    rows, ready = [], []
    for feature in found.features:
        told, made = reader.row(feature)
        rows.append(told)
        if made is not None:
            ready.append(made)
    rows += [Row(number, "", Fate.SKIPPED, why) for number, why in found.skipped]
    return _trial_of(row, found, rows, sorted(reader.unused), tuple(faults)), [] if faults else ready


def _trial_of(
    row: MapFile, found: Read, rows: Iterable[Row], unused: Iterable[str], faults: tuple[Fault, ...] = ()
) -> Trial:
    return Trial(
        row.pk,
        row.place_id,
        row.kind,
        row.name,
        row.by_label,
        row.recorded_at,
        row.written,
        found.driver,
        found.encoding,
        found.notices,
        tuple(rows),
        tuple(unused),
        faults,
    )


class _Reader:
    """Rows of one file, one after another; remembers what it saw, so that a file does not bring a thing twice."""

    def __init__(self, file: MapFile, options: Options) -> None:
        self.file, self.options = file, options
        self.today = policies.today_of(file.recorded_at)
        place = territory.latest(file.place_id)
        self.place = place
        below = territory.subtree(file.place_id, self.today) if place.ended is None else (place,)
        self.places: dict[str, list[int]] = {}
        self.names = {each.id: each.full_name for each in below} | {place.id: place.full_name}
        for each in below:
            for name in {fold(each.name), fold(each.full_name)}:
                self.places.setdefault(name, []).append(each.id)
        self.unused: set[str] = set()
        self.kinds = by_spelling((kind.code, kind.label) for kind in KINDS.values())
        self.states = by_spelling(STATES)
        standing = queries.assets(file.place_id, on=self.today)
        self.uids = set(Asset.objects.filter(place_id__in=self.names).values_list("uid", flat=True))
        self.known = {_print(each.kind, each.name, each.geometry) for each in standing}
        self.codes = {
            (each.place_id, str(each.attributes.get("code"))) for each in standing if each.kind == "address"
        }
        self.bordered = set[int]()

    def row(self, feature: Feature) -> tuple[Row, _Ready | None]:
        """(the row with its fate, what it would write)."""
        own, rest = self._columns(feature.properties)
        place_id, wrong = self._place(feature, str(own.get(_PLACE) or ""))
        if self.file.kind == BORDER:
            return self._border(feature, place_id, wrong)
        kind, no_kind = self._kind(str(own.get(_KIND) or ""))
        if kind is None:
            return self._told(feature, Fate.SKIPPED, no_kind), None
        attributes = self._attributes(kind, rest)
        name = feature.name or f"{in_vietnamese(kind.label)} {feature.row}"
        since, bad_day = self._day(own.get(_SINCE))
        state, bad_state = self._state(str(own.get(_STATE) or ""))
        found = said(
            self.file.place_id,
            kind,
            name,
            feature.geometry,
            attributes,
            state,
            self.options.source or self.file.name,
            Mark.TOLD,
            None,
        )
        sentences = [wrong, bad_day, bad_state, *(fault.sentence for fault in found.faults)]
        if found.code and (place_id, found.code) in self.codes:
            sentences.append(_("mã địa chỉ số “%(code)s” đã có.") % {"code": found.code})
        if why := " ".join(each for each in sentences if each):
            return self._told(feature, Fate.SKIPPED, why, name=name), None
        uid = self._uid(feature, own.get(_UID))
        mark = _print(kind.code, found.columns["name"], found.columns["geometry"])
        if uid in self.uids or mark in self.known:
            return self._told(feature, Fate.KNOWN, _("đã có trong sổ, để nguyên."), name=name), None
        self.uids.add(uid)
        self.known.add(mark)
        self.codes.add((place_id, found.code))
        where = self.names.get(place_id, "")
        ready = _Ready(place_id, kind.code, uid, since, found.columns)
        return self._told(feature, Fate.NEW, "", name=name, place=where), ready

    def _border(self, feature: Feature, place_id: int, wrong: str) -> tuple[Row, _Ready | None]:
        if not wrong and feature.geometry["type"] not in AREAS:
            wrong = _("địa giới phải là một vùng.")
        if not wrong and place_id in self.bordered:
            wrong = _("tệp có hai địa giới của cùng một nơi.")
        if wrong:
            return self._told(feature, Fate.SKIPPED, wrong), None
        self.bordered.add(place_id)
        uid = uuid.uuid5(self.file.uid, f"{BORDER}:{place_id}")
        ready = _Ready(place_id, BORDER, uid, None, {"geometry": feature.geometry})
        return self._told(feature, Fate.NEW, "", place=self.names[place_id]), ready

    def _told(self, feature: Feature, fate: Fate, why: str, *, name: str = "", place: str = "") -> Row:
        shape = policies.shapes_words([feature.geometry["type"]])
        return Row(feature.row, name or feature.name, fate, why, place, shape)

    def _columns(self, properties: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
        """(what is not of the kind, by our words; the rest)."""
        own: dict[str, Any] = {}
        rest: dict[str, Any] = {}
        for column, value in properties.items():
            ours = _OWN.get(fold(column).replace("_", " "))
            if ours is None or ours in own:
                rest[column] = value
            else:
                own[ours] = value
        return own, rest

    def _place(self, feature: Feature, name: str) -> tuple[int, str]:
        """(the place a row is of, why it is of none). A border without a column of places goes by its own name."""
        if not name and self.file.kind == BORDER:
            name = feature.name
        if not name:
            return self.file.place_id, ""
        found = self.places.get(fold(name), [])
        if len(found) == 1:
            return found[0], ""
        words = {"name": name[:60], "place": self.place.full_name}
        if found:
            return 0, _("có nhiều nơi tên “%(name)s” ở %(place)s.") % words
        return 0, _("không có nơi nào tên “%(name)s” ở %(place)s.") % words

    def _kind(self, told: str) -> tuple[Kind | None, str]:
        if self.file.kind != BY_ROW:
            return KINDS[self.file.kind], ""
        code = self.kinds.get(fold(told).replace("_", " "))
        return (KINDS[code], "") if code else (None, _("cột “loai” không nói đây là loại nào."))

    def _attributes(self, kind: Kind, rest: Mapping[str, Any]) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for column, value in rest.items():
            name = kind.columns.get(fold(column).replace("_", " "))
            if name is None or name in found:
                self.unused.add(column)
            else:
                found[name] = value
        return found

    def _state(self, told: str) -> tuple[str, str]:
        code = self.states.get(fold(told))
        if code is not None or not told.strip():
            return code or "", ""
        return "", _("tình trạng “%(told)s” không có trong danh sách.") % {"told": told[:40]}

    def _day(self, told: object) -> tuple[date | None, str]:
        if told is None or not str(told).strip():
            return None, ""
        try:
            day = parse_day(str(told)[:10])
        except DateProblem as problem:
            return None, str(problem)
        faults = policies.faults_of_life_at(self.file.place_id, day, self.today)
        return day, " ".join(fault.sentence for fault in faults)

    def _uid(self, feature: Feature, told: object) -> uuid.UUID:
        try:
            return uuid.UUID(str(told))
        except ValueError:
            return uuid.uuid5(self.file.uid, f"{feature.layer}:{feature.row}")


def _print(kind: str, name: str, geometry: Any) -> str:
    """What makes two things the same thing for a file: kind, name and place on the map."""
    return json.dumps([kind, fold(name), geometry])
