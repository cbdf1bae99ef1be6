"""The public face: every page answers anybody alike, says what it knows and does not, and names nobody unasked."""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal
from html import unescape
from typing import Any
from zipfile import ZipFile

import pytest
from django.apps import apps
from django.db import transaction
from django.test import Client
from django.utils import timezone
from openpyxl import load_workbook
from pytest_django import DjangoDbBlocker
from tests.integration.conftest import BUILT_AT, SYSTEM, Demo
from tests.integration.walking import told
from tests.integration.work_samples import HEAD, OFFICER, Site

from chungtay.core import stamps
from chungtay.core.asking import asked, these
from chungtay.demo.joining import join_hands
from chungtay.evidence import jobs as evidence_jobs
from chungtay.evidence.models import File, Proof
from chungtay.figures import actions as figures
from chungtay.figures import draining
from chungtay.figures.actions import Entry
from chungtay.figures.boards import survey
from chungtay.ledger import actions as ledger
from chungtay.ledger.actions import Giver, Giving
from chungtay.ledger.counting import drain as count_entries
from chungtay.ledger.models import Purpose
from chungtay.portal import caching
from chungtay.portal import places as place_pages
from chungtay.standards import queries as standards
from chungtay.territory import actions as territory
from chungtay.territory import queries as places
from chungtay.works import actions as works
from chungtay.works.models import Work
from rulebook import Period

MODEL = "xom-kieu-mau-thai-nguyen"
QUESTIONS = [5, 6, 6]  # a hamlet, a merged commune, the country; one of them whether a kept page still holds
SEARCH_QUESTIONS = 6  # places and how many; standards; titles of news; names of works, and those found
LAW_QUESTIONS = [6, 6]  # the list, two of whose provinces are not here; one standard of a province

TODAY = BUILT_AT.date()
ACROSS_QUESTIONS = 7  # one criterion over every commune of the country


@pytest.fixture(scope="module")
def _told(_world: Demo, django_db_blocker: DjangoDbBlocker) -> None:
    """What the stories tell of meetings, gifts and works, counted."""
    with django_db_blocker.unblock():
        join_hands(_world.built, at=BUILT_AT, say=lambda _line: None)


@pytest.fixture
def demo(_told: None, demo: Demo) -> Demo:
    return demo


@pytest.fixture
def khe_coc(demo: Any) -> str:
    return f"/noi/{demo.place('khe_coc')}/"


def text(answer: Any) -> str:
    """What a person reads, with the marks of the page taken away."""
    body = answer.content.decode()
    return unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", body[body.index("<body") :])))


def pages(demo: Any) -> Iterator[str]:
    """One address of every kind of page."""
    khe_coc, hoang_dong = f"/noi/{demo.place('khe_coc')}/", f"/noi/{demo.place('hoang_dong')}/"
    work = Work.objects.filter(place_id=demo.place("khe_coc")).order_by("pk")[0]
    commune = places.around(demo.place("khe_coc"), lambda _: timezone.localdate()).above
    yield from (
        "/",
        "/ca-nuoc/",
        "/tim/",
        "/tim/?q=khe+coc&cap=hamlet",
        "/danh-hieu/",
        "/danh-hieu/?tt=held&xep=place",
    )
    yield from (f"/noi/{above.id}/" for above in commune)
    yield from (khe_coc, f"{khe_coc}?bo=xom-thong-minh-thai-nguyen", hoang_dong)
    yield from (f"{khe_coc}{room}/" for room in ("cong-trinh", "dong-gop", "danh-hieu", "con-thieu"))
    yield from (f"{khe_coc}cong-trinh/?buoc=built&xep=name", f"{khe_coc}cong-trinh/{work.pk}/")
    yield from (
        f"{khe_coc}dong-gop/?nam=2022&nguon=people",
        f"{hoang_dong}cong-trinh/",
        f"{hoang_dong}dong-gop/",
    )
    yield from (f"{khe_coc}tieu-chi/{MODEL}/{number}/" for number in ("1", "4"))
    yield from (
        "/luat/",
        "/luat/xa-ntm-2021-2025/",
        f"/luat/{MODEL}/1/",
        "/luat/khu-dan-cu-kieu-mau-ha-tinh/DK1/",
    )
    yield f"/noi/{commune[-1].id}/tieu-chi/{MODEL}/4/cac-noi/"
    yield from ("/danh-hieu/bang.csv", "/danh-hieu/bang.xlsx?nam=2022", "/noi/999999/", "/tim/?q=%27")


# The same for everybody


def test_every_page_is_one_page_for_everybody_in_both_languages(demo: Any) -> None:
    """No session, no cookie, no token: what a stranger is given may be kept and handed to the next."""
    officer = demo.visit(OFFICER)
    for language in ("vi", "en"):
        stranger = Client()
        stranger.cookies["django_language"] = officer.cookies["django_language"] = language
        for address in pages(demo):
            answer = stranger.get(address)
            assert answer.status_code == (404 if "999999" in address else 200), address
            assert not answer.cookies, address
            assert b"csrf" not in answer.content.lower(), address
            if address != "/" and not address.endswith(
                "bang.xlsx?nam=2022"
            ):  # workbooks bear when they were made
                assert officer.get(address).content == answer.content, address


def test_the_root_is_the_country_for_a_stranger_and_the_office_for_an_officer(demo: Any) -> None:
    assert "Cả nước" in text(Client().get("/")).split("Bảng tiêu chí")[0]
    assert "<h1>Cả nước</h1>" not in demo.visit(HEAD).get("/").content.decode()


def test_the_tools_of_reading_work_without_a_token() -> None:
    strict = Client(enforce_csrf_checks=True)
    assert strict.post("/hien-thi/", {"theme": "dark", "next": "/ca-nuoc/"})["Location"] == "/ca-nuoc/"
    assert strict.post("/ngon-ngu/", {"language": "en", "next": "/ca-nuoc/"}).status_code == 302
    assert strict.cookies["theme"].value == "dark"


# The page of a place


def test_a_place_says_where_it_stands_and_what_it_lacks_the_nearest_first(
    client: Client, khe_coc: str
) -> None:
    page = client.get(khe_coc).content.decode()
    said = text(client.get(khe_coc))
    assert "Đạt 3/9 tiêu chí theo số liệu; 6 chưa biết." in said
    assert re.findall(r'tile-number">([^<]+)', page) == [str(n) for n in range(1, 10)]
    lacking = re.findall(r"tieu-chi/[^/]+/(\d+)/", page.split("Còn thiếu gì")[1].split("Công trình")[0])
    assert lacking[0] == "1" and len(set(lacking)) == 6
    for part in ("8,6 tỷ đồng", "920 ngày công", "5.300 m² đất hiến", "2 khoản chưa biết giá trị"):
        assert part in said
    assert "128/143 hộ đồng ý" in said and "Mở rộng và bê tông hóa 4,3 km đường xóm" in said
    assert said.count("dựng lại") > 3, "what was put together from papers is told so"


def test_a_criterion_says_why_in_the_words_of_the_law(client: Client, khe_coc: str) -> None:
    said = text(client.get(f"{khe_coc}tieu-chi/{MODEL}/1/"))
    assert "Cần gì để đạt" in said and "Ngưỡng" in said and "chỉ tiêu 1.1" in said
    missing = client.get(f"{khe_coc}tieu-chi/{MODEL}/99/")
    assert missing.status_code == 404 and "không có tiêu chí “99”" in text(missing)


def test_a_standard_is_read_in_public_and_says_what_of_it_nobody_has_seen(
    client: Client, demo: Any, queries_of: Any
) -> None:
    listed = client.get("/luat/").content.decode()
    assert {each.code for each in standards.versions()} == set(re.findall(r'href="/luat/([^/"]+)/"', listed))
    said = text(client.get("/luat/xa-ntm-2021-2025/"))
    assert (
        "19 tiêu chí, 57 chỉ tiêu" in said and "đã hết hiệu lực" in said and "Phụ lục I, 318/QĐ-TTg" in said
    )
    assert (
        "chưa xác nhận: 44" in said
        and "chưa biết ngưỡng: 7" in said
        and "cùng danh hiệu, giai đoạn trước" in said
    )
    income = text(client.get("/luat/xa-ntm-2021-2025/10/"))
    assert (
        "Trung du miền núi phía Bắc 2022 từ 39 triệu" in income
        and "Căn cứ: Phụ lục I, 318/QĐ-TTg, tiêu chí 10" in income
    )
    changed = text(client.get("/luat/xa-ntm-2021-2025/?so-voi=xa-ntm-2016-2020:2016-10-17"))
    assert "Khác với Bộ tiêu chí quốc gia về xã nông thôn mới giai đoạn 2016-2020" in changed
    assert "bộ mẫu" in text(client.get(f"/luat/{MODEL}/")) and "Bộ khung" in text(
        client.get("/luat/xa-ntm-2026-2030/")
    )
    with ZipFile(io.BytesIO(client.get(f"/luat/{MODEL}.zip").content)) as files:
        assert f"{MODEL}/standard.yaml" in files.namelist()
    for wrong in (
        "/luat/khong-co/",
        f"/luat/{MODEL}/99/",
        f"/luat/{MODEL}/?phien-ban=x",
        f"/luat/{MODEL}/?so-voi=x",
    ):
        answer = client.get(wrong)
        assert answer.status_code == 404 and "không có" in text(answer).lower(), wrong
    caching.forget()
    assert [
        queries_of(lambda path=path: client.get(path)) for path in ("/luat/", f"/luat/{MODEL}/")
    ] == LAW_QUESTIONS


def test_the_country_and_a_commune_count_what_stands_below_once_it_is_counted(
    client: Client, demo: Any
) -> None:
    draining.drain(at=timezone.now(), limit=100_000)
    above = places.around(demo.place("khe_coc"), lambda _: timezone.localdate()).above
    for place in above:
        said = text(client.get(f"/noi/{place.id}/"))
        assert "tổng hợp đến" in said.lower() or place.level == "commune"
        assert "Được công nhận gần đây" in said and "Xóm Khe Cốc" in said
    assert "Chưa xếp hạng trong xã Vô Tranh" in text(client.get(f"/noi/{demo.place('khe_coc')}/"))


def test_a_criterion_is_told_over_all_places_below_and_the_unknown_are_no_failures(
    client: Client, demo: Any, queries_of: Any
) -> None:
    nation = places.nation()
    lang_son, thai_nguyen = (places.children(each.id, TODAY)[0] for each in places.children(nation.id, TODAY))
    for measure in ("commune_plan_published", "planning_rules_followed"):
        for place, is_so in ((thai_nguyen, True), (lang_son, measure == "commune_plan_published")):
            entry = Entry(measure, is_so, Period.year(2025))
            figures.record(by=SYSTEM, at=BUILT_AT, place_id=place.id, entries=[entry])
    draining.drain(at=timezone.now(), limit=100_000)
    here = f"/noi/{nation.id}/tieu-chi/xa-ntm-2021-2025/1/cac-noi/"
    board = survey(nation.id, "xa-ntm-2021-2025", on=date(2025, 12, 31)).board
    live = Counter(row.criteria[0].value for row in board.rows)
    assert (live["met"], live["not_met"]) == (1, 1)
    said = text(client.get(here))
    assert (
        f"1/{len(board.rows)} xã, phường đạt tiêu chí này; 1 chưa đạt; {live['unknown']} chưa biết." in said
    )
    assert "Tỉnh Thái Nguyên 1/" in said and "Tỉnh Lạng Sơn 0/" in said, "counted by province"
    for kind in ("met", "not_met"):
        page = client.get(f"{here}?kq={kind}").content.decode()
        listed = re.findall(r'<th scope="row"><a href="(/noi/\d+/tieu-chi/xa-ntm-2021-2025/1/)"', page)
        assert listed == [
            f"/noi/{row.place.id}/tieu-chi/xa-ntm-2021-2025/1/"
            for row in board.rows
            if row.criteria[0].value == kind
        ]
    assert "Không có nơi nào như vậy" in text(client.get(f"{here}?q=khong+co+noi+nay"))
    assert f'{here}?kq=not_met"' in client.get(f"/noi/{nation.id}/?bo=xa-ntm-2021-2025").content.decode()
    assert f'href="{here}"' in client.get("/luat/xa-ntm-2021-2025/1/").content.decode()
    caching.forget()
    asked = queries_of(lambda: client.get(f"{here}?xep=ten&trang=2"))
    below = text(client.get(f"/noi/{thai_nguyen.id}/tieu-chi/xa-ntm-2021-2025/1/cac-noi/"))
    assert asked == ACROSS_QUESTIONS and "không xét nơi nào ở dưới địa bàn này" in below


def test_a_place_that_ended_says_what_became_of_it_and_keeps_its_records(client: Client, demo: Any) -> None:
    answer = client.get(f"/noi/{demo.place('hoang_dong')}/")
    said = text(answer)
    assert answer.status_code == 200
    assert "không còn từ ngày 01/07/2025" in said and "Nay thuộc" in said and "phường Tam Thanh" in said
    assert "Theo Sắp xếp đơn vị hành chính" in said
    assert "chưa có quyết định thừa nhận" in said, "its title is told, and not handed on by us"
    for room in (
        "ban-do/",
        "san-xuat/",
        "cong-trinh/",
        "dong-gop/",
        "danh-hieu/",
        "tin/",
        "niem-yet/",
        "con-thieu/",
    ):
        below = text(client.get(f"/noi/{demo.place('hoang_dong')}/{room}"))
        assert "không còn từ ngày 01/07/2025" in below and "Nay là đâu" in below, room


def test_a_place_nobody_knows_is_answered_in_words(client: Client, demo: Any) -> None:
    answer = client.get("/noi/999999/")
    assert answer.status_code == 404 and "Không có nơi nào mang số 999999" in text(answer)
    other = Work.objects.exclude(place_id=demo.place("khe_coc"))[0]
    wrong = client.get(f"/noi/{demo.place('khe_coc')}/cong-trinh/{other.pk}/")
    assert wrong.status_code == 404 and "không có công trình ấy" in text(wrong)


def test_a_hostile_name_stands_as_words(client: Client, demo: Any, khe_coc: str, now: datetime) -> None:
    Site.proposed(demo, now, name='<img src=x onerror="alert(1)"> được duyệt', need="<b>" + "ă" * 990)
    for address in (khe_coc, f"{khe_coc}cong-trinh/"):
        body = client.get(address).content.decode()
        assert "<img src=x" not in body and "&lt;img src=x" in body


def test_a_page_asks_the_same_few_questions_however_large_the_place(
    demo: Any, client: Client, khe_coc: str, queries_of: Any, now: datetime
) -> None:
    commune = places.around(demo.place("khe_coc"), lambda _: timezone.localdate()).parent
    assert commune is not None
    draining.drain(at=timezone.now(), limit=100_000)
    addresses = (khe_coc, f"/noi/{commune.id}/", "/ca-nuoc/")

    def cold(address: str) -> int:
        client.get(address)  # the law, thawed once a process
        caching.forget()
        return int(queries_of(lambda: client.get(address))) + 1  # the stamp, asked of the driver itself

    assert [cold(address) for address in addresses] == QUESTIONS
    for number in range(12):
        territory.found_place(
            by=SYSTEM, at=now, name=f"Thử {number}", kind="xóm", level="hamlet", parent=commune.id,
            valid_from=date(2026, 1, 1),
        )  # fmt: skip
        Site.proposed(demo, now, name=f"Rãnh số {number}")
    assert [cold(address) for address in addresses] == QUESTIONS


def test_a_place_page_is_made_anew_after_a_deed_that_it_tells_of_and_after_no_other(
    demo: Any, client: Client, khe_coc: str, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stamps, "clock", lambda: now)
    made: list[str] = []
    page_of = place_pages.page_of
    monkeypatch.setattr(place_pages, "page_of", lambda *of: made.append("") or page_of(*of))
    seen = [client.get(khe_coc).content, client.get(khe_coc).content]
    works.propose(
        by=SYSTEM, at=now, place_id=demo.place("hoang_thuong"), name="Kè", kind="drain", on=date(2026, 1, 5)
    )
    assert client.get(khe_coc).content == seen[0] == seen[1] and len(made) == 1
    Site.proposed(demo, now, name="Rãnh thoát nước mới")
    assert "Rãnh thoát nước mới" in client.get(khe_coc).content.decode() and len(made) == 2
    demo.record("security_cameras", Decimal(9))
    client.get(khe_coc)
    assert len(made) == 3, "what it tells of itself is judged from the log"
    draining.drain(at=now, limit=100_000)
    client.get(khe_coc)
    monkeypatch.setattr(stamps, "clock", lambda: now + timedelta(minutes=10))
    before = len(made)
    client.get(khe_coc)
    assert len(made) == before + 1, "what is still to come today is another ten minutes later"


def test_rows_asked_for_together_are_those_asked_for_alone(demo: Any) -> None:
    """Of every table that has any: through JSON and back, each column is what the driver gives."""
    tables = [model for model in apps.get_models() if model.__module__.startswith("chungtay.")]
    held = [rows for model in tables if (rows := list(model._default_manager.order_by("pk")[:100]))]
    assert len(held) > 40
    for alone in held:
        rows = alone[0]._meta.default_manager.order_by("pk")[:100]
        together, none, no_such = asked(these(rows, rows.none(), Work.objects.filter(name="")))
        assert [_columns(each) for each in together] == [_columns(each) for each in alone], alone[0]
        assert none == no_such == []


def _columns(row: Any) -> dict[str, Any]:
    return {
        field.attname: bytes(value) if isinstance(value := getattr(row, field.attname), memoryview) else value
        for field in row._meta.concrete_fields
    }


# Photographs


def test_photographs_are_copies_of_published_works_and_nothing_else(
    client: Client, demo: Any, khe_coc: str
) -> None:
    shot = Proof.objects.filter(kind="work", place_id=demo.place("khe_coc")).order_by("pk")[0]
    evidence_jobs.make_copies.func(shot.file_id)
    work = Work.objects.get(place_id=demo.place("khe_coc"), kind="road")
    page = client.get(f"{khe_coc}cong-trinh/{work.pk}/").content.decode()
    address = re.search(r'<img src="([^"]+thumb\.webp)"', page)
    assert address is not None
    answer = client.get(address[1])
    picture = b"".join(answer)
    assert answer["Content-Type"] == "image/webp" and picture[8:12] == b"WEBP"
    assert "Exif" not in picture.decode("latin-1")
    assert client.get(address[1], headers={"If-None-Match": answer["ETag"]}).status_code == 304
    elsewhere = Work.objects.filter(place_id=demo.place("khe_coc"), kind="other")[0]
    assert client.get(f"{khe_coc}cong-trinh/{elsewhere.pk}/anh/{shot.file_id}/thumb.webp").status_code == 404
    File.objects.filter(pk=shot.file_id).update(is_private=True)
    caching.forget()  # no deed does this to a file that is already here
    assert client.get(address[1]).status_code == 404
    assert address[1] not in client.get(f"{khe_coc}cong-trinh/{work.pk}/").content.decode()


# Money


def give(demo: Any, now: datetime, name: str, *, consents: bool) -> None:
    purpose = Purpose.objects.filter(place_id=demo.place("khe_coc")).order_by("pk")[0]
    giving = Giving(
        place_id=demo.place("khe_coc"),
        purpose_id=purpose.pk,
        on=date(2026, 3, 1),
        giver=Giver(name, consents=consents),
    )
    ledger.receive_cash(by=demo.post(HEAD), at=now, giving=giving, value_dong=1_234_000)


def test_two_worlds_that_differ_only_in_who_gave_are_one_to_the_public(
    client: Client, demo: Any, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    moment = timezone.now()
    # No page differs for having been opened a minute later.
    monkeypatch.setattr(timezone, "now", lambda: moment)
    worlds: list[dict[str, str]] = []
    for names in (("Lường Thị Thuận", "Nông Văn Kín"), ("Hoàng Thị Lặng", "Ma Văn Thầm")):
        with transaction.atomic():
            caching.forget()
            for name in names:
                give(demo, now, name, consents=False)
            count_entries(at=now + timedelta(minutes=1))
            seen = [each for each in pages(demo) if not each.startswith("/danh-hieu/bang")]
            worlds.append({each: told(client, each)[1] for each in seen})
            assert not [each for each, page in worlds[-1].items() for name in names if name in page]
            transaction.set_rollback(True)
    assert "2.468.000" in worlds[0][f"/noi/{demo.place('khe_coc')}/dong-gop/"], "the totals tell of them"
    assert worlds[0] == worlds[1]


def test_only_givers_who_agreed_are_named(client: Client, demo: Any, khe_coc: str, now: datetime) -> None:
    give(demo, now, "Lường Thị Thuận", consents=True)
    give(demo, now, "Nông Văn Kín", consents=False)
    count_entries(at=now + timedelta(minutes=1))
    said = text(client.get(f"{khe_coc}dong-gop/?nam=2026"))
    assert "Lường Thị Thuận" in said and "Nông Văn Kín" not in said
    assert "2.468.000" in said, "both stand in the total"
    assert "Còn 1 khoản như vậy" in said


# Titles


def test_the_recognised_list_is_filtered_sorted_and_comes_as_files(client: Client, demo: Any) -> None:
    every = text(client.get("/danh-hieu/"))
    assert "22 danh hiệu" in every and "Xóm Khe Cốc" in every and "chưa có quyết định thừa nhận" in every
    held = text(client.get("/danh-hieu/?tt=held&cap=hamlet&q=KHE+COC"))
    assert "1 danh hiệu" in held and "xã Vô Tranh, tỉnh Thái Nguyên" in held
    assert "Chưa có danh hiệu nào như vậy" in text(client.get("/danh-hieu/?q=%27--"))
    areas = client.get("/danh-hieu/?xep=place&cap=area").content.decode()
    order = re.findall(r'<th scope="row"><a[^>]*>([^<]+)', areas)
    assert order.index("Khu dân cư kiểu mẫu thứ 2 (dựng lại)") < order.index(
        "Khu dân cư kiểu mẫu thứ 10 (dựng lại)"
    )
    rows = list(
        csv.reader(io.StringIO(client.get("/danh-hieu/bang.csv?nam=2023").content.decode("utf-8-sig")))
    )
    assert [row[0] for row in rows] == ["Nơi", "xóm Khe Cốc"] and "theo tài liệu" in rows[1]
    book = load_workbook(io.BytesIO(client.get("/danh-hieu/bang.xlsx?bo=xa-ntm-nang-cao-2021-2025").content))
    assert [row[0].value for row in book.active.iter_rows(min_row=2)] == ["xã Hoàng Đồng", "xã Mai Pha"]


# What is missing, and finding


def test_what_is_missing_is_told_openly(client: Client, demo: Any, khe_coc: str, now: datetime) -> None:
    demo.record("households", "143", by=demo.post(HEAD), at=now, source="")
    said = text(client.get(f"{khe_coc}con-thieu/"))
    assert "Chưa biết không phải là không" in said
    for part in ("Chưa có nguồn 1", "Chưa xác nhận", "Dựng lại từ tài liệu", "Chưa ghi"):
        assert part in said


def test_a_search_asks_a_fixed_number_of_questions(client: Client, demo: Any, queries_of: Any) -> None:
    client.get("/tim/?q=a")  # standards are read once a process
    caching.forget()
    assert queries_of(lambda: client.get("/tim/?q=duong+xom")) == SEARCH_QUESTIONS


@pytest.mark.parametrize(
    ("typed", "answered"),
    [
        ("khe coc", "Xóm Khe Cốc"),
        ("KHE CỐC, vô tranh", "Xóm Khe Cốc"),
        ("\u202ekhe\u200f cốc", "Xóm Khe Cốc"),
        ("hoàng đồng", "không còn từ 01/07/2025"),
        ("'", "Chưa có chữ nào để tìm"),
        ("%_\\", "Chưa có chữ nào để tìm"),
        ("khe' or 1=1 --", "Không tìm thấy nơi nào"),
        ("a\0b" * 10, "Không tìm thấy nơi nào"),
        ("ắ" * 10_000, "chỉ phần đầu được dùng"),
        ("", "Tỉnh Thái Nguyên"),
        ("be tong DUONG", "Mở rộng và bê tông hóa 4,3 km đường xóm Xóm Khe Cốc, 2022"),
        ("thu nhap", "Thu nhập Bộ tiêu chí quốc gia về xã nông thôn mới"),
        ("gy 123", "Đây là số của một góp ý"),
        ("RT-000001", "Đây là số của một yêu cầu rút tên"),
        ("01/2026", "kiểm tra giấy"),
        ("abcd-efgh-jkmn", "gõ mã ở ô mở phiếu"),
    ],
)
def test_a_search_is_answered_whatever_is_typed(client: Client, demo: Any, typed: str, answered: str) -> None:
    answer = client.get("/tim/", {"q": typed})
    assert answer.status_code == 200
    assert answered in text(answer)
