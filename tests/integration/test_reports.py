"""Periodic reports: tables filled from records, why of each cell, the freeze, late corrections told in the next one."""

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from hashlib import sha256
from html import unescape
from io import BytesIO
from typing import Any
from uuid import uuid4

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.utils import timezone
from openpyxl import load_workbook
from tests.integration.conftest import SYSTEM
from tests.integration.work_samples import HEAD, MILLION, OFFICER, Site

from chungtay.community.households import actions as households
from chungtay.community.outreach import actions as outreach
from chungtay.core.refusals import NotPermitted, Refusal
from chungtay.ledger import actions as ledger
from chungtay.office import rooms_waiting
from chungtay.recognition.dossiers import actions as dossiers
from chungtay.reports import actions, contents, queries, records
from chungtay.reports.annexes import cells, making
from chungtay.reports.annexes.cells import Cell, added, unknown
from chungtay.reports.annexes.gathered import Gathered
from chungtay.reports.models import Frozen, Publication
from chungtay.reports.windows import law
from chungtay.territory import actions as territory
from chungtay.territory.queries import predecessors
from chungtay.works import actions as works

NOW = datetime.fromisoformat("2026-06-20T08:00:00+07:00")
TODAY = NOW.date()


@pytest.fixture
def commune(demo: Any) -> int:
    return int(demo.post(OFFICER).place_id)


@pytest.fixture
def report(demo: Any, commune: int) -> Any:
    """The first half-year of 2026 of Vô Tranh, begun."""
    return actions.make(
        by=demo.post(OFFICER), at=NOW, place_id=commune, kind="half_year", year=2026, number=1
    )


def half(demo: Any, number: int, at: datetime = NOW) -> Any:
    place = demo.post(OFFICER).place_id
    return actions.make(
        by=demo.post(OFFICER), at=at, place_id=place, kind="half_year", year=2026, number=number
    )


def gathered(place_id: int, kind: str = "half_year", year: int = 2026) -> Gathered:
    window = law().window(kind, year, 1)
    return Gathered(place_id, window, window.cut_off)


def committed(
    demo: Any, place: int, dong: int, on: date, source: str = "province", at: datetime = NOW
) -> Any:
    """Money of a source for a purpose of its own, half of it paid."""
    told = {"by": demo.post(OFFICER), "at": at}
    name = f"Vốn {source} {on}"
    purpose = ledger.open_purpose(place_id=place, name=name, kind="programme", **told)
    told |= {"purpose_id": purpose.pk, "source": source, "paper": "QĐ 12", "on": on}
    ledger.commit_money(value_dong=dong, **told)
    return ledger.disburse(value_dong=dong // 2, **told)


# ── Tables ────────────────────────────────────────────────────────────────────


def test_a_sum_adds_what_is_known_and_names_what_is_not() -> None:
    whole = added(
        [("xóm A", Cell(3, mark="measured")), ("xóm B", unknown()), ("xóm C", Cell(4, mark="told"))]
    )
    assert (whole.value, whole.missing, whole.mark) == (7, "chưa tính: xóm B", "told")
    assert added([("xóm B", unknown())]).value is None, "unknown is not zero"


def test_money_of_a_window_is_that_of_its_days_and_credit_is_in_no_sum(demo: Any, commune: int) -> None:
    committed(demo, commune, 900, date(2025, 12, 20))
    committed(demo, commune, 70, date(2026, 6, 18))  # after the cut-off
    committed(demo, commune, 5_000, date(2026, 2, 2), source="credit")
    annex = making.annex(gathered(commune), "03")
    assert annex.cell("total", "actual").value == 450  # type: ignore[union-attr]
    assert annex.cell(f"{commune}:credit", "actual").value == 2_500  # type: ignore[union-attr]
    assert any("tín dụng" in note and "không cộng" in note for note in annex.notes)


def test_what_was_paid_before_a_merger_is_in_the_sums_of_the_merged_commune(demo: Any, commune: int) -> None:
    before = next(step.place.id for step in predecessors(commune) if step.kind == "whole")
    told = {"by": SYSTEM, "at": NOW, "place_id": before, "source": "province", "on": date(2024, 3, 1)}
    purpose = ledger.open_purpose(by=SYSTEM, at=NOW, place_id=before, name="Vốn cũ", kind="programme")
    ledger.commit_money(purpose_id=purpose.pk, value_dong=800, paper="QĐ 1", **told)
    ledger.disburse(purpose_id=purpose.pk, value_dong=600, paper="QĐ 1", **told)
    on = Gathered(commune, law().window("year", 2025, 1), date(2025, 12, 14))
    cell = making.annex(on, "03").cell("total", "all")
    assert cell is not None and cell.value == 600 and cell.why is not None
    assert records.behind(cell.why).total == 1


def test_what_a_paper_tells_keeps_its_over_and_is_not_added(demo: Any, commune: int) -> None:
    ledger.tell_total(
        by=demo.post(OFFICER),
        at=NOW,
        place_id=commune,
        line="all",
        from_day=date(2026, 1, 1),
        until=date(2026, 5, 31),
        amount=Decimal(3_000),
        qualifier="over",
        paper="Báo cáo 15/BC-UBND",
    )
    annex = making.annex(gathered(commune), "03")
    told = next(row for row in annex.rows if row.key.startswith("told:"))
    cell = next(cell for cell in told.cells if cell.qualifier)
    assert (cell.value, cell.qualifier, cell.mark, cell.note) == (3_000, "over", "told", "Báo cáo 15/BC-UBND")
    assert annex.total is None, "nothing is on record to be added"


def test_works_stand_as_on_the_day_of_the_cut_off(demo: Any, now: datetime, commune: int) -> None:
    site = Site.proposed(demo, now).accepted()
    site.do(works.pay, on=date(2026, 2, 17), amount_dong=150 * MILLION, source="commune", document="UNC 07")
    late = making.annex(gathered(commune), "05")
    assert late.cell(f"w{site.work.pk}", "arrears").value == 50 * MILLION  # type: ignore[union-attr]
    before = gathered(commune, "month")  # cut off on 14 January, when it was only filed
    assert making.annex(before, "05").cell(f"w{site.work.pk}", "arrears") is None
    assert making.annex(before, "04").cell(f"w{site.work.pk}", "state").value == "đã xếp nguồn vốn"  # type: ignore[union-attr]


def test_sessions_nobody_counted_and_places_that_wrote_none_are_named(demo: Any, commune: int) -> None:
    for attendances in (40, None):
        outreach.record_session(
            by=demo.post(HEAD),
            at=NOW,
            place_id=demo.place("khe_coc"),
            kind="outreach",
            topic=f"Rác {attendances}",
            organiser="Chi hội phụ nữ",
            held_from=date(2026, 3, 3),
            attendances=attendances,
        )
    annex = making.annex(gathered(commune), "07")
    people = annex.cell("total", "outreach_people")
    assert people is not None and (people.value, people.missing) == (40, "1 cuộc chưa đếm người dự")
    assert annex.cell("total", "outreach").value == 2  # type: ignore[union-attr]
    assert annex.cell("total", "training").value is None  # type: ignore[union-attr]


def test_criteria_and_titles_of_the_model_hamlet_stand_side_by_side(demo: Any) -> None:
    place = demo.place("khe_coc")
    on = gathered(place, "year", 2023)
    first = making.annex(on, "01")
    row = next(row for row in first.rows if "kiểu mẫu" in str(row.cells[1].value))
    said = [cell.value for cell, column in zip(row.cells, first.columns, strict=True) if column.key[0] == "c"]
    counted = [cell.value for cell in row.cells[3:6]]
    assert counted == [said.count("Đ") + said.count("–"), said.count("C"), said.count("?")]
    title = making.annex(on, "08").rows[0]
    assert title.cells[1].value and title.cells[6].value in ("đạt", "chưa đạt", "chưa biết")


def test_what_is_registered_for_the_next_year_stands_in_the_last_table(demo: Any, commune: int) -> None:
    dossiers.register(
        by=demo.post(OFFICER),
        at=NOW,
        place_id=demo.place("khe_coc"),
        standard_code="xom-thong-minh-thai-nguyen",
        year=2026,
        source="Kế hoạch 20/KH-UBND",
    )
    (row,) = making.annex(gathered(commune, "year", 2025), "10").rows
    assert row.cells[2].value == "2026"
    assert row.cells[3].value is None, "no paper says by when"
    assert row.cells[5].value == "chưa mở"


def test_tables_without_records_print_their_columns_and_say_so(commune: int) -> None:
    annex = making.annex(gathered(commune), "09")
    assert annex.columns and not annex.rows and annex.total is None


def test_a_table_thaws_to_what_was_frozen(demo: Any, now: datetime, commune: int) -> None:
    committed(demo, commune, 900, date(2025, 12, 20))
    Site.proposed(demo, now).accepted()
    for annex in making.annexes(gathered(commune)):
        assert cells.thaw(cells.freeze(annex)) == annex


def test_the_tables_ask_as_many_questions_for_eleven_places_as_for_twenty_two(
    demo: Any, commune: int, queries_of: Callable[..., int]
) -> None:
    def hamlets(first: int, last: int) -> None:
        for n in range(first, last):
            made = territory.found_place(
                by=SYSTEM,
                at=NOW,
                level="hamlet",
                kind="xóm",
                name=f"Thử {n}",
                parent=commune,
                valid_from=date(2025, 8, 1),
                instrument="NQ 1/NQ-HĐND",
                source="NQ 1/NQ-HĐND",
            )
            outreach.record_session(
                by=SYSTEM,
                at=NOW,
                place_id=made.id,
                kind="outreach",
                topic=f"Rác {n}",
                organiser="Chi hội",
                held_from=date(2026, 3, 3),
                attendances=3,
            )
            committed(demo, made.id, 900 + n, date(2026, 2, 2))

    asked = []
    for first, last in ((0, 10), (10, 21)):
        hamlets(first, last)
        making.annexes(gathered(commune))  # standards read for the first time are kept
        asked.append(queries_of(lambda: making.annexes(gathered(commune))))
    assert asked[0] == asked[1] <= 60


# ── Making, writing, freezing ─────────────────────────────────────────────────


def test_a_report_is_made_once_for_a_window_with_its_deadline(demo: Any, report: Any, events: Any) -> None:
    assert half(demo, 1).pk == report.pk
    assert report.deadline == date(2026, 6, 15)
    assert [event.deed for event in events("reports.")] == ["reports.make"]
    with pytest.raises(Refusal, match="chưa đến"):
        actions.make(by=SYSTEM, at=NOW, place_id=report.place_id, kind="year", year=2027, number=1)
    with pytest.raises(Refusal, match="ít nhất 1 ngày làm việc"):
        actions.make(
            by=SYSTEM,
            at=NOW,
            place_id=report.place_id,
            kind="quarter",
            year=2026,
            number=1,
            deadline=date(2026, 3, 14),
        )


def test_two_who_write_one_section_at_once_lose_nothing(demo: Any, report: Any) -> None:
    write = {"at": NOW, "report_id": report.pk, "code": "steering"}
    first = actions.write_section(by=demo.post(OFFICER), text="Xã đã họp", seen=0, **write)
    assert (
        actions.write_section(by=demo.post(OFFICER), text="Xã đã họp", seen=0, **write).version
        == first.version
    )
    with pytest.raises(Refusal, match="vừa sửa mục này"):
        actions.write_section(by=demo.post(OFFICER), text="Xã chưa họp", seen=0, **write)
    assert queries.sections(report.pk)[0].text == "Xã đã họp"


def test_a_frozen_report_never_changes_and_is_written_in_no_more(
    demo: Any, now: datetime, report: Any, commune: int
) -> None:
    actions.write_section(
        by=demo.post(OFFICER), at=NOW, report_id=report.pk, code="tasks", text="Làm rãnh", seen=0
    )
    with pytest.raises(NotPermitted):
        actions.freeze(by=demo.post(HEAD), at=NOW, report_id=report.pk)
    with pytest.raises(Refusal, match="Chưa qua ngày chốt"):
        actions.freeze(
            by=demo.post(OFFICER), at=datetime.fromisoformat("2026-06-14T20:00:00+07:00"), report_id=report.pk
        )
    frozen = actions.freeze(by=demo.post(OFFICER), at=NOW, report_id=report.pk)
    before = queries.content(report.pk, TODAY)
    assert before.texts == {"tasks": "Làm rãnh"}
    committed(demo, commune, 900, date(2026, 1, 20))
    assert queries.content(report.pk, TODAY) == before
    assert queries.annex(report.pk, "03", TODAY).total is None
    assert actions.freeze(by=demo.post(OFFICER), at=NOW, report_id=report.pk).pk == frozen.pk
    assert queries.is_intact(report.pk) is True
    assert contents.digest(contents.freeze(before)) == frozen.digest
    with pytest.raises(Refusal, match="đã chốt"):
        actions.write_section(
            by=demo.post(OFFICER), at=NOW, report_id=report.pk, code="tasks", text="x", seen=1
        )
    with pytest.raises(DatabaseError), transaction.atomic():
        Frozen.objects.filter(pk=frozen.pk).update(digest="0" * 64)


def test_late_corrections_stand_in_the_next_report_with_both_figures_and_why(
    demo: Any, report: Any, commune: int
) -> None:
    committed(demo, commune, 900, date(2026, 1, 20))
    actions.freeze(by=demo.post(OFFICER), at=NOW, report_id=report.pk)
    later = datetime.fromisoformat("2026-12-20T08:00:00+07:00")
    second = half(demo, 2, later)
    assert queries.adjustments(second.pk) == ()
    committed(demo, commune, 100, date(2026, 1, 21), source="commune")
    found = {
        each.column: each
        for each in queries.adjustments(second.pk)
        if each.row == "total" and each.annex == "03"
    }
    actual = found["actual"]
    assert actual.before is not None and actual.after is not None
    assert (actual.before.value, actual.after.value) == (450, 500)
    assert actual.window == "6 tháng đầu năm 2026"
    frozen = actions.freeze(by=demo.post(OFFICER), at=later, report_id=second.pk)
    assert queries.annex(report.pk, "03", later.date()).cell("total", "actual").value == 450  # type: ignore[union-attr]
    assert contents.thaw(frozen.content).adjustments == queries.adjustments(second.pk) != ()
    third = actions.make(
        by=SYSTEM,
        at=datetime.fromisoformat("2027-06-20T08:00:00+07:00"),
        place_id=commune,
        kind="half_year",
        year=2027,
        number=1,
    )
    told = [each for each in queries.adjustments(third.pk) if each.report == report.pk]
    assert told == [], "what the second report told is not told again"


# ── Screens ───────────────────────────────────────────────────────────────────


def text(answer: Any) -> str:
    return unescape(answer.content.decode())


def test_an_officer_makes_writes_looks_at_and_freezes_a_report(demo: Any, commune: int) -> None:
    committed(demo, commune, 900, date(2025, 10, 20))
    client = demo.visit(OFFICER)
    rooms = f"/dia-ban/{commune}/bao-cao/"
    first = text(client.get(rooms))
    assert "Chưa có báo cáo nào" in first
    assert "half_year/2025/2" in first and "half_year/2025/1" not in first, "the commune is of 1 July 2025"
    wrong = client.post(rooms, {"window": "half_year/2025/2", "deadline": "14/12/2025"})
    assert wrong.status_code == 422 and "ít nhất 1 ngày làm việc" in text(wrong)
    made = client.post(rooms, {"window": "half_year/2025/2", "deadline": ""})
    here = made.url
    assert "trễ hạn" in text(client.get(rooms))
    kept = client.post(
        f"{here}muc/steering/", {"text": "Đã họp", "seen": "0"}, headers={"HX-Request": "true"}
    )
    assert "Đã tự ghi" in text(kept) and 'name="seen" value="1"' in text(kept)
    late = client.post(f"{here}muc/steering/", {"text": "Tôi gõ khác", "seen": "0"})
    assert late.status_code == 422 and "Tôi gõ khác" in text(late) and "Đã họp" in text(late)
    assert "Cộng, không kể tín dụng" in text(client.get(f"{here}bieu/03/?xep=-actual"))
    why = client.get(f"{here}bieu/03/vi-sao/", {"dong": "total", "cot": "actual"})
    assert "/so-cai/" in text(why) and "450" in text(why)
    assert client.get(f"{here}bieu/03/vi-sao/").status_code == 200, "the first figure of the last row"
    assert client.get(f"{here}bieu/11/").status_code == 404
    assert client.get(f"{here}bieu/03/vi-sao/", {"dong": "x", "cot": "actual"}).status_code == 404
    assert "còn trống" in text(client.get(f"{here}chot/"))
    assert demo.visit(HEAD).post(f"{here}chot/").status_code == 403
    client.post(f"{here}chot/")
    committed(demo, commune, 100, date(2025, 10, 21), source="commune", at=timezone.now())
    changed = text(client.get(f"{here}bieu/03/vi-sao/", {"dong": "total", "cot": "actual"}))
    assert "theo bản ghi bây giờ là" in changed and "500" in changed and "ghi sau khi chốt" in changed
    next_one = client.post(rooms, {"window": "half_year/2026/1", "deadline": ""}).url
    told = text(client.get(f"{next_one}dieu-chinh/"))
    assert "450" in told and "500" in told and "ghi khoản tiền" in told


@pytest.mark.parametrize("form", ["pdf", "docx", "xlsx"])
def test_a_report_is_had_as_a_file_of_each_form(demo: Any, commune: int, report: Any, form: str) -> None:
    committed(demo, commune, 900, date(2026, 1, 20))
    answer = demo.visit(OFFICER).get(f"/bao-cao/{report.pk}/bao-cao.{form}")
    assert answer.status_code == 200
    if form != "xlsx":
        return
    book = load_workbook(BytesIO(answer.content))
    assert [name for name in book.sheetnames if name.startswith("Biểu")] == [
        f"Biểu {n}" for n in making.NUMBERS
    ]
    sheet = book["Biểu 03"]
    assert sheet.page_setup.orientation == "landscape"
    assert 450 in [cell.value for row in sheet.iter_rows() for cell in row], "a number is a number"
    assert any(
        "Cộng hòa" in str(c.value) or "CỘNG HÒA" in str(c.value)
        for r in book.worksheets[0].iter_rows()
        for c in r
    )


# ── In public ─────────────────────────────────────────────────────────────────


def test_nothing_of_a_report_is_public_until_an_office_says_so_and_it_can_be_taken_down(
    demo: Any, report: Any, commune: int, events: Any
) -> None:
    committed(demo, commune, 900, date(2026, 1, 20))
    act = {"by": demo.post(OFFICER), "at": NOW, "report_id": report.pk}
    actions.write_section(**act, code="tasks", text="Làm rãnh <b>xóm</b>", seen=0)
    here = f"/noi/{commune}/bao-cao/"
    one = f"{here}{report.pk}/"
    addresses = (one, f"{one}bieu/03/", f"{one}bao-cao.xlsx", f"{one}noi-dung.json")
    with pytest.raises(Refusal, match="chưa chốt"):
        actions.publish(**act, with_texts=True)
    frozen = actions.freeze(**act)
    assert [Client().get(each).status_code for each in addresses] == [404] * 4, "frozen is not yet public"
    assert "Chưa có báo cáo nào được công khai" in text(Client().get(here))
    with pytest.raises(NotPermitted):
        actions.publish(**(act | {"by": demo.post(HEAD)}), with_texts=False)

    actions.publish(**act, with_texts=False)
    actions.publish(**act, with_texts=False)
    assert len(events("reports.publish")) == 1, "the same again is once"
    assert [Client().get(each).status_code for each in addresses] == [200, 200, 200, 404]
    said = text(Client().get(one))
    assert frozen.digest in said and "Cán bộ" in said and "Làm rãnh" not in said
    assert "Làm rãnh" not in str(
        [*load_workbook(BytesIO(Client().get(addresses[2]).content)).worksheets[0].values]
    )
    table = text(Client().get(f"{one}bieu/03/?xep=-actual"))
    assert "450" in table and f'href="/noi/{commune}/dong-gop/' in table, (
        "a figure leads to where it comes from"
    )
    committed(demo, commune, 100, date(2026, 1, 21), source="commune")
    assert text(Client().get(f"{one}bieu/03/?xep=-actual")) == table, "as frozen, whatever is written since"
    assert Client().get(f"/noi/{demo.place('khe_coc')}/bao-cao/{report.pk}/").status_code == 404

    actions.publish(**act, with_texts=True)
    assert "Làm rãnh &lt;b&gt;xóm&lt;/b&gt;" in Client().get(one).content.decode()
    assert sha256(Client().get(addresses[3]).content).hexdigest() == frozen.digest

    with pytest.raises(Refusal, match="vì sao gỡ"):
        actions.take_down(**act, reason=" ")
    actions.take_down(**act, reason="Nhầm kỳ")
    assert [Client().get(each).status_code for each in addresses] == [404] * 4
    assert "Nhầm kỳ" in text(Client().get(here)) and "Nhầm kỳ" in text(Client().get(one))
    with pytest.raises(Refusal, match="đang không công khai"):
        actions.take_down(**act, reason="Lần nữa")
    with pytest.raises(DatabaseError), transaction.atomic():
        Publication.objects.update(is_public=True)


@pytest.mark.parametrize(
    ("written", "why"),
    [
        ("Bà con noi gương bà Lường Thị  THỬ Công góp đất", "trùng với đại diện một hộ"),
        ("Liên hệ 0912 345 678", "số điện thoại"),
        ("Căn cước 019201000123", "số căn cước"),
        ("Lường Thị Thử làm đường 1.200.000.000 đồng, văn bản 0318/2022, ngày 01/02/2026", ""),
    ],
)
def test_words_that_name_a_household_stay_with_the_office_and_the_tables_may_go_out(
    demo: Any, report: Any, commune: int, written: str, why: str
) -> None:
    households.enter(
        by=demo.post(HEAD), at=NOW, place_id=demo.place("khe_coc"), code="T1", uid=uuid4(),
        representative="Lường Thị Thử Công", head_count=4, address="Ngõ 1",
    )  # fmt: skip
    act = {"by": demo.post(OFFICER), "at": NOW, "report_id": report.pk}
    actions.write_section(**act, code="tasks", text=written, seen=0)
    actions.freeze(**act)
    client, here = demo.visit(OFFICER), f"/bao-cao/{report.pk}/cong-khai/"
    assert "Công khai cả phần chữ" in text(client.get(here))
    answer = client.post(here, {"texts": "1"})
    assert answer.status_code == (422 if why else 302)
    assert why in text(answer) and "Thử Công" not in text(answer).split("<details>")[0]
    assert client.post(here, {}).status_code == 302, "without the words"
    assert "không kèm phần chữ" in text(client.get(f"/bao-cao/{report.pk}/"))
    assert client.post(here, {"reason": ""}).status_code == 422
    client.post(here, {"reason": "Làm lại"})
    assert "Làm lại" in text(client.get(f"/bao-cao/{report.pk}/"))


def test_reports_wait_for_an_office_that_makes_them_and_say_when_late(
    demo: Any, report: Any, commune: int
) -> None:
    def lines(day: date) -> list[tuple[str, bool]]:
        at = datetime(day.year, day.month, day.day, 8, tzinfo=NOW.tzinfo)
        found = rooms_waiting.lines(demo.post(OFFICER), at, day)
        return [(line.words, line.is_late) for line in found if line.words.startswith("Báo cáo")]

    assert lines(date(2026, 6, 14)) == []
    assert lines(date(2026, 6, 15)) == [("Báo cáo 6 tháng đầu năm 2026 chưa chốt, hạn 15/06/2026", False)]
    assert lines(TODAY)[0][1]
    actions.freeze(by=demo.post(OFFICER), at=NOW, report_id=report.pk)
    assert lines(TODAY) == []
    assert [words for words, _late in lines(date(2026, 12, 20))] == [
        "Báo cáo năm 2026 chưa lập, hạn 15/12/2026",
        "Báo cáo 6 tháng cuối năm 2026 chưa lập, hạn 15/12/2026",
    ]
