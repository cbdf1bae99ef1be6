"""Where bytes lie: originals by their hash, copies for the eye beside them, what a scanner caught apart.

Django's storage named "evidence": a folder by default, an S3-compatible service by setting.
"""

from collections.abc import Iterable
from io import BytesIO
from typing import BinaryIO

from django.conf import settings
from django.core.files.base import File as Content
from django.core.files.storage import Storage, storages
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from chungtay.core.refusals import Refusal


def storage() -> Storage:
    return storages["evidence"]


def original(sha256: str) -> str:
    return f"originals/{sha256[:2]}/{sha256}"


def copy(sha256: str, layer: int, size: str) -> str:
    """A copy for the eye. Each layer of blurring has its own, so that an old one is never taken for a new one."""
    return f"copies/{sha256[:2]}/{sha256}-{layer}-{size}.webp"


def caught(sha256: str) -> str:
    return f"quarantine/{sha256}"


def put(name: str, content: BinaryIO, size: int) -> None:
    """Write bytes under a name that says what they are; those that are there whole already are left alone."""
    kept = storage()
    if kept.exists(name):
        if kept.size(name) == size:
            return
        kept.delete(name)  # a writer died half-way
    content.seek(0)
    given = kept.save(name, Content(content))
    if given != name:  # another writer was quicker with the same bytes
        kept.delete(given)


def put_copy(sha256: str, layer: int, size: str, content: bytes) -> None:
    put(copy(sha256, layer, size), BytesIO(content), len(content))


def drop_copies(sha256: str, layer: int, sizes: Iterable[str]) -> None:
    """Take away the copies of a layer that another has replaced."""
    for size in sizes:
        storage().delete(copy(sha256, layer, size))


def open_original(sha256: str) -> BinaryIO:
    return storage().open(original(sha256), "rb")  # type: ignore[return-value]


def open_copy(sha256: str, layer: int, size: str) -> BinaryIO:
    return storage().open(copy(sha256, layer, size), "rb")  # type: ignore[return-value]


def scan(content: BinaryIO) -> str:
    """What `settings.EVIDENCE_SCANNER` found in the bytes: the virus's name, "" when clean or none is set up.

    The scanner is a function of a binary stream. One that fails lets nothing pass.
    """
    if not settings.EVIDENCE_SCANNER:
        return ""
    content.seek(0)
    try:
        return str(import_string(settings.EVIDENCE_SCANNER)(content) or "")
    except Exception:  # whatever a scanner breaks by
        raise Refusal(
            _("Máy quét vi-rút đang hỏng nên chưa nhận được tệp. Tệp chưa được lưu; hãy gửi lại sau.")
        ) from None
