"""Pages of figures at work: my own, what waits to be confirmed, one figure, a place's report periods."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse

from chungtay.figures import confirming, drafts, locking, periods, queries
from chungtay.figures.models import Observation
from chungtay.figures.states import State
from chungtay.figures.work_rows import LastLook
from rulebook import Period

from .conftest import BUILT_AT, SYSTEM, Demo

pytestmark = pytest.mark.django_db

YEAR = Period.year(2025)
HEAD, OFFICER, PROVINCE = "trưởng xóm Khe Cốc", "cán bộ Vô Tranh", "văn phòng Thái Nguyên"


def sent(demo: Demo, value: str = "9", measure: str = "security_cameras") -> Observation:
    (row,) = demo.record(measure, value, period=YEAR, by=demo.post(HEAD))
    return row


def text(response: Any) -> str:
    return str(response.content.decode())


def called(demo: Demo, hamlet_by: date = date(2026, 3, 31)) -> None:
    locking.call_period(
        by=demo.post(PROVINCE),
        at=BUILT_AT,
        place_id=demo.post(PROVINCE).place_id or 0,
        period=YEAR,
        hamlet_by=hamlet_by,
        commune_by=date(2026, 12, 30),
        province_by=date(2026, 12, 31),
    )


def test_the_officer_finds_what_the_head_sent_and_confirms_it(demo: Demo) -> None:
    row = sent(demo)
    visit = demo.visit(OFFICER)
    page = visit.get(reverse("office:to_confirm"))
    assert f'value="{row.pk}"' in text(page)
    done = visit.post(reverse("office:to_confirm"), {"so": [row.pk], "viec": "xac-nhan"}, follow=True)
    assert "Đã xác nhận 1 số liệu." in text(done)
    assert queries.figure(row.pk).state == State.CONFIRMED
    assert f'value="{row.pk}"' not in text(visit.get(reverse("office:to_confirm")))


def test_a_refused_confirmation_says_why_and_keeps_what_was_ticked(demo: Demo) -> None:
    stale, other = sent(demo), sent(demo, "3", "poor_households")
    demo.record("security_cameras", "11", period=YEAR, by=demo.post(HEAD), at=BUILT_AT + timedelta(hours=1))
    visit, path = demo.visit(OFFICER), reverse("office:to_confirm")
    answer = visit.post(path, {"so": [stale.pk, other.pk], "viec": "xac-nhan"})
    assert answer.status_code == 422
    assert "thành 11 camera" in text(answer)
    assert queries.figure(other.pk).state == State.SUBMITTED
    answer = visit.post(path, {"so": [stale.pk, other.pk], "viec": "xac-nhan-mot-phan"}, follow=True)
    assert "Đã xác nhận 1 số liệu." in text(answer)
    assert "thành 11 camera" in text(answer)


def test_returning_without_a_reason_points_at_the_field(demo: Demo) -> None:
    row = sent(demo)
    visit, path = demo.visit(OFFICER), reverse("office:figure", args=[row.pk])
    answer = visit.post(path, {"viec": "tra-lai", "reason": ""})
    assert answer.status_code == 422
    assert 'href="#o-reason"' in text(answer)
    visit.post(path, {"viec": "tra-lai", "reason": "Đếm lại"})
    assert "Đếm lại" in text(demo.visit(HEAD).get("/"))


def test_the_list_is_of_a_criterion_when_one_is_asked_for(demo: Demo) -> None:
    camera, poor = sent(demo), sent(demo, "3", "poor_households")
    here = demo.place("khe_coc")
    path = f"{reverse('office:to_confirm')}?noi={here}&bo=xom-thong-minh-thai-nguyen&tieu-chi=3"
    page = text(demo.visit(OFFICER).get(path))
    assert f'value="{camera.pk}"' in page
    assert f'value="{poor.pk}"' not in page


def test_whoever_may_not_confirm_reads_why_on_the_shut_button(demo: Demo) -> None:
    row = sent(demo)
    page = text(demo.visit(HEAD).get(reverse("office:figure", args=[row.pk])))
    assert "không được xác nhận số liệu" in page
    assert 'aria-disabled="true"' in page
    assert demo.visit(HEAD).post(reverse("office:figure", args=[row.pk])).status_code == 403


def test_a_figure_nobody_wrote_is_not_found(demo: Demo) -> None:
    assert demo.visit(OFFICER).get(reverse("office:figure", args=[999999])).status_code == 404


def test_a_draft_is_kept_shown_again_and_sent(demo: Demo) -> None:
    visit, here = demo.visit(HEAD), demo.place("khe_coc")
    path = reverse("office:enter", args=[here, "xom-thong-minh-thai-nguyen", "3"])
    visit.post(path, {"viec": "nhap", "security_cameras": "khoảng 9", "period": "2025", "source": "sổ"})
    page = text(visit.get(path))
    assert 'value="khoảng 9"' in page
    assert "Đang mở bản nháp" in page
    assert "số còn nháp ở xóm Khe Cốc" in text(visit.get("/"))
    visit.post(path, {"security_cameras": "9", "period": "2025", "source": "sổ"})
    assert drafts.drafts_of(demo.post(HEAD)) == []


def test_the_form_asks_for_a_reason_where_the_period_is_confirmed(demo: Demo) -> None:
    called(demo)
    row, here = sent(demo), demo.place("khe_coc")
    confirming.confirm(by=demo.post(OFFICER), at=BUILT_AT, figure_ids=[row.pk])
    locking.lock(by=demo.post(OFFICER), at=BUILT_AT, place_id=here, period=YEAR)
    visit, path = demo.visit(HEAD), reverse("office:enter", args=[here, "xom-thong-minh-thai-nguyen", "3"])
    wrong = visit.post(path, {"security_cameras": "12", "period": "2025"})
    assert wrong.status_code == 422
    assert "chỉ ghi được dưới dạng điều chỉnh" in text(wrong)
    assert 'value="12"' in text(wrong)
    visit.post(path, {"security_cameras": "12", "period": "2025", "reason": "Đếm sót"})
    assert queries.history(here, "security_cameras")[0].adjusts


def test_the_commune_confirms_its_hamlet_and_itself_from_one_page(demo: Demo) -> None:
    commune, here = demo.post(OFFICER).place_id or 0, demo.place("khe_coc")
    province = demo.visit(PROVINCE)
    typed = {"viec": "mo-ky", "nam": "2025", "nua": "", "hamlet_by": "31/03/2026", "commune_by": "15/4/2026"}
    path = reverse("office:closing", args=[demo.post(PROVINCE).place_id])
    wrong = province.post(path, typed | {"province_by": "hôm nào"})
    assert wrong.status_code == 422
    assert 'value="15/4/2026"' in text(wrong)
    province.post(path, typed | {"province_by": "30/04/2026"})
    visit, path = demo.visit(OFFICER), reverse("office:closing", args=[commune])
    key = "2025-01-01..2025-12-31"
    refused = visit.post(path, {"viec": "chot", "ky": key})
    assert "“xóm Khe Cốc”" in text(refused)
    visit.post(path, {"viec": "chot", "ky": key, "noi": here})
    visit.post(path, {"viec": "chot", "ky": key})
    assert periods.locked_at([commune])[commune].keys() == {YEAR}
    visit.post(path, {"viec": "mo-lai", "ky": key, "reason": "Sai số hộ"})
    assert periods.locked_at([commune]) == {}
    assert visit.post(path, {"viec": "chot", "ky": "x"}).status_code == 422


def test_home_says_what_waits_what_is_late_and_what_changed(demo: Demo) -> None:
    called(demo, date(2026, 1, 15))
    visit = demo.visit(OFFICER)
    assert "Từ lần sau" in text(visit.get("/"))
    LastLook.objects.update(at=BUILT_AT - timedelta(days=3))
    sent(demo)
    page = text(visit.get("/"))
    assert "số liệu chờ xác nhận" in page
    assert "hạn 15/01/2026" in page
    assert "Mới đổi từ 26/02/2026" in page or "Mới đổi từ" in page
    assert "9 camera" in page


def test_an_empty_home_says_so_in_plain_words(demo: Demo) -> None:
    page = text(demo.visit(HEAD).get("/"))
    assert "Không có số nào bị trả lại hay còn nháp." in page
    assert "Không có kỳ báo cáo nào quá hạn." in page
    assert "Chức danh này chỉ xem" in text(demo.visit("đoàn kiểm tra").get("/"))


def test_home_and_the_list_ask_the_same_number_of_questions_however_much_waits(
    demo: Demo, queries_of: Callable[[Callable[[], Any]], int]
) -> None:
    visit = demo.visit(OFFICER)
    sent(demo)
    visit.get("/")
    LastLook.objects.update(before=BUILT_AT - timedelta(days=3))
    few = [queries_of(lambda p=p: visit.get(p)) for p in ("/", reverse("office:to_confirm"))]  # type: ignore[misc]
    for n, measure in enumerate(
        ("poor_households", "working_age_people", "livestock_households", "model_gardens")
    ):
        sent(demo, str(n), measure)
    many = [queries_of(lambda p=p: visit.get(p)) for p in ("/", reverse("office:to_confirm"))]  # type: ignore[misc]
    assert many == few
    assert few[1] <= 25


def test_what_i_wrote_myself_does_not_wait_for_me(demo: Demo) -> None:
    demo.record("security_cameras", "9", period=YEAR, by=demo.post(OFFICER))
    (row,) = demo.record("poor_households", "9", period=YEAR, by=SYSTEM)
    page = text(demo.visit(OFFICER).get(reverse("office:to_confirm")))
    assert "9 camera" not in page
    assert f'value="{row.pk}"' in page
