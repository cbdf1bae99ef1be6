"""A title that a dossier gives, and the day of its ceremony."""

import uuid
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest

from chungtay.core.actors import SystemActor
from chungtay.core.refusals import NotPermitted, Refusal
from chungtay.recognition.models import Title
from chungtay.recognition.titles.actions import announce, enter_on_record, grant
from rulebook import Mark

MODEL = "xom-kieu-mau-thai-nguyen"
DECIDED, CEREMONY = date(2023, 5, 20), date(2023, 5, 24)
SYSTEM = SystemActor(label="Người dựng thử")
DOSSIER = uuid.UUID(int=7)


@pytest.fixture
def decide(demo: Any, now: datetime) -> Callable[..., Title]:
    """The model title of a hamlet, by the decision of the district chair of that day, unless told otherwise."""

    def one(**more: Any) -> Title:
        given: dict[str, Any] = {
            "by": SYSTEM,
            "at": now,
            "place_id": demo.place("khe_coc"),
            "standard_code": MODEL,
            "year": 2024,
            "decided_on": DECIDED,
            "decision_number": "",
            "decided_by": "Chủ tịch UBND huyện Phú Lương",
            "source": "Quyết định công nhận",
            "dossier_uid": DOSSIER,
        }
        return grant(**(given | more))

    return one


def test_a_granted_title_knows_its_dossier_and_a_number_not_yet_given_stays_empty(
    decide: Callable[..., Title],
) -> None:
    row = decide(mark=Mark.MEASURED)
    assert (row.on_record, row.dossier_uid, row.decision_number) == (False, DOSSIER, "")


def test_granting_twice_by_one_dossier_gives_one_title(
    decide: Callable[..., Title], unchanged: Callable[..., Any]
) -> None:
    first = decide()
    with unchanged():
        assert decide() == first
    with unchanged(), pytest.raises(Refusal, match="Không ghi đè"):
        decide(decision_number="12/QĐ-UBND")


def test_a_title_on_record_for_that_year_is_not_given_again(
    decide: Callable[..., Title], demo: Any, now: datetime, unchanged: Callable[..., Any]
) -> None:
    enter_on_record(
        by=SYSTEM,
        at=now,
        place_id=demo.place("khe_coc"),
        standard_code=MODEL,
        year=2024,
        decided_by="Chủ tịch UBND huyện Phú Lương",
        source="Bằng công nhận",
    )
    with unchanged(), pytest.raises(Refusal, match="Không ghi đè"):
        decide()


def test_a_hamlet_head_gives_no_title(
    decide: Callable[..., Title], demo: Any, unchanged: Callable[..., Any]
) -> None:
    with unchanged(), pytest.raises(NotPermitted):
        decide(by=demo.post("trưởng xóm Khe Cốc"))


def test_a_title_for_a_place_that_was_merged_names_the_place_that_followed(
    decide: Callable[..., Title], demo: Any, unchanged: Callable[..., Any]
) -> None:
    with unchanged(), pytest.raises(Refusal, match=r"không còn từ ngày 01/07/2025.*nơi kế tiếp"):
        decide(
            place_id=demo.place("quang_lac"),
            standard_code="xa-ntm-2021-2025",
            decided_on=date(2025, 8, 1),
            year=2025,
        )


def test_a_decision_of_tomorrow_is_refused(decide: Callable[..., Title], now: datetime) -> None:
    with pytest.raises(Refusal, match="sau hôm nay"):
        decide(decided_on=date(now.year, 12, 31), year=now.year)


def test_the_ceremony_is_written_once_and_never_before_the_decision(
    decide: Callable[..., Title], now: datetime, unchanged: Callable[..., Any]
) -> None:
    title = decide()
    for day, words in (
        (date(2023, 5, 19), "trước ngày quyết định"),
        (date(now.year, 12, 31), "sau hôm nay"),
    ):
        with unchanged(), pytest.raises(Refusal, match=words):
            announce(by=SYSTEM, at=now, title_id=title.pk, ceremony_on=day)
    assert announce(by=SYSTEM, at=now, title_id=title.pk, ceremony_on=CEREMONY).ceremony_on == CEREMONY
    with unchanged():
        announce(by=SYSTEM, at=now, title_id=title.pk, ceremony_on=CEREMONY)
    with unchanged(), pytest.raises(Refusal, match="24/05/2023"):
        announce(by=SYSTEM, at=now, title_id=title.pk, ceremony_on=date(2023, 5, 25))
