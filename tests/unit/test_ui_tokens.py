"""The colours, sizes and style sheets hold what the design promises."""

import re
from itertools import product
from pathlib import Path

import pytest

UI = Path(__file__).parents[2] / "src" / "chungtay" / "ui"
TOKENS = (UI / "static/ui/tokens.css").read_text(encoding="utf-8")
COLOURS = {
    name: (day, night)
    for name, day, night in re.findall(
        r"--([a-z-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)", TOKENS, re.IGNORECASE
    )
}

GROUNDS = ["paper", "paper-raised", "paper-sunk", "tea-wash"]
TEXT_PAIRS = [
    *product(["ink", "ink-quiet", "green", "terracotta", "slate"], GROUNDS),
    ("on-green", "green-fill"),
    ("on-green", "green-fill-over"),
    ("ink", "green-wash"),
    ("green", "green-wash"),
    ("ink", "terracotta-wash"),
    ("terracotta", "terracotta-wash"),
    ("green", "terracotta-wash"),
    ("ink", "amber-wash"),
    ("amber", "amber-wash"),
    *product(["ink", "slate"], ["slate-wash", "slate-hatch"]),
]
LINE_PAIRS = [("line-strong", ground) for ground in GROUNDS] + [("focus", ground) for ground in GROUNDS]


def luminance(colour: str) -> float:
    parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_contrast_is_computed_as_the_guideline_says() -> None:
    assert round(contrast("#ffffff", "#000000"), 2) == 21
    assert round(contrast("#ffffff", "#767676"), 2) == 4.54


@pytest.mark.parametrize("scheme", [0, 1], ids=["day", "night"])
@pytest.mark.parametrize(("text", "ground"), TEXT_PAIRS)
def test_text_can_be_read(text: str, ground: str, scheme: int) -> None:
    assert contrast(COLOURS[text][scheme], COLOURS[ground][scheme]) >= 4.5


@pytest.mark.parametrize("scheme", [0, 1], ids=["day", "night"])
@pytest.mark.parametrize(("line", "ground"), LINE_PAIRS)
def test_edges_of_fields_and_the_focus_ring_can_be_seen(line: str, ground: str, scheme: int) -> None:
    assert contrast(COLOURS[line][scheme], COLOURS[ground][scheme]) >= 3


def test_every_token_that_is_used_is_there() -> None:
    sheets = "".join(path.read_text(encoding="utf-8") for path in (UI / "static/ui").glob("*.css"))
    used = set(re.findall(r"var\(--([a-z0-9-]+)", sheets))
    given = set(re.findall(r"--([a-z0-9-]+):", sheets))
    assert used <= given, used - given


def test_the_focus_ring_is_never_taken_away() -> None:
    for path in (UI / "static/ui").glob("*.css"):
        rules = re.findall(r"([^{}]+)\{[^{}]*outline:\s*(?:none|0)", path.read_text(encoding="utf-8"))
        assert [rule.strip() for rule in rules] in ([], ["main:focus"]), path.name


def test_fonts_are_small_and_carry_their_licence() -> None:
    fonts = UI / "static/ui/fonts"
    assert "SIL Open Font License" in (fonts / "OFL.txt").read_text(encoding="utf-8")
    sizes = [path.stat().st_size for path in fonts.glob("*.woff2")]
    assert len(sizes) == 2
    assert sum(sizes) < 26_000
