"""Deeds on evidence: keeping, proving, withdrawing, blurring, flags and who settles them; who sees what."""

import io
import uuid
from collections.abc import Callable
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest
from django.conf import LazySettings
from django.core.files.storage import FileSystemStorage, storages
from PIL import Image
from tests.integration import evidence_samples as made

from chungtay.core.actors import SystemActor
from chungtay.core.jobs.models import Job
from chungtay.core.models import AuditEvent
from chungtay.core.refusals import NotFound, NotPermitted, Refusal
from chungtay.evidence import actions, jobs, queries, storing
from chungtay.evidence.actions import Kept
from chungtay.evidence.flagging import SLACK
from chungtay.evidence.models import File, Flag, Proof, Quarantine
from chungtay.evidence.subjects import Subject
from chungtay.people import actions as people
from chungtay.territory import queries as territory

CEREMONY = date(2023, 5, 24)
HEAD, OFFICER, OFFICE, AUDITOR, STRANGER = (
    "trưởng xóm Khe Cốc",
    "cán bộ Vô Tranh",
    "văn phòng Thái Nguyên",
    "đoàn kiểm tra",
    "cán bộ Quảng Lạc",
)
CAMERAS = "cameras"


@pytest.fixture
def send(demo: Any, now: datetime) -> Callable[..., Kept]:
    """The head of Khe Cốc sends a photograph of the seven cameras, unless told otherwise."""

    def one(
        content: io.BytesIO | None = None,
        *subjects: Subject,
        by: str = HEAD,
        place: str = "khe_coc",
        name: str = "anh.jpg",
        **more: Any,
    ) -> Kept:
        return actions.keep_file(
            by=demo.post(by),
            at=now,
            place_id=demo.place(place),
            content=content or made.photo(),
            name=name,
            proves=subjects or [about(demo)],
            **more,
        )

    return one


def about(
    demo: Any, ref: str = CAMERAS, kind: str = "figure", place: str = "khe_coc", **more: Any
) -> Subject:
    days = {"start": CEREMONY, "end": CEREMONY} | more
    return Subject(kind, ref, "7 camera an ninh", demo.place(place), **days)


def flags_of(kept: Kept) -> dict[str, Flag]:
    rows = Flag.objects.filter(proof__file_id=kept.file_id).order_by("pk")
    return {flag.kind: flag for flag in rows}


# Keeping


def test_a_file_is_kept_with_what_it_says_and_what_it_proves(
    demo: Any, send: Callable[..., Kept], events: Callable[..., list[AuditEvent]]
) -> None:
    photo = made.photo()
    kept = send(photo)
    shown = queries.file(kept.file_id, seen_by=demo.post(HEAD))
    assert (shown.name, shown.kind.code, shown.size) == ("anh.jpg", "jpeg", len(photo.getvalue()))
    assert shown.taken_at is not None
    assert (shown.proofs[0].label, shown.proofs[0].flags) == ("7 camera an ninh", ())
    assert shown.by == "Trưởng xóm · xóm Khe Cốc"
    with storing.open_original(shown.sha256) as stored:
        assert stored.read() == photo.getvalue()
    deeds = [event.deed for event in events("evidence.") if event.actor_label == shown.by]
    assert deeds == ["evidence.keep_file", "evidence.prove"]
    assert events("evidence.keep_file")[-1].detail["sha256"] == shown.sha256


def test_sending_twice_changes_nothing(
    send: Callable[..., Kept], unchanged: Callable[[], Any], demo: Any
) -> None:
    uid = uuid.uuid4()
    first = send(uid=uid)
    with unchanged():
        assert send(uid=uid) == Kept(first.file_id, False, 0)
        assert send(name="ten-khac.jpg").file_id == first.file_id


def test_the_same_bytes_for_something_else_only_add_what_they_prove(
    send: Callable[..., Kept], demo: Any
) -> None:
    first, files = send(), File.objects.count()
    again = send(None, about(demo, ref="linked"), uid=uuid.uuid4())
    assert (again.file_id, again.is_new, File.objects.count()) == (first.file_id, False, files)
    assert Proof.objects.filter(file_id=first.file_id).count() == 2


def test_one_uid_brings_one_file(send: Callable[..., Kept], unchanged: Callable[[], Any]) -> None:
    uid = uuid.uuid4()
    send(uid=uid)
    with unchanged(), pytest.raises(Refusal, match="Mã gửi này đã dùng cho một tệp khác"):
        send(made.photo(2), uid=uid)


def test_several_files_prove_one_thing_and_a_file_proves_several(
    send: Callable[..., Kept], demo: Any
) -> None:
    for seed in (11, 12, 13):
        send(made.photo(seed), about(demo), about(demo, ref="linked"))
    found = queries.strips([("figure", CAMERAS), ("figure", "linked")], seen_by=demo.post(HEAD))
    assert [strip.count for strip in found.values()] == [3, 3]
    assert queries.documented([("figure", CAMERAS), ("work", CAMERAS)]) == {("figure", CAMERAS): 3}


@pytest.mark.parametrize("by", [AUDITOR, STRANGER])
def test_who_may_not_send_is_refused_and_nothing_is_stored(
    by: str, send: Callable[..., Kept], unchanged: Callable[[], Any]
) -> None:
    with unchanged(), pytest.raises(NotPermitted):
        send(made.photo(77), by=by)


def test_proving_for_a_place_outside_one_s_own_is_refused(
    send: Callable[..., Kept], demo: Any, unchanged: Callable[[], Any]
) -> None:
    with unchanged(), pytest.raises(NotPermitted):
        send(None, about(demo, place="quang_lac"))


def test_a_refused_file_leaves_nothing_behind(
    send: Callable[..., Kept], unchanged: Callable[[], Any]
) -> None:
    with unchanged(), pytest.raises(Refusal):
        send(io.BytesIO(b"MZ" * 100))


def test_a_subject_that_nobody_defined_is_a_slip(send: Callable[..., Kept], demo: Any) -> None:
    with pytest.raises(ValueError, match="no such subject"):
        send(None, about(demo, kind="rumour"))


def test_on_a_disk_a_file_is_stored_once_and_a_half_written_one_is_mended(
    send: Callable[..., Kept], settings: LazySettings, tmp_path: Any
) -> None:
    settings.STORAGES = {
        **settings.STORAGES,
        "evidence": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": tmp_path},
        },
    }
    assert isinstance(storages["evidence"], FileSystemStorage)
    photo = made.photo(41)
    sha = File.objects.get(pk=send(photo).file_id).sha256
    path = tmp_path / storing.original(sha)
    assert path.read_bytes() == photo.getvalue()
    path.write_bytes(b"half")
    storing.put(storing.original(sha), photo, len(photo.getvalue()))
    storing.put(storing.original(sha), photo, len(photo.getvalue()))
    assert path.read_bytes() == photo.getvalue()
    assert len([each for each in tmp_path.rglob("*") if each.is_file()]) == 1


# Viruses

EICAR = b"X5O!P%@AP[4"


def scanner(content: Any) -> str:
    return "Eicar-Test" if EICAR in content.read() else ""


def broken_scanner(_content: Any) -> str:
    raise ConnectionError


def infected() -> io.BytesIO:
    return io.BytesIO(made.photo(5).getvalue() + EICAR)


def test_a_virus_is_said_and_kept_apart(
    send: Callable[..., Kept], settings: LazySettings, events: Callable[..., list[AuditEvent]], demo: Any
) -> None:
    settings.EVIDENCE_SCANNER = f"{__name__}.scanner"
    files = File.objects.count()
    with pytest.raises(Refusal, match=r"có vi-rút \(Eicar-Test\).*cách ly"):
        send(infected(), name="anh.jpg")
    row = Quarantine.objects.get()
    assert (row.found, row.name, File.objects.count()) == ("Eicar-Test", "anh.jpg", files)
    assert storing.storage().exists(storing.caught(row.sha256))
    assert not storing.storage().exists(storing.original(row.sha256))
    settings.EVIDENCE_SCANNER = ""
    with pytest.raises(Refusal, match="vi-rút"):
        send(infected())
    assert [event.subject for event in events("evidence.quarantine")] == [f"evidence.Quarantine:{row.pk}"]
    assert send(made.photo(6)).is_new


def test_a_scanner_that_fails_lets_nothing_pass(
    send: Callable[..., Kept], settings: LazySettings, unchanged: Callable[[], Any]
) -> None:
    settings.EVIDENCE_SCANNER = f"{__name__}.broken_scanner"
    with unchanged(), pytest.raises(Refusal, match="Máy quét vi-rút đang hỏng"):
        send(made.photo(7))


# Flags


def test_a_photograph_of_its_time_and_place_raises_no_flag(send: Callable[..., Kept]) -> None:
    assert send().flags == 0


@pytest.mark.parametrize(
    ("taken", "flagged"),
    [
        (CEREMONY - SLACK, False),
        (CEREMONY - SLACK - timedelta(days=1), True),
        (CEREMONY + SLACK, False),
        (CEREMONY + SLACK + timedelta(days=1), True),
    ],
)
def test_a_day_far_from_the_period_is_flagged_and_not_refused(
    taken: date, flagged: bool, send: Callable[..., Kept]
) -> None:
    kept = send(made.photo(exif=made.exif_of(f"{taken:%Y:%m:%d} 12:00:00")))
    assert list(flags_of(kept)) == (["date"] if flagged else [])


def test_a_thing_of_no_known_time_is_not_contradicted(send: Callable[..., Kept], demo: Any) -> None:
    assert (
        send(made.photo(exif=made.exif_of("1999:01:01 00:00:00")), about(demo, start=None, end=None)).flags
        == 0
    )


def test_a_time_in_the_future_is_flagged(send: Callable[..., Kept], now: datetime, demo: Any) -> None:
    late = now + timedelta(hours=8)
    kept = send(made.photo(exif=made.exif_of(f"{late:%Y:%m:%d %H:%M:%S}")), about(demo, end=None))
    assert list(flags_of(kept)) == ["future"]
    soon = now + timedelta(hours=6)  # a telephone on another zone's time
    assert (
        send(made.photo(2, exif=made.exif_of(f"{soon:%Y:%m:%d %H:%M:%S}")), about(demo, end=None)).flags == 0
    )


def test_a_telephone_s_photograph_without_its_time_is_flagged(send: Callable[..., Kept]) -> None:
    assert list(flags_of(send(made.photo(exif=made.exif_of(""))))) == ["no_exif"]
    assert send(made.photo(2, exif=Image.Exif()), name="ban-do.jpg").flags == 0


def test_a_photograph_from_far_away_is_flagged_with_how_far(send: Callable[..., Kept], demo: Any) -> None:
    kept = send(made.photo(exif=made.exif_of(at=made.HA_NOI)))
    flag = flags_of(kept)["place"]
    assert 70 <= flag.detail["km"] <= 80
    (shown,) = queries.file(kept.file_id, seen_by=demo.post(OFFICER)).proofs[0].flags
    assert shown.sentence == f"Nơi chụp cách địa bàn khoảng {flag.detail['km']} km."


def test_where_a_place_lies_is_known_by_its_commune(demo: Any) -> None:
    position = territory.position_of(demo.place("khe_coc"))
    assert position is not None
    assert position.name == "xã Vô Tranh"
    assert position.km_to(21_704_400, 105_772_000) == 0
    assert 10 <= position.reach_km <= 20
    assert territory.position_of(demo.post(OFFICE).place_id) is None  # nobody says how far a province reaches


def test_a_picture_used_for_another_year_is_flagged_with_what_it_proved(
    send: Callable[..., Kept], demo: Any
) -> None:
    old = Subject("work", "w1", "Đường ngõ 3", demo.place("khe_coc"), date(2023, 1, 1), date(2023, 5, 1))
    new = Subject("work", "w2", "Đường ngõ 5", demo.place("khe_coc"), date(2023, 5, 2), date(2023, 6, 1))
    assert send(None, old).flags == 0
    again = send(None, new)
    assert again.flags == 1
    view = queries.file(again.file_id, seen_by=demo.post(HEAD))
    assert view.proofs[1].flags[0].sentence == "Tệp này đã dùng cho “Đường ngõ 3”, xóm Khe Cốc, năm 2023."
    near = send(made.photo(quality=50, size=(640, 480)), new)
    assert list(flags_of(near)) == ["near"]
    sentence = queries.file(near.file_id, seen_by=demo.post(HEAD)).proofs[0].flags[0].sentence
    assert sentence == "Ảnh gần giống ảnh đã dùng cho “Đường ngõ 3”, xóm Khe Cốc, năm 2023."


def test_figures_of_one_place_and_time_may_share_a_picture(send: Callable[..., Kept], demo: Any) -> None:
    send()
    assert send(None, about(demo, ref="linked")).flags == 0
    later = about(demo, ref="later", start=date(2023, 6, 1), end=date(2023, 6, 1))
    assert list(flags_of(send(None, later))) == ["same"]


def test_a_withdrawn_use_is_no_use(send: Callable[..., Kept], demo: Any, now: datetime) -> None:
    first = send(None, about(demo, kind="work"))
    proof = Proof.objects.get(file_id=first.file_id)
    actions.withdraw(by=demo.post(HEAD), at=now, proof_id=proof.pk, reason="Gửi nhầm công trình")
    assert send(None, about(demo, kind="work", ref="w2")).flags == 0


def test_a_picture_of_a_place_out_of_reach_is_flagged_without_naming_it(
    send: Callable[..., Kept], demo: Any
) -> None:
    send(None, about(demo, place="quang_lac", kind="work"), by=STRANGER, place="quang_lac")
    kept = send(made.photo(quality=50))
    seen = {
        by: queries.file(kept.file_id, seen_by=demo.post(by)).proofs[0].flags[0].sentence
        for by in (HEAD, AUDITOR)
    }
    assert seen[HEAD] == "Ảnh gần giống ảnh đã dùng cho một việc năm 2023 ở nơi ngoài địa bàn của bạn."
    assert "Quảng Lạc" in seen[AUDITOR]


def test_flags_take_no_credit_away(send: Callable[..., Kept], demo: Any) -> None:
    send(made.photo(exif=made.exif_of("2019:01:01 00:00:00", at=made.HA_NOI)))
    strip = queries.strips([("figure", CAMERAS)], seen_by=demo.post(HEAD))["figure", CAMERAS]
    assert (strip.count, strip.open_flags) == (1, 2)


# Settling


@pytest.fixture
def flag(send: Callable[..., Kept]) -> Flag:
    """A photograph of 2019 for a figure of 2023."""
    return flags_of(send(made.photo(exif=made.exif_of("2019:01:01 00:00:00"))))["date"]


def settle(demo: Any, now: datetime, flag: Flag, by: str = OFFICER, **more: Any) -> Any:
    how = {"outcome": "fine", "reason": "Máy chỉnh sai năm, đã xem tại chỗ"} | more
    return actions.settle_flag(by=demo.post(by), at=now, flag_id=flag.pk, **how)


def test_another_post_settles_a_flag_with_a_reason(
    demo: Any,
    now: datetime,
    flag: Flag,
    events: Callable[..., list[AuditEvent]],
    unchanged: Callable[[], Any],
) -> None:
    assert queries.waiting(seen_by=demo.post(OFFICER))[0] == 1
    settle(demo, now, flag)
    assert queries.waiting(seen_by=demo.post(OFFICER)) == (0, [])
    (shown,) = queries.file(flag.proof.file_id, seen_by=demo.post(HEAD)).proofs[0].flags
    assert shown.settled is not None
    assert (shown.settled.is_fine, shown.settled.reason) == (True, "Máy chỉnh sai năm, đã xem tại chỗ")
    event = events("evidence.settle_flag")[0]
    assert (event.before, event.after) == ({"outcome": "waiting"}, {"outcome": "fine"})
    with unchanged():
        settle(demo, now, flag)
        with pytest.raises(Refusal, match=r"vừa được .* xem xét"):
            settle(demo, now, flag, by=OFFICE, outcome="wrong")


def test_a_flag_upheld_still_takes_no_credit_away(demo: Any, now: datetime, flag: Flag) -> None:
    settle(demo, now, flag, outcome="wrong")
    assert queries.documented([("figure", CAMERAS)]) == {("figure", CAMERAS): 1}


@pytest.mark.parametrize("by", [HEAD, AUDITOR])
def test_who_may_not_settle_is_refused(by: str, demo: Any, now: datetime, flag: Flag) -> None:
    with pytest.raises(NotPermitted):
        settle(demo, now, flag, by=by)


def test_another_s_flag_out_of_reach_is_not_there(demo: Any, now: datetime, flag: Flag) -> None:
    with pytest.raises(NotFound):
        settle(demo, now, flag, by=STRANGER)


def test_nobody_settles_what_they_sent_not_even_as_another_post(
    demo: Any, now: datetime, send: Callable[..., Kept]
) -> None:
    own = flags_of(send(made.photo(exif=made.exif_of("")), by=OFFICER))["no_exif"]
    with pytest.raises(NotPermitted, match="do chính bạn gửi"):
        settle(demo, now, own)
    officer = demo.post(OFFICER)
    second = people.grant_post(
        user=officer.user,
        role="province_office",
        place_id=demo.post(OFFICE).place_id,
        valid_from=date(2026, 1, 1),
        by=SystemActor(),
        at=now,
    )
    with pytest.raises(NotPermitted, match="do chính bạn gửi"):
        actions.settle_flag(by=second, at=now, flag_id=own.pk, outcome="fine", reason="Đã xem")
    settle(demo, now, own, by=OFFICE)


@pytest.mark.parametrize(
    ("how", "field"),
    [({"outcome": "maybe"}, "outcome"), ({"reason": "  "}, "reason"), ({"reason": "x" * 301}, "reason")],
)
def test_a_settlement_needs_an_outcome_and_a_reason(
    how: dict[str, str], field: str, demo: Any, now: datetime, flag: Flag
) -> None:
    with pytest.raises(Refusal) as told:
        settle(demo, now, flag, **how)
    assert told.value.of_field(field)


# Withdrawing


def test_a_withdrawn_proof_no_longer_counts_and_stays_on_record(
    demo: Any,
    now: datetime,
    send: Callable[..., Kept],
    unchanged: Callable[[], Any],
    events: Callable[..., list[AuditEvent]],
) -> None:
    kept = send()
    proof = Proof.objects.get(file_id=kept.file_id)
    with pytest.raises(Refusal, match="lý do"):
        actions.withdraw(by=demo.post(HEAD), at=now, proof_id=proof.pk, reason=" ")
    actions.withdraw(by=demo.post(HEAD), at=now, proof_id=proof.pk, reason="Gửi nhầm ảnh")
    assert queries.documented([("figure", CAMERAS)]) == {}
    event = events("evidence.withdraw")[0]
    assert (event.before, event.after) == ({"files": 1}, {"files": 0})
    shown = queries.file(kept.file_id, seen_by=demo.post(HEAD))
    assert shown.proofs[0].withdrawn == "Gửi nhầm ảnh (Trưởng xóm · xóm Khe Cốc, 02/03/2026)"
    with unchanged():
        actions.withdraw(by=demo.post(HEAD), at=now, proof_id=proof.pk, reason="Lại lần nữa")
    send()
    assert queries.documented([("figure", CAMERAS)]) == {("figure", CAMERAS): 1}


def test_another_s_proof_is_withdrawn_by_who_settles_flags_only(
    demo: Any, now: datetime, send: Callable[..., Kept]
) -> None:
    proof = Proof.objects.get(file_id=send(by=OFFICER).file_id)
    with pytest.raises(NotPermitted, match="do người khác gửi"):
        actions.withdraw(by=demo.post(HEAD), at=now, proof_id=proof.pk, reason="Không phải xóm tôi")
    with pytest.raises(NotFound):
        actions.withdraw(by=demo.post(STRANGER), at=now, proof_id=proof.pk, reason="x")
    actions.withdraw(by=demo.post(OFFICE), at=now, proof_id=proof.pk, reason="Ảnh của xã khác")


# Copies and blurring


def copy_of(demo: Any, file_id: int, by: str = HEAD, size: str = "display") -> Image.Image:
    with queries.copy(file_id, size, seen_by=demo.post(by)).content as content:
        return Image.open(io.BytesIO(content.read()))


def test_copies_are_made_by_a_job_asked_for_in_the_deed(demo: Any, send: Callable[..., Kept]) -> None:
    kept = send()
    assert [job.arguments for job in Job.objects.all()] == [{"file_id": kept.file_id}]
    with pytest.raises(NotFound):
        copy_of(demo, kept.file_id)
    jobs.make_copies.call(file_id=kept.file_id)
    jobs.make_copies.call(file_id=kept.file_id)
    assert max(copy_of(demo, kept.file_id, size="thumb").size) == 320


def test_papers_need_no_copies(send: Callable[..., Kept]) -> None:
    send(made.docx(), name="bien-ban.docx")
    assert not Job.objects.exists()


def test_from_the_moment_of_blurring_no_unblurred_copy_is_shown(
    demo: Any, now: datetime, send: Callable[..., Kept], events: Callable[..., list[AuditEvent]]
) -> None:
    kept = send(made.saved(made.striped(), "JPEG"))
    jobs.make_copies.call(file_id=kept.file_id)
    before, sha = copy_of(demo, kept.file_id).convert("L"), File.objects.get(pk=kept.file_id).sha256
    actions.blur(by=demo.post(HEAD), at=now, file_id=kept.file_id, boxes=[(0, 0, 500, 1000)])
    with pytest.raises(NotFound):
        copy_of(demo, kept.file_id)
    jobs.make_copies.call(file_id=kept.file_id)
    after = copy_of(demo, kept.file_id).convert("L")
    left, right = (0, 0, 300, 480), (340, 0, 640, 480)
    assert _roughness(after.crop(left)) < _roughness(before.crop(left)) / 10
    assert _roughness(after.crop(right)) > _roughness(before.crop(right)) / 2
    assert not storing.storage().exists(storing.copy(sha, 0, "display"))
    assert queries.original(kept.file_id, seen_by=demo.post(HEAD)).etag == f'"{sha}"'
    shown = queries.file(kept.file_id, seen_by=demo.post(OFFICER))
    assert [(layer.count, layer.by, layer.at) for layer in shown.layers] == [
        (1, "Trưởng xóm · xóm Khe Cốc", now)
    ]
    event = events("evidence.blur")[0]
    assert (event.before, event.after) == ({"boxes": []}, {"boxes": [[0, 0, 500, 1000]]})


def _roughness(part: Image.Image) -> int:
    """How much neighbours differ, summed."""
    wide, rows = part.width, part.tobytes()
    return sum(abs(a - b) for n, (a, b) in enumerate(pairwise(rows), 1) if n % wide)


def test_layers_of_blurring_add_up(demo: Any, now: datetime, send: Callable[..., Kept]) -> None:
    kept = send(made.saved(made.striped(), "JPEG"))
    for box in ((0, 0, 500, 1000), (500, 0, 500, 1000)):
        actions.blur(by=demo.post(HEAD), at=now, file_id=kept.file_id, boxes=[box])
    jobs.make_copies.call(file_id=kept.file_id)
    assert _roughness(copy_of(demo, kept.file_id).convert("L")) < 640 * 480 * 2


@pytest.mark.parametrize(
    "boxes",
    [[], [(0, 0, 0, 100)], [(900, 0, 200, 100)], [(-1, 0, 10, 10)], [(0, 0, 10, 10)] * 51],
)
def test_a_rectangle_outside_the_picture_is_refused(
    boxes: list[Any], demo: Any, now: datetime, send: Callable[..., Kept]
) -> None:
    kept = send()
    with pytest.raises(Refusal) as told:
        actions.blur(by=demo.post(HEAD), at=now, file_id=kept.file_id, boxes=boxes)
    assert told.value.of_field("boxes")


def test_only_a_picture_is_blurred_and_only_by_who_may(
    demo: Any, now: datetime, send: Callable[..., Kept]
) -> None:
    paper, photo = send(made.docx(), name="a.docx"), send()
    with pytest.raises(Refusal, match="Chỉ che mờ được trên ảnh"):
        actions.blur(by=demo.post(HEAD), at=now, file_id=paper.file_id, boxes=[(0, 0, 10, 10)])
    with pytest.raises(NotPermitted):
        actions.blur(by=demo.post(AUDITOR), at=now, file_id=photo.file_id, boxes=[(0, 0, 10, 10)])


# Who sees what


def sees(demo: Any, by: str, file_id: int, *, bytes_: bool = False) -> bool:
    try:
        found = (queries.original if bytes_ else queries.file)(file_id, seen_by=demo.post(by))
    except NotFound as told:
        assert str(told) == "Không có tệp này, hoặc tệp không thuộc địa bàn của bạn."
        return False
    return found is not None


EVERYBODY = [HEAD, OFFICER, OFFICE, AUDITOR, STRANGER]


def test_a_file_is_there_for_who_answers_for_its_place(demo: Any, send: Callable[..., Kept]) -> None:
    kept = send()
    assert {by for by in EVERYBODY if sees(demo, by, kept.file_id)} == {HEAD, OFFICER, OFFICE, AUDITOR}
    strips = {
        by: queries.strips([("figure", CAMERAS)], seen_by=demo.post(by))["figure", CAMERAS]
        for by in EVERYBODY
    }
    assert {by for by, strip in strips.items() if strip.hidden} == {STRANGER}


def test_a_file_that_also_proves_something_elsewhere_is_there_for_them_too(
    demo: Any, send: Callable[..., Kept]
) -> None:
    kept = send()
    send(None, about(demo, ref="theirs", place="quang_lac"), by=STRANGER, place="quang_lac")
    assert sees(demo, STRANGER, kept.file_id)
    shown = {
        by: len(queries.file(kept.file_id, seen_by=demo.post(by)).proofs) for by in (HEAD, STRANGER, AUDITOR)
    }
    assert shown == {HEAD: 1, STRANGER: 1, AUDITOR: 2}


def test_a_private_file_is_for_its_keeper_and_who_inspects(demo: Any, send: Callable[..., Kept]) -> None:
    by_officer = send(made.photo(21), by=OFFICER, private=True)
    assert {by for by in EVERYBODY if sees(demo, by, by_officer.file_id)} == {OFFICER, OFFICE, AUDITOR}
    by_head = send(made.photo(22), private=True)
    assert sees(demo, HEAD, by_head.file_id)


def test_the_original_of_a_blurred_picture_is_for_its_keeper_and_who_inspects(
    demo: Any, now: datetime, send: Callable[..., Kept]
) -> None:
    kept = send(by=OFFICER)
    assert sees(demo, HEAD, kept.file_id, bytes_=True)
    actions.blur(by=demo.post(OFFICER), at=now, file_id=kept.file_id, boxes=[(0, 0, 100, 100)])
    assert sees(demo, HEAD, kept.file_id)
    assert {by for by in EVERYBODY if sees(demo, by, kept.file_id, bytes_=True)} == {OFFICER, OFFICE, AUDITOR}


# How much is asked of the database


def test_reading_costs_the_same_however_much_there_is(
    demo: Any, send: Callable[..., Kept], queries_of: Callable[..., int]
) -> None:
    keys = [("figure", CAMERAS), ("figure", "linked")]
    far = made.exif_of("2019:01:01 00:00:00", at=made.HA_NOI)
    first = send(made.photo(31, exif=far), about(demo))
    officer = demo.post(OFFICER)
    looks = {
        "strips": lambda: queries.strips(keys, seen_by=officer),
        "file": lambda: queries.file(first.file_id, seen_by=officer),
        "waiting": lambda: queries.waiting(seen_by=officer),
    }
    few = {name: queries_of(look) for name, look in looks.items()}
    for seed in range(32, 38):
        send(made.photo(seed, exif=far), about(demo), about(demo, ref="linked"))
    send(made.photo(31, exif=far), about(demo, ref="linked"), about(demo, ref="third"))
    assert {name: queries_of(look) for name, look in looks.items()} == few
    assert few["strips"] <= 4
    assert few["file"] <= 10
    assert few["waiting"] <= 8
