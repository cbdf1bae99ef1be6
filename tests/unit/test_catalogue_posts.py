"""A post on record keeps its words; a reader of English reads its title in English and its place as it is called."""

import shutil
from pathlib import Path

import pytest
from django.utils import translation
from django.utils.translation import trans_real
from pytest_django import Settings

from chungtay.config.management.commands.collect_messages import PACKAGE
from chungtay.config.management.commands.compile_catalogues import compile_if_changed
from chungtay.people.roles import PERMISSIONS, RoleCode, label_in_words


@pytest.fixture(autouse=True)
def catalogue(tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """The catalogue compiled aside: none need have been compiled before."""
    source = tmp_path / "locale/en/LC_MESSAGES/django.po"
    source.parent.mkdir(parents=True)
    shutil.copy(PACKAGE / "locale/en/LC_MESSAGES/django.po", source)
    compile_if_changed(source)
    settings.LOCALE_PATHS = [tmp_path / "locale"]
    monkeypatch.setattr(trans_real, "_translations", {})  # what was read before


@pytest.mark.parametrize(
    ("recorded", "english"),
    [
        ("Trưởng xóm · xóm Khe Cốc", "Hamlet head (xóm) · xóm Khe Cốc"),
        ("Trưởng thôn", "Hamlet head"),
        (
            "Cán bộ nông thôn mới cấp xã · xã Vô Tranh",
            "Commune officer for New Rural Development · xã Vô Tranh",
        ),
        ("Kiểm tra, giám sát", "Inspection and oversight"),
        ("Hệ thống", "The system"),
        ("Tổ công tác 100% · xã Vô Tranh", "Tổ công tác 100% · xã Vô Tranh"),
        ("", ""),
    ],
)
def test_the_title_is_said_in_the_readers_language(recorded: str, english: str) -> None:
    with translation.override("vi"):
        assert label_in_words(recorded) == recorded
    with translation.override("en"):
        assert label_in_words(recorded) == english


def test_every_role_and_deed_has_an_english_name() -> None:
    words = [role.label for role in RoleCode] + list(PERMISSIONS.values())
    with translation.override("vi"):
        vietnamese = [str(word) for word in words]
    with translation.override("en"):
        assert not set(vietnamese) & {str(word) for word in words}
