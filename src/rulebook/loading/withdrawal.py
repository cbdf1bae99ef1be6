"""The `withdrawal` block of standard.yaml → Withdrawal."""

from decimal import Decimal

from rulebook.loading.common import read_clause, read_provenance, read_texts
from rulebook.loading.tree import Node
from rulebook.standard import Band, Withdrawal


def read_withdrawal(node: Node, sources: frozenset[str], criteria: tuple[str, ...]) -> Withdrawal:
    """When the title may be withdrawn. `criteria`: the numbers of the standard's criteria."""
    fields = node.mapping(required=("clause", "provenance", "bands"), optional=("key_criteria",))
    keys = read_texts(fields["key_criteria"]) if "key_criteria" in fields else ()
    for item in fields["key_criteria"].items() if "key_criteria" in fields else []:
        if item.text() not in criteria:
            raise item.bad(
                f"không có tiêu chí {item.text()[:20]}",
                "tiêu chí trọng yếu phải là tiêu chí của bộ này",
                f"Chọn trong: {', '.join(criteria)}.",
            )
        if keys.count(item.text()) > 1:
            raise item.bad(f"tiêu chí {item.text()} viết hai lần", "mỗi tiêu chí tính một lần", "Bỏ một chỗ.")
    bands = tuple(_band(item, keys) for item in fields["bands"].items())
    if not bands:
        raise fields["bands"].bad(
            "không có trường hợp nào",
            "không biết khi nào thì thu hồi",
            "Thêm trường hợp, hoặc bỏ withdrawal.",
        )
    codes = [band.code for band in bands]
    for item, code in zip(fields["bands"].items(), codes, strict=True):
        if codes.count(code) > 1:
            raise item.bad(f"trường hợp {code} viết hai lần", "mã phải là duy nhất", "Đổi một mã.")
    return Withdrawal(
        read_clause(fields["clause"]), read_provenance(fields["provenance"], sources), keys, bands
    )


def _band(node: Node, keys: tuple[str, ...]) -> Band:
    fields = node.mapping(required=("code", "from"), optional=("below", "key"))
    start = _percent(fields["from"])
    below = _percent(fields["below"]) if "below" in fields else None
    if below is not None and below <= start:
        raise fields["below"].bad(
            f"từ {start} đến dưới {below} không chứa tỷ lệ nào", "khoảng phải xuôi", "Sửa một trong hai số."
        )
    key = fields["key"].whole(1) if "key" in fields else 0
    if key > len(keys):
        raise fields["key"].bad(
            f"đòi {key} tiêu chí trọng yếu trong {len(keys)}",
            "không bao giờ xảy ra",
            "Giảm số, hoặc thêm tiêu chí vào key_criteria.",
        )
    return Band(fields["code"].text(), start, below, key)


def _percent(node: Node) -> Decimal:
    number = node.number()
    if not 0 < number <= 100:
        raise node.bad(
            f"“{number}” không phải là một tỷ lệ trên 0 và không quá 100",
            "đây là phần trăm số tiêu chí",
            "Sửa tỷ lệ.",
        )
    return number
