"""What each column of a table holds: guessed, with the reason, and changed by a person where the guess is wrong."""

from dataclasses import dataclass, replace
from enum import StrEnum

from rulebook.rules import Op


class Role(StrEnum):
    NUMBER = "number"
    CRITERION = "criterion"
    INDICATOR = "indicator"
    UNIT = "unit"
    COMMON = "common"  # the threshold for everybody
    REGION = "region"  # key: the region's code
    GROUP = "group"  # key: the commune group, "1"
    YEAR = "year"  # key: the year, "2023"
    NOTE = "note"
    IGNORED = "ignored"


THRESHOLDS = (Role.COMMON, Role.REGION, Role.GROUP, Role.YEAR)
_ONCE = (Role.NUMBER, Role.CRITERION, Role.INDICATOR, Role.UNIT, Role.COMMON)


@dataclass(frozen=True)
class Column:
    """One column: its header's words, what it holds, and why that was taken (a Vietnamese sentence)."""

    at: int
    header: str
    role: Role
    key: str = ""
    reason: str = ""


@dataclass(frozen=True)
class Mapping:
    """header: rows of header at the top. repeated: rows further down that only repeat it.

    part: how clauses cite the table (“Phụ lục I”). unsigned: what a number without ≥ or ≤ means, once a person has
    said so.
    """

    columns: tuple[Column, ...]
    header: int
    header_reason: str
    repeated: tuple[int, ...] = ()
    part: str = ""
    unsigned: Op | None = None

    def the(self, role: Role) -> int | None:
        """The first column of that role."""
        return next((column.at for column in self.columns if column.role is role), None)

    def all(self, *roles: Role) -> tuple[Column, ...]:
        return tuple(column for column in self.columns if column.role in roles)

    def changed(self, at: int, role: Role, key: str = "") -> "Mapping":
        """The same with one column as a person says."""
        columns = tuple(
            replace(column, role=role, key=key, reason="Do người nhập chọn.") if column.at == at else column
            for column in self.columns
        )
        return replace(self, columns=columns)

    def problems(self) -> tuple[str, ...]:
        """Why nothing can be imported with these columns: sentences with the cure, or none."""
        found: list[str] = []
        if self.the(Role.INDICATOR) is None and self.the(Role.CRITERION) is None:
            found.append("Chưa có cột nội dung chỉ tiêu. Hãy chọn cột ghi lời văn của chỉ tiêu.")
        if not self.all(*THRESHOLDS):
            found.append(
                "Chưa có cột mức đạt. Hãy chọn cột mức chung, hoặc các cột mức theo vùng, nhóm hay năm."
            )
        for role in _ONCE:
            if len(self.all(role)) > 1:
                headers = "”, “".join(column.header or f"cột {column.at + 1}" for column in self.all(role))
                found.append(
                    f"Các cột “{headers}” cùng được chọn là {ROLE_NAMES[role]}. Hãy giữ lại một cột."
                )
        keyed = [(column.role, column.key) for column in self.all(Role.REGION, Role.GROUP, Role.YEAR)]
        for role, key in dict.fromkeys(keyed):
            if keyed.count((role, key)) > 1:
                found.append(f"Hai cột cùng được chọn là {ROLE_NAMES[role]} “{key}”. Hãy xem lại.")
        if len({column.role for column in self.all(Role.REGION, Role.GROUP, Role.YEAR)}) > 1:
            found.append(
                "Các cột mức theo vùng, nhóm và năm lẫn nhau. Hãy chỉ giữ một cách chia, nhập phần kia sau."
            )
        return tuple(found)


ROLE_NAMES = {
    Role.NUMBER: "số thứ tự",
    Role.CRITERION: "tên tiêu chí",
    Role.INDICATOR: "nội dung chỉ tiêu",
    Role.UNIT: "đơn vị tính",
    Role.COMMON: "mức chung",
    Role.REGION: "mức của vùng",
    Role.GROUP: "mức của nhóm xã",
    Role.YEAR: "mức của năm",
    Role.NOTE: "ghi chú",
    Role.IGNORED: "bỏ qua",
}
