"""The direction of the packages is tested, not agreed upon."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
CHUNGTAY = ROOT / "src" / "chungtay"
SCREENS = [CHUNGTAY / "office", CHUNGTAY / "ui"]
ORM = {"objects", "save", "delete", "bulk_create", "bulk_update", "select_related", "prefetch_related", "raw"}


def test_packages_import_only_what_stands_below_them() -> None:
    run = subprocess.run(
        [sys.executable, "-c", "from importlinter.cli import lint_imports_command as c; c()", "--no-cache"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stdout + run.stderr


@pytest.mark.parametrize("folder", SCREENS, ids=lambda folder: folder.name)
def test_screens_do_not_use_the_orm(folder: Path) -> None:
    found = [
        f"{file.relative_to(ROOT)}:{node.lineno}: .{node.attr}"
        for file in sorted(folder.rglob("*.py"))
        for node in ast.walk(ast.parse(file.read_text(), str(file)))
        if isinstance(node, ast.Attribute) and node.attr in ORM
    ]
    assert not found, "ask a query or do a deed instead:\n" + "\n".join(found)


@pytest.mark.parametrize("folder", SCREENS, ids=lambda folder: folder.name)
def test_templates_do_not_climb_into_the_orm(folder: Path) -> None:
    climbing = re.compile(r"\{[{%][^}%]*\.(objects|\w+_set|all)\b")
    found = [
        f"{file.relative_to(ROOT)}:{number}: {line.strip()}"
        for file in sorted(folder.rglob("*.html"))
        for number, line in enumerate(file.read_text().splitlines(), 1)
        if climbing.search(line)
    ]
    assert not found, "a template shows what the view hands it:\n" + "\n".join(found)


def test_packages_from_outside_are_opened_in_one_place() -> None:
    """A zip made by others is opened by `core.packages`; everybody else only writes new ones, or reads its own."""
    found = [
        f"{file.relative_to(ROOT)}:{node.lineno}"
        for file in sorted(CHUNGTAY.rglob("*.py"))
        if file != CHUNGTAY / "core" / "packages.py"
        for node in ast.walk(ast.parse(file.read_text(), str(file)))
        if isinstance(node, ast.Call) and ast.unparse(node.func) in ("zipfile.ZipFile", "ZipFile")
        if not any(isinstance(each, ast.Constant) and each.value == "w" for each in node.args)
    ]
    assert found == []


def test_keys_across_packages_have_no_way_back() -> None:
    from django.apps import apps

    found = [
        f"{field.model._meta.label}.{field.name}"
        for model in apps.get_models()
        if model.__module__.startswith("chungtay.")
        for field in model._meta.get_fields()
        if field.is_relation
        and field.concrete
        and field.related_model._meta.app_label != model._meta.app_label
        and not field.remote_field.hidden
    ]
    assert not found, f'give these related_name="+": {found}'


def test_every_direct_dependency_says_why() -> None:
    silent = [
        line.strip()
        for line in (ROOT / "pyproject.toml").read_text().splitlines()
        if re.match(r'\s+"[a-z0-9-]+(\[[a-z,-]+\])?>=', line) and not re.search(r"#\s*\S{2,}.*\S", line)
    ]
    assert not silent, f"say why in a comment: {silent}"


def test_the_locks_hold_hashes_and_no_addresses() -> None:
    for name in ("requirements.lock", "requirements-dev.lock"):
        text = (ROOT / name).read_text()
        assert "--hash=sha256:" in text, name
        assert "://" not in text, name


@pytest.mark.parametrize("folder", ["engine", "annex", "unit", "architecture"])
def test_folders_run_on_one_database_only_meet_none(folder: str) -> None:
    """script/test leaves them out on PostgreSQL: nothing there may open a database."""
    opening = re.compile(r"django_db|from django\.db|transactional_db|\bdemo: Any|live_server")
    found = [
        str(file.relative_to(ROOT))
        for file in sorted((ROOT / "tests" / folder).rglob("*.py"))
        if file != Path(__file__) and opening.search(file.read_text())
    ]
    assert not found
