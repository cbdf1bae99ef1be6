"""The register of amenities in a browser: every page open to everyone, a road entered on a telephone by keyboard."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

from django.utils import timezone
from playwright.sync_api import Page, expect
from tests.browser.conftest import Demo, OpenPage

from chungtay.core.actors import SystemActor
from chungtay.registers.amenities import actions

HEAD, OFFICER = "truongxom.khecoc", "canbo.votranh"
SPOT = {"type": "Point", "coordinates": [105.7546, 21.7213]}


def test_a_road_is_entered_without_scripts_and_its_figure_recorded(demo: Demo, officer: OpenPage) -> None:
    place = f"/dia-ban/{demo.places['khe_coc']}/ha-tang/"
    page = officer(HEAD, place, width=360, scripts=False)
    page.get_by_role("link", name="Thêm vào sổ").click()
    page.get_by_role("link", name="Đường", exact=True).click()
    page.get_by_label("Tên").fill("Đường trục xóm")
    page.get_by_label("Mặt đường").last.select_option("concrete")
    page.get_by_label("Vị trí").fill("21.69, 105.75")
    page.get_by_role("button", name="Thêm vào sổ").press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("cần một đường")
    page.get_by_label("Vị trí").fill("21.69, 105.75\n21.69, 105.76")
    page.get_by_role("button", name="Thêm vào sổ").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Đường trục xóm")
    expect(page.get_by_text("1.035 m").first).to_be_visible()
    page.goto(f"{place}so-lieu/")
    page.get_by_label("Chiều dài đường bê tông nông thôn").check()
    page.get_by_role("button", name="Ghi các số đã chọn").press("Enter")
    expect(page.get_by_text("Đã ghi 1 số liệu.")).to_be_visible()


def test_every_page_of_amenities_is_open_to_everyone(
    demo: Demo,
    officer: OpenPage,
    assert_accessible_in_every_look: Callable[[Page], None],
    tmp_path: Path,
) -> None:
    place, at, by = demo.places["khe_coc"], timezone.now(), SystemActor(label="Người dựng thử")
    said = {"by": by, "at": at, "place_id": place}
    loud = actions.add(**said, kind="loudspeaker", name="Cụm loa nhà văn hóa", geometry=SPOT)
    actions.add(**said, kind="camera", name="Camera cổng xóm", geometry=SPOT, since=date(2023, 5, 1))
    plate = actions.add(**said, kind="address", name="Biển số 12", attributes={"code": "KC-012"})
    actions.add(**said, kind="road", name="Ngõ 3", attributes={"class": "lane", "surface": "concrete"})
    page = officer(OFFICER, f"/dia-ban/{place}/ha-tang/")
    for address in (
        *("", "them/", "them/?loai=camera", "nhap-tep/", "so-lieu/"),
        *(
            f"/ha-tang/{loud.pk}/",
            f"/ha-tang/{loud.pk}/sua/",
            f"/ha-tang/{plate.pk}/",
            f"/dia-chi-so/{plate.uid}/",
        ),
    ):
        page.goto(address if address.startswith("/") else f"/dia-ban/{place}/ha-tang/{address}")
        assert_accessible_in_every_look(page)
    file = tmp_path / "den.geojson"
    rows = [
        {"type": "Feature", "geometry": SPOT, "properties": {"name": name}}
        for name in ("Đèn 1", "Đèn 1", "Đèn 2")
    ]
    file.write_text(json.dumps({"type": "FeatureCollection", "features": rows}), encoding="utf-8")
    page.goto(f"/dia-ban/{place}/ha-tang/nhap-tep/")
    page.get_by_label("Tệp chứa").select_option("lamp")
    page.get_by_label("Tệp", exact=True).set_input_files(file)
    page.get_by_role("button", name="Xem thử").click()
    expect(page.get_by_role("heading", name="Sẽ ghi").first).to_be_visible()
    assert_accessible_in_every_look(page)
