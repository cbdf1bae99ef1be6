"""The versions of one standard: which is the newest, in which order to read them, and that no two hold at once."""

from dataclasses import dataclass
from pathlib import Path

from rulebook.loading.standards import references
from rulebook.loading.tree import Node
from rulebook.problems import Problems
from rulebook.standard import Standard
from viet.dates import format_day

Key = tuple[str, str]
"""A standard's id and version."""


@dataclass(frozen=True)
class Written:
    """A standard as it was written: its folder, its head, its criteria in legal order."""

    folder: Path
    head: Node
    criteria: list[Node]

    @property
    def key(self) -> Key:
        return self._text("standard") or str(self.folder), self._text("version")

    @property
    def age(self) -> tuple[str, str]:
        """Sorts the newest version last: by its first day in force, an unknown one first."""
        days = self.head.entries().get("in_force")
        given = days.value.get("from") if days and isinstance(days.value, dict) else None
        start = given.value if given and isinstance(given.value, str) else ""
        return ("" if start == "unknown" else start), self._text("version")

    def _text(self, key: str) -> str:
        fields = self.head.entries()
        return fields[key].text() if key in fields else ""


def newest_of(written: dict[Key, Written]) -> dict[str, Key]:
    """The newest version of each id."""
    newest: dict[str, Key] = {}
    for key in sorted(written, key=lambda key: written[key].age):
        newest[key[0]] = key
    return newest


def in_order(written: dict[Key, Written], problems: Problems) -> list[Key]:
    """The keys so that what one refers to (its newest version) comes before it; a circle is a problem."""
    newest = newest_of(written)
    wanted = {
        key: {
            newest[ref]
            for node in (each.head, *each.criteria)
            for ref in references(node)
            if ref in newest and ref != key[0]
        }
        for key, each in written.items()
    }
    order: list[Key] = []
    while len(order) < len(written):
        ready = [key for key in sorted(written) if key not in order and wanted[key] <= set(order)]
        if not ready:
            stuck = [key for key in written if key not in order]
            with problems.catching():
                raise written[stuck[0]].head.bad(
                    "các bộ tiêu chí dẫn vòng lẫn nhau",
                    f"vòng gồm: {', '.join(key for key, _ in stuck)}",
                    "Bỏ một chỗ dẫn.",
                )
            break
        order += ready
    return order


def refuse_two_at_once(versions: list[tuple[Standard, Node]], problems: Problems) -> None:
    """Two versions of one standard (or a province's two overlays of it) in force on the same day are a problem."""
    for place, (later, node) in enumerate(versions):
        for earlier, _ in versions[:place]:
            if (earlier.id, earlier.province) != (later.id, later.province):
                continue
            if not (_ends_before(earlier, later) or _ends_before(later, earlier)):
                whose = f" của tỉnh {later.province}" if later.province else ""
                with problems.catching():
                    raise node.bad(
                        f"hai bản của “{later.id}”{whose} có hiệu lực cùng lúc: {earlier.version}, {later.version}",
                        f"{_days(earlier)} và {_days(later)} chồng lên nhau",
                        "Sửa in_force: bản cũ hết hiệu lực (to) đúng ngày bản mới có hiệu lực (from).",
                    )


def _ends_before(one: Standard, other: Standard) -> bool:
    end, start = one.in_force.end, other.in_force.start
    return end is not None and start is not None and end <= start


def _days(standard: Standard) -> str:
    start, end = standard.in_force.start, standard.in_force.end
    begins = f"từ {format_day(start)}" if start else "từ ngày chưa rõ"
    return f"{begins} đến {f'trước {format_day(end)}' if end else 'nay'}"
