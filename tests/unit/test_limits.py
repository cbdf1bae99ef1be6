"""The page of limits says every limit that the code has, or this file says why it need not."""

import ast
import re
from itertools import chain
from pathlib import Path
from types import ModuleType

from django.conf import settings

from chungtay.portal import limits

SOURCE = Path(settings.BASE_DIR) / "src" / "chungtay"
LIMIT = re.compile(
    r"(MOST|LONGEST|LARGEST|MAX)(_[A-Z_]+)?|[A-Z_]+(_AT_MOST|_AN_HOUR|_A_MINUTE|_LENGTH|_FAILURE_LIMIT)"
)
# Not on the page, and why.
INTERNAL = {
    "a bound of the machine's own work: beyond it the same is done in more steps, or kept no longer": """
        api.limits.MOST_ADDRESSES evidence.kinds.LARGEST portal.caching.MOST_BYTES portal.caching.MOST_ASKED_BYTES
        portal.caching.LARGEST portal.caching.LONGEST_QUESTION portal.tools.LONGEST_QUESTION portal.copying.LARGEST
        portal.tools_aloud.LONGEST portal.tools_paper.LONGEST core.jobs.keeping.NOTE_LENGTH
        registers.geo.layers.WHOLE_AT_MOST figures.proved.MOST_PLACES
        community.households.queries.MOST_COMPARED recognition.titles.upkeep.MOST_AHEAD figures.risk.MOST_VALUES""",
    "how many of a list one page shows before a link to all of them": """
        portal.search.MOST_BESIDE office.community.publishing.MOST_CHOICES office.figure.MOST
        office.recognition.title_ranks.MOST office.works.lists.MOST_SPOTS portal.news_section.MOST
        reports.public.places.MOST_WORKS reports.public.places.MOST_CHANGES reports.public.places.MOST_TITLES""",
    "a number no person means; the form that refuses it says it, and no bound is met by one who types what is": """
        community.campaigns.actions.LONGEST community.convention.policies.MOST_HOUSEHOLDS
        community.honours.titling.MOST_HOUSEHOLDS community.households.policies.LARGEST
        community.meetings.calling.LARGEST_DONG community.meetings.policies.MOST
        community.outreach.policies.MOST_ATTENDANCES community.outreach.policies.MOST_SESSIONS_TOLD
        community.outreach.policies.LONGEST_TRAINING community.publishing.posting.MOST_TIMES
        community.sharing.actions.MOST core.sheets.columns.MOST_DONG recognition.dossiers.council.MOST
        portal.doors.LONGEST_CODE registers.livelihood.policies.LONGEST_PERIOD_YEARS
        registers.amenities.schedules.MOST_MINUTES
        territory.ending_policies.MAX_CODE
        territory.names.MAX_KIND standards.annex.applying.MAX_INDICATORS""",
    "an officers' form says it where it is met": """
        evidence.policies.REASON_LENGTH figures.actions.PURPOSE_LENGTH figures.actions.REASON_LENGTH
        figures.drafts.PERIOD_LENGTH figures.drafts.TYPED_LENGTH figures.carrying.SOURCE_LENGTH
        figures.confirming.REASON_LENGTH figures.locking.REASON_LENGTH
        ledger.valuing.MOST_AT_ONCE office.community.meetings.MOST_PHOTOS
        office.registers.amenities_plates.MOST
        office.community.pages.MOST_IN_FILE office.community.proofs.MOST_FILES office.evidence.MOST_FILES
        office.integrity.MOST_IN_SHEET office.recognition.title_list.MOST_IN_FILE office.trail.MOST_IN_SHEET
        recognition.dossiers.gathering.MOST_WORKS recognition.dossiers.gathering.MOST_PHOTOS
        reports.policies.LONGEST_REASON recognition.rechecks.actions.MOST_CLAIMS recognition.surveys.papers.MOST_BLANK
        recognition.titles.reviewing.TEXT_LENGTH recognition.titles.withdrawals.TEXT_LENGTH
        standards.annex.excel.MAX_CELLS standards.annex.word.MAX_CELLS standards.annex.grid.MAX_WIDTH
        standards.annex.grid.MAX_AREA standards.annex.opening.MAX_PARTS standards.desk.content.MAX_BYTES""",
    "no bound: levels of places; how fast the voice speaks": """
        office.community.titles.MOST_HAMLETS portal.tools_voice.WORDS_A_MINUTE""",
}


def constants() -> set[str]:
    """Every limit by its name, as "package.module.NAME"."""
    found = set()
    for file in SOURCE.rglob("*.py"):
        module = ".".join(file.relative_to(SOURCE).with_suffix("").parts)
        if module.startswith("demo.") or ".migrations." in module:
            continue
        for node in ast.parse(file.read_text()).body:
            targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
            names = chain.from_iterable(getattr(each, "elts", [each]) for each in targets)
            found |= {
                f"{module}.{each.id}"
                for each in names
                if isinstance(each, ast.Name) and LIMIT.fullmatch(each.id)
            }
    return found


def on_the_page() -> set[str]:
    """The constants that the page's numbers are read from."""
    found = set()
    for node in ast.walk(ast.parse(Path(limits.__file__).read_text())):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            held = getattr(limits, node.value.id, None)
            if isinstance(held, ModuleType):
                found.add(f"{held.__name__.removeprefix('chungtay.')}.{node.attr}")
            elif held is settings:
                found.add(f"config.settings.{node.attr}")
    return found


def test_every_limit_is_on_the_page_or_has_a_reason_not_to_be() -> None:
    internal = [name for told in INTERNAL.values() for name in told.split()]
    assert len(internal) == len(set(internal))
    known, shown = constants(), on_the_page()
    assert len(known & shown) > 60
    assert known - shown == set(internal)


def test_no_line_of_the_page_is_said_twice_and_each_says_what_follows() -> None:
    told = [each for group in limits.groups() for each in group.limits]
    assert len({each.what for each in told}) == len(told)
    assert all(any(letter.isdigit() for letter in each.most) and each.beyond for each in told)
