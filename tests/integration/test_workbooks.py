"""A place's workbook goes out, comes back filled in, is tried cell by cell, and is written whole or not at all."""

import io
import zipfile
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import uuid4

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from chungtay.core.refusals import NotPermitted, Refusal
from chungtay.figures import actions as figures_actions
from chungtay.figures import queries as figures
from chungtay.figures.actions import Entry
from chungtay.figures.blocks import check_blocks
from chungtay.figures.models import Observation
from chungtay.figures.workbooks import actions, queries, running
from chungtay.figures.workbooks.building import book_of
from chungtay.figures.workbooks.opening import open_book
from chungtay.figures.workbooks.writing import write
from chungtay.standards import queries as standards
from chungtay.territory import queries as territory
from chungtay.territory.actions import found_place
from rulebook import Period

YEAR = Period.year(2025)
OFFICER = "cán bộ Vô Tranh"
HAMLETS = "xom-thong-minh-thai-nguyen"
MODEL = "xom-kieu-mau-thai-nguyen"


def book(demo: Any, now: datetime, place: int, code: str) -> Any:
    """A workbook just made, open to be filled in."""
    made = book_of(territory.latest(place), code, on=now.date(), language="vi")
    return openpyxl.load_workbook(io.BytesIO(write(made)))


def saved(made: Any) -> bytes:
    file = io.BytesIO()
    made.save(file)
    return file.getvalue()


def entry(made: Any, label: str, measure: str) -> Any:
    """The entry cell of a place and measure, found by the words people see."""
    for sheet in made.worksheets[:-1] if made.worksheets[-1].title == "_ChungTay" else made.worksheets:
        if sheet.title == "_ChungTay":
            continue
        rows = [row for row in range(1, sheet.max_row + 1) if sheet.cell(row, 2).value == label]
        columns = [col for col in range(3, sheet.max_column + 1) if sheet.cell(7, col).value == measure]
        if rows and columns:
            sheet["B3"], sheet["B4"] = 2025, "Báo cáo năm 2025 của xã"
            return sheet.cell(rows[0], columns[0] + 1)
    raise LookupError(f"{label}: {measure}")


def commune(demo: Any) -> int:
    return territory.latest(demo.place("khe_coc")).parent_id


def send(
    demo: Any, now: datetime, made: Any, *, place: int | None = None, by: Any = None
) -> queries.ImportView:
    by = by or demo.post(OFFICER)
    data = made if isinstance(made, bytes) else saved(made)
    where = commune(demo) if place is None else place
    sent = running.send_and_look(by=by, at=now, place_id=where, name="sổ.xlsx", data=data, uid=uuid4())
    return queries.workbook_import(sent, by=by)


def measure(code: str) -> str:
    """What people call a measure."""
    return standards.measure(code).name.vi


@pytest.fixture
def cameras(demo: Any) -> str:
    return measure("security_cameras")


def test_the_workbook_of_a_communes_hamlets_has_a_sheet_a_criterion_with_entry_cells_open(
    demo: Any, now: datetime, cameras: str
) -> None:
    made = book(demo, now, commune(demo), HAMLETS)
    cell = entry(made, "xóm Khe Cốc", cameras)
    sheet = cell.parent
    assert sheet.protection.sheet and not cell.protection.locked
    before = sheet.cell(cell.row, cell.column - 1)
    assert before.protection.locked and before.value == "7 camera (24/05/2023)"
    note = sheet.cell(7, cell.column - 1).comment.text
    assert "từ 5 camera" in note
    assert made["_ChungTay"].sheet_state == "veryHidden"
    assert not [name for name in made.sheetnames if len(name) > 31]


def test_a_filled_workbook_is_tried_then_written_and_the_same_file_twice_changes_nothing(
    demo: Any, now: datetime, cameras: str, events: Any, unchanged: Callable[[], AbstractContextManager[None]]
) -> None:
    made = book(demo, now, commune(demo), HAMLETS)
    entry(made, "xóm Khe Cốc", cameras).value = 9
    figures_before = Observation.objects.count()
    view = send(demo, now, made)
    assert view.report["counts"] == {"new": 1, "changed": 0, "same": 0, "clash": 0, "refused": 0}
    [line] = view.report["listed"]["new"]
    assert (line[2], line[3], line[5]) == ("xóm Khe Cốc", cameras, "9 camera")
    assert Observation.objects.count() == figures_before
    assert actions.put(by=demo.post(OFFICER), at=now, import_id=view.id) == 1
    row = figures.history(demo.place("khe_coc"), "security_cameras")[0]
    assert (row.value, row.period, row.source) == (9, YEAR, "Báo cáo năm 2025 của xã")
    [event] = events("figures.load")
    assert event.detail["file"] == "sổ.xlsx" and check_blocks() == []
    again = send(demo, now, made)
    assert again.report["counts"]["same"] == 1
    figures_before = Observation.objects.count()
    assert actions.put(by=demo.post(OFFICER), at=now, import_id=again.id) == 0
    assert Observation.objects.count() == figures_before
    with unchanged():
        assert actions.put(by=demo.post(OFFICER), at=now, import_id=view.id) == 0


def test_a_place_of_its_own_has_its_measures_below_one_another(
    demo: Any, now: datetime, cameras: str
) -> None:
    made = book(demo, now, demo.place("khe_coc"), HAMLETS)
    sheet, row = next(
        (sheet, row)
        for sheet in made.worksheets
        for row in range(1, sheet.max_row + 1)
        if sheet.cell(row, 2).value == cameras
    )
    sheet["B3"], sheet.cell(row, 6).value = "24/05/2024", "8 camera"
    view = send(demo, now, made, place=demo.place("khe_coc"))
    assert view.report["counts"]["new"] == 1
    assert view.report["listed"]["new"][0][1] == f"F{row}"


def test_every_refused_cell_is_named_with_its_sheet_and_cell_and_nothing_is_written(
    demo: Any, now: datetime, cameras: str
) -> None:
    made = book(demo, now, commune(demo), HAMLETS)
    wrong, right = entry(made, "xóm Khe Cốc", cameras), 5
    wrong.value = "nhiều lắm"
    other = (
        next(
            wrong.parent.cell(row, wrong.column)
            for row in range(11, wrong.parent.max_row + 1)
            if row != wrong.row and wrong.parent.cell(row, 2).value
        )
        if wrong.parent.max_row > 11
        else None
    )
    if other is not None:
        other.value = right
    view = send(demo, now, made)
    [line] = view.report["listed"]["refused"]
    assert line[:2] == [wrong.parent.title, wrong.coordinate]
    assert "không phải là một con số" in line[6]
    with pytest.raises(Refusal, match="Còn 1 ô không nhận được"):
        actions.put(by=demo.post(OFFICER), at=now, import_id=view.id)


def test_a_number_somebody_recorded_after_the_export_is_shown_and_not_overwritten_unseen(
    demo: Any, now: datetime, cameras: str
) -> None:
    made = book(demo, now, commune(demo), HAMLETS)
    entry(made, "xóm Khe Cốc", cameras).value = 9
    demo.record("security_cameras", "8", period=YEAR)
    view = send(demo, now, made)
    [line] = view.report["listed"]["clash"]
    assert line[4:6] == ["8 camera", "9 camera"] and "Người dựng thử đã ghi 8 camera" in line[6]
    by = demo.post(OFFICER)
    with pytest.raises(Refusal, match="sau khi sổ này được xuất"):
        actions.put(by=by, at=now, import_id=view.id)
    demo.record("security_cameras", "10", period=YEAR)
    with pytest.raises(Refusal, match="vừa đổi sau khi bạn xem thử"):
        actions.put(by=by, at=now, import_id=view.id, over=True)
    running.look_again(by=by, at=now, import_id=view.id)
    assert actions.put(by=by, at=now, import_id=view.id, over=True) == 1


def test_percents_dates_formulas_and_counted_shares_are_read_as_people_see_them(
    demo: Any, now: datetime, cameras: str
) -> None:
    made = book(demo, now, commune(demo), HAMLETS)
    formula = entry(made, "xóm Khe Cốc", cameras)
    formula.value = "=4+5"  # openpyxl stores no result
    view = send(demo, now, made)
    assert "không lưu kết quả" in view.report["listed"]["refused"][0][6]
    with_result = _with_result(saved(made), formula.parent.title, formula.coordinate, b"9")
    view = send(demo, now, with_result)
    assert view.report["computed"] == 1
    assert view.report["listed"]["new"][0][5:] == ["9 camera", "Số lấy từ kết quả của công thức trong ô."]
    formula.value, formula.number_format = 0.95, "0%"
    assert open_book(saved(made), "a")[made.sheetnames.index(formula.parent.title)].at(
        formula.row - 1, formula.column - 1
    ) == Decimal("95.00")
    formula.value, formula.number_format = datetime(2025, 6, 5), "dd/mm"
    view = send(demo, now, made)
    assert "thành ngày giờ" in view.report["listed"]["refused"][0][6]


def _with_result(data: bytes, title: str, cell: str, result: bytes) -> bytes:
    """The file as Excel would save it: the formula with its result beside."""
    done = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(done, "w") as new:
        for name in old.namelist():
            body = old.read(name)
            if name.startswith("xl/worksheets/sheet"):
                body = (
                    body.replace(b"<f>4+5</f><v></v>", b"<f>4+5</f><v>" + result + b"</v>")
                    .replace(b"<f>4+5</f><v/>", b"<f>4+5</f><v>" + result + b"</v>")
                    .replace(b"<f>4+5</f><v />", b"<f>4+5</f><v>" + result + b"</v>")
                )
            new.writestr(name, body)
    return done.getvalue()


def test_an_unusual_number_is_pointed_at_in_the_trial_and_written_all_the_same(
    demo: Any, now: datetime
) -> None:
    by, khe_coc = demo.post(OFFICER), demo.place("khe_coc")
    for n, income in enumerate(("55", "58", "60.5", "62", "66")):
        beside = found_place(
            name=f"Xóm {n}", kind="xóm", level="hamlet", parent=commune(demo), valid_from=None, by=by, at=now
        )
        figures_actions.record(
            by=by, at=now, place_id=beside.id, entries=[Entry("income_per_capita", income, YEAR)]
        )
    demo.record("households", "143", period=YEAR)
    made = book(demo, now, commune(demo), MODEL)
    cell = entry(made, "xóm Khe Cốc", measure("income_per_capita"))
    cell.value = 70200  # in thousands, where millions are asked for
    poor = entry(made, "xóm Khe Cốc", measure("poor_households"))
    poor.value = 144
    tried = send(demo, now, made).report
    [line] = tried["listed"]["refused"]
    assert line[1] == poor.coordinate and "144 nhiều hơn số hộ 143" in line[6]
    poor.value = 3
    view = send(demo, now, made)
    assert (view.report["counts"]["new"], view.report["odd"]) == (2, 1)
    [line] = view.report["odd_listed"]
    assert line[:3] == [cell.parent.title, cell.coordinate, "xóm Khe Cốc"]
    assert "mức giữa của các nơi bên cạnh là 60,5" in line[6]
    page = demo.visit(OFFICER).get(f"/so-nhap/{view.id}/").content.decode()
    assert "Khác thường: hãy xem lại, vẫn ghi được" in page
    assert actions.put(by=by, at=now, import_id=view.id) == 2
    assert figures.history(khe_coc, "income_per_capita")[0].value == 70200


def test_a_sorted_or_foreign_sheet_is_refused_and_says_which_row_moved(
    demo: Any, now: datetime, cameras: str
) -> None:
    made = book(demo, now, commune(demo), HAMLETS)
    cell = entry(made, "xóm Khe Cốc", cameras)
    cell.value = 9
    cell.parent.cell(cell.row, 2).value = "xóm Khác"
    view = send(demo, now, made)
    assert "khi xuất là “xóm Khe Cốc”, nay là “xóm Khác”" in view.report["listed"]["refused"][0][6]
    plain = openpyxl.Workbook()
    assert "không phải sổ nhập" in send(demo, now, plain).faults[0]
    made["_ChungTay"]["A2"] = made["_ChungTay"]["A2"].value.replace("sheets", "sheetz")
    assert "Trang ẩn" in send(demo, now, made).faults[0]


def test_a_workbook_of_another_place_is_sent_to_that_places_page(
    demo: Any, now: datetime, cameras: str
) -> None:
    made = book(demo, now, commune(demo), HAMLETS)
    view = send(demo, now, made, place=demo.place("khe_coc"))
    assert "được xuất cho xã Vô Tranh, không phải cho xóm Khe Cốc" in view.faults[0]


def test_only_a_post_that_may_import_there_may_send(demo: Any, now: datetime) -> None:
    data = saved(book(demo, now, commune(demo), HAMLETS))
    for persona in ("trưởng xóm Khe Cốc", "cán bộ Quảng Lạc", "đoàn kiểm tra"):
        with pytest.raises(NotPermitted):
            send(demo, now, data, by=demo.post(persona))


def _sheet_xml(xml: bytes) -> bytes:
    """A workbook whose only sheet is that XML."""
    done = io.BytesIO()
    base = io.BytesIO()
    openpyxl.Workbook().save(base)
    with zipfile.ZipFile(base) as old, zipfile.ZipFile(done, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, xml if name == "xl/worksheets/sheet1.xml" else old.read(name))
    return done.getvalue()


_NS = (
    b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    b"<sheetData>%s</sheetData></worksheet>"
)
_FAR = b'<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'


def _listed(data: bytes, offset: int, told: bytes) -> bytes:
    """The package with something else told of its first part in its list of parts."""
    at = data.index(b"PK\x01\x02") + offset
    return data[:at] + told + data[at + len(told) :]


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "trống"),
        (b"PK\x03\x04 broken", "bị hỏng"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "mật khẩu"),
        (_sheet_xml(_NS % _FAR), "quá lớn"),
        (_sheet_xml(_NS % (b"<row><c><v>1</v></c></row>" * 1_000_000)), "quá lớn"),
        (_sheet_xml(_NS % b'<row><c r="ZZZZ1"><v>1</v></c></row>'), "quá lớn"),
        (_sheet_xml(b"<worksheet><broken"), "bị hỏng"),
        (_listed(_sheet_xml(b"<worksheet/>"), 24, b"\0\0\0\xf0"), "bung ra quá 250 MB"),
        (_listed(_sheet_xml(b"<worksheet/>"), 8, b"\1\0"), "mật khẩu"),
    ],
    ids=["empty", "broken", "password", "far corners", "a million rows", "no such column", "torn", "bomb", "locked"],
)  # fmt: skip
def test_a_hostile_file_is_refused_with_a_sentence(
    demo: Any, now: datetime, data: bytes, sentence: str
) -> None:
    try:
        told = " ".join(send(demo, now, data).faults)
    except Refusal as refused:
        told = str(refused)
    assert sentence in told


def test_a_macro_workbook_is_refused(demo: Any, now: datetime) -> None:
    done = io.BytesIO(saved(openpyxl.Workbook()))
    with zipfile.ZipFile(done, "a") as parts:
        parts.writestr("xl/vbaProject.bin", b"x")
    with pytest.raises(Refusal, match="macro"):
        send(demo, now, done.getvalue())


def test_a_large_workbook_is_tried_and_written_by_a_job(
    demo: Any, now: datetime, cameras: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(running, "SMALL", 10)
    by = demo.post(OFFICER)
    made = book(demo, now, commune(demo), HAMLETS)
    entry(made, "xóm Khe Cốc", cameras).value = 9
    view = send(demo, now, made)
    assert view.busy and not view.report
    running.try_workbook.call(import_id=view.id)
    assert queries.workbook_import(view.id, by=by).report["counts"]["new"] == 1
    assert running.put_in(by=by, at=now, import_id=view.id, over=False) is None
    running.write_workbook.call(import_id=view.id, over=False)
    running.write_workbook.call(import_id=view.id, over=False)  # a worker died and another took over
    assert queries.workbook_import(view.id, by=by).written == 1


def test_the_pages_take_a_file_show_its_verdicts_and_write_it(demo: Any, now: datetime, cameras: str) -> None:
    visit = demo.visit(OFFICER)
    place = commune(demo)
    page = visit.get(f"/dia-ban/{place}/so-nhap/")
    assert f"/dia-ban/{place}/so-nhap/{HAMLETS}.xlsx" in page.content.decode()
    data = visit.get(f"/dia-ban/{place}/so-nhap/{HAMLETS}.xlsx").content
    made = openpyxl.load_workbook(io.BytesIO(data))
    entry(made, "xóm Khe Cốc", cameras).value = 9
    sent = visit.post(
        f"/dia-ban/{place}/so-nhap/",
        {"file": SimpleUploadedFile("sổ.xlsx", saved(made)), "uid": str(uuid4())},
    )
    shown = visit.get(sent.url).content.decode()
    assert "9 camera" in shown and "Ghi tất cả" in shown
    assert "9 camera" in visit.get(sent.url.rstrip("/") + ".csv").content.decode()
    done = visit.post(sent.url + "ghi/", follow=True).content.decode()
    assert "Đã ghi 1 số liệu" in done
    assert visit.post(f"/dia-ban/{place}/so-nhap/", {}).status_code == 422
    assert demo.visit("cán bộ Quảng Lạc").get(sent.url).status_code == 404


def test_the_queries_of_a_workbook_do_not_grow_with_its_places(
    demo: Any, now: datetime, queries_of: Callable[[Callable[[], Any]], int]
) -> None:
    province = territory.latest(commune(demo)).parent_id
    code = "xa-ntm-2021-2025"
    small = queries_of(lambda: book_of(territory.latest(commune(demo)), code, on=now.date(), language="vi"))
    large = queries_of(lambda: book_of(territory.latest(province), code, on=now.date(), language="vi"))
    assert large <= small + 2


def test_the_queries_of_a_trial_do_not_grow_with_its_cells(
    demo: Any, now: datetime, cameras: str, queries_of: Callable[[Callable[[], Any]], int]
) -> None:
    made = book(demo, now, commune(demo), HAMLETS)
    entry(made, "xóm Khe Cốc", cameras).value = 9
    by, one = demo.post(OFFICER), send(demo, now, made)
    few = queries_of(lambda: actions.look(by=by, at=now, import_id=one.id))
    for sheet in made.worksheets:
        if sheet.title != "_ChungTay":
            sheet["B3"] = 2025
            for column in range(4, sheet.max_column + 1, 2):
                sheet.cell(10, column).value = 1
    many = send(demo, now, made)
    assert sum(many.report["counts"].values()) > 8
    assert queries_of(lambda: actions.look(by=by, at=now, import_id=many.id)) <= few
