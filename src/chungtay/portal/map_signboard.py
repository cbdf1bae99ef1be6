"""The board of a hamlet's or commune's infrastructure: what the public map shows, laid out for a wall.

It speaks Vietnamese whoever prints it, for it hangs where the people of the place read it.
"""

from dataclasses import replace
from datetime import date
from importlib.resources import files
from typing import Final

from django.conf import settings
from django.urls import reverse
from django.utils.translation import override

from chungtay.core import notices
from chungtay.portal import map_layers as layers
from chungtay.portal.map_facts import map_of
from chungtay.registers.amenities import board as board_posts
from chungtay.territory.queries import PlaceView
from chungtay.ui.charts import Sheet, ground_map, legend_icon
from paper.pdf import drawn
from paper.signboard import MAP_HEIGHT, MAP_WIDTH, Contact, Sign, Signboard, Size, signboard_pdf
from rulebook import Mark
from viet.dates import format_day

LEVELS: Final = board_posts.LEVELS
_UNITS: Final = 1000  # of the drawing, across
_HEIGHT: Final = _UNITS * MAP_HEIGHT // MAP_WIDTH
_MOST_FACTS: Final = 4
_NUMBERS: Final = (("Công an", "113"), ("Chữa cháy, cứu nạn", "114"), ("Cấp cứu y tế", "115"))
"""The country's own numbers of emergency."""


def pdf(place: PlaceView, on: date, *, size: Size) -> bytes:
    """The board of a place on a day as PDF/A."""
    return signboard_pdf(board(place, on), size=size, on=on)


@override("vi")
def board(place: PlaceView, on: date) -> Signboard:
    """What the board of a place says on a day. The same queries as its map."""
    style = files("chungtay.ui.charts").joinpath("ground_print.css").read_text(encoding="utf-8")
    found = map_of(place, on)
    sheet = Sheet(_UNITS, _HEIGHT, _HEIGHT, edge=60, sign=1.15, text=15.0, style=style)
    title = f"Sơ đồ hạ tầng {place.full_name}"
    things = [replace(thing, label=drawn(thing.label), name="", href="") for thing in found.things]
    drawing = ground_map(things, title="", words="", sheet=sheet)
    signs = tuple(
        Sign(legend_icon(line, style).encode(), line.words, line.count)
        for line in found.legend
        if line.shape != "specks"
    )
    facts = sorted(found.groups, key=_weight)[:_MOST_FACTS]
    return Signboard(
        title=title,
        place=place.address,
        drawing=drawing.encode(),
        alt="Bản đồ: " + "; ".join(f"{sign.words} {sign.amount}" for sign in signs),
        signs=signs,
        facts=tuple((group.legend.count, group.legend.words.lower()) for group in facts),
        contacts=_contacts(place),
        qr=settings.SITE_ADDRESS + reverse("portal:place_map", args=[place.id]),
        foot=f"Theo sổ hạ tầng đến ngày {format_day(on)}. Vị trí theo bản đồ, không thay cho hồ sơ địa chính.",
        marks=(*notices.notices().values(), *_marks(found.groups)),
    )


def _weight(group: layers.Group) -> int:
    """What a wall tells in large figures first."""
    first = ("road", "lamp", "camera", "loudspeaker", "culture_house")
    return first.index(group.legend.kind) if group.legend.kind in first else len(first)


def _contacts(place: PlaceView) -> tuple[Contact, ...]:
    """Posts, each with the number that its office put up; where none is, somebody writes it on the board by hand."""
    known = board_posts.numbers(place.id)
    posts = (Contact(words, known.get(role, "")) for role, words in board_posts.posts(place).items())
    return (*posts, *(Contact(words, number) for words, number in _NUMBERS))


def _marks(groups: tuple[layers.Group, ...]) -> tuple[str, ...]:
    """What is not measured says so on the wall too."""
    marks = {each.asset.mark for group in groups for each in group.things}
    if marks & {Mark.RECONSTRUCTED, Mark.SIMULATED}:
        return ("Có vị trí dựng lại, chưa đo tại chỗ.",)
    return ()
