"""Deeds on households. The trail says what was done to which code; it never repeats a name or an address."""

import uuid
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from chungtay.community.deeds import clean, faults_of_future, faults_of_source, faults_of_texts
from chungtay.community.households import policies, queries
from chungtay.community.households.models import Ending, Household, Restricted, Stay
from chungtay.core.actors import Actor
from chungtay.core.audit import write_event
from chungtay.core.language import day_words
from chungtay.core.refusals import Fault, Refusal
from chungtay.people.policies import check_acts_for
from chungtay.territory import queries as territory
from rulebook import Mark


@transaction.atomic
def enter(
    *,
    by: Actor,
    at: datetime,
    place_id: int,
    code: str,
    representative: str,
    head_count: int | None = None,
    address: str = "",
    digital_address: str = "",
    valid_from: date | None = None,
    mark: Mark = Mark.MEASURED,
    source: str = "",
    uid: uuid.UUID | None = None,
) -> Household:
    """Enter a household in the list of a hamlet or cluster. Sent twice with one uid it is written once.

    code: unique among the households that stand there; "" takes the next free one. valid_from: None where nobody
    knows since when. Refused: a code in use, a future day, a place that takes no households or does not live.
    """
    check_acts_for(by, policies.KEEP, place_id)
    if uid and (known := Household.objects.filter(uid=uid).first()):
        return known
    day = valid_from or timezone.localdate(at)
    code = clean(code) or _next_code(place_id)
    faults = policies.faults_of(representative, head_count, address, digital_address)
    faults += policies.faults_of_code(code) + faults_of_future(valid_from, at, "valid_from")
    faults += faults_of_source(mark, source)
    if Stay.objects.filter(place_id=place_id, code=code, valid_to=None).exists():
        faults.append(policies.clash(code))
    if faults:
        raise Refusal(*faults)
    _check_takes_households(place_id, day)
    row = Household.objects.create(
        uid=uid or uuid.uuid4(),
        representative=clean(representative),
        head_count=head_count,
        address=clean(address),
        digital_address=clean(digital_address),
        mark=mark.value,
        source=source.strip(),
        post_id=by.actor_id,
        by_label=by.label,
        recorded_at=at,
    )
    Stay.objects.create(household=row, place_id=place_id, code=code, valid_from=valid_from)
    _write(by, at, "community.enter_household", row, place_id, {"code": code, "head_count": head_count})
    return row


@transaction.atomic
def change(
    *,
    by: Actor,
    at: datetime,
    household_id: int,
    representative: str,
    head_count: int | None,
    address: str = "",
    digital_address: str = "",
    code: str = "",
) -> Household:
    """Mend what is told of a household. code: "" keeps the one it has."""
    stay = _open_stay(by, at, household_id, policies.KEEP)
    row = stay.household
    code = clean(code) or stay.code
    faults = policies.faults_of(representative, head_count, address, digital_address)
    faults += policies.faults_of_code(code)
    if Stay.objects.filter(place_id=stay.place_id, code=code, valid_to=None).exclude(pk=stay.pk).exists():
        faults.append(policies.clash(code))
    if faults:
        raise Refusal(*faults)
    before = {"code": stay.code, "head_count": row.head_count}
    after = {"code": code, "head_count": head_count}
    told = {
        "representative": clean(representative),
        "address": clean(address),
        "digital_address": clean(digital_address),
    }
    changed = [name for name, text in told.items() if getattr(row, name) != text]
    if before == after and not changed:
        return row
    for name, text in told.items():
        setattr(row, name, text)
    row.head_count, stay.code = head_count, code
    row.save(update_fields=[*told, "head_count"])
    stay.save(update_fields=["code"])
    _write(
        by,
        at,
        "community.change_household",
        row,
        stay.place_id,
        {"fields": changed},
        before=before,
        after=after,
    )
    return row


@transaction.atomic
def set_restricted(
    *,
    by: Actor,
    at: datetime,
    household_id: int,
    poverty: str = "",
    ethnicity: str = "",
    disability: str = "",
    exemption: str = "",
) -> None:
    """Say what few may read. The trail says that it was done and not what was said."""
    stay = _open_stay(by, at, household_id, policies.RESTRICTED)
    faults = faults_of_texts(
        (ethnicity, "ethnicity", _("dân tộc"), 60, False),
        (disability, "disability", _("khuyết tật"), 200, False),
        (exemption, "exemption", _("lý do miễn"), 200, False),
    )
    if poverty not in policies.POVERTY:
        faults.append(Fault(_("Hãy chọn một mục: không, hộ nghèo, hộ cận nghèo."), "poverty"))
    if faults:
        raise Refusal(*faults)
    told = {
        "poverty": poverty,
        "ethnicity": clean(ethnicity),
        "disability": clean(disability),
        "exemption": clean(exemption),
    }
    Restricted.objects.update_or_create(household_id=household_id, defaults=told)
    _write(by, at, "community.set_restricted", stay.household, stay.place_id, {"code": stay.code})


@transaction.atomic
def move(*, by: Actor, at: datetime, household_id: int, to_place_id: int, on: date, code: str = "") -> Stay:
    """A household goes to another hamlet on a day, or is placed in one part of a divided hamlet. History stays.

    code: under which it stands there; "" keeps its own when free, else takes the next. Both places must be within the
    post's reach. Doing it again changes nothing.
    """
    stay = _open_stay(by, at, household_id, policies.KEEP)
    check_acts_for(by, policies.KEEP, to_place_id)
    if stay.place_id == to_place_id:
        return stay
    faults = _faults_of_ending(stay, on, at)
    taken = set(Stay.objects.filter(place_id=to_place_id, valid_to=None).values_list("code", flat=True))
    code = clean(code) or (stay.code if stay.code not in taken else _next_code(to_place_id))
    faults += policies.faults_of_code(code)
    if code in taken:
        faults.append(policies.clash(code))
    if faults:
        raise Refusal(*faults)
    _check_takes_households(to_place_id, on)
    stay.valid_to, stay.ending = on, Ending.MOVED
    stay.save(update_fields=["valid_to", "ending"])
    new = Stay.objects.create(household=stay.household, place_id=to_place_id, code=code, valid_from=on)
    detail = {"from": stay.place_id, "to": to_place_id, "on": on.isoformat(), "code": code}
    for place_id in (stay.place_id, to_place_id):
        _write(by, at, "community.move_household", stay.household, place_id, detail)
    return new


@transaction.atomic
def place_divided(*, by: Actor, at: datetime, household_ids: Iterable[int], to_place_id: int) -> list[Stay]:
    """Say of households of a divided hamlet that they stand in this part of it, from the day it was divided."""
    check_acts_for(by, policies.KEEP, to_place_id)
    today = timezone.localdate(at)
    placed = []
    for household_id in household_ids:
        stay = _open_stay(by, at, household_id, policies.KEEP)
        if stay.place_id == to_place_id:
            continue
        heirs = territory.heirs_on([stay.place_id], today)[stay.place_id]
        if to_place_id not in heirs:
            sentence = _("Hộ %(code)s không thuộc nơi được chia thành nơi này.")
            raise Refusal(Fault(sentence % {"code": stay.code}, "households"))
        on = territory.latest(stay.place_id).ended
        assert on is not None  # a living place has no heirs but itself
        placed.append(move(by=by, at=at, household_id=household_id, to_place_id=to_place_id, on=on))
    return placed


@transaction.atomic
def leave(*, by: Actor, at: datetime, household_id: int, on: date, ending: str = Ending.LEFT) -> Stay:
    """A household leaves the list on a day: it moved away, or is no household of its own any more."""
    stay = _open_stay(by, at, household_id, policies.KEEP)
    faults = _faults_of_ending(stay, on, at)
    if ending not in (Ending.LEFT, Ending.MERGED):
        faults.append(Fault(_("Hãy chọn vì sao hộ ra khỏi sổ."), "ending"))
    if faults:
        raise Refusal(*faults)
    stay.valid_to, stay.ending = on, ending
    stay.save(update_fields=["valid_to", "ending"])
    detail = {"code": stay.code, "on": on.isoformat(), "ending": ending}
    _write(by, at, "community.leave", stay.household, stay.place_id, detail)
    return stay


@transaction.atomic
def erase(*, by: Actor, at: datetime, household_id: int, request: str) -> None:
    """Erase a household's personal data on its request (Luật 91/2025/QH15). Its stays, so its being counted, remain.

    request: the paper or the words by which it was asked. Cannot be undone.
    """
    page = queries.household(household_id, timezone.localdate(at), seen_by=by)
    policies.check_keeps(by, policies.RESTRICTED, page.view.place_id, timezone.localdate(at))
    if faults := faults_of_texts((request, "request", _("đơn hoặc lời yêu cầu của hộ"), 300, True)):
        raise Refusal(*faults)
    row = Household.objects.select_for_update().get(pk=household_id)
    if row.erased_at is not None:
        return
    row.representative = row.address = row.digital_address = ""
    row.erased_at = at
    row.save(update_fields=["representative", "address", "digital_address", "erased_at"])
    Restricted.objects.filter(pk=household_id).delete()
    _write(
        by,
        at,
        "community.erase_household",
        row,
        page.view.place_id,
        {"code": page.view.code, "request": request.strip()},
    )


@transaction.atomic
def give_copy(*, by: Actor, at: datetime, household_id: int) -> dict[str, Any]:
    """All that is kept of one household, to be handed to it on request (Luật 91/2025/QH15). Reading it is a deed."""
    page = queries.household(household_id, timezone.localdate(at), seen_by=by)
    policies.check_keeps(by, policies.RESTRICTED, page.view.place_id, timezone.localdate(at))
    row = Household.objects.get(pk=household_id)
    _write(by, at, "community.give_copy", row, page.view.place_id, {"code": page.view.code})
    view, told = page.view, page.restricted or queries.RestrictedView()
    return {
        "code": view.code,
        "representative": view.representative,
        "head_count": view.head_count,
        "address": view.address,
        "digital_address": view.digital_address,
        "poverty": told.poverty,
        "ethnicity": told.ethnicity,
        "disability": told.disability,
        "exemption": told.exemption,
        "mark": view.mark.value,
        "source": view.source,
        "stays": [
            {
                "place": stay.place_name,
                "code": stay.code,
                "from": stay.valid_from.isoformat() if stay.valid_from else None,
                "to": stay.valid_to.isoformat() if stay.valid_to else None,
            }
            for stay in page.stays
        ],
    }


def _open_stay(by: Actor, at: datetime, household_id: int, permission: str) -> Stay:
    """Where the household stands now, locked; a refusal when it is not for these eyes or has left."""
    today = timezone.localdate(at)
    queries.household(household_id, today, seen_by=by)
    stays = Stay.objects.select_for_update(of=("self",)).select_related("household")
    stay = stays.filter(household_id=household_id, valid_to=None).first()
    if stay is None:
        raise Refusal(_("Hộ này đã ra khỏi sổ, nên không sửa được nữa."))
    if stay.household.erased_at is not None and permission == policies.RESTRICTED:
        raise Refusal(_("Thông tin của hộ này đã xoá theo yêu cầu của hộ."))
    policies.check_keeps(by, permission, stay.place_id, today)
    return stay


def _faults_of_ending(stay: Stay, on: date, at: datetime) -> list[Fault]:
    faults = faults_of_future(on, at, "on")
    if stay.valid_from is not None and on <= stay.valid_from:
        sentence = _("Ngày phải sau ngày hộ vào sổ ở đây (%(day)s).")
        faults.append(Fault(sentence % {"day": day_words(stay.valid_from)}, "on"))
    return faults


def _check_takes_households(place_id: int, day: date) -> None:
    """A hamlet or a cluster that lives on the day. Where it ended, the sentence names the successor."""
    place = territory.as_of(place_id, day)
    if place.level not in ("hamlet", "area"):
        sentence = _("Sổ hộ gia đình giữ ở thôn, xóm hoặc cụm dân cư, không giữ ở %(place)s.")
        raise Refusal(Fault(sentence % {"place": place.full_name}, "place"))


def _next_code(place_id: int) -> str:
    """The number after the highest that was ever given there: H001, H002, …"""
    codes = Stay.objects.filter(place_id=place_id).values_list("code", flat=True)
    given = [int(code[1:]) for code in codes if code[:1] == "H" and code[1:].isdigit()]
    return f"H{max(given, default=0) + 1:03d}"


def _write(
    by: Actor, at: datetime, deed: str, row: Household, place_id: int, detail: dict[str, Any], **more: Any
) -> None:
    write_event(by=by, deed=deed, subject=row, at=at, place_id=place_id, detail=detail, **more)
