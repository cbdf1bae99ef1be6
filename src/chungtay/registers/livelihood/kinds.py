"""What each kind of record tells, as data: forms, lists, files, checks and the public page all follow this table.

A fact's value is exact: text, int, Decimal in the fact's unit, date, bool or None where nobody knows.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from chungtay.core.language import day_words
from chungtay.registers.livelihood import models, rules
from chungtay.registers.livelihood.models import M2_PER_HA, THOUSAND, Kept, ProducerForm
from viet.numbers import format_number

Words = Promise | str
TEXT, CHOICE, FLAG, WHOLE, YEAR, NUMBER, DAY = "text", "choice", "flag", "whole", "year", "number", "day"


@dataclass(frozen=True)
class Fact:
    """One thing told. type: text, choice, flag, whole, year, number, day. longest: of a text; most: of a number.

    column: of the table, `scale` of its unit to one of the fact's. list_name: the law's list a choice is from.
    """

    name: str
    label: Words
    type: str = TEXT
    needed: bool = False
    longest: int = 200
    most: int = 1_000_000
    unit: Words = ""
    column: str = ""
    scale: int = 1
    list_name: str = ""
    hint: Words = ""
    is_public: bool = True
    in_list: bool = False

    @property
    def stored_in(self) -> str:
        return self.column or self.name

    def choices(self) -> list[tuple[str, str]]:
        if self.name == "form" and not self.list_name:
            return [(code, str(words)) for code, words in ProducerForm.choices]
        return rules.choices(self.list_name)

    def of_row(self, row: Kept) -> Any:
        """The value a row tells."""
        value = getattr(row, self.stored_in)
        if self.type == NUMBER and value is not None:
            return Decimal(value) / self.scale
        return value

    def to_column(self, value: Any) -> Any:
        """The value as the table holds it; more decimals than it holds are refused before."""
        if self.type == NUMBER and value is not None:
            return int(value * self.scale)
        if self.type == TEXT:
            return " ".join((value or "").split())
        return value or "" if self.type == CHOICE else value

    def words(self, value: Any) -> str:
        """The value as people read it, "" where it is not known."""
        if value is None or value == "":
            return ""
        if self.type == CHOICE:
            return dict(self.choices()).get(value, str(value))
        if self.type == FLAG:
            return _("có") if value else _("không")
        if self.type == DAY:
            return day_words(value)
        if self.type == YEAR:
            return str(value)
        if self.type in (WHOLE, NUMBER):
            return f"{format_number(value)} {self.unit}".strip()
        return str(value)


@dataclass(frozen=True)
class Kind:
    """A kind of record. slug: in addresses. of_producer: whether it may belong to one. names: gives a record's name."""

    code: str
    slug: str
    label: Words
    model: Any  # a kind of Kept
    facts: Sequence[Fact]
    names: Callable[[Mapping[str, Any]], str]
    of_producer: bool = True

    def public_name(self, told: Mapping[str, Any]) -> str:
        """A record's name made only of what everybody may read."""
        kept_back = {fact.name: "" for fact in self.facts if not fact.is_public}
        return self.names({**told, **kept_back})

    def fact(self, name: str) -> Fact:
        return next(each for each in self.facts if each.name == name)


def _named(told: Mapping[str, Any]) -> str:
    return str(told["name"])


def _crop(told: Mapping[str, Any]) -> str:
    return rules.words("crops", told["crop"])


def _area(told: Mapping[str, Any]) -> str:
    return f"{_crop(told)}, {rules.words('practices', told['practice']).lower()}"


def _code(told: Mapping[str, Any]) -> str:
    code = told["code"] or _("mã chưa rõ")
    return f"{_crop(told)}, {code}"


def _contract(told: Mapping[str, Any]) -> str:
    return ", ".join(filter(None, (_crop(told), told["buyer"])))


def _survey(told: Mapping[str, Any]) -> str:
    return _("Điều tra thu nhập năm %(year)s") % {"year": told["year"]}


_CROP: Final = Fact("crop", gettext_lazy("Cây trồng"), CHOICE, True, list_name="crops")
_VARIETY: Final = Fact("variety", gettext_lazy("Giống"), longest=100)
_AREA: Final = Fact(
    "area_ha",
    gettext_lazy("Diện tích"),
    NUMBER,
    unit="ha",
    column="area_m2",
    scale=M2_PER_HA,
    hint=gettext_lazy("Héc-ta, đến mét vuông: 1 ha bằng 10.000 m². Chưa biết thì bỏ trống."),
    in_list=True,
)
_POST: Final = Fact(
    "representative",
    gettext_lazy("Đại diện"),
    hint=gettext_lazy("Chức danh hoặc tổ chức, không ghi tên người"),
    is_public=False,
)
_EXPIRES: Final = gettext_lazy("Ngày cuối còn hiệu lực; chưa biết thì bỏ trống")

KINDS: Final[Mapping[str, Kind]] = {
    kind.code: kind
    for kind in (
        Kind(
            "producer",
            "hop-tac-xa",
            gettext_lazy("Hợp tác xã, tổ hợp tác"),
            models.Producer,
            (
                Fact("name", gettext_lazy("Tên"), needed=True),
                Fact("form", gettext_lazy("Loại"), CHOICE, True, in_list=True),
                Fact("activity", gettext_lazy("Hoạt động"), longest=300, in_list=True),
                Fact("founded_year", gettext_lazy("Năm thành lập"), YEAR),
                Fact("registration", gettext_lazy("Số đăng ký, hợp đồng hợp tác"), longest=60),
                _POST,
                Fact(
                    "members_told",
                    gettext_lazy("Số thành viên theo tài liệu"),
                    WHOLE,
                    hint=gettext_lazy("Khi chưa ghi từng hộ; chưa biết thì bỏ trống, không ghi 0"),
                ),
                Fact(
                    "works_well",
                    gettext_lazy("Hoạt động hiệu quả"),
                    FLAG,
                    hint=gettext_lazy("Theo đánh giá gần nhất; chưa đánh giá thì để “chưa biết”"),
                    in_list=True,
                ),
            ),
            _named,
            of_producer=False,
        ),
        Kind(
            "area",
            "dien-tich",
            gettext_lazy("Diện tích theo cây trồng"),
            models.PlantedArea,
            (
                _CROP,
                _VARIETY,
                Fact(
                    "practice",
                    gettext_lazy("Cách làm"),
                    CHOICE,
                    True,
                    list_name="practices",
                ),
                _AREA,
                Fact("households", gettext_lazy("Số hộ"), WHOLE, unit=gettext_lazy("hộ"), in_list=True),
                Fact("certificate", gettext_lazy("Số giấy chứng nhận"), longest=60),
                Fact("certified_by", gettext_lazy("Nơi chứng nhận")),
                Fact("expires", gettext_lazy("Chứng nhận đến hết ngày"), DAY, hint=_EXPIRES, in_list=True),
            ),
            _area,
        ),
        Kind(
            "code",
            "ma-vung-trong",
            gettext_lazy("Mã số vùng trồng"),
            models.GrowingCode,
            (
                Fact(
                    "code",
                    gettext_lazy("Mã số"),
                    longest=60,
                    hint=gettext_lazy("Chép đúng từng ký tự; chưa được cấp hoặc chưa rõ thì bỏ trống"),
                ),
                _CROP,
                _VARIETY,
                _AREA,
                Fact("planted_year", gettext_lazy("Năm trồng"), YEAR),
                Fact("seed_source", gettext_lazy("Nguồn giống")),
                _POST,
                Fact(
                    "yield_t",
                    gettext_lazy("Sản lượng dự kiến một năm"),
                    NUMBER,
                    unit=gettext_lazy("tấn"),
                    column="yield_kg",
                    scale=THOUSAND,
                ),
                Fact("expires", gettext_lazy("Mã dùng đến hết ngày"), DAY, hint=_EXPIRES, in_list=True),
            ),
            _code,
        ),
        Kind(
            "contract",
            "hop-dong",
            gettext_lazy("Hợp đồng liên kết"),
            models.Contract,
            (
                Fact(
                    "buyer",
                    gettext_lazy("Bên mua"),
                    needed=True,
                    hint=gettext_lazy("Tên doanh nghiệp, hợp tác xã; không ghi tên người"),
                    is_public=False,
                ),
                Fact("number", gettext_lazy("Số hợp đồng"), longest=60, is_public=False),
                _CROP,
                Fact(
                    "quantity_t",
                    gettext_lazy("Sản lượng"),
                    NUMBER,
                    unit=gettext_lazy("tấn"),
                    column="quantity_kg",
                    scale=THOUSAND,
                    in_list=True,
                ),
                Fact(
                    "value_dong",
                    gettext_lazy("Giá trị"),
                    WHOLE,
                    most=10**15,
                    unit=gettext_lazy("đồng"),
                    is_public=False,
                    in_list=True,
                ),
                Fact("starts", gettext_lazy("Từ ngày"), DAY),
                Fact("expires", gettext_lazy("Đến hết ngày"), DAY, hint=_EXPIRES, in_list=True),
            ),
            _contract,
        ),
        Kind(
            "brand",
            "nhan-hieu",
            gettext_lazy("Nhãn hiệu"),
            models.Brand,
            (
                Fact("name", gettext_lazy("Tên"), needed=True),
                Fact("form", gettext_lazy("Loại"), CHOICE, True, list_name="brand_forms", in_list=True),
                Fact("registration", gettext_lazy("Số văn bằng"), longest=60, in_list=True),
                Fact("granted_on", gettext_lazy("Ngày cấp"), DAY),
                Fact("expires", gettext_lazy("Đến hết ngày"), DAY, hint=_EXPIRES, in_list=True),
            ),
            _named,
        ),
        Kind(
            "product",
            "ocop",
            gettext_lazy("Sản phẩm OCOP"),
            models.Product,
            (
                Fact("name", gettext_lazy("Tên"), needed=True),
                Fact("group", gettext_lazy("Nhóm"), CHOICE, True, list_name="product_groups", in_list=True),
            ),
            _named,
        ),
        Kind(
            "survey",
            "thu-nhap",
            gettext_lazy("Điều tra thu nhập"),
            models.IncomeSurvey,
            (
                Fact("year", gettext_lazy("Năm"), YEAR, True),
                Fact(
                    "method",
                    gettext_lazy("Cách chọn hộ"),
                    CHOICE,
                    True,
                    list_name="survey_methods",
                    in_list=True,
                ),
                Fact("households_all", gettext_lazy("Tổng số hộ"), WHOLE, unit=gettext_lazy("hộ")),
                Fact(
                    "households_asked",
                    gettext_lazy("Số hộ được hỏi"),
                    WHOLE,
                    True,
                    unit=gettext_lazy("hộ"),
                    in_list=True,
                ),
                Fact("people_asked", gettext_lazy("Số người của các hộ ấy"), WHOLE),
                Fact(
                    "mean",
                    gettext_lazy("Thu nhập bình quân một người"),
                    NUMBER,
                    True,
                    unit=gettext_lazy("triệu đồng/năm"),
                    column="mean_thousand",
                    scale=THOUSAND,
                    in_list=True,
                ),
            ),
            _survey,
            of_producer=False,
        ),
    )
}


def of_slug(slug: str) -> Kind | None:
    return next((kind for kind in KINDS.values() if kind.slug == slug), None)


def told_by(row: Kept, kind: Kind) -> dict[str, Any]:
    """What a row tells, by the names of the facts."""
    return {fact.name: fact.of_row(row) for fact in kind.facts}


def as_plain(told: Mapping[str, Any]) -> dict[str, Any]:
    """The same for the trail: nothing but JSON, exact."""
    return {
        name: value.isoformat()
        if isinstance(value, date)
        else str(value)
        if isinstance(value, Decimal)
        else value
        for name, value in told.items()
    }
