"""Files on their way in: let go of as soon as they are larger than they may be, so that none fills the disk."""

import uuid
from collections.abc import Callable
from typing import Any, Final

from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.http import HttpRequest

from chungtay.core.refusals import Fault, NotFound, NotPermitted, Refusal
from chungtay.evidence.examining import check_size, clean_name
from chungtay.evidence.kinds import KINDS, Kind, sniff
from chungtay.office.answers import Visit

_REFUSED: Final = "uploads_refused"


class StopsAtCap(FileUploadHandler):
    """Stands before Django's own handlers. What kind a file is its first bytes say; of the refused nothing is kept."""

    _kind: Kind

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        if start == 0:
            self._kind = KINDS.get(sniff(raw_data), KINDS["docx"])
        try:
            check_size(start + len(raw_data), self._kind, clean_name(self.file_name or ""))
        except Refusal as refused:
            assert self.request is not None
            self.request.__dict__.setdefault(_REFUSED, []).extend(refused.faults)
            raise SkipFile from None
        return raw_data

    def file_complete(self, file_size: int) -> None:
        return None  # the next handler keeps it


def received(
    visit: Visit, most: int, missing: str, keep: Callable[..., int]
) -> tuple[int | None, tuple[Fault, ...]]:
    """The id that `keep` gave the file of a form (its name, data, uid), or what is wrong with it; neither before any.

    Who may not send it, or not here, is told so on a page of its own. most, missing: as `sent_file` takes them.
    """
    if visit.request.method != "POST":
        return None, ()
    try:
        name, data = sent_file(visit.request, most, missing)
        return keep(name=name, data=data, uid=sent_uid(visit.request)), ()
    except (NotPermitted, NotFound):
        raise
    except Refusal as refused:
        return None, refused.faults


def form_of(visit: Visit, faults: tuple[Fault, ...]) -> dict[str, Any]:
    """What the form of a file draws beside its own words. wrong: what stands under the field of the file."""
    return {
        "faults": faults,
        "wrong": [fault.sentence for fault in faults],
        "uid": visit.request.POST.get("uid") or visit.uid(),
    }


def sent_file(request: HttpRequest, most: int, missing: str) -> tuple[str, bytes]:
    """The name and bytes of the one file of a form, cut just above `most`: whoever opens it refuses it then.

    missing: what to say when none was chosen.
    """
    file = request.FILES.get("file")
    if file is None:
        raise Refusal(*(faults_of(request) or [Fault(missing, "file")]))
    return str(file.name), file.read(most + 1)


def sent_uid(request: HttpRequest) -> uuid.UUID:
    """The id the form was made with, by which sending it twice is once; a fresh one where it was spoilt."""
    try:
        return uuid.UUID(request.POST.get("uid", ""))
    except ValueError:
        return uuid.uuid4()


def faults_of(request: HttpRequest) -> list[Fault]:
    """Why files of this request were let go of."""
    return list(request.__dict__.get(_REFUSED, []))
