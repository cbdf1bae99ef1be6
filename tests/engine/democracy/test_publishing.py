"""The law of making public: what is on file, and what a slip in the file is told."""

from pathlib import Path

import pytest

from rulebook.loading.publishing import read_publishing
from rulebook.problems import Bad

LAW = Path(__file__).parents[3] / "law" / "publishing.yaml"


def test_boards_hang_twenty_days_loudspeakers_three_and_there_are_six_rights() -> None:
    law = read_publishing(LAW)
    least = {code: each.least.days if each.least else None for code, each in law.channels.items()}
    assert (least["board"], least["office"], least["loudspeaker"], least["group"]) == (20, 20, 3, None)
    assert list(law.rights) == ["know", "discuss", "do", "check", "supervise", "benefit"]
    assert law.days["loudspeaker"].ground.confirmed and not law.days["name_request"].ground.confirmed


def test_a_channel_held_to_days_that_are_not_there_is_told_with_its_line(tmp_path: Path) -> None:
    file = tmp_path / "publishing.yaml"
    file.write_text(
        LAW.read_text(encoding="utf-8").replace("least: loudspeaker", "least: loa"), encoding="utf-8"
    )
    with pytest.raises(Bad, match="loa"):
        read_publishing(file)
