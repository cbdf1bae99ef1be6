"""Copies for the eye, made after the deed: heavy work that no sender waits for."""

from django.utils.translation import gettext_lazy as _

from chungtay.core.jobs import job
from chungtay.evidence import pictures, storing, videos
from chungtay.evidence.models import File


@job(title=_("Làm ảnh xem và ảnh nhỏ của tệp minh chứng"), unique=True)
def make_copies(file_id: int) -> None:
    """Make the copies of a picture with all its blurred rectangles, or of a video's still, and drop older ones."""
    file = File.objects.get(pk=file_id)
    layer, older = file.layer, file.copies_layer
    boxes = [box for row in file.redactions.filter(pk__lte=layer).order_by("pk") for box in row.boxes]
    with storing.open_original(file.sha256) as content:
        if file.kind_of.family == "image":
            made = pictures.copies(content, file.kind_of, boxes)
        else:
            made = videos.still_copies(content)
    if not made:  # a video, and no ffmpeg here
        return
    for size, picture in made.items():
        storing.put_copy(file.sha256, layer, size, picture)
    File.objects.filter(pk=file_id, layer=layer).update(copies_layer=layer)
    if older is not None and older != layer:
        storing.drop_copies(file.sha256, older, pictures.SIZES)
