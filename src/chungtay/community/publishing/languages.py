"""The languages that a news item may have a version in, by their codes (BCP 47) and own names.

Adding one is adding a line here; a page's interface falls back to Vietnamese where it is not translated.
"""

from typing import Final

MAIN: Final = "vi"
LANGUAGES: Final = {
    "vi": "Tiếng Việt",
    "en": "English",
    "tyz": "Tày",
    "nut": "Nùng",
    "hmn": "Hmoob",
    "ium": "Iu Mienh (Dao)",
    "mtq": "Mường",
    "blt": "Tày Đăm (Thái)",
    "km": "ខ្មែរ (Khmer)",
    "cjm": "Chăm",
    "rad": "Êđê",
    "jra": "Jrai",
    "bdq": "Bahnar",
}


def best_of(has: list[str] | tuple[str, ...] | set[str], wanted: str) -> str:
    """The version to show: the wanted language, else Vietnamese, else the first there is."""
    if wanted in has:
        return wanted
    return MAIN if MAIN in has else next(code for code in LANGUAGES if code in has)
