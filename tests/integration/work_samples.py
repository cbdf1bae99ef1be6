"""A drain in Khe Cốc as the tests take it from need to upkeep."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from chungtay.community.supervision import actions as supervision
from chungtay.community.supervision.policies import NewMember
from chungtay.core.actors import SystemActor
from chungtay.ledger import actions as ledger
from chungtay.works import actions as works
from chungtay.works.actions import Line
from chungtay.works.models import Work

HEAD, OFFICER = "trưởng xóm Khe Cốc", "cán bộ Vô Tranh"
BILL = (
    Line("1", "Đào đất", "m3", Decimal("200"), 100_000),
    Line("2", "Rãnh bê tông", "m", Decimal("400"), 450_000, "drain"),
)
MILLION = 1_000_000


@dataclass
class Site:
    """One work and who acts on it: the head builds, the officer plans, accepts and settles."""

    demo: Any
    now: datetime
    work: Work

    @classmethod
    def proposed(cls, demo: Any, now: datetime, name: str = "Rãnh thoát nước ngõ 3", **more: Any) -> "Site":
        told = {"kind": "drain", "on": date(2026, 1, 5), "place_id": demo.place("khe_coc")} | more
        return cls(demo, now, works.propose(by=demo.post(HEAD), at=now, name=name, **told))

    def do(self, deed: Callable[..., Any], *, by: str = OFFICER, **told: Any) -> Any:
        done = deed(by=self.demo.post(by), at=self.now, work_id=self.work.pk, **told)
        self.work.refresh_from_db()
        return done

    def decided(self) -> "Site":
        self.do(works.decide, by=HEAD, on=date(2026, 1, 8), document="Biên bản họp xóm 01/BB-XKC")
        return self

    def filed(self) -> "Site":
        self.decided().do(works.file, on=date(2026, 1, 10), lines=BILL, reserve_dong=10 * MILLION)
        return self

    def contracted(self, value: int = 200 * MILLION) -> "Site":
        self.filed().do(
            works.fund, on=date(2026, 1, 12), sources={"commune": 150 * MILLION, "people": 60 * MILLION}
        )
        self.do(
            works.contract,
            on=date(2026, 1, 15),
            builder="Tổ thợ xóm Khe Cốc",
            builder_kind="crew",
            value_dong=value,
            start=date(2026, 1, 20),
            end=date(2026, 2, 20),
        )
        return self

    def committed(self, dong: int) -> "Site":
        ledger.commit_money(
            by=self.demo.post(OFFICER),
            at=self.now,
            purpose_id=self.work.purpose_id,
            source="commune",
            value_dong=dong,
            on=date(2026, 1, 16),
            paper="Quyết định 12/QĐ-UBND",
        )
        return self

    def board(self, place_id: int) -> Any:
        """A supervision board of a place that watches no work on record yet."""
        seats = (("front", "head"), ("inspection", "deputy"), *(("resident", "member"),) * 3)
        return supervision.set_up_board(
            by=SystemActor(),
            at=self.now,
            place_id=place_id,
            subject=self.work.name,
            formed_on=date(2026, 1, 14),
            members=[NewMember(f"Thành viên {n}", body, seat) for n, (body, seat) in enumerate(seats, 1)],
        )

    def watched(self) -> "Site":
        """With a supervision board that watches this work."""
        board = self.board(self.work.place_id)
        works.link_board(by=SystemActor(), at=self.now, work_id=self.work.pk, board_id=board.pk)
        return self

    def building(self) -> "Site":
        self.contracted().committed(200 * MILLION).do(works.start, on=date(2026, 1, 20))
        return self

    def diary(self, on: date, done: dict[str, str], **more: Any) -> Any:
        told = {"by": HEAD, "crew": "Tổ thợ xóm", "people": 12} | more
        return self.do(works.write_diary, on=on, done={k: Decimal(v) for k, v in done.items()}, **told)

    def accepted(self, value: int = 200 * MILLION, **more: Any) -> "Site":
        self.building()
        self.diary(date(2026, 1, 21), {"1": "200"})
        self.diary(date(2026, 2, 10), {"2": "400"})
        told = {
            "on": date(2026, 2, 15),
            "value_dong": value,
            "party": "UBND xã, Ban giám sát cộng đồng, tổ thợ",
        }
        self.do(works.accept, **(told | more))
        return self
