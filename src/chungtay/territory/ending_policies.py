"""What merging, absorbing, splitting and abolishing must satisfy; each check raises a Refusal that says what to do."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from chungtay.core.refusals import Fault, Refusal
from chungtay.territory import names
from chungtay.territory.endings import Held
from chungtay.territory.lines import Stretch, line_of, parts_at
from chungtay.territory.models import Level, Place, PlaceState, Succession
from chungtay.territory.paths import ids_of
from chungtay.territory.policies import check_levels, check_parent_lives
from viet.dates import format_day

MAX_CODE = 20


def document(instrument: str) -> str:
    """The document behind the deed, cleaned; refused when blank."""
    cleaned = names.clean(instrument)
    if not cleaned:
        sentence = "Hãy ghi văn bản quyết định việc này, ví dụ “Nghị quyết số 12/NQ-HĐND ngày 05/3/2026”."
        raise Refusal(Fault(sentence, field="instrument"))
    return cleaned


def coded(code: str) -> str:
    cleaned = names.clean(code)
    if len(cleaned) > MAX_CODE:
        raise Refusal(Fault(f"Mã dài quá {MAX_CODE} ký tự. Hãy ghi đúng mã, hoặc để trống.", field="code"))
    return cleaned


def check_enough(place_ids: Sequence[int]) -> None:
    if len(set(place_ids)) < 2:
        raise Refusal(Fault("Hãy chọn ít nhất hai nơi để nhập lại với nhau.", field="places"))


def check_one_level(held: Sequence[Held], field: str) -> None:
    first = held[0]
    faults = [
        Fault(
            f"{names.opening(first.full_name)} ở cấp “{_level(first)}” còn {other.full_name} ở cấp “{_level(other)}”. "
            "Hãy chọn các nơi cùng một cấp.",
            field=field,
        )
        for other in held[1:]
        if other.place.level != first.place.level
    ]
    _refuse(faults)


def check_may_end(held: Iterable[Held], on: date) -> None:
    """Each lived before the day, has no end yet, and nothing about it is written from that day on."""
    held = list(held)
    heirs = Succession.objects.filter(successor_id__in=[each.id for each in held], on__gte=on)
    since = dict(heirs.order_by("-on").values_list("successor_id", "on"))  # the first day replaces later ones
    faults = [_why_not_end(each, on, since.get(each.id)) for each in held]
    _refuse([Fault(sentence, field="on") for sentence in faults if sentence])


def _why_not_end(held: Held, on: date, heir_since: date | None) -> str:
    name = names.opening(held.full_name)
    if held.place.level == Level.NATION:
        return "Cả nước thì không nhập, không chia và không bỏ được. Hãy chọn nơi khác."
    if held.place.valid_to is not None:
        ended = format_day(held.place.valid_to)
        return f"Đã ghi {held.full_name} không còn từ ngày {ended}. Hãy chọn nơi kế tiếp."
    if held.states[0].valid_from is not None and held.states[0].valid_from >= on:
        return f"{name} mới có từ chính ngày {format_day(on)}. Hãy chọn một ngày sau đó."
    if heir_since is not None:
        since = format_day(heir_since)
        return f"Đã ghi {held.full_name} nhận thêm nơi khác từ ngày {since}. Hãy chọn một ngày sau đó."
    if changed := held.later_change(on):
        return f"Đã ghi một thay đổi của {held.full_name} từ ngày {format_day(changed)}. Hãy chọn một ngày sau đó."
    return ""


def check_only_followed(held: Iterable[Held], on: date) -> None:
    """Since the day, none was moved by itself: each only went along with what stands above it."""
    lines: dict[int, list[Stretch]] = {}
    faults = []
    for each in held:
        if len(each.line) == 1:
            continue
        parent = each.line[0].parent_id
        followed = lines.setdefault(parent, line_of(parent, on) if parent not in lines else [])
        if moved := parts_at(followed, each.line[: len(followed)]):
            faults.append(
                Fault(
                    f"Đã ghi {each.full_name} chuyển đi từ ngày {format_day(moved)}. Hãy chọn một ngày sau đó.",
                    field="on",
                )
            )
    _refuse(faults)


def check_apart(held: Sequence[Held], on: date) -> None:
    """None stands inside another on that day or later."""
    for outer in held:
        for inner in held:
            if inner is not outer and any(outer.id in ids_of(path) for path in inner.paths_from(on)):
                sentence = (
                    f"{names.opening(inner.full_name)} nằm bên trong {outer.full_name}. "
                    f"Hãy nhập {inner.full_name} vào {outer.full_name} trước."
                )
                raise Refusal(Fault(sentence, field="places"))


def line_of_merged(held: Sequence[Held], above: Place | None, on: date) -> list[Stretch]:
    """Where the place made of these belongs from the day on: with them, or under the new parent given."""
    parents = {each.current.parent_id for each in held}
    if above is not None and parents != {above.pk}:
        return _line_under(above, held, on)
    first = held[0]
    for other in held[1:]:
        if other.current.parent_id != first.current.parent_id:
            sentence = (
                f"{names.opening(first.full_name)} và {other.full_name} không có chung nơi bên trên. "
                "Hãy chọn nơi bên trên của nơi mới."
            )
            raise Refusal(Fault(sentence, field="parent"))
        if parted := parts_at(first.line, other.line):
            sentence = (
                f"Đã ghi {first.full_name} và {other.full_name} thuộc hai nơi khác nhau từ ngày {format_day(parted)}. "
                "Hãy chọn một ngày sau đó."
            )
            raise Refusal(Fault(sentence, field="on"))
    return first.line


def _line_under(above: Place, held: Sequence[Held], on: date) -> list[Stretch]:
    check_levels(above, held[0].place.level)
    line = line_of(above.pk, on)
    check_parent_lives(above, line, on)
    if any(each.id in ids_of(stretch.parent_path) for each in held for stretch in line):
        raise Refusal(Fault("Không thể đặt một nơi vào bên trong chính nó.", field="parent"))
    if line[-1].valid_to is not None:
        sentence = (
            f"Nơi bên trên đã chọn không còn rõ từ ngày {format_day(line[-1].valid_to)}. "
            "Hãy chọn nơi bên trên khác, hoặc một ngày sau đó."
        )
        raise Refusal(Fault(sentence, field="parent"))
    check_only_followed(held, on)
    return line


def check_may_absorb(heir: Held, absorbed: Sequence[Held], on: date) -> None:
    """The heir goes on for good, beside or above what it takes in."""
    if heir.place.valid_to is not None:
        ended = format_day(heir.place.valid_to)
        raise Refusal(
            Fault(f"Đã ghi {heir.full_name} không còn từ ngày {ended}. Hãy chọn nơi khác.", field="place")
        )
    faults = []
    for each in absorbed:
        beside = each.current.parent_id == heir.current.parent_id
        if any(each.id in ids_of(path) for path in heir.paths_from(on)):
            faults.append(
                f"{names.opening(heir.full_name)} nằm bên trong {each.full_name}. Hãy nhập theo chiều ngược lại."
            )
        elif not beside and heir.id not in ids_of(each.current.path):
            faults.append(
                f"{names.opening(each.full_name)} và {heir.full_name} không có chung nơi bên trên. "
                f"Hãy chuyển {each.full_name} về cùng nơi bên trên trước."
            )
        elif heir.line[-1].valid_to not in (None, each.line[-1].valid_to):
            since = format_day(heir.line[-1].valid_to or on)
            faults.append(
                f"Chưa rõ từ ngày {since} {heir.full_name} thuộc về đâu. Hãy ghi nơi này theo về đâu trước."
            )
    _refuse([Fault(sentence, field="absorbed") for sentence in faults])


def check_shared_out(whole: str, children: Mapping[int, str], shares: Sequence[Sequence[int]]) -> None:
    """Every child stands in exactly one share, and nobody else's child in any."""
    if len(shares) < 2:
        raise Refusal(Fault("Hãy ghi ít nhất hai phần.", field="parts"))
    times = Counter(child for share in shares for child in share)
    missing = [name for child, name in children.items() if child not in times]
    doubled = [children[child] for child, count in times.items() if count > 1 and child in children]
    strangers = sorted(child for child in times if child not in children)
    faults = []
    if missing:
        faults.append(f"Chưa ghi thuộc phần nào: {', '.join(missing)}. Hãy ghi mỗi nơi vào đúng một phần.")
    if doubled:
        faults.append(f"Ghi nhiều hơn một lần: {', '.join(doubled)}. Hãy ghi mỗi nơi vào đúng một phần.")
    if strangers:
        known = {
            s.place_id: str(s)
            for s in PlaceState.objects.filter(place_id__in=strangers).order_by("-valid_from")
        }
        listed = ", ".join(known.get(child, f"số {child}") for child in strangers)
        faults.append(f"Không nằm ngay dưới {whole}: {listed}. Hãy bỏ ra khỏi các phần.")
    _refuse([Fault(sentence, field="parts") for sentence in faults])


def check_nothing_below(held: Held, children: Mapping[int, str]) -> None:
    if children:
        sentence = (
            f"{names.opening(held.full_name)} còn {len(children)} nơi bên dưới: {', '.join(children.values())}. "
            "Hãy chuyển các nơi ấy đi trước."
        )
        raise Refusal(Fault(sentence, field="place"))


def _level(held: Held) -> str:
    return str(Level(held.place.level).label)


def _refuse(faults: list[Fault]) -> None:
    if faults:
        raise Refusal(*faults)
