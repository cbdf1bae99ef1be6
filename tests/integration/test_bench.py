"""The scripts behind docs/performance.md still run, on a nation of a few communes: they must not rot unseen."""

import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(__file__).parents[2]
NEEDS = {
    "p1_nation": "duckdb",
    "p3_sheet": "duckdb",
    "p12_weight": "duckdb",
    "p13_ten_times": "duckdb",
    "p9_papers": "weasyprint",
}  # three lean on the first
ALONE = {"p6_ledger", "p10_workbook"}  # count what they wrote themselves, so nothing may be there before
LINES = {
    "p1_nation": ["P1", "P2"],
    "p3_sheet": ["P3"],
    "p4_one_figure": ["P4"],
    "p5_drain": ["P5"],
    "p6_ledger": ["P6 grown", "P6 summed"],
    "p8_public_page": ["P8 kept", "P8 not changed", "P8 made anew"],
    "p9_papers": ["P9"],
    "p10_workbook": ["P10"],
    "p12_weight": ["P12 public", "P12 officers"],
    "p13_ten_times": ["P13 batch", "P13 page"],
}


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One small nation for all of them."""
    return tmp_path_factory.mktemp("bench")


@pytest.mark.skipif("postgresql" in settings.DATABASES["default"]["ENGINE"], reason="run once, with SQLite")
@pytest.mark.parametrize("script", LINES)
def test_a_goals_script_runs_at_its_tiniest_with_equal_results_on_both_sides(script: str, kept: Path) -> None:
    if importlib.util.find_spec(NEEDS.get(script, "django")) is None:
        pytest.skip(f"{NEEDS[script]} is not installed (dependency group bench)")
    if script == "p3_sheet" and shutil.which("soffice") is None:
        pytest.skip("LibreOffice is not installed")
    folder = kept / script if script in ALONE else kept
    before = (ROOT / "docs" / "performance.md").read_bytes()
    command = [
        sys.executable,
        ROOT / "bench" / f"{script}.py",
        "--size",
        "tiny",
        "--on",
        "sqlite",
        "--keep",
        folder,
    ]
    run = subprocess.run(command, capture_output=True, text=True, check=False, env=dict(os.environ))
    assert run.returncode == 0, run.stdout + run.stderr
    goals = [line.split("|")[1].strip() for line in run.stdout.splitlines() if line.startswith("|")]
    assert goals == LINES[script], run.stdout + run.stderr
    assert (ROOT / "docs" / "performance.md").read_bytes() == before, "tiny figures are not worth keeping"
