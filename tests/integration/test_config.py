"""What the settings promise: a sound SQLite, strict headers, no demo passwords in production, sentences on refusal."""

import os
import stat
import subprocess
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from babel.messages.mofile import read_mo
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client

from chungtay.config import checks, cli, secret_key, sqlite_engine
from chungtay.config.management.commands import compile_catalogues
from chungtay.core.actors import SystemActor
from chungtay.core.refusals import Fault, Refusal
from chungtay.people import actions as people
from chungtay.people import queries


@pytest.mark.parametrize(
    ("version", "corrupts"),
    [((3, 40, 1), True), ((3, 51, 2), True), ((3, 51, 3), False), ((3, 53, 4), False), ((3, 6, 9), False)],
)
def test_the_wal_fault_is_known_by_version(version: tuple[int, int, int], corrupts: bool) -> None:
    assert sqlite_engine.corrupts_wal(version) is corrupts


@pytest.mark.django_db
def test_sqlite_runs_sound_and_in_wal_mode() -> None:
    if connection.vendor != "sqlite":
        pytest.skip("this run is on PostgreSQL")
    with connection.cursor() as cursor:
        version = tuple(map(int, cursor.execute("SELECT sqlite_version()").fetchone()[0].split(".")))
        pragmas = [
            cursor.execute(f"PRAGMA {name}").fetchone()[0]
            for name in ("journal_mode", "synchronous", "mmap_size")
        ]
    assert not sqlite_engine.corrupts_wal(version)
    assert pragmas == ["wal", 1, 0]


def test_an_affected_sqlite_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("this run is on PostgreSQL")
    assert checks.check_sqlite() == []
    monkeypatch.setattr(checks.sqlite3, "sqlite_version_info", (3, 40, 1))
    assert [error.id for error in checks.check_sqlite()] == ["chungtay.E001"]


@pytest.mark.django_db
def test_demo_logins_are_refused_in_production(now: datetime, settings: Any) -> None:
    def told() -> list[str | None]:
        return [error.id for error in checks.check_demo_logins(databases=["default"])]

    settings.DEMO = settings.DEBUG = False
    assert told() == []
    people.create_user(username="lan", display_name="Lan", by=SystemActor(), at=now, is_demo=True)
    assert told() == ["chungtay.E002"]
    settings.DEMO = True
    assert told() == []
    settings.DEMO = False
    call_command("lock_demo_users", verbosity=0)
    assert told() == []
    assert queries.open_demo_users() == []


def test_the_signing_key_is_made_once_and_for_the_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "var" / "secret_key"
    first = secret_key.read_or_make(path)
    assert len(first) == secret_key.LENGTH
    assert secret_key.read_or_make(path) == first
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert list(path.parent.iterdir()) == [path]


def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """The command in a process of its own, where settings are read afresh."""
    return subprocess.run(
        [sys.executable, "-m", "chungtay.config.cli", *arguments],
        env={
            **{k: v for k, v in os.environ.items() if not k.startswith(("CHUNGTAY_", "DJANGO_"))},
            "PYTHONPATH": str(settings.BASE_DIR / "src"),
            **environment,
        },
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_deploy_check_is_clean_with_sensible_settings(tmp_path: Path) -> None:
    told = run(
        "check",
        "--deploy",
        "--fail-level=WARNING",
        CHUNGTAY_VAR=str(tmp_path),
        CHUNGTAY_HTTPS="1",
        CHUNGTAY_FIELD_KEYS="x" * 64,
        CHUNGTAY_ALLOWED_HOSTS="chungtay.example.vn",
        CHUNGTAY_SECRET_KEY="bí mật đủ dài, đủ lạ và không ai đoán được 2026-03-02 !?",
    )
    assert told.returncode == 0, told.stderr


def test_evidence_is_kept_in_a_closed_folder_or_in_a_bucket(tmp_path: Path) -> None:
    ask = (
        "from chungtay.config import settings as s; kept = s.STORAGES['evidence']; "
        "print(kept['BACKEND'].rsplit('.', 1)[1], sorted(str(v) for v in kept['OPTIONS'].values()))"
    )

    def told(**environment: str) -> str:
        return subprocess.run(
            [sys.executable, "-c", ask],
            env={
                **os.environ,
                "CHUNGTAY_VAR": str(tmp_path),
                "PYTHONPATH": str(settings.BASE_DIR / "src"),
                **environment,
            },
            capture_output=True,
            text=True,
            check=True,
        ).stdout

    assert told().startswith(f"FileSystemStorage ['{tmp_path}/evidence'")
    in_a_bucket = told(CHUNGTAY_EVIDENCE_S3="minhchung", CHUNGTAY_EVIDENCE_S3_ENDPOINT="https://s3.gov.vn")
    assert in_a_bucket.startswith("S3Storage")
    assert "'https://s3.gov.vn'" in in_a_bucket
    assert "'minhchung'" in in_a_bucket


def test_https_asks_for_a_signing_key(tmp_path: Path) -> None:
    told = run("check", CHUNGTAY_VAR=str(tmp_path), CHUNGTAY_HTTPS="1")
    assert told.returncode != 0
    assert "CHUNGTAY_SECRET_KEY" in told.stderr


def test_a_refused_command_says_its_sentences_without_a_traceback(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refuse(_: list[str]) -> None:
        raise Refusal(Fault("Thiếu cột “Năm”.", row=3), "Hãy xem lại tệp.")

    monkeypatch.setattr(cli, "execute_from_command_line", refuse)
    with pytest.raises(SystemExit) as ended:
        cli.main(["anything"])
    assert ended.value.code == cli.REFUSED
    assert capsys.readouterr().err == "Dòng 3: Thiếu cột “Năm”.\nHãy xem lại tệp.\n"


@pytest.mark.django_db
def test_every_answer_carries_the_strict_headers() -> None:
    headers = Client().post("/ngon-ngu/", {"language": "en"}).headers
    policy = headers["Content-Security-Policy"].split("; ")
    assert {"default-src 'self'", "script-src 'self'", "style-src 'self'"} <= set(policy)
    assert {"frame-ancestors 'none'", "form-action 'self'", "object-src 'none'"} <= set(policy)
    assert "unsafe" not in str(policy)
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "HttpOnly" in str(Client().post("/ngon-ngu/", {"language": "en"}).cookies["django_language"])


PO = """msgid ""
msgstr "Content-Type: text/plain; charset=UTF-8\\n"

#, python-format
msgid "Có %(count)s xã"
msgstr "{translation}"
"""


def write_catalogue(folder: Path, translation: str) -> Path:
    source = folder / "en" / "LC_MESSAGES" / "django.po"
    source.parent.mkdir(parents=True)
    source.write_text(PO.replace("{translation}", translation))
    return source


def test_catalogues_are_compiled_only_when_changed(tmp_path: Path) -> None:
    source = write_catalogue(tmp_path, "%(count)s communes")
    assert compile_catalogues.compile_if_changed(source)
    assert not compile_catalogues.compile_if_changed(source)
    with source.with_suffix(".mo").open("rb") as file:
        assert read_mo(file)["Có %(count)s xã"].string == "%(count)s communes"  # type: ignore[union-attr]
    os.utime(source, ns=(source.stat().st_mtime_ns + 10**9,) * 2)
    assert compile_catalogues.compile_if_changed(source)


def test_a_translation_that_loses_a_value_is_refused(tmp_path: Path) -> None:
    source = write_catalogue(tmp_path, "%(cuont)s communes")
    with pytest.raises(CommandError, match=r"django\.po:5"):
        compile_catalogues.compile_if_changed(source)
    assert not source.with_suffix(".mo").exists()
