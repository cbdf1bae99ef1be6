"""The six rights of a household: what the law says of each, and where in this site it is exercised."""

from dataclasses import dataclass

from django.http import HttpResponse
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from chungtay.community.law_values import words_of
from chungtay.community.publishing import rules
from chungtay.portal.doors import choosing, place_asked
from chungtay.portal.places_answers import Reader, for_all
from rulebook import Text

# By the right: pages of a place where it happens, as (name of the address, words).
_PAGES: dict[str, tuple[tuple[str, Promise], ...]] = {
    "know": (
        ("portal:place_news", _("Tin và thông báo")),
        ("portal:postings", _("Những gì đã niêm yết, ở đâu, bao lâu")),
        ("portal:works", _("Công trình, tiến độ, tiền")),
        ("portal:money", _("Đóng góp và nguồn lực")),
    ),
    "discuss": (
        ("portal:place", _("Cuộc họp sắp tới và điều dân đã quyết")),
        ("office:convention", _("Hương ước, quy ước")),
    ),
    "do": (
        ("portal:works", _("Việc đang làm cùng nhau")),
        ("portal:money", _("Ngày công, đất, tiền đã góp, tính gộp")),
        ("office:campaigns", _("Phong trào, cuộc vận động")),
    ),
    "check": (
        ("portal:missing", _("Số liệu còn thiếu, chậm, chưa có nguồn")),
        ("office:rechecks", _("Kết quả kiểm tra lại")),
        ("portal:titles", _("Danh hiệu và căn cứ")),
    ),
    "supervise": (
        ("office:supervision", _("Ban giám sát và kiến nghị")),
        ("office:feedback", _("Góp ý đã công khai và câu trả lời")),
        ("office:surveys", _("Lấy ý kiến hài lòng")),
    ),
    "benefit": (
        ("portal:place", _("Nơi mình đạt đến đâu, còn thiếu gì")),
        ("office:commendations", _("Khen thưởng")),
        ("office:training", _("Tập huấn")),
    ),
}
# The same without a place.
_DOORS: dict[str, tuple[tuple[str, Promise], ...]] = {
    "check": (("portal:check_papers", _("Kiểm tra bằng, biên nhận, quyết định")),),
    "supervise": (("portal:feedback", _("Gửi góp ý, theo dõi câu trả lời")),),
    "know": (("portal:take_name_off", _("Xin rút tên khỏi trang công khai")),),
}


@dataclass(frozen=True)
class Right:
    """One right as the page shows it. pages: address and words."""

    code: str
    name: Text
    says: Text
    clause: str
    pages: tuple[tuple[str, Promise], ...]


@for_all
def rights(reader: Reader) -> HttpResponse:
    """The six, with the pages of a place where one was chosen."""
    place = place_asked(reader)
    shown = [
        Right(
            each.code,
            each.name,
            each.says,
            words_of(each.ground),
            _pages_of(each.code, place.id if place else None),
        )
        for each in rules.publishing().rights.values()
    ]
    return reader.page("portal/news_rights.html", {"rights": shown, "place": place, **choosing(reader)})


def _pages_of(code: str, place_id: int | None) -> tuple[tuple[str, Promise], ...]:
    found = [(reverse(name, args=[place_id]), words) for name, words in _PAGES[code]] if place_id else []
    return (*found, *((reverse(name), words) for name, words in _DOORS.get(code, ())))
