"""Names a hamlet of a region might have, put together from common parts of such names. No list of real hamlets."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from random import Random


@dataclass(frozen=True)
class Naming:
    """How hamlets of a region are named: the words for a hamlet, first parts and second parts of names."""

    kinds: tuple[str, ...]
    first: tuple[str, ...]
    second: tuple[str, ...]


_UPLAND = Naming(
    ("thôn", "xóm", "bản"),
    ("Nà", "Bản", "Khuổi", "Pác", "Lũng", "Cốc", "Phiêng", "Thâm", "Khau", "Đồng", "Khe", "Làng"),
    (
        "Pán",
        "Lùng",
        "Mò",
        "Sla",
        "Cà",
        "Tấu",
        "Hin",
        "Pục",
        "Rầy",
        "Đeng",
        "Lầu",
        "Mạ",
        "Chang",
        "Nưa",
        "Tát",
        "Luông",
    ),
)
_DELTA = Naming(
    ("thôn", "xóm"),
    ("Đông", "Đoài", "Thượng", "Hạ", "Trung", "Xuân", "Phú", "Yên", "Cổ", "Đại", "Nội", "Ngọc"),
    ("Khê", "Lạc", "Xá", "Đồng", "Trạch", "Mỹ", "Lương", "Đình", "Trì", "Thọ", "Lâm", "Viên", "Cầu", "Bãi"),
)
_COAST = Naming(
    ("thôn", "xóm"),
    ("Phú", "An", "Hòa", "Tân", "Mỹ", "Đông", "Thanh", "Xuân", "Vĩnh", "Thuận", "Trung", "Liên"),
    (
        "Sơn",
        "Hải",
        "Lộc",
        "Giang",
        "Phong",
        "Điền",
        "Trạch",
        "Khê",
        "Thạch",
        "Hậu",
        "Thủy",
        "Yên",
        "Lâm",
        "Đồng",
    ),
)
_HIGHLAND = Naming(
    ("thôn", "buôn", "làng"),
    ("Ea", "Krông", "Đăk", "Kon", "Plei", "Ia", "Tân", "Cư"),
    (
        "Kla",
        "Dhung",
        "Rông",
        "Mớ",
        "Tung",
        "Siêng",
        "Bông",
        "Lơ",
        "Mlá",
        "Drang",
        "Tiến",
        "Lập",
        "Pơng",
        "Sút",
    ),
)
_SOUTH = Naming(
    ("ấp",),
    ("Tân", "Bình", "Hòa", "Phú", "An", "Long", "Thạnh", "Mỹ", "Vĩnh", "Phước", "Thới", "Đông"),
    (
        "Lợi",
        "Thạnh",
        "Phú",
        "Hòa",
        "An",
        "Bình",
        "Thới",
        "Hưng",
        "Đông",
        "Tây",
        "Quới",
        "Thuận",
        "Trung",
        "Lộc",
    ),
)
_NAMINGS = {
    "TDMNPB": _UPLAND,
    "DBSH": _DELTA,
    "BTB": _COAST,
    "DHNTB": _COAST,
    "TN": _HIGHLAND,
    "DNB": _SOUTH,
    "DBSCL": _SOUTH,
}


def hamlet_names(region: str, chance: Random) -> Iterator[tuple[str, str]]:
    """(kind, name) after (kind, name) for one commune, none twice, without end. Some communes number theirs."""
    naming = _NAMINGS.get(region, _DELTA)
    kind = chance.choice(naming.kinds)
    if chance.random() < 0.15:
        yield from ((kind, str(number)) for number in count(1))
    names = [f"{first} {second}" for first in naming.first for second in naming.second if first != second]
    chance.shuffle(names)
    yield from ((kind, name) for name in names)
    yield from ((kind, f"{name} {number}") for number in count(2) for name in names)
