"""Finding a place by its name, with or without marks, now or once."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.utils.translation import gettext as _

from chungtay.portal import places_present as present
from chungtay.portal.places_answers import Reader, for_all
from chungtay.territory import names
from chungtay.territory import queries as territory
from viet.letters import fold

PER_PAGE = 20
MOST = 100  # letters of a name that are looked for: no place has a longer one
LEVELS = ("province", "district", "commune", "hamlet", "area")


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
        return reader.page("portal/search.html", context | {"found": found, "page": page})
    nation = territory.nation_id()
    provinces = territory.children(nation, reader.today) if nation and not text else ()
    return reader.page("portal/search.html", context | {"provinces": provinces})
