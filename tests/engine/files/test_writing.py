"""Plain trees written as YAML come back as they were, whatever a person typed."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rulebook import parse_tree, read_tree
from rulebook.loading.writing import write_yaml

LAW = Path(__file__).parents[3] / "law"
PRINTABLE = st.text(
    st.characters(
        codec="utf-8", exclude_categories=("Cc", "Cs", "Cn"), exclude_characters="\x85\u2028\u2029\ufeff"
    )
)
TREES = st.dictionaries(
    st.from_regex(r"[a-z_]{1,12}", fullmatch=True),
    st.recursive(
        PRINTABLE,
        lambda below: (
            st.lists(below, max_size=4)
            | st.dictionaries(st.from_regex(r"[a-z_]{1,8}", fullmatch=True), below, max_size=4)
        ),
        max_leaves=12,
    ),
    min_size=1,
)


def again(plain: object) -> object:
    return parse_tree(write_yaml(plain).encode(), "x").plain()


def test_every_file_of_the_law_is_written_and_read_back_as_it_is() -> None:
    paths = sorted(LAW.rglob("*.yaml"))
    assert len(paths) > 200
    for path in paths:
        plain = read_tree(path).plain()
        assert again(plain) == plain, path


@given(TREES)
def test_whatever_was_typed_comes_back(plain: dict[str, object]) -> None:
    assert again(plain) == plain


@pytest.mark.parametrize(
    "text",
    [
        *(
            "",
            "!",
            "&",
            "*",
            " a ",
            "a: b",
            "- x",
            "null",
            "~",
            "yes",
            "no",
            "1.10",
            "0x1f",
            "1e3",
            "2022-01-01",
            "# x",
            "!tag",
        ),
        *("&a", "*a", "<<", "%", "@a", "{a}", "[a]", "'", '"', "a\\n", "a\nb", "a\n\nb\n", "🙂", "x" * 300),
    ],
)
def test_what_yaml_would_take_for_something_else_stays_a_text(text: str) -> None:
    assert again({"k": text, "l": [text]}) == {"k": text, "l": [text]}


def test_what_is_written_looks_like_the_law() -> None:
    plain = read_tree(LAW / "provinces/19/smart-hamlet/criteria/03-an-ninh-trat-tu-thong-minh.yaml").plain()
    text = write_yaml(plain, comment="Từ Chung Tay")
    assert text.startswith(
        '# Từ Chung Tay\ncriterion: "3"\nname: {vi: An ninh trật tự thông minh, en: Smart security}\n'
    )
    assert "rule: {compare: {measure: security_cameras, at_least: 5}}" in text
