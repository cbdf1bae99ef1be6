"""Nobody is named for not giving, wherever one looks: every address is walked in two worlds.

In both the same hamlet has the same households, meeting, decision and work. In the first one half of the households
gave, in the second the other half, the same gifts on the same days. Whoever can tell the worlds apart by a page reads
who gave, and so who did not. Also set apart: what few may read of a household, and who worked.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from random import Random
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

import pytest
import segno
from django.conf import settings
from django.db import connection, transaction
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoDbBlocker
from tests.integration.conftest import BUILT_AT, SYSTEM, Demo
from tests.integration.walking import Address, addresses, all_patterns, told

from chungtay.community.campaigns import actions as campaigns
from chungtay.community.convention import actions as conventions
from chungtay.community.feedback import actions as feedback
from chungtay.community.households import actions as households
from chungtay.community.meetings import actions as meetings
from chungtay.community.meetings import ballots
from chungtay.community.outreach import actions as outreach
from chungtay.community.publishing import actions as news
from chungtay.community.publishing import posting
from chungtay.community.publishing.requests import actions as name_requests
from chungtay.community.sharing import actions as sharing
from chungtay.community.sharing.formulas import Formula, Kind
from chungtay.community.supervision import actions as supervision
from chungtay.community.supervision.policies import NewMember
from chungtay.evidence.models import File
from chungtay.figures import confirming
from chungtay.figures.actions import Entry, record
from chungtay.figures.models import Observation
from chungtay.firstday import queries as firstday
from chungtay.firstday.running import send_and_look
from chungtay.ledger import actions as ledger
from chungtay.ledger.actions import Giver, Giving, LabourRow, Land
from chungtay.ledger.counting import drain
from chungtay.people import actions as people
from chungtay.people.models import Post, User
from chungtay.people.roles import ROLES, RoleCode
from chungtay.portal import caching
from chungtay.recognition.dossiers import actions as dossiers
from chungtay.recognition.dossiers.models import Dossier, Registration
from chungtay.recognition.models import RecheckForm
from chungtay.recognition.rechecks import actions as rechecks
from chungtay.recognition.signing import actions as signatures
from chungtay.recognition.signing import certificates
from chungtay.recognition.surveys import actions as surveys
from chungtay.recognition.surveys.secrets import token_of
from chungtay.recognition.titles import actions as titles
from chungtay.registers.amenities import actions as amenities
from chungtay.registers.amenities import intake as intake_of_maps
from chungtay.registers.livelihood import actions as livelihood
from chungtay.reports import actions as reports
from chungtay.territory import actions as territory
from chungtay.territory.models import Level
from chungtay.works import actions as works
from rulebook import Period

pytestmark = pytest.mark.django_db  # so that a database is made
NOW = BUILT_AT + timedelta(days=1)
TODAY = date(2026, 3, 2)
HALF = 5  # households that give in each world; as many again do not, and one is exempt
PURSES = ("Ngọc", "Bích", "Lụa", "Gấm", "Trúc", "Mận", "Đào", "Quế", "Hồi", "Sim", "Trám")
LAND = "thửa 8081, tờ bản đồ 77"
WORKERS = ("Nùng Thị Cuốc Bẫm", "Nùng Văn Xẻng Sâu")
DEBTOR_WORDS = re.compile("chưa nộp|còn nợ(?! đọng)|chưa đóng|thiếu tiền|chưa góp|không đóng góp", re.I)
SHOW_RESTRICTED = {"office:household", "office:firstday_form"}
OF_THE_LEDGER_FOR_ALL = {  # givers who agreed to be named, on pages, in tables and in papers of a page
    "portal:money",
    "portal:page_pdf",
    "portal:page_sound",
    "portal:page_listen",
    *(f"portal:data_{form}" for form in ("table", "csv", "csv.gz", "json", "xlsx")),
    "api:v1:table",
    "api:v1:receipt",
}
WITH_NOTHING_INSIDE = re.compile(  # of drafts of the law, sheets of figures, rulings: none is made here
    "office:(draft_.*|.*_draft|draft|annex.*|guidance_file|workbook_import|workbook_sheet|use_layout|describe_layout"
    "|boards:measure.*|map_file|assessment|rule|share_out|picture|account|appoint|flags|title_review.*|withdrawal_case)"
)


def uid(name: str) -> UUID:
    return uuid5(NAMESPACE_URL, name)


@dataclass
class Hamlet:
    """The hamlet that both worlds share. fillers: real things to put into addresses."""

    demo: Demo
    head: Post
    officer: Post
    place: int
    names: list[str] = field(default_factory=list)
    households: list[int] = field(default_factory=list)
    purpose: int = 0
    fillers: dict[str, list[Any]] = field(default_factory=dict)
    uids: dict[str, list[UUID]] = field(default_factory=dict)  # by address; of gifts where it is not here

    def ways(self, place_id: int | None) -> list[Address]:
        """Every address with real things in it, at a place."""
        known = self.fillers | {"place_id": [place_id], "uid": [uid(f"gift {number}") for number in range(4)]}
        return list(addresses(lambda name: known | ({"uid": self.uids[name]} if name in self.uids else {})))

    def secrets(self, world: str) -> list[str]:
        """What few may read of the households in a world."""
        return [f"{what} {world} {name}" for name in PURSES for what in ("Dân tộc", "Khuyết tật", "Miễn vì")]


def build(demo: Demo) -> Hamlet:
    """Eleven households, of which one is exempt; a meeting that agreed on a road; its work under contract."""
    hamlet = Hamlet(
        demo, demo.post("trưởng xóm Khe Cốc"), demo.post("cán bộ Vô Tranh"), demo.place("khe_coc")
    )
    act: dict[str, Any] = {"by": hamlet.head, "at": NOW}
    here = act | {"place_id": hamlet.place}
    for number, word in enumerate(PURSES):
        name = f"Lường Thị {word} Thử"
        made = households.enter(
            **here,
            code=f"T{number:02d}",
            representative=name,
            head_count=4,
            address=f"Ngõ Thử {word}",
            uid=uid(name),
        )
        hamlet.names.append(name)
        hamlet.households.append(made.pk)
    meeting, decision = agreed(hamlet, here)
    second = ask_each(here)
    work = contracted(hamlet, here, decision)
    hamlet.fillers = fillers(hamlet) | {
        "household_id": hamlet.households[:2],
        "meeting_id": [meeting.pk, second.pk],
        "item_id": [meeting.items.get(number=1).pk],
        "work_id": [work.pk],
    }
    hamlet.uids |= {
        "office:public_call": [meeting.uid],
        "office:public_decision": [decision.uid],
        "office:told_total": [uid("told")],
        "portal:news_item": [uid("news")],
    }
    return hamlet


def agreed(hamlet: Hamlet, here: dict[str, Any]) -> tuple[Any, Any]:
    """A meeting that agreed by vote to give 2.5 million đồng a household."""
    act = {"by": here["by"], "at": here["at"]}
    meeting = meetings.call(
        **here,
        title="Họp bàn làm đường ngõ",
        starts_at=NOW - timedelta(hours=3),
        venue="Nhà văn hóa",
        scope_households=len(PURSES),
        items=[meetings.Matter("contribution", "Góp làm đường ngõ", "Mỗi hộ góp 2.500.000 đồng")],
        uid=uid("meeting"),
    )
    item = meeting.items.get()
    households.set_restricted(**act, household_id=hamlet.households[-1], exemption="Miễn vì trước")
    for kind in (Kind.HOUSEHOLD, Kind.PERSON):
        trial = sharing.try_out(**act, item_id=item.pk, formula=Formula(kind, rate_dong=2_500_000))
    sharing.choose(**act, trial_id=trial.id)
    meetings.take_roll(**act, meeting_id=meeting.pk, household_ids=hamlet.households[:-1])
    meetings.record_votes(**act, item_id=item.pk, votes_for=10, votes_against=0)
    signers = [
        ("head", "Trưởng xóm"),
        ("front", "Trưởng ban"),
        ("household", "Ký một"),
        ("household", "Ký hai"),
    ]
    meetings.name_signatories(**act, meeting_id=meeting.pk, names=signers)
    (decision,) = meetings.close(**act, meeting_id=meeting.pk)
    return meeting, decision


def ask_each(here: dict[str, Any]) -> Any:
    """A meeting to which too few came: a ballot to every household."""
    act = {"by": here["by"], "at": here["at"]}
    meeting = meetings.call(
        **here,
        title="Họp bàn làm cổng xóm",
        starts_at=NOW - timedelta(hours=2),
        venue="Nhà văn hóa",
        scope_households=len(PURSES),
        items=[meetings.Matter("contribution", "Góp làm cổng xóm")],
        uid=uid("second"),
    )
    meetings.count_present(**act, meeting_id=meeting.pk, present=3)
    ballots.issue(**act, meeting_id=meeting.pk)
    return meeting


def contracted(hamlet: Hamlet, here: dict[str, Any], decision: Any) -> Any:
    work = works.propose(**here, name="Đường ngõ thử", kind="road", on=TODAY, uid=uid("work"))
    act: dict[str, Any] = {"at": here["at"], "work_id": work.pk, "on": TODAY}
    works.decide(by=hamlet.head, at=NOW, work_id=work.pk, decision_id=decision.pk)
    line = works.Line("1", "Bê tông mặt đường", "m3", Decimal(100), 1_000_000)
    works.file(by=hamlet.officer, lines=[line], **act)
    works.fund(by=hamlet.officer, sources={"commune": 80_000_000, "people": 20_000_000}, **act)
    works.contract(by=hamlet.officer, builder="Tổ thợ xóm", builder_kind="crew", value_dong=90_000_000, **act)
    hamlet.purpose = work.purpose_id
    return work


NOT_MADE = (
    *("import_id", "mapping_id", "proof_id", "flag_id", "assessment_id", "draft_id"),
    *("guidance_id", "job_id", "entry_id", "payment_id", "note_id", "pk", "provider_id", "size"),
    *("review_id", "case_id", "picture_id"),
)


def fillers(hamlet: Hamlet) -> dict[str, list[Any]]:
    """Something real for most arguments of addresses, so that rooms are entered and not only knocked at."""
    front = Post.objects.get(role="front_officer", place_id=hamlet.officer.place_id or 0)
    act: dict[str, Any] = {"by": hamlet.head, "at": NOW, "place_id": hamlet.place}
    session = outreach.record_session(
        **act, kind="outreach", topic="Môi trường", organiser="Chi hội", held_from=TODAY, attendances=9
    )
    campaign = campaigns.begin_campaign(
        **act, kind="campaign", name="Toàn dân đoàn kết", organisation="Mặt trận Tổ quốc", starts=TODAY
    )
    said = feedback.say(
        at=NOW, place_id=hamlet.place, topic="environment", text="Rác đầu xóm", uid=uid("said")
    )
    convention = conventions.enter_on_record(
        **(act | {"by": SYSTEM}), title="Hương ước", source="Bản lưu", in_force_from=date(2015, 6, 1)
    )
    members = tuple(
        NewMember(f"Giám sát {n}", body, seat)
        for n, (body, seat) in enumerate(
            (("front", "head"), ("inspection", "deputy"), *[("resident", "member")] * 3)
        )
    )
    board = supervision.set_up_board(
        by=front,
        at=NOW,
        place_id=hamlet.place,
        subject="Đường ngõ thử",
        formed_on=TODAY,
        members=members,
        work_uid=uid("work"),
    )
    ledger.tell_total(
        **(act | {"by": hamlet.officer}),
        line="people",
        from_day=date(2023, 1, 1),
        until=date(2023, 12, 31),
        amount=4_300_000_000,
        paper="Báo cáo",
        uid=uid("told"),
    )
    form = a_recheck(hamlet)
    standard = "xom-kieu-mau-thai-nguyen"
    item = news.write(**act, kind="notice", title="Họp xóm", body="Mời các hộ.", uid=uid("news"))
    news.publish(by=hamlet.head, at=NOW, news_id=item.pk)
    hung = posting.put_up(**act, what="Dự toán", channel="board", where="Nhà văn hoá", posted_from=TODAY)
    request = name_requests.ask(
        at=NOW, place_id=hamlet.place, name="Người thử", where="Tin", uid=uid("request")
    )
    asked = surveys.open_survey(
        **(act | {"by": front}),
        standard_code=standard,
        year=2026,
        questionnaire="phieu-hai-long-thon",
        opens_at=NOW - timedelta(hours=9),
        closes_at=NOW + timedelta(hours=1),
        grace_hours=0,
    )
    surveys.issue(by=front, at=NOW, survey_id=asked.pk)
    slip = asked.slips.order_by("household_id")[0]
    card = token_of(slip.uid)
    surveys.cast(at=NOW, token=card, chosen={"roads": "yes"}, uid=uid("ballot"))
    surveys.count(by=front, at=NOW + timedelta(hours=2), survey_id=asked.pk)
    title = titles.enter_on_record(
        **(act | {"by": SYSTEM}),
        standard_code=standard,
        year=2025,
        decided_by="Chủ tịch UBND xã",
        source="Quyết định",
    )
    paper = certificates.issue(
        by=SYSTEM, at=NOW, title_id=title.pk, address="https://thu.example/{secret}/", uid=uid("paper")
    )
    signature = signatures.attach(
        **act, kind="certificate", ref=str(paper.uid), proof="location", label="Bằng", office="Nhà văn hóa"
    )
    report = reports.make(**(act | {"by": hamlet.officer}), kind="half_year", year=2026, number=1)
    sheet = firstday.form(hamlet.place, "ho-gia-dinh", by=hamlet.head, today=TODAY)
    intake = send_and_look(**act, kind="ho-gia-dinh", name="so-ho.xlsx", data=sheet, uid=uid("intake"))
    return {
        "title_id": [title.pk],
        "session_id": [session.pk],
        "campaign_id": [campaign.pk],
        "feedback_id": [said.feedback_id],
        "convention_id": [convention.pk],
        "news_id": [item.pk],
        "posting_id": [hung.pk],
        "name": ["tien-theo-nguon", "dong-gop-neu-ten"],
        "part": ["place-0", "criterion-0", "work-0", "news_item-0"],
        "place": [hamlet.place],
        "rest": ["khong-co"],
        "request_id": [request.request_id],
        "board_id": [board.pk],
        "intake_id": [intake],
        "report_id": [report.pk],
        "annex": ["03", "06"],
        "section": ["steering"],
        "sample_id": [form.sample_id],
        "form_id": [form.pk],
        "code": [standard],
        "number": ["1"],
        "indicator": ["1.1"],
        "measure": ["households"],
        "kind": ["ho-gia-dinh", "thong-tin-rieng", "so-du-ban-dau"],
        "form_of": ["docx", "pdf"],
        "page": [f"noi/{hamlet.place}/dong-gop/"],
        "form": ["pdf", "xlsx", "csv", "geojson"],
        "fact": ["households"],
        "article_form": ["txt"],
        "sheet_form": ["csv"],
        "user_id": [hamlet.head.user_id],
        "post_id": [hamlet.head.pk],
        "slug": ["khoi-cong"],
        "figure_id": [Observation.objects.order_by("pk").values_list("pk", flat=True)[0]],
        "file_id": [File.objects.order_by("pk").values_list("pk", flat=True)[0]],
        "secret": ["khong-co", card, paper.secret],
        "certificate_id": [paper.pk],
        "signature_id": [signature.pk],
        "survey_id": [asked.pk],
        "slip_id": [slip.pk],
        **what_is_grown(hamlet),
        **what_stands(hamlet),
        **a_dossier(hamlet),
        **{key: [1] for key in NOT_MADE},
    }


def what_is_grown(hamlet: Hamlet) -> dict[str, list[Any]]:
    """A group of which the first household is a member, and a growing area it stands in."""
    act: dict[str, Any] = {"by": hamlet.head, "at": NOW}
    group = livelihood.enter(
        **act, place_id=hamlet.place, kind="producer", told={"name": "Tổ chè thử", "form": "group"}
    )
    code = livelihood.enter(
        **act, place_id=hamlet.place, kind="code", told={"crop": "tea"}, producer_id=group
    )
    livelihood.add_member(**act, producer_id=group, household_id=hamlet.households[0])
    livelihood.add_household(**act, code_id=code, household_id=hamlet.households[0])
    known: dict[str, list[Any]] = {"register": ["hop-tac-xa", "ma-vung-trong"], "record_id": [group, code]}
    return known | {"code_id": [code], "growing_form": ["de-nghi"]}


def what_stands(hamlet: Hamlet) -> dict[str, list[Any]]:
    """The plate of the first household's address, and a map file that was sent."""
    act: dict[str, Any] = {"at": NOW, "place_id": hamlet.place}
    plate = amenities.add(
        **act, by=hamlet.head, kind="address", name="Biển số 00", attributes={"code": "KC-00"}
    )
    spot = b'{"type": "Point", "coordinates": [105.75, 21.69]}'
    said = {"kind": "lamp", "name": "den.geojson", "data": spot, "uid": uid("map file")}
    hamlet.uids["office:digital_address"] = [plate.uid]
    return {"asset_id": [plate.pk], "map_file_id": [intake_of_maps.send(**act, by=hamlet.officer, **said)]}


def a_dossier(hamlet: Hamlet) -> dict[str, list[Any]]:
    """The hamlet's dossier with a paper made of it, the list it stands on, and a council called for its commune."""
    act: dict[str, Any] = {"by": SYSTEM, "at": NOW}
    told = Dossier.objects.get(place_id=hamlet.place)
    paper = dossiers.generate_paper(**act, dossier_id=told.pk, component="choice", on=TODAY)
    commune = dossiers.open_dossier(
        **act,
        place_id=hamlet.officer.place_id or 0,
        standard_code="xa-ntm-2026-2030",
        year=2026,
        opened_on=TODAY,
    )
    member = Post.objects.filter(role="council_member")[0].pk
    sitting = dossiers.call_council(
        **act, dossier_id=commune.pk, held_on=TODAY, basis="QĐ 1", members=[member], chair=member
    )
    return {
        "dossier_id": [told.pk],
        "component": ["choice"],
        "step": ["notice"],
        "gate": ["criteria"],
        "version_id": [paper.pk],
        "council_id": [sitting.pk],
        "registration_id": [Registration.objects.filter(place_id=hamlet.place)[0].pk],
    }


def a_recheck(hamlet: Hamlet) -> RecheckForm:
    """A figure of the hamlet, drawn to be checked again and found otherwise."""
    entry = Entry("security_cameras", "7", Period.day(TODAY))
    rows = record(by=hamlet.head, at=NOW, place_id=hamlet.place, entries=[entry])
    confirming.confirm(by=hamlet.officer, at=NOW, figure_ids=[row.pk for row in rows])
    told: dict[str, Any] = {"place_id": hamlet.place, "start": date(2026, 1, 1), "end": TODAY}
    sample = rechecks.fix_sample(
        by=SYSTEM, at=NOW - timedelta(days=1), seed_source="Xổ số", seed_on=TODAY, **told
    )
    rechecks.draw_sample(by=SYSTEM, at=NOW, sample_id=sample.pk, seed="41786")
    form = RecheckForm.objects.get(sample=sample)
    rechecks.recheck(by=SYSTEM, at=NOW, form_id=form.pk, found="5", checked_on=TODAY)
    return form


# The two worlds


@contextmanager
def world(hamlet: Hamlet, which: int) -> Iterator[list[str]]:
    """World 0 or 1, undone at the end: who gave in it, in the order of the gifts."""
    caching.forget()  # an undone world leaves the numbers of its rows to the next, and kept pages know them by these
    with transaction.atomic():
        act: dict[str, Any] = {"by": hamlet.head, "at": NOW}
        for number, household in enumerate(hamlet.households):
            ethnicity, disability, exemption = hamlet.secrets(str(which))[3 * number : 3 * number + 3]
            households.set_restricted(
                **act,
                household_id=household,
                poverty=("poor", "near_poor", "none")[(number + which) % 3],
                ethnicity=ethnicity,
                disability=disability,
                exemption=exemption if number == len(PURSES) - 1 else "",
            )
        order = Random(8).sample(hamlet.names[:-1], 2 * HALF)
        givers = order[:HALF] if which == 0 else order[HALF:]
        for number, name in enumerate(givers):
            give(hamlet, number, Giver(name, consents=number == CONSENTS))
        drain(at=NOW)
        yield givers
        transaction.set_rollback(True)


CONSENTS = 1  # the gift whose giver agrees to be named


def give(hamlet: Hamlet, number: int, giver: Giver) -> None:
    """One gift of each kind and two of money, the same in both worlds."""
    giving = Giving(
        place_id=hamlet.place,
        purpose_id=hamlet.purpose,
        on=TODAY,
        giver=giver,
        uid=uid(f"gift {number}"),
        paper="Biên bản giao nhận",
    )
    act: dict[str, Any] = {"by": hamlet.head, "at": NOW, "giving": giving}
    if number < 2:
        ledger.receive_cash(**act, value_dong=Random(number).randrange(1, 40) * 100_000)
    elif number == 2:
        ledger.receive_labour(**act, rows=[LabourRow(name, TODAY, Decimal(8)) for name in WORKERS])
    elif number == 3:
        land = Land(LAND, "Đơn tự nguyện hiến đất", Decimal(300), "none")
        ledger.receive_land(**act, area=Decimal(12), land=land)
    else:
        ledger.receive_goods(**act, item="cát", unit_word="m³", quantity=Decimal(6), value_dong=1_800_000)


def readers(hamlet: Hamlet) -> dict[str, Client]:
    """Every kind of post on the line of the hamlet, two beside it, somebody without a post, a stranger."""
    commune = int(hamlet.officer.place_id or 0)
    province = hamlet.demo.post("văn phòng Thái Nguyên").place_id
    beside = territory.found_place(
        by=SYSTEM, at=NOW, name="Bên Cạnh", kind="xóm", level="hamlet", parent=commune, valid_from=TODAY
    ).id
    spots = {Level.HAMLET: hamlet.place, Level.COMMUNE: commune, Level.PROVINCE: province, Level.NATION: None}
    found = {}
    for code, role in ROLES.items():
        level = next((each for each in spots if each in role.levels), None)
        if level is not None:  # no office stands at a district any more
            found[str(code)] = signed_in(str(code), role.code, spots[level])
    found["auditor"] = signed_in("auditor.nation", RoleCode.AUDITOR, None)
    found["auditor inside"] = signed_in("auditor.inside", RoleCode.AUDITOR, hamlet.place)
    found["head beside"] = signed_in("beside", RoleCode.HAMLET_HEAD, beside)
    found["officer elsewhere"] = hamlet.demo.visit("cán bộ Quảng Lạc")
    found["citizen"] = signed_in("citizen", None, None)
    return found | {"stranger": Client()}


def signed_in(name: str, role: RoleCode | None, place_id: int | None) -> Client:
    user: User = people.create_user(
        username=f"di.{name.replace('_', '.').replace(' ', '.')}",
        display_name="Người đọc",
        place_id=place_id,
        by=SYSTEM,
        at=NOW,
    ).user
    if role is not None:
        bound = ROLES[role].sector == "always" and not ROLES[role].only_sector
        since = TODAY if name == "beside" else date(2025, 7, 1)
        people.grant_post(
            user=user,
            role=role,
            place_id=place_id,
            valid_from=since,
            by=SYSTEM,
            at=NOW,
            sector="GTVT" if bound else "",
        )
    client = Client()
    client.force_login(user)
    return client


# The walks


@dataclass(frozen=True)
class Page:
    """One answer to one reader. tables: of the database, that were read for it."""

    reader: str
    name: str
    address: str
    status: int
    text: str
    tables: frozenset[str]


def visit(reader: str, client: Client, name: str, address: str) -> Page:
    tables: set[str] = set()

    def watch(execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        tables.update(re.findall(r'(?:FROM|JOIN) "(\w+)"', sql))
        return execute(sql, *rest)

    with connection.execute_wrapper(watch):
        status, text = told(client, address)
    return Page(reader, name, address, status, text, frozenset(tables))


@dataclass
class Walks:
    """What was read: in world 0 by everybody, in world 1 by `TWICE`. Pages of world 1 stand under the same keys."""

    hamlet: Hamlet
    givers: tuple[list[str], list[str]]
    pages: dict[tuple[str, str], Page]
    again: dict[tuple[str, str], Page]

    @property
    def silent(self) -> list[str]:
        """Those who gave nothing in world 0."""
        return [name for name in self.hamlet.names if name not in self.givers[0]]


WIDE = ("hamlet_head", "auditor", "stranger")  # of whom somebody reads every kind of room there is
TWICE = ("hamlet_head", "auditor", "stranger")
PRIVATE = re.compile(
    "ledger_|core_auditevent|firstday_|community_(household|restricted|stay|attendance|ballot|signatory)"
)
GIVEN = {"ledger_hidden", "ledger_gift", "ledger_landgift"}


@pytest.fixture(scope="module")
def walks(_world: Demo, django_db_blocker: DjangoDbBlocker, request: pytest.FixtureRequest) -> Walks:
    """Three readers open every address: what a hamlet has, a commune, what a stranger finds; the Front its own rooms.

    Whatever opens a table of gifts, households, sheets on their way in or deeds, everybody then opens. With --long
    everybody opens everything.
    """
    with django_db_blocker.unblock(), transaction.atomic(), pytest.MonkeyPatch.context() as patch:
        patch.setattr(timezone, "now", lambda: NOW)  # no page differs for having been opened a minute later
        for deed in ("make", "make_qr"):  # the same codes over and over, a fifth of a second each
            patch.setattr(segno, deed, lru_cache(getattr(segno, deed)))
        hamlet = build(_world)
        who = readers(hamlet)
        wide = list(who) if request.config.getoption("--long") else WIDE
        here, above = (hamlet.ways(each) for each in (hamlet.place, hamlet.officer.place_id))
        with world(hamlet, 0) as first:
            found = [
                visit(each, who[each], *way)
                for each in wide
                for way in (above if each == "auditor" else here)
            ]
            fronts = [way for way in here if way[0].startswith("office:survey")]
            found += [visit("front_officer", who["front_officer"], *way) for way in fronts]
            private = {page.name for page in found if any(map(PRIVATE.match, page.tables))}
            private -= {page.name for page in found if page.status == 405}
            near = [way for way in here if way[0] in private]
            far = [way for way in above if way[0] in private and way not in near]
            done = {(page.reader, page.address) for page in found}
            for each in who:
                ways = near + far if each in TWICE or each == "commune_officer" else near
                found += [visit(each, who[each], *way) for way in ways if (each, way[1]) not in done]
        with world(hamlet, 1) as second:
            again = [visit(each, who[each], *way) for each in TWICE for way in near + far]
        transaction.set_rollback(True)
    by_key = [{(page.reader, page.address): page for page in pages} for pages in (found, again)]
    return Walks(hamlet, (first, second), *by_key)


def ledger_rooms() -> set[str]:
    from chungtay.office.ledger.urls import urlpatterns  # knows the converters of the office above it

    return OF_THE_LEDGER_FOR_ALL | {f"office:{each.name}" for each in urlpatterns}


def readers_of(walks: Walks, text: str, where: set[str] | None = None) -> set[str]:
    """Who reads a text anywhere, or in some rooms."""
    pages = [page for page in walks.pages.values() if where is None or page.name in where]
    return {page.reader for page in pages if text in page.text}


NAMES_READ = {
    "hamlet_head",
    "hamlet_board",
    "commune_officer",
}  # hold ledger.receive and community.keep_households
RESTRICTED_READ = {"hamlet_head", "commune_officer"}  # hold community.see_restricted
OF_THE_HAMLET = {"hamlet_head", "hamlet_board"}


def test_every_address_is_walked_and_the_rooms_that_matter_are_entered(walks: Walks) -> None:
    every = {name for name, _takes in all_patterns()} - {"front"}  # it answers at the address of office:home
    assert every == {page.name for page in walks.pages.values()}
    entered = {page.name for page in walks.pages.values() if page.status == 200}
    posted = {page.name for page in walks.pages.values() if page.status == 405}
    rooms = {name for name, _takes in all_patterns() if name.startswith("office:")}
    closed = {name for name in rooms - entered - posted if not WITH_NOTHING_INSIDE.fullmatch(name)}
    assert not closed
    assert {page.reader for page in walks.pages.values()} >= set(ROLES) - {"district_office"} | {"stranger"}
    assert max(page.status for page in walks.pages.values()) < 500


def test_only_the_ledgers_rooms_open_the_tables_of_gifts(walks: Walks) -> None:
    assert {page.name for page in walks.pages.values() if page.tables & GIVEN} <= ledger_rooms()


def test_outside_the_ledger_nothing_tells_who_gave(walks: Walks) -> None:
    outside = [page for page in walks.again.values() if page.name not in ledger_rooms()]
    assert len(outside) > 100
    parted = {
        (page.reader, page.address): difference(walks.pages[page.reader, page.address].text, page.text)
        for page in outside
        if page.name not in SHOW_RESTRICTED or page.reader not in RESTRICTED_READ
    }
    assert not {where: what for where, what in parted.items() if what}


def test_inside_the_ledger_the_worlds_differ_by_the_givers_names_alone(walks: Walks) -> None:
    parted, named = {}, 0
    for page in walks.again.values():
        if page.name in ledger_rooms():
            first = walks.pages[page.reader, page.address].text
            one, other = veiled(first, walks.givers[0]), veiled(page.text, walks.givers[1])
            parted[page.reader, page.address] = difference(one, other)
            named += one != first
    assert named > 10
    assert not {where: what for where, what in parted.items() if what}


def difference(one: str, other: str) -> str:
    """Where two texts part, with a little of both; "" when they are the same."""
    if one == other:
        return ""
    at = next((n for n, pair in enumerate(zip(one, other, strict=False)) if len(set(pair)) > 1), 0)
    return f"{one[max(at - 60, 0) : at + 60]} | {other[at : at + 60]}"


def veiled(text: str, givers: list[str]) -> str:
    for number, name in enumerate(givers):
        text = text.replace(name, f"người góp {number}")
    return text


def test_no_room_of_the_ledger_names_a_household_that_did_not_give(walks: Walks) -> None:
    for page in walks.pages.values():
        if page.name in ledger_rooms():
            assert not [name for name in walks.silent if name in page.text], (page.reader, page.address)


def test_givers_are_named_in_the_book_of_their_hamlet_and_elsewhere_only_if_they_agreed(walks: Walks) -> None:
    for number, name in enumerate(walks.givers[0]):
        everybody = {page.reader for page in walks.pages.values()}
        expected = everybody if number == CONSENTS else NAMES_READ
        assert readers_of(walks, name, ledger_rooms()) == expected, number


def test_households_are_named_to_those_who_keep_the_list_and_to_nobody_else(walks: Walks) -> None:
    for name in walks.silent:
        assert readers_of(walks, name) == NAMES_READ
    assert readers_of(walks, "Ngõ Thử") == NAMES_READ


def test_what_few_may_read_is_read_by_them(walks: Walks) -> None:
    found = {secret: readers_of(walks, secret) for secret in walks.hamlet.secrets("0")}
    assert set().union(*found.values()) == RESTRICTED_READ
    pages = [page for page in walks.pages.values() if any(secret in page.text for secret in found)]
    assert {page.name for page in pages} == SHOW_RESTRICTED


def test_who_worked_and_which_plot_was_given_stays_inside_the_hamlet(walks: Walks) -> None:
    for worker in WORKERS:
        assert readers_of(walks, worker) == OF_THE_HAMLET
    assert readers_of(walks, LAND) == NAMES_READ


def test_no_page_speaks_of_debtors(walks: Walks) -> None:
    found = {
        page.name: said.group() for page in walks.pages.values() if (said := DEBTOR_WORDS.search(page.text))
    }
    assert not found


def test_no_message_speaks_of_debtors() -> None:
    """Among the sentences themselves, of the interface and of the law that its rooms quote."""
    sources = [
        file for kind in ("py", "html") for file in (Path(settings.BASE_DIR) / "src").rglob(f"*.{kind}")
    ]
    found = {file.name for file in sources if DEBTOR_WORDS.search(file.read_text())}
    assert not found
