"""The law as adopted: which standards there are, what is in force on a day, what a measure is.

The main door to the engine: everyone above asks here for a `rulebook.Standard`.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from django.db.models import F
from django.utils.translation import gettext as _

from chungtay.core.asking import Asking, asked
from chungtay.core.language import day_words, language
from chungtay.core.refusals import NotFound, Refusal
from chungtay.standards.models import Measure as MeasureRow
from chungtay.standards.models import StandardVersion
from chungtay.territory import queries as territory
from chungtay.territory.models import Level
from chungtay.territory.queries import PlaceView
from rulebook import Lawbook, Measure, Standard, Text, thaw
from rulebook.loading.measures import read_measure
from rulebook.loading.standards import digest
from rulebook.loading.tree import Node
from rulebook.standard import may_judge, years_text


@dataclass(frozen=True)
class VersionView:
    """One adopted version of a standard, without its contents."""

    id: int
    code: str
    version: str
    edition: int
    digest: str
    level: str
    province: str
    name: Text
    status: str  # law · sample · skeleton
    period: tuple[int, int]
    in_force_from: date | None
    in_force_to: date | None
    adopted_at: datetime
    adopted_by: str

    @property
    def sample(self) -> bool:
        return self.status == "sample"

    @property
    def years(self) -> Text:
        """The period as people cite it: "2021–2025", "từ 2014"."""
        return years_text(self.period)

    @property
    def label(self) -> str:
        """The version as people cite it: "2022-03-08", with the edition when written down more than once."""
        return self.version if self.edition == 1 else f"{self.version}.{self.edition}"


@dataclass(frozen=True)
class Adopted:
    """A standard with the row it was frozen in and the definitions it uses."""

    view: VersionView
    standard: Standard
    book: Lawbook


def versions(*, code: str = "", level: str = "") -> list[VersionView]:
    """The adopted versions, newest first within a code; the latest edition of each version only.

    What a province filled in stands among them, with its province, as a version of its own.
    """
    return asked(asking_versions(code=code, level=level))


def asking_versions(*, code: str = "", level: str = "") -> Asking[list[VersionView]]:
    """`versions`, for whoever asks other things with it."""
    newest = F("in_force_from").desc(nulls_last=True)  # else the two databases would disagree
    rows = StandardVersion.objects.defer("frozen").order_by("code", newest, "-version", "-edition")
    if code:
        rows = rows.filter(code=code)
    if level:
        rows = rows.filter(level=level)
    latest: dict[tuple[str, str, str], VersionView] = {}
    (found,) = yield (rows,)
    for row in found:
        latest.setdefault((row.code, row.province, row.version), as_view(row))
    return list(latest.values())


def adopted(
    code: str,
    *,
    on: date | None = None,
    version: str = "",
    among: list[VersionView] | None = None,
    provinces: frozenset[str] = frozenset(),
) -> Adopted:
    """A standard: the named version, else the one in force on the day, else the newest (labelled when judged).

    provinces: the codes of the province the place lies in; what that province filled in goes before the national
    text, what another filled in is left out. among: the versions of that code, where the caller holds them already.
    """
    known = versions(code=code) if among is None else among
    if not known:
        codes = ", ".join(sorted({view.code for view in versions()})) or _("chưa có bộ nào")
        raise NotFound(
            _("Không có bộ tiêu chí “%(code)s”. Các bộ đã áp dụng: %(codes)s.")
            % {"code": code, "codes": codes}
        )
    meant = _meant(known, provinces)
    chosen = next((view for view in meant if on and _may_hold_on(view, on)), meant[0])
    if version:
        named = [view for view in (*meant, *known) if version in (view.version, view.label)]
        if not named:
            labels = ", ".join(view.label for view in known)
            raise NotFound(
                _("Bộ “%(code)s” không có phiên bản “%(version)s”. Các phiên bản: %(labels)s.")
                % {"code": code, "version": version, "labels": labels}
            )
        chosen = named[0]
    return _whole(chosen)


def adopted_at(
    place: PlaceView, code: str, *, on: date, version: str = "", among: list[VersionView] | None = None
) -> Adopted:
    """The standard as it holds for a place: as its province filled it in, where it did. Otherwise as `adopted`."""
    known = versions(code=code) if among is None else among
    return adopted(
        code, on=on, version=version, among=known, provinces=provinces_that_count(known, place, on)
    )


def provinces_that_count(known: list[VersionView], place: PlaceView, on: date) -> frozenset[str]:
    """The codes of the places above, where it matters: some versions of the standard are national, some filled in."""
    if len({bool(view.province) for view in known}) < 2:
        return frozenset()
    return frozenset(each.code for each in territory.ancestors(place.id, on)) | {place.code}


def by_id(version_id: int) -> Adopted:
    """The adopted version with that key, its frozen contents checked against the digest."""
    row = StandardVersion.objects.defer("frozen").filter(pk=version_id).first()
    if row is None:
        raise NotFound(_("Không có phiên bản bộ tiêu chí này."))
    return _whole(as_view(row))


def for_place(level: str, province_codes: frozenset[str]) -> list[VersionView]:
    """The newest version of each standard that can judge a place of that level under those provinces' codes."""
    by_code: dict[str, list[VersionView]] = {}
    for view in versions(level=level):
        if not view.province or view.province in province_codes:
            by_code.setdefault(view.code, []).append(view)
    return [_meant(known, province_codes)[0] for known in by_code.values()]


def _meant(known: list[VersionView], provinces: frozenset[str]) -> list[VersionView]:
    """Of one standard's versions those for a place: its province's first, then the national, each newest first."""
    own = [view for view in known if view.province and view.province in provinces]
    return own + [view for view in known if not view.province] or known


def measures(codes: Iterable[str] | None = None) -> dict[str, Measure]:
    """All measures by code, or those there are of the codes named."""
    return asked(asking_measures(codes))


def asking_measures(codes: Iterable[str] | None = None) -> Asking[dict[str, Measure]]:
    """As `measures`, in one question."""
    rows = MeasureRow.objects.all() if codes is None else MeasureRow.objects.filter(code__in=set(codes))
    (found,) = yield (rows,)
    return {row.code: as_measure(row) for row in found}


def measure(code: str) -> Measure:
    """One measure; NotFound when nobody defined it."""
    row = MeasureRow.objects.filter(code=code).first()
    if row is None:
        raise NotFound(_("Không có số đo “%(code)s”. Hãy chọn số đo trong danh mục.") % {"code": code})
    return as_measure(row)


def sectors(told_in: str = "") -> dict[str, str]:
    """The fields of work that adopted standards name, code → words, in the reader's language unless told."""
    named = {code: each for view in versions() for code, each in _whole(view).book.sectors.items()}
    return {code: named[code].name.in_(told_in or language()) for code in sorted(named)}


def sectors_of_measures(codes: Iterable[str]) -> dict[str, dict[str, str]]:
    """Measure → the fields of work of the indicators that ask for it, in any adopted standard, code → words."""
    found: dict[str, dict[str, str]] = {code: {} for code in codes}
    for view in versions():
        whole = _whole(view)
        for indicator in whole.standard.indicators:
            for measure in indicator.measures:
                if measure.code in found:
                    found[measure.code] |= _sector_words(whole, indicator.sectors)
    return found


def sectors_of_part(whole: Adopted, kind: str, code: str) -> list[dict[str, str]]:
    """The fields of work of an indicator, or of each indicator of a criterion or of the standard, code → words."""
    return [
        _sector_words(whole, indicator.sectors)
        for criterion in whole.standard.criteria
        for indicator in criterion.indicators
        if kind == "standard" or code == (indicator.code if kind == "indicator" else criterion.number)
    ]


def _sector_words(whole: Adopted, codes: Iterable[str]) -> dict[str, str]:
    return {
        code: whole.book.sectors[code].name.in_(language()) if code in whole.book.sectors else code
        for code in codes
    }


def as_measure(row: MeasureRow) -> Measure:
    """The engine's measure behind a row that a caller above fetched with its own."""
    return _measure(row.code, json.dumps(row.definition, sort_keys=True))


def check_in_force(standard: Standard, day: date) -> None:
    """Refuse a legal act on a day on which the standard is known not to be in force."""
    if standard.is_in_force(day) is not False:
        return
    start, end = standard.in_force.start, standard.in_force.end
    span = standard.years.in_(language())
    if start and end:
        span = _("từ %(start)s đến trước %(end)s") % {"start": day_words(start), "end": day_words(end)}
    elif start:
        span = _("từ %(start)s") % {"start": day_words(start)}
    raise Refusal(
        _(
            "%(name)s không có hiệu lực vào ngày %(day)s (hiệu lực: %(span)s). Hãy xem lại ngày, "
            "hoặc chọn bộ tiêu chí có hiệu lực vào ngày đó. Căn cứ: %(basis)s."
        )
        % {
            "name": standard.name.in_(language()),
            "day": day_words(day),
            "span": span,
            "basis": standard.legal_basis.in_(language()) or _("chưa rõ văn bản"),
        }
    )


def check_within_time(standard: Standard, day: date) -> None:
    """Refuse to state or freeze under a standard on a day outside both its force and its period."""
    if not standard.period[0] <= day.year <= standard.period[1]:
        check_in_force(standard, day)


def check_level(standard: Standard, place: PlaceView) -> None:
    """Refuse to set a place against a standard of another level; a part of a hamlet may stand against a hamlet's."""
    if may_judge(standard.level, place.level):
        return
    raise Refusal(
        _(
            "%(name)s dùng cho cấp “%(label)s”, không dùng cho %(place)s (cấp “%(level_of_place)s”). Hãy "
            "chọn bộ tiêu chí khác, hoặc một nơi đúng cấp."
        )
        % {
            "name": standard.name.in_(language()),
            "label": Level(standard.level).label,
            "place": place.full_name,
            "level_of_place": Level(place.level).label,
        }
    )


def _may_hold_on(view: VersionView, day: date) -> bool:
    if view.in_force_from is None:
        return view.period[0] <= day.year <= view.period[1]
    return view.in_force_from <= day and (view.in_force_to is None or day < view.in_force_to)


def as_view(row: StandardVersion) -> VersionView:
    """The version behind a row that a caller above fetched with its own."""
    return VersionView(
        id=row.pk,
        code=row.code,
        version=row.version,
        edition=row.edition,
        digest=row.digest,
        level=row.level,
        province=row.province,
        name=Text(row.name_vi, row.name_en),
        status=row.status,
        period=(row.period_from, row.period_to),
        in_force_from=row.in_force_from,
        in_force_to=row.in_force_to,
        adopted_at=row.adopted_at,
        adopted_by=row.adopted_by,
    )


def _whole(view: VersionView) -> Adopted:
    standard, book = _thawed(view.digest, view.id)
    return Adopted(view, standard, book)


def frozen_of(version_id: int) -> dict[str, Any]:
    """The plain form a version was frozen as."""
    frozen: dict[str, Any] = StandardVersion.objects.values_list("frozen", flat=True).get(pk=version_id)
    return frozen


def refers_of(version_id: int) -> frozenset[str]:
    """The codes of the standards that a version refers to."""
    return frozenset(StandardVersion.objects.values_list("frozen__refers", flat=True).get(pk=version_id))


def has_digest(code: str, seen: str) -> bool:
    """Whether a version with exactly these contents was adopted."""
    return StandardVersion.objects.filter(code=code, digest=seen).exists()


def by_digest(code: str, seen: str) -> Adopted:
    """The adopted version of a standard with that digest."""
    row = StandardVersion.objects.defer("frozen").filter(code=code, digest=seen).first()
    if row is None:
        raise NotFound(
            _("Bộ “%(code)s” không có bản nào mang dấu số %(seen)s.") % {"code": code, "seen": seen[:12]}
        )
    return _whole(as_view(row))


@lru_cache(maxsize=64)
def _thawed(stored_digest: str, version_id: int) -> tuple[Standard, Lawbook]:
    """A frozen standard is immutable, so reading it once a process is enough."""
    frozen = StandardVersion.objects.values_list("frozen", flat=True).get(pk=version_id)
    if digest(frozen) != stored_digest:
        raise Refusal(_("Nội dung bộ tiêu chí đã lưu không khớp dấu số: dữ liệu bị sửa ngoài hệ thống."))
    referred = {
        code: by_id(
            StandardVersion.objects.values_list("pk", flat=True).get(code=code, digest=other)
        ).standard
        for code, other in frozen["refers"].items()
    }
    return thaw(frozen, referred)


@lru_cache(maxsize=2048)
def _measure(code: str, definition: str) -> Measure:
    return read_measure(Node.from_plain(json.loads(definition), code))
