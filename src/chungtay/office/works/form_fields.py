"""What the forms of deeds on a work have in common."""

from collections.abc import Callable
from typing import Any

from chungtay.office.answers import Visit
from chungtay.office.forms import Field, Values
from chungtay.works.queries import WorkView
from viet.dates import format_day

Fields = Callable[[Visit, WorkView], list[Field]]
Run = Callable[[dict[str, Any], WorkView, Values], Any]


def day_field(label: str, visit: Visit, **more: Any) -> Field:
    """The day of a deed, today unless typed otherwise."""
    return Field("on", label, "day", value=format_day(visit.today), **more)
