"""The story generator on the two stories: each figure on record comes out with its mark, the rest as unknown.

The tables below hold every figure of both articles, those no record tells among them.
"""

import csv
import io
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from html import unescape
from typing import Any
from uuid import UUID

import pytest
from django.urls import reverse
from openpyxl import load_workbook
from pypdf import PdfReader
from pytest_django import DjangoDbBlocker

from chungtay.community.honours.models import Commendation
from chungtay.demo.joining import join_hands
from chungtay.figures import confirming
from chungtay.ledger import actions as ledger
from chungtay.ledger.counting import drain
from chungtay.ledger.queries import told_total
from chungtay.office.reports.story import record_address
from chungtay.recognition.models import Title
from chungtay.recognition.titles import queries as titles
from chungtay.recognition.titles.keeping import give_up
from chungtay.reports.stories import queries
from chungtay.reports.stories.facts import DONG, Fact, Of, Record, Span, Story, Subject, Text, Unit
from chungtay.reports.stories.sentences import HEADLINES, PARTS
from chungtay.reports.stories.wording import NO_DATA, mark_words, span_words, value_words
from chungtay.reports.stories.writing import Article, write

WRITTEN_AT = datetime.fromisoformat("2026-03-01T08:00:00+07:00")
TODAY = date(2026, 3, 1)
CEREMONY, END_OF_2022 = date(2023, 5, 24), date(2022, 12, 31)
LAST_DAY = {"khe_coc": CEREMONY}
PLACES = ("khe_coc", "tp_lang_son", "quang_lac", "hoang_dong", "cum_3")
ADVANCED, SMART = "standard-xa-ntm-nang-cao-2021-2025", "standard-xom-thong-minh-thai-nguyen"

# place, fact, figure in Vietnamese and in English, mark
ON_RECORD = [
    ("khe_coc", "households", "143 hộ", "143 households", "told"),
    ("khe_coc", "population", "508 nhân khẩu", "508 people", "told"),
    ("khe_coc", "income", "70,2 triệu đồng/người/năm", "70.2 million VND per person per year", "told"),
    ("khe_coc", "poor_households", "0 hộ nghèo", "0 poor households", "told"),
    ("khe_coc", "cultural_families", "100% số hộ", "100% of households", "told"),
    ("khe_coc", "streak", "8 năm liên tục", "8 years in a row", "told"),
    ("khe_coc", "culture_house", "có", "yes", "told"),
    ("khe_coc", "concrete_road", "4,3 km đường bê tông", "4.3 km of concrete road", "told"),
    ("khe_coc", "bright_road_share", "100% đường xóm, ngõ xóm", "100% of hamlet roads and lanes", "told"),
    ("khe_coc", "cameras", "7 camera", "7 cameras", "told"),
    ("khe_coc", "cameras_linked", "có", "yes", "told"),
    ("khe_coc", "fibre_share", "100% số hộ có cáp quang", "100% of households with fibre", "told"),
    ("khe_coc", "mobile_share", "100% số hộ có di động 4G/5G", "100% of households with 4G/5G", "told"),
    ("khe_coc", "map", "có", "yes", "told"),
    ("khe_coc", "democracy", "có", "yes", "told"),
    ("khe_coc", "groups", "2 hợp tác xã, tổ hợp tác", "2 co-operatives and groups", "told"),
    ("khe_coc", "growing_area", "có", "yes", "told"),
    ("khe_coc", "money", "8,6 tỷ đồng", "8.6 billion đồng", "told"),
    ("khe_coc", "money_people", "4,3 tỷ đồng", "4.3 billion đồng", "told"),
    ("khe_coc", "money_untold", "4,3 tỷ đồng", "4.3 billion đồng", "reconstructed"),
    ("khe_coc", "labour", "920 ngày công", "920 days of labour", "told"),
    ("khe_coc", "land", "5.300 m² đất", "5,300 m² of land", "told"),
    ("khe_coc", "decisions", "3 quyết định", "3 decisions", "reconstructed"),
    ("khe_coc", "road_km", "4,3 km đường", "4.3 km of road", "reconstructed"),
    ("khe_coc", "title-*-year", "2023", "2023", "told"),
    ("khe_coc", "title-*-by", "Chủ tịch UBND huyện Phú Lương", "Chủ tịch UBND huyện Phú Lương", "told"),
    ("khe_coc", "title-*-ceremony", "24/05/2023", "24 May 2023", "told"),
    ("khe_coc", f"{SMART}-whole", "đạt", "met", "told"),
    ("khe_coc", f"{SMART}-met", "1/7 tiêu chí", "1 of 7 criteria", "told"),
    ("khe_coc", "commended_year", "2023", "2023", "told"),
    ("tp_lang_son", "money_state", "hơn 195 tỷ đồng", "over 195 billion đồng", "told"),
    ("tp_lang_son", "money_social", "140,5 tỷ đồng", "140.5 billion đồng", "told"),
    ("tp_lang_son", "outreach_sessions", "hơn 100 cuộc mỗi năm", "over 100 sessions a year", "told"),
    (
        "tp_lang_son",
        "outreach_attendances",
        "hơn 10.000 lượt người mỗi năm",
        "over 10,000 attendances a year",
        "told",
    ),
    ("quang_lac", "money_state", "khoảng 6 tỷ đồng", "about 6 billion đồng", "told"),
    ("quang_lac", "money_cash", "132 triệu đồng", "132 million đồng", "told"),
    ("quang_lac", "labour", "hơn 1.000 ngày công", "over 1,000 days of labour", "told"),
    ("quang_lac", "outreach_sessions", "26 cuộc", "26 sessions", "told"),
    ("quang_lac", "outreach_attendances", "1.750 lượt người", "1,750 attendances", "told"),
    ("quang_lac", f"{ADVANCED}-stated_first", "13/19 tiêu chí", "13 of 19 criteria", "reconstructed"),
    (
        "quang_lac",
        f"{ADVANCED}-stated",
        "19/19 tiêu chí (cơ bản đạt)",
        "19 of 19 criteria (basically met)",
        "told",
    ),
    (
        "tp_lang_son",
        "below_areas",
        "ít nhất 19 thôn, khu dân cư",
        "at least 19 hamlets and areas",
        "reconstructed",
    ),
    ("tp_lang_son", "below_advanced", "ít nhất 2 xã", "at least 2 communes", "reconstructed"),
    ("quang_lac", "listing-*-due", "31/12/2022", "31 December 2022", "told"),
    ("hoang_dong", "to_build", "3 địa bàn", "3 places", "reconstructed"),
    ("cum_3", "share-*-rate", "2,5 triệu đồng", "2.5 million đồng", "told"),
    ("cum_3", "work-*-progress", "50%", "50%", "told"),
]

# what the articles tell and no record can answer, and what they do not tell either
UNTOLD = [
    ("khe_coc", "paved_share"),
    ("khe_coc", "group_members"),
    ("khe_coc", "group_area"),
    ("khe_coc", "coop_members"),
    ("khe_coc", "growing_code"),
    ("khe_coc", "money_state"),
    ("khe_coc", "labour_worth"),
    ("khe_coc", "land_worth"),
    ("khe_coc", "target"),
    ("khe_coc", "title-*-number"),
    ("khe_coc", "title-*-day"),
    ("khe_coc", "commendations"),
    ("tp_lang_son", "title"),
    ("tp_lang_son", "communes_standard"),
    ("tp_lang_son", "communes_advanced"),
    ("tp_lang_son", "training_sessions"),
    ("tp_lang_son", "money_enterprise"),
    ("tp_lang_son", "money_credit"),
    ("tp_lang_son", "target"),
    ("quang_lac", f"{ADVANCED}-met"),
    ("cum_3", "households"),
    ("cum_3", "money"),
]


@pytest.fixture(scope="module")
def _world(_world: Any, django_db_blocker: DjangoDbBlocker) -> Any:
    """The world of the stories, and in it what was decided, given and built."""
    with django_db_blocker.unblock():
        join_hands(_world.built, at=WRITTEN_AT, say=lambda _line: None)
    return _world


@pytest.fixture(scope="module")
def stories(_world: Any, django_db_blocker: DjangoDbBlocker) -> dict[str, Story]:
    with django_db_blocker.unblock():
        return {key: told(_world, key) for key in PLACES}


def told(demo: Any, key: str) -> Story:
    """The story of a place up to the day of its article."""
    last = LAST_DAY.get(key, END_OF_2022)
    return queries.story_of(demo.place(key), None, last, today=TODAY, seen_by=demo.post("đoàn kiểm tra"))


def fact_of(story: Story, code: str) -> Fact:
    (found,) = [each for each in story.facts if re.fullmatch(code.replace("*", r"\d+"), each.code)]
    return found


def text_of(article: Article) -> str:
    lines = [
        article.headline,
        *(line for each in article.sections for line in (*each.paragraphs, each.items)),
    ]
    return "\n".join("".join(piece.text for piece in line) for line in lines)


def page(response: Any) -> str:
    return unescape(re.sub(r"\s+", " ", response.content.decode()))


# What is told and what is not


@pytest.mark.parametrize(("place", "code", "vi", "en", "mark"), ON_RECORD, ids=lambda value: str(value)[:40])
def test_each_figure_on_record_is_told_in_both_languages_with_its_mark(
    stories: dict[str, Story], place: str, code: str, vi: str, en: str, mark: str
) -> None:
    story = stories[place]
    found = fact_of(story, code)
    assert (value_words(found, "vi"), value_words(found, "en"), found.mark) == (vi, en, mark)
    assert found.records, "a figure rests on records"
    for language in ("vi", "en"):
        article = write(story, language)
        assert found.code in {
            piece.code for part in article.sections for line in part.paragraphs for piece in line
        }
        paragraphs = [line for part in article.sections for line in part.paragraphs]
        (line,) = [line for line in paragraphs if any(p.code == found.code and p.is_figure for p in line)]
        words = "".join(piece.text for piece in line)
        assert mark_words(found.mark, language) in words
        if not isinstance(found.value, bool):
            assert value_words(found, language) in words


@pytest.mark.parametrize(("place", "code"), UNTOLD)
def test_each_figure_that_no_record_tells_is_said_to_be_unknown(
    stories: dict[str, Story], place: str, code: str
) -> None:
    found = fact_of(stories[place], code)
    assert found.value is None
    for language in ("vi", "en"):
        article = write(stories[place], language)
        assert value_words(found, language) == NO_DATA.in_(language)
        assert found.label.in_(language) in {piece.text for piece in article.sections[-1].items}


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("place", PLACES)
def test_every_number_of_an_article_comes_from_a_fact(
    stories: dict[str, Story], place: str, language: str
) -> None:
    story = stories[place]
    article, facts = write(story, language), story.by_code
    lines = [
        article.headline,
        *(line for each in article.sections for line in (*each.paragraphs, each.items)),
    ]
    numbers = 0
    for piece in (piece for line in lines for piece in line):
        if not piece.code:
            assert not re.search(r"\d", piece.text), piece
            continue
        fact = facts[piece.code]
        told = (value_words(fact, language), span_words(fact.as_of, language), fact.label.in_(language))
        allowed = [each[:1].upper() + each[1:] for each in told] + list(told)
        numbers += bool(re.search(r"\d", piece.text))
        assert piece.text in allowed or not re.search(r"\d", piece.text), piece
    assert numbers >= 2


def test_no_sentence_kept_by_hand_holds_a_figure() -> None:
    says = [*HEADLINES, *(each for part in PARTS for paragraph in part.paragraphs for each in paragraph)]
    templates = [words for each in says for text in each.alternatives for words in (text.vi, text.en)]
    assert len(templates) > 100
    assert [each for each in templates if re.search(r"\d", each)] == []
    for each in says:
        for text in each.alternatives:
            assert set(re.findall(r"\{!?([\w~]+)", text.vi)) == set(re.findall(r"\{!?([\w~]+)", text.en))


def test_an_article_says_a_place_as_it_was_and_as_it_is(stories: dict[str, Story]) -> None:
    article = text_of(write(stories["khe_coc"], "vi"))
    assert article.startswith("Xóm Khe Cốc: xóm đạt chuẩn nông thôn mới kiểu mẫu năm 2023\n")
    assert "huyện Phú Lương, tỉnh Thái Nguyên; nay là xóm Khe Cốc, xã Vô Tranh, tỉnh Thái Nguyên." in article
    assert (
        "Từ 01/01/2022 đến 24/05/2023, huy động được 8,6 tỷ đồng, trong đó người dân đóng góp 4,3 tỷ đồng"
        in article
    )
    assert "đây không phải là danh hiệu" in article


def test_a_listing_and_a_told_rank_are_told_and_being_listed_is_not_being_recognised(
    stories: dict[str, Story],
) -> None:
    article = text_of(write(stories["khe_coc"], "vi"))
    assert "Năm 2022, địa bàn vào danh sách xây dựng" in article
    assert "Tài liệu kể: “Xóm đầu tiên của huyện" in article
    assert "Tài liệu kể: “Thành phố có nhiều khu dân cư" in text_of(write(stories["tp_lang_son"], "vi"))
    assert fact_of(stories["cum_3"], "listing-*-year").value is not None
    assert fact_of(stories["cum_3"], "title").value is None


def test_a_title_given_up_is_told_with_its_end(demo: Any) -> None:
    (title,) = titles.titles(demo.place("khe_coc"), by=CEREMONY)
    give_up(
        by=demo.post("văn phòng Thái Nguyên"),
        at=WRITTEN_AT,
        title_id=title.id,
        on=TODAY,
        reason="Không giữ được",
        decided_by="Chủ tịch UBND xã Vô Tranh",
        source="Quyết định của xã",
    )
    story = queries.story_of(
        demo.place("khe_coc"), None, TODAY, today=TODAY, seen_by=demo.post("đoàn kiểm tra")
    )
    assert "Danh hiệu này đã được trả lại ngày 01/03/2026" in text_of(write(story, "vi"))


def test_a_figure_put_together_again_never_stands_in_a_headline(stories: dict[str, Story]) -> None:
    assert fact_of(stories["tp_lang_son"], "money").mark == "reconstructed"
    headline = "".join(piece.text for piece in write(stories["tp_lang_son"], "vi").headline)
    assert headline == "Thành phố Lạng Sơn xây dựng nông thôn mới"


# What is turned off


def test_a_figure_sent_back_leaves_the_article_and_is_said_to_be_unknown(
    demo: Any, stories: dict[str, Story]
) -> None:
    figure = int(fact_of(stories["khe_coc"], "cameras").records[0].ref)
    confirming.send_back(
        by=demo.post("cán bộ Vô Tranh"), at=WRITTEN_AT, figure_ids=[figure], reason="Đếm lại số camera"
    )
    turned_off(demo, "khe_coc", "cameras", "camera an ninh,")


def test_a_commendation_struck_out_leaves_the_article(demo: Any) -> None:
    Commendation.objects.update(struck_at=WRITTEN_AT)
    turned_off(demo, "khe_coc", "commended_year", "có khen thưởng")


def test_money_taken_back_leaves_the_article(demo: Any, stories: dict[str, Story]) -> None:
    (paper,) = [each for each in fact_of(stories["khe_coc"], "labour").records if each.kind == "told"]
    ledger.withdraw_told(
        by=demo.post("cán bộ Vô Tranh"),
        at=WRITTEN_AT,
        told_id=told_total(UUID(paper.ref)).id,
        reason="Giấy sai",
    )
    drain(at=WRITTEN_AT)
    turned_off(demo, "khe_coc", "labour", "Người dân góp")


def test_a_title_gone_from_the_record_leaves_headline_and_article(demo: Any) -> None:
    Title.objects.all().delete()
    story = turned_off(demo, "khe_coc", "title", "công nhận xóm Khe Cốc")
    assert "kiểu mẫu năm 2023" not in text_of(write(story, "vi"))


def turned_off(demo: Any, place: str, code: str, words: str) -> Story:
    """The story in which a fact is no longer known, and says so."""
    story = told(demo, place)
    found = fact_of(story, code)
    assert (found.value, found.records) == (None, ())
    article = write(story, "vi")
    assert words not in text_of(article)
    assert found.label.vi in {piece.text for piece in article.sections[-1].items}
    return story


def test_days_before_anything_was_known_make_a_story_without_figures(demo: Any) -> None:
    early = queries.story_of(
        demo.place("khe_coc"), None, date(2021, 12, 31), today=TODAY, seen_by=demo.post("đoàn kiểm tra")
    )
    known = {each.code for each in early.known}
    assert known <= {"place", "place_above", "place_today"}
    assert "143" not in text_of(write(early, "vi"))


def test_a_total_told_of_longer_days_is_not_told_of_shorter_ones(demo: Any) -> None:
    short = queries.story_of(
        demo.place("khe_coc"), date(2023, 1, 1), CEREMONY, today=TODAY, seen_by=demo.post("đoàn kiểm tra")
    )
    money = fact_of(short, "money")
    assert (value_words(money, "vi"), money.mark, span_words(money.as_of, "vi")) == (
        "khoảng 140 triệu đồng",  # what the records of 2023 sum to, all of it put together again
        "reconstructed",
        "năm 2023",
    )


# Words


def made(**more: Any) -> Fact:
    fact = Fact("x", Subject.PLACE, Text("X", "X"), Text("", ""))
    return replace(fact, **more)


@pytest.mark.parametrize(
    ("more", "vi", "en"),
    [
        ({"value": 1_234_567, "unit": DONG}, "1.234.567 đồng", "1,234,567 đồng"),
        ({"value": 140_500_000_000, "unit": DONG}, "140,5 tỷ đồng", "140.5 billion đồng"),
        ({"value": 8_600_100_000, "unit": DONG}, "8.600,1 triệu đồng", "8,600.1 million đồng"),
        ({"value": 1, "unit": Unit("hộ", "households", "household")}, "1 hộ", "1 household"),
        ({"value": Of(15, 19, 3)}, "15/19 (trong đó 3 cơ bản đạt)", "15 of 19 (3 of them basically met)"),
        ({"value": 5, "qualifier": "at_least"}, "ít nhất 5", "at least 5"),
        ({"value": False}, "không", "no"),
        ({"value": None, "unit": DONG}, "chưa có số liệu", "no data yet"),
    ],
)
def test_a_figure_is_written_exactly_in_either_language(more: dict[str, Any], vi: str, en: str) -> None:
    assert (value_words(made(**more), "vi"), value_words(made(**more), "en")) == (vi, en)


@pytest.mark.parametrize(
    ("span", "vi", "en"),
    [
        (Span.years(2018, 2022), "các năm 2018–2022", "in 2018–2022"),
        (Span.years(2022, 2022), "năm 2022", "in 2022"),
        (Span.day(CEREMONY), "ngày 24/05/2023", "on 24 May 2023"),
        (Span(None, CEREMONY), "đến 24/05/2023", "up to 24 May 2023"),
        (Span(CEREMONY, None), "từ 24/05/2023", "since 24 May 2023"),
        (Span(), "", ""),
    ],
)
def test_days_are_written_as_people_say_them(span: Span, vi: str, en: str) -> None:
    assert (span_words(span, "vi"), span_words(span, "en")) == (vi, en)


# Cost


def test_a_story_asks_a_bounded_number_of_queries(demo: Any, queries_of: Callable[..., int]) -> None:
    before = queries_of(lambda: told(demo, "khe_coc"))
    for n in range(3):
        demo.record("security_cameras", str(8 + n), at=WRITTEN_AT + timedelta(minutes=n))
    assert queries_of(lambda: told(demo, "khe_coc")) == before <= 80


# Screens and files


def test_the_article_is_read_with_every_figure_a_link_that_leads_to_its_records(
    demo: Any, stories: dict[str, Story]
) -> None:
    client, here = demo.visit("cán bộ Vô Tranh"), f"/dia-ban/{demo.place('khe_coc')}/bai-viet/"
    shown = client.get(here, {"den": "24/05/2023"}).content.decode()
    links = re.findall(r'<a[^>]* href="([^"]+)">143 hộ</a>', shown)
    assert links == [f"{here}so-lieu/households/?den=2023-05-24&amp;tieng=vi"]
    why = page(client.get(unescape(links[0])))
    assert "143 hộ" in why and "theo tài liệu" in why and "Bài viết về lễ đón bằng công nhận" in why
    assert 'href="/so-lieu/' in why
    addresses = {
        record_address(stories[key], record)
        for key in ("khe_coc", "quang_lac")
        for fact in stories[key].known
        for record in fact.records
    }
    kinds = {address.split("/")[1] for address in addresses}
    assert {"dia-ban", "so-lieu", "theo-tai-lieu", "cong-khai", "cong-trinh"} <= kinds
    sample = {re.sub(r"\d+|[0-9a-f-]{36}", "…", address.split("?")[0]): address for address in addresses}
    for address in sample.values():
        assert client.get(address).status_code == 200, address


def test_a_figure_nobody_knows_has_a_page_that_says_so_and_one_never_asked_has_none(demo: Any) -> None:
    client, here = demo.visit("cán bộ Vô Tranh"), f"/dia-ban/{demo.place('khe_coc')}/bai-viet/so-lieu/"
    assert "chưa có số liệu, không đoán" in page(client.get(f"{here}coop_members/"))
    assert client.get(f"{here}khong-co/").status_code == 404


def test_the_fact_sheet_lists_what_is_known_and_what_is_missing_in_english_too(demo: Any) -> None:
    client = demo.visit("cán bộ Quảng Lạc")
    address = f"/dia-ban/{demo.place('quang_lac')}/bai-viet/so-lieu/"
    shown = page(client.get(address, {"den": "31/12/2022", "tieng": "en"}))
    assert "over 1,000 days of labour" in shown and "told by a document" in shown
    assert re.search(r'id="con-thieu">No data yet</h2><ul[^>]*><li><a [^>]*>Households</a>', shown)


@pytest.mark.parametrize(
    ("days", "said"),
    [
        ({"den": "31/02/2023"}, "không có trong lịch"),
        ({"tu": "01/01/2023", "den": "01/01/2022"}, "Ngày đầu đứng sau ngày cuối"),
        ({"den": "01/01/2099"}, "Ngày cuối còn ở phía trước"),
    ],
)
def test_days_that_cannot_be_are_told_and_kept_as_typed(demo: Any, days: dict[str, str], said: str) -> None:
    client, here = demo.visit("cán bộ Vô Tranh"), f"/dia-ban/{demo.place('khe_coc')}/bai-viet/"
    answer = client.get(here, days)
    assert answer.status_code == 422
    assert said in page(answer) and f'value="{days["den"]}"' in page(answer)
    assert client.get(f"{here}bai.pdf", days).status_code == 422


def test_the_article_leaves_as_text_word_and_pdf_with_numbered_notes(demo: Any) -> None:
    client, here = demo.visit("cán bộ Vô Tranh"), f"/dia-ban/{demo.place('khe_coc')}/bai-viet/"
    text = client.get(f"{here}bai.txt", {"den": "2023-05-24", "tieng": "en"}).content.decode()
    (number,) = set(re.findall(r"143 households \[(\d+)\]", text))
    (note,) = re.findall(rf"^\[{number}\] Households: (\S+)$", text, re.MULTILINE)
    assert note.startswith("http://testserver/") and "/so-lieu/households/?den=2023-05-24&tieng=en" in note
    pdf = PdfReader(io.BytesIO(client.get(f"{here}bai.pdf", {"den": "2023-05-24"}).content))
    words = re.sub(r"\s+", " ", "".join(each.extract_text() for each in pdf.pages))
    assert "143 hộ [" in words and "Bản thảo do hệ thống ghép từ số liệu" in words
    assert client.get(f"{here}bai.docx", {"den": "2023-05-24"}).content[:2] == b"PK"
    assert client.get(f"{here}bai.odt").status_code == 404


def test_the_fact_sheet_leaves_as_table_and_paper(demo: Any) -> None:
    client, here = demo.visit("cán bộ Vô Tranh"), f"/dia-ban/{demo.place('khe_coc')}/bai-viet/"
    asked = {"den": "2023-05-24"}
    rows = list(csv.reader(client.get(f"{here}so-lieu.csv", asked).content.decode("utf-8-sig").splitlines()))
    households = next(row for row in rows if row and row[0] == "Số hộ")
    assert households[1:4] == ["143 hộ", "theo tài liệu", "ngày 24/05/2023"]
    assert households[5].startswith("http://testserver/dia-ban/")
    assert ["Mã vùng trồng", "chưa có số liệu"] in [row[:2] for row in rows]
    book = load_workbook(io.BytesIO(client.get(f"{here}so-lieu.xlsx", asked).content))
    assert "143 hộ" in {cell.value for row in book.worksheets[0].iter_rows() for cell in row}
    for form, start in (("pdf", b"%PDF"), ("docx", b"PK")):
        assert client.get(f"{here}so-lieu.{form}", asked).content.startswith(start)


def test_a_story_is_for_officers_and_has_its_room(demo: Any, client: Any) -> None:
    place = demo.place("khe_coc")
    address = reverse("office:story", args=[place])
    assert client.get(address)["Location"].startswith("/dang-nhap/")
    assert demo.visit("người dân").get(address).status_code == 403
    assert f'href="{address}"' in demo.visit("trưởng xóm Khe Cốc").get(f"/dia-ban/{place}/").content.decode()


def test_a_record_of_a_kind_without_a_page_of_its_own_leads_to_its_place(stories: dict[str, Story]) -> None:
    record = Record("titles_below", "7/2023-05-24", Text("", ""))
    assert record_address(stories["khe_coc"], record) == "/dia-ban/7/?ngay=2023-05-24"
