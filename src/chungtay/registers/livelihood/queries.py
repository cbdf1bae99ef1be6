"""Reading livelihood: records of a place with their totals, one record with its corrections, what hangs on it.

Every list is read in a fixed number of queries. A total says which records it is added up from, and how many of them
do not tell their part: those are left out by name, never counted as nothing.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final
from uuid import UUID

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from chungtay.community.households import policies as household_rules
from chungtay.community.households import queries as households
from chungtay.community.recorded import STANDING
from chungtay.community.scope import own, scope
from chungtay.core.actors import Actor
from chungtay.core.refusals import NotFound
from chungtay.evidence.subjects import Subject
from chungtay.registers.livelihood import kinds, policies, rules
from chungtay.registers.livelihood.kinds import KINDS, Kind
from chungtay.registers.livelihood.models import (
    M2_PER_HA,
    THOUSAND,
    CodeHousehold,
    CodeStep,
    DiaryDay,
    IncomeSurvey,
    Kept,
    Member,
    Move,
    OfProducer,
    Producer,
    ProducerForm,
    Rating,
)
from chungtay.territory import queries as territory
from rulebook import Mark, Period
from viet.letters import fold

COOPERATIVE, GROUP = ProducerForm.COOPERATIVE.value, ProducerForm.GROUP.value
IN_FORCE: Final = (Move.GRANTED.value, Move.RESUMED.value)
STATES: Final = ("standing", "closed", "expired", "all")
SORTS: Final = ("name", "place", "expires", "area_ha", "year", "stars", "members")


@dataclass(frozen=True)
class StepView:
    """One step of a code."""

    id: int
    move: str
    words: str
    period: Period
    document: str
    note: str
    mark: Mark
    source: str
    by: str


@dataclass(frozen=True)
class RatingView:
    """Stars given once. expires: the last day they hold; None where the day of the decision is not told."""

    id: int
    stars: int
    score: Decimal | None
    decision: str
    decided_by: str
    decided_on: date | None
    year: int
    expires: date | None
    mark: Mark
    source: str
    by: str

    def holds_on(self, day: date) -> bool | None:
        """Whether they hold; None where nobody can count until when."""
        return None if self.expires is None else day <= self.expires


@dataclass(frozen=True)
class Record:
    """One record as it stands. id: the same through all corrections; row_id: of the row that says this.

    facts: by the names of its kind, see `kinds`; None is not known. members: of a producer, those told, else those
    listed, None where neither; listed: households of the register. steps, ratings: the newest first. by_source: of an
    income survey, in million đồng.
    """

    id: int
    row_id: int
    uid: UUID
    kind: Kind
    place_id: int
    place: str
    name: str
    facts: Mapping[str, Any]
    producer_id: int | None
    producer: str
    closed_on: date | None
    closed_reason: str
    reason: str
    mark: Mark
    source: str
    by: str
    at: datetime
    struck: str = ""
    listed: int = 0
    steps: tuple[StepView, ...] = ()
    ratings: tuple[RatingView, ...] = ()
    by_source: Mapping[str, Decimal] | None = None

    @property
    def public_name(self) -> str:
        """Its name without what is not for everybody, such as the buyer of a contract."""
        return self.kind.public_name(self.facts)

    @property
    def members(self) -> int | None:
        told: int | None = self.facts.get("members_told")
        return told if told is not None else self.listed or None

    @property
    def state(self) -> str:
        """Of a code: its last step; "" before any."""
        return self.steps[0].move if self.steps else ""

    @property
    def rating(self) -> RatingView | None:
        """The stars decided last."""
        return self.ratings[0] if self.ratings else None

    @property
    def expires(self) -> date | None:
        """The last day it holds, of what ends by itself."""
        if self.kind.code == "product":
            return self.rating.expires if self.rating else None
        found: date | None = self.facts.get("expires")
        return found

    @property
    def subject(self) -> Subject:
        """What papers and photographs of it prove."""
        return Subject("producer", str(self.uid), f"{self.kind.label}: {self.name}", self.place_id)

    @property
    def warnings(self) -> list[str]:
        words = policies.warnings_of(self.kind, self.facts)
        if self.kind.code == "producer" and self.facts["members_told"] is None and self.listed:
            words += policies.few_members(self.facts["form"], self.listed)
        return words

    def stands_on(self, day: date) -> bool:
        return self.closed_on is None or day < self.closed_on

    def has_expired(self, day: date) -> bool:
        return self.expires is not None and self.expires < day

    def code_in_force(self, day: date) -> bool:
        """Of a code: whether it was granted and neither suspended nor withdrawn by then; a year counts when over."""
        known = next((step for step in self.steps if step.period.end <= day), None)
        return known is not None and known.move in IN_FORCE and not self.has_expired(day)


@dataclass(frozen=True)
class Asked:
    """Which records of a kind. state: standing, closed, expired, all. own: the place's own, none from below.

    more: facts that must be so, by name (crop, practice, form, method, …); stars, state of a code among them.
    """

    state: str = "standing"
    text: str = ""
    sort: str = "name"
    own: bool = False
    more: tuple[tuple[str, str], ...] = ()


def records(place_id: int, kind: str, on: date, asked: Asked | None = None) -> list[Record]:
    """The records of a kind at and below a place and of its forerunners, as they stand. Six queries at most."""
    asked = asked or Asked()
    found = _standing(KINDS[kind], own(place_id) if asked.own else scope(place_id))
    return _sorted([each for each in found if _is_asked(each, asked, on)], asked.sort)


Held = Mapping[str, Sequence[Record]]
"""Records by their kind."""


def held(place_id: int, on: date) -> Held:
    """Every record at and below a place that stands on a day, for pages that tell of all kinds; each is read once."""
    where = scope(place_id)
    found = {code: _standing(kind, where) for code, kind in KINDS.items()}
    return {
        code: _sorted([each for each in records if each.stands_on(on)], "name")
        for code, records in found.items()
    }


def _standing(kind: Kind, where: Q) -> list[Record]:
    return _views(kind, kind.model.objects.filter(STANDING, where, replaced_at=None), where)


def record(kind: str, record_id: int) -> Record:
    """One record as it stands, or stood before it was struck out; NotFound when there is none."""
    known = KINDS[kind]
    rows = known.model.objects.filter(replaced_at=None)
    row = rows.filter(Q(pk=record_id, root=None) | Q(root_id=record_id)).first()
    if row is None:
        raise NotFound(_("Không có bản ghi này. Hãy tìm lại trong danh sách."))
    return _views(known, [row])[0]


def versions(kind: str, record_id: int) -> list[Record]:
    """What a record said before its corrections, the newest first, itself included."""
    known = KINDS[kind]
    rows = known.model.objects.filter(Q(pk=record_id) | Q(root_id=record_id)).order_by("-pk")
    return _views(known, rows)


def of_producer(producer_id: int, on: date) -> list[Record]:
    """What belongs to a producer on a day, kind by kind."""
    found = []
    for kind in (each for each in KINDS.values() if each.of_producer):
        rows = kind.model.objects.filter(STANDING, producer_id=producer_id, replaced_at=None)
        found += _sorted([each for each in _views(kind, rows) if each.stands_on(on)], "name")
    return found


def was_entered(kind: str, uid: UUID) -> bool:
    """Whether a record was ever entered under a client id, whatever became of it."""
    found: bool = KINDS[kind].model.objects.filter(uid=uid).exists()
    return found


def producers_of(place_id: int, on: date) -> list[tuple[int, str]]:
    """The producers a record of a place may belong to: those of its commune, by name."""
    above = territory.ancestors(place_id, on)
    commune = next((each.id for each in above if each.level == "commune"), place_id)
    return [(each.id, each.name) for each in records(commune, "producer", on)]


# ── Totals, each with what stands behind it ───────────────────────────────────


@dataclass(frozen=True)
class Total:
    """A number and the records it is added up from. unknown: how many of them do not tell their part.

    value: None where none of them tells it. asked: what a list is asked for to show exactly these records.
    """

    code: str
    value: Decimal | None
    unit: str
    behind: tuple[tuple[int, Decimal], ...]
    unknown: int
    kind: str
    asked: Asked

    @property
    def is_whole(self) -> bool:
        return self.unknown == 0


def total(place_id: int, code: str, on: date, *, more: Sequence[tuple[str, str]] = ()) -> Total:
    """One total of a place. code: a name of `TOTALS`; more: facts the records must have, as `Asked` takes them."""
    kind, unit, fixed, part = _TOTALS[code]
    asked = Asked(more=(*fixed, *more))
    return _total(code, records(place_id, kind, on, asked), kind, unit, asked, part)


def totals(held: Held, on: date) -> list[Total]:
    """Every total that has a record behind it."""
    found = []
    for code, (kind, unit, fixed, part) in _TOTALS.items():
        asked = Asked(more=fixed)
        chosen = [each for each in held[kind] if _is_asked(each, asked, on)]
        if chosen:
            found.append(_total(code, chosen, kind, unit, asked, part))
    return found


def _total(
    code: str,
    chosen: Sequence[Record],
    kind: str,
    unit: str,
    asked: Asked,
    part: "Callable[[Record], Decimal | None]",
) -> Total:
    parts = [(each.id, part(each)) for each in chosen]
    known = tuple((record_id, value) for record_id, value in parts if value is not None)
    value = sum((each for _id, each in known), Decimal(0)) if known else None
    return Total(code, value, unit, known, len(parts) - len(known), kind, asked)


def _one(_record: Record) -> Decimal | None:
    return Decimal(1)


def _one_valid(record: Record) -> Decimal | None:
    return None if record.expires is None else Decimal(1)


def _members(record: Record) -> Decimal | None:
    return None if record.members is None else Decimal(record.members)


def _area(record: Record) -> Decimal | None:
    found: Decimal | None = record.facts["area_ha"]
    return found


_Part = Callable[[Record], Decimal | None]
_TOTALS: Final[Mapping[str, tuple[str, str, tuple[tuple[str, str], ...], _Part]]] = {
    "cooperatives": ("producer", "", (("form", COOPERATIVE),), _one),
    "cooperative_members": ("producer", "", (("form", COOPERATIVE),), _members),
    "groups": ("producer", "", (("form", GROUP),), _one),
    "group_members": ("producer", "", (("form", GROUP),), _members),
    "area": ("area", "ha", (), _area),
    "organic_area": ("area", "ha", (("practice", "organic"),), _area),
    "vietgap_area": ("area", "ha", (("practice", "vietgap"),), _area),
    "codes_in_force": ("code", "", (("state", "in_force"),), _one),
    "coded_area": ("code", "ha", (("state", "in_force"),), _area),
    "contracts": ("contract", "", (("valid", "yes"),), _one_valid),
    "products_valid": ("product", "", (("valid", "yes"), ("stars", "3+")), _one_valid),
    "brands": ("brand", "", (), _one),
}
TOTALS: Final = tuple(_TOTALS)


# ── What hangs on a record ────────────────────────────────────────────────────


@dataclass(frozen=True)
class HouseholdView:
    """A household by its code alone. area_ha: its part of a growing area, None where nobody measured it."""

    id: int
    household_id: int
    code: str
    since: date | None
    ended_on: date | None
    area_ha: Decimal | None


def reads_households(by: Actor, place_id: int) -> bool:
    """Whether a post sees which households these are: the posts that keep the list of households there."""
    return household_rules.reads_names(by, place_id)


def members(producer_id: int, *, seen_by: Actor, at_place: int) -> list[HouseholdView]:
    """The members of a producer that stand in the register of households, those that left last."""
    household_rules.check_reads_names(seen_by, at_place)
    rows = Member.objects.filter(STANDING, producer_id=producer_id).order_by("pk")
    return _households([(row.pk, row.household_id, row.since, row.ended_on, None) for row in rows])


def households_of_code(code_id: int, *, seen_by: Actor, at_place: int) -> list[HouseholdView]:
    """The households inside a growing area, those that left last."""
    household_rules.check_reads_names(seen_by, at_place)
    rows = CodeHousehold.objects.filter(STANDING, code_id=code_id).order_by("pk")
    return _households([(row.pk, row.household_id, None, row.ended_on, row.area_m2) for row in rows])


def listed_households(place_id: int, on: date) -> dict[str, list[int]]:
    """The households at and below a place by their code; more than one where hamlets use the same code."""
    found: dict[str, list[int]] = {}
    for each in households.listed_at(place_id, on):
        found.setdefault(each.code, []).append(each.id)
    return found


@dataclass(frozen=True)
class DiaryView:
    """One line of a cultivation diary. struck: why it was struck out, "" while it stands."""

    id: int
    on: date
    plot: str
    deed: str
    deed_words: str
    product: str
    dose: str
    by_whom: str
    words: str
    by: str
    struck: str


def diary(code_id: int) -> list[DiaryView]:
    """The cultivation diary of a code, the newest day first; what was struck out stays, and says why."""
    rows = DiaryDay.objects.filter(code_id=code_id).order_by("-on", "-pk")
    return [
        DiaryView(
            row.pk,
            row.on,
            row.plot,
            row.deed,
            rules.words("field_deeds", row.deed),
            row.product,
            row.dose,
            row.by_whom,
            row.words,
            row.by_label,
            row.struck_reason,
        )
        for row in rows
    ]


def _households(rows: Sequence[tuple[int, int, date | None, date | None, int | None]]) -> list[HouseholdView]:
    codes = households.codes_of(row[1] for row in rows)
    found = [
        HouseholdView(
            row_id,
            household_id,
            codes.get(household_id, ""),
            since,
            ended_on,
            None if area is None else Decimal(area) / M2_PER_HA,
        )
        for row_id, household_id, since, ended_on, area in rows
    ]
    return sorted(found, key=lambda each: (each.ended_on is not None, each.code))


# ── From rows to records ──────────────────────────────────────────────────────


def _views(kind: Kind, rows: Iterable[Kept], where: Q | None = None) -> list[Record]:
    """where: the places the rows are of, by which what hangs on them is read; those of the rows when None."""
    held = list(rows)
    place_ids = {row.place_id for row in held}
    places = territory.names_of(place_ids)
    producers = _names_of_producers({row.producer_id for row in held if isinstance(row, OfProducer)})
    hanging = _hanging(kind, where or Q(place_id__in=place_ids)) if held else {}
    return [_view(kind, row, places, producers, hanging.get(row.key, {})) for row in held]


def _view(
    kind: Kind,
    row: Kept,
    places: Mapping[int, str],
    producers: Mapping[int, str],
    hanging: Mapping[str, Any],
) -> Record:
    facts = kinds.told_by(row, kind)
    producer_id = row.producer_id if isinstance(row, OfProducer) else None
    parts = row.by_source if isinstance(row, IncomeSurvey) else None
    return Record(
        id=row.key,
        row_id=row.pk,
        uid=row.uid,
        kind=kind,
        place_id=row.place_id,
        place=places.get(row.place_id, ""),
        name=kind.names(facts),
        facts=facts,
        producer_id=producer_id,
        producer=producers.get(producer_id or 0, ""),
        closed_on=row.closed_on,
        closed_reason=row.closed_reason,
        reason=row.reason,
        mark=Mark(row.mark),
        source=row.source,
        by=row.by_label,
        at=row.at,
        struck=f"{row.struck_reason} ({row.struck_by})" if row.struck_at else "",
        by_source=None if parts is None else {code: Decimal(each) / THOUSAND for code, each in parts.items()},
        **hanging,
    )


def _names_of_producers(ids: Iterable[int | None]) -> dict[int, str]:
    wanted = {each for each in ids if each is not None}
    if not wanted:
        return {}
    rows = Producer.objects.filter(Q(pk__in=wanted, root=None) | Q(root_id__in=wanted), replaced_at=None)
    return {row.key: row.name for row in rows}


def _hanging(kind: Kind, where: Q) -> dict[int, dict[str, Any]]:
    """What hangs on the records of a kind, one query: how many members are listed, steps, ratings."""
    found: dict[int, dict[str, Any]] = {}
    if kind.code == "producer":
        rows = Member.objects.filter(STANDING, where, ended_on=None).order_by()
        counted = rows.values_list("producer_id").annotate(n=Count("pk"))
        return {producer_id: {"listed": n} for producer_id, n in counted}
    if kind.code == "code":
        for step in CodeStep.objects.filter(STANDING, where).order_by("-pk"):
            held = found.setdefault(step.code_id, {"steps": ()})
            held["steps"] = (*held["steps"], _step(step))
    if kind.code == "product":
        for rating in Rating.objects.filter(STANDING, where):
            held = found.setdefault(rating.product_id, {"ratings": ()})
            held["ratings"] = (*held["ratings"], _rating(rating))
        for held in found.values():
            newest_first = lambda each: (each.year, each.decided_on or date.min, each.id)  # noqa: E731
            held["ratings"] = tuple(sorted(held["ratings"], key=newest_first, reverse=True))
    return found


def _step(row: CodeStep) -> StepView:
    return StepView(
        row.pk,
        row.move,
        str(Move(row.move).label),
        Period(row.start, row.end),
        row.document,
        row.words,
        Mark(row.mark),
        row.source,
        row.by_label,
    )


def _rating(row: Rating) -> RatingView:
    return RatingView(
        row.pk,
        row.stars,
        None if row.score_hundredths is None else Decimal(row.score_hundredths) / 100,
        row.decision,
        row.decided_by,
        row.decided_on,
        row.year,
        row.expires,
        Mark(row.mark),
        row.source,
        row.by_label,
    )


def _is_asked(each: Record, asked: Asked, on: date) -> bool:
    if asked.state == "standing" and not each.stands_on(on):
        return False
    if asked.state == "closed" and each.stands_on(on):
        return False
    if asked.state == "expired" and not (each.stands_on(on) and each.has_expired(on)):
        return False
    if asked.text and fold(asked.text) not in fold(f"{each.name} {each.producer} {each.place}"):
        return False
    return all(_has(each, name, wanted, on) for name, wanted in asked.more)


def _has(each: Record, name: str, wanted: str, on: date) -> bool:
    """Whether a record is as one filter wants it."""
    if name == "stars":
        stars = each.rating.stars if each.rating else 0
        return stars >= 3 if wanted == "3+" else str(stars) == wanted
    if name == "state":
        return each.code_in_force(on) if wanted == "in_force" else each.state == wanted
    if name == "valid":
        return not each.has_expired(on)
    value = each.facts.get(name)
    return ("unknown" if value is None else {True: "yes", False: "no"}.get(value, str(value))) == wanted


def _sorted(found: list[Record], sort: str) -> list[Record]:
    """In the order asked for; what is not known stands last either way."""
    name, backward = sort.removeprefix("-"), sort.startswith("-")
    by_name = sorted(found, key=lambda each: (fold(each.name), each.place, each.id))
    keyed = [(_sort_value(each, name), each) for each in by_name]
    known = sorted(
        (pair for pair in keyed if pair[0] is not None), key=lambda pair: pair[0], reverse=backward
    )
    return [each for _value, each in known] + [each for value, each in keyed if value is None]


def _sort_value(each: Record, name: str) -> Any:
    values = {
        "name": fold(each.name),
        "place": fold(each.place),
        "expires": each.expires,
        "stars": each.rating.stars if each.rating else None,
        "members": each.members,
    }
    return values[name] if name in values else each.facts.get(name)


def moves() -> list[tuple[str, str]]:
    """The steps of a code, with their words."""
    return [(code, str(words)) for code, words in Move.choices]


def moves_after(record: Record) -> list[tuple[str, str]]:
    """The steps that may be the next of a code."""
    return [(code, words) for code, words in moves() if code in policies.AFTER[record.state]]
