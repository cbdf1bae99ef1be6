"""Pictures: what they say of themselves, how they look in 64 bits, and copies for the eye without any of it."""

import re
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta, timezone, tzinfo
from io import BytesIO
from typing import Any, BinaryIO, Final

from django.utils import timezone as ours
from django.utils.translation import gettext as _
from PIL import ExifTags, Image, ImageOps
from pillow_heif import register_heif_opener

from chungtay.evidence.kinds import Kind
from chungtay.evidence.reading import Reading, Unreadable

register_heif_opener()

MOST_PIXELS: Final = 64_000_000
NEAR: Final = 4  # two pictures are near-same when no more of their 64 bits differ
BANDS: Final = 5
_BAND_BITS: Final = 13  # five bands of 13 bits hold 64; 4 differing bits leave one band whole

SIZES: Final = {"display": 1600, "thumb": 320}  # longest side of a copy
_GRAIN: Final = 6  # how many averaged colours across are left of a blurred rectangle

# Names that cameras and phones give: a picture sent on by a chat has lost both its name and its time.
_CAMERA_NAME: Final = re.compile(r"(IMG|VID|PXL|DSC|DSCF|DSCN|MVIMG)[_-]?\d{4,}|\d{8}_\d{6}", re.IGNORECASE)


def read(content: BinaryIO, kind: Kind, name: str) -> tuple[Reading, str]:
    """What the picture says of itself, and its fingerprint; Unreadable when it cannot be seen to its end."""
    with _open(content, kind) as image:
        exif = _exif(image)
        size = image.size
        try:
            image.draft("L", (512, 512))  # JPEG unpacks to an eighth at once
            upright = ImageOps.exif_transpose(image)
            small = upright.convert("L")
        except Exception:  # a broken file breaks its reader in any way
            raise Unreadable(
                _("là %(kind)s nhưng hỏng, không xem được đến hết. Hãy chụp hoặc gửi lại.")
                % {"kind": kind.name}
            ) from None
        if (upright.width > upright.height) != (size[0] > size[1]):
            size = size[::-1]
    base, detail, gps = exif
    taken, device = _taken_at(detail), _device(base)
    lat, lon = _position(gps)
    lost = taken is None and bool(device or kind.code == "heic" or _CAMERA_NAME.match(name))
    return Reading(size[0], size[1], taken, device, lat, lon, lost), fingerprint_of(small)


def fingerprint_of(grey: Image.Image) -> str:
    """64 bits in hex: whether each of 8 × 8 patches is lighter than its left neighbour (“difference hash”).

    Stands up to scaling and compressing again, not to cutting. "" for a picture with too little in it to tell.
    """
    small = grey.resize((9, 8), Image.Resampling.LANCZOS)
    pixels = small.tobytes()
    rows = [pixels[at : at + 9] for at in range(0, 72, 9)]
    bits = sum((row[x + 1] > row[x]) << (8 * y + x) for y, row in enumerate(rows) for x in range(8))
    return f"{bits:016x}" if 8 <= bits.bit_count() <= 56 else ""


def bands_of(fingerprint: str) -> list[int]:
    """The five keys under which a fingerprint is found again."""
    bits = int(fingerprint, 16)
    mask = (1 << _BAND_BITS) - 1
    return [(band << _BAND_BITS) | ((bits >> (band * _BAND_BITS)) & mask) for band in range(BANDS)]


def is_near(one: str, other: str) -> bool:
    return (int(one, 16) ^ int(other, 16)).bit_count() <= NEAR


def copies(content: BinaryIO, kind: Kind, boxes: Iterable[Sequence[int]]) -> dict[str, bytes]:
    """Copies for the eye by the names of SIZES: upright, WebP, nothing of the file's own words left in them.

    boxes: rectangles to make unreadable, in thousandths of the upright picture.
    """
    with _open(content, kind) as image:
        return copies_of(image, boxes)


def copies_of(image: Image.Image, boxes: Iterable[Sequence[int]] = ()) -> dict[str, bytes]:
    """The same of an opened picture."""
    longest = SIZES["display"]
    image.draft("RGB", (longest, longest))
    upright = ImageOps.exif_transpose(image)
    upright.thumbnail((longest, longest))
    seen = Image.new("RGB", upright.size, "white")  # a new picture: no colour profile, no words come along
    seen.paste(upright.convert("RGB"), mask=upright.getchannel("A") if "A" in upright.getbands() else None)
    for box in boxes:
        _make_unreadable(seen, box)
    made: dict[str, bytes] = {}
    for name, side in SIZES.items():
        copy = seen.copy()
        copy.thumbnail((side, side))
        out = BytesIO()
        copy.save(out, "WEBP", quality=75)
        made[name] = out.getvalue()
    return made


def _make_unreadable(image: Image.Image, box: Sequence[int]) -> None:
    left, top, width, height = (n / 1000 for n in box)
    area = (
        int(left * image.width),
        int(top * image.height),
        min(round((left + width) * image.width) + 1, image.width),
        min(round((top + height) * image.height) + 1, image.height),
    )
    part = image.crop(area)
    few = part.resize((min(_GRAIN, part.width), min(_GRAIN, part.height)), Image.Resampling.BOX)
    image.paste(few.resize(part.size, Image.Resampling.BILINEAR), area)


def _open(content: BinaryIO, kind: Kind) -> Image.Image:
    content.seek(0)
    try:
        image = Image.open(content, formats=[kind.format])
    except Image.DecompressionBombError:
        raise Unreadable(_("có quá nhiều điểm ảnh, quá lớn để mở. Hãy chụp lại ở cỡ thường.")) from None
    except Exception:  # a broken file breaks its reader in any way
        raise Unreadable(
            _("bắt đầu như %(kind)s nhưng không đọc được. Hãy chụp hoặc gửi lại.") % {"kind": kind.name}
        ) from None
    if image.width * image.height > MOST_PIXELS:
        raise Unreadable(
            _("rộng %(width)s × cao %(height)s điểm ảnh, quá lớn để mở. Hãy chụp lại ở cỡ thường.")
            % {"width": image.width, "height": image.height}
        )
    return image


# ── What the device wrote ─────────────────────────────────────────────────────


def _exif(image: Image.Image) -> tuple[dict[int, Any], dict[int, Any], dict[int, Any]]:
    """The picture's own words: about it, about the shot, about the place. Empty where they cannot be read."""
    try:
        exif = image.getexif()
        return dict(exif), exif.get_ifd(ExifTags.IFD.Exif), exif.get_ifd(ExifTags.IFD.GPSInfo)
    except Exception:  # a broken file breaks its reader in any way; the picture itself may be whole
        return {}, {}, {}


def _device(base: dict[int, Any]) -> str:
    words = [str(base.get(tag, "")).strip(" \0") for tag in (ExifTags.Base.Make, ExifTags.Base.Model)]
    make, model = ("".join(c for c in each if c.isprintable()) for each in words)
    return (model if model.lower().startswith(make.lower()) else f"{make} {model}".strip())[:120]


def _taken_at(detail: dict[int, Any]) -> datetime | None:
    """When the shot was taken; without a zone of its own it is taken for the time here."""
    try:
        moment = datetime.strptime(
            str(detail.get(ExifTags.Base.DateTimeOriginal, "")).strip(" \0"), "%Y:%m:%d %H:%M:%S"
        )
        return moment.replace(tzinfo=_zone(str(detail.get(ExifTags.Base.OffsetTimeOriginal, ""))))
    except (ValueError, OverflowError):
        return None


def _zone(offset: str) -> tzinfo:
    if told := re.fullmatch(r"([+-])(0\d|1[0-4]):([0-5]\d)", offset.strip(" \0")):
        sign, hours, minutes = told.groups()
        ahead = timedelta(hours=int(hours), minutes=int(minutes))
        return timezone(ahead if sign == "+" else -ahead)
    return ours.get_default_timezone()


def _position(gps: dict[int, Any]) -> tuple[int | None, int | None]:
    try:
        lat = _degrees_e6(gps[ExifTags.GPS.GPSLatitude], gps.get(ExifTags.GPS.GPSLatitudeRef, "N"), "S")
        lon = _degrees_e6(gps[ExifTags.GPS.GPSLongitude], gps.get(ExifTags.GPS.GPSLongitudeRef, "E"), "W")
    except (KeyError, TypeError, ValueError, ZeroDivisionError, OverflowError):
        return None, None
    known = abs(lat) <= 90_000_000 and abs(lon) <= 180_000_000 and (lat or lon)
    return (lat, lon) if known else (None, None)


def _degrees_e6(parts: Any, side: Any, below: str) -> int:
    degrees, minutes, seconds = (float(part) for part in parts)
    whole = round((degrees + minutes / 60 + seconds / 3600) * 1_000_000)
    return -whole if str(side).strip(" \0").upper() == below else whole
