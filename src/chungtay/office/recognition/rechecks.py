"""Claims checked again: the samples of a place, fixing and drawing one, its forms, the gap report."""

from collections.abc import Sequence
from functools import partial
from typing import Any, Final

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_POST

from chungtay.core.language import day_words, problem_words
from chungtay.office import uploads
from chungtay.office.answers import Visit, for_officers, refusal_of
from chungtay.office.community import pages
from chungtay.office.community.open import is_visitor, open_to_all
from chungtay.office.community.pages import Column, Door, Filter, Form, Input, Item, Page, Table
from chungtay.office.community.proofs import strip_of, take
from chungtay.office.community.reader import Reader
from chungtay.people.roles import label_in_words
from chungtay.recognition.rechecks import actions, policies, queries
from chungtay.recognition.rechecks.queries import FormView, Gap, SampleView, Score
from chungtay.recognition.rechecks.rules import law
from chungtay.recognition.rechecks.wording import office_words
from rulebook import Mark
from viet.dates import DateProblem, parse_day
from viet.numbers import format_number

_STATES: Final = {
    queries.WAITING: gettext_lazy("chờ hạt giống"),
    queries.DRAWN: gettext_lazy("đã rút"),
    queries.SET_ASIDE: gettext_lazy("đã bỏ"),
}
_OUTCOMES: Final = {
    "": gettext_lazy("chờ kiểm tra"),
    "match": gettext_lazy("khớp"),
    "mismatch": gettext_lazy("lệch"),
    "impossible": gettext_lazy("không kiểm tra được"),
}


def share_words(score: Score) -> str:
    """ "3/20"; what was not checked is not known."""
    if score.share is None:
        return _("chưa biết")
    return f"{format_number(score.mismatched)}/{format_number(score.checked)}"


# ── The samples of a place ────────────────────────────────────────────────────


@open_to_all
def rechecks(visit: Visit, place_id: int) -> HttpResponse:
    """Every sample of the place and below, those set aside among them, and the score so far."""
    place = pages.place_of(place_id)
    found = queries.samples(place_id)
    table = _samples_table(visit, found)
    if form := pages.file_form(visit):
        return pages.as_download(visit, place, "mau-kiem-tra-lai", form, table)
    score = queries.mismatch_of(place_id, on=visit.today)
    more = _("%(n)s khai báo được rút từ %(day)s; quy tắc: %(ground)s") % {
        "n": format_number(score.claims),
        "day": day_words(score.since),
        "ground": queries.ground_words(law().score_ground),
    }
    doors = [Door(_("Báo cáo chênh lệch"), reverse("office:recheck_gaps", args=[place_id]), kind="quiet")]
    if not is_visitor(visit):
        refusal = refusal_of(partial(policies.check_may_draw, visit.by, place_id))
        doors.insert(0, Door(_("Lập mẫu mới"), reverse("office:plan_recheck", args=[place_id]), refusal))
    page = Page(
        room="rechecks",
        heading=pages.room_name("rechecks"),
        lead=_(
            "Một số khai báo được rút ngẫu nhiên rồi đo lại tận nơi. Danh sách chốt trước, hạt giống là giá trị công "
            "khai biết sau, nên không ai chọn được mẫu và ai cũng rút lại được."
        ),
        stats=[(share_words(score), _("khai báo đã kiểm tra bị lệch"), more)],
        doors=doors,
        tables=[table],
    )
    return pages.draw(visit, place, page)


def _samples_table(visit: Visit, found: Sequence[SampleView]) -> Table:
    columns = [
        Column(_("Kỳ")),
        Column(_("Nơi")),
        Column(_("Tình trạng")),
        Column(_("Khai báo"), css="number"),
        Column(_("Được rút"), css="number"),
        Column(_("Đã kiểm tra"), css="number"),
        Column(_("Lệch"), css="number"),
        Column(_("Hạt giống")),
    ]
    page = pages.paged(visit, found) if not pages.file_form(visit) else None
    rows = [
        [
            Item(
                queries.period_words(each.period),
                reverse("office:recheck_sample", args=[each.id]),
                told=queries.period_words(each.period),
            ),
            Item(each.place),
            Item(str(_STATES[each.state]), note=each.reason),
            _number(each.claims),
            _number(each.size),
            _number(each.score.checked),
            Item(share_words(each.score)),
            Item(each.seed or "–", note=each.seed_source),
        ]
        for each in (found if page is None else page)
    ]
    empty = (
        _("Chưa có mẫu kiểm tra lại nào"),
        _("Cấp trên lập mẫu từ những số liệu đã xác nhận, kết quả đã công bố và tệp minh chứng của một kỳ."),
    )
    return Table(_("Mẫu kiểm tra lại"), columns, rows, empty, page)


def _number(n: int) -> Item:
    return Item(format_number(n), told=n)


# ── Fixing the claims ─────────────────────────────────────────────────────────


@for_officers
def plan(visit: Visit, place_id: int) -> HttpResponse:
    """A dry run, of last year unless asked: how many claims there are, how many would be drawn and why; then fixing."""
    place = pages.place_of(place_id)
    back = reverse("office:rechecks", args=[place_id])
    return pages.answer(
        visit, place, lambda: _plan_page(visit, place_id), {"chot": partial(_fix, visit, place_id)}, back
    )


def _plan_page(visit: Visit, place_id: int) -> Page:
    last = visit.today.year - 1
    asked = {
        "tu": pages.asked_text(visit, "tu") or f"01/01/{last}",
        "den": pages.asked_text(visit, "den") or f"31/12/{last}",
    }
    refusal = refusal_of(partial(policies.check_may_draw, visit.by, place_id))
    notes: list[str] = []
    tables: list[Table] = []
    stats: list[tuple[str, str, str]] = []
    counted = 0
    try:
        start, end = (parse_day(asked[name]) for name in ("tu", "den"))
    except DateProblem as problem:
        notes.append(problem_words(problem))
    else:
        lines = actions.population_of(visit.by, place_id, start, end).decode().splitlines()
        counted = len(lines)
        tables.append(_kinds_table(lines))
        if counted:
            stats.append(_size_stat(visit, place_id, counted))
    inputs = [
        Input("start", _("Từ ngày"), "hidden", value=asked["tu"]),
        Input("end", _("Đến ngày"), "hidden", value=asked["den"]),
        Input(
            "seed_source",
            _("Hạt giống sẽ là giá trị công khai nào"),
            hint=_("Ví dụ: giải đặc biệt xổ số miền Bắc ngày 25/11/2026, đủ các chữ số"),
        ),
        Input("seed_on", _("Ngày biết giá trị ấy"), "day", hint=_("Sau hôm nay")),
    ]
    forms = [
        Form(
            "chot",
            _("Chốt danh sách"),
            _("Chốt danh sách"),
            inputs,
            refusal,
            _("Danh sách và dấu số của nó công khai ngay; sau đó không thêm bớt được."),
            is_open=True,
        )
    ]
    return Page(
        room="rechecks",
        heading=_("Lập mẫu kiểm tra lại"),
        lead=_("Xem thử trước: chưa ghi gì cho đến khi chốt danh sách."),
        back=(reverse("office:rechecks", args=[place_id]), pages.room_name("rechecks")),
        notes=notes,
        stats=stats,
        filters=[Filter("tu", _("Từ ngày"), asked["tu"]), Filter("den", _("Đến ngày"), asked["den"])],
        tables=tables,
        forms=forms if counted or refusal else [],
        extra={"is_bare": False},  # another period can always be asked for
    )


def _size_stat(visit: Visit, place_id: int, counted: int) -> tuple[str, str, str]:
    found = queries.plan(place_id, counted, on=visit.today)
    rule = law().size
    told = {
        "share": str(found.share),
        "mismatched": found.mismatched,
        "checked": found.checked,
        "least": rule.least,
        "most": rule.most,
        "ground": queries.ground_words(rule.ground),
    }
    if found.checked:
        why = _(
            "lần trước lệch %(mismatched)s/%(checked)s nên rút %(share)s, ít nhất %(least)s, nhiều nhất %(most)s"
        )
    else:
        why = _("chưa kiểm tra lần nào nên rút %(share)s, ít nhất %(least)s, nhiều nhất %(most)s")
    words = _("khai báo sẽ được rút trong %(n)s") % {"n": format_number(counted)}
    return format_number(found.size), words, f"{why % told}; {told['ground']}"


def _kinds_table(lines: Sequence[str]) -> Table:
    counts: dict[tuple[str, str], int] = {}
    for line in lines:
        claim, _place, office = line.split("\t")
        key = (claim.partition(":")[0], office)
        counts[key] = counts.get(key, 0) + 1
    words = {
        "figure": _("số liệu đã xác nhận"),
        "verdict": _("kết quả đã công bố là đạt"),
        "evidence": _("tệp minh chứng"),
    }
    rows = [
        [Item(words[kind]), Item(office_words(office)), _number(n)]
        for (kind, office), n in sorted(counts.items(), reverse=True)
    ]
    empty = (
        _("Kỳ này chưa có gì để kiểm tra lại"),
        _("Cần có số liệu đã xác nhận, kết quả đã công bố hoặc tệp minh chứng. Hãy chọn kỳ khác."),
    )
    columns = [Column(_("Khai báo")), Column(_("Cấp chịu trách nhiệm")), Column(_("Số lượng"), css="number")]
    return Table(_("Danh sách khai báo"), columns, rows, empty)


def _fix(visit: Visit, place_id: int, typed: Reader) -> str:
    start, end, seed_on = typed.day("start"), typed.day("end"), typed.day("seed_on")
    typed.check()
    row = actions.fix_sample(
        by=visit.by,
        at=visit.now,
        place_id=place_id,
        start=start,
        end=end,
        seed_source=typed.text("seed_source"),
        seed_on=seed_on,
        uid=typed.uid(),
    )
    words = _("Đã chốt %(n)s khai báo; sẽ rút %(size)s. Dấu số: %(digest)s.")
    return words % {
        "n": format_number(row.claims),
        "size": format_number(row.size),
        "digest": row.digest[:12],
    }


# ── One sample ────────────────────────────────────────────────────────────────


@open_to_all
def sample(visit: Visit, sample_id: int) -> HttpResponse:
    """One sample: how it was fixed and drawn, for everybody; its forms, for officers."""
    shown = queries.sample(sample_id)
    place = pages.place_of(shown.place_id)
    forms = [] if is_visitor(visit) else queries.forms(sample_id)
    if (form := pages.file_form(visit)) and forms:
        table = _forms_table(visit, _filtered(visit, forms), as_file=True)
        return pages.as_download(visit, place, "phieu-kiem-tra-lai", form, table)
    deeds = {"rut": partial(_draw, visit, sample_id), "bo": partial(_set_aside, visit, sample_id)}
    return pages.answer(visit, place, lambda: _sample_page(visit, shown, forms), deeds)


def _sample_page(visit: Visit, shown: SampleView, forms: Sequence[FormView]) -> Page:
    basis = shown.basis
    scored = f"{basis['mismatched']}/{basis['checked']}" if basis["checked"] else _("chưa biết")
    facts = [
        (_("Tình trạng"), str(_STATES[shown.state])),
        (_("Khai báo trong danh sách"), format_number(shown.claims)),
        (
            _("Số được rút"),
            _("%(size)s; rút %(share)s vì điểm lệch lúc chốt là %(score)s; %(trust)s")
            % {
                "size": format_number(shown.size),
                "share": basis["share"],
                "score": scored,
                "trust": queries.ground_words(law().size.ground),
            },
        ),
        (_("Dấu số SHA-256 của danh sách"), shown.digest),
        (_("Chốt lúc"), f"{_moment(shown.fixed_at)}, {label_in_words(shown.fixed_by)}"),
        (_("Hạt giống"), shown.seed or _("chưa có")),
        (_("Lấy từ"), f"{shown.seed_source} ({day_words(shown.seed_on)})"),
    ]
    if shown.ended_at:
        label = _("Bỏ lúc") if shown.reason else _("Rút lúc")
        facts.append((label, f"{_moment(shown.ended_at)}, {label_in_words(shown.ended_by)}"))
    if shown.reason:
        facts.append((_("Lý do bỏ"), shown.reason))
    texts = []
    doors = [
        Door(_("Tải danh sách đã chốt"), reverse("office:recheck_population", args=[shown.id]), kind="quiet")
    ]
    if shown.state == queries.DRAWN:
        doors.append(
            Door(_("Tải thứ tự đã rút"), reverse("office:recheck_drawn", args=[shown.id]), kind="quiet")
        )
        doors.append(Door(_("Tải chương trình rút lại"), reverse("office:recheck_script"), kind="quiet"))
        told = {"seed": shown.seed, "size": shown.size}
        how = _(
            "Tải danh sách và chương trình về một thư mục, rồi chạy bằng Python: python3 rut-lai.py danh-sach.tsv "
            "%(seed)s %(size)s. Dòng đầu in ra phải đúng dấu số ở trên, các dòng sau phải đúng thứ tự đã rút."
        )
        texts.append((_("Ai cũng rút lại được"), how % told))
    tables = [_places_table(visit, shown, forms)] if forms else []
    if forms:
        tables.append(_forms_table(visit, _filtered(visit, forms)))
    score = shown.score
    stats = []
    if shown.state == queries.DRAWN:
        more = _("%(waiting)s chờ kiểm tra, %(impossible)s không kiểm tra được")
        counts = {"waiting": format_number(score.waiting), "impossible": format_number(score.impossible)}
        stats = [(share_words(score), _("khai báo đã kiểm tra bị lệch"), more % counts)]
    return Page(
        room="rechecks",
        heading=_("Mẫu kiểm tra lại kỳ %(period)s") % {"period": queries.period_words(shown.period)},
        back=(reverse("office:rechecks", args=[shown.place_id]), pages.room_name("rechecks")),
        stats=stats,
        doors=doors,
        facts=facts,
        texts=texts,
        filters=_filters(visit, forms) if forms else [],
        tables=tables,
        forms=[] if is_visitor(visit) or shown.state != queries.WAITING else _deeds(visit, shown),
    )


def _deeds(visit: Visit, shown: SampleView) -> list[Form]:
    refusal = refusal_of(partial(policies.check_may_draw, visit.by, shown.place_id))
    if not refusal and visit.today < shown.seed_on:
        early = _("Ngày %(day)s mới có giá trị làm hạt giống, nên chưa rút được.")
        refusal_to_draw = early % {"day": day_words(shown.seed_on)}
    else:
        refusal_to_draw = refusal
    seed = Input("seed", _("Giá trị đã công bố"), hint=shown.seed_source)
    reason = Input("reason", _("Lý do"), hint=_("Ví dụ: ngày ấy không mở thưởng. Lý do hiện công khai"))
    return [
        Form("rut", _("Rút mẫu"), _("Rút mẫu"), [seed], refusal_to_draw, is_open=True),
        Form("bo", _("Bỏ danh sách này"), _("Bỏ danh sách"), [reason], refusal),
    ]


def _filters(visit: Visit, forms: Sequence[FormView]) -> list[Filter]:
    places = sorted({(each.place_id, each.place) for each in forms}, key=lambda each: each[1])
    offices = sorted({each.office for each in forms})
    states = [("", _("mọi tình trạng")), ("cho", _OUTCOMES[""])]
    states += [(code, words) for code, words in _OUTCOMES.items() if code]
    return [
        Filter("tt", _("Tình trạng"), pages.asked_choice(visit, "tt", states), states),
        Filter(
            "noi",
            _("Nơi"),
            pages.asked_text(visit, "noi"),
            [("", _("mọi nơi")), *((str(key), name) for key, name in places)],
        ),
        Filter(
            "cap",
            _("Cấp chịu trách nhiệm"),
            pages.asked_text(visit, "cap"),
            [("", _("mọi cấp")), *((each, office_words(each)) for each in offices)],
        ),
    ]


def _filtered(visit: Visit, forms: Sequence[FormView]) -> list[FormView]:
    state, place, office = (pages.asked_text(visit, name) for name in ("tt", "noi", "cap"))
    return [
        each
        for each in forms
        if (not state or (each.outcome or "cho") == state)
        and (not place or str(each.place_id) == place)
        and (not office or each.office == office)
    ]


def _places_table(visit: Visit, shown: SampleView, forms: Sequence[FormView]) -> Table:
    """One line a place, with the paper to take there."""
    by_place: dict[tuple[int, str], list[FormView]] = {}
    for each in forms:
        by_place.setdefault((each.place_id, each.place), []).append(each)
    rows = [
        [
            Item(name),
            _number(len(mine)),
            _number(sum(not each.outcome for each in mine)),
            Item(_("Phiếu giấy (PDF)"), reverse("office:recheck_paper", args=[shown.id, place_id])),
        ]
        for (place_id, name), mine in sorted(by_place.items(), key=lambda pair: pair[0][1])
    ]
    columns = [
        Column(_("Nơi cần đến")),
        Column(_("Số phiếu"), css="number"),
        Column(_("Còn chờ"), css="number"),
        Column(_("Mang theo")),
    ]
    return Table(_("Nơi cần đến"), columns, rows)


def _forms_table(visit: Visit, forms: Sequence[FormView], *, as_file: bool = False) -> Table:
    columns = [
        Column(_("Số")),
        Column(_("Đo, đếm, xem điều gì")),
        Column(_("Nơi")),
        Column(_("Cấp chịu trách nhiệm")),
        Column(_("Tình trạng")),
        Column(_("Đã khai")),
        Column(_("Kiểm tra")),
    ]
    page = None if as_file else pages.paged(visit, forms)
    rows = []
    for each in forms if page is None else page:
        newest = each.checks[0] if each.checks else None
        rows.append(
            [
                Item(
                    _("Phiếu %(n)s") % {"n": each.number},
                    reverse("office:recheck_form", args=[each.id]),
                    told=each.number,
                ),
                Item(each.subject, note=each.criterion),
                Item(each.place),
                Item(office_words(each.office)),
                Item(str(_OUTCOMES[each.outcome]), note=_after(each)),
                Item(each.claimed or "–", told=each.claimed or None),
                Item(
                    newest.found or newest.not_possible if newest else "–",
                    mark=pages.mark_of(newest.mark) if newest else "",
                    told=(newest.found or newest.not_possible) if newest else None,
                ),
            ]
        )
    empty = (_("Không có phiếu nào như vậy"), _("Hãy bỏ bớt điều kiện lọc."))
    return Table(_("Phiếu kiểm tra"), columns, rows, empty, page)


def _after(each: FormView) -> str:
    """What became of a mismatch."""
    if each.outcome != "mismatch":
        return ""
    return _("đã có khai báo mới") if each.corrected else _("chờ sửa")


def _draw(visit: Visit, sample_id: int, typed: Reader) -> str:
    actions.draw_sample(
        by=visit.by, at=visit.now, sample_id=sample_id, seed=typed.text("seed"), uid=typed.uid()
    )
    return _("Đã rút mẫu. Phiếu kiểm tra của từng nơi ở dưới đây.")


def _set_aside(visit: Visit, sample_id: int, typed: Reader) -> str:
    actions.set_aside(by=visit.by, at=visit.now, sample_id=sample_id, reason=typed.text("reason"))
    return _("Đã bỏ danh sách; lý do hiện công khai.")


def _moment(at: Any) -> str:
    local = timezone.localtime(at)
    return f"{local:%H:%M} {day_words(local.date())}"


# ── One form ──────────────────────────────────────────────────────────────────


@for_officers
def form(visit: Visit, form_id: int) -> HttpResponse:
    """One form: what to measure and how; the claim only beside what was found."""
    shown = queries.form(form_id, seen_by=visit.by)
    place = pages.place_of(shown.place_id)
    return pages.answer(
        visit, place, lambda: _form_page(visit, shown), {"kiem": partial(_check, visit, shown)}
    )


def _form_page(visit: Visit, shown: FormView) -> Page:
    facts = [
        (_("Nơi"), shown.place),
        (_("Kỳ của khai báo"), queries.period_words(shown.period)),
        (_("Cách làm"), shown.how),
        (_("Tiêu chí"), shown.criterion or _("không tiêu chí nào hỏi đến")),
    ]
    if shown.unit:
        facts.insert(2, (_("Đơn vị"), shown.unit))
    doors = []
    if shown.file_id is not None:
        doors.append(
            Door(_("Mở tệp cần kiểm tra"), reverse("office:original", args=[shown.file_id]), kind="quiet")
        )
    if shown.checks:
        facts += [
            (_("Chịu trách nhiệm khai báo"), shown.answers),
            (_("Kết quả"), str(_OUTCOMES[shown.outcome])),
        ]
        if shown.outcome == "mismatch":
            facts.append((_("Việc sửa"), _after(shown)))
        if shown.kind == "figure":
            doors.append(
                Door(_("Mở số liệu đã khai"), reverse("office:figure", args=[shown.claim_id]), kind="quiet")
            )
    sample_address = reverse("office:recheck_sample", args=[shown.sample_id])
    return Page(
        room="rechecks",
        heading=_("Phiếu %(n)s: %(what)s") % {"n": shown.number, "what": shown.subject},
        back=(f"{sample_address}?noi={shown.place_id}", _("Các phiếu của nơi này")),
        notes=[]
        if shown.checks
        else [
            _(
                "Giá trị đã khai chỉ hiện ra sau khi lưu kết quả kiểm tra, để người kiểm tra không bị dẫn theo."
            )
        ],
        doors=doors,
        facts=facts,
        tables=[_checks_table(shown)] if shown.checks else [],
        forms=[_check_form(visit, shown)],
        extra=strip_of(visit, shown.evidence, reverse("office:recheck_files", args=[shown.id])),
    )


def _checks_table(shown: FormView) -> Table:
    columns = [
        Column(_("Đã khai")),
        Column(_("Kiểm tra được")),
        Column(_("So sánh")),
        Column(_("Đổi kết quả tiêu chí")),
        Column(_("Ngày"), css="nowrap"),
        Column(_("Người kiểm tra")),
    ]
    rows = []
    for each in shown.checks:
        if each.outcome != "mismatch":
            moved = "–"
        elif each.changes is None:
            moved = _("chưa biết")
        else:
            moved = ", ".join(each.changes) or _("không")
        rows.append(
            [
                Item(shown.claimed),
                Item(each.found or "–", mark=pages.mark_of(each.mark), note=each.not_possible or each.source),
                Item(str(_OUTCOMES[each.outcome])),
                Item(moved),
                pages.day_item(each.checked_on),
                Item(each.by, note=_("Sửa, vì: %(why)s") % {"why": each.reason} if each.reason else ""),
            ]
        )
    return Table(_("Khai báo bên cạnh kiểm tra"), columns, rows)


def _check_form(visit: Visit, shown: FormView) -> Form:
    refusal = refusal_of(partial(queries.check_may_check, visit.by, shown.id))
    choices = [("", "–"), *shown.choices]
    inputs = [
        Input("found", _("Kết quả"), "select", _("Bỏ trống nếu không kiểm tra được"), choices, required=False)
        if shown.choices
        else Input(
            "found",
            _("Kết quả"),
            "text",
            _("Bỏ trống nếu không kiểm tra được"),
            unit=shown.unit,
            required=False,
        ),
        Input("not_possible", _("Hoặc vì sao không kiểm tra được"), required=False),
        Input("checked_on", _("Ngày kiểm tra"), "day"),
        *pages.origin_inputs(),
    ]
    if shown.checks:
        hint = _("Kết quả trước vẫn hiện bên cạnh")
        inputs.append(Input("reason", _("Vì sao sửa"), hint=hint))
        return Form("kiem", _("Sửa kết quả kiểm tra"), _("Lưu kết quả mới"), inputs, refusal)
    return Form("kiem", _("Nhập kết quả kiểm tra"), _("Lưu kết quả"), inputs, refusal, is_open=True)


def _check(visit: Visit, shown: FormView, typed: Reader) -> str:
    checked_on = typed.day("checked_on")
    typed.check()
    row = actions.recheck(
        by=visit.by,
        at=visit.now,
        form_id=shown.id,
        checked_on=checked_on,
        found=typed.text("found"),
        not_possible=typed.text("not_possible"),
        reason=typed.text("reason"),
        mark=Mark.TOLD if typed.text("mark") == Mark.TOLD else Mark.MEASURED,
        source=typed.text("source"),
        uid=typed.uid(),
    )
    if row.outcome == "mismatch":
        return _("Đã lưu. Kết quả lệch với khai báo; nơi chịu trách nhiệm được báo để sửa.")
    return _("Đã lưu kết quả kiểm tra.")


@csrf_exempt  # until the handler stands in its place; `_send` checks the token
def send(request: HttpRequest, form_id: int) -> HttpResponseBase:
    """Photos and papers of a check."""
    request.upload_handlers.insert(0, uploads.StopsAtCap(request))
    return _send(request, form_id)


@csrf_protect
@require_POST
@for_officers
def _send(visit: Visit, form_id: int) -> HttpResponse:
    shown = queries.form(form_id, seen_by=visit.by)
    return take(visit, shown.evidence, reverse("office:recheck_form", args=[form_id]) + "#minh-chung")


# ── The gap report ────────────────────────────────────────────────────────────


@open_to_all
def gaps(visit: Visit, place_id: int) -> HttpResponse:
    """Claims against checks in sum: by criterion, by level of office, by place. No person stands in it."""
    place = pages.place_of(place_id)
    year = pages.asked_year(visit)
    found = queries.gaps(place_id, year=year)
    parts = (
        (_("Theo tiêu chí"), found.by_criterion),
        (_("Theo cấp chịu trách nhiệm"), found.by_office),
        (_("Theo nơi"), found.by_place),
    )
    if form := pages.file_form(visit):
        rows = [[Item(heading), *_gap_row(gap)] for heading, lines in parts for gap in lines]
        table = Table(_("Báo cáo chênh lệch"), [Column(_("Bảng")), *_gap_columns(_("Mục"))], rows)
        about = [
            (_("Kỳ"), str(year) if year else _("mọi năm")),
            (_("Lưu ý"), queries.ground_words(law().tolerances_ground)),
        ]
        return pages.as_download(visit, place, "chenh-lech", form, table, about)
    query = f"nam={year}&" if year else ""
    paper = reverse("office:recheck_gaps_paper", args=[place_id]) + (f"?nam={year}" if year else "")
    more = _(
        "%(claims)s khai báo được rút; %(changing)s chỗ lệch làm đổi kết quả tiêu chí; %(corrected)s đã sửa"
    )
    told = {
        "claims": format_number(found.whole.claims),
        "changing": format_number(found.whole.changing),
        "corrected": format_number(found.whole.corrected),
    }
    notes = []
    if found.set_aside:
        notes.append(
            _("%(aside)s trong %(all)s danh sách đã bỏ, kèm lý do công khai.")
            % {"aside": found.set_aside, "all": found.samples}
        )
    page = Page(
        room="rechecks",
        heading=_("Báo cáo chênh lệch"),
        lead=_(
            "Khai báo so với kiểm tra lại, chỉ có tổng số. Chưa kiểm tra là chưa biết, không phải bằng không."
        ),
        back=(reverse("office:rechecks", args=[place_id]), pages.room_name("rechecks")),
        notes=notes,
        stats=[(share_words(found.whole), _("khai báo đã kiểm tra bị lệch"), more % told)],
        doors=[
            Door(_("Tải bảng CSV"), f"?{query}tai=csv", kind="quiet"),
            Door(_("Tải bảng Excel"), f"?{query}tai=xlsx", kind="quiet"),
            Door(_("Tải báo cáo PDF"), paper, kind="quiet"),
        ]
        if found.whole.claims
        else [],
        filters=[pages.year_filter(queries.years(place_id), year)],
        tables=[_gap_table(heading, lines) for heading, lines in parts]
        if found.whole.claims
        else [_no_gaps()],
    )
    return pages.draw(visit, place, page)


def _no_gaps() -> Table:
    empty = (
        _("Chưa có khai báo nào được rút để kiểm tra lại"),
        _("Khi có mẫu được rút, số khai báo, số đã kiểm tra và số lệch hiện ở đây."),
    )
    return Table(_("Báo cáo chênh lệch"), [], [], empty)


def _gap_columns(first: str) -> list[Column]:
    counted = (
        _("Được rút"),
        _("Đã kiểm tra"),
        _("Lệch"),
        _("Đổi kết quả"),
        _("Không kiểm được"),
        _("Đã sửa"),
    )
    return [Column(first), *(Column(each, css="number") for each in counted)]


def _gap_table(heading: str, lines: Sequence[Gap]) -> Table:
    return Table(heading, _gap_columns(_("Mục")), [_gap_row(each) for each in lines])


def _gap_row(gap: Gap) -> list[Item]:
    unknown = Item(_("chưa biết"), told=None)
    return [
        Item(gap.label),
        _number(gap.claims),
        _number(gap.checked),
        _number(gap.mismatched) if gap.checked else unknown,
        _number(gap.changing) if gap.checked else unknown,
        _number(gap.impossible),
        _number(gap.corrected),
    ]
