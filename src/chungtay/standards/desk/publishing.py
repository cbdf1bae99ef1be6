"""Publishing a draft as an immutable version, and everything that stands in the way of it."""

from collections.abc import Sequence
from copy import deepcopy
from dataclasses import replace
from datetime import date, datetime
from functools import partial

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from chungtay.core.actors import Actor
from chungtay.core.audit import write_event
from chungtay.core.language import day_words, language
from chungtay.core.refusals import Fault, NotPermitted, Refusal
from chungtay.people.queries import person_of
from chungtay.standards import queries as standards
from chungtay.standards.actions import adopt_measures, freeze_version
from chungtay.standards.desk.actions import Overtaken, locked
from chungtay.standards.desk.checks import DISPUTED, FigureRow, figure_rows, is_one
from chungtay.standards.desk.compiling import Compiled, compile_draft
from chungtay.standards.desk.confirming import as_published
from chungtay.standards.desk.models import Draft
from chungtay.standards.desk.policies import check_may, check_open
from chungtay.standards.desk.problems import placed_problems
from chungtay.standards.desk.queries import DraftView, draft
from chungtay.standards.models import StandardVersion
from chungtay.standards.queries import VersionView
from rulebook import Indicator, Lawbook, Standard, thaw
from rulebook.loading.standards import digest
from rulebook.rules import AllOf, AtLeast, ByCase, Children, Rule
from viet.dates import format_day

_MOST_TOLD = 12  # unchecked figures that one sentence lists


def reasons_not(view: DraftView, by: Actor, *, end_former: bool = False) -> list[Fault]:
    """Everything that keeps `by` from publishing the draft now, each a sentence; [] when nothing does."""
    row = Draft.objects.get(pk=view.id)
    faults: list[Fault] = []
    for check in (partial(check_may, by, "publish"), check_open, partial(_check_not_own, by)):
        try:
            check(row)
        except Refusal as refused:
            faults += refused.faults
    rows = figure_rows(view, by)
    compiled = _compiled(view)
    faults += [
        Fault(each.sentence, field=each.indicator or each.part)
        for each in placed_problems(compiled.problems, view.content)
    ]
    if compiled.standard is not None:
        faults += _unchecked(compiled.standard, view, rows)
        faults += _not_dated(compiled.standard)
        faults += _against_others(compiled.standard, view, end_former)
    return faults


@transaction.atomic
def publish(
    *, by: Actor, at: datetime, draft_id: int, seen: int, end_former: bool = False
) -> StandardVersion:
    """Freeze the draft as a version of the law that never changes again.

    seen: the revision whose figures were compared. end_former: the version in force until now ends, by a new edition
    of it, on the day this one begins; so do the parts that provinces filled in. Refused with every reason at once.
    """
    row = locked(draft_id)
    check_may(by, "publish", row)
    view = draft(draft_id)
    if view.number != seen:
        raise Overtaken(
            f"{view.edited_by} vừa sửa dự thảo này. Hãy xem lại bản mới trước khi ban hành.", view.number
        )
    if faults := reasons_not(view, by, end_former=end_former):
        raise Refusal(*faults)
    rows = figure_rows(view)
    compiled = _compiled(as_published(view))
    standard = compiled.standard
    assert standard is not None, compiled.problems
    adopt_measures(_only_new(compiled.book, view))
    ended = [_end(each, standard, by, at) for each in _to_end(standard, view, end_former)]
    version = freeze_version(standard, compiled.frozen, by, at)
    row.state, row.published = Draft.State.PUBLISHED, version
    row.save(update_fields=["state", "published"])
    write_event(
        by=by,
        deed="standards.publish",
        subject=version,
        at=at,
        place_id=row.place_id,
        detail={
            "draft": row.pk,
            "revision": view.number,
            "version": version.version,
            "edition": version.edition,
            "digest": version.digest,
            "checked": sum(each.is_compared for each in rows),
            "figures": len(rows),
            "ended": [each.pk for each in ended],
        },
    )
    return version


def former_of(view: DraftView, standard: Standard | None) -> VersionView | None:
    """The version that would be in force beside the draft's own unless it ended; None when there is none."""
    if standard is None or standard.in_force.start is None:
        return None
    for other in _others(standard):
        begins = other.in_force_from
        if other.version == standard.version or begins is None or begins >= standard.in_force.start:
            continue
        if other.in_force_to is None or other.in_force_to > standard.in_force.start:
            return other
    return None


# --- reasons ----------------------------------------------------------------------------------------------------


def _compiled(view: DraftView) -> Compiled:
    return compile_draft(view.content, view.kind, view.base.id if view.base else None, view.place_code)


def _check_not_own(by: Actor, row: Draft) -> None:
    person = person_of(by.actor_id)
    for revision in row.revisions.defer("content", "figures"):
        if is_one(by, person, revision.by_id, revision.user_id):
            raise NotPermitted(
                _(
                    "Bạn đã soạn một phần dự thảo này (%(by_label)s, %(at)s: %(deed)s). Người ban hành phải "
                    "là người khác với người soạn. Hãy nhờ người khác trong cơ quan ban hành."
                )
                % {
                    "by_label": revision.by_label,
                    "at": day_words(localdate(revision.at)),
                    "deed": revision.deed,
                }
            )


def _unchecked(standard: Standard, view: DraftView, rows: Sequence[FigureRow]) -> list[Fault]:
    faults = [
        Fault(
            _("%(row)s: %(checked_by)s đánh dấu chưa đúng với bản gốc: “%(remark)s”. Hãy sửa lại.")
            % {"row": _named(row), "checked_by": row.checked_by, "remark": row.remark}
        )
        for row in rows
        if row.state == DISPUTED
    ]
    in_place = _same_version(standard)
    left = [
        row
        for row in rows
        if not row.is_compared and row.state != DISPUTED and not (in_place and row.is_as_before)
    ]
    if standard.status == "law" and left:
        named = "; ".join(_named(row) for row in left[:_MOST_TOLD])
        more = f" và {len(left) - _MOST_TOLD} số khác" if len(left) > _MOST_TOLD else ""
        faults.append(
            Fault(
                _(
                    "Còn %(left)s trong %(rows)s số chưa được người thứ hai đối chiếu với bản gốc: "
                    "%(named)s%(more)s. Văn bản luật chỉ ban hành khi mọi số đã đối chiếu. Hãy nhờ người "
                    "khác đối chiếu."
                )
                % {"left": len(left), "rows": len(rows), "named": named, "more": more}
            )
        )
    return faults


def _named(row: FigureRow) -> str:
    """A figure in a list: "4.2 (TDMNPB)", "ngày có hiệu lực"."""
    figure = row.figure
    if figure.kind == "head":
        words = {
            "name": "tên",
            "instrument": "văn bản",
            "from": "ngày có hiệu lực",
            "to": "ngày hết hiệu lực",
        }
        return words.get(figure.part, f"trường hợp thu hồi {figure.indicator}")
    cells = ", ".join(code for _, code in figure.cell if code)
    return f"chỉ tiêu {figure.indicator}" + (f" ({cells})" if cells and figure.part != "children" else "")


def _not_dated(standard: Standard) -> list[Fault]:
    faults: list[Fault] = []
    if standard.status != "law":
        return faults
    if standard.in_force.start is None:
        faults.append(
            Fault(_("Chưa có ngày có hiệu lực; văn bản luật phải có. Hãy ghi ở phần đầu."), "in_force")
        )
    if not standard.legal_basis.vi:
        faults.append(
            Fault(_("Chưa ghi văn bản ban hành. Hãy thêm số, ký hiệu văn bản ở phần đầu."), "instruments")
        )
    return faults


def _against_others(standard: Standard, view: DraftView, end_former: bool) -> list[Fault]:
    """What published versions forbid: another's code, two at once, a figure changed in place, nothing new."""
    known = standards.versions(code=standard.id)
    national = [each for each in known if not each.province]
    if view.kind == "standard" and known and not any(each.province == standard.province for each in known):
        whose = "bộ chung cả nước" if national else f"bộ của tỉnh {known[0].province}"
        return [
            Fault(
                _(
                    "Mã “%(id)s” là của %(whose)s (%(name)s). Tỉnh chỉ được bổ sung mức mà bộ đó giao cho "
                    "tỉnh, không ban hành bộ khác cùng mã. Hãy đặt mã khác, hoặc bắt đầu “bổ sung của tỉnh”."
                )
                % {"id": standard.id, "whose": whose, "name": known[0].name.in_(language())},
                "standard",
            )
        ]
    if standards.has_digest(standard.id, standard.digest):
        return [Fault(_("Nội dung này đã ban hành đúng như vậy rồi; không có gì mới để ban hành."))]
    return [*_two_at_once(standard, end_former), *_changed_in_place(standard)]


def _others(standard: Standard) -> list[VersionView]:
    return [each for each in standards.versions(code=standard.id) if each.province == standard.province]


def _same_version(standard: Standard) -> VersionView | None:
    return next((each for each in _others(standard) if each.version == standard.version), None)


def _two_at_once(standard: Standard, end_former: bool) -> list[Fault]:
    start, end = standard.in_force.start, standard.in_force.end
    faults: list[Fault] = []
    for other in _others(standard):
        if other.version == standard.version:
            continue
        theirs, until = other.in_force_from, other.in_force_to
        apart = (until is not None and start is not None and until <= start) or (
            end is not None and theirs is not None and end <= theirs
        )
        ends = end_former and start is not None and theirs is not None and theirs < start
        if apart or ends:
            continue
        faults.append(
            Fault(
                _(
                    "Sẽ có hai bản của “%(id)s” cùng có hiệu lực: bản %(label)s (%(theirs)s) và bản này "
                    "(%(start)s). Hãy chọn cho bản %(label)s hết hiệu lực đúng ngày bản này bắt đầu, hoặc "
                    "sửa ngày hiệu lực ở phần đầu."
                )
                % {
                    "id": standard.id,
                    "label": other.label,
                    "theirs": days(theirs, until),
                    "start": days(start, end),
                },
                "in_force",
            )
        )
    return faults


def days(start: date | None, end: date | None) -> str:
    """ "từ 08/03/2022 đến trước 15/02/2026", "từ 08/03/2022 đến nay"."""
    begins = f"từ {format_day(start)}" if start else "từ ngày chưa rõ"
    return f"{begins} đến {f'trước {format_day(end)}' if end else 'nay'}"


def _changed_in_place(standard: Standard) -> list[Fault]:
    """A published version keeps its figures and its first day: only a new version may have others."""
    same = _same_version(standard)
    if same is None:
        return []
    before = standards.by_id(same.id).standard
    changed = [
        each.code for each in (*standard.indicators, *standard.prerequisites) if not _stays(before, each)
    ]
    codes = {each.code for each in (*standard.indicators, *standard.prerequisites)}
    changed += [each.code for each in (*before.indicators, *before.prerequisites) if each.code not in codes]
    faults: list[Fault] = []
    if changed:
        faults.append(
            Fault(
                _(
                    "Phiên bản %(version)s đã ban hành, mức của nó không đổi được nữa: chỉ tiêu %(changed)s. "
                    "Mức mới phải là một phiên bản mới, có ngày hiệu lực riêng. Hãy đổi số phiên bản ở phần "
                    "đầu."
                )
                % {"version": same.version, "changed": ", ".join(changed)},
                "version",
            )
        )
    if (before.region_overrides, _terms(before)) != (standard.region_overrides, _terms(standard)):
        faults.append(
            Fault(
                _(
                    "Phiên bản %(version)s đã ban hành; quy định áp dụng vùng khác và thu hồi của nó không "
                    "đổi được nữa. Hãy đổi số phiên bản ở phần đầu."
                )
                % {"version": same.version},
                "version",
            )
        )
    if before.in_force.start != standard.in_force.start:
        faults.append(
            Fault(
                _(
                    "Phiên bản %(version)s đã ban hành với hiệu lực %(in_force_from)s; ngày bắt đầu không "
                    "đổi được nữa. Hãy đổi số phiên bản, hoặc để nguyên ngày."
                )
                % {"version": same.version, "in_force_from": days(same.in_force_from, same.in_force_to)},
                "in_force",
            )
        )
    return faults


def _stays(before: Standard, now: Indicator) -> bool:
    try:
        old = before.indicator(now.code)
    except KeyError:
        return False
    excuses = [_bare(each.excuse.rule) if each.excuse else None for each in (old, now)]
    return _bare(old.rule) == _bare(now.rule) and excuses[0] == excuses[1]


def _terms(standard: Standard) -> object:
    return (standard.withdrawal.bands, standard.withdrawal.key_criteria) if standard.withdrawal else None


def _bare(rule: Rule) -> Rule:
    """A rule without how far it is trusted: a check by a second person changes no law."""
    rule = replace(rule, provenance="")
    match rule:
        case AllOf() | AtLeast():
            return replace(rule, rules=tuple(_bare(each) for each in rule.rules))
        case ByCase():
            return replace(rule, cases=tuple(replace(each, rule=_bare(each.rule)) for each in rule.cases))
        case Children():
            return replace(rule, where=_bare(rule.where))
        case _:
            return rule


# --- ending -----------------------------------------------------------------------------------------------------


def _to_end(standard: Standard, view: DraftView, end_former: bool) -> list[tuple[VersionView, date]]:
    """The versions whose days the draft cuts short: the one before it, and what provinces filled in."""
    day, of = standard.in_force.start, ""
    if end_former and (former := former_of(view, standard)) and day:
        of = former.version
        found = [former]
    elif _same_version(standard) and standard.in_force.end:
        day, of, found = standard.in_force.end, standard.version, []
    else:
        return []
    if not standard.province:
        found += [each for each in standards.versions(code=standard.id) if each.version.startswith(f"{of}+")]
    return [
        (each, day)
        for each in found
        if each.in_force_from
        and each.in_force_from < day
        and (each.in_force_to is None or each.in_force_to > day)
    ]


def _end(one: tuple[VersionView, date], by_law: Standard, by: Actor, at: datetime) -> StandardVersion:
    """A new edition of a version, the same but for its last day."""
    version, day = one
    frozen = deepcopy(standards.frozen_of(version.id))
    note = {
        "vi": f"Hết hiệu lực theo {by_law.legal_basis.vi or by_law.name.vi}.",
        "en": f"Ended by {by_law.legal_basis.en or by_law.name.en}.",
    }
    frozen["standard"]["in_force"] = {**frozen["standard"]["in_force"], "to": day.isoformat(), "note": note}
    referred = {ref: standards.by_digest(ref, seen).standard for ref, seen in frozen["refers"].items()}
    standard, _ = thaw(frozen, referred)
    row = freeze_version(replace(standard, digest=digest(frozen)), frozen, by, at)
    write_event(
        by=by,
        deed="standards.end",
        subject=row,
        at=at,
        detail={"version": row.version, "edition": row.edition, "digest": row.digest},
        before={"to": version.in_force_to and version.in_force_to.isoformat()},
        after={"to": day.isoformat()},
    )
    return row


def _only_new(book: Lawbook, view: DraftView) -> Lawbook:
    """The measures that the draft defines itself."""
    own = {str(each.get("code")) for each in view.content["measures"]}
    return Lawbook(plain={"measures": {k: v for k, v in book.plain["measures"].items() if k in own}})
