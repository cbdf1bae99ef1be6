"""A name taken out of words, in whatever case and however its words are spaced."""

import re
import unicodedata
from typing import Final

LEFT: Final = "[tên đã rút]"


def without(text: str, name: str) -> str:
    """`text` with every whole occurrence of the name replaced; as it was where there is none."""
    words = [re.escape(word) for word in unicodedata.normalize("NFC", name).split()]
    if not words:
        return text
    pattern = r"[ \t\n]+".join(words)
    plain = unicodedata.normalize("NFC", text)
    left = re.sub(rf"(?<!\w){pattern}(?!\w)", LEFT, plain, flags=re.IGNORECASE)
    return text if left == plain else left
