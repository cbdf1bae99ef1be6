"""The public file of a place's ledger: no names, no rolls, no plots. The form is docs/use/ledger-file.md."""

import json
from collections.abc import Iterator

from chungtay.core import notices
from chungtay.ledger.models import Book, Checkpoint, Entry
from chungtay.ledger.proofs.checking import FORMAT, Checked, Sums, add_entry, check_file, totals_of
from chungtay.ledger.proofs.lines import line_of
from chungtay.ledger.writing import members_of
from chungtay.territory import queries as territory

_AT_ONCE = 2_000


def public_file(place_id: int) -> Iterator[bytes]:
    """The file of a place, line by line, each with its newline; the whole of it is one reading of the book."""
    place = territory.latest(place_id)
    sums: Sums = {}
    lines: list[bytes] = []
    head = ""
    for entry in entries_of(place_id):
        members = members_of(entry)
        add_entry(sums, members)
        lines.append(line_of(members))
        head = entry.digest
    checkpoints = Checkpoint.objects.filter(place_id=place_id, size__lte=len(lines)).order_by("size")
    first = {
        "format": FORMAT,
        "place": str(place.uid),
        "name": place.full_address,
        "notices": list(notices.notices().values()),
        "entries": len(lines),
        "head": head,
        "checkpoints": [{"month": f"{c.month:%Y-%m}", "size": c.size, "root": c.root} for c in checkpoints],
        "totals": totals_of(sums),
    }
    yield json.dumps(first, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
    for line in lines:
        yield line + b"\n"


def check_books() -> Iterator[Checked]:
    """Every place's book as the database has it now, checked as a file would be."""
    for place_id in list(Book.objects.filter(position__gt=0).order_by("pk").values_list("pk", flat=True)):
        yield check_file(public_file(place_id))


def entries_of(place_id: int) -> Iterator[Entry]:
    """A place's book from the first entry on, with what a line tells of other rows."""
    rows = Entry.objects.filter(place_id=place_id).order_by("position")
    return rows.select_related("place", "purpose", "of", "rule").iterator(chunk_size=_AT_ONCE)
