"""The register of certificates of a place and below; one certificate: its picture, its proofs, issuing it anew."""

from functools import partial

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from chungtay.core.language import day_words
from chungtay.core.refusals import Fault, Refusal
from chungtay.office.answers import Visit
from chungtay.office.community import pages
from chungtay.office.community.open import is_visitor, open_to_all
from chungtay.office.community.pages import Column, Filter, Form, Input, Item, Page, Table
from chungtay.office.community.reader import Reader
from chungtay.office.recognition import signing_proofs
from chungtay.office.recognition.signing_verify import address, facts_of, state_words
from chungtay.recognition.signing import certificates as deeds
from chungtay.recognition.signing import registers, running, words
from chungtay.recognition.signing.facts import Wording
from chungtay.recognition.signing.registers import Awaiting, CertificateView
from chungtay.territory.queries import PlaceView


def _states() -> dict[str, str]:
    return {
        registers.IN_FORCE: _("đang có hiệu lực"),
        registers.REPLACED: _("đã thay bằng bằng mới"),
        registers.WITHDRAWN: _("danh hiệu không còn"),
    }


@open_to_all
def certificates(visit: Visit, place_id: int) -> HttpResponse:
    """The register: every certificate issued for the place and those below it."""
    place = pages.place_of(place_id)
    found = registers.register(place_id, on=visit.today)
    years = sorted({each.year for each in found}, reverse=True)
    year, text = pages.asked_year(visit), pages.asked_text(visit).casefold()
    state = pages.asked_choice(visit, "tt", list(_states().items()))
    found = [
        each
        for each in found
        if (not year or each.year == year)
        and (not state or each.state == state)
        and (not text or text in f"{each.place} {each.facts['title']} {each.register}".casefold())
    ]
    if form := pages.file_form(visit):
        return pages.as_download(visit, place, "so-cap-bang", form, _table(visit, found, as_file=True))

    def page() -> Page:
        return Page(
            room="certificates",
            heading=_("Sổ cấp bằng công nhận"),
            lead=_("Mỗi bằng mang một số trong sổ của cơ quan cấp và một mã để ai cũng kiểm tra được."),
            doors=[pages.Door(_("Kiểm tra một bằng"), reverse("office:verify"), kind="quiet")],
            filters=[
                pages.year_filter(years, year),
                Filter("tt", _("Tình trạng"), state, [("", _("tất cả")), *_states().items()]),
                Filter("tim", _("Nơi, danh hiệu, số có chữ"), pages.asked_text(visit)),
            ],
            tables=[_table(visit, found)],
            forms=[] if is_visitor(visit) else _forms(visit, place),
        )

    return pages.answer(
        visit,
        place,
        page,
        {"cap": partial(_issue, visit), "cap-nhieu": partial(_issue_many, visit, place_id)},
    )


def _table(visit: Visit, found: list[CertificateView], *, as_file: bool = False) -> Table:
    columns = [
        Column(_("Số"), css="nowrap"),
        Column(_("Nơi được công nhận")),
        Column(_("Danh hiệu")),
        Column(_("Quyết định"), css="nowrap"),
        Column(_("Ngày cấp"), css="nowrap"),
        Column(_("Tình trạng")),
        Column(_("Chữ ký số")),
    ]
    page = None if as_file else pages.paged(visit, found)
    rows = [
        [
            Item(
                each.register,
                reverse("office:certificate", args=[each.id]),
                pages.mark_of(each.mark),
                told=each.register,
            ),
            Item(each.place),
            Item(f"{each.facts['title']} {each.facts['year']}"),
            Item(each.facts["decision_number"] or _("chưa rõ"), told=each.facts["decision_number"] or None),
            pages.day_item(each.issued_on),
            Item(_states()[each.state], note=each.replaced_by, told=_states()[each.state]),
            Item(each.signer or "–", told=each.signer or None),
        ]
        for each in (found if page is None else page)
    ]
    empty = (_("Chưa cấp bằng nào"), _("Cơ quan công nhận cấp bằng cho danh hiệu đã có quyết định."))
    return Table(_("Sổ cấp bằng công nhận"), columns, rows, empty, page)


def _forms(visit: Visit, place: PlaceView) -> list[Form]:
    waiting = [
        each
        for each in registers.awaiting(place.id, on=visit.today)
        if not visit.refusal(deeds.PERMISSION, each.place_id)
    ]
    if not waiting:
        refusal = visit.refusal(deeds.PERMISSION, place.id)
        return [Form("cap", _("Cấp bằng"), _("Cấp"), refusal=refusal)] if refusal else []
    one = [
        Input(
            "title",
            _("Danh hiệu"),
            "select",
            choices=[(str(each.title_id), _named(each)) for each in waiting],
        ),
        *_wording_inputs(),
    ]
    told = {"n": len(waiting)}
    many = ngettext("%(n)s danh hiệu chưa có bằng.", "%(n)s danh hiệu chưa có bằng.", len(waiting)) % told
    hint = _("Lời trên bằng lấy từ quyết định. Điều chưa rõ được chừa chỗ để ghi tay.")
    forms = [Form("cap", _("Cấp bằng cho một danh hiệu"), _("Cấp bằng"), one, hint=hint)]
    if len(waiting) > 1:
        forms.append(
            Form("cap-nhieu", _("Cấp bằng cho mọi danh hiệu chưa có"), _("Cấp tất cả"), hint=f"{many} {hint}")
        )
    return forms


def _named(each: Awaiting) -> str:
    return f"{each.place}: {each.title} {each.year} ({each.decided_by})"


def _wording_inputs(told: CertificateView | None = None) -> list[Input]:
    hint = _("Để trống: lấy theo quyết định")
    held = told.facts if told else {}
    return [
        Input(
            "authority",
            _("Cơ quan công nhận, in ở đầu bằng"),
            hint=hint,
            required=False,
            value=held.get("authority", ""),
        ),
        Input("signer", _("Chức danh người ký"), hint=hint, required=False, value=held.get("signer", "")),
        Input(
            "signed_in",
            _("Nơi ký"),
            hint=_("Ví dụ: Phú Lương"),
            required=False,
            value=held.get("signed_in", ""),
        ),
        Input(
            "signed_on",
            _("Ngày ký bằng"),
            "day",
            hint=_("Để trống: ghi tay, nếu chưa rõ ngày quyết định"),
            required=False,
        ),
    ]


def _wording(typed: Reader, title_id: int) -> Wording:
    signed_on = typed.day_or_none("signed_on")
    typed.check()
    base = registers.suggested(title_id)
    return Wording(
        authority=typed.text("authority") or base.authority,
        signer=typed.text("signer") or base.signer,
        signed_in=typed.text("signed_in"),
        signed_on=signed_on or base.signed_on,
    )


def _issue(visit: Visit, typed: Reader) -> str:
    title_id = pages.key_of(typed.text("title"))
    if not title_id:
        raise Refusal(Fault(_("Hãy chọn một danh hiệu."), "title"))
    row = running.issue(
        by=visit.by,
        at=visit.now,
        title_id=title_id,
        address=address(),
        wording=_wording(typed, title_id),
        uid=typed.uid(),
    )
    return _("Đã cấp bằng số %(number)s.") % {"number": row.facts["register"]}


def _issue_many(visit: Visit, place_id: int, typed: Reader) -> str:
    waiting = [
        each.title_id
        for each in registers.awaiting(place_id, on=visit.today)
        if not visit.refusal(deeds.PERMISSION, each.place_id)
    ]
    if not waiting:
        raise Refusal(_("Không còn danh hiệu nào chưa có bằng mà chức danh này được cấp."))
    running.ask_for_many(by=visit.by, title_ids=waiting, address=address())
    return _("Đang cấp %(n)s bằng. Hãy mở lại trang này sau ít phút.") % {"n": len(waiting)}


@open_to_all
def certificate(visit: Visit, certificate_id: int) -> HttpResponse:
    """One certificate: its picture, what it says, its signatures; issuing it anew."""
    view = registers.certificate(certificate_id, on=visit.today)
    place = pages.place_of(view.place_id)
    signatures = registers.signatures_in(view, at=visit.now)
    again = reverse("office:certificate", args=[certificate_id])
    extra = {
        "certificate": view,
        "versions": [
            each for each in registers.of_title(view.title_id, on=visit.today) if each.id != view.id
        ],
        "signatures": [(words.state_of(each), each.is_good, words.facts_of(each)) for each in signatures],
        "state": state_words(view),
        "signing": signing_proofs.shown(
            visit,
            kind="certificate",
            ref=str(view.uid),
            place_id=view.place_id,
            label=_("bằng công nhận số %(number)s, %(place)s")
            % {"number": view.register, "place": view.place},
            back=again,
        ),
    }

    def page() -> Page:
        facts = [*facts_of(view), (_("Cấp bởi"), view.by)]
        if view.reason:
            facts.append((_("Lý do cấp lại"), view.reason))
        return Page(
            room="certificates",
            heading=_("Bằng công nhận số %(number)s") % {"number": view.register},
            back=(reverse("office:certificates", args=[place.id]), _("Sổ cấp bằng công nhận")),
            facts=[*facts, (_("Dấu số SHA-256 của tệp"), view.signed_sha256 or view.sha256)],
            notes=list(view.facts["marks"]),
            forms=[] if is_visitor(visit) or view.state != registers.IN_FORCE else [_again(visit, view)],
            extra=extra,
            template="office/recognition/certificate.html",
        )

    return pages.answer(visit, place, page, {"cap-lai": partial(_reissue, visit, view)})


def _again(visit: Visit, view: CertificateView) -> Form:
    inputs = [Input("reason", _("Lý do"), hint=_("Mất, hỏng, in sai chỗ nào")), *_wording_inputs(view)]
    refusal = visit.refusal(deeds.PERMISSION, view.place_id)
    hint = _("Bằng mới mang số mới; bằng này được ghi là đã thay.")
    return Form("cap-lai", _("Cấp lại bằng này"), _("Cấp lại"), inputs, refusal, hint)


def _reissue(visit: Visit, view: CertificateView, typed: Reader) -> str:
    if not typed.text("reason"):
        raise Refusal(Fault(_("Hãy ghi lý do cấp lại: mất, hỏng, in sai chỗ nào."), "reason"))
    row = running.issue(
        by=visit.by,
        at=visit.now,
        title_id=view.title_id,
        address=address(),
        wording=_wording(typed, view.title_id),
        reason=typed.text("reason"),
        uid=typed.uid(),
    )
    return _("Đã cấp lại: bằng số %(number)s, ngày %(day)s.") % {
        "number": row.facts["register"],
        "day": day_words(row.issued_on),
    }
