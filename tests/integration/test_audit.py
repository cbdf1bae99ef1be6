"""The trail of deeds: only ever added to, chained per place, and any change is found and named."""

import csv
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from html import unescape
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from chungtay.core import append_only, sealing
from chungtay.core.actors import SystemActor
from chungtay.core.audit import Search, trail, write_event
from chungtay.core.models import AuditEvent, AuditLink, AuditSeal
from chungtay.core.sealing import seal, verify
from chungtay.figures import confirming
from chungtay.people import actions as people
from chungtay.territory.models import Place
from rulebook import Period

AT = datetime.fromisoformat("2026-03-01T08:00:00+07:00")
SYSTEM = SystemActor(label="Người dựng thử")

GUARDED = ("core_auditevent", "core_auditseal", "core_auditlink")

pytestmark = pytest.mark.django_db


@pytest.fixture
def deed(monkeypatch: pytest.MonkeyPatch) -> Callable[..., AuditEvent]:
    """One more event, at a place or at none."""
    subject = AuditSeal(number=0)

    def one(place: int | None = 7, **more: Any) -> AuditEvent:
        count = AuditEvent.objects.count()
        given: dict[str, Any] = {
            "by": SYSTEM,
            "deed": "figures.record",
            "subject": subject,
            "place_id": place,
        }
        return write_event(**(given | {"at": AT + timedelta(minutes=count), "detail": {"n": count}} | more))

    return one


@pytest.fixture
def burglar() -> Iterator[Any]:
    """Somebody who can open the tables themselves."""
    with connection.cursor() as cursor:
        for table in GUARDED:
            for statement in append_only.opening(connection.vendor, table):
                cursor.execute(statement)
        yield cursor
        for table in GUARDED:
            for statement in append_only.closing(connection.vendor, table):
                cursor.execute(statement)


@pytest.mark.parametrize(
    "statement",
    ["UPDATE core_auditevent SET deed = 'x'", "DELETE FROM core_auditevent"],
    ids=["update", "delete"],
)
def test_the_database_refuses_to_change_or_delete_an_event(deed: Callable[..., Any], statement: str) -> None:
    deed()
    with (
        pytest.raises(DatabaseError, match="only ever added"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
    assert AuditEvent.objects.get().deed == "figures.record"


def test_each_place_has_a_chain_of_its_own(deed: Callable[..., Any]) -> None:
    for place in (7, 8, 7, None, 7):
        deed(place)
    seal(now=AT)
    links = AuditLink.objects.order_by("chain", "position").values_list("chain", "position")
    assert list(links) == [(0, 1), (7, 1), (7, 2), (7, 3), (8, 1)]
    assert verify().problems == ()


def test_sealing_again_seals_only_what_is_new(deed: Callable[..., Any]) -> None:
    deed()
    assert seal(now=AT) is not None and seal(now=AT) is None
    deed()
    deed(8)
    second = seal(now=AT)
    assert second is not None and (second.number, second.events) == (2, 2)
    found = verify()
    assert (found.problems, found.events, found.seals, found.waiting) == ((), 3, 2, 0)
    assert found.last == f"2 {second.digest}"


def test_a_changed_row_is_named(deed: Callable[..., Any], burglar: Any) -> None:
    rows = [deed() for _ in range(3)]
    seal(now=AT)
    burglar.execute("UPDATE core_auditevent SET actor_label = 'Người khác' WHERE id = %s", [rows[1].pk])
    (problem,) = (each for each in verify().problems if "Bảng" not in each)
    assert f"Sự kiện số {rows[1].pk} (figures.record" in problem and "khác với lúc niêm phong" in problem


def test_a_missing_row_is_named(deed: Callable[..., Any], burglar: Any) -> None:
    rows = [deed() for _ in range(3)]
    seal(now=AT)
    burglar.execute("DELETE FROM core_auditlink WHERE event_id = %s", [rows[1].pk])
    burglar.execute("DELETE FROM core_auditevent WHERE id = %s", [rows[1].pk])
    told = " ".join(verify().problems)
    assert "thiếu các mắt xích từ 2 đến 2" in told and "có 2 sự kiện, lúc niêm phong là 3" in told


def test_the_last_row_taken_away_is_missed_by_its_seal(deed: Callable[..., Any], burglar: Any) -> None:
    rows = [deed() for _ in range(3)]
    seal(now=AT)
    burglar.execute("DELETE FROM core_auditlink WHERE event_id = %s", [rows[2].pk])
    burglar.execute("DELETE FROM core_auditevent WHERE id = %s", [rows[2].pk])
    assert any("Niêm phong số 1 có 2 sự kiện" in each for each in verify().problems)


def test_a_chain_written_anew_no_longer_fits_its_seal(deed: Callable[..., Any], burglar: Any) -> None:
    """Whoever changes an event and recomputes the links after it is betrayed by the seal."""
    row = deed()
    seal(now=AT)
    burglar.execute("UPDATE core_auditevent SET actor_label = 'Người khác' WHERE id = %s", [row.pk])
    forged = sealing.digest_of(AuditEvent.objects.get(pk=row.pk), "")
    burglar.execute("UPDATE core_auditlink SET digest = %s", [forged])
    assert any("Niêm phong số 1 không khớp" in each for each in verify().problems)


def test_tables_that_lost_their_guard_are_named(deed: Callable[..., Any], burglar: Any) -> None:
    assert len([each for each in verify().problems if "không còn được cơ sở dữ liệu khoá" in each]) == 3


def test_every_table_that_only_grows_is_guarded() -> None:
    assert append_only.unguarded(connection, append_only.growing()) == []
    steps = {"figures_figurestep", "figures_periodstep", "figures_figurecomment"}
    proofs = {"proof", "withdrawal", "redaction", "flag", "settlement", "quarantine", "band"}
    assert {*GUARDED, *steps, *(f"evidence_{each}" for each in proofs)} <= set(append_only.growing())


def test_an_event_committed_out_of_turn_is_sealed_later(
    deed: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sealing, "LOOK_BACK", 0)
    first, second = deed(), deed()
    AuditSeal.objects.create(number=1, sealed_at=AT, events=1, digest=_seal_of(second))
    assert seal(now=AT) is None
    late = seal(now=AT, everything=True)
    assert late is not None and late.events == 1 and AuditLink.objects.filter(event=first).exists()


def _seal_of(event: AuditEvent) -> str:
    digest = sealing.digest_of(event, "")
    AuditLink.objects.model(event=event, seal_id=1, chain=7, position=1, digest=digest).save(
        force_insert=True
    )
    return sealing._seal_digest(1, "", [digest])


def test_the_command_says_whole_or_names_what_is_wrong(deed: Callable[..., Any], burglar: Any) -> None:
    row = deed()
    out = StringIO()
    call_command("audit", "seal", stdout=out)
    burglar.execute("UPDATE core_auditevent SET deed = 'x' WHERE id = %s", [row.pk])
    errors = StringIO()
    with pytest.raises(CommandError, match="không khớp"):
        call_command("audit", "verify", stdout=out, stderr=errors)
    assert f"Sự kiện số {row.pk}" in errors.getvalue()


def test_the_trail_is_searched_by_place_deed_actor_and_time(deed: Callable[..., Any]) -> None:
    for place in (7, 8):
        deed(place)
    deed(8, deed="people.appoint")
    assert [each.place_id for each in trail(Search(places=[8]))] == [8, 8]
    assert [each.deed for each in trail(Search(deed="people."))] == ["people.appoint"]
    assert len(trail(Search(since=AT + timedelta(minutes=1), until=AT + timedelta(minutes=2)))) == 1
    assert len(trail(Search(actor="dựng"))) == 3


def test_a_deed_says_what_was_before_and_after_and_from_where(deed: Callable[..., Any]) -> None:
    from chungtay.core.audit import ORIGIN

    token = ORIGIN.set("web 203.0.113.7")
    try:
        row = deed(before={"value": "5"}, after={"value": "7"})
    finally:
        ORIGIN.reset(token)
    assert (row.before, row.after, row.origin) == ({"value": "5"}, {"value": "7"}, "web 203.0.113.7")


# The reader


def test_an_auditor_reads_who_did_what_where_and_when(demo: Any) -> None:
    page = unescape(demo.visit("đoàn kiểm tra").get("/nhat-ky/?viec=figures.record").content.decode())
    assert "ghi số liệu" in page and "xóm Khe Cốc" in page and "poor_households" in page
    assert "recognition.Title" not in page


def test_the_trail_is_shut_to_posts_without_it_and_outside_their_place(demo: Any) -> None:
    assert demo.visit("trưởng xóm Khe Cốc").get("/nhat-ky/").status_code == 403
    elsewhere = demo.place("quang_lac")
    assert demo.visit("văn phòng Thái Nguyên").get("/nhat-ky/").status_code == 200
    assert demo.visit("văn phòng Thái Nguyên").get(f"/nhat-ky/?noi={elsewhere}").status_code == 403


def test_the_trail_as_a_sheet_holds_the_same_rows(demo: Any) -> None:
    client = demo.visit("đoàn kiểm tra")
    sheet = client.get("/nhat-ky.csv?viec=recognition.").content.decode("utf-8-sig")
    rows = list(csv.DictReader(StringIO(sheet)))
    assert len(rows) == AuditEvent.objects.filter(deed__startswith="recognition.").count() > 0
    assert all(row["Việc"].startswith("recognition.") for row in rows)


def test_a_wrong_day_is_refused_with_the_sentence(demo: Any) -> None:
    answer = demo.visit("đoàn kiểm tra").get("/nhat-ky/?tu=31/02/2023")
    assert answer.status_code == 422 and "không có trong lịch" in unescape(answer.content.decode())


def test_the_trail_costs_the_same_whatever_it_holds(
    demo: Any, django_assert_max_num_queries: Any, deed: Callable[..., Any]
) -> None:
    client = demo.visit("đoàn kiểm tra")
    for place in list(Place.objects.values_list("pk", flat=True)[:60]):
        deed(place)
    with django_assert_max_num_queries(9):
        client.get("/nhat-ky/")


def test_a_deed_asked_for_by_a_page_says_from_where(demo: Any) -> None:
    client = demo.visit("trưởng xóm Khe Cốc")
    given = {"period": "24/05/2023", "source": "Sổ của xóm", "poor_households": "2"}
    client.post(f"/dia-ban/{demo.place('khe_coc')}/xom-kieu-mau-thai-nguyen/tieu-chi/6/nhap/", given)
    assert AuditEvent.objects.latest("pk").origin == "web 127.0.0.1"


def test_the_reader_shows_what_a_deed_changed(demo: Any) -> None:
    """A figure put right and returned, an account locked and its contacts mended: before → after, in words."""
    head, officer = demo.post("trưởng xóm Khe Cốc"), demo.post("cán bộ Vô Tranh")
    demo.record("security_cameras", "7", period=Period.year(2025), by=head, source="Sổ xóm")
    (row,) = demo.record("security_cameras", "9", period=Period.year(2025), by=head, source="Đếm lại")
    confirming.send_back(by=officer, at=AT, figure_ids=[row.pk], reason="Xem lại")
    people.lock_user(user=head.user, by=SYSTEM, at=AT)
    people.change_contacts(
        user=head.user, by=SYSTEM, at=AT, display_name="Trưởng xóm", phone="0912 000 118", email="xom@lang.vn"
    )
    page = unescape(demo.visit("đoàn kiểm tra").get("/nhat-ky/").content.decode())
    for change in (
        "giá trị: 7; loại: measured; nguồn: Sổ xóm → giá trị: 9; loại: measured; nguồn: Đếm lại",
        "tình trạng: đã gửi → tình trạng: bị trả lại",
        "đang mở: có → đang mở: không",
        "số điện thoại: 09…8; thư điện tử: x…@lang.vn",
    ):
        assert change in page, change
    assert "0912000118" not in page and "xom@lang.vn" not in page
