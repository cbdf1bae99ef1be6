"""Our own limits, as the code has them: how large, how long, how often. Every number is the constant that refuses."""

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpResponse
from django.utils.translation import gettext as _

from chungtay.community.convention import policies as convention
from chungtay.community.feedback import actions as feedback_deeds
from chungtay.community.feedback import policies as feedback
from chungtay.community.publishing import policies as news
from chungtay.community.publishing.requests import actions as requests
from chungtay.evidence import kinds, pictures
from chungtay.evidence import policies as evidence
from chungtay.figures.workbooks import opening as workbooks
from chungtay.portal import doors, tools_aloud, tools_paper
from chungtay.portal.places_answers import Reader, for_all
from chungtay.recognition.surveys import policies as surveys
from chungtay.registers.geo import checking, unpacking
from chungtay.registers.geo import reading as maps
from chungtay.reports.opendata import files
from chungtay.works import queries as works
from viet.numbers import format_number


@dataclass(frozen=True)
class Limit:
    """One limit in words, and what happens beyond it."""

    what: str
    most: str
    beyond: str


@dataclass(frozen=True)
class Group:
    """Limits of one subject. code: its anchor."""

    code: str
    title: str
    limits: tuple[Limit, ...]


@for_all
def limits(reader: Reader) -> HttpResponse:
    """All of them, by subject."""
    return reader.page("portal/news_limits.html", {"groups": groups()})


def groups() -> tuple[Group, ...]:
    """Every limit that somebody outside may meet, in the reader's language."""
    refused, waits = _("Từ chối kèm lý do, chữ đã gõ còn nguyên."), _("Nhắc chờ; chữ đã gõ còn nguyên.")

    def letters(n: int) -> str:
        return _("%(n)s chữ") % {"n": format_number(n)}

    def an_hour(n: int) -> str:
        return _("%(n)s lần một giờ từ một địa chỉ mạng") % {"n": format_number(n)}

    def lines(beyond: str, *told: tuple[str, str]) -> tuple[Limit, ...]:
        return tuple(Limit(what, most, beyond) for what, most in told)

    return (
        Group(
            "noi",
            _("Nói với chính quyền, không cần tài khoản"),
            (
                *lines(
                    refused,
                    (_("Một góp ý"), letters(feedback.LONGEST)),
                    (_("Tên cần rút"), letters(requests.LONGEST_NAME)),
                    (_("Nơi thấy tên, lý do"), letters(requests.LONGEST_WORDS)),
                    (_("Ý kiến thêm trên phiếu hài lòng"), letters(surveys.LONGEST_COMMENT)),
                ),
                *lines(
                    waits,
                    (_("Gửi góp ý"), an_hour(feedback_deeds.MOST_AN_HOUR)),
                    (_("Xem góp ý bằng số và mã"), an_hour(feedback_deeds.MOST_TRIES_AN_HOUR)),
                    (_("Mở phiếu bằng mã trên thẻ"), an_hour(doors.MOST_CODES_AN_HOUR)),
                    (_("Gửi yêu cầu rút tên"), an_hour(requests.MOST_AN_HOUR)),
                    (_("Xem yêu cầu rút tên bằng số và mã"), an_hour(requests.MOST_TRIES_AN_HOUR)),
                ),
            ),
        ),
        Group(
            "tin",
            _("Tin, thông báo, niêm yết"),
            lines(
                refused,
                (_("Tiêu đề"), letters(news.LONGEST_TITLE)),
                (_("Nội dung một bản"), letters(news.LONGEST_BODY)),
                (_("Lời tả, chú thích một hình"), letters(news.LONGEST_WORDS)),
                (_("Phụ đề một video"), letters(news.LONGEST_SPOKEN)),
                (_("Ảnh và video của một tin"), format_number(news.MOST_ITEMS)),
                (
                    _("Một lần niêm yết"),
                    _("%(n)s ngày") % {"n": format_number(news.LONGEST_POSTING.days)},
                ),
                (_("Hương ước"), letters(convention.LONGEST_TEXT)),
            ),
        ),
        Group("tep", _("Tệp gửi lên"), lines(refused, *_files())),
        Group("ban-do", _("Tệp bản đồ, hình vẽ"), lines(refused, *_maps())),
        Group("trang", _("Trang công khai, dữ liệu mở"), _pages()),
        Group(
            "cua",
            _("Cửa vào của cán bộ"),
            (
                Limit(
                    _("Nhập sai mật khẩu"),
                    _("%(n)s lần") % {"n": format_number(settings.AXES_FAILURE_LIMIT)},
                    _("Tài khoản nghỉ %(n)s phút.") % {"n": _minutes(settings.AXES_COOLOFF_TIME.seconds)},
                ),
                Limit(
                    _("Một phiên làm việc"),
                    _("%(n)s giờ") % {"n": format_number(settings.SESSION_COOKIE_AGE // 3600)},
                    _("Đăng nhập lại; bản nháp còn."),
                ),
            ),
        ),
    )


def _files() -> list[tuple[str, str]]:
    told = [(str(each.name), f"{format_number(each.cap // kinds.MB)} MB") for each in kinds.KINDS.values()]
    told.append((_("Ảnh"), _("%(n)s triệu điểm ảnh") % {"n": pictures.MOST_PIXELS // 10**6}))
    told.append((_("Ô che mờ, một lần"), format_number(evidence.MOST_BOXES)))
    told.append((_("Sổ nhập Excel"), _("%(n)s MB") % {"n": format_number(workbooks.MAX_BYTES // 10**6)}))
    told.append((_("Dòng của một sổ nhập"), _("%(n)s dòng") % {"n": format_number(workbooks.MAX_ROWS)}))
    return told


def _maps() -> list[tuple[str, str]]:
    return [
        (_("Một tệp bản đồ, kể cả khi giải nén"), _("%(n)s MB") % {"n": unpacking.BYTES_AT_MOST // 10**6}),
        (_("Hình trong một tệp"), format_number(maps.ROWS_AT_MOST)),
        (_("Điểm của một hình"), format_number(checking.POINTS_AT_MOST)),
    ]


def _pages() -> tuple[Limit, ...]:
    cut = _("Phần sau được bỏ, có ghi rõ; trang gốc vẫn đủ.")
    return (
        Limit(_("Dòng bảng trong bản PDF của một trang"), format_number(tools_paper.MOST_ROWS), cut),
        Limit(_("Ảnh trong bản PDF của một trang"), format_number(tools_paper.MOST_PICTURES), cut),
        Limit(_("Đoạn đọc thành tiếng của một trang"), format_number(tools_aloud.MOST_PARTS), cut),
        Limit(
            _("Dòng của một bảng Excel dữ liệu mở"),
            format_number(files.MOST_XLSX_ROWS),
            _("Nhắc tải CSV hoặc lọc hẹp hơn."),
        ),
        Limit(
            _("Tin, công trình được tìm theo chữ trong tên"),
            _("%(n)s cái mới nhất") % {"n": format_number(works.MOST_LOOKED_AT)},
            _("Tìm nơi trước, rồi xem danh sách của nơi ấy."),
        ),
        Limit(
            _("Hỏi API đọc"),
            _("%(n)s lần một phút từ một địa chỉ mạng")
            % {"n": format_number(settings.API_QUESTIONS_A_MINUTE)},
            _("Trả 429, nói sau mấy giây hãy hỏi lại; tải cả bảng thì không bị đếm."),
        ),
    )


def _minutes(seconds: int) -> str:
    return format_number(seconds // 60)
