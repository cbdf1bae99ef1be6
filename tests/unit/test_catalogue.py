"""English is complete: every message has a translation, and the catalogue holds nothing else."""

import re
from pathlib import Path
from typing import Any

import pytest

from chungtay.config.management.commands.collect_messages import PACKAGE, collect, problems, put_in_order

ENGLISH = PACKAGE / "locale/en/LC_MESSAGES/django.po"
TEMPLATES = [
    path for path in sorted(PACKAGE.rglob("*.html")) if path.name != "guide.html"
]  # for builders only
HEAD = 'msgid ""\nmsgstr ""\n"Language: en\\n"\n"Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n\n'

# Written out in a template, in its own language on purpose: the button that leads to it.
OWN_LANGUAGE = {"Tiếng Việt"}
LETTERS = "àáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵđ"
TRANSLATED = re.compile(
    r"""\{\#.*?\#\}                                             # a comment
    |\{%\s*blocktranslate\b.*?%\}.*?\{%\s*endblocktranslate\s*%\}
    |\{%\s*translate\s+"[^"]*".*?%\}
    |_\("[^"]*"\)""",
    re.DOTALL | re.VERBOSE,
)


@pytest.fixture(scope="module")
def messages() -> Any:
    """What the whole source says, read once."""
    return collect(PACKAGE)


def test_every_message_has_english_and_nothing_else_has(messages: Any) -> None:
    assert problems(ENGLISH, messages) == []


def test_the_file_is_in_the_order_of_the_messages(tmp_path: Path, messages: Any) -> None:
    again = tmp_path / "en" / "LC_MESSAGES" / "django.po"
    again.parent.mkdir(parents=True)
    again.write_text(ENGLISH.read_text(encoding="utf-8"), encoding="utf-8")
    put_in_order(again, messages)
    assert again.read_text(encoding="utf-8") == ENGLISH.read_text(encoding="utf-8"), (
        "chungtay collect_messages --write"
    )


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_templates_speak_through_the_catalogue(path: Path) -> None:
    rest = TRANSLATED.sub("", path.read_text(encoding="utf-8"))
    for words in OWN_LANGUAGE:
        rest = rest.replace(words, "")
    bare = [line.strip() for line in rest.splitlines() if set(line.lower()) & set(LETTERS)]
    assert not bare, "Vietnamese outside of a translation tag"


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_templates_do_not_choose_the_language_of_a_text(path: Path) -> None:
    shown = re.findall(r"\{\{[^}]*\.(?:vi|en)\b[^}]*\}\}", path.read_text(encoding="utf-8"))
    assert not shown, "use the filter in_language"


def package(folder: Path, *, page: str = "", code: str = "") -> Path:
    folder.mkdir(exist_ok=True)
    (folder / "page.html").write_text("{% load i18n %}" + page, encoding="utf-8")
    (folder / "words.py").write_text(code, encoding="utf-8")
    return folder


def told(folder: Path, entries: str) -> list[str]:
    file = folder.parent / "en" / "LC_MESSAGES" / "django.po"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(HEAD + entries, encoding="utf-8")
    return [line.split(": ", 1)[1] for line in problems(file, collect(folder))]


def test_messages_are_found_wherever_they_are_said(tmp_path: Path) -> None:
    page = (
        '{% translate "một" %}{% translate "hai" context "số" %}{% tag _("ba") kind=_("bốn") %}{{ x|default:_("năm") }}'
        "{% blocktranslate with n=x %}sáu {{ n }}{% endblocktranslate %}"
        "{% blocktranslate count n=x %}{{ n }} bảy{% plural %}{{ n }} bảy{% endblocktranslate %}"
    )
    code = (
        '_("tám")\ngettext("chín")\ngettext_lazy("mười")\npgettext("số", "mười một")\ngettext_noop("mười hai")\n'
        'ngettext("mười ba", "mười ba", n)\ngettext("mười " "bốn")\ngettext(known)\nother("không phải")\n'
    )
    found = {
        (message.context, message.id) for message in collect(package(tmp_path / "p", page=page, code=code))
    }
    assert found == {
        *(("", word) for word in ("một", "ba", "bốn", "năm", "tám", "chín", "mười", "mười hai", "mười bốn")),
        ("số", "hai"),
        ("số", "mười một"),
        ("", "sáu %(n)s"),
        ("", ("%(n)s bảy", "%(n)s bảy")),
        ("", ("mười ba", "mười ba")),
    }


@pytest.mark.parametrize(
    ("entries", "wrong"),
    [
        ('msgid "từ %(a)s"\nmsgstr "from %(a)s"\n', []),
        ("", ["not translated: 'từ %(a)s'"]),
        ('msgid "từ %(a)s"\nmsgstr ""\n', ["not translated: 'từ %(a)s'"]),
        ('msgid "từ %(a)s"\nmsgstr "from"\n', ["other placeholders: 'từ %(a)s'"]),
        ('msgid "từ %(a)s"\nmsgstr "from %(b)s"\n', ["other placeholders: 'từ %(a)s'"]),
        ('#, fuzzy\nmsgid "từ %(a)s"\nmsgstr "from %(a)s"\n', ["marked as doubtful: 'từ %(a)s'"]),
        (
            'msgctxt "x"\nmsgid "từ %(a)s"\nmsgstr "from %(a)s"\n',
            ["not translated: 'từ %(a)s'", "no longer used: 'từ %(a)s'"],
        ),
        (
            'msgid "từ %(a)s"\nmsgstr "from %(a)s"\n\nmsgid "cũ"\nmsgstr "old"\n',
            ["no longer used: 'cũ'"],
        ),
        (
            'msgid "từ %(a)s"\nmsgstr "from %(a)s"\n\n#~ msgid "cũ"\n#~ msgstr "old"\n',
            ["kept as a comment: 'cũ'"],
        ),
    ],
)
def test_what_is_wrong_is_told(tmp_path: Path, entries: str, wrong: list[str]) -> None:
    assert told(package(tmp_path / "p", code='_("từ %(a)s")'), entries) == wrong


def test_a_message_with_a_plural_needs_both(tmp_path: Path) -> None:
    folder = package(tmp_path / "p", code='ngettext("%(n)s xã", "%(n)s xã", n)')
    assert told(folder, 'msgid "%(n)s xã"\nmsgstr "%(n)s commune"\n') == [
        "not translated: ('%(n)s xã', '%(n)s xã')"
    ]
    both = (
        'msgid "%(n)s xã"\nmsgid_plural "%(n)s xã"\nmsgstr[0] "%(n)s commune"\nmsgstr[1] "%(n)s communes"\n'
    )
    assert told(folder, both) == []


def test_putting_in_order_keeps_translations_and_drops_the_unused(tmp_path: Path) -> None:
    folder = package(tmp_path / "p", code='_("một")\n_("hai")')
    assert told(folder, 'msgid "cũ"\nmsgstr "old"\n\nmsgid "hai"\nmsgstr "two"\n') != []
    file = tmp_path / "en" / "LC_MESSAGES" / "django.po"
    put_in_order(file, collect(folder))
    assert file.read_text(encoding="utf-8") == HEAD + (
        'msgid "một"\nmsgstr ""\n\nmsgid "hai"\nmsgstr "two"\n'
    )
