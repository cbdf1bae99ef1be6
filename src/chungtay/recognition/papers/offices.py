"""Who issues a paper, with which symbol, who signs and who receives it: Decree 30/2020, articles 8–14 and Annex I.

A hamlet's board has neither number nor seal: its papers are confirmed by the commune.
"""

from dataclasses import dataclass
from typing import Final

from chungtay.recognition.papers.facts import Facts, Hand, Right, Unit
from paper import SIGN_HERE, Letterhead, Recipients, Signatures, Signer

SYMBOLS: Final = {
    "Tờ trình": "TTr",
    "Báo cáo": "BC",
    "Biên bản": "BB",
    "Quyết định": "QĐ",
    "Giấy mời": "GM",
    "Thông báo": "TB",
}
_COMMITTEE: Final = "Ủy ban nhân dân"
_FRONT: Final = "Ủy ban Mặt trận Tổ quốc Việt Nam"


@dataclass(frozen=True)
class Office:
    """A body that issues papers. issuer: its lines in the head; full: its name in a sentence; short: in a symbol
    (“UBND”), "" for a body that numbers nothing. body: for which its head signs (TM.), "" where the head signs alone.
    over: the committee by which the office is reached.
    """

    issuer: str
    full: str
    spot: str
    head: str
    above: str = ""
    short: str = ""
    body: str = ""
    over: str = ""


def office_of(role: str, facts: Facts) -> Office:
    """The body that a role of the procedure is, by its names of the day."""
    told = facts.procedure.roles[role]
    unit = _unit(told.level, facts)
    committee = f"{_COMMITTEE} {unit.full}"
    match role:
        case "commune" | "district" | "province":
            return Office(
                f"{_COMMITTEE}\n{unit.full}", committee, unit.spot, "Chủ tịch", "", "UBND", _COMMITTEE
            )
        case "district_chair" | "province_chair":
            return Office(
                f"{_COMMITTEE}\n{unit.full}", f"Chủ tịch {committee}", unit.spot, "Chủ tịch", "", "UBND"
            )
        case "front" | "commune_front":
            return Office(
                f"{_FRONT}\n{unit.full}",
                f"{_FRONT} {unit.full}",
                unit.spot,
                "Chủ tịch",
                "",
                "MTTQ-BTT",
                "Ban Thường trực",
            )
        case "board" | "hamlet_boards" | "hamlet_head":
            place = facts.names.place
            name = f"Ban phát triển {place.full}"
            head = f"Trưởng {place.kind}" if role != "hamlet_boards" else "Trưởng ban"
            lines = f"Ban phát triển\n{place.full}"
            return Office(lines, name, facts.names.commune.spot, head, f"UBND {facts.names.commune.full}")
        case "council":
            name = f"Hội đồng thẩm định {unit.full}"
            return Office(
                "Hội đồng thẩm định",
                name,
                unit.spot,
                "Chủ tịch Hội đồng",
                f"UBND {unit.full}",
                "HĐTĐ",
                "Hội đồng",
            )
        case "commune_board" | "steering":
            name = f"Ban Chỉ đạo xây dựng nông thôn mới {unit.full}"
            return Office(
                f"Ban Chỉ đạo\nxây dựng nông thôn mới\n{unit.full}",
                name,
                unit.spot,
                "Trưởng ban",
                "",
                "BCĐ",
                "Ban Chỉ đạo",
            )
        case "team":
            return Office(
                "Đoàn thẩm tra",
                f"Đoàn thẩm tra {unit.full}",
                unit.spot,
                "Trưởng đoàn",
                f"UBND {unit.full}",
                "ĐTT",
            )
        case _:  # an office of a committee: “Sở, ngành tỉnh”, “Phòng chuyên môn của huyện”
            return Office(
                told.name.vi,
                told.name.vi,
                unit.spot,
                "Thủ trưởng đơn vị",
                f"UBND {unit.full}",
                "……",
                over=committee,
            )


def _unit(level: str, facts: Facts) -> Unit:
    names = facts.names
    if level == "district" and names.district is None:
        return Unit("huyện", "…………")
    found = {
        "hamlet": names.place,
        "commune": names.commune,
        "district": names.district,
        "province": names.province,
    }
    return found.get(level) or names.province


def letterhead(office: Office, kind: str, facts: Facts, ref: str) -> Letterhead:
    """ref: the component or step whose paper it is. The number is the office's own register's to fill."""
    numbered = bool(office.short)
    return Letterhead(
        issuer=office.issuer,
        above=office.above,
        number="" if numbered else None,
        symbol=f"{SYMBOLS[kind]}-{office.short}" if numbered else "",
        place=office.spot,
        day=facts.days.get(ref),
    )


def signer(office: Office, hand: Hand) -> Signer:
    """The lines over the signature: “TM. Ủy ban nhân dân / KT. Chủ tịch / Phó Chủ tịch”.

    A body that has no seal signs with its name; nothing is written where the seal will be.
    """
    hint = "" if office.short else SIGN_HERE
    for_body = f"TM. {office.body}" if office.body else ""
    match hand.right:
        case Right.OWN:
            return Signer(hand.post or office.head, hand.name, for_body, hint)
        case Right.DEPUTY:
            over = "\n".join(part for part in (for_body, f"KT. {office.head}") if part)
            return Signer(hand.post or f"Phó {office.head}", hand.name, over, hint)
        case _:
            return Signer(hand.post, hand.name, f"{hand.right} {office.head}", hint)


def signed(
    office: Office, role: str, facts: Facts, to: tuple[str, ...], *, confirmed: bool = True
) -> Signatures:
    """The end of a paper: recipients and who signs; beside what a hamlet's board writes the commune's confirmation."""
    own = signer(office, facts.hands.get(role, Hand()))
    if office.short:
        return Signatures((own,), Recipients(to, "VT"))
    return Signatures((confirmation(facts), own) if confirmed else (own,))


def confirmation(facts: Facts) -> Signer:
    """Xác nhận của UBND xã."""
    return Signer("Chủ tịch", "", f"Xác nhận của\nUBND {facts.names.commune.full}", "")
