"""Who does a deed: always a capacity held for a place, never a bare account."""

from dataclasses import dataclass
from typing import Protocol

from django.utils.translation import gettext_noop


class Actor(Protocol):
    """A capacity in which somebody acts. `people.Post` satisfies it."""

    @property
    def actor_id(self) -> int | None:
        """Key of the post held; None for the system itself."""

    @property
    def role(self) -> str:
        """What kind of post, e.g. "hamlet_head"."""

    @property
    def label(self) -> str:
        """The post in words, e.g. "Trưởng xóm Khe Cốc". Never a person's name."""

    @property
    def place_id(self) -> int | None:
        """The place whose subtree the post covers; None covers the nation."""

    @property
    def sector(self) -> str:
        """The field of work the post is bound to, a code of the law's sectors; "" for every field."""


@dataclass(frozen=True)
class SystemActor:
    """The system acting by itself: set-up, loading, scheduled work."""

    label: str = gettext_noop("Hệ thống")  # kept as it is; translated where it is shown
    role: str = "system"
    actor_id: int | None = None
    place_id: int | None = None
    sector: str = ""
