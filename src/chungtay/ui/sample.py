"""Sample words and numbers for the guide page. Nothing here is true of any place."""

from datetime import date
from decimal import Decimal

from django.core.paginator import Paginator

from . import charts
from .tables import Heat, HeatColumn, HeatRow, Links, Multiple, RankRow, Side, VersusRow

_NAMES = [
    "Quy hoạch", "Giao thông", "Thủy lợi và phòng, chống thiên tai", "Điện", "Trường học", "Cơ sở vật chất văn hóa",
    "Cơ sở hạ tầng thương mại nông thôn", "Thông tin và truyền thông", "Nhà ở dân cư", "Thu nhập", "Nghèo đa chiều",
    "Lao động", "Tổ chức sản xuất và phát triển kinh tế nông thôn", "Giáo dục và đào tạo", "Y tế", "Văn hóa",
    "Môi trường và an toàn thực phẩm", "Hệ thống chính trị và tiếp cận pháp luật", "Quốc phòng và An ninh",
]  # fmt: skip

_VERDICTS: dict[int, dict[str, str]] = {
    2: {
        "verdict": "not_met",
        "missing": "còn thiếu 0,8 km",
        "detail": "đường trục thôn",
        "stated": "công bố: đạt",
    },
    7: {"verdict": "excused", "reason": "không có trong quy hoạch chợ"},
    10: {"verdict": "unknown", "detail": "chưa có số liệu năm 2025"},
    17: {"verdict": "not_met", "missing": "còn thiếu 4 điểm phần trăm", "detail": "và 1 chỉ tiêu khác"},
}


def _board() -> list[dict[str, str]]:
    return [
        {
            "number": str(n),
            "name": name,
            "href": "#cay",
            "verdict": "met",
            "detail": "",
            **_VERDICTS.get(n, {}),
        }
        for n, name in enumerate(_NAMES, start=1)
    ]


def _trace() -> dict[str, object]:
    return {
        "label": "2. Giao thông",
        "verdict": "not_met",
        "clause": "Quyết định mẫu, Phụ lục I, mục 2",
        "stated": "công bố: đạt, 12/2024",
        "children": [
            {
                "label": "2.1 Tỷ lệ đường xã được nhựa hóa hoặc bê tông hóa",
                "verdict": "met",
                "value": "12,4 / 12,4 km (100%)",
                "threshold": "≥ 100%",
                "mark": "measured",
                "provenance": "found",
            },
            {
                "label": "2.2 Tỷ lệ đường trục thôn được cứng hóa",
                "verdict": "not_met",
                "value": "7,2 / 8 km (90%)",
                "threshold": "≥ 100%",
                "mark": "told",
                "provenance": "recalled",
                "notes": ["Sẽ đạt khi cứng hóa thêm 0,8 km."],
                "children": [
                    {"label": "Xóm Đầu", "verdict": "met", "value": "4 / 4 km", "mark": "measured"},
                    {"label": "Xóm Cuối", "verdict": "not_met", "value": "3,2 / 4 km", "mark": "stated"},
                ],
            },
            {
                "label": "2.3 Đường ngõ xóm sạch, không lầy lội vào mùa mưa",
                "verdict": "unknown",
                "threshold": "chưa biết",
                "provenance": "unknown",
            },
            {
                "label": "2.4 Đường trục chính nội đồng",
                "verdict": "excused",
                "notes": ["Không xét: xã không có cánh đồng tập trung."],
                "provenance": "illustrative",
            },
        ],
    }


_INCOME = [
    (date(2019, 12, 31), Decimal("38.2")),
    (date(2020, 12, 31), Decimal("41.5")),
    (date(2021, 12, 31), Decimal("43")),
    (date(2022, 12, 31), None),
    (date(2023, 12, 31), Decimal("52.4")),
    (date(2024, 12, 31), Decimal("61.75")),
]
_LIMITS = [(date(2016, 10, 17), Decimal(36)), (date(2022, 3, 8), Decimal(48))]
_EVENTS = [(date(2023, 6, 1), "hai xã nhập làm một")]
_COUNTS = [
    (date(2020, 12, 31), 11, 6, 2, 0),
    (date(2021, 12, 31), 13, 5, 0, 1),
    (date(2022, 12, 31), 9, 6, 3, 1),
    (date(2023, 12, 31), 14, 3, 1, 1),
    (date(2024, 12, 31), 15, 2, 1, 1),
]


_MARKS = ("met", "met", "not_met", "unknown", "excused")
_COMMUNES = ("Xã Đầu", "Xã Giữa", "Xã Cuối")
_KEPT = [0, 0, 0, 1, 2, 2, 5, 8, 9, 12, 9, 8, 4, 3, 1, 0, 0, 0, 0, 0]


def _heat() -> Heat:
    return Heat(
        "Kết quả từng tiêu chí (mẫu)",
        "Xã",
        [("dat", "met"), ("chua-dat", "not_met"), ("chua-biet", "unknown")],
        [HeatColumn(f"tc-{n}", str(n), name) for n, name in enumerate(_NAMES, start=1)],
        [
            HeatRow(
                name,
                "#",
                "",
                "not_met",
                ["13/19", "3", "3"],
                [(_MARKS[(n * 7 + row) % 5], "#") for n in range(19)],
            )
            for row, name in enumerate(_COMMUNES)
        ],
        "ten",
    )


def boards_context() -> dict[str, object]:
    """What the guide page shows of components for many places."""
    spread, years = "Bao nhiêu xã đạt bao nhiêu tiêu chí (mẫu)", "Số xã đạt qua các năm (mẫu)"
    told = [
        charts.YearShare(2021, 0, 65, 65, "2022-03-08"),
        charts.YearShare(2022, 20, 30, 65, "2022-03-08"),
        charts.YearShare(2023, 31, 18, 65, "2022-03-08"),
        charts.YearShare(2024, 41, 16, 65, "2024-03-01"),
    ]
    counted = [(2022, (20, 15, 30, 0)), (2023, (31, 16, 18, 0)), (2024, (41, 7, 16, 1))]
    return {
        "heat": _heat(),
        "counts_of": (41, 7, 16, 1),
        "count_links": Links("#", "#", "#", "#"),
        "multiples": [Multiple(name, "#", "41/65", "chưa biết 16", years=counted) for name in _COMMUNES],
        "ranks": [
            RankRow("1/3", "Xã Đầu", "#", "nhóm 1", (19, 0, 0, 0), "19/19 (100%)", "0 (0%)"),
            RankRow(
                "đồng hạng 2–3/3", "Xã Giữa", "#", "nhóm 2–3", (14, 2, 3, 0), "14/16 (87,5%)", "3 (15,8%)"
            ),
            RankRow(
                "", "Xã Cuối", "#", "nhóm 1–5", (0, 0, 19, 0), "0/0", "19 (100%)", "chưa biết 100%, quá 20%"
            ),
        ],
        "versus": [
            VersusRow(
                "Xã Đầu", "#", Side("not_met", "17/19", "#"), Side("met", "19/19", "#"), "up", "tiến lên"
            ),
            VersusRow(
                "Xã Giữa",
                "#",
                Side("met", "19/19", "#"),
                Side("unknown", "15/19", "#"),
                "lost",
                "không còn biết",
            ),
        ],
        "spread": charts.figure(
            spread,
            charts.spread_chart(_KEPT, spread, "Số tiêu chí đạt"),
            charts.spread_table(_KEPT, spread, "Số tiêu chí đạt"),
        ),
        "years": charts.figure(years, charts.years_chart(told, years), charts.years_table(told, years)),
    }


def guide_context() -> dict[str, object]:
    """All that the guide page shows."""
    title = "Thu nhập bình quân đầu người (mẫu)"
    counted = "Số tiêu chí theo từng năm (mẫu)"
    return {
        "crumbs": [("Cả nước", "/"), ("Tỉnh mẫu", "#"), ("Xã mẫu", "")],
        "board": _board(),
        "trace": _trace(),
        "money": [
            {"label": "Ngân sách nhà nước", "value": Decimal("3200")},
            {"label": "Nhân dân góp tiền", "value": Decimal("860")},
            {"label": "Ngày công quy đổi", "value": Decimal("415.5")},
            {"label": "Doanh nghiệp", "value": Decimal("300")},
            {"label": "Hiến đất", "value": None},
        ],
        "facts": [("Loại", "Xã (mẫu)"), ("Dân số", "8.412 người"), ("Ngày số liệu", "31/12/2024")],
        "faults": {"km": ["“7,2 km” không phải là một con số. Hãy chỉ viết chữ số, ví dụ 7,2."]},
        "km_errors": ["“7,2 km” không phải là một con số. Hãy chỉ viết chữ số, ví dụ 7,2."],
        "choices": [("", "Chọn một nguồn"), ("do", "Đo tại chỗ"), ("giay", "Theo giấy tờ")],
        "picked": "giay",
        "page": Paginator(range(1234), 25).page(7),
        "history": charts.figure(
            title,
            charts.history_chart(_INCOME, _LIMITS, "triệu đồng", title, events=_EVENTS),
            charts.history_table(_INCOME, _LIMITS, "triệu đồng", title),
        ),
        "counts": charts.figure(
            counted, charts.counts_chart(_COUNTS, 19, counted), charts.counts_table(_COUNTS, counted)
        ),
        "scale_below": charts.scale(Decimal(90), Decimal(100), 0, 120, "at_least", "%"),
        "scale_within": charts.scale(Decimal("3.2"), Decimal(5), 0, 20, "at_most", "%"),
        "scale_unknown": charts.scale(None, None, 0, 100, "at_least", "%"),
        "rows": [
            ("Xóm Đầu", 182, Decimal("4"), "met"),
            ("Xóm Giữa", 96, Decimal("2.75"), "unknown"),
            ("Xóm Cuối", 140, Decimal("3.2"), "not_met"),
        ],
    }
