"""Files made for tests: honest ones as devices write them, and hostile ones. Nothing is read from a folder."""

import io
import random
import struct
import zipfile
from datetime import UTC, datetime

from docx import Document
from PIL import ExifTags, Image, ImageDraw, ImageFilter
from pillow_heif import from_pillow
from pypdf import PdfWriter

VO_TRANH = (21.7044, 105.772)
HA_NOI = (21.0285, 105.8542)


def drawn(seed: int = 1, size: tuple[int, int] = (640, 480)) -> Image.Image:
    """A picture with light and dark in it, another one for each seed."""
    chance = random.Random(seed)
    image = Image.new("RGB", size, (170, 190, 200))
    brush = ImageDraw.Draw(image)
    for _ in range(40):
        left, top = chance.randrange(size[0]), chance.randrange(size[1])
        colour = tuple(chance.randrange(256) for _ in range(3))
        brush.rectangle(
            (left, top, left + chance.randrange(20, 200), top + chance.randrange(20, 200)), fill=colour
        )
    return image.filter(ImageFilter.GaussianBlur(3))


def striped() -> Image.Image:
    """Black and white by turns: what is blurred in it shows."""
    image = Image.new("L", (640, 480), "white")
    for x in range(0, 640, 20):
        image.paste(0, (x, 0, x + 10, 480))
    return image


def exif_of(
    taken: str = "2023:05:20 09:30:00",
    at: tuple[float, float] | None = VO_TRANH,
    model: str = "X100",
    offset: str = "",
    orientation: int = 1,
) -> Image.Exif:
    """What a telephone writes. taken "" leaves the time out."""
    exif = Image.Exif()
    exif[ExifTags.Base.Make], exif[ExifTags.Base.Model] = "Phone", model
    exif[ExifTags.Base.Orientation] = orientation
    detail = exif.get_ifd(ExifTags.IFD.Exif)
    if taken:
        detail[ExifTags.Base.DateTimeOriginal] = taken
    if offset:
        detail[ExifTags.Base.OffsetTimeOriginal] = offset
    if at is not None:
        gps = exif.get_ifd(ExifTags.IFD.GPSInfo)
        gps[ExifTags.GPS.GPSLatitudeRef], gps[ExifTags.GPS.GPSLatitude] = "N", _dms(at[0])
        gps[ExifTags.GPS.GPSLongitudeRef], gps[ExifTags.GPS.GPSLongitude] = "E", _dms(at[1])
    return exif


def _dms(degrees: float) -> tuple[float, float, float]:
    minutes = (degrees % 1) * 60
    return float(int(degrees)), float(int(minutes)), round((minutes % 1) * 60, 3)


def photo(
    seed: int = 1, *, exif: Image.Exif | None = None, quality: int = 85, size: tuple[int, int] = (640, 480)
) -> io.BytesIO:
    """A JPEG from a telephone, taken at Vô Tranh four days before the ceremony of Khe Cốc."""
    return saved(drawn(seed, size), "JPEG", exif=exif_of() if exif is None else exif, quality=quality)


def saved(image: Image.Image, form: str, **how: object) -> io.BytesIO:
    out = io.BytesIO()
    image.save(out, form, **how)  # type: ignore[arg-type]
    return out


def heic(seed: int = 1) -> io.BytesIO:
    out = io.BytesIO()
    from_pillow(drawn(seed)).save(out, exif=exif_of(model="iPhone 15").tobytes(), quality=80)
    return out


def pdf() -> io.BytesIO:
    return saved(drawn(), "PDF")


def locked_pdf(user_password: str, algorithm: str = "AES-256") -> io.BytesIO:
    """A PDF under a password; with "" for the reader's, only printing and changing are forbidden."""
    writer = PdfWriter(clone_from=pdf())
    writer.encrypt(user_password, "chủ tệp", algorithm=algorithm)
    out = io.BytesIO()
    writer.write(out)
    return out


def docx() -> io.BytesIO:
    paper = Document()
    paper.add_paragraph("Biên bản họp xóm Khe Cốc")
    out = io.BytesIO()
    paper.save(out)
    return out


def packed(parts: dict[str, bytes], kind: int = zipfile.ZIP_DEFLATED) -> io.BytesIO:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", kind) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return out


def xlsx(**more: bytes) -> io.BytesIO:
    parts = {"[Content_Types].xml": b"<Types/>", "xl/workbook.xml": b"<workbook/>"}
    return packed(parts | {name.replace("__", "/"): content for name, content in more.items()})


def odt(**more: bytes) -> io.BytesIO:
    kind = b"application/vnd.oasis.opendocument.text"
    manifest = {"META-INF/manifest.xml": b"<manifest/>"}
    return packed({"mimetype": kind, "content.xml": b"<office/>"} | manifest | more)


def video(brand: bytes = b"isom", made: datetime | None = None) -> io.BytesIO:
    """The boxes of an MP4 with nothing to see."""
    seconds = int(
        ((made or datetime(2023, 5, 20, 2, tzinfo=UTC)) - datetime(1904, 1, 1, tzinfo=UTC)).total_seconds()
    )
    header = box(b"mvhd", struct.pack(">IIIII", 0, seconds, seconds, 1000, 5000) + bytes(80))
    return io.BytesIO(
        box(b"ftyp", brand + bytes(4) + brand) + box(b"moov", header) + box(b"mdat", bytes(500))
    )


def box(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body) + 8) + name + body
