"""Works as cards and pages show them: state, days, money, how far, photographs."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from chungtay.evidence.public import Picture
from chungtay.portal.money_present import short_dong
from chungtay.reports.public.places import Shown
from chungtay.works import rules
from chungtay.works.briefs import Brief
from chungtay.works.queries import Progress, WorkRow
from chungtay.works.states import BUILT
from viet.numbers import format_number

STAGES = ("before", "during", "after")


def stage_words(stage: str) -> str:
    return {"before": _("Trước khi làm"), "during": _("Đang làm"), "after": _("Sau khi làm")}[stage]


def card(shown: Shown) -> dict[str, Any]:
    row = shown.row
    return {
        "row": row,
        "href": reverse("portal:work", args=[row.place_id, row.id]),
        "kind": rules.kind_words(row.kind),
        "state": str(row.state.label),
        "is_built": row.state in BUILT,
        "cost": short_dong(row.cost_dong) if row.cost_dong else "",
        "progress": progress(row),
        "shots": shots(row, shown.shots),
        "when": when(row),
    }


def progress(row: WorkRow | Brief) -> dict[str, Any] | None:
    """How far a work is, from its quantities or as told; None where nobody knows."""
    found: Progress = row.progress
    if found.percent is not None:
        return {
            "percent": f"{format_number(found.percent, 0)}%",
            "width": min(found.percent, 100),
            "told": False,
        }
    if found.told is not None:
        return {"percent": f"{format_number(found.told, 0)}%", "width": min(found.told, 100), "told": True}
    return None


def when(row: WorkRow | Brief) -> tuple[str, Any] | None:
    """The day that says most: accepted, else begun, else when it is to be ready."""
    started, accepted = row.actual
    if accepted:
        return _("nghiệm thu"), accepted
    if started:
        return _("khởi công"), started
    return (_("dự kiến xong"), row.planned[1]) if row.planned[1] else None


def shots(row: WorkRow | Brief, found: dict[str, Picture]) -> list[dict[str, Any]]:
    """Photographs by stage, each with its two addresses and what it shows."""
    return [shot(row, stage, found[stage]) for stage in STAGES if stage in found]


def shot(row: WorkRow | Brief, stage: str, picture: Picture) -> dict[str, Any]:
    def address(size: str) -> str:
        return reverse("portal:work_picture", args=[row.place_id, row.id, picture.file_id, size])

    return {
        "stage": stage_words(stage),
        "small": address("thumb"),
        "large": address("display"),
        "alt": f"{row.name}: {stage_words(stage).lower()}",
        "taken": picture.taken_at,
        "width": picture.width,
        "height": picture.height,
    }
