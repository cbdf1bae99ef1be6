"""Vietnamese on a page in another language is marked as such, and what is marked stays text."""

import pytest
from django.utils import translation
from django.utils.html import strip_tags

from chungtay.ui.quoting import marked, quoted, sentence

EVIL = "<script>alert('Cốc')</script>"


def runs(text: str) -> list[str]:
    """What `marked` marks on an English page."""
    with translation.override("en"):
        return [piece.partition("</span>")[0] for piece in marked(text).split('<span lang="vi">')[1:]]


def test_a_vietnamese_page_marks_nothing() -> None:
    with translation.override("vi"):
        assert (quoted("Sổ thu"), marked("Sổ thu & chi")) == ("Sổ thu", "Sổ thu & chi")


def test_a_quotation_is_marked_whole_and_nothing_is_marked_where_nothing_is() -> None:
    with translation.override("en"):
        assert quoted("Bao cao nam") == '<span lang="vi">Bao cao nam</span>'
        assert quoted("") == ""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Nothing of it.", []),
        ("Found for Phú Yên and Vĩnh Phúc.", ["Phú Yên", "Vĩnh Phúc"]),
        ("Expressed as “Không” (none).", ["Không"]),
        ("Our reading: “sổ sức khỏe điện tử” is one.", ["sổ sức khỏe điện tử"]),
        (
            "Quyết định ban hành bộ tiêu chí (number not known), criterion 1",
            ["Quyết định ban hành bộ tiêu chí"],
        ),
        ("Article 4, 18/2022/QĐ-TTg", []),  # the number of a document
        ("Sổ một. Đường hai", ["Sổ một", "Đường"]),
    ],
)
def test_runs_of_vietnamese_in_english_prose_are_marked(text: str, expected: list[str]) -> None:
    assert runs(text) == expected


@pytest.mark.parametrize("language", ["vi", "en"])
def test_hostile_words_stay_words(language: str) -> None:
    with translation.override(language):
        told = sentence("Nguồn: %(source)s (%(raw)s)", source=quoted(EVIL), raw=EVIL)
    assert "<script" not in told
    assert "script" in strip_tags(told)
    with translation.override("en"):
        assert "<script" not in marked(EVIL)
        assert "<script" not in quoted(EVIL)
