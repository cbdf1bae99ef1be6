"""Names as people write them: cleaned, and split into the kind and the name proper."""

import re
import unicodedata

from viet.letters import fold, sort_key

MAX_NAME = 120  # characters; the longest official name has fewer than 40
MAX_KIND = 40

# Two words before one, so that "thị trấn" is not read as something else.
_UNIT_KINDS = (
    "thành phố",
    "thị xã",
    "thị trấn",
    "đặc khu",
    "tỉnh",
    "quận",
    "huyện",
    "phường",
    "xã",
)


def clean(text: str) -> str:
    """`text` in composed letters, with one space between words and none around, and nothing invisible in it."""
    spaced = re.sub(r"\s+", " ", unicodedata.normalize("NFC", text))
    return "".join(char for char in spaced if unicodedata.category(char) not in ("Cc", "Cf")).strip()


def split_unit(text: str) -> tuple[str, str]:
    """An official unit name as (kind in small letters, name): "Thị Trấn Prao" gives ("thị trấn", "Prao").

    Raises ValueError when the text does not begin with a kind of unit.
    """
    whole = clean(text)
    for kind in _UNIT_KINDS:
        if whole.lower().startswith(kind + " "):
            return kind, whole[len(kind) + 1 :]
    raise ValueError(f"{text!r} does not begin with a kind of unit")


def full(kind: str, name: str) -> str:
    """ "xóm" and "Khe Cốc" as "xóm Khe Cốc"; a place without a kind keeps its bare name."""
    return f"{kind} {name}".strip()


def opening(text: str) -> str:
    """`text` as the beginning of a sentence."""
    return text[:1].upper() + text[1:]


def order_key(name: str) -> str:
    """Dictionary order, with numbers by value: thôn 2 before thôn 10."""
    return sort_key(re.sub(r"[0-9]+", lambda found: found.group().zfill(4), name))


def written_forms(kind: str, name: str) -> dict[str, str]:
    """The columns derived from a name. Every state is written with these and nothing else."""
    return {"name_folded": fold(name), "full_folded": fold(full(kind, name)), "sort_key": order_key(name)}
