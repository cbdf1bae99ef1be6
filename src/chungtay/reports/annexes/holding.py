"""Annex 08, model hamlets; 09, products and cooperatives, of which no records exist yet; 10, registrations."""

from chungtay.recognition.titles.queries import TitleView
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
    """Titles that hamlets and areas held by the cut-off; beside each, what the figures say on that day."""
    columns = (
        Column("place", "Địa bàn", width=2.4),
        Column("title", "Danh hiệu", width=3),
        Column("year", "Năm", "number", width=0.8),
        Column("number", "Số quyết định", width=1.8),
        Column("decided", "Ngày quyết định", "day", width=1.4),
        Column("by", "Cơ quan công nhận", width=2.4),
        Column("figures", "Theo số liệu ngày chốt", width=1.6),
    )
    verdicts = {
        (row.place.id, survey.adopted.view.code): row.verdict
        for survey in on.surveys
        for row in survey.board.rows
    }
    rows = [_title(on, each, verdicts.get((each.place_id, each.standard_code))) for each in on.titles]
    total = None
    if rows:
        ids = [each.id for each in on.titles]
        why = Why("titles", {"ids": ids, "places": sorted({each.place_id for each in on.titles})})
        places = len({each.place_id for each in on.titles})
        blank = words("")
        counted = Cell(len(rows), note="danh hiệu", why=why)
        total = Row("total", (words(f"Cộng {places} địa bàn"), counted, *(blank for _each in range(5))))
    notes = ("Được công nhận và đạt theo số liệu là hai việc khác nhau, để cạnh nhau.",) if rows else ()
    return Annex("08", "Thôn, khu dân cư kiểu mẫu", columns, tuple(rows), total, notes=notes)


def _title(on: Gathered, title: TitleView, verdict: Verdict | None) -> Row:
    why, mark = Why("titles", {"ids": [title.id], "places": [title.place_id]}), title.mark.value
    standing = Why(
        "standing", {"place": title.place_id, "code": title.standard_code, "on": on.until.isoformat()}
    )
    return Row(
        f"t{title.id}",
        (
            words(on.hamlets[title.place_id].full_name),
            words(title.title, why, mark),
            Cell(title.year, mark=mark, why=why),
            words(title.decision_number, why, mark)
            if title.decision_number
            else unknown("chưa biết số", why),
            Cell(title.decided_on, mark=mark, why=why)
            if title.decided_on
            else unknown("chưa biết ngày", why),
            words(title.decided_by, why, mark),
            words(_TODAY[verdict], standing, Mark.MEASURED.value)
            if verdict
            else unknown("không xét bộ này ở ngày chốt"),
        ),
    )


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
    """Places registered for a title of the next year."""
    columns = (
        Column("place", "Địa bàn", width=2.6),
        Column("title", "Đăng ký danh hiệu", width=3.2),
        Column("year", "Năm phấn đấu", "number", width=1.2),
        Column("paper", "Văn bản đăng ký, kế hoạch", width=3),
    )
    return Annex("10", f"Đăng ký năm {on.window.year + 1}", columns)
