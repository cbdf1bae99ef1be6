"""Titles, works, money in sum, decisions, what changed, news, and whether a certificate holds."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from ninja import Router, Schema
from ninja.params.functions import Path, Query

from chungtay.api import reading, shapes
from chungtay.api.examples import examples
from chungtay.api.tables import CURSOR, ERRORS, LIMIT, PLACE, STANDARD, YEAR
from chungtay.community.publishing import queries as publishing
from chungtay.recognition.signing import registers
from chungtay.reports.opendata import catalogue, changes, files

router = Router(tags=["Hồ sơ · Records"])

_SHAPES: dict[str, type[Schema]] = {
    "danh-hieu": shapes.page_of(catalogue.table("danh-hieu"), "Titles"),
    "cong-trinh": shapes.page_of(catalogue.table("cong-trinh"), "Works"),
    "tien-theo-nguon": shapes.page_of(catalogue.table("tien-theo-nguon"), "Money"),
    "quyet-dinh-cong-dong": shapes.page_of(catalogue.table("quyet-dinh-cong-dong"), "Decisions"),
}


@router.get("/titles", response={200: _SHAPES["danh-hieu"], **ERRORS}, summary="Danh hiệu · Titles",
            operation_id="readTitles", openapi_extra=examples("/titles"))  # fmt: skip
def titles(
    request: HttpRequest,
    place: str = PLACE,
    year: int | None = YEAR,
    standard: str = STANDARD,
    cursor: str = CURSOR,
    limit: int = LIMIT,
) -> dict[str, Any]:
    """Titles recognised, and how each stands today."""
    return _page("danh-hieu", place=place, year=year, standard=standard, cursor=cursor, limit=limit)


@router.get("/works", response={200: _SHAPES["cong-trinh"], **ERRORS}, summary="Công trình · Works",
            operation_id="readWorks", openapi_extra=examples("/works"))  # fmt: skip
def works(
    request: HttpRequest,
    place: str = PLACE,
    year: int | None = YEAR,
    cursor: str = CURSOR,
    limit: int = LIMIT,
) -> dict[str, Any]:
    """Works: where each stands, what it costs, what was paid, what is owed."""
    return _page("cong-trinh", place=place, year=year, cursor=cursor, limit=limit)


@router.get("/money", response={200: _SHAPES["tien-theo-nguon"], **ERRORS}, summary="Tiền theo nguồn · Money by source",
            operation_id="readMoney", openapi_extra=examples("/money"))  # fmt: skip
def money(
    request: HttpRequest,
    place: str = PLACE,
    year: int | None = YEAR,
    cursor: str = CURSOR,
    limit: int = LIMIT,
) -> dict[str, Any]:
    """Sums of each place and all below it, by year, source and kind. Never add a place and those below it."""
    return _page("tien-theo-nguon", place=place, year=year, cursor=cursor, limit=limit)


@router.get("/decisions", response={200: _SHAPES["quyet-dinh-cong-dong"], **ERRORS},
            summary="Quyết định của cộng đồng · Decisions of communities",
            operation_id="readDecisions", openapi_extra=examples("/decisions"))  # fmt: skip
def decisions(
    request: HttpRequest,
    place: str = PLACE,
    year: int | None = YEAR,
    cursor: str = CURSOR,
    limit: int = LIMIT,
) -> dict[str, Any]:
    """What households decided, with how many were for it. Bears no name."""
    return _page("quyet-dinh-cong-dong", place=place, year=year, cursor=cursor, limit=limit)


@router.get("/changes", response={200: shapes.Changes, **ERRORS}, summary="Có gì mới · What changed",
            operation_id="readChanges", openapi_extra=examples("/changes"))  # fmt: skip
def changed(
    request: HttpRequest,
    place: str = PLACE,
    limit: int = Query(50, ge=1, le=files.MOST_NEWS, description="số việc · how many"),
) -> dict[str, Any]:
    """The newest titles, decisions, accepted works and news, newest first: what the Atom feed tells."""
    found = changes.happenings(reading.place_id_of(place) if place else None, on=reading.today(), limit=limit)
    return {
        "notices": reading.said(),
        "changes": [
            {
                "kind": each.kind.value,
                "uid": str(each.uid),
                "place_id": each.place_id,
                "place": each.place,
                "title": each.title,
                "words": each.words,
                "on": each.on,
                "at": each.at,
            }
            for each in found
        ],
    }


@router.get("/news", response={200: shapes.NewsList, **ERRORS}, summary="Tin, thông báo · News and notices",
            operation_id="readNews", openapi_extra=examples("/news"))  # fmt: skip
def news(
    request: HttpRequest,
    place: str = PLACE,
    limit: int = Query(50, ge=1, le=files.MOST_NEWS, description="số tin · how many"),
) -> dict[str, Any]:
    """What is published today, newest first, each in the language that fits `lang` best."""
    place_id = reading.place_id_of(place) if place else None
    return {
        "notices": reading.said(),
        "news": [
            {
                "uid": str(each.uid),
                "place_id": each.place_id,
                "place": each.place,
                "kind": each.kind,
                "language": each.language,
                "languages": list(each.languages),
                "title": each.title,
                "summary": each.summary,
                "publish_from": each.publish_from,
                "changed_at": each.changed_at,
                "page": f"{settings.SITE_ADDRESS}{reverse('portal:news_item', args=[each.uid])}",
            }
            for each in publishing.newest(place_id, limit, on=reading.today())
        ],
    }


@router.get("/certificates/{secret}", response={200: shapes.Certificate, **ERRORS},
            summary="Kiểm tra bằng công nhận · Check a certificate",
            operation_id="readCertificate", openapi_extra=examples("/certificates/{secret}"))  # fmt: skip
def certificate(
    request: HttpRequest,
    secret: str = Path(..., description="mã trong QR của bằng · the code in its QR", max_length=100),
) -> dict[str, Any]:
    """What the certificate behind a QR says, and whether it holds. sha256 is of the file as issued."""
    view = registers.by_secret(secret, on=reading.today())
    told = view.facts
    return {
        "notices": reading.said(),
        "state": view.state,
        "register_number": view.register,
        "place": f"{told['place']}, {told['address']}" if told["address"] else told["place"],
        "title": told["title"],
        "year": told["year"],
        "decision_number": told["decision_number"],
        "decided_on": told["decided_on"],
        "decided_by": told["decided_by"],
        "issued_on": view.issued_on,
        "replaced_by": view.replaced_by,
        "ended_on": view.ended.on if view.ended else None,
        "sha256": view.sha256,
        "mark": view.mark.value,
    }


def _page(name: str, *, limit: int, **filters: Any) -> dict[str, Any]:
    table = catalogue.table(name)
    return reading.page(table, reading.asked_of(table, limit=limit, **filters))
