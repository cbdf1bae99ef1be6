"""The public tables: which there are, and the rows of each."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from ninja import Router
from ninja.params.functions import Path, Query

from chungtay.api import reading, shapes
from chungtay.api.examples import examples
from chungtay.reports.opendata import catalogue, files

router = Router(tags=["Bảng · Tables"])

ERRORS: dict[int, Any] = {404: shapes.Problem, 422: shapes.Problem, 429: shapes.Problem}
"""What any address may answer beside what was asked for."""

PLACE = Query(
    "", description="số của địa bàn, hoặc ma:<mã> · number of a place, or ma:<official code>", max_length=24
)
YEAR = Query(None, description="năm · year", ge=catalogue.EARLIEST_YEAR, le=catalogue.LATEST_YEAR)
STANDARD = Query("", description="mã bộ tiêu chí · code of a standard", max_length=100)
CURSOR = Query("", description="`next` của trang trước · `next` of the page before", max_length=300)
LIMIT = Query(reading.USUAL, description="số dòng một trang · rows a page", ge=1, le=files.MOST_PAGE_ROWS)


@router.get("", response={200: shapes.TableList, **ERRORS}, summary="Danh mục bảng · List of tables",
            operation_id="listTables", openapi_extra=examples("/tables"))  # fmt: skip
def tables(request: HttpRequest) -> dict[str, Any]:
    """Every public table, with when it last may have changed and where its rows and files are."""
    licence, changed = catalogue.licence(), catalogue.changed_at(catalogue.tables())
    return {
        "licence": {"name": licence.name, "address": licence.address, "proposed": licence.proposed},
        "notices": reading.said(),
        "tables": [
            {
                "name": each.name,
                "title": {"vi": each.title.vi, "en": each.title.en},
                "about": {"vi": each.about.vi, "en": each.about.en},
                "filters": list(each.filters),
                "changed_at": changed[each.name],
                "rows": f"{settings.SITE_ADDRESS}/api/v1/tables/{each.name}",
                "csv": f"{settings.SITE_ADDRESS}/du-lieu/{each.name}.csv",
            }
            for each in catalogue.tables()
        ],
    }


@router.get("/{name}", response={200: shapes.TablePage, **ERRORS}, summary="Các dòng của một bảng · Rows of a table",
            operation_id="readTable", openapi_extra=examples("/tables/{name}"))  # fmt: skip
def table(
    request: HttpRequest,
    name: str = Path(..., description="tên bảng · name of the table", max_length=60),
    place: str = PLACE,
    year: int | None = YEAR,
    standard: str = STANDARD,
    cursor: str = CURSOR,
    limit: int = LIMIT,
) -> dict[str, Any]:
    """Rows in a fixed order, page by page, with what each column is."""
    found = catalogue.table(name)
    asked = reading.asked_of(found, place=place, year=year, standard=standard, cursor=cursor, limit=limit)
    return {
        "table": found.name,
        "title": {"vi": found.title.vi, "en": found.title.en},
        "columns": files.columns_of(found),
        **reading.page(found, asked),
    }
