"""Bytes kept once under their SHA-256, in the working folder. The package of evidence will take it over."""

import hashlib
from datetime import datetime
from pathlib import Path

from django.conf import settings

from chungtay.core import packages
from chungtay.core.packages import Unsafe
from chungtay.core.refusals import Fault, NotFound, Refusal
from chungtay.standards.desk.models import StoredFile

MAX_BYTES = 20_000_000
_ZIPPED = {
    "word/document.xml": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xl/workbook.xml": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
_OPEN = ("application/vnd.oasis.opendocument.text", "application/vnd.oasis.opendocument.spreadsheet")
_STARTS = (
    (b"%PDF-", "application/pdf"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/msword"),
)


def keep(data: bytes, *, at: datetime) -> StoredFile:
    """Keep the bytes of a document. Refused when too large, empty, or not a document by its own first bytes."""
    if len(data) > MAX_BYTES:
        raise Refusal(Fault("Tệp quá lớn (hơn 20 MB). Hãy giảm cỡ hoặc tách tệp.", "file"))
    kind = kind_of(data)
    if not kind:
        raise Refusal(
            Fault(
                "Tệp này không phải PDF, DOCX, XLSX, ODT, ODS, DOC, PNG hay JPEG. Hãy chọn tệp khác.", "file"
            )
        )
    sha256 = hashlib.sha256(data).hexdigest()
    path = path_of(sha256)
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_suffix(".part")
        part.write_bytes(data)
        part.replace(path)  # a file of that name is whole or not there
    return StoredFile.objects.get_or_create(
        sha256=sha256, defaults={"kind": kind, "size": len(data), "at": at}
    )[0]


def kind_of(data: bytes) -> str:
    """The type that the bytes themselves tell; "" for anything that is no document."""
    for start, kind in _STARTS:
        if data.startswith(start):
            return kind
    if not data.startswith(b"PK\x03\x04"):
        return ""
    try:
        with packages.opened(data) as archive:
            names = set(archive.namelist())
            if "mimetype" in names:
                told = packages.beginning(archive, "mimetype").decode("ascii", "replace")
                return told if told in _OPEN else ""
            return next((kind for name, kind in _ZIPPED.items() if name in names), "")
    except Unsafe:
        return ""


def read(sha256: str) -> bytes:
    """The bytes kept under that digest, checked against it."""
    try:
        data = path_of(sha256).read_bytes()
    except OSError:
        raise NotFound("Tệp không còn trong kho. Hãy báo người quản trị.") from None
    if hashlib.sha256(data).hexdigest() != sha256:
        raise Refusal(
            "Tệp trong kho không khớp dấu số: dữ liệu bị sửa ngoài hệ thống. Hãy báo người quản trị."
        )
    return data


def path_of(sha256: str) -> Path:
    return Path(settings.VAR_DIR) / "files" / sha256[:2] / sha256
