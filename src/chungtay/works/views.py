"""What screens and reports are handed: frozen, with words in the language of the moment where words are asked for."""

from dataclasses import dataclass, field
from datetime import date, datetime
from fractions import Fraction
from uuid import UUID

from chungtay.ledger.queries import Funding
from chungtay.works.states import STRIP, Move, State
from rulebook import Mark


@dataclass(frozen=True)
class Filters:
    """Which works are looked for. state: a code, "open", or "built"; arrears: only those with something owed unpaid.

    order: name, number, year, contract, arrears or state; "-" before it turns it round.
    """

    state: str = ""
    kind: str = ""
    year: int | None = None
    arrears: bool = False
    text: str = ""
    order: str = "-year"


@dataclass(frozen=True)
class Progress:
    """How far a work is. percent: from the quantities of its diary by the cost of its bill lines; None is not known.

    reconstructed: some of those quantities were put together from papers. told: what a paper or person says, with the
    day, the source and the mark.
    """

    percent: Fraction | None = None
    reconstructed: bool = False
    told: Fraction | None = None
    told_on: date | None = None
    told_source: str = ""
    told_mark: Mark | None = None


@dataclass(frozen=True)
class Debt:
    """Đồng owed to builders and not paid. since: the day from which the oldest of it is owed."""

    owed_dong: int = 0
    paid_dong: int = 0
    since: date | None = None

    @property
    def arrears_dong(self) -> int:
        return max(0, self.owed_dong - self.paid_dong)

    def age_days(self, today: date) -> int | None:
        """How long the oldest unpaid đồng has been owed; None where nothing is."""
        return (today - self.since).days if self.since and self.arrears_dong else None


@dataclass(frozen=True)
class WorkRow:
    """One work in a list.

    estimate_dong, contract_dong: None where there is no file or no contract. planned, actual: (start, end), unknown as
    None. length_m: as built, else as its bill says; None where its kind has no length or no bill.
    """

    id: int
    uid: UUID
    number: str
    name: str
    kind: str
    year: int
    state: State
    place_id: int
    place_name: str
    is_on_record: bool
    mark: Mark
    estimate_dong: int | None
    contract_dong: int | None
    debt: Debt
    progress: Progress
    planned: tuple[date | None, date | None]
    actual: tuple[date | None, date | None]
    position: tuple[int, int] | None
    length_m: Fraction | None

    @property
    def cost_dong(self) -> int | None:
        """What it costs, as far as is known: its contract, else its estimate."""
        return self.contract_dong if self.contract_dong is not None else self.estimate_dong

    @property
    def knows_debt(self) -> bool:
        """False where papers tell of a work and of no contract: what is owed for it is not known, and not nothing."""
        return not self.is_on_record or self.contract_dong is not None

    @property
    def dong_per_km(self) -> Fraction | None:
        """The cost of one km; None where cost or length is not known."""
        return Fraction(self.cost_dong * 1000) / self.length_m if self.cost_dong and self.length_m else None


@dataclass(frozen=True)
class Totals:
    """Sums over all works of a list, not only the page.

    without_contract: works whose contract is not known. debt_unknown: those of them of which only papers tell.
    """

    works: int = 0
    contract_dong: int = 0
    without_contract: int = 0
    owed_dong: int = 0
    paid_dong: int = 0
    arrears_dong: int = 0
    in_arrears: int = 0
    debt_unknown: int = 0


@dataclass(frozen=True)
class Works:
    """One page of works with the totals of all of them."""

    rows: tuple[WorkRow, ...]
    totals: Totals


@dataclass(frozen=True)
class ArrearsRow:
    """What is owed unpaid for one work."""

    work_id: int
    number: str
    name: str
    place_id: int
    debt: Debt


@dataclass(frozen=True)
class Arrears:
    """What is owed unpaid for the works of a place and below, the oldest first."""

    rows: tuple[ArrearsRow, ...] = ()

    @property
    def dong(self) -> int:
        return sum(row.debt.arrears_dong for row in self.rows)

    @property
    def since(self) -> date | None:
        return min((row.debt.since for row in self.rows if row.debt.since), default=None)

    def age_days(self, today: date) -> int | None:
        """The age of the oldest; None where nothing is owed."""
        return (today - self.since).days if self.since else None


@dataclass(frozen=True)
class StepView:
    """One move, as it was made."""

    move: Move
    state: State
    on: date
    document: str
    party: str
    amount_dong: int | None
    words: str
    by: str
    at: datetime


@dataclass(frozen=True)
class Stage:
    """One stage of the strip. on: when it was reached, None where it was not or no record says."""

    state: State
    on: date | None
    is_here: bool
    is_past: bool


@dataclass(frozen=True)
class LineView:
    """One line of the bill with what the diary says was done of it. Quantities in the line's unit, exact."""

    item: str
    name: str
    unit: str
    quantity: Fraction
    price_dong: int
    product: str
    done: Fraction

    @property
    def cost_dong(self) -> Fraction:
        return self.quantity * self.price_dong

    @property
    def left(self) -> Fraction:
        return self.quantity - self.done

    @property
    def percent(self) -> Fraction:
        return self.done * 100 / self.quantity


@dataclass(frozen=True)
class FileView:
    """A simple work file, newest edition. limit: what the law's limit says of it, its provenance, is it exceeded."""

    edition: int
    on: date
    document: str
    lines_dong: int
    other_dong: int
    reserve_dong: int
    estimate_dong: int
    limit: str
    limit_provenance: str
    above_limit: bool


@dataclass(frozen=True)
class ContractView:
    number: str
    builder: str
    builder_kind: str
    value_dong: int
    on: date | None
    start: date | None
    end: date | None


@dataclass(frozen=True)
class SourceRow:
    """Money of one source. planned_dong: by the funding lines of the work; the rest as the ledger has it."""

    source: str
    label: str
    planned_dong: int
    committed_dong: int
    disbursed_dong: int
    received_dong: int


@dataclass(frozen=True)
class DayView:
    """One day of the diary. done: (name of the line, quantity, unit). struck: why it no longer counts, else ""."""

    id: int
    uid: UUID
    on: date
    crew: str
    people: int
    done: tuple[tuple[str, Fraction, str], ...]
    words: str
    mark: Mark
    source: str
    by: str
    struck: str


@dataclass(frozen=True)
class NamedWork:
    """A work as a search finds it."""

    id: int
    place_id: int
    place: str
    name: str
    year: int


@dataclass(frozen=True)
class PointView:
    """A spot for photographs. The evidence of each stage stands under `subjects.shot`."""

    id: int
    uid: UUID
    name: str


@dataclass(frozen=True)
class PaymentView:
    """One payment. source: of the ledger's entry, in words; "" where none bears it."""

    id: int
    on: date
    amount_dong: int
    document: str
    mark: Mark
    by: str
    is_undone: bool
    undoes: bool
    source: str


@dataclass(frozen=True)
class WorkView:
    """One work and everything on its page."""

    row: WorkRow
    need: str
    source: str
    purpose_id: int
    purpose_number: str
    decision_id: int | None
    steps: tuple[StepView, ...]
    file: FileView | None
    lines: tuple[LineView, ...]
    contract: ContractView | None
    funding: Funding
    secured_dong: int
    sources: tuple[SourceRow, ...]
    diary: tuple[DayView, ...]
    points: tuple[PointView, ...]
    payments: tuple[PaymentView, ...]
    told: tuple[Progress, ...] = field(default_factory=tuple)

    @property
    def strip(self) -> tuple[Stage, ...]:
        """The stages in order, each with the day it was reached; a stage skipped by papers has none."""
        reached: dict[State, date] = {}
        for each in self.steps:
            reached.setdefault(each.state, each.on)
        here = self.row.state
        at = max(
            (n for n, state in enumerate(STRIP) if state in reached or state == here),
            default=0,
        )
        return tuple(
            Stage(state, reached.get(state), state == here, n < at or (n == at and state != here))
            for n, state in enumerate(STRIP)
        )

    @property
    def people_days(self) -> int:
        """How many worked on each day, added up, as the diary says."""
        return sum(day.people for day in self.diary if not day.struck)
