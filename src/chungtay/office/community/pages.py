"""One page of a place's records, as plain data: what it tells, lists, draws and lets be done. One template draws it.

Every list has filters, an order, pages, an empty state and a file; every form keeps what was typed.
"""

import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from chungtay.core.language import day_words, language
from chungtay.core.notices import notices
from chungtay.core.refusals import Fault, NotFound, NotPermitted, Refusal
from chungtay.office.answers import Visit, day_in_life
from chungtay.office.boards.sheets import Cell, Sheet, as_file
from chungtay.office.community.open import is_visitor
from chungtay.office.community.reader import Reader
from chungtay.office.rooms import room
from chungtay.territory import queries as territory
from chungtay.territory.queries import PlaceView
from rulebook import Mark
from rulebook.printing import MARKS
from viet.dates import format_day

PER_PAGE: Final = 50
MOST_IN_FILE: Final = 20_000
FORMS: Final = ("csv", "xlsx")

Choices = Sequence[tuple[Any, Any]]


@dataclass(frozen=True)
class Input:
    """One field of a form; kind: see the tag `field`. value: what stands there before anybody typed."""

    name: str
    label: str
    kind: str = "text"
    hint: str = ""
    choices: Choices = ()
    required: bool = True
    unit: str = ""
    value: str = ""


@dataclass(frozen=True)
class Form:
    """Something that may be done on a page. code: its name in what is sent. refusal: why it is shut, "" when open."""

    code: str
    title: str
    submit: str
    inputs: Sequence[Input] = ()
    refusal: str = ""
    hint: str = ""
    is_open: bool = False  # unfolded from the first; folded otherwise


@dataclass(frozen=True)
class Column:
    """One column. sort: what the address sorts by, "" where it does not. css: "number" or "nowrap"."""

    label: str
    sort: str = ""
    css: str = ""


@dataclass(frozen=True)
class Item:
    """One cell on the screen. told: the same in a file. mark: of a record that nobody saw with their own eyes."""

    words: str
    href: str = ""
    mark: str = ""
    note: str = ""
    told: Cell = ""

    @property
    def in_file(self) -> Cell:
        if self.told == "" and (self.note or self.mark):
            return self.words
        return self.words if self.told == "" else self.told


@dataclass(frozen=True)
class Table:
    """A list. rows: of items, one each column. empty: what to say, and do, when there is none."""

    caption: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Item]]
    empty: tuple[str, str] = ("", "")
    page: Any = None
    sort: str = ""

    @property
    def cells(self) -> list[list[tuple[Column, Item]]]:
        """The rows, each cell with its column."""
        return [list(zip(self.columns, row, strict=True)) for row in self.rows]


@dataclass(frozen=True)
class Filter:
    """One filter in the address: a choice, or words when `choices` is empty."""

    name: str
    label: str
    value: str
    choices: Choices = ()


@dataclass(frozen=True)
class Door:
    """A link that leads to something to be done; shut, with the sentence, when `refusal` says so.

    kind: "quiet" for what only shows or fetches, so that the next thing to do stands out.
    """

    label: str
    href: str
    refusal: str = ""
    kind: str = "primary"


@dataclass(frozen=True)
class Page:
    """Everything on one page. room: the name of the room it stands in. back: the list's address and label.

    template, extra: a room's own, where its pages are more than this; and what it wants.
    """

    room: str
    heading: str
    lead: str = ""
    back: tuple[str, str] | None = None
    notes: Sequence[str] = ()
    doors: Sequence[Door] = ()
    stats: Sequence[tuple[str, str, str]] = ()  # figure, sentence, more
    filters: Sequence[Filter] = ()
    tables: Sequence[Table] = ()
    charts: Sequence[SafeString] = ()
    facts: Sequence[tuple[str, Any]] = ()
    texts: Sequence[tuple[str, str]] = ()  # heading, words kept with their lines
    forms: Sequence[Form] = ()
    extra: Mapping[str, Any] = field(default_factory=dict)
    template: str = "office/outreach/page.html"


def room_name(name: str) -> str:
    return str(room(name).label)


def place_of(place_id: int) -> PlaceView:
    """The place as it is now or last was; NotFound when there is none."""
    return territory.latest(place_id)


def draw(
    visit: Visit,
    place: PlaceView,
    page: Page,
    *,
    sent: Mapping[str, str] | None = None,
    faults: Sequence[Fault] = (),
) -> HttpResponse:
    """The page itself. sent, faults: a form that was refused, shown again as it was typed."""
    active = (sent or {}).get("viec", "")
    context = {
        "frame": "office/open.html" if is_visitor(visit) else "office/base.html",
        "place": place,
        "above": () if is_visitor(visit) else territory.ancestors(place.id, day_in_life(place, visit.today)),
        "page": page,
        "forms": [
            _form(form, sent if form.code == active else None, faults)
            for form in page.forms
            if not form.refusal
        ],
        "shut": {form.refusal: form.title for form in reversed(page.forms) if form.refusal},
        "faults": [Fault(str(each), f"{active}-{each.field}" if each.field else "") for each in faults],
        "query": _query_without_file(visit),
        "is_bare": not visit.request.GET and not any(table.rows for table in page.tables),
        **page.extra,
    }
    return visit.page(page.template, context, 422 if faults else 200)


def _form(form: Form, sent: Mapping[str, str] | None, faults: Sequence[Fault]) -> dict[str, Any]:
    inputs = [
        {
            "input": each,
            "id": f"o-{form.code}-{each.name}",
            "value": each.value if sent is None else sent.get(each.name, ""),
            "errors": [] if sent is None else [str(fault) for fault in faults if fault.field == each.name],
        }
        for each in form.inputs
    ]
    uid = (sent or {}).get("uid") or str(uuid.uuid4())
    return {"form": form, "inputs": inputs, "uid": uid, "is_open": form.is_open or sent is not None}


def _query_without_file(visit: Visit) -> str:
    query = visit.request.GET.copy()
    query.pop("tai", None)
    return query.urlencode()


def answer(
    visit: Visit,
    place: PlaceView,
    page: Callable[[], Page],
    deeds: Mapping[str, Callable[[Reader], str]],
    back: str = "",
) -> HttpResponse:
    """Draw a page, or do one of its deeds and come back to it. A deed gives the sentence that tells what was done.

    back: the address to come back to, the page's own when "".
    """
    if visit.request.method != "POST":
        return draw(visit, place, page())
    sent = visit.request.POST.dict()
    deed = deeds.get(str(sent.get("viec", "")))
    if deed is None:
        raise Refusal(_("Không có việc này. Hãy tải lại trang rồi thử lại."))
    typed = {name: str(value) for name, value in sent.items()}
    try:
        told = deed(Reader(typed))
    except (NotFound, NotPermitted):
        raise
    except Refusal as refused:
        return draw(visit, place, page(), sent=typed, faults=refused.faults)
    messages.success(visit.request, told)
    return redirect(back or visit.request.get_full_path())


# ── Lists ─────────────────────────────────────────────────────────────────────


def asked_text(visit: Visit, name: str = "tim") -> str:
    return visit.request.GET.get(name, "").replace("\0", " ").strip()[:100]


def asked_year(visit: Visit) -> int:
    """The year asked for in the address, 0 for all."""
    text = visit.request.GET.get("nam", "")
    return int(text) if text.isdecimal() and len(text) == 4 else 0


def asked_choice(visit: Visit, name: str, choices: Choices) -> str:
    text = visit.request.GET.get(name, "")
    return text if text in {str(code) for code, _words in choices} else ""


def asked_sort(visit: Visit, keys: Sequence[str], default: str) -> str:
    text = visit.request.GET.get("xep", "")
    return text if text.removeprefix("-") in keys else default


def year_filter(years: Sequence[int], year: int) -> Filter:
    known = sorted({*years, *([year] if year else [])}, reverse=True)
    choices = [("", _("mọi năm")), *((str(each), str(each)) for each in known)]
    return Filter("nam", _("Năm"), str(year) if year else "", choices)


def paged(visit: Visit, rows: Sequence[Any]) -> Any:
    """A page of rows that are held already."""
    return Paginator(rows, PER_PAGE).get_page(visit.request.GET.get("trang"))


def key_of(text: str) -> int:
    """A row's number as a form sends it; 0, which no row has, when it is none."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 19 else 0


def file_form(visit: Visit) -> str:
    """ "csv" or "xlsx" when a file is asked for, else ""."""
    form = visit.request.GET.get("tai", "")
    return form if form in FORMS else ""


def as_download(
    visit: Visit, place: PlaceView, name: str, form: str, table: Table, about: Sequence[tuple[str, str]] = ()
) -> HttpResponse:
    """A table as a file: what it is of first, then every row."""
    if len(table.rows) > MOST_IN_FILE:
        raise Refusal(
            _("Có hơn %(most)s dòng, quá nhiều cho một bảng. Hãy lọc hẹp hơn rồi tải lại.")
            % {"most": MOST_IN_FILE}
        )
    head = [
        *((_("Lưu ý"), _(sentence)) for sentence in notices().values()),
        (_("Bảng"), table.caption),
        (_("Địa bàn"), place.full_address),
        (_("Ngày lập"), format_day(visit.today)),
        *about,
    ]
    sheet = Sheet(
        name,
        table.caption,
        [column.label for column in table.columns],
        [[item.in_file for item in row] for row in table.rows],
    )
    return as_file(f"{name}-{place.id}-{visit.today.isoformat()}.{form}", head, sheet, form)


def mark_of(mark: Mark) -> str:
    """What a cell bears: nothing for what whoever recorded it knows first hand."""
    return "" if mark is Mark.MEASURED else mark.value


def mark_words(mark: Mark) -> str:
    """Where a record comes from, for a file."""
    return MARKS[mark].in_(language())


def marks() -> Choices:
    """What an officer may say of where a record comes from."""
    return [(Mark.MEASURED.value, _("người ghi biết trực tiếp")), (Mark.TOLD.value, _("theo tài liệu"))]


def origin_inputs() -> list[Input]:
    """The two fields of every form that say where a record comes from."""
    return [
        Input("mark", _("Bản ghi này"), "select", choices=marks(), value=Mark.MEASURED.value),
        Input("source", _("Tài liệu nào"), hint=_("Khi ghi theo tài liệu"), required=False),
    ]


def origin(typed: Reader) -> dict[str, Any]:
    """What they were answered, as a deed takes it."""
    mark = Mark.TOLD if typed.text("mark") == Mark.TOLD else Mark.MEASURED
    return {"mark": mark, "source": typed.text("source")}


def day_item(day: date | None) -> Item:
    """A day in a cell; in a file year-month-day, which no spreadsheet takes for another."""
    return Item("–", told=None) if day is None else Item(day_words(day), told=day.isoformat())
