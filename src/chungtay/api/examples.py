"""One asking of each address that every site answers, with what is answered to it, cut short. A test asks them all.

The answers stand in `examples.json`, made by asking the site of the two stories.
"""

import json
from functools import cache
from pathlib import Path
from typing import Any, Final

BASE: Final = "/api/v1"

ASKED: Final = {
    "/tables": "/tables",
    "/tables/{name}": "/tables/so-do?limit=2",
    "/places": "/places?q=khe+coc&limit=2",
    "/places/{place}": "/places/ma:19",
    "/places/{place}/children": "/places/ma:20/children?on=2026-01-01",
    "/places/{place}/history": "/places/ma:19/history",
    "/places/{place}/verdicts": "/places/ma:06463/verdicts?on=2026-01-01&lang=en",
    "/titles": "/titles?year=2023&limit=1",
    "/works": "/works?place=ma:19&limit=1",
    "/money": "/money?year=2023&limit=1",
    "/decisions": "/decisions?limit=1",
    "/changes": "/changes?limit=1",
    "/news": "/news?limit=1",
    "/certificates/{secret}": "/certificates/ma-trong-qr",
}
"""The address as OpenAPI writes it → one asking of it."""
MISSED: Final = frozenset({"/certificates/{secret}"})
"""Those whose example finds nothing: nobody's certificate is an example."""


def examples(path: str) -> dict[str, Any]:
    """What the description of an address says of its example."""
    status = 404 if path in MISSED else 200
    media = "application/json"
    answer = (
        {"responses": {status: {"content": {media: {"example": answers()[path]}}}}}
        if path in answers()
        else {}
    )
    return {"x-example": f"{BASE}{ASKED[path]}", **answer}


@cache
def answers() -> dict[str, Any]:
    """The answers, by address."""
    file = Path(__file__).with_name("examples.json")
    told: dict[str, Any] = json.loads(file.read_text(encoding="utf-8")) if file.exists() else {}
    return told
