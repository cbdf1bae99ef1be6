import re

from django.db import models
from django.utils.translation import gettext_lazy as _

from chungtay.core.encrypting import EncryptedText


class State(models.TextChoices):
    RECEIVED = "received", _("đã tiếp nhận")
    DONE = "done", _("đã rút tên")
    PARTLY = "partly", _("đã rút một phần")
    REFUSED = "refused", _("không rút được, có nêu lý do")
    MORE = "more", _("cần thêm thông tin")


OPEN = (State.RECEIVED, State.MORE)


class NameRequest(models.Model):
    """One request. name: as it stands on the page; "" once the matter is settled and nobody needs it any more.

    where: the page, paper or receipt where it was seen. contact: as they wished to give it.
    """

    uid = models.UUIDField(unique=True)
    place = models.ForeignKey("territory.Place", on_delete=models.PROTECT, related_name="+")
    digest = models.CharField(max_length=64)  # SHA-256 of the secret
    name = EncryptedText(blank=True)
    where = EncryptedText()
    why = EncryptedText(blank=True)
    contact = EncryptedText(blank=True)
    received_at = models.DateTimeField()
    due = models.DateField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.RECEIVED)

    class Meta:
        indexes = [models.Index(fields=["place", "state", "due"], name="name_request_place_state_due")]

    def __str__(self) -> str:
        return self.number

    @property
    def number(self) -> str:
        """What whoever asked follows it by: "RT-000123"."""
        return f"RT-{self.pk:06d}"


class NameRequestStep(models.Model):
    """One answer, or more told by whoever asked; read by the posts and by whoever asked."""

    request = models.ForeignKey(NameRequest, on_delete=models.PROTECT, related_name="steps")
    state = models.CharField(max_length=10, choices=State.choices)  # that it led to
    words = EncryptedText(blank=True)
    post = models.ForeignKey("people.Post", null=True, on_delete=models.PROTECT, related_name="+")
    by_label = models.CharField(max_length=200)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.request_id} → {self.state}"


def row_of(number: str) -> int:
    """The row that a typed number means: "rt 123" is RT-000123; 0 when it means none."""
    told = re.fullmatch(r"(?:RT)?[\s-]*0*([0-9]{1,17})", number.strip().upper())
    return int(told[1]) if told else 0
