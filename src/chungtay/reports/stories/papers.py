"""A story as papers and as plain text: the article with numbered notes, the fact sheet as a table.

In the language of the story. address_of: the address of a fact's query, given by whoever knows addresses.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from chungtay.core.notices import notices
from chungtay.reports.stories.facts import Fact, Story
from chungtay.reports.stories.wording import NO_DATA, day_words, mark_words, span_words, value_words
from chungtay.reports.stories.writing import Article, Line
from paper import A4_LANDSCAPE, Block, Bullets, Column, Document, Heading, Note, Paragraph, Run, Table, Text
from rulebook import Text as Words

AddressOf = Callable[[str], str]

_DRAFT = Words("Bản thảo bài viết", "Draft article")
_DRAFT_MARK = Words(
    "Bản thảo do hệ thống ghép từ số liệu, chưa ai biên tập. Mỗi con số có ghi chú dẫn về truy vấn.",
    "A draft put together from records, edited by nobody. Each figure bears a note that leads to its query.",
)
_SHEET = Words("Bảng số liệu", "Fact sheet")
_NOTES = Words("Ghi chú: truy vấn của từng số liệu", "Notes: the query of each figure")
_HEADS = (
    Words("Điều được hỏi", "What is asked"),
    Words("Số liệu", "Figure"),
    Words("Loại số liệu", "Mark"),
    Words("Thời gian", "Days"),
    Words("Nguồn", "Source"),
)
_QUERY = Words("Truy vấn", "Query")
_DAYS = Words("Thời gian của bài", "Days of the story")


@dataclass(frozen=True)
class Noted:
    """An article as lines of words, each figure followed by [n]. notes: the code of each fact, by its number."""

    headline: str
    sections: tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...]  # heading, paragraphs, items
    codes: tuple[str, ...]


def noted(article: Article) -> Noted:
    """The article in words. A figure told twice bears one number; the headline bears none."""
    numbers: dict[str, int] = {}

    def words(line: Line) -> str:
        return "".join(
            f"{piece.text} [{numbers.setdefault(piece.code, len(numbers) + 1)}]"
            if piece.is_figure
            else piece.text
            for piece in line
        )

    sections = tuple(
        (
            section.heading,
            tuple(words(line) for line in section.paragraphs),
            tuple(piece.text for piece in section.items),
        )
        for section in article.sections
    )
    return Noted("".join(piece.text for piece in article.headline), sections, tuple(numbers))


def article_text(article: Article, story: Story, address_of: AddressOf) -> str:
    """The article to paste anywhere: plain lines, notes below."""
    it, facts = noted(article), story.by_code
    lines = [*notices().values(), it.headline, "", _DRAFT_MARK.in_(article.language)]
    for heading, paragraphs, items in it.sections:
        lines += ["", *([heading] if heading else []), *paragraphs, *(f"- {item}" for item in items)]
    lines += ["", _NOTES.in_(article.language)]
    lines += [
        f"[{n}] {facts[code].label.in_(article.language)}: {address_of(code)}"
        for n, code in enumerate(it.codes, start=1)
    ]
    return "\n".join(lines) + "\n"


def article_paper(article: Article, story: Story, address_of: AddressOf, *, on: date) -> Document:
    """The article as a paper, its notes at the end."""
    language, it, facts = article.language, noted(article), story.by_code
    blocks: list[Block] = []
    for heading, paragraphs, items in it.sections:
        blocks += [Heading(heading)] if heading else []
        blocks += [Paragraph(words) for words in paragraphs]
        blocks += [Bullets(items)] if items else []
    blocks.append(Heading(_NOTES.in_(language)))
    notes: list[Text] = [
        (Run(f"{facts[code].label.in_(language)}: "), Run(address_of(code), italic=True)) for code in it.codes
    ]
    blocks.append(Bullets(tuple(notes), numbered=True))
    return Document(
        blocks=tuple(blocks),
        kind=_DRAFT.in_(language),
        subject=it.headline,
        marks=(*notices().values(), _DRAFT_MARK.in_(language)),
        foot=_foot(story, language, on),
    )


def sheet_paper(story: Story, language: str, address_of: AddressOf, *, on: date) -> Document:
    """The fact sheet as a paper: known facts, then what is not known, then the queries."""
    columns = tuple(
        Column(head.in_(language), width) for head, width in zip(_HEADS, (3, 3, 1.4, 2.2, 3), strict=True)
    )
    rows = tuple(sheet_cells(fact, language)[:5] for fact in story.known)
    notes = tuple(f"{fact.label.in_(language)}: {address_of(fact.code)}" for fact in story.known)
    missing = tuple(fact.label.in_(language) for fact in story.missing)
    return Document(
        blocks=(
            Table(columns, rows, name=_SHEET.in_(language), size_pt=10),
            Heading(NO_DATA.in_(language).capitalize()),
            Bullets(missing) if missing else Note("–"),
            Heading(_NOTES.in_(language)),
            Bullets(notes, numbered=True),
        ),
        kind=_SHEET.in_(language),
        subject=value_words(story.by_code["place"], language),
        page=A4_LANDSCAPE,
        marks=tuple(notices().values()),
        foot=_foot(story, language, on),
    )


def sheet_heads(language: str) -> list[str]:
    """The heads of the columns of a sheet, the query's address last."""
    return [head.in_(language) for head in (*_HEADS, _QUERY)]


def sheet_about(story: Story, language: str) -> list[tuple[str, str]]:
    """What a sheet is of, as rows above its table."""
    place = story.by_code["place"]
    return [
        (place.label.in_(language), value_words(place, language)),
        (_DAYS.in_(language), span_words(story.span, language)),
    ]


def sheet_cells(fact: Fact, language: str, address: str = "") -> tuple[str, ...]:
    """One row: what is asked, the figure, its mark, its days, the papers it comes from, the address of its query."""
    sources = dict.fromkeys(record.source for record in fact.records if record.source)
    return (
        fact.label.in_(language),
        value_words(fact, language),
        mark_words(fact.mark, language),
        span_words(fact.as_of, language),
        "; ".join(sources),
        address,
    )


def _foot(story: Story, language: str, on: date) -> str:
    what, days = sheet_about(story, language)[1]
    return f"{what}: {days} · {day_words(on, language)}"
