"""Co-operatives, growing areas, OCOP products, income surveys: each number leads to the records it is made of."""

import re
import uuid
from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import Decimal
from html import unescape
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from chungtay.community.households import queries as households
from chungtay.core.refusals import NotPermitted, Refusal
from chungtay.demo.joining.teller import Teller
from chungtay.demo.livelihood import tell_livelihood
from chungtay.figures.models import Observation
from chungtay.registers.livelihood import actions, expiring, pushing, queries, rules, summing
from chungtay.registers.livelihood.queries import Asked
from chungtay.territory import queries as territory
from rulebook import Mark, Period

HEAD, OFFICER, STRANGER = "trưởng xóm Khe Cốc", "cán bộ Vô Tranh", "cán bộ Quảng Lạc"
TEA = {"crop": "tea"}


class Book:
    """The register of Khe Cốc as its head keeps it."""

    def __init__(self, demo: Any, now: datetime) -> None:
        self.demo, self.now, self.today = demo, now, now.date()
        self.place = demo.place("khe_coc")
        self.who: dict[str, Any] = {"by": demo.post(HEAD), "at": now}

    def enter(self, kind: str, told: dict[str, Any], **more: Any) -> int:
        return actions.enter(**({**self.who, "place_id": self.place} | more), kind=kind, told=told)

    def group(self, name: str = "Tổ chè hữu cơ", **told: Any) -> int:
        return self.enter("producer", {"name": name, "form": "group", **told})

    def product(self, stars: int, decided_on: date | None, name: str = "Chè Khe Cốc", **more: Any) -> int:
        made = self.enter("product", {"name": name, "group": "drink"})
        actions.rate(**self.who, product_id=made, stars=stars, decided_on=decided_on, **more)
        return made

    def held(self) -> queries.Held:
        return queries.held(self.place, self.today)

    def records(self, kind: str, **asked: Any) -> list[queries.Record]:
        found = queries.records(self.place, kind, self.today, Asked(**asked))
        return [each for each in found if each.place_id == self.place]


@pytest.fixture
def book(demo: Any, now: datetime) -> Book:
    return Book(demo, now)


def refused(deed: Callable[[], Any]) -> str:
    with pytest.raises(Refusal) as told:
        deed()
    return str(told.value)


# ── Records ───────────────────────────────────────────────────────────────────


def test_a_record_sent_twice_is_written_once_and_another_under_its_id_is_refused(book: Book) -> None:
    uid = uuid.uuid4()
    told = {"crop": "tea", "practice": "vietgap", "area_ha": Decimal("1.2345")}
    first = book.enter("area", told, uid=uid)
    assert book.enter("area", told, uid=uid) == first
    assert "đã dùng cho một bản ghi khác" in refused(
        lambda: book.enter("area", told | {"area_ha": Decimal(2)}, uid=uid)
    )
    [record] = book.records("area", more=(("practice", "vietgap"),))
    assert (record.id, record.facts["area_ha"]) == (first, Decimal("1.2345"))


def test_a_correction_supersedes_says_why_and_what_hangs_on_the_record_stays(book: Book) -> None:
    made = book.group(members_told=30)
    area = book.enter("area", {**TEA, "practice": "organic", "area_ha": Decimal(5)}, producer_id=made)
    right = {"name": "Tổ chè hữu cơ 3", "form": "group", "members_told": 31}
    actions.correct(**book.who, kind="producer", record_id=made, told=right, reason="Đếm lại")
    now = queries.record("producer", made)
    assert (now.id, now.name, now.members, now.reason) == (made, "Tổ chè hữu cơ 3", 31, "Đếm lại")
    assert [each.members for each in queries.versions("producer", made)] == [31, 30]
    assert queries.record("area", area).producer == "Tổ chè hữu cơ 3"
    stale = {"kind": "producer", "record_id": made, "told": right, "reason": "Lại", "seen": made}
    assert "Hãy tải lại" in refused(lambda: actions.correct(**book.who, **stale))


def test_a_record_closes_on_a_day_with_a_reason_and_can_be_struck_out(book: Book) -> None:
    made = book.group()
    close = {"kind": "producer", "record_id": made, "on": book.today}
    assert "Lý do còn trống" in refused(lambda: actions.close(**book.who, **close, reason=" "))
    actions.close(**book.who, **close, reason="Giải thể")
    assert not [each for each in book.records("producer") if each.id == made]
    assert [each.closed_reason for each in book.records("producer", state="closed")] == ["Giải thể"]
    yesterday = queries.records(book.place, "producer", book.today - timedelta(days=1))
    assert made in {each.id for each in yesterday}
    actions.strike(**book.who, kind="producer", record_id=made, reason="Ghi nhầm nơi")
    assert not book.records("producer", state="closed")
    assert "Ghi nhầm nơi" in queries.record("producer", made).struck


def test_every_fault_is_told_at_once_and_nothing_is_written(book: Book, unchanged: Any) -> None:
    with unchanged():
        words = refused(
            lambda: book.enter(
                "contract",
                {"crop": "no", "quantity_t": Decimal("0.0001"), "starts": date(2030, 1, 1)},
                mark=Mark.TOLD,
            )
        )
    for part in ("Bên mua còn trống", "Cây trồng", "chữ số lẻ", "sau hôm nay", "nêu tài liệu"):
        assert part in words


@pytest.mark.parametrize(
    ("name", "sentence"),
    [("Chè\u202eex", "đổi chiều chữ (U+202E)"), ("Chè" * 4000, "dài"), ("", "còn trống")],
)
def test_a_hostile_name_is_refused_in_words(book: Book, unchanged: Any, name: str, sentence: str) -> None:
    with unchanged():
        assert sentence in refused(lambda: book.enter("brand", {"name": name, "form": "used"}))


def test_markup_in_a_name_is_shown_as_it_was_typed(book: Book) -> None:
    book.enter("brand", {"name": "<script>alert(1)</script>", "form": "used"})
    page = Client().get(f"/noi/{book.place}/san-xuat/").content.decode()
    assert "&lt;script&gt;alert(1)" in page and "<script>alert" not in page


def test_another_communes_officer_writes_nothing_here(book: Book, demo: Any) -> None:
    with pytest.raises(NotPermitted):
        book.enter("brand", {"name": "Chè", "form": "used"}, by=demo.post(STRANGER))


# ── Stars, codes, diaries ─────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("decided", "last"),
    [
        (date(2023, 3, 15), date(2026, 3, 15)),
        (date(2024, 2, 29), date(2027, 2, 28)),
        (date(2021, 2, 28), date(2024, 2, 28)),
        (date(2022, 12, 31), date(2025, 12, 31)),
    ],
)
def test_stars_hold_36_months_and_a_leap_day_ends_on_the_last_of_february(decided: date, last: date) -> None:
    assert rules.last_day(decided) == last
    view = queries.RatingView(1, 3, None, "", "", decided, decided.year, last, Mark.MEASURED, "", "")
    assert view.holds_on(last) and not view.holds_on(last + timedelta(days=1))


def test_a_score_and_its_stars_agree_at_every_edge(book: Book) -> None:
    edges = {"49.99": None, "50": 3, "69.99": 3, "70": 4, "89.99": 4, "90": 5, "100": 5, "100.01": None}
    assert {text: rules.stars_of(Decimal(text)) for text in edges} == edges
    words = refused(lambda: book.product(4, date(2025, 1, 1), score=Decimal("69.99")))
    assert "không ứng với 4 sao" in words and "148" in words


def test_a_product_rated_again_counts_once_by_its_newest_stars(book: Book) -> None:
    made = book.product(3, date(2022, 6, 1))
    assert queries.total(book.place, "products_valid", book.today).value is None
    actions.rate(**book.who, product_id=made, stars=4, decided_on=date(2025, 7, 1))
    found = queries.total(book.place, "products_valid", book.today)
    assert (found.value, found.behind) == (1, ((made, Decimal(1)),))
    record = queries.record("product", made)
    assert [each.stars for each in record.ratings] == [4, 3]
    assert record.expires == date(2028, 7, 1)
    actions.rate(**book.who, product_id=made, stars=5, decided_on=date(2025, 7, 1))
    actions.rate(**book.who, product_id=made, stars=3, decided_on=None, year=2025)
    assert summing.summary(book.place, book.today).products == {5: 1}
    rating = queries.record("product", made).rating
    assert rating and rating.stars == 5


def test_a_code_goes_its_way_and_a_step_out_of_turn_is_refused(book: Book) -> None:
    made = book.enter("code", {**TEA, "area_ha": Decimal("0.5")})
    assert "nhỏ hơn mức tối thiểu 1 ha" in queries.record("code", made).warnings[0]

    def step(move: str, day: date) -> Any:
        return actions.step(**book.who, code_id=made, move=move, period=Period.day(day))

    assert "không ghi bước ấy được" in refused(lambda: step("suspended", date(2025, 1, 1)))
    step("requested", date(2024, 11, 1))
    assert not queries.record("code", made).code_in_force(book.today)
    assert "trước ngày của bước trước" in refused(lambda: step("granted", date(2024, 10, 1))).lower().replace(
        "đứng ", ""
    )
    step("granted", date(2025, 1, 5))
    assert queries.record("code", made).code_in_force(date(2025, 1, 5))
    step("suspended", date(2025, 6, 1))
    assert not queries.record("code", made).code_in_force(book.today)
    step("resumed", date(2025, 9, 1))
    assert queries.record("code", made).code_in_force(book.today)


def test_the_diary_asks_what_was_sprayed_and_how_much_and_strikes_out_with_a_reason(book: Book) -> None:
    made = book.enter("code", {**TEA})
    told = {"code_id": made, "on": book.today, "plot": "Lô 2", "by_whom": "Tổ 1"}
    words = refused(lambda: actions.write_diary(**book.who, **told, deed="pesticide"))
    assert "Tên thuốc" in words and "Lượng dùng" in words
    uid = uuid.uuid4()
    more = {"deed": "pesticide", "product": "Dầu khoáng", "dose": "2 lít/ha", "uid": uid}
    line = actions.write_diary(**book.who, **told, **more)
    assert actions.write_diary(**book.who, **told, **more).pk == line.pk
    actions.strike_diary(**book.who, entry_id=line.pk, reason="Nhầm lô")
    [shown] = queries.diary(made)
    assert (shown.product, shown.struck) == ("Dầu khoáng", "Nhầm lô")


def test_households_of_a_code_are_within_its_area_and_read_by_who_keeps_their_list(
    book: Book, demo: Any
) -> None:
    made = book.enter("code", {**TEA, "area_ha": Decimal(2)})
    household = household_of(book)
    actions.add_household(**book.who, code_id=made, household_id=household, area_ha=Decimal("1.5"))
    other = household_of(book)
    part = {"code_id": made, "household_id": other, "area_ha": Decimal("0.6")}
    assert "lớn hơn diện tích của vùng" in refused(lambda: actions.add_household(**book.who, **part))
    [listed] = queries.households_of_code(made, seen_by=demo.post(HEAD), at_place=book.place)
    assert (listed.household_id, listed.area_ha) == (household, Decimal("1.5"))
    with pytest.raises(NotPermitted):
        queries.households_of_code(made, seen_by=demo.post("văn phòng Thái Nguyên"), at_place=book.place)


def household_of(book: Book) -> int:
    from chungtay.community.households import actions as deeds

    made = deeds.enter(**book.who, place_id=book.place, code="", representative="Đại diện hộ")
    return int(made.pk)


# ── Totals and figures ────────────────────────────────────────────────────────


def test_what_a_record_does_not_tell_is_left_out_by_name_and_never_nothing(book: Book) -> None:
    first = book.group("Tổ 1", members_told=12)
    book.group("Tổ 2")
    found = queries.total(book.place, "group_members", book.today)
    ours = dict(found.behind)
    assert ours[first] == 12
    assert found.unknown == 1 and not found.is_whole


def test_an_offer_shows_what_changes_and_waits_for_what_nobody_assessed(book: Book) -> None:
    Observation.objects.filter(measure_id="ocop_products_valid").delete()
    book.product(4, date(2025, 7, 1))
    book.product(3, date(2021, 7, 1), "Chè cũ")
    unsure = book.group("Tổ chưa xem")
    offered = {each.measure.code: each for each in pushing.offers(book.place, book.today, book.held())}
    stars = offered["ocop_products_valid"]
    assert (stars.value, stars.now, stars.changes, len(stars.behind)) == (1, None, True, 2)
    working = offered["cooperatives_and_groups_effective"]
    assert working.value is None and "chưa đánh giá" in working.obstacle
    push = {**book.who, "place_id": book.place, "on": book.today}
    assert "chưa đánh giá" in refused(
        lambda: actions.push(**push, measures=["cooperatives_and_groups_effective"])
    )
    stale = {"ocop_products_valid": "2"}
    assert "Hãy tải lại" in refused(
        lambda: actions.push(**push, measures=["ocop_products_valid"], shown=stale)
    )
    assert actions.push(**push, measures=["ocop_products_valid"], shown={"ocop_products_valid": "1"}) == 1
    row = Observation.objects.filter(measure_id="ocop_products_valid").latest("pk")
    assert (row.scaled, row.source) == (1, "Sổ sản xuất, ngày 02/03/2026"), unsure


def test_an_income_survey_gives_its_mean_as_a_figure_of_its_year_and_says_how(book: Book) -> None:
    told = {
        "year": 2025,
        "method": "random",
        "households_all": 143,
        "households_asked": 40,
        "people_asked": 145,
        "mean": Decimal("74.5"),
    }
    too_much = {"crops": Decimal(60), "wages": Decimal("14.501")}
    assert "nhiều hơn thu nhập bình quân" in refused(lambda: book.enter("survey", told, by_source=too_much))
    assert "nhiều hơn tổng số hộ" in refused(lambda: book.enter("survey", told | {"households_asked": 144}))
    made = book.enter("survey", told, by_source={"crops": Decimal(60), "wages": Decimal("14.5")})
    assert queries.record("survey", made).by_source == {"crops": 60, "wages": Decimal("14.5")}
    actions.push(**book.who, place_id=book.place, on=book.today, measures=["income_per_capita"])
    row = Observation.objects.filter(measure_id="income_per_capita").latest("pk")
    assert (row.scaled, row.period_start, row.period_end) == (74_500, date(2025, 1, 1), date(2025, 12, 31))
    assert row.source == "Điều tra thu nhập năm 2025: chọn ngẫu nhiên, hỏi 40/143 hộ"


# ── Alarms ────────────────────────────────────────────────────────────────────


def test_what_ends_soon_waits_for_who_keeps_it_and_is_listed_first_to_end_first(
    book: Book, demo: Any
) -> None:
    before = expiring.waiting(demo.post(HEAD), book.today)
    soon, far = book.today + timedelta(days=90), book.today + timedelta(days=91)
    book.enter("contract", {**TEA, "buyer": "Công ty chè", "expires": soon})
    book.enter("contract", {**TEA, "buyer": "Công ty chè 2", "expires": far})
    book.enter("area", {**TEA, "practice": "vietgap", "expires": book.today - timedelta(days=1)})
    book.product(3, date(2023, 3, 10))
    book.product(3, date(2020, 3, 10), "Chè đã xếp hạng lại")
    again = book.records("product", text="xếp hạng lại")[0].id
    actions.rate(**book.who, product_id=again, stars=3, decided_on=date(2026, 1, 10))
    assert expiring.waiting(demo.post(HEAD), book.today) == before + 3
    ends = [each for each in expiring.endings(book.held(), book.today) if each.record.place_id == book.place]
    assert [each.last for each in ends] == sorted(each.last for each in ends)
    assert [each.is_over for each in ends].count(True) == 1
    assert expiring.waiting(demo.post("đoàn kiểm tra"), book.today) == 0
    assert expiring.waiting(demo.post(STRANGER), book.today) == 0


# ── Officers' screens ─────────────────────────────────────────────────────────


def words_of(answer: Any) -> str:
    return re.sub(r"\s+", " ", unescape(answer.content.decode()))


def test_a_head_keeps_the_register_on_the_screen_from_entry_to_closing(book: Book, demo: Any) -> None:
    head = demo.visit(HEAD)
    rooms = reverse("office:producers", args=[book.place])
    bad = {"viec": "ghi", "uid": str(uuid.uuid4()), "name": "", "form": "group", "members_told": "mười"}
    answer = head.post(rooms, bad)
    assert answer.status_code == 422 and "mười" in words_of(answer)
    good = bad | {"name": "Tổ chè mới", "members_told": "12"}
    assert head.post(rooms, good).status_code == 302
    assert head.post(rooms, good).status_code == 302
    [record] = [each for each in book.records("producer") if each.name == "Tổ chè mới"]
    page = words_of(head.get(f"{rooms}?loai=group&tim=che+moi"))
    assert "Tổ chè mới" in page and "1 dòng" in page
    one = reverse("office:livelihood_record", args=["hop-tac-xa", record.id])
    right = {"name": "Tổ chè mới", "form": "group", "members_told": "13", "works_well": "yes"}
    sent = {"viec": "sua", "uid": str(uuid.uuid4()), "reason": "Đếm lại", "seen": str(record.row_id), **right}
    assert head.post(one, sent).status_code == 302
    page = words_of(head.get(one))
    assert "Lịch sử bản ghi" in page and "Số thành viên theo tài liệu: 12" in page
    close = {"viec": "khep", "uid": str(uuid.uuid4()), "on": "01/03/2026", "reason": "Sáp nhập tổ"}
    assert head.post(one, close).status_code == 302
    assert "khép từ ngày 01/03/2026: Sáp nhập tổ" in words_of(head.get(one))
    sheet = head.get(f"{rooms}?tt=closed&tai=csv").content.decode("utf-8-sig")
    assert "Tổ chè mới" in sheet and "2026-03-01" in sheet
    stranger = demo.visit(STRANGER)
    assert stranger.post(one, sent).status_code == 403
    assert stranger.get("/san-xuat/khong-co/1/").status_code == 404


def test_members_codes_stars_and_the_diary_are_kept_by_their_forms(book: Book, demo: Any) -> None:
    head = demo.visit(HEAD)
    household = household_of(book)
    code = households.codes_of([household])[household]
    group, grown = book.group(), book.enter("code", {**TEA, "area_ha": Decimal(2)})
    product = book.enter("product", {"name": "Chè Khe Cốc", "group": "drink"})

    def send(slug: str, record_id: int, **told: str) -> str:
        one = reverse("office:livelihood_record", args=[slug, record_id])
        answer = head.post(one, {"uid": str(uuid.uuid4()), **told}, follow=True)
        assert answer.status_code in (200, 422)
        return words_of(answer)

    assert "Không có hộ mã H999" in send("hop-tac-xa", group, viec="them-ho", household=f"{code}\nH999")
    assert "Hộ thành viên" in send("hop-tac-xa", group, viec="them-ho", household=code)
    [member] = queries.members(group, seen_by=demo.post(HEAD), at_place=book.place)
    send("hop-tac-xa", group, viec="thoi-ho", which=str(member.id), on="01/03/2026")
    assert queries.record("producer", group).members is None
    assert "đã cấp" in send("ma-vung-trong", grown, viec="buoc", move="granted", year="2022")
    page = send("ma-vung-trong", grown, viec="them-ho", household=code, area="1,5")
    assert "1,5 ha" in page and f">{code}<" in page
    assert "không ứng với 3 sao" in send(
        "ocop", product, viec="xep-hang", stars="3", score="95", decided_on="29/02/2024"
    )
    page = send("ocop", product, viec="xep-hang", stars="5", score="95", decided_on="29/02/2024")
    assert "28/02/2027" in page
    diary = reverse("office:growing_diary", args=[grown])
    line = {"viec": "ghi", "uid": str(uuid.uuid4()), "on": "01/03/2026", "plot": "Lô 1", "deed": "fertiliser"}
    assert head.post(diary, line | {"by_whom": code}).status_code == 422
    line |= {"by_whom": code, "product": "Phân chuồng", "dose": "5 tấn/ha"}
    assert head.post(diary, line).status_code == 302
    assert "Phân chuồng" in words_of(head.get(diary))
    for slug in ("nhat-ky", "de-nghi"):
        paper = head.get(reverse("office:growing_paper", args=[grown, slug]))
        text = "".join(page.extract_text() for page in PdfReader(BytesIO(paper.content)).pages)
        assert "Chè" in text and code in text
    other = demo.visit("văn phòng Thái Nguyên")
    assert f">{code}<" not in words_of(
        other.get(reverse("office:livelihood_record", args=["hop-tac-xa", group]))
    )


def test_the_overview_leads_every_total_to_its_records_and_writes_only_what_is_ticked(
    book: Book, demo: Any
) -> None:
    Observation.objects.filter(measure_id="ocop_products_valid").delete()
    book.product(4, date(2025, 7, 1), "Chè bốn sao")
    head, here = demo.visit(HEAD), reverse("office:livelihood", args=[book.place])
    page = words_of(head.get(here))
    assert f'href="/dia-ban/{book.place}/san-xuat/ocop/?han=yes&sao=3%2B"' in page
    assert "chưa có → 1" in page
    listed = words_of(head.get(f"/dia-ban/{book.place}/san-xuat/ocop/?han=yes&sao=3%2B"))
    assert "Chè bốn sao" in listed
    seen = re.search(r'name="seen" value="(\d+)"', page)
    assert seen
    sent = {"viec": "ghi-so-lieu", "seen": seen[1], "thay-ocop_products_valid": "1"}
    assert head.post(here, sent).status_code == 422
    assert head.post(here, sent | {"so-ocop_products_valid": "1"}).status_code == 302
    assert Observation.objects.filter(measure_id="ocop_products_valid").count() == 1
    assert "chưa có → 1" not in words_of(head.get(here))


def test_pages_ask_the_same_number_of_queries_however_much_is_kept(
    book: Book, demo: Any, queries_of: Callable[[Callable[[], Any]], int]
) -> None:
    head = demo.visit(HEAD)
    rooms = [
        reverse(f"office:{name}", args=[book.place]) for name in ("producers", "ocop_products", "livelihood")
    ]

    def fill(n: int) -> None:
        group = book.group(f"Tổ {n}", works_well=True)
        book.product(4, date(2025, 7, n), f"Chè {n}")
        book.enter("contract", {**TEA, "buyer": f"Công ty {n}", "expires": book.today}, producer_id=group)

    fill(1)
    few = [queries_of(lambda room=room: head.get(room)) for room in rooms]  # type: ignore[misc]
    for n in range(2, 8):
        fill(n)
    assert [queries_of(lambda room=room: head.get(room)) for room in rooms] == few  # type: ignore[misc]
    assert max(few) <= 30, few


# ── For everybody ─────────────────────────────────────────────────────────────


def test_everybody_reads_groups_stars_and_codes_and_nobody_a_person_a_buyer_or_a_price(book: Book) -> None:
    group = book.group("Tổ chè công khai", members_told=9, representative="Tổ trưởng kín", works_well=True)
    household = household_of(book)
    actions.add_member(**book.who, producer_id=group, household_id=household)
    told = {**TEA, "buyer": "Người mua kín", "value_dong": 123_456_789, "quantity_t": Decimal("12.5")}
    book.enter("contract", told, producer_id=group)
    book.product(4, date(2024, 2, 29), "Chè bốn sao")
    code = book.enter("code", {**TEA, "code": "VN-TNG-0001", "representative": "Tổ trưởng kín"})
    actions.step(**book.who, code_id=code, move="granted", period=Period.year(2022))
    page = words_of(Client().get(f"/noi/{book.place}/san-xuat/"))
    for shown in ("Tổ chè công khai", "4 sao", "đến hết ngày 28/02/2027", "VN-TNG-0001", "đã cấp năm 2022"):
        assert shown in page
    assert "12,5 tấn" in page
    hidden = ("Tổ trưởng kín", "Người mua kín", "123.456.789", "Đại diện hộ", *codes(household))
    assert [each for each in hidden if each in page] == []
    sheet = b"".join(Client().get(f"/du-lieu/san-xuat.csv?noi={book.place}").streaming_content).decode()
    assert "Tổ chè công khai" in sheet and "12.5" in sheet
    assert [each for each in hidden if each in sheet] == []


def codes(household: int) -> list[str]:
    return list(households.codes_of([household]).values())


def test_a_place_with_nothing_on_record_is_not_said_to_have_nothing(book: Book, demo: Any) -> None:
    empty = demo.place("hoang_thuong")
    page = words_of(Client().get(f"/noi/{empty}/san-xuat/"))
    assert "chưa biết, không phải là không có" in page
    assert 'id="san-xuat"' not in words_of(Client().get(f"/noi/{empty}/"))


def test_the_country_counts_what_a_hamlet_keeps_and_the_place_page_leads_there(book: Book, demo: Any) -> None:
    before = summing.summary(book.place, book.today)
    book.group("Tổ đếm", works_well=True)
    book.product(5, date(2025, 7, 1), "Chè năm sao")
    book.enter("area", {**TEA, "practice": "globalgap", "area_ha": Decimal("0.0001")})
    nation = territory.nation_id()
    assert nation is not None
    found = summing.summary(nation, book.today)
    ours = summing.summary(book.place, book.today)
    assert (ours.groups, ours.products[5]) == (before.groups + 1, before.products.get(5, 0) + 1)
    assert found.groups >= ours.groups
    assert [each.area_ha for each in ours.grown if each.practice == "globalgap"] == [Decimal("0.0001")]
    page = words_of(Client().get(f"/noi/{book.place}/"))
    assert f"/noi/{book.place}/san-xuat/" in page and "0,0001 ha" in page
    office = demo.visit("văn phòng Thái Nguyên").get(f"/dia-ban/{nation}/san-xuat/")
    assert "Diện tích: GlobalGAP" in words_of(office)
    assert "Xem từng nơi" in words_of(Client().get(f"/noi/{nation}/san-xuat/"))


# ── The story ─────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("code", "more", "value", "kind", "name"),
    [
        ("group_members", (), 38, "producer", "Tổ sản xuất chè hữu cơ Khe Cốc 2"),
        ("cooperative_members", (), 15, "producer", "HTX chè an toàn Khe Cốc"),
        ("organic_area", (("crop", "tea"),), 20, "area", "Chè, hữu cơ"),
        ("codes_in_force", (), 1, "code", "Chè, mã chưa rõ"),
    ],
)
def test_each_figure_the_story_tells_is_an_answer_that_leads_to_its_record(
    book: Book, demo: Any, now: datetime, code: str, more: Any, value: int, kind: str, name: str
) -> None:
    for _twice in range(2):
        tell_livelihood(Teller(demo.built.places, now))
    found = queries.total(book.place, code, book.today, more=more)
    assert (found.value, found.unknown) == (value, 0)
    [behind] = queries.records(book.place, kind, book.today, found.asked)
    assert ((behind.id, Decimal(value)),) == found.behind
    assert (behind.name, behind.mark) == (name, Mark.TOLD)
    assert "24/5/2023" in behind.source
    address = reverse("office:livelihood_record", args=[behind.kind.slug, behind.id])
    overview = reverse("office:livelihood", args=[book.place])
    head = demo.visit(HEAD)
    assert f">{name}<" in words_of(head.get(address))
    if code == "group_members":  # its page leads on to the 20 ha
        assert "Chè, hữu cơ" in words_of(head.get(address)) and "20 ha" in words_of(head.get(address))
    assert str(value) in words_of(head.get(overview))


def test_the_code_of_the_story_was_granted_in_2022_and_its_code_stays_untold(
    book: Book, demo: Any, now: datetime
) -> None:
    tell_livelihood(Teller(demo.built.places, now))
    [record] = queries.records(book.place, "code", book.today)
    assert record.facts["code"] == "" and record.facts["area_ha"] is None
    assert (record.steps[0].move, record.steps[0].period) == ("granted", Period.year(2022))
    assert not record.code_in_force(date(2022, 6, 1))  # which day of 2022 nobody told
    assert record.code_in_force(date(2022, 12, 31))
