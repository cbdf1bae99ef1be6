"""The read API: described as it answers, open to every origin, paged, limited, and never heard to write."""

import json
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

import pytest
from django.test import Client
from openapi_schema_validator import OAS31Validator
from openapi_spec_validator import OpenAPIV31SpecValidator
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012
from tests.integration.conftest import SYSTEM, Demo
from tests.integration.work_samples import Site

from chungtay.api import app, examples
from chungtay.api.docs import schema
from chungtay.api.limits import Limit
from chungtay.core import notices
from chungtay.territory import queries as territory

API = "/api/v1"


@pytest.fixture(autouse=True)
def _unhurried() -> Iterator[None]:
    app.limit.forget()
    yield
    app.limit.forget()


def ask(address: str, **headers: Any) -> Any:
    return Client().get(f"{API}{address}", headers=headers)


def told(address: str) -> Any:
    response = ask(address)
    assert response.status_code == 200, response.content.decode()
    return response.json()


# --- the description ---


def operations() -> Iterator[tuple[str, dict[str, Any]]]:
    for path, methods in schema()["paths"].items():
        assert set(methods) == {"get"}, "nothing is written here"
        yield path, methods["get"]


def refs(node: Any) -> Iterator[str]:
    if isinstance(node, dict):
        if "$ref" in node:
            yield node["$ref"]
        for each in node.values():
            yield from refs(each)
    elif isinstance(node, list):
        for each in node:
            yield from refs(each)


def test_the_description_is_openapi_3_1_and_whole(db: None) -> None:
    told = schema()
    assert told["openapi"].startswith("3.1.")
    assert list(OpenAPIV31SpecValidator(told).iter_errors()) == []
    assert told["info"]["license"]["name"] and told["info"]["version"]
    ids = []
    for path, operation in operations():
        ids.append(operation["operationId"])
        assert operation["summary"] and operation["description"], path
        declared = {each["name"] for each in operation["parameters"] if each["in"] == "path"}
        assert declared == {part[1:-1] for part in path.split("/") if part.startswith("{")}
        assert all(each["required"] for each in operation["parameters"] if each["in"] == "path")
        assert all(each["description"] for each in operation["parameters"]), path
        assert {"200", "404", "422", "429"} <= set(operation["responses"])
        assert set(operation["responses"]["429"]["content"]) == {"application/problem+json"}
    assert len(set(ids)) == len(ids) == len(examples.ASKED)
    for ref in set(refs(told)):
        name = ref.removeprefix("#/components/schemas/")
        assert name in told["components"]["schemas"], ref


@pytest.fixture(scope="module")
def follows() -> Callable[[Any, dict[str, Any]], list[str]]:
    """What an answer breaks of the schema that the description gives it."""
    whole: Any = Resource.from_contents(schema(), default_specification=DRAFT202012)
    registry = Registry().with_resource("urn:api", whole)

    def faults(answer: Any, wanted: dict[str, Any]) -> list[str]:
        named = {"$ref": wanted["$ref"].replace("#/", "urn:api#/")}
        return [each.message for each in OAS31Validator(named, registry=registry).iter_errors(answer)]

    return faults


def shape(value: Any) -> Any:
    """What an answer is made of; an empty list may hold anything."""
    if isinstance(value, dict):
        return {key: shape(each) for key, each in value.items()}
    if isinstance(value, list):
        return [shape(each) for each in value[:1]]
    return None if value is None else type(value)


def agree(one: Any, other: Any) -> bool:
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(agree(one[key], other[key]) for key in one)
    if isinstance(one, list) and isinstance(other, list):
        return not one or not other or agree(one[0], other[0])
    return one is None or other is None or one == other


def test_every_example_of_the_description_is_answered_as_it_says(
    demo: Demo, follows: Callable[[Any, dict[str, Any]], list[str]]
) -> None:
    for path, operation in operations():
        path = path.removeprefix(API)
        response = Client().get(operation["x-example"])
        status = 404 if path in examples.MISSED else 200
        assert response.status_code == status, (path, response.content.decode())
        media = response["Content-Type"].partition(";")[0]
        described = operation["responses"][str(status)]["content"][media]
        assert follows(response.json(), described["schema"]) == [], path
        assert follows({}, described["schema"]), path
        shown = described["example"]
        assert agree(shape(shown), shape(response.json())), path


def test_the_page_for_people_tells_every_address_and_runs_nothing_of_its_own(demo: Demo) -> None:
    page = Client().get(f"{API}/").content.decode()
    for path, operation in operations():
        assert f"GET {path}" in page and operation["operationId"] in page
    assert "<script>" not in page and "cdn" not in page


# --- how it answers ---


def test_pages_of_any_origin_may_ask_and_nobody_is_given_a_cookie(demo: Demo) -> None:
    response = ask("/tables")
    assert response["Access-Control-Allow-Origin"] == "*" and not response.cookies
    preflight = Client().options(f"{API}/tables")
    assert preflight.status_code == 204 and preflight["Access-Control-Allow-Headers"] == "If-None-Match"
    written = Client(enforce_csrf_checks=True).post(f"{API}/tables")
    assert written.status_code == 405 and written["Content-Type"] == "application/problem+json"


def test_an_answer_is_not_given_again_until_something_was_done(demo: Demo, now: datetime) -> None:
    tag = ask("/works")["ETag"]
    assert ask("/works", if_none_match=tag).status_code == 304
    assert ask("/works?lang=en")["ETag"] != tag
    site = Site.proposed(demo, now)
    again = ask("/works", if_none_match=tag)
    assert again.status_code == 200
    (row,) = again.json()["rows"]
    assert (row["name"], row["contract_dong"], row["state"]) == (site.work.name, None, "need")
    assert "contract" in row["why_empty"]


def test_what_the_site_must_say_is_in_every_answer(demo: Demo, now: datetime) -> None:
    notices.post_notice(by=SYSTEM, at=now, code=notices.SIMULATED, sentence="Số liệu mô phỏng")
    try:
        for path in examples.ASKED:
            if path not in examples.MISSED:
                answer = Client().get(f"{API}{examples.ASKED[path]}").json()
                assert answer["notices"] == ["Số liệu mô phỏng"], path
    finally:
        notices.forget()


@pytest.mark.parametrize(
    ("address", "status", "parameters"),
    [
        ("/khong-co", 404, []),
        ("/tables/khong-co", 404, []),
        ("/places/999999999", 404, []),
        ("/places/ma:99999", 404, []),
        ("/places/khe-coc", 422, ["place"]),
        ("/places?limit=0&level=" + "x" * 30, 422, ["level", "limit"]),
        ("/places?level=lang", 422, ["level"]),
        ("/tables/so-do?year=2024&place=ma:20", 422, ["place", "year"]),
        ("/tables/so-do?cursor=%27", 422, ["cursor"]),
        ("/places/ma:20/children?on=hom-nay", 422, ["on"]),
        ("/certificates/%27", 404, []),
    ],
)
def test_an_error_is_a_sentence_that_names_every_parameter_at_fault(
    demo: Demo, address: str, status: int, parameters: list[str]
) -> None:
    response = ask(address)
    assert (response.status_code, response["Content-Type"]) == (status, "application/problem+json")
    problem = response.json()
    assert problem["status"] == status and problem["title"] and problem["detail"].endswith((".", "…"))
    assert sorted(each["parameter"] for each in problem.get("errors", [])) == parameters
    assert response["Access-Control-Allow-Origin"] == "*"


def test_a_place_no_standard_is_for_is_told_so(demo: Demo) -> None:
    refused = ask(f"/places/{territory.nation_id()}/verdicts")
    assert refused.status_code == 422
    assert [each["parameter"] for each in refused.json()["errors"]] == ["place"]


def test_who_asks_too_often_is_told_when_to_ask_again(demo: Demo, monkeypatch: pytest.MonkeyPatch) -> None:
    clock = [0.0]
    monkeypatch.setattr(app, "limit", Limit(3, clock=lambda: clock[0]))
    assert [ask("/tables").status_code for _ in range(4)] == [200, 200, 200, 429]
    refused = ask("/tables")
    assert refused["Retry-After"] == "20" and "20 giây" in refused.json()["detail"]
    assert Client(REMOTE_ADDR="10.0.0.9").get(f"{API}/tables").status_code == 200
    clock[0] += 20
    assert [ask("/tables").status_code for _ in range(2)] == [200, 429]


# --- what it tells ---


def test_going_on_by_the_cursor_reads_every_row_once(demo: Demo) -> None:
    read, cursor = [], ""
    while True:
        page = told(f"/tables/dia-ban?limit=300&cursor={cursor}")
        read += [(row["place_id"], row["valid_from"]) for row in page["rows"]]
        if page["next"] is None:
            break
        cursor = page["next"]
    assert len(read) == len(set(read)) > 600
    whole = json.loads(b"".join(Client().get("/du-lieu/dia-ban.json").streaming_content))
    assert read == [(row["place_id"], row["valid_from"]) for row in whole["rows"]]


def test_places_are_found_without_marks_and_paged(demo: Demo) -> None:
    (hit,) = told("/places?q=khe+coc,+vo+tranh")["places"]
    assert hit["place"]["id"] == demo.place("khe_coc") and hit["place"]["address"].startswith("xã Vô Tranh")
    first = told("/places?level=commune&limit=40")
    second = told(f"/places?level=commune&limit=40&cursor={first['next']}")
    assert first["total"] == second["total"] > 80
    ids = [hit["place"]["id"] for page in (first, second) for hit in page["places"]]
    assert len(set(ids)) == 80


def test_an_old_place_leads_on_to_what_took_it_over(demo: Demo) -> None:
    old = told(f"/places/{demo.place('quang_lac')}")
    assert old["place"]["ended"] == "2025-07-01" and old["above"] == []
    history = told(f"/places/{demo.place('quang_lac')}/history")
    (step,) = history["followed_by"]
    assert [each["id"] for each in old["current"]] == [step["place"]["id"]]
    assert step["instrument"] and history["stretches"][0]["full_name"] == "xã Quảng Lạc"


def walked(why: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield why
    for part in why["parts"]:
        yield from walked(part)


def test_a_verdict_is_told_with_why_in_the_language_asked_for(demo: Demo) -> None:
    address = f"/places/{demo.place('khe_coc')}/verdicts?standard=xom-kieu-mau-thai-nguyen&on=2023-05-24"
    vietnamese, english = told(address), told(f"{address}&lang=en")
    (roads,) = [each for each in walked(vietnamese["verdict"]) if each["value"].startswith("100% chiều dài")]
    assert (
        roads["source"].startswith("Bài viết") and roads["period"] == "2023-05-24" and roads["mark"] == "told"
    )
    assert vietnamese["counts"] == english["counts"] and sum(english["counts"].values()) == 9
    assert english["verdict"]["parts"][0]["label"] != vietnamese["verdict"]["parts"][0]["label"]
