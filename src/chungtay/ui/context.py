"""What the visitor chose about looks, read from two cookies so that the first paint is already right; site notices."""

from django.conf import settings
from django.http import HttpRequest
from django.urls import get_script_prefix
from django.utils.translation import get_language, gettext

from chungtay.core.language import WHOLE
from chungtay.core.notices import notices
from chungtay.ui import languages

THEMES = ("auto", "dark", "light")
TEXT_SIZES = ("s", "m", "l", "xl")


def preferences(request: HttpRequest) -> dict[str, object]:
    """Context processor: `ui_theme`, `ui_text`, the steps the tools offer next, the other languages, the front page.

    ui_languages: (code, own name, what stands on the button, whether all of the site speaks it, the page's address in
    it, where it has one). ui_plain: the address without one.
    """
    theme = request.COOKIES.get("theme", "")
    text = request.COOKIES.get("textsize", "")
    theme = theme if theme in THEMES else "auto"
    text = text if text in TEXT_SIZES else "m"
    step = TEXT_SIZES.index(text)
    here = request.get_full_path()
    return {
        "ui_theme": theme,
        "ui_text": text,
        "ui_next_theme": THEMES[(THEMES.index(theme) + 1) % len(THEMES)],
        "ui_smaller": TEXT_SIZES[max(step - 1, 0)],
        "ui_larger": TEXT_SIZES[min(step + 1, len(TEXT_SIZES) - 1)],
        "ui_languages": [
            (
                code,
                name,
                code.upper() if code in WHOLE else name,
                code in WHOLE,
                languages.in_language(here, code),
            )
            for code, name in settings.LANGUAGES
            if code != get_language()
        ],
        "ui_plain": languages.plain(here),
        "ui_home": get_script_prefix(),
        "ui_is_partly_translated": get_language() not in WHOLE,
    }


def site_notices(request: HttpRequest) -> dict[str, object]:
    """Context processor: `ui_notices`, what every page of this site must say."""
    return {"ui_notices": [gettext(sentence) for sentence in notices().values()]}
