import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from chungtay.community.feedback.secrets import number_of
from chungtay.community.feedback.states import Move, State
from chungtay.core.encrypting import EncryptedText


class Topic(models.TextChoices):
    ROADS = "roads", _("đường, thuỷ lợi, điện")
    ENVIRONMENT = "environment", _("môi trường, rác thải")
    SAFETY = "safety", _("an ninh trật tự")
    WELFARE = "welfare", _("y tế, giáo dục, an sinh")
    PROGRAMME = "programme", _("đóng góp, công trình nông thôn mới")
    SERVICE = "service", _("thái độ, thủ tục của cơ quan")
    OTHER = "other", _("việc khác")


class Feedback(models.Model):
    """One thing somebody told. contact_name, contact: as they wished to give them; "" when not, or when erased.

    published_text, published_answer: what a post made public, without names; "" while nothing is.
    """

    uid = models.UUIDField(unique=True, default=uuid.uuid4)
    place = models.ForeignKey("territory.Place", on_delete=models.PROTECT, related_name="+")
    digest = models.CharField(max_length=64)  # SHA-256 of the secret
    topic = models.CharField(max_length=12, choices=Topic.choices)
    text = EncryptedText()
    contact_name = EncryptedText(blank=True)
    contact = EncryptedText(blank=True)
    erased_at = models.DateTimeField(null=True)
    received_at = models.DateTimeField()
    due = models.DateField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.RECEIVED)
    published_text = models.TextField(blank=True)
    published_answer = models.TextField(blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["place", "state", "due"], name="feedback_place_state_due"),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def number(self) -> str:
        """What its sender follows it by: "GY-000123"."""
        return number_of(self.pk)


class FeedbackStep(models.Model):
    """One move. words: the answer, the reason, or to whom it was given; read by the posts and by whoever sent it."""

    feedback = models.ForeignKey(Feedback, on_delete=models.PROTECT, related_name="steps")
    move = models.CharField(max_length=10, choices=Move.choices)
    state = models.CharField(max_length=10, choices=State.choices)  # that it led to
    words = EncryptedText(blank=True)
    post = models.ForeignKey("people.Post", null=True, on_delete=models.PROTECT, related_name="+")
    by_label = models.CharField(max_length=200)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.move} → {self.state}"
