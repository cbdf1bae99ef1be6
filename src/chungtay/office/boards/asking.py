"""What the address of a board asks for: a place, a standard of the places below it, a day, and which of them count."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from chungtay.core.refusals import NotFound, Refusal
from chungtay.evidence.grading import Grade
from chungtay.figures import boards
from chungtay.figures.board_views import Filters
from chungtay.figures.boards import Survey
from chungtay.office import founding
from chungtay.office.answers import Visit, day_in_life
from chungtay.standards import queries as standards
from chungtay.standards.queries import Adopted, VersionView
from chungtay.territory import queries as territory
from chungtay.territory.queries import PlaceView
from viet.dates import format_day

LEVELS = ("nation", "province", "district", "commune", "hamlet", "area")
_SHOWN_FIRST = ("commune", "hamlet", "area", "province", "district", "nation")
GROUPS = ("1", "2", "3")
KINDS = {
    "province": ("tỉnh", "thành phố"),
    "district": ("huyện", "quận", "thị xã", "thành phố"),
    "commune": ("xã", "phường", "thị trấn", "đặc khu"),
    "hamlet": tuple(kind for kind, level in founding.KINDS.items() if level == "hamlet"),
    "area": tuple(kind for kind, level in founding.KINDS.items() if level == "area"),
}
FORMS = ("csv", "xlsx")
PROOFS = (Grade.STATED, Grade.DOCUMENTED, Grade.CHECKED)
_FILTERS = {"region": "vung", "group": "nhom", "kind": "loai"}
_PROOF = "minh-chung"  # how strongly a claim must be proved to count

Question = Mapping[str, object]
"""Words of an address and their values."""


@dataclass(frozen=True)
class Asked:
    """One board as asked for.

    above: the places above, the nation first; empty for a province. versions: of the standard chosen. offered: every
    standard that may be chosen.
    """

    visit: Visit
    place: PlaceView
    above: tuple[PlaceView, ...]
    law: Adopted
    versions: list[VersionView]
    offered: tuple[VersionView, ...]
    on: date
    filters: Filters

    @property
    def code(self) -> str:
        return self.law.view.code

    @property
    def level(self) -> str:
        return self.law.standard.level

    @property
    def language(self) -> str:
        return self.visit.language

    @property
    def noun(self) -> str:
        """What the places counted are called: "xã, phường", or the kind chosen."""
        return self.filters.kind or level_noun(self.level)

    def survey(self) -> Survey:
        """Every place asked for, judged: one reading for a page."""
        return boards.survey(self.place, self.code, on=self.on, filters=self.filters, among=self.versions)

    def query(self, more: Question | None = None) -> str:
        """The address's own question, with more in it; what is empty is left out."""
        asked: dict[str, object] = {"bo": self.code, "ngay": self.on.isoformat()}
        asked |= {word: getattr(self.filters, name) for name, word in _FILTERS.items()}
        asked |= {_PROOF: proof_word(self.filters.proof)} | dict(more or {})
        return urlencode({name: value for name, value in asked.items() if value not in ("", None)})

    def address(
        self,
        name: str,
        more: Question | None = None,
        *,
        of: PlaceView | None = None,
        key: Question | None = None,
    ) -> str:
        """The address of a board, of this place or another, with the same question and more. key: parts of the path."""
        where = {"place_id": (of or self.place).id, **(key or {})}
        return f"{reverse(f'office:boards:{name}', kwargs=where)}?{self.query(more)}"

    def files(
        self, name: str, more: Question | None = None, *, key: Question | None = None
    ) -> dict[str, str]:
        """Where the same board is had as a file, by form."""
        return {form: self.address(f"{name}_{form}", more, key=key) for form in FORMS}

    def listed(self, verdict: str = "", more: Question | None = None, *, of: PlaceView | None = None) -> str:
        """Where the places behind a number are listed."""
        return self.address("heat", {"ket-qua": verdict, **(more or {})}, of=of)

    def below(self, child: PlaceView) -> str:
        """Where to read on about a place below: its own board, or its page where it is itself what was judged."""
        if LEVELS.index(child.level) < LEVELS.index(self.level):
            return self.address("overview", of=child)
        return self.page_of(child, self.on)

    def page_of(self, place: PlaceView, day: date) -> str:
        """The page of a place by this standard on a day."""
        question = urlencode({"bo": self.code, "ngay": day.isoformat()})
        return f"{reverse('office:place', kwargs={'place_id': place.id})}?{question}"


def ask(visit: Visit, place_id: int) -> Asked:
    """Read the address. A Refusal says what of it cannot be."""
    place, day = _on_its_day(visit, place_id)
    above = () if place.level in ("nation", "province") else territory.ancestors(place_id, day)
    offered = _offered(place, above)
    if not offered:
        raise Refusal(
            _(
                "%(place)s không có nơi cấp dưới nào được xét theo bộ tiêu chí. Hãy mở một xã, một tỉnh hoặc cả nước."
            )
            % {"place": place.full_name}
        )
    code = visit.request.GET.get("bo", "")
    if code and code not in offered:
        raise Refusal(_("Bộ tiêu chí này không dùng cho các nơi cấp dưới của địa bàn này. Hãy chọn bộ khác."))
    code = code or _first_choice(place, offered, day)
    law = standards.adopted(code, on=day, among=offered[code])
    newest = tuple(versions[0] for versions in offered.values())
    return Asked(visit, place, above, law, offered[code], newest, day, _filters(visit))


def _on_its_day(visit: Visit, place_id: int) -> tuple[PlaceView, date]:
    """The place on the day asked for; where none is, today, or on the last day of a place that is no more."""
    day = visit.judging_day()
    if day is not None:
        return territory.as_of(place_id, day), day
    try:
        return territory.as_of(place_id, visit.today), visit.today
    except NotFound:
        raise
    except Refusal:
        day = day_in_life(territory.latest(place_id), visit.today)
        return territory.as_of(place_id, day), day


def _offered(place: PlaceView, above: tuple[PlaceView, ...]) -> dict[str, list[VersionView]]:
    """The versions, by code, of the standards for levels below the place: national ones, and those of its provinces."""
    provinces = {each.code for each in (*above, place) if each.code}
    found: dict[str, list[VersionView]] = {}
    for view in standards.versions():
        is_below = LEVELS.index(view.level) > LEVELS.index(place.level)
        if is_below and (not view.province or place.level == "nation" or view.province in provinces):
            found.setdefault(view.code, []).append(view)
    return found


def _first_choice(place: PlaceView, offered: dict[str, list[VersionView]], on: date) -> str:
    """The standard shown first: one that may hold on the day, for communes, a law before a sample."""

    def order(code: str) -> tuple[bool, int, bool, str]:
        view = offered[code][0]
        out_of_time = not view.period[0] <= on.year <= view.period[1]
        return out_of_time, _SHOWN_FIRST.index(view.level), view.status != "law", code

    return min(offered, key=order)


def _filters(visit: Visit) -> Filters:
    get = visit.request.GET
    asked = {name: get.get(word, "").strip()[:40] for name, word in _FILTERS.items()}
    proof = next((grade for grade in PROOFS if grade.code == get.get(_PROOF, "")), Grade.NONE)
    return Filters(**asked, proof=proof)


def proof_word(proof: Grade) -> str:
    """As it stands in the address; "" where every claim counts."""
    return proof.code if proof in PROOFS else ""


def level_noun(level: str) -> str:
    return {
        "province": _("tỉnh, thành phố"),
        "district": _("huyện"),
        "commune": _("xã, phường"),
        "hamlet": _("thôn, xóm"),
        "area": _("khu, cụm dân cư"),
    }[level]


def criterion_named(asked: Asked, number: str) -> str:
    """ "4. Điện"; NotFound when the standard has no such criterion."""
    name = next((c.name for c in asked.law.standard.criteria if c.number == number), None)
    if name is None:
        raise NotFound(_("Bộ tiêu chí này không có tiêu chí “%(number)s”.") % {"number": number})
    return f"{number}. {name.in_(asked.language)}"


def notes_of(asked: Asked) -> list[str]:
    """What must be known before believing a number: every page and every file says it."""
    notes = law_notes(asked)
    if asked.filters.proof > Grade.STATED:
        told = _(
            "Chỉ tính số liệu, kết luận và kết quả công bố có minh chứng từ mức “%(grade)s” trở lên; cái yếu hơn coi "
            "như chưa biết. Trang của từng nơi vẫn xét mọi số liệu."
        )
        notes.insert(0, told % {"grade": asked.filters.proof.words})
    return notes


def law_notes(asked: Asked) -> list[str]:
    """What must be known of the law."""
    view, law = asked.law.view, asked.law.standard
    notes: list[str] = []
    if view.status == "skeleton":
        notes.append(
            _("Bộ khung: mới biết tên tiêu chí, chưa biết đủ chỉ tiêu và mức đạt; không kết luận được.")
        )
    if view.sample:
        notes.append(_("Bộ mẫu: nội dung không phải nguyên văn quyết định, chỉ để tham khảo."))
    unsure = sum(each.provenance.threshold in ("recalled", "illustrative") for each in law.indicators)
    if unsure and not view.sample:
        notes.append(
            ngettext(
                "%(n)s chỉ tiêu có mức đạt chưa xác nhận.", "%(n)s chỉ tiêu có mức đạt chưa xác nhận.", unsure
            )
            % {"n": unsure}
        )
    missing = sum(each.provenance.threshold == "unknown" for each in law.indicators)
    if missing:
        notes.append(
            ngettext(
                "%(n)s chỉ tiêu chưa biết mức đạt: kết quả của chỉ tiêu ấy là chưa biết.",
                "%(n)s chỉ tiêu chưa biết mức đạt: kết quả của các chỉ tiêu ấy là chưa biết.",
                missing,
            )
            % {"n": missing}
        )
    if law.is_in_force(asked.on) is False:
        notes.append(
            _("Bộ tiêu chí không có hiệu lực vào ngày %(day)s: kết quả chỉ để tham khảo.")
            % {"day": format_day(asked.on)}
        )
    return notes


def filter_words(asked: Asked) -> str:
    """The filters in words, "" when every place counts."""
    filters, regions = asked.filters, asked.law.book.regions
    named = regions[filters.region].name.in_(asked.language) if filters.region in regions else filters.region
    said = [
        (_("vùng"), named),
        (_("nhóm xã"), filters.group),
        (_("loại"), filters.kind),
        (_("minh chứng từ mức"), f"“{filters.proof.words}”" if filters.proof in PROOFS else ""),
    ]
    return ", ".join(f"{what} {value}" for what, value in said if value)


def frame(asked: Asked, fresh: Any, tab: str, **more: object) -> dict[str, Any]:
    """What every board shows around its own: the place, the choices, what is known of the law, how fresh it is."""
    regions = asked.law.book.regions
    tabs = [
        ("overview", _("Tổng quan")),
        ("heat", _("Bảng nơi × tiêu chí")),
        ("measures", _("Số đo")),
        ("trend", _("Qua các năm")),
        ("days", _("So hai ngày")),
        ("pair", _("So hai nơi")),
    ]
    return {
        "asked": asked,
        "place": asked.place,
        "above": asked.above,
        "on": asked.on,
        "view": asked.law.view,
        "notes": notes_of(asked),
        "filter_words": filter_words(asked),
        "fresh": fresh,
        "tabs": [
            {"href": asked.address(name), "label": label, "is_here": name == tab} for name, label in tabs
        ],
        "regions": [
            ("", _("Mọi vùng")),
            *((code, named.name.in_(asked.language)) for code, named in regions.items()),
        ],
        "groups": [("", _("Mọi nhóm xã")), *((group, group) for group in GROUPS)],
        "proof": proof_word(asked.filters.proof),
        "proofs": [("", _("Mọi mức")), *((grade.code, _from(grade)) for grade in PROOFS)],
        "kinds": [("", _("Mọi loại")), *((kind, kind) for kind in KINDS[asked.level])],
        "offered": [
            {"view": view, "is_here": view.code == asked.code}
            for view in sorted(asked.offered, key=_in_order)
        ],
        **more,
    }


def _from(grade: Grade) -> str:
    return str(grade.words) if grade is Grade.CHECKED else _("%(grade)s trở lên") % {"grade": grade.words}


def _in_order(view: VersionView) -> tuple[int, int, str]:
    return LEVELS.index(view.level), -view.period[0], view.code
