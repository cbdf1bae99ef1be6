"""Pictures, videos and captions of published news: copies, and videos without what tells of whoever made them."""

import re
import uuid

from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _

from chungtay.community.publishing import queries
from chungtay.community.publishing.videos import blanks, handed_on
from chungtay.core.refusals import NotFound
from chungtay.portal.places_answers import Reader, for_all


@for_all
def picture(reader: Reader, uid: uuid.UUID, picture_id: int, size: str) -> HttpResponseBase:
    """A copy for the eye, as long as its news is published."""
    read = queries.picture(queries.item(uid, picture_id, reader.today), size)
    if unchanged := get_conditional_response(reader.request, etag=read.etag):
        read.content.close()
        return unchanged
    response = FileResponse(read.content, content_type=read.media_type)
    response["Content-Length"] = str(read.size)
    return _kept(response, read.etag)


@for_all
def video(reader: Reader, uid: uuid.UUID, picture_id: int) -> HttpResponseBase:
    """A video whole, or the part asked for."""
    shown = queries.item(uid, picture_id, reader.today)
    if not shown.is_video:
        raise NotFound(_("Không có video này."))
    read = queries.video(shown)
    etag = read.etag.removesuffix('"') + '-open"'
    if unchanged := get_conditional_response(reader.request, etag=etag):
        read.content.close()
        return unchanged
    part = _part(reader.request, read.size, etag)
    first, last = part or (0, read.size - 1)
    left_out = blanks(read.content, read.size)
    response = StreamingHttpResponse(
        handed_on(read.content, left_out, first, last),
        status=206 if part else 200,
        content_type="video/mp4" if read.media_type == "video/quicktime" else read.media_type,
    )
    if part:
        response["Content-Range"] = f"bytes {first}-{last}/{read.size}"
    response["Content-Length"] = str(last - first + 1)
    response["Accept-Ranges"] = "bytes"
    return _kept(response, etag)


@for_all
def spoken(reader: Reader, uid: uuid.UUID, picture_id: int) -> HttpResponseBase:
    """The captions of a video."""
    shown = queries.item(uid, picture_id, reader.today)
    if not shown.spoken_language:
        raise NotFound(_("Video này không có phụ đề."))
    return HttpResponse(queries.spoken(shown), content_type="text/vtt; charset=utf-8")


def _part(request: HttpRequest, size: int, etag: str) -> tuple[int, int] | None:
    """First and last byte asked for; None for everything, also where the asking makes no sense."""
    told = re.fullmatch(r"bytes=(\d{1,15})-(\d{0,15})", request.headers.get("Range", ""))
    if told is None or request.headers.get("If-Range", etag) != etag:
        return None
    first, last = int(told[1]), min(int(told[2] or size), size - 1)
    return (first, last) if first <= last else None


def _kept(response: HttpResponseBase, etag: str) -> HttpResponseBase:
    response["ETag"] = etag
    response["Cache-Control"] = "public, no-cache"  # kept, and asked again: what is withdrawn goes at once
    response["Content-Encoding"] = "identity"  # packed already; and a part must keep its length
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
