"""The pages that carry figures to the heir, share them out among parts, and take a ruling."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest

from chungtay.core.actors import SystemActor
from chungtay.figures import actions, queries
from chungtay.figures.actions import Entry
from chungtay.territory import queries as territory
from chungtay.territory.actions import Part, found_place, merge_places, split_place
from rulebook import Period

SYSTEM = SystemActor(label="Người dựng thử")
AT = datetime.fromisoformat("2026-03-02T09:00:00+07:00")
BY: dict[str, Any] = {"by": SYSTEM, "at": AT}
DEED: dict[str, Any] = {"on": date(2026, 1, 1), "instrument": "Nghị quyết 07/NQ-HĐND", **BY}
RULED = "khu-dan-cu-kieu-mau-ha-tinh"


def record(place: int, **figures: str) -> None:
    entries = [Entry(code, value, Period.year(2025)) for code, value in figures.items()]
    actions.record(**BY, place_id=place, entries=entries)


@pytest.fixture
def neighbour(demo: Any) -> int:
    parent = territory.latest(demo.place("khe_coc")).parent_id
    assert parent is not None
    return found_place(name="Gốc Gạo", kind="xóm", level="hamlet", parent=parent, valid_from=None, **BY).id


@pytest.fixture
def heir(demo: Any, neighbour: int) -> int:
    record(demo.place("khe_coc"), households="143", security_cameras="7", income_per_capita="70")
    record(neighbour, households="57", income_per_capita="40")
    places = [demo.place("khe_coc"), neighbour]
    return merge_places(places=places, into_name="Khe Gạo", kind="xóm", **DEED).id


@pytest.fixture
def parts(demo: Any) -> tuple[int, int, int]:
    """Khe Cốc, and the two it was divided into."""
    whole = demo.place("khe_coc")
    record(whole, households="143", poor_households="2", cultural_hamlet_years="8")
    upper, lower = split_place(place=whole, parts=[Part("Khe Trên", "xóm"), Part("Khe Dưới", "xóm")], **DEED)
    return whole, upper.id, lower.id


def test_the_page_shows_what_would_be_written_and_why_not_before_anything_is(
    demo: Any, heir: int, unchanged: Callable[..., Any]
) -> None:
    client = demo.visit("cán bộ Vô Tranh")
    client.get("/")  # the visit itself may be kept
    with unchanged():
        page = client.get(f"/dia-ban/{heir}/so-lieu-cu/").content.decode()
    assert "200 hộ" in page
    assert "<td>cộng</td>" in page
    assert "“Số camera an ninh hoạt động hiệu quả”: xóm Gốc Gạo chưa có số liệu." in page
    assert "chưa có “Số nhân khẩu” của kỳ này" in page


def test_the_button_writes_and_the_page_then_says_it_is_there(demo: Any, heir: int) -> None:
    client, address = demo.visit("cán bộ Vô Tranh"), f"/dia-ban/{heir}/so-lieu-cu/?ky=2025"
    answer = client.post(address, follow=True)
    page = answer.content.decode()
    assert "Đã ghi 1 số liệu." in page
    assert "Đã ghi rồi" in page
    history = client.get(f"/dia-ban/{heir}/so-do/households/").content.decode()
    assert "Tính (cộng) từ số liệu kỳ 2025 của xóm Gốc Gạo, xóm Khe Cốc" in history
    assert ">tính<" in history
    assert ">tính<" in client.get(f"/dia-ban/{heir}/").content.decode(), "never taken for one counted there"
    assert queries.current(heir, ["households"], date(2026, 3, 2))["households", ""].value == 200


def test_who_may_not_record_sees_the_button_shut_with_its_sentence(demo: Any, heir: int) -> None:
    client, address = demo.visit("đoàn kiểm tra"), f"/dia-ban/{heir}/so-lieu-cu/?ky=2025"
    assert "không được ghi số liệu" in client.get(address).content.decode()
    assert client.post(address).status_code == 403


@pytest.mark.parametrize("asked", ["1999", "x", "2025' OR 1"])
def test_a_period_without_figures_is_refused_by_a_sentence(demo: Any, heir: int, asked: str) -> None:
    answer = demo.visit("cán bộ Vô Tranh").get(f"/dia-ban/{heir}/so-lieu-cu/", {"ky": asked})
    assert answer.status_code == 422
    assert "Không có số liệu của kỳ này" in answer.content.decode()


def test_the_places_own_page_leads_there(demo: Any, heir: int) -> None:
    assert (
        f"/dia-ban/{heir}/so-lieu-cu/"
        in demo.visit("cán bộ Vô Tranh").get(f"/dia-ban/{heir}/").content.decode()
    )


def test_a_place_that_was_never_merged_or_divided_says_so(demo: Any, neighbour: int) -> None:
    client = demo.visit("cán bộ Vô Tranh")
    for path, sentence in (("so-lieu-cu", "không lập từ nơi nào"), ("chia-so-lieu", "không được chia")):
        answer = client.get(f"/dia-ban/{neighbour}/{path}/")
        assert answer.status_code == 422
        assert sentence in answer.content.decode()


def test_parts_that_add_up_are_written_from_the_page(demo: Any, parts: tuple[int, int, int]) -> None:
    whole, upper, lower = parts
    client, address = demo.visit("cán bộ Vô Tranh"), f"/dia-ban/{whole}/chia-so-lieu/?ky=2025"
    page = client.get(address).content.decode()
    assert "143 hộ" in page
    assert "Số năm liên tục đạt danh hiệu Xóm văn hóa" in page, "each part records that itself"
    sent = {f"households..{upper}": "80", f"households..{lower}": "63", f"poor_households..{upper}": "2"}
    page = client.post(address, sent, follow=True).content.decode()
    assert "Đã ghi 3 số liệu." in page
    assert "“Số hộ nghèo”: xóm Khe Dưới chưa có số liệu" in page
    assert queries.current(lower, ["households"], date(2026, 3, 2))["households", ""].value == 63


def test_parts_that_do_not_add_up_keep_what_was_typed(demo: Any, parts: tuple[int, int, int]) -> None:
    whole, upper, lower = parts
    sent = {f"households..{upper}": "80", f"households..{lower}": "60"}
    answer = demo.visit("cán bộ Vô Tranh").post(f"/dia-ban/{whole}/chia-so-lieu/?ky=2025", sent)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "lệch −3" in page
    assert 'value="80"' in page
    assert 'aria-invalid="true"' in page
    assert queries.current(upper, ["households"], date(2026, 3, 2)) == {}


def test_the_divided_places_own_page_leads_there(demo: Any, parts: tuple[int, int, int]) -> None:
    page = demo.visit("cán bộ Vô Tranh").get(f"/dia-ban/{parts[0]}/").content.decode()
    assert f"/dia-ban/{parts[0]}/chia-so-lieu/" in page


# --- rulings ---


@pytest.fixture
def area(demo: Any) -> int:
    parent = demo.place("khe_coc")
    return found_place(
        name="Xóm Trên", kind="khu dân cư", level="area", parent=parent, valid_from=None, **BY
    ).id


def test_a_ruling_is_made_from_the_page_that_says_why(demo: Any, area: int) -> None:
    client = demo.visit("cán bộ Vô Tranh")
    why = f"/dia-ban/{area}/{RULED}/vi-sao/DK1/"
    address = f"/dia-ban/{area}/{RULED}/ket-luan/DK1/"
    assert address in client.get(why).content.decode()
    assert "đã đạt chuẩn cả chưa?" in client.get(address).content.decode()
    sent = {"verdict": "met", "on": "01/03/2026", "evidence": "Biên bản thẩm định số 3"}
    page = client.post(address, sent, follow=True).content.decode()
    assert "Đã ghi kết luận" in page
    assert "Biên bản thẩm định số 3" in page


def test_a_ruling_without_evidence_keeps_the_rest_of_the_form(demo: Any, area: int) -> None:
    address = f"/dia-ban/{area}/{RULED}/ket-luan/DK1/"
    sent = {"verdict": "not_met", "on": "01/03/2026", "evidence": " "}
    answer = demo.visit("cán bộ Vô Tranh").post(address, sent)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Hãy ghi căn cứ" in page
    assert '<option value="not_met" selected>' in page
    assert "01/03/2026" in page


def test_the_hamlet_head_sees_the_ruling_shut(demo: Any, area: int) -> None:
    address = f"/dia-ban/{area}/{RULED}/ket-luan/DK1/"
    client = demo.visit("trưởng xóm Khe Cốc")
    assert "không được kết luận" in client.get(address).content.decode()
    sent = {"verdict": "met", "on": "01/03/2026", "evidence": "x"}
    assert client.post(address, sent).status_code == 403


def test_an_indicator_that_figures_decide_has_no_such_page(demo: Any, area: int) -> None:
    client = demo.visit("cán bộ Vô Tranh")
    assert client.get(f"/dia-ban/{area}/{RULED}/ket-luan/3.1/").status_code == 404
    assert "ket-luan" not in client.get(f"/dia-ban/{area}/{RULED}/vi-sao/3.1/").content.decode()
