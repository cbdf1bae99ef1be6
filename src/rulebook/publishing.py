"""Making public as data: where things are posted, how long at least, and the six rights of a household.

Read from `law/publishing.yaml` by `rulebook.loading.publishing`.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from rulebook.democracy import Days, Ground
from rulebook.texts import Text


@dataclass(frozen=True)
class Channel:
    """A place where things are posted or said. least: how long at least; None where the law names no length."""

    code: str
    name: Text
    least: Days | None


@dataclass(frozen=True)
class Right:
    """One of the six. says: what the law gives, in a sentence."""

    code: str
    name: Text
    says: Text
    ground: Ground


@dataclass(frozen=True)
class Publishing:
    """The whole of it, all by code, in the order of the file."""

    days: Mapping[str, Days]
    channels: Mapping[str, Channel]
    rights: Mapping[str, Right]
