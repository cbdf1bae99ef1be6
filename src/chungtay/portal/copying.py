"""The public site as files that any plain web server can hand out: it outlives an outage of ours.

The copy is made by walking the site by its own links, as a visitor without an account sees it. Links stay inside of it,
forms give way to a sentence, and what was left out is told. It is written beside the place it is for and put there
whole.
"""

import json
import os
import posixpath
import re
import shutil
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from html import escape, unescape
from pathlib import Path
from typing import Final
from urllib.parse import unquote, urljoin, urlsplit

from django.conf import settings
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from chungtay.core.language import WHOLE, moment_words
from chungtay.core.refusals import Refusal
from chungtay.core.stamps import stamp
from chungtay.portal.tools_pages import body_of, fetch, is_public
from chungtay.ui.languages import named, of_its_own

MARKER: Final = "ban-sao.json"
OUTSIDE: Final = "ngoai-ban-sao/index.html"
SOME: Final = 100  # addresses told of each kind left out
LARGEST: Final = 512 * 1024 * 1024  # bytes of one file
_TAG: Final = re.compile(
    r"<(a|area|audio|iframe|image|img|link|object|script|source|use|video|div|section|figure)\b([^<>]*)>"
)
_ATTRIBUTE: Final = re.compile(r'(?<![\w-])(href|src|srcset|poster|data|data-[\w-]+)="([^"]*)"')
_FORM: Final = re.compile(r"<form\b([^<>]*)>.*?</form>", re.DOTALL)
_TOOL: Final = re.compile(r'<a class="tool"(?! data-language)[^<>]*>.*?</a>\s*', re.DOTALL)
_LANGUAGE: Final = re.compile(
    r'<a class="tool" data-language[^<>]* hreflang="(\w+)"[^<>]*>.*?</a>\s*', re.DOTALL
)
_CSS_LINK: Final = re.compile(r"url\(\s*['\"]?([^'\")]+)['\"]?\s*\)")
_JS_LINK: Final = re.compile(
    r"""(?:\bfrom|\bimport|\bimport\()\s*["'](\.{0,2}/[^"']+)["']|new URL\(\s*["']([^"']+)["']"""
)
_OF_THE_SITE: Final = re.compile(r'rel="canonical"|hreflang=')  # a copy tells of whose pages it is one
_OF_ALL: Final = re.compile(
    r"^/(du-lieu|luat)/"
)  # tables and standards of all are no part of a copy of one place
_PLACE: Final = re.compile(r"^/noi/(\d+)/(.*)$")

Say = Callable[[str], None]


@dataclass
class Told:
    """What a copy holds. left_out: why → addresses."""

    at: datetime
    site: str
    pages: int = 0
    files: int = 0
    size: int = 0
    changed_meanwhile: bool = False
    left_out: dict[str, set[str]] = field(default_factory=dict)

    def leave_out(self, why: str, address: str) -> None:
        self.left_out.setdefault(why, set()).add(address)


def write_copy(folder: Path, *, at: datetime, place_id: int | None = None, inside: frozenset[int] = frozenset(),
               above: frozenset[int] = frozenset(), say: Say = lambda _line: None) -> Told:  # fmt: skip
    """Write the copy at `folder`, in place of an older one of ours. Raises Refusal where something else stands there.

    place_id: only that place and those below it (`inside`), with the bare pages of those above it (`above`).
    """
    folder = folder.absolute()
    if folder.exists() and not (folder / MARKER).exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise Refusal(
            _("%(folder)s có thứ khác, không phải bản sao; hãy chọn thư mục trống.") % {"folder": folder}
        )
    beside = folder.with_name(f".{folder.name}.{os.getpid()}.moi")
    shutil.rmtree(beside, ignore_errors=True)
    try:
        told = _Walk(beside, at, place_id, inside, above, say).whole()
        _swap(beside, folder)
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    return told


def _swap(new: Path, folder: Path) -> None:
    older = folder.with_name(f".{folder.name}.{os.getpid()}.cu")
    if folder.exists():
        folder.rename(older)
    new.rename(folder)
    shutil.rmtree(older, ignore_errors=True)


class _Walk:
    def __init__(
        self,
        folder: Path,
        at: datetime,
        place_id: int | None,
        inside: frozenset[int],
        above: frozenset[int],
        say: Say,
    ) -> None:
        self._folder, self._place, self._inside, self._above, self._say = folder, place_id, inside, above, say
        self._site = str(settings.SITE_ADDRESS)
        self._told = Told(at, self._site)
        self._languages = [code for code, _name in settings.LANGUAGES if code in WHOLE]
        self._waiting: deque[str] = deque()
        self._known: set[str] = set()
        self._static: set[str] = set()

    def whole(self) -> Told:
        before = stamp()
        for language in self._languages:
            self._ask(of_its_own("/", language))
            if self._place is not None:
                self._ask(of_its_own(f"/noi/{self._place}/", language))
        while self._waiting:
            self._one(self._waiting.popleft())
        if not self._told.pages:
            raise Refusal(
                _("Không đọc được trang đầu ở %(site)s; hãy xem CHUNGTAY_ADDRESS và CHUNGTAY_ALLOWED_HOSTS.")
                % {"site": self._site}
            )
        for language in self._languages:
            self._outside(language)
        after = stamp()
        self._told.changed_meanwhile = (after.notice, after.rest) != (before.notice, before.rest)
        self._tell()
        return self._told

    def _ask(self, path: str) -> None:
        if path not in self._known:
            self._known.add(path)
            self._waiting.append(path)

    def _one(self, path: str) -> None:
        answer = fetch(path, site=self._site, language=settings.LANGUAGE_CODE)
        kind = answer.headers.get("Content-Type", "")
        if answer.status_code in (301, 302, 307, 308):
            self._write_lead(path, answer.headers["Location"])
        elif answer.status_code != 200:
            self._told.leave_out(f"trả lời {answer.status_code}", path)
        elif (body := body_of(answer, LARGEST)) is None:
            self._told.leave_out("quá lớn", path)
        elif kind.startswith("text/html"):
            self._write(_file_of(path), self._page(body.decode(), path).encode())
            self._told.pages += 1
            if self._told.pages % 100 == 0:
                self._say(f"{self._told.pages} trang, còn {len(self._waiting)} địa chỉ")
        else:
            self._write(_file_of(path), body)

    def _write(self, file: str, body: bytes) -> None:
        target = self._folder / file
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(body)
        self._told.files += 1
        self._told.size += len(body)

    # --- a page of the copy ---

    def _page(self, html: str, path: str) -> str:
        here, language = _file_of(path), _language_of(path)
        html = _LANGUAGE.sub(
            lambda found: found[0] if found[1] in self._languages else "", _TOOL.sub("", html)
        )
        forms: list[str] = []

        def kept_apart(found: re.Match[str]) -> str:
            forms.append(self._instead(found, language, path))
            return f"<!--form {len(forms) - 1}-->"

        html = _FORM.sub(kept_apart, html)
        html = _TAG.sub(lambda found: self._tag(found, here, path), html)
        html = re.sub(r"<!--form (\d+)-->", lambda found: forms[int(found[1])], html)
        html = html.replace("<html ", "<html data-copy ", 1)
        return re.sub(r"(<body\b[^<>]*>)", lambda found: found[1] + self._notice(language), html, count=1)

    def _notice(self, language: str) -> str:
        with translation.override(language):
            said = _(
                "Bản sao của %(site)s, viết lúc %(at)s. Không có tìm kiếm, biểu mẫu và những gì mới hơn; trang thật ở "
                "địa chỉ trên."
            ) % {"site": self._site, "at": moment_words(self._told.at)}
        return f'<p class="site-notice" role="note">{escape(said)}</p>'

    def _instead(self, form: re.Match[str], language: str, path: str) -> str:
        """What stands where a form stood. The looks need no server."""
        if "data-display" in form[1]:
            return re.sub(r'\s(action|method)="[^"]*"', "", form[0]).replace("<form ", "<form hidden ", 1)
        if 'role="search"' in form[1]:
            return ""
        with translation.override(language):
            said = _("Biểu mẫu ở đây chỉ dùng được trên trang thật.")
        return f'<p class="notice">{escape(said)} <a href="{escape(self._site + path)}">{escape(self._site)}</a></p>'

    def _tag(self, found: re.Match[str], here: str, path: str) -> str:
        name, attributes = found[1], found[2]
        if name == "link" and _OF_THE_SITE.search(attributes):
            return found[0]

        def rewritten(attribute: re.Match[str]) -> str:
            what, value = attribute[1], unescape(attribute[2])
            if what.startswith("data") and not value.startswith("/"):
                return attribute[0]
            if what == "srcset":
                parts = (each.strip().split(" ", 1) for each in value.split(",") if each.strip())
                new = ", ".join(" ".join([self._leads(p[0], here, path), *p[1:]]) for p in parts)
            else:
                new = self._leads(value, here, path)
            return f'{what}="{escape(new)}"'

        return f"<{name}{_ATTRIBUTE.sub(rewritten, attributes)}>"

    def _leads(self, href: str, here: str, path: str) -> str:
        """Where a link of a page leads within the copy; outside addresses stay as they are."""
        there = urlsplit(urljoin(f"{self._site}{path}", href))
        if f"{there.scheme}://{there.netloc}" != self._site or href.startswith("#"):
            return href
        language, to = named(unquote(there.path))
        if to.startswith(settings.STATIC_URL):
            return self._link(here, self._asset(to))
        anchor = f"#{there.fragment}" if there.fragment else ""
        if there.query:
            self._told.leave_out("trang theo câu hỏi (?…)", f"{to}?{there.query}")
        elif not is_public(to):
            self._told.leave_out("không phải trang công khai, hoặc là công cụ của máy chủ", to)
        elif not self._is_wanted(to):
            self._told.leave_out("ngoài địa bàn được chọn", to)
        else:
            own = to if _is_file(to) else of_its_own(to, language or settings.LANGUAGE_CODE)
            self._ask(own)
            return self._link(here, _file_of(own)) + anchor
        return self._link(here, _within(_language_of(path), OUTSIDE))

    def _is_wanted(self, path: str) -> bool:
        if self._place is None:
            return True
        if place := _PLACE.match(path):
            number = int(place[1])
            return number in self._inside or (number in self._above and not place[2])
        return not _OF_ALL.match(path)

    def _link(self, here: str, there: str) -> str:
        return posixpath.relpath(there, posixpath.dirname(here) or ".")

    def _write_lead(self, path: str, location: str) -> None:
        """A page that leads on, as a plain server can say it."""
        here = _file_of(path)
        to = escape(self._leads(location, here, path))
        self._write(here, f'<!doctype html><meta charset="utf-8"><meta http-equiv="refresh" content="0; url={to}">'
                          f'<title>→</title><p><a href="{to}">{to}</a></p>'.encode())  # fmt: skip

    def _outside(self, language: str) -> None:
        with translation.override(language):
            shown = {"site": self._site, "ui_home": of_its_own("/", language)}
            html = render_to_string("portal/copy_outside.html", shown)
        path = of_its_own(f"/{OUTSIDE.removesuffix('index.html')}", language)
        self._write(_within(language, OUTSIDE), self._page(html, path).encode())

    # --- style sheets, scripts, letters ---

    def _asset(self, path: str) -> str:
        """The file of a style sheet, script or picture of the pages, written with all it asks for."""
        name = path.removeprefix(settings.STATIC_URL)
        file = f"static/{name}"
        if name in self._static:
            return file
        self._static.add(name)
        found = _static_file(name)
        if found is None:
            self._told.leave_out("tệp giao diện không có", path)
            return file
        body = found.read_bytes()
        self._write(file, body)
        for link in _links_within(name, body):
            to = posixpath.normpath(posixpath.join(posixpath.dirname(name), unquote(urlsplit(link).path)))
            if link and not link.startswith(("data:", "http", "//", "/", "#")) and not to.startswith(".."):
                self._asset(settings.STATIC_URL + to)
        return file

    def _tell(self) -> None:
        told = self._told
        facts = {
            "site": told.site,
            "written_at": told.at.isoformat(),
            "place": self._place,
            "languages": self._languages,
            "pages": told.pages,
            "files": told.files,
            "bytes": told.size,
            "changed_meanwhile": told.changed_meanwhile,
            "left_out": {
                why: {"count": len(those), "some": sorted(those)[:SOME]}
                for why, those in sorted(told.left_out.items())
            },
        }
        self._write(MARKER, json.dumps(facts, ensure_ascii=False, indent=1).encode())


def _file_of(path: str) -> str:
    """The file of an address: /noi/3/ → noi/3/index.html, /en/noi/3/ → en/noi/3/index.html; files keep their names."""
    plain = "/".join(part for part in path.split("/") if part not in ("", ".", ".."))
    return plain if _is_file(plain) else posixpath.join(plain, "index.html")


def _is_file(path: str) -> bool:
    """Whether an address is of one file, the same whoever reads."""
    return "." in posixpath.basename(path)


def _language_of(path: str) -> str:
    return named(path)[0] or str(settings.LANGUAGE_CODE)


def _within(language: str, file: str) -> str:
    return file if language == settings.LANGUAGE_CODE else f"{language}/{file}"


def _static_file(name: str) -> Path | None:
    if settings.STATIC_ROOT and (collected := Path(settings.STATIC_ROOT) / name).is_file():
        return collected
    found = finders.find(name)
    return Path(str(found)) if found else None


def _links_within(name: str, body: bytes) -> Iterator[str]:
    if name.endswith(".css"):
        yield from _CSS_LINK.findall(body.decode("utf-8", "replace"))
    elif name.endswith((".js", ".mjs")):
        for one, other in _JS_LINK.findall(body.decode("utf-8", "replace")):
            yield one or other
