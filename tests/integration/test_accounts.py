"""The room of accounts: who holds what, giving and ending posts, ways in, what nobody finds by its address."""

import re
import uuid
from datetime import date, timedelta
from operator import itemgetter
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from tests.integration.walking import all_patterns

from chungtay.community.feedback import actions as feedback
from chungtay.community.households import actions as households
from chungtay.community.meetings import actions as meetings
from chungtay.community.meetings.actions import Matter
from chungtay.community.publishing import actions as news
from chungtay.community.publishing.requests import actions as name_requests
from chungtay.core.actors import SystemActor
from chungtay.core.jobs.models import Job
from chungtay.core.models import AuditEvent
from chungtay.evidence.models import File, Flag, Proof
from chungtay.figures.workbooks.models import WorkbookImport
from chungtay.firstday.models import Intake
from chungtay.people import actions, queries
from chungtay.people.models import OneTimePass, Post, User
from chungtay.people.roles import ROLES, RoleCode
from chungtay.recognition.dossiers.models import ComponentVersion, CouncilMeeting, Dossier
from chungtay.recognition.models import RecheckForm, RecheckSample
from chungtay.recognition.signing import actions as signatures
from chungtay.recognition.surveys.models import Survey, SurveySlip
from chungtay.registers.amenities.models import MapFile
from chungtay.standards.desk import actions as desk
from chungtay.standards.desk.models import Draft
from chungtay.standards.importing.models import AnnexImport
from chungtay.territory.models import Level

SYSTEM = SystemActor()
BEGAN = date(2025, 7, 1)


@pytest.fixture
def commune(demo: Any) -> int:
    return int(demo.post("cán bộ Vô Tranh").place_id)


def holder(role: str, place_id: int | None, name: str = "", **more: Any) -> User:
    user = actions.create_user(
        username=name or f"{role.replace('_', '.')}.thu",
        display_name=f"Người giữ {role}",
        place_id=place_id,
        by=SYSTEM,
        at=timezone.now(),
    ).user
    if ROLES[RoleCode(role)].sector == "always" and not ROLES[RoleCode(role)].only_sector:
        more.setdefault("sector", "GTVT")
    actions.grant_post(
        user=user, role=role, place_id=place_id, valid_from=BEGAN, by=SYSTEM, at=timezone.now(), **more
    )
    return user


def visit_as(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def chair(commune: int) -> Client:
    return visit_as(holder("commune_chair", commune, "pho.chutich"))


def text(answer: Any) -> str:
    return re.sub(r"\s+", " ", answer.content.decode())


FORM = {
    "role": "hamlet_board",
    "place": "Khe Cốc, Vô Tranh",
    "sector": "",
    "valid_from": "01/01/2026",
    "valid_to": "",
    "who": "new",
    "username": "phunu.khecoc",
    "display_name": "Chi hội trưởng phụ nữ",
    "phone": "0987 654 321",
    "email": "",
    "way": "loi-moi",
}


# The list


def test_the_list_holds_my_place_and_below_and_no_contact(chair: Client, demo: Any) -> None:
    head = queries.user_named("truongxom.khecoc")
    assert head is not None
    User.objects.filter(pk=head.pk).update(phone="0911222333", email="truong@xom.vn")
    page = text(chair.get("/chuc-danh/"))
    assert "Trưởng xóm · xóm Khe Cốc" in page
    assert "xã Quảng Lạc" not in page
    assert "0911222333" not in page
    assert "truong@xom.vn" not in page


@pytest.mark.parametrize(
    ("query", "shown", "hidden"),
    [
        ("?vai=hamlet_head", "xóm Khe Cốc", "Cán bộ nông thôn mới cấp xã · xã Vô Tranh"),
        ("?tim=canbo", "Cán bộ nông thôn mới cấp xã · xã Vô Tranh", "Trưởng xóm · xóm Khe Cốc"),
        ("?tt=ended", "Không có chức danh nào", "Trưởng xóm · xóm Khe Cốc"),
        ("?tt=held", "Trưởng xóm · xóm Khe Cốc", "Không có chức danh nào"),
        ("?tt=locked", "Không có chức danh nào", "Trưởng xóm · xóm Khe Cốc"),
    ],
)
def test_the_list_is_filtered(chair: Client, query: str, shown: str, hidden: str) -> None:
    page = text(chair.get(f"/chuc-danh/{query}"))
    table = page[page.index("</form>", page.index('class="filters"')) :]
    assert shown in table
    assert hidden not in table


def test_the_list_comes_as_a_sheet(chair: Client) -> None:
    answer = chair.get("/chuc-danh.csv")
    lines = answer.content.decode("utf-8-sig").splitlines()
    assert lines[0].startswith("Chức danh,Người giữ,Tên đăng nhập")
    assert any(line.startswith("Trưởng xóm · xóm Khe Cốc") for line in lines)


def test_the_list_asks_few_queries_however_long_it_is(commune: int, demo: Any, queries_of: Any) -> None:
    client = visit_as(holder("province_office", demo.post("văn phòng Thái Nguyên").place_id))
    client.get("/chuc-danh/")
    before = queries_of(lambda: client.get("/chuc-danh/"))
    for number in range(30):
        holder("hamlet_board", demo.place("khe_coc"), f"ban.{number}")
    assert queries_of(lambda: client.get("/chuc-danh/")) == before <= 11


def test_the_auditor_sees_who_holds_what_and_gives_nothing(demo: Any) -> None:
    auditor = demo.visit("đoàn kiểm tra")
    page = text(auditor.get("/chuc-danh/"))
    assert "Trưởng xóm · xóm Khe Cốc" in page
    assert "/chuc-danh/giao/" not in page
    assert auditor.get("/chuc-danh/giao/").status_code == 403
    head = queries.user_named("truongxom.khecoc")
    assert head is not None
    assert auditor.get(f"/chuc-danh/tai-khoan/{head.pk}/").status_code == 403


def test_a_hamlet_head_has_no_such_room(demo: Any) -> None:
    head = demo.visit("trưởng xóm Khe Cốc")
    assert head.get("/chuc-danh/").status_code == 403
    assert "/chuc-danh/" not in re.sub("/chuc-danh/doi/", "", text(head.get("/")))


# Giving posts


def test_a_chair_gives_a_post_to_somebody_new_by_invitation(chair: Client) -> None:
    answer = chair.post("/chuc-danh/giao/", FORM)
    page = text(answer)
    assert answer.status_code == 200, page
    link = re.search(r"http://testserver(/loi-moi/[\w-]+/)", page)
    assert link
    assert "<svg" in page
    assert "Thành viên Ban phát triển thôn · xóm Khe Cốc" in page
    user = queries.user_named("phunu.khecoc")
    assert user is not None
    assert (user.phone, user.has_usable_password()) == ("0987654321", False)
    assert Client().get(link[1]).status_code == 200
    deeds = list(
        AuditEvent.objects.filter(deed__startswith="people.").order_by("pk").values_list("deed", flat=True)
    )
    assert deeds[-3:] == ["people.create_user", "people.grant_post", "people.make_pass"]


@pytest.mark.parametrize(
    ("more", "field", "sentence"),
    [
        ({"role": ""}, "role", "Hãy chọn chức danh"),
        ({"place": "Không có nơi này"}, "place", "Không tìm thấy"),
        ({"place": ""}, "place", "Hãy ghi nơi"),
        ({"valid_from": "31/31/2026"}, "valid_from", ""),
        ({"valid_from": "01/01/2026", "valid_to": "01/01/2025"}, "valid_to", "phải sau ngày bắt đầu"),
        ({"username": ""}, "username", "Hãy ghi tên đăng nhập"),
        ({"username": "Có Dấu"}, "username", "chữ thường không dấu"),
        ({"display_name": ""}, "display_name", "Hãy ghi họ và tên"),
        ({"phone": "123"}, "phone", "Số điện thoại không đúng"),
        ({"username": "truongxom.khecoc"}, "username", "đã có người dùng"),
        ({"who": "known", "username": "canbo.quanglac"}, "username", "Không có tài khoản này"),
        ({"who": "known", "username": "khong.co.ai"}, "username", "Không có tài khoản này"),
        ({"role": "commune_chair", "place": "Vô Tranh, Thái Nguyên"}, "", "không giao được chức danh"),
        ({"place": "Quảng Lạc, Lạng Sơn"}, "", "nằm ngoài địa bàn"),
        ({"role": "hamlet_head", "place": "Vô Tranh, Thái Nguyên"}, "", "không đặt ở"),
        ({"sector": "GTVT"}, "", "không gắn với lĩnh vực nào"),
    ],
)
def test_a_wrong_form_is_answered_by_its_fields_and_nothing_is_kept_or_lost(
    chair: Client, more: dict[str, str], field: str, sentence: str, unchanged: Any
) -> None:
    with unchanged():
        answer = chair.post("/chuc-danh/giao/", FORM | more)
    page = text(answer)
    assert answer.status_code == 422, page
    assert sentence in page
    if field:
        assert re.search(rf'(?:href="#o-{field}"|id="o-{field}"[^>]*aria-invalid)', page), page
    if "display_name" not in more:
        assert 'value="Chi hội trưởng phụ nữ"' in page


def test_a_known_person_gets_a_second_post(chair: Client, commune: int) -> None:
    more = {"who": "known", "username": "truongxom.khecoc", "role": "hamlet_board"}
    answer = chair.post("/chuc-danh/giao/", FORM | more)
    user = queries.user_named("truongxom.khecoc")
    assert user is not None
    assert answer["Location"] == f"/chuc-danh/tai-khoan/{user.pk}/"
    assert {post.role for post in queries.posts_held(user, timezone.localdate())} == {
        "hamlet_head",
        "hamlet_board",
    }


def test_a_post_is_ended_on_the_screen(chair: Client, demo: Any) -> None:
    post = demo.post("trưởng xóm Khe Cốc")
    address = f"/chuc-danh/{post.pk}/"
    assert "Trưởng xóm · xóm Khe Cốc" in text(chair.get(address))
    wrong = chair.post(address, {"valid_from": "01/01/2022", "valid_to": "hôm qua"})
    assert (wrong.status_code, 'value="hôm qua"' in text(wrong)) == (422, True)
    answer = chair.post(address, {"valid_from": "01/01/2022", "valid_to": "01/03/2026"})
    assert answer.status_code == 302
    post.refresh_from_db()
    assert post.valid_to == date(2026, 3, 1)


# Looking after an account


def test_an_account_is_locked_opened_and_given_new_ways_in(chair: Client, demo: Any) -> None:
    head = demo.post("trưởng xóm Khe Cốc").user
    address = f"/chuc-danh/tai-khoan/{head.pk}/"
    password = re.search(
        r'class="secret">([\w-]+)<', text(chair.post(address + "cap/", {"cach": "mat-khau"}))
    )
    assert password
    head.refresh_from_db()
    assert head.check_password(password[1])
    card = text(chair.post(address + "cap/", {"cach": "the"}))
    assert "Quét bằng máy ảnh" in card
    assert "Thẻ QR chưa dùng" in text(chair.get(address))
    chair.post(address + "viec/", {"viec": "thu-hoi"})
    assert "Thẻ QR chưa dùng" not in text(chair.get(address))
    assert OneTimePass.objects.filter(revoked_at=None).count() == 0
    chair.post(address + "viec/", {"viec": "khoa"})
    assert "đang khoá" in text(chair.get(address))
    assert chair.post(address + "cap/", {"cach": "the"}).status_code == 422
    chair.post(address + "viec/", {"viec": "mo"})
    head.refresh_from_db()
    assert head.is_active
    assert chair.post(address + "viec/", {"viec": "khong-co"}).status_code == 422


def test_contacts_are_mended_and_the_trail_does_not_repeat_them(chair: Client, demo: Any) -> None:
    head = demo.post("trưởng xóm Khe Cốc").user
    address = f"/chuc-danh/tai-khoan/{head.pk}/sua/"
    wrong = chair.post(address, {"display_name": "Trưởng xóm", "phone": "9", "email": ""})
    assert (wrong.status_code, 'value="9"' in text(wrong)) == (422, True)
    chair.post(address, {"display_name": "Trưởng xóm", "phone": "0912 000 111", "email": ""})
    head.refresh_from_db()
    assert head.phone == "0912000111"
    assert "0912000111" not in str(list(AuditEvent.objects.values_list("detail", "before", "after")))


def test_an_account_with_a_post_above_is_the_offices_above(chair: Client, demo: Any) -> None:
    head = demo.post("trưởng xóm Khe Cốc").user
    province = demo.post("văn phòng Thái Nguyên").place_id
    actions.grant_post(
        user=head, role="steering", place_id=province, valid_from=BEGAN, by=SYSTEM, at=timezone.now()
    )
    page = text(chair.get(f"/chuc-danh/tai-khoan/{head.pk}/"))
    assert "do cấp trên quản lý" in page
    assert "Cấp thẻ QR" not in page
    assert chair.post(f"/chuc-danh/tai-khoan/{head.pk}/cap/", {"cach": "the"}).status_code == 403


# The system administrator


def test_the_administrator_looks_after_accounts_and_sees_no_figures(demo: Any) -> None:
    admin = visit_as(holder("administrator", None))
    assert admin.get("/")["Location"] == "/chuc-danh/"
    page = text(admin.get("/chuc-danh/"))
    assert "Trưởng xóm · xóm Khe Cốc" in page
    for shut in ("Nơi của tôi", "Bộ tiêu chí", "Nhật ký"):
        assert f">{shut}</a>" not in page
    assert admin.get("/viec-nen/").status_code == 200
    for address in (f"/dia-ban/{demo.place('khe_coc')}/", "/dia-ban/", "/bo-tieu-chi/", "/nhat-ky/"):
        answer = admin.get(address)
        assert answer.status_code == 403, address
        assert "không xem số liệu" in text(answer)


# What nobody finds by its address

# Figures, the law in force, guidance on it and offices' forms are open to every officer who sees data at all.
PUBLIC = {
    *(
        "name",
        "page",
        "part",
        "place",
        "rest",
    ),  # of the public face, its tables and the API: without an account
    *("place_id", "measure", "code", "indicator", "number", "assessment_id", "guidance_id", "size"),
    "kind",  # of records that come on the first day
    *(
        "fact",
        "article_form",
        "sheet_form",
    ),  # of stories: totals of a place, open to every post that reads data
    *("figure_id", "mapping_id", "session_id", "campaign_id", "board_id", "convention_id"),
    *("posting_id", "picture_id"),  # what was posted where, and pictures of published news
    *(
        "uid",
        "form_of",
    ),  # of calls to a meeting and of decisions, which anybody with the link reads; docx, pdf
    *(
        "work_id",
        "entry_id",
        "payment_id",
        "note_id",
        "form",
        "slug",
    ),  # works: open to every post that reads data
    "certificate_id",  # what stands on a certificate is public; its file is reached by the secret of its QR
    "sample_id",  # of claims to check again: anybody can repeat the drawing
    *(
        "report_id",
        "annex",
        "section",
    ),  # reports and their tables: totals, open to every post that reads data
    "survey_id",  # totals and results; its ledger of cards asks for the right to collect
    *(
        "title_id",
        "review_id",
        "case_id",
    ),  # titles are public; their reviews and withdrawals, to every such post
    *("step", "gate", "component"),  # words of a procedure, in addresses of a dossier
    *(
        "register",
        "record_id",
        "code_id",
        "growing_form",
    ),  # what is produced: open to every such post; its households ask for the right to keep their list
    *("name", "part", "place", "rest"),  # of open data and the API: what anybody may read
    "asset_id",  # of the register of amenities: open to every such post
    "registration_id",  # the list of a year is open to every such post; striking a line off it asks for the right
}
OPENED_BY_SECRET = {"secret", "provider_id", "pk"}  # one's own only; tried in test_signing_in


@pytest.fixture
def foreign(demo: Any) -> dict[str, int]:
    """Private things of Quảng Lạc, by the argument that names them in an address."""
    head = holder("hamlet_head", demo.place("hoang_thuong"), "rieng.tu", label="Chức danh riêng tư")
    job = Job.objects.create(
        task="chungtay.core.sealing.seal_new",
        place_id=demo.place("quang_lac"),
        asked_at=timezone.now(),
        due=timezone.now(),
        actor_label="Chức danh riêng tư",
        state="failed",
        retries=0,
    )
    draft = desk.begin(
        place_id=demo.post("văn phòng Lạng Sơn").place_id, content={}, by=SYSTEM, at=timezone.now()
    )
    Draft.objects.filter(pk=draft).update(name_vi="Chức danh riêng tư")
    annex = AnnexImport.objects.create(
        draft_id=draft,
        uid=uuid.uuid4(),
        file_name="Chức danh riêng tư.docx",
        tables=[],
        at=timezone.now(),
        by_label="Chức danh riêng tư",
    )
    said = feedback.say(
        at=timezone.now(),
        place_id=demo.place("hoang_thuong"),
        topic="roads",
        text="Chức danh riêng tư",
        uid=uuid.uuid4(),
    )
    who: dict[str, Any] = {"at": timezone.now(), "place_id": demo.place("hoang_thuong")}
    draft_news = news.write(by=SYSTEM, **who, kind="news", title="Chức danh riêng tư", body="")
    request = name_requests.ask(**who, name="Chức danh riêng tư", where="x", uid=uuid.uuid4())
    WorkbookImport.objects.create(
        pk=annex.pk,  # one word in addresses names both kinds of import
        uid=uuid.uuid4(),
        place_id=demo.place("quang_lac"),
        file_name="Chức danh riêng tư.xlsx",
        content=b"",
        at=timezone.now(),
        by_label="Chức danh riêng tư",
    )
    intake = Intake.objects.create(
        uid=uuid.uuid4(),
        place_id=demo.place("quang_lac"),
        kind="danh-hieu",
        file_name="Chức danh riêng tư.xlsx",
        rows=1,
        at=timezone.now(),
        by_label="Chức danh riêng tư",
    )
    made = {"post_id": head.posts.get().pk, "by_label": "Chức danh riêng tư", "at": timezone.now()}
    file = File.objects.create(
        sha256="0" * 64, kind="jpeg", size=1, name="Người giữ.jpg", place_id=head.place_id, **made
    )
    proof = Proof.objects.create(
        file=file, kind="figure", ref="x", label="Chức danh riêng tư", place_id=head.place_id, **made
    )
    flag = Flag.objects.create(proof=proof, kind="date", raised_at=timezone.now())
    signature = signatures.attach(
        by=SYSTEM,
        at=timezone.now(),
        place_id=demo.place("hoang_thuong"),
        kind="minutes",
        ref="x",
        proof="location",
        label="Chức danh riêng tư",
        office="Chức danh riêng tư",
    )
    return {
        "file_id": file.pk,
        "proof_id": proof.pk,
        "flag_id": flag.pk,
        "user_id": head.pk,
        "post_id": head.posts.get().pk,
        "job_id": job.pk,
        "draft_id": draft,
        "import_id": annex.pk,
        "intake_id": intake.pk,
        "feedback_id": said.feedback_id,
        "news_id": draft_news.pk,
        "request_id": request.request_id,
        "signature_id": signature.pk,
        "form_id": a_recheck_of(demo.place("hoang_thuong")),
        **a_meeting_of(demo.place("hoang_thuong")),
        **a_dossier_of(demo.place("hoang_thuong")),
        "slip_id": a_slip_of(demo.place("hoang_thuong")),
        "map_file_id": MapFile.objects.create(
            place_id=demo.place("quang_lac"),
            kind="lamp",
            name="Chức danh riêng tư.geojson",
            sha256="0" * 64,
            content=b"{}",
            recorded_at=timezone.now(),
        ).pk,
    }


def a_recheck_of(place_id: int) -> int:
    """A form of a claim drawn in a hamlet."""
    day, at = date(2025, 12, 31), timezone.now()
    said: dict[str, Any] = {"by_label": "Chức danh riêng tư", "at": at, "place_id": place_id}
    sample = RecheckSample.objects.create(
        **said, start=day, end=day, claims=1, size=1, basis={}, seed_source="x", seed_on=day
    )
    form = RecheckForm(
        sample=sample, number=1, kind="verdict", ref=uuid.uuid4(), claim_id=1, place_id=place_id
    )
    form.start, form.end, form.claimed, form.answers = day, day, "met", "Chức danh riêng tư"
    form.save()
    return form.pk


def a_meeting_of(place_id: int) -> dict[str, int]:
    """A household of a hamlet and a meeting with one matter, entered by the system."""
    who: dict[str, Any] = {"by": SYSTEM, "at": timezone.now(), "place_id": place_id}
    household = households.enter(**who, code="", representative="Chức danh riêng tư")
    matter = Matter("contribution", "Chức danh riêng tư")
    title = "Chức danh riêng tư"
    meeting = meetings.call(**who, title=title, starts_at=timezone.now(), venue=title, items=[matter])
    return {
        "household_id": household.pk,
        "meeting_id": meeting.pk,
        "item_id": meeting.items.get().pk,
    }


def a_dossier_of(place_id: int) -> dict[str, int]:
    """A dossier of a hamlet, with a paper and a sitting of the council."""
    said: dict[str, Any] = {"title": "Chức danh riêng tư", "year": 2026, "mark": "measured"}
    made: dict[str, Any] = {"by_label": "Chức danh riêng tư", "recorded_at": timezone.now()}
    day, told = date(2026, 1, 1), Dossier.objects.order_by("pk").first()
    assert told is not None
    dossier = Dossier.objects.create(
        place_id=place_id,
        standard_code=told.standard_code,
        procedure_id=told.procedure_id,
        opened_on=day,
        **said,
        **made,
    )
    where: dict[str, Any] = {"dossier": dossier, "mark": "measured", **made}
    paper = ComponentVersion.objects.create(
        component="choice", number=1, origin="generated", on=day, content=b"x", **where
    )
    sitting = CouncilMeeting.objects.create(step="decide", held_on=day, basis="x", **where)
    return {
        "dossier_id": dossier.pk,
        "version_id": paper.pk,
        "council_id": sitting.pk,
    }


def a_slip_of(place_id: int) -> int:
    """The card of a household in a survey of its hamlet."""
    at = timezone.now()
    household = households.enter(by=SYSTEM, at=at, place_id=place_id, code="Q9", representative="Riêng tư")
    survey = Survey.objects.create(
        place_id=place_id,
        standard_code="x",
        title="Chức danh riêng tư",
        year=2026,
        opens_at=at,
        closes_at=at + timedelta(days=1),
        mark="measured",
        recorded_at=at,
    )
    slip = SurveySlip.objects.create(
        survey=survey, household=household, place_id=place_id, token_digest="0" * 64, issued_at=at
    )
    return int(slip.pk)


HERE = (Level.HAMLET, Level.COMMUNE, Level.PROVINCE)


@pytest.mark.parametrize("role", [role for role in RoleCode if ROLES[role].levels & set(HERE)])
def test_anothers_private_thing_is_not_found_by_its_address_and_never_named(
    role: RoleCode, demo: Any, commune: int, foreign: dict[str, int]
) -> None:
    spots = {
        Level.HAMLET: demo.place("khe_coc"),
        Level.COMMUNE: commune,
        Level.PROVINCE: demo.post("văn phòng Thái Nguyên").place_id,
    }
    place = next(spots[level] for level in HERE if level in ROLES[role].levels)
    client = visit_as(holder(role, place, "nguoi.tim"))
    tried, fillers = 0, {"place_id": demo.place("quang_lac"), "work_id": 1}
    for name, takes in filter(itemgetter(1), all_patterns()):
        unknown = takes - PUBLIC - OPENED_BY_SECRET - set(foreign)
        assert not unknown, f"{name}: say in PUBLIC or `foreign` what {unknown} names"
        private = takes & set(foreign)
        if not private:
            continue
        address = reverse(name, kwargs={each: foreign.get(each, fillers.get(each, "nho")) for each in takes})
        for answer in (client.get(address), client.post(address, {"viec": "khoa", "cach": "the"})):
            if answer.status_code == 405:
                continue
            tried += 1
            shut = [404] if ROLES[role].reads_data else [403, 404]  # for those the whole room is shut
            assert answer.status_code in shut, address
            for secret in ("rieng.tu", "Người giữ hamlet_head", "Chức danh riêng tư", "Hoàng Thượng"):
                assert secret not in text(answer), address
    assert tried >= 8
    assert "Chức danh riêng tư" not in text(client.get("/viec-nen/"))
    assert "Chức danh riêng tư" not in text(client.get("/chuc-danh/"))
    assert Post.objects.get(pk=foreign["post_id"]).user.is_active
