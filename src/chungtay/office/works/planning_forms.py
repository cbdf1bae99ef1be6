"""What deeds before a work starts ask for, and how they are done: deciding, funding, contracting."""

from typing import Any

from django.utils.translation import gettext as _

from chungtay.community.meetings import queries as community
from chungtay.ledger.sources import UNSPLIT, Source
from chungtay.office.answers import Visit
from chungtay.office.forms import Field, Values
from chungtay.office.works.form_fields import day_field
from chungtay.works import actions, queries
from chungtay.works.queries import WorkView
from viet.dates import format_day
from viet.numbers import format_number


def decide(_visit: Visit, work: WorkView) -> list[Field]:
    made = [each for each in community.decisions_of(work.row.place_id) if each.passed is not False]
    choices = [("", _("không có trong sổ, ghi theo biên bản dưới đây"))]
    choices += [
        (str(each.id), f"{format_day(each.decided_on)}: {each.subject}")
        for each in made
        if not each.replaced_by
    ]
    return [
        Field("decision", _("Quyết định của cuộc họp"), "select", required=False, choices=choices),
        Field("on", _("Ngày họp quyết"), "day", required=False),
        Field(
            "document", _("Biên bản, nghị quyết"), required=False, hint=_("Số và ngày của biên bản họp thôn")
        ),
        Field("words", _("Dân quyết thế nào"), "textarea", required=False),
    ]


def run_decide(who: dict[str, Any], _work: WorkView, values: Values) -> Any:
    chosen = values.pop("decision")
    return actions.decide(**who, **values, decision_id=int(chosen) if chosen.isdecimal() else None)


def fund(visit: Visit, work: WorkView) -> list[Field]:
    planned = {row.source: row.planned_dong for row in work.sources}
    return [
        day_field(_("Ngày xếp vốn"), visit),
        Field("document", _("Văn bản"), required=False),
        *(
            Field(
                source.value,
                str(source.label),
                "money",
                unit=_("đồng"),
                required=False,
                value=format_number(planned[source]) if planned.get(source) else "",
            )
            for source in _plannable(work)
        ),
    ]


def _plannable(work: WorkView) -> list[Source]:
    """The sources a plan may name, and those this one names already from papers that split them no further."""
    planned = {row.source for row in work.sources if row.planned_dong}
    return [source for source in Source if source not in UNSPLIT or source.value in planned]


def run_fund(who: dict[str, Any], _work: WorkView, values: Values) -> Any:
    sources = {source.value: values[source] for source in Source if values.get(source) is not None}
    return actions.fund(**who, on=values["on"], document=values["document"], sources=sources)


def contract(visit: Visit, work: WorkView) -> list[Field]:
    known = work.contract
    planned = sum(row.planned_dong for row in work.sources)
    return [
        day_field(_("Ngày ký"), visit),
        Field("number", _("Số hợp đồng"), required=False),
        Field("builder_kind", _("Ai làm"), "select", choices=queries.builders()),
        Field(
            "builder",
            _("Bên nhận làm"),
            hint=_("Tên doanh nghiệp, hợp tác xã, tổ thợ; không ghi tên người"),
            value=known.builder if known else "",
        ),
        Field(
            "value",
            _("Giá trị hợp đồng"),
            "money",
            unit=_("đồng"),
            hint=_("Vốn đã xếp: %(planned)s đồng") % {"planned": format_number(planned)},
        ),
        Field("start", _("Dự kiến khởi công"), "day", required=False),
        Field("end", _("Dự kiến xong"), "day", required=False),
    ]


def run_contract(who: dict[str, Any], _work: WorkView, values: Values) -> Any:
    told = {key: values[key] for key in ("on", "number", "builder", "builder_kind", "start", "end")}
    return actions.contract(**who, **told, value_dong=values["value"])
