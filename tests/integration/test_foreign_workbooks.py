"""Another office's workbook is told once where things stand; files like it are imported, and filled back untouched."""

import io
import zipfile
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import uuid4

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl.chart import BarChart, Reference
from openpyxl.styles import Font

from chungtay.core.actors import SystemActor
from chungtay.core.refusals import NotPermitted, Refusal
from chungtay.figures import queries as figures
from chungtay.figures.actions import Entry, record
from chungtay.figures.workbooks import actions, mappings, queries, running
from chungtay.figures.workbooks.foreign import Layout
from chungtay.territory import queries as territory
from chungtay.territory.matching import Matcher
from rulebook import Period

YEAR = Period.year(2025)
SYSTEM = SystemActor(label="Người dựng thử")
OFFICE = "văn phòng Thái Nguyên"
LAYOUT = Layout("Biểu 1", 5, 1, columns={2: "poverty_rate", 3: "income_per_capita"})
HEADS = {2: "Số liệu năm / Tỷ lệ nghèo (%)", 3: "Số liệu năm / Thu nhập (triệu đồng)"}


def province(demo: Any) -> int:
    commune = territory.latest(territory.latest(demo.place("khe_coc")).parent_id)
    assert commune.parent_id is not None
    return commune.parent_id


def biểu(*rows: tuple[Any, ...]) -> Any:
    """A ministry's form: merged headings over two rows, a total below, a chart, a style."""
    made = openpyxl.Workbook()
    sheet = made.active
    sheet.title = "Biểu 1"
    sheet["A1"] = "BIỂU TỔNG HỢP"
    sheet.merge_cells("A1:D1")
    sheet["A3"], sheet["B3"], sheet["C3"] = "TT", "Đơn vị", "Số liệu năm"
    sheet.merge_cells("C3:D3")
    sheet["C4"], sheet["D4"] = "Tỷ lệ nghèo (%)", "Thu nhập (triệu đồng)"
    for at, row in enumerate(rows, 5):
        for column, value in enumerate((at - 4, *row), 1):
            sheet.cell(at, column).value = value
    last = 5 + len(rows)
    sheet.cell(last, 2).value, sheet.cell(last, 3).value = "Tổng cộng", f"=AVERAGE(C5:C{last - 1})"
    sheet["C5"].font, sheet["C5"].number_format = Font(bold=True, color="FF0000"), "0.00"
    chart = BarChart()
    chart.add_data(Reference(sheet, min_col=3, min_row=5, max_row=last - 1))
    sheet.add_chart(chart, "F3")
    return made


def saved(made: Any) -> bytes:
    file = io.BytesIO()
    made.save(file)
    return file.getvalue()


def kept(demo: Any, now: datetime, data: bytes) -> int:
    by = demo.post(OFFICE)
    found = mappings.keep(by=by, at=now, place_id=province(demo), name="Biểu 1.xlsx", data=data, uid=uuid4())
    layout = Layout.from_plain({**LAYOUT.to_plain(), "heads": HEADS})
    mappings.describe(by=by, at=now, mapping_id=found, layout=layout)
    return found


def test_a_merged_form_is_imported_by_name_whatever_the_place_of_the_tone(demo: Any, now: datetime) -> None:
    by = demo.post(OFFICE)
    mapping = kept(demo, now, saved(biểu(("Xã Vô Tranh", None, None))))
    view = mappings.mapping(mapping, place_id=province(demo))
    data = saved(biểu(("Vô Tranh", 3.5, 62.4), ("Xã Không Có", 1, None)))
    foreign = {"layout": view.layout.to_plain(), "period": "2025", "source": "Báo cáo của tỉnh"}  # type: ignore[union-attr]

    def send(data: bytes) -> queries.ImportView:
        sent = running.send_and_look(
            by=by, at=now, place_id=province(demo), name="b.xlsx", data=data, uid=uuid4(), foreign=foreign
        )
        return queries.workbook_import(sent, by=by)

    tried = send(data)
    assert (tried.report["counts"]["new"], tried.report["counts"]["refused"]) == (2, 1)
    assert "Không có nơi nào tên hoặc mã “Xã Không Có”" in tried.report["listed"]["refused"][0][6]
    with pytest.raises(Refusal):
        actions.put(by=by, at=now, import_id=tried.id)
    tried = send(saved(biểu(("Vô Tranh", 3.5, 62.4))))
    assert actions.put(by=by, at=now, import_id=tried.id) == 2
    commune = territory.latest(demo.place("khe_coc")).parent_id
    row = figures.history(commune, "poverty_rate")[0]
    assert (row.value, row.period, row.source) == (Decimal("3.5"), YEAR, "Báo cáo của tỉnh")
    other = biểu(("Vô Tranh", 3.5, 62.4))
    other["Biểu 1"]["C4"] = "Tỷ lệ cận nghèo (%)"
    assert "Cột C trong mẫu là" in send(saved(other)).faults[0]


def test_a_number_far_from_the_places_own_past_is_pointed_at(demo: Any, now: datetime) -> None:
    by, commune = demo.post(OFFICE), territory.latest(demo.place("khe_coc")).parent_id
    entries = [Entry("households", "1430", Period.day(date(2025, 8, 1)))]
    record(by=SYSTEM, at=now, place_id=commune or 0, entries=entries)
    layout = Layout("Biểu 1", 5, 1, columns={2: "households"}).to_plain()

    def odd(households: int) -> list[list[str]]:
        sent = running.send_and_look(
            by=by,
            at=now,
            place_id=province(demo),
            name="b.xlsx",
            data=saved(biểu(("Vô Tranh", households))),
            uid=uuid4(),
            foreign={"layout": layout, "period": "31/12/2025", "source": "Báo cáo của tỉnh"},
        )
        report = queries.workbook_import(sent, by=by).report
        assert report["counts"]["new"] == 1
        return report["odd_listed"]

    assert odd(1500) == []
    [line] = odd(14300)
    assert line[1] == "C5" and "14.300, kỳ trước 1.430, đổi quá 30%" in line[6]


def test_a_form_is_filled_back_and_everything_else_stays(demo: Any, now: datetime) -> None:
    commune = "khe_coc"
    place = territory.latest(demo.place(commune)).parent_id
    from chungtay.core.actors import SystemActor
    from chungtay.figures import actions as deeds
    from chungtay.figures.actions import Entry

    entry = Entry("poverty_rate", "3,5", YEAR)
    deeds.record(by=SystemActor(), at=now, place_id=place, entries=[entry])
    before = saved(biểu(("Xã Vô Tranh", None, 7), ("Xã Không Có", 5, 6)))
    mapping = kept(demo, now, before)
    after, written = mappings.filled_back(
        by=demo.post(OFFICE), mapping_id=mapping, place_id=province(demo), period=YEAR, day=now.date()
    )
    assert written == 1
    sheet = openpyxl.load_workbook(io.BytesIO(after))["Biểu 1"]
    assert sheet["C5"].value == 3.5 and sheet["C5"].font.bold and sheet["C5"].number_format == "0.00"
    assert (sheet["D5"].value, sheet["C6"].value, sheet["C7"].value) == (7, 5, "=AVERAGE(C5:C6)")
    assert {str(each) for each in sheet.merged_cells.ranges} == {"A1:D1", "C3:D3"}
    with zipfile.ZipFile(io.BytesIO(before)) as old, zipfile.ZipFile(io.BytesIO(after)) as new:
        assert old.namelist() == new.namelist()
        changed = {name for name in old.namelist() if old.read(name) != new.read(name)}
    assert changed == {"xl/worksheets/sheet1.xml"}, "the chart and the styles are those of the file"


def test_two_spellings_of_one_name_are_one_and_two_places_of_one_name_are_never_guessed(
    demo: Any, now: datetime
) -> None:
    places = territory.subtree(province(demo), now.date(), level="commune")
    with_a_tone = next(
        place for place in places if "hòa" in place.name.lower() or "hoà" in place.name.lower()
    )
    matcher = Matcher(places)
    for old, new in (("òa", "oà"), ("oà", "òa")):
        assert matcher.match(with_a_tone.full_name.replace(old, new))[0] == with_a_tone
    assert matcher.match(with_a_tone.code, by_code=True)[0] == with_a_tone
    twice = Matcher([*places, *places])
    place, told = twice.match(with_a_tone.full_name)
    assert place is None and "có thể là 2 nơi" in told


def test_only_a_province_or_the_nation_keeps_a_layout_and_those_below_use_it(
    demo: Any, now: datetime
) -> None:
    data = saved(biểu(("Xã Vô Tranh", None, None)))
    commune = territory.latest(demo.place("khe_coc")).parent_id
    officer = demo.post("cán bộ Vô Tranh")
    with pytest.raises(Refusal, match="cấp tỉnh hoặc Trung ương"):
        mappings.keep(by=officer, at=now, place_id=commune, name="b.xlsx", data=data, uid=uuid4())
    with pytest.raises(NotPermitted):
        mappings.keep(by=officer, at=now, place_id=province(demo), name="b.xlsx", data=data, uid=uuid4())
    mapping = kept(demo, now, data)
    assert [each.id for each in mappings.mappings_for(commune, now.date())] == [mapping]
    assert mappings.mappings_for(demo.place("quang_lac"), date(2025, 1, 1)) == []


def test_the_pages_lead_from_a_file_to_a_layout_to_a_trial_and_to_a_filled_form(
    demo: Any, now: datetime
) -> None:
    visit, where = demo.visit(OFFICE), f"/dia-ban/{province(demo)}/mau-khac/"
    data = saved(biểu(("Xã Vô Tranh", 3.5, 62.4)))
    kept_at = visit.post(where, {"file": SimpleUploadedFile("b.xlsx", data), "uid": str(uuid4())}).url
    assert "Thu nhập (triệu đồng)" in visit.get(kept_at).content.decode()
    nothing = {"trang": "Biểu 1", "dong": "5", "cot-noi": "1", "theo": "ten"}
    assert "Chưa chọn cột nào" in visit.post(kept_at, nothing).content.decode()
    use = visit.post(kept_at, nothing | {"cot-2": "poverty_rate", "cot-3": "income_per_capita"}).url
    assert "Điền số liệu đang có vào mẫu" in visit.get(use).content.decode()
    none_yet = visit.post(use + "dien/", {"ky-dien": "2025"})
    assert none_yet.status_code == 422 and "chưa có số liệu nào của kỳ này" in none_yet.content.decode()
    trial = visit.post(
        use, {"file": SimpleUploadedFile("b.xlsx", data), "ky": "2025", "uid": str(uuid4())}
    ).url
    assert "3,5% số hộ" in visit.get(trial).content.decode()
    visit.post(trial + "ghi/")
    filled = visit.post(use + "dien/", {"ky-dien": "2025"})
    assert openpyxl.load_workbook(io.BytesIO(filled.content))["Biểu 1"]["C5"].value == 3.5
