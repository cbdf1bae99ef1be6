"""What a deed on a place must satisfy; each check raises a Refusal that says what to do instead."""

from dataclasses import replace
from datetime import date

from django.utils.translation import gettext as _

from chungtay.core.refusals import Fault, Refusal
from chungtay.territory import names
from chungtay.territory.lines import Stretch
from chungtay.territory.models import PARENT_LEVELS, Level, Place, PlaceState, lives_on
from chungtay.territory.queries import as_of, latest
from viet.letters import fold


def worded(name: str, kind: str) -> tuple[str, str]:
    """Name and kind cleaned for keeping; refused when blank or too long."""
    name, kind = names.clean(name), names.clean(kind).lower()
    faults = []
    if not name:
        faults.append(Fault(_("Hãy ghi tên."), field="name"))
    if len(name) > names.MAX_NAME:
        sentence = _("Tên dài quá %(limit)s chữ cái. Hãy ghi tên ngắn hơn.") % {"limit": names.MAX_NAME}
        faults.append(Fault(sentence, field="name"))
    if len(kind) > names.MAX_KIND:
        sentence = _("Loại dài quá %(limit)s chữ cái. Hãy ghi gọn, ví dụ “xóm”.") % {"limit": names.MAX_KIND}
        faults.append(Fault(sentence, field="kind"))
    if faults:
        raise Refusal(*faults)
    return name, kind


def check_levels(above: Place, level: str) -> None:
    """A place of `level` may stand directly below `above`."""
    if above.level not in PARENT_LEVELS.get(level, ()):
        wanted = Level(level).label if level in Level.values else level
        sentence = _("“%(level)s” không đặt được ngay dưới “%(above)s”. Hãy chọn nơi trực tiếp bên trên.")
        told = {"level": wanted, "above": Level(above.level).label}
        raise Refusal(Fault(sentence % told, field="parent"))


def check_parent_lives(above: Place, line: list[Stretch], valid_from: date | None) -> None:
    """A known first day must be one the parent has; an unknown one lets the child begin with the parent."""
    if valid_from is not None:
        try:
            as_of(above.pk, valid_from)
        except Refusal as refusal:
            raise Refusal(*(replace(fault, field="parent") for fault in refusal.faults)) from None
    if not line:
        raise Refusal(Fault(_("Nơi bên trên không còn. Hãy chọn nơi kế tiếp."), field="parent"))


def check_no_twin(name: str, kind: str, first: Stretch) -> None:
    """No sibling bears that kind and name on the first day. Later meetings, in a merged commune, are no fault."""
    siblings = PlaceState.objects.filter(parent_id=first.parent_id, name_folded=fold(name), kind=kind)
    day = first.valid_from
    siblings = siblings.filter(valid_from__isnull=True) if day is None else siblings.filter(lives_on(day))
    if any(sibling.name.casefold() == name.casefold() for sibling in siblings):
        where = as_of(first.parent_id, day).full_name if day else latest(first.parent_id).full_name
        sentence = _("%(above)s đã có %(place)s vào ngày đó. Hãy dùng nơi đã có, hoặc ghi tên khác.")
        told = {"above": names.opening(where), "place": names.full(kind, name)}
        raise Refusal(Fault(sentence % told, field="name"))
