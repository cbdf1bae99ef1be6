"""What the visitor chose about looks, read from two cookies so that the first paint is already right; site notices."""

from django.http import HttpRequest
from django.utils.translation import gettext

from chungtay.core.notices import notices

THEMES = ("auto", "dark", "light")
TEXT_SIZES = ("s", "m", "l", "xl")


def preferences(request: HttpRequest) -> dict[str, object]:
    """Context processor: `ui_theme`, `ui_text` and the steps the tools offer next."""
    theme = request.COOKIES.get("theme", "")
    text = request.COOKIES.get("textsize", "")
    theme = theme if theme in THEMES else "auto"
    text = text if text in TEXT_SIZES else "m"
    step = TEXT_SIZES.index(text)
    return {
        "ui_theme": theme,
        "ui_text": text,
        "ui_next_theme": THEMES[(THEMES.index(theme) + 1) % len(THEMES)],
        "ui_smaller": TEXT_SIZES[max(step - 1, 0)],
        "ui_larger": TEXT_SIZES[min(step + 1, len(TEXT_SIZES) - 1)],
    }


def site_notices(request: HttpRequest) -> dict[str, object]:
    """Context processor: `ui_notices`, what every page of this site must say."""
    return {"ui_notices": [gettext(sentence) for sentence in notices().values()]}
