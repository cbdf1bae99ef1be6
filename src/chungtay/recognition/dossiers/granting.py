"""The title that a dossier's decision gave."""

import uuid

from chungtay.recognition.titles.models import Title


def title_of(dossier_uid: uuid.UUID) -> Title | None:
    """None before the decision."""
    return Title.objects.filter(dossier_uid=dossier_uid).first()
