"""What a file says of itself: when, where and by which device it was made. Claims, not facts."""

from dataclasses import dataclass
from datetime import datetime


class Unreadable(Exception):
    """Why a file cannot be kept, as the end of a sentence that began with its name."""


@dataclass(frozen=True)
class Reading:
    """width, height: of the upright picture. lat_e6, lon_e6: millionths of a degree, both or neither.

    lost_exif: the device named in the file, or in its name, always writes a time, and there is none.
    """

    width: int | None = None
    height: int | None = None
    taken_at: datetime | None = None
    device: str = ""
    lat_e6: int | None = None
    lon_e6: int | None = None
    lost_exif: bool = False
