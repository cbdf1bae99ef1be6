"""Papers of a dossier made from live data, and the whole file bound in one. What no data make is uploaded or located.

The same data of the same day give the same bytes: so a paper kept earlier that would still be made the same stands in
the whole file as text; one that would not stands in it as the picture of what was kept.
"""

import hashlib
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any, Final

from django.utils import translation

from chungtay.core.actors import Actor
from chungtay.core.language import language
from chungtay.core.refusals import Fault, NotFound, Refusal
from chungtay.evidence import queries as evidence
from chungtay.recognition.dossiers import cases, policies
from chungtay.recognition.dossiers.cases import Case
from chungtay.recognition.dossiers.gathering import facts_of
from chungtay.recognition.dossiers.models import ComponentVersion, Origin
from chungtay.recognition.papers import (
    BUILDERS,
    Binding,
    Facts,
    Held,
    Uncomposable,
    bound,
    contents,
    invitation,
    notice,
    papers_of,
)
from paper import (
    Document,
    Original,
    Part,
    Unprintable,
    Volume,
    to_docx,
    to_pdf,
    to_volume_pdf,
)

MADE: Final = frozenset(BUILDERS)
"""The components that `paper_for` makes."""
_HELD: Final = {
    Origin.GENERATED.value: Held.MADE,
    Origin.UPLOADED.value: Held.BROUGHT,
    Origin.LOCATED.value: Held.LOCATED,
}


def paper_for(case: Case, component: str, on: date, *, seen_by: Actor | None = None) -> bytes | None:
    """A paper as PDF/A, from the data of a day; None where no data make it. The same data give the same bytes.

    seen_by: whose eyes the evidence in it is for. Refused with a sentence where what it needs is not known.
    """
    if component not in MADE:
        return None
    return _as_pdf(documents_for(case, component, on, seen_by=seen_by), on)


def documents_for(
    case: Case, component: str, on: date, *, seen_by: Actor | None = None
) -> tuple[Document, ...]:
    """The same as documents, to be written as Word."""
    try:
        with translation.override("vi"):
            facts = facts_of(case, on, [component], seen_by=seen_by)
            return papers_of(case.procedure.components[component], facts)
    except Uncomposable as lacking:
        raise Refusal(Fault(lacking.in_(language()), "component")) from lacking


def word_of(dossier_id: int, component: str, on: date, *, seen_by: Actor) -> list[tuple[str, bytes]]:
    """A component as Word files by name, to be corrected, numbered and signed. NotFound for whom it is not."""
    case = cases.read(dossier_id)
    policies.check_sees(seen_by, case)
    if component not in case.procedure.components:
        raise cases.not_there()
    papers = documents_for(case, component, on, seen_by=seen_by)
    return [(f"{each.kind}.docx", to_docx(each, on=on)) for each in papers]


def call_of(dossier_id: int, step: str, on: date, *, seen_by: Actor) -> Document:
    """The paper that calls people to a step: the public notice, or the invitation to a meeting that votes."""
    case = cases.read(dossier_id)
    policies.check_sees(seen_by, case)
    meant = case.procedure.on(on).steps.get(step)
    if meant is None or not (meant.notice or meant.vote):
        raise cases.not_there()
    with translation.override("vi"):
        facts = facts_of(case, on, [])
        return notice(facts, meant) if meant.notice else invitation(facts, meant)


def contents_list(dossier_id: int, on: date, *, seen_by: Actor) -> Document:
    """The contents list alone, with the SHA-256 of every original."""
    case = cases.read(dossier_id)
    policies.check_sees(seen_by, case)
    with translation.override("vi"):
        return contents(facts_of(case, on, []), [_binding(case, code) for code in _codes(case, on)])


def whole_file(
    dossier_id: int, on: date, *, seen_by: Actor, say: Callable[[int, int], None] = lambda _done, _all: None
) -> bytes:
    """The whole dossier as one PDF/A with bookmarks. NotFound for whom it is not; refused with a sentence where a file
    cannot be opened or there are too many pages. say: told how many of its components are gathered, of how many."""
    case = cases.read(dossier_id)
    policies.check_sees(seen_by, case)
    with translation.override("vi"):
        codes = _codes(case, on)
        made = {held.on for held in case.papers.values() if held.origin == Origin.GENERATED}
        facts = {day: facts_of(case, day, codes, seen_by=seen_by) for day in {on, *made}}
        bindings = []
        for done, code in enumerate(codes):
            say(done, len(codes) + 1)  # the last of them is the binding itself
            held = case.papers.get(code)
            content: dict[str, Any] = {}
            if held is not None and held.origin == Origin.GENERATED:
                content = _made(case, held, facts[held.on])
            elif held is not None and held.origin == Origin.UPLOADED:
                content = _brought(held, seen_by)
            bindings.append(_binding(case, code, **content))
        say(len(codes), len(codes) + 1)
        volume = bound(facts[on], bindings)
    try:
        return to_volume_pdf(volume, on=on)
    except Unprintable as refused:
        raise Refusal(refused.in_(language())) from refused


def _as_pdf(papers: Sequence[Document], on: date) -> bytes:
    if len(papers) == 1:
        return to_pdf(papers[0], on=on)
    parts = tuple(Part(each.title, each) for each in papers)
    return to_volume_pdf(Volume(papers[0].title, parts, through="Trang"), on=on)


def _codes(case: Case, on: date) -> list[str]:
    """Components of the law of the day, and any other that is there, in legal order."""
    law = case.procedure.on(on).components
    return [code for code in case.procedure.components if code in law or code in case.papers]


def _binding(case: Case, code: str, **content: Any) -> Binding:
    """A component as it is held. content: its pages, where they are wanted."""
    component, held = case.procedure.components[code], case.papers.get(code)
    if held is None:
        return Binding(component)
    return Binding(
        component,
        _HELD[held.origin],
        name=held.name,
        location=held.location,
        on=held.on,
        digest=held.sha256,
        **content,
    )


def _made(case: Case, held: ComponentVersion, facts: Facts) -> dict[str, Any]:
    """As text where it would be made the same today, else as the picture of what was kept."""
    try:
        papers = papers_of(case.procedure.components[held.component], facts)
    except Uncomposable:
        papers = ()
    if papers and hashlib.sha256(_as_pdf(papers, held.on)).hexdigest() == held.sha256:
        return {"documents": papers}
    return {"original": Original(lambda: _kept(held.pk), held.name, held.sha256)}


def _kept(version_id: int) -> bytes:
    content = ComponentVersion.objects.values_list("content", flat=True).get(pk=version_id)
    return bytes(content or b"")


def _brought(held: ComponentVersion, seen_by: Actor) -> dict[str, Any]:
    """The pages of a PDF; of a photograph the copy with all that was blurred in it; a reason for anything else."""
    try:
        file = evidence.file(held.file_id or 0, seen_by=seen_by)
    except NotFound:
        return {"note": "tệp không thuộc phạm vi xem của chức danh in hồ sơ này"}
    if file.kind.family == "image" and file.has_copies:
        with evidence.copy(file.id, "display", seen_by=seen_by).content as content:
            copy = content.read()
        digest = hashlib.sha256(copy).hexdigest()
        return {"original": Original(lambda: copy, file.name, digest)}
    if file.kind.code == "pdf" and file.may_fetch:
        return {"original": Original(lambda: _sent(file.id, seen_by), file.name, file.sha256)}
    return {"note": f"{file.kind.name} không in được thành trang ở đây; mở bản gốc trong phần minh chứng"}


def _sent(file_id: int, seen_by: Actor) -> bytes:
    with evidence.original(file_id, seen_by=seen_by).content as content:
        return content.read()
