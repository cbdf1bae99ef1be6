"""Hostile files: nothing is constructed or run, limits hold, and the answer is a sentence with file and line."""

import time
from pathlib import Path

import pytest

from rulebook import Bad, Problem, parse_tree, read_tree
from rulebook.loading.tree import MAX_BYTES, MAX_DEPTH


def refused(content: bytes) -> Problem:
    with pytest.raises(Bad) as error:
        parse_tree(content, "a.yaml")
    (problem,) = error.value.problems
    assert problem.file == "a.yaml"
    assert problem.what and problem.why and problem.mend
    return problem


BOMB = b"a: &a [x, x, x]\nb: &b [*a, *a, *a]\nc: [*b, *b, *b]\n"

HOSTILE = [
    # content, what, line
    (BOMB, "có neo hoặc bí danh", 1),
    (b"a: 1\nb: *nowhere\n", "có neo hoặc bí danh", 2),
    (b"a: 1\nb: &x 2\n", "có neo hoặc bí danh", 2),
    (b"a: 1\nb: !!python/object/apply:os.system [ls]\n", "có nhãn kiểu", 2),
    (b"!!python/object:os.system {}\n", "có nhãn kiểu", 1),
    (b"a: !!int 3\n", "có nhãn kiểu", 1),
    (b"a: !own 3\n", "có nhãn kiểu", 1),
    (b"a: 1\n<<: {b: 2}\n", "khóa gộp", 2),
    (b"a: 1\na: 2\n", "khóa “a” viết hai lần".encode().decode(), 2),
    (b"[a]: 1\n", "khóa không phải là chữ", 1),
    (b"? {a: b}\n: 1\n", "khóa không phải là chữ", 1),
    (b"a: 1\n---\nb: 2\n", "hai tài liệu", 2),
    (b"", "tệp trống", 0),
    (b"# only a comment\n", "tệp trống", 0),
    (b"\xef\xbb\xbf", "tệp trống", 0),
    (b"a: 1\nb: \xff\xfe\n", "không phải UTF-8", 2),
    ("a: tiếng Việt\n".encode("utf-16"), "không phải UTF-8", 1),
    ("a: Đà\n".encode("cp1258"), "không phải UTF-8", 1),
    (b"a: 1\nb: \x00\n", "YAML không đọc được", 2),
    (b"a: 1\n\nb: \x1b[31m\n", "YAML không đọc được", 3),
    (b"\x89PNG\r\n\x1a\n\x00\x00", "không phải UTF-8", 1),
    (b"a: [1, 2\nb: 3\n", "YAML viết sai", 2),
    (b"a: 'open\n", "YAML viết sai", 2),
    (b"a: 1\n\tb: 2\n", "YAML viết sai", 2),
    (b"a: b: c\n", "YAML viết sai", 1),
    (b"%YAML 9.9\n---\na: 1\n", "YAML viết sai", 1),
    (b"[" * 10_000, f"lồng quá {MAX_DEPTH} tầng", 1),
    (b"{a: " * 10_000, f"lồng quá {MAX_DEPTH} tầng", 1),
    (b"\n".join(b" " * n + b"a:" for n in range(10_000)), f"lồng quá {MAX_DEPTH} tầng", 42),
    (b"- " * 10_000, f"lồng quá {MAX_DEPTH} tầng", 1),
]


@pytest.mark.parametrize(("content", "what", "line"), HOSTILE, ids=[repr(c[:30]) for c, _, _ in HOSTILE])
def test_it_is_refused_by_a_sentence(content: bytes, what: str, line: int) -> None:
    problem = refused(content)
    assert what in problem.what
    assert (
        abs(problem.line - line) <= 1
        if "sai" in problem.what or "lồng" in problem.what
        else problem.line == line
    )


def test_too_many_items_are_refused() -> None:
    assert "quá 300,000 mục" in refused(b"[" + b"a," * 400_000 + b"]").what


def test_a_file_of_100_mb_is_refused_unread(tmp_path: Path) -> None:
    huge = tmp_path / "huge.yaml"
    with huge.open("wb") as file:
        file.truncate(100_000_000)  # sparse
    begun = time.monotonic()
    with pytest.raises(Bad, match=r"tệp quá lớn \(100 MB\)"):
        read_tree(huge)
    assert time.monotonic() - begun < 1


def test_the_largest_file_allowed_is_read(tmp_path: Path) -> None:
    file = tmp_path / "large.yaml"
    file.write_bytes(b"a: '" + b"x" * (MAX_BYTES - 6) + b"'\n")
    assert len(read_tree(file).entries()["a"].text()) == MAX_BYTES - 6


@pytest.mark.parametrize("make", ["folder", "missing", "long name", "loop"])
def test_what_is_not_a_file_is_refused(tmp_path: Path, make: str) -> None:
    path = tmp_path / ("x" * 300 if make == "long name" else "it.yaml")
    if make == "folder":
        path.mkdir()
    if make == "loop":
        path.symlink_to(path)
    with pytest.raises(Bad, match=r"không phải là một tệp|không đọc được tệp"):
        read_tree(path)


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    import os

    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(Bad, match="không phải là một tệp"):
        read_tree(tmp_path / "pipe")


def test_every_scalar_stays_the_text_that_was_written() -> None:
    tree = parse_tree(b"{a: 1.10, b: yes, c: 2022-01-01, d: 0x1F, e: null, f: ~, g: 1_000}", "a.yaml")
    assert tree.plain() == {
        "a": "1.10", "b": "yes", "c": "2022-01-01", "d": "0x1F", "e": "null", "f": "~", "g": "1_000",
    }  # fmt: skip


def test_lines_are_counted_from_one() -> None:
    tree = parse_tree("\ufeff# lời\n\na:\n  - b: 1\n".encode(), "a.yaml")
    assert tree.entries()["a"].items()[0].entries()["b"].line == 4
