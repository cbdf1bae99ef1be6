"""Files, what they prove, what is odd, who looked. Rows are only added; a file's also says which copies it has."""

import uuid
from typing import Any

from django.db import models

from chungtay.evidence.kinds import KINDS, Kind


class Deed(models.Model):
    """Who did it, as which post, and when."""

    post = models.ForeignKey("people.Post", null=True, on_delete=models.PROTECT, related_name="+")
    by_label = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        abstract = True


class File(Deed):
    """The bytes of one original, stored once however often it is sent, and what was read from them."""

    keeps_as_found = ("device",)  # as the camera wrote it

    uid = models.UUIDField(unique=True, default=uuid.uuid4)
    sha256 = models.CharField(max_length=64, unique=True)
    kind = models.CharField(max_length=8)  # a code of `kinds.KINDS`
    size = models.BigIntegerField()
    name = models.CharField(max_length=200)  # as it was called where it came from
    is_private = models.BooleanField(default=False)
    place = models.ForeignKey("territory.Place", on_delete=models.PROTECT, related_name="+")
    width = models.PositiveIntegerField(null=True)
    height = models.PositiveIntegerField(null=True)
    taken_at = models.DateTimeField(null=True)  # what the device says
    device = models.CharField(max_length=120, blank=True)
    lat_e6 = models.IntegerField(null=True)  # millionths of a degree
    lon_e6 = models.IntegerField(null=True)
    lost_exif = models.BooleanField(default=False)  # its device always writes a time, and there is none
    fingerprint = models.CharField(max_length=16, blank=True)  # 64 bits of how it looks, in hex
    layer = models.BigIntegerField(default=0)  # the newest Redaction, 0 for none
    copies_layer = models.BigIntegerField(
        null=True
    )  # the layer that the copies for the eye show; null: none made

    def __str__(self) -> str:
        return f"{self.name} {self.sha256[:12]}"

    @property
    def kind_of(self) -> Kind:
        return KINDS[self.kind]


class Band(models.Model):
    """A fifth of a fingerprint, to find near-duplicates by an index: two that differ in 4 bits at most share one."""

    only_grows = True

    file = models.ForeignKey(File, on_delete=models.PROTECT, related_name="bands")
    value = models.IntegerField(db_index=True)  # which fifth × 8192 + its bits

    def __str__(self) -> str:
        return str(self.value)


class Proof(Deed):
    """A file put forward for one thing; see `subjects.Subject`. Stands until it has a withdrawal."""

    only_grows = True

    uid = models.UUIDField(unique=True, default=uuid.uuid4)
    file = models.ForeignKey(File, on_delete=models.PROTECT, related_name="proofs")
    kind = models.CharField(max_length=16)
    ref = models.CharField(max_length=64)
    label = models.CharField(max_length=300)
    place = models.ForeignKey("territory.Place", on_delete=models.PROTECT, related_name="+")
    start = models.DateField(null=True)
    end = models.DateField(null=True)

    class Meta:
        indexes = [models.Index(fields=["kind", "ref"], name="proof_subject")]

    def __str__(self) -> str:
        return f"{self.kind} {self.label}"


class Withdrawal(Deed):
    """A proof taken back, with the reason. The file and the proof stay on record."""

    only_grows = True

    proof = models.OneToOneField(Proof, on_delete=models.PROTECT, related_name="withdrawal")
    reason = models.CharField(max_length=300)

    def __str__(self) -> str:
        return self.reason


class FlagKind(models.TextChoices):
    DATE = "date", "ngày chụp khác kỳ"
    PLACE = "place", "chụp ở xa"
    FUTURE = "future", "giờ ở tương lai"
    NO_EXIF = "no_exif", "mất ngày giờ chụp"
    SAME = "same", "đã dùng cho việc khác"
    NEAR = "near", "gần giống ảnh khác"


class Flag(models.Model):
    """Something odd about a proof. Asks a person; refuses nothing and takes no credit away."""

    only_grows = True

    proof = models.ForeignKey(Proof, on_delete=models.PROTECT, related_name="flags")
    kind = models.CharField(max_length=8, choices=FlagKind.choices)
    other = models.ForeignKey(Proof, null=True, on_delete=models.PROTECT, related_name="+")  # already proved
    detail: Any = models.JSONField(default=dict)  # km: how far away
    raised_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["proof", "kind"], name="flag_once_a_kind")]

    def __str__(self) -> str:
        return self.kind


class Outcome(models.TextChoices):
    FINE = "fine", "không có gì sai"
    WRONG = "wrong", "tệp này không chứng minh được"


class Settlement(Deed):
    """What another post found when it looked at a flag."""

    only_grows = True

    flag = models.OneToOneField(Flag, on_delete=models.PROTECT, related_name="settlement")
    outcome = models.CharField(max_length=8, choices=Outcome.choices)
    reason = models.CharField(max_length=300)

    def __str__(self) -> str:
        return self.outcome


class Redaction(Deed):
    """Rectangles made unreadable in every copy for the eye; layers add up, and the original stays."""

    only_grows = True

    file = models.ForeignKey(File, on_delete=models.PROTECT, related_name="redactions")
    boxes: Any = models.JSONField()  # [[left, top, width, height], …] in thousandths of the upright picture

    def __str__(self) -> str:
        return f"{len(self.boxes)} ô"


class Quarantine(Deed):
    """Bytes in which the scanner found a virus: kept apart, never served, refused when they come again."""

    keeps_as_found = ("name", "found")
    only_grows = True

    sha256 = models.CharField(max_length=64, unique=True)
    name = models.CharField(max_length=200)
    found = models.CharField(max_length=200)  # what the scanner calls it
    place = models.ForeignKey("territory.Place", on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"{self.found} {self.sha256[:12]}"
