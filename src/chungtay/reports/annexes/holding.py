"""Annex 08, model hamlets; 09, products and cooperatives, of which no records exist yet; 10, registrations."""

from collections.abc import Iterable, Sequence

from chungtay.recognition.dossiers.queries import RegistrationView
from chungtay.recognition.titles.queries import Held
from chungtay.reports.annexes.cells import Annex, Cell, Column, Row, Why, unknown, words
from chungtay.reports.annexes.gathered import Gathered
from rulebook import Mark, Verdict

_TODAY = {
    Verdict.MET: "đạt",
    Verdict.NOT_MET: "chưa đạt",
    Verdict.UNKNOWN: "chưa biết",
    Verdict.EXCUSED: "không áp dụng",
}


def model_hamlets(on: Gathered) -> Annex:
    """Titles that hamlets and areas held on the day of the cut-off; beside each, what the figures say on that day."""
    columns = (
        Column("place", "Địa bàn", width=2.4),
        Column("title", "Danh hiệu", width=3),
        Column("year", "Năm", width=0.8),
        Column("number", "Số quyết định", width=1.8),
        Column("decided", "Ngày quyết định", "day", width=1.4),
        Column("by", "Cơ quan công nhận", width=2.4),
        Column("figures", "Theo số liệu ngày chốt", width=1.6),
    )
    rows = [row for held in on.titles for row in _rows_of(on, held)]
    total = None
    if rows:
        why = _why(on.titles)
        places = {place for held in on.titles for place in held.holders if place in on.hamlets}
        blank = words("")
        counted = Cell(len(on.titles), mark=Mark.MEASURED.value, why=why)
        total = Row(
            "total",
            (words(f"Số danh hiệu của {len(places)} địa bàn"), counted, *(blank for _each in range(5))),
        )
    notes = ("Được công nhận và đạt theo số liệu là hai việc khác nhau, để cạnh nhau.",) if rows else ()
    return Annex("08", "Thôn, khu dân cư kiểu mẫu", columns, tuple(rows), total, notes=notes)


def _rows_of(on: Gathered, held: Held) -> Iterable[Row]:
    """One row for each place that holds it: more than one where the place it was given to was divided."""
    title, why, mark = held.title, _why([held]), held.title.mark.value
    for place_id in held.holders:
        if place_id not in on.hamlets:
            continue
        carried = "" if place_id == title.place_id else f"thừa nhận từ {held.of}"
        verdict = on.verdicts.get((place_id, title.standard_code))
        standing = Why(
            "standing", {"place": place_id, "code": title.standard_code, "on": on.until.isoformat()}
        )
        yield Row(
            f"t{title.id}:{place_id}",
            (
                Cell(on.hamlets[place_id].full_name, note=carried),
                words(title.title, why, mark),
                words(str(title.year), why),
                words(title.decision_number, why) if title.decision_number else unknown("chưa biết số", why),
                Cell(title.decided_on, why=why) if title.decided_on else unknown("chưa biết ngày", why),
                words(title.decided_by, why),
                words(_TODAY[verdict], standing, Mark.MEASURED.value)
                if verdict
                else unknown("không xét bộ này ở ngày chốt"),
            ),
        )


def _why(held: Sequence[Held]) -> Why:
    ids = [each.title.id for each in held]
    return Why("titles", {"ids": ids, "places": sorted({each.title.place_id for each in held})})


def products(_on: Gathered) -> Annex:
    """The columns of the table; there are no records of products yet, so there is nothing to fill in."""
    columns = (
        Column("place", "Địa bàn", width=2.4),
        Column("product", "Sản phẩm OCOP", width=3),
        Column("stars", "Hạng sao", "number", width=1),
        Column("year", "Năm công nhận", "number", width=1.2),
        Column("maker", "Hợp tác xã, chủ thể", width=3),
        Column("members", "Số thành viên", "number", width=1.2),
        Column("revenue", "Doanh thu (đồng)", "number", width=1.6),
    )
    return Annex("09", "Sản phẩm OCOP, hợp tác xã", columns)


def registrations(on: Gathered) -> Annex:
    """Places registered for a title of the year after the report's; being registered is not being recognised."""
    columns = (
        Column("place", "Địa bàn", width=2.6),
        Column("title", "Đăng ký danh hiệu", width=3.2),
        Column("year", "Năm", width=0.8),
        Column("due", "Xong trước ngày", "day", width=1.3),
        Column("paper", "Văn bản đăng ký, kế hoạch", width=3),
        Column("dossier", "Hồ sơ", width=1.2),
    )
    rows = [_registration(each) for each in on.registrations]
    title = f"Đăng ký phấn đấu năm {on.window.year + 1}"
    notes = ("Đăng ký không phải là được công nhận.",) if rows else ()
    return Annex("10", title, columns, tuple(rows), notes=notes)


def _registration(each: RegistrationView) -> Row:
    why = Why("registrations", {"ids": [each.id], "place": each.place_id, "year": each.year})
    mark = each.mark.value
    return Row(
        f"r{each.id}",
        (
            words(each.place_name, why),
            words(each.title, why, mark),
            words(str(each.year), why),
            Cell(each.due_on, why=why) if each.due_on else unknown("giấy tờ không nói", why),
            words(each.source, why),
            words("đã mở" if each.dossier_id else "chưa mở", why),
        ),
    )
