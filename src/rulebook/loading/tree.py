"""A YAML file as a tree of nodes with line numbers. Nothing is constructed or run, and limits hold throughout.

Anchors, aliases, tags and merge keys are refused, so a file cannot grow when read ("YAML bomb"), and every scalar
stays the text that was written until the schema says what it is.
"""

import difflib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import yaml

from rulebook.problems import Bad, Problem
from viet.numbers import format_number

MAX_BYTES = 2_000_000
MAX_DEPTH = 40
MAX_NODES = 300_000
_FEW = 40  # choices that a sentence can list

_CONTROL = re.compile(r"[^\t\r\n\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True)
class Node:
    """A scalar (str), a list (list of Node) or a mapping (dict of str to Node), with its file and line."""

    value: "str | list[Node] | dict[str, Node]"
    file: str
    line: int

    # --- complaints ---

    def bad(self, what: str, why: str, mend: str) -> Bad:
        return Bad(Problem(self.file, self.line, what, why, mend))

    # --- mappings ---

    def mapping(self, *, required: tuple[str, ...] = (), optional: tuple[str, ...] = ()) -> "dict[str, Node]":
        """The node as a mapping with these keys and no others."""
        if not isinstance(self.value, dict):
            keys = ", ".join(required or optional)
            raise self.bad(
                "chỗ này phải là các mục “khóa: giá trị”", "đang là giá trị khác", f"Viết các mục: {keys}."
            )
        known = required + optional
        for key, node in self.value.items():
            if key not in known:
                close = difflib.get_close_matches(key, known, 1)
                hint = f"Có phải “{close[0]}”? " if close else ""
                raise node.bad(
                    f"mục “{key}” không có trong mẫu",
                    "mẫu chỉ có các mục đã nêu trong law/README.md",
                    f"{hint}Các mục được dùng ở đây: {', '.join(known)}.",
                )
        for key in required:
            if key not in self.value:
                raise self.bad(f"thiếu mục “{key}”", "mục này bắt buộc", f"Thêm “{key}: …”.")
        return self.value

    def entries(self) -> "dict[str, Node]":
        """The node as a mapping with any keys."""
        if not isinstance(self.value, dict):
            raise self.bad(
                "chỗ này phải là các mục “khóa: giá trị”", "đang là giá trị khác", "Viết mỗi mục một dòng."
            )
        return self.value

    def items(self) -> "list[Node]":
        """The node as a list."""
        if not isinstance(self.value, list):
            raise self.bad(
                "chỗ này phải là một danh sách", "đang là giá trị khác", "Viết mỗi phần tử sau dấu “- ”."
            )
        return self.value

    # --- scalars ---

    def text(self) -> str:
        """The scalar as written; empty is refused."""
        if not isinstance(self.value, str):
            raise self.bad(
                "chỗ này phải là một dòng chữ",
                "đang là danh sách hoặc các mục con",
                "Viết giá trị trên một dòng.",
            )
        if not self.value.strip():
            raise self.bad(
                "giá trị bỏ trống",
                "bỏ trống không nói được là không biết hay bằng 0",
                "Viết giá trị, hoặc unknown nếu chưa biết.",
            )
        return self.value.strip()

    def one_of(self, choices: tuple[str, ...]) -> str:
        text = self.text()
        if text not in choices:
            close = difflib.get_close_matches(text, choices, 3)
            hint = f"Có phải “{'” hay “'.join(close)}”? " if close else ""
            few = f"Chọn một trong: {', '.join(choices)}." if len(choices) <= _FEW else ""
            raise self.bad(
                f"“{text[:60]}” không dùng được ở đây",
                "giá trị phải nằm trong danh sách cho trước",
                f"{hint}{few}".strip() or f"Xem danh sách {len(choices)} mã trong thư mục luật.",
            )
        return text

    def number(self) -> Decimal:
        """A plain exact number, dot as decimal mark."""
        text = self.text()
        if not re.fullmatch(r"-?[0-9]{1,18}(\.[0-9]{1,9})?", text):
            raise self.bad(
                f"“{text[:60]}” không phải là một con số viết đúng mẫu",
                "số trong tệp luật viết liền, dấu chấm thập phân, không dấu nhóm",
                "Viết như 70.2 hoặc 1234; chưa biết thì viết unknown.",
            )
        return Decimal(text)

    def whole(self, low: int = 0) -> int:
        number = self.number()
        if number != int(number) or number < low:
            raise self.bad(
                f"“{number}” phải là số nguyên từ {low} trở lên", "đây là số đếm", "Viết một số nguyên."
            )
        return int(number)

    def flag(self) -> bool:
        return self.one_of(("true", "false")) == "true"

    def day(self) -> date:
        text = self.text()
        try:
            if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
                raise ValueError(text)
            return date.fromisoformat(text)
        except ValueError:
            raise self.bad(
                f"“{text[:40]}” không phải là một ngày",
                "ngày trong tệp viết năm-tháng-ngày",
                "Viết như 2022-03-08.",
            ) from None

    def plain(self) -> Any:
        """The node as JSON-ready dicts, lists and texts: what is frozen and digested."""
        if isinstance(self.value, dict):
            return {key: node.plain() for key, node in self.value.items()}
        if isinstance(self.value, list):
            return [node.plain() for node in self.value]
        return self.value

    @classmethod
    def from_plain(cls, plain: Any, file: str) -> "Node":
        """The tree of what `plain` wrote; lines are lost."""
        if isinstance(plain, dict):
            return cls({str(key): cls.from_plain(value, file) for key, value in plain.items()}, file, 0)
        if isinstance(plain, list):
            return cls([cls.from_plain(value, file) for value in plain], file, 0)
        return cls(str(plain), file, 0)


def read_tree(path: Path, shown_as: str = "") -> Node:
    """The tree of one YAML file. Raises Bad with file, line, what, why and how to mend."""
    file = shown_as or str(path)
    try:
        size = path.stat().st_size
        if not path.is_file():
            raise _whole(file, "đây không phải là một tệp", "cần một tệp YAML", "Chỉ đúng đường dẫn đến tệp.")
        if size > MAX_BYTES:
            raise _whole(
                file,
                f"tệp quá lớn ({_megabytes(size)} MB)",
                f"giới hạn là {_megabytes(MAX_BYTES)} MB",
                "Tách tệp, hoặc xem lại có nhầm tệp không.",
            )
        content = path.read_bytes()
    except OSError as error:
        raise _whole(file, "không đọc được tệp", _why_not(error), "Xem lại đường dẫn và quyền đọc.") from None
    return parse_tree(content, file)


def _megabytes(size: int) -> str:
    return format_number(Fraction(size, 1_000_000), 1)


def _why_not(error: OSError) -> str:
    """The system's own reason, in Vietnamese where it is a usual one."""
    usual = {FileNotFoundError: "không có tệp này", PermissionError: "không có quyền đọc tệp này"}
    return usual.get(type(error), error.strerror or str(error))


def parse_tree(content: bytes, file: str) -> Node:
    """The tree of YAML text in UTF-8, under the same limits."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise Bad(
            Problem(
                file,
                line,
                "tệp không phải UTF-8",
                "tệp lưu bằng bảng mã khác hoặc không phải văn bản",
                "Lưu lại tệp với bảng mã UTF-8.",
            )
        ) from None
    try:
        return _build(yaml.parse(text, Loader=_Loader), file)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 0
        raise Bad(
            Problem(
                file,
                line,
                "YAML viết sai",
                f"{error.problem or error.context}",
                "Xem lại thụt đầu dòng, dấu hai chấm và dấu ngoặc ở dòng này.",
            )
        ) from None
    except yaml.YAMLError:
        lines = [number for number, line in enumerate(text.split("\n"), 1) if _CONTROL.search(line)]
        raise Bad(
            Problem(
                file,
                lines[0] if lines else 0,
                "YAML không đọc được",
                "có ký tự không được phép",
                "Xóa các ký tự điều khiển.",
            )
        ) from None


def _whole(file: str, what: str, why: str, mend: str) -> Bad:
    return Bad(Problem(file, 0, what, why, mend))


def _line(event: Any) -> int:
    """1-based line on which an event begins."""
    return int(event.start_mark.line) + 1 if event.start_mark else 0


def _build(events: Iterator[Any], file: str) -> Node:
    """The tree of libyaml's event stream; iterative, so depth cannot exhaust the stack."""
    root: Node | None = None
    stack: list[tuple[Node, Node | None]] = []  # (container, key waiting for its value)
    documents = 0

    def here(event: Any, what: str, why: str, mend: str) -> Bad:
        return Bad(Problem(file, _line(event), what, why, mend))

    def place(node: Node, event: Any) -> None:
        nonlocal root
        if not stack:
            root = node
            return
        container, key = stack[-1]
        if isinstance(container.value, list):
            container.value.append(node)
        elif isinstance(container.value, str):
            raise TypeError("a scalar holds nothing")
        elif key is None:
            if not isinstance(node.value, str):
                raise here(
                    event, "khóa không phải là chữ", "khóa phải là một dòng chữ", "Viết “khóa: giá trị”."
                )
            if node.value in container.value:
                raise here(
                    event, f"khóa “{node.value}” viết hai lần", "không biết lấy giá trị nào", "Bỏ một dòng."
                )
            if node.value == "<<":
                raise here(
                    event, "khóa gộp “<<”", "nội dung phải viết đủ tại chỗ", "Chép lại nội dung cần dùng."
                )
            stack[-1] = (container, node)
        else:
            container.value[str(key.value)] = node
            stack[-1] = (container, None)

    for nodes, event in enumerate(events):
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise here(
                event,
                "có neo hoặc bí danh (& hay *)",
                "tệp có thể phình ra khi đọc",
                "Viết đủ nội dung tại chỗ, không dùng & và *.",
            )
        if getattr(event, "tag", None) not in (None, "!"):
            raise here(
                event,
                f"có nhãn kiểu “{event.tag}”",
                "bộ tiêu chí chỉ là dữ liệu, không chạy mã",
                "Bỏ nhãn bắt đầu bằng “!”.",
            )
        if isinstance(event, yaml.DocumentStartEvent):
            documents += 1
            if documents > 1:
                raise here(event, "tệp có hai tài liệu (---)", "mỗi tệp một tài liệu", "Tách thành hai tệp.")
        elif isinstance(event, yaml.ScalarEvent):
            place(Node(event.value, file, _line(event)), event)
        elif isinstance(event, yaml.SequenceStartEvent | yaml.MappingStartEvent):
            value: list[Node] | dict[str, Node] = [] if isinstance(event, yaml.SequenceStartEvent) else {}
            node = Node(value, file, _line(event))
            place(node, event)
            stack.append((node, None))
            if len(stack) > MAX_DEPTH:
                raise here(
                    event, f"lồng quá {MAX_DEPTH} tầng", "không mẫu nào cần sâu thế", "Xem lại thụt đầu dòng."
                )
        elif isinstance(event, yaml.SequenceEndEvent | yaml.MappingEndEvent):
            stack.pop()
        if nodes > MAX_NODES:
            raise here(event, f"tệp có quá {MAX_NODES:,} mục", "tệp quá lớn để là bộ tiêu chí", "Tách tệp.")
    if root is None:
        raise _whole(
            file, "tệp trống", "không có nội dung để đọc", "Viết nội dung theo mẫu trong law/README.md."
        )
    return root
