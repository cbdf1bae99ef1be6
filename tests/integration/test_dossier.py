"""A dossier from registration to decision: papers, order, days, and who may do what."""

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from chungtay.core.actors import SystemActor
from chungtay.core.refusals import Refusal
from chungtay.recognition.dossiers import actions, queries
from chungtay.recognition.dossiers.models import Dossier
from rulebook import Lawbook
from rulebook.loading.procedures import Procedures, read_procedures

MODEL = "xom-kieu-mau-thai-nguyen"
SYSTEM = SystemActor(label="Người dựng thử")
ON = date(2023, 5, 1)


@pytest.fixture(scope="session")
def procedures(law: Lawbook) -> Procedures:
    return read_procedures(Path(settings.LAW_DIR), law)


@pytest.fixture
def dossier(demo: Any, procedures: Procedures, now: datetime) -> Dossier:
    """Khe Cốc's, for the model title, opened in the autumn in which it was chosen."""
    actions.adopt(by=SYSTEM, at=now, procedures=procedures)
    return actions.open_dossier(
        by=demo.post("trưởng xóm Khe Cốc"),
        at=now,
        place_id=demo.place("khe_coc"),
        standard_code=MODEL,
        year=2023,
        opened_on=date(2022, 9, 1),
    )


def test_a_dossier_stands_at_its_first_step(dossier: Dossier) -> None:
    view = queries.standing(dossier.pk, on=ON)
    assert [each.step.code for each in view.row.open_steps] == ["register"]
    assert {each.component.code for each in view.missing} >= {"choice", "results_report"}
