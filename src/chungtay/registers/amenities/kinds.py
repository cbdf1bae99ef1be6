"""What a place may have, and what is told of each kind: one table for forms, lists, files and figures."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final, Literal

from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from chungtay.registers.geo.features import AREAS, LINES, POINTS
from viet.letters import fold

Words = str | Promise
Type = Literal["words", "number", "whole", "flag", "choice", "day"]


def spellings(code: str, words: Words) -> set[str]:
    """How a file may spell a thing: its code, or its words in either language, folded, without underscores."""
    found = {code}
    for language in ("vi", "en"):
        with translation.override(language):
            found.add(str(words))
    return {fold(each).replace("_", " ") for each in found}


def by_spelling(named: Iterable[tuple[str, Words]]) -> dict[str, str]:
    """Codes by every spelling of them."""
    return {spelled: code for code, words in named for spelled in spellings(code, words)}


def in_vietnamese(words: Words) -> str:
    """As it stands in a record, which keeps one language."""
    with translation.override("vi"):
        return str(words)


@dataclass(frozen=True)
class Attribute:
    """One thing told of a kind. name: in files and in code. unit: of a number. is_public: anybody may read it."""

    name: str
    label: Words
    type: Type = "words"
    unit: Words = ""
    choices: tuple[tuple[str, Words], ...] = ()
    is_public: bool = True
    hint: Words = ""
    required: bool = False

    @cached_property
    def codes(self) -> dict[str, str]:
        """The code of each choice by every way a file may spell it."""
        return by_spelling(self.choices)

    def words_of(self, value: object) -> str:
        """A choice in words."""
        return next((str(words) for code, words in self.choices if code == value), str(value))


@dataclass(frozen=True)
class Kind:
    """shapes: the types of geometry it may have; the map to draw on opens with the tool of the first.

    is_public: whether it is shown to anybody unless somebody says so.
    """

    code: str
    label: Words
    shapes: tuple[str, ...]
    attributes: tuple[Attribute, ...] = field(default_factory=tuple)
    is_public: bool = True

    @cached_property
    def columns(self) -> dict[str, str]:
        """The name of each attribute by every way a file may spell it."""
        return by_spelling((each.name, each.label) for each in self.attributes)

    def attribute(self, name: str) -> Attribute | None:
        return next((each for each in self.attributes if each.name == name), None)


STATES: Final[tuple[tuple[str, Words], ...]] = (
    ("working", _("dùng tốt")),
    ("damaged", _("hỏng, xuống cấp")),
    ("stopped", _("ngừng dùng")),
)
WORKING: Final = "working"
_SPOT: Final = (*POINTS, *AREAS)
_NOTE: Final = Attribute("note", _("Ghi thêm"), is_public=False, hint=_("Chỉ cán bộ đọc"))


def _flag(name: str, label: Words) -> Attribute:
    return Attribute(name, label, "flag")


def _kind(
    code: str, label: Words, shapes: tuple[str, ...], *attributes: Attribute, is_public: bool = True
) -> Kind:
    return Kind(code, label, shapes, (*attributes, _NOTE), is_public)


_ALL: Final = (
    _kind(
        "road",
        _("Đường"),
        LINES,
        Attribute(
            "class",
            _("Cấp đường"),
            "choice",
            choices=(
                ("upper", _("quốc lộ, đường tỉnh, đường huyện")),
                ("commune", _("đường xã")),
                ("inter_hamlet", _("đường liên thôn, liên xóm")),
                ("hamlet", _("đường trục thôn, xóm")),
                ("lane", _("đường ngõ, xóm")),
                ("field", _("đường trục chính nội đồng")),
            ),
        ),
        Attribute(
            "told_length", _("Chiều dài theo giấy tờ"), "number", "m", hint=_("Khi chưa vẽ được tuyến")
        ),
        Attribute("width", _("Bề rộng mặt đường"), "number", "m"),
        Attribute(
            "surface",
            _("Mặt đường"),
            "choice",
            choices=(
                ("asphalt", _("nhựa")),
                ("concrete", _("bê tông")),
                ("paved", _("lát gạch, đá")),
                ("gravel", _("cấp phối lu lèn, đá dăm")),
                ("earth", _("đất")),
            ),
        ),
        _flag("passable", _("Ô tô đi lại thuận tiện quanh năm")),
        _flag("lit", _("Có đèn chiếu sáng")),
        _flag("planted", _("Trồng cây, hoa dọc tuyến")),
        _flag("drained", _("Có rãnh thoát nước")),
        _flag("bright_clean", _("Sáng - xanh - sạch - đẹp")),
    ),
    _kind(
        "lamp",
        _("Đèn chiếu sáng"),
        (*POINTS, *LINES),
        Attribute("count", _("Số bộ đèn"), "whole", hint=_("Để trống là một")),
        Attribute(
            "power",
            _("Nguồn điện"),
            "choice",
            choices=(("grid", _("điện lưới")), ("solar", _("năng lượng mặt trời"))),
        ),
    ),
    _kind(
        "camera",
        _("Camera"),
        POINTS,
        Attribute(
            "owner", _("Chủ quản"), is_public=False, hint=_("Tên cơ quan, tổ, thôn; không ghi tên người")
        ),
        Attribute("purpose", _("Mục đích"), hint=_("Ví dụ: an ninh trật tự, giám sát rác thải")),
        _flag("linked", _("Nối với hệ thống camera của xã")),
        _flag("sign", _("Có biển báo đang ghi hình")),
    ),
    _kind(
        "loudspeaker",
        _("Loa truyền thanh"),
        POINTS,
        Attribute("count", _("Số loa"), "whole", hint=_("Để trống là một")),
        Attribute(
            "technology",
            _("Công nghệ"),
            "choice",
            choices=(("wire", _("có dây")), ("fm", _("FM")), ("ip", _("mạng, có sim 4G"))),
        ),
    ),
    _kind(
        "wifi",
        _("Wifi công cộng"),
        POINTS,
        _flag("free", _("Miễn phí")),
        Attribute("network", _("Tên mạng")),
        Attribute("provider", _("Nhà mạng")),
    ),
    _kind(
        "culture_house",
        _("Nhà văn hóa"),
        _SPOT,
        Attribute("seats", _("Số chỗ ngồi"), "whole", _("chỗ")),
        Attribute("built", _("Năm xây"), "whole"),
        _flag("sports_ground", _("Có sân thể thao")),
        _flag("to_standard", _("Đạt chuẩn theo quy định")),
    ),
    _kind(
        "school",
        _("Trường học"),
        _SPOT,
        Attribute(
            "level",
            _("Cấp học"),
            "choice",
            choices=(
                ("preschool", _("mầm non")),
                ("primary", _("tiểu học")),
                ("lower_secondary", _("trung học cơ sở")),
                ("primary_lower", _("tiểu học và trung học cơ sở")),
                ("upper_secondary", _("trung học phổ thông")),
                ("other", _("cơ sở khác")),
            ),
        ),
        Attribute(
            "facilities",
            _("Tiêu chuẩn cơ sở vật chất"),
            "choice",
            choices=(
                ("below", _("chưa đạt mức tối thiểu")),
                ("minimum", _("mức tối thiểu")),
                ("1", _("mức độ 1")),
                ("2", _("mức độ 2")),
            ),
        ),
    ),
    _kind("clinic", _("Trạm y tế"), _SPOT, _flag("to_standard", _("Đạt tiêu chí quốc gia về y tế xã"))),
    _kind("market", _("Chợ, nơi mua bán"), _SPOT, _flag("food_safe", _("Bảo đảm an toàn thực phẩm"))),
    _kind(
        "water",
        _("Cấp nước sạch"),
        (*_SPOT, *LINES),
        Attribute(
            "type",
            _("Loại"),
            "choice",
            choices=(
                ("works", _("công trình cấp nước tập trung")),
                ("tank", _("bể, trạm")),
                ("well", _("giếng chung")),
                ("pipe", _("đường ống")),
            ),
        ),
        Attribute("households", _("Số hộ dùng"), "whole", _("hộ")),
    ),
    _kind(
        "waste_point",
        _("Điểm rác thải"),
        _SPOT,
        Attribute(
            "type",
            _("Loại"),
            "choice",
            choices=(
                ("gathering", _("điểm tập kết")),
                ("bins", _("thùng rác")),
                ("pesticide", _("bể chứa bao gói thuốc bảo vệ thực vật")),
                ("landfill", _("bãi chôn lấp")),
            ),
        ),
    ),
    _kind(
        "equipment",
        _("Thiết bị, dụng cụ"),
        POINTS,
        Attribute("count", _("Số lượng"), "whole"),
        Attribute("unit", _("Đơn vị tính"), hint=_("bộ, chiếc, cuốn")),
    ),
    _kind(
        "address",
        _("Địa chỉ số của hộ"),
        POINTS,
        Attribute("code", _("Mã địa chỉ số"), required=True, hint=_("Mã in trên biển; không ghi tên người")),
        is_public=False,
    ),
    _kind("other", _("Công trình khác"), (*POINTS, *LINES, *AREAS), Attribute("what", _("Là gì"))),
)
KINDS: Final = {each.code: each for each in _ALL}
NEVER_PUBLIC: Final = ("address",)
"""Kinds that stand on no public page: where households live is theirs."""


def label_of(code: str) -> str:
    """A kind in words; its code for one that this version does not know."""
    return str(KINDS[code].label) if code in KINDS else code


def state_words(code: str) -> str:
    return next((str(words) for known, words in STATES if known == code), "")


def choices(codes: Iterable[str] = KINDS) -> list[tuple[str, str]]:
    """Kinds to choose from."""
    return [(code, str(KINDS[code].label)) for code in codes]
