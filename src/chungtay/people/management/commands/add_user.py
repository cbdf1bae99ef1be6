from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction
from django.utils import timezone

from chungtay.core.actors import SystemActor
from chungtay.people import actions
from chungtay.people.roles import RoleCode


class Command(BaseCommand):
    help = "Add a user, with a post when --role is given, and print the password once."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("username")
        parser.add_argument("display_name")
        parser.add_argument("--role", choices=RoleCode.values)
        parser.add_argument(
            "--place", type=int, help="number of the post's place; none for the whole country"
        )

    @transaction.atomic
    def handle(
        self, *, username: str, display_name: str, role: str | None, place: int | None, **_: Any
    ) -> None:
        by, at = SystemActor(), timezone.now()
        new = actions.create_user(username=username, display_name=display_name, by=by, at=at)
        if role:
            day = timezone.localdate(at)
            post = actions.grant_post(user=new.user, role=role, place_id=place, valid_from=day, by=by, at=at)
            self.stdout.write(post.label)
        self.stdout.write(f"{new.user.username}: {new.password}")
