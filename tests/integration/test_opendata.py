"""Open data: what is public and nothing else, the unknown empty with its reason, files that agree, tags that tell."""

import csv
import gzip
import io
import json
import re
from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any
from xml.etree import ElementTree

import pytest
from django.test import Client
from openpyxl import load_workbook
from tests.integration.conftest import BUILT_AT, CEREMONY, SYSTEM, Demo
from tests.integration.work_samples import Site

from chungtay.community.meetings import actions as meetings
from chungtay.community.meetings import rules
from chungtay.core import notices
from chungtay.core.actors import Actor
from chungtay.figures import confirming
from chungtay.figures import queries as figures
from chungtay.figures.draining import drain as judge
from chungtay.ledger import actions as ledger
from chungtay.ledger.actions import Giver, Giving
from chungtay.ledger.counting import drain
from chungtay.portal import caching
from chungtay.portal.templatetags.structured import structured_data
from chungtay.reports.opendata import catalogue
from chungtay.reports.opendata.files import safe
from chungtay.reports.opendata.shapes import Asked
from chungtay.territory import queries as territory
from chungtay.works.models import Work

DAY = date(2026, 3, 2)
MODEL = "xom-kieu-mau-thai-nguyen"
SITEMAP, XHTML = "{http://www.sitemaps.org/schemas/sitemap/0.9}", "{http://www.w3.org/1999/xhtml}"
SVG = "{http://www.w3.org/2000/svg}"


def rows_of(name: str, **asked: Any) -> list[dict[str, Any]]:
    table = catalogue.table(name)
    keys = [column.key for column in table.columns]
    return [dict(zip(keys, cells, strict=True)) for _key, cells in table.rows(Asked(on=DAY, **asked))]


def got(address: str, **headers: Any) -> Any:
    response = Client().get(address, headers=headers)
    if response.streaming:
        response.read = b"".join(response.streaming_content)
    return response


def csv_of(address: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(got(address).read.decode("utf-8-sig"))))


@pytest.fixture
def hostile(demo: Demo, now: datetime) -> Work:
    """A work whose name is meant for a spreadsheet and for a page."""
    return Site.proposed(demo, now, '=HYPERLINK("http://x")<script>alert(1)</script>').work


# --- rows ---


def test_every_table_gives_rows_as_wide_as_its_columns_and_goes_on_after_any_of_them(demo: Demo) -> None:
    for table in catalogue.tables():
        asked = Asked(on=DAY)
        rows = list(table.rows(asked))
        assert all(len(cells) == len(table.columns) for _key, cells in rows), table.name
        keys = [key for key, _cells in rows]
        assert len(set(keys)) == len(keys), table.name
        told = [tuple(dict(zip((c.key for c in table.columns), cells, strict=True))[k] for k in table.key)
                for _key, cells in rows]  # fmt: skip
        assert len(set(told)) == len(told), f"{table.name}: its primary key does not tell rows apart"
        if keys:
            middle = len(keys) // 2
            later = table.rows(Asked(on=DAY, after=keys[middle], many=7))
            assert [key for key, _cells in later] == keys[middle + 1 :], table.name


def test_a_table_asks_as_many_queries_for_ten_rows_as_for_hundreds(
    demo: Demo, queries_of: Callable[..., int]
) -> None:
    places = catalogue.table("dia-ban-ke-tiep")
    few = queries_of(lambda: next(places.rows(Asked(on=DAY, many=10))))
    assert queries_of(lambda: next(places.rows(Asked(on=DAY)))) == few == 2


def test_a_figure_is_public_once_an_office_confirmed_it(demo: Demo, now: datetime) -> None:
    demo.record("security_cameras", Decimal(9), by=demo.post("trưởng xóm Khe Cốc"), at=now)
    assert rows_of("so-lieu", place=demo.place("khe_coc")) == []
    key = ("security_cameras", "")
    row = figures.current(demo.place("khe_coc"), ["security_cameras"], CEREMONY)[key]
    confirming.confirm(by=demo.post("cán bộ Vô Tranh"), at=now, figure_ids=[row.id])
    (shown,) = rows_of("so-lieu", place=demo.place("khe_coc"))
    assert (shown["measure"], shown["value"], shown["state"], shown["mark"]) == (
        "security_cameras", 9, "confirmed", "measured",
    )  # fmt: skip
    assert rows_of("so-lieu", year=2022) == []


def test_what_is_not_known_of_a_work_is_empty_and_says_why(demo: Demo, hostile: Work) -> None:
    (row,) = rows_of("cong-trinh")
    assert (row["contract_dong"], row["estimate_dong"], row["progress"]) == (None, None, None)
    assert {"contract", "estimate", "progress"} <= set(row["why_empty"].split())
    assert row["owed_dong"] == 0  # a work of ours: nothing is owed, and that is known


def test_verdicts_are_those_of_the_place_itself(demo: Demo) -> None:
    place, code = demo.place("khe_coc"), "xom-kieu-mau-thai-nguyen"
    judged = figures.judge_place(place, code, on=DAY)
    rows = {row["criterion"]: row["verdict"] for row in rows_of("ket-qua-xet", place=place, standard=code)}
    assert rows.pop("") == judged.finding.verdict.value
    assert rows == {each.code: each.verdict.value for each in judged.finding.criteria}


def test_only_givers_who_agreed_are_named_and_only_while_their_gift_stands(demo: Demo, now: datetime) -> None:
    head: Actor = demo.post("trưởng xóm Khe Cốc")
    place = demo.place("khe_coc")
    fund = ledger.open_purpose(by=head, at=now, place_id=place, name="Giúp nhau lúc khó", kind="support")

    def give(name: str, consents: bool) -> Any:
        giver = Giver(name, consents=consents)
        told = Giving(place_id=place, purpose_id=fund.pk, on=DAY, giver=giver)
        return ledger.receive_cash(by=head, at=now, giving=told, value_dong=1_000_000)

    give("Người Kín Tiếng", consents=False)
    undone = give("Người Ghi Nhầm", consents=True)
    give("Hợp tác xã Chè Thử", consents=True)
    ledger.reverse(by=head, at=now, entry_id=undone.pk, reason="Ghi nhầm")
    assert [row["giver"] for row in rows_of("dong-gop-neu-ten")] == ["Hợp tác xã Chè Thử"]
    drain(at=now)
    tables = [table.name for table in catalogue.tables() if table.name not in ("ket-qua-xet", "xep-hang")]
    every = "".join(got(f"/du-lieu/{name}.csv").read.decode() for name in tables)
    assert "Hợp tác xã Chè Thử" in every
    assert "Kín Tiếng" not in every and "Ghi Nhầm" not in every
    totals = rows_of("tien-theo-nguon", place=place, year=2026)
    assert [(row["source"], row["kind"], row["value_dong"]) for row in totals] == [
        ("people", "cash", 2_000_000)
    ]


# --- files ---


def test_csv_json_xlsx_and_packed_csv_hold_the_same_rows(demo: Demo) -> None:
    address = f"/du-lieu/dia-ban.{{}}?noi={demo.place('khe_coc')}"
    head, *rows = csv_of(address.format("csv"))
    told = json.loads(got(address.format("json")).read)
    assert head == [column["key"] for column in told["columns"]] == list(told["rows"][0])
    assert gzip.decompress(got(address.format("csv.gz")).read) == got(address.format("csv")).read
    book = load_workbook(io.BytesIO(got(address.format("xlsx")).read))
    data, about = book.worksheets
    assert [str(cell.value) for cell in data[1]] == head
    assert data.max_row - 1 == len(rows) == len(told["rows"]) > 0
    name = head.index("full_name")
    assert {row[name] for row in rows} == {row["full_name"] for row in told["rows"]} == {"xóm Khe Cốc"}
    assert "CC BY 4.0" in " ".join(str(cell.value) for row in about.rows for cell in row)


def test_no_words_become_a_formula_and_no_number_loses_its_minus(demo: Demo, hostile: Work) -> None:
    head, row = csv_of("/du-lieu/cong-trinh.csv")
    assert row[head.index("name")] == f"'{hostile.name}"
    book = load_workbook(io.BytesIO(got("/du-lieu/cong-trinh.xlsx").read))
    assert {cell.data_type for cell in book.worksheets[0][2]} <= {"s", "n", "d"}
    page = got("/du-lieu/cong-trinh/").content.decode()
    assert "<script>alert" not in page and "&lt;script&gt;alert" in page
    assert [safe(each) for each in (-3, "-3", "@x", "xã -3", None)] == ["-3", "'-3", "'@x", "xã -3", ""]


def test_an_invented_world_says_so_in_every_file(demo: Demo, now: datetime) -> None:
    notices.post_notice(by=SYSTEM, at=now, code=notices.SIMULATED, sentence="Số liệu mô phỏng")
    try:
        answers = {form: got(f"/du-lieu/so-do.{form}") for form in ("csv", "json", "xlsx")}
    finally:
        notices.forget()
    assert all('filename="SIMULATED-so-do.' in each["Content-Disposition"] for each in answers.values())
    assert answers["csv"].read.decode().splitlines()[-1] == "Số liệu mô phỏng"
    assert json.loads(answers["json"].read)["notices"] == ["Số liệu mô phỏng"]
    about = load_workbook(io.BytesIO(answers["xlsx"].read)).worksheets[1]
    assert about["B1"].value == "Số liệu mô phỏng"


def test_a_file_is_not_sent_again_until_something_was_done(demo: Demo, now: datetime) -> None:
    first = got("/du-lieu/cong-trinh.csv")
    tag = first["ETag"]
    assert got("/du-lieu/cong-trinh.csv", if_none_match=tag).status_code == 304
    assert got("/du-lieu/cong-trinh.csv?nam=2020")["ETag"] != tag
    later = BUILT_AT + timedelta(days=200)
    Site.proposed(demo, later)
    again = got("/du-lieu/cong-trinh.csv", if_none_match=tag)
    assert again.status_code == 200 and "Rãnh thoát nước" in again.read.decode()
    assert again["Last-Modified"] == "Thu, 17 Sep 2026 01:00:00 GMT"
    assert again["Access-Control-Allow-Origin"] == "*" and "Set-Cookie" not in again


@pytest.mark.parametrize(
    ("address", "status", "words"),
    [
        ("/du-lieu/khong-co/", 404, "Không có bảng dữ liệu này"),
        ("/du-lieu/so-do.csv?nam=2024", 422, "không lọc được"),
        ("/du-lieu/dia-ban.csv?noi=Khe+Cốc", 422, "không phải số"),
        ("/du-lieu/dia-ban.csv?noi=999999999", 404, ""),
        ("/du-lieu/dia-ban/?nam=12", 422, "bốn chữ số"),
        ("/du-lieu/dia-ban/?sau=%27", 422, "Dấu trang này không đọc được"),
        ("/du-lieu/ket-qua-xet.csv?bo=x%27", 422, "Không có bộ tiêu chí mang mã này"),
    ],
)
def test_what_cannot_be_asked_is_refused_in_words_before_anything_is_sent(
    demo: Demo, address: str, status: int, words: str
) -> None:
    response = got(address)
    assert response.status_code == status
    assert words in response.content.decode()


def test_a_page_of_a_table_goes_on_where_it_stopped(demo: Demo) -> None:
    first = got("/du-lieu/so-do/").content.decode()
    more = re.search(r'href="(\?sau=[^"]+)" rel="next"', first)
    assert more
    second = got(f"/du-lieu/so-do/{more[1]}").content.decode()
    shown = [re.findall(r"<tr><td[^>]*>(\w+)</td>", page) for page in (first, second)]
    assert len(shown[0]) == 30 and not set(shown[0]) & set(shown[1])
    assert shown[0] + shown[1] == sorted(row["code"] for row in rows_of("so-do"))[:60]


# --- what machines are told ---


def test_the_catalogue_names_every_table_its_files_and_licence_in_both_forms(demo: Demo) -> None:
    told = json.loads(got("/du-lieu/dcat.jsonld").content)
    sets = {each["dct:identifier"]: each for each in told["dcat:dataset"]}
    assert set(sets) == {table.name for table in catalogue.tables()}
    files = [each["dcat:downloadURL"]["@id"] for each in sets["so-do"]["dcat:distribution"]]
    assert [each.rpartition("/")[2] for each in files] == [
        "so-do.csv",
        "so-do.csv.gz",
        "so-do.json",
        "so-do.xlsx",
    ]
    turtle = got("/du-lieu/dcat.ttl").content.decode()
    for each in files:
        assert f"<{each}>\n    a dcat:Distribution" in turtle
    assert turtle.count("a dcat:Dataset") == len(sets)


def test_the_description_of_a_csv_names_its_very_columns(demo: Demo) -> None:
    for table in catalogue.tables():
        told = json.loads(got(f"/du-lieu/{table.name}.csv-metadata.json").content)
        first = next(iter(Client().get(f"/du-lieu/{table.name}.csv").streaming_content))
        head = next(csv.reader(io.StringIO(first.decode("utf-8-sig"))))
        assert [column["name"] for column in told["tableSchema"]["columns"]] == head
        assert set(told["tableSchema"]["primaryKey"]) <= set(head)


def test_every_column_says_what_it_is_in_both_languages_and_every_code_has_words(demo: Demo) -> None:
    for table in catalogue.tables():
        for column in table.columns:
            assert column.label.vi and column.label.en, f"{table.name}.{column.key}"
        coded = [(at, column) for at, column in enumerate(table.columns) if column.codes]
        for _key, cells in table.rows(Asked(on=DAY)):
            for at, column in coded:
                for code in str(cells[at] or "").split() if column.key == "why_empty" else [cells[at] or ""]:
                    assert code == "" or column.words_of(code, "en"), f"{table.name}.{column.key}: {code}"


# --- feeds ---


def test_the_feed_tells_what_happened_here_and_below_and_nothing_from_elsewhere(
    demo: Demo, now: datetime
) -> None:
    at_khe_coc, at_quang_lac = demo.place("khe_coc"), demo.place("quang_lac")
    told: dict[str, Any] = {
        "by": SYSTEM,
        "at": now,
        "kind": "contribution",
        "decided_on": DAY,
        "passed": True,
    }
    kinds = list(rules.democracy().matters)
    told["kind"] = kinds[0]
    meetings.enter_on_record(
        **told, place_id=at_khe_coc, subject="Góp công <b>làm đường</b>", source="Biên bản 01"
    )
    feed = ElementTree.fromstring(got(f"/noi/{at_khe_coc}/nguon-tin.atom").content)
    titles = [
        each.findtext("{http://www.w3.org/2005/Atom}title")
        for each in feed.iter("{http://www.w3.org/2005/Atom}entry")
    ]
    assert titles[0] == "xóm Khe Cốc quyết định: Góp công <b>làm đường</b>"
    assert any("được công nhận" in str(each) for each in titles)
    elsewhere = got(f"/noi/{at_quang_lac}/nguon-tin.atom").content.decode()
    assert "Khe Cốc" not in elsewhere
    assert "Góp công" in got("/nguon-tin.atom").content.decode()


def test_a_call_to_a_meeting_stands_in_the_calendar_and_its_words_break_no_line(
    demo: Demo, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: now)
    head = demo.post("trưởng xóm Khe Cốc")
    title = "Bàn việc làm đường, chọn nhà thầu; góp công \\ góp của của cả xóm trong năm nay và năm sau"
    meetings.call(
        by=head, at=now, place_id=demo.place("khe_coc"), title=title, venue="Nhà văn hoá",
        starts_at=now + timedelta(days=3),
    )  # fmt: skip
    body = got("/lich.ics").content
    lines = body.decode().split("\r\n")
    assert all(len(line.encode()) <= 75 for line in lines)
    whole = body.decode().replace("\r\n ", "")
    assert "SUMMARY:xóm Khe Cốc: Bàn việc làm đường\\, chọn nhà thầu\\; góp công \\\\ góp của" in whole
    assert "DTSTART:20260305T020000Z" in whole
    assert whole.count("BEGIN:VEVENT") == 1


# --- what others put on their pages ---


def test_the_badge_and_the_chart_are_drawings_that_say_what_they_show(demo: Demo) -> None:
    for address in ("huy-hieu.svg", "bieu-do.svg"):
        drawn = ElementTree.fromstring(got(f"/nhung/{demo.place('khe_coc')}/{address}").content)
        assert drawn.findtext(f"{SVG}title") == "xóm Khe Cốc"
        assert "tiêu chí" in str(drawn.findtext(f"{SVG}desc"))
        assert not [each for each in drawn.iter() if each.tag.endswith("script") or "style" in each.attrib]
    english = got(f"/nhung/{demo.place('khe_coc')}/huy-hieu.svg?tieng=en").content.decode()
    assert re.search(r"\d{4}-\d\d-\d\d", english)  # as days are written in English


def test_only_the_frame_may_stand_on_any_site_and_nothing_sets_a_cookie(demo: Demo) -> None:
    framed = got(f"/nhung/{demo.place('khe_coc')}/")
    assert "frame-ancestors *" in framed["Content-Security-Policy"] and "X-Frame-Options" not in framed
    other = got(f"/nhung/{demo.place('khe_coc')}/ma/")
    assert "frame-ancestors 'none'" in other["Content-Security-Policy"] and other["X-Frame-Options"] == "DENY"
    assert not framed.cookies and not other.cookies
    assert "&lt;iframe src=" in other.content.decode()


def test_search_engines_find_every_page_in_each_whole_language(
    demo: Demo, hostile: Work, queries_of: Callable[[Callable[[], Any]], int], settings: Any
) -> None:
    judge(at=BUILT_AT)
    settings.SITE_ADDRESS = "https://chungtay.vn"
    index = ElementTree.fromstring(got("/sitemap.xml").content)
    parts = [str(each.text).removeprefix("https://chungtay.vn") for each in index.iter(f"{SITEMAP}loc")]
    changed, others = {}, {}
    for part in parts:
        for url in ElementTree.fromstring(got(part).read).iter(f"{SITEMAP}url"):
            loc = str(url.findtext(f"{SITEMAP}loc"))
            assert loc not in changed, "told once"
            changed[loc] = url.findtext(f"{SITEMAP}lastmod")
            others[loc] = {each.get("hreflang"): each.get("href") for each in url.iter(f"{XHTML}link")}
    here = f"https://chungtay.vn/noi/{demo.place('khe_coc')}/"
    spoken = here.replace(".vn/", ".vn/en/")
    assert changed[here] and changed[spoken] and others[here] == others[spoken]
    assert others[here] == {"vi": here, "en": spoken, "x-default": here}
    assert changed[f"{here}tieu-chi/{MODEL}/1/"]
    assert changed[f"https://chungtay.vn/noi/{hostile.place_id}/cong-trinh/{hostile.pk}/"]
    for page in (
        "ban-do/",
        "tin/",
        "sau-quyen/",
        "gop-y/",
        "du-lieu/so-do/",
        f"luat/{MODEL}/",
        f"luat/{MODEL}/1/",
    ):
        assert f"https://chungtay.vn/{page}" in changed
    assert not any("/tyz/" in each for each in changed)
    gone = next(each for each in territory.search("Tức Tranh", day=date(2024, 1, 1)).places)
    assert f"https://chungtay.vn/noi/{gone.id}/" not in changed
    for missing in ("place-99", "place", "place--1", "nghe-0"):
        assert got(f"/sitemap-{missing}.xml").status_code == 404
    caching.forget()
    assert queries_of(lambda: got("/sitemap.xml")) <= 9
    asked = {part: queries_of(lambda part=part: got(part)) for part in parts}  # type: ignore[misc]
    assert asked.pop("/sitemap-trang.xml") <= 12, "when each table changed"
    assert max(asked.values()) <= 8, asked
    for address in list(changed)[::97]:
        assert got(address.removeprefix("https://chungtay.vn")).status_code == 200, address
    robots = got("/robots.txt").content.decode()
    assert "Sitemap: https://chungtay.vn/sitemap.xml" in robots and "Disallow: /en/pdf/" in robots


def test_the_page_of_a_place_tells_search_engines_what_it_is_and_no_name_ends_the_block(demo: Demo) -> None:
    page = got(f"/noi/{demo.place('khe_coc')}/").content.decode()
    block = re.search(r'<script type="application/ld\+json">(.*?)</script>', page)
    assert block
    told = json.loads(block[1])
    assert (told["@type"], told["name"]) == ("AdministrativeArea", "Xóm Khe Cốc")
    assert '<meta property="og:title" content="Xóm Khe Cốc">' in page
    assert f'href="/nhung/{demo.place("khe_coc")}/ma/"' in page
    hostile = structured_data({"name": "</script><script>alert(1)//&"})
    assert hostile.count("<") == 2 and json.loads(hostile[35:-9])["name"].startswith("</script>")
