"""Who may draw and who may check, and what cannot be meant by a sample or a check."""

from datetime import date

from django.utils.translation import gettext as _

from chungtay.core.actors import Actor
from chungtay.core.language import day_words
from chungtay.core.refusals import Fault, NotPermitted
from chungtay.figures.policies import faults_of_length
from chungtay.people import queries as people
from chungtay.people.policies import check_acts_for, check_not_own
from chungtay.people.roles import SYSTEM
from chungtay.recognition.rechecks.models import RecheckForm, RecheckSample
from chungtay.standards.policies import check_measures_in_sector, check_part_in_sector
from chungtay.standards.queries import adopted
from chungtay.territory import queries as territory
from rulebook import Mark

DRAW = "recognition.draw_sample"
CHECK = "recognition.recheck"


def check_may_draw(by: Actor, place_id: int) -> None:
    """Refuse unless the post draws for the place. For its own place it draws among the claims of the places below."""
    if by.role != SYSTEM and by.place_id == place_id:
        below = next((each for each in territory.ids_ever_under(place_id) if each != place_id), place_id)
        check_acts_for(by, DRAW, below)
    else:
        check_acts_for(by, DRAW, place_id)


def check_independent(by: Actor, form: RecheckForm) -> None:
    """Refuse whoever made or confirmed the claim, in whatever post, and whoever holds a post of its place."""
    check_acts_for(by, CHECK, form.place_id)
    if form.measure:
        check_measures_in_sector(by, [form.measure])
    elif by.sector and form.standard_code:
        check_part_in_sector(by, adopted(form.standard_code), "criterion", form.criterion)
    for done_by in {form.entered_by_id, form.confirmed_by_id}:
        check_not_own(by, done_by)
    if by.actor_id is not None and people.stands_for(by.actor_id, form.place_id):
        raise NotPermitted(
            _(
                "Bạn còn giữ chức danh của chính nơi này, nên không kiểm tra lại ở đây được. Hãy nhờ một người khác "
                "có thẩm quyền."
            )
        )


def faults_of_sample(start: date, end: date, seed_source: str, seed_on: date, today: date) -> list[Fault]:
    """Why a sample cannot be of those days, or its seed not be that value."""
    faults: list[Fault] = []
    if end < start:
        faults.append(
            Fault(_("Ngày cuối %(day)s ở trước ngày đầu. Hãy xem lại.") % {"day": day_words(end)}, "end")
        )
    if start > today:
        faults.append(Fault(_("Kỳ này chưa bắt đầu nên chưa có gì để kiểm tra lại."), "start"))
    if not seed_source.strip():
        faults.append(
            Fault(
                _(
                    "Hãy ghi giá trị công khai sẽ dùng làm hạt giống, ví dụ “Giải đặc biệt xổ số miền Bắc ngày "
                    "25/11/2026”."
                ),
                "seed_source",
            )
        )
    faults += faults_of_length(seed_source, 200, _("Nguồn của hạt giống"), "seed_source")
    if seed_on <= today:
        faults.append(
            Fault(
                _(
                    "Hạt giống phải là giá trị chỉ biết được sau hôm nay, để không ai chọn trước được mẫu. Hãy chọn "
                    "một ngày sau %(day)s."
                )
                % {"day": day_words(today)},
                "seed_on",
            )
        )
    return faults


def faults_of_seed(sample: RecheckSample, seed: str, today: date) -> list[Fault]:
    """Why a sample cannot be drawn with that seed."""
    if today < sample.seed_on:
        words = _("Ngày %(day)s mới có giá trị làm hạt giống (%(source)s). Hãy rút mẫu từ ngày đó.")
        return [Fault(words % {"day": day_words(sample.seed_on), "source": sample.seed_source}, "seed")]
    if not seed:
        return [
            Fault(_("Hãy ghi đúng giá trị đã công bố: %(source)s.") % {"source": sample.seed_source}, "seed")
        ]
    faults = faults_of_length(seed, 200, _("Hạt giống"), "seed")
    if any(not char.isprintable() for char in seed):
        faults.append(Fault(_("Hạt giống chỉ gồm một dòng chữ hoặc số. Hãy gõ lại."), "seed"))
    return faults


def faults_of_check(
    form: RecheckForm, checked_on: date, not_possible: str, mark: Mark, source: str, at: date
) -> list[Fault]:
    """What is wrong with a check, the value found apart."""
    faults: list[Fault] = []
    if checked_on > at:
        faults.append(Fault(_("Ngày kiểm tra ở sau hôm nay. Hãy xem lại ngày."), "checked_on"))
    elif checked_on < form.start:
        words = _("Ngày kiểm tra ở trước kỳ của khai báo (từ %(day)s). Hãy xem lại ngày.")
        faults.append(Fault(words % {"day": day_words(form.start)}, "checked_on"))
    if mark not in (Mark.MEASURED, Mark.TOLD, Mark.SIMULATED):
        faults.append(Fault(_("Kiểm tra lại là điều đã thấy: đo trực tiếp, hoặc có giấy tờ nêu."), "mark"))
    if mark is Mark.TOLD and not source.strip():
        faults.append(Fault(_("Hãy ghi nguồn: giấy tờ hoặc tài liệu nêu việc này."), "source"))
    faults += faults_of_length(source, 300, _("Nguồn"), "source")
    return faults + faults_of_length(not_possible, 300, _("Lý do"), "not_possible")
