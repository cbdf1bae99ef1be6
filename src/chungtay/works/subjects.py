"""What files of a work prove, so that evidence finds them again: papers, photographs by spot and stage, days."""

from typing import Final

from chungtay.evidence.subjects import Subject
from chungtay.works.views import DayView, PointView, WorkView

STAGES: Final = ("before", "during", "after")
SLOTS: Final = ("sketch", "contract", "acceptance", "handover", "settlement", "other")
Key = tuple[str, str]  # kind and ref of a subject

_KIND: Final = "work"
_STAGE_WORDS: Final = {"before": "trước khi làm", "during": "khi đang làm", "after": "sau khi làm"}
_SLOT_WORDS: Final = {
    "sketch": "bản vẽ phác",
    "contract": "hợp đồng",
    "acceptance": "biên bản nghiệm thu",
    "handover": "biên bản bàn giao",
    "settlement": "quyết toán",
    "other": "giấy tờ khác",
}  # a record keeps one language


def shot_key(point: PointView, stage: str) -> Key:
    return _KIND, f"{point.uid}/{stage}"


def paper_key(work: WorkView, slot: str) -> Key:
    return _KIND, f"{work.row.uid}/{slot}"


def day_key(day: DayView) -> Key:
    return _KIND, str(day.uid)


def shot(work: WorkView, point: PointView, stage: str) -> Subject:
    """A photograph from one spot at one stage, with the days in which it can have been taken."""
    began, accepted = work.row.actual
    start, end = {"before": (None, began), "during": (began, accepted), "after": (accepted, None)}[stage]
    label = f"{work.row.name}, {point.name}, {_STAGE_WORDS[stage]}"
    return Subject(*shot_key(point, stage), label, work.row.place_id, start, end)


def paper(work: WorkView, slot: str) -> Subject:
    """A paper of the work."""
    return Subject(*paper_key(work, slot), f"{work.row.name}, {_SLOT_WORDS[slot]}", work.row.place_id)


def day(work: WorkView, entry: DayView) -> Subject:
    """A photograph of one day of the diary."""
    words = f"{work.row.name}, nhật ký ngày {entry.on:%d/%m/%Y}"
    return Subject(*day_key(entry), words, work.row.place_id, entry.on, entry.on)
