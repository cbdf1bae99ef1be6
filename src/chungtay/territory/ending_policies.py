"""What merging, absorbing, splitting and abolishing must satisfy; each check raises a Refusal that says what to do."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from django.utils.translation import gettext as _

from chungtay.core.language import day_words
from chungtay.core.refusals import Fault, Refusal
from chungtay.territory import names
from chungtay.territory.endings import Held
from chungtay.territory.lines import Stretch, line_of, parts_at
from chungtay.territory.models import Level, Place, PlaceState, Succession
from chungtay.territory.paths import ids_of
from chungtay.territory.policies import check_levels, check_parent_lives

MAX_CODE = 20


def document(instrument: str) -> str:
    """The document behind the deed, cleaned; refused when blank."""
    cleaned = names.clean(instrument)
    if not cleaned:
        sentence = _("Hãy ghi văn bản quyết định việc này, ví dụ “Nghị quyết số 12/NQ-HĐND ngày 05/3/2026”.")
        raise Refusal(Fault(sentence, field="instrument"))
    return cleaned


def coded(code: str) -> str:
    cleaned = names.clean(code)
    if len(cleaned) > MAX_CODE:
        sentence = _("Mã dài quá %(limit)s ký tự. Hãy ghi đúng mã, hoặc để trống.") % {"limit": MAX_CODE}
        raise Refusal(Fault(sentence, field="code"))
    return cleaned


def check_enough(place_ids: Sequence[int]) -> None:
    if len(set(place_ids)) < 2:
        raise Refusal(Fault(_("Hãy chọn ít nhất hai nơi để nhập lại với nhau."), field="places"))


def check_one_level(held: Sequence[Held], field: str) -> None:
    first = held[0]
    sentence = _(
        "%(first)s ở cấp “%(level)s” còn %(other)s ở cấp “%(other_level)s”. Hãy chọn các nơi cùng một cấp."
    )
    told = {"first": names.opening(first.full_name), "level": _level(first)}
    faults = [
        Fault(sentence % {**told, "other": other.full_name, "other_level": _level(other)}, field=field)
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
        return _("Cả nước thì không nhập, không chia và không bỏ được. Hãy chọn nơi khác.")
    if held.place.valid_to is not None:
        sentence = _("Đã ghi %(place)s không còn từ ngày %(day)s. Hãy chọn nơi kế tiếp.")
        return sentence % {"place": held.full_name, "day": day_words(held.place.valid_to)}
    if held.states[0].valid_from is not None and held.states[0].valid_from >= on:
        sentence = _("%(place)s mới có từ chính ngày %(day)s. Hãy chọn một ngày sau đó.")
        return sentence % {"place": name, "day": day_words(on)}
    if heir_since is not None:
        sentence = _("Đã ghi %(place)s nhận thêm nơi khác từ ngày %(day)s. Hãy chọn một ngày sau đó.")
        return sentence % {"place": held.full_name, "day": day_words(heir_since)}
    if changed := held.later_change(on):
        sentence = _("Đã ghi một thay đổi của %(place)s từ ngày %(day)s. Hãy chọn một ngày sau đó.")
        return sentence % {"place": held.full_name, "day": day_words(changed)}
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
            sentence = _("Đã ghi %(place)s chuyển đi từ ngày %(day)s. Hãy chọn một ngày sau đó.")
            told = {"place": each.full_name, "day": day_words(moved)}
            faults.append(Fault(sentence % told, field="on"))
    _refuse(faults)


def check_apart(held: Sequence[Held], on: date) -> None:
    """None stands inside another on that day or later."""
    for outer in held:
        for inner in held:
            if inner is not outer and any(outer.id in ids_of(path) for path in inner.paths_from(on)):
                sentence = _("%(Inner)s nằm bên trong %(outer)s. Hãy nhập %(inner)s vào %(outer)s trước.")
                told = {"inner": inner.full_name, "outer": outer.full_name}
                told["Inner"] = names.opening(inner.full_name)
                raise Refusal(Fault(sentence % told, field="places"))


def line_of_merged(held: Sequence[Held], above: Place | None, on: date) -> list[Stretch]:
    """Where the place made of these belongs from the day on: with them, or under the new parent given."""
    parents = {each.current.parent_id for each in held}
    if above is not None and parents != {above.pk}:
        return _line_under(above, held, on)
    first = held[0]
    for other in held[1:]:
        if other.current.parent_id != first.current.parent_id:
            sentence = _(
                "%(first)s và %(other)s không có chung nơi bên trên. Hãy chọn nơi bên trên của nơi mới."
            )
            told = {"first": names.opening(first.full_name), "other": other.full_name}
            raise Refusal(Fault(sentence % told, field="parent"))
        if parted := parts_at(first.line, other.line):
            sentence = _(
                "Đã ghi %(first)s và %(other)s thuộc hai nơi khác nhau từ ngày %(day)s. "
                "Hãy chọn một ngày sau đó."
            )
            told = {"first": first.full_name, "other": other.full_name, "day": day_words(parted)}
            raise Refusal(Fault(sentence % told, field="on"))
    return first.line


def _line_under(above: Place, held: Sequence[Held], on: date) -> list[Stretch]:
    check_levels(above, held[0].place.level)
    line = line_of(above.pk, on)
    check_parent_lives(above, line, on)
    if any(each.id in ids_of(stretch.parent_path) for each in held for stretch in line):
        raise Refusal(Fault(_("Không thể đặt một nơi vào bên trong chính nó."), field="parent"))
    if line[-1].valid_to is not None:
        sentence = _(
            "Nơi bên trên đã chọn không còn rõ từ ngày %(day)s. "
            "Hãy chọn nơi bên trên khác, hoặc một ngày sau đó."
        )
        raise Refusal(Fault(sentence % {"day": day_words(line[-1].valid_to)}, field="parent"))
    check_only_followed(held, on)
    return line


def check_may_absorb(heir: Held, absorbed: Sequence[Held], on: date) -> None:
    """The heir goes on for good, beside or above what it takes in."""
    if heir.place.valid_to is not None:
        sentence = _("Đã ghi %(place)s không còn từ ngày %(day)s. Hãy chọn nơi khác.")
        told = {"place": heir.full_name, "day": day_words(heir.place.valid_to)}
        raise Refusal(Fault(sentence % told, field="place"))
    faults = []
    for each in absorbed:
        beside = each.current.parent_id == heir.current.parent_id
        if any(each.id in ids_of(path) for path in heir.paths_from(on)):
            sentence = _("%(heir)s nằm bên trong %(place)s. Hãy nhập theo chiều ngược lại.")
            faults.append(sentence % {"heir": names.opening(heir.full_name), "place": each.full_name})
        elif not beside and heir.id not in ids_of(each.current.path):
            sentence = _(
                "%(Place)s và %(heir)s không có chung nơi bên trên. "
                "Hãy chuyển %(place)s về cùng nơi bên trên trước."
            )
            told = {"place": each.full_name, "heir": heir.full_name}
            faults.append(sentence % {**told, "Place": names.opening(each.full_name)})
        elif heir.line[-1].valid_to not in (None, each.line[-1].valid_to):
            sentence = _("Chưa rõ từ ngày %(day)s %(heir)s thuộc về đâu. Hãy ghi nơi này theo về đâu trước.")
            since = day_words(heir.line[-1].valid_to or on)
            faults.append(sentence % {"day": since, "heir": heir.full_name})
    _refuse([Fault(sentence, field="absorbed") for sentence in faults])


def check_shared_out(whole: str, children: Mapping[int, str], shares: Sequence[Sequence[int]]) -> None:
    """Every child stands in exactly one share, and nobody else's child in any."""
    if len(shares) < 2:
        raise Refusal(Fault(_("Hãy ghi ít nhất hai phần."), field="parts"))
    times = Counter(child for share in shares for child in share)
    missing = [name for child, name in children.items() if child not in times]
    doubled = [children[child] for child, count in times.items() if count > 1 and child in children]
    strangers = sorted(child for child in times if child not in children)
    faults = []
    if missing:
        sentence = _("Chưa ghi thuộc phần nào: %(places)s. Hãy ghi mỗi nơi vào đúng một phần.")
        faults.append(sentence % {"places": ", ".join(missing)})
    if doubled:
        sentence = _("Ghi nhiều hơn một lần: %(places)s. Hãy ghi mỗi nơi vào đúng một phần.")
        faults.append(sentence % {"places": ", ".join(doubled)})
    if strangers:
        known = {
            s.place_id: str(s)
            for s in PlaceState.objects.filter(place_id__in=strangers).order_by("-valid_from")
        }
        listed = ", ".join(known.get(child, _("số %(id)s") % {"id": child}) for child in strangers)
        sentence = _("Không nằm ngay dưới %(place)s: %(places)s. Hãy bỏ ra khỏi các phần.")
        faults.append(sentence % {"place": whole, "places": listed})
    _refuse([Fault(sentence, field="parts") for sentence in faults])


def check_nothing_below(held: Held, children: Mapping[int, str]) -> None:
    if children:
        sentence = _("%(place)s còn %(n)s nơi bên dưới: %(places)s. Hãy chuyển các nơi ấy đi trước.")
        below = ", ".join(children.values())
        told = {"place": names.opening(held.full_name), "n": len(children), "places": below}
        raise Refusal(Fault(sentence % told, field="place"))


def _level(held: Held) -> str:
    return str(Level(held.place.level).label)


def _refuse(faults: list[Fault]) -> None:
    if faults:
        raise Refusal(*faults)
