"""The rooms of a place: what people decide, give, build and do there. One list, for every page that leads to them."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Room:
    """One room. name: of its address.

    is_open: anybody may read it, without an account. keeps: another look at the same list, so its filters go along.
    """

    name: str
    label: Promise | str
    is_open: bool = False
    keeps: bool = False

    def href(self, place_id: int) -> str:
        return reverse(f"office:{self.name}", args=[place_id])


GROUPS: tuple[tuple[Promise | str, tuple[Room, ...]], ...] = (
    (
        _("Người dân"),
        (
            Room("meetings", _("Họp dân và quyết định")),
            Room("households", _("Sổ hộ gia đình")),
            Room("feedback", _("Góp ý của người dân"), is_open=True),
            Room("convention", _("Hương ước"), is_open=True),
        ),
    ),
    (
        _("Thông tin"),
        (
            Room("news", _("Tin, thông báo")),
            Room("postings", _("Niêm yết, truyền thanh"), is_open=True),
            Room("name_requests", _("Yêu cầu rút tên")),
        ),
    ),
    (
        _("Đóng góp"),
        (
            Room("give", _("Ghi đóng góp")),
            Room("purposes", _("Việc nhận đóng góp")),
            Room("pledges", _("Mức cùng góp")),
            Room("cash_book", _("Sổ quỹ")),
        ),
    ),
    (
        _("Nguồn lực"),
        (
            Room("resources", _("Tổng nguồn lực")),
            Room("allotments", _("Vốn Nhà nước, vốn khác")),
            Room("valuation", _("Mức quy đổi")),
            Room("told_totals", _("Theo tài liệu")),
        ),
    ),
    (
        _("Công trình"),
        (
            Room("works", _("Danh sách công trình"), keeps=True),
            Room("works_gantt", _("Tiến độ"), keeps=True),
            Room("works_map", _("Bản đồ"), keeps=True),
            Room("works_money", _("Nguồn vốn"), keeps=True),
            Room("supervision", _("Giám sát cộng đồng"), is_open=True),
        ),
    ),
    (
        _("Hạ tầng, sản xuất"),
        (
            Room("assets", _("Sổ hạ tầng")),
            Room("livelihood", _("Sản xuất")),
            Room("producers", _("Hợp tác xã, tổ hợp tác")),
            Room("planted_areas", _("Diện tích")),
            Room("growing_codes", _("Mã số vùng trồng")),
            Room("linked_contracts", _("Hợp đồng liên kết")),
            Room("brands", _("Nhãn hiệu")),
            Room("ocop_products", _("Sản phẩm OCOP")),
            Room("income_surveys", _("Điều tra thu nhập")),
        ),
    ),
    (
        _("Phong trào"),
        (
            Room("outreach", _("Tuyên truyền"), is_open=True),
            Room("training", _("Tập huấn"), is_open=True),
            Room("campaigns", _("Phong trào, cuộc vận động"), is_open=True),
            Room("commendations", _("Khen thưởng"), is_open=True),
            Room("yearly_titles", _("Danh hiệu hằng năm"), is_open=True),
        ),
    ),
    (
        _("Công nhận"),
        (
            Room("dossiers", _("Hồ sơ công nhận")),
            Room("dossier_calendar", _("Lịch, thời hạn")),
            Room("surveys", _("Lấy ý kiến hài lòng"), is_open=True),
            Room("rechecks", _("Kiểm tra lại"), is_open=True),
            Room("titles", _("Danh hiệu được công nhận"), is_open=True),
            Room("titles_at_risk", _("Danh hiệu có nguy cơ")),
            Room("title_ranks", _("Nơi đạt trước, thứ hạng"), is_open=True),
            Room("certificates", _("Bằng công nhận"), is_open=True),
        ),
    ),
    (
        _("Báo cáo"),
        (
            Room("reports", _("Báo cáo định kỳ")),
            Room("story", _("Bài viết từ số liệu"), keeps=True),
            Room("story_facts", _("Bảng số liệu của bài"), keeps=True),
        ),
    ),
    (
        _("Số liệu"),
        (Room("workbooks", _("Nhập bằng sổ Excel")), Room("firstday", _("Hồ sơ ngày đầu"))),
    ),
)


def beside(name: str) -> tuple[Room, ...]:
    """The rooms of the same group as one room, itself among them."""
    return next(rooms for _group, rooms in GROUPS if any(room.name == name for room in rooms))


def room(name: str) -> Room:
    return next(each for each in beside(name) if each.name == name)
