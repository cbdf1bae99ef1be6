"""What a person has chosen so far, as JSON, and what it makes of the guesses."""

from collections.abc import Mapping as Names
from dataclasses import dataclass, field, replace
from typing import Any

from chungtay.standards.annex import Answers, Mapping, Role, Table, guess
from rulebook.rules import Op


@dataclass(frozen=True)
class Choices:
    """table: which one, None until chosen. apart: tables that look cut by a page break are kept apart.

    columns: (role, key) by column, None where the guess stands. header, unsigned, part: None where the guess stands.
    """

    table: int | None = None
    apart: bool = False
    columns: tuple[tuple[str, str] | None, ...] = ()
    header: int | None = None
    unsigned: str = ""
    part: str | None = None
    answers: Answers = field(default_factory=Answers)

    def mapping(self, table: Table, regions: Names[str, str]) -> Mapping:
        """The guess with what the person changed; a changed header is guessed from anew."""
        mapping = guess(table, regions, header=self.header)
        for at, chosen in enumerate(self.columns[: table.width]):
            if chosen and chosen != (mapping.columns[at].role, mapping.columns[at].key):
                mapping = mapping.changed(at, Role(chosen[0]), chosen[1])
        return replace(
            mapping,
            unsigned=Op(self.unsigned) if self.unsigned else None,
            part=mapping.part if self.part is None else self.part,
        )


def plain_choices(choices: Choices) -> dict[str, Any]:
    answers = choices.answers
    return {
        "table": choices.table,
        "apart": choices.apart,
        "columns": [list(each) if each else None for each in choices.columns],
        "header": choices.header,
        "unsigned": choices.unsigned,
        "part": choices.part,
        "measures": [[row, list(codes)] for row, codes in answers.measures.items()],
        "typed": [[row, column, words] for (row, column), words in answers.typed.items()],
        "left_out": sorted(answers.left_out),
    }


def read_choices(plain: dict[str, Any]) -> Choices:
    if not plain:
        return Choices()
    return Choices(
        table=plain["table"],
        apart=plain["apart"],
        columns=tuple((each[0], each[1]) if each else None for each in plain["columns"]),
        header=plain["header"],
        unsigned=plain["unsigned"],
        part=plain["part"],
        answers=Answers(
            measures={row: tuple(codes) for row, codes in plain["measures"]},
            typed={(row, column): words for row, column, words in plain["typed"]},
            left_out=frozenset(plain["left_out"]),
        ),
    )
