"""Comments on a figure and the notices they make."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from chungtay.core.refusals import NotPermitted, Refusal
from chungtay.figures import confirming, talking
from chungtay.figures.models import Observation
from chungtay.figures.work_rows import FigureComment
from rulebook import Period

from .conftest import BUILT_AT, Demo

pytestmark = pytest.mark.django_db

HEAD, OFFICER = "trưởng xóm Khe Cốc", "cán bộ Vô Tranh"


def sent(demo: Demo, value: str = "9") -> Observation:
    (row,) = demo.record("security_cameras", value, period=Period.year(2025), by=demo.post(HEAD))
    return row


def say(demo: Demo, row: Observation, text: str, by: str = OFFICER, **more: Any) -> FigureComment:
    return talking.comment(by=demo.post(by), at=BUILT_AT, figure_id=row.pk, text=text, **more)


def test_a_comment_tells_the_recorder_and_an_answer_tells_whoever_spoke(demo: Demo) -> None:
    row = sent(demo)
    say(demo, row, "Có tính camera nhà dân không?")
    assert (talking.unread(demo.post(HEAD)), talking.unread(demo.post(OFFICER))) == (1, 0)
    say(demo, row, "Chỉ camera của xóm.", by=HEAD)
    assert talking.unread(demo.post(OFFICER)) == 1
    talking.mark_read(by=demo.post(OFFICER), at=BUILT_AT + timedelta(minutes=1))
    assert talking.unread(demo.post(OFFICER)) == 0


def test_an_edit_supersedes_and_only_by_who_wrote_it(demo: Demo) -> None:
    row = sent(demo)
    first = say(demo, row, "Có tính camera nhà dân không?")
    say(demo, row, "Có tính camera trường học không?", instead_of=first.pk)
    (now,) = talking.comments_on(row.pk)
    assert (now.text, now.edited) == ("Có tính camera trường học không?", True)
    assert FigureComment.objects.count() == 2
    with pytest.raises(NotPermitted):
        say(demo, row, "Không", by=HEAD, instead_of=now.id)
    with pytest.raises(Refusal, match="đã được sửa"):
        say(demo, row, "Lại", instead_of=first.pk)


def test_the_talk_stays_with_the_figure_when_it_is_put_right(demo: Demo) -> None:
    say(demo, sent(demo), "Xem lại")
    assert [each.text for each in talking.comments_on(sent(demo, "10").pk)] == ["Xem lại"]


def test_an_auditor_and_an_officer_from_elsewhere_do_not_speak(demo: Demo) -> None:
    row = sent(demo)
    for persona in ("đoàn kiểm tra", "cán bộ Quảng Lạc"):
        with pytest.raises(NotPermitted):
            say(demo, row, "x", by=persona)
    with pytest.raises(Refusal) as told:
        say(demo, row, "  ")
    assert told.value.of_field("text")


def test_the_badge_the_page_of_notices_and_the_text_for_zalo(
    demo: Demo, queries_of: Callable[[Callable[[], Any]], int]
) -> None:
    row = sent(demo)
    confirming.send_back(by=demo.post(OFFICER), at=BUILT_AT, figure_ids=[row.pk], reason="Đếm lại")
    visit, path = demo.visit(HEAD), reverse("office:figure", args=[row.pk])
    visit.post(path, {"viec": "noi", "text": "Đang đếm lại"})
    page = visit.get(path).content.decode()
    assert "Thông báo (1)" in page
    assert "Đang đếm lại" in page
    assert f"bị trả lại (lý do: Đếm lại). Hãy ghi lại tại http://testserver{path}" in page
    assert "Đếm lại" in visit.get(reverse("office:notices")).content.decode()
    assert "Thông báo (" not in visit.get(path).content.decode()
