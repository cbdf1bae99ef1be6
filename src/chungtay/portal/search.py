"""Finding by words, with or without marks: a place now or once, a criterion, news, a work; a number finds its door.

The newest news and works are looked through, not all there ever were: whoever wants older ones finds the place first.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from chungtay.community.publishing import queries as publishing
from chungtay.portal import places_present as present
from chungtay.portal.places_answers import Reader, for_all
from chungtay.portal.templatetags.portal import with_years
from chungtay.standards import queries as standards
from chungtay.standards.queries import VersionView
from chungtay.territory import names
from chungtay.territory import queries as territory
from chungtay.works import queries as works
from viet.letters import fold, says, words_of

PER_PAGE = 20
MOST = 100  # letters of a name that are looked for: no place has a longer one
MOST_BESIDE: Final = 8  # of criteria, of news, of works
LEVELS = ("province", "district", "commune", "hamlet", "area")


@dataclass(frozen=True)
class Hit:
    """Something found beside places. more: of what, where, when."""

    label: str
    href: str
    more: str


@for_all
def search(reader: Reader) -> HttpResponse:
    """What was found, counted and paged; without words the provinces, from which everything else is reached."""
    typed = names.clean(reader.request.GET.get("q", "").replace("\0", " ")[: 20 * MOST])
    text = typed[:MOST].strip()
    level = reader.asked("cap")
    level = level if level in LEVELS else ""
    is_readable = any(letter.isalnum() for letter in fold(text))
    context = {
        "crumbs": [(_("Cả nước"), present.crumbs([])[0][1]), (_("Địa bàn"), "")],
        "text": text,
        "level": level,
        "levels": [
            ("", _("Mọi cấp")),
            ("province", _("Tỉnh, thành phố")),
            ("commune", _("Xã, phường, đặc khu")),
            ("hamlet", _("Thôn, xóm, bản, ấp")),
            ("district", _("Huyện (trước 01/7/2025)")),
        ],
        "is_cut": len(typed) > MOST,
        "is_readable": is_readable,
        "canonical": None if reader.request.GET else reader.canonical,
    }
    if is_readable:
        found = territory.search(text, level=level, page=max(reader.number("trang"), 1), limit=PER_PAGE)
        page = Paginator(range(found.total), PER_PAGE).get_page(found.page)
        beside = _beside(reader, text) if not level and page.number == 1 else {}
        return reader.page("portal/search.html", context | {"found": found, "page": page} | beside)
    nation = territory.nation_id()
    provinces = territory.children(nation, reader.today) if nation and not text else ()
    return reader.page("portal/search.html", context | {"provinces": provinces})


def _beside(reader: Reader, text: str) -> dict[str, Any]:
    """What is found beside places, in the order in which it is told."""
    found = [
        (_("Bộ tiêu chí"), list(_criteria(reader, text))[:MOST_BESIDE]),
        (_("Tin"), _news(reader, text)),
        (_("Công trình"), _works(text)),
    ]
    return {"door": _door(text), "beside": [(name, hits) for name, hits in found if hits]}


def _criteria(reader: Reader, text: str) -> Iterator[Hit]:
    """Standards, the newest first, and criteria whose name says the words, in the reader's or in Vietnamese."""
    words, by_code = words_of(text), dict[str, list[VersionView]]()
    for view in standards.versions():
        by_code.setdefault(view.code, []).append(view)
    every = [standards.adopted(code, on=reader.today, among=known) for code, known in by_code.items()]
    for each in sorted(every, key=lambda it: (it.view.province, -it.view.period[0], it.view.code)):
        code, name = each.view.code, with_years(each.view)
        if says(f"{name} {each.view.name.vi}", words):
            yield Hit(name, reverse("portal:law", args=[code]), "")
        for criterion in each.standard.criteria:
            called = criterion.name.in_(reader.language)
            if says(f"{called} {criterion.name.vi}", words):
                href = reverse("portal:law_criterion", args=[code, criterion.number])
                yield Hit(f"{criterion.number}. {called}", href, name)


def _news(reader: Reader, text: str) -> list[Hit]:
    found = publishing.titled(text, reader.today, limit=MOST_BESIDE)
    return [
        Hit(each.title, reverse("portal:news_item", args=[each.uid]), f"{each.place}, {each.kind_words}")
        for each in found
    ]


def _works(text: str) -> list[Hit]:
    return [
        Hit(each.name, reverse("portal:work", args=[each.place_id, each.id]), f"{each.place}, {each.year}")
        for each in works.named(text, limit=MOST_BESIDE)
    ]


def _door(text: str) -> tuple[str, str] | None:
    """Where the number of a paper leads, in words and as an address. No record is looked for: numbers are guessed."""
    number = " ".join(text.upper().split())
    if re.fullmatch(r"GY[ -]?[0-9]{1,17}", number):
        nation = territory.nation_id()
        href = reverse("office:follow", args=[nation]) if nation else reverse("portal:feedback")
        return _("Đây là số của một góp ý: theo dõi bằng số và mã theo dõi"), href
    if re.fullmatch(r"RT[ -]?[0-9]{1,17}", number):
        return _("Đây là số của một yêu cầu rút tên: theo dõi bằng số và mã theo dõi"), reverse(
            "portal:follow_name"
        )
    if re.fullmatch(r"[0-9]{2,6}/[0-9]{4}", number):
        return _("Đây có thể là số vào sổ của bằng, hoặc số biên nhận: kiểm tra giấy"), reverse(
            "portal:check_papers"
        )
    if re.fullmatch(r"[0-9A-Z]{4}([ -])[0-9A-Z]{4}\1[0-9A-Z]{4}", number):
        return _(
            "Đây có thể là mã trên thẻ của hộ: gõ mã ở ô mở phiếu"
        ), f"{reverse('portal:feedback')}#phieu"
    return None
