"""What every record of the community carries, and the checks that all its deeds share."""

import uuid
from datetime import date, datetime

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _

from chungtay.core.hidden import faults_of_hidden
from chungtay.core.language import day_words
from chungtay.core.refusals import Fault
from rulebook import Mark
from viet.numbers import format_number


class Deed(models.Model):
    """Made once per client id, as which post, when, with its mark and the paper it is told by."""

    uid = models.UUIDField(unique=True, default=uuid.uuid4)
    post = models.ForeignKey("people.Post", null=True, on_delete=models.PROTECT, related_name="+")
    by_label = models.CharField(max_length=200)
    recorded_at = models.DateTimeField()
    mark = models.CharField(max_length=16, choices=[(mark.value, mark.value) for mark in Mark])
    source = models.CharField(max_length=300, blank=True)

    class Meta:
        abstract = True


def faults_of_texts(*told: tuple[str, str, str, int, bool]) -> list[Fault]:
    """What is wrong with texts. Each is the text, its input's name, what it is called, its longest, whether needed."""
    faults = []
    for text, field, called, longest, needed in told:
        if needed and not text.strip():
            faults.append(Fault(_("Hãy ghi %(what)s.") % {"what": called}, field))
        if len(text) > longest:
            sentence = _("Mục “%(what)s” dài quá %(longest)s chữ. Hãy viết gọn lại.")
            faults.append(Fault(sentence % {"what": called, "longest": format_number(longest)}, field))
        else:
            faults += faults_of_hidden(text, called[:1].upper() + called[1:], field)
    return faults


def faults_of_source(mark: Mark, source: str) -> list[Fault]:
    """What is told by a paper names the paper."""
    if mark in (Mark.TOLD, Mark.STATED, Mark.RECONSTRUCTED) and not source.strip():
        return [Fault(_("Hãy ghi nguồn: giấy tờ hoặc tài liệu nêu việc này."), "source")]
    return faults_of_texts((source, "source", _("nguồn"), 300, False))


def faults_of_future(day: date | None, at: datetime, field: str) -> list[Fault]:
    """What has happened did not happen tomorrow."""
    if day is not None and day > timezone.localdate(at):
        sentence = _("Ngày %(day)s ở sau hôm nay. Hãy xem lại ngày.")
        return [Fault(sentence % {"day": day_words(day)}, field)]
    return []


def clean(text: str) -> str:
    """One space between words, none around."""
    return " ".join(text.split())
