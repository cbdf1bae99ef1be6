"""The columns of an annex's table: what each holds, and at once what would be read with that."""

from dataclasses import dataclass, replace

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from chungtay.core.refusals import Fault
from chungtay.office.answers import Visit, for_officers
from chungtay.standards.annex import Imported, Role, RowUse, Table
from chungtay.standards.importing import actions, queries
from chungtay.standards.importing.choices import Choices
from chungtay.standards.importing.queries import AnnexView
from rulebook.rules import Op

_SHOWN_ROWS = 60
USES = {
    RowUse.IMPORTED: lambda: _("chỉ tiêu"),
    RowUse.CRITERION: lambda: _("tiêu chí"),
    RowUse.GROUP: lambda: _("nhóm"),
    RowUse.CONTINUED: lambda: _("nối hàng trên"),
    RowUse.HEADER: lambda: _("tiêu đề"),
    RowUse.FOOTNOTE: lambda: _("chú thích"),
    RowUse.SKIPPED: lambda: _("bỏ qua"),
}
"""What became of a row, in the visitor's language."""


@for_officers
def columns(visit: Visit, import_id: int) -> HttpResponse:
    """The table with what each column holds over it, and what would be read with that."""
    view = queries.annex(import_id, by=visit.by)
    if view.table is None or view.mapping is None:
        return redirect("office:annex_table", import_id=import_id)
    faults: tuple[Fault, ...] = ()
    if visit.request.method == "POST":
        choices = _chosen_columns(visit, view)
        actions.choose(by=visit.by, import_id=import_id, choices=choices)
        view = queries.annex(import_id, by=visit.by)
        if "go_on" in visit.request.POST:
            if not view.faults:
                return redirect("office:annex_measures", import_id=import_id)
            faults = view.faults
    assert view.table is not None
    assert view.mapping is not None
    context = {
        "view": view,
        "mapping": view.mapping,
        "faults": faults,
        "columns": [
            {"column": column, "value": f"{column.role}:{column.key}" if column.key else str(column.role)}
            for column in view.mapping.columns
        ],
        "roles": _role_choices(view),
        "grid": _grid(view.table, view.imported, view.mapping.header),
        "more": max(0, len(view.table.rows) - _SHOWN_ROWS),
        "unsigned": [
            ("", _("— chưa rõ, để tôi xem từng ô")),
            (str(Op.AT_LEAST), _("từ mức đó trở lên (≥)")),
            (str(Op.AT_MOST), _("từ mức đó trở xuống (≤)")),
        ],
        "counts": counts(view.imported),
        "step": 2,
    }
    return visit.page("office/desk/annex_columns.html", context, 422 if faults else 200)


def _chosen_columns(visit: Visit, view: AnnexView) -> Choices:
    """What was sent, kept even where it gives nothing. A changed header lets the columns be guessed anew."""
    assert view.table is not None
    assert view.mapping is not None
    sent = visit.request.POST
    known = {value for value, _label in _role_choices(view)}
    header = sent.get("header", "")
    rows = (
        min(int(header), len(view.table.rows))
        if header.isdecimal() and len(header) < 5
        else view.mapping.header
    )
    picked: list[tuple[str, str] | None] = []
    for column in view.mapping.columns:
        role, _colon, key = sent.get(f"c-{column.at}", "").partition(":")
        value = f"{role}:{key}" if key else role
        picked.append((role, key) if value in known else None)
    anew = rows != view.mapping.header
    unsigned = sent.get("unsigned", "")
    return replace(
        view.choices,
        columns=() if anew else tuple(picked),
        header=rows if anew else view.choices.header,
        unsigned=unsigned if unsigned in ("", Op.AT_LEAST, Op.AT_MOST) else "",
        part=sent.get("part", "").strip()[:80],
    )


def _role_choices(view: AnnexView) -> list[tuple[str, str]]:
    """What a column may hold: the plain roles, every region, the groups and years the table speaks of."""
    assert view.mapping is not None
    plain = [
        (str(Role.NUMBER), _("số thứ tự")),
        (str(Role.CRITERION), _("tên tiêu chí")),
        (str(Role.INDICATOR), _("nội dung chỉ tiêu")),
        (str(Role.UNIT), _("đơn vị tính")),
        (str(Role.COMMON), _("mức chung")),
        (str(Role.NOTE), _("ghi chú")),
        (str(Role.IGNORED), _("bỏ qua")),
    ]
    regions = [
        (f"{Role.REGION}:{code}", _("vùng %(name)s") % {"name": name}) for code, name in view.regions.items()
    ]
    groups = [(f"{Role.GROUP}:{n}", _("nhóm xã %(n)s") % {"n": n}) for n in range(1, 4)]
    period = view.draft.content["standard"].get("period", {}) if "standard" in view.draft.content else {}
    first = str(period.get("from", "")) if isinstance(period, dict) else ""
    begins = int(first) if first.isdecimal() and 1990 < int(first) < 2100 else 2021
    years = {*range(begins, begins + 10)} | {
        int(column.key) for column in view.mapping.columns if column.role is Role.YEAR
    }
    return plain + regions + groups + [(f"{Role.YEAR}:{y}", _("năm %(y)s") % {"y": y}) for y in sorted(years)]


@dataclass(frozen=True)
class ShownCell:
    text: str
    rows: int
    columns: int
    notes: tuple[str, ...]


@dataclass(frozen=True)
class ShownRow:
    place: str
    use: str
    code: str
    cells: tuple[ShownCell, ...]


def _grid(table: Table, imported: Imported | None, header: int) -> list[ShownRow]:
    """The first rows as a page draws them, each with what became of it."""
    most = min(_SHOWN_ROWS, len(table.rows))
    reports = {each.row: each for each in imported.rows} if imported else {}
    shown: list[ShownRow] = []
    for at in range(most):
        cells = tuple(
            ShownCell(cell.text, min(cell.rows, most - at), cell.columns, (*cell.notes, *cell.remarks))
            for cell in table.distinct(at)
            if cell.row == at
        )
        use = USES[reports[at].use]() if at in reports else (USES[RowUse.HEADER]() if at < header else "")
        shown.append(ShownRow(table.row_places[at], use, reports[at].code if at in reports else "", cells))
    return shown


def counts(imported: Imported | None) -> dict[str, int]:
    if imported is None:
        return {}
    return {
        "criteria": len(imported.criteria),
        "indicators": len(imported.indicators),
        "known": sum(each.known for each in imported.indicators),
        "skipped": sum(each.use is RowUse.SKIPPED for each in imported.rows),
    }
