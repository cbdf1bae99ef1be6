"""The page of a dossier of withdrawal: what was found, the explanation, the proposal, the decision."""

from functools import partial

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from chungtay.core.language import day_words
from chungtay.office.answers import Visit, for_officers
from chungtay.office.community import pages
from chungtay.office.community.pages import Column, Form, Input, Item, Page, Table
from chungtay.office.community.reader import Reader
from chungtay.office.recognition import title_words as words
from chungtay.office.recognition.title_page import decision, decision_inputs
from chungtay.people import roles
from chungtay.recognition.titles import upkeep, withdrawals
from chungtay.recognition.titles.procedures import deciding_role
from chungtay.recognition.titles.queries import TitleView
from chungtay.recognition.titles.withdrawals import KEEP, WITHDRAW, CaseView
from chungtay.territory import queries as territory
from chungtay.territory.queries import PlaceView


@for_officers
def case(visit: Visit, case_id: int) -> HttpResponse:
    """One dossier; and the next deed in it."""
    told = withdrawals.case_of(case_id)
    row = upkeep.of_title(told.title_id, on=visit.today)
    place = row.place or pages.place_of(row.title.place_id)
    deeds = {
        "giai-trinh": partial(_explain, visit, case_id),
        "de-xuat": partial(_propose, visit, case_id),
        "ket-luan": partial(_conclude, visit, case_id),
    }
    return pages.answer(visit, place, lambda: _page(visit, told, row.title, place), deeds)


def _page(visit: Visit, told: CaseView, given: TitleView, place: PlaceView) -> Page:
    word, counts = words.withdrawal_words(told.found.withdrawal, visit.language)
    found = told.found.withdrawal
    facts = [
        (_("Danh hiệu"), f"{given.title}, {given.year}"),
        (_("Mở ngày"), f"{day_words(told.opened_on)}; {roles.label_in_words(told.by)}"),
        (_("Theo quy định thu hồi"), f"{word}. {counts}" if counts else word),
        (
            _("Căn cứ pháp lý"),
            found.clause.in_(visit.language) or _("chưa thấy quy định thu hồi danh hiệu này"),
        ),
        *([(_("Trường hợp"), found.threshold_text.in_(visit.language))] if found.threshold_text.vi else []),
        (
            _("Người giải trình"),
            roles.label_in_words(told.explained_by) if told.explained_by else _("chưa có"),
        ),
        (_("Đề xuất xử lý"), _outcome(told.proposal, told.proposed_by, told.proposal_reason)),
        (_("Kết luận"), _concluded(told)),
    ]
    notes = (
        []
        if told.intact
        else [_("Nội dung đã giữ khi mở hồ sơ không khớp dấu số: dữ liệu bị sửa ngoài hệ thống.")]
    )
    texts = [(_("Vì sao mở hồ sơ"), told.reason)]
    if told.explanation:
        texts.append((_("Lời giải trình"), told.explanation))
    return Page(
        room="titles",
        heading=_("Hồ sơ thu hồi danh hiệu"),
        lead=_("Số liệu dưới đây được giữ nguyên từ ngày mở hồ sơ."),
        back=(reverse("office:title", args=[given.id]), _("Trang danh hiệu")),
        notes=notes,
        facts=facts,
        texts=texts,
        tables=[_criteria(visit, told)],
        forms=_forms(visit, told, given, place),
    )


def _outcome(code: str, by: str, reason: str) -> str:
    if not code:
        return _("chưa có")
    word = {WITHDRAW: _("thu hồi"), KEEP: _("giữ danh hiệu")}[code]
    return f"{word}: {reason} ({roles.label_in_words(by)})"


def _concluded(told: CaseView) -> str:
    if not told.outcome or told.outcome_on is None:
        return _("chưa có")
    number = told.decision_number or _("số quyết định chưa rõ")
    words_ = _outcome(told.outcome, told.outcome_by, told.outcome_reason)
    return f"{words_}; {told.decided_by}, {number}, {day_words(told.outcome_on)}"


def _criteria(visit: Visit, told: CaseView) -> Table:
    """The criteria as they were found, those not met first."""
    order = {"not_met": 0, "unknown": 1, "met": 2, "excused": 3}
    found = sorted(told.found.judged.criteria, key=lambda each: order[each.verdict.value])
    word = {
        "met": _("đạt"),
        "not_met": _("chưa đạt"),
        "unknown": _("chưa biết"),
        "excused": _("được miễn"),
    }
    rows = [
        [
            Item(f"{each.code}. {each.label.in_(visit.language)}"),
            Item(word[each.verdict.value]),
            Item(_why(visit, each)),
        ]
        for each in found
    ]
    return Table(
        _("Từng tiêu chí khi mở hồ sơ"),
        [Column(_("Tiêu chí")), Column(_("Kết quả")), Column(_("Số và mức"))],
        rows,
    )


def _why(visit: Visit, criterion: object) -> str:
    """The numbers that made a criterion what it was found to be; the law's words where there is no number."""
    told = []
    for leaf in criterion.walk():  # type: ignore[attr-defined]
        if leaf.kind in ("compare", "share") and leaf.verdict is criterion.verdict:  # type: ignore[attr-defined]
            value, need = leaf.value_text.in_(visit.language), leaf.threshold_text.in_(visit.language)
            told.append(_("%(value)s; mức: %(need)s") % {"value": value, "need": need})
    return "; ".join(told[:3]) or "–"


def _forms(visit: Visit, told: CaseView, given: TitleView, place: PlaceView) -> list[Form]:
    if told.outcome:
        return []
    choices = [(WITHDRAW, _("thu hồi danh hiệu")), (KEEP, _("giữ danh hiệu"))]
    forms = []
    if not told.proposal:
        inputs = [Input("text", _("Lời giải trình"), "textarea", value=told.explanation)]
        refusal = visit.refusal("recognition.prepare", place.id)
        forms.append(Form("giai-trinh", _("Ghi giải trình của nơi giữ danh hiệu"), _("Ghi"), inputs, refusal))
        inputs = [
            Input("proposal", _("Đề xuất"), "radio", choices=choices),
            Input("reason", _("Lý do"), "textarea", _("Nếu nơi giữ danh hiệu không giải trình thì ghi rõ.")),
        ]
        refusal = visit.refusal("recognition.withdraw", place.id)
        forms.append(Form("de-xuat", _("Ghi đề xuất xử lý"), _("Ghi"), inputs, refusal))
        return forms
    role = deciding_role(given.standard_code, visit.today)
    above = [(each.id, each.full_address) for each in reversed(territory.ancestors(place.id, visit.today))]
    hint = _("Thẩm quyền hiện nay: %(role)s.") % {"role": role.name.in_(visit.language)} if role else ""
    inputs = [
        Input("outcome", _("Kết luận"), "radio", choices=choices),
        Input("authority", _("Cơ quan của địa bàn nào quyết định"), "select", hint, above),
        *decision_inputs(visit),
        Input("reason", _("Lý do"), "textarea"),
    ]
    refusal = visit.refusal("recognition.withdraw", place.id)
    return [Form("ket-luan", _("Ghi quyết định của cấp có thẩm quyền"), _("Ghi"), inputs, refusal)]


def _explain(visit: Visit, case_id: int, typed: Reader) -> str:
    withdrawals.explain(by=visit.by, at=visit.now, case_id=case_id, text=typed.text("text"))
    return _("Đã ghi giải trình.")


def _propose(visit: Visit, case_id: int, typed: Reader) -> str:
    withdrawals.propose(
        by=visit.by,
        at=visit.now,
        case_id=case_id,
        proposal=typed.text("proposal"),
        reason=typed.text("reason"),
    )
    return _("Đã ghi đề xuất.")


def _conclude(visit: Visit, case_id: int, typed: Reader) -> str:
    told = decision(typed)
    typed.check()
    withdrawals.conclude(
        by=visit.by,
        at=visit.now,
        case_id=case_id,
        outcome=typed.text("outcome"),
        outcome_on=told.pop("on"),
        authority_id=pages.key_of(typed.text("authority")),
        reason=typed.text("reason"),
        **told,
    )
    return _("Đã ghi kết luận.")
