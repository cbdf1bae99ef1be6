"""Many senders of one photograph at once: one file, one proof."""

import io
from datetime import datetime
from threading import Thread

import pytest
from django.db import connection
from tests.integration import evidence_samples as made

from chungtay.core.actors import SystemActor
from chungtay.core.jobs.models import Job
from chungtay.evidence import actions
from chungtay.evidence.actions import Kept
from chungtay.evidence.models import File, Proof
from chungtay.evidence.subjects import Subject
from chungtay.territory.models import Level, Place, PlaceState


@pytest.mark.django_db(transaction=True)
def test_the_same_photograph_sent_by_many_at_once_is_kept_once(now: datetime) -> None:
    nation = Place.objects.create(level=Level.NATION)
    PlaceState.objects.create(place=nation, name="Việt Nam", path=f"/{nation.pk}/", sort_key="v")
    photo, subject = made.photo().getvalue(), Subject("work", "w1", "Đường ngõ 3", nation.pk)
    kept: list[Kept | Exception] = []

    def work() -> None:
        try:
            content = io.BytesIO(photo)
            kept.append(
                actions.keep_file(
                    by=SystemActor(),
                    at=now,
                    place_id=nation.pk,
                    content=content,
                    name="a.jpg",
                    proves=[subject],
                )
            )
        except Exception as problem:
            kept.append(problem)
        connection.close()

    threads = [Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {type(each) for each in kept} == {Kept}, kept
    assert sum(each.is_new for each in kept if isinstance(each, Kept)) == 1
    assert (File.objects.count(), Proof.objects.count(), Job.objects.count()) == (1, 1, 1)
