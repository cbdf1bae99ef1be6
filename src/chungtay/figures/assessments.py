"""Frozen assessments, read from what was frozen and nothing else."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from chungtay.core.refusals import NotFound
from chungtay.figures.freezing import finding_digest
from chungtay.figures.judgements import Counted
from chungtay.figures.models import Assessment
from chungtay.standards import queries as standards
from chungtay.standards.queries import VersionView
from rulebook import Finding, Text, Verdict

_UNREADABLE = Text(
    "Nội dung đã chốt bị hỏng, không đọc lại được.", "What was frozen is damaged and cannot be read any more."
)


@dataclass(frozen=True)
class AssessmentView(Counted):
    """A frozen assessment, read from what was frozen and nothing else."""

    id: int
    place_id: int
    place_name: str
    version: VersionView
    figures_on: date
    finding: Finding
    digest: str
    intact: bool
    purpose: str
    by: str
    at: datetime


def assessments(place_id: int, *, limit: int | None = None) -> list[AssessmentView]:
    """The frozen assessments of a place, newest first."""
    rows = Assessment.objects.filter(place_id=place_id).order_by("-figures_on", "-pk")
    latest = rows.select_related("standard").defer("standard__frozen")[:limit]
    return [_assessment(row, standards.as_view(row.standard)) for row in latest]


def assessment(assessment_id: int) -> AssessmentView:
    """One frozen assessment; NotFound when there is none."""
    row = Assessment.objects.filter(pk=assessment_id).first()
    if row is None:
        raise NotFound(_("Không có bản đánh giá này."))
    return _assessment(row, standards.by_id(row.standard_id).view)


def _assessment(row: Assessment, version: VersionView) -> AssessmentView:
    digest = finding_digest(
        row.finding,
        version.digest,
        place=row.place_name,
        figures_on=row.figures_on,
        purpose=row.purpose,
    )
    return AssessmentView(
        id=row.pk,
        place_id=row.place_id,
        place_name=row.place_name,
        version=version,
        figures_on=row.figures_on,
        finding=_finding(row),
        digest=row.digest,
        intact=digest == row.digest,
        purpose=row.purpose,
        by=row.by_label,
        at=row.made_at,
    )


def _finding(row: Assessment) -> Finding:
    """The frozen finding; when it was damaged outside the system, one that says so."""
    try:
        return Finding.from_plain(row.finding)
    except (KeyError, TypeError, ValueError, AttributeError):
        return Finding(kind="standard", verdict=Verdict.UNKNOWN, label=_UNREADABLE, reason=_UNREADABLE)
