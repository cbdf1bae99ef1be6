"""Which paper a component of a dossier is. What is not here is a file somebody brings, and `UPLOADED` says why."""

from collections.abc import Callable, Mapping
from typing import Final

from chungtay.recognition.papers import calling, letters, meeting, reporting
from chungtay.recognition.papers.facts import Facts, Uncomposable
from paper import Document
from rulebook.procedure import Component
from rulebook.texts import Text

Builder = Callable[[Facts, Component], tuple[Document, ...]]

BUILDERS: Final[Mapping[str, Builder]] = {
    "choice": calling.choice,
    "results_report": reporting.results,
    "proofs": reporting.proofs,
    "photos": reporting.photos,
    "opinions": reporting.opinions,
    "debt_statement": reporting.arrears,
    "hamlet_minutes": meeting.minutes,
    "area_minutes": meeting.minutes,
    "commune_minutes": meeting.minutes,
    "district_minutes": meeting.minutes,
    "council_minutes": meeting.minutes,
    "verification_report": reporting.checked,
    "appraisal_report": reporting.checked,
    "survey_report": reporting.survey,
    "request": letters.request,
    "commune_letter": letters.request,
    "district_letter": letters.request,
    "decision": letters.decision,
    "upkeep_report": reporting.upkeep,
}
"""By the code of the component."""

UPLOADED: Final[Mapping[str, Text]] = {
    "year_plan": Text(
        "kế hoạch năm do UBND xã ban hành, có số và ngày của văn thư",
        "a plan with the number and day of its office",
    ),
    "list": Text("danh sách do UBND huyện, thành phố phê duyệt", "a list approved by the district or city"),
    "scheme": Text(
        "bản sao quyết định của UBND xã phê duyệt phương án của thôn", "a copy of the commune's decision"
    ),
    "certificate": Text(
        "bằng công nhận in riêng, có mã kiểm tra", "certificates are printed apart, with a code to check"
    ),
}
"""By code, what is brought as a file or made elsewhere, and why."""


def can_compose(code: str) -> bool:
    """Whether the component is made from data."""
    return code in BUILDERS


def papers_of(component: Component, facts: Facts) -> tuple[Document, ...]:
    """The documents a component is made of: one, or minutes with the minutes of the count.

    Raises Uncomposable, with a sentence, where it is brought as a file or what it needs is not known.
    """
    builder = BUILDERS.get(component.code)
    if builder is None:
        why = UPLOADED.get(component.code, Text("giấy tờ do cơ quan lập", "an office writes it"))
        raise Uncomposable(
            f"“{component.name.vi}” không soạn được từ số liệu ({why.vi}). Hãy đưa lên tệp hoặc ghi nơi lưu bản gốc.",
            f"“{component.name.en}” cannot be made from data ({why.en}). "
            "Upload a file, or say where the original lies.",
        )
    return builder(facts, component)
