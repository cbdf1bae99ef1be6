"""The grid of entry: each cell saved by itself, two people at one figure told; a plain form without scripts."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.test import Client

from chungtay.figures import queries as figures
from chungtay.figures.models import Observation
from chungtay.territory import queries as territory
from rulebook import Period

LAW = "xom-thong-minh-thai-nguyen"
OFFICER = "cán bộ Vô Tranh"
YEAR = Period.year(2025)


def address(demo: Any) -> str:
    return f"/dia-ban/{territory.latest(demo.place('khe_coc')).parent_id}/bang-nhap/{LAW}/"


def save(visit: Client, demo: Any, value: str, *, seen: int = 0, **more: str) -> Any:
    sent = {"ky": "2025", "noi": str(demo.place("khe_coc")), "so": "security_cameras", "value": value}
    return visit.post(address(demo) + "o/", sent | {"seen": str(seen)} | more)


def test_a_cell_is_saved_as_one_leaves_it_and_saying_the_same_again_changes_nothing(demo: Any) -> None:
    visit = demo.visit(OFFICER)
    first = save(visit, demo, "9", nguon="Sổ của xóm").json()
    assert (first["state"], first["value"]) == ("saved", "9")
    row = figures.history(demo.place("khe_coc"), "security_cameras")[0]
    assert (row.id, row.period, row.source) == (first["seen"], YEAR, "Sổ của xóm")
    assert save(visit, demo, "9", seen=first["seen"]).json()["state"] == "same"
    assert save(visit, demo, "10", seen=first["seen"], undo="1").json()["state"] == "saved"
    assert figures.history(demo.place("khe_coc"), "security_cameras")[0].reason == "Hoàn tác trên bảng nhập"


def test_a_bad_value_is_refused_with_its_sentence_and_what_stands_is_told(demo: Any) -> None:
    visit = demo.visit(OFFICER)
    seen = save(visit, demo, "9").json()["seen"]
    refused = save(visit, demo, "nhiều", seen=seen)
    assert refused.status_code == 422
    assert (refused.json()["state"], refused.json()["value"]) == ("refused", "9")
    assert "không phải là một con số" in refused.json()["sentence"]
    emptied = save(visit, demo, "", seen=seen)
    assert emptied.status_code == 422 and "không xoá được" in emptied.json()["sentence"]


def test_a_figure_somebody_else_has_just_written_is_shown_and_not_overwritten_unseen(demo: Any) -> None:
    visit = demo.visit(OFFICER)
    demo.record("security_cameras", "8", period=YEAR)
    clash = save(visit, demo, "9")
    assert clash.status_code == 409
    told = clash.json()
    assert (told["state"], told["value"]) == ("conflict", "8") and "vừa được" in told["sentence"]
    assert save(visit, demo, "9", seen=told["seen"]).json()["state"] == "saved"


def test_a_post_saves_no_cell_outside_its_place(demo: Any) -> None:
    for persona in ("cán bộ Quảng Lạc", "đoàn kiểm tra"):
        assert save(demo.visit(persona), demo, "9").status_code == 403
    outside = demo.visit(OFFICER).post(
        address(demo) + "o/",
        {"ky": "2025", "noi": str(demo.place("quang_lac")), "so": "security_cameras", "value": "9"},
    )
    assert outside.status_code == 422
    assert not Observation.objects.filter(period_start=date(2025, 1, 1)).exists()


def test_without_scripts_the_table_is_a_form_that_saves_the_changed_cells_or_none(demo: Any) -> None:
    visit, name = demo.visit(OFFICER), f"o.{demo.place('khe_coc')}."
    page = visit.get(address(demo) + "?ky=2025").content.decode()
    assert f'name="{name}security_cameras"' in page and "Từ 5 camera trở lên" in page
    sent = {"ky": "2025", "seen": "0", "shown": "{}", f"{name}security_cameras": "9"}
    before = Observation.objects.count()
    refused = visit.post(address(demo), sent | {f"{name}public_wifi_points": "nhiều"})
    assert refused.status_code == 422 and Observation.objects.count() == before
    assert 'value="nhiều"' in refused.content.decode() and 'value="9"' in refused.content.decode()
    assert visit.post(address(demo), sent).status_code == 302
    assert figures.history(demo.place("khe_coc"), "security_cameras")[0].value == 9


def test_the_form_tells_of_another_writer_and_saving_again_is_meant(demo: Any) -> None:
    visit, name = demo.visit(OFFICER), f"o.{demo.place('khe_coc')}.security_cameras"
    sent = {"ky": "2025", "seen": "0", "shown": "{}", name: "9"}
    newest = demo.record("security_cameras", "8", period=YEAR)[0].pk
    told = visit.post(address(demo), sent)
    assert told.status_code == 422
    assert f'name="seen" value="{newest}"' in told.content.decode()
    assert visit.post(address(demo), sent | {"seen": str(newest)}).status_code == 302


def test_the_queries_of_the_grid_do_not_grow_with_its_figures(
    demo: Any, queries_of: Callable[[Callable[[], Any]], int]
) -> None:
    visit = demo.visit(OFFICER)
    visit.get(address(demo))
    one = queries_of(lambda: visit.get(address(demo) + "?ky=2025&tc=3"))
    whole = queries_of(lambda: visit.get(address(demo) + "?ky=24/05/2023"))
    assert whole <= one + 1 and whole <= 22
