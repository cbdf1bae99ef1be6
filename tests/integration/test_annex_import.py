"""An annex from file to draft on the screens: each step kept, nothing lost on a bad one, one revision at the end."""

import re
import sys
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

sys.path.append(str(Path(__file__).resolve().parents[1] / "annex"))  # the makers of files

import commune_annex
import files

from chungtay.core.refusals import NotFound, NotPermitted, Refusal
from chungtay.standards.annex import NEW, Answers
from chungtay.standards.desk import actions as desk
from chungtay.standards.desk import queries as drafts
from chungtay.standards.desk.content import blank
from chungtay.standards.importing import actions, queries
from chungtay.standards.importing.choices import Choices
from chungtay.standards.importing.models import AnnexImport
from chungtay.territory import queries as territory
from rulebook import Lawbook

pytestmark = pytest.mark.django_db

AT = datetime.fromisoformat("2026-03-02T09:00:00+07:00")
HEAD = ["TT", "Tên tiêu chí", "Nội dung", "Mức đạt"]
ROWS = [
    HEAD,
    ["4", "Điện", "4.1. Có hệ thống điện đạt chuẩn", "Đạt"],
    ["", "", "4.2. Tỷ lệ hộ dùng điện an toàn", "98%"],
    ["9", "Nhà ở", "Nhà tạm, dột nát", "Không"],
]
MERGES = [(1, 0, 2, 0), (1, 1, 2, 1)]


@pytest.fixture
def office(demo: Any) -> Any:
    return demo.post("văn phòng Thái Nguyên")


@pytest.fixture
def draft_id(demo: Any, office: Any) -> int:
    content = blank(code="xa-thu", name="Xã thử", level="commune", province="19")
    place = territory.resolve("tỉnh Thái Nguyên").id
    return desk.begin(by=office, at=AT, place_id=place, content=content)


@pytest.fixture
def client(demo: Any) -> Client:
    return demo.visit("văn phòng Thái Nguyên")


def sent_file(data: bytes, name: str = "phu-luc.docx") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data)


def fields_of(page: str) -> dict[str, str]:
    """What a browser would send back from the page's form as it stands."""
    found = {}
    for name, body in re.findall(r'<select [^>]*name="([^"]+)"[^>]*>(.*?)</select>', page, re.DOTALL):
        picked = re.search(r'value="([^"]*)" selected', body)
        found[name] = picked[1] if picked else ""
    for tag in re.findall(r"<input [^>]*>", page):
        name, value = re.search(r'name="([^"]+)"', tag), re.search(r'value="([^"]*)"', tag)
        if name and 'type="checkbox"' not in tag and ('type="radio"' not in tag or " checked" in tag):
            found[name[1]] = value[1] if value else ""
    found.pop("csrfmiddlewaretoken", None)
    return found


def start(client: Client, draft_id: int, data: bytes) -> str:
    """Upload a file of one table; the address of its page of columns."""
    answer = client.post(
        f"/soan-luat/{draft_id}/phu-luc/", {"file": sent_file(data), "uid": str(uuid4())}, follow=True
    )
    assert answer.status_code == 200
    return str(answer.redirect_chain[-1][0])


def test_an_annex_goes_from_file_to_draft_in_five_steps_and_is_one_revision(
    client: Client, draft_id: int, events: Any, office: Any
) -> None:
    columns = start(client, draft_id, files.word(ROWS, MERGES, "Phụ lục I"))
    page = client.get(columns).content.decode()
    assert "Đọc được 2 tiêu chí, 3 chỉ tiêu; 2 chỉ tiêu có mức; 0 hàng bỏ qua." in page
    assert "Tiêu đề ghi “Nội dung”." in page
    tried = client.post(columns, {**fields_of(page), "unsigned": "at_least"}).content.decode()
    assert "3 chỉ tiêu có mức" in tried
    answer = client.post(columns, {**fields_of(tried), "go_on": "1"})
    assert answer.status_code == 302
    page = client.get(answer["Location"]).content.decode()
    sent = fields_of(page)
    assert sent["m-1-0"] == "power_system_standard"  # put forward, not yet taken
    assert sent["m-2-0"] == ""  # two are about as like: nothing is put forward
    assert AnnexImport.objects.get().choices["measures"] == []
    answer = client.post(
        answer["Location"], {**sent, "m-2-0": "new", "m-3-0": "temporary_houses", "go_on": "1"}
    )
    assert answer.status_code == 302
    page = client.get(answer["Location"]).content.decode()
    assert "Phụ lục I, hàng 2" in page
    assert drafts.draft(draft_id).number == 1
    answer = client.post(answer["Location"], fields_of(page))
    assert answer["Location"] == f"/soan-luat/{draft_id}/"
    view = drafts.draft(draft_id)
    assert view.number == 2
    rules = {one["code"]: one["rule"] for each in view.content["criteria"] for one in each["indicators"]}
    assert rules["4.1"] == {"is_true": {"measure": "power_system_standard"}}
    assert rules["9"] == {"compare": {"measure": "temporary_houses", "equals": "0"}}
    assert "98" in str(rules["4.2"])
    assert [event.deed for event in events("standards.")][-2:] == [
        "standards.upload_annex",
        "standards.revise_draft",
    ]
    assert "nhập phụ lục từ tệp “phu-luc.docx”" in drafts.history(draft_id)[0].deed
    desk.undo(by=office, at=AT, draft_id=draft_id, seen=2)
    assert drafts.draft(draft_id).content["criteria"] == []


def test_the_commune_set_comes_into_a_draft_and_only_its_gaps_are_problems(
    client: Client, draft_id: int, law: Lawbook, office: Any
) -> None:
    answer = client.post(
        f"/soan-luat/{draft_id}/phu-luc/",
        {"file": sent_file(commune_annex.typed(law)), "uid": str(uuid4())},
        follow=True,
    )
    table = str(answer.redirect_chain[-1][0])
    assert "Đã nối các bảng bị ngắt trang: bảng 1, bảng 2." in answer.content.decode()
    columns = client.post(table, {"table": "0"})["Location"]
    measures = client.post(columns, {**fields_of(client.get(columns).content.decode()), "go_on": "1"})[
        "Location"
    ]
    page = client.get(measures).content.decode()
    assert len(page) < 400_000
    sent = {
        key: value or NEW for key, value in fields_of(page).items() if key.startswith("m-") and key[-1] == "0"
    }
    both = {
        name: value
        for name, value in fields_of(page).items()
        if name.endswith("-1") and name.startswith("m-")
    }
    answer = client.post(measures, {**sent, **dict.fromkeys(both, "centralised_water_share"), "go_on": "1"})
    assert answer.status_code == 302, answer.content.decode()[:3000]
    page = client.get(answer["Location"]).content.decode()
    assert client.post(answer["Location"], fields_of(page)).status_code == 302
    view = drafts.draft(draft_id)
    assert len(view.content["criteria"]) == 19
    where = {problem.file for problem in drafts.compiled(view).problems}
    assert not [file for file in where if file.startswith(("criteria", "measures"))], where


def test_a_bad_file_says_what_to_do_and_leaves_nothing(client: Client, draft_id: int, unchanged: Any) -> None:
    with unchanged():
        for data, words in ((b"%PDF-1.7", "PDF"), (b"", "trống"), (b"PK\x03\x04x", "hỏng")):
            answer = client.post(f"/soan-luat/{draft_id}/phu-luc/", {"file": sent_file(data)})
            assert answer.status_code == 422
            assert words in answer.content.decode()
        answer = client.post(f"/soan-luat/{draft_id}/phu-luc/", {})
        assert "Chưa chọn tệp" in answer.content.decode()


def test_a_file_sent_twice_is_one_import(draft_id: int, office: Any) -> None:
    uid, data = uuid4(), files.word(ROWS, MERGES)
    first = actions.upload(by=office, at=AT, draft_id=draft_id, name="a.docx", data=data, uid=uid)
    assert actions.upload(by=office, at=AT, draft_id=draft_id, name="a.docx", data=data, uid=uid) == first
    assert AnnexImport.objects.count() == 1


def test_columns_that_give_nothing_are_said_and_kept(client: Client, draft_id: int) -> None:
    columns = start(client, draft_id, files.word(ROWS, MERGES))
    sent = fields_of(client.get(columns).content.decode())
    answer = client.post(columns, {**sent, "c-3": "ignored", "part": "Phụ lục 7", "go_on": "1"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Chưa có cột mức đạt" in page
    assert fields_of(page)["c-3"] == "ignored"
    assert fields_of(client.get(columns).content.decode())["part"] == "Phụ lục 7"
    mended = client.post(columns, {**fields_of(page), "c-3": "common", "go_on": "1"})
    assert mended.status_code == 302


def test_a_changed_header_is_guessed_anew(client: Client, draft_id: int) -> None:
    columns = start(client, draft_id, files.word(ROWS, MERGES))
    sent = fields_of(client.get(columns).content.decode())
    page = client.post(columns, {**sent, "header": "2"}).content.decode()
    assert "Do người nhập chọn." in page
    assert fields_of(page)["header"] == "2"


def test_an_unknown_measure_is_said_beside_its_indicator_and_the_rest_is_kept(
    client: Client, draft_id: int
) -> None:
    columns = start(client, draft_id, files.word(ROWS, MERGES))
    client.post(columns, {**fields_of(client.get(columns).content.decode()), "go_on": "1"})
    measures = columns.replace("/cot/", "/so-do/")
    sent = fields_of(client.get(measures).content.decode())
    answer = client.post(
        measures, {**sent, "m-3-0": "other", "m-3-0-other": "khong_co", "t-2-3": "≥ 97,5%", "go_on": "1"}
    )
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Chỉ tiêu 9: không có số đo “khong_co”" in page
    assert fields_of(page)["m-3-0-other"] == "khong_co"
    kept = AnnexImport.objects.get().choices
    assert [2, 3, "≥ 97,5%"] in kept["typed"]
    assert [1, ["power_system_standard"]] in kept["measures"]


def test_a_row_left_out_can_be_taken_back(client: Client, draft_id: int) -> None:
    columns = start(client, draft_id, files.word(ROWS, MERGES))
    measures = columns.replace("/cot/", "/so-do/")
    sent = fields_of(client.get(measures).content.decode())
    page = client.post(measures, {**sent, "x-3": "1", "save": "1"}).content.decode()
    assert "Nhà tạm" not in page
    assert "Nhập lại hàng 4" in page
    page = client.post(measures, {**fields_of(page), "k-3": "1", "save": "1"}).content.decode()
    assert "Nhà tạm" in page


def test_leaving_out_every_indicator_is_said_and_leaves_a_way_on(client: Client, draft_id: int) -> None:
    columns = start(client, draft_id, files.word(ROWS, MERGES))
    measures = columns.replace("/cot/", "/so-do/")
    sent = fields_of(client.get(measures).content.decode())
    answer = client.post(measures, {**sent, "x-1": "1", "x-2": "1", "x-3": "1", "go_on": "1"})
    assert answer.status_code == 422
    assert "Đã bỏ hết mọi chỉ tiêu" in answer.content.decode()
    assert client.get(measures).status_code == 200


def decided(office: Any, draft_id: int, uid: UUID | None = None) -> int:
    key = actions.upload(
        by=office, at=AT, draft_id=draft_id, name="a.docx", data=files.word(ROWS, MERGES), uid=uid or uuid4()
    )
    choices = Choices(table=0)
    actions.choose(by=office, import_id=key, choices=choices)
    answers = Answers({1: ("power_system_standard",), 2: (NEW,), 3: ("temporary_houses",)})
    actions.choose(by=office, import_id=key, choices=replace(choices, answers=answers))
    return key


def test_other_criteria_of_the_draft_stay_unless_all_are_to_be_replaced(draft_id: int, office: Any) -> None:
    view = drafts.draft(draft_id)
    both = {"vi": "Thu nhập", "en": "Income"}
    before = {
        **view.content,
        "criteria": [{"criterion": n, "name": both, "indicators": []} for n in ("9", "10")],
    }
    desk.replace_content(by=office, at=AT, draft_id=draft_id, content=before, seen=1)
    key = decided(office, draft_id)
    actions.put(by=office, at=AT, import_id=key, seen=2, whole=False)
    assert [each["criterion"] for each in drafts.draft(draft_id).content["criteria"]] == ["9", "10", "4"]
    assert drafts.draft(draft_id).content["criteria"][0]["name"]["vi"] == "Nhà ở"
    actions.put(by=office, at=AT, import_id=decided(office, draft_id), seen=3, whole=True)
    assert [each["criterion"] for each in drafts.draft(draft_id).content["criteria"]] == ["4", "9"]


def test_putting_in_twice_is_once_and_an_edit_meanwhile_is_not_run_over(draft_id: int, office: Any) -> None:
    key = decided(office, draft_id)
    first = actions.put(by=office, at=AT, import_id=key, seen=1, whole=False)
    assert actions.put(by=office, at=AT, import_id=key, seen=1, whole=False) == first == 2
    later = decided(office, draft_id)
    with pytest.raises(desk.Overtaken):
        actions.put(by=office, at=AT, import_id=later, seen=1, whole=True)
    assert drafts.draft(draft_id).number == 2


def test_without_a_measure_for_every_indicator_nothing_comes_into_the_draft(
    draft_id: int, office: Any
) -> None:
    key = decided(office, draft_id)
    row = AnnexImport.objects.get(pk=key)
    row.choices["measures"] = row.choices["measures"][:1]
    row.save()
    with pytest.raises(Refusal, match=r"Còn 2 chỉ tiêu chưa chọn số đo: 4\.2, 9\."):
        actions.put(by=office, at=AT, import_id=key, seen=1, whole=False)
    assert drafts.draft(draft_id).number == 1


@pytest.mark.parametrize("persona", ["trưởng xóm Khe Cốc", "cán bộ Quảng Lạc"])
def test_others_neither_see_nor_touch_an_import(demo: Any, draft_id: int, office: Any, persona: str) -> None:
    key = decided(office, draft_id)
    other = demo.visit(persona)
    for page in ("bang", "cot", "so-do", "xem-truoc"):
        assert other.get(f"/soan-luat/phu-luc/{key}/{page}/").status_code == 404
    assert other.post(f"/soan-luat/{draft_id}/phu-luc/", {"file": sent_file(b"x")}).status_code in (403, 404)
    with pytest.raises((NotFound, NotPermitted)):
        actions.put(by=demo.post(persona), at=AT, import_id=key, seen=1, whole=False)


def test_a_step_asks_a_fixed_number_of_queries(
    draft_id: int, office: Any, queries_of: Any, law: Lawbook
) -> None:
    small = decided(office, draft_id)
    large = actions.upload(
        by=office, at=AT, draft_id=draft_id, name="b.docx", data=commune_annex.typed(law), uid=uuid4()
    )
    actions.choose(by=office, import_id=large, choices=Choices(table=0))
    queries.annex(small, by=office)
    asked = queries_of(lambda: queries.annex(small, by=office))
    assert queries_of(lambda: queries.annex(large, by=office)) == asked
    assert asked <= 60
