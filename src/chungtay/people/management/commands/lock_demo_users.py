from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from chungtay.core.actors import SystemActor
from chungtay.people import actions, queries


class Command(BaseCommand):
    help = "Lock every demo account, whose password is published."

    def handle(self, **_: Any) -> None:
        for user in queries.open_demo_users():
            actions.lock_user(user=user, by=SystemActor(), at=timezone.now())
            self.stdout.write(f"{user.username}: đã khoá")
