"""Who tells a story: posts by the names of their accounts, places by the story's keys, the same ids each time."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone

from chungtay.demo.identity import story_uid
from chungtay.ledger import queries as ledger
from chungtay.people import queries as people
from chungtay.people.models import Post


@dataclass(frozen=True)
class Teller:
    """places: ids by the stories' keys. at: when all of it is written."""

    places: Mapping[str, int]
    at: datetime

    def post(self, username: str) -> Post:
        """The post that account holds on the day of writing."""
        user = people.user_named(username)
        assert user is not None, username
        return people.posts_held(user, timezone.localdate(self.at))[0]

    def by(self, username: str) -> dict[str, Any]:
        """Who and when, as every deed asks for them."""
        return {"by": self.post(username), "at": self.at}

    def uid(self, *parts: str) -> uuid.UUID:
        return story_uid("joining", *parts)

    def has_told(self, place: str, purpose: uuid.UUID) -> bool:
        """Whether the story whose money is for that purpose was written before."""
        return any(each.uid == purpose for each in ledger.purposes(self.places[place]))
