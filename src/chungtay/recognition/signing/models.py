import uuid
from typing import Any

from django.db import models

from chungtay.community.deeds import Deed


class Kind(models.TextChoices):
    """What sort of paper bears a signature. ref: the paper's own id among its sort."""

    COMPONENT = "component", "thành phần hồ sơ"
    DECISION = "decision", "quyết định"
    CERTIFICATE = "certificate", "bằng công nhận"
    MINUTES = "minutes", "biên bản"


class Proof(models.TextChoices):
    """How it is shown that a paper was signed. A click in a page is none of them."""

    DIGITAL = "digital", "chữ ký số trong tệp PDF"
    SCAN = "scan", "bản chụp văn bản đã ký, đóng dấu"
    LOCATION = "location", "nơi giữ bản giấy"


class SignatureProof(Deed):
    """One proof that a paper was signed. Sent again, it stands beside the older one and takes its place.

    file, sha256: of a digital or scanned one. found: what was read from a digital one when it was sent, for lists; its
    page reads it afresh. office, shelf, number: where the original lies. version: 1, 2 … of this paper and proof.
    """

    only_grows = True

    place = models.ForeignKey("territory.Place", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    ref = models.CharField(max_length=64)
    label = models.CharField(max_length=300)  # the paper in words
    proof = models.CharField(max_length=8, choices=Proof.choices)
    version = models.PositiveSmallIntegerField()
    file = models.ForeignKey("evidence.File", null=True, on_delete=models.PROTECT, related_name="+")
    sha256 = models.CharField(max_length=64, blank=True)
    found: Any = models.JSONField(default=list)
    office = models.CharField(max_length=200, blank=True)
    shelf = models.CharField(max_length=120, blank=True)
    number = models.CharField(max_length=120, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "ref", "proof", "version"], name="signature_proof_once"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.proof} {self.version}"


class Register(models.Model):
    """The book in which an authority numbers its certificates of a year. authority: a place's id, 0 for the nation."""

    authority = models.BigIntegerField()
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["authority", "year"], name="register_once_a_year")]

    def __str__(self) -> str:
        return f"{self.authority} {self.year}"


class Certificate(Deed):
    """A certificate of a title, as it was issued. The newest version of a title's stands; the others were replaced.

    facts: all that stands on the paper. secret: the end of the address its QR leads to, not to be guessed.
    sha256, size: of its file, which is kept by that hash. key: the public key that sealed it. reason: why anew.
    """

    only_grows = True

    title = models.ForeignKey("recognition.Title", on_delete=models.PROTECT, related_name="+")
    version = models.PositiveSmallIntegerField()
    reason = models.CharField(max_length=300, blank=True)
    authority = models.BigIntegerField()
    year = models.PositiveSmallIntegerField()
    number = models.PositiveIntegerField()
    secret = models.CharField(max_length=32, unique=True)
    issued_on = models.DateField()
    facts: Any = models.JSONField()
    sha256 = models.CharField(max_length=64, db_index=True)
    size = models.PositiveIntegerField()
    key = models.CharField(max_length=43)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["title", "version"], name="certificate_version_once"),
            models.UniqueConstraint(fields=["authority", "year", "number"], name="certificate_number_once"),
        ]

    def __str__(self) -> str:
        return f"{self.number}/{self.year}"


class SignedCopy(models.Model):
    """The same certificate with the digital signature of this site's own signer, kept beside the sealed one."""

    only_grows = True

    uid = models.UUIDField(unique=True, default=uuid.uuid4)
    certificate = models.OneToOneField(Certificate, on_delete=models.PROTECT, related_name="signed_copy")
    sha256 = models.CharField(max_length=64, db_index=True)
    size = models.PositiveIntegerField()
    signer = models.CharField(max_length=300)
    signed_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.sha256[:12]
