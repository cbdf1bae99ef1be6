"""Forms and deeds of what hangs on a record: households, steps of a code, ratings of a product."""

from collections.abc import Callable

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from chungtay.core.language import day_words
from chungtay.core.refusals import Fault, Refusal
from chungtay.office import present
from chungtay.office.answers import Visit, day_in_life
from chungtay.office.community import pages
from chungtay.office.community.pages import Form, Input
from chungtay.office.community.reader import Reader
from chungtay.registers.livelihood import actions, queries, rules
from chungtay.registers.livelihood.queries import Record
from rulebook import Period
from viet.numbers import format_number


def hanging_forms(visit: Visit, shown: Record, sees: bool) -> list[Form]:
    """The forms of a kind. sees: whether the reader may know households."""
    if shown.kind.code == "product":
        return _rating_forms(shown)
    if shown.kind.code not in ("producer", "code"):
        return []
    found = _step_forms(shown) if shown.kind.code == "code" else []
    return found + (_household_forms(visit, shown) if sees else [])


def _household_forms(visit: Visit, shown: Record) -> list[Form]:
    is_code = shown.kind.code == "code"
    hint = _("Mã trong sổ hộ gia đình; nhiều hộ thì mỗi hộ một dòng")
    code = Input("household", _("Mã hộ"), "textarea", hint)
    if is_code:
        code = Input("household", _("Mã hộ"), hint=_("Mã trong sổ hộ gia đình"))
        inputs = [code, Input("area", _("Diện tích của hộ"), "number", required=False, unit="ha")]
        standing = queries.households_of_code(shown.id, seen_by=visit.by, at_place=shown.place_id)
        titles = _("Thêm hộ vào vùng trồng"), _("Ghi hộ thôi trồng")
    else:
        inputs = [code, Input("since", _("Vào từ ngày"), "day", required=False)]
        standing = queries.members(shown.id, seen_by=visit.by, at_place=shown.place_id)
        titles = _("Thêm hộ thành viên"), _("Ghi hộ thôi là thành viên")
    forms = [Form("them-ho", titles[0], _("Thêm"), [*inputs, *pages.origin_inputs()])]
    left = [(each.id, each.code) for each in standing if each.ended_on is None]
    if left:
        which = Input("which", _("Mã hộ"), "select", choices=left)
        forms.append(Form("thoi-ho", titles[1], _("Ghi"), [which, Input("on", _("Thôi từ ngày"), "day")]))
    return forms


def _household(visit: Visit, shown: Record, code: str) -> int:
    """The household of that code at or around the record's place."""
    place = pages.place_of(shown.place_id)
    found = queries.listed_households(shown.place_id, day_in_life(place, visit.today)).get(code, [])
    if len(found) == 1:
        return found[0]
    told = {"code": code}
    if found:
        sentence = _("Mã hộ %(code)s có ở nhiều thôn. Hãy ghi ở bản ghi của từng thôn.") % told
        raise Refusal(Fault(sentence, "household"))
    sentence = _("Không có hộ mã %(code)s trong sổ hộ ở đây. Hãy xem lại mã.") % told
    raise Refusal(Fault(sentence, "household"))


def _add_members(visit: Visit, shown: Record, typed: Reader) -> str:
    since = typed.day_or_none("since")
    typed.check()
    codes = list(dict.fromkeys(typed.lines("household")))
    if not codes:
        raise Refusal(Fault(_("Hãy ghi mã hộ."), "household"))
    ids = [_household(visit, shown, code) for code in codes]
    actions.add_members(
        by=visit.by, at=visit.now, producer_id=shown.id, household_ids=ids, since=since, **pages.origin(typed)
    )
    return ngettext("Đã thêm %(n)s hộ.", "Đã thêm %(n)s hộ.", len(ids)) % {"n": len(ids)}


def _end_member(visit: Visit, _shown: Record, typed: Reader) -> str:
    on = typed.day("on")
    typed.check()
    actions.end_member(by=visit.by, at=visit.now, member_id=pages.key_of(typed.text("which")), on=on)
    return _("Đã ghi.")


def _add_household(visit: Visit, shown: Record, typed: Reader) -> str:
    area = typed.number_or_none("area")
    typed.check()
    household = _household(visit, shown, typed.text("household"))
    more = {"household_id": household, "area_ha": area, "uid": typed.uid(), **pages.origin(typed)}
    actions.add_household(by=visit.by, at=visit.now, code_id=shown.id, **more)
    return _("Đã thêm hộ.")


def _end_household(visit: Visit, _shown: Record, typed: Reader) -> str:
    on = typed.day("on")
    typed.check()
    actions.end_household(by=visit.by, at=visit.now, row_id=pages.key_of(typed.text("which")), on=on)
    return _("Đã ghi.")


def _step_forms(shown: Record) -> list[Form]:
    inputs = [
        Input("move", _("Bước"), "select", choices=queries.moves_after(shown)),
        Input("on", _("Ngày"), "day", _("Chỉ biết năm thì bỏ trống ô này"), required=False),
        Input("year", _("Hoặc năm"), "number", required=False),
        Input("document", _("Văn bản"), required=False),
        Input("words", _("Ghi thêm"), "textarea", required=False),
        *pages.origin_inputs(),
    ]
    forms = [Form("buoc", _("Ghi bước tiếp theo của mã"), _("Ghi"), inputs)]
    if shown.steps:
        last = shown.steps[0]
        told = {"step": last.words, "when": present.period_words(last.period)}
        title = _("Gạch bước ghi nhầm: %(step)s, %(when)s") % told
        strike = [Input("which", "", "hidden", value=str(last.id)), Input("reason", _("Lý do"))]
        forms.append(Form("gach-buoc", title, _("Gạch bước này"), strike))
    return forms


def _step(visit: Visit, shown: Record, typed: Reader) -> str:
    day, year = typed.day_or_none("on"), typed.whole_or_none("year")
    typed.check()
    if day is None and not (year and 1945 <= year <= visit.today.year):
        raise Refusal(Fault(_("Hãy ghi ngày, hoặc ít nhất là năm."), "on"))
    period = Period.day(day) if day else Period.year(year or 0)
    actions.step(
        by=visit.by,
        at=visit.now,
        code_id=shown.id,
        move=typed.text("move"),
        period=period,
        document=typed.text("document"),
        words=typed.text("words"),
        uid=typed.uid(),
        **pages.origin(typed),
    )
    return _("Đã ghi bước của mã.")


def _strike_step(visit: Visit, _shown: Record, typed: Reader) -> str:
    which = pages.key_of(typed.text("which"))
    actions.strike_step(by=visit.by, at=visit.now, step_id=which, reason=typed.text("reason"))
    return _("Đã gạch bước.")


def _rating_forms(shown: Record) -> list[Form]:
    months = format_number(rules.limit("ocop_months").number)
    told = {"n": months, "ground": rules.limit("ocop_months").ground}
    hint = _("Hạng sao có giá trị %(n)s tháng từ ngày quyết định (%(ground)s).") % told
    inputs = [
        Input("stars", _("Số sao"), "select", choices=[(n, str(n)) for n in range(1, 6)], value="3"),
        Input("score", _("Điểm"), "number", required=False, hint=_("Trên 100; chưa rõ thì bỏ trống")),
        Input(
            "decided_on", _("Ngày quyết định"), "day", _("Chỉ biết năm thì bỏ trống ô này"), required=False
        ),
        Input("year", _("Hoặc năm"), "number", required=False),
        Input("decision", _("Số quyết định"), required=False),
        Input("decided_by", _("Cơ quan quyết định"), required=False),
        *pages.origin_inputs(),
    ]
    forms = [Form("xep-hang", _("Ghi hạng sao"), _("Ghi"), inputs, hint=hint)]
    if shown.ratings:
        listed = [
            (each.id, f"{each.stars}★ {day_words(each.decided_on) if each.decided_on else each.year}")
            for each in shown.ratings
        ]
        strike = [Input("which", _("Lần xếp hạng"), "select", choices=listed), Input("reason", _("Lý do"))]
        forms.append(Form("gach-hang", _("Gạch hạng sao ghi nhầm"), _("Gạch"), strike))
    return forms


def _rate(visit: Visit, shown: Record, typed: Reader) -> str:
    stars, score = typed.whole("stars"), typed.number_or_none("score")
    decided_on, year = typed.day_or_none("decided_on"), typed.whole_or_none("year")
    typed.check()
    actions.rate(
        by=visit.by,
        at=visit.now,
        product_id=shown.id,
        stars=stars,
        score=score,
        decided_on=decided_on,
        year=year,
        decision=typed.text("decision"),
        decided_by=typed.text("decided_by"),
        uid=typed.uid(),
        **pages.origin(typed),
    )
    return _("Đã ghi hạng sao.")


def _strike_rating(visit: Visit, _shown: Record, typed: Reader) -> str:
    which = pages.key_of(typed.text("which"))
    actions.strike_rating(by=visit.by, at=visit.now, rating_id=which, reason=typed.text("reason"))
    return _("Đã gạch hạng sao.")


HANGING_DEEDS: dict[str, dict[str, Callable[[Visit, Record, Reader], str]]] = {
    "producer": {"them-ho": _add_members, "thoi-ho": _end_member},
    "code": {
        "them-ho": _add_household,
        "thoi-ho": _end_household,
        "buoc": _step,
        "gach-buoc": _strike_step,
    },
    "product": {"xep-hang": _rate, "gach-hang": _strike_rating},
}
