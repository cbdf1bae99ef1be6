"""A refusal is a sentence a villager can read: what, why, which clause, what to do."""

from dataclasses import dataclass

from django.utils.translation import gettext as _


@dataclass(frozen=True)
class Fault:
    """One thing wrong with what was sent in.

    sentence: what is wrong and what to do, in the language of whoever did it.
    field: the input's name, when one input is at fault. row: 1-based row of a sheet or file.
    clause: the legal ground, when the law is what forbids it.
    """

    sentence: str
    field: str = ""
    row: int | None = None
    clause: str = ""

    def __str__(self) -> str:
        where = _("Dòng %(row)s: ") % {"row": self.row} if self.row is not None else ""
        ground = _(" (căn cứ: %(clause)s)") % {"clause": self.clause} if self.clause else ""
        return f"{where}{self.sentence}{ground}"


class Refusal(Exception):
    """A deed was refused and nothing was changed. Carries every fault found, not just the first."""

    def __init__(self, *faults: Fault | str) -> None:
        self.faults = tuple(Fault(f) if isinstance(f, str) else f for f in faults)
        super().__init__("\n".join(str(fault) for fault in self.faults))

    def of_field(self, field: str) -> list[str]:
        """The sentences that belong to one input."""
        return [str(fault) for fault in self.faults if fault.field == field]


class NotPermitted(Refusal):
    """Who is asking may not do this; the sentence also stands on the disabled button."""


class NotFound(Refusal):
    """There is no such thing, or it is not for these eyes: the two are not told apart."""
