"""What every goal's script shares: a database of each kind with a simulated nation in it, fair clocks, and the report.

Both sides of a goal run in one process, round after round in turn, and must give equal results; the median of three
rounds counts. CPU is this process's and, on PostgreSQL, the server process's behind our connection.
"""

import argparse
import os
import re
import secrets
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
PERFORMANCE = ROOT / "docs" / "performance.md"
ROUNDS = 3
DATABASES = ("sqlite", "postgresql")


@dataclass(frozen=True)
class Size:
    """How large a nation: None for all of it. Only `tiny` is not reported: it shows that a script still runs."""

    name: str
    communes: int | None
    hamlets: int
    years: tuple[int, ...]
    units: frozenset[str] | None  # provinces whose units are loaded


_TWO = frozenset({"19", "20"})
SIZES = {
    "tiny": Size("tiny", 6, 12, (2024, 2025), _TWO),
    "small": Size("small", 120, 1_200, (2021, 2022, 2023, 2024, 2025), _TWO),
    "medium": Size("medium", 1_200, 12_000, (2021, 2022, 2023, 2024, 2025), None),
    "full": Size("full", None, 120_000, (2021, 2022, 2023, 2024, 2025), None),
}


@dataclass(frozen=True)
class Took:
    """Seconds of one side: of the clock, and of processors."""

    wall: float
    cpu: float

    def __str__(self) -> str:
        return f"{_seconds(self.wall)} ({_seconds(self.cpu)})"


def _seconds(value: float) -> str:
    if value < 1e-6:
        return f"{value * 1e9:.0f} ns"
    if value < 0.001:
        return f"{value * 1e6:.0f} µs"
    return f"{value * 1000:.1f} ms" if value < 1 else f"{value:.2f} s"


# --- the script as it is called ---


def main(
    script: str, run: Callable[[argparse.Namespace, Size, str], None], databases: Sequence[str] = DATABASES
) -> int:
    """Call `run(asked, size, database)` in a process of its own for each kind of database, Django being set up."""
    arguments = argparse.ArgumentParser(description=sys.modules["__main__"].__doc__)
    arguments.add_argument("--size", choices=SIZES, default="small")
    arguments.add_argument("--on", choices=DATABASES, help="only this kind of database")
    arguments.add_argument("--keep", type=Path, help="folder of databases to make once and use again")
    arguments.add_argument("--inside", choices=DATABASES, help=argparse.SUPPRESS)
    asked = arguments.parse_args()
    if asked.inside:
        import django

        django.setup()
        run(asked, SIZES[asked.size], asked.inside)
        return 0
    worst = 0
    for database in databases:
        if asked.on in (None, database):
            with (
                tempfile.TemporaryDirectory(prefix="bench-") as scratch,
                _served(database, asked.keep, scratch) as more,
            ):
                environment = {
                    key: value for key, value in os.environ.items() if not key.startswith("CHUNGTAY_")
                }
                environment.pop("DATABASE_URL", None)
                environment |= {
                    "CHUNGTAY_DEMO": "1",
                    "DJANGO_SETTINGS_MODULE": "chungtay.config.settings",
                } | more
                environment["PYTHONPATH"] = os.pathsep.join([str(ROOT / "src"), str(ROOT / "bench")])
                command = [sys.executable, script, "--inside", database, "--size", asked.size]
                worst = max(worst, subprocess.run(command, env=environment, check=False).returncode)
    return worst


@contextmanager
def _served(database: str, keep: Path | None, scratch: str) -> Iterator[dict[str, str]]:
    folder = Path(scratch) if keep is None else keep.resolve()
    folder.mkdir(parents=True, exist_ok=True)
    if database == "sqlite":
        yield {"CHUNGTAY_VAR": str(folder)}
    else:
        with _postgres(folder, kept=keep is not None) as url:
            yield {"CHUNGTAY_VAR": str(folder), "DATABASE_URL": url}


@contextmanager
def _postgres(folder: Path, *, kept: bool) -> Iterator[str]:
    """A cluster of our own on a free port; in `folder` where it is to be used again. Not durable."""
    programs = _postgres_programs()
    owner = (
        ["runuser", "-u", _owner(), "--"] if os.geteuid() == 0 else []
    )  # PostgreSQL refuses to run as root
    cluster = folder / "cluster" if kept else Path(tempfile.mkdtemp(prefix="bench-cluster-"))
    cluster.mkdir(exist_ok=True)
    if owner:
        shutil.chown(cluster, _owner())
    data, password_file = cluster / "data", cluster / "password"
    if not data.exists():
        password_file.write_text(secrets.token_hex(16))
        if owner:
            shutil.chown(password_file, _owner())
        _quiet([*owner, f"{programs}/initdb", "-D", data, "-U", "postgres", f"--pwfile={password_file}",
                "--auth=scram-sha-256", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync"], cluster)  # fmt: skip
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    settings = {
        "port": port, "listen_addresses": "127.0.0.1", "unix_socket_directories": "", "fsync": "off",
        "synchronous_commit": "off", "full_page_writes": "off", "shared_buffers": "1GB", "work_mem": "64MB",
        "max_wal_size": "4GB", "max_parallel_workers_per_gather": 0,
    }  # fmt: skip
    options = " ".join(f"-c {name}={value}" for name, value in settings.items())
    _quiet(
        [*owner, f"{programs}/pg_ctl", "-D", data, "-l", data / "log", "-w", "start", "-o", options], cluster
    )
    try:
        yield f"postgres://postgres:{password_file.read_text()}@127.0.0.1:{port}/postgres"
    finally:
        _quiet([*owner, f"{programs}/pg_ctl", "-D", data, "-m", "fast", "stop"], cluster)
        if not kept:
            shutil.rmtree(cluster, ignore_errors=True)


def _postgres_programs() -> str:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda file: -int(file.parts[-3]))
    if not found:
        raise SystemExit("PostgreSQL is not installed: apt-get install postgresql, or --on sqlite")
    return str(found[0].parent)


def _owner() -> str:
    return "postgres" if "\npostgres:" in Path("/etc/passwd").read_text() else "nobody"


def _quiet(command: Sequence[object], folder: Path) -> None:
    run = subprocess.run(
        [str(each) for each in command], cwd=folder, capture_output=True, text=True, check=False
    )
    if run.returncode:
        raise SystemExit(f"{command[0]}: {run.stdout}{run.stderr}")


# --- the nation ---


def tables() -> None:
    """The tables of an empty database, straight from the models: the same as migrations make, in a moment."""
    from django.apps import apps
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connection

    from chungtay.core import append_only

    if connection.introspection.table_names():
        return
    settings.MIGRATION_MODULES = {app.label: None for app in apps.get_app_configs()}
    call_command("migrate", run_syncdb=True, verbosity=0)
    call_command("createcachetable")
    append_only.guard(connection)


def nation(size: Size) -> None:
    """A simulated nation of that size in the database of this process; what is there already is left."""
    from django.conf import settings
    from django.db import connection
    from django.utils import timezone

    from chungtay.core.actors import SystemActor
    from chungtay.demo.simulation.nation import Wishes, simulate
    from chungtay.standards import actions as standards
    from chungtay.territory.units import load_units
    from rulebook import read_law

    done = Path(settings.VAR_DIR) / f"{Path(connection.settings_dict['NAME']).name}-{size.name}.done"
    if done.exists():
        return
    tables()
    at, by = timezone.now(), SystemActor(label="Đo tốc độ")
    load_units(by=by, at=at, provinces=None if size.units is None else set(size.units))
    standards.adopt(by=by, at=at, book=read_law(settings.LAW_DIR, with_cases=False))
    wishes = Wishes(years=size.years, hamlets=size.hamlets, communes=size.communes)
    report = simulate(wishes, at=at, say=lambda line: None)
    assert not report.faults, report.faults[:3]
    done.touch()


def collected(size: Size) -> None:
    """Style sheets, scripts and letters as a site serves them: with digests in their names, compressed.

    For the tiny size as they lie in the packages: compressing takes long.
    """
    from django.conf import settings
    from django.core.management import call_command

    if size.name == "tiny":
        plain_files()
    elif not (Path(settings.STATIC_ROOT) / "staticfiles.json").exists():
        call_command("collectstatic", interactive=False, verbosity=0)


def plain_files() -> None:
    """Pages without files collected before."""
    from django.conf import settings

    plain = "django.contrib.staticfiles.storage.StaticFilesStorage"
    settings.STORAGES["staticfiles"]["BACKEND"], settings.STATIC_ROOT = plain, None


def use(name: str) -> None:
    """Go over to another database beside the first, made when it is not there; "" is the first one."""
    from django.db import connection

    known = connection.settings_dict.setdefault("FIRST", connection.settings_dict["NAME"])
    wanted = known
    if name:
        wanted = (
            f"{known}_{name}"
            if connection.vendor == "postgresql"
            else Path(known).with_suffix(f".{name}.sqlite3")
        )
    if wanted == connection.settings_dict["NAME"]:
        return
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [wanted])
            if cursor.fetchone() is None:
                cursor.execute(f'CREATE DATABASE "{wanted}"')
        connection.close()
        connection.close_pool()
    connection.close()
    connection.settings_dict["NAME"] = wanted


# --- clocks ---


def cpu() -> float:
    """CPU seconds so far of this process and of the database's process behind our connection."""
    from django.db import connection

    spent = time.process_time()
    if connection.vendor == "postgresql" and connection.connection is not None:
        stat = (
            Path(f"/proc/{connection.connection.info.backend_pid}/stat")
            .read_text()
            .rpartition(")")[2]
            .split()
        )
        spent += (int(stat[11]) + int(stat[12])) / os.sysconf("SC_CLK_TCK")
    return spent


def timed(deed: Callable[[], Any]) -> tuple[Took, Any]:
    """How long a thing took, and what it gave."""
    from django.db import connection

    connection.ensure_connection()
    wall, spent = time.perf_counter(), cpu()
    gave = deed()
    return Took(time.perf_counter() - wall, cpu() - spent), gave


def rounds(size: Size) -> range:
    """The rounds of a measurement; one where nothing is measured."""
    return range(1 if size.name == "tiny" else ROUNDS)


def in_turn(size: Size, *sides: Callable[[], Any]) -> list[tuple[Took, Any]]:
    """Every side once a round, round after round: (median wall and CPU, what it gave last). A warm-up goes before."""
    took: list[list[Took]] = [[] for _ in sides]
    gave: list[Any] = [None if size.name == "tiny" else side() for side in sides]
    for _ in rounds(size):
        for at, side in enumerate(sides):
            one, gave[at] = timed(side)
            took[at].append(one)
    return [(median_of(each), given) for each, given in zip(took, gave, strict=True)]


def median_of(took: Sequence[Took]) -> Took:
    return Took(statistics.median(each.wall for each in took), statistics.median(each.cpu for each in took))


# --- the report ---

_HEAD = """| goal | on | size | ours: wall (CPU) | reference: wall (CPU) | ratio | goal | holds | measured |
|---|---|---|---|---|---|---|---|---|
"""
_MARKERS = ("<!-- measured -->\n", "<!-- /measured -->")


@dataclass(frozen=True)
class Line:
    """One line of docs/performance.md. ratio, bound: in words, with the unit they have."""

    goal: str
    on: str
    size: str
    ours: Took
    reference: Took | None
    ratio: str
    bound: str
    holds: bool
    note: str = ""


def report(line: Line, size: Size) -> None:
    """Print the line and, but for the tiny size, put it where the last of the same goal, database and size stood."""
    where = f"{date.today():%d/%m/%Y}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}"
    note = f"; {line.note}" if line.note else ""
    cells = [line.goal, line.on, line.size, line.ours, line.reference or "–", line.ratio, line.bound]
    row = "| " + " | ".join(map(str, cells)) + f" | {'yes' if line.holds else '**no**'} | {where}{note} |"
    print(row, flush=True)
    if size.name == "tiny":
        return
    text = PERFORMANCE.read_text(encoding="utf-8")
    start, end = (text.index(marker) for marker in _MARKERS)
    start += len(_MARKERS[0])
    rows = [each for each in text[start:end].removeprefix(_HEAD).splitlines() if each.startswith("|")]
    key = row.split("|")[1:4]
    rows = sorted([each for each in rows if each.split("|")[1:4] != key] + [row], key=_order)
    PERFORMANCE.write_text(text[:start] + _HEAD + "\n".join(rows) + "\n" + text[end:], encoding="utf-8")


def _order(row: str) -> tuple[int, str]:
    goal = row.split("|")[1]
    return int(re.sub(r"\D", "", goal) or 0), row
