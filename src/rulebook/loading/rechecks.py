"""law/rechecks.yaml → how large samples are, how far back scores look, what still agrees. Every problem at once."""

import re
from fractions import Fraction
from pathlib import Path

from rulebook.loading.common import GROUND, PROVENANCES, read_ground, read_share
from rulebook.loading.tree import Node, read_tree
from rulebook.measures import Kind
from rulebook.problems import Problems
from rulebook.rechecking import Rechecks, SizeRule

_TRUSTS = (*PROVENANCES, "assumed")
_NOTHING = re.compile(r"0(/[0-9]{1,3})?")


def read_rechecks(path: Path) -> Rechecks:
    """The file as data. Raises Bad with every problem."""
    top = read_tree(path, path.name).mapping(required=("size", "score", "tolerances", "tolerances_ground"))
    problems = Problems()
    tolerances: dict[Kind, Fraction] = {}
    for item in top["tolerances"].items():
        with problems.catching():
            fields = item.mapping(required=("kind", "within"))
            kind = Kind(fields["kind"].one_of(tuple(Kind)))
            if kind in tolerances:
                raise item.bad(f"loại số đo “{kind}” khai hai lần", "mỗi loại một mức", "Bỏ một dòng.")
            tolerances[kind] = _part(fields["within"])
    with problems.catching():
        if missing := [kind.value for kind in Kind if kind not in tolerances]:
            raise top["tolerances"].bad(
                f"thiếu mức cho {', '.join(missing)}", "mọi loại số đo đều được kiểm tra", "Thêm các dòng."
            )
    with problems.catching():
        size = _size(top["size"])
    with problems.catching():
        score = top["score"].mapping(required=("years", *GROUND), optional=("note",))
        years, score_ground = score["years"].whole(1), read_ground(score, provenances=_TRUSTS)
    with problems.catching():
        ground = read_ground(
            top["tolerances_ground"].mapping(required=GROUND, optional=("note",)), provenances=_TRUSTS
        )
    problems.raise_if_any()
    return Rechecks(size, years, score_ground, tolerances, ground)


def _size(node: Node) -> SizeRule:
    fields = node.mapping(
        required=("least", "most", "untested", "unblemished", "shares", *GROUND), optional=("note",)
    )
    steps = []
    for item in fields["shares"].items():
        parts = item.mapping(required=("above", "share"))
        steps.append((_part(parts["above"]), read_share(parts["share"])))
    if [above for above, _share in steps] != sorted({above for above, _share in steps}):
        raise fields["shares"].bad(
            "các mức above không tăng dần", "mỗi điểm lệch chỉ rơi vào một mức", "Xếp lại từ thấp đến cao."
        )
    return SizeRule(
        fields["least"].whole(1),
        fields["most"].whole(fields["least"].whole(1)),
        read_share(fields["untested"]),
        read_share(fields["unblemished"]),
        tuple(steps),
        read_ground(fields, provenances=_TRUSTS),
    )


def _part(node: Node) -> Fraction:
    """A part of a whole, exactly; 0 as well."""
    return Fraction(0) if _NOTHING.fullmatch(node.text()) else read_share(node)
