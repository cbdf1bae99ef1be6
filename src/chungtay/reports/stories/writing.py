"""A story as an article: hand-written sentences chosen by what is known. Pure; no word is made up, no figure either.

Every figure, day and name of a record is a piece that bears the code of its fact; other pieces hold no digit.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from chungtay.reports.stories.facts import Fact, Story, weakest
from chungtay.reports.stories.sentences import (
    HEADLINES,
    MARK_CLOSES,
    NOTHING,
    PARTS,
    UNKNOWN,
    UNKNOWN_LEAD,
    Say,
)
from chungtay.reports.stories.wording import mark_words, span_words, value_words
from rulebook import Mark, Text

_SLOT: Final = re.compile(r"\{(?P<no>!?)(?P<code>[\w~-]+)(?::(?P<part>when))?(?:\|(?P<words>[^}]*))?\}")
_MADE_UP: Final = {Mark.RECONSTRUCTED, Mark.SIMULATED}


@dataclass(frozen=True)
class Piece:
    """Some words. code: the fact they tell, "" for those of the sentence.

    is_figure: the value itself, not its days. is_vietnamese: in the words of a record, whatever the article's language.
    """

    text: str
    code: str = ""
    is_figure: bool = False
    is_vietnamese: bool = False


Line = tuple[Piece, ...]


@dataclass(frozen=True)
class Section:
    """heading: "" for the lead. items: what is not known, each the name of a fact."""

    heading: str
    paragraphs: tuple[Line, ...]
    items: Line = ()


@dataclass(frozen=True)
class Article:
    language: str
    headline: Line
    sections: tuple[Section, ...]

    @property
    def codes(self) -> tuple[str, ...]:
        """The facts told, in the order in which they are first told; those named as unknown last."""
        told = (piece.code for line in self._lines() for piece in line if piece.code)
        return tuple(dict.fromkeys(told))

    def _lines(self) -> Iterator[Line]:
        yield self.headline
        for section in self.sections:
            yield from section.paragraphs
            yield section.items


def write(story: Story, language: str) -> Article:
    """The article of a story, in "vi" or "en"."""
    desk = _Desk(story, language)
    sections = [
        Section(part.heading.in_(language), desk.paragraphs(part.paragraphs) or (_plain(NOTHING, language),))
        for part in PARTS
    ]
    names = tuple(Piece(fact.label.in_(language), fact.code) for fact in story.missing)
    if names:
        sections.append(Section(UNKNOWN.in_(language), (_plain(UNKNOWN_LEAD, language),), names))
    return Article(language, desk.headline(), tuple(sections))


class _Desk:
    """Fills sentences with the facts of one story."""

    def __init__(self, story: Story, language: str) -> None:
        self.facts = story.by_code
        self.language = language
        self.stems: dict[str, list[str]] = {}
        for fact in story.facts:
            held = self.stems.setdefault(fact.family, [])
            if fact.stem and fact.stem not in held:
                held.append(fact.stem)

    def headline(self) -> Line:
        """Without marks: what it tells is told again below, with them. So nothing put together again stands in it."""
        lines = (line for said in HEADLINES for line in self._of_run((said,)))
        return next(_capital(line) for line in lines if not _MADE_UP & set(self._marks(line)))

    def paragraphs(self, asked: tuple[tuple[Say, ...], ...]) -> tuple[Line, ...]:
        return tuple(line for each in asked if (line := self._paragraph(each)))

    def _paragraph(self, asked: tuple[Say, ...]) -> Line:
        """Sentences in their order, those of one title or work together."""
        lines = [line for run in _runs(asked) for line in self._of_run(run)]
        marks = {mark for line in lines for mark in self._marks(line)}
        if len(marks) > 1:
            lines = [self._marked(line) for line in lines]
        elif weakest(marks) not in (None, Mark.MEASURED):
            lines.append(_plain(MARK_CLOSES[marks.pop()], self.language))
        return _joined([_capital(line) for line in lines])

    def _of_run(self, run: tuple[Say, ...]) -> list[Line]:
        family = run[0].each
        stems = self.stems.get(family, []) if family else [""]
        return [line for stem in stems for said in run for line in self._alternative(said, stem)]

    def _alternative(self, said: Say, stem: str) -> Iterator[Line]:
        """The first alternative whose facts are all known, or nothing."""
        for each in said.alternatives:
            line = self._filled(each.in_(self.language), stem)
            if line is not None:
                yield line
                return

    def _filled(self, template: str, stem: str) -> Line | None:
        pieces: list[Piece] = []
        reached = 0
        for slot in _SLOT.finditer(template):
            pieces.append(Piece(template[reached : slot.start()]))
            reached = slot.end()
            fact = self.facts.get(slot["code"].replace("~", f"{stem}-"))
            piece = self._piece(fact, slot) if fact is not None else None
            if piece is None:
                return None
            pieces.append(piece)
        return tuple(piece for piece in (*pieces, Piece(template[reached:])) if piece.text)

    def _piece(self, fact: Fact, slot: re.Match[str]) -> Piece | None:
        if fact.value is None:
            return None
        if slot["words"] is not None:
            return (
                Piece(slot["words"], fact.code, is_figure=True)
                if fact.value is not bool(slot["no"])
                else None
            )
        if slot["part"]:
            words = span_words(fact.as_of, self.language)
            return Piece(words, fact.code) if words else None
        foreign = isinstance(fact.value, str) and self.language != "vi"
        return Piece(value_words(fact, self.language), fact.code, is_figure=True, is_vietnamese=foreign)

    def _marks(self, line: Line) -> list[Mark]:
        found = (self.facts[piece.code].mark for piece in line if piece.is_figure)
        return [mark for mark in found if mark is not None]

    def _marked(self, line: Line) -> Line:
        """A sentence with its mark in words: once where all its figures have one, else after each figure."""
        marks = set(self._marks(line))
        if not marks - {Mark.MEASURED}:
            return line
        if len(marks) == 1:
            said = f" ({mark_words(next(iter(marks)), self.language)})"
            return (*line[:-1], Piece(line[-1].text.removesuffix(".") + said + "."))
        pieces: list[Piece] = []
        for piece in line:
            pieces.append(piece)
            mark = self.facts[piece.code].mark if piece.is_figure else None
            if mark is not None and mark is not Mark.MEASURED:
                pieces.append(Piece(f" ({mark_words(mark, self.language)})"))
        return tuple(pieces)


def _runs(asked: tuple[Say, ...]) -> Iterator[tuple[Say, ...]]:
    """Neighbouring sentences of one family together."""
    run: list[Say] = []
    for said in asked:
        if run and (said.each != run[-1].each or not said.each):
            yield tuple(run)
            run = []
        run.append(said)
    if run:
        yield tuple(run)


def _plain(text: Text, language: str) -> Line:
    return (Piece(text.in_(language)),)


def _capital(line: Line) -> Line:
    """The line with a great letter first."""
    first = line[0]
    text = first.text[:1].upper() + first.text[1:]
    return (Piece(text, first.code, first.is_figure, first.is_vietnamese), *line[1:])


def _joined(lines: list[Line]) -> Line:
    pieces: list[Piece] = []
    for line in lines:
        if pieces:
            pieces.append(Piece(" "))
        pieces.extend(line)
    return tuple(pieces)
