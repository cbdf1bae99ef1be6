"""Our own limits, as the code has them: how large, how long, how often. Every number is the constant that refuses."""

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from chungtay.community.convention import policies as convention
from chungtay.community.feedback import actions as feedback_deeds
from chungtay.community.feedback import policies as feedback
from chungtay.community.publishing import policies as news
from chungtay.community.publishing import queries as news_read
from chungtay.community.publishing.requests import actions as requests
from chungtay.core import packages
from chungtay.core.sheets import columns as sheets
from chungtay.evidence import kinds, pictures
from chungtay.evidence import policies as evidence
from chungtay.figures import policies as figures
from chungtay.figures import ruling, talking
from chungtay.figures.workbooks import opening as workbooks
from chungtay.ledger import kinds as gifts
from chungtay.ledger import policies as ledger
from chungtay.portal import doors, map_facts, search, tools, tools_aloud, tools_paper
from chungtay.portal.places_answers import Reader, for_all
from chungtay.recognition.signing import policies as signing
from chungtay.recognition.signing import signed_pdf
from chungtay.recognition.surveys import policies as surveys
from chungtay.registers.amenities import intake
from chungtay.registers.amenities import reading as amenities
from chungtay.registers.geo import checking, typed, unpacking
from chungtay.registers.geo import reading as maps
from chungtay.reports import sections
from chungtay.reports.opendata import files
from chungtay.reports.public import across
from chungtay.standards.annex import opening as annexes
from chungtay.standards.desk import carrying as desk
from chungtay.standards.desk import files as instruments
from chungtay.territory import names
from chungtay.works import policies as works
from chungtay.works import queries as works_read
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
                    (_("Họ tên người góp ý"), letters(feedback.LONGEST_NAME)),
                    (_("Liên hệ của người góp ý"), letters(feedback.LONGEST_CONTACT)),
                    (_("Tên cần rút"), letters(requests.LONGEST_NAME)),
                    (_("Nơi thấy tên, lý do"), letters(requests.LONGEST_WORDS)),
                    (_("Liên hệ của người xin rút tên"), letters(requests.LONGEST_CONTACT)),
                    (_("Ý kiến thêm trên phiếu hài lòng"), letters(surveys.LONGEST_COMMENT)),
                ),
                *lines(
                    waits,
                    (_("Gửi góp ý"), an_hour(feedback_deeds.MOST_AN_HOUR)),
                    (_("Xem góp ý bằng số và mã"), an_hour(feedback_deeds.MOST_TRIES_AN_HOUR)),
                    (_("Mở phiếu bằng mã trên thẻ"), an_hour(doors.MOST_CODES_AN_HOUR)),
                    (_("Gửi yêu cầu rút tên"), an_hour(requests.MOST_AN_HOUR)),
                    (_("Xem yêu cầu rút tên bằng số và mã"), an_hour(requests.MOST_TRIES_AN_HOUR)),
                    (_("Gửi tệp bằng công nhận để kiểm tra"), an_hour(signing.FILES_AN_HOUR)),
                    (_("Kiểm tra bằng công nhận qua mã"), an_hour(signing.LOOKS_AN_HOUR)),
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
                    _days(news.LONGEST_POSTING.days),
                ),
                (_("Hương ước"), letters(convention.LONGEST_TEXT)),
            ),
        ),
        Group("tep", _("Tệp gửi lên"), lines(refused, *_files())),
        Group("ban-do", _("Tệp bản đồ, hình vẽ"), lines(refused, *_maps())),
        Group("trang", _("Trang công khai, dữ liệu mở"), _pages()),
        Group("so", _("Ghi sổ của cán bộ"), lines(refused, *_records())),
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
    told = [(str(each.name), _megabytes(each.cap, kinds.MB)) for each in kinds.KINDS.values()]
    return [
        *told,
        (_("Ảnh"), _("%(n)s triệu điểm ảnh") % {"n": pictures.MOST_PIXELS // 10**6}),
        (_("Ô che mờ, một lần"), format_number(evidence.MOST_BOXES)),
        (_("Tệp Word, Excel khi giải nén"), _megabytes(packages.MOST_UNPACKED, packages.MB)),
        (_("Phần bên trong một tệp Word, Excel"), format_number(packages.MOST_PARTS)),
        (_("Sổ nhập số liệu"), _megabytes(workbooks.MAX_BYTES)),
        (_("Sổ nhập số liệu khi giải nén"), _megabytes(workbooks.MAX_UNPACKED)),
        (_("Dòng của một sổ nhập số liệu"), _rows(workbooks.MAX_ROWS)),
        (_("Cột của một sổ nhập số liệu"), format_number(workbooks.MAX_COLUMNS)),
        (_("Ô của một sổ nhập số liệu"), format_number(workbooks.MAX_AREA)),
        (_("Dòng của một bảng nhập sổ hộ, họp, đóng góp, công trình"), _rows(sheets.MOST_ROWS)),
        (_("Phụ lục của một văn bản"), _megabytes(annexes.MAX_BYTES)),
        (_("Phụ lục khi giải nén"), _megabytes(annexes.MAX_UNPACKED)),
        (_("Bản gốc của văn bản"), _megabytes(instruments.MAX_BYTES)),
        (_("Bộ tiêu chí mang từ nơi khác"), _megabytes(desk.MAX_BYTES)),
        (_("Tệp trong một bộ tiêu chí"), format_number(desk.MAX_FILES)),
        (_("Văn bản đã ký số"), _megabytes(signed_pdf.MOST_BYTES, kinds.MB)),
        (_("Tệp bằng công nhận gửi để kiểm tra"), _megabytes(signing.MOST_SENT_BYTES, kinds.MB)),
    ]


def _maps() -> list[tuple[str, str]]:
    return [
        (_("Một tệp bản đồ"), _megabytes(unpacking.BYTES_AT_MOST)),
        (_("Một tệp bản đồ khi giải nén"), _megabytes(unpacking.UNPACKED_AT_MOST)),
        (_("Phần bên trong một tệp bản đồ nén"), format_number(unpacking.ENTRIES_AT_MOST)),
        (_("Hình trong một tệp"), _rows(maps.ROWS_AT_MOST)),
        (_("Điểm của một hình"), format_number(checking.POINTS_AT_MOST)),
        (_("Chữ của một hình gõ tay"), format_number(typed.LETTERS_AT_MOST)),
        (
            _("Tệp đã gửi mà chưa ghi vào sổ"),
            _("giữ %(n)s ngày, rồi xoá") % {"n": intake.KEPT_AT_MOST.days},
        ),
    ]


def _pages() -> tuple[Limit, ...]:
    cut = _("Phần sau được bỏ, có ghi rõ; trang gốc vẫn đủ.")
    narrower = _("Trang nói rõ đã bỏ bớt; hãy mở một nơi nhỏ hơn.")
    shorter = _("Phần sau không được tìm, có ghi rõ.")
    return (
        Limit(_("Chữ của một lần tìm"), format_number(search.MOST), shorter),
        Limit(_("Chữ của tên nơi cần tìm"), format_number(doors.LONGEST_NAME), shorter),
        Limit(_("Nơi gợi ý cho một tên"), format_number(doors.MOST_FOUND), _("Hãy gõ thêm chữ của tên.")),
        Limit(_("Hạ tầng trên bản đồ của một nơi"), format_number(map_facts.MOST), narrower),
        Limit(_("Nơi trong danh sách của một tiêu chí"), format_number(across.MOST), narrower),
        Limit(_("Hình vẽ trên bản đồ không cần mã lệnh"), format_number(map_facts.MOST_DRAWN), narrower),
        Limit(
            _("Đoạn bảng, đoạn chữ trong bản PDF của một trang"), format_number(tools_paper.MOST_BLOCKS), cut
        ),
        Limit(_("Dòng bảng trong bản PDF của một trang"), format_number(tools_paper.MOST_ROWS), cut),
        Limit(_("Ảnh trong bản PDF của một trang"), format_number(tools_paper.MOST_PICTURES), cut),
        Limit(_("Ảnh trong bản PDF, cộng lại"), _megabytes(tools_paper.MOST_BYTES, kinds.MB), cut),
        Limit(_("Đoạn đọc thành tiếng của một trang"), format_number(tools_aloud.MOST_PARTS), cut),
        Limit(
            _("Trang làm được bản PDF, đọc thành tiếng"),
            _megabytes(tools.LARGEST_PAGE, kinds.MB),
            _("Không làm; hãy dùng chức năng in, đọc của trình duyệt."),
        ),
        Limit(
            _("Dòng của một bảng Excel dữ liệu mở"),
            format_number(files.MOST_XLSX_ROWS),
            _("Nhắc tải CSV hoặc lọc hẹp hơn."),
        ),
        Limit(
            _("Tin, công trình được tìm theo chữ trong tên"),
            _("%(n)s cái mới nhất")
            % {"n": format_number(min(works_read.MOST_LOOKED_AT, news_read.MOST_LOOKED_AT))},
            _("Tìm nơi trước, rồi xem danh sách của nơi ấy."),
        ),
        Limit(
            _("Dòng một trang của API"),
            format_number(files.MOST_PAGE_ROWS),
            _("Trả 422; hỏi tiếp bằng con trỏ của trang trước."),
        ),
        Limit(
            _("Tin, việc mới một lần hỏi API"),
            format_number(files.MOST_NEWS),
            _("Trả 422; lấy hết bằng nguồn tin."),
        ),
        Limit(
            _("Hỏi API đọc"),
            _("%(n)s lần một phút từ một địa chỉ mạng, đếm riêng ở mỗi tiến trình máy chủ")
            % {"n": format_number(settings.API_QUESTIONS_A_MINUTE)},
            _("Trả 429, nói sau mấy giây hãy hỏi lại; tải cả bảng thì không bị đếm."),
        ),
    )


def _records() -> list[tuple[str, str]]:
    def letters(n: int) -> str:
        return _("%(n)s chữ") % {"n": format_number(n)}

    def dong(n: int) -> str:
        return _("%(n)s đồng") % {"n": format_number(n)}

    return [
        (_("Tên địa bàn"), letters(names.MAX_NAME)),
        (_("Nguồn của một số liệu"), letters(figures.SOURCE_LENGTH)),
        (_("Lời bàn về một số liệu"), letters(talking.TEXT_LENGTH)),
        (_("Căn cứ của một kết luận"), letters(ruling.EVIDENCE_LENGTH)),
        (_("Một mục chữ của báo cáo"), letters(sections.LONGEST)),
        (_("Một ô chữ của sổ hạ tầng"), letters(amenities.LONGEST)),
        (_("Một khoản đóng góp"), dong(ledger.MOST_GIFT)),
        (_("Một khoản tiền khác của sổ"), dong(ledger.MOST_MONEY)),
        (_("Hiện vật, diện tích của một khoản"), format_number(ledger.MOST_UNITS)),
        (_("Giờ của một ngày công"), format_number(gifts.MOST_HOURS)),
        (_("Tiền của một công trình"), dong(works.MOST_DONG)),
        (_("Dòng của một dự toán"), format_number(works.MOST_LINES)),
        (_("Khối lượng của một dòng dự toán"), format_number(works.MOST_QUANTITY)),
        (_("Người làm trong một ngày nhật ký"), format_number(works.MOST_PEOPLE)),
        (
            _("Thời gian một cuộc lấy ý kiến"),
            _days(surveys.LONGEST_OPEN.days),
        ),
        (
            _("Chờ phiếu gửi muộn sau khi đóng"),
            _("%(n)s giờ") % {"n": format_number(surveys.LONGEST_GRACE)},
        ),
    ]


def _megabytes(size: int, one: int = 10**6) -> str:
    return _("%(n)s MB") % {"n": format_number(size // one)}


def _rows(n: int) -> str:
    return ngettext("%(n)s dòng", "%(n)s dòng", n) % {"n": format_number(n)}


def _days(n: int) -> str:
    return ngettext("%(n)s ngày", "%(n)s ngày", n) % {"n": format_number(n)}


def _minutes(seconds: int) -> str:
    return format_number(seconds // 60)
