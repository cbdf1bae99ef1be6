"""law/publishing.yaml → where things are posted and how long, and the six rights. Every problem at once."""

from pathlib import Path

from rulebook.democracy import Days
from rulebook.loading.common import GROUND, each_by_code, read_days, read_ground, read_text
from rulebook.loading.tree import Node, read_tree
from rulebook.problems import Problems
from rulebook.publishing import Channel, Publishing, Right


def read_publishing(path: Path) -> Publishing:
    """The rules of making public. Raises Bad with every problem."""
    top = read_tree(path, path.name).mapping(required=("days", "channels", "rights"))
    problems = Problems()
    days = each_by_code(top["days"], read_days, problems)
    channels = each_by_code(top["channels"], lambda item: _read_channel(item, days), problems)
    rights = each_by_code(top["rights"], _read_right, problems)
    problems.raise_if_any()
    return Publishing(days, channels, rights)


def _read_channel(item: Node, days: dict[str, Days]) -> tuple[str, Channel]:
    fields = item.mapping(required=("code", "name"), optional=("least",))
    least = days[fields["least"].one_of(tuple(days))] if "least" in fields else None
    code = fields["code"].text()
    return code, Channel(code, read_text(fields["name"]), least)


def _read_right(item: Node) -> tuple[str, Right]:
    fields = item.mapping(required=("code", "name", "says", *GROUND), optional=("note",))
    code = fields["code"].text()
    return code, Right(code, read_text(fields["name"]), read_text(fields["says"]), read_ground(fields))
