"""A page of our own as a paper: its headings, paragraphs, lists, tables, drawings and pictures as blocks.

Made for pages we write ourselves, whose tags are closed; of anything else it takes what it can. Nothing is fetched
here: pictures come from whoever asks.

    page = read_page("<main><h1>Xóm Khe Cốc</h1><p>Đạt <b>19</b> tiêu chí.</p></main>")
    page.title            # "Xóm Khe Cốc"
    page.blocks(...)      # (Paragraph((Run("Đạt "), Run("19", bold=True), Run(" tiêu chí."))),)
    page.said()           # ("Xóm Khe Cốc", "Đạt 19 tiêu chí."), to be read aloud
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from itertools import pairwise
from math import sqrt
from typing import Final

from paper.blocks import (
    Align,
    Block,
    Bullets,
    Column,
    Fields,
    Heading,
    Note,
    Paragraph,
    Picture,
    Run,
    Table,
)


def _names(words: str) -> frozenset[str]:
    return frozenset(words.split())


_VOID: Final = _names("area base br col embed hr img input link meta source track wbr")
_UNSAID: Final = _names(
    "script style template form button input select textarea nav dialog audio video iframe object noscript"
)
_UNSEEN: Final = frozenset(
    {"no-print", "pages", "filters", "deed", "crumbs", "skip", "chart-numbers", "map-live"}
)
_INLINE: Final = _names(
    "a abbr b bdi bdo br cite code data dfn em i kbd mark q s samp small span strong sub sup time u var wbr"
)
_HEADS: Final = {"h1": 1, "h2": 1, "h3": 2, "h4": 3, "h5": 3, "h6": 3}
_READ: Final = _names("h1 h2 h3 h4 p li dt dd caption th td figcaption summary")
_SVG: Final = re.compile(r"<svg\b.*?</svg>", re.DOTALL | re.IGNORECASE)
_SIGNS: Final = tuple("\n.,;:!?)")
_BEFORE_SIGN: Final = re.compile(r" ([.,;:!?)](?:\s|$))")
_WIDEST: Final = 60  # letters from which on a column grows no wider

Lists = Mapping[str, tuple[tuple[str, str, float], ...]]
"""Lists drawn as tiles that are tables on paper: the list's class → (head, class of the cell within an item, width)."""


@dataclass
class Node:
    """An element: its children are elements and texts. An <svg> keeps its drawing as it was written."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list["Node | str"] = field(default_factory=list)
    drawing: str = ""

    @property
    def classes(self) -> frozenset[str]:
        return frozenset(self.attributes.get("class", "").split())

    @property
    def is_shown(self) -> bool:
        return (
            self.tag not in _UNSAID
            and "hidden" not in self.attributes
            and self.attributes.get("aria-hidden") != "true"
            and not self.classes & _UNSEEN
        )

    def walk(self) -> Iterator["Node"]:
        """This element and all in it, in their order."""
        yield self
        for child in self.children:
            if isinstance(child, Node):
                yield from child.walk()

    def find(self, tag: str) -> "Node | None":
        return next((each for each in self.walk() if each.tag == tag), None)

    def text(self) -> str:
        """What is to be read of it, on one line."""
        return _BEFORE_SIGN.sub(r"\1", " ".join("".join(_texts(self)).split()))


@dataclass(frozen=True)
class Page:
    """title: its first heading. notices: what stands over every page of the site."""

    title: str
    notices: tuple[str, ...]
    main: Node

    def said(self) -> tuple[str, ...]:
        """What a voice reads, paragraph by paragraph: as the browser's own reading does (ui/aloud.js)."""
        return tuple(filter(None, (each.text() for each in _innermost(self.main))))

    def blocks(
        self, *, picture: Callable[[str], bytes | None], style: str = "", lists: Lists | None = None
    ) -> tuple[Block, ...]:
        """The page but for its title. picture: JPEG or PNG of an address, None where there is none to be had.

        style: the rules that give drawings their colours, since a paper has no style sheet.
        """
        return tuple(_Reader(picture, style, lists or {}).blocks(self.main, skip=self.main.find("h1")))


def read_page(html: str) -> Page:
    """The page; a title of "" where it has no heading."""
    tree = _Tree(html).root
    main = tree.find("main") or tree
    head = main.find("h1")
    notices = tuple(each.text() for each in tree.walk() if "site-notice" in each.classes)
    return Page(head.text() if head else "", notices, main)


class _Tree(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self._drawings: list[str] = []
        self.root = Node("html")
        self._open = [self.root]
        self.feed(_SVG.sub(self._keep, html))
        self.close()

    def _keep(self, found: re.Match[str]) -> str:
        """The parser writes every name small, and a viewbox is no viewBox."""
        self._drawings.append(found[0])
        hidden = ' aria-hidden="true"' if 'aria-hidden="true"' in found[0].partition(">")[0] else ""
        return f'<svg number="{len(self._drawings) - 1}"{hidden}></svg>'

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        node = Node(tag, {name: value or "" for name, value in attrs})
        if tag == "svg" and (number := node.attributes.get("number", "")).isdecimal():
            node.drawing = self._drawings[int(number)] if int(number) < len(self._drawings) else ""
        self._open[-1].children.append(node)
        if tag not in _VOID:
            self._open.append(node)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in _VOID:
            self._open.pop()

    def handle_endtag(self, tag: str) -> None:
        for at in range(len(self._open) - 1, 0, -1):
            if self._open[at].tag == tag:
                del self._open[at:]
                return

    def handle_data(self, data: str) -> None:
        self._open[-1].children.append(data)


def _texts(node: Node) -> Iterator[str]:
    if not node.is_shown or node.tag == "svg":
        return
    for child, after in pairwise([*node.children, ""]):
        if isinstance(child, str):
            yield child
        elif child.tag == "br":
            yield " "
        else:
            yield from _texts(child)
            if _stands_apart(child, after):
                yield " "


def _stands_apart(node: Node, after: "Node | str") -> bool:
    """Whether room is seen after an element where its text has none: it is a block, or a chip beside another."""
    return node.tag not in _INLINE or isinstance(after, Node)


def _innermost(node: Node) -> Iterator[Node]:
    """The elements a voice reads, none within another."""
    for child in node.children:
        if isinstance(child, str) or not child.is_shown:
            continue
        if child.tag in _READ and not any(each.tag in _READ for each in _shown_below(child)):
            yield child
        else:
            yield from _innermost(child)


def _shown_below(node: Node) -> Iterator[Node]:
    for child in node.children:
        if isinstance(child, Node) and child.is_shown:
            yield child
            yield from _shown_below(child)


class _Reader:
    def __init__(self, picture: Callable[[str], bytes | None], style: str, lists: Lists) -> None:
        self._picture, self._style, self._lists = picture, style, lists

    def blocks(self, node: Node, skip: Node | None = None) -> Iterator[Block]:
        """What an element says. Text and inline elements between blocks are a paragraph of their own."""
        loose: list[Node | str] = []
        for child in node.children:
            if child is skip:
                continue
            if isinstance(child, str) or (child.tag in _INLINE and not _holds_blocks(child)):
                loose.append(child)
                continue
            yield from self._loose(loose)
            loose = []
            if child.is_shown:
                yield from self._one(child, skip)
        yield from self._loose(loose)

    def _loose(self, parts: list[Node | str]) -> Iterator[Block]:
        if runs := _runs(parts):
            yield Paragraph(runs, Align.LEFT, indent=False)

    def _one(self, node: Node, skip: Node | None) -> Iterator[Block]:
        match node.tag:
            case tag if tag in _HEADS:
                if words := node.text():
                    yield Heading(words, _HEADS[tag])
            case "p":
                yield from self._loose(node.children)
            case "ul" | "ol":
                yield from self._list(node)
            case "dl":
                yield from self._definitions(node)
            case "table":
                yield from self._table(node)
            case "figure":
                yield from self._figure(node)
            case "img":
                yield from self._image(node, "")
            case "svg":
                yield from self._drawing(node, "")
            case "summary":
                if words := node.text():
                    yield Paragraph((Run(words, bold=True),), Align.LEFT, indent=False)
            case _:
                yield from self.blocks(node, skip)

    def _list(self, node: Node) -> Iterator[Block]:
        items = [
            each for each in node.children if isinstance(each, Node) and each.tag == "li" and each.is_shown
        ]
        for name in sorted(node.classes & self._lists.keys()):
            if items:
                yield self._tiles(items, self._lists[name])
            return
        if any(_holds_blocks(item) for item in items):
            for item in items:
                yield from self.blocks(item)
        elif said := tuple(runs for item in items if (runs := _runs(item.children))):
            yield Bullets(said, numbered=node.tag == "ol")

    def _tiles(self, items: list[Node], columns: tuple[tuple[str, str, float], ...]) -> Table:
        rows = []
        for item in items:
            found = {name: each for each in item.walk() for name in each.classes}
            rows.append(tuple(found[name].text() if name in found else "" for _, name, _ in columns))
        return Table(tuple(Column(title, width) for title, _, width in columns), rows)

    def _definitions(self, node: Node) -> Iterator[Block]:
        fields: list[tuple[str, tuple[Run, ...]]] = []
        for each in node.walk():
            if each.tag == "dt":
                fields.append((each.text(), (Run(""),)))
            elif each.tag == "dd" and fields:
                what, said = fields[-1]
                more = _runs(each.children)
                fields[-1] = (what, more if said == (Run(""),) else (*said, Run("; "), *more))
        if fields:
            yield Fields(tuple((what, said or (Run("–"),)) for what, said in fields))

    def _table(self, node: Node) -> Iterator[Block]:
        rows = [each for each in node.walk() if each.tag == "tr"]
        heads = [row for row in rows if not any(c.tag == "td" for c in _cells(row))]
        head = [each for row in heads[:1] for each in _spread(row)]
        body = [_spread(row) for row in rows if row not in heads]
        wide = max((len(row) for row in [head, *body]), default=0)
        if not wide:
            return
        caption = next((each.text() for each in node.walk() if each.tag == "caption"), "")
        filled = [(*row, *[""] * (wide - len(row))) for row in body]
        head += [""] * (wide - len(head))
        columns = tuple(
            Column(head[at], _width([head[at], *[row[at] for row in filled]])) for at in range(wide)
        )
        yield Table(columns, filled, caption=caption, size_pt=11 if wide < 7 else 8.5)

    def _figure(self, node: Node) -> Iterator[Block]:
        caption = node.find("figcaption")
        words = caption.text() if caption else ""
        told = False
        for child in node.children:
            if isinstance(child, str) or child is caption or not child.is_shown:
                continue
            pictures = [each for each in child.walk() if each.is_shown and each.tag in ("img", "svg")]
            if pictures and child.tag not in ("ul", "ol", "table", "dl", "p"):
                for each in pictures:
                    made = self._image if each.tag == "img" else self._drawing
                    yield from made(each, "" if told else words)
                    told = True
            else:
                yield from self._one(child, None)
        if words and not told:
            yield Note(words)

    def _image(self, node: Node, caption: str) -> Iterator[Block]:
        alt = node.attributes.get("alt", "").strip()
        if not alt:  # an ornament
            return
        image = self._picture(node.attributes.get("src", ""))
        yield Picture(image, alt, caption) if image else Note(f"[{alt}] {caption}".strip())

    def _drawing(self, node: Node, caption: str) -> Iterator[Block]:
        if not node.drawing:
            return
        yield Picture(self._dressed(node.drawing), _named(node.drawing) or caption or "Hình vẽ", caption)

    def _dressed(self, drawing: str) -> bytes:
        start, mark, rest = drawing.partition(">")
        if "xmlns=" not in start:
            start = start.replace("<svg", '<svg xmlns="http://www.w3.org/2000/svg"', 1)
        return f"{start}{mark}<style>{self._style}</style>{rest}".encode()


def _holds_blocks(node: Node) -> bool:
    return any(
        each.is_shown and each.tag not in _INLINE and (each.tag != "svg" or bool(_named(each.drawing)))
        for each in _shown_below(node)
    )


def _named(drawing: str) -> str:
    """What a drawing calls itself: its label, or its title and description."""
    if label := re.search(r'aria-label="([^"]+)"', drawing):
        return _Tree(label[1]).root.text()
    parts = (re.search(rf"<{tag}\b[^>]*>(.*?)</{tag}>", drawing, re.DOTALL) for tag in ("title", "desc"))
    return ". ".join(_Tree(part[1]).root.text().rstrip(".") for part in parts if part and part[1].strip())


def _runs(parts: list[Node | str], bold: bool = False, italic: bool = False) -> tuple[Run, ...]:
    """Words in their faces; spaces between them as a browser shows them, none at the ends."""
    found: list[Run] = []
    for run in _faces(parts, bold, italic):
        text = re.sub(r"[ \t\r\n\f]+", " ", run.text) if run.text != "\n" else "\n"
        if not found or found[-1].text[-1] in " \n":
            text = text.removeprefix(" ")
        if found and (text.lstrip(" ") or " ")[0] in _SIGNS:
            text = text.lstrip(" ")
            found[-1] = Run(found[-1].text.rstrip(" "), found[-1].bold, found[-1].italic)
        if not text:
            continue
        if found and (found[-1].bold, found[-1].italic) == (run.bold, run.italic):
            found[-1] = Run(found[-1].text + text, run.bold, run.italic)
        else:
            found.append(Run(text, run.bold, run.italic))
        found = [each for each in found if each.text]
    while found and not found[-1].text.rstrip():
        found.pop()
    if found:
        found[-1] = Run(found[-1].text.rstrip(), found[-1].bold, found[-1].italic)
    return tuple(found)


def _faces(parts: list[Node | str], bold: bool, italic: bool) -> Iterator[Run]:
    for each, after in pairwise([*parts, ""]):
        if isinstance(each, str):
            yield Run(each, bold, italic)
        elif each.tag == "br":
            yield Run("\n", bold, italic)
        elif each.is_shown and each.tag != "svg":
            yield from _faces(
                each.children, bold or each.tag in ("b", "strong", "th"), italic or each.tag in ("i", "em")
            )
            if _stands_apart(each, after):
                yield Run(" ", bold, italic)


def _cells(row: Node) -> list[Node]:
    return [each for each in row.children if isinstance(each, Node) and each.tag in ("td", "th")]


def _spread(row: Node) -> list[str]:
    """The cells of a row; one over several columns stands in the first of them."""
    found: list[str] = []
    for cell in _cells(row):
        across = cell.attributes.get("colspan", "1")
        found += [cell.text(), *[""] * (min(int(across), 40) - 1 if across.isdecimal() else 0)]
    return found


def _width(texts: list[str]) -> float:
    return max(sqrt(min(max(map(len, texts)), _WIDEST)), 1.5)
