"""The description of the API: for machines as OpenAPI 3.1, for people as a page made of the same."""

import json
from functools import cache
from hashlib import sha256
from typing import Any, Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from chungtay.api.app import PROBLEM, api

_JSON: Final = "application/json"
_LANG: Final = {
    "in": "query",
    "name": "lang",
    "required": False,
    "description": "tiếng của câu chữ · language of the words",
    "schema": {"type": "string", "enum": list(dict(settings.LANGUAGES)), "default": settings.LANGUAGE_CODE},
}


@cache
def schema() -> dict[str, Any]:
    """The whole description, as plain data. Errors are told as RFC 9457 has them; every address takes `lang`."""
    told: dict[str, Any] = json.loads(json.dumps(api.get_openapi_schema(), default=str))
    for path in told["paths"].values():
        for operation in path.values():
            operation["parameters"].append(_LANG)
            for status, answer in operation["responses"].items():
                if int(status) >= 400:
                    answer["content"] = {PROBLEM: answer["content"][_JSON]}
    return told


def openapi(request: HttpRequest) -> HttpResponse:
    """The description for machines."""
    body = json.dumps(schema(), ensure_ascii=False, indent=1)
    tag = quote_etag(sha256(body.encode()).hexdigest()[:32])
    response = HttpResponse(
        body, content_type=_JSON, headers={"ETag": tag, "Cache-Control": "public, no-cache"}
    )
    answer = get_conditional_response(request, etag=tag, response=response)
    assert isinstance(answer, HttpResponse)
    return answer


@require_safe
def docs(request: HttpRequest) -> HttpResponse:
    """The description for people: every address with its parameters, and one asking that can be followed."""
    told = schema()
    context = {
        "crumbs": [(_("Dữ liệu mở"), reverse("portal:data")), ("API", "")],
        "about": told["info"]["description"].split("\n\n"),
        "version": told["info"]["version"],
        "site": settings.SITE_ADDRESS,
        "groups": _groups(told),
    }
    return render(request, "api/docs.html", context)


def _groups(told: dict[str, Any]) -> list[tuple[str, list[dict[str, Any]]]]:
    found: dict[str, list[dict[str, Any]]] = {}
    for path, methods in told["paths"].items():
        for method, operation in methods.items():
            found.setdefault(operation["tags"][0], []).append(_operation(path, method, operation))
    return list(found.items())


def _operation(path: str, method: str, operation: dict[str, Any]) -> dict[str, Any]:
    shown = next(
        (
            content["example"]
            for answer in operation["responses"].values()
            for content in answer.get("content", {}).values()
            if "example" in content
        ),
        None,
    )
    return {
        "id": operation["operationId"],
        "path": path,
        "method": method.upper(),
        "summary": operation["summary"],
        "about": operation.get("description", ""),
        "parameters": [
            {
                "name": each["name"],
                "where": each["in"],
                "required": each["required"],
                "about": each.get("description", ""),
                "limits": _limits(each["schema"]),
            }
            for each in operation["parameters"]
        ],
        "ask": operation["x-example"],
        "answer": json.dumps(shown, ensure_ascii=False, indent=2) if shown is not None else "",
        "statuses": sorted(operation["responses"]),
    }


def _limits(described: dict[str, Any]) -> str:
    """ "1–500", "vi, en"; "" where there are none worth telling."""
    parts = [described, *described.get("anyOf", ())]
    for each in parts:
        if "minimum" in each and "maximum" in each:
            return f"{each['minimum']}–{each['maximum']}"
        if "enum" in each:
            return ", ".join(each["enum"])
        if each.get("format") == "date":
            return "2026-03-31"
    return ""
