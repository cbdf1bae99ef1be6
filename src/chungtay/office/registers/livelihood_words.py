"""The register of livelihood on officers' screens: rooms, filters in addresses, a fact as an input or cell."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Final

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from chungtay.core.language import day_words
from chungtay.office.boards.sheets import Cell
from chungtay.office.community.pages import Choices, Input, Item
from chungtay.office.community.reader import Reader
from chungtay.registers.livelihood import queries, rules
from chungtay.registers.livelihood.kinds import CHOICE, DAY, FLAG, NUMBER, WHOLE, YEAR, Fact, Kind
from chungtay.registers.livelihood.queries import Record
from viet.dates import format_day
from viet.numbers import format_number

ROOMS: Final[Mapping[str, str]] = {
    "producer": "producers",
    "area": "planted_areas",
    "code": "growing_codes",
    "contract": "linked_contracts",
    "brand": "brands",
    "product": "ocop_products",
    "survey": "income_surveys",
}
FILTERS: Final[Mapping[str, str]] = {
    "form": "loai",
    "works_well": "hieu-qua",
    "crop": "cay",
    "practice": "cach",
    "state": "buoc",
    "valid": "han",
    "group": "nhom",
    "stars": "sao",
    "method": "cach-hoi",
}
"""What a list may be narrowed by, and its name in the address."""
NARROWING: Final[Mapping[str, tuple[str, ...]]] = {
    "producer": ("form", "works_well"),
    "area": ("crop", "practice"),
    "code": ("crop", "state"),
    "contract": ("crop", "valid"),
    "brand": ("form",),
    "product": ("group", "stars", "valid"),
    "survey": ("method",),
}
_TOTALS: Final = {
    "cooperatives": gettext_lazy("Hợp tác xã"),
    "cooperative_members": gettext_lazy("Thành viên hợp tác xã"),
    "groups": gettext_lazy("Tổ hợp tác"),
    "group_members": gettext_lazy("Thành viên tổ hợp tác"),
    "area": gettext_lazy("Diện tích theo cây trồng"),
    "organic_area": gettext_lazy("Trong đó hữu cơ"),
    "vietgap_area": gettext_lazy("Trong đó VietGAP"),
    "codes_in_force": gettext_lazy("Mã số vùng trồng đang dùng"),
    "coded_area": gettext_lazy("Diện tích có mã số vùng trồng"),
    "contracts": gettext_lazy("Hợp đồng liên kết còn hạn"),
    "products_valid": gettext_lazy("Sản phẩm OCOP từ 3 sao còn hạn"),
    "brands": gettext_lazy("Nhãn hiệu"),
}


def total_words(code: str) -> str:
    return str(_TOTALS[code])


def record_address(record: Record) -> str:
    return reverse("office:livelihood_record", args=[record.kind.slug, record.id])


def narrowing_choices(kind: Kind, name: str) -> Choices:
    """What one filter offers, "" for all first."""
    every = [("", _("tất cả"))]
    if name == "state":
        return [*every, ("in_force", _("đang dùng được")), *queries.moves()]
    if name == "valid":
        return [*every, ("yes", _("chưa hết hạn"))]
    if name == "stars":
        return [
            *every,
            ("3+", _("từ 3 sao")),
            *((str(n), _("%(n)s sao") % {"n": n}) for n in range(5, 0, -1)),
        ]
    if name == "works_well":
        return [*every, ("yes", _("có")), ("no", _("không")), ("unknown", _("chưa biết"))]
    return [*every, *kind.fact(name).choices()]


def inputs_of(kind: Kind, record: Record | None = None) -> list[Input]:
    """The facts of a kind as inputs, filled with what the record tells."""
    found = []
    for fact in kind.facts:
        value = record.facts[fact.name] if record else None
        choices: Choices = ()
        drawn = {WHOLE: "number", YEAR: "number", NUMBER: "number", DAY: "day"}.get(fact.type, "text")
        if fact.type == CHOICE:
            drawn, choices = "select", [("", _("— chọn")), *fact.choices()]
        if fact.type == FLAG:
            drawn, choices = "select", [("", _("chưa biết")), ("yes", _("có")), ("no", _("không"))]
        found.append(
            Input(
                fact.name,
                str(fact.label),
                drawn,
                str(fact.hint),
                choices,
                fact.needed,
                str(fact.unit),
                _typed(fact, value),
            )
        )
    if kind.code == "survey":
        found += _source_inputs(record)
    return found


def read(kind: Kind, typed: Reader) -> dict[str, Any]:
    """The facts of a kind as they were typed; what cannot be read is a fault of `typed`."""
    return {fact.name: _read(fact, typed) for fact in kind.facts}


def read_sources(typed: Reader) -> dict[str, Decimal]:
    """An income by source; a source left empty is not known."""
    found = {code: typed.number_or_none(f"source_{code}") for code, _words in rules.choices("income_sources")}
    return {code: value for code, value in found.items() if value is not None}


def fact_item(fact: Fact, value: Any) -> Item:
    """A fact in a cell; in a file numbers stay numbers and days are year-month-day."""
    return Item(fact.words(value) or "–", told=in_file(fact, value))


def in_file(fact: Fact, value: Any) -> Cell:
    if value is None or value == "":
        return None
    if fact.type == DAY:
        return str(value.isoformat())
    return value if fact.type in (WHOLE, NUMBER, YEAR) else fact.words(value)


def expiry_words(record: Record, today: Any) -> str:
    """The last day a record holds, and whether that is past."""
    if record.expires is None:
        return "–"
    day = day_words(record.expires)
    return _("%(day)s (đã hết hạn)") % {"day": day} if record.has_expired(today) else day


def _typed(fact: Fact, value: Any) -> str:
    if value is None:
        return ""
    if fact.type == FLAG:
        return "yes" if value else "no"
    if fact.type == DAY:
        return format_day(value)
    if fact.type in (WHOLE, NUMBER):
        return format_number(value)
    return str(value)


def _read(fact: Fact, typed: Reader) -> Any:
    if fact.type == FLAG:
        return {"yes": True, "no": False}.get(typed.text(fact.name))
    if fact.type == DAY:
        return typed.day_or_none(fact.name)
    if fact.type in (WHOLE, YEAR):
        return typed.whole_or_none(fact.name)
    return typed.number_or_none(fact.name) if fact.type == NUMBER else typed.text(fact.name)


def _source_inputs(record: Record | None) -> list[Input]:
    told = (record.by_source if record else None) or {}
    return [
        Input(
            f"source_{code}",
            _("Trong đó từ: %(source)s") % {"source": words.lower()},
            "number",
            required=False,
            unit=_("triệu đồng/năm"),
            value=format_number(told[code]) if code in told else "",
        )
        for code, words in rules.choices("income_sources")
    ]
