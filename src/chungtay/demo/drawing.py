"""Photographs of the stories, drawn by code: plainly drawings, and each says so. No real picture is passed off."""

import io
import math
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Final

import fontpkg_be_vietnam_pro
from PIL import ExifTags, Image, ImageDraw, ImageFont

SIZE: Final = (1280, 960)
WORDS: Final = "Ảnh minh họa, vẽ bằng máy"
_FONT: Final = Path(fontpkg_be_vietnam_pro.__file__).parent / "files" / "BeVietnamPro-SemiBold.ttf"

Brush = ImageDraw.ImageDraw


def photograph(subject: str, taken_at: datetime, lat: float, lon: float) -> io.BytesIO:
    """A JPEG of one of SUBJECTS, with the time and place that a telephone would have written."""
    image = Image.new("RGB", SIZE, "#bfd9e6")
    brush = ImageDraw.Draw(image)
    _hills(brush)
    SUBJECTS[subject](brush)
    brush.rectangle((0, 890, 1280, 960), fill="#1d2a26")
    brush.text((40, 902), WORDS, font=ImageFont.truetype(str(_FONT), 36), fill="#ffffff")
    exif = Image.Exif()
    exif[ExifTags.Base.Make], exif[ExifTags.Base.Model] = "Chung Tay", "ve bang may"  # EXIF holds ASCII
    exif.get_ifd(ExifTags.IFD.Exif)[ExifTags.Base.DateTimeOriginal] = taken_at.strftime("%Y:%m:%d %H:%M:%S")
    gps = exif.get_ifd(ExifTags.IFD.GPSInfo)
    gps[ExifTags.GPS.GPSLatitudeRef], gps[ExifTags.GPS.GPSLatitude] = "N", _degrees(lat)
    gps[ExifTags.GPS.GPSLongitudeRef], gps[ExifTags.GPS.GPSLongitude] = "E", _degrees(lon)
    out = io.BytesIO()
    image.save(out, "JPEG", quality=82, exif=exif)
    return out


def _degrees(value: float) -> tuple[float, float, float]:
    minutes = (value % 1) * 60
    return float(int(value)), float(int(minutes)), round((minutes % 1) * 60, 2)


def _hills(brush: Brush) -> None:
    """Tea in rows on round hills."""
    brush.ellipse((-300, 330, 700, 1100), fill="#8fb27a")
    brush.ellipse((500, 280, 1600, 1100), fill="#7da36c")
    brush.rectangle((0, 640, 1280, 960), fill="#9dbb86")
    for y in range(430, 660, 26):
        brush.arc((560, y - 60, 1540, y + 420), 200, 340, fill="#5f8753", width=6)


def _road_before(brush: Brush) -> None:
    """The way as it was: narrow, of earth, with puddles."""
    brush.polygon([(560, 960), (625, 480), (650, 480), (780, 960)], fill="#a87c4f")
    for left, top, width in ((600, 860, 110), (625, 740, 60), (640, 640, 34), (650, 900, 80)):
        brush.ellipse((left, top, left + width, top + width // 3), fill="#7f6a55")
    for number in range(9):
        x, y = 470 - number * 14 + (number % 3) * 30, 930 - number * 42
        brush.ellipse((x, y, x + 70, y + 40), fill="#4f7a45")


def _road_during(brush: Brush) -> None:
    """Earth on one side, fresh concrete between boards on the other, a mixer and heaps of sand."""
    brush.polygon([(470, 960), (610, 480), (670, 480), (900, 960)], fill="#a87c4f")
    brush.polygon([(560, 760), (606, 480), (670, 480), (800, 760)], fill="#d9d6cd")
    for start, end in (((556, 762), (606, 480)), ((804, 762), (672, 480))):
        brush.line((*start, *end), fill="#6a4f33", width=9)
    brush.ellipse((230, 640, 400, 780), fill="#d9892b", outline="#6a4f33", width=6)
    brush.line((260, 780, 230, 860), fill="#3c4743", width=12)
    brush.line((370, 780, 400, 860), fill="#3c4743", width=12)
    for left in (930, 1050, 1140):
        brush.polygon([(left - 70, 800), (left, 690), (left + 80, 800)], fill="#cdbb8a")


def _road(brush: Brush) -> None:
    brush.polygon([(470, 960), (610, 480), (670, 480), (900, 960)], fill="#c9c6bd")
    for number in range(7):
        top = 500 + number * number * 9
        brush.line(
            (635 - number, top, 640 + number * 4, top + 12 + number * 5), fill="#efece4", width=3 + number
        )
    for number in range(5):
        x, y = 940 + number * 60, 620 + number * 40
        brush.rectangle((x, y - 120, x + 10, y), fill="#6a5a48")
        brush.ellipse((x - 40, y - 190, x + 50, y - 90), fill="#4f7a45")


def _road_after(brush: Brush) -> None:
    """The road in concrete, houses and flowers along it, lamps on one side."""
    brush.polygon([(470, 960), (610, 480), (670, 480), (900, 960)], fill="#d9d6cd")
    for number in range(5):
        top = 540 + number * number * 18
        brush.line((632 - number * 4, top, 648 + number * 8, top), fill="#b3aea2", width=3)
    for left, top, width in ((120, 420, 330), (850, 380, 300)):
        brush.rectangle((left, top + 110, left + width, top + 320), fill="#f0e2bd")
        brush.polygon(
            [(left - 40, top + 110), (left + width // 2, top), (left + width + 40, top + 110)], fill="#a5482a"
        )
        brush.rectangle(
            (left + width // 2 - 40, top + 190, left + width // 2 + 40, top + 320), fill="#6b4a33"
        )
    for number in range(4):
        x, y = 470 + number * 38, 900 - number * 105
        brush.rectangle((x, y - 260 + number * 40, x + 10, y), fill="#77807c")
        brush.ellipse((x - 6, y - 290 + number * 40, x + 40, y - 255 + number * 40), fill="#f5d90a")
    for number in range(12):
        x, y = 930 - number * 21, 925 - number * 38
        brush.ellipse((x, y - 14, x + 28, y + 14), fill="#c8509a" if number % 2 else "#f2a33a")


def _cameras(brush: Brush) -> None:
    brush.rectangle((600, 180, 630, 900), fill="#77807c")
    for left, top in ((430, 210), (640, 290)):
        brush.rectangle((left, top, left + 170, top + 70), fill="#eef0ee", outline="#3c4743", width=5)
        brush.ellipse((left + 10, top + 12, left + 56, top + 58), fill="#1d2a26")
    brush.rectangle((520, 620, 710, 700), fill="#2f6f9a")
    brush.rectangle((250, 700, 430, 900), fill="#d8c9a8")
    brush.polygon([(230, 700), (340, 610), (450, 700)], fill="#9a4a30")


def _culture_house(brush: Brush) -> None:
    brush.rectangle((250, 480, 1030, 840), fill="#f0e2bd")
    brush.polygon([(200, 480), (640, 290), (1080, 480)], fill="#a5482a")
    brush.rectangle((560, 620, 720, 840), fill="#6b4a33")
    for left in (320, 440, 780, 900):
        brush.rectangle((left, 580, left + 80, 700), fill="#a7c9d8", outline="#6b4a33", width=5)
    brush.line((1120, 840, 1120, 330), fill="#77807c", width=8)
    brush.rectangle((1124, 335, 1240, 410), fill="#c8201f")
    turns = [(math.radians(36 * n - 90), 26 if n % 2 == 0 else 10) for n in range(10)]
    brush.polygon([(1182 + r * math.cos(a), 373 + r * math.sin(a)) for a, r in turns], fill="#f5d90a")


SUBJECTS: Final[dict[str, Callable[[Brush], None]]] = {
    "road": _road,
    "road_before": _road_before,
    "road_during": _road_during,
    "road_after": _road_after,
    "cameras": _cameras,
    "culture_house": _culture_house,
}
