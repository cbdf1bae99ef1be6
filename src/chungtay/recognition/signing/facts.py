"""What a certificate says, composed in Vietnamese from a title: the paper, and the same as data inside its file."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from uuid import UUID

from chungtay.core.notices import SIMULATED, notices
from chungtay.recognition.models import Title
from chungtay.standards import queries as standards
from chungtay.territory import queries as territory
from paper import Certificate
from rulebook import Mark

# The words that stand across a paper that must not be taken for the real thing, and why, at its foot.
_SAMPLE: Final = (
    "Bản mẫu",
    "Bộ tiêu chí là bộ mẫu, chưa xác nhận với văn bản của cơ quan ban hành. Bản in này không có giá trị pháp lý.",
)
_SKELETON: Final = (
    "Chưa xác nhận",
    "Nội dung bộ tiêu chí chưa xác nhận với văn bản của cơ quan ban hành. Bản in này không có giá trị pháp lý.",
)
_BY_MARK: Final = {
    Mark.RECONSTRUCTED: ("Dựng lại", "Danh hiệu này được dựng lại từ lời kể, không phải hồ sơ gốc."),
    Mark.SIMULATED: ("Mô phỏng", "Danh hiệu này là số liệu mô phỏng, không có thật."),
    Mark.TOLD: (
        "",
        "Danh hiệu được ghi vào hệ thống theo tài liệu; quyết định gốc do cơ quan công nhận giữ.",
    ),
    Mark.STATED: (
        "",
        "Danh hiệu được ghi vào hệ thống theo lời công bố; quyết định gốc do cơ quan công nhận giữ.",
    ),
}
_SHORT: Final = (("UBND", "Ủy ban nhân dân"), ("HĐND", "Hội đồng nhân dân"))


@dataclass(frozen=True)
class Wording:
    """What whoever issues says of the paper. authority: who recognises, at its head; signer: the post under the day.

    signed_in, signed_on: "" and None are left to be written by hand.
    """

    authority: str
    signer: str
    signed_in: str = ""
    signed_on: date | None = None


def wording_of(title: Title) -> Wording:
    """What the decision itself suggests."""
    chair = "Chủ tịch" if title.decided_by.casefold().startswith("chủ tịch") else title.decided_by
    return Wording(authority=title.decided_by, signer=chair, signed_on=title.decided_on)


def facts_of(
    title: Title,
    wording: Wording,
    *,
    uid: UUID,
    register: str,
    issued_on: date,
    check: str,
    replaces: str = "",
) -> dict[str, Any]:
    """All that the certificate says, as JSON. Bears nobody's name."""
    day = title.decided_on or title.ceremony_on or min(date(title.year, 12, 31), issued_on)
    place = territory.as_of(title.place_id, day)
    stamp, marks = _warnings(title, day)
    return {
        "uid": str(uid),
        "register": register,
        "replaces": replaces,
        "place": place.full_name,
        "place_uid": str(place.uid),
        "address": place.address,
        "title": title.title,
        "title_uid": str(title.uid),
        "standard": title.standard_code,
        "year": title.year,
        "decision_number": title.decision_number,
        "decided_on": title.decided_on.isoformat() if title.decided_on else None,
        "decided_by": _in_full(title.decided_by),
        "authority": _in_full(wording.authority),
        "signer": _in_full(wording.signer),
        "signed_in": wording.signed_in,
        "signed_on": wording.signed_on.isoformat() if wording.signed_on else None,
        "issued_on": issued_on.isoformat(),
        "check": check,
        "mark": title.mark,
        "stamp": stamp,
        "marks": marks,
    }


def paper_of(facts: Mapping[str, Any], record: str = "") -> Certificate:
    """The paper that says these facts."""
    return Certificate(
        authority=facts["authority"],
        place=facts["place"],
        address=facts["address"],
        title=facts["title"],
        year=facts["year"],
        decision_number=facts["decision_number"],
        decided_on=_day(facts["decided_on"]),
        decided_by=facts["decided_by"],
        signed_in=facts["signed_in"],
        signed_on=_day(facts["signed_on"]),
        signer=facts["signer"],
        register=facts["register"],
        check=facts["check"],
        stamp=facts["stamp"],
        marks=tuple(facts["marks"]),
        record=record,
    )


def _warnings(title: Title, day: date) -> tuple[str, list[str]]:
    """A word across the paper, "" for none, and the sentences at its foot."""
    place = territory.as_of(title.place_id, day)
    status = standards.adopted_at(place, title.standard_code, on=day).view.status
    told = [_BY_MARK.get(Mark(title.mark), ("", ""))]
    told += [{"sample": _SAMPLE, "skeleton": _SKELETON}.get(status, ("", ""))]
    said = notices()
    told += [("Mô phỏng" if code == SIMULATED else "", sentence) for code, sentence in said.items()]
    stamp = next((word for word, _why in told if word), "")
    return stamp, list(dict.fromkeys(why for _word, why in told if why))


def _in_full(words: str) -> str:
    for short, full in _SHORT:
        words = words.replace(short, full)
    return words


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
