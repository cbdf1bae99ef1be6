"""What a survey asks, as this site's law folder has it, and what it must reach by the procedure that was adopted."""

import json
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings

from chungtay.recognition.procedures import queries as procedures
from chungtay.territory.queries import PlaceView
from rulebook.loading.procedures import thaw
from rulebook.loading.questionnaires import read_questionnaires
from rulebook.procedure import Procedure
from rulebook.procedure import Survey as Marks
from rulebook.questionnaire import Questionnaire


@lru_cache(maxsize=1)
def _questionnaires() -> tuple[dict[str, Questionnaire], dict[str, dict[str, Any]]]:
    return read_questionnaires(Path(settings.LAW_DIR))


def questionnaires(standard: str, level: str) -> list[Questionnaire]:
    """Those that may be asked for a title of that level."""
    return [each for each in _questionnaires()[0].values() if each.fits(standard, level)]


def questionnaire(code: str) -> tuple[Questionnaire, dict[str, Any]] | None:
    """A questionnaire and its plain form to freeze; None where there is none of that code."""
    held, frozen = _questionnaires()
    return (held[code], frozen[code]) if code in held else None


def procedure_for(place: PlaceView, standard: str, on: date) -> tuple[Procedure, dict[str, Any]] | None:
    """The procedure by which the place is given a title on a day, and its plain form to freeze; None where there is
    none."""
    found = procedures.procedure_for(place, standard, on)
    return (found.procedure, procedures.frozen_of(found.id)) if found else None


def thawed(frozen: dict[str, Any]) -> Procedure:
    """A procedure as a survey keeps it. Lists hold the same one many times over: it is read once."""
    return _thawed(json.dumps(frozen, sort_keys=True))


@lru_cache(maxsize=16)
def _thawed(text: str) -> Procedure:
    return thaw(json.loads(text))


def marks_of(procedure: Procedure | None) -> Marks | None:
    """What its survey must reach; None where it asks for none."""
    return next(iter(procedure.surveys.values()), None) if procedure else None
