"""Open data: the catalogue, a page for each table with its first rows, and the files at addresses that never change."""

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from itertools import chain, islice
from typing import Any, Final

from django.conf import settings
from django.http import FileResponse, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.http import http_date, quote_etag, urlencode
from django.utils.translation import gettext as _

from chungtay.core.refusals import Fault, Refusal
from chungtay.portal.places_answers import Reader, for_all
from chungtay.reports.opendata import catalogue, describing, files
from chungtay.reports.opendata.shapes import Asked, Column, Kind, Row, Table, cursor_of, key_of
from chungtay.standards import queries as standards
from chungtay.territory import queries as territory

PREVIEW: Final = 30  # rows
FILTERS: Final = {"place": "noi", "year": "nam", "standard": "bo"}
"""What a filter of a table is called in an address."""


@for_all
def data(reader: Reader) -> HttpResponse:
    """All public tables, how they may be used, and where machines begin."""
    changed = catalogue.changed_at(catalogue.tables())
    context = {
        "crumbs": [(_("Cả nước"), reverse("portal:nation")), (_("Dữ liệu mở"), "")],
        "tables": [_card(each, changed[each.name], reader.language) for each in catalogue.tables()],
        "licence": catalogue.licence(),
    }
    return reader.page("portal/data.html", context)


@for_all
def table(reader: Reader, name: str) -> HttpResponse:
    """One table: what it is, its first rows, what each column means, and its files."""
    shown = catalogue.table(name)
    asked = _asked(reader, shown)
    first = list(islice(shown.rows(replace(asked, many=PREVIEW + 1)), PREVIEW + 1))
    rows, more = first[:PREVIEW], len(first) > PREVIEW
    question = _question(asked)
    context = {
        "crumbs": [
            (_("Cả nước"), reverse("portal:nation")),
            (_("Dữ liệu mở"), reverse("portal:data")),
            (shown.title.in_(reader.language), ""),
        ],
        "table": _card(shown, catalogue.changed_at([shown])[name], reader.language),
        "provenance": shown.provenance.in_(reader.language),
        "licence": catalogue.licence(),
        "asked": asked,
        "filters": _filters(shown, asked, reader),
        "columns": [_column(each, reader.language) for each in shown.columns],
        "rows": [_cells(shown, row, reader.language) for row in rows],
        "is_first": not asked.after,
        "first": f"?{urlencode(question)}" if question else reverse("portal:data_table", args=[name]),
        "next": f"?{urlencode({**question, 'sau': cursor_of(rows[-1][0])})}" if more else "",
        "question": f"?{urlencode(question)}" if question else "",
        "structured": describing.schema_org(shown, settings.SITE_ADDRESS),
        "canonical": f"{settings.SITE_ADDRESS}{reverse('portal:data_table', args=[name])}",
    }
    return reader.page("portal/data_table.html", context)


@for_all
def file(reader: Reader, name: str, form: str) -> HttpResponseBase:
    """The table as a file, whole or as filtered; “not changed” to whoever has it already."""
    shown = catalogue.table(name)
    asked = _asked(reader, shown)
    tag = quote_etag(f"{catalogue.tag_of(shown, asked)}-{form.replace('.', '')}-{reader.language}")
    response = get_conditional_response(reader.request, etag=tag) or _file(
        shown, asked, form, reader.language
    )
    response.headers["ETag"] = tag
    changed = catalogue.changed_at([shown])[name]
    if changed is not None:
        response.headers["Last-Modified"] = http_date(changed.timestamp())
    response.headers["Cache-Control"] = "public, no-cache"
    response.headers["Access-Control-Allow-Origin"] = "*"
    described = reverse("portal:data_csvw", args=[name])
    response.headers["Link"] = f'<{described}>; rel="describedby"; type="application/csvm+json"'
    return response


@for_all
def csvw(reader: Reader, name: str) -> HttpResponse:
    """What the columns of the CSV are, for machines."""
    told = describing.csvw(catalogue.table(name), settings.SITE_ADDRESS)
    return _machine(json.dumps(told, ensure_ascii=False, indent=1), "application/csvm+json")


@for_all
def dcat(reader: Reader, form: str) -> HttpResponse:
    """The catalogue for harvesters."""
    told = describing.dcat(settings.SITE_ADDRESS)
    if form == "ttl":
        return _machine(describing.turtle(told), "text/turtle; charset=utf-8")
    return _machine(json.dumps(told, ensure_ascii=False, indent=1), "application/ld+json")


def _machine(text: str, media: str) -> HttpResponse:
    return HttpResponse(text, content_type=media, headers={"Access-Control-Allow-Origin": "*"})


def _asked(reader: Reader, shown: Table) -> Asked:
    """What the address asks of a table. Refusal in words, all faults at once."""
    faults = []
    numbers: dict[str, int] = {}
    for field in ("place", "year"):
        text = reader.asked(FILTERS[field], 18)
        if text and text.isascii() and text.isdecimal():
            numbers[field] = int(text)
        elif text:
            faults.append(
                Fault(_("“%(text)s” không phải số. Hãy chọn lại ở bộ lọc.") % {"text": text}, FILTERS[field])
            )
    if faults:
        raise Refusal(*faults)
    asked = Asked(
        on=reader.today,
        place=numbers.get("place"),
        year=numbers.get("year"),
        standard=reader.asked(FILTERS["standard"]),
        after=key_of(reader.asked("sau", 300)),
    )
    if asked.place is not None:
        territory.latest(asked.place)  # NotFound for one that never was
    catalogue.check_asked(shown, asked)
    return asked


def _question(asked: Asked) -> dict[str, str]:
    """The filters of an address, without the place reached in the table."""
    told = {FILTERS[each]: getattr(asked, each) for each in FILTERS}
    return {name: str(value) for name, value in told.items() if value not in (None, "")}


def _file(shown: Table, asked: Asked, form: str, language: str) -> HttpResponseBase:
    name = "-".join([shown.name, *_question(asked).values()]) + f".{form}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    media = files.MEDIA[form]
    if form == "xlsx":
        return FileResponse(files.as_xlsx(shown, asked, language), headers=headers, content_type=media)
    about = {
        "table": shown.name,
        "title": {"vi": shown.title.vi, "en": shown.title.en},
        "filters": _question(asked),
    }
    about |= {
        "licence": catalogue.licence().address,
        "provenance": {"vi": shown.provenance.vi, "en": shown.provenance.en},
    }
    writers: dict[str, Callable[[], Iterator[bytes]]] = {
        "csv": lambda: files.as_csv(shown, asked),
        "csv.gz": lambda: files.as_csv_gz(shown, asked),
        "json": lambda: files.as_json(shown, asked, about),
    }
    return StreamingHttpResponse(_begun(writers[form]()), headers=headers, content_type=media)


def _begun(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """The pieces, the first made already: what is refused is refused before anything is sent."""
    coming = iter(pieces)
    return chain(list(islice(coming, 1)), coming)


def _card(shown: Table, changed: datetime | None, language: str) -> dict[str, Any]:
    return {
        "name": shown.name,
        "title": shown.title.in_(language),
        "about": shown.about.in_(language),
        "forms": list(files.MEDIA),
        "changed": changed,
    }


def _column(column: Column, language: str) -> dict[str, Any]:
    return {
        "key": column.key,
        "label": column.label.in_(language),
        "about": column.about.in_(language),
        "unit": column.unit.in_(language),
        "kind": _kind_words(column.kind),
        "is_number": column.kind in (Kind.INTEGER, Kind.DECIMAL),
        "codes": [(code or "∅", column.words_of(code, language)) for code in column.codes],
    }


def _kind_words(kind: Kind) -> str:
    return {
        Kind.TEXT: _("chữ"),
        Kind.INTEGER: _("số nguyên"),
        Kind.DECIMAL: _("số thập phân"),
        Kind.DAY: _("ngày"),
        Kind.MOMENT: _("ngày giờ"),
        Kind.FLAG: _("có, không"),
    }[kind]


def _cells(shown: Table, row: Row, language: str) -> list[dict[str, Any]]:
    """A row as the preview shows it: codes with their words, days and numbers as they stand in the file."""
    _key, cells = row
    found = []
    for column, cell in zip(shown.columns, cells, strict=True):
        text = files.written(cell)
        words = column.words_of(cell, language)
        if not words and isinstance(cell, str) and column.key == "why_empty":
            words = "; ".join(column.words_of(code, language) for code in cell.split())
        is_number = column.kind in (Kind.INTEGER, Kind.DECIMAL)
        found.append(
            {"text": words or text, "code": text if words and words != text else "", "is_number": is_number}
        )
    return found


def _filters(shown: Table, asked: Asked, reader: Reader) -> dict[str, Any]:
    """The filters a table heeds, for its form. A place is one of those above the chosen one, or a province."""
    found: dict[str, Any] = {"any": bool(shown.filters)}
    if "place" in shown.filters:
        nation = territory.nation()
        choices = [
            ("", _("cả nước")),
            *((str(each.id), each.full_name) for each in territory.children(nation.id, reader.today)),
        ]
        if asked.place is not None and str(asked.place) not in dict(choices):
            choices.append((str(asked.place), territory.latest(asked.place).full_address))
        found["places"] = choices
    if "standard" in shown.filters:
        names = {view.code: view.name.in_(reader.language) for view in standards.versions()}
        found["standards"] = [("", _("mọi bộ")), *sorted(names.items())]
    found["year"] = "year" in shown.filters
    return found
