from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from chungtay.community.recorded import Recorded
from chungtay.core.encrypting import EncryptedText


class Body(models.TextChoices):
    """Whom a member comes from."""

    FRONT = "front", _("Mặt trận Tổ quốc")
    INSPECTION = "inspection", _("Thanh tra nhân dân")
    RESIDENT = "resident", _("người dân được bầu")


class Seat(models.TextChoices):
    HEAD = "head", _("Trưởng ban")
    DEPUTY = "deputy", _("Phó Trưởng ban")
    MEMBER = "member", _("Thành viên")


class NoteKind(models.TextChoices):
    NOTE = "note", _("ghi nhận")
    RECOMMENDATION = "recommendation", _("kiến nghị")


class SupervisionBoard(Recorded):
    """A board for one work or programme. work_uid: of the work's record, where it has one.

    plan_sent_on, begins_on: when its plan went to the owner, and from when it watches.
    """

    subject = models.CharField(max_length=300)
    work_uid = models.UUIDField(null=True, db_index=True)
    formed_on = models.DateField()
    decision_number = models.CharField(max_length=60, blank=True)  # of the Front's decision; "" not known
    plan_sent_on = models.DateField(null=True)
    begins_on = models.DateField(null=True)
    dissolved_on = models.DateField(null=True)
    dissolved_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        indexes = [models.Index(fields=["place", "formed_on"], name="board_place_formed")]
        constraints = [
            models.CheckConstraint(
                condition=Q(dissolved_on=None) | Q(dissolved_on__gte=F("formed_on")),
                name="board_days_in_order",
            )
        ]

    def __str__(self) -> str:
        return self.subject


class SupervisionMember(models.Model):
    """One seat of a board. office: what makes its holder a public person, such as “Trưởng Ban công tác Mặt trận”.

    name: read inside the place's posts; by others only where is_public says that its owner agreed.
    """

    board = models.ForeignKey(SupervisionBoard, on_delete=models.PROTECT, related_name="members")
    seat = models.CharField(max_length=8, choices=Seat.choices)
    body = models.CharField(max_length=12, choices=Body.choices)
    office = models.CharField(max_length=200, blank=True)
    name = EncryptedText()
    is_public = models.BooleanField(default=False)
    since = models.DateField()
    until = models.DateField(null=True)  # the first day no longer

    def __str__(self) -> str:
        return f"{self.seat} {self.office}"


class SupervisionNote(Recorded):
    """What a board saw or asks for, and the answer it got."""

    board = models.ForeignKey(SupervisionBoard, on_delete=models.PROTECT, related_name="notes")
    kind = models.CharField(max_length=14, choices=NoteKind.choices)
    on = models.DateField()
    words = models.CharField(max_length=2000)
    to_whom = models.CharField(max_length=200, blank=True)
    answer = models.CharField(max_length=2000, blank=True)
    answered_by = models.CharField(max_length=200, blank=True)
    answered_on = models.DateField(null=True)

    def __str__(self) -> str:
        return self.words[:60]
