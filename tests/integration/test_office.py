"""The officers' screens, asked without a browser: who sees what, what a wrong address or a wrong figure is answered."""

import csv
import io
import re
import uuid
from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from html import unescape
from typing import Any

import pytest
from django.test import Client

from chungtay.figures import queries as figures
from chungtay.figures.actions import state_verdict
from chungtay.figures.models import Assessment, Observation, StatedVerdict
from chungtay.standards import queries as standards
from rulebook import StatedGrade

MODEL, SMART, ADVANCED = (
    "xom-kieu-mau-thai-nguyen",
    "xom-thong-minh-thai-nguyen",
    "xa-ntm-nang-cao-2021-2025",
)
CEREMONY = date(2023, 5, 24)
DAY = "?ngay=24/05/2023"
PERSONAS = [
    "trưởng xóm Khe Cốc",
    "cán bộ Vô Tranh",
    "cán bộ Quảng Lạc",
    "văn phòng Thái Nguyên",
    "đoàn kiểm tra",
]


@pytest.fixture
def head(demo: Any) -> Client:
    return demo.visit("trưởng xóm Khe Cốc")  # type: ignore[no-any-return]


@pytest.fixture
def officer(demo: Any) -> Client:
    return demo.visit("cán bộ Vô Tranh")  # type: ignore[no-any-return]


@pytest.fixture
def khe_coc(demo: Any) -> str:
    """The address of xóm Khe Cốc."""
    return f"/dia-ban/{demo.place('khe_coc')}/"


def pages(demo: Any) -> Iterator[str]:
    """One address of every kind of page."""
    khe_coc, quang_lac = f"/dia-ban/{demo.place('khe_coc')}/", f"/dia-ban/{demo.place('quang_lac')}/"
    frozen = Assessment.objects.order_by("pk").first()
    yield from (
        "/",
        "/dia-ban/",
        "/dia-ban/?tim=quang+lac&cap=commune&ngay=2022-01-01",
        "/dia-ban.csv?tim=khe",
    )
    yield from ("/bo-tieu-chi/", f"/bo-tieu-chi/{MODEL}/", f"/bo-tieu-chi/{ADVANCED}/?ngay=2023-01-01")
    yield from (
        khe_coc,
        khe_coc + DAY,
        f"{khe_coc}{DAY}&bo={SMART}",
        quang_lac,
        quang_lac + "?ngay=2022-11-30",
    )
    for code, day, place, criterion, indicator in (
        (MODEL, DAY, khe_coc, "4", "4.2"),
        (SMART, DAY, khe_coc, "3", "3.1"),
        (ADVANCED, "?ngay=2022-11-30", quang_lac, "13", "DK1"),
    ):
        yield f"{place}{code}.csv{day}"
        yield f"{place}{code}/vi-sao/{day}"
        yield f"{place}{code}/vi-sao/{indicator}/{day}"
        yield f"{place}{code}/tieu-chi/{criterion}/{day}"
        yield f"{place}{code}/tieu-chi/{criterion}/nhap/{day}"
    yield f"{khe_coc}so-do/households/"
    yield f"{khe_coc}so-do/lit_main_roads_share/"
    if frozen:
        yield f"/danh-gia/{frozen.pk}/"


def text_of(answer: Any) -> str:
    """What a person reads, with the marks of the page taken away."""
    return unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode())))


def field(answer: Any, name: str) -> str:
    """The markup of one input with its label, hint and errors."""
    page: str = answer.content.decode()
    (found,) = [part for part in re.split(r'<div class="field', page)[1:] if f'name="{name}"' in part]
    return unescape(found.split("</div>\n</div>")[0])


def freeze(client: Client, khe_coc: str, **sent: str) -> Any:
    return client.post(f"{khe_coc}{MODEL}/chot/{DAY}", {"purpose": "Tự đánh giá", **sent})


# Who sees what


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("persona", PERSONAS)
def test_every_page_answers_every_persona_in_both_languages(
    demo: Any, officer: Client, khe_coc: str, persona: str, language: str
) -> None:
    freeze(officer, khe_coc)
    client = demo.visit(persona, language=language)
    for address in pages(demo):
        answer = client.get(address)
        assert answer.status_code == 200, address
        assert answer["Content-Language"] == language, address


def test_a_stranger_is_sent_to_sign_in_and_from_there_to_where_he_wanted(demo: Any, client: Client) -> None:
    for address in pages(demo):
        if address == "/":  # where everybody arrives: a stranger sees the country, see test_portal
            continue
        answer = client.get(address)
        assert answer.status_code == 302, address
        assert answer["Location"].startswith("/dang-nhap/?next=/"), address
    assert client.get("/dang-nhap/").status_code == 200


@pytest.mark.parametrize("path", ["chot/", "tieu-chi/6/nhap/", "tieu-chi/6/thu/", "tieu-chi/6/cong-bo/"])
def test_a_stranger_writes_nothing(
    khe_coc: str, client: Client, unchanged: Callable[..., Any], path: str
) -> None:
    with unchanged():
        answer = client.post(f"{khe_coc}{MODEL}/{path}", {"poor_households": "1", "period": "2023"})
    assert (answer.status_code, answer["Location"][:12]) == (302, "/dang-nhap/?")


def test_a_wrong_password_is_answered_with_a_sentence(demo: Any, client: Client) -> None:
    answer = client.post("/dang-nhap/", {"login": "truongxom.khecoc", "password": "sai"})
    assert answer.status_code == 200
    assert "Tên đăng nhập hoặc mật khẩu không đúng" in text_of(answer)


def test_an_account_without_a_post_is_told_what_to_do(demo: Any, client: Client) -> None:
    user = demo.post("trưởng xóm Khe Cốc").user
    user.posts.all().delete()
    client.force_login(user)
    answer = client.get("/")
    assert answer.status_code == 200
    assert "hãy nhờ Ủy ban nhân dân xã giao chức danh" in text_of(answer)


def test_signing_out_closes_the_door(head: Client) -> None:
    assert head.post("/dang-xuat/").status_code == 302
    assert head.get("/dia-ban/").status_code == 302


@pytest.mark.parametrize(
    ("persona", "place"),
    [
        ("trưởng xóm Khe Cốc", "xóm Khe Cốc"),
        ("cán bộ Vô Tranh", "xã Vô Tranh"),
        ("cán bộ Quảng Lạc", "xã Quảng Lạc"),
        ("đoàn kiểm tra", "Cả nước"),
    ],
)
def test_each_starts_at_the_place_of_the_post(demo: Any, persona: str, place: str) -> None:
    assert f"<h1>{place}</h1>" in demo.visit(persona).get("/").content.decode()


@pytest.mark.parametrize("persona", ["cán bộ Quảng Lạc", "đoàn kiểm tra"])
def test_a_shut_button_says_why_and_the_door_behind_it_is_shut_too(
    demo: Any, khe_coc: str, unchanged: Callable[..., Any], persona: str
) -> None:
    client = demo.visit(persona)
    address = f"{khe_coc}{MODEL}/tieu-chi/6/nhap/{DAY}"
    told = re.search(r"Chức danh “[^”]+” (chỉ được|không được) ghi số liệu", text_of(client.get(address)))
    assert told
    with unchanged():
        answer = client.post(address, {"poor_households": "1", "period": "2023"})
    assert answer.status_code == 403
    assert told[0] in text_of(answer)


@pytest.mark.parametrize("persona", ["trưởng xóm Khe Cốc", "cán bộ Quảng Lạc", "đoàn kiểm tra"])
def test_who_may_not_freeze_or_state_is_refused_with_the_sentence(
    demo: Any, khe_coc: str, unchanged: Callable[..., Any], persona: str
) -> None:
    client = demo.visit(persona)
    with unchanged():
        frozen = freeze(client, khe_coc)
        stated = client.post(
            f"{khe_coc}{MODEL}/tieu-chi/1/cong-bo/", {"grade": "met", "on": "2023-05-24", "source": "Báo cáo"}
        )
    for answer in (frozen, stated):
        assert answer.status_code == 403
        assert "Chức danh “" in text_of(answer)


# Wrong addresses


@pytest.mark.parametrize(
    "address",
    [
        "/dia-ban/0/",
        "/dia-ban/999999/",
        f"/dia-ban/{10**30}/",
        f"/dia-ban/999999/{MODEL}/vi-sao/",
        "/danh-gia/999999/",
        f"/danh-gia/{10**30}/",
        "/bo-tieu-chi/xa-ntm-1999/",
        "/khong-co-trang-nay/",
        "KHE_COC/xa-ntm-1999/vi-sao/" + DAY,
        "KHE_COC/xa-ntm-1999.csv" + DAY,
        f"KHE_COC/{MODEL}/vi-sao/9.9/" + DAY,
        f"KHE_COC/{MODEL}/tieu-chi/77/" + DAY,
        f"KHE_COC/{MODEL}/tieu-chi/77/nhap/" + DAY,
        "KHE_COC/so-do/no_such_measure/",
        f"KHE_COC/{MODEL}/vi-sao/{DAY}&luat=9999",
        f"/bo-tieu-chi/{MODEL}/?phien-ban=9999",
    ],
)
def test_what_is_not_there_is_answered_with_a_calm_page(head: Client, khe_coc: str, address: str) -> None:
    answer = head.get(address.replace("KHE_COC/", khe_coc))
    assert answer.status_code == 404
    page = text_of(answer)
    assert "Không có" in page and "Về" in page
    assert "Traceback" not in page


@pytest.mark.parametrize(
    "typed", ["hôm qua", "31/02/2023", "05/24/2023", "2023", "24/05/23", "٢٤/٠٥/٢٠٢٣", "1e5"]
)
@pytest.mark.parametrize(
    "path", ["", f"{MODEL}/vi-sao/", f"{MODEL}/tieu-chi/6/", f"{MODEL}/tieu-chi/6/nhap/", f"{MODEL}.csv"]
)
def test_a_day_that_is_none_is_answered_with_a_sentence(
    head: Client, khe_coc: str, path: str, typed: str
) -> None:
    answer = head.get(f"{khe_coc}{path}", {"ngay": typed})
    assert answer.status_code == 422
    assert f"“{typed}”" in text_of(answer)


@pytest.mark.parametrize("typed", ["01/01/0001", "31/12/9999"])
def test_a_day_at_the_end_of_the_calendar_is_answered(head: Client, khe_coc: str, typed: str) -> None:
    for path in ("", f"{MODEL}/vi-sao/", f"{MODEL}/tieu-chi/6/", "so-do/households/"):
        assert head.get(f"{khe_coc}{path}", {"ngay": typed}).status_code in (200, 422)


def test_a_day_on_which_the_place_does_not_live_is_answered_with_a_sentence(demo: Any, head: Client) -> None:
    answer = head.get(f"/dia-ban/{demo.place('quang_lac')}/?ngay=01/07/2025")
    assert answer.status_code == 422
    assert "Xã Quảng Lạc không còn từ ngày 01/07/2025" in text_of(answer)


def test_a_standard_of_another_level_is_answered_with_a_sentence(head: Client, khe_coc: str) -> None:
    for path in (f"{DAY}&bo={ADVANCED}", f"{ADVANCED}/vi-sao/{DAY}", f"{ADVANCED}/tieu-chi/2/nhap/{DAY}"):
        answer = head.get(khe_coc + path)
        assert answer.status_code == 422
        assert "không dùng cho" in text_of(answer)


@pytest.mark.parametrize(
    "query", ["tim=%00", "tim=' OR 1=1 --", "tim=%25_%25", "trang=0", "trang=99999", "trang=x", "cap=planet"]
)
def test_odd_searches_are_answered(head: Client, query: str) -> None:
    assert head.get(f"/dia-ban/?{query}").status_code == 200


@pytest.mark.parametrize("path", ["chot/", "tieu-chi/6/thu/", "tieu-chi/6/cong-bo/"])
def test_an_address_that_only_writes_refuses_to_be_read(head: Client, khe_coc: str, path: str) -> None:
    assert head.get(f"{khe_coc}{MODEL}/{path}").status_code == 405


# The page of a place


def test_three_facts_stand_apart_on_the_page_of_khe_coc(head: Client, khe_coc: str) -> None:
    page = text_of(head.get(khe_coc + DAY))
    recognised, measured, stated = (
        page.index("Được công nhận"),
        page.index("Đạt theo số liệu"),
        page.index("Theo công bố"),
    )
    assert "Chủ tịch UBND huyện Phú Lương; số quyết định chưa rõ" in page[recognised:measured].replace(
        " ;", ";"
    )
    assert "3/9 tiêu chí" in page[measured:stated]
    assert "Chưa có kết quả công bố nào" in page[stated:]


def test_quang_lac_shows_the_stated_count_with_the_measured_one_beside(demo: Any) -> None:
    client = demo.visit("cán bộ Quảng Lạc")
    address = f"/dia-ban/{demo.place('quang_lac')}/?bo={ADVANCED}&ngay="
    start, end = (text_of(client.get(address + day)) for day in ("2022-01-01", "2022-11-30"))
    assert "13/19 tiêu chí" in start and "(dựng lại)" in start
    assert "19/19 tiêu chí" in end and "19 cơ bản đạt" in end
    assert all("Chưa xét được tiêu chí nào trong 19 tiêu chí" in page for page in (start, end))


def test_a_sample_set_is_called_so_on_the_page(head: Client, khe_coc: str) -> None:
    assert "bộ mẫu" in text_of(head.get(f"{khe_coc}{MODEL}/vi-sao/{DAY}"))


def test_a_place_that_is_no_more_leads_to_what_followed(demo: Any, head: Client) -> None:
    page = text_of(head.get(f"/dia-ban/{demo.place('quang_lac')}/"))
    assert "không còn từ 01/07/2025" in page and "Nay là:" in page


# Entering figures


def enter(client: Client, khe_coc: str, criterion: str = "6", **sent: str) -> Any:
    given = {"period": "24/05/2023", "source": "Sổ của xóm", **sent}
    return client.post(f"{khe_coc}{MODEL}/tieu-chi/{criterion}/nhap/{DAY}", given, follow=False)


def test_saving_a_figure_leads_back_to_the_criterion_and_says_what_changed(
    head: Client, khe_coc: str, demo: Any
) -> None:
    answer = enter(head, khe_coc, poor_households="2")
    assert (answer.status_code, answer["Location"]) == (302, f"{khe_coc}{MODEL}/tieu-chi/6/?ngay=2023-05-24")
    assert "Đã ghi 1 số liệu. Tiêu chí 6: từ “đạt” thành “chưa đạt”" in text_of(head.get(answer["Location"]))
    row = figures.history(demo.place("khe_coc"), "poor_households")[0]
    assert (row.value, row.source, row.by) == (Decimal(2), "Sổ của xóm", "Trưởng xóm · xóm Khe Cốc")


@pytest.mark.parametrize(
    ("typed", "start", "end"),
    [
        ("31/12/2022", date(2022, 12, 31), date(2022, 12, 31)),
        ("2022-12-31", date(2022, 12, 31), date(2022, 12, 31)),
        ("2022", date(2022, 1, 1), date(2022, 12, 31)),
    ],
)
def test_the_period_is_read_in_either_order_or_as_a_year(
    head: Client, khe_coc: str, typed: str, start: date, end: date
) -> None:
    enter(head, khe_coc, period=typed, poor_households="2")
    row = Observation.objects.filter(measure_id="poor_households").latest("pk")
    assert (row.period_start, row.period_end) == (start, end)


def test_one_bad_figure_saves_nothing_keeps_all_that_was_typed_and_speaks_at_its_field(
    head: Client, khe_coc: str, unchanged: Callable[..., Any]
) -> None:
    with unchanged():
        answer = enter(
            head,
            khe_coc,
            "8",
            waste_collected_share="95,5",
            clean_or_hygienic_water_share="150",
            hygienic_toilets_pens_share="abc",
        )
    assert answer.status_code == 422
    assert 'value="95,5"' in field(answer, "waste_collected_share")
    water, toilets = (
        field(answer, "clean_or_hygienic_water_share"),
        field(answer, "hygienic_toilets_pens_share"),
    )
    assert 'value="150"' in water and "150% vượt quá 100%" in water and "Hãy xem lại" in water
    assert 'value="abc"' in toilets and "“abc” không phải là một con số" in toilets
    assert "vượt quá" not in field(answer, "waste_collected_share")
    assert 'value="24/05/2023"' in field(answer, "period") and 'value="Sổ của xóm"' in field(answer, "source")


@pytest.mark.parametrize(
    ("name", "typed", "sentence"),
    [
        ("period", "05/24/2023", "tháng 24"),
        ("period", "31/02/2023", "không có trong lịch"),
        ("period", "0000", "Năm không đúng"),
        ("period", "", "không phải là một ngày"),
        ("period", "2090", "sau hôm nay"),
        ("source", "x" * 301, "quá 300"),
        ("poor_households", "1.23", "phải là số nguyên"),
        ("poor_households", "-1", "không thể âm"),
        ("poor_households", "2 người", "không phải là đơn vị"),
    ],
)
def test_each_wrong_entry_speaks_at_its_own_field_and_stays_as_typed(
    head: Client, khe_coc: str, unchanged: Callable[..., Any], name: str, typed: str, sentence: str
) -> None:
    with unchanged():
        answer = enter(head, khe_coc, **({"poor_households": "2"} | {name: typed}))
    assert answer.status_code == 422
    assert sentence in field(answer, name)
    assert f'value="{typed}"' in field(answer, name)


def test_a_choice_that_was_made_stays_made_when_another_field_is_wrong(head: Client, khe_coc: str) -> None:
    answer = enter(head, khe_coc, "4", culture_house_equipped="không", cultural_families_share="101")
    assert answer.status_code == 422
    assert re.search(r'<option value="không" selected>', field(answer, "culture_house_equipped"))


def test_an_empty_form_is_answered_with_a_sentence(
    head: Client, khe_coc: str, unchanged: Callable[..., Any]
) -> None:
    with unchanged():
        answer = enter(head, khe_coc)
    assert answer.status_code == 422
    assert "Hãy nhập ít nhất một ô" in field(answer, "poor_households")


@pytest.mark.parametrize(("place", "code"), [("khe_coc", MODEL), ("khe_coc", SMART), ("quang_lac", ADVANCED)])
def test_every_criterion_of_every_set_can_be_opened_for_entry_and_sent_empty(
    demo: Any, place: str, code: str
) -> None:
    client = demo.visit("trưởng xóm Khe Cốc" if place == "khe_coc" else "cán bộ Quảng Lạc")
    for criterion in standards.adopted(code).standard.criteria:
        address = f"/dia-ban/{demo.place(place)}/{code}/tieu-chi/{criterion.number}/nhap/?ngay=2022-11-30"
        assert client.get(address).status_code == 200, criterion.number
        assert client.post(address, {"period": "2022"}).status_code == 422, criterion.number


def test_what_is_typed_is_shown_as_text_and_never_as_markup(head: Client, khe_coc: str) -> None:
    answer = enter(head, khe_coc, poor_households='"><script>x</script>', source="<b>đậm</b>")
    assert answer.status_code == 422
    assert "<script>x" not in answer.content.decode() and "<b>đậm" not in answer.content.decode()


def test_sending_the_same_form_twice_is_once(
    head: Client, khe_coc: str, unchanged: Callable[..., Any]
) -> None:
    enter(head, khe_coc, poor_households="2")
    before = Observation.objects.count()
    assert enter(head, khe_coc, poor_households="2").status_code == 302
    assert Observation.objects.count() == before


def test_the_previous_value_stands_beside_the_input(head: Client, khe_coc: str) -> None:
    shown = field(head.get(f"{khe_coc}{MODEL}/tieu-chi/6/nhap/{DAY}"), "poor_households")
    assert re.search(r"trước đó: <b>0 hộ \(24/05/2023\)</b>", shown)


# The preview


def preview(client: Client, khe_coc: str, **sent: str) -> Any:
    given = {"period": "24/05/2023", **sent}
    return client.post(f"{khe_coc}{MODEL}/tieu-chi/6/thu/{DAY}", given, headers={"HX-Request": "true"})


def test_the_preview_shows_what_would_be_and_saves_nothing(
    head: Client, khe_coc: str, unchanged: Callable[..., Any]
) -> None:
    with unchanged():
        answer = preview(head, khe_coc, poor_households="2")
    page = text_of(answer)
    assert answer.status_code == 200
    assert "Nếu lưu, kết quả sẽ là" in page and "trước đó" in page
    assert "<html" not in answer.content.decode()


def test_the_preview_of_nothing_typed_shows_the_verdict_of_today(head: Client, khe_coc: str) -> None:
    assert "Kết quả hiện nay" in text_of(preview(head, khe_coc))


def test_the_preview_of_a_wrong_figure_says_what_is_wrong(
    head: Client, khe_coc: str, unchanged: Callable[..., Any]
) -> None:
    with unchanged():
        page = text_of(preview(head, khe_coc, poor_households="-2", period="hôm qua"))
    assert "không phải là một ngày" in page
    assert "không thể âm" in text_of(preview(head, khe_coc, poor_households="-2"))


# Frozen assessments


def test_freezing_shows_the_page_of_what_was_frozen(officer: Client, khe_coc: str) -> None:
    answer = freeze(officer, khe_coc)
    page = text_of(officer.get(answer["Location"]))
    assert "3/9 tiêu chí đạt theo số liệu" in page
    assert "xóm Khe Cốc, xã Tức Tranh, huyện Phú Lương, tỉnh Thái Nguyên" in page


def test_the_list_of_what_was_frozen_names_the_standard_and_its_years(officer: Client, khe_coc: str) -> None:
    freeze(officer, khe_coc)
    listed = text_of(officer.get(khe_coc)).partition("Bản đánh giá đã chốt")[2]
    view = standards.adopted(MODEL).view
    assert f"{view.name.vi}, {view.years.vi}" in listed.partition("Mục đích")[0]
    assert MODEL not in listed


def test_a_period_that_cannot_be_read_is_told_that_a_year_will_do(head: Client, khe_coc: str) -> None:
    answer = enter(head, khe_coc, period="hôm nào", poor_households="1")
    assert "Cũng có thể chỉ ghi một năm, ví dụ 2023." in text_of(answer)


def test_a_flag_is_asked_for_in_words_of_its_own(head: Client, khe_coc: str) -> None:
    form = text_of(head.get(f"{khe_coc}{MODEL}/tieu-chi/4/nhap/{DAY}"))
    assert "Cần có" in form
    assert "Mức đạt: có" not in form
    assert "(mức đạt: có)" not in text_of(head.get(f"{khe_coc}{DAY}"))


def test_old_figures_are_called_so_on_the_page_of_the_criterion(head: Client, khe_coc: str) -> None:
    page = f"{khe_coc}{MODEL}/tieu-chi/5/?ngay="
    assert "Số liệu đã" not in text_of(head.get(page + "2025-05-23"))
    assert "Số liệu đã 2 năm." in text_of(head.get(page + "2025-05-24"))


def test_freezing_twice_with_one_uid_is_once(officer: Client, khe_coc: str) -> None:
    uid = str(uuid.uuid4())
    first, second = (freeze(officer, khe_coc, uid=uid) for _ in range(2))
    assert first["Location"] == second["Location"]
    assert Assessment.objects.count() == 1


def test_the_form_carries_its_own_uid_and_the_version_looked_at(officer: Client, khe_coc: str) -> None:
    shown = [officer.get(khe_coc + DAY).content.decode() for _ in range(2)]
    uids = {uid for page in shown for uid in re.findall(r'name="uid" value="([0-9a-f-]{36})"', page)}
    assert len(uids) == 2
    assert '<input type="hidden" name="luat" value="sample-1">' in shown[0]


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"uid": "không phải mã"}, "Mã gửi không đúng dạng"),
        ({"purpose": "  "}, "Hãy ghi mục đích"),
        ({"purpose": "x" * 201}, "quá 200"),
        ({"luat": "9999"}, "không có phiên bản"),
    ],
)
def test_a_freeze_that_cannot_be_is_refused_with_a_sentence(
    officer: Client, khe_coc: str, unchanged: Callable[..., Any], sent: dict[str, str], sentence: str
) -> None:
    with unchanged():
        answer = freeze(officer, khe_coc, **sent)
    assert answer.status_code in (404, 422)
    assert sentence in text_of(answer)


def test_a_freeze_for_a_day_to_come_is_refused(officer: Client, khe_coc: str) -> None:
    answer = officer.post(f"{khe_coc}{MODEL}/chot/?ngay=2099-01-01", {"purpose": "Tự đánh giá"})
    assert answer.status_code == 422
    assert "chưa đến" in text_of(answer)


def test_a_tampered_assessment_warns_whoever_reads_it(officer: Client, khe_coc: str) -> None:
    address = freeze(officer, khe_coc)["Location"]
    assert "đã bị sửa ngoài hệ thống" not in text_of(officer.get(address))
    Assessment.objects.update(purpose="Hồ sơ khác")
    assert "đã bị sửa ngoài hệ thống" in text_of(officer.get(address))


# Stated verdicts


def state(demo: Any, **sent: str) -> Any:
    given = {"grade": "basically_met", "on": "31/12/2022", "source": "Báo cáo của xã", **sent}
    address = f"/dia-ban/{demo.place('quang_lac')}/{ADVANCED}/tieu-chi/2/cong-bo/?ngay=2022-12-31"
    return demo.visit("cán bộ Quảng Lạc").post(address, given)


def test_a_stated_verdict_is_recorded_and_stands_beside_the_measured_one(demo: Any) -> None:
    answer = state(demo)
    row = StatedVerdict.objects.latest("pk")
    assert (row.kind, row.code, row.grade, row.on) == ("criterion", "2", "basically_met", date(2022, 12, 31))
    page = text_of(demo.visit("cán bộ Quảng Lạc").get(answer["Location"]))
    assert "cơ bản đạt" in page and "Báo cáo của xã" in page
    judged = figures.judge_place(demo.place("quang_lac"), ADVANCED, on=date(2022, 12, 31))
    assert judged.counts.unknown == 19


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"grade": ""}, "Hãy chọn một kết quả"),
        ({"grade": "excellent"}, "Hãy chọn một kết quả"),
        ({"on": "hôm qua"}, "không phải là một ngày"),
        ({"on": "01/07/2025"}, "không còn từ 01/07/2025"),
        ({"source": ""}, "Hãy ghi rõ nguồn"),
        ({"source": "x" * 301}, "quá 300"),
    ],
)
def test_a_statement_that_cannot_be_is_refused_with_a_sentence(
    demo: Any, unchanged: Callable[..., Any], sent: dict[str, str], sentence: str
) -> None:
    demo.visit("cán bộ Quảng Lạc")
    before = StatedVerdict.objects.count()
    answer = state(demo, **sent)
    assert answer.status_code == 422
    assert sentence in text_of(answer)
    assert StatedVerdict.objects.count() == before


# Sheets


def rows_of(answer: Any) -> list[list[str]]:
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert answer["Content-Disposition"].startswith("attachment; filename=")
    assert answer.content.startswith(b"\xef\xbb\xbf"), "spreadsheets know Vietnamese letters by this"
    return list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"), newline="")))


def test_the_board_as_a_sheet_has_a_heading_and_a_row_for_each_criterion_and_indicator(
    head: Client, khe_coc: str
) -> None:
    heading, *rows = rows_of(head.get(f"{khe_coc}{MODEL}.csv{DAY}"))
    assert heading[:4] == ["Tiêu chí", "Chỉ tiêu", "Nội dung", "Kết quả theo số liệu"]
    assert {len(row) for row in rows} == {len(heading)}
    assert len(rows) == 9 + 19
    (income,) = [row for row in rows if row[1] == "5.1"]
    assert "70,2 triệu đồng/người/năm" in income


def test_the_sheet_speaks_the_language_of_the_visitor(demo: Any, khe_coc: str) -> None:
    client = demo.visit("trưởng xóm Khe Cốc", language="en")
    assert rows_of(client.get(f"{khe_coc}{MODEL}.csv{DAY}"))[0][0] == "Criterion"


def test_the_places_found_as_a_sheet_keep_their_letters(head: Client) -> None:
    heading, *rows = rows_of(head.get("/dia-ban.csv?tim=tức+tranh"))
    since_until = ["Từ ngày (năm-tháng-ngày)", "Đến trước ngày (năm-tháng-ngày)"]
    assert heading == ["Tên", "Loại", "Thuộc", "Mã", *since_until]
    (found,) = [row for row in rows if row[0] == "Tức Tranh"]
    assert found[1:3] + found[4:] == ["xã", "huyện Phú Lương, tỉnh Thái Nguyên", "", "2025-07-01"]


@pytest.mark.parametrize("typed", ["=1+1", "+1", "@SUM(A1)", "-2+3"])
def test_a_source_that_looks_like_a_formula_stays_text_in_the_sheet(
    demo: Any, head: Client, khe_coc: str, typed: str
) -> None:
    demo.record("poor_households", "2", source=typed)
    (row,) = [row for row in rows_of(head.get(f"{khe_coc}{MODEL}.csv{DAY}")) if row[1] == "6.1"]
    assert "'" + typed in row


# What every answer carries


def test_every_page_forbids_all_but_our_own_and_has_nothing_inline(
    demo: Any, officer: Client, khe_coc: str
) -> None:
    demo.record("poor_households", "2")
    state_verdict(
        by=demo.post("cán bộ Vô Tranh"),
        at=demo.post("cán bộ Vô Tranh").user.created,
        place_id=demo.place("khe_coc"),
        standard_code=MODEL,
        kind="criterion",
        code="1",
        grade=StatedGrade.MET,
        on=CEREMONY,
        source="Báo cáo",
    )
    freeze(officer, khe_coc)
    answers = [
        officer.get(address)
        for address in [*pages(demo), "/dia-ban/999999/", "/khong-co/", khe_coc + "?ngay=x"]
    ]
    answers += [enter(officer, khe_coc, poor_households="x"), preview(officer, khe_coc, poor_households="1")]
    answers.append(Client().get("/dang-nhap/"))
    for answer in answers:
        policy = answer["Content-Security-Policy"]
        for rule in ("default-src 'self'", "script-src 'self'", "style-src 'self'", "object-src 'none'"):
            assert rule in policy
        assert "unsafe" not in policy
        assert answer["X-Frame-Options"] == "DENY"
        assert answer["X-Content-Type-Options"] == "nosniff"
        if "html" in answer["Content-Type"]:
            page = answer.content.decode()
            where = answer.request["PATH_INFO"]
            assert not re.search(r"<style|\sstyle\s*=", page), where
            assert not re.search(r"<script(?![^>]*(?:\ssrc=|type=\"application/json\"))", page), where
            assert not re.search(r"<[^>]+\son[a-z]+\s*=|javascript:", page), where


def test_no_page_of_officers_is_kept_by_shared_caches(head: Client, khe_coc: str) -> None:
    assert "Cookie" in head.get(khe_coc + DAY)["Vary"]


def test_a_day_that_has_not_come_or_lies_centuries_back_is_refused_with_the_sentence(
    head: Client, khe_coc: str
) -> None:
    for day, sentence in (("2090-01-01", "chưa đến"), ("0202-01-01", "trước năm 1945")):
        answer = head.get(f"{khe_coc}?ngay={day}")
        assert answer.status_code == 422 and sentence in text_of(answer)


def test_the_second_of_two_windows_keeps_what_was_typed_and_saves_when_sent_again(
    head: Client, khe_coc: str
) -> None:
    page = head.get(f"{khe_coc}{MODEL}/tieu-chi/6/nhap/{DAY}").content.decode()
    seen = re.search(r'name="seen" value="(\d+)"', page)
    assert seen
    enter(head, khe_coc, poor_households="2", seen=seen[1])
    clash = enter(head, khe_coc, poor_households="5", seen=seen[1])
    assert clash.status_code == 422 and "ghi là 2" in field(clash, "poor_households")
    now = re.search(r'name="seen" value="(\d+)"', clash.content.decode())
    assert now and enter(head, khe_coc, poor_households="5", seen=now[1]).status_code == 302


def test_freezing_is_shut_with_the_sentence_outside_the_time_of_the_standard(demo: Any) -> None:
    client = demo.visit("cán bộ Vô Tranh")
    page = text_of(client.get(f"/dia-ban/{demo.place('khe_coc')}/?bo={MODEL}&ngay=2012-05-01"))
    assert "không có hiệu lực vào ngày 01/05/2012" in page
