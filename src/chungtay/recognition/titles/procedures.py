"""What the law of procedures says of a title once it is given: how often it is looked at, who may take it away."""

from collections.abc import Iterable
from datetime import date

from chungtay.recognition.procedures import queries as procedures
from rulebook.procedure import Every, Role


def every_of(standard_codes: Iterable[str], on: date) -> dict[str, Every]:
    """How often each of those titles is reviewed; one of which no adopted procedure tells is left out. One query."""
    found = {}
    for code, procedure in procedures.leading_to(standard_codes, on).items():
        told = next((step.every for step in procedure.on(on).steps.values() if step.every), None)
        if told is not None:
            found[code] = told
    return found


def deciding_role(standard_code: str, on: date) -> Role | None:
    """Who decides about the title on a day; None where the law of that day is not known."""
    procedure = procedures.leading_to([standard_code], on).get(standard_code)
    told = procedure.authority_on(on) if procedure else None
    return procedure.roles[told.role] if procedure and told and told.role else None
