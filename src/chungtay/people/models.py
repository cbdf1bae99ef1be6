from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from chungtay.people.roles import ROLES


class Rhythm(models.TextChoices):
    """How often somebody gets the digest of their work as a letter."""

    OFF = "off", _("không gửi")
    DAILY = "daily", _("mỗi sáng")
    WEEKLY = "weekly", _("mỗi tuần một lần")


class UserManager(BaseUserManager["User"]):
    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(username=(username or "").strip().lower())  # phones capitalise the first letter


class User(AbstractBaseUser):
    """A person who signs in. Only what signing in needs; phone and e-mail are optional and only appointers see them.

    place: where the account was made, whose office looks after it while it holds no post; none for the centre.
    """

    username = models.CharField(
        _("tên đăng nhập"),
        max_length=60,
        unique=True,
        validators=[
            RegexValidator(
                r"\A[a-z0-9][a-z0-9._-]*\Z",
                _("Tên đăng nhập chỉ gồm chữ thường không dấu, chữ số, dấu chấm, gạch ngang, gạch dưới."),
            )
        ],
    )
    display_name = models.CharField(_("họ và tên"), max_length=120)
    phone = models.CharField(_("số điện thoại"), max_length=15, null=True, blank=True, unique=True)
    email = models.EmailField(_("thư điện tử"), blank=True)
    place = models.ForeignKey(
        "territory.Place", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    digest = models.CharField(max_length=8, blank=True, choices=Rhythm.choices)  # "" until they choose
    is_active = models.BooleanField(default=True)
    is_demo = models.BooleanField(default=False)  # its password is published; refused in production
    created = models.DateTimeField()

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["display_name"]

    def __str__(self) -> str:
        return self.display_name


class PostQuerySet(models.QuerySet["Post"]):
    def held_on(self, day: Any) -> "PostQuerySet":
        """In force on a day: from the first day up to, not including, the last."""
        return self.not_over(day).filter(valid_from__lte=day)

    def not_over(self, day: Any) -> "PostQuerySet":
        """Held on a day or to be held later."""
        return self.filter(Q(valid_to=None) | Q(valid_to__gt=day))


class Post(models.Model):
    """A capacity held by a user for a place, for a time. It is what acts; see `core.actors.Actor`."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="posts")
    role = models.CharField(max_length=40)  # a RoleCode; no choices, so that new wording needs no migration
    place = models.ForeignKey("territory.Place", null=True, on_delete=models.PROTECT, related_name="+")
    sector = models.CharField(max_length=40, blank=True)  # the field of work, where a post has only one
    label = models.CharField(max_length=200)  # in the words of the day it was granted
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)  # half-open: the first day it is no longer held

    objects = PostQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gt=F("valid_from")), name="post_ends_after_it_begins"
            ),
            models.CheckConstraint(
                condition=Q(place__isnull=False)
                | Q(role__in=[role.code.value for role in ROLES.values() if role.may_be_nationwide]),
                name="post_has_a_place_or_is_nationwide",
            ),
        ]
        indexes = [models.Index(fields=["place", "role"], name="post_place_role")]

    def __str__(self) -> str:
        return self.label

    @property
    def actor_id(self) -> int | None:
        return self.pk


class PassKind(models.TextChoices):
    CARD = "card"  # a printed QR card: signs in once
    INVITATION = "invitation"  # a link: lets its owner choose a password


class OneTimePass(models.Model):
    """A secret given out once, to be used once. Only its digest is kept."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="passes")
    kind = models.CharField(max_length=12, choices=PassKind.choices)
    digest = models.CharField(max_length=64, unique=True)  # SHA-256 of the secret
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=200)  # the label of the post that gave it out
    expires = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


class Letter(models.Model):
    """The digest of one day to one person. The row is written before the letter goes, so it never goes twice.

    sent_at: null when it is not known that the server took it. refused: the server's code, when it would not.
    """

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    day = models.DateField()
    sent_at = models.DateTimeField(null=True)
    refused = models.PositiveSmallIntegerField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "day"], name="letter_one_a_person_and_day")]

    def __str__(self) -> str:
        return f"{self.user_id} {self.day}"


class Notice(models.Model):
    """Something a post must know of a record that stands above this package. read_at: null until it was seen.

    kind: what happened, a word of who tells it ("feedback"). ref: of the record. text: what it goes by ("GY-000123"),
    never what somebody said in it.
    """

    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=24)
    ref = models.BigIntegerField()
    place = models.ForeignKey("territory.Place", on_delete=models.PROTECT, related_name="+")
    text = models.CharField(max_length=200)
    at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["post", "read_at"], name="post_notice_unread")]

    def __str__(self) -> str:
        return f"{self.post_id} {self.kind} {self.ref}"
