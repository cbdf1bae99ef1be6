"""What a deed on a place must satisfy; each check raises a Refusal that says what to do instead."""

from dataclasses import replace
from datetime import date

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
        faults.append(Fault("Hãy ghi tên.", field="name"))
    if len(name) > names.MAX_NAME:
        faults.append(Fault(f"Tên dài quá {names.MAX_NAME} chữ cái. Hãy ghi tên ngắn hơn.", field="name"))
    if len(kind) > names.MAX_KIND:
        faults.append(
            Fault(f"Loại dài quá {names.MAX_KIND} chữ cái. Hãy ghi gọn, ví dụ “xóm”.", field="kind")
        )
    if faults:
        raise Refusal(*faults)
    return name, kind


def check_levels(above: Place, level: str) -> None:
    """A place of `level` may stand directly below `above`."""
    if above.level not in PARENT_LEVELS.get(level, ()):
        wanted = Level(level).label if level in Level.values else level
        sentence = f"“{wanted}” không đặt được ngay dưới “{Level(above.level).label}”. Hãy chọn nơi trực tiếp bên trên."
        raise Refusal(Fault(sentence, field="parent"))


def check_parent_lives(above: Place, line: list[Stretch], valid_from: date | None) -> None:
    """A known first day must be one the parent has; an unknown one lets the child begin with the parent."""
    if valid_from is not None:
        try:
            as_of(above.pk, valid_from)
        except Refusal as refusal:
            raise Refusal(*(replace(fault, field="parent") for fault in refusal.faults)) from None
    if not line:
        raise Refusal(Fault("Nơi bên trên không còn. Hãy chọn nơi kế tiếp.", field="parent"))


def check_no_twin(name: str, kind: str, first: Stretch) -> None:
    """No sibling bears that kind and name on the first day. Later meetings, in a merged commune, are no fault."""
    siblings = PlaceState.objects.filter(parent_id=first.parent_id, name_folded=fold(name), kind=kind)
    day = first.valid_from
    siblings = siblings.filter(valid_from__isnull=True) if day is None else siblings.filter(lives_on(day))
    if any(sibling.name.casefold() == name.casefold() for sibling in siblings):
        where = as_of(first.parent_id, day).full_name if day else latest(first.parent_id).full_name
        raise Refusal(
            Fault(
                f"{names.opening(where)} đã có {names.full(kind, name)} vào ngày đó. "
                "Hãy dùng nơi đã có, hoặc ghi tên khác.",
                field="name",
            )
        )
