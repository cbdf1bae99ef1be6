"""The standards in public: which there are and when they hold, what each asks, and how far its text may be trusted."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from chungtay.core.refusals import NotFound
from chungtay.people.roles import label_in_words
from chungtay.portal import places_present as present
from chungtay.portal.places_answers import Reader, for_all
from chungtay.standards import queries as standards
from chungtay.standards.desk import carrying
from chungtay.standards.desk.guidance import guidance_on
from chungtay.standards.queries import Adopted, VersionView
from chungtay.territory import queries as territory
from chungtay.ui import laws as drawn
from rulebook import Indicator, Standard, differ
from rulebook.wording import unlisted_text

LEVELS: Final = ("commune", "hamlet", "area", "district", "province")
"""As the list is divided: most people ask for their commune's."""
VERSION: Final = "phien-ban"
AGAINST: Final = "so-voi"


@dataclass(frozen=True)
class Editions:
    """The versions of one standard, and where each is read: that in force today at the address without a question."""

    views: list[VersionView]
    first: int

    @classmethod
    def of(cls, code: str, today: date) -> "Editions":
        """NotFound when nobody adopted such a standard."""
        known = standards.versions(code=code)
        if not known:
            raise NotFound(_("Không có bộ tiêu chí này. Hãy chọn trong danh sách các bộ tiêu chí."))
        return cls(known, standards.adopted(code, on=today, among=known).view.id)

    def question(self, view: VersionView) -> str:
        return "" if view.id == self.first else f"?{urlencode({VERSION: view.label})}"

    def href(self, view: VersionView) -> str:
        return reverse("portal:law", args=[view.code]) + self.question(view)

    def criterion_href(self, view: VersionView, number: str) -> str:
        return reverse("portal:law_criterion", args=[view.code, number]) + self.question(view)


@for_all
def laws(reader: Reader) -> HttpResponse:
    """Every standard adopted, by the level it judges: when it holds, who issued it, how much of it is confirmed."""
    by_code: dict[str, list[VersionView]] = {}
    for view in standards.versions():
        by_code.setdefault(view.code, []).append(view)
    every = [standards.adopted(code, on=reader.today, among=known) for code, known in by_code.items()]
    every.sort(key=lambda each: (each.view.province, -each.view.period[0], each.view.code))
    provinces = _provinces((each.view for each in every), reader.today)
    cards = [_card(each, provinces, by_code[each.view.code], reader) for each in every]
    context = {
        "crumbs": _crumbs(),
        "levels": [
            {"code": level, "name": _level_words(level), "cards": [c for c in cards if c["level"] == level]}
            for level in LEVELS
            if any(card["level"] == level for card in cards)
        ],
    }
    return reader.page("portal/laws.html", context)


def _card(
    adopted: Adopted, provinces: dict[str, str], known: Sequence[VersionView], reader: Reader
) -> dict[str, Any]:
    law = adopted.standard
    return {
        "view": adopted.view,
        "level": adopted.view.level,
        "href": reverse("portal:law", args=[adopted.view.code]),
        "basis": law.legal_basis.in_(reader.language),
        "province": provinces.get(adopted.view.province, ""),
        "force": _force(law, reader.today),
        "criteria": len(law.criteria),
        "indicators": len(law.indicators),
        "trust": drawn.trust(law.indicators),
        "versions": len(known),
    }


@for_all
def law(reader: Reader, code: str) -> HttpResponse:
    """One standard whole. `phien-ban`: which version; `so-voi`: told beside it, what changed since another."""
    known = Editions.of(code, reader.today)
    adopted = _adopted(reader, known)
    view, standard = adopted.view, adopted.standard
    context = {
        **_frame(reader, adopted, known),
        **drawn.pieces(standard, adopted.book, reader.language, post=label_in_words),
        "versions": [
            {"view": each, "href": known.href(each), "against": _key(each)}
            for each in known.views
            if each.id != view.id
        ],
        "beside": [
            {"view": each, "href": reverse("portal:law", args=[each.code]), "against": _key(each)}
            for each in _same_title(adopted)
        ],
        "documents": guidance_on(code),
        "documents_part": "portal/law_documents.html",
        "compared": _compared(reader, adopted),
        "structured": _structured(adopted),
    }
    context["bars"] = [
        {
            "label": each["word"],
            "value": each["count"],
            "kind": "silent" if each["kind"] == "unknown" else None,
        }
        for each in context["trust"]
    ]
    context["criteria"] = _with_links(context["criteria"], adopted, known, reader.language)
    return reader.page("portal/law.html", context)


@for_all
def criterion(reader: Reader, code: str, number: str) -> HttpResponse:
    """One criterion, or one condition before all: its words, what each threshold is where, from which clause."""
    known = Editions.of(code, reader.today)
    adopted = _adopted(reader, known)
    standard, language = adopted.standard, reader.language
    numbers = [each.number for each in standard.criteria]
    found = _part(adopted, number, language)
    at = numbers.index(number) if number in numbers else -1
    context = {
        **_frame(reader, adopted, known, f"{number}. {found['name']}"),
        **found,
        "number": number,
        "closely": True,
        "documents": guidance_on(code),
        "documents_part": "portal/law_documents.html",
        "across": _across(adopted.view, number) if at >= 0 else "",
        "before": _neighbour(adopted, numbers[at - 1], known, language) if at > 0 else None,
        "after": _neighbour(adopted, numbers[at + 1], known, language)
        if 0 <= at < len(numbers) - 1
        else None,
        "sources": [each for each in standard.sources if each.id in found["cited"]],
    }
    return reader.page("portal/law_criterion.html", context)


@for_all
def file(reader: Reader, code: str) -> HttpResponse:
    """A version as the YAML files of `law/`, with their worked cases."""
    adopted = _adopted(reader, Editions.of(code, reader.today))
    name, data = carrying.export_adopted(adopted.view.id)
    return HttpResponse(
        data,
        content_type="application/zip",
        headers={"Content-Disposition": f'attachment; filename="{name}"', "Access-Control-Allow-Origin": "*"},
    )


# ── What is asked for ─────────────────────────────────────────────────────────


def _adopted(reader: Reader, known: Editions) -> Adopted:
    """The version in force today, else the newest; the one named in the address, where it names one."""
    code = known.views[0].code
    return standards.adopted(code, on=reader.today, version=reader.asked(VERSION), among=known.views)


def _part(adopted: Adopted, number: str, language: str) -> dict[str, Any]:
    """A criterion with its indicators, or a condition as one indicator."""
    law, book = adopted.standard, adopted.book
    groups = {group.code: group.name.in_(language) for group in law.groups}
    for each in law.criteria:
        if each.number == number:
            return {
                "name": each.name.in_(language),
                "group": groups.get(each.group, ""),
                "clause": each.clause.in_(language),
                "unlisted": unlisted_text(each).in_(language) if each.unlisted else "",
                "indicators": [
                    drawn.indicator(one, book, language, post=label_in_words) for one in each.indicators
                ],
                "trust": drawn.trust(each.indicators),
                "cited": _cited(each.indicators),
                "is_criterion": True,
            }
    for one in law.prerequisites:
        if one.code == number:
            return {
                "name": one.text.in_(language),
                "clause": one.clause.in_(language),
                "indicators": [drawn.indicator(one, book, language, post=label_in_words)],
                "trust": drawn.trust((one,)),
                "cited": _cited((one,)),
            }
    raise NotFound(_("Bộ tiêu chí này không có tiêu chí “%(number)s”.") % {"number": number[:20]})


def _across(view: VersionView, number: str) -> str:
    """Who reaches a criterion, of the province whose law it is, else of the country; "" where there is neither."""
    root = territory.id_of_code(view.province) if view.province else territory.nation_id()
    return "" if root is None else present.across_href(root, view.code, number)


def _cited(indicators: Iterable[Indicator]) -> set[str]:
    return {source for each in indicators for source in each.provenance.sources}


def _same_title(adopted: Adopted) -> list[VersionView]:
    """Other standards for the same title of the same level, the earliest first: what stood before and what followed."""
    view = adopted.view
    newest: dict[str, VersionView] = {}
    for each in standards.versions(level=view.level):
        if each.code != view.code and each.province == view.province:
            newest.setdefault(each.code, each)
    found = [
        each
        for each in newest.values()
        if standards.adopted(each.code, among=[each]).standard.title == adopted.standard.title
    ]
    return sorted(found, key=lambda each: each.period)


def _compared(reader: Reader, adopted: Adopted) -> dict[str, Any] | None:
    """What changed from the version the address names (code:version) to this one, in sentences."""
    asked, _colon, version = reader.asked(AGAINST, 200).partition(":")
    if not asked:
        return None
    former = standards.adopted(asked, version=version)
    changes = differ(former.standard, adopted.standard, adopted.book.names)
    return {"view": former.view, "changes": [each.text.in_(reader.language) for each in changes]}


# ── What pages are handed ─────────────────────────────────────────────────────


def _frame(reader: Reader, adopted: Adopted, known: Editions, part: str = "") -> dict[str, Any]:
    view, name = adopted.view, adopted.standard.name.in_(reader.language)
    here, question = known.href(view), known.question(view)
    return {
        "view": view,
        "law": adopted.standard,
        "law_name": name,
        "law_href": here,
        "province": _provinces([view], reader.today).get(view.province, ""),
        "level": _level_words(view.level),
        "force": _force(adopted.standard, reader.today),
        "question": question,
        "crumbs": _crumbs((name, here if part else ""), *([(part, "")] if part else [])),
        "canonical": f"{settings.SITE_ADDRESS}{reader.request.path}{question}",
    }


def _crumbs(*more: tuple[str, str]) -> list[tuple[str, str]]:
    here = (_("Bộ tiêu chí"), reverse("portal:laws") if more else "")
    return [(_("Cả nước"), reverse("portal:nation")), here, *more]


def _key(view: VersionView) -> str:
    return f"{view.code}:{view.label}"


def _with_links(
    criteria: list[dict[str, Any]], adopted: Adopted, known: Editions, language: str
) -> list[dict[str, Any]]:
    """The criteria, each with its own page, how its thresholds are trusted and what is not known of its indicators."""
    return [
        told
        | {
            "href": known.criterion_href(adopted.view, each.number),
            "trust": drawn.trust(each.indicators),
            "unlisted": unlisted_text(each).in_(language) if each.unlisted else "",
        }
        for told, each in zip(criteria, adopted.standard.criteria, strict=True)
    ]


def _neighbour(adopted: Adopted, number: str, known: Editions, language: str) -> dict[str, str]:
    name = adopted.standard.criterion(number).name.in_(language)
    return {"name": f"{number}. {name}", "href": known.criterion_href(adopted.view, number)}


@dataclass(frozen=True)
class Force:
    """Whether a standard holds today, as far as its days are known. css: of the chip."""

    words: str
    css: str


def _force(law: Standard, today: date) -> Force:
    start, holds = law.in_force.start, law.is_in_force(today)
    if start is not None and start > today:
        return Force(_("chưa có hiệu lực"), "waiting")
    if law.in_force.end is not None and law.in_force.end <= today:
        return Force(_("đã hết hiệu lực"), "told")
    if law.period[1] < today.year:
        return Force(_("hết giai đoạn, chưa rõ ngày hết hiệu lực"), "unknown")
    return Force(_("đang có hiệu lực"), "measured") if holds else Force(_("chưa rõ hiệu lực"), "unknown")


def _level_words(level: str) -> str:
    return {
        "commune": _("Xã"),
        "hamlet": _("Thôn, xóm, bản, ấp"),
        "area": _("Khu dân cư"),
        "district": _("Huyện, thị xã, thành phố (trước 01/7/2025)"),
        "province": _("Tỉnh, thành phố"),
    }.get(level, level)


def _provinces(views: Iterable[VersionView], today: date) -> dict[str, str]:
    """The names of the provinces whose own law it is, by code; one that is no more by its last name."""
    codes = {view.province for view in views if view.province}
    if not codes:
        return {}
    nation = territory.nation_id()
    living = territory.children(nation, today) if nation is not None else ()
    found = {each.code: present.opening(each.full_name) for each in living if each.code in codes}
    for code in codes - found.keys():
        gone = territory.id_of_code(code)
        found[code] = (
            present.opening(territory.latest(gone).full_name)
            if gone is not None
            else _("Tỉnh mã %(code)s") % {"code": code}
        )
    return found


def _structured(adopted: Adopted) -> dict[str, Any]:
    """The standard as schema.org's Legislation, for search engines."""
    view = adopted.view
    path = reverse("portal:law", args=[view.code])
    told: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Legislation",
        "name": view.name.vi,
        "legislationIdentifier": adopted.standard.legal_basis.vi or view.code,
        "url": f"{settings.SITE_ADDRESS}{path}",
        "inLanguage": "vi",
        "version": view.label,
    }
    if view.in_force_from:
        told["legislationDateOfApplicability"] = view.in_force_from.isoformat()
    return told
