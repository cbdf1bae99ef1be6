"""The public face under load and in the hand: pages kept but never stale, read aloud, printed, copied, translated."""

import gzip
import json
import re
import wave
from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from io import BytesIO, StringIO
from itertools import count
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from django.contrib.messages import info
from django.core.management import call_command
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template import engines
from django.test import Client, RequestFactory
from django.urls import include, path, reverse
from tests.integration.conftest import BUILT_AT, SYSTEM, Demo

from chungtay.config.languages import languages
from chungtay.core import notices, stamps
from chungtay.core.jobs.models import Job
from chungtay.core.models import AuditEvent
from chungtay.core.refusals import Refusal
from chungtay.figures.draining import drain
from chungtay.ledger import counting
from chungtay.portal import caching, copying, tools, tools_aloud, tools_pages, tools_paper
from chungtay.ui import reading
from paper import Bullets, Document, Fields, Heading, Note, Paragraph, Picture, Run, Table, to_pdf
from paper.from_html import read_page

UID = "00000000-0000-4000-8000-000000000000"
LONG = "Xóm Khe Cốc đạt 19 tiêu chí. " * 40
_made = count(1)


def _page(request: HttpRequest) -> HttpResponse:
    """A page that tells how often it was made, and the site's notices."""
    return HttpResponse(f"<p>Lần {next(_made)}. {'; '.join(notices.notices().values())} {LONG}</p>")


def _form(request: HttpRequest) -> HttpResponse:
    return HttpResponse(engines["django"].from_string("{% csrf_token %}" + LONG).render({}, request))


def _sent(request: HttpRequest) -> HttpResponse:
    info(request, "Đã nhận.")
    return redirect("/trang/")


_portal = [path("trang/", _page), path("bieu-mau/", _form), path("gui/", _sent)]
urlpatterns = [path("", include((_portal, "portal"))), path("trong/", _page)]


@pytest.fixture
def trial(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages of this file stand at /trang/, /bieu-mau/, /gui/ as those of the public face, /trong/ elsewhere.

    The clock stands still: no test finds its page made anew because ten minutes were over.
    """
    settings.ROOT_URLCONF = __name__
    monkeypatch.setattr(stamps, "clock", lambda: BUILT_AT)


def made(page: str = "/trang/", browser: Client | None = None, **more: Any) -> int:
    """Which making of the page a visitor is given."""
    response = (browser or Client()).get(page, **more)
    assert response.status_code == 200
    return int(response.content.decode().partition("Lần ")[2].partition(".")[0])


# --- kept, and never stale ---


@pytest.mark.usefixtures("trial")
def test_a_page_is_made_once_for_all_visitors_and_asks_nothing_but_the_stamp_after(
    demo: Demo, queries_of: Callable[..., int], monkeypatch: pytest.MonkeyPatch
) -> None:
    first = made()
    assert made() == first
    asked: list[int] = []
    stamp = stamps.stamp
    monkeypatch.setattr(caching, "stamp", lambda: asked.append(1) or stamp())
    assert queries_of(lambda: made()) == 0 and len(asked) == 1


@pytest.mark.usefixtures("trial")
def test_a_kept_page_leaves_before_django_makes_a_request_and_as_it_left_first(demo: Demo) -> None:
    def never(*_asked: Any) -> list[bytes]:
        raise LookupError("Django")

    def given(**more: str) -> tuple[str, dict[str, str], bytes]:
        told: dict[str, Any] = {}
        environ = RequestFactory(**more).get("/trang/").environ
        body = b"".join(
            caching.kept_first(never)(environ, lambda *head: told.update(head=head))  # type: ignore[arg-type]
        )
        return told["head"][0], dict(told["head"][1]), body

    first = Client().get("/trang/")
    assert given() == ("200 OK", dict(first.items()), first.content)
    assert first.headers["X-Content-Type-Options"] == "nosniff", "what every answer bears, a kept one bears"
    status, headers, body = given(HTTP_IF_NONE_MATCH=first.headers["ETag"])
    assert (status, body) == ("304 Not Modified", b"") and "Content-Type" not in headers
    for one_persons in ({"HTTP_COOKIE": "sessionid=x"}, {"HTTP_HX_REQUEST": "true"}, {"HTTP_HOST": "x.vn"}):
        with pytest.raises(LookupError):
            given(**one_persons)
    demo.record("security_cameras", Decimal(9))
    with pytest.raises(LookupError):
        given()


@pytest.mark.usefixtures("trial")
def test_a_page_after_a_deed_is_made_anew(demo: Demo) -> None:
    before = made()
    demo.record("security_cameras", Decimal(9))
    assert made() == before + 1


@pytest.mark.usefixtures("trial")
def test_a_page_is_made_anew_after_counts_were_drained_and_after_a_job_made_copies(demo: Demo) -> None:
    demo.record("security_cameras", Decimal(9))
    seen = [made()]
    drain(at=BUILT_AT)
    seen.append(made())
    counting.drain(at=BUILT_AT)
    Job.objects.create(
        task="x", state="done", finished_at=BUILT_AT, asked_at=BUILT_AT, retries=0, actor_label="x"
    )
    seen.append(made())
    assert seen == [seen[0], seen[0] + 1, seen[0] + 2]


@pytest.mark.usefixtures("trial")
def test_a_page_of_yesterday_or_of_an_hour_ago_is_made_anew(
    demo: Demo, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = []
    for moment in ("2026-03-02T23:51", "2026-03-02T23:59", "2026-03-03T00:00", "2026-03-03T07:30"):
        clock = datetime.fromisoformat(f"{moment}:00+07:00")
        monkeypatch.setattr(stamps, "clock", lambda clock=clock: clock)
        seen.append(made())
    assert seen == [seen[0], seen[0], seen[0] + 1, seen[0] + 2]


@pytest.mark.usefixtures("trial")
def test_a_sites_new_notice_stands_on_the_very_next_page(demo: Demo) -> None:
    made()
    notices.notices()
    remembered = dict(notices._read)
    notices.post_notice(by=SYSTEM, at=BUILT_AT, code="thu", sentence="Số liệu thử")
    notices._read.update(remembered)  # as in another process than the one that posted it
    assert "Số liệu thử" in Client().get("/trang/").content.decode()


@pytest.mark.usefixtures("trial")
@pytest.mark.skipif(connection.vendor == "sqlite", reason="one writer: numbers are seen in their order")
def test_an_event_seen_after_one_with_a_higher_number_is_not_overlooked(demo: Demo) -> None:
    newest = AuditEvent.objects.order_by("-pk").first()
    assert newest is not None
    AuditEvent.objects.create(pk=newest.pk + 5, at=BUILT_AT, actor_label="x", deed="x", subject="x")
    before = made()
    AuditEvent.objects.create(pk=newest.pk + 4, at=BUILT_AT, actor_label="x", deed="x", subject="x")
    assert made() == before + 1


@pytest.mark.usefixtures("trial")
def test_looks_language_host_and_question_each_have_a_page_of_their_own(demo: Demo) -> None:
    def dressed(**cookies: str) -> int:
        browser = Client()
        for name, value in cookies.items():
            browser.cookies[name] = value
        return made(browser=browser)

    seen = [
        made(),
        dressed(theme="dark"),
        dressed(textsize="l"),
        dressed(django_language="en"),
        made("/trang/?nam=1"),
    ]
    seen.append(made(headers={"host": "localhost"}))
    assert len(set(seen)) == 6
    assert dressed(theme="x" * 3000, textsize="<", django_language="zz", khac="1") == seen[0]


@pytest.mark.usefixtures("trial")
def test_whoever_signed_in_and_forms_and_told_sentences_are_never_kept(demo: Demo) -> None:
    officer = demo.visit("trưởng xóm Khe Cốc")
    assert made(browser=officer) + 1 == made(browser=officer)
    assert "private" in officer.get("/trang/").headers["Cache-Control"]
    assert len(caching.plain) == 0
    form = Client().get("/bieu-mau/")
    assert form.cookies and "private" in form.headers["Cache-Control"] and len(caching.plain) == 0
    told = Client()
    told.get("/gui/")
    assert made(browser=told) + 1 == made()
    assert made(headers={"hx-request": "true"}) != made()
    assert made("/trong/") + 1 == made("/trong/")


@pytest.mark.usefixtures("trial")
def test_questions_fill_a_shelf_of_their_own_and_the_longest_are_not_kept(demo: Demo) -> None:
    plain = made()
    made("/trang/?q=" + "a" * 300)
    assert len(caching.with_questions) == 0
    for one in range(5):
        made(f"/trang/?q={one}")
    assert len(caching.with_questions) == 5 and made() == plain


def test_a_shelf_keeps_no_more_than_it_may_and_lets_the_longest_unasked_go() -> None:
    shelf = caching.Shelf(3 * 12_000)
    stamp = stamps.Stamp(BUILT_AT, None, ())
    for name in "abc":
        shelf.put(name, caching.Kept(stamp, {}, b"x" * 10_000, packed=False))
    shelf.get("a")
    shelf.put("d", caching.Kept(stamp, {}, b"x" * 10_000, packed=False))
    assert [name for name in "abcd" if shelf.get(name)] == ["a", "c", "d"]


# --- not changed ---


@pytest.mark.usefixtures("trial")
def test_a_proxy_may_keep_a_page_and_asks_each_time_whether_it_has_changed(demo: Demo) -> None:
    first = Client().get("/trang/", headers={"accept-encoding": "gzip"})
    assert first.headers["Cache-Control"] == "public, no-cache"
    assert {"Cookie", "Accept-Encoding"} <= {each.strip() for each in first.headers["Vary"].split(",")}
    assert first.headers["Content-Encoding"] == "gzip" and LONG in gzip.decompress(first.content).decode()
    assert first.headers["Content-Length"] == str(len(first.content))
    assert "default-src" in first.headers["Content-Security-Policy"]
    mark = first.headers["ETag"]
    assert mark.startswith('W/"')
    for accepted in ("gzip", "identity"):
        again = Client().get("/trang/", headers={"accept-encoding": accepted, "if-none-match": mark})
        assert (again.status_code, again.content, again.headers["ETag"]) == (304, b"", mark)
    assert LONG in Client().get("/trang/").content.decode()  # to whoever takes no gzip
    demo.record("security_cameras", Decimal(9))
    assert Client().get("/trang/", headers={"if-none-match": mark}).status_code == 200


# --- a language somebody has begun ---


def test_tay_is_offered_on_public_pages_and_what_is_not_translated_is_vietnamese(demo: Demo) -> None:
    visitor = Client()
    home = visitor.get("/").content.decode()
    assert 'href="/tyz/" hreflang="tyz" lang="tyz" aria-label="Tày">Tày</a>' in home
    page = visitor.get("/tyz/").content.decode()
    assert '<html lang="tyz"' in page and "<strong>Tày</strong>" in page
    assert "Cả nước" in page and "chỗ nào chưa dịch thì hiện bằng tiếng Việt" in page
    officers = demo.visit("trưởng xóm Khe Cốc").get("/dia-ban/").content.decode()
    assert 'lang="tyz"' not in officers and 'aria-label="English"' in officers


def test_a_catalogue_gives_its_language_its_own_name(tmp_path: Path) -> None:
    for code, head in (
        ("nut", '"X-Language-Name: Nùng\\n"'),
        ("zz", ""),
        ("../x", '"X-Language-Name: X\\n"'),
    ):
        folder = tmp_path / code.replace("/", "_") / "LC_MESSAGES"
        folder.mkdir(parents=True)
        (folder / "django.po").write_text(f'msgid ""\nmsgstr ""\n{head}\n', encoding="utf-8")
    assert languages([tmp_path / "none", tmp_path]) == [
        ("vi", "Tiếng Việt"),
        ("en", "English"),
        ("nut", "Nùng"),
    ]


# --- a copy that outlives an outage ---


@pytest.fixture
def copy(demo: Demo, settings: Any, tmp_path: Path) -> Callable[..., Path]:
    settings.ALLOWED_HOSTS, settings.SITE_ADDRESS = ["*"], "http://chungtay.vn"

    def write(name: str = "ban-sao") -> Path:
        call_command(
            "write_static_copy", str(tmp_path / name), place=demo.place("khe_coc"), stdout=StringIO()
        )
        return tmp_path / name

    return write


def test_every_link_of_a_copy_leads_to_a_file_of_it_in_both_languages(
    demo: Demo, copy: Callable[..., Path]
) -> None:
    folder = copy()
    here = f"noi/{demo.place('khe_coc')}/index.html"
    assert (folder / here).exists() and (folder / "en" / here).exists()
    assert "Board of criteria" in (folder / "en" / here).read_text(encoding="utf-8")
    for page in folder.rglob("*.html"):
        html = page.read_text(encoding="utf-8")
        for link in re.findall(r'\s(?:href|src)="([^"]+)"', html):
            if not link.startswith(("http", "#", "data:", "mailto:", "tel:")):
                assert (page.parent / link.partition("#")[0]).is_file(), (page, link)
        assert "<form" not in re.sub(r"<form hidden[^>]*data-display>", "", html)
        is_english = page.relative_to(folder).parts[0] == "en"
        assert ("A copy of http://chungtay.vn" if is_english else "Bản sao của http://chungtay.vn") in html
    told = json.loads((folder / "ban-sao.json").read_text(encoding="utf-8"))
    assert told["pages"] > 10 and not told["changed_meanwhile"]
    assert (
        "/dang-nhap/" in told["left_out"]["không phải trang công khai, hoặc là công cụ của máy chủ"]["some"]
    )


def test_a_copy_takes_the_place_of_an_older_one_whole_and_of_nothing_else(
    copy: Callable[..., Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "khac").mkdir()
    (tmp_path / "khac" / "giu.txt").write_text("giữ")
    with pytest.raises(Refusal, match="không phải bản sao"):
        copy("khac")
    assert (tmp_path / "khac" / "giu.txt").read_text() == "giữ"
    older = tmp_path / "ban-sao"
    older.mkdir()
    (older / "ban-sao.json").write_text("{}")
    (older / "cu.html").write_text("cũ")
    monkeypatch.setattr(copying, "fetch", lambda *_args, **_more: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        copy()
    monkeypatch.setattr(copying, "fetch", lambda *_args, **_more: HttpResponse(status=400))
    with pytest.raises(Refusal, match="CHUNGTAY_ALLOWED_HOSTS"):
        copy()
    assert (older / "cu.html").read_text() == "cũ" and sorted(tmp_path.iterdir()) == [
        older,
        tmp_path / "khac",
    ]
    monkeypatch.undo()


# --- a page as a paper ---


def words_of(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    return " ".join(" ".join(page.get_textpage().get_text_range() for page in document).split())


def test_a_page_is_a_paper_of_its_own_words_with_address_day_and_notices(demo: Demo) -> None:
    notices.post_notice(by=SYSTEM, at=BUILT_AT, code="thu", sentence="Trang này có số liệu thử")
    page = f"noi/{demo.place('khe_coc')}/"
    answer = Client().get(f"/pdf/{page}")
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Content-Disposition"] == 'inline; filename="xom-khe-coc.pdf"'
    words = words_of(answer.content)
    for said in ("Xóm Khe Cốc", "Bảng tiêu chí", "Nhà ở, vườn hộ", "Trang này có số liệu thử",
                 f"http://testserver/{page}"):  # fmt: skip
        assert said in words, said
    assert "Tìm" not in words and "Đăng nhập" not in words
    assert "Board of criteria" in words_of(english().get(f"/pdf/{page}").content)


def english() -> Client:
    browser = Client()
    browser.cookies["django_language"] = "en"
    return browser


def test_only_pages_of_the_public_face_are_printed_or_read_aloud(demo: Demo) -> None:
    here = f"noi/{demo.place('khe_coc')}/"
    for page in (
        "dang-nhap/",
        f"dia-ban/{demo.place('khe_coc')}/",
        f"pdf/{here}",
        f"doc/{here}",
        "khong-co/",
        "../etc",
    ):
        for tool in ("pdf", "doc", "doc/1"):
            assert Client().get(f"/{tool}/{page}").status_code == 404, (tool, page)
    officer = demo.visit("trưởng xóm Khe Cốc")
    assert "Trưởng xóm" not in words_of(officer.get("/pdf/").content), "printed as a visitor sees it"


@pytest.mark.parametrize(
    ("name", "of", "is_read"),
    [
        ("office:public_decision", UID, True),
        ("office:public_call", UID, True),
        ("office:digital_address", UID, True),
        ("office:verify_certificate", "MA", True),
        ("office:feedback", 7, True),
        ("portal:feedback", None, True),
        ("office:survey_ballot", "MA", False),
        ("office:receipt", UID, False),
        ("office:receipts_of_card", None, False),
        ("office:follow", 7, False),
        ("office:say", 7, False),
        ("office:verify", None, False),
        ("portal:take_name_off", None, False),
        ("portal:open_ballot", None, False),
        ("office:place", 7, False),
    ],
)
def test_the_server_reads_no_page_whose_address_is_a_secret_and_none_that_is_a_form(
    name: str, of: object, is_read: bool
) -> None:
    page = reverse(name, args=[] if of is None else [of]).lstrip("/")
    assert tools_pages.is_server_read(f"/{page}") is tools_pages.is_server_read(f"/en/{page}") is is_read


def test_pages_of_officers_rooms_wear_the_public_frame_and_its_tools(demo: Demo) -> None:
    here = f"dia-ban/{demo.place('khe_coc')}/"
    for page, paper in ((f"{here}gop-y/", True), (f"{here}hai-long/?nam=2022", True), (f"{here}gop-y/gui/", False),
                        ("kiem-tra-bang/", False), ("bien-nhan/the/", False), ("khong-co/", False)):  # fmt: skip
        visitor = Client()
        html = visitor.get(f"/{page}").content.decode()
        for worn in ('role="search" action="/tim/"', 'href="/du-lieu/"', 'href="/sau-quyen/"', "data-print"):
            assert worn in html, (page, worn)
        assert (f'href="/pdf/{page}"' in html) is paper, page
        assert ('data-page="/doc/' in html) is (paper and reading.has_voice()), page
        if not paper:
            assert {visitor.get(f"/{tool}/{page}").status_code for tool in ("pdf", "doc", "doc/1")} == {404}
        assert ("csrftoken" in visitor.cookies) is ("csrfmiddlewaretoken" in html), page
    assert "Góp ý của người dân" in words_of(Client().get(f"/pdf/{here}gop-y/").content)
    assert "data-print" in demo.visit("trưởng xóm Khe Cốc").get(f"/{here}gop-y/").content.decode()


def test_html_becomes_headings_lists_tables_and_drawings() -> None:
    page = read_page(
        '<p class="site-notice">Số liệu thử</p><main><h1>Xóm <b>A</b></h1><h3>Tiền</h3><p>Đạt <b>3</b>,\n còn '
        "<i>2</i> .</p>"
        "<ul><li>Một</li><li><span>Hai</span><span>chip</span></li></ul><ol class='tiles'><li><b class='n'>1</b>"
        "<i class='w'>Đạt</i></li></ol><form>không in</form><p hidden>ẩn</p><dl><dt>Kỳ</dt><dd>2025</dd></dl>"
        "<table><caption>Góp</caption><tr><th>Năm</th><th>Tiền</th></tr><tr><td>2024</td><td>1.000</td></tr></table>"
        '<figure><figcaption>Đường</figcaption><svg viewBox="0 0 40 20" aria-label="Dài 2 km"><rect class="met"/></svg>'
        "<details class='chart-numbers'><summary>Bảng</summary></details></figure>"
        '<svg aria-hidden="true"><path/></svg><img src="/a.webp" alt="Cầu"><img src="/b" alt=""></main>'
    )
    assert (page.title, page.notices) == ("Xóm A", ("Số liệu thử",))
    blocks = page.blocks(picture=lambda _source: None, style=".met{fill:#1f6f4a}",
                         lists={"tiles": (("Số", "n", 1), ("Kết quả", "w", 2))})  # fmt: skip
    heading, words, bullets, tiles, fields, table, drawing, picture = blocks
    assert heading == Heading("Tiền", 2)
    assert isinstance(words, Paragraph)
    assert words.text == (Run("Đạt "), Run("3", bold=True), Run(", còn "), Run("2", italic=True), Run("."))
    assert bullets == Bullets(((Run("Một"),), (Run("Hai chip"),)))
    assert isinstance(tiles, Table) and list(tiles.rows) == [("1", "Đạt")]
    assert fields == Fields((("Kỳ", (Run("2025"),)),))
    assert isinstance(table, Table) and (table.caption, list(table.rows)) == ("Góp", [("2024", "1.000")])
    assert isinstance(drawing, Picture) and drawing.image is not None
    assert b"<style>.met{fill:#1f6f4a}</style>" in drawing.image and b"viewBox" in drawing.image
    assert (drawing.alt, drawing.caption) == ("Dài 2 km", "Đường")
    assert picture == Note("[Cầu]")
    assert page.said()[:4] == ("Xóm A", "Tiền", "Đạt 3, còn 2.", "Một")
    assert to_pdf(Document(blocks, subject="A"), on=BUILT_AT.date()).startswith(b"%PDF")


def test_a_page_without_end_is_printed_up_to_a_bound_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = "<tr><td>x</td></tr>" * (tools_paper.MOST_ROWS + 1)
    page = read_page(f"<main><h1>Dài</h1><p>đầu</p><table>{rows}</table><p>cuối</p></main>")
    words = words_of(
        tools_paper.paper_of(page, address="http://a/", site="http://a", language="vi", on=BUILT_AT.date())
    )
    assert "đầu" in words and "cuối" not in words and "bản in dừng ở đây" in words


# --- read aloud ---


def test_the_server_says_what_stands_on_the_page_and_nothing_else(
    demo: Demo, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []

    def heard(text: str, language: str) -> bytes:
        said.append(f"{language}: {text}")
        return b"RIFF"

    monkeypatch.setattr(tools_aloud, "_speak", heard)
    monkeypatch.setattr(reading, "has_voice", lambda: True)
    here = f"noi/{demo.place('khe_coc')}/"
    listening = Client().get(f"/doc/{here}").content.decode()
    assert f'src="/doc/1/{here}"' in listening and "<audio controls" in listening
    for number in (1, 1):
        sound = Client().get(f"/doc/{number}/{here}")
        assert (sound.content, sound.headers["Content-Type"]) == (b"RIFF", "audio/wav")
    Client().get("/doc/1/tim/?q=loi+xau")
    assert (
        len(said) == 2
        and said[0].startswith("vi: ")
        and "xóm Khe Cốc" in said[0]
        and "loi xau" not in said[1]
    )
    assert Client().get(f"/doc/999/{here}").status_code == 404


def test_a_server_without_a_voice_says_so_and_offers_none(
    demo: Demo, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "has_voice", lambda: False)
    here = f"noi/{demo.place('khe_coc')}/"
    page = Client().get(f"/doc/{here}").content.decode()
    assert "chưa cài giọng đọc" in page and "<audio" not in page and "Bảng tiêu chí" in page
    refused = Client().get(f"/doc/1/{here}")
    assert refused.status_code == 503 and "chưa cài giọng đọc" in refused.content.decode()


def test_parts_are_neither_long_nor_many_and_nothing_is_lost() -> None:
    said = ("Ngắn.", "Câu dài, " * 200, *["Đoạn."] * 40)
    parts = tools_aloud.parts_of(said)
    assert max(len(" ".join(part)) for part in parts) <= tools_aloud.LONGEST + tools_aloud.PART
    assert "".join("".join(part) for part in parts).replace(" ", "") == "".join(said).replace(" ", "")
    assert len(tools_aloud.parts_of(["x" * 500] * 500)) == tools_aloud.MOST_PARTS


@pytest.mark.skipif(not reading.has_voice(), reason="the extra `voice` is not installed")
def test_the_voice_speaks_vietnamese_as_sound() -> None:
    sound = tools_aloud._speak("Xóm Khe Cốc đạt mười chín tiêu chí.", "vi")
    with wave.open(BytesIO(sound)) as opened:
        assert (opened.getnchannels(), opened.getsampwidth()) == (1, 2)
        assert 1 < opened.getnframes() / opened.getframerate() < 6


def test_whoever_finds_no_turn_at_the_typesetter_is_told_to_come_back_and_blocks_nobody(
    demo: Demo, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tools, "WAIT", 0.01)
    with tools._printing, tools._printing:
        busy = Client().get(f"/pdf/noi/{demo.place('khe_coc')}/")
    assert busy.status_code == 503 and busy.headers["Retry-After"] == "30"
    assert "thử lại sau ít phút" in busy.content.decode()
