"""Sizes of paper, and the sizes of letters on them. Decree 30/2020/NĐ-CP, Annex I, part I and II."""

from dataclasses import dataclass, replace
from typing import Final


@dataclass(frozen=True)
class Page:
    """width, height and margins in millimetres; body_pt: size of the text; head_pt: of Quốc hiệu and of the issuer;
    signing: the space left for a signature; gap_pt: between paragraphs."""

    width: int
    height: int
    top: int = 20
    bottom: int = 20
    left: int = 30
    right: int = 20
    body_pt: float = 14
    head_pt: float = 12
    indent: int = 10
    signing: int = 20
    gap_pt: float = 6

    @property
    def landscape(self) -> bool:
        return self.width > self.height

    @property
    def inner_width(self) -> int:
        return self.width - self.left - self.right

    @property
    def inner_height(self) -> int:
        return self.height - self.top - self.bottom


A4: Final = Page(210, 297)
A4_LANDSCAPE: Final = replace(A4, width=297, height=210, left=20, top=25, body_pt=13)  # bound at the top
_SMALL = Page(
    148, 210, top=10, bottom=10, left=14, right=10, body_pt=11.5, head_pt=9, indent=0, signing=14, gap_pt=3
)
A5: Final = _SMALL
A5_LANDSCAPE: Final = replace(_SMALL, width=210, height=148, body_pt=12, head_pt=10.5)
A6: Final = replace(_SMALL, width=105, height=148, left=8, right=8, top=8, bottom=8, body_pt=9, head_pt=7)
CARD_SHEET: Final = replace(A4, top=8, bottom=8, left=8, right=8, body_pt=9.5, indent=0, gap_pt=3)
