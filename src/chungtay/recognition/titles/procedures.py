"""What the law of procedures says of a title once it is given: how often it is looked at, who may take it away."""

from datetime import date
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from rulebook import read_law
from rulebook.loading.procedures import Procedures, read_procedures
from rulebook.procedure import Every, Procedure, Role


@lru_cache(maxsize=1)
def procedures() -> Procedures:
    """Those of the site's law folder, read once a process."""
    folder = Path(settings.LAW_DIR)
    return read_procedures(folder, read_law(folder, with_cases=False))


def procedure_of(standard_code: str, on: date) -> Procedure | None:
    """The procedure that leads to a title, as the file stands; None where nobody has written one."""
    return next(iter(procedures().leading_to(standard_code, on=on)), None)


def every_of(standard_code: str, on: date) -> Every | None:
    """How often the title is reviewed; None where no procedure tells."""
    procedure = procedure_of(standard_code, on)
    steps = procedure.on(on).steps.values() if procedure else ()
    return next((step.every for step in steps if step.every), None)


def deciding_role(standard_code: str, on: date) -> Role | None:
    """Who decides about the title on a day; None where the law of that day is not known."""
    procedure = procedure_of(standard_code, on)
    told = procedure.authority_on(on) if procedure else None
    return procedure.roles[told.role] if procedure and told and told.role else None
