"""Reading evidence: the strip of a thing, the page of a file, flags that wait, and the bytes themselves.

Everything is read as somebody (`seen_by`): what lies outside their reach is not there, and is not named.
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import BinaryIO, Final

from django.db.models import Prefetch, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from chungtay.core.actors import Actor
from chungtay.core.refusals import NotPermitted
from chungtay.evidence import policies, storing
from chungtay.evidence.kinds import Kind
from chungtay.evidence.models import File, Flag, FlagKind, Outcome, Proof, Redaction
from chungtay.evidence.pictures import SIZES
from chungtay.people.policies import check_acts_for
from chungtay.territory import queries as territory
from viet.dates import format_day

Key = tuple[str, str]  # kind and ref of a subject
_BY_NAME: Final = 5000  # beyond as many places, those of the whole country are read


@dataclass(frozen=True)
class SettlementView:
    is_fine: bool
    reason: str
    by: str
    at: datetime


@dataclass(frozen=True)
class FlagView:
    """Something odd, as a sentence in the reader's language. settled: None while it waits for somebody."""

    id: int
    kind: str
    sentence: str
    settled: SettlementView | None
    raised_at: datetime


@dataclass(frozen=True)
class ProofView:
    """A file put forward for one thing.

    withdrawn: why and by whom it was taken back, "" while it stands. settle_refusal: why its reader may not settle the
    flags, "" when they may.
    """

    id: int
    kind: str
    ref: str
    label: str
    place_id: int
    place_name: str
    start: date | None
    end: date | None
    by: str
    at: datetime
    withdrawn: str
    settle_refusal: str
    flags: tuple[FlagView, ...]

    @property
    def open_flags(self) -> tuple[FlagView, ...]:
        return tuple(flag for flag in self.flags if flag.settled is None)


@dataclass(frozen=True)
class LayerView:
    """One layer of blurred rectangles."""

    count: int
    by: str
    at: datetime


@dataclass(frozen=True)
class FileView:
    """A file as its page shows it. has_copies: there is a picture to look at, with every blurred rectangle in it."""

    id: int
    name: str
    kind: Kind
    size: int
    sha256: str
    place_id: int
    is_private: bool
    width: int | None
    height: int | None
    taken_at: datetime | None
    device: str
    lat_e6: int | None
    lon_e6: int | None
    by: str
    at: datetime
    has_copies: bool
    may_fetch: bool
    proofs: tuple[ProofView, ...]
    layers: tuple[LayerView, ...]


@dataclass(frozen=True)
class Piece:
    """One file in a strip. sha256: of the original; taken_at: as the device says, None where it does not."""

    file_id: int
    name: str
    kind: Kind
    sha256: str
    taken_at: datetime | None
    is_private: bool
    has_copies: bool
    flags: tuple[FlagView, ...]


@dataclass(frozen=True)
class Strip:
    """What stands as proof of one thing. hidden: how many of `count` files are not for these eyes."""

    pieces: tuple[Piece, ...] = ()
    count: int = 0

    @property
    def hidden(self) -> int:
        return self.count - len(self.pieces)

    @property
    def open_flags(self) -> int:
        return sum(flag.settled is None for piece in self.pieces for flag in piece.flags)


@dataclass(frozen=True)
class Waiting:
    """A flag that waits, with the file and the proof it is about."""

    flag: FlagView
    proof: ProofView
    piece: Piece


@dataclass(frozen=True)
class Bytes:
    """A file being read. etag: changes when the bytes do."""

    content: BinaryIO
    size: int
    media_type: str
    name: str
    etag: str


def strips(keys: Iterable[Key], *, seen_by: Actor) -> dict[Key, Strip]:
    """What stands as proof of each thing, oldest first; every key is answered. At most four queries."""
    wanted = set(keys)
    rows = [
        row
        for row in _proofs(Proof.objects.filter(ref__in={ref for _kind, ref in wanted}, withdrawal=None))
        if (row.kind, row.ref) in wanted
    ]
    reached = territory.contained(
        seen_by.place_id, {place for row in rows for place in (row.place_id, row.file.place_id)}
    )
    flags = _flag_views(rows, seen_by)
    found: dict[Key, Strip] = {key: Strip() for key in wanted}
    for row in rows:
        strip = found[row.kind, row.ref]
        shown = bool({row.place_id, row.file.place_id} & reached)
        shown = shown and (not row.file.is_private or policies.sees_private(seen_by, row.file))
        pieces = (*strip.pieces, _piece(row.file, flags[row.pk])) if shown else strip.pieces
        found[row.kind, row.ref] = replace(strip, pieces=pieces, count=strip.count + 1)
    return found


def documented(keys: Iterable[Key]) -> dict[Key, int]:
    """How many files stand as proof of each thing that has any: what a board needs to grade. One query."""
    wanted = set(keys)
    counts: dict[Key, int] = {}
    rows = Proof.objects.filter(ref__in={ref for _kind, ref in wanted}, withdrawal=None)
    for key in rows.values_list("kind", "ref"):
        if key in wanted:
            counts[key] = counts.get(key, 0) + 1
    return counts


def proved(kinds: Sequence[str], place_ids: Collection[int]) -> dict[str, frozenset[str]]:
    """By kind, the ids of all things at those places that a file stands for. One query."""
    rows = Proof.objects.filter(kind__in=kinds, withdrawal=None)
    if len(place_ids) <= _BY_NAME:
        rows = rows.filter(place_id__in=place_ids)
    found: dict[str, set[str]] = {kind: set() for kind in kinds}
    for kind, ref in rows.values_list("kind", "ref"):
        found[kind].add(ref)
    return {kind: frozenset(refs) for kind, refs in found.items()}


def file(file_id: int, *, seen_by: Actor) -> FileView:
    """One file and all that is known of it; NotFound when there is none for these eyes.

    Of what it proves, only what lies within reach is told.
    """
    row = _seen(file_id, seen_by)
    rows = list(_proofs(Proof.objects.filter(file=row)))
    reached = territory.contained(seen_by.place_id, {proof.place_id for proof in rows})
    shown = [proof for proof in rows if proof.place_id in reached]
    return FileView(
        id=row.pk,
        name=row.name,
        kind=row.kind_of,
        size=row.size,
        sha256=row.sha256,
        place_id=row.place_id,
        is_private=row.is_private,
        width=row.width,
        height=row.height,
        taken_at=row.taken_at,
        device=row.device,
        lat_e6=row.lat_e6,
        lon_e6=row.lon_e6,
        by=row.by_label,
        at=row.at,
        has_copies=_has_copies(row),
        may_fetch=policies.sees_original(seen_by, row),
        proofs=tuple(_proof_views(shown, seen_by)),
        layers=tuple(
            LayerView(len(layer.boxes), layer.by_label, layer.at)
            for layer in Redaction.objects.filter(file=row).order_by("pk")
        ),
    )


def waiting(*, seen_by: Actor, skip: int = 0, limit: int = 50) -> tuple[int, list[Waiting]]:
    """Flags within reach that nobody has settled: how many, and some of them, the oldest first."""
    flags = Flag.objects.filter(settlement=None, proof__withdrawal=None)
    if seen_by.place_id is not None:
        flags = flags.filter(proof__place__in=territory.ids_ever_under(seen_by.place_id))
    asked = flags.order_by("raised_at", "pk").values_list("pk", "proof_id")[skip : skip + limit]
    pairs = list(asked)
    rows = list(_proofs(Proof.objects.filter(pk__in={proof for _flag, proof in pairs})))
    views = {view.id: view for view in _proof_views(rows, seen_by)}
    files = {row.pk: row.file for row in rows}
    found = [
        Waiting(flag, views[proof_id], _piece(files[proof_id], views[proof_id].flags))
        for flag_id, proof_id in pairs
        for flag in views[proof_id].flags
        if flag.id == flag_id
    ]
    return flags.count(), found


def original(file_id: int, *, seen_by: Actor) -> Bytes:
    """The bytes as they were sent; NotFound for whom they are not."""
    row = _seen(file_id, seen_by)
    if not policies.sees_original(seen_by, row):
        raise policies.not_there()
    content = storing.open_original(row.sha256)
    return Bytes(content, row.size, row.kind_of.media_type, row.name, f'"{row.sha256}"')


def copy(file_id: int, size: str, *, seen_by: Actor) -> Bytes:
    """A copy for the eye; NotFound when there is none yet that shows every blurred rectangle. size: one of SIZES."""
    row = _seen(file_id, seen_by)
    if not _has_copies(row) or size not in SIZES:
        raise policies.not_there()
    content = storing.open_copy(row.sha256, row.layer, size)
    length = content.seek(0, 2)
    content.seek(0)
    return Bytes(content, length, "image/webp", f"{size}.webp", f'"{row.sha256}-{row.layer}-{size}"')


def _seen(file_id: int, seen_by: Actor) -> File:
    row = File.objects.filter(pk=file_id).first()
    if row is None:
        raise policies.not_there()
    places = {row.place_id, *row.proofs.values_list("place_id", flat=True)}
    if not policies.sees(seen_by, row, places):
        raise policies.not_there()
    return row


def _has_copies(row: File) -> bool:
    return row.copies_layer == row.layer


def _piece(row: File, flags: tuple[FlagView, ...]) -> Piece:
    return Piece(
        row.pk, row.name, row.kind_of, row.sha256, row.taken_at, row.is_private, _has_copies(row), flags
    )


def _proofs(rows: "QuerySet[Proof]") -> "QuerySet[Proof]":
    flags = Flag.objects.select_related("settlement", "other").order_by("pk")
    return rows.select_related("file", "withdrawal").prefetch_related(Prefetch("flags", flags)).order_by("pk")


def _proof_views(rows: Sequence[Proof], seen_by: Actor) -> list[ProofView]:
    """Views of proofs within reach."""
    names, flags = territory.names_of({row.place_id for row in rows}), _flag_views(rows, seen_by)
    settling = _settling(seen_by) if any(flags.values()) else None
    return [
        ProofView(
            id=row.pk,
            kind=row.kind,
            ref=row.ref,
            label=row.label,
            place_id=row.place_id,
            place_name=names.get(row.place_id, ""),
            start=row.start,
            end=row.end,
            by=row.by_label,
            at=row.at,
            withdrawn=_why_withdrawn(row),
            settle_refusal=settling(row) if settling and flags[row.pk] else "",
            flags=flags[row.pk],
        )
        for row in rows
    ]


def _settling(seen_by: Actor) -> Callable[[Proof], str]:
    """Why this reader may not settle the flags of a proof within reach, "" when they may."""
    own = policies.own_posts(seen_by)

    def refusal_of(check: Callable[[], None]) -> str:
        try:
            check()
        except NotPermitted as refused:
            return str(refused)
        return ""

    role = refusal_of(lambda: check_acts_for(seen_by, "evidence.settle", seen_by.place_id))
    return lambda row: role or refusal_of(lambda: policies.check_another(row.post_id, row.file.post_id, own))


def _why_withdrawn(row: Proof) -> str:
    taken = getattr(row, "withdrawal", None)
    return f"{taken.reason} ({taken.by_label}, {format_day(timezone.localdate(taken.at))})" if taken else ""


def _flag_views(rows: Iterable[Proof], seen_by: Actor) -> dict[int, tuple[FlagView, ...]]:
    """The flags of each proof. What another place did with the same picture is named only to who may see that place."""
    held = {row.pk: (row, list(row.flags.all())) for row in rows}
    others = {flag.other.place_id for _row, flags in held.values() for flag in flags if flag.other}
    names = territory.names_of(territory.contained(seen_by.place_id, others)) if others else {}
    return {
        pk: tuple(
            FlagView(flag.pk, flag.kind, _sentence(flag, row, names), _settlement(flag), flag.raised_at)
            for flag in flags
        )
        for pk, (row, flags) in held.items()
    }


def _settlement(flag: Flag) -> SettlementView | None:
    done = getattr(flag, "settlement", None)
    return done and SettlementView(done.outcome == Outcome.FINE, done.reason, done.by_label, done.at)


def _sentence(flag: Flag, proof: Proof, names: dict[int, str]) -> str:
    taken = proof.file.taken_at
    day = format_day(timezone.localdate(taken)) if taken else ""
    if flag.kind == FlagKind.DATE:
        return _("Chụp ngày %(day)s, còn điều cần chứng minh là của %(period)s.") % {
            "day": day,
            "period": _period(proof),
        }
    if flag.kind == FlagKind.FUTURE:
        return _("Máy ghi giờ chụp là %(day)s, sau lúc gửi tệp.") % {"day": day}
    if flag.kind == FlagKind.NO_EXIF:
        return _("Không còn ngày giờ chụp, dù loại máy này luôn ghi. Có thể ảnh đã qua tin nhắn hoặc bị sửa.")
    if flag.kind == FlagKind.PLACE:
        return _("Nơi chụp cách địa bàn khoảng %(km)s km.") % {"km": flag.detail["km"]}
    return _sentence_of_reuse(flag, names)


def _sentence_of_reuse(flag: Flag, names: dict[int, str]) -> str:
    other = flag.other
    assert other is not None
    year = str((other.end or timezone.localdate(other.at)).year)
    if other.place_id not in names:
        words = {"year": year}
        if flag.kind == FlagKind.SAME:
            return _("Tệp này đã dùng cho một việc năm %(year)s ở nơi ngoài địa bàn của bạn.") % words
        return _("Ảnh gần giống ảnh đã dùng cho một việc năm %(year)s ở nơi ngoài địa bàn của bạn.") % words
    words = {"year": year, "what": other.label, "place": names[other.place_id]}
    if flag.kind == FlagKind.SAME:
        return _("Tệp này đã dùng cho “%(what)s”, %(place)s, năm %(year)s.") % words
    return _("Ảnh gần giống ảnh đã dùng cho “%(what)s”, %(place)s, năm %(year)s.") % words


def _period(proof: Proof) -> str:
    ends = [format_day(day) for day in (proof.start, proof.end) if day]
    return "–".join(dict.fromkeys(ends))
