"""A copy of a public file checked by itself, and receipts looked for in it. No database, no network.

What a file can tell of itself: every line holds the digest of the line before, the roots of the months are those of
its lines, and its totals are the sums of its lines. Whoever rewrites a file from some line on and all digests after
it makes a file that agrees with itself: a receipt in somebody's hand, or a root noted elsewhere, tells it apart.
"""

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from django.utils.translation import gettext as _

from chungtay.ledger.proofs import merkle
from chungtay.ledger.proofs.lines import MEMBERS, digest_of, line_of
from chungtay.ledger.proofs.receipts import Slip

FORMAT: Final = "chungtay-ledger-1"
KEY: Final = ("year", "source", "kind", "mark")
SUMS: Final = ("entries", "quantity", "value_dong", "unvalued")

Sums = dict[tuple[Any, ...], Counter[str]]
"""By `KEY`: the sums of `SUMS`."""


@dataclass(frozen=True)
class Checked:
    """What a file holds. first_altered: the number of the first entry that is not as it was written, None for none.

    digests: of every line. numbered: (year, receipt) → number of the entry.
    """

    place: str = ""
    name: str = ""
    digests: Sequence[str] = ()
    numbered: dict[tuple[int, int], int] = field(default_factory=dict)
    totals: list[dict[str, Any]] = field(default_factory=list)
    first_altered: int | None = None
    problems: Sequence[str] = ()

    def leaves(self, size: int | None = None) -> list[bytes]:
        return [merkle.leaf_hash(bytes.fromhex(each)) for each in self.digests[:size]]

    @property
    def root(self) -> str:
        return merkle.root(self.leaves()).hex()


def check_file(lines: Iterable[bytes]) -> Checked:
    """Read a public file, first line first, and say all that is wrong with it."""
    every = [line.rstrip(b"\r\n") for line in lines]
    head = _members(every[0]) if every else None
    if head is None or head.get("format") != FORMAT:
        return Checked(
            problems=[_("Đây không phải tệp sổ công khai của Chung Tay (%(form)s).") % {"form": FORMAT}]
        )
    digests: list[str] = []
    numbered: dict[tuple[int, int], int] = {}
    sums: Sums = {}
    problems: list[str] = []
    altered: list[int] = []
    for n, line in enumerate((each for each in every[1:] if each), 1):
        entry = _members(line)
        if entry is None or any(name not in entry for name in MEMBERS) or line_of(entry) != line:
            problems.append(_("Mục %(n)s không đúng khuôn của sổ: đã bị sửa, hoặc tệp bị hỏng.") % {"n": n})
            altered.append(n)
            digests.append(digest_of(line))
            continue
        if entry["n"] != n or entry["place"] != head.get("place"):
            problems.append(
                _("Mục %(n)s không đứng đúng chỗ: có mục bị bỏ ra, chèn vào hay đổi chỗ.") % {"n": n}
            )
            altered.append(n)
        if entry["before"] != (digests[-1] if digests else ""):
            problems.append(
                _("Mục %(n)s khác với lúc mục sau nó được ghi: đã bị sửa.") % {"n": max(n - 1, 1)}
            )
            altered.append(max(n - 1, 1))
        if entry["receipt"] is not None:
            numbered[entry["year"], entry["receipt"]] = n
        add_entry(sums, entry)
        digests.append(digest_of(line))
    if head.get("head", "") != (digests[-1] if digests else ""):
        problems.append(
            _("Mục cuối (%(n)s) khác với đầu tệp: đã bị sửa, hoặc thiếu mục.") % {"n": len(digests)}
        )
        altered.append(max(len(digests), 1))
    totals = totals_of(sums)
    if head.get("totals") != totals:
        problems.append(_("Các tổng ở đầu tệp không bằng tổng của các mục."))
    checked = Checked(
        str(head.get("place", "")),
        str(head.get("name", "")),
        digests,
        numbered,
        totals,
        min(altered, default=None),
        problems,
    )
    problems += _faults_of_checkpoints(checked, head.get("checkpoints"))
    return checked


def check_slip(checked: Checked, slip: Slip) -> list[str]:
    """Why a receipt is not in a file that was checked; nothing when it is there, unchanged."""
    label = f"{slip.number:02d}/{slip.year}"
    if slip.place.hex != checked.place.replace("-", ""):
        return [_("Biên nhận %(label)s là của một sổ khác.") % {"label": label}]
    n = checked.numbered.get((slip.year, slip.number))
    if n is None:
        sentence = _(
            "Trong tệp không có biên nhận %(label)s: sổ đã bỏ mục này ra, hoặc tệp cũ hơn biên nhận."
        )
        return [sentence % {"label": label}]
    if checked.digests[n - 1] != slip.digest.hex():
        sentence = _("Biên nhận %(label)s khác mục %(n)s của tệp: mục đó, hoặc một mục trước nó, đã bị sửa.")
        return [sentence % {"label": label, "n": n}]
    if slip.is_proof:
        root = merkle.root(checked.leaves(slip.size))
        leaf = merkle.leaf_hash(slip.digest)
        if slip.size > len(checked.digests) or not merkle.is_included(
            leaf, slip.n - 1, slip.size, slip.path, root
        ):
            sentence = _(
                "Bằng chứng trên biên nhận %(label)s không dẫn đến gốc của %(size)s mục đầu: có mục khác đã bị sửa."
            )
            return [sentence % {"label": label, "size": slip.size}]
    return []


def totals_of(sums: Sums) -> list[dict[str, Any]]:
    """The sums as a file's first line tells them."""
    return [
        dict(zip(KEY, key, strict=True)) | {name: sums[key][name] for name in SUMS} for key in sorted(sums)
    ]


def add_entry(sums: Sums, entry: Mapping[str, Any]) -> None:
    """Add one entry, by members, to the sums that a file tells: what is reversed counts back."""
    total = sums.setdefault(tuple(entry[name] for name in KEY), Counter())
    total["entries"] += {"reverse": -1, "refund": -1, "revalue": 0}.get(entry["act"], 1)
    total["quantity"] += (entry["quantity"] or 0) if entry["kind"] != "goods" else 0
    total["value_dong"] += entry["value_dong"] or 0
    total["unvalued"] += entry["unvalued"]


def _faults_of_checkpoints(checked: Checked, checkpoints: Any) -> list[str]:
    faults = []
    for each in checkpoints if isinstance(checkpoints, list) else []:
        size = each.get("size", 0)
        if size > len(checked.digests) or merkle.root(checked.leaves(size)).hex() != each.get("root"):
            sentence = _("Gốc niêm phong tháng %(month)s không khớp %(size)s mục đầu của tệp.")
            faults.append(sentence % {"month": each.get("month"), "size": size})
    return faults


def _members(line: bytes) -> Any:
    try:
        found = json.loads(line)
    except ValueError:
        return None
    return found if isinstance(found, dict) else None
