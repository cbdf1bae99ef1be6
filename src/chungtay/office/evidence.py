"""Evidence on screens: the shelf of an indicator, sending files, the page of a file, flags that wait, the bytes."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, BinaryIO, Final, cast

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_POST
from django_htmx.http import HttpResponseClientRedirect

from chungtay.core.language import day_words
from chungtay.core.refusals import Fault, NotFound, NotPermitted, Refusal
from chungtay.evidence import actions, queries
from chungtay.evidence.grading import Grade, weakest
from chungtay.evidence.queries import Bytes, FileView, Strip
from chungtay.evidence.subjects import Subject
from chungtay.figures import queries as figures
from chungtay.figures.grading import grade_of_figure, grade_of_word
from chungtay.figures.queries import FigureView, Judged
from chungtay.figures.rulings import RulingView, rulings_on
from chungtay.figures.stated import StatedView, stated_by
from chungtay.office import present, uploads
from chungtay.office.answers import Visit, day_in_life, for_officers
from chungtay.office.questions import questions
from chungtay.office.verdicts import criterion_of, judged_on
from chungtay.people.policies import check_acts_for
from chungtay.territory import queries as territory
from rulebook import SEX_NAMES, Criterion, show_value
from rulebook.printing import STATED_WORDS, WORDS
from viet.numbers import format_number

PER_PAGE: Final = 50
MOST_FILES: Final = 20  # in one sending
CHUNK: Final = 64 * 1024
STATED: Final = "cong-bo"  # the shelf of what was stated


# ── The shelf of an indicator ─────────────────────────────────────────────────


@dataclass(frozen=True)
class Claim:
    """One figure, how strongly it is proved, and by what."""

    ref: str
    words: str
    grade: Grade
    strip: Strip


@dataclass(frozen=True)
class Shelf:
    """The claims an indicator rests on. grade: of the weakest one, a figure nobody recorded among them.

    key: what tells it from the other shelves of a page.
    """

    key: str
    claims: tuple[Claim, ...]
    grade: Grade


def shelves(
    visit: Visit, judged: Judged, asked: Criterion, known: Mapping[str, Sequence[FigureView]]
) -> dict[str, Shelf]:
    """The shelf of each indicator that looks at measures. known: the current figures of each, oldest first."""
    current = {code: _current(rows, judged) for code, rows in known.items()}
    keys = [("figure", str(row.uid)) for rows in current.values() for row in rows.values()]
    strips = queries.strips(keys, seen_by=visit.by)
    found: dict[str, Shelf] = {}
    for indicator in asked.indicators:
        wanted = [(measure.code, part) for measure in indicator.measures for part in measure.parts]
        claims = [
            _claim(current[code][part], strips, visit.language)
            for code, part in wanted
            if part in current.get(code, {})
        ]
        grades = [claim.grade for claim in claims] + [Grade.NONE] * (len(wanted) - len(claims))
        if wanted:
            found[indicator.code] = Shelf(indicator.code, tuple(claims), weakest(grades))
    return found


def stated_shelf(visit: Visit, judged: Judged, number: str) -> Shelf | None:
    """The shelf of what was stated of a criterion by the day looked at; None where nothing was."""
    said = stated_by(judged.place.id, judged.standard.id, "criterion", number, judged.on)
    if said is None:
        return None
    return _shelf_of_words(visit, STATED, "verdict", {said.uid: _stated_words(said, visit.language)})


def ruling_shelf(visit: Visit, indicator: str, rulings: Sequence[RulingView]) -> Shelf | None:
    """The shelf of the rulings on an indicator; None where nobody has ruled."""
    words = {each.uid: _ruling_words(each, visit.language) for each in rulings}
    return _shelf_of_words(visit, indicator, "ruling", words) if words else None


def _shelf_of_words(visit: Visit, key: str, kind: str, words: Mapping[str, str]) -> Shelf:
    strips = queries.strips([(kind, ref) for ref in words], seen_by=visit.by)
    claims = [
        Claim(ref, said, grade_of_word(strips[kind, ref].count), strips[kind, ref])
        for ref, said in words.items()
    ]
    return Shelf(key, tuple(claims), weakest(claim.grade for claim in claims))


def _stated_words(said: StatedView, language: str) -> str:
    """ "Công bố: cơ bản đạt (20/05/2023)"."""
    words = {"word": STATED_WORDS[said.grade].in_(language), "day": day_words(said.on)}
    return _("Công bố: %(word)s (%(day)s)") % words


def _ruling_words(ruled: RulingView, language: str) -> str:
    """ "Kết luận: đạt (20/05/2023)", with the question where the indicator asks several."""
    words = {"word": WORDS[ruled.verdict].in_(language), "day": day_words(ruled.on)}
    said = _("Kết luận: %(word)s (%(day)s)") % words
    return said if ruled.asked.alone else f"{said}. {ruled.asked.question.in_(language)}"


def _current(rows: Sequence[FigureView], judged: Judged) -> dict[str, FigureView]:
    """The figure of each part that speaks of the day looked at: the last one begun by then."""
    return {row.part: row for row in rows if row.period.start <= judged.on}


def _claim(row: FigureView, strips: Mapping[tuple[str, str], Strip], language: str) -> Claim:
    strip = strips["figure", str(row.uid)]
    grade = grade_of_figure(row.state, strip.count)
    return Claim(str(row.uid), words_of(row, language), grade, strip)


def words_of(row: FigureView, language: str) -> str:
    """ "Số camera an ninh: 7 camera (24/05/2023)"."""
    name = row.measure.name.in_(language)
    if row.part:
        name = f"{name} ({SEX_NAMES[row.part].in_(language)})"
    return f"{name}: {show_value(row.value, row.measure, language)} ({present.period_words(row.period)})"


# ── Sending ───────────────────────────────────────────────────────────────────


@csrf_exempt  # until the handler stands in its place; `_send` checks the token
def send(request: HttpRequest, place_id: int, code: str, number: str) -> HttpResponseBase:
    """Keep files and put them forward for a figure. Each file stands or falls by itself."""
    request.upload_handlers.insert(0, uploads.StopsAtCap(request))
    return _send(request, place_id, code, number)


@csrf_protect
@require_POST
@for_officers
def _send(visit: Visit, place_id: int, code: str, number: str) -> HttpResponse:
    judged = judged_on(visit, place_id, code)
    subject, shelf = _subject(judged, number, visit.request.POST.get("figure", ""))
    return _receive(
        visit, subject, present.address("criterion", judged, number=number) + f"#minh-chung-{shelf}"
    )


@csrf_exempt  # likewise
def send_for_ruling(request: HttpRequest, place_id: int, code: str, indicator: str) -> HttpResponseBase:
    """The same for a ruling."""
    request.upload_handlers.insert(0, uploads.StopsAtCap(request))
    return _send_for_ruling(request, place_id, code, indicator)


@csrf_protect
@require_POST
@for_officers
def _send_for_ruling(visit: Visit, place_id: int, code: str, indicator: str) -> HttpResponse:
    judged = judged_on(visit, place_id, code)
    ref = visit.request.POST.get("figure", "")
    for each in rulings_on(place_id, questions(judged, indicator), judged.on):
        if each.uid == ref:
            words = f"{indicator}. {_ruling_words(each, 'vi')}"
            subject = Subject("ruling", ref, words, place_id, each.on, each.on)
            back = present.address("rule", judged, indicator=indicator) + f"#minh-chung-{indicator}"
            return _receive(visit, subject, back)
    raise NotFound(
        _("Kết luận này không còn, có thể vừa được thay. Hãy mở lại trang rồi gửi; chưa tệp nào được lưu.")
    )


def _receive(visit: Visit, subject: Subject, back: str) -> HttpResponse:
    """Keep the files sent for a subject, say what came of each, and lead back."""
    request = visit.request
    faults = uploads.faults_of(request)
    sent = [each for each in request.FILES.getlist("files") if each]
    if len(sent) + len(faults) > MOST_FILES:
        over = _("Mỗi lần gửi nhiều nhất %(most)s tệp; những tệp sau chưa được gửi.") % {"most": MOST_FILES}
        faults.append(Fault(over))
    if not sent and not faults:
        faults.append(Fault(_("Chưa chọn tệp nào. Hãy chụp ảnh hoặc chọn tệp rồi bấm gửi.")))
    kept = flagged = 0
    for each in sent[:MOST_FILES]:
        try:
            done = actions.keep_file(
                by=visit.by,
                at=visit.now,
                place_id=subject.place_id,
                content=cast(BinaryIO, each.file),
                name=each.name or "",
                private=bool(request.POST.get("private")),
                proves=[subject],
            )
        except NotPermitted:
            raise
        except Refusal as refused:
            faults += refused.faults
        else:
            kept, flagged = kept + 1, flagged + done.flags
    _tell(visit, kept, flagged, faults)
    return HttpResponseClientRedirect(back) if "HX-Request" in request.headers else redirect(back)


def _tell(visit: Visit, kept: int, flagged: int, faults: list[Fault]) -> None:
    if kept:
        told = ngettext("Đã nhận %(n)s tệp.", "Đã nhận %(n)s tệp.", kept) % {"n": kept}
        messages.success(visit.request, told)
    if flagged:
        asked = ngettext(
            "Có %(n)s điểm cần người khác xem lại; tệp vẫn được tính.",
            "Có %(n)s điểm cần người khác xem lại; tệp vẫn được tính.",
            flagged,
        )
        messages.warning(visit.request, asked % {"n": flagged})
    for fault in faults:
        messages.error(visit.request, fault.sentence)


def _subject(judged: Judged, number: str, ref: str) -> tuple[Subject, str]:
    """The figure or stated verdict that was chosen, if it is of this criterion here, and the shelf it stands on."""
    criterion = criterion_of(judged, number)
    codes = {measure.code: each.code for each in reversed(criterion.indicators) for measure in each.measures}
    for measure, rows in figures.histories(judged.place.id, codes).items():
        for row in rows:
            if str(row.uid) == ref:
                words = words_of(row, "vi")  # a record keeps one language
                start, end = row.period.start, row.period.end
                return Subject("figure", ref, words, judged.place.id, start, end), codes[measure]
    said = stated_by(judged.place.id, judged.standard.id, "criterion", number, judged.on)
    if said is not None and said.uid == ref:
        words = f"{number}. {criterion.name.vi}. {_stated_words(said, 'vi')}"
        return Subject("verdict", ref, words, judged.place.id, said.on, said.on), STATED
    raise NotFound(
        _(
            "Số liệu này không còn, có thể vừa được sửa. Hãy mở lại trang tiêu chí rồi gửi; chưa tệp nào được lưu."
        )
    )


# ── The page of a file ────────────────────────────────────────────────────────


@for_officers
def file(visit: Visit, file_id: int) -> HttpResponse:
    """What a file is, what is read from it, what it proves, what is odd, and blurring."""
    return _page(visit, queries.file(file_id, seen_by=visit.by))


@require_POST
@for_officers
def blur(visit: Visit, file_id: int) -> HttpResponse:
    sent = visit.request.POST
    try:
        boxes = _boxes(sent)
        actions.blur(by=visit.by, at=visit.now, file_id=file_id, boxes=boxes)
    except (NotFound, NotPermitted):
        raise
    except Refusal as refused:
        return _page(visit, queries.file(file_id, seen_by=visit.by), refused.faults, sent)
    messages.success(visit.request, _("Đã che. Ảnh xem đang được làm lại, thường mất vài giây."))
    return redirect("office:file", file_id=file_id)


@require_POST
@for_officers
def withdraw(visit: Visit, file_id: int, proof_id: int) -> HttpResponse:
    sent = visit.request.POST
    return _did(
        visit,
        file_id,
        lambda: actions.withdraw(by=visit.by, at=visit.now, proof_id=proof_id, reason=sent.get("reason", "")),
        _("Đã rút minh chứng; tệp và lý do vẫn được lưu."),
    )


@require_POST
@for_officers
def settle(visit: Visit, file_id: int, flag_id: int) -> HttpResponse:
    sent = visit.request.POST
    return _did(
        visit,
        file_id,
        lambda: actions.settle_flag(
            by=visit.by,
            at=visit.now,
            flag_id=flag_id,
            outcome=sent.get("outcome", ""),
            reason=sent.get("reason", ""),
        ),
        _("Đã ghi kết luận về cờ này."),
    )


def _did(visit: Visit, file_id: int, deed: Any, told: str) -> HttpResponse:
    try:
        deed()
    except (NotFound, NotPermitted):
        raise
    except Refusal as refused:
        return _page(visit, queries.file(file_id, seen_by=visit.by), refused.faults, visit.request.POST)
    messages.success(visit.request, told)
    return redirect("office:file", file_id=file_id)


def _page(
    visit: Visit, shown: FileView, faults: Sequence[Fault] = (), sent: Mapping[str, str] | None = None
) -> HttpResponse:
    place = territory.latest(shown.place_id)
    return visit.page(
        "office/file.html",
        {
            "file": shown,
            "place": place,
            "above": territory.ancestors(shown.place_id, day_in_life(place, visit.today)),
            "facts": _facts(shown),
            "blur_refusal": visit.refusal("evidence.blur", shown.place_id),
            "outcomes": [
                ("fine", _("Không có gì sai")),
                ("wrong", _("Tệp này không chứng minh được điều đó")),
            ],
            "sent": sent or {},
            "faults": [Fault(each.sentence, "left" if each.field == "boxes" else "") for each in faults],
        },
        422 if faults else 200,
    )


def _facts(shown: FileView) -> list[tuple[str, Any]]:
    """What is read from the file, each with its name; what cannot be read is said to be unknown."""
    unknown = _("tệp không ghi")
    facts: list[tuple[str, Any]] = [(_("Loại"), shown.kind.name), (_("Cỡ tệp"), _size(shown.size))]
    if shown.width and shown.height:
        facts.append((_("Cỡ ảnh"), f"{shown.width} × {shown.height}"))
    if shown.kind.family != "paper":
        facts.append((_("Lúc chụp, theo máy"), shown.taken_at or unknown))
        facts.append((_("Máy"), shown.device or unknown))
        facts.append((_("Vị trí, theo máy"), _degrees(shown) or unknown))
    return [*facts, (_("Dấu số SHA-256"), shown.sha256)]


def _size(size: int) -> str:
    kilo = -(-size // 1024)
    return f"{kilo} kB" if kilo < 1024 else f"{-(-size // (1024 * 1024))} MB"


def _degrees(shown: FileView) -> str:
    if shown.lat_e6 is None or shown.lon_e6 is None:
        return ""
    north, east = (_decimal(each) for each in (shown.lat_e6, shown.lon_e6))
    return f"{north}; {east}"


def _decimal(millionths: int) -> str:
    sign = "-" if millionths < 0 else ""
    whole, rest = divmod(abs(millionths), 1_000_000)
    return f"{sign}{format_number(whole)},{rest:06d}"[:-1]


_BOX: Final = re.compile(r"(\d{1,4}),(\d{1,4}),(\d{1,4}),(\d{1,4})")


def _boxes(sent: Mapping[str, str]) -> list[tuple[int, int, int, int]]:
    """The rectangles drawn ("left,top,width,height;…" in thousandths) and the one typed, in whole percents."""
    drawn = [_BOX.fullmatch(each) for each in sent.get("boxes", "").split(";") if each]
    typed = [sent.get(name, "").strip().rstrip("%").strip() for name in ("left", "top", "width", "height")]
    boxes: list[tuple[int, ...]] = [tuple(int(n) for n in each.groups()) for each in drawn if each]
    if any(typed):
        if not all(re.fullmatch(r"\d{1,3}", each) for each in typed):
            raise Refusal(
                Fault(_("Mỗi ô cần đủ bốn số nguyên từ 0 đến 100: trái, trên, rộng, cao."), "boxes")
            )
        boxes.append(tuple(int(each) * 10 for each in typed))
    if len(drawn) != sum(each is not None for each in drawn):
        raise Refusal(Fault(_("Các ô vẽ trên ảnh không đọc được. Hãy mở lại trang và vẽ lại."), "boxes"))
    return [(left, top, width, height) for left, top, width, height in boxes]


# ── Flags that wait ───────────────────────────────────────────────────────────


@for_officers
def flags(visit: Visit) -> HttpResponse:
    """What asks for somebody to look, within reach, the oldest first."""
    check_acts_for(visit.by, "evidence.settle", visit.by.place_id)
    asked = visit.request.GET.get("trang", "1")
    page = int(asked) if asked.isdigit() and len(asked) < 6 else 1
    total, found = queries.waiting(seen_by=visit.by, skip=(max(page, 1) - 1) * PER_PAGE, limit=PER_PAGE)
    numbers = Paginator(range(total), PER_PAGE).get_page(page)
    return visit.page("office/flags.html", {"found": found, "total": total, "page": numbers})


# ── The bytes ─────────────────────────────────────────────────────────────────


@for_officers
def original(visit: Visit, file_id: int) -> HttpResponseBase:
    """The original, only ever as a download: a browser is never asked to make sense of it on our address."""
    return _answer(visit.request, queries.original(file_id, seen_by=visit.by), download=True)


@for_officers
def picture(visit: Visit, file_id: int, size: str) -> HttpResponseBase:
    """A copy for the eye: made by us, so it may be shown in a page."""
    return _answer(visit.request, queries.copy(file_id, size, seen_by=visit.by), download=False)


def _answer(request: HttpRequest, read: Bytes, *, download: bool) -> HttpResponseBase:
    """The bytes whole, the part asked for, or nothing when the reader has them already."""
    if unchanged := get_conditional_response(request, etag=read.etag):
        read.content.close()
        return unchanged
    part = _range(request, read)
    response: HttpResponseBase
    if part is None:
        response = FileResponse(read.content, as_attachment=download, filename=read.name)
        response["Content-Length"] = str(read.size)
    else:
        response = StreamingHttpResponse(_slice(read, *part), status=206)
        response["Content-Range"] = f"bytes {part[0]}-{part[1]}/{read.size}"
        response["Content-Length"] = str(part[1] - part[0] + 1)
        response["Content-Disposition"] = "attachment" if download else "inline"
    response["Content-Type"] = read.media_type
    response["Content-Encoding"] = "identity"  # packed already; and a part must keep its length
    response["Accept-Ranges"] = "bytes"
    response["ETag"] = read.etag
    response["Cache-Control"] = "private, no-cache"  # kept, and asked again: a blurred picture goes at once
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


def _range(request: HttpRequest, read: Bytes) -> tuple[int, int] | None:
    """First and last byte asked for; None for everything, also where the asking makes no sense."""
    told = re.fullmatch(r"bytes=(\d{1,15})-(\d{0,15})", request.headers.get("Range", ""))
    if told is None or request.headers.get("If-Range", read.etag) != read.etag:
        return None
    first, last = int(told[1]), min(int(told[2] or read.size), read.size - 1)
    return (first, last) if first <= last else None


def _slice(read: Bytes, first: int, last: int) -> Iterator[bytes]:
    with read.content as content:
        content.seek(first)
        left = last - first + 1
        while left > 0 and (chunk := content.read(min(CHUNK, left))):
            left -= len(chunk)
            yield chunk
