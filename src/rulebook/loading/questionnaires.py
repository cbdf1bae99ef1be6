"""law/questionnaires/*.yaml → Questionnaire. Also from its frozen plain form, to equality. Every problem at once."""

from collections.abc import Collection
from pathlib import Path
from typing import Any

from rulebook.loading.book import LEVELS
from rulebook.loading.common import GROUND, read_ground, read_text, read_texts
from rulebook.loading.standards import digest, read_id
from rulebook.loading.tree import Node, read_tree
from rulebook.problems import Bad, Problem, Problems
from rulebook.questionnaire import Counts, Number, Option, Question, Questionnaire

_NUMBERS = ("posting", "grace_hours", "withheld_below")
_REQUIRED = (
    *("questionnaire", "version", "name", "levels", "standards", "options", "questions"),
    *(*GROUND, *_NUMBERS),
)


def read_questionnaires(
    folder: Path, standards: Collection[str] | None = None
) -> tuple[dict[str, Questionnaire], dict[str, dict[str, Any]]]:
    """Every questionnaire of a law folder by id, and the plain form of each to freeze. Raises Bad with every problem.

    standards: the ids that may be named; None to leave that unchecked.
    """
    problems = Problems()
    found: dict[str, Questionnaire] = {}
    frozen: dict[str, dict[str, Any]] = {}
    for path in sorted((folder / "questionnaires").glob("*.yaml")):
        with problems.catching():
            node = read_tree(path, str(path.relative_to(folder.parent)))
            made = read_questionnaire(node)
            if made.id in found:
                raise node.bad(f"hai phiếu cùng mã “{made.id}”", "mã là duy nhất", "Đổi một mã.")
            for named in made.standards if standards is not None else ():
                if named not in (standards or ()):
                    raise node.entries()["standards"].bad(
                        f"không có bộ tiêu chí “{named}”",
                        "phiếu hỏi về một danh hiệu có thật",
                        "Sửa mã, hoặc bỏ đi.",
                    )
            found[made.id], frozen[made.id] = made, node.plain()
    problems.raise_if_any()
    return found, frozen


def thaw(frozen: dict[str, Any]) -> Questionnaire:
    """A questionnaire from its frozen plain form, to equality."""
    return read_questionnaire(Node.from_plain(frozen, str(frozen.get("questionnaire", "?"))))


def read_questionnaire(node: Node) -> Questionnaire:
    """One file. Raises Bad with every problem."""
    fields = node.mapping(required=_REQUIRED, optional=("note",))
    problems = Problems()
    options: dict[str, Option] = {}
    for item in fields["options"].items():
        with problems.catching():
            _once(item, made := _read_option(item), options)
            options[made.code] = made
    questions: dict[str, Question] = {}
    for item in fields["questions"].items():
        with problems.catching():
            _once(item, asked := _read_question(item), questions)
            questions[asked.code] = asked
    for key, held, what in (("options", options, "lựa chọn"), ("questions", questions, "câu hỏi")):
        with problems.catching():
            if not held:
                raise fields[key].bad(f"phiếu không có {what} nào", "phải có để trả lời", "Thêm vào.")
    with problems.catching():
        kinds = {each.counts for each in options.values()}
        if options and not {Counts.SATISFIED, Counts.ANSWERED} <= kinds:
            raise fields["options"].bad(
                "thiếu lựa chọn hài lòng hoặc không hài lòng",
                "tỷ lệ hài lòng cần cả hai phía",
                "Thêm một lựa chọn counts: satisfied và một lựa chọn counts: answered.",
            )
    problems.raise_if_any()
    posting, grace_hours, withheld_below = (_read_number(fields[key]) for key in _NUMBERS)
    return Questionnaire(
        read_id(fields["questionnaire"]),
        fields["version"].text(),
        read_text(fields["name"]),
        tuple(item.one_of(tuple(sorted(LEVELS))) for item in fields["levels"].items()),
        read_texts(fields["standards"]),
        read_ground(fields),
        tuple(options.values()),
        tuple(questions.values()),
        posting,
        grace_hours,
        withheld_below,
        digest(node.plain()),
    )


def _once(item: Node, made: Option | Question, held: Collection[str]) -> None:
    if made.code in held:
        raise item.bad(f"“{made.code}” khai hai lần", "mã là duy nhất", "Đổi mã hoặc bỏ một mục.")


def _read_option(item: Node) -> Option:
    fields = item.mapping(required=("code", "name", "counts"))
    counts = Counts(fields["counts"].one_of(tuple(Counts)))
    return Option(fields["code"].text(), read_text(fields["name"]), counts)


def _read_question(item: Node) -> Question:
    fields = item.mapping(required=("code", "text"))
    return Question(fields["code"].text(), read_text(fields["text"]))


def _read_number(node: Node) -> Number:
    fields = node.mapping(required=("number", *GROUND), optional=("note",))
    return Number(fields["number"].whole(), read_ground(fields))


def check_questionnaires(folder: Path, standards: Collection[str]) -> tuple[int, list[Problem]]:
    """How many there are, and every problem: for the command line."""
    try:
        return len(read_questionnaires(folder, standards)[0]), []
    except Bad as bad:
        return 0, list(bad.problems)
