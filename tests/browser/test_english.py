"""Whoever chose English meets no Vietnamese but names, words quoted and marked so, and what they typed themselves."""

import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
import yaml
from django.conf import settings
from django.utils import timezone
from playwright.sync_api import Page, expect

from chungtay.core.actors import SystemActor
from chungtay.figures import actions as figures
from chungtay.standards import queries as standards
from chungtay.territory import queries as territory
from chungtay.territory.models import PlaceState

MODEL, SMART = "xom-kieu-mau-thai-nguyen", "xom-thong-minh-thai-nguyen"
ADVANCED = "xa-ntm-nang-cao-2021-2025"
HEAD, OFFICER, AUDITOR = "truongxom.khecoc", "canbo.votranh", "kiemtra"
STORY = "Bài viết về lễ đón bằng công nhận xóm Khe Cốc, 24/5/2023"
ENGLISH = {"django_language": "en"}

LETTERS = "àáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵđ"
VIETNAMESE = re.compile(rf"[^\n]*[{LETTERS}][^\n]*", re.IGNORECASE)
DAY_FIRST = re.compile(r"\b[0-9]{1,2}/[0-9]{1,2}/[0-9]{4}\b")
INSTRUMENT = (
    "Quyết định ban hành bộ tiêu chí về xóm nông thôn mới kiểu mẫu"  # titles of papers stay as they are
)
DOCUMENT = re.compile(r"[0-9]+(?:/[0-9]{4})?/[A-ZĐ][\w-]*")
# Text and spoken attributes that stand in English; what is typed stands in values, which are not read here.
SAID_IN_ENGLISH = """() => {
    const english = node => !node.closest('[lang]') || node.closest('[lang]').lang === 'en';
    const said = [];
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
        const parent = texts.currentNode.parentElement;
        if (!['SCRIPT', 'STYLE'].includes(parent.tagName) && english(parent)) said.push(texts.currentNode.data);
    }
    for (const name of ['aria-label', 'title', 'alt', 'placeholder'])
        for (const each of document.querySelectorAll(`[${name}]`))
            if (english(each)) said.push(each.getAttribute(name));
    return said.map(text => text.trim()).filter(Boolean).join('\\n');
}"""

SAID_OF_ITSELF = ("Luật", "đồng")  # the name of a law stands as it is, and so does the currency

Officer = Callable[..., Page]
Reader = Callable[[str, str], Page]


@pytest.fixture
def names(demo: Any) -> list[str]:
    """Places as they are and were called, and what people call a kind of place; longest first."""
    rows = PlaceState.objects.values_list("kind", "name")
    known = {words for kind, name in rows for words in (f"{kind} {name}", name, kind) if words}
    regions = yaml.safe_load((settings.LAW_DIR / "regions.yaml").read_text("utf-8"))
    known |= {name for names in regions["provinces_of_region"].values() for name in names}
    return sorted(
        known | {"ấp", "buôn", "bản", "khu phố", "tổ dân phố", "khu dân cư", "cụm dân cư"},
        key=len,
        reverse=True,
    )


@pytest.fixture
def english(officer: Officer) -> Reader:
    """Opens pages of somebody who chose English."""

    def open_one(username: str, path: str) -> Page:
        page = officer(username, "/")
        page.context.add_cookies([{"name": k, "value": v, "url": page.url} for k, v in ENGLISH.items()])
        page.goto(path)
        expect(page.locator("html")).to_have_attribute("lang", "en")
        return page

    return open_one


def vietnamese_in(page: Page, names: list[str], typed: tuple[str, ...] = ()) -> list[str]:
    """The lines of a page that an English reader cannot read, and the days written day first."""
    said = str(page.evaluate(SAID_IN_ENGLISH))
    rest = DOCUMENT.sub("", said)
    small = rest.lower()
    for words in (*typed, *names):
        if words.lower() in small:
            rest = re.sub(rf"(?<!\w){re.escape(words)}(?!\w)", "", rest, flags=re.IGNORECASE)
            small = rest.lower()
    return VIETNAMESE.findall(rest) + DAY_FIRST.findall(rest)


def test_the_pages_of_an_english_reader_are_english(english: Reader, demo: Any, names: list[str]) -> None:
    khe_coc, quang_lac = demo.places["khe_coc"], demo.places["quang_lac"]
    frozen = figures.freeze_assessment(
        by=SystemActor(),
        at=timezone.now(),
        place_id=khe_coc,
        standard_code=MODEL,
        figures_on=date(2023, 5, 24),
        purpose="Tự đánh giá sau lễ",
    )
    day = "?ngay=2023-05-24"
    paths = [
        "/dia-ban/?tim=khe+coc",
        "/dia-ban/?tim=khong+co+dau",
        f"/dia-ban/{khe_coc}/{day}",
        f"/dia-ban/{khe_coc}/{day}&bo={SMART}",
        f"/dia-ban/{quang_lac}/?ngay=2022-12-31&bo={ADVANCED}",
        *(f"/dia-ban/{khe_coc}/{MODEL}/tieu-chi/{number}/{day}" for number in range(1, 10)),
        f"/dia-ban/{khe_coc}/{SMART}/tieu-chi/1/?ngay=2025-05-24",
        f"/dia-ban/{khe_coc}/{MODEL}/tieu-chi/1/nhap/{day}",
        f"/dia-ban/{khe_coc}/{MODEL}/vi-sao/{day}",
        f"/dia-ban/{quang_lac}/{ADVANCED}/vi-sao/?ngay=2022-12-31",
        f"/dia-ban/{khe_coc}/{MODEL}/vi-sao/2.1/{day}",
        f"/dia-ban/{khe_coc}/so-do/households/",
        f"/danh-gia/{frozen.pk}/",
        "/bo-tieu-chi/",
        *(f"/bo-tieu-chi/{code}/" for code in sorted({view.code for view in standards.versions()})),
    ]
    page = english(AUDITOR, "/")
    left = {}
    for path in paths:
        page.goto(path)
        expect(page.locator("html")).to_have_attribute("lang", "en")
        if found := vietnamese_in(page, names):
            left[path] = found
    assert not left, "\n".join(f"{path}\n   " + "\n   ".join(found) for path, found in left.items())


def test_public_pages_are_english_at_their_english_addresses(
    open_page: Callable[..., Page], demo: Any, names: list[str]
) -> None:
    """Whoever comes by a link: no cookie, and what records quote is all that is Vietnamese."""
    here = f"/en/noi/{demo.places['khe_coc']}/"
    rooms = ("con-thieu", "tin", "niem-yet", "san-xuat", "cong-trinh", "danh-hieu", "dong-gop")
    site = ("tim", "tin", "sau-quyen", "gioi-han", "gop-y", "kiem-tra-giay", "xin-rut-ten", "du-lieu", "luat")
    paths = [here, *(f"{here}{room}/" for room in rooms), *(f"/en/{room}/" for room in site), "/en/khong-co/"]
    paths += [f"{here}tieu-chi/{MODEL}/1/", f"/en/luat/{MODEL}/", f"/en/luat/{MODEL}/1/"]
    page = open_page("/en/")
    left = {}
    for path in paths:
        page.goto(path)
        expect(page.locator("html")).to_have_attribute("lang", "en")
        if found := vietnamese_in(page, names, typed=SAID_OF_ITSELF):
            left[path] = found
    assert not left, "\n".join(f"{path}\n   " + "\n   ".join(found) for path, found in left.items())
    assert page.context.cookies() == []


def test_what_is_quoted_is_marked_as_vietnamese(english: Reader, demo: Any) -> None:
    khe_coc = demo.places["khe_coc"]
    page = english(HEAD, f"/dia-ban/{khe_coc}/?ngay=2023-05-24")
    titles = page.locator(".fact").first
    expect(titles.locator("[lang=vi]")).to_have_text(
        ["xóm đạt chuẩn nông thôn mới kiểu mẫu", "Chủ tịch UBND huyện Phú Lương", STORY]
    )
    page.goto(f"/dia-ban/{khe_coc}/{MODEL}/tieu-chi/5/?ngay=2025-05-24")
    note = page.locator(".trace-notes", has_text="2023-05-24").first
    expect(note).to_contain_text(f"Source: {STORY}")
    expect(note.locator("[lang=vi]")).to_have_text(STORY)
    expect(page.locator(".trace-notes", has_text="Figures are 2 years old.").first).to_be_visible()
    page.get_by_role("button", name="Tiếng Việt").click()
    expect(page.locator("main [lang]")).to_have_count(0)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("many", "“many” is not a number. Write digits only, like 1234,5."),
        ("105", "105% is more than 100%. Check it, or enter a/b (like 137/143)."),
        ("150/143", "150 is more than 143: a part cannot be more than the whole. Check both numbers."),
        ("1.234", "“1.234” can be read as 1234 or as 1,234. Write 1234 or 1,234."),
        ("-5", "cannot be below zero. Check the sign."),
        ("95,5555", "has more than 2 decimals. Round it to 2."),
        ("95 km", "“km” is not the unit of"),
    ],
)
def test_a_bad_number_is_refused_in_english(
    english: Reader, demo: Any, names: list[str], typed: str, sentence: str
) -> None:
    page = english(HEAD, f"/dia-ban/{demo.places['khe_coc']}/{MODEL}/tieu-chi/1/nhap/?ngay=2023-05-24")
    field = page.locator("input.figure").first
    field.press_sequentially(typed)
    expect(page.locator("#ket-qua .error")).to_contain_text(sentence)
    assert vietnamese_in(page, names) == []
    page.get_by_role("button", name="Save all").click()
    expect(page.get_by_role("alert")).to_contain_text(sentence)
    assert vietnamese_in(page, names) == []


@pytest.mark.parametrize(
    ("period", "sentence"),
    [
        ("soon", "A year alone will do too, like 2023."),
        ("2023-02-31", "“2023-02-31” is not in the calendar. Check the day and the month."),
        ("05/24/2023", "Is 2023-05-24 (year-month-day) meant?"),
        ("2999", "Figures of the future are a plan and are not recorded here."),
        ("1899", "The period 1899 is before 1945. Check the year."),
    ],
)  # fmt: skip
def test_a_bad_period_is_refused_in_english(
    english: Reader, demo: Any, names: list[str], period: str, sentence: str
) -> None:
    page = english(HEAD, f"/dia-ban/{demo.places['khe_coc']}/{MODEL}/tieu-chi/1/nhap/?ngay=2023-05-24")
    expect(page.locator("#o-period")).to_have_value("2023-05-24")
    page.locator("input.figure").first.fill("100")
    page.locator("#o-period").fill(period)
    page.get_by_role("button", name="Save all").click()
    expect(page.locator("#o-period-error")).to_contain_text(sentence)
    assert vietnamese_in(page, names, typed=(period,)) == []


REFUSED = {
    "bad date": ("/dia-ban/{khe_coc}/?ngay=31/02/2023", "is not in the calendar"),
    "future day": ("/dia-ban/{khe_coc}/?ngay=2999-01-01", "2999-01-01 has not come yet"),
    "out of time": ("/dia-ban/{khe_coc}/?ngay=1900-01-01", "1900-01-01 is before 1945"),
    "not permitted": ("/nhat-ky/?noi={quang_lac}", "may not"),
    "place not found": ("/dia-ban/999999999/", "There is no place with the number 999999999"),
    "indicator not found": ("/dia-ban/{khe_coc}/{MODEL}/vi-sao/99.9/?ngay=2023-05-24", "“99.9”"),
    "place ended": ("/dia-ban/{tuc_tranh}/?ngay=2026-01-01", "ended on 2025-07-01"),
    "place not yet there": ("/dia-ban/{vo_tranh}/?ngay=2024-01-01", "was not there on 2024-01-01"),
    "standard not found": ("/bo-tieu-chi/khong-co/", "khong-co"),
    "standard of another level": ("/dia-ban/{khe_coc}/{ADVANCED}/vi-sao/?ngay=2023-05-24", "level"),
    "measure not found": ("/dia-ban/{khe_coc}/so-do/khong-co/", "khong-co"),
    "standard out of time": ("/dia-ban/{khe_coc}/?ngay=2026-01-31&bo={MODEL}", "not in force"),
}


@pytest.mark.parametrize(
    ("path", "sentence"),
    [pytest.param(*case, id=name) for name, case in REFUSED.items()],
)
def test_what_cannot_be_shown_is_refused_in_english(
    english: Reader, demo: Any, names: list[str], path: str, sentence: str
) -> None:
    places = {
        **demo.places,
        "tuc_tranh": territory.resolve("xã Tức Tranh, Thái Nguyên").id,
        "vo_tranh": territory.resolve("mã:05641").id,
    }
    page = english(OFFICER, path.format(**places, MODEL=MODEL, ADVANCED=ADVANCED))
    expect(page.locator("main")).to_contain_text(sentence)
    assert vietnamese_in(page, names, typed=("31/02/2023", INSTRUMENT)) == []


def test_a_deed_not_permitted_stands_shut_with_an_english_sentence(
    english: Reader, demo: Any, names: list[str]
) -> None:
    page = english(HEAD, f"/dia-ban/{demo.places['khe_coc']}/{MODEL}/tieu-chi/1/?ngay=2023-05-24")
    page.locator("#cong-bo summary").click()
    expect(page.locator("#cong-bo .refusal")).to_contain_text("may not")
    assert vietnamese_in(page, names) == []


def test_a_bad_day_and_an_empty_name_of_a_new_hamlet_are_refused_in_english(
    english: Reader, demo: Any, names: list[str]
) -> None:
    commune = territory.resolve("mã:05641").id
    page = english(OFFICER, f"/dia-ban/{commune}/them/")
    assert vietnamese_in(page, names) == []
    page.locator("#o-name").evaluate("input => input.required = false")
    page.locator("#o-kind").select_option("xóm")
    page.locator("#o-from").fill("32/13/2023")
    page.locator("main form button").click()
    expect(page.get_by_role("alert")).to_contain_text("“32/13/2023” is not in the calendar")
    assert vietnamese_in(page, names, typed=("32/13/2023",)) == []
