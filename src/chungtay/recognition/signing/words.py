"""Signatures and certificates in plain words."""

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from chungtay.core.language import day_words
from chungtay.recognition.signing.checking import Checked, Outcome
from chungtay.recognition.signing.signed_pdf import MOST_BYTES, Signature, Trust, Why


def why_unreadable(why: Why) -> str:
    """Why a file's signatures cannot be read, after its name."""
    return {
        Why.NOT_A_PDF: _("không phải tệp PDF. Hãy chọn đúng tệp PDF."),
        Why.TOO_LARGE: _("lớn hơn %(most)s MB nên không đọc. Hãy chọn đúng tệp.")
        % {"most": MOST_BYTES // (1024 * 1024)},
        Why.LOCKED: _("có mật khẩu nên không đọc được chữ ký. Hãy gửi tệp không có mật khẩu."),
        Why.BROKEN: _("hỏng hoặc bị cắt cụt, không đọc được đến hết. Hãy lấy lại tệp đầy đủ rồi thử lại."),
    }[why]


def state_of(found: Signature) -> str:
    """What a signature is worth, in one sentence."""
    if not found.is_intact:
        return _("Chữ ký hỏng: nội dung tệp không còn như lúc ký.")
    if found.changed_after:
        return _("Tệp đã bị sửa thêm sau khi ký.")
    return {
        Trust.TRUSTED: _("Chữ ký nguyên vẹn, chứng thư còn giá trị và thuộc nơi cấp được tin cậy."),
        Trust.EXPIRED_SINCE: _(
            "Chữ ký nguyên vẹn; chứng thư còn giá trị vào ngày ký theo lời khai trong tệp, nay đã hết hạn."
        ),
        Trust.EXPIRED: _("Nội dung nguyên vẹn, nhưng chứng thư đã hết hạn hoặc chưa có hiệu lực lúc ký."),
        Trust.REVOKED: _("Nội dung nguyên vẹn, nhưng chứng thư đã bị nơi cấp thu hồi."),
        Trust.SELF_SIGNED: _(
            "Nội dung nguyên vẹn, nhưng chứng thư do người ký tự cấp: không rõ thật sự là ai."
        ),
        Trust.UNKNOWN_ROOT: _(
            "Nội dung nguyên vẹn, nhưng nơi cấp chứng thư không có trong danh sách tin cậy."
        ),
    }[found.trust]


def facts_of(found: Signature) -> list[tuple[str, str]]:
    """All that is known of a signature, each with its name."""
    return [
        (_("Người ký"), found.signer or _("không đọc được")),
        (_("Nơi cấp chứng thư"), " ← ".join(found.chain) or found.issuer or _("không đọc được")),
        (_("Lúc ký"), time_of(found)),
        (_("Chứng thư có giá trị"), f"{_day(found.valid_from)} – {_day(found.valid_to)}"),
        (_("Thu hồi"), _revocation(found)),
        (_("Sau khi ký"), _after(found)),
    ]


def time_of(found: Signature) -> str:
    if found.at is None:
        return _("tệp không ghi")
    told = f"{timezone.localtime(found.at):%H:%M} {_day(found.at)}"
    if found.time_is_vouched:
        return _("%(time)s, có dấu thời gian được tin cậy") % {"time": told}
    return _("%(time)s, theo máy của người ký, không ai xác nhận") % {"time": told}


def _revocation(found: Signature) -> str:
    if found.trust is Trust.REVOKED:
        return _("đã bị thu hồi")
    return (
        _("không có trong danh sách thu hồi")
        if found.revocation_known
        else _("chưa kiểm tra được, vì không có danh sách")
    )


def _after(found: Signature) -> str:
    if found.changed_after:
        return _("bị sửa thêm")
    return _("không thêm gì") if found.covers_all else _("chỉ thêm chữ ký")


def _day(at: datetime | None) -> str:
    return day_words(timezone.localdate(at)) if at else _("không đọc được")


def outcome_of(found: Checked) -> str:
    """What a certificate's file is, in one sentence."""
    if found.why is not None:
        return _("Tệp này %(why)s") % {"why": why_unreadable(found.why)}
    if found.outcome is Outcome.WHOLE and found.key_is_known is None:
        return _("Tệp nguyên vẹn từ lúc được niêm phong. Hãy so khóa dưới đây với khóa cơ quan công bố.")
    return {
        Outcome.WHOLE: _("Tệp nguyên vẹn, đúng bản đã cấp."),
        Outcome.FOREIGN_KEY: _(
            "Tệp không do nơi này niêm phong: khóa trong tệp không phải khóa được công bố. Không tin được nội dung."
        ),
        Outcome.ALTERED: _("Tệp đã bị sửa sau khi cấp. Không tin được nội dung."),
        Outcome.ADDED_TO: _("Tệp đã bị thêm nội dung khác vào sau khi cấp. Không tin được nội dung."),
        Outcome.NOT_A_CERTIFICATE: _("Đây là tệp PDF, nhưng không phải bằng công nhận do phần mềm này cấp."),
    }[found.outcome]
