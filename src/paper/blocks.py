"""What a paper is made of: plain frozen data, the same for Word, PDF and Excel.

Every text is Vietnamese as it shall stand on the paper; the form (capitals of a role, dots to write on, the words of
Quốc hiệu, “Nơi nhận”) is the writers' business.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Final

from paper.pages import A4, Page

SIGN_HERE: Final = "(Ký, ghi rõ họ tên)"
SEAL_HERE: Final = "(Ký tên, đóng dấu)"


class Align(StrEnum):
    LEFT = "left"
    RIGHT = "right"
    CENTRE = "center"
    JUSTIFY = "justify"


@dataclass(frozen=True)
class Run:
    """Some words of a paragraph in one face."""

    text: str
    bold: bool = False
    italic: bool = False


Text = str | tuple[Run, ...]
"""Words; a line break in them is kept."""


@dataclass(frozen=True)
class PageOf:
    """In a table of a volume: the page where its part (counted from 0) begins. Blank in a paper that stands alone."""

    part: int


Cell = str | int | Decimal | Fraction | date | PageOf | None
"""What stands in a table. Numbers and days stay such in Excel. None is not known and says so; "" is left blank."""


@dataclass(frozen=True)
class Letterhead:
    """The head of a statutory paper: the issuer at the left, Quốc hiệu and Tiêu ngữ at the right.

    issuer: one or more lines. above: whom it is under (not bold).
    number: None where the issuer numbers nothing (a hamlet's board has neither number nor seal); "" leaves it to be
    filled by the office's own book. symbol: what follows it, such as “BC-UBND”.
    place: “Khe Cốc”; "" leaves out the line of place and day. day: None is left to be written by hand.
    """

    issuer: str
    above: str = ""
    number: str | None = None
    symbol: str = ""
    place: str = ""
    day: date | None = None


@dataclass(frozen=True)
class Heading:
    """level: 1 (bold), 2 (bold italic) or 3 (italic). Numbers of sections are part of the text."""

    text: str
    level: int = 1


@dataclass(frozen=True)
class Paragraph:
    text: Text
    align: Align = Align.JUSTIFY
    indent: bool = True


@dataclass(frozen=True)
class Bullets:
    """numbered: 1. 2. 3. instead of dashes."""

    items: tuple[Text, ...]
    numbered: bool = False


@dataclass(frozen=True)
class Fields:
    """Lines of “what: words”. Empty words are a dotted line to write on."""

    fields: tuple[tuple[str, Text], ...]


@dataclass(frozen=True)
class Blank:
    """Dotted lines to write on."""

    lines: int = 3


@dataclass(frozen=True)
class Column:
    """width: its share beside the others. align: None puts numbers right and words left.

    group: one head over neighbouring columns. decimals: digits after the comma at most.
    """

    title: str
    width: float = 1
    align: Align | None = None
    group: str = ""
    decimals: int = 6


@dataclass(frozen=True)
class Table:
    """The head is repeated on every page. unit: “Đơn vị: đồng”, at the right above. totals: a last row in bold.

    name: of its sheet in Excel. size_pt: of its letters, for wide tables. row_mm: least height, where rows are signed.
    """

    columns: tuple[Column, ...]
    rows: Sequence[tuple[Cell, ...]]
    totals: tuple[Cell, ...] | None = None
    caption: str = ""
    unit: str = ""
    name: str = ""
    size_pt: float | None = None
    row_mm: float = 0

    def __post_init__(self) -> None:
        for row in (*self.rows, *([self.totals] if self.totals is not None else [])):
            if len(row) != len(self.columns):
                raise ValueError(f"{len(row)} cells under {len(self.columns)} columns: {row!r}")


@dataclass(frozen=True)
class Signer:
    """role: “Chủ trì”. capacity: lines before it such as “TM. Ủy ban nhân dân”. name: "" is written by hand."""

    role: str
    name: str = ""
    capacity: str = ""
    hint: str = SIGN_HERE


@dataclass(frozen=True)
class Recipients:
    """Nơi nhận. kept: “VT”, after “Lưu:”."""

    to: tuple[str, ...]
    kept: str = ""


@dataclass(frozen=True)
class Signatures:
    """Side by side, at most three in a row; one alone stands at the right, the recipients left of it."""

    signers: tuple[Signer, ...]
    recipients: Recipients | None = None


@dataclass(frozen=True)
class Picture:
    """image: JPEG or PNG; None is a picture not taken yet, a frame that says so. alt: what is to be seen on it.

    A drawing (SVG, with a viewBox) stands on a PDF only.
    """

    image: bytes | None
    alt: str
    caption: str = ""

    def __post_init__(self) -> None:
        if self.image is not None and not self.image.startswith(
            (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"<svg")
        ):
            raise ValueError("a picture on a paper is JPEG, PNG or SVG")
        if not self.alt:
            raise ValueError("a picture on a paper says what is to be seen on it")


@dataclass(frozen=True)
class Pictures:
    """Pictures in one row, such as before, during, after. height: of each, in millimetres."""

    pictures: tuple[Picture, ...]
    caption: str = ""
    height: int = 52


@dataclass(frozen=True)
class Qr:
    """A QR code, words at the right of it. size: millimetres at least; larger where it carries much."""

    content: str
    words: tuple[Text, ...] = ()
    size: int = 26


@dataclass(frozen=True)
class Note:
    """A smaller remark in italics."""

    text: Text


@dataclass(frozen=True)
class PageBreak:
    pass


@dataclass(frozen=True)
class Question:
    """What a ballot asks, and the boxes to tick."""

    text: Text
    options: tuple[str, ...]


@dataclass(frozen=True)
class Card:
    """One of many small papers on a sheet: a ballot, a card with a code. over: the small line above the title."""

    title: str
    over: str = ""
    texts: tuple[Text, ...] = ()
    questions: tuple[Question, ...] = ()
    qr: str = ""
    code: str = ""
    foot: str = ""


@dataclass(frozen=True)
class Cards:
    """Cards with dashed lines to cut along; for a Document on CARD_SHEET without a letterhead."""

    cards: tuple[Card, ...]
    across: int = 2
    down: int = 4


Block = (
    Heading
    | Paragraph
    | Bullets
    | Fields
    | Blank
    | Table
    | Signatures
    | Recipients
    | Picture
    | Pictures
    | Qr
    | Note
    | PageBreak
    | Cards
)


@dataclass(frozen=True)
class Document:
    """One paper. kind: “Biên bản”, written in capitals; "" for a letter (công văn). subject: trích yếu.

    marks: sentences that must not be missed, such as data that were reconstructed or a law not confirmed: framed under
    the title and at the foot of every page. foot: a small line at the foot of every page. about: the title of the file,
    where kind and subject are empty.
    """

    blocks: tuple[Block, ...]
    letterhead: Letterhead | None = None
    kind: str = ""
    subject: str = ""
    page: Page = A4
    marks: tuple[str, ...] = ()
    foot: str = ""
    about: str = ""

    @property
    def title(self) -> str:
        """What the file is called where a reader shows its title."""
        return " ".join(part for part in (self.kind, self.subject) if part) or self.about or "Văn bản"
