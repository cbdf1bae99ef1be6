"""What a loudspeaker says and when: entries of its weekly schedule, with the text to be read."""

import uuid
from collections.abc import Collection
from datetime import date, datetime, time

from django.db import transaction
from django.utils.translation import gettext as _

from chungtay.community.checking import faults_of_count, faults_of_day, faults_of_order
from chungtay.community.deeds import clean, faults_of_texts
from chungtay.core.actors import Actor
from chungtay.core.audit import write_event
from chungtay.core.refusals import Fault, NotFound, Refusal
from chungtay.people.policies import check_acts_for
from chungtay.registers.amenities import policies
from chungtay.registers.amenities.models import Asset, Broadcast
from chungtay.registers.amenities.policies import KEEP
from rulebook import Mark

TEXT, MOST_MINUTES = 20_000, 24 * 60


@transaction.atomic
def add_broadcast(
    *,
    by: Actor,
    at: datetime,
    asset_id: int,
    weekdays: Collection[int],
    starts: time,
    minutes: int,
    title: str,
    text: str = "",
    since: date,
    source: str = "",
    mark: Mark = Mark.MEASURED,
    uid: uuid.UUID | None = None,
) -> Broadcast:
    """Put an entry into the schedule of a loudspeaker. weekdays: 1 Monday … 7 Sunday."""
    asset = Asset.objects.filter(pk=asset_id, kind="loudspeaker").first()
    if asset is None:
        raise NotFound(_("Không có loa này trong sổ. Hãy tìm lại trong danh sách."))
    check_acts_for(by, KEEP, asset.place_id)
    if uid is not None and (again := Broadcast.objects.filter(uid=uid).first()) is not None:
        policies.check_uid(again.asset_id == asset_id)
        return again
    policies.check_stands(asset)
    days = sorted(set(weekdays))
    faults = faults_of_texts(
        (title, "title", _("tên buổi phát"), 200, True), (text, "text", _("nội dung"), TEXT, False)
    )
    if not days or not set(days) <= set(range(1, 8)):
        faults.append(Fault(_("Hãy chọn ít nhất một ngày trong tuần."), "weekdays"))
    faults += faults_of_count(minutes, MOST_MINUTES, _("Số phút"), "minutes", least=1)
    faults += faults_of_order(asset.since, since, _("ngày có loa"), _("Ngày bắt đầu phát"), "since")
    faults += policies.faults_of_origin(mark, source)
    policies.refuse_if(faults)
    row = Broadcast.objects.create(
        uid=uid or uuid.uuid4(),
        asset=asset,
        weekdays="".join(map(str, days)),
        starts=starts,
        minutes=minutes,
        title=clean(title),
        text=text.strip(),
        since=since,
        mark=mark,
        source=clean(source),
        post_id=by.actor_id,
        by_label=by.label,
        recorded_at=at,
    )
    write_event(
        by=by,
        deed="registers.add_broadcast",
        subject=row,
        at=at,
        place_id=asset.place_id,
        detail={"title": row.title, "weekdays": row.weekdays, "starts": starts.isoformat("minutes")},
    )
    return row


@transaction.atomic
def end_broadcast(*, by: Actor, at: datetime, broadcast_id: int, on: date) -> Broadcast:
    """The entry is said no longer from that day. Ended already on that day, nothing changes."""
    row = Broadcast.objects.select_for_update().filter(pk=broadcast_id).select_related("asset").first()
    if row is None:
        raise NotFound(_("Không có buổi phát này. Hãy mở lại lịch của loa."))
    check_acts_for(by, KEEP, row.asset.place_id)
    if row.until == on:
        return row
    if row.until is not None:
        raise Refusal(_("Buổi phát này đã thôi rồi. Hãy thêm buổi mới nếu phát lại."))
    faults = faults_of_order(row.since, on, _("ngày bắt đầu phát"), _("Ngày thôi phát"), "on")
    policies.refuse_if(faults + faults_of_day(on, policies.today_of(at), _("Ngày thôi phát"), "on"))
    row.until = on
    row.save(update_fields=["until"])
    write_event(
        by=by,
        deed="registers.end_broadcast",
        subject=row,
        at=at,
        place_id=row.asset.place_id,
        detail={"title": row.title},
        before={"until": None},
        after={"until": on.isoformat()},
    )
    return row
