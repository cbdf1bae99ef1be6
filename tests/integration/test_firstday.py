"""What a place brings with it comes by sheet: a form goes out, every row is tried, all are written or none."""

import io
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date, datetime
from typing import Any
from uuid import uuid4

import openpyxl
import pytest
from django.db import connection

from chungtay.community.households import queries as homes
from chungtay.core.models import Job
from chungtay.core.refusals import NotFound, NotPermitted, Refusal
from chungtay.evidence.models import Proof
from chungtay.firstday import actions, queries, running
from chungtay.firstday.kinds import kind_of
from chungtay.firstday.models import Intake
from chungtay.ledger.models import Purpose
from chungtay.recognition.titles import queries as recognition
from chungtay.standards import queries as standards
from chungtay.territory import queries as territory
from chungtay.territory.matching import Below
from chungtay.works import queries as works

OFFICER = "cán bộ Vô Tranh"
HEADINGS, FIRST = 4, 6  # rows of the form, 1-based
SMART = "xom-thong-minh-thai-nguyen"
COLUMNS = ("place", "standard", "year", "decided_by", "number", "decided_on", "ceremony_on", "source", "mark")


def form(demo: Any, now: datetime, *, by: str = OFFICER, known: bool = False) -> Any:
    """The form of titles, without those on record unless they are wanted."""
    data = queries.form(commune(demo), "danh-hieu", by=demo.post(by), today=now.date())
    made = openpyxl.load_workbook(io.BytesIO(data))
    if not known:
        made.worksheets[0].delete_rows(FIRST, 20)
    return made


def titles(demo: Any, now: datetime) -> list[Any]:
    """The titles of Khe Cốc as a smart hamlet."""
    found = recognition.titles(demo.place("khe_coc"), by=now.date())
    return [title for title in found if title.standard_code == SMART]


def commune(demo: Any) -> int:
    parent = territory.latest(demo.place("khe_coc")).parent_id
    assert parent is not None
    return parent


def fill(made: Any, row: int, **values: Any) -> None:
    """One title of Khe Cốc, unless told otherwise."""
    page = made.worksheets[0]
    given = {
        "place": "xóm Khe Cốc",
        "standard": standards.versions(code=SMART)[0].name.vi,
        "year": 2023,
        "decided_by": "Chủ tịch UBND huyện Phú Lương",
        "source": "Giấy công nhận treo ở nhà văn hóa",
    } | values
    for key, value in given.items():
        page.cell(row, 2 + COLUMNS.index(key)).value = value


def saved(made: Any) -> bytes:
    file = io.BytesIO()
    made.save(file)
    return file.getvalue()


def send(demo: Any, now: datetime, made: Any, *, by: str = OFFICER, kind: str = "danh-hieu") -> Any:
    post = demo.post(by)
    sent = running.send_and_look(
        by=post,
        at=now,
        place_id=commune(demo),
        kind=kind,
        name="tệp.xlsx",
        data=made if isinstance(made, bytes) else saved(made),
        uid=uuid4(),
    )
    return queries.intake(sent, by=post)


def lines(demo: Any, view: Any) -> list[Any]:
    return list(queries.verdicts(view.id, by=demo.post(OFFICER)))


def test_the_form_locks_its_headings_explains_each_column_and_marks_its_example(
    demo: Any, now: datetime
) -> None:
    page = form(demo, now).worksheets[0]
    assert page.protection.sheet
    heading, example, entry = page.cell(HEADINGS, 2), page.cell(5, 2), page.column_dimensions["B"]
    assert heading.value == "Địa bàn *" and "chọn trong danh sách" in heading.comment.text
    assert heading.protection.locked and not entry.protection.locked
    assert (page.cell(5, 1).value, example.value) == ("Ví dụ", "xóm Khe Cốc")
    ruled = {str(rule.sqref).split(":")[0]: rule for rule in page.data_validations.dataValidation}
    assert ruled[f"C{FIRST}"].type == "list" and ruled[f"D{FIRST}"].type == "whole"


def test_a_filled_form_is_tried_then_written_and_the_same_file_twice_changes_nothing(
    demo: Any, now: datetime, events: Any
) -> None:
    made = form(demo, now)
    fill(made, FIRST, decided_on=datetime(2023, 5, 10), number="12/QĐ")
    view = send(demo, now, made)
    assert (view.state, view.counts) == ("tried", {"new": 1}), lines(demo, view)
    assert not titles(demo, now)
    assert actions.put(by=demo.post(OFFICER), at=now, intake_id=view.id) == 1
    [title] = titles(demo, now)
    assert (title.year, title.decision_number, title.decided_on) == (2023, "12/QĐ", date(2023, 5, 10))
    assert title.mark.value == "told"
    [proof] = Proof.objects.filter(kind="opening")
    assert proof.file.is_private and Intake.objects.get(pk=view.id).content == ""
    [event] = events("firstday.enter")
    assert event.detail["new"] == 1
    again = send(demo, now, made)
    assert again.counts == {"same": 1}
    assert actions.put(by=demo.post(OFFICER), at=now, intake_id=again.id) == 0
    assert len(titles(demo, now)) == 1


@pytest.fixture
def bad_rows(demo: Any, now: datetime) -> Any:
    """A form of which every row is wrong in its own way, but for the first."""
    made = form(demo, now)
    fill(made, FIRST)
    fill(made, FIRST + 1, place="xóm Không Có")
    fill(made, FIRST + 2, year="hai nghìn", decided_on="31/02/2023")
    fill(made, FIRST + 3, source=None, year=2022)
    fill(made, FIRST + 4)
    fill(made, FIRST + 5, year=2015)
    return made


def test_every_refused_row_is_named_with_its_cells_and_reason_and_nothing_is_written(
    demo: Any, now: datetime, bad_rows: Any
) -> None:
    view = send(demo, now, bad_rows)
    assert view.counts == {"new": 1, "refused": 5}
    told = {int(row): (cells, sentence) for _kind, _page, row, cells, _label, sentence in lines(demo, view)}
    assert told[FIRST + 1][0] == "B7" and "Không có nơi nào tên hoặc mã “xóm Không Có”" in told[7][1]
    assert told[8][0] == "D8, G8" and "không có trong lịch" in told[8][1]
    assert told[9][0] == "I9" and "Chưa ghi “Nguồn”" in told[9][1]
    assert "trùng với dòng 6" in told[10][1]
    assert "chưa có hiệu lực" in told[11][1] or "hiệu lực" in told[11][1]
    with pytest.raises(Refusal, match="Còn 5 dòng không nhận được"):
        actions.put(by=demo.post(OFFICER), at=now, intake_id=view.id)
    assert not titles(demo, now)


def test_a_row_that_says_something_else_than_what_is_on_record_is_not_written_over_it(
    demo: Any, now: datetime
) -> None:
    made = form(demo, now)
    fill(made, FIRST)
    first = send(demo, now, made)
    actions.put(by=demo.post(OFFICER), at=now, intake_id=first.id)
    exported = form(demo, now, known=True)
    assert send(demo, now, exported).counts == {"same": 2}
    exported.worksheets[0].cell(FIRST, 5).value = "Chủ tịch UBND xã"
    view = send(demo, now, exported)
    [[outcome, *_rest, sentence], _same] = lines(demo, view)
    assert outcome == "differs"
    assert sentence == (
        "Cơ quan công nhận: trong sổ là “Chủ tịch UBND huyện Phú Lương”, trong tệp là “Chủ tịch UBND xã”. "
        "Không ghi đè; hãy đối chiếu hai nơi."
    )
    with pytest.raises(Refusal, match="Còn 1 dòng"):
        actions.put(by=demo.post(OFFICER), at=now, intake_id=view.id)


def test_what_changed_after_the_trial_stops_the_whole_sheet(
    demo: Any, now: datetime, unchanged: Callable[[], AbstractContextManager[None]]
) -> None:
    made = form(demo, now)
    fill(made, FIRST)
    fill(made, FIRST + 1, year=2022)
    view = send(demo, now, made)
    fill(made, FIRST, decided_by="Chủ tịch UBND tỉnh")
    other = send(demo, now, made)
    actions.put(by=demo.post(OFFICER), at=now, intake_id=view.id)
    before = titles(demo, now)
    with pytest.raises(Refusal, match="vừa đổi sau khi bạn xem thử"):
        actions.put(by=demo.post(OFFICER), at=now, intake_id=other.id)
    assert titles(demo, now) == before
    assert Proof.objects.filter(kind="opening").count() == 1
    with unchanged():
        assert actions.put(by=demo.post(OFFICER), at=now, intake_id=view.id) == 0


def spoiled(made: Any, how: str) -> Any:
    page = made.worksheets[0]
    match how:
        case "merged":
            page.merge_cells(f"E{FIRST}:E{FIRST + 2}")
        case "formula":
            page.cell(FIRST, 4).value = "=2000+23"  # openpyxl stores no result
        case "column gone":
            page.cell(HEADINGS, 4).value = "Năm ấy"
        case "column more":
            page.cell(FIRST, 15).value = "ghi riêng"
        case "empty":
            page.delete_rows(FIRST)
        case "other":
            return openpyxl.Workbook()
        case "a million rows":
            page.cell(1_000_000, 2).value = "xóm Khe Cốc"
    return made


@pytest.mark.parametrize(
    ("how", "said"),
    [
        ("column gone", "thiếu cột Năm công nhận"),
        ("column more", "Ô O6 có nội dung nhưng cột đó không thuộc mẫu"),
        ("empty", "chưa có dòng nào được điền"),
        ("other", "không phải mẫu “Danh hiệu đã được công nhận”"),
        ("a million rows", "quá lớn"),
    ],
)
def test_a_file_that_is_not_the_form_is_refused_whole_and_leaves_nothing(
    demo: Any,
    now: datetime,
    unchanged: Callable[[], AbstractContextManager[None]],
    how: str,
    said: str,
) -> None:
    made = form(demo, now)
    fill(made, FIRST)
    with unchanged(), pytest.raises(Refusal, match=said):
        send(demo, now, spoiled(made, how))


@pytest.mark.parametrize(("how", "said"), [("merged", "có ô gộp"), ("formula", "không lưu kết quả")])
def test_merged_cells_and_formulas_without_a_result_are_refused_row_by_row(
    demo: Any, now: datetime, how: str, said: str
) -> None:
    made = form(demo, now)
    fill(made, FIRST)
    fill(made, FIRST + 5, year=2022)
    view = send(demo, now, spoiled(made, how))
    assert view.counts == {"refused": 3 if how == "merged" else 1, "new": 1}
    assert said in lines(demo, view)[0][5]


def test_who_may_enter_no_title_there_gets_no_form_and_sends_none(
    demo: Any, now: datetime, unchanged: Callable[[], AbstractContextManager[None]]
) -> None:
    made = form(demo, now)
    fill(made, FIRST)
    for persona in ("trưởng xóm Khe Cốc", "cán bộ Quảng Lạc", "đoàn kiểm tra"):
        with unchanged(), pytest.raises(NotPermitted):
            send(demo, now, made, by=persona)
        with pytest.raises(NotPermitted):
            form(demo, now, by=persona)
    view = send(demo, now, made)
    with pytest.raises(NotFound):
        queries.intake(view.id, by=demo.post("cán bộ Quảng Lạc"))


def test_a_place_that_is_no_more_is_told_from_the_one_that_bears_its_name_now(
    demo: Any, now: datetime
) -> None:
    below = Below(territory.nation().id, now.date())
    [old] = [label for label in below.labels.values() if label.startswith("xã Vô Tranh, huyện Phú Lương")]
    assert old.endswith("(không còn từ 01/07/2025)")
    assert below.find(old)[0] != below.find("xã Vô Tranh")[0] == commune(demo)
    assert below.find("xóm Khe Cốc, xã Vô Tranh")[0] == demo.place("khe_coc")


def test_a_long_sheet_is_tried_and_written_by_jobs(
    demo: Any, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(running, "SHORT", 0)
    made = form(demo, now)
    fill(made, FIRST)
    view = send(demo, now, made)
    assert view.busy and view.counts == {}
    running.try_sheet.call(intake_id=view.id)
    assert running.put_in(by=demo.post(OFFICER), at=now, intake_id=view.id) is None
    for _again in range(2):
        running.write_sheet.call(intake_id=view.id)
    done = queries.intake(view.id, by=demo.post(OFFICER))
    assert (done.state, done.written) == ("written", 1)
    assert Job.objects.filter(task__startswith="chungtay.firstday").count() == 2


def test_what_a_sheet_says_of_people_is_not_readable_in_the_database(demo: Any, now: datetime) -> None:
    made = form(demo, now)
    fill(made, FIRST, place="xóm Không Có")
    view = send(demo, now, made)
    with connection.cursor() as cursor:
        cursor.execute("SELECT content, verdicts FROM firstday_intake WHERE id = %s", [view.id])
        content, verdicts = cursor.fetchone()
    assert content.startswith("gAAAA") and verdicts.startswith("gAAAA")


# ── Households ────────────────────────────────────────────────────────────────


def households(demo: Any, now: datetime, *, by: str = OFFICER, rows: int = 3) -> bytes:
    data = queries.form(commune(demo), "ho-gia-dinh", by=demo.post(by), today=now.date())
    made = openpyxl.load_workbook(io.BytesIO(data))
    page = made.worksheets[0]
    for at in range(rows):
        values = ("xóm Khe Cốc", f"H{at + 1:03d}", f"Đại diện hộ {at + 1}", 4, "ngõ 2", None, None)
        for column, value in enumerate((*values, "Sổ hộ của xóm năm 2025"), 2):
            page.cell(FIRST + at, column).value = value
    return saved(made)


def test_households_come_by_sheet_and_the_same_sheet_again_adds_none(demo: Any, now: datetime) -> None:
    sent = households(demo, now)
    view = send(demo, now, sent, kind="ho-gia-dinh")
    assert view.counts == {"new": 3}, lines(demo, view)
    assert actions.put(by=demo.post(OFFICER), at=now, intake_id=view.id) == 3
    listed = homes.households_at(demo.place("khe_coc"), now.date(), seen_by=demo.post(OFFICER))
    assert [(each.code, each.representative) for each in listed][:1] == [("H001", "Đại diện hộ 1")]
    assert send(demo, now, sent, kind="ho-gia-dinh").counts == {"same": 3}
    exported = households(demo, now, rows=0)
    assert send(demo, now, exported, kind="ho-gia-dinh").counts == {"same": 3}


def test_the_file_of_households_is_sealed_while_it_waits_and_then_let_go_of(demo: Any, now: datetime) -> None:
    view = send(demo, now, households(demo, now), kind="ho-gia-dinh")
    with connection.cursor() as cursor:
        cursor.execute("SELECT content FROM firstday_intake WHERE id = %s", [view.id])
        assert cursor.fetchone()[0].startswith("gAAAA")
    actions.put(by=demo.post(OFFICER), at=now, intake_id=view.id)
    assert queries.intake(view.id, by=demo.post(OFFICER)).evidence is None
    assert not Proof.objects.filter(kind="opening").exists()
    written = Intake.objects.get(pk=view.id)
    assert (written.content, written.lines, written.written) == ("", [], 3)


def test_no_office_above_the_commune_gets_the_names_of_households(demo: Any, now: datetime) -> None:
    for persona in ("văn phòng Thái Nguyên", "cán bộ Quảng Lạc", "đoàn kiểm tra"):
        with pytest.raises(NotPermitted):
            households(demo, now, by=persona)


def test_what_few_may_read_comes_after_the_household_and_blank_rows_say_nothing(
    demo: Any, now: datetime
) -> None:
    done = send(demo, now, households(demo, now), kind="ho-gia-dinh")
    actions.put(by=demo.post(OFFICER), at=now, intake_id=done.id)
    data = queries.form(commune(demo), "thong-tin-rieng", by=demo.post(OFFICER), today=now.date())
    made = openpyxl.load_workbook(io.BytesIO(data))
    page = made.worksheets[0]
    assert page.cell(FIRST, 3).value == "H001"
    page.cell(FIRST, 4).value = "hộ nghèo"
    page.cell(FIRST + 1, 3).value = "H099"
    view = send(demo, now, made, kind="thong-tin-rieng")
    assert [line[0] for line in lines(demo, view)] == ["new", "refused", "same"]
    assert "Chưa có hộ H099" in lines(demo, view)[1][5]


# ── Works and opening entries ─────────────────────────────────────────────────


def filled_form(demo: Any, now: datetime, kind: str, *rows: dict[str, Any]) -> Any:
    """The form of a kind with those rows; by the keys of its columns."""
    data = queries.form(commune(demo), kind, by=demo.post(OFFICER), today=now.date())
    made = openpyxl.load_workbook(io.BytesIO(data))
    page = made.worksheets[0]
    page.delete_rows(FIRST, 50)
    at = {column.key: n for n, column in enumerate(kind_of(kind).sheet(now.date()).columns, 2)}
    for row, values in enumerate(rows, FIRST):
        for key, value in values.items():
            page.cell(row, at[key]).value = value
    return made


ROAD = {
    "place": "xóm Khe Cốc",
    "number": "CT-01/2024",
    "name": "Đường trục xóm",
    "kind": "Đường giao thông",
    "state": "đã bàn giao",
    "on": "31/12/2025",
    "contract": 850_000_000,
    "accepted": 850_000_000,
    "paid": "600.000.000",
    "source": "Hồ sơ công trình của xã",
}


def test_a_work_comes_with_what_is_owed_for_it_and_another_sum_does_not_overwrite_it(
    demo: Any, now: datetime
) -> None:
    made = filled_form(demo, now, "cong-trinh", ROAD)
    view = send(demo, now, made, kind="cong-trinh")
    assert view.counts == {"new": 1}, lines(demo, view)
    actions.put(by=demo.post(OFFICER), at=now, intake_id=view.id)
    assert works.arrears(demo.place("khe_coc")).dong == 250_000_000
    data = queries.form(commune(demo), "cong-trinh", by=demo.post(OFFICER), today=now.date())
    assert send(demo, now, data, kind="cong-trinh").counts == {"same": 1}
    assert send(demo, now, made, kind="cong-trinh").counts == {"same": 1}
    view = send(demo, now, filled_form(demo, now, "cong-trinh", ROAD | {"paid": 0}), kind="cong-trinh")
    [[outcome, *_rest, sentence]] = lines(demo, view)
    assert outcome == "differs" and "trong sổ là “600.000.000”, trong tệp là “0”" in sentence


def test_a_work_whose_papers_tell_no_contract_comes_without_sums(demo: Any, now: datetime) -> None:
    bare = ROAD | {"state": "đang làm", "contract": None, "accepted": None, "paid": None}
    built = bare | {"number": "CT-02/2024", "builder": "Tổ thợ của xóm"}
    view = send(demo, now, filled_form(demo, now, "cong-trinh", bare, built), kind="cong-trinh")
    assert [(line[0], line[3]) for line in lines(demo, view)] == [("new", "B6"), ("refused", "L7")]
    view = send(demo, now, filled_form(demo, now, "cong-trinh", bare), kind="cong-trinh")
    actions.put(by=demo.post(OFFICER), at=now, intake_id=view.id)
    data = queries.form(commune(demo), "cong-trinh", by=demo.post(OFFICER), today=now.date())
    assert send(demo, now, data, kind="cong-trinh").counts == {"same": 1}


FUND = {
    "place": "xóm Khe Cốc",
    "kind": "Số dư ban đầu",
    "purpose": "Quỹ làm đường xóm",
    "source": "Người dân đóng góp",
    "on": "31/12/2025",
    "value_dong": 12_500_000,
    "held_in": "quỹ tiền mặt",
    "paper": "Sổ quỹ của xóm, trang 12",
}


def test_a_fund_comes_with_its_balance_once_and_what_the_ledger_refuses_is_told_at_its_cell(
    demo: Any, now: datetime
) -> None:
    labour = FUND | {"kind": "Ngày công", "held_in": None, "value_dong": None, "quantity": "920"}
    credit = labour | {"source": "Vốn tín dụng"}
    view = send(
        demo, now, filled_form(demo, now, "so-du-ban-dau", FUND, labour, credit), kind="so-du-ban-dau"
    )
    assert view.counts == {"new": 2, "refused": 1}
    [refused] = [line for line in lines(demo, view) if line[0] == "refused"]
    assert refused[3] == "F8" and "không phải đóng góp" in refused[5]
    made = filled_form(demo, now, "so-du-ban-dau", FUND, labour)
    view = send(demo, now, made, kind="so-du-ban-dau")
    assert actions.put(by=demo.post(OFFICER), at=now, intake_id=view.id) == 2
    assert Purpose.objects.filter(place_id=demo.place("khe_coc"), name="Quỹ làm đường xóm").count() == 1
    assert send(demo, now, made, kind="so-du-ban-dau").counts == {"same": 2}
    data = queries.form(commune(demo), "so-du-ban-dau", by=demo.post(OFFICER), today=now.date())
    assert send(demo, now, data, kind="so-du-ban-dau").counts == {"same": 2}
