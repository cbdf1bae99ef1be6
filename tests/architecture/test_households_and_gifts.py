"""No way leads from a household to what it gave, or did not give: not by a key, and not by a module that knows both."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, Final

import pytest
from django.apps import apps

SRC = Path(__file__).parents[2] / "src"
HOUSEHOLDS: Final = "chungtay.community.households"
GIFTS: Final = ("chungtay.ledger", "chungtay.works")

KNOWS_BOTH: Final = {
    "chungtay.demo.joining.khe_coc": "tells a story by deeds, its gifts as totals of papers that name nobody",
    "chungtay.firstday.kinds": "lists the kinds of sheets a place brings along, each by its own package; reads no row",
}
"""Modules that may import both, and why nothing is joined there."""


def imports_of(file: Path) -> Iterator[str]:
    """The dotted names a file imports, those inside functions too."""
    for node in ast.walk(ast.parse(file.read_text(), str(file))):
        if isinstance(node, ast.Import):
            yield from (each.name for each in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{each.name}" for each in node.names)


@cache
def modules() -> dict[str, set[str]]:
    return {
        ".".join(file.relative_to(SRC).with_suffix("").parts): set(imports_of(file))
        for file in sorted((SRC / "chungtay").rglob("*.py"))
        if "migrations" not in file.parts
    }


def knows(imported: set[str], package: str) -> bool:
    return any(each == package or each.startswith(f"{package}.") for each in imported)


def test_no_module_knows_households_and_gifts() -> None:
    both = {
        name
        for name, imported in modules().items()
        if (knows(imported, HOUSEHOLDS) or name.startswith(f"{HOUSEHOLDS}."))
        and (any(knows(imported, each) for each in GIFTS))
    }
    assert both == set(KNOWS_BOTH)


@pytest.mark.parametrize("package", GIFTS)
def test_gifts_and_works_know_no_households(package: str) -> None:
    inside = {name: imported for name, imported in modules().items() if name.startswith(f"{package}.")}
    assert inside
    assert not [name for name, imported in inside.items() if knows(imported, HOUSEHOLDS)]


def keys_from(model: Any) -> set[Any]:
    """The models a row leads to by its keys, and they by theirs."""
    found: set[Any] = set()
    waiting = [model]
    while waiting:
        for field in waiting.pop()._meta.get_fields():
            if field.is_relation and field.concrete and field.related_model not in found:
                found.add(field.related_model)
                waiting.append(field.related_model)
    return found


def test_no_key_leads_from_gifts_or_works_to_a_household() -> None:
    """Only the decision of the people is pointed to, which has no roll and no household in it."""
    named = {
        model
        for model in apps.get_app_config("community").get_models()
        if model.__name__ == "Household" or apps.get_model("community.Household") in keys_from(model)
    }
    assert {model.__name__ for model in named} >= {"Household", "Stay", "Restricted", "Attendance", "Ballot"}
    for label in ("ledger", "works"):
        for model in apps.get_app_config(label).get_models():
            assert not keys_from(model) & named, model
    for model in apps.get_app_config("community").get_models():
        assert not {each for each in keys_from(model) if each._meta.app_label in ("ledger", "works")}, model


def test_no_column_of_gifts_or_works_holds_what_a_household_is_found_by() -> None:
    """Neither a household's code nor its number under another name."""
    columns = {
        f"{model.__name__}.{field.name}"
        for label in ("ledger", "works")
        for model in apps.get_app_config(label).get_models()
        for field in model._meta.get_fields()
        if "household" in field.name or "family" in field.name
    }
    assert not columns
