"""Khe Cốc from the meeting of its households to the ceremony of 24/5/2023."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.db import transaction
from django.utils import timezone

from chungtay.community.campaigns import actions as campaigns
from chungtay.community.honours import commending, titling
from chungtay.community.households import actions as households
from chungtay.community.households import queries as household_list
from chungtay.community.meetings import actions as meetings
from chungtay.community.meetings.actions import Matter
from chungtay.community.meetings.models import Decision
from chungtay.demo.drawing import photograph
from chungtay.demo.joining.teller import Teller
from chungtay.evidence import actions as evidence
from chungtay.ledger import actions as ledger
from chungtay.ledger.actions import Line as Part
from chungtay.ledger.kinds import Kind
from chungtay.ledger.sources import Source
from chungtay.works import actions as works
from chungtay.works import queries as works_read
from chungtay.works import subjects
from chungtay.works.actions import Line
from chungtay.works.models import Work
from rulebook import Mark

HEAD, BOARD, OFFICER, FRONT = "truongxom.khecoc", "ban.khecoc", "canbo.votranh", "mattran.votranh"
ARTICLE = "Bài viết về lễ đón bằng công nhận xóm Khe Cốc, 24/5/2023"
CEREMONY = date(2023, 5, 24)
SINCE = date(2022, 1, 1)  # “từ năm 2022”
MILLION = 1_000_000

HOUSEHOLDS, PEOPLE = 143, 508
ABSENT = 15  # of the meeting, reconstructed; the article tells only that people agreed

REBUILT_HOUSEHOLD = "Dựng lại: bài viết chỉ kể 143 hộ, 508 nhân khẩu"
REBUILT_MEETING = "Dựng lại: bài viết kể dân đồng thuận, không kể cuộc họp, ngày họp và số phiếu"
REBUILT_MONEY = (
    "Dựng lại để cộng đúng 8,6 tỷ đồng, trong đó 4,3 tỷ từ nhân dân; bài viết không kể hình thức góp, nguồn của phần "
    "còn lại và chia theo công trình"
)
REBUILT_LABOUR = (
    "Dựng lại để cộng đúng 920 công; bài viết không kể làm việc gì và có tính trong 4,3 tỷ đồng hay không"
)
REBUILT_LAND = (
    "Dựng lại để cộng đúng 5.300 m²; bài viết không kể từng thửa và có tính trong 4,3 tỷ đồng hay không"
)
REBUILT_WORK = "Dựng lại: bài viết chỉ kể có 4,3 km đường bê tông và 7 camera, không kể ngày, giá và cách làm"

ROAD_DONG, CAMERAS_DONG = 4_730 * MILLION, 140 * MILLION


@dataclass(frozen=True)
class Stage:
    """One photograph of the road, drawn by code, from the one spot."""

    stage: str
    drawing: str
    taken: datetime


SHOTS = (
    Stage("before", "road_before", datetime(2022, 6, 18, 7, 40)),
    Stage("during", "road_during", datetime(2022, 9, 20, 8, 5)),
    Stage("after", "road_after", datetime(2022, 12, 3, 7, 45)),
)


@transaction.atomic
def tell_khe_coc(to: Teller) -> None:
    """All of it or nothing."""
    programme = to.uid("khe_coc", "programme")
    if to.has_told("khe_coc", programme):
        return
    _households(to)
    about_all, about_road, about_cameras = _meeting(to)
    purpose = ledger.open_purpose(
        **to.by(OFFICER),
        place_id=to.places["khe_coc"],
        name="Xây dựng xóm nông thôn mới kiểu mẫu",
        kind="programme",
        uid=programme,
        mark=Mark.TOLD,
        paper=ARTICLE,
        year=2022,
    )
    ledger.allow_gifts(**to.by(HEAD), purpose_id=purpose.pk, decision_id=about_all.pk)
    road = _proposed(to, "road", "Mở rộng và bê tông hóa 4,3 km đường xóm", "road", about_road)
    cameras = _proposed(to, "cameras", "Hệ thống 7 camera an ninh", "other", about_cameras)
    _money(to, purpose.pk, road.purpose_id, cameras.purpose_id)
    _build_road(to, road)
    _build_cameras(to, cameras)
    _honours(to)


def _households(to: Teller) -> None:
    """143 households of 508 people, shared out as evenly as can be; nobody's name, for none may stand here."""
    head = to.by(HEAD)
    for n in range(HOUSEHOLDS):
        households.enter(
            **head,
            place_id=to.places["khe_coc"],
            code=f"KC-{n + 1:03d}",
            representative=f"Đại diện hộ {n + 1}",
            head_count=(n + 1) * PEOPLE // HOUSEHOLDS - n * PEOPLE // HOUSEHOLDS,
            mark=Mark.RECONSTRUCTED,
            source=REBUILT_HOUSEHOLD,
            uid=to.uid("khe_coc", "household", str(n + 1)),
        )


def _meeting(to: Teller) -> tuple[Decision, ...]:
    """The meeting that agreed; who of the reconstructed households came is reconstructed with them."""
    place = to.places["khe_coc"]
    begins = timezone.make_aware(datetime(2022, 3, 12, 19, 30))
    meeting = meetings.call(
        **to.by(HEAD),
        place_id=place,
        title="Họp xóm bàn xây dựng xóm nông thôn mới kiểu mẫu",
        starts_at=begins,
        venue="Nhà văn hóa xóm Khe Cốc",
        items=[
            Matter(
                "contribution",
                "Cùng Nhà nước xây dựng xóm nông thôn mới kiểu mẫu",
                "Nhân dân góp công sức, tiền của và hiến đất; thu chi công khai.",
            ),
            Matter("contribution", "Hiến đất, mở rộng và bê tông hóa đường xóm"),
            Matter("contribution", "Lắp camera an ninh, nối với hệ thống của xã"),
        ],
        scope_households=HOUSEHOLDS,
        mark=Mark.RECONSTRUCTED,
        source=REBUILT_MEETING,
        uid=to.uid("khe_coc", "meeting"),
    )
    here = household_list.households_at(place, begins.date(), seen_by=to.post(HEAD))
    came = [each.id for each in here][: HOUSEHOLDS - ABSENT]
    meetings.take_roll(**to.by(HEAD), meeting_id=meeting.pk, household_ids=came)
    for item in meeting.items.order_by("number"):
        meetings.record_votes(**to.by(HEAD), item_id=item.pk, votes_for=len(came), votes_against=0)
    meetings.name_signatories(
        **to.by(HEAD),
        meeting_id=meeting.pk,
        names=[
            ("head", "Trưởng xóm"),
            ("front", "Trưởng ban công tác Mặt trận"),
            ("household", "Đại diện hộ 1"),
            ("household", "Đại diện hộ 2"),
        ],
    )
    return meetings.close(**to.by(HEAD), meeting_id=meeting.pk)


def _money(to: Teller, programme: int, road: int, cameras: int) -> None:
    """8.6 billion, of it 4.3 from the people; 920 days and 5 300 m² beside it, valued by nobody and so in no sum."""

    def part(source: Source, purpose: int, millions: int, on: date) -> Part:
        return Part(
            source=source,
            kind=Kind.UNSPLIT,
            on=on,
            value_dong=millions * MILLION,
            purpose_id=purpose,
            paper=REBUILT_MONEY,
            uid=to.uid("khe_coc", "money", source, str(purpose == road), str(millions)),
        )

    built, fitted = date(2022, 6, 30), date(2023, 3, 31)
    told = {**to.by(OFFICER), "place_id": to.places["khe_coc"], "from_day": SINCE, "until": CEREMONY}
    told["paper"] = ARTICLE
    parts = [
        part(source, purpose, millions, on)
        for source in (Source.PEOPLE, Source.UNTOLD)
        for purpose, millions, on in ((road, 2_365, built), (cameras, 70, fitted), (programme, 1_865, built))
    ]
    ledger.tell_total(**told, line="all", amount=8_600 * MILLION, parts=parts, uid=to.uid("khe_coc", "all"))
    ledger.tell_total(**told, line="people", amount=4_300 * MILLION, uid=to.uid("khe_coc", "people"))
    for line, unit, amount, purpose, paper, kind in (
        ("people_labour", "labour_day", Decimal(920), programme, REBUILT_LABOUR, Kind.LABOUR),
        ("people_land", "m2", Decimal(5_300), road, REBUILT_LAND, Kind.LAND),
    ):
        whole = Part(
            source=Source.PEOPLE,
            kind=kind,
            on=built,
            quantity=amount,
            purpose_id=purpose,
            paper=paper,
            uid=to.uid("khe_coc", "whole", line),
        )
        ledger.tell_total(
            **told, line=line, measured=unit, amount=amount, parts=[whole], uid=to.uid("khe_coc", line)
        )


def _proposed(to: Teller, key: str, name: str, kind: str, decision: Decision) -> Work:
    work = works.propose(
        **to.by(HEAD),
        place_id=to.places["khe_coc"],
        name=name,
        kind=kind,
        on=date(2022, 3, 1),
        position=(21_706_100, 105_770_200),
        mark=Mark.RECONSTRUCTED,
        source=REBUILT_WORK,
        uid=to.uid("khe_coc", "work", key),
    )
    works.decide(**to.by(HEAD), work_id=work.pk, decision_id=decision.pk)
    return work


def _planned(to: Teller, work: Work, lines: list[Line], dong: int, start: date, end: date) -> None:
    """File, funding, contract and start, all in the spring of 2022."""
    who = {**to.by(OFFICER), "work_id": work.pk}
    works.file(**who, on=date(2022, 4, 15), lines=lines, document=REBUILT_WORK)
    works.fund(**who, on=date(2022, 5, 10), sources={Source.PEOPLE: dong // 2, Source.UNTOLD: dong // 2})
    works.contract(
        **who,
        on=date(2022, 5, 20),
        builder="Cộng đồng dân cư xóm Khe Cốc",
        builder_kind="community",
        value_dong=dong,
        start=start,
        end=end,
    )
    works.start(**who, on=start)


def _finished(to: Teller, work: Work, dong: int, day: date) -> None:
    """Accepted, paid, handed over, settled, kept up: nothing is owed, for the article tells of no debt."""
    who = {**to.by(OFFICER), "work_id": work.pk, "on": day}
    works.accept(
        **who,
        value_dong=dong,
        party="UBND xã, Ban phát triển xóm, Ban giám sát đầu tư của cộng đồng",
        document=REBUILT_WORK,
    )
    works.hand_over(**who, party="Xóm Khe Cốc")
    works.pay(**who, amount_dong=dong, document=REBUILT_WORK, mark=Mark.RECONSTRUCTED)
    works.settle(**who, value_dong=dong, document=REBUILT_WORK)
    works.set_upkeep(
        **who, party="Ban phát triển xóm Khe Cốc", words="Quỹ bảo trì của xóm; mức mỗi năm không được kể"
    )


def _diary(to: Teller, work: Work, on: date, done: dict[str, int]) -> None:
    works.write_diary(
        **to.by(HEAD),
        work_id=work.pk,
        on=on,
        crew="Nhân dân và tổ thợ của xóm",
        people=30,
        done={item: Decimal(amount) for item, amount in done.items()},
        mark=Mark.RECONSTRUCTED,
        source=REBUILT_WORK,
    )


def _build_road(to: Teller, work: Work) -> None:
    lines = [
        Line("1", "Mở rộng, đắp nền đường", "m", Decimal(4_300), 200_000),
        Line("2", "Mặt đường bê tông", "m", Decimal(4_300), 900_000, "paved_road"),
    ]
    _planned(to, work, lines, ROAD_DONG, date(2022, 7, 1), date(2022, 11, 30))
    for month, done in ((8, {"1": 4_300}), (9, {"2": 1_500}), (10, {"2": 1_500}), (11, {"2": 1_300})):
        _diary(to, work, date(2022, month, 20), done)
    _finished(to, work, ROAD_DONG, date(2022, 12, 1))
    _photographs(to, work)


def _photographs(to: Teller, work: Work) -> None:
    """Before, during and after, from one spot; drawings, and each says so."""
    spot = works.add_point(**to.by(HEAD), work_id=work.pk, name="từ cổng nhà văn hóa nhìn xuống")
    point = works_read.PointView(spot.pk, spot.uid, spot.name)
    view = works_read.work(work.pk)
    for each in SHOTS:
        evidence.keep_file(
            **to.by(HEAD),
            place_id=to.places["khe_coc"],
            content=photograph(each.drawing, each.taken, 21.7061, 105.7702),
            name=f"minh-hoa-{each.drawing}.jpg".replace("_", "-"),
            uid=to.uid("photo", each.drawing),
            proves=[subjects.shot(view, point, each.stage)],
        )


def _build_cameras(to: Teller, work: Work) -> None:
    lines = [Line("1", "Camera an ninh, lắp đặt và nối với hệ thống của xã", "bộ", Decimal(7), 20 * MILLION)]
    _planned(to, work, lines, CAMERAS_DONG, date(2023, 4, 3), date(2023, 4, 20))
    _diary(to, work, date(2023, 4, 10), {"1": 7})
    _finished(to, work, CAMERAS_DONG, date(2023, 4, 20))


def _honours(to: Teller) -> None:
    """Yearly titles as told, the commendations of the ceremony, and the campaign the article names."""
    place: dict[str, Any] = {"place_id": to.places["khe_coc"]}
    titling.tell_streak(
        **to.by(OFFICER),
        **place,
        years=8,
        last_year=2022,
        source=f"{ARTICLE}; năm cuối của 8 năm liên tục là suy ra",
        uid=to.uid("khe_coc", "streak"),
    )
    titling.count_families(
        **to.by(OFFICER),
        **place,
        year=2022,
        told_share=Fraction(1),
        mark=Mark.TOLD,
        source=f"{ARTICLE}; năm là suy ra",
        uid=to.uid("khe_coc", "families"),
    )
    commending.commend(
        **to.by(OFFICER),
        **place,
        form="Khen thưởng",
        reason="Phong trào xây dựng nông thôn mới của xóm Khe Cốc",
        recipient="person",
        year=2023,
        decided_by="Bài viết không nêu",
        ceremony_on=CEREMONY,
        mark=Mark.TOLD,
        source=f"{ARTICLE}; không kể bao nhiêu cá nhân",
        uid=to.uid("khe_coc", "commended"),
    )
    campaigns.begin_campaign(
        **to.by(FRONT),
        **place,
        kind="campaign",
        name="Toàn dân đoàn kết xây dựng nông thôn mới, đô thị văn minh",
        organisation="Mặt trận Tổ quốc",
        starts=SINCE,
        mark=Mark.RECONSTRUCTED,
        source=f"{ARTICLE} kể tên cuộc vận động; bên phát động và ngày bắt đầu là dựng lại",
        uid=to.uid("khe_coc", "campaign"),
    )
