"""A file of one level is not judged by a standard of another."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]


def judge(standard: str, level: str, tmp_path: Path) -> subprocess.CompletedProcess[str]:
    facts = tmp_path / "facts.yaml"
    facts.write_text(f"place: {{level: {level}}}\nfacts: []\n", encoding="utf-8")
    command = [sys.executable, "-m", "rulebook", "judge", standard, str(facts), "--on", "2023-05-24"]
    command += ["--law", str(ROOT / "law")]
    env = {"PYTHONPATH": str(ROOT / "src"), "PYTHONUTF8": "1"}
    return subprocess.run(command, capture_output=True, text=True, env=env, check=False)


def test_a_hamlet_is_not_judged_by_a_commune_s_standard(tmp_path: Path) -> None:
    answer = judge("xa-ntm-2021-2025", "hamlet", tmp_path)
    assert answer.returncode == 2
    assert "dùng cho cấp commune" in answer.stderr
    assert "Traceback" not in answer.stderr


@pytest.mark.parametrize("level", ["hamlet", "area"])
def test_a_part_of_a_hamlet_may_be_judged_by_a_hamlet_s_standard(level: str, tmp_path: Path) -> None:
    assert judge("xom-thong-minh-thai-nguyen", level, tmp_path).returncode == 0
