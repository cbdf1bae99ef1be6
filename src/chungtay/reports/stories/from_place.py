"""What the place is, where it stood on the last day of the story, and where it stands today."""

from datetime import date

from chungtay.reports.stories.facts import Fact, Record, Span, Subject, Text
from chungtay.territory import queries as territory
from chungtay.territory.queries import PlaceView

_KINDS = {
    "xóm": "hamlet",
    "thôn": "hamlet",
    "bản": "hamlet",
    "ấp": "hamlet",
    "xã": "commune",
    "phường": "ward",
    "thị trấn": "township",
    "huyện": "district",
    "thị xã": "town",
    "thành phố": "city",
    "tỉnh": "province",
}


def facts_of_place(place: PlaceView, on: date, today: date) -> list[Fact]:
    """Names and addresses. place: as it was on the story's last day."""
    facts = [
        _fact(
            "place",
            Text("Địa bàn", "Place"),
            Text(place.full_name, in_english(place)),
            place,
            on,
        )
    ]
    if place.address:
        label = Text("Thuộc", "Part of")
        facts.append(_fact("place_above", label, place.address, place, on))
    heirs = territory.current_of(place.id, today)
    if heirs and [each.full_address for each in heirs] != [place.full_address]:
        label = Text("Địa bàn hiện nay", "The place today")
        facts.append(
            _fact("place_today", label, "; ".join(each.full_address for each in heirs), heirs[0], today)
        )
    return facts


def _fact(code: str, label: Text, value: Text | str, place: PlaceView, on: date) -> Fact:
    words = Text(place.full_address, place.full_address)
    return Fact(
        code=code,
        subject=Subject.PLACE,
        label=label,
        asked=Text(
            "Sổ địa bàn, tên và cấp trên ở ngày đó.",
            "The register of places, names and places above on that day.",
        ),
        value=value,
        as_of=Span.day(on),
        records=(
            Record("place", f"{place.id}/{on.isoformat()}", words, source=place.source or place.instrument),
        ),
    )


def in_english(place: PlaceView) -> str:
    """ "Khe Cốc hamlet": the name as it is, its kind translated."""
    kind = _KINDS.get(place.kind)
    return f"{place.name} {kind}" if kind else place.full_name
