"""The Front's satisfaction survey: one ballot a household, an anonymous count, frozen; and what goes wrong."""

import re
import uuid
from copy import deepcopy
from dataclasses import replace
from datetime import date, datetime, timedelta
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone
from tests.integration.conftest import BUILT_AT, SYSTEM
from tests.integration.walking import words_of

from chungtay.community.feedback.models import Feedback
from chungtay.community.households import actions as books
from chungtay.core.refusals import NotFound, NotPermitted, Refusal
from chungtay.people.models import Post, User
from chungtay.people.roles import RoleCode
from chungtay.portal import doors
from chungtay.recognition.procedures import adopting
from chungtay.recognition.surveys import actions, collecting, counting, queries, secrets, views, waiting
from chungtay.recognition.surveys.actions import Paper
from chungtay.recognition.surveys.collecting import AskedSlips
from chungtay.recognition.surveys.models import (
    Survey,
    SurveyAnswer,
    SurveyComment,
    SurveySlip,
)
from chungtay.recognition.surveys.policies import State
from chungtay.recognition.surveys.queries import Asked
from chungtay.territory import actions as territory
from rulebook import Verdict, read_law
from rulebook.loading.procedures import read_procedures, thaw

COMMUNE = "xa-ntm-2021-2025"
QUESTIONS = (
    *("planning", "roads", "water", "power", "schools", "culture", "living", "production", "health"),
    *("environment", "government", "security", "whole"),
)
DAY = timedelta(days=1)
ALL_YES = dict.fromkeys(QUESTIONS, "yes")
ALL_NO = dict.fromkeys(QUESTIONS, "no")


def commune(demo: Any) -> int:
    return int(demo.post("cán bộ Vô Tranh").place_id)


def holder(role: RoleCode, place_id: int, user: User | None = None) -> Post:
    user = user or User.objects.create(username=f"{role}.{place_id}.{User.objects.count()}", created=BUILT_AT)
    sector = "MTTQ" if role == RoleCode.FRONT_OFFICER else ""
    return Post.objects.create(
        user=user,
        role=role,
        place_id=place_id,
        sector=sector,
        label=str(role.label),
        valid_from=date(2020, 1, 1),
    )


@pytest.fixture
def front(demo: Any) -> Post:
    """The Front of Vô Tranh, the commune of Khe Cốc."""
    return Post.objects.get(role="front_officer", place_id=commune(demo))


@pytest.fixture
def hamlets(demo: Any, now: datetime) -> list[int]:
    """Khe Cốc, and another hamlet of the commune."""
    found = territory.found_place(
        by=SYSTEM,
        at=now,
        name="Khe Nác",
        level="hamlet",
        kind="xóm",
        parent=commune(demo),
        valid_from=date(2025, 7, 1),
    )
    return [demo.place("khe_coc"), found.id]


@pytest.fixture
def listed(hamlets: list[int], now: datetime) -> list[int]:
    """Eight households in the first hamlet, two in the second."""
    return [
        books.enter(
            by=SYSTEM, at=now, place_id=hamlets[n // 8], code=f"H{n:03d}", representative=f"Người giữ tên {n}"
        ).pk
        for n in range(10)
    ]


@pytest.fixture
def opened(demo: Any, front: Post, listed: list[int], now: datetime) -> Survey:
    """Open for ten days, with a card for every household."""
    row = actions.open_survey(by=front, at=now, **told(demo, now))
    actions.issue(by=front, at=now, survey_id=row.pk)
    return row


def told(demo: Any, now: datetime, **more: Any) -> dict[str, Any]:
    return {
        "place_id": commune(demo),
        "standard_code": COMMUNE,
        "year": 2025,
        "questionnaire": "phieu-hai-long-xa",
        "opens_at": now,
        "closes_at": now + 10 * DAY,
    } | more


def tokens(survey: Survey) -> list[str]:
    """By the households' order."""
    rows = SurveySlip.objects.filter(survey=survey, withdrawn_at=None).order_by("household_id")
    return [secrets.token_of(row.uid) for row in rows]


def vote(token: str, at: datetime, chosen: dict[str, str] | None = None, **more: Any) -> actions.Cast:
    more.setdefault("uid", uuid.uuid4())
    return actions.cast(at=at, token=token, chosen=ALL_YES if chosen is None else chosen, **more)


def view(survey: Survey, at: datetime) -> views.SurveyView:
    return queries.survey(survey.pk, at=at)


# From the opening to the frozen result


def test_a_survey_by_telephone_and_paper_is_counted_frozen_and_read_by_a_dossier(
    opened: Survey, front: Post, hamlets: list[int], now: datetime
) -> None:
    cards = tokens(opened)
    for card in cards[:6]:
        vote(card, now + DAY)
    for card in cards[6:9]:  # two papers in the first hamlet, one in the second
        actions.take_back(by=front, at=now + DAY, survey_id=opened.pk, code=secrets.as_printed(card).lower())
    papers = [Paper(ALL_YES), Paper({**ALL_NO, "roads": "none"}, "Đường ngõ 3 ngập khi mưa")]
    once = uuid.uuid4()
    entry = {"by": front, "at": now + DAY, "survey_id": opened.pk, "hamlet_id": hamlets[0]}
    assert actions.enter_papers(**entry, papers=papers, uid=once) == 2
    assert actions.enter_papers(**entry, papers=papers, uid=once) == 2  # sent twice is written once
    with pytest.raises(Refusal, match="thu 1 phiếu giấy mà mới nhập 0"):
        actions.count(by=front, at=now + 12 * DAY, survey_id=opened.pk)
    actions.enter_papers(**entry | {"hamlet_id": hamlets[1]}, papers=[Paper()])  # a blank one

    done = actions.count(by=front, at=now + 12 * DAY, survey_id=opened.pk)
    found = queries.frozen_result(opened.place_id, COMMUNE, 2025)
    assert found is not None
    assert found.counts == {"households": 10, "issued": 10, "returned": 9, "participants": 9}
    assert found.answers["roads"] == (7, 7)  # the one without an opinion is left out
    assert found.answers["whole"] == (7, 8)
    assert (found.digest, found.closed_on) == (done.digest, date(2026, 3, 12))
    shown = view(opened, now + 13 * DAY)
    assert shown.state is State.COUNTED and shown.result is not None
    assert (
        shown.result.taking_part is not None and shown.result.taking_part.verdict is Verdict.MET
    )  # 90 % ≥ 70 %
    assert (
        shown.result.overall is not None and shown.result.overall.verdict is Verdict.NOT_MET
    )  # 91/103 < 90 %
    assert "chưa xác nhận" in shown.result.overall.sentence.vi
    assert shown.result.verdict is Verdict.NOT_MET
    assert queries.box_still_fits(opened.pk)
    with pytest.raises(Refusal, match="đã kiểm phiếu và chốt"):
        actions.close(by=front, at=now + 13 * DAY, survey_id=opened.pk)


def test_a_hamlet_with_few_ballots_is_withheld_and_so_is_the_one_it_could_be_had_from(
    opened: Survey, front: Post, now: datetime
) -> None:
    for card in tokens(opened)[:9]:
        vote(card, now + DAY)
    actions.count(by=front, at=now + 12 * DAY, survey_id=opened.pk)
    result = view(opened, now + 12 * DAY).result
    assert result is not None
    assert [each.returned for each in result.hamlets] == [8, 1]
    assert [each.questions for each in result.hamlets] == [None, None]


def test_comments_become_matters_of_the_commune_that_name_nobody(
    opened: Survey, front: Post, demo: Any, now: datetime
) -> None:
    cards = tokens(opened)
    hostile = "<script>alert(1)</script> =1+1 Đèn đường hỏng"
    vote(cards[0], now + DAY, comment=hostile)
    assert not Feedback.objects.filter(place_id=commune(demo)).exists()  # a moment would tell whose it is
    actions.count(by=front, at=now + 12 * DAY, survey_id=opened.pk)
    made = Feedback.objects.get(place_id=commune(demo))
    assert (
        made.text == f"(Phiếu lấy ý kiến hài lòng năm 2025) {hostile}"
    )  # too few ballots to name the hamlet
    assert (made.contact, made.received_at) == ("", now + 12 * DAY)
    told = queries.comments(view(opened, now + 12 * DAY), seen_by=front)
    assert [(each.text, each.state) for each in told] == [(hostile, "đã tiếp nhận")]


# Nothing joins who with what


def test_no_column_no_event_and_no_order_of_rows_joins_a_household_with_its_answer(
    opened: Survey, front: Post, events: Any, now: datetime
) -> None:
    names = {each.name for each in SurveyAnswer._meta.get_fields()}
    assert names == {"id", "survey", "place", "chosen", "is_late"}
    assert {each.name for each in SurveyComment._meta.get_fields()} == {
        "id",
        "survey",
        "place",
        "text",
        "feedback",
    }
    cards = tokens(opened)
    for n, card in enumerate(cards):
        vote(card, now + timedelta(hours=n), ALL_NO if n == 4 else ALL_YES)
    before = set(SurveyAnswer.objects.values_list("pk", flat=True))
    actions.count(by=front, at=now + 12 * DAY, survey_id=opened.pk)
    after = set(SurveyAnswer.objects.values_list("pk", flat=True))
    assert len(after) == 10 and not before & after  # written anew
    for event in events("recognition."):
        said = f"{event.subject} {event.detail} {event.before} {event.after}"
        assert "yes" not in said and "Người giữ tên" not in said
    assert all("slip" not in each.detail for each in events("recognition.cast_ballot"))
    assert not SurveySlip.objects.filter(token_digest__in=cards).exists()  # only digests are kept


# A ballot twice, late, lost, of somebody who moved


def test_a_ballot_sent_twice_by_one_telephone_counts_once_and_another_is_refused(
    opened: Survey, front: Post, now: datetime
) -> None:
    card, sent = tokens(opened)[0], uuid.uuid4()
    assert vote(card, now, uid=sent).state == "received"
    assert vote(card, now + DAY, uid=sent).state == "received"
    assert SurveyAnswer.objects.filter(survey=opened).count() == 1
    with pytest.raises(Refusal, match="đã trả lời qua điện thoại lúc"):
        vote(card, now)
    with pytest.raises(Refusal, match="Mỗi hộ một phiếu"):
        actions.take_back(by=front, at=now, survey_id=opened.pk, code=card)
    with pytest.raises(NotFound, match="Không có phiếu nào mang mã này"):
        vote("KHONG-CO-MA-NAY", now)


def test_a_survey_closed_while_telephones_are_offline_takes_what_was_filled_in_before_until_the_grace_ends(
    opened: Survey, front: Post, now: datetime
) -> None:
    one, two, three, four = tokens(opened)[:4]
    closed = now + DAY
    actions.close(by=front, at=closed, survey_id=opened.pk)
    before, after = closed - timedelta(minutes=1), closed + timedelta(minutes=1)
    assert vote(one, closed + timedelta(hours=23), filled_at=before).state == "received"
    assert vote(two, closed + timedelta(hours=23), filled_at=after).state == "late"
    assert vote(three, closed + timedelta(hours=23)).state == "late"
    sent = uuid.uuid4()
    answer = vote(four, closed + 2 * DAY, filled_at=before, uid=sent, comment="Cần thêm đèn")
    assert answer.state == "late" and "giữ riêng, không tính vào kết quả" in answer.sentence
    assert vote(four, closed + 3 * DAY, uid=sent).state == "late"
    with pytest.raises(Refusal, match="đến muộn"):
        vote(four, closed + 3 * DAY)
    actions.count(by=front, at=closed + 3 * DAY, survey_id=opened.pk)
    shown = view(opened, closed + 3 * DAY)
    assert shown.result is not None
    assert (shown.result.counts["participants"], shown.result.late, shown.late) == (1, 3, 3)
    assert SurveyAnswer.objects.filter(survey=opened, is_late=True).count() == 3
    assert (
        Feedback.objects.filter(place_id=opened.place_id).count() == 1
    )  # what a late one says is heard all the same


def test_after_the_count_a_ballot_is_kept_aside_and_its_comment_can_still_become_a_task(
    opened: Survey, front: Post, now: datetime
) -> None:
    actions.count(by=front, at=now + 12 * DAY, survey_id=opened.pk)
    digest = Survey.objects.get().digest
    assert vote(tokens(opened)[0], now + 13 * DAY, filled_at=now, comment="Muộn").state == "late"
    assert actions.make_tasks(by=front, at=now + 13 * DAY, survey_id=opened.pk) == 1
    assert Survey.objects.get().digest == digest and queries.box_still_fits(opened.pk)


def test_a_lost_card_is_replaced_and_the_old_one_opens_nothing(
    opened: Survey, front: Post, now: datetime
) -> None:
    card = tokens(opened)[0]
    slip = SurveySlip.objects.get(token_digest=secrets.digest_of(card))
    new = actions.reissue(by=front, at=now, slip_id=slip.pk, reason="mất thẻ")
    with pytest.raises(Refusal, match=r"đã thu hồi.*mất thẻ"):
        vote(card, now)
    assert vote(secrets.token_of(new.uid), now).state == "received"
    with pytest.raises(Refusal, match="Mỗi hộ một phiếu"):
        actions.reissue(by=front, at=now, slip_id=new.pk, reason="mất nữa")
    assert actions.issue(by=front, at=now, survey_id=opened.pk) == 0  # every household has one
    with pytest.raises(IntegrityError), transaction.atomic():
        SurveySlip.objects.filter(pk=slip.pk).update(withdrawn_at=None)


def test_a_household_that_moved_away_or_is_in_no_list_cannot_answer(
    opened: Survey, front: Post, listed: list[int], demo: Any, now: datetime
) -> None:
    card = tokens(opened)[0]
    books.leave(by=SYSTEM, at=now, household_id=listed[0], on=now.date())
    with pytest.raises(Refusal, match="không còn trong sổ hộ"):
        vote(card, now + DAY)
    assert collecting.ballot_page(card, at=now + DAY).state == "moved"
    with pytest.raises(Refusal, match="không thuộc cuộc lấy ý kiến này"):
        actions.issue(by=front, at=now, survey_id=opened.pk, hamlet_id=commune(demo))


def test_what_makes_no_sense_is_told_at_once_and_nothing_is_written(
    opened: Survey, front: Post, hamlets: list[int], now: datetime, unchanged: Any
) -> None:
    card = tokens(opened)[0]
    with unchanged(), pytest.raises(Refusal) as refused:
        vote(card, now, {"roads": "perhaps", "moon": "yes"}, comment="x" * 10_000)
    assert len(refused.value.faults) == 3
    assert "dài 10000 chữ, nhiều nhất 1000" in str(refused.value)
    with unchanged(), pytest.raises(Refusal, match="chưa trả lời câu nào"):
        vote(card, now, {})
    entry = {"by": front, "at": now, "survey_id": opened.pk, "hamlet_id": hamlets[0]}
    with unchanged(), pytest.raises(Refusal, match="thu 0 phiếu giấy, đã nhập 0, nay thêm 1 là quá số"):
        actions.enter_papers(**entry, papers=[Paper(ALL_YES)])
    with unchanged(), pytest.raises(Refusal, match="còn đang mở nên chưa kiểm phiếu"):
        actions.count(by=front, at=now, survey_id=opened.pk)
    actions.close(by=front, at=now + DAY, survey_id=opened.pk)
    with pytest.raises(Refusal, match="còn chờ phiếu ghi lúc mất mạng"):
        actions.count(by=front, at=now + DAY, survey_id=opened.pk)


def test_opening_says_everything_that_is_wrong(
    demo: Any, front: Post, listed: list[int], now: datetime, unchanged: Any
) -> None:
    wrong = told(
        demo, now, questionnaire="phieu-hai-long-thon", year=1900, closes_at=now - DAY, grace_hours=99
    )
    with unchanged(), pytest.raises(Refusal) as refused:
        actions.open_survey(by=front, at=now, **wrong)
    assert {each.field for each in refused.value.faults} == {
        "questionnaire",
        "year",
        "closes_on",
        "grace_hours",
    }
    once = uuid.uuid4()
    first = actions.open_survey(by=front, at=now, uid=once, **told(demo, now))
    assert actions.open_survey(by=front, at=now, uid=once, **told(demo, now)).pk == first.pk
    with pytest.raises(Refusal, match="chưa kiểm phiếu"):
        actions.open_survey(by=front, at=now, **told(demo, now))
    actions.drop(by=front, at=now, survey_id=first.pk, reason="ghi nhầm năm")
    assert actions.open_survey(by=front, at=now, **told(demo, now)).pk != first.pk


def test_a_place_without_a_list_of_households_cannot_be_surveyed(
    demo: Any, front: Post, now: datetime
) -> None:
    with pytest.raises(Refusal, match="chưa có sổ hộ"):
        actions.open_survey(by=front, at=now, **told(demo, now))


# Independent of the assessed


def test_those_who_are_assessed_neither_open_nor_close_nor_count(
    demo: Any, opened: Survey, front: Post, hamlets: list[int], now: datetime, unchanged: Any
) -> None:
    head = holder(RoleCode.HAMLET_HEAD, hamlets[0])
    chair = holder(RoleCode.COMMUNE_CHAIR, opened.place_id)
    for by in (head, chair, demo.post("cán bộ Vô Tranh")):
        with unchanged(), pytest.raises(NotPermitted, match="bên độc lập"):
            actions.open_survey(by=by, at=now, **told(demo, now))
        for deed in (actions.close, actions.count):
            with unchanged(), pytest.raises(NotPermitted, match="Mặt trận"):
                deed(by=by, at=now, survey_id=opened.pk)
    both = holder(RoleCode.FRONT_OFFICER, opened.place_id, user=head.user)
    with pytest.raises(NotPermitted, match="Bạn còn giữ chức danh"):
        actions.close(by=both, at=now, survey_id=opened.pk)
    elsewhere = holder(RoleCode.FRONT_OFFICER, demo.place("hoang_dong"))
    with pytest.raises(NotPermitted, match="nằm ngoài"):
        actions.close(by=elsewhere, at=now, survey_id=opened.pk)


def test_a_hamlet_board_hands_out_and_collects_in_its_hamlet_only_and_reads_no_answer(
    demo: Any, opened: Survey, hamlets: list[int], now: datetime
) -> None:
    board = holder(RoleCode.HAMLET_BOARD, hamlets[1])
    cards = tokens(opened)
    shown = view(opened, now)
    assert len(collecting.ledger(shown, AskedSlips(), seen_by=board)) == 2
    with pytest.raises(
        NotPermitted, match="do Mặt trận Tổ quốc in"
    ):  # who holds a code could answer for a household
        collecting.cards(shown, seen_by=board)
    actions.take_back(by=board, at=now, survey_id=opened.pk, code=cards[9])
    with pytest.raises(NotPermitted):
        actions.take_back(by=board, at=now, survey_id=opened.pk, code=cards[0])
    entry = {"by": board, "at": now, "survey_id": opened.pk, "hamlet_id": hamlets[1]}
    with pytest.raises(NotPermitted):
        actions.enter_papers(**entry, papers=[Paper(ALL_YES)])
    stranger = holder(RoleCode.HAMLET_BOARD, demo.place("hoang_thuong"))
    with pytest.raises(NotPermitted):
        collecting.ledger(shown, AskedSlips(), seen_by=stranger)


# Told by papers


def test_a_result_of_the_past_is_entered_as_its_paper_tells_it(demo: Any, now: datetime) -> None:
    front = holder(RoleCode.FRONT_OFFICER, demo.place("quang_lac"))
    paper = {"place_id": demo.place("quang_lac"), "standard_code": COMMUNE, "year": 2022}
    row = actions.enter_result(
        **paper,
        by=front,
        at=now,
        closed_on=date(2022, 11, 20),
        source="Báo cáo lấy ý kiến của Mặt trận",
        households=500,
        participants=430,
        overall=(5400, 5600),
    )
    found = queries.frozen_result(*paper.values())
    assert found is not None and found.mark.value == "told"
    assert found.answers == {"overall": (5400, 5600)}
    result = view(row, now).result
    assert (
        result is not None and result.verdict is Verdict.UNKNOWN
    )  # each question needs 80 % and is not told
    with pytest.raises(Refusal, match="nguồn"):
        actions.enter_result(**paper, by=front, at=now, closed_on=date(2022, 11, 20), source="")
    with pytest.raises(Refusal, match="430 hộ tham gia mà chỉ có 400 hộ"):
        actions.enter_result(
            **paper,
            by=front,
            at=now,
            closed_on=date(2022, 11, 20),
            source="x",
            households=400,
            participants=430,
        )
    for year in (-5, 2 * 10**9):
        with pytest.raises(Refusal, match="Năm xét"):
            actions.enter_result(
                **paper | {"year": year}, by=front, at=now, closed_on=date(2022, 11, 20), source="x"
            )


def test_a_survey_is_opened_under_the_procedure_that_was_adopted(
    demo: Any, front: Post, listed: list[int], now: datetime
) -> None:
    book = read_procedures(Path(settings.LAW_DIR), read_law(settings.LAW_DIR, with_cases=False))
    (key,) = (code for code, each in book.by_id.items() if COMMUNE in each.standards)
    frozen = deepcopy(book.frozen[key])
    frozen["procedure"] |= {"version": "z"}
    frozen["procedure"]["surveys"][0]["floor"]["at_least"] = "55/100"
    other = replace(book, by_id={key: thaw(frozen)}, frozen={key: frozen})
    adopting.adopt(by=SYSTEM, at=now, procedures=other)
    row = actions.open_survey(by=front, at=now, **told(demo, now))
    marks = view(row, now).marks
    assert marks is not None and marks.floor.words.vi.startswith("từ 55%"), "not what the folder says"


def test_no_paper_is_entered_over_ballots_that_were_counted(
    demo: Any, opened: Survey, front: Post, now: datetime, unchanged: Any
) -> None:
    actions.close(by=front, at=now + DAY, survey_id=opened.pk)
    actions.count(by=front, at=now + 5 * DAY, survey_id=opened.pk)
    told = {"place_id": opened.place_id, "standard_code": COMMUNE, "year": opened.year}
    day = (now + 6 * DAY).date()
    with unchanged(), pytest.raises(Refusal, match="không thay được phiếu đã kiểm"):
        actions.enter_result(
            **told, by=front, at=now + 7 * DAY, closed_on=day, source="Báo cáo", overall=(9, 9)
        )


# Lists


def test_reading_asks_a_fixed_number_of_queries(
    opened: Survey, front: Post, queries_of: Any, now: datetime
) -> None:
    asked = queries_of(lambda: queries.surveys(opened.place_id, Asked(), at=now))
    assert queries_of(lambda: queries.survey(opened.pk, at=now)) == 2
    assert queries_of(lambda: queries.participation(opened.pk)) == 2
    assert asked == 5
    assert waiting.waiting(front, now + DAY) == waiting.Waiting(running=1)
    assert waiting.waiting(front, now + 12 * DAY) == waiting.Waiting(to_count=1)
    assert [each.issued for each in queries.surveys(opened.place_id, Asked("running"), at=now)] == [10]
    assert counting.box_digest([]) == counting.box_digest([])


# Pages and files


@pytest.fixture
def visit(front: Post) -> Client:
    client = Client()
    client.force_login(front.user)
    return client


def text(response: Any) -> str:
    return unescape(re.sub(r"\s+", " ", response.content.decode()))


def test_the_office_opens_hands_out_and_collects(
    demo: Any, front: Post, listed: list[int], visit: Client, now: datetime
) -> None:
    here = f"/dia-ban/{commune(demo)}/hai-long/"
    assert "Chưa có cuộc lấy ý kiến nào" in text(visit.get(here))
    sent = {"viec": "mo", "standard": COMMUNE, "year": "2025", "questionnaire": "phieu-hai-long-xa"}
    sent |= {"opens_on": "31/02/2026", "opens_clock": "7h", "closes_on": "x", "closes_clock": "17:00"}
    wrong = visit.post(here, sent)
    assert wrong.status_code == 422 and 'value="31/02/2026"' in text(wrong)
    today = timezone.localdate()
    sent |= {
        "opens_on": f"{today:%d/%m/%Y}",
        "opens_clock": "0:00",
        "closes_on": f"{today + 5 * DAY:%d/%m/%Y}",
    }
    assert "Đã mở cuộc lấy ý kiến" in text(visit.post(here, sent, follow=True))
    opened = Survey.objects.get()
    assert "Phát mỗi hộ một thẻ" in text(visit.get(f"/hai-long/{opened.pk}/the/"))
    assert "Đã phát 10 thẻ" in text(visit.post(f"/hai-long/{opened.pk}/the/", {"viec": "phat"}, follow=True))
    ledger = text(visit.get(f"/hai-long/{opened.pk}/the/?tt=out&tim=H003"))
    assert "H003" in ledger and "H004" not in ledger and "Người giữ tên" not in ledger
    printed = words_of(visit.get(f"/hai-long/{opened.pk}/the.pdf").content)
    assert secrets.as_printed(tokens(opened)[0]) in printed.replace("- ", "-") and "H003" not in printed
    blank = words_of(visit.get(f"/hai-long/{opened.pk}/phieu.pdf?so=2").content)
    assert blank.count("Không ghi tên") == 2 and "chưa xác nhận" in blank

    lost = text(visit.post(f"/hai-long/{opened.pk}/the/", {"code": "SAI"}))
    assert "Không có thẻ nào mang mã này" in lost and 'value="SAI"' in lost
    for card in tokens(opened)[:2]:
        visit.post(f"/hai-long/{opened.pk}/the/", {"code": card})
    slip = SurveySlip.objects.filter(returned_at=None).order_by("household_id")[0]
    again = visit.post(f"/hai-long/the/{slip.pk}/", {"viec": "cap-lai", "reason": "mất"}, follow=True)
    assert "Đã cấp thẻ mới" in text(again)

    entry = f"/hai-long/{opened.pk}/nhap/{slip.place_id}/"
    typed = {
        "p1-roads": "9",
        "p2-roads": "1",
        "p2-trang": "1",
        "p2-ykien": "Cần đèn",
        "uid": str(uuid.uuid4()),
    }
    wrong = visit.post(entry, typed)
    assert wrong.status_code == 422
    assert "Dòng 1: “9” không phải là một lựa chọn" in text(wrong) and "Cần đèn" in text(wrong)
    assert "Đã nhập 2 phiếu" in text(visit.post(entry, {"p1-roads": "1", "p2-trang": "1"}, follow=True))
    assert "đang nhận phiếu" in text(visit.get(here))
    assert "1 cuộc lấy ý kiến hài lòng đang nhận phiếu" in text(visit.get("/"))


def test_a_household_without_account_or_script_answers_and_nothing_typed_is_lost(
    opened: Survey, now: datetime
) -> None:
    move_to_today(opened)
    card, anybody = tokens(opened)[0], Client(enforce_csrf_checks=True)
    assert "csrftoken" not in anybody.get("/gop-y/").cookies  # the door is one page for everybody
    lost = anybody.post("/gop-y/phieu/", {"ma": "abcd efgh-sai"})
    assert lost.status_code == 422 and "no-store" in lost["Cache-Control"]
    assert "Không có thẻ nào mang mã này" in text(lost) and 'value="abcd efgh-sai"' in text(lost)
    assert "Chưa gõ mã" in text(anybody.post("/gop-y/phieu/?noi=x"))
    printed = secrets.as_printed(card).lower()
    assert anybody.post("/gop-y/phieu/", {"ma": f" {printed}"})["Location"] == f"/phieu-hai-long/{card}/"
    for _each in range(doors.MOST_CODES_AN_HOUR - 3):
        anybody.post("/gop-y/phieu/")
    often = anybody.post("/gop-y/phieu/", {"ma": printed})
    assert often.status_code == 422 and "chờ một giờ" in text(often) and f'value="{printed}"' in text(often)
    assert anybody.get("/gop-y/phieu/")["Location"] == "/gop-y/#phieu"
    long = "Đèn hỏng. " * 1_000
    wrong = anybody.post(f"/phieu-hai-long/{card}/", {"tl-roads": "no", "comment": long})
    assert wrong.status_code == 422 and "nhiều nhất 1000" in text(wrong)
    assert long.strip() in text(wrong) and 'value="no" checked' in text(wrong)
    sent = {"tl-roads": "no", "comment": "Đèn hỏng", "uid": str(uuid.uuid4()), "filled_at": "hôm qua"}
    for _each in range(2):  # sent twice by a telephone that did not hear the answer
        answer = anybody.post(f"/phieu-hai-long/{card}/", sent, HTTP_ACCEPT="application/json").json()
        assert answer["state"] == "received"
    assert SurveyAnswer.objects.count() == 1
    other = anybody.post(f"/phieu-hai-long/{card}/", {"tl-roads": "yes"}, HTTP_ACCEPT="application/json")
    assert (other.status_code, other.json()["state"]) == (422, "refused")
    assert "Hộ đã trả lời lúc" in text(anybody.get(f"/phieu-hai-long/{card}/"))
    assert anybody.get("/phieu-hai-long/KHONG/").status_code == 404


def test_the_result_is_open_to_anybody_as_page_csv_excel_and_pdf_and_few_ballots_are_not_told(
    demo: Any, opened: Survey, front: Post, visit: Client, now: datetime
) -> None:
    for card in tokens(opened)[:8]:
        vote(card, now + DAY, comment="Đèn hỏng")
    actions.count(by=front, at=now + 12 * DAY, survey_id=opened.pk)
    page = text(Client().get(f"/hai-long/{opened.pk}/"))
    assert "8/10 (80%) hộ tham gia" in page and "Đạt mức quy định" in page and "Đèn hỏng" not in page
    assert "Đèn hỏng" in text(visit.get(f"/hai-long/{opened.pk}/"))
    sheet = Client().get(f"/hai-long/{opened.pk}/ket-qua.csv").content.decode()
    assert "Số hộ trả lời,8" in sheet and opened.questionnaire_digest not in sheet
    assert Client().get(f"/hai-long/{opened.pk}/ket-qua.xlsx").content.startswith(b"PK")
    paper = words_of(Client().get(f"/hai-long/{opened.pk}/ket-qua.pdf").content)
    assert "8/10 (80%) hộ tham gia" in paper and "0 –" in paper  # in the second hamlet nobody answered
    assert Client().get(f"/hai-long/{opened.pk}/ket-qua.exe").status_code == 404

    few = actions.open_survey(by=front, at=now, **told(demo, now, year=2024))
    actions.issue(by=front, at=now, survey_id=few.pk)
    vote(tokens(few)[0], now)
    actions.count(by=front, at=now + 12 * DAY, survey_id=few.pk)
    assert "Có dưới 5 phiếu nên không công khai từng câu" in text(Client().get(f"/hai-long/{few.pk}/"))
    assert "Đường xã, đường thôn, đường ngõ đi lại thuận tiện,1" not in (
        Client().get(f"/hai-long/{few.pk}/ket-qua.csv").content.decode()
    )


def move_to_today(survey: Survey) -> None:
    """Pages ask the clock: the survey is opened an hour ago."""
    at = timezone.now()
    Survey.objects.filter(pk=survey.pk).update(opens_at=at - timedelta(hours=1), closes_at=at + DAY)
