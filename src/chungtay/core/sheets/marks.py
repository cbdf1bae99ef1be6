"""The two columns that every record on paper has: where it is told, and how well it is known."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from chungtay.core.sheets.columns import Column, Kind

SOURCE: Final = Column(
    "source",
    _("Nguồn"),
    _("Văn bản, sổ hoặc báo cáo nêu việc này, để người sau tìm lại được."),
    required=True,
    most=300,
    example=_("Báo cáo tổng kết năm 2023 của UBND xã"),
    width=40,
)
MARK: Final = Column(
    "mark",
    _("Loại số liệu"),
    _("Để trống là theo tài liệu. Con số phải dựng lại, không tài liệu nào ghi, thì chọn “dựng lại”."),
    Kind.CHOICE,
    choices=(
        ("told", _("theo tài liệu")),
        ("stated", _("công bố")),
        ("reconstructed", _("dựng lại")),
        ("measured", _("đo")),
    ),
    default="told",
    example=_("theo tài liệu"),
    width=16,
)
