"""An import as far as it has come: its tables, the columns as guessed and chosen, and what would come of it."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from chungtay.core.actors import Actor
from chungtay.core.refusals import Fault, NotFound, Refusal
from chungtay.standards import queries as standards
from chungtay.standards.annex import (
    Catalogue,
    Imported,
    ImportedIndicator,
    Mapping,
    Source,
    Table,
    apply,
    join_split,
    texts_of,
)
from chungtay.standards.annex.keeping import from_plain
from chungtay.standards.desk import queries as desk
from chungtay.standards.desk.compiling import newest_national
from chungtay.standards.desk.models import LawWord
from chungtay.standards.desk.queries import DraftView
from chungtay.standards.importing.choices import Choices, read_choices
from chungtay.standards.importing.models import AnnexImport
from rulebook import Bad, Measure, Text
from rulebook.describing import in_one_line
from rulebook.loading.book import LEVELS
from rulebook.loading.measures import read_measure
from rulebook.loading.rules import read_rule
from rulebook.loading.tree import Node
from rulebook.loading.vocabulary import Vocabulary


@dataclass(frozen=True)
class AnnexView:
    """One import. table, mapping: None until a table is chosen. imported: None while the columns give nothing (faults).

    measures: the catalogue with the draft's own, by code. regions: code → name.
    """

    id: int
    file_name: str
    draft: DraftView
    tables: tuple[Table, ...]
    choices: Choices
    table: Table | None
    mapping: Mapping | None
    imported: Imported | None
    faults: tuple[Fault, ...]
    measures: dict[str, Measure]
    regions: dict[str, str]
    revision: int | None

    @property
    def undecided(self) -> tuple[ImportedIndicator, ...]:
        """The indicators whose measure nobody has chosen yet."""
        return tuple(each for each in self.imported.indicators if not each.chosen) if self.imported else ()


def missing() -> NotFound:
    return NotFound(_("Không có lần nhập phụ lục này, hoặc dự thảo thuộc cơ quan khác."))


def annex(import_id: int, *, by: Actor, choices: Choices | None = None) -> AnnexView:
    """An import with what was chosen so far, or with `choices` tried in its place. NotFound for other eyes."""
    row = AnnexImport.objects.filter(pk=import_id).first()
    if row is None:
        raise missing()
    draft = desk.draft(row.draft_id, by=by)
    choices = read_choices(row.choices) if choices is None else choices
    tables = tuple(from_plain(each) for each in row.tables)
    tables = tables if choices.apart else join_split(tables)
    regions = {
        word.code: str(word.definition["vi"])
        for word in LawWord.objects.filter(kind="regions").order_by("position")
    }
    measures = standards.measures() | _own_measures(draft)
    table = tables[choices.table] if choices.table is not None and choices.table < len(tables) else None
    mapping = choices.mapping(table, regions) if table else None
    imported: Imported | None = None
    faults: tuple[Fault, ...] = ()
    if table and mapping:
        source = Source(row.file_name, row.sha256)
        try:
            imported = apply(table, mapping, Catalogue(measures, _texts()), source, choices.answers)
        except Refusal as refused:
            faults = refused.faults
    return AnnexView(
        id=row.pk,
        file_name=row.file_name,
        draft=draft,
        tables=tables,
        choices=choices,
        table=table,
        mapping=mapping,
        imported=imported,
        faults=faults,
        measures=measures,
        regions=regions,
        revision=row.revision,
    )


def waiting(draft_id: int) -> list[tuple[int, str]]:
    """(id, file name) of the annexes uploaded for a draft and not yet put in, the newest first."""
    rows = AnnexImport.objects.filter(draft=draft_id, revision=None).order_by("-pk")
    return list(rows.values_list("pk", "file_name"))


def _texts() -> dict[str, tuple[str, ...]]:
    """The words by which the adopted standards ask for each measure."""
    return texts_of(standards.by_id(row.pk).standard for row in newest_national().values())


def _own_measures(draft: DraftView) -> dict[str, Measure]:
    """Measures the draft defines itself; one that does not read is left to the draft's own problems."""
    found: dict[str, Measure] = {}
    for plain in draft.content["measures"]:
        try:
            measure = read_measure(Node.from_plain(plain, "measures"))
        except Bad:
            continue
        found[measure.code] = measure
    return found


def in_words(view: AnnexView) -> dict[str, Text]:
    """The rule of each imported indicator in words, by code."""
    if view.imported is None:
        return {}
    measures = dict(view.measures)
    for plain in view.imported.measures:
        measures[plain["code"]] = read_measure(Node.from_plain(plain, "measures"))
    names = {code: Text(name, name) for code, name in view.regions.items()}
    words = Vocabulary(measures, {}, frozenset(view.regions), frozenset(), LEVELS)
    return {
        indicator["code"]: in_one_line(read_rule(Node.from_plain(indicator["rule"], "rule"), words), names)
        for criterion in view.imported.criteria
        for indicator in criterion["indicators"]
    }
