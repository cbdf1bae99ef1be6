"""P12: the first view of a hamlet's public page ≤ 60 kB compressed, without photographs; officers' pages ≤ 150 kB.

What a browser fetches that has nothing yet: the page, the style sheets, scripts (with what they import), letters and
drawings it names, each as the server compresses it, with 300 bytes of heads. That a browser really fetches no more is
held by tests/browser/test_weight.py.

    PYTHONPATH=src python bench/p12_weight.py [--size small|medium|full] [--on sqlite|postgresql] [--keep FOLDER]
"""

import gzip
import posixpath
import re
import sys
from argparse import Namespace
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from _common import Line, Size, collected, in_turn, main, nation, report
from p13_ten_times import officer

if TYPE_CHECKING:
    from django.test import Client

PUBLIC, OFFICERS = 60_000, 150_000
HEADS = 300
_LINK = re.compile(r'(?:src|href)="(/static/[^"]+)"')
_WITHIN = re.compile(r"""url\(["']?([^"')]+)["']?\)|(?:from|import|import\()\s*["'](\.{1,2}/[^"']+)["']""")


def run(asked: Namespace, size: Size, database: str) -> None:
    from django.test import Client

    from chungtay.figures.models import Observation

    nation(size)
    collected(size)
    day = date(size.years[-1], 12, 31)
    of = Observation.objects.filter(period_end=day).order_by("place_id")
    hamlet = of.filter(place__level="hamlet").values_list("place_id", flat=True)[0]
    commune = of.filter(place__level="commune").values_list("place_id", flat=True)[0]
    visitor, known = Client(headers={"host": "localhost"}), officer()
    pages = {
        "P12 public": (visitor, [f"/noi/{hamlet}/", f"/noi/{commune}/", "/"], PUBLIC),
        "P12 officers": (known, [f"/dia-ban/{hamlet}/", f"/dia-ban/{commune}/?ngay={day}", "/"], OFFICERS),
    }
    for goal, (client, paths, most) in pages.items():
        [(took, weights)] = in_turn(size, partial(_weights, client, paths))
        worst = max(weights)
        told = ", ".join(f"{weight / 1000:.0f} kB" for weight in weights)
        what = f"hamlet, commune, {'nation' if goal == 'P12 public' else 'desk'}"
        holds, words = worst <= most, f"{size.hamlets:,} hamlets"
        weight, bound = f"{worst / 1000:.0f} kB", f"≤ {most // 1000} kB"
        report(Line(goal, database, words, took, None, weight, bound, holds, f"{what}: {told}"), size)


def _weights(client: "Client", paths: list[str]) -> list[int]:
    return [_weigh(client, each) for each in paths]


def _weigh(client: "Client", path: str) -> int:
    """Bytes over the line for one first view."""
    page = client.get(path)
    assert page.status_code == 200, (path, page.status_code)
    html = page.content.decode()
    waiting = [each for each in _LINK.findall(html) if not each.endswith((".ico", ".png"))]
    files: dict[str, int] = {}
    while waiting:
        address = waiting.pop()
        if address in files or (file := _file(address)) is None:
            continue
        files[address] = _over_the_line(file)
        if file.suffix in (".css", ".js"):
            for one, other in _WITHIN.findall(file.read_text(encoding="utf-8")):
                link = one or other
                if not link.startswith(("data:", "#", "http")):
                    waiting.append(posixpath.normpath(posixpath.join(posixpath.dirname(address), link)))
    return sum(files.values()) + HEADS * (len(files) + 1) + len(gzip.compress(html.encode(), 6))


def _file(address: str) -> Path | None:
    """Where it lies; None for what only looks like an address in a script."""
    from django.conf import settings
    from django.contrib.staticfiles import finders

    name = address.removeprefix(settings.STATIC_URL).partition("?")[0].partition("#")[0]
    found = (
        Path(settings.STATIC_ROOT) / name if settings.STATIC_ROOT else Path(str(finders.find(name) or "-"))
    )
    return found if found.is_file() else None


def _over_the_line(file: Path) -> int:
    packed = file.with_name(f"{file.name}.gz")
    if packed.exists():
        return packed.stat().st_size
    body = file.read_bytes()
    return len(body if file.suffix == ".woff2" else gzip.compress(body, 6))


if __name__ == "__main__":
    sys.exit(main(__file__, run))
