"""The city of Lạng Sơn since 2018, Quảng Lạc in 2022, and cluster 3 of Hoàng Thượng."""

from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db import transaction

from chungtay.community.meetings import actions as meetings
from chungtay.community.outreach import actions as outreach
from chungtay.demo.joining.teller import Teller
from chungtay.ledger import actions as ledger
from chungtay.ledger.actions import Line
from chungtay.ledger.kinds import Kind
from chungtay.ledger.sources import Source
from chungtay.works import actions as works
from rulebook import Mark

QUANG_LAC, HOANG_DONG, PROVINCE = "canbo.quanglac", "canbo.hoangdong", "vpdp.langson"
ARTICLE = "Bài viết về xây dựng nông thôn mới ở thành phố Lạng Sơn, cuối năm 2022"
YEARS = range(2018, 2023)
BEGINNING_OF_2022, NOW = date(2022, 1, 1), date(2022, 11, 30)  # “đến nay”: the article's day is reconstructed
MILLION, BILLION = 10**6, 10**9
PER_HOUSEHOLD = 2_500_000

REBUILT = "Dựng lại để cộng đúng tổng bài viết kể; bài viết không kể từng khoản"
REBUILT_YEARS = "Dựng lại: chia đều tổng từ năm 2018, trừ phần xã Quảng Lạc kể; bài viết không kể từng năm"


@transaction.atomic
def tell_lang_son(to: Teller) -> None:
    """All of it or nothing."""
    shared = to.uid("quang_lac", "shared")
    if to.has_told("quang_lac", shared):
        return
    _quang_lac(to, shared)
    _city(to)
    _cluster_3(to)


def _quang_lac(to: Teller, shared: UUID) -> None:
    who = {**to.by(QUANG_LAC), "place_id": to.places["quang_lac"]}
    purpose = ledger.open_purpose(
        **who,
        name="Giao thông, thủy lợi, môi trường năm 2022",
        kind="programme",
        uid=shared,
        mark=Mark.TOLD,
        paper=ARTICLE,
        year=2022,
    )
    told = {**who, "from_day": BEGINNING_OF_2022, "until": NOW, "paper": ARTICLE}
    for line, unit, amount, qualifier, part in (
        ("state", "dong", 6 * BILLION, "about", (Source.STATE_UNSPLIT, Kind.DISBURSED)),
        ("people_cash", "dong", 132 * MILLION, "", (Source.PEOPLE, Kind.CASH)),
        ("people_labour", "labour_day", 1_000, "over", (Source.PEOPLE, Kind.LABOUR)),
    ):
        source, kind = part
        whole = Line(
            source=source,
            kind=kind,
            on=NOW,
            value_dong=amount if unit == "dong" else None,
            quantity=None if unit == "dong" else Decimal(amount),
            purpose_id=purpose.pk if source is Source.PEOPLE else None,
            paper=REBUILT,
            uid=to.uid("quang_lac", "part", line),
        )
        ledger.tell_total(
            **told,
            line=line,
            measured=unit,
            amount=amount,
            qualifier=qualifier,
            parts=[whole],
            uid=to.uid("quang_lac", line),
        )
    outreach.tell_total(
        **who,
        kind="outreach",
        start=BEGINNING_OF_2022,
        end=NOW,
        sessions=26,
        attendances=1_750,
        organiser="UBND xã Quảng Lạc phối hợp với các cơ quan liên quan",
        combined_with="xây dựng nông thôn mới nâng cao",
        source=ARTICLE,
        uid=to.uid("quang_lac", "outreach"),
    )


def _city(to: Teller) -> None:
    """The city's sums hold what its communes wrote; only the rest is reconstructed, year by year."""
    who = {**to.by(PROVINCE), "place_id": to.places["tp_lang_son"]}
    for line, billions, qualifier in (
        ("state", Decimal(195), "over"),
        ("people_enterprises_credit", Decimal("140.5"), ""),
    ):
        ledger.tell_total(
            **who,
            line=line,
            from_day=date(YEARS[0], 1, 1),
            until=NOW,
            amount=billions * BILLION,
            qualifier=qualifier,
            paper=ARTICLE,
            uid=to.uid("tp_lang_son", line),
        )
    ledger.enter_opening(
        **who,
        mark=Mark.RECONSTRUCTED,
        lines=[
            Line(
                source=source,
                kind=kind,
                on=min(date(year, 12, 31), NOW),
                value_dong=whole // len(YEARS) - (told_below if year == NOW.year else 0),
                paper=REBUILT_YEARS,
                uid=to.uid("tp_lang_son", "rest", source, str(year)),
            )
            for source, kind, whole, told_below in (
                (Source.STATE_UNSPLIT, Kind.DISBURSED, 195 * BILLION, 6 * BILLION),
                (Source.SOCIAL_UNSPLIT, Kind.UNSPLIT, 140_500 * MILLION, 132 * MILLION),
            )
            for year in YEARS
        ],
    )
    outreach.tell_total(
        **who,
        kind="outreach",
        start=date(YEARS[0], 1, 1),
        end=date(YEARS[-1], 12, 31),
        per_year=True,
        sessions=100,
        sessions_qualifier="over",
        attendances=10_000,
        attendances_qualifier="over",
        organiser="Các cấp, ngành, hội, đoàn thể của thành phố",
        combined_with="xây dựng nông thôn mới",
        source=f"{ARTICLE}; bình quân mỗi năm, các năm nào là dựng lại",
        uid=to.uid("tp_lang_son", "outreach"),
    )


def _cluster_3(to: Teller) -> None:
    """2.5 million đồng a household, of households nobody counted; a drain told to be half built."""
    who = {**to.by(HOANG_DONG), "place_id": to.places["cum_3"]}
    meetings.enter_on_record(
        **who,
        kind="contribution",
        subject="Mỗi hộ đóng góp 2,5 triệu đồng xây dựng khu dân cư kiểu mẫu",
        statement="Xây dựng khu dân cư nông thôn mới kiểu mẫu sáng – xanh – sạch – đẹp.",
        decided_on=NOW,
        passed=None,
        form="agreement",
        share={"words": "Mỗi hộ như nhau: 2.500.000 đồng mỗi hộ", "rate_dong": str(PER_HOUSEHOLD)},
        source=f"{ARTICLE}; không kể cuộc họp, hình thức, ngày quyết định và số hộ của cụm: ngày ghi là ngày muộn nhất",
        uid=to.uid("cum_3", "decision"),
    )
    drain = works.enter_on_record(
        **who,
        number="CUM3-THOAT-NUOC",
        name="Hệ thống thoát nước cụm dân cư số 3",
        kind="drain",
        state="building",
        on=NOW,
        contract_dong=None,
        source=f"{ARTICLE}; số hiệu do bộ minh họa đặt, giá trị không được kể",
        uid=to.uid("cum_3", "drain"),
    )
    works.tell_progress(
        **to.by(HOANG_DONG),
        work_id=drain.pk,
        on=NOW,
        percent=Decimal(50),
        source=ARTICLE,
        uid=to.uid("cum_3", "progress"),
    )
