"""Pictures that anybody may look at: copies only, of files that stand for a thing somebody published.

Which things are published, the caller says, by kind and ref. A private file, one whose copies do not show every
blurred rectangle yet, and one that was found not to prove what it was put forward for are not among them.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import F, QuerySet

from chungtay.core.asking import Asking, asked
from chungtay.evidence import policies, storing
from chungtay.evidence.models import File, Outcome, Proof
from chungtay.evidence.pictures import SIZES
from chungtay.evidence.queries import Bytes, Key


@dataclass(frozen=True)
class Picture:
    """One picture. name: what it was put forward as. width, height: of the original, upright."""

    file_id: int
    name: str
    taken_at: datetime | None
    width: int | None
    height: int | None


def pictures(keys: Iterable[Key]) -> dict[Key, tuple[Picture, ...]]:
    """The pictures of published things, the oldest first; a thing without any is left out. One query."""
    return asked(asking_pictures(keys))


def asking_pictures(keys: Iterable[Key]) -> Asking[dict[Key, tuple[Picture, ...]]]:
    """`pictures`, for whoever asks other things with it."""
    wanted = set(keys)
    rows = _open(Proof.objects.filter(ref__in={ref for _kind, ref in wanted}))
    found: dict[Key, tuple[Picture, ...]] = {}
    (told,) = yield (rows.select_related("file").order_by("pk"),)
    for row in told:
        key = row.kind, row.ref
        if key in wanted:
            file = row.file
            one = Picture(file.pk, row.label, file.taken_at, file.width, file.height)
            found[key] = (*found.get(key, ()), one)
    return found


def copy(file_id: int, size: str, *, of: Iterable[Key]) -> Bytes:
    """A copy for the eye of a picture that stands for one of those things; NotFound for any other. size: of SIZES."""
    wanted = set(of)
    rows = _open(Proof.objects.filter(file_id=file_id)).values_list("kind", "ref")
    if size not in SIZES or not wanted.intersection(rows):
        raise policies.not_there()
    row = File.objects.get(pk=file_id)
    content = storing.open_copy(row.sha256, row.layer, size)
    length = content.seek(0, 2)
    content.seek(0)
    return Bytes(content, length, "image/webp", f"{size}.webp", f'"{row.sha256}-{row.layer}-{size}"')


def _open(rows: "QuerySet[Proof]") -> "QuerySet[Proof]":
    shown = rows.filter(withdrawal=None, file__is_private=False, file__copies_layer=F("file__layer"))
    return shown.exclude(flags__settlement__outcome=Outcome.WRONG)
